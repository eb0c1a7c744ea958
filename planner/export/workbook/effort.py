"""Person-days added up by formulas: by phase, by workstream, by role, with what runs beside everything."""

from collections.abc import Sequence

from planner.assessment.effort import NOTHING, by_phase, by_role, by_workstream, in_all, overheads, total
from planner.export.outline import outline
from planner.export.words import heading
from planner.export.workbook.blocks import workstream_colours
from planner.export.workbook.book import Book
from planner.export.workbook.grid import Area, Formula, Grid, GridColumn, Value
from planner.export.workbook.look import Look
from planner.export.workbook.sheet import Sheet
from planner.export.workbook.work import PACKAGES
from planner.model.project import Project
from planner.model.values import WORKSTREAMS, Effort
from planner.text.i18n import _

HEAD = 4
"""The row with the head of the first table: that of the phases, whose names other sheets look up there."""

PARTS = (("low", "person_days_low"), ("likely", "person_days"), ("high", "person_days_high"))


def phase_names(sheet: Sheet, project: Project) -> str:
    """Where the names of the phases will stand, in a formula; empty without phases."""
    count = len(project.phases)
    return f"{sheet.name}!$B${HEAD + 2}:$B${HEAD + 1 + count}" if count else ""


def write_effort(book: Book, sheet: Sheet) -> None:
    """Totals of the work packages, all as formulas on their sheet."""
    project, packages = book.handover.project, book.areas[PACKAGES]
    sheet.say(_("All sums are worked out from the sheet with the work packages."), Look(ink=sheet.theme.grey))
    sheet.row = HEAD
    _phases(sheet, project, packages)
    _workstreams(sheet, project, packages)
    if project.roles:
        _roles(sheet, project, packages)
    _in_all(sheet, project, packages)


def _columns(first: str, second: str) -> tuple[GridColumn, ...]:
    return (
        GridColumn("number", first, "number", middle=True),
        GridColumn("name", second, most=44),
        GridColumn("low", _("At least"), "days"),
        GridColumn("likely", _("Person-days"), "days"),
        GridColumn("high", _("At most"), "days"),
        GridColumn("share", _("Share"), "share"),
    )


def _sums(sheet: Sheet, title: str, rows: Sequence[tuple[int, str, Effort, list[str]]], whole: Effort) -> Area:
    """A table of sums: number, name, what it comes to, and the formulas for low, likely and high."""
    first = sheet.row + 1
    share = f"SUM($D${first + 1}:$D${first + len(rows)})"
    grid = []
    for row, (number, name, effort, formulas) in enumerate(rows, first + 1):
        values: list[Value] = [number, name]
        values += [Formula(text, round(amount, 6)) for text, amount in zip(formulas, effort, strict=True)]
        values.append(Formula(f"=IF({share}=0,0,D{row}/{share})", effort.likely / whole.likely if whole.likely else 0))
        grid.append(values)
    return sheet.grid(Grid(_columns(_("No."), title), grid), filtered=False)


def _phases(sheet: Sheet, project: Project, packages: Area) -> None:
    found = by_phase(project)
    rows = []
    for part in outline(project):
        cell = f"$A{HEAD + 1 + part.number}"
        formulas = [f"=SUMIFS({packages.away(key)},{packages.away('phase')},{cell})" for _part, key in PARTS]
        rows.append((part.number, part.phase.name, found.get(part.phase.id, NOTHING), formulas))
    last = HEAD + 1 + len(rows)
    if "" in found:
        rests = [
            f"=SUM({packages.away(key)})" + (f"-SUM({column}{HEAD + 2}:{column}{last})" if rows else "")
            for column, (_part, key) in zip("CDE", PARTS, strict=True)
        ]
        rows.append((len(rows) + 1, _("not placed yet"), found[""], rests))
    if rows:
        _sums(sheet, _("Phase"), rows, total(project.packages))


def _workstreams(sheet: Sheet, project: Project, packages: Area) -> None:
    found = by_workstream(project)
    first = sheet.row + 1
    rows = []
    for number, workstream in enumerate(WORKSTREAMS, 1):
        cell = f"$B{first + number}"
        formulas = [f"=SUMIFS({packages.away(key)},{packages.away('workstream')},{cell})" for _part, key in PARTS]
        rows.append((number, heading(workstream), found[workstream], formulas))
    area = _sums(sheet, _("Workstream"), rows, total(project.packages))
    sheet.words(area.first, 1, area.last, workstream_colours(sheet.theme))


def _roles(sheet: Sheet, project: Project, packages: Area) -> None:
    found = by_role(project)
    rows = []
    for number, role in enumerate(project.roles, 1):
        formulas = [f"=SUM({packages.away(f'{part} {role.id}')})" for part, _key in PARTS]
        rows.append((number, role.name, found.get(role.id, NOTHING), formulas))
    _sums(sheet, _("Role"), rows, total(project.packages))


def _in_all(sheet: Sheet, project: Project, packages: Area) -> None:
    """All work packages, what runs beside them as a share of theirs, and both together."""
    sheet.heading(_("In all"))
    head = sheet.row
    columns = (
        GridColumn("part", _("Share"), "share", edited=True),
        *_columns("", _("Item"))[1:5],
    )
    formulas = [f"=SUM({packages.away(key)})" for _part, key in PARTS]
    rows: list[list[Value]] = [[None, _("Work packages"), *_formulas(formulas, total(project.packages))]]
    for number, load in enumerate(overheads(project), head + 3):
        parts = [f"=$A{number}*{column}${head + 2}" for column in "CDE"]
        rows.append([load.overhead.share, load.overhead.name, *_formulas(parts, load.effort)])
    if len(rows) > 1:
        sums = [f"=SUM({column}{head + 2}:{column}{head + 1 + len(rows)})" for column in "CDE"]
        rows.append([None, _("In all"), *_formulas(sums, in_all(project))])
    sheet.grid(Grid(columns, rows), filtered=False)


def _formulas(texts: Sequence[str], effort: Effort) -> list[Value]:
    return [Formula(text, round(amount, 6)) for text, amount in zip(texts, effort, strict=True)]
