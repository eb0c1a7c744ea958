"""A plan as it is, or as a baseline keeps it, in the form in which the two can be compared."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.edit.review import planned
from planner.model.project import Baseline, Planned, Project
from planner.model.values import LinkType
from planner.text.clean import one_line
from planner.text.i18n import _


@dataclass(frozen=True)
class Stand:
    """A capability, or a package of the whole programme: where it stands, how long, and what it takes.

    ``phase`` is the id of the phase in which it is finished, empty without a place.
    """

    phase: str
    start: date | None
    finish: date | None
    effort: float
    packages: Mapping[str, Planned]


@dataclass(frozen=True)
class Side:
    """What can be compared. ``project`` is the whole plan, None of a baseline, which keeps less."""

    phases: Mapping[str, str]
    targets: Mapping[str, int]
    packages: Mapping[str, Planned]
    needs: Mapping[tuple[str, str], LinkType]
    strategy: str
    project: Project | None = None

    @classmethod
    def of(cls, plan: Project | Baseline) -> "Side":
        """A plan as it is, or as a baseline keeps it."""
        if isinstance(plan, Baseline):
            needs = {(need.item, need.needs): need.type for need in plan.needs}
            return cls(plan.phases, plan.targets, plan.packages, needs, plan.strategy)
        return cls(
            phases={phase.id: phase.name for phase in plan.phases},
            targets={process.id: process.target_level for process in plan.processes if process.in_scope},
            packages=planned(plan),
            needs={(d.item, d.needs): d.type for d in plan.dependencies if d.strength == "hard"},
            strategy=plan.roadmap.strategy if plan.roadmap else "",
            project=plan,
        )

    @cached_property
    def stands(self) -> Mapping[str, Stand]:
        """Capabilities and packages of the whole programme, in plan order."""
        groups: dict[str, dict[str, Planned]] = {}
        for ident, package in self.packages.items():
            groups.setdefault(package.capability or ident, {})[ident] = package
        return {item: _stand(packages) for item, packages in groups.items()}

    @cached_property
    def needed(self) -> Mapping[str, Sequence[str]]:
        """What each capability or package of the programme needs by its dependencies, by what the two belong to."""
        return self._by_owner(self.needs)

    @cached_property
    def preceding(self) -> Mapping[str, Sequence[str]]:
        """The same with the order of packages, which a baseline does not keep."""
        packages = self.project.packages if self.project else ()
        return self._by_owner([*self.needs, *((one.id, other) for one in packages for other in one.after)])

    def _by_owner(self, links: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
        found: dict[str, dict[str, None]] = {}
        for item, needs in links:
            owner, other = self._owner(item), self._owner(needs)
            if owner != other:
                found.setdefault(owner, {})[other] = None
        return {item: tuple(others) for item, others in found.items()}

    def _owner(self, item: str) -> str:
        package = self.packages.get(item)
        return package.capability or item if package else item

    def number(self, phase: str) -> int:
        """The number of a phase from 1; 0 for one that is not there."""
        return next((n for n, ident in enumerate(self.phases, 1) if ident == phase), 0)


class Names:
    """What people call the items of several sides; ``known`` are plans that may know more names."""

    def __init__(self, sides: Sequence[Side], known: Sequence[Project]) -> None:
        self._sides = sides
        self._known = [*(side.project for side in sides if side.project), *known]

    def item(self, item: str) -> str:
        """A capability or work package."""
        for project in self._known:
            if (title := project.title(item)) != item:
                return one_line(title)
        return one_line(next((name for name in self._kept(item) if name), item))

    def _kept(self, item: str) -> Iterator[str]:
        yield from (side.packages[item].name for side in self._sides if item in side.packages)

    def process(self, process: str) -> str:
        """A process."""
        known = (project.process_by_id.get(process) for project in self._known)
        return one_line(next((one.name for one in known if one), process))

    def part(self, package: str) -> str:
        """A work package among those of its capability: by its workstream, else by its name."""
        for project in self._known:
            if (own := project.package_by_id.get(package)) and own.capability:
                same = [one for one in project.packages_of[own.capability] if one.workstream == own.workstream]
                return one_line(own.name) if len(same) > 1 else _(own.workstream)
        return self.item(package)


def _stand(packages: Mapping[str, Planned]) -> Stand:
    works = packages.values()
    last = max((work for work in works if work.finish), key=lambda work: (work.finish, work.phase), default=None)
    return Stand(
        phase=last.phase if last else "",
        start=min((work.start for work in works if work.start), default=None),
        finish=last.finish if last else None,
        effort=sum(work.effort for work in works),
        packages=packages,
    )
