"""A problem made ready for list scheduling: groups with what they wait for, capacity in packed numbers.

How busy all roles are on a day is one integer with a lane for each role, and a guard bit above each lane. A lane is
filled so far from the beginning that adding what a task needs sets the guard bit exactly where the role has too little.
Units are as coarse as the loads of a role allow, so that the integer stays small.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import gcd

from planner.rollout.division import Division
from planner.rollout.problem import Bound, Group, Problem, Task
from planner.rollout.schedule import horizon, settled

GROW = 260
"""Working days by which the tables of capacity grow: about a year."""


@dataclass(slots=True)
class Piece:
    """A task ready for placing: ``need`` in lanes; what it waits for inside its group, and in other ways."""

    number: int
    days: int
    need: int
    not_before: int
    inner: tuple[tuple[int, int], ...]
    rest: tuple[Bound, ...]
    task: Task


@dataclass(slots=True)
class Block:
    """A group ready for placing.

    ``waits``: (group, days from its last finish); ``settles``: (group, weeks for which it must settle).
    ``spans``: for each of its capabilities the tasks and how much change it is; those of which some task stands already
    are in ``standing``. ``begun``: some task stands already; ``movable`` are those that do not, and none of them can
    start before ``since``, which is None where links from outside to single tasks must be asked.
    """

    group: Group
    pieces: tuple[Piece, ...]
    waits: tuple[tuple[int, int], ...]
    settles: tuple[tuple[int, int], ...]
    spans: tuple[tuple[tuple[int, ...], int], ...]
    standing: tuple[tuple[tuple[int, ...], int], ...]
    begun: bool
    movable: tuple[Piece, ...]
    since: int | None


Row = tuple[int, int, int, int, tuple[tuple[int, int], ...], Block | None]
"""A group as the inner loop reads it: task, days, need, not before, what it waits for; for any that is more than a
single task without change, the block that says all about it."""


class Ready:
    """One problem under one division, made ready for making many schedules."""

    def __init__(self, problem: Problem, division: Division) -> None:
        self.problem = problem
        self.phase_of = division.phase_of
        self.windows = division.windows
        self.horizon = horizon(problem, division.windows)
        self._lanes()
        self._settled: dict[int, list[int]] = {}
        self.blocks = [self._block(group) for group in problem.groups]
        self.rows = [self._row(block) for block in self.blocks]
        self.simple = all(row[-1] is None and all(lag > 0 for _other, lag in row[4]) for row in self.rows)
        """Whether sorting groups by start is enough to bring each after what it needs."""
        self.followers = self._followers()

    # -- capacity in lanes ----------------------------------------------------------------------------------

    def _lanes(self) -> None:
        problem = self.problem
        loads: list[list[int]] = [[] for _role in problem.capacity_steps]
        for task in problem.tasks:
            for role, units in task.loads:
                loads[role].append(units)
        self.shift: list[int] = []
        self.unit: list[int] = []
        self.full: list[int] = []
        self.guards = 0
        place = 0
        for steps, taken in zip(problem.capacity_steps, loads, strict=True):
            most = max([*taken, *(units for _since, units in steps)])
            unit = gcd(*taken) or most + 1  # a role without work needs no room
            bits = (most // unit).bit_length()
            self.shift.append(place)
            self.unit.append(unit)
            self.full.append((1 << bits) - 1)
            place += bits + 1
            self.guards |= 1 << (place - 1)
        self.base: list[int] = []
        self._begun = [task for task in problem.tasks if task.begun is not None]

    def need(self, task: Task) -> int:
        """What ``task`` takes of the roles on a day, in lanes."""
        return sum(units // self.unit[role] << self.shift[role] for role, units in task.loads)

    def busy(self, length: int) -> list[int]:
        """How busy roles are on the first ``length`` days or more, in lanes, with nothing but work that has begun."""
        while len(self.base) < length:
            first, more = len(self.base), max(length, len(self.base) + GROW)
            lanes = [0] * (more - first)
            for role, (shift, unit, full) in enumerate(zip(self.shift, self.unit, self.full, strict=True)):
                for index, units in enumerate(self._free(role, first, more)):
                    lanes[index] += full - units // unit << shift
            self.base += lanes
        return self.base

    def _free(self, role: int, first: int, until: int) -> list[int]:
        steps = self.problem.capacity_steps[role]
        free: list[int] = []
        for (since, units), following in zip(steps, [*(s for s, _u in steps[1:]), until], strict=True):
            free += [units] * (min(following, until) - max(since, first + len(free)))
        for task in self._begun:
            for mine, units in task.loads:
                if mine == role and task.begun is not None:
                    for day in range(max(task.begun, first), min(task.begun + task.days, until)):
                        free[day - first] = max(0, free[day - first] - units)
        return free

    # -- groups made ready ----------------------------------------------------------------------------------

    def _block(self, group: Group) -> Block:
        problem = self.problem
        waits: dict[int, int] = {}
        settles: set[tuple[int, int]] = set()
        shared = self._shared(group)
        for bound in shared:
            source = problem.tasks[bound.sources[0]].group
            waits[source] = max(waits.get(source, -self.horizon), bound.lag + 1)
            if bound.weeks:
                settles.add((source, bound.weeks))
        pieces = tuple(self._piece(problem.tasks[n], group, shared) for n in group.tasks)
        spans = [(problem.tasks_of[item], problem.change(item)) for item in group.capabilities]
        standing = [(tasks, more) for tasks, more in spans if any(problem.tasks[n].begun is not None for n in tasks)]
        movable = tuple(piece for piece in pieces if piece.task.begun is None)
        linked = any(problem.tasks[b.sources[0]].group != group.number for piece in movable for b in piece.rest)
        return Block(
            group,
            pieces,
            tuple(sorted(waits.items())),
            tuple(sorted(settles)),
            tuple(span for span in spans if span not in standing),
            tuple(standing),
            len(movable) < len(pieces),
            movable,
            None if linked else min([piece.not_before for piece in movable], default=0),
        )

    def _shared(self, group: Group) -> list[Bound]:
        """The bounds that make all of ``group`` wait for the end of all of another group."""
        problem = self.problem
        found: dict[int, list[Bound]] = {}
        for number in group.tasks:
            for bound in problem.tasks[number].bounds:
                if bound.on_finish or not bound.from_finish:
                    continue
                source = problem.groups[problem.tasks[bound.sources[0]].group]
                if source is not group and set(bound.sources) == set(source.tasks):
                    found.setdefault(id(bound), []).append(bound)
        return [bounds[0] for bounds in found.values() if len(bounds) == len(group.tasks)]

    def _piece(self, task: Task, group: Group, shared: Sequence[Bound]) -> Piece:
        inner: dict[int, int] = {}
        rest: list[Bound] = []
        for bound in task.bounds:
            if any(bound is other for other in shared):
                continue
            simple = bound.from_finish and not bound.on_finish and not bound.weeks
            if simple and all(self.problem.tasks[n].group == group.number for n in bound.sources):
                for source in bound.sources:
                    inner[source] = max(inner.get(source, -self.horizon), bound.lag + 1)
            else:
                rest.append(bound)
        return Piece(
            task.number,
            task.days,
            self.need(task),
            task.not_before,
            tuple(sorted(inner.items())),
            tuple(rest),
            task,
        )

    def _row(self, block: Block) -> Row:
        piece = block.pieces[0]
        plain = len(block.pieces) == 1 and not (block.spans or block.settles or block.begun or piece.rest)
        if not plain:
            return (-1, 0, 0, 0, block.waits, block)
        return (piece.number, piece.days, piece.need, piece.not_before, block.waits, None)

    def _followers(self) -> list[list[tuple[int, int]]]:
        """For each group, those that wait for all of it and how many working days, settling counted roughly."""
        found: list[list[tuple[int, int]]] = [[] for _block in self.blocks]
        week = len(self.problem.project.calendar.working_days)
        for block in self.blocks:
            settling = dict(block.settles)
            for other, lag in block.waits:
                found[other].append((block.group.number, lag + week * settling.get(other, 0)))
        return found

    def settle(self, weeks: int, day: int) -> int:
        """The first day after something that finished on ``day`` has settled for ``weeks`` calendar weeks."""
        table = self._settled.setdefault(weeks, [])
        while len(table) <= day:
            table.append(settled(self.problem, len(table), weeks))
        return table[day]

    def by_start(self, first: Sequence[int]) -> list[int]:
        """All groups by the days on which they start in a schedule that keeps the links."""
        phase_of = self.phase_of
        if self.simple:
            order = sorted(range(len(first)), key=first.__getitem__)
            if len(self.windows) > 1:
                order.sort(key=phase_of.__getitem__)
            return order
        return self.by(first)

    def by(self, keys: Sequence[float]) -> list[int]:
        """All groups by phase and key, each after those it needs."""
        phase_of = self.phase_of
        groups = self.problem.groups
        waiting = [len(group.before) for group in groups]
        ready = [(phase_of[n], keys[n], n) for n in range(len(keys)) if not waiting[n]]
        heapify(ready)
        order: list[int] = []
        while ready:
            number = heappop(ready)[-1]
            order.append(number)
            for after in groups[number].after:
                waiting[after] -= 1
                if not waiting[after]:
                    heappush(ready, (phase_of[after], keys[after], after))
        return order
