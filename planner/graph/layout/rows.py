"""The row of each point: lines as straight as the order in the layers allows, and none that would have to overlap."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median

from planner.graph.layout.lanes import Net, knotted_row
from planner.graph.layout.ordering import Links

SWEEPS = 6
"""Sweeps over all layers, half of them in each direction."""

THROUGH = 8
"""How much more it matters that a long line goes straight than that two boxes stand side by side."""

ALONE = 0.001
"""How much it matters that a box without lines goes up: next to nothing, it only stands close to the others."""


def rows(
    layer: Sequence[Sequence[int]], after: Links, before: Links, passing: Callable[[int], bool], gap: int
) -> dict[int, int]:
    """The row of every point, each layer in its given order, boxes ``gap`` rows apart; the first row is 0.

    ``passing`` says of a point whether it is only a place where a line passes.
    """

    def apart(one: int, other: int) -> int:
        return 1 if passing(one) or passing(other) else gap

    tallest = max((len(points) for points in layer), default=0)
    row: dict[int, int] = {}
    for points in layer:
        place = (tallest - len(points)) // 2
        for number, point in enumerate(points):
            place += apart(points[number - 1], point) if number else 0
            row[point] = place
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        links = before if down else after
        for points in layer[1:] if down else layer[-2::-1]:
            _settle(points, row, links, passing, apart)
    lowest = min(row.values(), default=0)
    row = {point: place - lowest for point, place in row.items()}
    for number in range(1, len(layer)):
        _settle(layer[number], row, before, passing, apart)
        _untie(layer[number - 1], layer[number], row, after, apart)
    lowest = min(row.values(), default=0)
    return {point: place - lowest for point, place in row.items()}


def _settle(
    points: Sequence[int],
    row: dict[int, int],
    links: Links,
    passing: Callable[[int], bool],
    apart: Callable[[int, int], int],
) -> None:
    """Move ``points`` to the median row of those they are linked with, as near as order and distance allow.

    Neighbours that cannot both have their wish share a mean of both (pool adjacent violators).
    """
    blocks: list[list[float]] = []  # weight, weighted sum of wishes, how many points
    offset = 0
    offsets = []
    for number, point in enumerate(points):
        offset += apart(points[number - 1], point) if number else 0
        offsets.append(offset)
        found = [row[other] for other in links[point]]
        straight = passing(point) or any(passing(other) for other in links[point])
        weight = (THROUGH if straight else 1) if found else ALONE
        wish = median(found) if found else 0
        blocks.append([weight, weight * (wish - offset), 1])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][0] >= blocks[-1][1] / blocks[-1][0]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    number = 0
    for weight, wishes, count in blocks:
        base = round(wishes / weight)
        for _point in range(int(count)):
            row[points[number]] = base + offsets[number]
            number += 1


def _untie(
    left: Sequence[int],
    right: Sequence[int],
    row: dict[int, int],
    after: Links,
    apart: Callable[[int, int], int],
) -> None:
    """Move points of ``right`` down until the upright lines before them can be put in an order."""
    while (tied := knotted_row(nets(left, row, after))) is not None:
        place = next(number for number, point in enumerate(right) if row[point] == tied)
        row[right[place]] += 1
        for one, other in zip(right[place:], right[place + 1 :], strict=False):
            row[other] = max(row[other], row[one] + apart(one, other))


def nets(left: Sequence[int], row: Mapping[int, int], after: Links) -> list[Net]:
    """What leaves each point of ``left`` that something leaves, in their order."""
    return [Net(row[point], tuple(sorted(row[other] for other in after[point]))) for point in left if after[point]]
