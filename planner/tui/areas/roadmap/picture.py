"""What the drawings of the roadmap are made of, worked out once for each project rather than at every key."""

from collections.abc import Iterable
from datetime import date

from planner.assessment.milestones import dated
from planner.export.outline import outline, unplaced
from planner.model.project import Baseline, Project

PHASE = "phase:"
"""Prefix of the keys of phases among those of items."""

MILESTONES = "milestone:"
"""The key of the row of milestones, and prefix of the keys of its rows."""

UNPLACED = ""
"""The id of the pseudo-phase that holds what has no place yet."""

Span = tuple[date, date]


class Picture:
    """One project as it is drawn; ``baseline`` is what its bars are compared with."""

    def __init__(self, project: Project, baseline: Baseline | None = None) -> None:
        self.project = project
        self.baseline = baseline
        self.placed = project.roadmap.packages if project.roadmap else {}
        self.phases = outline(project)
        self.phase_by_id = {phase.phase.id: phase for phase in self.phases}
        self.item_by_id = {item.id: item for phase in self.phases for item in phase.items}
        self.loose = without_place(project)
        self.milestones = dated(project)
        self.inside: dict[str, tuple[str, ...]] = {
            phase.phase.id: tuple(i for item in phase.items for i in (item.id, *(p.id for p in item.packages)))
            for phase in self.phases
        }
        if self.loose:
            packages = (p.id for item in self.loose for p in project.packages_of.get(item, ()))
            self.inside[UNPLACED] = (*self.loose, *packages)
        self.phase_of = {item: phase for phase, items in self.inside.items() for item in items}
        self.was = _were(project, baseline) if baseline else {}

    def packages(self, item: str) -> tuple[str, ...]:
        """The packages of a capability, a phase or a package by their ids."""
        if item in self.project.package_by_id:
            return (item,)
        if item in self.phase_by_id:
            return tuple(p.id for one in self.phase_by_id[item].items for p in one.packages)
        return tuple(package.id for package in self.project.packages_of.get(item, ()))

    def done(self, item: str) -> date | None:
        """Up to which day the work of an item counts as done; None when nothing has begun."""
        packages = self.packages(item)
        told = [self.project.progress_of[p] for p in packages if p in self.project.progress_of]
        if not told:
            return None
        finishes = [progress.finish for progress in told if progress.finish]
        if len(finishes) == len(packages):
            return max(finishes)
        return max(finishes) if len(finishes) == len(told) else self.project.engagement.as_of


def without_place(project: Project) -> tuple[str, ...]:
    """Capabilities, and packages of the whole programme, of which nothing has a place in the roadmap yet."""
    placed = project.roadmap.packages if project.roadmap else {}
    partly = {package.capability for package in project.packages if package.id in placed}
    items = (
        package.capability or package.id for package in unplaced(project) if package.capability not in partly - {""}
    )
    return tuple(dict.fromkeys(items))


def _were(project: Project, baseline: Baseline) -> dict[str, Span]:
    """Where the baseline had packages, capabilities and phases, by id."""
    found: dict[str, Span] = {}

    def add(item: str, start: date, finish: date) -> None:
        first, last = found.get(item, (start, finish))
        found[item] = (min(first, start), max(last, finish))

    for item, planned in baseline.packages.items():
        if planned.start and planned.finish:
            package = project.package_by_id.get(item)
            for owner in filter(None, (item, package.capability if package else "", PHASE + planned.phase)):
                add(owner, planned.start, planned.finish)
    return found


def with_parts(project: Project, items: Iterable[str]) -> frozenset[str]:
    """``items`` and the packages of those that are capabilities."""
    parts = {item: [package.id for package in project.packages_of.get(item, ())] for item in items}
    return frozenset(parts).union(*parts.values())
