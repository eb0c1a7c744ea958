"""Reports on plans, and how tests look into them."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from planner.catalog.load import load
from planner.export.handover import hand_over
from planner.export.report.assemble import SECTIONS
from planner.export.report.parts import (
    Block,
    Bullets,
    Figures,
    HeatMap,
    Network,
    Paragraph,
    Report,
    Section,
    Table,
    Timeline,
)
from planner.export.theme import Theme
from planner.model.project import (
    Project,
)
from planner.store.load import load as read
from planner.text import i18n

PROJECTS = Path(__file__).parent.parent / "projects"
SAMPLES = ("lantern-retail", "harbour-bank")
DAY = date(2027, 1, 5)
QUICK = tuple(section for section in SECTIONS if section != "alternatives")
"""All sections but the one for which the engine looks for other roadmaps."""


@cache
def sample(name: str) -> Project:
    return read(PROJECTS / f"{name}.toml").project


@cache
def told(name: str, language: str, whole: bool = False) -> Report:
    """The report on a sample."""
    i18n.use(language)
    theme = Theme(sections=SECTIONS if whole else QUICK)
    return hand_over(sample(name), load(), theme=theme).report


def report(project: Project, **options: Any) -> Report:
    return hand_over(project, load(), theme=Theme(sections=QUICK), **options).report


def section(of: Report, ident: str) -> Section:
    found = of.section(ident)
    assert found is not None
    return found


def table(of: Report, name: str) -> Table:
    (found,) = (block for block in of.blocks() if isinstance(block, Table) and block.name == name)
    return found


def column(of: Table, key: str) -> list[Any]:
    place = [column.key for column in of.columns].index(key)
    return [row[place] for row in of.rows]


def only(of: Section, kind: type) -> list[Block]:
    return [block for block in of.blocks if isinstance(block, kind)]


def words(of: Section) -> str:
    """All that a section says, its parts with it."""
    return "\n".join(part for part in texts((of,)))


def texts(sections: tuple[Section, ...]) -> Iterator[str]:
    """Everything that is shown to people; no ids and no columns of ids."""
    for part in sections:
        yield from (part.title, part.lead)
        for block in part.blocks:
            yield from _texts(block)
        yield from texts(part.parts)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield text
        case Bullets(items=items, title=title):
            yield from (title, *items)
        case Figures(figures=figures):
            for figure in figures:
                yield from (figure.label, figure.value, figure.note)
        case Table():
            yield from (block.title, block.note, *(column.title for column in block.columns))
            shown = [number for number, column in enumerate(block.columns) if column.key != "id"]
            yield from (cell for row in block.rows for n in shown if isinstance(cell := row[n], str))
        case HeatMap():
            yield from (block.title, *block.columns, *(row.name for row in block.rows))
        case Timeline():
            yield from (block.title, *(span.name for span in block.phases), *(stone.name for stone in block.stones))
            yield from (line for bar in block.bars for line in (bar.name, *bar.detail))
        case Network():
            yield from (block.title, *(node.name for node in block.nodes))


def lists(part: Section) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((block.title, block.items) for block in part.blocks if isinstance(block, Bullets))
