"""The report as a workbook: to be filtered, reckoned with and changed, by those who run the project."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from planner.export.handover import Handover
from planner.export.report.parts import Block, HeatMap, Section, Table, Timeline
from planner.export.workbook.blocks import write_blocks, write_section, write_table
from planner.export.workbook.book import Book
from planner.export.workbook.capacity import WEEKS, write_capacity
from planner.export.workbook.effort import phase_names, write_effort
from planner.export.workbook.front import write_front, write_reading
from planner.export.workbook.gantt import write_gantt
from planner.export.workbook.gaps import PRIORITIES, write_gaps
from planner.export.workbook.sheet import Sheet
from planner.export.workbook.standard import CLAUSES, write_clauses
from planner.export.workbook.work import PACKAGES, write_work
from planner.text.i18n import _

Writer = Callable[[], None]
"""Fills a sheet that is there already."""

LONG = 10
"""Rows of a table that is too long to stand below another one."""

EFFORT = "effort"
"""The table of the report whose figures are formulas here."""

FIRST = ("work", "roadmap")
"""Sections whose sheets are filled before the others, which read them by formula."""


def render(handover: Handover) -> bytes:
    """A workbook with a sheet for each section of the report, in its order, and those that reckon."""
    book = Book(handover)
    writers = [(section, [*_sheets(book, section)]) for section in handover.report.sections]
    writers.sort(key=lambda pair: FIRST.index(pair[0].id) if pair[0].id in FIRST else len(FIRST))
    for section, found in writers:
        handover.steps.at(section.title)
        for write in found:
            write()
    return book.bytes()


def _sheets(book: Book, section: Section) -> Iterator[Writer]:
    """The sheets of a section, still empty, each with what fills it."""
    tables = {block.name: block for block in section.blocks if isinstance(block, Table) and block.rows}
    lines = next((block for block in section.blocks if isinstance(block, Timeline)), None)
    sheet = book.sheet(section.title)
    if section.id == "summary":
        yield partial(write_front, book, sheet, section)
    elif section.id == "about":
        yield partial(write_reading, sheet, section)
    elif section.id == "roadmap" and lines:
        yield partial(write_gantt, book, sheet, section.lead, lines)
        if book.handover.report.section("summary") is None:
            yield from _rest(book, section, lines)
    elif section.id == "work" and PACKAGES in tables:
        effort = book.sheet(_("Effort"))
        names = phase_names(effort, book.handover.project)
        yield partial(write_work, book, sheet, section.lead, tables[PACKAGES], names)
        yield partial(write_effort, book, effort)
        yield from _rest(book, section, tables[PACKAGES], tables.get(EFFORT))
    elif section.id == "gaps" and PRIORITIES in tables:
        yield partial(write_gaps, book.handover, sheet, section.lead, tables[PRIORITIES])
        yield from _rest(book, section, tables[PRIORITIES])
    else:
        yield from _usual(book, sheet, section)


def _usual(book: Book, sheet: Sheet, section: Section) -> Iterator[Writer]:
    """A section on its sheet; long tables behind its first one have sheets to themselves, to be filtered there."""
    tables = [block for block in section.blocks if isinstance(block, Table | HeatMap)]
    apart = [block for block in tables[1:] if isinstance(block, Table) and len(block.rows) > LONG]
    yield partial(write_section, sheet, replace(section, blocks=_without(section, *apart)))
    special: dict[str, Callable[[Sheet, Table], None]] = {
        CLAUSES: partial(write_clauses, book.handover),
        WEEKS: write_capacity,
    }
    for table in apart:
        yield partial(special.get(table.name, write_table), book.sheet(table.title), table)


def _without(section: Section, *shown: Block | None) -> tuple[Block, ...]:
    return tuple(block for block in section.blocks if block not in shown)


def _rest(book: Book, section: Section, *shown: Block | None) -> Iterator[Writer]:
    """What a section has besides the blocks that are shown elsewhere."""
    blocks = _without(section, *shown)
    if blocks:
        title = next((block.title for block in blocks if isinstance(block, Table)), section.title)
        yield partial(write_blocks, book.sheet(title), blocks)
