"""The report as the template shows it: blocks with their kind, cells as text, days as places."""

from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from planner.export.chart.network import network_scene
from planner.export.chart.svg import svg
from planner.export.page.cells import CellView, cell_view
from planner.export.page.chart import AxisView, TimelineView, timeline_view
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

DATA_ID = "page-data"
"""The id of the block that holds what the script shows."""

_NETWORK_WIDTH = 760.0
"""Points; the picture is scaled to the page."""

_WORD, _PROSE = 12, 36
"""Signs from which the cells of a column need the room of some words, and that of sentences."""

_ACROSS = 12
"""Tables that need more room than this many columns of figures are printed across."""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table with its cells as text; ``heads`` are the classes of its columns, ``room`` what they need together."""

    rows: tuple[tuple[CellView, ...], ...]
    heads: tuple[str, ...]
    room: int


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block, which ``kind`` it is, and what the template needs beside it.

    ``repeats``: its title is that of its section, which has just been read.
    """

    kind: str
    block: Block
    number: int
    view: Any = None
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section; ``id`` is its anchor, ``wide`` where it is printed across."""

    id: str
    section: Section
    blocks: tuple[BlockView, ...]
    parts: tuple["SectionView", ...]
    wide: bool


@dataclass(frozen=True, slots=True)
class PageView:
    """The whole page. ``axes`` are those of its time lines, ``data`` what the script says about them."""

    report: Report
    sections: tuple[SectionView, ...]
    axes: tuple[AxisView, ...]
    data: tuple[dict[str, Any], ...]


def page_of(report: Report, theme: Theme) -> PageView:
    """``report`` ready for the template."""
    builder = _Builder(theme)
    sections = tuple(builder.section(section, f"section-{section.id}") for section in report.sections)
    charts = builder.timelines
    return PageView(report, sections, tuple(chart.axis for chart in charts), tuple(chart.data for chart in charts))


class _Builder:
    """Numbers the blocks of a page and collects its time lines."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.blocks = 0
        self.timelines: list[TimelineView] = []

    def section(self, section: Section, anchor: str) -> SectionView:
        blocks = tuple(replace(self.block(block), repeats=_title(block) == section.title) for block in section.blocks)
        parts = tuple(self.section(part, f"{anchor}-{number}") for number, part in enumerate(section.parts, 1))
        return SectionView(anchor, section, blocks, parts, any(map(_is_wide, blocks)))

    def block(self, block: Block) -> BlockView:
        self.blocks += 1
        match block:
            case Paragraph():
                return BlockView("paragraph", block, self.blocks)
            case Bullets():
                return BlockView("bullets", block, self.blocks)
            case Figures():
                return BlockView("figures", block, self.blocks)
            case HeatMap():
                return BlockView("heat", block, self.blocks)
            case Table():
                return BlockView("table", block, self.blocks, _table(block))
            case Network():
                scene = network_scene(block, self.theme, _NETWORK_WIDTH)
                picture = Markup(svg(scene, theme=self.theme))  # noqa: S704 - made by a library that quotes
                return BlockView("network", block, self.blocks, picture)
            case Timeline():
                view = timeline_view(block, len(self.timelines) + 1, self.theme)
                self.timelines.append(view)
                return BlockView("timeline", block, self.blocks, view)


def _title(block: Block) -> str:
    return "" if isinstance(block, Paragraph | Figures) else block.title


def _table(table: Table) -> TableView:
    rows = tuple(tuple(map(cell_view, table.columns, row)) for row in table.rows)
    longest = [max((len(row[at].text) for row in rows), default=0) for at in range(len(table.columns))]
    heads = (
        "right" if column.right else "prose" if most > _PROSE else ""
        for column, most in zip(table.columns, longest, strict=True)
    )
    room = sum(3 if most > _PROSE else 2 if most > _WORD else 1 for most in longest)
    return TableView(rows, tuple(heads), room)


def _is_wide(view: BlockView) -> bool:
    match view.block:
        case Timeline() | Network():
            return True
        case HeatMap(columns=columns):
            return len(columns) > _ACROSS - 3
        case Table():
            return bool(view.view.room > _ACROSS)
        case _:
            return False
