"""Proposals for changed plans, so many at most: how explanations and repairs are verified."""

from dataclasses import dataclass, replace

from planner.edit.refused import Refused
from planner.model.knowledge import Strategy
from planner.model.project import Project
from planner.rollout.changes.kinds import Change, applied
from planner.rollout.changes.promised import FreeCount
from planner.rollout.propose import propose
from planner.rollout.result import Conflict, Infeasible, Proposal
from planner.rollout.watch import UNWATCHED, Watch

QUICK = 80
"""How many schedules a quick try may make before it is satisfied with the best it has."""


class Few(Watch):
    """Hands on what it sees, and ends the search after so many schedules."""

    def __init__(self, watch: Watch, schedules: int) -> None:
        self._watch = watch
        self._left = schedules

    def stopped(self) -> bool:
        self._left -= 1
        return self._left < 0 or self._watch.stopped()


class Enough(Exception):
    """The budget of proposals is used up, or somebody stopped it."""


@dataclass(slots=True)
class Trials:
    """Tries plans out with one strategy, number of phases and seed.

    ``budget`` is how many proposals may be made; ``made`` how many were.
    """

    strategy: Strategy
    phases: int | None = None
    seed: int = 0
    budget: int = 60
    watch: Watch = UNWATCHED
    made: int = 0

    def propose(self, project: Project, *, free: bool = False, quick: bool = False) -> Proposal | tuple[Conflict, ...]:
        """The proposal for ``project``, or the conflicts when none was found. Raises Enough.

        ``free``: with as many phases as the engine chooses. ``quick``: any roadmap will do.
        """
        if self.made >= self.budget or self.watch.stopped():
            raise Enough
        self.made += 1
        count = None if free else self.phases
        watch = Few(self.watch, QUICK) if quick else self.watch
        try:
            return propose(project, self.strategy, phases=count, seed=self.seed, watch=watch)
        except Infeasible as infeasible:
            return infeasible.conflicts

    def with_changes(
        self, project: Project, changes: tuple[Change, ...], *, quick: bool = False
    ) -> Proposal | tuple[Conflict, ...]:
        """The proposal for ``project`` with ``changes``. Raises Refused where they cannot be, and Enough."""
        free = any(isinstance(change, FreeCount) for change in changes)
        return self.propose(applied(project, changes), free=free, quick=quick)

    def works(self, project: Project, changes: tuple[Change, ...]) -> bool:
        """Whether there is a roadmap with ``changes``, as far as a quick try finds. Raises Enough."""
        try:
            return isinstance(self.with_changes(project, changes, quick=True), Proposal)
        except Refused:
            return False


def adopted(project: Project, proposal: Proposal) -> Project:
    """``project`` with a proposal as its roadmap."""
    return replace(project, roadmap=proposal.roadmap, phases=proposal.phases)
