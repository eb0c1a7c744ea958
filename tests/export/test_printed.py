"""The printed report, read back by the programs of poppler: everything is there, on pages of the right size."""

import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from handed import made
from parts import part

from planner.export import printed
from planner.export.documents import NotWritten
from planner.export.printed.columns import needs, too_wide, widths
from planner.export.steps import Steps
from planner.export.theme import PLAIN, Theme
from planner.model.project import Project
from planner.store.load import load
from planner.text import i18n

SECTIONS = (
    "summary", "assessment", "gaps", "roadmap", "phases", "dependencies", "work", "capacity", "standard", "raci",
    "measures", "findings", "decisions",
)  # fmt: skip
"""All but the alternatives, which take an engine."""

QUICK = Theme(sections=SECTIONS, footer="Example Consulting")


@dataclass(frozen=True)
class Printed:
    """A report as a reader has it: the text of each page, what the file says of itself, each page's size."""

    document: bytes
    pages: list[str]
    facts: dict[str, str]
    sizes: list[tuple[float, float]]
    ink: list[float]

    @property
    def text(self) -> str:
        return squeezed("".join(self.pages))


def squeezed(text: str) -> str:
    """``text`` without what line breaks change."""
    return re.sub(r"[\s\u200b]+", "", text)


def read(document: bytes, folder: Path) -> Printed:
    file = folder / "report.pdf"
    file.write_bytes(document)

    def run(*command: str) -> str:
        return subprocess.run([part(command[0]), *command[1:]], check=True, capture_output=True, text=True).stdout

    pages = run("pdftotext", "-layout", str(file), "-").split("\f")[:-1]
    told = run("pdfinfo", "-l", "9999", str(file))
    facts = {key: value.strip() for key, _colon, value in (line.partition(":") for line in told.splitlines())}
    found = re.findall(r"^Page +\d+ size: +([\d.]+) x ([\d.]+)", told, re.MULTILINE)
    for old in folder.glob("*.pgm"):
        old.unlink()
    run("pdftoppm", "-r", "10", "-gray", str(file), str(folder / "page"))
    ink = [dark(picture.read_bytes()) for picture in sorted(folder.glob("*.pgm"))]
    return Printed(document, pages, facts, [(float(w), float(h)) for w, h in found], ink)


