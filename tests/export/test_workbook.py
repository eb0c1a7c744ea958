"""The workbook, read back by openpyxl and worked out again by LibreOffice."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree
from handed import made
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from planner.assessment.effort import NOTHING, by_phase, by_role, by_workstream, in_all
from planner.assessment.priority import priorities
from planner.edit.roadmap import adopt
from planner.export.handover import hand_over
from planner.export.theme import Theme
from planner.export.workbook import safe
from planner.export.workbook.periods import MOST_WEEKS, periods
from planner.intake.preview import read as read_file
from planner.model.audience import KINDS
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.rollout.propose import propose
from planner.store.load import load as load_plan
from planner.text import i18n
from planner.text.i18n import N_, _

NASTY = (
    "=cmd|' /C calc'!A0",
    "<r><t>raw</t></r>",
    "_x0041_ &[Page] R&G &P",
    "+1]]><script>alert(1)</script>",
    "@SUM(A1)",
    "-" + "很长的名称" * 1000,
    "https://e.example/?a=1&b=2",
    "'quoted' \"twice\" \x07 {=1+1}",
)
Office = Callable[[Mapping[str, bytes], str], dict[str, Path]]
"""The fixture of that name."""

PROJECTS = Path(__file__).parents[2] / "projects"


def planned(project: Project, catalogue: Catalogue, strategy: str) -> Project:
    found = propose(project, catalogue.strategy_by_id[strategy])
    return adopt(project, found.roadmap, found.phases)


def hostile(project: Project) -> Project:
    """``project`` with nasty names wherever people write names."""

    def nasty(number: int) -> str:
        return NASTY[number % len(NASTY)]

    return replace(
        project,
        engagement=replace(project.engagement, name=NASTY[2], client=NASTY[0], goal=NASTY[1], sponsor=NASTY[3]),
        packages=tuple(replace(one, name=nasty(n)) for n, one in enumerate(project.packages)),
        processes=tuple(replace(one, name=nasty(n), reason=nasty(n + 1)) for n, one in enumerate(project.processes)),
        phases=tuple(
            replace(one, name=nasty(n), goal=nasty(n + 2), exit_criteria=NASTY) for n, one in enumerate(project.phases)
        ),
        roles=tuple(replace(one, name=nasty(n // 2)) for n, one in enumerate(project.roles)),
        dependencies=tuple(replace(one, reason=nasty(n)) for n, one in enumerate(project.dependencies)),
    )


@dataclass(frozen=True)
class Books:
    """Workbooks by name: their bytes, as they read, and with the results written into them."""

    plans: dict[str, Project]
    made: dict[str, bytes]
    read: dict[str, Workbook]
    told: dict[str, Workbook]


@pytest.fixture(scope="module")
def plan(desk: Project, catalogue: Catalogue) -> Project:
    return planned(desk, catalogue, "service-desk-first")


@pytest.fixture(scope="module")
def books(plan: Project) -> Books:
    i18n.use("en")
    plans = {"plan": plan, "nasty": hostile(plan)}
    found = {name: made(project, "xlsx") for name, project in plans.items()}
    told = {name: read(content, data_only=True) for name, content in found.items()}
    return Books(plans, found, {name: read(content) for name, content in found.items()}, told)


@pytest.fixture(scope="module")
def again(books: Books, office: Office) -> dict[str, Workbook]:
    """The hostile workbook and one that a client has changed, worked out by one run of LibreOffice."""
    return worked_out({"nasty": books.made["nasty"], "changed": changed(books.made["plan"])}, office)


def worked_out(found: dict[str, bytes], office: Office) -> dict[str, Workbook]:
    """The workbooks as LibreOffice has them, after it has worked out every formula."""
    files = office({f"{name}.xlsx": content for name, content in found.items()}, "xlsx")
    return {name: load_workbook(file, data_only=True) for name, file in files.items()}


def changed(content: bytes) -> bytes:
    """The workbook after a client has changed it: more person-days, a package a year later, another importance."""
    book = load_workbook(io.BytesIO(content))
    rows = Rows(book["Work packages"], "ID")
    rows.cell(0, "Person-days: Process owner").value = 15
    rows.cell(1, "Finish").value = rows.cell(1, "Finish").value + timedelta(days=3650)
    gaps = Rows(book["Gaps and priorities"], "Process")
    gaps.cell(0, "Importance").value = 5
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


class Rows:
    """A table of a sheet, whose head is the first row that holds ``key``; so many ``hidden`` rows follow that one."""

    def __init__(self, sheet: Worksheet, key: str, hidden: int = 0) -> None:
        self.sheet = sheet
        self.head = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == key)
        titles = (str(cell.value) for cell in sheet[self.head] if cell.value is not None)
        self.titles = {title: place for place, title in enumerate(titles, 1)}
        self.head += hidden
        self.count = 0
        while self.sheet.cell(self.head + 1 + self.count, self.titles[key]).value is not None:
            self.count += 1

    def cell(self, row: int, title: str) -> Any:
        return self.sheet.cell(self.head + 1 + row, self.titles[title])

    def column(self, title: str) -> list[Any]:
        return [self.cell(row, title).value for row in range(self.count)]


def read(content: bytes, **options: Any) -> Workbook:
    return load_workbook(io.BytesIO(content), **options)


def cells(book: Workbook) -> Iterator[tuple[str, Cell]]:
    for sheet in book:
        yield from ((sheet.title, cell) for row in sheet.iter_rows() for cell in row if cell.value is not None)


class TestWhatIsInIt:
    def test_sheets_follow_the_report_and_begin_with_the_bottom_line(self, books: Books, catalogue: Catalogue) -> None:
        titles = [section.title for section in hand_over(books.plans["plan"], catalogue).report.sections]
        names = books.read["plan"].sheetnames
        assert [name for name in names if name in titles] == titles
        assert names[0] == "At a glance"
        assert names[-1] == "About this document"
        assert {"Effort", "Capacity by week", "Clauses"} <= set(names)

    def test_every_package_reads_back_equal(self, books: Books) -> None:
        project = books.plans["plan"]
        assert project.roadmap
        rows = Rows(books.told["plan"]["Work packages"], "ID")
        assert rows.column("ID") == [package.id for package in project.packages]
        assert rows.column("Work package") == [package.name for package in project.packages]
        places = [project.roadmap.packages[package.id] for package in project.packages]
        assert [day.date() for day in rows.column("Start")] == [place.start for place in places]
        assert [day.date() for day in rows.column("Finish")] == [place.finish for place in places]
        assert rows.column("Working days") == [package.days.likely for package in project.packages]
        assert rows.column("Person-days") == pytest.approx([package.person_days for package in project.packages])
        titles = [project.title(package.capability) if package.capability else None for package in project.packages]
        assert rows.column("Capability") == titles
        numbers = {phase.id: number for number, phase in enumerate(project.phases, 1)}
        assert rows.column("Phase no.") == [numbers[place.phase] for place in places]
        assert rows.column("Phase") == [project.phase_by_id[place.phase].name for place in places]
        for role in project.roles:
            for title, end in (("Person-days", "likely"), ("Person-days, low", "low"), ("Person-days, high", "high")):
                told = [getattr(p.effort.get(role.id), end, None) for p in project.packages]
                assert rows.column(f"{title}: {role.name}") == told

    def test_the_table_can_be_filtered_and_its_head_stays(self, books: Books) -> None:
        sheet = books.read["plan"]["Work packages"]
        rows = Rows(sheet, "ID")
        (table,) = sheet.tables.values()
        assert table.autoFilter.ref == table.ref
        assert [column.name for column in table.tableColumns] == list(rows.titles)
        assert sheet.freeze_panes == f"D{rows.head + 1}"
        words = [rule for rules in sheet.conditional_formatting for rule in rules.rules]
        assert '"People"' in [formula for rule in words for formula in rule.formula]

    def test_what_a_client_would_change_is_reckoned_by_formulas(self, books: Books, catalogue: Catalogue) -> None:
        book, project = books.read["plan"], books.plans["plan"]
        gaps = Rows(book["Gaps and priorities"], "Process")
        known = Rows(books.told["plan"]["Gaps and priorities"], "Process")
        for title in ("Rank", "Level now", "Gap", "Priority"):
            assert str(gaps.cell(0, title).value).startswith("=")
        found = priorities(project, catalogue)
        assert known.column("Priority")[: len(found)] == pytest.approx([one.value for one in found])
        assert known.column("Gap")[: len(found)] == [one.gap for one in found]
        formulas = [str(cell.value) for row in book["Effort"].iter_rows() for cell in row]
        assert sum(text.startswith("=SUMIFS(") for text in formulas) == 3 * (len(project.phases) + 4)

    def test_it_speaks_the_language_of_the_interface(self, plan: Project) -> None:
        i18n.use("zh")
        book = read(made(plan, "xlsx", theme=Theme(sections=("summary", "work"))))
        assert book.sheetnames[:2] == [_("At a glance"), "工作包"]

    def test_every_page_bears_whose_it_is_and_of_which_day(self, books: Books, catalogue: Catalogue) -> None:
        about = hand_over(books.plans["plan"], catalogue).identity
        for sheet in books.read["plan"]:
            assert sheet.oddHeader.left.text == f"{about.client}   {about.plan}"
            assert sheet.oddHeader.right.text == f"{about.version}   as of {about.as_of}"
            assert sheet.oddFooter.right.text == "Page &P of &N"
            assert sheet.page_setup.orientation == "landscape"
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
        head = Rows(books.read["plan"]["Work packages"], "ID").head
        assert books.read["plan"]["Work packages"].print_title_rows == f"${head}:${head}"

    def test_a_copy_for_the_client_ends_with_what_it_goes_without(self, plan: Project) -> None:
        secret = replace(plan, packages=tuple(replace(one, note="Zqxhidden") for one in plan.packages))
        content = made(secret, "xlsx", audience="client", theme=Theme(sections=("work",)))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert not any(b"Zqxhidden" in archive.read(name) for name in archive.namelist())
        last = [cell.value for row in read(content).worksheets[-1].iter_rows() for cell in row if cell.value]
        told = ["This copy is for the client. It goes without", *(f"• {kind}" for kind in KINDS)]
        assert last[-len(told) :] == told

    def test_sections_are_those_of_the_theme(self, plan: Project) -> None:
        few = made(plan, "xlsx", theme=Theme(sections=("roadmap", "findings"), size="a3"))
        book = read(few)
        assert book.sheetnames == ["Roadmap", "Phases", "Findings", "About this document"]
        assert book["Roadmap"].page_setup.paperSize == 8
        assert isinstance(Rows(book["Roadmap"], "Item", hidden=1).cell(1, "Start").value, datetime)

    def test_plans_without_a_roadmap_or_without_work_have_a_workbook(self, desk: Project) -> None:
        some = Theme(sections=("summary", "roadmap", "work", "capacity"))
        for project in (desk, replace(desk, packages=(), dependencies=()), replace(desk, roles=(), phases=())):
            assert "At a glance" in read(made(project, "xlsx", theme=some)).sheetnames

    def test_a_logo_stands_on_the_first_sheet_in_the_room_there_is(self, plan: Project) -> None:
        content = made(plan, "xlsx", theme=Theme(sections=("summary",), logo=picture(900, 300), footer="R&D house"))
        sheet = read(content).worksheets[0]
        (image,) = sheet._images
        assert (image.anchor.to.row, image.anchor._from.row) <= (5, 0)
        assert sheet.oddFooter.left.text == "R&&D house"
        assert content == made(
            plan, "xlsx", theme=Theme(sections=("summary",), logo=picture(900, 300), footer="R&D house")
        )


def picture(wide: int, high: int) -> bytes:
    """A grey PNG of that size, in pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x99" * wide) * high)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class TestComingBack:
    """A project office changes the workbook, and the consultant takes that into the plan."""

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_a_workbook_that_nobody_changed_changes_nothing(self, plan: Project, tmp_path: Path, language: str) -> None:
        i18n.use(language)
        file = tmp_path / "plan.xlsx"
        file.write_bytes(made(plan, "xlsx"))
        unknown = _("not understood, and left out: {names}").format(names="")
        for title in (N_("Work packages"), N_("Levels by dimension"), N_("Gaps and priorities"), N_("Where we stand")):
            found = read_file(file, plan, sheet=_(title))
            assert (found.faults, found.differences) == ((), ()), title
            if title != "Where we stand":
                assert not [note for note in found.notes if note.startswith(unknown)], "every heading is known"
        found = read_file(file, plan)
        assert (found.sheet, found.rows) == (_("Work packages"), len(plan.packages))

    def test_what_was_changed_comes_back(self, books: Books, tmp_path: Path) -> None:
        project, file = books.plans["plan"], tmp_path / "plan.xlsx"
        book = read(books.made["plan"])
        rows, known = (Rows(each["Work packages"], "ID") for each in (book, books.told["plan"]))
        for row in range(rows.count):
            rows.cell(row, "Person-days").value = known.cell(row, "Person-days").value
        rows.cell(2, "Phase no.").value = 3 - rows.cell(2, "Phase no.").value
        role = next(iter(project.packages[0].effort))
        title = f"Person-days, high: {project.role_by_id[role].name}"
        rows.cell(0, title).value += 3
        rows.cell(0, title.replace(", high", "")).value = 0.5
        added = {"Work package": "Tell the board", "Capability": project.title(project.capabilities[0])}
        added |= {"Workstream": "People", "Working days": 40, title: 6, title.replace(", high", ""): 5}
        for name, value in added.items():
            rows.cell(rows.count, name).value = value
        book.save(file)
        found = read_file(file, project)
        assert found.faults == ()
        assert found.result
        was, now = project.package_by_id, found.result.package_by_id
        (new,) = set(now) - set(was)
        assert (now[new].name, now[new].capability) == ("Tell the board", project.capabilities[0])
        first = project.packages[0].id
        assert now[first].effort[role].high == was[first].effort[role].high + 3
        assert now[first].effort[role].likely == now[first].effort[role].low == 0.5, "nobody touched the low one"
        assert all(now[ident] == package for ident, package in was.items() if ident != first)
        third, then = project.packages[2].id, found.result.roadmap
        assert project.roadmap
        assert then
        assert project.roadmap.packages[third].phase != then.packages[third].phase

    def test_days_are_looked_up_and_gates_stand_in_their_week(self, books: Books, catalogue: Catalogue) -> None:
        project = books.plans["plan"]
        rows = Rows(books.read["plan"]["Roadmap"], "Item", hidden=1)
        known = Rows(books.told["plan"]["Roadmap"], "Item", hidden=1)
        facts = hand_over(project, catalogue).facts
        heads = {part.number: f"{part.number}. {part.phase.name}" for part in facts.phases if part.items}
        names = known.column("Item")
        starts = [
            cell.value for cell in known.sheet[known.head - 1] if isinstance(cell.value, datetime) and cell.column > 7
        ]
        for number, head in heads.items():
            row = names.index(head)
            part = facts.phases[number - 1]
            assert (known.cell(row, "Start").value.date(), known.cell(row, "Finish").value.date()) == (
                part.start,
                part.finish,
            )
            assert str(rows.cell(row, "Start").value).startswith("=MIN(E")
            signs = [place for place, cell in enumerate(known.sheet[known.head + 1 + row][7:]) if cell.value == "◆"]
            assert [starts[place].date() for place in signs] == [monday(part.finish)]
        one = next(row for row, number in enumerate(known.column("No.")) if number)
        starts_at = Rows(books.read["plan"]["Work packages"], "ID").cell(0, "Start")
        assert f"INDEX('Work packages'!${starts_at.column_letter}${starts_at.row}:" in rows.cell(one, "Start").value

    def test_bars_are_rules_that_read_the_days_of_their_row(self, books: Books) -> None:
        sheet = books.read["plan"]["Roadmap"]
        head = Rows(sheet, "Item").head
        ranges = {str(rules.sqref): [rule.formula[0] for rule in rules.rules] for rules in sheet.conditional_formatting}
        first = next(formulas for where, formulas in ranges.items() if where.startswith(f"H{head + 2}:"))
        assert first[0] == f"AND($E{head + 2}<=H${head + 1},$F{head + 2}>=H${head})"

    def test_weeks_become_months_in_long_plans(self) -> None:
        found = periods(date(2027, 1, 6), date(2037, 1, 6))
        assert found[0] == (date(2027, 1, 4), date(2027, 1, 10))
        assert all((one.last - one.first).days == 6 for one in found[:MOST_WEEKS])
        assert found[MOST_WEEKS + 1].first.day == 1
        assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(found))
        assert found[-1].first <= date(2037, 1, 6) <= found[-1].last


