"""The heat map: a native table in the colours of the levels."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from planner.export.report.parts import Column, HeatMap, HeatRow
from planner.export.slides.deck import Deck
from planner.export.slides.frame import Rect
from planner.export.slides.grid import SIDES, Grid, Square, put
from planner.export.slides.page import Page
from planner.export.slides.words import LEADING, Para, count, extent, shortened
from planner.export.theme import Theme, ink_on
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, listed, ngettext

SLIDES = 4
"""So many slides at most; where there is more, processes that stay as they are are left out, then the last ones."""

NAMES = (0.24, 0.4)
"""The share of the width that the names of processes have at least and at most."""

HEAD = 4
"""The most lines of the head of a column."""

SIZES = (13.0, 12.0, 11.0, 10.0)
KEY = 22.0
"""The height of the line below the map that says what the colours mean, in points."""


def heat(deck: Deck, map: HeatMap, headline: str, source: str) -> None:
    """As many slides as it takes, each with the head of the table and the key of the levels."""
    room = deck.body.h - KEY - 6.0
    shown = _most_telling(map, SLIDES * int((room - 60.0) / _row(SIZES[-1])))
    grids = [_grid(deck, shown, size) for size in SIZES]
    slides = -(-len(shown.rows) // max(grids[-1].fitting(0, room), 1))
    each = -(-len(shown.rows) // slides)
    fitting = [one for one in grids if one.fitting(0, room) >= each] or grids[-1:]
    grid = next((one for one in fitting if not one.shortened), fitting[0])
    for start in range(0, len(shown.rows), each):
        rows = shown.rows[start : start + each]
        page = deck.page(headline, source, continued=start > 0)
        bottom = put(page, grid, start, start + len(rows), page.body, map.title)
        last = start + each >= len(shown.rows)
        _key(page, bottom + 8.0, len(map.rows) - len(shown.rows) if last else 0)
        if grid.shortened:
            page.note(*(_told(map, row) for row in rows))


def _most_telling(map: HeatMap, most: int) -> HeatMap:
    """``map`` with ``most`` rows: those without a change go first, then the last ones."""
    if len(map.rows) <= most:
        return map
    changing = tuple(row for row in map.rows if len({*row.levels}) > 1)
    return replace(map, rows=(changing or map.rows)[:most])


def _row(size: float) -> float:
    """The height of a row in points."""
    return size * LEADING + 7.0


def _grid(deck: Deck, map: HeatMap, size: float) -> Grid:
    theme, width = deck.look.theme, deck.body.w
    number = max(len(map.columns), 1)
    named = max((extent(row.name[:200], size) for row in map.rows), default=0.0) + 2 * SIDES
    share = max(min(1.0 - number * 0.09, named / width, NAMES[1]), NAMES[0])
    widths = (share * width, *(((1.0 - share) * width / number,) * number))
    columns = (Column("process", _("Process")), *(Column("level", title, "tick") for title in map.columns))
    head = tuple(shortened(c.title, w - 2 * SIDES, size, HEAD, True) for c, w in zip(columns, widths, strict=True))
    rows = tuple((_name(row, widths[0], size), *_levels(row, theme)) for row in map.rows)
    lines = max(count(text, wide - 2 * SIDES, size, True) for text, wide in zip(head, widths, strict=True))
    high = lines * size * LEADING + 8.0
    cut = any(square[0].text != one_line(row.name) for square, row in zip(rows, map.rows, strict=True))
    cut = cut or any(new != one_line(old.title) for new, old in zip(head, columns, strict=True))
    return Grid(columns, head, rows, widths, (high, *((_row(size),) * len(rows))), size, cut)


def _name(row: HeatRow, width: float, size: float) -> Square:
    return Square(shortened(row.name, width - 2 * SIDES, size, 1))


def _levels(row: HeatRow, theme: Theme) -> Sequence[Square]:
    """The levels of a process; bold where one is other than the one before."""
    before = (row.levels[0], *row.levels) if row.levels else ()
    pairs = pairwise(before)
    return [Square(str(now), now != was, theme.level(now), ink_on(theme.level(now))) for was, now in pairs]


def _key(page: Page, y: float, left_out: int) -> None:
    """What the colours mean, and how many processes are left out."""
    theme = page.look.theme
    x = page.body.x
    title = _("Maturity level")
    wide = 100.0
    page.text(Rect(x, y, wide, 16.0), [Para(title, 10.0, ink=theme.grey)], title)
    for level in range(1, len(theme.levels) + 1):
        fill = theme.level(level)
        words = [Para(str(level), 10.0, ink=ink_on(fill), align="centre")]
        page.box(
            Rect(x + wide + (level - 1) * 30.0, y, 28.0, 15.0), labelled(title, str(level)), fill=fill, paras=words
        )
    told = _("Bold: the level has changed.")
    if left_out:
        told += " " + ngettext("{n} process is not shown.", "{n} processes are not shown.", left_out).format(n=left_out)
    left = x + wide + len(theme.levels) * 30.0 + 10.0
    page.text(Rect(left, y, page.body.right - left, 16.0), [Para(told, 10.0, ink=theme.grey)], told)


def _told(map: HeatMap, row: HeatRow) -> str:
    pairs = zip(map.columns, row.levels, strict=False)
    return labelled(row.name, listed(labelled(column, str(level)) for column, level in pairs))
