"""A layered picture of a graph (after Sugiyama, Tagawa and Toda, 1981): layers, order, rows, tracks, cells.

All lines of one source run together as far as they can, in one row through each layer and one upright line between
two: so a picture needs far less ink than with a line for each arrow, and no line belongs to two sources.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planner.graph.layout.lanes import tracks
from planner.graph.layout.ordering import ordered
from planner.graph.layout.picture import DOWN, UP, Arrow, Box, Cell, Column, Picture, Span, Spot
from planner.graph.layout.ranks import Run, layers, oriented
from planner.graph.layout.rows import nets, rows

LEAD = 1
"""Cells of a channel before its first track."""

TAIL = 2
"""Cells of a channel after its last track, where heads stand."""


def layered(boxes: Sequence[Box], arrows: Sequence[Arrow], *, gap: int = 1) -> "Arrangement":
    """Place ``boxes``, each ``gap`` rows below the one above, and ``arrows`` between them; other arrows are left out.

    Only the order of ``boxes`` matters, not their names, nor the order of ``arrows``.
    """
    number = {box.id: place for place, box in enumerate(boxes)}
    hard: dict[tuple[int, int], bool] = {}
    for arrow in arrows:
        if arrow.source in number and arrow.target in number:
            ends = number[arrow.source], number[arrow.target]
            hard[ends] = hard.get(ends, False) or arrow.hard
    runs, groups = oriented([box.group for box in boxes], hard)
    layer = layers(groups, runs)
    web = _Web.of(layer, runs)
    order = ordered(web.first_order(), web.after, web.before)
    row = rows(order, web.after, web.before, lambda point: point >= len(boxes), gap)
    track: list[dict[int, int]] = []
    for points in order:
        leaving = [point for point in points if web.after[point]]
        found = tracks(nets(points, row, web.after))
        track.append({leaving[number]: place for number, place in found.items()})
    return Arrangement(tuple(box.id for box in boxes), groups, layer, runs, web, order, row, track)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where boxes and lines stand to each other: all that takes long. How wide boxes are is asked afterwards.

    ``track``: by layer the track of the upright line that leaves a point.
    """

    names: Sequence[str]
    groups: Sequence[int]
    layer: Sequence[int]
    runs: Sequence[Run]
    web: "_Web"
    order: Sequence[Sequence[int]]
    row: Mapping[int, int]
    track: Sequence[Mapping[int, int]]

    @property
    def height(self) -> int:
        """Rows of the picture."""
        return max(self.row.values(), default=-1) + 1

    def columns(self, widths: Mapping[str, int], spread: int = 1) -> list[Column]:
        """Where the layers stand when boxes have these widths; see ``picture``."""
        found = []
        x = 0
        for points, track in zip(self.order, self.track, strict=True):
            boxes = [point for point in points if point < len(self.names)]
            wide = max(widths[self.names[box]] for box in boxes)
            found.append(Column(x, wide, max(self.groups[box] for box in boxes)))
            count = max(track.values(), default=-1) + 1
            x += wide + LEAD + max(0, (count - 1) * spread + 1) + TAIL
        return found

    def picture(self, widths: Mapping[str, int], spread: int = 1) -> Picture:
        """The picture with boxes of these widths, the cells for marks beside them included.

        ``spread``: columns from one upright line to the next.
        """
        return _Drawing(self, widths, spread).picture()


