"""What a proposed roadmap would move of the adopted one, capability by capability, and adopting all or some of it.

Phases are compared by their numbers: the second phase of one roadmap has nothing to do with the second of another but
its place. What is declined stays where it is; then the plan keeps its own phases, as many as there are, and follows its
own strategy. Whether such a mixture keeps everything is for ``verify`` to say.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from planner.edit.facts import change_engagement
from planner.edit.roadmap import adopt
from planner.model.project import Phase, Placement, Project, Roadmap
from planner.model.values import Fixed
from planner.rollout import phases as phasing
from planner.rollout.moves import moves
from planner.rollout.problem import Circular, Problem, TooFar
from planner.text.i18n import _, listed

ANSWERED = ("calendar", "limits", "roles", "dimensions", "pains", "processes", "packages", "dependencies", "pins")
"""The parts of a plan to which a roadmap answers, besides a few of the engagement, progress, and kept phases."""

NAMED = 3
"""So many of the items are named in whose way something would be."""

MOST_EXPLAINED = 1_500
"""Where more packages move than this it is not looked into why each does: it would take the square of their number."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a capability or package of the programme stands: number of its phase from 1, first and last day."""

    phase: int
    start: date
    finish: date


@dataclass(frozen=True, slots=True)
class Shift:
    """A capability, or a package of the whole programme, that a proposal has elsewhere than the adopted roadmap.

    ``packages``: its packages that stand elsewhere. ``was`` is None for one that has no place in the adopted roadmap.
    """

    item: str
    packages: tuple[str, ...]
    was: Place | None
    now: Place

    @property
    def days(self) -> int:
        """By how many calendar days it is reached later; negative when earlier, 0 for one that is new."""
        return (self.now.finish - self.was.finish).days if self.was else 0


