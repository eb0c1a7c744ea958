"""Circles that a person made in the order of work: found, told as a path of names, with ways to open each."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from planner.graph.closure import needs_of
from planner.graph.links import Link
from planner.graph.naming import called
from planner.graph.order import Arc, Node, arcs, cyclic
from planner.model.capability import capability, level_of, process_of
from planner.model.project import Dependency, Project
from planner.text.i18n import N_, _, listed

MOST = 20
"""How many circles are told at once: a person opens one and looks again."""

_FIRST = {
    "dependency": N_("{item} needs {needs}"),
    "level": N_("{item} builds on {needs}"),
    "stage": N_("{item} comes after {needs}"),
    "part": N_("{item} includes {needs}"),
    "whole": N_("{item} is part of {needs}"),
}
_NEXT = {
    "dependency": N_("{path}, which needs {needs}"),
    "level": N_("{path}, which builds on {needs}"),
    "stage": N_("{path}, which comes after {needs}"),
    "part": N_("{path}, which includes {needs}"),
    "whole": N_("{path}, which is part of {needs}"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step round a circle: ``item`` waits for ``needs``, by ``link`` or because one is part of the other."""

    item: str
    needs: str
    link: Link | None = None

    @property
    def kind(self) -> str:
        """What the step rests on: a key of the wordings above."""
        if self.link:
            return self.link.origin
        return "part" if level_of(self.item) else "whole"


@dataclass(frozen=True, slots=True)
class Cycle:
    """Items that wait for each other in a circle, so that none can begin.

    ``ways_out`` are sentences, each a change that has been tried and opens the circle.
    """

    steps: tuple[Step, ...]
    ways_out: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """Capabilities and work packages, each waiting for the one after it; the last is the first again."""
        return (*(step.item for step in self.steps), self.steps[0].item)

    def describe(self, project: Project) -> str:
        """The path of names: ``A needs B, which needs A``."""
        text = ""
        for step in self.steps:
            wording = _NEXT if text else _FIRST
            text = _(wording[step.kind]).format(
                path=text, item=called(project, step.item), needs=called(project, step.needs)
            )
        return text


def cycles(project: Project) -> tuple[Cycle, ...]:
    """The shortest circle through each dependency that lies on one, shortest first, at most ``MOST``.

    One that has all links of a shorter one is left out: what opens the shorter one opens it, too.
    """
    knot = cyclic(project)
    following = _following(knot)
    linked = [arc for arc in arcs(project) if arc in knot and arc.link and arc.link.origin != "level"]
    paths = [_shortest(arc, following) for arc in reversed(linked)]  # what a person added stands last in a plan
    told: dict[frozenset[Link], list[Arc]] = {}
    for path in sorted(paths, key=len):
        rests_on = frozenset(arc.link for arc in path if arc.link)
        if not any(shorter <= rests_on for shorter in told):
            told[rests_on] = path
    return tuple(_cycle(project, path) for path in [*told.values()][:MOST])


def cycle_if_added(project: Project, dependency: Dependency) -> Cycle | None:
    """The circle that ``dependency`` would close, or None; the ways out count it as added."""
    return new_cycle(project, replace(project, dependencies=(*project.dependencies, dependency)))


def new_cycle(before: Project, after: Project) -> Cycle | None:
    """The shortest circle of ``after`` that ``before`` does not have, beginning with what is new, or None."""
    knot = cyclic(after)
    new = knot and knot - cyclic(before)
    if not new:
        return None
    following, old = _following(knot), set(arcs(before))
    begin = sorted((arc for arc in arcs(after) if arc in new and arc.link), key=lambda arc: arc in old)
    paths = [_shortest(arc, following) for arc in begin]
    return _cycle(after, min(paths, key=len)) if paths else None


def _following(knot: Iterable[Arc]) -> dict[Node, list[Arc]]:
    """The arcs that lead on from each node, in an order that depends on nothing but them."""
    following: dict[Node, list[Arc]] = {}
    for arc in sorted(knot, key=lambda arc: (arc.before, arc.after, arc.link.type if arc.link else "")):
        following.setdefault(arc.before, []).append(arc)
    return following


