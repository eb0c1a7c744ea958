"""What a report holds, counted: told before any document is made of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.export.report import parts
from planner.export.report.parts import Block, Bullets, Figures, Report, Section, Table


@dataclass(frozen=True, slots=True)
class Content:
    """A section, and how much of each kind stands in it."""

    id: str
    title: str
    rows: int = 0
    pictures: int = 0
    figures: int = 0
    statements: int = 0


def contents(report: Report) -> tuple[Content, ...]:
    """The sections of ``report`` in order."""
    return tuple(_content(section) for section in report.sections)


def _content(section: Section) -> Content:
    blocks = tuple(_blocks(section))
    return Content(
        section.id,
        section.title,
        rows=sum(len(block.rows) for block in blocks if isinstance(block, Table)),
        pictures=sum(isinstance(block, parts.HeatMap | parts.Timeline | parts.Network) for block in blocks),
        figures=sum(len(block.figures) for block in blocks if isinstance(block, Figures)),
        statements=sum(
            len(block.items) if isinstance(block, Bullets) else 1
            for block in blocks
            if isinstance(block, Bullets | parts.Paragraph)
        ),
    )


def _blocks(section: Section) -> Iterator[Block]:
    yield from section.blocks
    for part in section.parts:
        yield from _blocks(part)
