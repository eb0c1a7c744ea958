"""What waits for what in the file: links between work packages and gates that mean what the plan says."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from planner.model.calendar import ONE_DAY, Calendar
from planner.model.capability import capability, level_of, process_of
from planner.model.project import Project, Roadmap, WorkPackage
from planner.model.values import LinkType

Key = tuple[str, str, str]
"""A dependency, or the place of a package after or alongside another: item, needs, type."""
End = tuple[str, str]
"""What a link joins: ``("package", id)``, or ``("gate", id of the phase)``."""


class Days:
    """Working days by number, so that lags can be counted; a day that is not worked has the number of the next one."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        span = (last - first).days + 1
        self._worked = [day for n in range(span) if calendar.is_working(day := first + timedelta(days=n))]

    def number(self, day: date) -> int:
        """How many working days there are before ``day``."""
        return bisect_left(self._worked, day)

    def last(self, day: date) -> int:
        """The number of the last working day up to ``day``."""
        return self.number(day + ONE_DAY) - 1

    def count(self, first: date, last: date) -> int:
        """How many days from ``first`` to ``last``, both included, are worked."""
        return self.last(last) - self.number(first) + 1


@dataclass(frozen=True, slots=True)
class Tie:
    """``item`` waits for ``needs``; ``lag`` in working days or ``weeks`` to settle; ``of``: what the plan says."""

    needs: End
    item: End
    type: LinkType = "finish-start"
    lag: int = 0
    weeks: int = 0
    of: Key | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """The ties that the roadmap keeps, by what waits; ``tied``: the dependencies and places that they show.

    ``earliest``: by package, the number of the day on which it could start by its ties alone. ``gates``: the last
    day of each phase in which anything stands.
    """

    ties: dict[End, list[Tie]]
    tied: frozenset[Key]
    earliest: dict[str, int]
    gates: dict[str, date]
    ends: dict[str, tuple[WorkPackage, ...]]
    """By capability or package, the placed packages that nothing else of it comes after."""
    days: Days


def network(project: Project, roadmap: Roadmap) -> Network:
    """The links of the plan as they stand in the file, for the days of ``roadmap``."""
    return _Weaver(project, roadmap).network()


_PLACES: tuple[tuple[LinkType, Callable[[WorkPackage], tuple[str, ...]]], ...] = (
    ("finish-start", lambda package: package.after),
    ("start-start", lambda package: package.alongside),
)


