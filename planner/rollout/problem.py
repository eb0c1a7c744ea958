"""The scheduling problem that a plan poses, in numbers: what the engine works on.

Time is counted in working days from the project start (day 0 is the first worked day); capacity and loads in
millionths of a full-time equivalent, so that sums are exact. Work packages are *tasks*. Tasks that must be
placed together - those of one capability, or of several that are entangled by package-level dependencies -
form a *group*; groups depend on each other without circles.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from planner.graph.bitsets import components
from planner.graph.links import Link, links
from planner.model.calendar import Calendar
from planner.model.capability import level_of, process_of
from planner.model.project import Progress, Project

FTE = 1_000_000
"""Units of capacity in one full-time equivalent."""

ONE_DAY = timedelta(days=1)

LATEST = date(2199, 12, 31)
"""The last date that a plan may hold."""


class TooFar(Exception):
    """The work would run past ``LATEST``."""


class Workdays:
    """Working days by number, counted from the project start and extended as far as anybody asks.

    Asking for a day past ``LATEST`` raises TooFar.
    """

    def __init__(self, calendar: Calendar, begin: date) -> None:
        self._calendar = calendar
        self._next = begin
        self.dates: list[date] = []
        self._ordinals: list[int] = []

    def __getitem__(self, number: int) -> date:
        """The date of working day ``number``."""
        while len(self.dates) <= number:
            self._extend()
        return self.dates[number]

    def on_or_after(self, day: date) -> int:
        """The number of the first working day on or after ``day``; 0 for a day before the start."""
        ordinal = day.toordinal()
        while not self._ordinals or self._ordinals[-1] < ordinal:
            self._extend()
        return bisect_right(self._ordinals, ordinal - 1)

    def on_or_before(self, day: date) -> int:
        """The number of the last working day on or before ``day``; -1 when that is before the start."""
        after = self.on_or_after(day)
        return after if self.dates[after] == day else after - 1

    def _extend(self) -> None:
        day = self._calendar.next_working(self._next)
        if day.year > LATEST.year + 1:  # a date in the plan may be the last, and followed by a holiday
            raise TooFar
        self.dates.append(day)
        self._ordinals.append(day.toordinal())
        self._next = day + ONE_DAY


@dataclass(frozen=True, slots=True)
class Bound:
    """A lower bound on one task from others: when they (``sources``) are placed, it cannot come earlier.

    ``from_finish``: the sources' last finish counts, else their first start. ``on_finish``: it bounds the
    task's finish, else its start. ``lag`` in working days, ``weeks`` in calendar weeks.
    """

    sources: tuple[int, ...]
    from_finish: bool
    on_finish: bool
    lag: int
    weeks: int
    link: Link


@dataclass(slots=True)
class Task:
    """A work package in numbers.

    One that has begun stands where it was begun (``begun``) whatever the constraints say; its ``days`` then are those
    from there to its end, known or expected. ``done``: it has ended.
    """

    number: int
    id: str
    capability: str
    days: int
    loads: tuple[tuple[int, int], ...]
    bounds: tuple[Bound, ...] = ()
    not_before: int = 0
    group: int = -1
    begun: int | None = None
    done: bool = False


@dataclass(slots=True)
class Group:
    """Tasks that are placed together, in an order in which each comes after those it waits for."""

    number: int
    tasks: tuple[int, ...]
    capabilities: tuple[str, ...]
    before: set[int] = field(default_factory=set)
    after: set[int] = field(default_factory=set)
    soft_before: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Result:
    """Something of worth that is reached when all ``tasks`` are finished: a capability, by its id."""

    item: str
    tasks: tuple[int, ...]
    weight: float


class Circular(Exception):
    """The hard links form a circle; ``items`` are packages on it."""

    def __init__(self, items: tuple[str, ...]) -> None:
        super().__init__(", ".join(items))
        self.items = items


class Problem:
    """Tasks, groups, capacities and limits of one plan. Raises Circular when the links have no order.

    All is numbered by id, so that the order of entries in a plan file decides nothing.

    ``absorption`` is how much change there may be at once, where that is more than the plan's own. ``worth`` gives
    the items whose reaching is of value, and how much; without it these are the capabilities, by the importance of
    their processes. What has begun by the plan's ``as_of`` stands; the rest begins on day ``now`` or later, and before
    ``now`` no limit is judged.
    """

    def __init__(
        self, project: Project, absorption: int | None = None, worth: Mapping[str, float] | None = None
    ) -> None:
        self.project = project
        self.absorption = max(absorption or 0, project.limits.absorption)
        self.workdays = Workdays(project.calendar, project.engagement.start)
        as_of = project.engagement.as_of
        self.now = self.workdays.on_or_after(as_of + ONE_DAY) if as_of else 0
        roles = sorted(project.roles, key=lambda role: role.id)
        self.roles = [role.id for role in roles]
        self.capacity_steps = [
            [
                (0, round(role.fte * FTE)),
                *((self.workdays.on_or_after(change.since), round(change.fte * FTE)) for change in role.changes),
            ]
            for role in roles
        ]
        role_number = {role: number for number, role in enumerate(self.roles)}
        self.tasks = [
            Task(
                number,
                package.id,
                package.capability,
                package.days.likely,
                tuple(
                    (role_number[role], round(package.load(role) * FTE))
                    for role in package.effort
                    if package.load(role)
                ),
            )
            for number, package in enumerate(sorted(project.packages, key=lambda package: package.id))
        ]
        self.task_of = {task.id: task.number for task in self.tasks}
        self.tasks_of = {
            item: tuple(sorted(self.task_of[package.id] for package in packages))
            for item, packages in sorted(project.packages_of.items())
            if item
        }
        everything = sorted(links(project), key=lambda link: (link.item, link.needs, link.type, link.lag, link.weeks))
        self.hard = [link for link in everything if link.hard]
        self.soft = [link for link in everything if not link.hard]
        self.results = tuple(self._results(worth))
        for task in self.tasks:
            task.not_before = self._not_before(task)
            if progress := project.progress_of.get(task.id):
                self._stand(task, progress)
        self._bind(self.hard)
        self.groups = self._group()
        self._relate()
        self.shortest = [self._shortest(group) for group in self.groups]

    def capacity(self, role: int, day: int) -> int:
        """Units that role number ``role`` has on working day ``day``."""
        return next(units for since, units in reversed(self.capacity_steps[role]) if since <= day)

    def change(self, item: str) -> int:
        """How much change a capability is while it is built."""
        return self.project.limits.weight(level_of(item))

    @cached_property
    def adopted(self) -> dict[int, int]:
        """The first working day of each task, not begun yet, that the plan's roadmap places."""
        placed = self.project.roadmap.packages if self.project.roadmap else {}
        return {
            task.number: self.workdays.on_or_after(placed[task.id].start)
            for task in self.tasks
            if task.id in placed and task.begun is None
        }

    def with_needs(self, groups: Iterable[int]) -> set[int]:
        """``groups`` and all that they need, directly or not."""
        found = set(groups)
        queue = list(found)
        while queue:
            for before in self.groups[queue.pop()].before - found:
                found.add(before)
                queue.append(before)
        return found

    def ends(self, item: str) -> tuple[int, ...]:
        """The tasks of a capability, or the one of a package."""
        return self.tasks_of.get(item) or ((self.task_of[item],) if item in self.task_of else ())

    def _not_before(self, task: Task) -> int:
        pins = (self.project.pin_by_item.get(task.id), self.project.pin_by_item.get(task.capability))
        dates = [pin.not_before for pin in pins if pin is not None and pin.not_before is not None]
        return max([self.now, *map(self.workdays.on_or_after, dates)])

    def _results(self, worth: Mapping[str, float] | None) -> Iterable[Result]:
        if worth is None:
            importance = {process.id: process.importance for process in self.project.processes}
            worth = {item: importance[process_of(item)] for item in sorted(self.project.capabilities)}
        for item, weight in worth.items():
            yield Result(item, self.ends(item), float(weight))

    def _stand(self, task: Task, progress: Progress) -> None:
        """Fix ``task`` where it was begun."""
        task.begun = self.workdays.on_or_after(progress.start)
        if progress.finish is not None:
            task.done = True
            task.days = max(1, self.workdays.on_or_before(progress.finish) - task.begun + 1)
            return
        worked = max(0, self.now - task.begun)
        left = progress.remaining if progress.remaining is not None else max(1, task.days - worked)
        task.days = worked + left

    def _bind(self, hard: Iterable[Link]) -> None:
        bounds: dict[int, list[Bound]] = {}
        for link in hard:
            on_finish = link.type in ("finish-finish", "start-finish")
            targets = self._last(link.item) if on_finish else self.ends(link.item)
            from_finish = link.type in ("finish-start", "finish-finish")
            bound = Bound(self.ends(link.needs), from_finish, on_finish, link.lag, link.weeks, link)
            for target in targets:
                bounds.setdefault(target, []).append(bound)
        for number, found in bounds.items():
            self.tasks[number].bounds = tuple(found)

    def _last(self, item: str) -> tuple[int, ...]:
        """The tasks that end an item: those no other task of it comes after."""
        tasks = self.ends(item)
        followed = {
            self.task_of[other]
            for number in tasks
            for other in self.project.package_by_id[self.tasks[number].id].after
            if other in self.task_of
        }
        return tuple(number for number in tasks if number not in followed)

    def _group(self) -> list[Group]:
        """Groups in a topological order: the components of the capability-level order graph."""
        unit_of: dict[int, int] = {}
        units: list[list[int]] = []
        for tasks in self.tasks_of.values():
            for number in tasks:
                unit_of[number] = len(units)
            units.append(list(tasks))
        for task in self.tasks:
            if task.number not in unit_of:
                unit_of[task.number] = len(units)
                units.append([task.number])
        before: list[set[int]] = [set() for _ in units]
        for task in self.tasks:
            for bound in task.bounds:
                before[unit_of[task.number]].update(unit_of[source] for source in bound.sources)
        groups: list[Group] = []
        for component in components(before):
            members = [number for unit in component for number in units[unit]]
            order = self._inner_order(members)
            items = tuple(dict.fromkeys(self.tasks[n].capability for n in order if self.tasks[n].capability))
            group = Group(len(groups), order, items)
            for number in order:
                self.tasks[number].group = group.number
            groups.append(group)
        return groups

    def _inner_order(self, members: Sequence[int]) -> tuple[int, ...]:
        """``members`` so that each comes after those it waits for, else as the plan has them."""
        inside = set(members)
        waits = {
            number: {s for bound in self.tasks[number].bounds for s in bound.sources if s in inside}
            for number in members
        }
        order: list[int] = []
        left = sorted(members)
        while left:
            ready = next((number for number in left if waits[number].isdisjoint(left)), None)
            if ready is None:
                raise Circular(tuple(self.tasks[number].id for number in left))
            order.append(ready)
            left.remove(ready)
        return tuple(order)

    def _shortest(self, group: Group) -> int:
        """Working days that ``group`` takes when nothing but its own links holds it up."""
        inside = set(group.tasks)
        ends: dict[int, int] = {}
        for number in group.tasks:
            task = self.tasks[number]
            begin = 0
            for bound in task.bounds:
                if bound.from_finish and inside.issuperset(bound.sources):
                    end = max(ends[source] for source in bound.sources) + bound.lag
                    begin = max(begin, end - task.days if bound.on_finish else end)
            ends[number] = begin + task.days
        return max(ends.values())

    def _relate(self) -> None:
        for task in self.tasks:
            for bound in task.bounds:
                for source in bound.sources:
                    other = self.tasks[source].group
                    if other != task.group:
                        self.groups[task.group].before.add(other)
                        self.groups[other].after.add(task.group)
        for link in self.soft:
            for target in self.ends(link.item):
                for source in self.ends(link.needs):
                    if self.tasks[source].group != self.tasks[target].group:
                        self.groups[self.tasks[target].group].soft_before.add(self.tasks[source].group)
