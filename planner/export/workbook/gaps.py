"""Gaps and priorities by formula: a client changes an importance or a level, and sees what comes first."""

from collections.abc import Iterator

from planner.assessment.ranking import Ranked, ranked
from planner.export.handover import Handover
from planner.export.report.parts import Table
from planner.export.workbook.grid import Area, Formula, Grid, GridColumn, Value, column_of
from planner.export.workbook.look import Look
from planner.export.workbook.sheet import Sheet
from planner.graph.naming import dimension_title
from planner.model.project import Project
from planner.text.i18n import _

PRIORITIES = "priorities"
"""The table of the report that is made to reckon here."""

EDITED = ("importance", "pain_factor")


def write_gaps(handover: Handover, sheet: Sheet, lead: str, table: Table) -> None:
    """The table of the report with levels by dimension; level, gap, priority and rank are formulas."""
    project = handover.project
    sheet.say(lead, Look(size=11))
    sheet.say(
        _("Figures on a yellow ground may be changed; gap, priority and rank follow."), Look(ink=sheet.theme.grey)
    )
    sheet.row += 1
    columns = _columns(project, table)
    keys = [column.key for column in columns]
    area = Area(sheet.name, sheet.row, sheet.row + 1, sheet.row + len(table.rows), {k: n for n, k in enumerate(keys)})
    values = [one.value for one in ranked(project, handover.catalogue)]
    rows = []
    for row, (one, told) in enumerate(zip(ranked(project, handover.catalogue), table.rows, strict=True), area.first):
        known: dict[str, Value] = dict(zip((column.key for column in table.columns), told, strict=True))
        known |= dict(_reckoned(project, area, row, one, 1 + sum(value > one.value for value in values)))
        rows.append([known[key] for key in keys])
    sheet.grid(Grid(columns, rows))
    for key in keys:
        if key == "importance" or key.startswith(("now ", "wanted ")):
            sheet.allow(area, key, {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 5})
    sheet.freeze = (area.first, area.columns["process"] + 1)
    sheet.say(table.note, Look(ink=sheet.theme.grey))


def _columns(project: Project, table: Table) -> tuple[GridColumn, ...]:
    found = []
    for one in table.columns:
        if one.key == "level_now":
            for dimension in project.dimension_ids:
                title = dimension_title(project, dimension)
                now, wanted = _("{dimension} now"), _("{dimension} wanted")
                found.append(GridColumn(f"now {dimension}", now.format(dimension=title), "level", edited=True))
                found.append(GridColumn(f"wanted {dimension}", wanted.format(dimension=title), "level", edited=True))
        found.append(column_of(one, edited=one.key in EDITED))
    return tuple(found)


def _reckoned(project: Project, area: Area, row: int, one: Ranked, rank: int) -> Iterator[tuple[str, Value]]:
    process, own = project.process_by_id[one.process], one.priority
    cells = {key: area.cell(key, row) for key in area.columns}
    for dimension in project.dimension_ids:
        yield f"now {dimension}", process.baseline[dimension]
        yield f"wanted {dimension}", process.target[dimension]
    now = ",".join(cells[f"now {dimension}"] for dimension in project.dimension_ids)
    yield "level_now", Formula(f"=MIN({now})", process.level)
    if own is None:
        yield "rank", None
        return
    gaps = ",".join(f"{cells[f'wanted {d}']}-{cells[f'now {d}']}" for d in project.dimension_ids)
    yield "gap", Formula(f"=MAX(0,{gaps})", own.gap)
    product = f"{cells['gap']}*{cells['importance']}*{cells['pain_factor']}"
    yield "priority", Formula(f"={product}", round(own.value, 6))
    yield "rank", Formula(f"=RANK({cells['priority']},{area.of('priority')})", rank)