class TestWorkedOutByLibreOffice:
    def test_no_formula_fails(self, again: dict[str, Workbook]) -> None:
        for name, book in again.items():
            assert not [(name, where, cell.coordinate) for where, cell in cells(book) if cell.data_type == "e"]

    def test_every_result_is_what_the_file_says(self, books: Books, again: dict[str, Workbook]) -> None:
        assert compared(books.read["nasty"], books.told["nasty"], again["nasty"]) > 500

    def test_totals_are_ours(self, books: Books, again: dict[str, Workbook]) -> None:
        assert_totals(again["nasty"]["Effort"], books.plans["nasty"])

    @pytest.mark.soak
    def test_the_same_holds_for_the_samples_in_both_languages(self, office: Office) -> None:
        found = {}
        for language in ("en", "zh"):
            i18n.use(language)
            for sample in ("lantern-retail", "harbour-bank"):
                found[f"{sample}-{language}"] = made(load_plan(PROJECTS / f"{sample}.toml").project, "xlsx")
        for name, book in worked_out(found, office).items():
            assert compared(read(found[name]), read(found[name], data_only=True), book) > 500

    def test_what_is_changed_comes_back(self, plan: Project, again: dict[str, Workbook], tmp_path: Path) -> None:
        again["changed"].save(tmp_path / "changed.xlsx")
        found = read_file(tmp_path / "changed.xlsx", plan)
        assert found.faults == ()
        changes = {(one.table, one.item, one.field) for one in found.differences if one.field != "source"}
        first, second = (package.id for package in plan.packages[:2])
        assert {one for one in changes if one[0] == "packages"} == {("packages", first, "effort.process-owner")}
        assert {one.field for one in found.differences if second in one.field} == {f"packages.{second}.finish"}
        assert any("Gaps and priorities" in note and "--sheet" in note for note in found.notes)
        gaps = read_file(tmp_path / "changed.xlsx", plan, sheet="Gaps and priorities")
        assert [one.field for one in gaps.differences] == ["importance"]

    def test_what_is_changed_changes_what_follows(self, books: Books, again: dict[str, Workbook]) -> None:
        before, after = books.told["plan"], again["changed"]
        old, new = Rows(before["Work packages"], "ID"), Rows(after["Work packages"], "ID")
        more = 15 - (old.cell(0, "Person-days: Process owner").value or 0)
        assert new.cell(0, "Person-days").value == pytest.approx(old.cell(0, "Person-days").value + more)
        assert in_all_packages(after) == pytest.approx(in_all_packages(before) + more)
        bars, moved = (Rows(book["Roadmap"], "Item", hidden=1) for book in (before, after))
        row = bars.column("No.").index(2)
        assert moved.cell(row, "Finish").value - bars.cell(row, "Finish").value == timedelta(days=3650)
        gaps, then = Rows(before["Gaps and priorities"], "Process"), Rows(after["Gaps and priorities"], "Process")
        once = gaps.cell(0, "Priority").value / gaps.cell(0, "Importance").value
        assert then.cell(0, "Priority").value == pytest.approx(5 * once)


