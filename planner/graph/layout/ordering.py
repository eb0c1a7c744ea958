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
    known: list[list[list[int]]] = []
    for sweep in range(SWEEPS):
        if not fewest or now in known[-2::-2]:  # from an order that was there before a sweep of this kind it goes round
            break
        known.append([list(points) for points in now])
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
        sides = []
        for near, links in ((number - 1, before), (number + 1, after)):
            if 0 <= near < len(layer):
                place = {point: at for at, point in enumerate(layer[near])}
                sides.append({point: [place[other] for other in links[point]] for point in points})
        gains: dict[tuple[int, int], int] = {}
        better = True
        rounds = 0
        while better and rounds < len(points):
            better = False
            rounds += 1
            for at in range(len(points) - 1):
                pair = (points[at], points[at + 1])
                if pair not in gains:
                    gains[pair] = sum(_gain(side[pair[0]], side[pair[1]]) for side in sides)
                if gains[pair] > 0:
                    points[at + 1], points[at] = pair
                    better = True


def _gain(ones: Sequence[int], others: Sequence[int]) -> int:
    """How many crossings fewer there are where the lines of one point come after those of another."""
    return sum((a > b) - (a < b) for a in ones for b in others)
