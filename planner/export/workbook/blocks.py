"""A section of the report as it is, on a sheet."""

from collections.abc import Iterable, Iterator

from planner.checks.finding import SEVERITIES
from planner.export.report.parts import (
    Block,
    Bullets,
    Figures,
    HeatMap,
    Network,
    Paragraph,
    Section,
    Table,
    Timeline,
)
from planner.export.theme import Theme
from planner.export.words import heading
from planner.export.workbook.grid import grid_of
from planner.export.workbook.look import Look
from planner.export.workbook.sheet import Sheet
from planner.model.values import WORKSTREAMS
from planner.text.i18n import _

WEIGHTS = ("f2c4bd", "fbe3b5", "e3e8ef")
"""Behind the words for an error, a warning and an information."""


def write_section(sheet: Sheet, section: Section) -> None:
    """All blocks of a section and of the parts in it. Pictures are left to the sheets that draw them from cells."""
    sheet.say(section.lead, Look(size=11))
    write_blocks(sheet, section.blocks)
    for part in section.parts:
        sheet.heading(part.title)
        sheet.say(part.lead)
        write_blocks(sheet, part.blocks)


def write_blocks(sheet: Sheet, blocks: Iterable[Block]) -> None:
    """Blocks below each other."""
    for block in blocks:
        match block:
            case Paragraph():
                sheet.paragraph(block)
            case Bullets():
                sheet.bullets(block)
            case Figures():
                sheet.figures(block)
            case HeatMap():
                sheet.heat(block)
            case Table():
                write_table(sheet, block)
            case Timeline() | Network():
                pass


def write_table(sheet: Sheet, table: Table) -> None:
    """A table of the report under its title, its note below."""
    if table.rows:
        sheet.heading(table.title)
        area = sheet.grid(grid_of(table))
        for column, one in enumerate(table.columns):
            if one.key == "workstream":
                sheet.words(area.first, column, area.last, workstream_colours(sheet.theme))
            elif one.key == "severity":
                words = zip((heading(severity) for severity in SEVERITIES), WEIGHTS, strict=True)
                sheet.words(area.first, column, area.last, words)
    if table.note:
        sheet.say(table.note, Look(ink=sheet.theme.grey))


def workstream_colours(theme: Theme) -> Iterator[tuple[str, str]]:
    """The word of each workstream, as tables have it, with a light colour of its own."""
    for number, workstream in enumerate(WORKSTREAMS, 1):
        fill = tint(theme.phase(number + 3), 0.75)
        yield _(workstream), fill
        yield _(workstream).capitalize(), fill


def tint(colour: str, share: float) -> str:
    """``colour`` with ``share`` of white in it."""
    parts = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)
