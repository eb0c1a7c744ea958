"""How likely a process stands lower than its assessment says, judged by what the assessment rests on."""

from collections import Counter

from planner.assessment.scoring import disagreements, process_score
from planner.model.capability import process_of
from planner.model.knowledge import Catalogue
from planner.model.project import ProcessScope, Project
from planner.model.rating import asked, profile_of, replies
from planner.model.values import LOWEST

DAYS_OF_YEAR = 365.25


def doubts(project: Project, catalogue: Catalogue) -> dict[str, float]:
    """The probability, by process with planned work, that its level is one lower than the plan says.

    The numbers are judgement of the catalogue (``known.risk.BaselineDoubt``). A process that has nothing above the
    lowest level cannot stand lower and is left out.
    """
    differing = Counter(found.process for found in disagreements(project, catalogue))
    moving = {process_of(item) for item in project.capabilities}
    return {
        process.id: _doubt(project, catalogue, process, differing[process.id])
        for process in project.processes
        if process.id in moving and max(process.baseline.values()) > LOWEST
    }


def _doubt(project: Project, catalogue: Catalogue, process: ProcessScope, differing: int) -> float:
    rules = catalogue.defaults.risk.baseline
    score = process_score(project, catalogue, process)
    base = {"given": rules.given, "by hand": rules.by_hand, "answers": rules.answered}
    standing = [dimension for dimension in score.dimensions if process.baseline[dimension.dimension] > LOWEST]
    found = max(base[dimension.basis] for dimension in standing)
    if any(dimension.basis == "answers" for dimension in standing):
        if any(dimension.lowest < dimension.level for dimension in standing):
            found += rules.open
        if shared := _shared(project, catalogue, process.id):
            found += rules.disagreed * differing / shared
        if (backed := score.confidence) is not None:
            found += rules.unbacked * (1 - backed)
    if project.engagement.assessed is not None:
        age = (project.engagement.start - project.engagement.assessed).days / DAYS_OF_YEAR
        found += rules.yearly * max(0.0, age)
    return min(found, rules.most)


def _shared(project: Project, catalogue: Catalogue, process: str) -> int:
    """How many criteria about ``process`` more than one assessor answered."""
    profile = profile_of(project, catalogue)
    said = replies(project, process)
    return sum(len(said.get(criterion.code, {})) > 1 for criterion in asked(profile, process)) if profile else 0