def _shortest(arc: Arc, following: Mapping[Node, list[Arc]]) -> list[Arc]:
    """The shortest circle that begins with ``arc``, which lies on one."""
    reached: dict[Node, Arc] = {}
    queue = deque([arc.after])
    while arc.before not in reached:
        for other in following[queue.popleft()]:
            if other.after not in reached:
                reached[other.after] = other
                queue.append(other.after)
    path = [reached[arc.before]]
    while path[-1].before != arc.after:
        path.append(reached[path[-1].before])
    return [arc, *reversed(path)]


def _steps(path: list[Arc]) -> list[Step]:
    """``path`` in the direction in which people speak of needs, without what a capability has inside."""
    backward = [path[0], *path[:0:-1]]
    steps: list[Step] = []
    inside = False
    for arc, following in zip(backward, [*backward[1:], backward[0]], strict=True):
        if inside:
            inside = False
        elif arc.link is None and following.link is None and arc.after.moment == "end":
            inside = True
        else:
            steps.append(Step(arc.after.item, arc.before.item, arc.link))
    return steps


def _cycle(project: Project, path: list[Arc]) -> Cycle:
    steps = _steps(path)
    nodes = {(arc.before, arc.after) for arc in path}
    return Cycle(tuple(steps), tuple(way for step in steps for way in _ways_out(project, step, nodes)))


def _ways_out(project: Project, step: Step, nodes: set[tuple[Node, Node]]) -> Iterator[str]:
    if step.link is None or step.link.origin == "level":
        return
    names = {"item": called(project, step.item), "needs": called(project, step.needs)}
    if step.link.origin == "stage":
        without = _without_stage(project, step)
        if _opens(project, without, nodes):
            yield _("take {needs} out of what {item} waits for").format(**names)
        return
    key = (step.item, step.needs, step.link.type)
    removed = replace(project, dependencies=tuple(d for d in project.dependencies if d.key != key))
    if _opens(project, removed, nodes):
        way = _('do without "{item} needs {needs}", or make it soft').format(**names)
        spared = [called(project, item) for item in needs_of(project) if item not in needs_of(removed)]
        if spared:
            way = _("{way} (then the targets no longer need {spared})").format(way=way, spared=listed(spared))
        yield way
    if lower := _lower(project, step, key, nodes):
        yield _("let {item} need {lower} instead of {needs}").format(**names, lower=called(project, lower))


def _without_stage(project: Project, step: Step) -> Project:
    packages = tuple(
        replace(
            package,
            after=tuple(other for other in package.after if other != step.needs),
            alongside=tuple(other for other in package.alongside if other != step.needs),
        )
        if package.id == step.item
        else package
        for package in project.packages
    )
    return replace(project, packages=packages)


def _lower(project: Project, step: Step, key: tuple[str, str, str], nodes: set[tuple[Node, Node]]) -> str:
    """The highest lower level of what ``step`` needs that the plan has and that opens the circle; or nothing."""
    keys = {dependency.key for dependency in project.dependencies}
    for level in range(level_of(step.needs) - 1, 1, -1):
        lower = capability(process_of(step.needs), level)
        there = lower in project.packages_of or project.stands_at(lower)
        if not there or lower == step.item or (step.item, lower, key[2]) in keys:
            continue
        changed = tuple(replace(d, needs=lower) if d.key == key else d for d in project.dependencies)
        if _opens(project, replace(project, dependencies=changed), nodes):
            return lower
    return ""


def _opens(before: Project, after: Project, nodes: set[tuple[Node, Node]]) -> bool:
    """Whether ``after`` does without the circle through ``nodes`` and has no circle that ``before`` has not."""
    return not nodes <= {(arc.before, arc.after) for arc in arcs(after)} and cyclic(after) <= cyclic(before)
