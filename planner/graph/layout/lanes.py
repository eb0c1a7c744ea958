"""The space between two layers: upright lines, each in a track of its own, in an order that keeps lines apart.

All lines from one point on the left share one upright line. On the row of a point on the right, lines that come from
others join its row; the upright line of whatever leaves to the right from that same row must stand before theirs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.graph.bitsets import circular, components


@dataclass(frozen=True, slots=True)
class Net:
    """From the row ``start`` on the left to the rows ``ends`` on the right."""

    start: int
    ends: tuple[int, ...]

    @property
    def span(self) -> tuple[int, int]:
        """First and last row of the upright line."""
        return min(self.start, *self.ends), max(self.start, *self.ends)

    @property
    def bends(self) -> bool:
        """Whether there is an upright line at all."""
        return self.ends != (self.start,)


def conflicts(nets: Sequence[Net]) -> dict[int, list[tuple[int, int]]]:
    """By net the nets whose upright lines stand further right, each with the row because of which."""
    leaving = {net.start: number for number, net in enumerate(nets) if net.bends}
    found: dict[int, list[tuple[int, int]]] = {number: [] for number in range(len(nets))}
    for number, net in enumerate(nets):
        for row in net.ends:
            first = leaving.get(row)
            if first is not None and first != number:
                found[first].append((number, row))
    return found


def knotted_row(nets: Sequence[Net]) -> int | None:
    """The last row on the right that makes an order of the upright lines impossible; None where there is one."""
    found = conflicts(nets)
    graph = [sorted({other for other, _row in found[number]}) for number in range(len(nets))]
    knots = [set(component) for component in components(graph) if circular(graph, component)]
    rows = [row for knot in knots for number in knot for other, row in found[number] if other in knot]
    return max(rows, default=None)


def tracks(nets: Sequence[Net]) -> Mapping[int, int]:
    """The track of each net that bends, from the left; nets in one track have no row in common.

    Expects ``knotted_row`` to be None.
    """
    found = conflicts(nets)
    before: dict[int, set[int]] = {number: set() for number, net in enumerate(nets) if net.bends}
    for first, others in found.items():
        for other, _row in others:
            before[other].add(first)
    taken: list[list[tuple[int, int]]] = []
    track: dict[int, int] = {}
    left = set(before)
    while left:
        number = min((n for n in left if not before[n] & left), key=lambda n: _eagerness(nets[n]))
        left.discard(number)
        top, bottom = nets[number].span
        place = max((track[other] + 1 for other in before[number]), default=0)
        while place < len(taken) and any(a <= bottom and top <= b for a, b in taken[place]):
            place += 1
        while place >= len(taken):
            taken.append([])
        taken[place].append((top, bottom))
        track[number] = place
    return track


def _eagerness(net: Net) -> tuple[int, int]:
    """Of lines that go down the lowest comes first, of those that go up the highest: so they cross least."""
    rise = sum(net.ends) - net.start * len(net.ends)
    return (0, -net.start) if rise > 0 else (1, net.start)
