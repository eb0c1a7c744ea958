"""Which column and row everything in a picture of dependencies has, so that few lines cross and none meets a box."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planner.export.report.parts import Network, Node, Tie
from planner.graph.layout.ordering import ordered
from planner.graph.layout.rows import rows

APART = 2
"""Rows from one box to the next."""

Stop = tuple[int, int]
"""A column and a row."""


@dataclass(frozen=True, slots=True)
class Web:
    """``phases``: the number of each column's phase. ``places``: where each box is. ``rows``: how many there are.

    ``runs``: each tie with the stops of its line, from what is needed to what needs it. ``tracks``: by what is needed
    how far inside the channel its lines within one column run, 0 to 1.
    """

    phases: tuple[int, ...]
    names: Mapping[str, str]
    places: Mapping[str, Stop]
    runs: tuple[tuple[Tie, tuple[Stop, ...]], ...]
    tracks: Mapping[str, float]
    rows: int


def web(network: Network, nodes: Sequence[Node]) -> Web:
    """A place for each of ``nodes`` and a way for each tie between them.

    Lines that lead over several columns get a row of their own in those between;
    those of one box share it if they are of one kind.
    """
    phases = tuple(sorted({node.phase for node in nodes}))
    column = {node.id: phases.index(node.phase) for node in nodes}
    point = {node.id: place for place, node in enumerate(nodes)}
    where = [column[node.id] for node in nodes]
    ties = [tie for tie in network.ties if tie.needs in point and tie.item in point and tie.needs != tie.item]
    passing: dict[tuple[str, bool, int], int] = {}
    ways: list[list[int]] = []
    for tie in ties:
        start, end = column[tie.needs], column[tie.item]
        between = range(start + 1, end) if start <= end else range(start - 1, end, -1)
        way = [point[tie.needs]]
        for at in between:
            key = (tie.needs, tie.hard, at)
            if key not in passing:
                passing[key] = len(where)
                where.append(at)
            way.append(passing[key])
        ways.append([*way, point[tie.item]])
    after: list[list[int]] = [[] for _point in where]
    before: list[list[int]] = [[] for _point in where]
    for way in ways:
        for one, other in pairwise(way):
            left, right = (one, other) if where[one] < where[other] else (other, one)
            if where[left] != where[right] and right not in after[left]:
                after[left].append(right)
                before[right].append(left)
    layer: list[list[int]] = [[] for _phase in phases]
    for place, at in enumerate(where):
        layer[at].append(place)
    row = _closer(rows(ordered(layer, after, before), after, before, lambda place: place >= len(nodes), APART))
    stop = [(at, row[place]) for place, at in enumerate(where)]
    return Web(
        phases,
        {node.id: node.name for node in nodes},
        {node.id: stop[point[node.id]] for node in nodes},
        tuple((tie, tuple(stop[place] for place in way)) for tie, way in zip(ties, ways, strict=True)),
        _tracks(ties, column, {node.id: stop[point[node.id]][1] for node in nodes}),
        max(row.values(), default=0) + 1,
    )


def _closer(row: Mapping[int, int]) -> dict[int, int]:
    """``row`` without those in which nothing stands, but for as many as keep boxes apart."""
    used = sorted({*row.values()})
    new = {used[0]: 0} if used else {}
    for before, here in pairwise(used):
        new[here] = new[before] + min(here - before, APART)
    return {place: new[at] for place, at in row.items()}


def _tracks(ties: Sequence[Tie], column: Mapping[str, int], row: Mapping[str, int]) -> dict[str, float]:
    """How far out the lines of each box run that lead to others in its own column: the longer, the further."""
    reach: dict[int, dict[str, tuple[int, int]]] = {}
    for tie in ties:
        if column[tie.needs] == column[tie.item]:
            found = reach.setdefault(column[tie.needs], {})
            ends = (row[tie.needs], row[tie.item], *found.get(tie.needs, ()))
            found[tie.needs] = (min(ends), max(ends))
    tracks: dict[str, float] = {}
    for spans in reach.values():
        used: list[int] = []
        taken: dict[str, int] = {}
        for ident in sorted(spans, key=lambda one: (spans[one][1] - spans[one][0], spans[one], one)):
            low, high = spans[ident]
            busy = {taken[other] for other in taken if spans[other][0] <= high and low <= spans[other][1]}
            taken[ident] = next(number for number in range(len(taken) + 1) if number not in busy)
            used.append(taken[ident])
        most = max(used) + 1
        tracks |= {ident: (number + 1) / (most + 1) for ident, number in taken.items()}
    return tracks
