"""What lies around an item of a chart, and on the ways between two."""

from collections import deque
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

Beside = Mapping[str, Sequence[str]]
"""For each item those it leads to."""


def neighbourhood(needs: Beside, needed: Beside, item: str, steps: int | None) -> set[str]:
    """``item``, what it needs and what needs it, each over at most ``steps`` steps (None: over any number)."""
    return {item} | _within(needs, item, steps) | _within(needed, item, steps)


def _within(beside: Beside, item: str, steps: int | None) -> set[str]:
    found: set[str] = set()
    edge = {item}
    while edge and steps != 0:
        edge = {other for one in edge for other in beside[one]} - found
        found |= edge
        steps = None if steps is None else steps - 1
    return found


def farthest(needs: Beside, needed: Beside, item: str) -> int:
    """After how many steps the neighbourhood of ``item`` grows no more."""
    steps = 0
    while len(neighbourhood(needs, needed, item, steps + 1)) > len(neighbourhood(needs, needed, item, steps)):
        steps += 1
    return steps


def paths(beside: Beside, start: str, end: str, most: int) -> list[tuple[str, ...]]:
    """The ways from ``start`` to ``end`` that pass no item twice, the shortest first, at most ``most``."""
    left = _steps_to(beside, end)
    found: list[tuple[str, ...]] = []
    begun: list[tuple[int, tuple[str, ...]]] = [(left[start], (start,))] if start in left and start != end else []
    while begun and len(found) < most:
        _length, path = heappop(begun)
        if path[-1] == end:
            found.append(path)
            continue
        for other in beside[path[-1]]:
            if other in left and other not in path:
                heappush(begun, (len(path) + left[other], (*path, other)))
    return found


def _steps_to(beside: Beside, end: str) -> dict[str, int]:
    """How many steps it takes to ``end`` from each item from which there is a way."""
    back: dict[str, list[str]] = {}
    for one, others in beside.items():
        for other in others:
            back.setdefault(other, []).append(one)
    steps = {end: 0}
    queue = deque([end])
    while queue:
        one = queue.popleft()
        for other in back.get(one, ()):
            if other not in steps:
                steps[other] = steps[one] + 1
                queue.append(other)
    return steps
