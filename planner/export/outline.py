"""A roadmap told phase by phase: what every format and every text view of it begins with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.model.project import Phase, Placement, Project, Roadmap, WorkPackage


@dataclass(frozen=True, slots=True)
class Item:
    """A capability, or a work package of the whole programme, on its days: first start to last finish."""

    id: str
    start: date
    finish: date
    packages: tuple[WorkPackage, ...]

    @property
    def person_days(self) -> float:
        """Likely effort of all its packages."""
        return sum(package.person_days for package in self.packages)


@dataclass(frozen=True, slots=True)
class PhaseOutline:
    """A phase and what it delivers, in order of start; no dates when nothing stands in it."""

    phase: Phase
    number: int
    start: date | None
    finish: date | None
    items: tuple[Item, ...]

    @property
    def capabilities(self) -> tuple[str, ...]:
        """Ids of the capabilities reached in this phase."""
        return tuple(item.id for item in self.items if "@" in item.id)

    @property
    def person_days(self) -> float:
        """Likely effort of all packages of its items."""
        return sum(item.person_days for item in self.items)


def outline(
    project: Project, roadmap: Roadmap | None = None, phases: tuple[Phase, ...] | None = None
) -> tuple[PhaseOutline, ...]:
    """The phases with what stands in them; ``roadmap`` and ``phases`` default to the plan's own.

    A capability belongs to the phase in which its last package finishes. What has no place yet is left
    out; see :func:`unplaced`.
    """
    roadmap = roadmap if roadmap is not None else project.roadmap
    phases = phases if phases is not None else project.phases
    placed = roadmap.packages if roadmap else {}
    by_phase: dict[str, list[Item]] = {}
    for ident, packages in _items(project):
        here = [(package, placed[package.id]) for package in packages if package.id in placed]
        if here:
            item = Item(ident, min(p.start for _w, p in here), max(p.finish for _w, p in here), packages)
            by_phase.setdefault(_last(p for _w, p in here).phase, []).append(item)
    found = []
    for number, phase in enumerate(phases, 1):
        items = sorted(by_phase.get(phase.id, ()), key=lambda item: item.start)
        first = min((item.start for item in items), default=None)
        last = max((item.finish for item in items), default=None)
        found.append(PhaseOutline(phase, number, first, last, tuple(items)))
    return tuple(found)


def unplaced(project: Project, roadmap: Roadmap | None = None) -> tuple[WorkPackage, ...]:
    """Work packages that the roadmap (default: the plan's own) gives no days."""
    roadmap = roadmap if roadmap is not None else project.roadmap
    placed = roadmap.packages if roadmap else {}
    return tuple(package for package in project.packages if package.id not in placed)


def _items(project: Project) -> Iterable[tuple[str, tuple[WorkPackage, ...]]]:
    for capability, packages in project.packages_of.items():
        if capability:
            yield capability, packages
        else:
            yield from ((package.id, (package,)) for package in packages)


def _last(placements: Iterable[Placement]) -> Placement:
    return max(placements, key=lambda placement: placement.finish)