class _Weaver:
    def __init__(self, project: Project, roadmap: Roadmap) -> None:
        self.project = project
        self.placed = {p.id: place for p in project.packages if (place := roadmap.packages.get(p.id))}
        every = [project.engagement.start, *(p.start for p in self.placed.values())]
        last = max((p.finish for p in self.placed.values()), default=project.engagement.start)
        settle = max(project.limits.stabilise_weeks.values(), default=0)
        self.days = Days(project.calendar, min(every), last + timedelta(weeks=settle + 1))
        self.span = {i: (self.days.number(p.start), self.days.last(p.finish)) for i, p in self.placed.items()}
        self.members: dict[str, list[WorkPackage]] = {}
        for package in project.packages:
            if package.id in self.placed:
                self.members.setdefault(self.placed[package.id].phase, []).append(package)
        self.gates = {
            phase: max(self.placed[package.id].finish for package in packages)
            for phase, packages in self.members.items()
        }
        self.ends = {item: self._ends(packages) for item, packages in self._items()}
        self.begins = {item: self._begins(packages) for item, packages in self._items()}

    def network(self) -> Network:
        woven = list(dict.fromkeys([*self._stages(), *self._dependencies(), *self._levels()]))
        unkept = {tie.of for tie in woven if tie.of and not self._holds(tie)}
        kept = [tie for tie in woven if tie.of not in unkept and self._holds(tie)]
        kept = _without_circles([*kept, *(tie for tie in self._phases(kept) if self._holds(tie))])
        broken = frozenset(tie.of for tie in set(woven) - set(kept) if tie.of)
        ties: dict[End, list[Tie]] = {}
        for tie in kept:
            if tie.of not in broken:
                ties.setdefault(tie.item, []).append(tie)
        tied = frozenset(tie.of for found in ties.values() for tie in found if tie.of)
        earliest = {item: self._earliest(ties.get(("package", item), ()), item) for item in self.placed}
        return Network(ties, tied, earliest, self.gates, self.ends, self.days)

    def _items(self) -> Iterator[tuple[str, list[WorkPackage]]]:
        """Capabilities and packages with those of their packages that are placed, where there are any."""
        for item, packages in self.project.packages_of.items():
            here = [package for package in packages if package.id in self.placed]
            if item and here:
                yield item, here
            yield from ((package.id, [package]) for package in here)

    def _ends(self, packages: Sequence[WorkPackage]) -> tuple[WorkPackage, ...]:
        after = ((other, package) for package in packages for other in package.after if other in self.placed)
        followed = {other for other, package in after if self.span[package.id][0] > self.span[other][1]}
        return tuple(package for package in packages if package.id not in followed)

    def _begins(self, packages: Sequence[WorkPackage]) -> tuple[WorkPackage, ...]:
        """The packages that no other of these comes before; of those not begun, where there are any."""
        fresh = [package for package in packages if package.id not in self.project.progress_of] or packages
        ids = {package.id for package in fresh}
        return tuple(
            p for p in fresh if not any(self._led(p, other) for other in (*p.after, *p.alongside) if other in ids)
        )

    def _led(self, package: WorkPackage, other: str) -> bool:
        """Whether ``package`` starts as its place after or alongside ``other`` wants it."""
        start = self.span[package.id][0]
        return start > self.span[other][1] if other in package.after else start >= self.span[other][0]

    def _first(self, item: str) -> list[WorkPackage]:
        """The package of ``item`` that starts first in the roadmap."""
        packages = self._of(item)
        return sorted(packages, key=lambda p: (self.span[p.id], p.id))[:1]

    def _last(self, item: str) -> list[WorkPackage]:
        """The package of ``item`` that finishes last in the roadmap."""
        return sorted(self.ends[item], key=lambda p: (-self.span[p.id][1], p.id))[:1]

    def _of(self, item: str) -> list[WorkPackage]:
        packages = self.project.packages_of.get(item) or (self.project.package_by_id[item],)
        return [package for package in packages if package.id in self.placed]

    def _stages(self) -> Iterator[Tie]:
        for package in self.project.packages:
            if package.id in self.placed:
                here = ("package", package.id)
                for type, others in _PLACES:
                    for other in others(package):
                        if other in self.placed:
                            yield Tie(("package", other), here, type, of=(package.id, other, type))

    def _dependencies(self) -> Iterator[Tie]:
        for d in self.project.dependencies:
            if d.strength == "hard" and d.item in self.ends and d.needs in self.ends:
                first, second = d.type.split("-")
                sources = self.ends[d.needs] if first == "finish" else self._first(d.needs)
                waiting = self.begins[d.item] if second == "start" else self._last(d.item)
                yield from _joined(sources, waiting, d.type, d.lag, of=d.key)

    def _levels(self) -> Iterator[Tie]:
        levels: dict[str, list[int]] = {}
        for item in self.project.capabilities:
            if item in self.ends:
                levels.setdefault(process_of(item), []).append(level_of(item))
        for process, reached in levels.items():
            for low, high in pairwise(sorted(reached)):
                before, after = capability(process, low), capability(process, high)
                weeks = self.project.limits.settle(low)
                yield from _joined(self.ends[before], self.begins[after], weeks=weeks)

    def _phases(self, inner: Collection[Tie]) -> Iterator[Tie]:
        """Gates after all of their phase, and each phase after the gate, or the begin, of the one before it."""
        led, followed = self._inside(inner)
        open_gates: list[str] = []
        before: list[WorkPackage] = []
        for phase in self.project.phases:
            members = self.members.get(phase.id)
            if not members:
                continue
            last = [package for package in members if package.id not in followed]
            yield from (Tie(("package", package.id), ("gate", phase.id)) for package in last)
            begun = self.project.progress_of
            first = [package for package in members if package.id not in led and package.id not in begun]
            if phase.overlap:
                earliest = sorted(before, key=lambda p: (self.span[p.id], p.id))[:1]
                yield from _joined(earliest, first, "start-start")
            else:
                yield from (Tie(("gate", g), ("package", package.id)) for g in open_gates for package in first)
                open_gates = []
            open_gates.append(phase.id)
            before = members

    def _inside(self, ties: Iterable[Tie]) -> tuple[set[str], set[str]]:
        """Packages that wait for one of their phase that has not begun; those that one of it comes after."""
        led, followed = set(), set()
        for tie in ties:
            needs, item = tie.needs[1], tie.item[1]
            if self.placed[needs].phase == self.placed[item].phase and tie.lag >= 0:
                if tie.type == "finish-start":
                    followed.add(needs)
                if tie.type.endswith("start") and needs not in self.project.progress_of:
                    led.add(item)
        return led, followed

    def _holds(self, tie: Tie) -> bool:
        if tie.item[0] == "gate":
            return self._place(tie.needs)[1] <= self._place(tie.item)[1]
        start, finish = self._place(tie.item)
        return (start if tie.type.endswith("-start") else finish) >= self._allowed(tie)

    def _place(self, end: End) -> tuple[int, int]:
        if end[0] == "gate":
            day = self.days.last(self.gates[end[1]])
            return day, day
        return self.span[end[1]]

    def _allowed(self, tie: Tie) -> int:
        """The number of the first day on which what waits may be."""
        start, finish = self._place(tie.needs)
        if tie.weeks:
            return self.days.number(self.placed[tie.needs[1]].finish + timedelta(weeks=tie.weeks) + ONE_DAY)
        anchor = finish if tie.type.startswith("finish-") else start
        return anchor + tie.lag + (tie.type == "finish-start")

    def _earliest(self, ties: Iterable[Tie], item: str) -> int:
        start, finish = self.span[item]
        bounds = (self._allowed(tie) - (0 if tie.type.endswith("-start") else finish - start) for tie in ties)
        return max(bounds, default=self.days.number(self.project.engagement.start))


def _joined(
    needs: Iterable[WorkPackage],
    items: Sequence[WorkPackage],
    type: LinkType = "finish-start",
    lag: int = 0,
    weeks: int = 0,
    of: Key | None = None,
) -> Iterator[Tie]:
    for first in needs:
        yield from (Tie(("package", first.id), ("package", item.id), type, lag, weeks, of) for item in items)


def _without_circles(ties: list[Tie]) -> list[Tie]:
    """``ties`` without those that close a circle, which no scheduling tool takes.

    Only a negative lag can, against the barrier between phases: what the roadmap keeps goes forward otherwise.
    """
    while True:
        waits: dict[End, set[End]] = {}
        for tie in ties:
            waits.setdefault(tie.item, set()).add(tie.needs)
        try:
            TopologicalSorter(waits).prepare()
        except CycleError as error:
            steps = set(pairwise(error.args[1]))
            circle = [tie for tie in ties if (tie.needs, tie.item) in steps]
            closing = min(circle, key=lambda tie: (tie.lag, tie.needs, tie.item))
            ties = [tie for tie in ties if tie is not closing]
        else:
            return ties
