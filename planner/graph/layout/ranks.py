"""Which way each line runs and in which layer each box stands.

Hard arrows run from left to right unless they go in a circle; soft ones do where neither a hard arrow nor the groups
are against it. Boxes are numbers here, and so are their ends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.graph.bitsets import components
from planner.graph.layout.picture import AHEAD, BACK

Ends = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """A line from the box ``left`` to the box ``right``; ``heads`` is a sum of AHEAD and BACK."""

    left: int
    right: int
    heads: int
    hard: bool


def oriented(groups: Sequence[int], arrows: Mapping[Ends, bool]) -> tuple[list[Run], list[int]]:
    """The lines that ``arrows`` (hard or not, by source and target) become, and the groups as hard arrows raise them.

    Two arrows between the same boxes, one each way, become one line with two heads.
    """
    count = len(groups)
    hard = sorted(ends for ends, is_hard in arrows.items() if is_hard and ends[0] != ends[1])
    forward = [*_without_circles(count, hard)]
    following: list[set[int]] = [set() for _box in range(count)]
    for source, target in forward:
        following[source].add(target)
    raised = _raised(groups, following)
    for source, target in sorted(ends for ends, is_hard in arrows.items() if not is_hard and ends[0] != ends[1]):
        if source in following[target]:
            continue
        if raised[source] > raised[target] or _leads(following, target, source):
            following[target].add(source)
        else:
            following[source].add(target)
    for source, target in hard:
        if target not in following[source] and source not in following[target]:
            following[target].add(source)
    runs = []
    for left, found in enumerate(following):
        for right in sorted(found):
            heads = AHEAD * ((left, right) in arrows) + BACK * ((right, left) in arrows)
            runs.append(Run(left, right, heads, arrows.get((left, right), False) or arrows.get((right, left), False)))
    return runs, raised


def _without_circles(count: int, ends: Sequence[Ends]) -> list[Ends]:
    """``ends`` without those that run against an order in which few do, found by taking boxes off both sides."""
    following: list[set[int]] = [set() for _box in range(count)]
    for source, target in ends:
        following[source].add(target)
    place = [0] * count
    for component in components(following):
        members = set(component)
        out = {box: following[box] & members for box in component}
        into: dict[int, set[int]] = {box: set() for box in component}
        for box in component:
            for other in out[box]:
                into[other].add(box)
        front: list[int] = []
        back: list[int] = []
        while members:
            sinks = [box for box in sorted(members) if not out[box] & members]
            if sinks:
                back.append(sinks[-1])
            else:
                front.append(max(sorted(members), key=lambda box: len(out[box] & members) - len(into[box] & members)))
            members -= {*front, *back}
        for number, box in enumerate([*front, *reversed(back)]):
            place[box] = number
    knot = {box: number for number, component in enumerate(components(following)) for box in component}
    return [(a, b) for a, b in ends if knot[a] != knot[b] or place[a] < place[b]]


def _raised(groups: Sequence[int], following: Sequence[set[int]]) -> list[int]:
    """Groups, none lower than that of a box before it."""
    raised = list(groups)
    for component in reversed(components(following)):
        for box in component:
            for other in following[box]:
                raised[other] = max(raised[other], raised[box])
    return raised


def _leads(following: Sequence[set[int]], start: int, end: int) -> bool:
    """Whether a way leads from ``start`` to ``end``."""
    seen, left = {start}, [start]
    while left:
        fresh = following[left.pop()] - seen
        if end in fresh:
            return True
        seen |= fresh
        left += sorted(fresh)
    return start == end


def layers(groups: Sequence[int], runs: Sequence[Run]) -> list[int]:
    """The layer of each box: right of all before it, and right of all boxes of lower groups.

    A box with nothing before it moves next to the first that needs it, which makes its line short.
    """
    before: list[list[int]] = [[] for _box in groups]
    after: list[list[int]] = [[] for _box in groups]
    for run in runs:
        before[run.right].append(run.left)
        after[run.left].append(run.right)
    order = [box for component in reversed(components(after)) for box in component]
    layer = [0] * len(groups)
    begin = 0
    for group in sorted(set(groups)):
        members = [box for box in order if groups[box] == group]
        for box in members:
            layer[box] = max([begin, *(layer[other] + 1 for other in before[box])])
        last = max(layer[box] for box in members)
        for box in members:
            if not before[box] and after[box]:
                same = [layer[other] - 1 for other in after[box] if groups[other] == group]
                layer[box] = min(same, default=last)
        begin = last + 1
    return layer
