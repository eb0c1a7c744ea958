"""The earliest start and end of everything, with constraints forgotten and none added.

Links, pins and phases say when each task can begin and how much must follow it. Then every role, and the limit on
change, is looked at alone (``machines``): how soon could it have done all its work between two barriers? A barrier is
where a phase begins that may not overlap the one before; what holds before it pushes all that follows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from planner.model.capability import process_of
from planner.rollout.bounds.calm import Calm
from planner.rollout.bounds.machines import Machine, Part, Supply, ended, less, packed, shares
from planner.rollout.division import Division
from planner.rollout.problem import Bound, Problem, Task
from planner.rollout.schedule import bounded
from planner.rollout.schedule import lower_bound as allowed

WAYS = 2
"""In how many other ways what is needed of a role is counted: those by which there is most to do."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Work between two barriers: ``tasks`` that have not begun, in an order that keeps all links."""

    tasks: tuple[int, ...]
    machines: tuple[Machine, ...]


class Relaxed:
    """The earliest start and end of everything, stretch by stretch."""

    def __init__(self, problem: Problem, division: Division) -> None:
        self.problem = problem
        self.division = division
        self.start = [0] * len(problem.tasks)
        self.finish = [0] * len(problem.tasks)
        self.tail = [0] * len(problem.tasks)
        self.reach: dict[tuple[int, ...], int] = {}
        self.begun = [task for task in problem.tasks if task.begun is not None]
        for task in self.begun:
            if task.begun is not None:
                self.start[task.number], self.finish[task.number] = task.begun, task.begun + task.days - 1
        self.calm = Calm(problem.project.calendar)
        self.arcs = self._arcs()
        self.within = {
            item: self._within(tasks)
            for item, tasks in problem.tasks_of.items()
            if all(problem.tasks[n].begun is None for n in tasks)
        }
        self.span = {
            item: max(head + self.problem.tasks[n].days + tail for n, (head, tail) in inner.items())
            for item, inner in self.within.items()
        }
        self.length = 0
        runs = self._barriers()
        self.stretches = [self._stretch(phases) for phases in runs]
        number = {phase: index for index, phases in enumerate(runs) for phase in phases}
        self.stretch_of = [number[division.phase_of[task.group]] for task in problem.tasks]

    def _barriers(self) -> list[list[int]]:
        """The phases with work in them, in runs in which each may overlap the one before."""
        windows = self.division.windows
        runs: list[list[int]] = []
        for phase in sorted(set(self.division.phase_of)):
            if runs and windows[phase].overlap:
                runs[-1].append(phase)
            else:
                runs.append([phase])
        return runs

    # -- links ----------------------------------------------------------------------------------------------

    def _arcs(self) -> list[list[tuple[int, int]]]:
        """For each task those that wait for it: (task, working days at least from its finish to the other's)."""
        tasks = self.problem.tasks
        found: list[list[tuple[int, int]]] = [[] for _task in tasks]
        for task in tasks:
            for bound in task.bounds if task.begun is None else ():
                if not bound.from_finish and len(bound.sources) > 1:
                    continue  # only the first of them counts, and which that is nobody knows
                for source in bound.sources:
                    found[source].append((task.number, self._distance(bound, tasks[source], task)))
        return found

    def _distance(self, bound: Bound, source: Task, task: Task) -> int:
        waits = bound.lag if bound.from_finish else bound.lag - source.days + 1
        if bound.on_finish:
            return waits
        return (self.wait(bound) if bound.from_finish else waits) + task.days - 1

    def _within(self, tasks: Sequence[int]) -> dict[int, tuple[int, int]]:
        """For each task of a capability the days from the capability's start to its own, and from its end on."""
        head = dict.fromkeys(tasks, 0)
        tail = dict.fromkeys(tasks, 0)
        length = self.problem.tasks
        order = [n for n in self.problem.groups[length[tasks[0]].group].tasks if n in head]
        for number in order:
            for target, days in self.arcs[number]:
                if target in head:
                    wait = head[number] + length[number].days + days - length[target].days
                    head[target] = max(head[target], wait)
        for number in reversed(order):
            tail[number] = max([0, *(days + tail[target] for target, days in self.arcs[number] if target in tail)])
        return {number: (head[number], tail[number]) for number in order}

    # -- stretches ------------------------------------------------------------------------------------------

    def _stretch(self, phases: Sequence[int]) -> Stretch:
        problem, base = self.problem, self.length
        tasks: list[int] = []
        items: list[str] = []
        floor = base
        for phase in phases:
            floor = max(floor, self.division.windows[phase].first)
            groups = [group for group in problem.groups if self.division.phase_of[group.number] == phase]
            first = None
            for group in groups:
                for number in group.tasks:
                    if problem.tasks[number].begun is None:
                        self._place(problem.tasks[number], floor)
                        tasks.append(number)
                    first = self.start[number] if first is None else min(first, self.start[number])
                items += [item for item in group.capabilities if item in self.span]
                for item in group.capabilities:
                    self._reached(item)
            floor = first or 0
        inside = set(tasks)
        for number in reversed(tasks):
            self.tail[number] = max(
                [0, *(days + self.tail[target] for target, days in self.arcs[number] if target in inside)]
            )
        machines = tuple(self._machines(tasks, items, phases))
        ends = [self.finish[n] + 1 + self.tail[n] for n in tasks]
        ends += [
            self.finish[n] + 1 for g in problem.groups if self.division.phase_of[g.number] in phases for n in g.tasks
        ]
        self.length = max([base, *ends, *map(ended, machines), *map(packed, machines)])
        return Stretch(tuple(tasks), machines)

    def _place(self, task: Task, floor: int) -> None:
        day = max(floor, task.not_before)
        for bound in task.bounds:
            day = max(day, allowed(self.problem, bound, task, self.start, self.finish))
            if bound.from_finish and bound.sources in self.reach:
                day = max(day, bounded(self.problem, bound, task, self.reach[bound.sources]))
        self.start[task.number] = day
        self.finish[task.number] = day + task.days - 1

    def _reached(self, item: str) -> None:
        tasks = self.problem.tasks_of[item]
        last = max(self.finish[n] for n in tasks)
        if item in self.span:
            last = max(last, min(self.start[n] for n in tasks) + self.span[item] - 1)
        self.reach[tasks] = last

    def _machines(self, tasks: Sequence[int], items: Sequence[str], phases: Sequence[int]) -> Iterator[Machine]:
        yield from self._changes(self.problem.absorption, items, self.problem.tasks_of)
        for phase in phases:
            if (limit := self.division.windows[phase].limit) is not None:
                yield from self._changes(limit, self._of(phase, items), self._of(phase, self.problem.tasks_of))
        loads: dict[int, list[tuple[int, int]]] = {}
        for number in tasks:
            for role, units in self.problem.tasks[number].loads:
                loads.setdefault(role, []).append((number, units))
        for role, found in sorted(loads.items()):
            yield from self._role(role, found)

    def _of(self, phase: int, items: Iterable[str]) -> list[str]:
        """Those of ``items`` that stand in ``phase``."""
        tasks, tasks_of = self.problem.tasks, self.problem.tasks_of
        return [item for item in items if self.division.phase_of[tasks[tasks_of[item][0]].group] == phase]

    def _changes(self, limit: int, items: Sequence[str], everything: Iterable[str]) -> Iterator[Machine]:
        """A limit on change as a resource: each of ``items`` takes its part from its beginning to its end.

        What has begun among ``everything`` takes its own first; of several levels of a process the most.
        """
        problem = self.problem
        begun: dict[str, tuple[int, int, float]] = {}
        for item in everything:
            own = problem.tasks_of[item]
            last = max([self.reach.get(own, -1), *(self.finish[n] for n in own if problem.tasks[n].begun is not None)])
            if item not in self.span and last >= problem.now:
                process = process_of(item)
                more, known = float(problem.change(item)), begun.get(process, (problem.now, last, 0.0))
                begun[process] = (problem.now, min(last, known[1]), max(more, known[2]))
        parts = []
        for item in items:
            own = problem.tasks_of[item]
            head, tail, days = min(self.start[n] for n in own), min(self.tail[n] for n in own), self.span[item]
            parts.append(Part(own, head, days, float(days * problem.change(item)), tail))
        if parts:
            yield Machine(less(((0, float(limit)),), begun.values()), tuple(parts))

    def _role(self, role: int, loads: Sequence[tuple[int, int]]) -> Iterator[Machine]:
        """A role as a resource, and some other ways of counting what is needed of it; ``loads`` by task."""
        steps = self.problem.capacity_steps[role]
        begun = [
            (task.begun, task.begun + task.days - 1, float(units))
            for task in self.begun
            for mine, units in task.loads
            if mine == role and task.begun is not None
        ]
        supply = less([(since, float(units)) for since, units in steps], begun)
        yield self._machine(supply, [(number, float(units)) for number, units in loads])
        if most := max(units for _since, units in steps):
            ways = [
                self._machine(((0, 1.0),), [(n, share) for (n, _u), share in zip(loads, way, strict=True) if share])
                for way in shares([units for _n, units in loads], most)
            ]
            yield from sorted(ways, key=lambda machine: -machine.load)[:WAYS]

    def _machine(self, supply: Supply, shares: Sequence[tuple[int, float]]) -> Machine:
        return Machine(
            supply,
            tuple(
                Part((n,), self.start[n], self.problem.tasks[n].days, share * self.problem.tasks[n].days, self.tail[n])
                for n, share in shares
            ),
        )

    # -- what others ask ------------------------------------------------------------------------------------

    def end(self, tasks: tuple[int, ...]) -> int:
        """The earliest last working day of ``tasks`` together."""
        return max(self.reach.get(tasks, 0), *(self.finish[n] for n in tasks))

    def wait(self, bound: Bound) -> int:
        """Working days at least from the last finish of the sources of a finish-start bound to the start it bounds."""
        return max(bound.lag, self.calm.days(bound.weeks)) + 1 if bound.weeks else bound.lag + 1

    def follow(self, tasks: tuple[int, ...], number: int) -> int:
        """Working days at least from the finish of task ``number`` to the last finish of ``tasks``, it among them."""
        item = self.problem.tasks[number].capability
        if item not in self.within or self.problem.tasks_of[item] != tasks:
            return 0
        return self.within[item][number][1]

    def lasts(self, tasks: tuple[int, ...]) -> int:
        """Working days at least from the first start to the last finish of ``tasks``."""
        item = self.problem.tasks[tasks[0]].capability
        if item in self.span and self.problem.tasks_of[item] == tasks:
            return self.span[item]
        return max(self.problem.tasks[n].days for n in tasks)
