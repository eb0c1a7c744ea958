"""How many rows there is room for, and how they are shared among phases."""

from collections.abc import Sequence
from dataclasses import dataclass

USUAL, LEAST, MOST = 15.0, 12.0, 21.0
"""The height of a row in points; the lowest at which a name can still be read, and the highest that is of use."""


@dataclass(frozen=True, slots=True)
class Rows:
    """How high each row is, how many each group ``shown``, and how many are ``left_out`` altogether."""

    height: float
    shown: tuple[int, ...]
    left_out: int

    @property
    def size(self) -> float:
        """The font size in points."""
        return 10.0 if self.height >= 18.0 else 8.5 if self.height >= 14.0 else 8.0


def shared(counts: Sequence[int], room: float | None) -> Rows:
    """Rows for groups of ``counts`` in ``room`` points; None for as much as they need.

    Where there is too little, every group gives up rows in turn, the largest first.
    """
    total = sum(counts)
    if room is None:
        return Rows(USUAL, tuple(counts), 0)
    if total * LEAST <= room:
        return Rows(min(room / total, MOST) if total else USUAL, tuple(counts), 0)
    shown = list(counts)
    most = max(int(room / LEAST), 0)
    while sum(shown) > most:
        level = max(shown)
        # Of equally large groups the last one gives first, so that the beginning is told best.
        place = max(place for place, count in enumerate(shown) if count == level)
        shown[place] -= 1
    return Rows(LEAST, tuple(shown), total - sum(shown))
