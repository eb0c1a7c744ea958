"""How customers score what they live through, stage by stage (domain.md §9): each item of the survey 1 to 5."""

from collections.abc import Iterable

from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.values import HIGHEST


def averages(project: Project, catalogue: Catalogue) -> dict[str, float | None]:
    """The mean score of each stage, by id; None where no item of it is scored."""
    scores = project.experience.scores
    return {
        stage.id: mean(scores[item.id] for item in stage.items if item.id in scores) for stage in catalogue.experience
    }


def overall(project: Project, catalogue: Catalogue) -> float | None:
    """The mean of all scored items of the survey, whatever their stage; None when none is scored."""
    scores = project.experience.scores
    return mean(scores[item.id] for stage in catalogue.experience for item in stage.items if item.id in scores)


def worst(project: Project, catalogue: Catalogue, most: int = 3) -> tuple[str, ...]:
    """The ids of the items scored lowest, at most ``most``, worst first; those with full marks are not among them."""
    scores = project.experience.scores
    items = [
        item.id for stage in catalogue.experience for item in stage.items if scores.get(item.id, HIGHEST) < HIGHEST
    ]
    return tuple(sorted(items, key=lambda item: scores[item])[:most])


def mean(scores: Iterable[int]) -> float | None:
    """The mean of ``scores``; None when there are none."""
    known = list(scores)
    return sum(known) / len(known) if known else None
