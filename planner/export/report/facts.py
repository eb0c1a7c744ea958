"""What several sections want to know about a plan, worked out once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from planner.assessment.effort import by_phase, total
from planner.export.outline import Item, PhaseOutline, outline, unplaced
from planner.export.report.parts import Span
from planner.graph.closure import Need, needs_of
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue
from planner.model.project import Placement, ProcessScope, Project, WorkPackage
from planner.model.values import LOWEST, Effort
from planner.rollout.metrics import loads, metrics
from planner.rollout.phase_words import PhaseFacts, phase_facts
from planner.rollout.result import Metrics
from planner.rollout.workload import Workload, workload
from planner.text.i18n import language


@dataclass(frozen=True)
class Facts:
    """Facts of one plan, each worked out when it is first asked for."""

    project: Project
    catalogue: Catalogue

    @cached_property
    def placed(self) -> Mapping[str, Placement]:
        """Where the roadmap has work packages; nothing without one."""
        known, roadmap = self.project.package_by_id, self.project.roadmap
        return {item: place for item, place in roadmap.packages.items() if item in known} if roadmap else {}

    @cached_property
    def phases(self) -> tuple[PhaseOutline, ...]:
        """The phases with what they deliver."""
        return outline(self.project)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The phases on their days."""
        return tuple(Span(part.phase.id, part.number, part.phase.name, part.start, part.finish) for part in self.phases)

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Phases by id, counted from 1."""
        return {part.phase.id: part.number for part in self.phases}

    @cached_property
    def said(self) -> Mapping[str, PhaseFacts]:
        """What each phase says."""
        return phase_facts(self.project, self.catalogue)

    @cached_property
    def metrics(self) -> Metrics | None:
        """What the roadmap is worth; None where nothing is placed."""
        roadmap = self.project.roadmap
        return metrics(self.project, roadmap) if roadmap is not None and self.placed else None

    @cached_property
    def loads(self) -> Mapping[str, Mapping[date, float]]:
        """Full-time equivalents in use, by role and worked day."""
        return loads(self.project, self.project.roadmap) if self.project.roadmap is not None else {}

    @cached_property
    def workload(self) -> Workload:
        """The work of each role week by week, beside what it can do."""
        roadmap = self.project.roadmap
        return workload(self.project, roadmap) if roadmap is not None else Workload((), {})

    @cached_property
    def needs(self) -> Mapping[str, Need]:
        """Every capability that the targets call for."""
        return needs_of(self.project)

    @cached_property
    def waiting(self) -> tuple[WorkPackage, ...]:
        """Work packages without a place in the roadmap."""
        return unplaced(self.project)

    @cached_property
    def first(self) -> date | None:
        """The first day on which anything is worked."""
        return min((place.start for place in self.placed.values()), default=None)

    @cached_property
    def last(self) -> date | None:
        """The last day on which anything is worked."""
        return max((place.finish for place in self.placed.values()), default=None)

    @cached_property
    def effort(self) -> Effort:
        """Person-days of all work packages."""
        return total(self.project.packages)

    @cached_property
    def effort_by_phase(self) -> Mapping[str, Effort]:
        """Person-days of the packages placed in each phase; under ``""`` those of packages without a place."""
        return by_phase(self.project)

    @cached_property
    def done(self) -> frozenset[str]:
        """The work packages that are finished."""
        return frozenset(progress.package for progress in self.project.progress if progress.finish)

    @cached_property
    def achieved(self) -> tuple[str, ...]:
        """The capabilities of which all work is finished, in plan order."""
        of = self.project.packages_of
        return tuple(item for item in self.project.capabilities if all(one.id in self.done for one in of[item]))

    @cached_property
    def placed_items(self) -> tuple[tuple[int, Item], ...]:
        """What stands on the roadmap, with the number of its phase, by phase and start."""
        return tuple((part.number, item) for part in self.phases for item in part.items)

    @cached_property
    def reached(self) -> Mapping[str, date]:
        """The day on which each capability is reached; only those whose packages all have a place."""
        waiting = {package.capability for package in self.waiting}
        return {
            item.id: item.finish for _number, item in self.placed_items if "@" in item.id and item.id not in waiting
        }

    @cached_property
    def processes(self) -> tuple[ProcessScope, ...]:
        """The processes that are in scope or worked on, in plan order."""
        worked = {process_of(item) for item in self.project.capabilities}
        return tuple(process for process in self.project.processes if process.in_scope or process.id in worked)

    @cached_property
    def wanted(self) -> Mapping[str, int]:
        """The level to which each process is to come: its target's, or what others need of it where that is more."""
        found = {p.id: max(p.level, p.target_level if p.in_scope else 0) for p in self.project.processes}
        for need in self.needs.values():
            if need.whole and process_of(need.item) in found:
                found[process_of(need.item)] = max(found[process_of(need.item)], level_of(need.item))
        return found

    @cached_property
    def now(self) -> Mapping[str, int]:
        """The level of each process today."""
        return {process.id: process.level for process in self.project.processes}

    @cached_property
    def levels_after(self) -> tuple[Mapping[str, int], ...]:
        """The level of each process at the end of each phase.

        A capability that is built for some dimensions only lifts those, and the process stays at its weakest.
        """
        whole = {need.item for need in self.needs.values() if need.whole}
        now = {process.id: dict(process.baseline) for process in self.project.processes}
        found = []
        for part in self.phases:
            for item in part.capabilities:
                process, level = process_of(item), level_of(item)
                if item not in self.reached or process not in now:
                    continue
                for dimension in now[process] if item in whole else self._lifted(item):
                    now[process][dimension] = max(level, now[process].get(dimension, level))
            found.append({process: min(levels.values()) for process, levels in now.items()})
        return tuple(found)

    def _lifted(self, item: str) -> set[str]:
        packages = self.project.packages_of[item]
        return {dimension for package in packages for dimension in self.project.lifted_by(package.workstream)}

    @cached_property
    def strategy_name(self) -> str:
        """What people call the strategy of the roadmap, else that of the plan; empty without one."""
        roadmap = self.project.roadmap
        ident = (roadmap.strategy if roadmap else "") or self.project.engagement.strategy
        known = self.catalogue.strategy_by_id.get(ident)
        return known.name.in_(language()) if known else ident

    def process(self, ident: str) -> str:
        """What the plan calls a process, or else the catalogue; its id where neither knows it."""
        own, known = self.project.process_by_id.get(ident), self.catalogue.process_by_id.get(ident)
        if own is None and known is not None:
            return known.name.in_(self.project.engagement.language)
        return own.name if own else ident

    def title(self, item: str) -> str:
        """What people call a capability, also of a process that the plan does not have, or a work package."""
        if process := process_of(item):
            return f"{self.process(process)} {level_of(item)}"
        return self.project.title(item)

    def index(self, levels: Mapping[str, int]) -> float:
        """The mean of ``levels`` over the processes in scope."""
        found = [levels[process.id] for process in self.project.processes if process.in_scope]
        return sum(found) / len(found) if found else float(LOWEST)

    def available(self, first: date, last: date) -> dict[str, float]:
        """Person-days that each role can give from ``first`` to ``last``."""
        days = self.worked(first, last)
        return {role.id: sum(role.capacity(day) for day in days) for role in self.project.roles}

    def worked(self, first: date, last: date) -> Sequence[date]:
        """The working days from ``first`` to ``last``, both included."""
        every = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in every if self.project.calendar.is_working(day)]
