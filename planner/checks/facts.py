"""What several looks want to know about a plan, worked out once for all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.model.capability import level_of, process_of
from planner.model.measures import Milestone
from planner.model.project import Project, WorkPackage
from planner.rollout.result import Violation


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of something that the roadmap places."""

    start: date
    finish: date


@dataclass(frozen=True)
class Facts:
    """Facts of one plan, each worked out when it is first asked for."""

    project: Project

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """What the roadmap breaks; nothing when there is none."""
        from planner.rollout.verify import verify

        return verify(self.project) if self.project.roadmap else ()

    @cached_property
    def spans(self) -> dict[str, Span]:
        """When work packages and capabilities are worked; a capability only when all its packages are placed."""
        roadmap = self.project.roadmap
        if roadmap is None:
            return {}
        known = self.project.package_by_id
        spans = {item: Span(place.start, place.finish) for item, place in roadmap.packages.items() if item in known}
        for item, packages in self.project.packages_of.items():
            parts = [spans[package.id] for package in packages if package.id in spans]
            if item and len(parts) == len(packages):
                spans[item] = Span(min(part.start for part in parts), max(part.finish for part in parts))
        return spans

    @cached_property
    def go_lives(self) -> dict[str, date]:
        """By capability that the roadmap places: the day from which its level is lived, its last one."""
        return {item: self.spans[item].finish for item in self.project.capabilities if item in self.spans}

    @cached_property
    def milestones(self) -> tuple[tuple[Milestone, date], ...]:
        """The milestones that have a day, as given or by what they hang on, the earliest first."""
        from planner.assessment.milestones import dated

        return tuple((stone, day) for stone, day in dated(self.project) if day)

    @cached_property
    def phase_ends(self) -> dict[str, date]:
        """The last day of each phase in which something stands, in plan order."""
        roadmap = self.project.roadmap
        ends: dict[str, date] = {}
        for place in roadmap.packages.values() if roadmap else ():
            ends[place.phase] = max(ends.get(place.phase, place.finish), place.finish)
        return {phase.id: ends[phase.id] for phase in self.project.phases if phase.id in ends}

    @cached_property
    def finish(self) -> date | None:
        """The last day of all placed work; None when nothing is placed."""
        return max((span.finish for span in self.spans.values()), default=None)

    def lifting(self, level: int) -> Iterator[tuple[str, tuple[WorkPackage, ...]]]:
        """The planned capabilities of exactly ``level``, with their work packages, in plan order."""
        for item in self.project.capabilities:
            if level_of(item) == level:
                yield item, self.project.packages_of[item]

    @cached_property
    def reaches(self) -> dict[str, int]:
        """By process that the plan works on: the highest level that it lifts it to."""
        found: dict[str, int] = {}
        for item in self.project.capabilities:
            found[process_of(item)] = max(found.get(process_of(item), 0), level_of(item))
        return found

    def begins_before(self, first: str, other: str) -> bool:
        """Whether the roadmap has the package ``first`` begin before ``other`` has finished; False if it is open."""
        spans = self.spans
        return first in spans and other in spans and spans[first].start <= spans[other].finish
