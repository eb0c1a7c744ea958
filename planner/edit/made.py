"""What a part of the knowledge brings into a plan beside the packages of its processes."""

from dataclasses import dataclass

from planner.model.context import Overhead
from planner.model.measures import Indicator, Milestone
from planner.model.project import Dependency, Pin, WorkPackage


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Entries with ``source`` catalogue; what the plan holds in a version of its own stands instead of them."""

    packages: tuple[WorkPackage, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    pins: tuple[Pin, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    overheads: tuple[Overhead, ...] = ()
