"""How wide the columns of a printed table are, so that every row fits the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.export.chart.fit import measured
from planner.text.width import width

PADS = 8.0
"""Points that the two sides of a cell take."""

WORD = 90.0
"""Points of the longest word that no column breaks if it can."""

SAMPLE = 400
"""As many rows are measured; in a longer table they are taken from all over it."""

MOST_LINES = 4.5
"""A table with a text of more lines than these is better read on a page on its side."""

LONG = 170.0
"""A column wider than this has texts that are read over several lines."""


@dataclass(frozen=True, slots=True)
class Need:
    """The points that a column takes with each text on one line, and those below which words would be broken."""

    whole: float
    least: float


def needs(head: Sequence[str], rows: Sequence[Sequence[str]], size: float) -> tuple[Need, ...]:
    """What each column needs at a font size of ``size`` points."""
    step = max(len(rows) // SAMPLE, 1)
    found = []
    for place, title in enumerate(head):
        cells = [row[place][:120] for row in rows[::step]]
        words = [(word, True) for word in title.split()] + [
            (word, False) for cell in set(cells) for word in cell.split()
        ]
        least = max((_word(word, size, bold) for word, bold in words), default=0.0)
        whole = max((measured(cell, size) for cell in set(cells)), default=0.0)
        found.append(Need(max(whole, least) + PADS, least + PADS))
    return tuple(found)


def _word(word: str, size: float, bold: bool) -> float:
    if width(word) != len(word):
        return min(measured(word, size, bold), 4 * size)
    return min(measured(word, size, bold), WORD)


def too_wide(found: Sequence[Need], room: float) -> bool:
    """Whether a table is better read on a page on its side than in ``room`` points."""
    if sum(min(need.whole, max(LONG, need.least)) for need in found) > 1.3 * room:
        return True
    return any(need.whole > MOST_LINES * wide for need, wide in zip(found, widths(found, room), strict=True))


def widths(found: Sequence[Need], room: float) -> tuple[float, ...]:
    """A width for each column, ``room`` points altogether: short texts on one line, long ones share what is left."""
    whole = sum(need.whole for need in found)
    if whole <= room:
        # A small table does not stretch over the whole page: the eye would lose the row.
        aim = max(1.4 * whole, 0.55 * room)
        extra = (room if aim > 0.8 * room else aim) - whole
        return tuple(need.whole + extra * need.whole / whole for need in found)
    least = sum(need.least for need in found)
    if least >= room:
        return _shared([need.least for need in found], room)
    given = [need.least for need in found]
    left = room - least
    # Short columns get what they ask for first; the others share the rest by what they lack.
    for place in sorted(range(len(found)), key=lambda at: found[at].whole):
        lack = found[place].whole - found[place].least
        if found[place].whole <= LONG / 2 and lack <= left / 2:
            given[place] += lack
            left -= lack
    lacks = [min(need.whole, 4 * LONG) - wide for need, wide in zip(found, given, strict=True)]
    total = sum(lacks)
    return tuple(wide + left * lack / total for wide, lack in zip(given, lacks, strict=True))


def _shared(asked: Sequence[float], room: float) -> tuple[float, ...]:
    """``room`` among columns that ask for more: who asks for less than a fair share, a date say, gets all of it."""
    given = [0.0] * len(asked)
    for done, place in enumerate(sorted(range(len(asked)), key=lambda at: asked[at])):
        given[place] = min(asked[place], room / (len(asked) - done))
        room -= given[place]
    return tuple(given)


def height(rows: Sequence[Sequence[str]], wide: Sequence[float], size: float) -> float:
    """About how many points ``rows`` take in columns of the widths ``wide``: rather too much than too little."""

    def lines(cell: str, points: float) -> int:
        return int(measured(cell, size) / max(points - PADS, size)) + 1

    most = (max((lines(cell, points) for cell, points in zip(row, wide, strict=True)), default=1) for row in rows)
    return sum(count * size * 1.3 + PADS for count in most)
