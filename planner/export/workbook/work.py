"""The work packages, to be filtered and changed: dates, effort by role, and what it adds up to."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.assessment.effort import total
from planner.export.outline import outline
from planner.export.report.parts import Table
from planner.export.words import heading
from planner.export.workbook.blocks import tint, workstream_colours
from planner.export.workbook.book import Book
from planner.export.workbook.grid import Area, Formula, Grid, GridColumn, Value, column_name, column_of
from planner.export.workbook.look import Look
from planner.export.workbook.sheet import Sheet
from planner.model.capability import level_of
from planner.model.project import Project, WorkPackage
from planner.model.values import WORKSTREAMS
from planner.store.table_columns import EFFORTS, role_word
from planner.store.table_columns import heading as column_heading
from planner.text.i18n import _

PACKAGES = "work_packages"
"""The table of the report with a row for each work package, and the name of its area."""

SUMS = {"person_days": "likely", "person_days_low": "low", "person_days_high": "high"}
"""Columns that add up those of the roles."""

EDITED = ("workstream", "phase", "start", "finish", "working_days")
MOST = {"id": 22, "name": 52, "for": 34, "progress": 20}
TOTALS = 2
"""Rows with totals above the head of the table."""


def write_work(book: Book, sheet: Sheet, lead: str, table: Table, phase_names: str) -> None:
    """Every work package with low, likely and high person-days of each role; totals above, also of what is filtered.

    ``phase_names`` is where the names of the phases stand, in a formula.
    """
    project = book.handover.project
    sheet.say(lead, Look(size=11))
    sheet.say(
        _(
            "Figures on a yellow ground may be changed: totals, effort and roadmap of this workbook follow. "
            "Low and high person-days by role are folded away at the right. Work without a capability serves the "
            "whole programme."
        ),
        Look(ink=sheet.theme.grey),
    )
    sheet.row += 1 + TOTALS
    columns = _columns(project, table)
    keys = [column.key for column in columns]
    area = Area(sheet.name, sheet.row, sheet.row + 1, sheet.row + len(table.rows), {k: n for n, k in enumerate(keys)})
    names = {part.number: part.phase.name for part in outline(project)}
    rows = []
    for number, told in enumerate(table.rows):
        known: dict[str, Value] = dict(zip((column.key for column in table.columns), told, strict=True))
        package = project.package_by_id[str(known["id"])]
        row = area.first + number
        known |= {"number": number + 1, "phase_name": _phase_name(area, row, known["phase"], names, phase_names)}
        known |= {"for": known["for"] if package.capability else None, "level": level_of(package.capability) or None}
        known |= dict(_efforts(project, package, area, row))
        rows.append([known[key] for key in keys])
    book.areas[PACKAGES] = sheet.grid(Grid(columns, rows))
    _totals(sheet, area, project)
    _colours(sheet, area, len(project.phases))
    sheet.allow(area, "workstream", {"validate": "list", "source": [heading(one) for one in WORKSTREAMS]})
    if project.phases:
        last = len(project.phases)
        sheet.allow(area, "phase", {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": last})
    sheet.freeze = (area.first, area.columns["name"] + 1)
    sheet.made.print_area(0, 0, area.last, len(table.columns) + 2)
    if table.note:
        sheet.say(table.note, Look(ink=sheet.theme.grey))


def _columns(project: Project, table: Table) -> tuple[GridColumn, ...]:
    """A number, the columns of the report, and those of the roles.

    Their heads are those that ``planner import`` knows, so that a changed workbook can come back.
    """
    found = [GridColumn("number", _("No."), "number", middle=True)]
    for one in table.columns:
        edited = one.key in EDITED
        edited = edited or (one.key in SUMS and not project.roles)
        column = column_of(one, MOST.get(one.key, 44), edited=edited)
        if one.key == "phase":
            found += [replace(column, title=_("Phase no.")), GridColumn("phase_name", one.title, most=30)]
        elif one.key == "for":
            found += [replace(column, title=_("Capability")), GridColumn("level", _("Level reached"), "level")]
        else:
            found.append(column)
    words = {role.id: role_word(project, role) for role in project.roles}
    for part, field in (("likely", "effort"), ("low", "effort-low"), ("high", "effort-high")):
        title, folded = column_heading(EFFORTS, field), part != "likely"
        found += [
            GridColumn(f"{part} {role}", title.format(role=word), "days", edited=True, folded=folded)
            for role, word in words.items()
        ]
    return tuple(found)


def _phase_name(area: Area, row: int, number: Value, names: dict[int, str], where: str) -> Value:
    """The name of the phase whose number stands beside it, as a formula where the workbook has the names."""
    name = names[number] if isinstance(number, int) else ""
    cell = area.cell("phase", row)
    return Formula(f'=IF({cell}="","",INDEX({where},{cell}))', name) if where else name


def _efforts(project: Project, package: WorkPackage, area: Area, row: int) -> Iterator[tuple[str, Value]]:
    """Person-days by role, and their sums as formulas."""
    if not project.roles:
        return
    for key, part in SUMS.items():
        for role in project.roles:
            effort = package.effort.get(role.id)
            yield f"{part} {role.id}", getattr(effort, part) if effort else None
        first, last = (area.cell(f"{part} {role.id}", row) for role in (project.roles[0], project.roles[-1]))
        amount = getattr(total([package]), part)
        yield key, Formula(f"=SUM({first}:{last})", round(amount, 6))


def _totals(sheet: Sheet, area: Area, project: Project) -> None:
    """Two rows above the head: all work packages, and those that the filter shows."""
    sums = total(project.packages)
    amounts = {key: getattr(sums, part) for key, part in SUMS.items()}
    for role in project.roles:
        for number, part in enumerate(("low", "likely", "high")):
            efforts = (package.effort[role.id] for package in project.packages if role.id in package.effort)
            amounts[f"{part} {role.id}"] = sum(effort[number] for effort in efforts)
    labels = ((_("In all"), "SUM("), (_("As filtered"), "SUBTOTAL(109,"))
    look = Look("days", bold=True, fill=sheet.theme.pale)
    for row, (label, function) in enumerate(labels, area.head - TOTALS):
        for column in range(len(area.columns)):
            sheet.put(row, column, None, look)
        sheet.put(row, area.columns["name"], label, look._replace(kind="text"))
        for key, amount in amounts.items():
            column = area.columns[key]
            sheet.put(row, column, Formula(f"={function}{area.of(key)})", round(amount, 6)), look)
    known = project.package_by_id
    placed = [place for item, place in project.roadmap.packages.items() if item in known] if project.roadmap else []
    if placed:
        begin, end = min(place.start for place in placed), max(place.finish for place in placed)
        for key, function, day in (("start", "MIN", begin), ("finish", "MAX", end)):
            value = Formula(f"={function}({area.of(key)})", day)
            sheet.put(area.head - TOTALS, area.columns[key], value, look._replace(kind="date"))


def _colours(sheet: Sheet, area: Area, phases: int) -> None:
    """Workstreams by their word, phases by their number."""
    theme = sheet.theme
    sheet.words(area.first, area.columns["workstream"], area.last, workstream_colours(theme))
    _phase_rules(sheet, area, range(1, phases + 1))


def _phase_rules(sheet: Sheet, area: Area, numbers: Sequence[int]) -> None:
    left, right = area.columns["phase"], area.columns["phase_name"]
    cell = f"${column_name(left)}{area.first + 1}"
    colours = len(sheet.theme.phases)
    for place in range(1, min(len(numbers), colours) + 1):
        rule = {
            "type": "formula",
            "criteria": f"=AND(ISNUMBER({cell}),MOD({cell}-1,{colours})={place - 1})",
            "format": sheet.looks.change(tint(sheet.theme.phase(place), 0.8)),
        }
        sheet.made.conditional_format(area.first, left, area.last, right, rule)
