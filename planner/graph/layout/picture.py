"""What a layout is asked to place, and the picture it answers with: everything in cells, from the top left corner."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
"""Sides to which a line leaves its cell, to be added up."""

AHEAD, BACK = 1, 2
"""Where the heads of a line point, to be added up: to the box at its right end, or back to the one on the left."""

Pair = tuple[str, str]
"""Ends of an arrow: what is needed, and what needs it."""

Spot = tuple[int, int]
"""Column and line of a cell."""


@dataclass(frozen=True, slots=True)
class Box:
    """Something to place; boxes of a lower ``group`` stand to the left of those of a higher one."""

    id: str
    group: int = 0


@dataclass(frozen=True, slots=True)
class Arrow:
    """``target`` needs ``source``: it stands to the right where nothing forbids."""

    source: str
    target: str
    hard: bool = True

    @property
    def ends(self) -> Pair:
        """What names the arrow."""
        return self.source, self.target


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line. ``sides`` is a sum of UP, DOWN, LEFT and RIGHT; ``source`` the box from which it comes.

    Where lines cross, the upright one is drawn and the level one passes below it.
    """

    sides: int
    hard: bool
    source: str

    @property
    def upright(self) -> bool:
        """Whether the line goes up or down here."""
        return bool(self.sides & (UP | DOWN))


class Span(NamedTuple):
    """A level piece of a line, from the column ``first`` to the column ``last``."""

    first: int
    last: int
    hard: bool
    source: str


@dataclass(frozen=True, slots=True)
class Column:
    """The boxes of one layer stand from cell ``x`` on, in ``width`` cells."""

    x: int
    width: int
    group: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Where everything stands.

    ``boxes``: the first cell of each box, by id; ``widths``: how many it has; ``layer``: which of ``columns`` it stands
    in. ``heads``: where lines end before a box, a sum of AHEAD and BACK. ``corners``: of each arrow the cells at which
    its line begins, bends and ends, from left to right. ``spans`` and ``uprights``: by row, what lines consist of.
    """

    width: int
    height: int
    boxes: Mapping[str, Spot]
    widths: Mapping[str, int]
    columns: Sequence[Column]
    layer: Mapping[str, int]
    heads: Mapping[Spot, int]
    corners: Mapping[Pair, Sequence[Spot]]
    spans: Sequence[Sequence[Span]]
    uprights: Sequence[Mapping[int, Cell]]

    def line(self, row: int, first: int, end: int) -> dict[int, Cell]:
        """The cells of lines in a row, by column, from the column ``first`` to before ``end``.

        Asked for what is in view only: a large picture has a million cells.
        """
        cells = {x: cell for x, cell in self.uprights[row].items() if first <= x < end}
        for span in self.spans[row]:
            for x in range(max(first, span.first), min(end, span.last + 1)):
                cell = cells.get(x)
                if cell is None or not cell.upright:
                    cells[x] = Cell(LEFT | RIGHT, span.hard or (cell is not None and cell.hard), span.source)
                elif cell.source == span.source:
                    sides = cell.sides | LEFT * (span.first < x) | RIGHT * (x < span.last)
                    cells[x] = Cell(sides, cell.hard or span.hard, span.source)
        return cells

    def cells(self, arrow: Pair) -> Iterator[Spot]:
        """Every cell of the line of ``arrow``, from left to right; also those where it passes below another one."""
        corners = self.corners[arrow]
        yield corners[0]
        for (x, y), (to_x, to_y) in pairwise(corners):
            step_x, step_y = (to_x > x) - (to_x < x), (to_y > y) - (to_y < y)
            while (x, y) != (to_x, to_y):
                x, y = x + step_x, y + step_y
                yield x, y