@dataclass(frozen=True, slots=True)
class _Web:
    """Boxes, and points where lines pass through layers between: each of one source and one layer.

    Points are numbered after the boxes. ``via``: the point of a source in a layer.
    """

    layer: list[int]
    after: list[list[int]]
    before: list[list[int]]
    via: dict[tuple[int, int], int]

    @classmethod
    def of(cls, layer: Sequence[int], runs: Sequence[Run]) -> "_Web":
        web = cls(list(layer), [[] for _ in layer], [[] for _ in layer], {})
        for run in runs:
            here = run.left
            for place in range(layer[run.left] + 1, layer[run.right]):
                there = web.via.get((run.left, place))
                if there is None:
                    there = web.via[run.left, place] = len(web.layer)
                    web.layer.append(place)
                    web.after.append([])
                    web.before.append([])
                    web._link(here, there)
                here = there
            web._link(here, run.right)
        return web

    def _link(self, one: int, other: int) -> None:
        self.after[one].append(other)
        self.before[other].append(one)

    def first_order(self) -> list[list[int]]:
        """The points of each layer in the order in which a walk along the lines meets them; lone boxes come last."""
        found: list[list[int]] = [[] for _ in range(max(self.layer, default=-1) + 1)]
        met: set[int] = set()
        linked = [p for p in range(len(self.layer)) if self.after[p] or self.before[p]]
        for start in sorted(linked, key=lambda point: (self.layer[point], point)):
            left = [start]
            while left:
                point = left.pop()
                if point not in met:
                    met.add(point)
                    found[self.layer[point]].append(point)
                    left += reversed(self.after[point])
        for point in range(len(self.layer)):
            if point not in met:
                found[self.layer[point]].append(point)
        return found


class _Drawing:
    """Columns, cells and heads of a picture whose rows are known."""

    def __init__(self, arrangement: Arrangement, widths: Mapping[str, int], spread: int) -> None:
        self.plan = arrangement
        self.widths = [widths[name] for name in arrangement.names]
        self.columns = arrangement.columns(widths, spread)
        self.upright = {
            point: column.x + column.width + LEAD + place * spread
            for column, track in zip(self.columns, arrangement.track, strict=True)
            for point, place in track.items()
        }
        """The column of the upright line that leaves a point."""
        self.spans: list[dict[Span, None]] = [{} for _ in range(arrangement.height)]
        self.uprights: list[dict[int, Cell]] = [{} for _ in range(arrangement.height)]

    def picture(self) -> Picture:
        names, layer, row = self.plan.names, self.plan.layer, self.plan.row
        corners: dict[tuple[str, str], tuple[Spot, ...]] = {}
        heads: dict[Spot, int] = {}
        for run in self.plan.runs:
            bends = self._corners(run)
            self._draw(bends, run.hard, names[run.left])
            heads[bends[-1]] = heads.get(bends[-1], 0) | run.heads
            corners[names[run.left], names[run.right]] = corners[names[run.right], names[run.left]] = bends
        last = self.columns[-1] if self.columns else Column(0, 0, 0)
        return Picture(
            last.x + last.width,
            self.plan.height,
            {name: (self.columns[layer[n]].x, row[n]) for n, name in enumerate(names)},
            dict(zip(names, self.widths, strict=True)),
            self.columns,
            {name: layer[n] for n, name in enumerate(names)},
            heads,
            corners,
            [[*found] for found in self.spans],
            self.uprights,
        )

    def _corners(self, run: Run) -> tuple[Spot, ...]:
        """Where the line of ``run`` begins, bends and ends: from beside one box to beside the other."""
        layer, row = self.plan.layer, self.plan.row
        found = [(self.columns[layer[run.left]].x + self.widths[run.left], row[run.left])]
        point = run.left
        for place in range(layer[run.left] + 1, layer[run.right] + 1):
            following = run.right if place == layer[run.right] else self.plan.web.via[run.left, place]
            if row[following] != row[point]:
                x = self.upright[point]
                found += [(x, row[point]), (x, row[following])]
            point = following
        found.append((self.columns[layer[run.right]].x - 1, row[run.right]))
        return tuple(spot for n, spot in enumerate(found) if not n or spot != found[n - 1])

    def _draw(self, corners: Sequence[Spot], hard: bool, source: str) -> None:
        for (x, y), (to_x, to_y) in pairwise(corners):
            if y == to_y:
                self.spans[y][Span(x, to_x, hard, source)] = None
                continue
            first, last = min(y, to_y), max(y, to_y)
            for row in range(first, last + 1):
                sides = UP * (row > first) | DOWN * (row < last)
                before = self.uprights[row].get(x, Cell(0, False, source))
                self.uprights[row][x] = Cell(before.sides | sides, before.hard or hard, source)
