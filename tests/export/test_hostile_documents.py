"""A plan from a stranger in every format, opened by its real reader: all is read as it is written, and nothing acts."""

import csv
import io
import json
import re
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import browsing
import pptx
import pytest
import scheduling
from defusedxml.ElementTree import fromstring
from hostile_plan import PLACE, base, hostile, texts_of
from icalendar import Calendar
from markdown_it import MarkdownIt
from markdown_it.token import Token
from openpyxl import load_workbook
from parts import part

from planner.export.formats import FORMATS, render
from planner.export.handover import Handover, hand_over
from planner.export.table_csv import tables
from planner.model.decode import encode
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.clean import one_line
from planner.text.spreadsheet import guarded, unguarded


class Documents(dict[str, bytes]):
    """The documents of a plan by format, made when they are asked for: not every worker needs all of them."""

    def __init__(self, handover: Handover) -> None:
        super().__init__()
        self.handover = handover

    def __missing__(self, name: str) -> bytes:
        self[name] = render(self.handover, name)
        return self[name]


@dataclass(frozen=True)
class Table:
    """What lies on the table: the documents of the stranger's plan, and those of its makers, who meant no harm."""

    documents: Documents
    ours: Documents
    folder: Path

    @property
    def given(self) -> Handover:
        """What the stranger's documents are made of."""
        return self.documents.handover


