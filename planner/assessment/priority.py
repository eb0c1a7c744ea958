"""Which gaps to close first: gap x importance x pain (domain.md §5; the weight of pains is judgement)."""

from dataclasses import dataclass

from planner.model.knowledge import Catalogue
from planner.model.project import ProcessScope, Project


@dataclass(frozen=True, slots=True)
class Priority:
    """How much a process asks to be lifted, with the parts of the product.

    ``gap``: levels to climb in the dimension that has most to climb. ``pains``: the ticked ones that name the process.
    """

    process: str
    gap: int
    importance: int
    pain_factor: float
    pains: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """The product."""
        return self.gap * self.importance * self.pain_factor


def priorities(project: Project, catalogue: Catalogue) -> tuple[Priority, ...]:
    """The processes in scope that are to rise, most urgent first, then in the order of the plan."""
    found = (_priority(project, catalogue, process) for process in project.processes if process.in_scope)
    return tuple(sorted((one for one in found if one.gap > 0), key=lambda one: -one.value))


def _priority(project: Project, catalogue: Catalogue, process: ProcessScope) -> Priority:
    pains = [pain for pain in project.pains if process.id in pain.levels]
    return Priority(
        process.id,
        gap=max(process.target[dimension] - process.baseline[dimension] for dimension in project.dimension_ids),
        importance=process.importance,
        pain_factor=1 + catalogue.defaults.scoring.pain_weight * sum(pain.weight for pain in pains),
        pains=tuple(pain.id for pain in pains),
    )
