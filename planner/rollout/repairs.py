"""Why a plan has no roadmap, as the fewest constraints that cannot hold together, and what would mend it.

The oracle is ``propose``: a heuristic. So a set is minimal and in conflict as far as was found, unless links, pins and
the calendar alone prove it. A repair is no guess: each was applied and a roadmap was found for it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.assessment.dates import start_of
from planner.edit.refused import Refused
from planner.graph.cycles import cycles
from planner.model.calendar import months_after
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue, Strategy
from planner.model.project import Pin, Project
from planner.rollout.changes.constraints import PLENTY, Constraint, constraints, minimal
from planner.rollout.changes.kinds import (
    Change,
    FreedPackage,
    HigherLimit,
    MoreCapacity,
    RelaxedLink,
    ShorterBreak,
    applied,
)
from planner.rollout.changes.promised import AddedPhase, FreeCount, LowerTarget, PhaseDates, Pinned
from planner.rollout.changes.trials import Enough, Trials
from planner.rollout.conflict import impossible
from planner.rollout.problem import Circular, Problem, TooFar
from planner.rollout.reasons.freely import freely
from planner.rollout.reasons.placed import Placed
from planner.rollout.remedies import Amounts, Remedy, cost, fixed, least, limit_above, more_of, ranked, work_in
from planner.rollout.result import Conflict, Proposal
from planner.rollout.watch import UNWATCHED, Watch
from planner.text.i18n import N_, said_in

BUDGET = 90
"""How many proposals a diagnosis may take."""

CORE_SHARE = 0.5
"""The part of the budget that may go into the minimal set."""

MOST_TENTHS = 30
"""More tenths of a full-time equivalent of one role than this are not offered."""

GOALS = 5
"""How many targets are tried that might be lowered."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is in conflict and what would mend it.

    ``core``: the fewest constraints found that cannot hold together, empty when none of the plan's own is to blame.
    ``proof``: whether that is certain, not only as far as was found. ``repairs``: the cheapest first, each verified.
    ``complete``: whether all that was meant to be tried could be.
    """

    conflicts: tuple[Conflict, ...]
    core: tuple[Constraint, ...]
    proof: bool
    repairs: tuple[Remedy, ...]
    complete: bool


def explain_infeasible(
    project: Project,
    strategy: Strategy,
    conflicts: Sequence[Conflict],
    *,
    phases: int | None = None,
    seed: int = 0,
    catalogue: Catalogue | None = None,
    kept: Pinned | None = None,
    budget: int = BUDGET,
    watch: Watch = UNWATCHED,
) -> Diagnosis:
    """Why ``propose(project, strategy, phases=phases, seed=seed)`` raised Infeasible with ``conflicts``, and repairs.

    With ``catalogue`` lowering a target is a repair, too. ``kept`` is a demand that no repair may weaken.
    """
    trials = Trials(strategy, phases, seed, max(1, round(budget * CORE_SHARE)), watch)
    proof, complete = False, True
    core: tuple[Constraint, ...] = ()
    try:
        core, proof = _core(project, conflicts, trials)
    except Enough:
        complete = False
    trials.budget = budget
    found: list[Remedy] = []
    try:
        for make, most in _families(project, strategy, conflicts, core, trials, catalogue, kept):
            remedy = _repair(project, trials, make, most)
            if remedy is not None and (kept is None or start_of(project, remedy.proposal.roadmap, kept.pin.item)):
                found.append(remedy)
    except Enough:
        complete = False
    unique = {remedy.changes: remedy for remedy in found}
    return Diagnosis(tuple(conflicts), core, proof, ranked([*unique.values()]), complete)


def _core(project: Project, conflicts: Sequence[Conflict], trials: Trials) -> tuple[tuple[Constraint, ...], bool]:
    """The minimal conflicting set, and whether it is proven. Raises Enough."""
    found = constraints(project, trials.phases)
    proven = _proven(project)

    def fails(kept: Sequence[Constraint]) -> bool:
        gone = tuple(c.relaxed for c in found if c not in kept)
        try:
            if proven:
                return _proven(applied(project, gone))
        except Refused:
            return False
        return not trials.works(project, gone)

    if not found or fails(()) or not fails(found):
        return (), False
    core = minimal(fails, found)
    return core, proven or {conflict.rule for conflict in conflicts} == {"pin"}


def _proven(project: Project) -> bool:
    """Whether links, pins and the calendar alone leave no roadmap."""
    try:
        return bool(impossible(Problem(project)))
    except (Circular, TooFar):
        return False


def _families(
    project: Project,
    strategy: Strategy,
    conflicts: Sequence[Conflict],
    core: Sequence[Constraint],
    trials: Trials,
    catalogue: Catalogue | None,
    kept: Pinned | None,
) -> Iterator[Amounts]:
    """Kinds of repairs, each by amount: promises later, what the core names, more staff, and at last lower goals."""
    blamed = [c.relaxed for c in core]
    if promises := _promises(project, conflicts, trials, kept):
        yield promises
    for change in blamed:
        if (
            (isinstance(change, Pinned) and "deadline" not in change.ways and not _weakens(change, kept))
            or isinstance(change, FreeCount)
            or (isinstance(change, PhaseDates) and change.end == "not_before")
        ):
            yield fixed(change)
        elif isinstance(change, HigherLimit):
            now = project.phase_by_id[change.phase].limit if change.phase else project.limits.absorption
            if change.phase or strategy.absorption is None:
                yield limit_above(now or 0, change.phase), 3
    if project.phases and trials.phases is None and any(conflict.rule == "phase" for conflict in conflicts):
        yield from _one_more_phase(project, trials, kept)
    if not _proven(project):
        yield from _staff(
            project, [c.role for c in blamed if isinstance(c, MoreCapacity)], _due(project, conflicts), trials
        )
    for change in blamed:
        if isinstance(change, ShorterBreak):
            yield work_in(change.period)
    yield from map(fixed, _links(project, conflicts, core))
    if any(conflict.rule == "cycle" for conflict in conflicts):
        yield from _openings(project)
    if catalogue:
        for goal in _goals(project, conflicts, catalogue):
            yield fixed(goal)


def _weakens(change: Pinned, kept: Pinned | None) -> bool:
    return kept is not None and change.pin.item == kept.pin.item and not set(change.ways).isdisjoint(kept.ways)


def _promises(project: Project, conflicts: Sequence[Conflict], trials: Trials, kept: Pinned | None) -> Amounts | None:
    """All missed promises later by as many days as each needs: by 1 of n, 2 of n ... n of n of the longest delay.

    What else is missed when those are moved is moved as well. None when a promise is demanded, or none is missed.
    """
    late: dict[tuple[str, str], int] = {}
    for _round in range(4):
        for conflict in conflicts:
            if conflict.rule in ("deadline", "phase") and conflict.days > 0:
                key = (conflict.rule, conflict.items[0])
                late[key] = late.get(key, 0) + conflict.days
        if not late or (kept and "deadline" in kept.ways and ("deadline", kept.pin.item) in late):
            return None
        found = trials.with_changes(project, _later(project, late, 1.0))
        if isinstance(found, Proposal):
            return _by_share(project, late)
        conflicts = found
    return None


def _by_share(project: Project, late: dict[tuple[str, str], int]) -> Amounts:
    most = max(late.values())
    return (lambda n: _later(project, late, n / most)), most


def _one_more_phase(project: Project, trials: Trials, kept: Pinned | None) -> Iterator[Amounts]:
    """One more phase for what does not fit into those that have an end; with later ends where that is not enough."""
    added = AddedPhase(said_in(project.engagement.language, N_("Afterwards")))
    longer = added.apply(project)
    found = trials.propose(longer, quick=True)
    if isinstance(found, Proposal):
        yield fixed(added)
    elif later := _promises(longer, found, trials, kept):
        make, most = later
        yield (lambda n: (added, *make(n))), most


def _later(project: Project, late: dict[tuple[str, str], int], share: float) -> tuple[Change, ...]:
    """Deadlines and phase ends later by a share of the days by which each is missed."""
    changes: list[Change] = []
    for (rule, item), days in late.items():
        more = timedelta(days=max(1, round(days * share)))
        pin = project.pin_by_item.get(item)
        phase = project.phase_by_id.get(item)
        if rule == "deadline" and pin and pin.deadline:
            changes.append(Pinned(Pin(item=item, deadline=pin.deadline + more), ("deadline",), more.days / 7))
        elif phase and phase.not_after:
            changes.append(PhaseDates(item, "not_after", phase.not_after + more))
    return tuple(changes)


def _due(project: Project, conflicts: Sequence[Conflict]) -> date | None:
    """The last of the promised days that are missed; None when none is."""
    days = []
    for conflict in conflicts:
        item = conflict.items[0] if conflict.items else ""
        if conflict.rule == "deadline" and item in project.pin_by_item:
            days.append(project.pin_by_item[item].deadline)
        elif conflict.rule == "phase" and item in project.phase_by_id:
            days.append(project.phase_by_id[item].not_after)
    return max((day for day in days if day), default=None)


def _staff(project: Project, blamed: Sequence[str], due: date | None, trials: Trials) -> Iterator[Amounts]:
    """More of each role that is to blame; where that is not enough, of the fewest roles that are enough together."""
    begin = project.engagement.start if due else None
    for role in blamed:
        changed = project.role_by_id[role].changes
        yield more_of(role, changed[-1].since if changed and not due else begin, due), MOST_TENTHS
    used = dict.fromkeys(role for package in project.packages for role in package.effort)
    found = [role for role in project.role_by_id if role in used]

    def enough(roles: Sequence[str]) -> bool:
        return trials.works(project, tuple(MoreCapacity(role, PLENTY, begin, due) for role in roles))

    if any(enough([role]) for role in blamed) or not enough(found):
        return
    roles = minimal(enough, found)
    if len(roles) > 1:
        yield (lambda n: tuple(MoreCapacity(role, n / 10, begin, due) for role in roles)), MOST_TENTHS
    elif roles:
        yield more_of(roles[0], begin, due), MOST_TENTHS


def _repair(project: Project, trials: Trials, make: Callable[[int], tuple[Change, ...]], most: int) -> Remedy | None:
    """The repair with the least amount, for as short a time as is enough, tried out. Raises Enough."""
    amount = least(lambda n: trials.works(project, make(n)), most)
    if amount is None:
        return None
    changes = make(amount)
    for place, change in enumerate(changes):
        if isinstance(change, MoreCapacity) and change.last:
            changes = _shorter(project, trials, changes, place)
    proposal = trials.with_changes(project, changes)
    return Remedy(changes, cost(project, changes), proposal) if isinstance(proposal, Proposal) else None


def _shorter(project: Project, trials: Trials, changes: tuple[Change, ...], place: int) -> tuple[Change, ...]:
    """``changes`` where the more of a role at ``place`` begins as many months later as is as good."""
    change = changes[place]
    assert isinstance(change, MoreCapacity)
    assert change.last is not None
    months = [max(change.first or project.engagement.start, project.engagement.start)]
    while (day := months_after(months[-1].replace(day=1), 1)) <= change.last:
        months.append(day)

    def from_month(number: int) -> tuple[Change, ...]:
        short = MoreCapacity(change.role, change.more, months[len(months) - number], change.last)
        return (*changes[:place], short, *changes[place + 1 :])

    needed = least(lambda n: n == len(months) or trials.works(project, from_month(n)), len(months))
    return changes if needed is None or needed == len(months) else from_month(needed)


def _links(project: Project, conflicts: Sequence[Conflict], core: Sequence[Constraint]) -> list[Change]:
    """Links and times to settle that could be given up: those the core names, and those behind a missed promise."""
    found = [c.relaxed for c in core if c.rule in ("dependency", "stabilisation")]
    try:
        problem = Problem(project)
    except (Circular, TooFar):  # circles have ways out of their own, and a calendar without days is no link's fault
        return found
    if not _proven(project):
        return found
    schedule = freely(problem)
    ideal = Placed(problem, (), schedule.start, schedule.finish, [""] * len(schedule.start))
    for conflict in conflicts:
        tasks = ideal.tasks(conflict.items[0]) if conflict.items else []
        reasons = ideal.held_up(tasks, links_only=True, most=12) if tasks else []
        found += [reason.lift for reason in reasons if reason.lift is not None]
    return list(dict.fromkeys(found))


def _openings(project: Project) -> Iterator[Amounts]:
    """Links on circles and in the order of packages that could be given up: each alone, or one of each circle."""
    ways = []
    for cycle in cycles(project):
        own: list[Change] = []
        for step in cycle.steps:
            if step.link and step.link.origin == "stage":
                own.append(FreedPackage(step.item, step.needs))
            elif step.link and step.link.origin == "dependency":
                own.append(RelaxedLink((step.item, step.needs, step.link.type)))
        ways.append(own)
    yield from map(fixed, dict.fromkeys(change for own in ways for change in own))
    if len(ways) > 1 and all(ways):
        yield fixed(*dict.fromkeys(own[0] for own in ways))


def _goals(project: Project, conflicts: Sequence[Conflict], catalogue: Catalogue) -> list[LowerTarget]:
    """Targets that could be lowered by a level because nothing else planned needs it: first those of what is late.

    The rest comes by importance; what has a deadline of its own that could be kept is left alone.
    """
    late = {item for conflict in conflicts for item in conflict.items[:1]}
    needed = {d.needs for d in project.dependencies if d.strength == "hard" and d.item in project.packages_of}
    highest: dict[str, int] = {}
    for item in project.capabilities:
        highest[process_of(item)] = max(level_of(item), highest.get(process_of(item), 0))
    found = []
    for process in project.processes:
        level = highest.get(process.id, 0)
        item = f"{process.id}@{level}"
        promised = item in project.pin_by_item and item not in late
        if level and process.in_scope and item not in needed and not promised and process.target_level >= level:
            found.append((item not in late, process.importance, LowerTarget(process.id, level - 1, catalogue)))
    found.sort(key=lambda entry: entry[:2])
    return [goal for _late, _importance, goal in found[:GOALS]]