@pytest.fixture(scope="module")
def at(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Table:
    theirs, ours = (Documents(hand_over(plan, catalogue)) for plan in (hostile()[0], base()))
    return Table(theirs, ours, tmp_path_factory.mktemp("table"))


def squeezed(text: str) -> str:
    """``text`` without what a line break, or the way a page is read, changes."""
    return re.sub(r"[\s\xad\u200b]+", "", text)


STEERING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Signs of an unknown hand that no document shows."""


def told_in(text: str, less: str = "", exact: bool = False) -> set[str]:
    """Which texts of the plan ``text`` tells, as fields of the model; each begins there as it is written.

    ``less`` are signs that the format cannot have; ``exact``: it keeps even those that no document shows. Findings
    quote names that nobody knows.
    """
    assert exact or not STEERING.search(text)
    stranger, found = hostile()[1], set()
    without = str.maketrans("", "", less)
    told = squeezed(text).translate(without)
    for mark in PLACE.finditer(told):
        start = stranger.starts[int(mark[1])]
        found.add(stranger.places[int(mark[1])])
        if any(sign > "\u024f" for sign in one_line(start)):
            continue  # other writings may stand in another order on a page, and what hides is another sign
        ways = [one_line(start), one_line(repr(f"\"'{start}")[4:-1]), *([start] if exact else ())]
        written = [squeezed(way).translate(without) for way in ways]
        before = told[: mark.end()]
        assert before.endswith(tuple(written)), f"{before[-len(written[0]) - 20 :]} is not {written[0]}"
    return found


def of_markdown(document: bytes) -> str:
    """The text of a document in Markdown, which holds nothing but text, headings, lists and tables."""
    tokens = MarkdownIt("gfm-like", {"linkify": True}).parse(document.decode())
    ours = {"heading", "paragraph", "bullet_list", "ordered_list", "list_item", "inline"}
    ours |= {"table", "thead", "tbody", "tr", "th", "td"}
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} <= ours
    inside: list[Token] = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in inside} <= {
        "text", "text_special", "strong_open", "strong_close", "em_open", "em_close", "softbreak",
    }  # fmt: skip
    return "\n".join("".join(child.content for child in token.children or ()) for token in tokens)


def of_presentation(document: bytes) -> str:
    """All texts of a deck, which has no links, fields or foreign objects."""
    with zipfile.ZipFile(io.BytesIO(document)) as box:
        for name in box.namelist():
            assert not re.search(r"vba|embeddings|activeX|externalLink", name)
            content = box.read(name)
            if name.endswith((".xml", ".rels")):
                fromstring(content)
            assert b"TargetMode" not in content
            assert not re.search(rb"<a:hlink(Click|MouseOver)|<p:oleObj|<p:control|<p:extLst><p:cmd", content)
            assert set(re.findall(rb'<a:fld [^>]*type="([^"]*)"', content)) <= {b"slidenum", b"datetimeFigureOut"}
    return "\n".join(
        _of_shapes(shape for slide in pptx.Presentation(io.BytesIO(document)).slides for shape in _all(slide))
    )


def _all(slide: Any) -> Iterator[Any]:
    yield from slide.shapes
    if slide.has_notes_slide:
        yield from slide.notes_slide.shapes


def _of_shapes(shapes: Iterator[Any]) -> Iterator[str]:
    for shape in shapes:
        if shape.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.GROUP:
            yield from _of_shapes(iter(shape.shapes))
        if shape.has_text_frame:
            yield shape.text_frame.text
        if getattr(shape, "has_table", False):
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


CODES = re.compile(r"&(?:&|[LCRPNDTAFZG]|K[0-9A-F]{6}|\"[^\"]*\"|\d+)")


def codes(book: Any) -> list[list[str]]:
    """What each sheet's printed header and footer does, beside showing texts."""
    return [
        sorted(code for part in _printed(sheet) for code in CODES.findall(part) if code != "&&")
        for sheet in book.worksheets
    ]


def _printed(sheet: Any) -> Iterator[str]:
    for line in (sheet.oddHeader, sheet.oddFooter):
        yield from (part.text for part in (line.left, line.center, line.right) if part.text)


def of_workbook(document: bytes, ours: bytes) -> str:
    """All texts of a workbook: no formula, name, link or code is the plan's."""
    book, own = load_workbook(io.BytesIO(document)), load_workbook(io.BytesIO(ours))
    with zipfile.ZipFile(io.BytesIO(document)) as box:
        assert [name for name in box.namelist() if re.search("external|connection|vba|embed|customXml", name)] == []
        assert not any(b"TargetMode" in box.read(name) or b"ddeLink" in box.read(name) for name in box.namelist())
    assert [*book.defined_names] == [*own.defined_names]
    assert not book._external_links
    assert codes(book) == codes(own)
    words = re.compile("[A-Z]{2,}(?=[(])")
    texts = [text for sheet in book.worksheets for text in (sheet.title, *_printed(sheet))]
    formulas: dict[str, set[str]] = {}
    for name, one in (("ours", own), ("theirs", book)):
        assert all(not sheet._hyperlinks for sheet in one.worksheets)
        cells = [cell for sheet in one.worksheets for row in sheet.iter_rows() for cell in row]
        said = [getattr(cell.value, "text", cell.value) for cell in cells if cell.data_type == "f"]
        formulas[name] = {word for text in said for word in words.findall(str(text))}
        assert not any(PLACE.search(re.sub(r"'[^']*'!|\w*\[[^\]]*\]", "", str(text))) for text in said)
    assert formulas["theirs"] <= formulas["ours"]
    return "\n".join([*texts, *(cell.value for cell in cells if cell.data_type == "s")])


def of_project_file(document: bytes, ours: bytes) -> str:
    """The names that MPXJ reads: of as many tasks, resources and calendars as the plan has."""
    fromstring(document)
    found, own = scheduling.read(document), scheduling.read(ours)
    for many in ("getTasks", "getResources", "getCalendars", "getResourceAssignments"):
        assert getattr(found, many)().size() == getattr(own, many)().size()
    assert all(task.getHyperlink() is None for task in found.getTasks())
    told = [found.getProjectProperties().getProjectTitle()]
    told += [one.getName() for many in (found.getTasks(), found.getResources()) for one in many]
    return "\n".join(map(str, [*told, *(task.getNotes() for task in found.getTasks())]))


ACTING = re.compile(
    rb"/(?:URI|JavaScript|JS|Launch|EmbeddedFiles?|Filespec|OpenAction|AA|SubmitForm|ImportData|GoToR|RichMedia)\b"
)


def of_pdf(document: bytes, folder: Path) -> str:
    """The text of a PDF in which nothing acts, not in what is packed either."""
    streams = [found[1] for found in re.finditer(rb"stream\r?\n(.*?)endstream", document, re.DOTALL)]
    for data in (re.sub(rb"stream\r?\n.*?endstream", b"", document, flags=re.DOTALL), *map(_unpacked, streams)):
        assert ACTING.findall(data) == []
    file = folder / "document.pdf"
    file.write_bytes(document)
    return printed(file)


def printed(file: Path) -> str:
    """The text of a PDF, in the order in which it is written; pdftotext says which way it goes."""
    run = [part("pdftotext"), "-raw", str(file), "-"]
    told = subprocess.run(run, check=True, capture_output=True, text=True)
    return re.sub("[\f\u202a-\u202e]", "\n", told.stdout)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""  # a picture, or a font that is packed in another way


def of_dates(document: bytes, ours: bytes) -> str:
    """All texts of a calendar, which has our components with our properties."""
    found, own = Calendar.from_ical(document), Calendar.from_ical(ours)
    assert sorted(one.name for one in found.walk()) == sorted(one.name for one in own.walk())
    for kind in ("VCALENDAR", "VEVENT", "VTODO"):
        known = {key for one in own.walk(kind) for key in one}
        assert {key for one in found.walk(kind) for key in one} <= known
    assert not any(one.errors for one in found.walk())
    values = [value for one in found.walk() for value in one.values()]
    return "\n".join(str(part) for value in values for part in getattr(value, "cats", [value]))


def of_table(text: str) -> str:
    """All cells of a table of comma-separated values, in which no spreadsheet sees a formula."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1
    assert not any(cell.startswith(tuple("=+-@＝＋－＠")) for row in rows for cell in row if PLACE.search(cell))
    assert all(guarded(unguarded(cell)) == cell for row in rows for cell in row)
    return "\n".join(unguarded(cell) for row in rows for cell in row)


def of_json(document: bytes, given: Handover) -> str:
    """All texts of the data, whose plan is the plan."""
    data = json.loads(document)
    schema = data["plan"].pop("schema")
    assert schema == given.project.schema
    assert data["plan"] == json.loads(json.dumps(encode(given.project), default=str))
    return "\n".join(_strings(data))


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    if isinstance(data, dict):
        yield from _strings([*data.keys(), *data.values()])
    for inner in data if isinstance(data, list) else ():
        yield from _strings(inner)


LOOKED_AT = """() => {
  const every = [...document.querySelectorAll("*")];
  const attributes = every.flatMap(e => [...e.attributes]);
  const seen = every.filter(e => !["script", "style"].includes(e.localName)).flatMap(e => [...e.childNodes]);
  return {
    texts: seen.filter(n => n.nodeType === 3).map(n => n.data),
    tags: [...new Set(every.map(e => e.localName))].sort(),
    scripts: document.querySelectorAll("script").length,
    links: attributes.filter(a => /href|src|action/.test(a.name)).map(a => a.value),
    acts: attributes.map(a => a.name).filter(name => name.startsWith("on")),
    remarks: document.createTreeWalker(document, NodeFilter.SHOW_COMMENT).nextNode()?.data ?? null,
    hacked: window.hacked ?? null,
  };
}"""


def seen(browser: Any, file: Path) -> dict[str, Any]:
    """What a browser makes of a file that asks for nothing and shows no dialog."""
    page = browser.new_page()
    did: list[str] = []
    page.on("request", lambda request: did.append(request.url))
    page.on("dialog", lambda dialog: (did.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: did.append(str(error)))
    page.on("console", lambda message: did.append(message.text))
    page.goto(file.as_uri())
    found: dict[str, Any] = page.evaluate(LOOKED_AT)
    assert [one for one in did if one != file.as_uri() and not one.startswith("data:")] == []
    assert (found["acts"], found["remarks"], found["hacked"]) == ([], None, None)
    assert [link for link in found["links"] if not re.match("#|data:,$|data:image/", link)] == []
    page.close()
    return found


Read = Callable[[Table], str]

READ: dict[str, Read] = {
    "pptx": lambda at: of_presentation(at.documents["pptx"]),
    "xlsx": lambda at: of_workbook(at.documents["xlsx"], at.ours["xlsx"]),
    "mspdi": lambda at: of_project_file(at.documents["mspdi"], at.ours["mspdi"]),
    "pdf": lambda at: of_pdf(at.documents["pdf"], at.folder),
    "ics": lambda at: of_dates(at.documents["ics"], at.ours["ics"]),
    "md": lambda at: of_markdown(at.documents["md"]),
    "assessment-md": lambda at: of_markdown(at.documents["assessment-md"]),
    "csv": lambda at: "\n".join(map(of_table, (at.documents["csv"].decode(), *tables(at.given).values()))),
    "json": lambda at: of_json(at.documents["json"], at.given),
}

REPORT = {
    "Answer.evidence", "AnswerSheet.assessor", "Decision.note", "Dependency.reason", "Engagement.programme",
    "Engagement.sponsor", "Indicator.name", "LeftOut.reason", "Milestone.name", "Milestone.reason", "Pain.name",
    "Phase.name", "Post.holder", "Post.name", "ProcessScope.by_hand", "ProcessScope.name", "ProcessScope.reason",
    "Role.name", "WorkPackage.name",
}  # fmt: skip
"""Texts that whoever tells the whole report tells."""

PAGES = {*REPORT, "Engagement.client", "Engagement.name", "Engagement.goal", "Phase.goal", "Phase.exit_criteria"}
DECK = {
    "Engagement.client", "Engagement.name", "Engagement.goal", "Decision.note", "Phase.exit_criteria", "Phase.goal",
    "Phase.name", "ProcessScope.name", "Role.name", "WorkPackage.name",
}  # fmt: skip

SHOWN: dict[str, set[str]] = {
    "pptx": DECK,
    "xlsx": PAGES,
    "mspdi": {"Engagement.name", "Phase.name", "ProcessScope.name", "Role.name", "WorkPackage.name"},
    "pdf": PAGES - {"LeftOut.reason", "Milestone.reason"},
    "ics": {
        "Engagement.name",
        "Certification.name",
        "Milestone.name",
        "Phase.name",
        "Phase.exit_criteria",
        "Pin.reason",
    },
    "md": PAGES,
    "assessment-md": {
        "Answer.evidence",
        "AnswerSheet.assessor",
        "Pain.name",
        "ProcessScope.name",
        "ProcessScope.by_hand",
    },
    "csv": {*REPORT, "WorkPackage.note", "WorkPackage.deliverables"},
    "json": PAGES,
    "html": PAGES,
    "svg": {"Engagement.client", "Engagement.name", "Milestone.name", "Phase.name", "ProcessScope.name"},
    "mermaid": {"Engagement.name", "Milestone.name", "Phase.name", "ProcessScope.name", "WorkPackage.name"},
    "mermaid-graph": {"Phase.name", "ProcessScope.name"},
}
"""What a reader must see in each format."""

NAMED = {
    "AnswerSheet.process", "Baseline.packages", "Baseline.targets", "Certificate.holder", "Certificate.level",
    "Certificate.track", "Certification.standard", "Comment.item", "Comment.reply_to", "Conflict.item", "Context.form",
    "Decision.phase", "Dependency.item", "Dependency.needs", "Dimension.id", "Engagement.profile",
    "Engagement.vocabulary", "Enrolment.holder", "Enrolment.level", "Enrolment.track", "Indicator.gates",
    "Indicator.owner", "Indicator.processes", "Limits.change_weight", "Limits.stabilise_weeks", "Milestone.item",
    "Milestone.phase", "Modifier.effort", "Modifier.processes", "Need.item", "Need.needs", "Pain.levels", "Pin.item",
    "Pin.phase", "Placement.phase", "Planned.capability", "Planned.phase", "Post.roles", "ProcessScope.baseline",
    "ProcessScope.id", "ProcessScope.manager", "ProcessScope.owner", "ProcessScope.target", "Progress.package",
    "Roadmap.packages", "Roadmap.strategy", "Scenario.capacity", "Scenario.deadlines", "Scenario.targets",
    "ServiceRole.post", "TrackSetting.track", "WorkPackage.after", "WorkPackage.alongside", "WorkPackage.capability",
    "WorkPackage.effort",
}  # fmt: skip
"""Texts that name something of the plan or the catalogue; what they name has a hostile id as far as it may."""


def test_every_text_of_the_model_is_hostile() -> None:
    hostile_ones = {place.removesuffix(" key") for place in hostile()[1].places}
    assert {*texts_of(Project)} - hostile_ones == NAMED


def test_every_format_has_its_reader() -> None:
    assert {*READ} | {"html", "svg", "mermaid", "mermaid-graph"} == {*SHOWN} == {*FORMATS}


@pytest.mark.parametrize("name", READ)
def test_read_as_it_is_written(name: str, at: Table) -> None:
    found = told_in(READ[name](at), ",;[]()" if name == "mspdi" else "", name == "json")
    assert SHOWN[name] - found == set()


def test_shown_by_a_browser_as_it_is_written(at: Table, browser: Any) -> None:
    found = {}
    for name, content in (("html", at.documents["html"]), ("own.html", at.ours["html"]), ("svg", at.documents["svg"])):
        file = at.folder / f"a.{name}"
        file.write_bytes(content)
        found[name] = seen(browser, file)
    assert found["html"]["scripts"] == found["own.html"]["scripts"]
    assert {*found["html"]["tags"]} <= {*found["own.html"]["tags"]}
    assert not {"script", "a", "image", "foreignObject", "iframe"} & {*found["svg"]["tags"]}
    told = {name: "\n".join(found[name]["texts"]) for name in ("html", "svg")}
    with browsing.mermaid(browser) as page:
        told |= {name: browsing.drawn(page, at.documents[name].decode()) for name in ("mermaid", "mermaid-graph")}
    for name, text in told.items():
        assert (name, SHOWN[name] - told_in(text)) == (name, set())


def test_shown_by_an_office_as_it_is_written(at: Table, office: Any) -> None:
    """LibreOffice works out every formula again, so that a text that is one would be seen to be."""
    files = office({"pptx.pptx": at.documents["pptx"], "xlsx.xlsx": at.documents["xlsx"]}, "pdf")
    for name, file in files.items():
        text = printed(file)
        assert re.findall(r"#NAME\?|#REF!|#VALUE!|Err:\d+", text) == []
        assert (name, DECK - told_in(text)) == (name, set())
