"""Where the organisation stands and where it is to go (domain.md §3.4): the weakest dimension makes a process level."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import floor

from planner.model.project import Project
from planner.model.values import LOWEST


@dataclass(frozen=True, slots=True)
class Gap:
    """A dimension of a process that is to rise, by how many levels."""

    process: str
    dimension: str
    now: int
    target: int

    @property
    def gap(self) -> int:
        """Levels to climb."""
        return self.target - self.now


def organisation_index(project: Project, target: bool = False) -> float:
    """The mean level of the processes in scope, now or (``target``) as wanted; the lowest level when there are none."""
    levels = [p.target_level if target else p.level for p in project.processes if p.in_scope]
    return sum(levels) / len(levels) if levels else float(LOWEST)


def organisation_level(project: Project) -> int:
    """The organisation's level now: the mean over the processes in scope, rounded down."""
    return floor(organisation_index(project))


def organisation_target(project: Project) -> int:
    """The organisation's level once every target in scope is reached, rounded down."""
    return floor(organisation_index(project, target=True))


def staged_level(project: Project, core: Collection[str], target: bool = False) -> int:
    """The organisation's level by the stricter rule: the lowest among the processes ``core`` that are in scope.

    It is the lowest level there is when none of them is. ``target``: as wanted instead of now.
    """
    levels = [p.target_level if target else p.level for p in project.processes if p.in_scope and p.id in core]
    return min(levels, default=LOWEST)


def gaps(project: Project) -> tuple[Gap, ...]:
    """What is to rise among processes in scope: biggest gap first, then in the order of the plan."""
    return tuple(sorted(_gaps(project), key=lambda gap: -gap.gap))


def _gaps(project: Project) -> Iterator[Gap]:
    for process in project.processes:
        if process.in_scope:
            for dimension in project.dimension_ids:
                now, target = process.baseline[dimension], process.target[dimension]
                if target > now:
                    yield Gap(process.id, dimension, now, target)