@dataclass(frozen=True, slots=True)
class Adoption:
    """A proposal against the adopted roadmap: what moves, by phase and day, and how many items stay.

    ``roadmap`` places what the plan has: nothing that was taken out since, and what came in since where the adopted
    one has it.
    """

    roadmap: Roadmap
    phases: tuple[Phase, ...]
    shifts: tuple[Shift, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why something moves, in words: what speaks against its old place. ``needs``: what must move with it."""

    reasons: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


def same_question(one: Project, other: Project) -> bool:
    """Whether a roadmap that was proposed for ``one`` answers to ``other`` as well.

    Which roadmap is adopted makes no difference, nor what the plan says of people, evidence or reviews.
    """
    return one is other or (
        all(getattr(one, name) == getattr(other, name) for name in ANSWERED)
        and (one.progress, one.milestones) == (other.progress, other.milestones)
        and (one.engagement.start, one.engagement.as_of) == (other.engagement.start, other.engagement.as_of)
        and _kept(one) == _kept(other)
    )


def _kept(project: Project) -> list[Phase]:
    return [phase for phase in project.phases if phasing.kept(phase)]


def adoption(project: Project, roadmap: Roadmap, phases: tuple[Phase, ...]) -> Adoption:
    """``roadmap`` with ``phases`` against the adopted one of ``project``."""
    roadmap = replace(roadmap, packages=Fixed(_fitting(project, roadmap, phases)))
    after = _numbers(phases)
    before, old = _numbers(project.phases), project.roadmap.packages if project.roadmap else {}
    shifts, unchanged = [], 0
    for item, packages in _items(project):
        now = _place(packages, roadmap.packages, after)
        if now is None:
            continue
        moved = tuple(name for name in packages if _differs(name, old, before, roadmap.packages, after))
        if moved:
            shifts.append(Shift(item, moved, _place(packages, old, before), now))
        else:
            unchanged += 1
    shifts.sort(key=lambda shift: (shift.now.phase, shift.now.finish, shift.item))
    return Adoption(roadmap, phases, tuple(shifts), unchanged)


def adopted_in_part(project: Project, found: Adoption, accept: Collection[str]) -> Project:
    """``project`` with the shifts of ``found`` whose items are in ``accept``; with all of them it is adopted whole.

    Raises Refused when the roadmap does not fit the plan.
    """
    if project.roadmap is None or all(shift.item in accept for shift in found.shifts):
        return change_engagement(adopt(project, found.roadmap, found.phases), strategy=found.roadmap.strategy)
    phases, of_number = _extended(project.phases, found.phases)
    numbers = _numbers(found.phases)
    places = dict(project.roadmap.packages)
    for shift in found.shifts:
        if shift.item in accept:
            for name in shift.packages:
                place = found.roadmap.packages[name]
                places[name] = replace(place, phase=of_number[numbers[place.phase]])
    used = {place.phase for place in places.values()} | set(project.phase_by_id)
    mixed = replace(
        project.roadmap,
        status="stale" if project.roadmap.status == "stale" else "edited",
        gap=None,
        absorption=max(filter(None, (project.roadmap.absorption, found.roadmap.absorption)), default=None),
        packages=Fixed(places),
    )
    return adopt(project, mixed, tuple(phase for phase in phases if phase.id in used))


def grounds(project: Project, found: Adoption) -> dict[str, Grounds]:
    """Why each item moves, and which others must move with it; may take seconds.

    Empty where nothing was adopted, and where too much moves (``MOST_EXPLAINED``).
    """
    if project.roadmap is None or sum(len(shift.packages) for shift in found.shifts) > MOST_EXPLAINED:
        return {}
    try:
        problem = Problem(project)
    except (Circular, TooFar):
        return {}
    if any(task.id not in found.roadmap.packages for task in problem.tasks):
        return {}
    item_of = {name: item for item, names in _items(project) for name in names}
    moving = {shift.item for shift in found.shifts}
    reasons: dict[str, dict[str, None]] = {}
    needs: dict[str, dict[str, None]] = {}
    blocked: dict[str, dict[str, None]] = {}
    for move in moves(problem, project.roadmap, found.roadmap, found.phases, ()):
        item = item_of[move.item]
        for reason in move.reasons:
            if reason.rule == "strategy" and reason.items != (move.item,):
                blocked.setdefault(item, {}).update(dict.fromkeys(item_of[name] for name in reason.items))
            elif reason.rule not in ("phase", "coverage"):
                reasons.setdefault(item, {})[reason.message] = None
        needs.setdefault(item, {}).update(dict.fromkeys(item_of[name] for name in move.needs))
    for item, others in blocked.items():
        if told := [other for other in others if other != item]:
            text = _("where it was it would be in the way of {items}")
            names = [*told[:NAMED], *([_("{n} more").format(n=len(told) - NAMED)] if len(told) > NAMED else [])]
            reasons.setdefault(item, {})[text.format(items=listed(names))] = None
    return {
        item: Grounds(tuple(reasons.get(item, ())), tuple(o for o in needs[item] if o != item and o in moving))
        for item in needs
    }


def with_needs(accept: Collection[str], known: Mapping[str, Grounds]) -> set[str]:
    """``accept`` and every item that must move with one of them."""
    return set(accept).union(*(known[item].needs for item in accept if item in known))


def _items(project: Project) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Capabilities, and packages of the whole programme, with the ids of their packages."""
    for item, packages in project.packages_of.items():
        if item:
            yield item, tuple(package.id for package in packages)
        else:
            yield from ((package.id, (package.id,)) for package in packages)


def _numbers(phases: Iterable[Phase]) -> dict[str, int]:
    return {phase.id: number for number, phase in enumerate(phases, 1)}


def _fitting(project: Project, roadmap: Roadmap, phases: tuple[Phase, ...]) -> dict[str, Placement]:
    """The places of ``roadmap`` for what the plan has; what it does not know stays in the phase of like number."""
    places = {name: place for name, place in roadmap.packages.items() if name in project.package_by_id}
    before = _numbers(project.phases)
    for name, place in (project.roadmap.packages if project.roadmap else {}).items():
        if name not in places and phases:
            number = min(before.get(place.phase, len(phases)), len(phases))
            places[name] = replace(place, phase=phases[number - 1].id)
    return places


def _place(packages: Iterable[str], places: Mapping[str, Placement], numbers: Mapping[str, int]) -> Place | None:
    """Where ``packages`` stand: in the phase of the one that finishes last; None where none stands anywhere."""
    here = [places[name] for name in packages if name in places]
    if not here:
        return None
    last = max(here, key=lambda place: place.finish)
    return Place(numbers.get(last.phase, 0), min(place.start for place in here), last.finish)


def _differs(
    name: str,
    old: Mapping[str, Placement],
    before: Mapping[str, int],
    new: Mapping[str, Placement],
    after: Mapping[str, int],
) -> bool:
    was, now = old.get(name), new.get(name)
    if was is None or now is None:
        return was is not now
    return (was.start, was.finish, before.get(was.phase)) != (now.start, now.finish, after.get(now.phase))


def _extended(own: tuple[Phase, ...], proposed: tuple[Phase, ...]) -> tuple[tuple[Phase, ...], dict[int, str]]:
    """The plan's phases and the further ones of a proposal, and the id of each number."""
    taken = {phase.id for phase in own}
    further = []
    for number, phase in enumerate(proposed[len(own) :], len(own) + 1):
        name = phase.id if phase.id not in taken else next(f"p{n}" for n in count(number) if f"p{n}" not in taken)
        taken.add(name)
        further.append(replace(phase, id=name))
    phases = (*own, *further)
    return phases, {number: phase.id for number, phase in enumerate(phases, 1)}