def compared(formulas: Workbook, told: Workbook, again: Workbook) -> int:
    """How many formulas there are; programs that do not work them out show the results in the file: all are right."""
    count = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    was, now = (book[sheet.title][cell.coordinate].value for book in (told, again))
                    right = pytest.approx(was, abs=1e-6) if isinstance(was, (int, float)) else was or None
                    assert (now if isinstance(was, (int, float)) else now or None) == right, cell
    return count


def assert_totals(sheet: Worksheet, project: Project) -> None:
    numbers = [cell.value for row in sheet.iter_rows(min_col=3, max_col=5) for cell in row]
    told = [value for value in numbers if isinstance(value, (int, float))]
    roles = by_role(project)
    ours = [*by_phase(project).values(), *by_workstream(project).values()]
    ours += [roles.get(role.id, NOTHING) for role in project.roles]
    flat = [amount for effort in ours for amount in effort]
    assert told[: len(flat)] == pytest.approx(flat)
    assert told[-3:] == pytest.approx([*in_all(project)])


def in_all_packages(book: Workbook) -> float:
    rows = book["Effort"].iter_rows(min_col=2)
    return next(float(row[2].value) for row in rows if row[0].value == "Work packages")


class TestHostileText:
    def test_no_text_of_a_plan_is_anything_but_a_text(self, books: Books) -> None:
        book, project = books.read["nasty"], books.plans["nasty"]
        shown = {cell.value for _where, cell in cells(book) if cell.data_type == "s"}
        assert NASTY[0] in shown
        for _where, cell in cells(book):
            assert cell.hyperlink is None
            if cell.data_type == "f":
                assert not re.search(r"cmd|script|https?:|raw", str(cell.value))
        rows = Rows(book["Work packages"], "ID")
        told = [str(value).rstrip(" ") for value in rows.column("Work package")]
        assert told == [package.name.replace("\x07", "\ufffd") for package in project.packages]
        active = [
            cell for _w, cell in cells(book) if cell.data_type == "s" and str(cell.value).startswith(("=", "+", "@"))
        ]
        assert all(cell.quotePrefix for cell in active if cell.row != rows.head)

    def test_names_that_are_the_same_make_heads_that_differ(self, books: Books) -> None:
        for sheet in books.read["nasty"]:
            for table in sheet.tables.values():
                names = [column.name.casefold() for column in table.tableColumns]
                assert len(names) == len(set(names))
                head = sheet[table.ref.split(":")[0]].row
                told = [str(cell.value).casefold() for cell in sheet[head] if cell.value is not None]
                assert told == names
                assert max(map(len, names)) <= 255

    def test_a_name_is_no_code_in_the_printed_header(self, books: Books) -> None:
        with zipfile.ZipFile(io.BytesIO(books.made["nasty"])) as archive:
            sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        header = next(node.text for node in sheet.iter() if node.tag.endswith("oddHeader"))
        assert "_x0041_ && [Page] R&& G &&P" in header
        assert len(header) <= 255

    def test_long_names_keep_rows_low_and_cells_whole(self, books: Books) -> None:
        book = books.read["nasty"]
        assert max(one.height or 0 for sheet in book for one in sheet.row_dimensions.values()) < 250
        assert max(one.width for sheet in book for one in sheet.column_dimensions.values()) < 90
        assert NASTY[5] in {cell.value for _where, cell in cells(book)}

    @pytest.mark.parametrize("title", ["History", "a/b\\c?*[1]:2", "'quoted'", "", "很" * 40, "x" * 60])
    def test_any_title_can_name_a_sheet(self, title: str) -> None:
        names: list[str] = []
        for _again in range(12):
            names.append(safe.sheet_name(title, names))
        assert len({name.casefold() for name in names}) == 12
        for name in names:
            assert 0 < len(name) <= 31
            assert not re.search(r"[\[\]:*?/\\]|^'|'$", name)
            assert name.casefold() != "history"

    def test_a_text_longer_than_a_cell_is_cut(self) -> None:
        for text in ("x" * 40_000, "\U0001f600" * 20_000):
            found = safe.text(text)
            assert len(found.encode("utf-16-le")) <= 2 * safe.CELL
            assert found.endswith("…")


class TestBytes:
    def test_the_same_plan_gives_the_same_bytes(self, books: Books) -> None:
        assert made(books.plans["plan"], "xlsx") == books.made["plan"]

    def test_nothing_tells_of_the_day_on_which_it_was_made(self, books: Books, catalogue: Catalogue) -> None:
        about = hand_over(books.plans["plan"], catalogue).identity
        with zipfile.ZipFile(io.BytesIO(books.made["plan"])) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = books.read["plan"].properties
        assert properties.created.date() == properties.modified.date() == about.as_of
        assert properties.title == about.plan


def monday(day: date | None) -> date:
    assert day
    return day - timedelta(days=day.weekday())
