"""Tables of a slide: native ones, with widths that follow from what is in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pptx.oxml.ns import qn
from pptx.util import Pt

from planner.export.chart.scene import Align
from planner.export.report.parts import Cell, Column, Table
from planner.export.slides.frame import Rect
from planner.export.slides.page import Page, label
from planner.export.slides.words import LEADING, Para, extent, shortened, wrapped, write
from planner.export.theme import ink_on
from planner.export.words import number, percent
from planner.text.clean import one_line
from planner.text.i18n import labelled, listed

SIDES, ENDS = 5.0, 3.0
"""Between a text and the edges of its cell, in points."""

_BELOW, _NOTHING = qn("a:lnB"), qn("a:noFill")

NARROWEST, WORD, LINES = 44.0, 100.0, 3
"""The narrowest column in points, the longest word that has to fit into one, and the most lines of a cell."""


@dataclass(frozen=True, slots=True)
class Square:
    """A cell ready to be shown. ``fill`` and ``ink`` empty: those of the table."""

    text: str
    bold: bool = False
    fill: str = ""
    ink: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that has been measured. ``heights`` are those of the head and then of each row.

    ``squeezed``: the room is too narrow, so that words and figures are broken.
    """

    columns: tuple[Column, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[Square, ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    size: float
    shortened: bool
    squeezed: bool = False

    def fitting(self, start: int, room: float) -> int:
        """The row after the last that fits into ``room`` points below a head, from the row ``start`` on."""
        left = room - self.heights[0]
        end = start
        while end < len(self.rows) and self.heights[1 + end] <= left + 0.01:
            left -= self.heights[1 + end]
            end += 1
        return end


def shown(value: Cell, column: Column) -> str:
    """A cell of a report in words."""
    if value is None:
        return ""
    if column.kind == "share" and isinstance(value, int | float):
        return percent(value)
    if isinstance(value, bool | date | str):
        return one_line(str(value)[:20_000])
    return number(value)


def in_words(table: Table, row: Sequence[Cell]) -> str:
    """A row of a table as a text."""
    cells = zip(table.columns, row, strict=False)
    return listed(labelled(column.title, text) for column, cell in cells if (text := shown(cell, column)))


def grid(table: Table, width: float, sizes: Sequence[float], room: float | None = None) -> Grid:
    """``table`` laid out ``width`` points wide, in the largest font that shortens no cell and needs no more ``room``.

    Where no font does both, in the least that shortens none; else in the least.
    """
    most = max(int(width / NARROWEST), 1)
    columns = table.columns[:most]
    texts = [tuple(shown(cell, column) for cell, column in zip(row, columns, strict=False)) for row in table.rows]
    rows = tuple(tuple(Square(text) for text in row) for row in texts)
    made: Grid | None = None
    for size in sizes:
        laid = _laid(columns, rows, width, size)
        if not laid.shortened and not laid.squeezed and (room is None or sum(laid.heights) <= room):
            return laid
        made = laid if made is None or not laid.shortened or made.shortened else made
    assert made is not None
    return made


def _laid(columns: tuple[Column, ...], rows: tuple[tuple[Square, ...], ...], width: float, size: float) -> Grid:
    widths, squeezed = _widths(columns, rows, width, size)
    head = tuple(shortened(c.title, w - 2 * SIDES, size, LINES, True) for c, w in zip(columns, widths, strict=True))
    tops = [wrapped(title, w - 2 * SIDES, size, LINES, True)[1] for title, w in zip(head, widths, strict=True)]
    kept, heights, cut = [], [_height(tops, size)], False
    for row in rows:
        texts = [wrapped(s.text, w - 2 * SIDES, size, LINES, s.bold) for s, w in zip(row, widths, strict=True)]
        cut = cut or any(text != square.text for (text, _lines), square in zip(texts, row, strict=True))
        kept.append(tuple(replace(square, text=text) for (text, _lines), square in zip(texts, row, strict=True)))
        heights.append(_height([lines for _text, lines in texts], size))
    return Grid(columns, head, tuple(kept), widths, tuple(heights), size, cut, squeezed)


def _height(lines: Sequence[int], size: float) -> float:
    return max(1, *lines) * size * LEADING + 2 * ENDS


def _widths(
    columns: tuple[Column, ...], rows: tuple[tuple[Square, ...], ...], width: float, size: float
) -> tuple[tuple[float, ...], bool]:
    """Columns of figures and days as wide as they need, the rest shared by how long the texts are.

    With it whether there is less room than the longest words and figures need.
    """
    wants, least = [], []
    for place, column in enumerate(columns):
        cells = [row[place].text[:200] for row in rows[:200]]
        longest = max((extent(cell, size) for cell in cells), default=0.0)
        title = max((extent(part, size, True) for part in one_line(column.title[:200]).split(" ")), default=0.0)
        if column.kind == "text":
            word = max(
                (extent(part, size) for part in {part for cell in cells for part in cell.split(" ")}), default=0.0
            )
            mean = sum(extent(cell, size) for cell in cells) / max(len(cells), 1)
            want = max(min(longest, 1.6 * mean), word, title)
            wants.append(want + 2 * SIDES + 2.0)
            least.append(min(max(word, title, NARROWEST) + 2 * SIDES + 2.0, wants[-1], WORD))
        else:
            least.append(max(longest, min(title, WORD)) + 2 * SIDES + 2.0)
            wants.append(max(least[-1], min(extent(column.title[:200], size, True), WORD) + 2 * SIDES + 2.0))
    spare = width - sum(least)
    if spare <= 0:
        return tuple(width * one / sum(least) for one in least), spare < 0
    more = [want - one for want, one in zip(wants, least, strict=True)]
    total = sum(more)
    if total <= spare:
        shares = [want if column.kind == "text" else 0.0 for want, column in zip(wants, columns, strict=True)]
        shares = shares if sum(shares) else list(wants)
        extra = spare - total
        return tuple(w + extra * share / sum(shares) for w, share in zip(wants, shares, strict=True)), False
    return tuple(one + spare * part / total for one, part in zip(least, more, strict=True)), False


def put(page: Page, grid: Grid, start: int, end: int, rect: Rect, name: str) -> float:
    """Draw the rows ``start`` up to ``end`` below a head at the top of ``rect``; says where it ends."""
    theme = page.look.theme
    heights = (grid.heights[0], *grid.heights[1 + start : 1 + end])
    place = Rect(rect.x, rect.y, sum(grid.widths), sum(heights))
    frame = page.slide.shapes.add_table(len(heights), len(grid.columns), *place.lengths)
    label(frame, name, name)
    table: Any = frame.table
    _bare(table)
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Pt(width)
    for row, high in zip(table.rows, heights, strict=True):
        row.height = Pt(high)
    ink = ink_on(theme.primary)
    for place_, (title, column) in enumerate(zip(grid.head, grid.columns, strict=True)):
        square = Square(title, True, theme.primary, ink)
        _cell(page, table.cell(0, place_), square, grid.size, column, theme.primary)
    for row, squares in enumerate(grid.rows[start:end], 1):
        for place_, (square, column) in enumerate(zip(squares, grid.columns, strict=True)):
            _cell(page, table.cell(row, place_), square, grid.size, column, theme.pale)
    return place.bottom


def _bare(table: Any) -> None:
    """Take the style of the deck from a table: what it looks like is said cell by cell."""
    table.first_row = True
    table.horz_banding = False
    style = table._tbl.tblPr.find(qn("a:tableStyleId"))
    if style is not None:
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def _cell(page: Page, cell: Any, square: Square, size: float, column: Column, rule: str) -> None:
    look = page.look
    align: Align = "right" if column.right else "centre" if column.kind == "tick" else "left"
    write(cell.text_frame, [Para(square.text, size, square.bold, square.ink, align=align)], look)
    properties = cell._tc.get_or_add_tcPr()
    for name in ("marL", "marR"):
        properties.set(name, str(Pt(SIDES - 1.0)))
    for name in ("marT", "marB"):
        properties.set(name, str(Pt(ENDS - 0.5)))
    properties.set("anchor", "ctr")
    below = properties.makeelement(_BELOW, {"w": str(Pt(0.75))})
    look.fill(below, rule)
    properties.append(below)
    if square.fill:
        look.fill(properties, square.fill)
    else:
        properties.append(properties.makeelement(_NOTHING, {}))
