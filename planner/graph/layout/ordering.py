"""The order of boxes inside each layer, so that few lines cross (sweeps by mean place, then exchanging neighbours)."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from itertools import pairwise

Links = Sequence[Sequence[int]]
"""For each point those of the next (or the previous) layer to which a line leads."""

SWEEPS = 12
"""Sweeps over all layers, half of them in each direction; more find hardly anything better."""

SMALL = 400
"""Up to so many points neighbours are exchanged, too: it takes longer than the sweeps."""


def ordered(layer: Sequence[Sequence[int]], after: Links, before: Links) -> list[list[int]]:
    """The points of each layer in an order with few crossings; ``layer`` is the order to begin with."""
    now = [list(points) for points in layer]
    best, fewest = [list(points) for points in now], crossings(now, after)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        down = sweep % 2 == 0
        links = before if down else after
        for number in range(1, len(now)) if down else range(len(now) - 2, -1, -1):
            beside = {point: place for place, point in enumerate(now[number - 1 if down else number + 1])}
            now[number] = _by_mean(now[number], beside, links)
        if sum(map(len, now)) <= SMALL:
            _exchange(now, after, before)
        count = crossings(now, after)
        if count < fewest:
            best, fewest = [list(points) for points in now], count
    return best


def _by_mean(points: Sequence[int], beside: dict[int, int], links: Links) -> list[int]:
    """``points`` by the mean place of those they are linked with; one without links keeps its place."""
    means = {}
    for point in points:
        found = [beside[other] for other in links[point]]
        means[point] = sum(found) / len(found) if found else None
    sorted_ones = iter(sorted((p for p in points if means[p] is not None), key=lambda p: means[p] or 0.0))
    return [point if means[point] is None else next(sorted_ones) for point in points]


def crossings(layer: Sequence[Sequence[int]], after: Links) -> int:
    """How many pairs of lines between neighbouring layers cross."""
    count = 0
    for points, following in pairwise(layer):
        place = {point: number for number, point in enumerate(following)}
        seen: list[int] = []
        for point in points:
            ends = sorted(place[other] for other in after[point])
            count += sum(len(seen) - _upto(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return count


def _upto(seen: list[int], end: int) -> int:
    return bisect_left(seen, end + 1)


def _exchange(layer: list[list[int]], after: Links, before: Links) -> None:
    """Exchange neighbours in each layer while that removes crossings."""
    for number, points in enumerate(layer):
        left = {point: place for place, point in enumerate(layer[number - 1])} if number else {}
        right = {point: place for place, point in enumerate(layer[number + 1])} if number + 1 < len(layer) else {}
        better = True
        rounds = 0
        while better and rounds < len(points):
            better = False
            rounds += 1
            for place in range(len(points) - 1):
                one, other = points[place], points[place + 1]
                gain = 0
                for beside, links in ((left, before), (right, after)):
                    if beside:
                        ones, others = [beside[p] for p in links[one]], [beside[p] for p in links[other]]
                        gain += sum((a > b) - (a < b) for a in ones for b in others)
                if gain > 0:
                    points[place], points[place + 1] = other, one
                    better = True