def dark(picture: bytes) -> float:
    """The share of a grey picture (PGM) between head and foot that is not white."""
    _kind, size, _most, dots = picture.split(b"\n", 3)
    width, height = map(int, size.split())
    middle = dots[width * height // 8 : width * height * 7 // 8]
    return sum(dot < 235 for dot in middle) / len(middle)


@pytest.fixture(scope="module")
def samples() -> dict[str, Project]:
    return {file.stem: load(file).project for file in Path("projects").glob("*.toml")}


@pytest.fixture(scope="module")
def lantern(samples: dict[str, Project], tmp_path_factory: pytest.TempPathFactory) -> Printed:
    i18n.use("en")
    return read(made(samples["lantern-retail"], "pdf", theme=QUICK), tmp_path_factory.mktemp("lantern"))


@pytest.fixture(scope="module")
def harbour(samples: dict[str, Project], tmp_path_factory: pytest.TempPathFactory) -> Printed:
    i18n.use("zh")
    return read(made(samples["harbour-bank"], "pdf", theme=QUICK), tmp_path_factory.mktemp("harbour"))


@pytest.mark.parametrize(("name", "fixture"), [("lantern-retail", "lantern"), ("harbour-bank", "harbour")])
def test_everything_is_printed_as_text(
    samples: dict[str, Project], name: str, fixture: str, request: pytest.FixtureRequest
) -> None:
    project, found = samples[name], request.getfixturevalue(fixture)
    for phase in project.phases:
        assert squeezed(phase.name) in found.text
    assert [package.name for package in project.packages if squeezed(package.name)[:8] not in found.text] == []
    assert not [package.id for package in project.packages if squeezed(package.id) in found.text], (
        "those are for programs"
    )
    for capability in project.capabilities:
        assert squeezed(project.title(capability)) in found.text


@pytest.mark.parametrize("fixture", ["lantern", "harbour"])
def test_every_page_bears_whose_it_is_and_its_number(fixture: str, request: pytest.FixtureRequest) -> None:
    found = request.getfixturevalue(fixture)
    client = {"lantern": "Lantern Retail", "harbour": "港湾银行"}[fixture]
    day = {"lantern": "2027-01-04", "harbour": "2027-03-01"}[fixture]
    count = len(found.pages)
    assert count == int(found.facts["Pages"]) == len(found.ink)
    for number, page in enumerate(found.pages, 1):
        assert client in page
        assert day in page
        assert "Example Consulting" in page
        assert re.search(rf"\b{number}\b.*\b{count}\b", page.splitlines()[-1] or page)


@pytest.mark.parametrize("fixture", ["lantern", "harbour"])
def test_no_page_is_blank_and_each_has_the_size_of_the_sheet(fixture: str, request: pytest.FixtureRequest) -> None:
    found = request.getfixturevalue(fixture)
    assert min(found.ink) > 0.002
    assert all(sorted(size) == pytest.approx([595.28, 841.89], abs=0.1) for size in found.sizes)
    assert any(width > height for width, height in found.sizes)


def test_the_file_says_what_it_is(lantern: Printed) -> None:
    assert lantern.facts["Title"] == "Support people can trust"
    assert lantern.facts["Author"] == "Lantern Retail"
    assert lantern.facts["Tagged"] == "yes"
    assert "Jan  4" in lantern.facts["CreationDate"]
    assert lantern.facts["JavaScript"] == "no"


def test_contents_lead_to_the_pages(lantern: Printed) -> None:
    found = re.search(r"Work packages[ .\u2060]+(\d+)", lantern.pages[1])
    assert found
    assert "Work packages" in lantern.pages[int(found[1]) - 1]


def test_each_phase_begins_on_a_page(samples: dict[str, Project], lantern: Printed) -> None:
    for number, phase in enumerate(samples["lantern-retail"].phases, 1):
        title = re.compile(rf"^\s*{number}\. {re.escape(phase.name)}\s*$")
        assert any(any(title.match(line) for line in page.splitlines()[:9]) for page in lantern.pages)


def test_tables_repeat_their_head(lantern: Printed) -> None:
    assert sum("Work package" in page and "Finish" in page for page in lantern.pages) > 2


def test_the_same_plan_gives_the_same_bytes(samples: dict[str, Project], lantern: Printed) -> None:
    assert made(samples["lantern-retail"], "pdf", theme=QUICK) == lantern.document


@pytest.mark.parametrize(("size", "points"), [("a3", (841.89, 1190.55)), ("letter", (612.0, 792.0))])
def test_sheets_are_as_the_theme_wants(
    samples: dict[str, Project], tmp_path: Path, size: str, points: tuple[float, float]
) -> None:
    theme = Theme(sections=("roadmap", "phases"), size=size)  # type: ignore[arg-type]
    found = read(made(samples["lantern-retail"], "pdf", theme=theme, audience="client"), tmp_path)
    assert all(sorted(page) == pytest.approx(points, abs=0.1) for page in found.sizes)
    assert "This copy is for the client" in found.pages[-1]


LOGO = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de000000"
    "0c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
"""A picture of one dot."""

NASTY = [
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    '#eval("1+1") *x* _y_ $z$',
    '#include "data.json"',
    "]]> @a <b>",
]


def test_hostile_and_very_long_names_are_text_on_sound_pages(samples: dict[str, Project], tmp_path: Path) -> None:
    project = samples["lantern-retail"]
    names = [*NASTY, "变更" * 2500, "W" * 5000, "word " * 1000, "\u202e\u0007x"]
    packages = tuple(replace(one, name=names[n % len(names)]) for n, one in enumerate(project.packages))
    phases = tuple(replace(one, name=names[n + 4], goal=names[5]) for n, one in enumerate(project.phases))
    processes = tuple(replace(one, name=names[n % len(names)]) for n, one in enumerate(project.processes))
    changed = replace(
        project,
        packages=packages,
        phases=phases,
        processes=processes,
        engagement=replace(project.engagement, name=names[6], client=names[5]),
    )
    theme = Theme(sections=("summary", "assessment", "gaps", "roadmap", "phases", "dependencies", "work"))
    found = read(made(changed, "pdf", theme=theme), tmp_path)
    assert all(squeezed(name) in found.text for name in NASTY)
    assert "变更变更变更" in found.text
    assert min(found.ink) > 0.002
    assert len(found.pages) < 120
    assert found.facts["JavaScript"] == "no"
    # Nothing is drawn over the right edge: the last columns of dots are white on every page.
    for picture in tmp_path.glob("*.pgm"):
        _kind, size, _most, dots = picture.read_bytes().split(b"\n", 3)
        width = int(size.split()[0])
        assert min(dots[width - 4 :: width]) > 235, picture.name


def test_without_a_font_for_chinese_it_says_so(samples: dict[str, Project], monkeypatch: pytest.MonkeyPatch) -> None:
    class Few:
        def families(self) -> list[str]:
            return ["Libertinus Serif"]

    monkeypatch.setattr(printed.typst, "Fonts", Few)
    theme = Theme(sections=("roadmap",))
    with pytest.raises(NotWritten, match="no font with Chinese signs") as raised:
        made(samples["harbour-bank"], "pdf", theme=theme)
    assert "Noto Sans CJK SC" in raised.value.advice


class Noted(Steps):
    """Keeps what the person is told."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, words: str) -> None:
        self.notes.append(words)


def test_a_theme_of_ones_own(samples: dict[str, Project], tmp_path: Path) -> None:
    project = samples["lantern-retail"]
    nameless = replace(project, engagement=replace(project.engagement, name=" ", client=""))
    theme = Theme(sections=("decisions",), logo=LOGO, font="No Such Font", primary="ffee88", accent="000000")
    noted = Noted()
    found = read(made(nameless, "pdf", theme=theme, steps=noted), tmp_path)
    assert noted.notes == ["the font No Such Font is not installed; the printed report uses another"]
    assert found.facts["Title"] == "Report"
    assert b"/Image" in found.document


def test_signs_that_no_font_has_are_told_and_stop_nothing(samples: dict[str, Project], tmp_path: Path) -> None:
    project = samples["lantern-retail"]
    phases = tuple(replace(phase, name=f"Step \U00013000 {number}") for number, phase in enumerate(project.phases))
    noted = Noted()
    document = made(replace(project, phases=phases), "pdf", theme=Theme(sections=("roadmap",)), steps=noted)
    assert noted.notes == ["no font on this machine has all signs of the report: some are printed as boxes"]
    assert "Step" in read(document, tmp_path).text


def test_screen_readers_are_promised_what_the_file_keeps(lantern: Printed) -> None:
    assert b"pdfuaid:part" in lantern.document


def test_a_plan_without_a_roadmap_is_printed(desk: Project, tmp_path: Path) -> None:
    found = read(made(desk, "pdf", theme=replace(PLAIN, sections=SECTIONS)), tmp_path)
    assert "Example Ltd" in found.pages[0]
    assert min(found.ink) > 0.002


def test_columns_fill_the_room_and_break_no_words() -> None:
    head = ["Process", "Level", "Why"]
    rows = [["Service configuration management", "3", "because of " * 30], ["变更", "1", ""]]
    found = needs(head, rows, 8.0)
    for room in (200.0, 483.0, 1000.0):
        wide = widths(found, room)
        assert sum(wide) <= room + 0.01
        assert all(given >= need.least - 0.01 for given, need in zip(wide, found, strict=True))
    assert sum(widths(found, 483.0)) == pytest.approx(483.0)
    assert sum(widths(found, 60.0)) == pytest.approx(60.0)
    assert too_wide(found, 200.0)
    assert not too_wide(found, 483.0)
