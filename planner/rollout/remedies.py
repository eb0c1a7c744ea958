"""What would move an item: the single changes of a plan after which a new proposal starts it earlier.

Candidates come from the reasons that bind it and from the chain behind it. Each is tried by proposing anew, with the
smallest amount that works; they are ranked by cost (``changes``).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from planner.assessment.dates import start_of
from planner.edit.refused import Refused
from planner.model.calendar import ONE_DAY, Period
from planner.model.knowledge import Strategy
from planner.model.project import Project
from planner.rollout.changes.kinds import Change, HigherLimit, MoreCapacity, ShorterBreak, applied
from planner.rollout.changes.promised import Pinned
from planner.rollout.changes.trials import Enough, Trials
from planner.rollout.explain import explain
from planner.rollout.result import Conflict, Explanation, Proposal
from planner.rollout.watch import UNWATCHED, Watch
from planner.text.i18n import _

MOST_TENTHS = 16
"""More tenths of a full-time equivalent of one role than this are not offered."""

BUDGET = 60
"""How many proposals a search for remedies may take."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """Changes of a plan that do what was wanted, tried out: ``proposal`` is what comes of them.

    ``start`` is the day on which the item in question then starts, and ``days`` by how many calendar days that is
    earlier than now; without an item both are empty.
    """

    changes: tuple[Change, ...]
    cost: float
    proposal: Proposal
    start: date | None = None
    days: int = 0

    def edit(self, project: Project) -> Project:
        """``project`` with the changes. Raises Refused where it has become another plan meanwhile."""
        return applied(project, self.changes)

    def said(self) -> str:
        """What to change, in words."""
        return _("; and ").join(change.said() for change in self.changes)

    def toml(self, project: Project) -> tuple[str, ...]:
        """What to write in the plan file, line by line."""
        return tuple(change.toml(project) for change in self.changes)

    @property
    def finish(self) -> date:
        """When all work is done then."""
        return max(place.finish for place in self.proposal.roadmap.packages.values())


@dataclass(frozen=True, slots=True)
class Remedies:
    """The remedies found, the best first. ``again``: by how many days the item is earlier when the plan is proposed
    again without any change. ``complete``: whether all candidates were tried."""

    found: tuple[Remedy, ...]
    again: int = 0
    complete: bool = True


Amounts = tuple[Callable[[int], tuple[Change, ...]], int]
"""Changes by their amount, from 1 to a largest one: more of it helps at least as much."""


def movers(
    project: Project, item: str, strategy: Strategy, *, budget: int = BUDGET, watch: Watch = UNWATCHED
) -> Remedies:
    """Single changes after which a new proposal starts ``item`` earlier than its roadmap has it.

    The proposals have the strategy, the number of phases and the seed of the roadmap. Raises KeyError when ``item`` has
    no place in it.
    """
    told = explain(project, item)
    roadmap = project.roadmap
    assert roadmap is not None, "explain wants one"
    trials = Trials(strategy, len(project.phases), roadmap.seed, budget, watch)
    found: list[Remedy] = []
    again = 0
    try:
        begun = _start(project, trials.propose(project), item) or told.start
        before = min(told.start, begun)
        again = (told.start - before).days

        def better(proposal: Proposal) -> bool:
            start = start_of(project, proposal.roadmap, item)
            return start is not None and start < before

        for make, most in _candidates(project, told):
            remedy = smallest(project, trials, make, most, better)
            if remedy is not None:
                start = _start(project, remedy.proposal, item)
                assert start is not None
                found.append(Remedy(remedy.changes, remedy.cost, remedy.proposal, start, (told.start - start).days))
    except Enough:
        return Remedies(ranked(found), again, complete=False)
    return Remedies(ranked(found), again)


def smallest(
    project: Project,
    trials: Trials,
    make: Callable[[int], tuple[Change, ...]],
    most: int,
    good: Callable[[Proposal], bool],
) -> Remedy | None:
    """The remedy with the least amount, of those tried by halving from ``most``, whose proposal is ``good``.

    None when the largest amount does not help or is refused. Raises Enough before anything was found.
    """
    best: Remedy | None = None

    def helps(amount: int) -> bool:
        nonlocal best
        changes = make(amount)
        try:
            proposal = trials.with_changes(project, changes)
        except Refused:
            return False
        if not isinstance(proposal, Proposal) or not good(proposal):
            return False
        best = Remedy(changes, cost(project, changes), proposal)
        return True

    with suppress(Enough):
        least(helps, most)
        return best
    if best is None:
        raise Enough
    return best


def least(helps: Callable[[int], bool], most: int) -> int | None:
    """The smallest number from 1 to ``most`` that ``helps``, found by halving; None when not even ``most`` does."""
    if not helps(most):
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        if helps(middle):
            high = middle
        else:
            low = middle
    return high


def cost(project: Project, changes: Sequence[Change]) -> float:
    """What changes cost together; see ``changes``."""
    return round(sum(change.cost(project) for change in changes), 2)


def ranked(found: Sequence[Remedy]) -> tuple[Remedy, ...]:
    """The cheapest first; of those that cost the same the one that moves the item more, then the earlier finish."""
    return tuple(sorted(found, key=lambda remedy: (remedy.cost, -remedy.days, remedy.finish, remedy.said())))


def _start(project: Project, proposal: Proposal | tuple[Conflict, ...], item: str) -> date | None:
    return start_of(project, proposal.roadmap, item) if isinstance(proposal, Proposal) else None


def _candidates(project: Project, told: Explanation) -> Iterator[Amounts]:
    """What to try, what is cheap first: the lifts of the reasons, by role, limit, pin, phase, blackout and link."""
    reasons = [*told.reasons, *(step.reason for step in told.chain)]
    lifts = list(dict.fromkeys(reason.lift for reason in reasons if reason.lift is not None))
    roles = dict.fromkeys(lift.role for lift in lifts if isinstance(lift, MoreCapacity))
    phases = dict.fromkeys(lift.phase for lift in lifts if isinstance(lift, HigherLimit))
    for lift in lifts:
        if isinstance(lift, Pinned):
            yield fixed(lift)
    for role in roles:
        days = [r.first for r in reasons if isinstance(r.lift, MoreCapacity) and r.lift.role == role and r.first]
        yield more_of(role, min(days), told.finish), MOST_TENTHS
    for phase in phases:
        now = project.phase_by_id[phase].limit if phase else project.limits.absorption
        yield limit_above(now or 0, phase), 2
    for period in project.calendar.blackouts:
        if project.engagement.start <= period.last and period.first < told.start:
            yield work_in(period)
    for lift in lifts:
        if not isinstance(lift, (MoreCapacity, HigherLimit, Pinned, ShorterBreak)):
            yield fixed(lift)


def fixed(*changes: Change) -> Amounts:
    """Changes that have one amount only."""
    return lambda amount: changes, 1


def limit_above(limit: int, phase: str) -> Callable[[int], tuple[Change, ...]]:
    """A limit on change that is higher by the amount, in the plan or a phase."""
    return lambda more: (HigherLimit(limit + more, phase),)


def work_in(period: Period) -> Amounts:
    """A blackout that is shorter by days from its end, until nothing is left of it."""
    length = (period.last - period.first).days + 1
    return (lambda less: (ShorterBreak(period, period.last - less * ONE_DAY),)), length


def more_of(role: str, first: date | None, last: date | None) -> Callable[[int], tuple[Change, ...]]:
    """More of a role, by tenths of a full-time equivalent."""
    return lambda tenths: (MoreCapacity(role, tenths / 10, first, last),)
