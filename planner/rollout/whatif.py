"""Why not earlier, or in another phase: the plan is proposed once more with that demanded, and the answer is what it
costs against the roadmap as it stands, or what breaks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from planner.assessment.dates import phase_of, start_of
from planner.model.knowledge import Catalogue, Strategy
from planner.model.project import Pin, Project, Roadmap
from planner.rollout.changes.kinds import Change
from planner.rollout.changes.promised import Pinned, Way
from planner.rollout.changes.trials import Enough, Trials
from planner.rollout.metrics import metrics
from planner.rollout.remedies import Remedy
from planner.rollout.repairs import explain_infeasible
from planner.rollout.result import Conflict, Infeasible, Proposal
from planner.rollout.watch import UNWATCHED, Watch
from planner.text.i18n import _

BUDGET = 40
"""How many proposals a question may take."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a capability (or package of the whole programme) stood and stands: first day and phase."""

    item: str
    start: date
    new_start: date
    phase: str
    new_phase: str

    @property
    def days(self) -> int:
        """Calendar days later (earlier when negative)."""
        return (self.new_start - self.start).days


@dataclass(frozen=True, slots=True)
class Effect:
    """What another roadmap changes: in calendar days later (earlier when negative), and what moves.

    ``peak`` is the role with the highest share of its capacity on a day now, with the share ``before`` and ``after``.
    """

    item: str
    start: int
    finish: int
    first_value: int
    role: str
    before: float
    after: float
    broken_soft: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answer to a demand: ``item`` in ``phase``, or finished ``by`` a day.

    Either a proposal that keeps it, with what it changes, or the ``conflicts`` that are in the way. ``remedies``: what
    to change so that a new proposal keeps it; the pin that says so alone where that is enough.
    """

    item: str
    phase: str
    by: date | None
    proposal: Proposal | None
    effect: Effect | None
    conflicts: tuple[Conflict, ...]
    remedies: tuple[Remedy, ...]
    complete: bool = True


def demanded(project: Project, item: str, phase: str = "", by: date | None = None) -> Pinned:
    """The pin that demands ``item`` in ``phase`` or finished ``by`` a day, beside what is promised of it already."""
    held = project.pin_by_item.get(item)
    deadline = min(day for day in (by, held.deadline if held else None) if day) if by else None
    wanted: dict[Way, bool] = {"phase": bool(phase), "deadline": by is not None}
    ways = tuple(way for way, asked in wanted.items() if asked)
    return Pinned(Pin(item=item, phase=phase, deadline=deadline), ways)


def what_if(
    project: Project,
    item: str,
    strategy: Strategy,
    *,
    phase: str = "",
    by: date | None = None,
    catalogue: Catalogue | None = None,
    budget: int = BUDGET,
    watch: Watch = UNWATCHED,
) -> WhatIf:
    """What it would take to have ``item`` in ``phase`` (an id), or finished ``by`` a day, or both.

    ``project`` has a roadmap; the new proposal has as many phases, and its seed. With ``catalogue`` a lower target may
    be what makes it possible. Raises KeyError when ``item`` has no place in the roadmap or there is no such phase.
    """
    roadmap = project.roadmap
    if roadmap is None or start_of(project, roadmap, item) is None or (phase and phase not in project.phase_by_id):
        raise KeyError(item)
    demand = demanded(project, item, phase, by)
    trials = Trials(strategy, len(project.phases), roadmap.seed, budget, watch)
    conflicts = (*_against(project, item, phase, by),)
    found: Proposal | tuple[Conflict, ...] = conflicts
    try:
        if not conflicts:
            found = trials.with_changes(project, (demand,))
        if isinstance(found, Proposal):
            start = _start(project, found, item)
            remedy = Remedy((demand,), demand.cost(project), found, start, _gain(project, item, start))
            return WhatIf(item, phase, by, found, effect(project, found, item), (), (remedy,))
        remedies, complete = _enabling(project, item, demand, found, trials, catalogue)
        return WhatIf(item, phase, by, None, None, found, remedies, complete)
    except Enough:
        return WhatIf(item, phase, by, None, None, conflicts, (), complete=False)
    except Infeasible as unsuited:
        return WhatIf(item, phase, by, None, None, unsuited.conflicts, ())


def _enabling(
    project: Project,
    item: str,
    demand: Pinned,
    conflicts: tuple[Conflict, ...],
    trials: Trials,
    catalogue: Catalogue | None,
) -> tuple[tuple[Remedy, ...], bool]:
    """What to change so that the demand can be kept: the demand in place of older promises, else with a repair."""
    roadmap = project.roadmap
    assert roadmap is not None
    held = project.pin_by_item.get(item)
    by, ways = demand.pin.deadline, demand.ways
    if held and by and held.not_before and held.not_before > by:
        demand = replace(demand, ways=(*ways, "not_before"))
    plan = demand.apply(project)
    alone = trials.propose(plan)
    if isinstance(alone, Proposal):
        start = _start(project, alone, item)
        return (Remedy((demand,), demand.cost(project), alone, start, _gain(project, item, start)),), True
    found = explain_infeasible(
        plan,
        trials.strategy,
        alone or conflicts,
        phases=trials.phases,
        seed=trials.seed,
        catalogue=catalogue,
        kept=demand,
        budget=trials.budget - trials.made,
        watch=trials.watch,
    )
    remedies = []
    for repair in found.repairs:
        start = _start(plan, repair.proposal, item)
        changes: tuple[Change, ...] = (demand, *repair.changes)
        price = round(repair.cost + demand.cost(project), 2)
        remedies.append(Remedy(changes, price, repair.proposal, start, _gain(project, item, start)))
    return tuple(remedies), found.complete


def _gain(project: Project, item: str, start: date) -> int:
    """By how many calendar days an item that starts on ``start`` is earlier than the roadmap has it."""
    begun = start_of(project, project.roadmap, item) if project.roadmap else None
    return (begun - start).days if begun else 0


def _against(project: Project, item: str, phase: str, by: date | None) -> Iterator[Conflict]:
    """What its own promises say against a demand."""
    held = project.pin_by_item.get(item)
    if held and phase and held.phase and held.phase != phase:
        text = _("{item} is pinned to phase {phase}").format(item=item, phase=held.phase)
        yield Conflict("pin", (item,), text + (f" ({held.reason})" if held.reason else ""))
    if held and by and held.not_before and held.not_before > by:
        text = _("{item} is pinned to start on {day} or later").format(item=item, day=held.not_before)
        yield Conflict("pin", (item,), text + (f" ({held.reason})" if held.reason else ""))


def _start(project: Project, proposal: Proposal, item: str) -> date:
    day = start_of(project, proposal.roadmap, item)
    assert day is not None, "a proposal places all work"
    return day


def effect(project: Project, proposal: Proposal, item: str) -> Effect:
    """What ``proposal`` changes against the roadmap of ``project``, with ``item`` in view."""
    roadmap = project.roadmap
    assert roadmap is not None
    before, after = metrics(project, roadmap), proposal.metrics
    role = max(after.peak_load, key=lambda name: after.peak_load[name], default="")
    begun = start_of(project, roadmap, item)
    assert begun is not None
    return Effect(
        item=item,
        start=(_start(project, proposal, item) - begun).days,
        finish=(_end(proposal.roadmap) - _end(roadmap)).days,
        first_value=after.days_to_first_value - before.days_to_first_value,
        role=role,
        before=before.peak_load.get(role, 0.0),
        after=after.peak_load.get(role, 0.0),
        broken_soft=after.broken_soft_dependencies - before.broken_soft_dependencies,
        moves=tuple(moves(project, roadmap, proposal.roadmap)),
    )


def _end(roadmap: Roadmap) -> date:
    return max(place.finish for place in roadmap.packages.values())


def moves(project: Project, before: Roadmap, after: Roadmap) -> Iterator[Move]:
    """The capabilities, and packages of the whole programme, that start on another day or in another phase."""
    programme = (package.id for package in project.packages_of.get("", ()))
    for item in (*project.capabilities, *programme):
        was, now = start_of(project, before, item), start_of(project, after, item)
        left, entered = phase_of(project, before, item), phase_of(project, after, item)
        if was and now and (was != now or left != entered):
            yield Move(item, was, now, left, entered)
