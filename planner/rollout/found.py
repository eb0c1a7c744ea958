"""The roadmaps found in a session, side by side with the adopted one; none of them stands in the plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from planner.model.knowledge import Strategy
from planner.model.project import Project, Roadmap
from planner.model.values import Fixed
from planner.rollout.adopting import same_question
from planner.rollout.compare import ADOPTED, Candidate, Comparison, adopted, side_by_side
from planner.rollout.propose import Solver
from planner.rollout.result import Infeasible
from planner.rollout.verify import verify

MOST = 40
"""So many roadmaps are kept; the oldest goes when another one is found."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a search is to go: see ``propose``."""

    solver: Solver = "heuristic"
    time_limit: float | None = None
    phases: int | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Search:
    """How a search went: seconds, schedules tried, and pairs of seconds and the value of the best, one for each better.

    ``early``: somebody ended it before its time.
    """

    seconds: float = 0.0
    tried: int = 0
    trail: tuple[tuple[float, float], ...] = ()
    early: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A roadmap, the plan that it was made for, and how it was searched."""

    candidate: Candidate
    made_for: Project
    asked: Asked
    search: Search = Search()

    @property
    def id(self) -> str:
        """What tells it from the others."""
        return self.candidate.id

    def stale(self, project: Project) -> bool:
        """Whether ``project`` has changed in something that the roadmap answers to."""
        return not same_question(self.made_for, project)


@dataclass(frozen=True, slots=True)
class Failed:
    """A strategy without a roadmap, and why."""

    error: Infeasible
    made_for: Project
    asked: Asked
    search: Search = Search()

    def holds(self, project: Project, asked: Asked) -> bool:
        """Whether the same search of ``project`` would end alike."""
        return self.asked == asked and same_question(self.made_for, project)


class Session:
    """What was found since the plan was opened, in the order in which it was found."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.failed: dict[str, Failed] = {}
        """The strategies that had no roadmap when they were last tried, by id."""
        self._numbers = count(1)

    def add(self, found: Found) -> Found:
        """Keep ``found`` under an id and a name of its own; where it is known already, the one that is known."""
        candidate = found.candidate
        for known in self.found:
            if (known.candidate.roadmap.packages, known.candidate.phases) == (
                candidate.roadmap.packages,
                candidate.phases,
            ) and same_question(known.made_for, found.made_for):
                return known
        names = {known.candidate.name for known in self.found}
        name = next(n for n in (candidate.name, *(f"{candidate.name} ({k})" for k in range(2, 99))) if n not in names)
        kept = replace(found, candidate=replace(candidate, id=f"found:{next(self._numbers)}", name=name))
        self.found = [*self.found[1 - MOST :], kept]
        return kept

    def remove(self, ident: str) -> None:
        """Forget one."""
        self.found = [found for found in self.found if found.id != ident]

    def by_id(self, ident: str) -> Found | None:
        """The one called ``ident``."""
        return next((found for found in self.found if found.id == ident), None)


def measured(project: Project, found: Sequence[Found], strategy: Strategy, base: str = "") -> Comparison:
    """The adopted roadmap and those ``found`` side by side, as the plan is now; may take a moment.

    One made for an earlier state of the plan is judged anew. ``base`` is the id of the one with which the others are
    compared, else the adopted one, else the first. ``strategy`` is any: figures are the same under each.
    """
    candidates = [*adopted(project), *(_now(project, one) for one in found)]
    ids = [candidate.id for candidate in candidates]
    reference = next((ident for ident in (base, ADOPTED, *ids) if ident in ids), "")
    return side_by_side(project, strategy, candidates, (), reference)


def _now(project: Project, found: Found) -> Candidate:
    candidate = found.candidate
    if not found.stale(project):
        return candidate
    roadmap = _of_today(project, candidate.roadmap)
    broken = tuple(violation.message for violation in verify(project, roadmap, candidate.phases))
    return replace(candidate, roadmap=roadmap, broken=broken)


def _of_today(project: Project, roadmap: Roadmap) -> Roadmap:
    """``roadmap`` without what is no longer in the plan."""
    places = {name: place for name, place in roadmap.packages.items() if name in project.package_by_id}
    return replace(roadmap, packages=Fixed(places))
