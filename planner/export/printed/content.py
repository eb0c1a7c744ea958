"""The report as plain data for the template: every text as it is to be read, every table with its widths."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner.export.chart.fit import MORE, measured
from planner.export.chart.network import network_scene
from planner.export.chart.scene import Scene
from planner.export.chart.sheets import heat_sheets, timeline_sheets
from planner.export.chart.svg import drawing
from planner.export.printed.columns import PADS, Need, height, needs, too_wide, widths
from planner.export.report.cells import read_by_people, rows_shown
from planner.export.report.parts import (
    Block,
    Bullets,
    Figure,
    Figures,
    HeatMap,
    Network,
    Paragraph,
    Section,
    Table,
    Timeline,
)  # fmt: skip
from planner.export.theme import Theme
from planner.text.clean import one_line
from planner.text.i18n import _, ngettext

PAPERS: Mapping[str, tuple[float, float]] = {"a4": (595.28, 841.89), "a3": (841.89, 1190.55), "letter": (612.0, 792.0)}
"""Width and height of the sheets in points."""

SIDE, TOP, BOTTOM = 50.0, 72.0, 62.0
"""Margins in points."""

HEADING = 64.0
"""What heading and lead of a section take at most, in points."""

TABLE_SIZE, SMALL_SIZE = 8.5, 7.5
"""Font sizes of tables on upright pages and on those on their side, in points."""

LONGEST, CELL = 600, 320
"""Signs of the longest statement and of the longest text in a table: what is longer is shortened."""

FEW = 14
"""Rows of a table that stands on one page if it can."""

MOST_ROWS = 3000
"""Rows of the longest table that is printed."""

COLUMN, FIGURE = 480.0, 135.0
"""The least room that a line of text has on any page, and one of a figure in its box, in points."""

_LETTER = r"[^\s\u2e80-\uffff]"
"""A sign after which no line ends by itself."""

Data = dict[str, object]


@dataclass
class Content:
    """``groups`` of chapters, each to begin on a new page, and the pictures (``files``, by name) that they show."""

    theme: Theme
    groups: list[Data] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, section: Section, level: int = 1) -> None:
        """A section and its parts; one that has nothing but parts shares a page with the first of them."""
        together = [section]
        while not together[-1].blocks and together[-1].parts:
            together.append(together[-1].parts[0])
        wide = _wide(together[-1].blocks, self.room(False)[0])
        chapters = [
            {
                "level": level + depth,
                "title": short(one.title, 160, size=18.0),
                "lead": short(one.lead),
                "blocks": [data for block in one.blocks for data in self._block(block, wide)],
            }
            for depth, one in enumerate(together)
        ]
        self.groups.append({"wide": wide, "chapters": chapters})
        for depth, one in reversed([*enumerate(together)]):
            for part in one.parts if one is together[-1] else one.parts[1:]:
                self.add(part, level + depth + 1)

    def room(self, wide: bool) -> tuple[float, float]:
        """Width and height that a page has for what stands on it; ``wide``: on its side."""
        across, down = PAPERS[self.theme.size]
        across, down = (down, across) if wide else (across, down)
        return across - 2 * SIDE, down - TOP - BOTTOM

    def _block(self, block: Block, wide: bool) -> Iterator[Data]:
        across, down = self.room(wide)
        match block:
            case Paragraph():
                yield {"is": "text", "text": short(block.text, 4 * LONGEST), "strong": block.strong}
            case Bullets():
                yield {"is": "list", "title": short(block.title), "items": [short(item) for item in block.items]}
            case Figures():
                yield {"is": "figures", "figures": [figure_data(figure) for figure in block.figures]}
            case Table():
                yield _table(block, (across, down), SMALL_SIZE if wide else TABLE_SIZE)
            case HeatMap():
                yield from self._pictures(heat_sheets(block, self.theme, across, down - HEADING))
            case Timeline():
                yield from self._pictures(timeline_sheets(block, self.theme, across, down - HEADING))
            case Network():
                whole = network_scene(block, self.theme, across)
                high = down - HEADING
                yield from self._pictures(
                    (whole if whole.height <= high else network_scene(block, self.theme, across, high),)
                )

    def _pictures(self, scenes: Sequence[Scene]) -> Iterator[Data]:
        for scene in scenes:
            name = f"picture-{len(self.files) + 1}.svg"
            self.files[name] = drawing(scene, self.theme).encode()
            told = f"{scene.title}. {scene.description}"
            yield {
                "is": "picture",
                "file": name,
                "width": scene.width,
                "height": scene.height,
                "told": short(told, 1500),
            }


def short(text: str, most: int = LONGEST, room: float = COLUMN, size: float = 11.0) -> str:
    """``text`` on one line, shortened when it is longer than any that is meant to be read.

    A word that is wider than ``room`` points at a font size of ``size`` may be broken.
    """
    line = one_line(text[: 4 * most])
    line = line if len(line) <= most else line[: most - 1].rstrip() + MORE
    least = int(room / size)  # no letter is wider than its size, so that nothing shorter needs to be measured
    return re.sub(rf"{_LETTER}{{{max(least, 1)},}}", lambda found: _broken(found[0], room, size), line)


def _broken(word: str, room: float, size: float) -> str:
    """``word`` with places where a line may end, if it is wider than ``room``."""
    parts = [""]
    used = 0.0
    for letter in word:
        wide = measured(letter, size, bold=True)
        if used + wide > room and parts[-1]:
            parts.append("")
            used = 0.0
        parts[-1] += letter
        used += wide
    return "\u200b".join(parts)


def _wide(blocks: Sequence[Block], room: float) -> bool:
    """Whether a section is read on pages on their side: for a time line, a net, or a table with many columns."""
    return any(
        isinstance(block, Timeline | Network)
        or (isinstance(block, Table) and not block.detail and too_wide(_needs(block, TABLE_SIZE), room))
        for block in blocks
    )


def _needs(table: Table, size: float) -> tuple[Need, ...]:
    table = read_by_people(table)
    return needs([one_line(column.title) for column in table.columns], list(rows_shown(table)), size)


def figure_data(figure: Figure) -> Data:
    """A figure as the template wants it."""
    return {
        "label": short(figure.label, 80, FIGURE, 7.5),
        "value": short(figure.value, 80, FIGURE, 13.0),
        "note": short(figure.note, 90, FIGURE, 7.5),
    }


def _table(table: Table, room: tuple[float, float], size: float) -> Data:
    if table.detail:
        told = _("{table}: {n} rows, in the workbook.").format(table=table.title, n=len(table.rows))
        return {"is": "text", "text": told, "strong": False}
    notes = [short(table.note)] if table.note else []
    left_out = len(table.rows) - MOST_ROWS
    if left_out > 0:
        told = ngettext("{n} more row is in the workbook.", "{n} more rows are in the workbook.", left_out)
        notes.append(told.format(n=left_out))
    printed = read_by_people(replace(table, rows=table.rows[:MOST_ROWS]))
    across, down = room
    wide = widths(_needs(printed, size), across)
    inner = [points - PADS for points in wide]
    rows = [
        [short(cell, CELL, most, size) for cell, most in zip(row, inner, strict=True)] for row in rows_shown(printed)
    ]
    return {
        "is": "table",
        "title": short(table.title, 160),
        "heads": [short(column.title, 80, most, size) for column, most in zip(printed.columns, inner, strict=True)],
        "whole": len(rows) <= FEW and height(rows, wide, size) < down / 3,
        "kinds": [
            "level" if column.kind == "level" else "right" if column.right else "left" for column in printed.columns
        ],
        "widths": wide,
        "size": size,
        "rows": rows,
        "notes": notes,
    }
