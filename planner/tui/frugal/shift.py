"""Finds lines that moved up or down together, as a list does that scrolls."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from operator import ne
from typing import NamedTuple

from planner.tui.frugal.grid import Grid

_PIECES = 4
"""Lines are compared by so many pieces, since beside a list that scrolls something may stand still."""

_WORTH = 40
"""Cells that must be spared before lines are moved: moving costs some twenty bytes, and repaints what did not move."""


class Shift(NamedTuple):
    """Lines ``top`` to ``bottom`` show what was ``down`` lines above them (below them, if negative)."""

    top: int
    bottom: int
    down: int


def shift(sent: Grid, wanted: Grid, changed: Sequence[int]) -> Shift | None:
    """The shift that spares most of the cells in the lines ``changed``, in order; ``None`` if none is worth it."""
    top, bottom = changed[0], changed[-1]
    down = _guess(sent, wanted, range(top, bottom + 1))
    if not down:
        return None
    spared = {}
    for y in range(max(top, top + down), min(bottom, bottom + down) + 1):
        spared[y] = _differ(sent, y, wanted, y) - _differ(sent, y - down, wanted, y)
    # The lines whose cells are spared, all in one piece: what lies between them must pay for itself.
    first, last, gain = _best(spared)
    if down > 0:
        first -= down
    else:
        last -= down
    fresh = range(first, first + down) if down > 0 else range(last + down + 1, last + 1)
    gain -= sum(wanted.width - wanted.signs[y].count(" ") - _differ(sent, y, wanted, y) for y in fresh)
    return Shift(first, last, down) if gain >= _WORTH else None


def _guess(sent: Grid, wanted: Grid, lines: range) -> int:
    """By how many lines most pieces of text have moved down."""
    cuts = [wanted.width * piece // _PIECES for piece in range(_PIECES + 1)]
    votes: Counter[int] = Counter()
    for left, right in pairwise(cuts):
        was: dict[str, int | None] = {}
        for y in lines:
            text = "".join(sent.signs[y][left:right])
            was[text] = None if text in was else y
        for y in lines:
            text = "".join(wanted.signs[y][left:right])
            before = was.get(text)
            if before is not None and not text.isspace():
                votes[y - before] += 1
    return votes.most_common(1)[0][0] if votes else 0


def _differ(sent: Grid, before: int, wanted: Grid, y: int) -> int:
    """How many cells of line ``y`` differ from line ``before`` of what was sent."""
    signs: int = sum(map(ne, sent.signs[before], wanted.signs[y]))
    looks: int = sum(map(ne, sent.looks[before], wanted.looks[y]))
    return max(signs, looks)


def _best(spared: dict[int, int]) -> tuple[int, int, int]:
    """First and last line of the piece with the greatest sum, and that sum."""
    best = (0, 0, 0)
    begin, total = 0, 0
    for y, gain in spared.items():
        if total <= 0:
            begin, total = y, 0
        total += gain
        if total > best[2]:
            best = (begin, y, total)
    return best
