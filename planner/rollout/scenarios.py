"""The scenarios of a plan beside the plan itself: each proposed anew, with what it changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from planner.assessment.dates import finish_of
from planner.edit.refused import Refused
from planner.edit.scenarios import applied
from planner.model.knowledge import Catalogue, Strategy
from planner.model.project import Project, Roadmap, Scenario
from planner.rollout.propose import propose
from planner.rollout.result import Infeasible, Proposal
from planner.rollout.watch import UNWATCHED, Watch


@dataclass(frozen=True, slots=True)
class Shift:
    """A capability that is reached on another day than in the base; None: it is not in that plan."""

    item: str
    was: date | None
    now: date | None

    @property
    def days(self) -> int:
        """By how many calendar days it is reached later; 0 where it is in one of the two plans only."""
        return (self.now - self.was).days if self.was and self.now else 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one scenario (None: the plan as it is).

    ``proposal`` is None when there is no roadmap; ``conflicts`` then says why. ``shifts`` is what is reached on another
    day than in the base, by how much.
    """

    scenario: Scenario | None
    project: Project
    strategy: Strategy
    proposal: Proposal | None
    conflicts: tuple[str, ...] = ()
    shifts: tuple[Shift, ...] = ()

    @property
    def finish(self) -> date | None:
        """When all work is done."""
        return _finish(self.proposal.roadmap) if self.proposal else None


def outcomes(
    project: Project,
    catalogue: Catalogue,
    strategy: Strategy,
    *,
    seed: int = 0,
    watch: Watch = UNWATCHED,
    told: Callable[[Outcome], None] | None = None,
) -> tuple[Outcome, ...]:
    """The plan as it is, and after it each of its scenarios, all proposed with ``strategy`` unless they name another.

    ``told`` is called with each as soon as it is found. Strategies that the templates do not have raise KeyError.
    """
    base = _proposed(None, project, strategy, None, seed, watch)
    found = [base]
    if told:
        told(base)
    for scenario in project.scenarios:
        if watch.stopped():
            break
        other = catalogue.strategy_by_id[scenario.strategy] if scenario.strategy else strategy
        try:
            outcome = _proposed(scenario, applied(project, scenario, catalogue), other, base, seed, watch)
        except Refused as refused:
            outcome = Outcome(scenario, project, other, None, (str(refused),))
        found.append(outcome)
        if told:
            told(outcome)
    return tuple(found)


def _proposed(
    scenario: Scenario | None, project: Project, strategy: Strategy, base: Outcome | None, seed: int, watch: Watch
) -> Outcome:
    try:
        proposal = propose(project, strategy, seed=seed, watch=watch)
    except Infeasible as impossible:
        return Outcome(scenario, project, strategy, None, tuple(one.message for one in impossible.conflicts))
    shifts = _shifts(base, project, proposal.roadmap) if base else ()
    return Outcome(scenario, project, strategy, proposal, (), shifts)


def _shifts(base: Outcome, project: Project, roadmap: Roadmap) -> tuple[Shift, ...]:
    """What is reached on another day, what moves most first; what is in one plan only comes last."""
    if base.proposal is None:
        return ()
    items = dict.fromkeys((*base.project.capabilities, *project.capabilities))
    found = [
        Shift(
            item,
            finish_of(base.project, base.proposal.roadmap, item) if item in base.project.packages_of else None,
            finish_of(project, roadmap, item) if item in project.packages_of else None,
        )
        for item in items
    ]
    return tuple(sorted((one for one in found if one.was != one.now), key=lambda one: (-abs(one.days), one.item)))


def _finish(roadmap: Roadmap) -> date:
    return max(place.finish for place in roadmap.packages.values())
