"""How far an assessment has come: what was asked, what is answered, where assessors do not agree."""

from collections.abc import Collection
from dataclasses import dataclass

from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.rating import asked, profile_of, replies
from planner.model.values import LOWEST


@dataclass(frozen=True, slots=True)
class Answering:
    """Of the criteria that count towards the level of a process: how many there are and how many anybody answered.

    ``differing`` has for each dimension how many criteria assessors answered differently; only those that some are.
    """

    answered: int
    asked: int
    differing: tuple[tuple[str, int], ...] = ()

    @property
    def disputed(self) -> int:
        """Criteria that assessors answered differently."""
        return sum(times for _dimension, times in self.differing)


def answering(project: Project, catalogue: Catalogue) -> dict[str, Answering]:
    """By process, in scope or not; empty where no questionnaire fits the dimensions of the plan."""
    profile = profile_of(project, catalogue)
    if profile is None:
        return {}
    found = {}
    for process in project.processes:
        said = replies(project, process.id)
        counted = [c for c in asked(profile, process.id) if not c.symptom and c.level > LOWEST]
        differing: dict[str, int] = {}
        for criterion in counted:
            if len(set(said.get(criterion.code, {}).values())) > 1:
                differing[criterion.dimension] = differing.get(criterion.dimension, 0) + 1
        answered = sum(criterion.code in said for criterion in counted)
        found[process.id] = Answering(answered, len(counted), tuple(differing.items()))
    return found


def together(parts: Collection[Answering]) -> Answering:
    """The sum of some processes."""
    differing: dict[str, int] = {}
    for part in parts:
        for dimension, times in part.differing:
            differing[dimension] = differing.get(dimension, 0) + times
    return Answering(sum(part.answered for part in parts), sum(part.asked for part in parts), tuple(differing.items()))
