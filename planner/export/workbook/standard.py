"""Clauses of the standard with a column for now and for the end of each phase."""

from planner.assessment.coverage import coverage, edition
from planner.export.handover import Handover
from planner.export.report.parts import Cell, Table
from planner.export.workbook.grid import Grid, GridColumn, Value, column_of
from planner.export.workbook.look import Look
from planner.export.workbook.sheet import Sheet
from planner.text.i18n import _

CLAUSES = "clauses"
"""The table of the report to which those columns are added."""

TICK = "●"


def write_clauses(handover: Handover, sheet: Sheet, table: Table) -> None:
    """The table of the report, with a tick from the time on at which a clause has its evidence."""
    project, catalogue = handover.project, handover.catalogue
    standard = edition(project, catalogue)
    if standard is None:
        return
    number = {phase.id: place for place, phase in enumerate(project.phases, 1)}
    columns = [column_of(one, 60) for one in table.columns]
    columns.append(GridColumn("now", _("Now"), "tick"))
    columns += [
        GridColumn(f"phase-{place}", _("After phase {number}").format(number=place), "tick")
        for place in number.values()
    ]
    rows: list[list[Value]] = []
    for part, told in zip(coverage(project, catalogue, standard.id).clauses, table.rows, strict=True):
        since = 0 if part.now else number.get(part.phase)
        ticks: list[Cell] = [
            TICK if since is not None and since <= place else None for place in range(len(project.phases) + 1)
        ]
        rows.append([*told, *ticks])
    sheet.row += 1
    area = sheet.grid(Grid(tuple(columns), rows))
    ticked = {
        "type": "cell",
        "criteria": "==",
        "value": f'"{TICK}"',
        "format": sheet.looks.change(sheet.theme.level(5)),
    }
    sheet.made.conditional_format(area.first, len(table.columns), area.last, len(columns) - 1, ticked)
    sheet.say(table.note, Look(ink=sheet.theme.grey))
