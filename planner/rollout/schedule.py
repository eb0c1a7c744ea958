"""Placing groups one after another, each as early as its bounds, capacity and the limits on change allow.

This is the serial schedule generation scheme of the literature, with groups of tasks as activities and the
number of processes in change as one more resource, taken from a group's first start to its last finish.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from planner.rollout.problem import Bound, Group, Problem, Task

GROW = 260
"""Working days by which the tables of used capacity grow: about a year."""


@dataclass(frozen=True, slots=True)
class Window:
    """What a phase demands of its tasks, in working days; ``last`` may be None."""

    first: int = 0
    last: int | None = None
    limit: int | None = None
    overlap: bool = False


class NoRoom(Exception):
    """A group fits nowhere, however late: its tasks need more of a role than it ever has again."""

    def __init__(self, group: Group, role: int | None) -> None:
        super().__init__(group.number)
        self.group = group
        self.role = role


@dataclass(slots=True)
class Schedule:
    """First and last working day of each task, and when each group is in change."""

    start: list[int]
    finish: list[int]
    free: list[list[int]]

    def of_group(self, group: Group) -> tuple[int, int]:
        """First start and last finish of a group."""
        return min(self.start[n] for n in group.tasks), max(self.finish[n] for n in group.tasks)


class Builder:
    """Builds one schedule; reusable only by making another."""

    def __init__(self, problem: Problem, windows: Sequence[Window]) -> None:
        self.problem = problem
        self.windows = windows
        count = len(problem.tasks)
        self.start = [-1] * count
        self.finish = [-1] * count
        self.free: list[list[int]] = [[] for _ in problem.roles]
        self.changing: list[int] = []
        self.changing_in: list[list[int]] = [[] for _ in windows]
        self.length = 0
        self.limit = problem.absorption
        self.horizon = _horizon(problem, windows)
        self.shortest = problem.shortest

    def build(self, order: Sequence[int], phase_of: Sequence[int]) -> Schedule:
        """Place groups in ``order``, which must respect ``before`` and ascend in ``phase_of``. Raises NoRoom."""
        phase = -1
        floor = reached = begun = 0
        for number in order:
            if phase_of[number] != phase:
                phase = phase_of[number]
                window = self.windows[phase]
                floor = max(begun if window.overlap else reached, window.first)
                begun = -1
            group = self.problem.groups[number]
            first, last = self._place(group, floor, phase)
            reached = max(reached, last + 1)
            begun = first if begun < 0 else min(begun, first)
        return Schedule(self.start, self.finish, self.free)

    def _place(self, group: Group, floor: int, phase: int) -> tuple[int, int]:
        tasks = [self.problem.tasks[number] for number in group.tasks]
        moment = max(floor, min(self._bounded(task, outside=True) for task in tasks))
        while True:
            moment = self._open(group, moment, phase)
            for task in tasks:
                earliest = max(moment, self._bounded(task))
                begin = self._fit(task, earliest, group)
                self._take(task, begin, 1)
            clash = self._too_much_change(group, phase)
            if clash is None:
                break
            for task in tasks:
                self._take(task, self.start[task.number], -1)
            for task in tasks:
                self.start[task.number] = self.finish[task.number] = -1
            moment = clash + 1
            if moment > self.horizon:
                raise NoRoom(group, None)
        for first, last in self._spans(group):
            for table in (self.changing, self.changing_in[phase]):
                for day in range(first, last + 1):
                    table[day] += 1
        return min(self.start[t.number] for t in tasks), max(self.finish[t.number] for t in tasks)

    def _open(self, group: Group, day: int, phase: int) -> int:
        """The first day from ``day`` on from which as many days as ``group`` takes at least can bear one more change.

        Only skips what cannot be: any placement that begins on a skipped day covers a day that is full.
        """
        if len(group.capabilities) != 1:
            return day
        shortest = self.shortest[group.number]
        tables = [(self.changing, self.limit)]
        if (limit := self.windows[phase].limit) is not None:
            tables.append((self.changing_in[phase], limit))
        searching = True
        while searching and day <= self.horizon:
            searching = False
            for table, limit in tables:
                end = min(day + shortest, self.length)
                if day < end and max(table[day:end]) >= limit:
                    while table[end - 1] < limit:
                        end -= 1
                    day = end
                    searching = True
        return day

    def _spans(self, group: Group) -> Iterator[tuple[int, int]]:
        for item in group.capabilities:
            numbers = self.problem.tasks_of[item]
            yield min(self.start[n] for n in numbers), max(self.finish[n] for n in numbers)

    def _bounded(self, task: Task, *, outside: bool = False) -> int:
        """The first day on which the links let ``task`` start; ``outside`` leaves links of its own group out."""
        earliest = task.not_before
        for bound in task.bounds:
            if outside and self.problem.tasks[bound.sources[0]].group == task.group:
                continue
            earliest = max(earliest, lower_bound(self.problem, bound, task, self.start, self.finish))
        return earliest

    def _fit(self, task: Task, day: int, group: Group) -> int:
        """The first day from ``day`` on from which every role can carry ``task`` to its end."""
        while True:
            end = day + task.days
            if end > self.length:
                self._grow(end)
            for role, units in task.loads:
                free = self.free[role]
                if min(free[day:end]) < units:
                    while free[end - 1] >= units:
                        end -= 1
                    day = end
                    break
            else:
                return day
            if day > self.horizon:
                raise NoRoom(group, role)

    def _take(self, task: Task, day: int, sign: int) -> None:
        end = day + task.days
        for role, units in task.loads:
            free = self.free[role]
            used = units * sign
            for index in range(day, end):
                free[index] -= used
        self.start[task.number] = day
        self.finish[task.number] = end - 1

    def _too_much_change(self, group: Group, phase: int) -> int | None:
        """The last day on which placing ``group`` would put too many processes in change, or None."""
        spans = list(self._spans(group))
        worst: int | None = None
        phase_limit = self.windows[phase].limit
        for first, last in spans:
            for table, limit in ((self.changing, self.limit), (self.changing_in[phase], phase_limit)):
                if limit is None or (len(spans) == 1 and max(table[first : last + 1]) < limit):
                    continue
                for day in range(last, first - 1, -1):
                    if table[day] + sum(s <= day <= f for s, f in spans) > limit:
                        worst = day if worst is None else max(worst, day)
                        break
        return worst

    def _grow(self, needed: int) -> None:
        more = max(needed, self.length + GROW)
        for role, free in enumerate(self.free):
            steps = self.problem.capacity_steps[role]
            for index, (since, units) in enumerate(steps):
                until = steps[index + 1][0] if index + 1 < len(steps) else more
                free += [units] * (min(until, more) - max(since, len(free)))
        self.changing += [0] * (more - self.length)
        for table in self.changing_in:
            table += [0] * (more - self.length)
        self.length = more


def lower_bound(problem: Problem, bound: Bound, task: Task, start: Sequence[int], finish: Sequence[int]) -> int:
    """The first day on which ``bound`` lets ``task`` start, given where its sources stand."""
    anchor = max(finish[n] for n in bound.sources) if bound.from_finish else min(start[n] for n in bound.sources)
    day = anchor + bound.lag
    if bound.on_finish:
        return max(0, day - task.days + 1)
    if bound.from_finish:
        day += 1
        if bound.weeks:
            settled = problem.workdays[anchor] + timedelta(days=7 * bound.weeks + 1)
            day = max(day, problem.workdays.on_or_after(settled))
    return max(0, day)


def _horizon(problem: Problem, windows: Sequence[Window]) -> int:
    """A day by which everything could have been done one after another, were it possible at all."""
    latest = max((task.not_before for task in problem.tasks), default=0)
    latest = max([latest, *(window.first for window in windows)])
    latest = max([latest, *(steps[-1][0] for steps in problem.capacity_steps)])
    waits = sum(max(0, bound.lag) + 7 * bound.weeks for task in problem.tasks for bound in task.bounds)
    return latest + waits + sum(task.days for task in problem.tasks) + 1
