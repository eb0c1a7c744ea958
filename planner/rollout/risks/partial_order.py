"""The decisions of a roadmap as a network: what each work package waits for, whatever the lengths turn out to be.

Kept are the links, the earliest dates of pins and phases, the barriers between phases, and who hands capacity
(``flows``) and room for change to whom in the order of the roadmap. Dates are not kept: work starts as soon as what
it waits for is done, and never before a date that comes from outside. What has begun stands.

Two things need a way of their own:

- A role that loses capacity that the roadmap uses cannot hand it over for good. Such roles are *booked*: in every run
  their days are filled one package after another, in the order of the roadmap.
- A link with a negative lag may let a package stand before the one it waits for, and hand capacity to it. A longer
  package would then wait for itself; such a link is *overtaken* and holds no more.

Starts of several packages (a capability's first start, the begin of a phase) stand for the one that starts first in the
roadmap: waiting for it is enough, since the first start is never later.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from planner.graph.bitsets import components
from planner.model.project import Roadmap
from planner.rollout.division import window
from planner.rollout.problem import Problem, Task
from planner.rollout.risks.flows import Claim, Flows, hand_over


@dataclass(frozen=True, slots=True)
class Wait:
    """A lower bound of one task from a ``node``: a task, or a join, which ends with the last of its members.

    ``from_start``: the node's start counts, else its end. ``on_finish``: it bounds the task's finish, else its start.
    ``lag`` in working days, ``weeks`` in calendar weeks, as in ``problem.Bound``.
    """

    node: int
    from_start: bool = False
    on_finish: bool = False
    lag: int = 0
    weeks: int = 0

    @property
    def plain(self) -> bool:
        """Whether the task just starts after the end of the node."""
        return not (self.from_start or self.on_finish or self.lag or self.weeks)


class Unplaced(ValueError):
    """The roadmap has no place for ``packages``."""

    def __init__(self, packages: tuple[str, ...]) -> None:
        super().__init__(", ".join(packages))
        self.packages = packages


class Network:
    """What the tasks of ``problem`` wait for in the order of ``roadmap``. Raises Unplaced.

    ``waits`` and ``floor`` (the first working day) are by task; node number ``len(tasks) + k`` is ``joins[k]``.
    ``before`` has, for each task, as bits those that end before it starts in any case. ``booked`` are role numbers,
    ``overtaken`` the waits that hold no more, by task. ``start`` is the first day of each task in the roadmap, not
    before what the plan allows today.
    """

    def __init__(self, problem: Problem, roadmap: Roadmap) -> None:
        self.problem = problem
        self.tasks = problem.tasks
        places = roadmap.packages
        if lost := tuple(task.id for task in self.tasks if task.begun is None and task.id not in places):
            raise Unplaced(lost)
        self.floor = [task.not_before if task.begun is None else task.begun for task in self.tasks]
        self.start = [
            max(floor, problem.workdays.on_or_after(places[task.id].start)) if task.begun is None else floor
            for task, floor in zip(self.tasks, self.floor, strict=True)
        ]
        self.end = [start + task.days for start, task in zip(self.start, self.tasks, strict=True)]
        self.phase = [places[task.id].phase if task.id in places else "" for task in self.tasks]
        self.waits: list[list[Wait]] = [[] for _ in self.tasks]
        self.joins: list[tuple[int, ...]] = []
        self._join_of: dict[tuple[int, ...], int] = {}
        position = {n: place for place, n in enumerate(n for group in problem.groups for n in group.tasks)}
        # when each node, or the last member of a join, has its turn in the order of the roadmap
        self._turn = [(start, position[number]) for number, start in enumerate(self.start)]
        self._link()
        self._divide()
        self.before = self._certain()
        self._hand_over_change()
        self.booked = tuple(role for role in range(len(problem.roles)) if not self._hand_over_role(role))
        self.overtaken = self._loosen()

    def join(self, members: Iterable[int]) -> int:
        """The node that ends with the last of ``members``; a single one is its own."""
        nodes = tuple(sorted(set(members)))
        if len(nodes) == 1:
            return nodes[0]
        if nodes not in self._join_of:
            self._join_of[nodes] = len(self.tasks) + len(self.joins)
            self.joins.append(nodes)
            self._turn.append(max(self._turn[node] for node in nodes))
        return self._join_of[nodes]

    def members(self, node: int) -> tuple[int, ...]:
        """What a node waits for by its nature: the members of a join, nothing for a task."""
        return self.joins[node - len(self.tasks)] if node >= len(self.tasks) else ()

    # -- links and phases ---------------------------------------------------------------------------------

    def _first(self, tasks: Iterable[int]) -> int:
        """The task that starts first in the roadmap."""
        return min(tasks, key=lambda number: self._turn[number])

    def _link(self) -> None:
        for task in self._free():
            for bound in task.bounds:
                node = self.join(bound.sources) if bound.from_finish else self._first(bound.sources)
                self.waits[task.number].append(
                    Wait(node, not bound.from_finish, bound.on_finish, bound.lag, bound.weeks)
                )

    def _free(self) -> Iterator[Task]:
        """The tasks that have not begun, and so can move."""
        return (task for task in self.tasks if task.begun is None)

    def _divide(self) -> None:
        """Phases: their first days, and what each of their tasks waits for in the phases before."""
        gate = first = None
        for phase in self.problem.project.phases:
            inside = [task.number for task in self.tasks if self.phase[task.number] == phase.id]
            if not inside:
                continue
            opens = window(self.problem, phase).first
            for task in self._free():
                if self.phase[task.number] == phase.id:
                    self.floor[task.number] = max(self.floor[task.number], opens)
                    if phase.overlap and first is not None:
                        self.waits[task.number].append(Wait(first, from_start=True))
                    elif not phase.overlap and gate is not None:
                        self.waits[task.number].append(Wait(gate))
            gate = self.join(inside if gate is None else [gate, *inside])
            first = self._first(inside)

    # -- flows --------------------------------------------------------------------------------------------

    def _certain(self) -> list[int]:
        """For each task, as bits, the tasks that end before it starts whatever the lengths are."""
        behind = [0] * len(self.tasks)
        known: dict[int, int] = {}

        def through(node: int) -> int:
            """The tasks that have ended when ``node`` has."""
            if node < len(self.tasks):
                return behind[node] | 1 << node
            if node not in known:
                bits = 0
                for member in self.members(node):
                    bits |= through(member)
                known[node] = bits
            return known[node]

        for number in sorted(range(len(self.tasks)), key=lambda n: self._turn[n]):
            bits = 0
            for wait in self.waits[number]:
                if wait.on_finish or wait.lag < 0 or self._turn[wait.node] >= self._turn[number]:
                    continue
                bits |= behind[wait.node] if wait.from_start else through(wait.node)
            behind[number] = bits
        return behind

    def _hand_over_change(self) -> None:
        """The limit on change, of the plan and of its phases: capabilities hand over their part of it as a whole."""
        items = [item for item in self.problem.tasks_of if not all(self._over(n) for n in self._work(item))]
        limits = [(items, self.problem.absorption)]
        for phase in self.problem.project.phases:
            if phase.limit is not None:
                inside = [item for item in items if any(self.phase[n] == phase.id for n in self._work(item))]
                limits.append((inside, phase.limit))
        for changing, limit in limits:
            claims = [
                Claim(
                    index,
                    max(self.problem.now, min(self.start[n] for n in self._work(item))),
                    max(self.end[n] for n in self._work(item)),
                    self.problem.change(item),
                )
                for index, item in enumerate(changing)
            ]

            def behind(one: int, other: int, changing: Sequence[str] = changing) -> bool:
                bits = sum(1 << n for n in self._work(changing[one]))
                return all(not bits & ~self.before[n] for n in self._work(changing[other]) if self._moves(n))

            def turn(claim: Claim, changing: Sequence[str] = changing) -> tuple[int, bool, tuple[int, int]]:
                work = self._work(changing[claim.number])
                return (claim.start, all(map(self._moves, work)), min(self._turn[n] for n in work))

            flows = hand_over(sorted(claims, key=turn), [(0, limit)], behind)
            for index, givers in flows.givers.items():
                waits = [Wait(self.join(self._work(changing[giver]))) for giver in givers]
                for number in filter(self._moves, self._work(changing[index])):
                    self.waits[number] += waits
            self.before = self._certain()

    def _work(self, item: str) -> tuple[int, ...]:
        return self.problem.tasks_of[item]

    def _moves(self, number: int) -> bool:
        return self.tasks[number].begun is None

    def _over(self, number: int) -> bool:
        """Whether a task has ended before the days that can still be planned."""
        return not self._moves(number) and self.end[number] <= self.problem.now

    def _hand_over_role(self, role: int) -> bool:
        """The flows of a role; False when it must be booked by day: it loses what the roadmap uses."""
        loads = [
            (number, units)
            for number, task in enumerate(self.tasks)
            if not self._over(number)
            for of, units in task.loads
            if of == role
        ]
        claims = [Claim(n, max(self.start[n], self.problem.now), self.end[n], units) for n, units in loads]
        claims.sort(key=lambda claim: (claim.start, self._moves(claim.number), self._turn[claim.number]))
        supply = lasting(self.problem.capacity_steps[role], self.problem.now)
        flows: Flows = hand_over(claims, supply, lambda one, other: bool(self.before[other] >> one & 1))
        if flows.exceeded:
            return False
        for number in filter(self._moves, flows.givers):
            self.waits[number] += [Wait(giver) for giver in flows.givers[number]]
            self.floor[number] = max(self.floor[number], flows.since.get(number, 0))
        self.before = self._certain()
        return True

    # -- order --------------------------------------------------------------------------------------------

    def _sources(self) -> list[set[int]]:
        waits = [{wait.node for wait in waits} for waits in self.waits]
        return waits + [set(members) for members in self.joins]

    def _loosen(self) -> tuple[tuple[int, Wait], ...]:
        """Drop waits that lead back in the order of the roadmap and close a circle; which, by task."""
        dropped = []
        for circle in components(self._sources()):
            if len(circle) == 1:
                continue
            inside = set(circle)
            for number in circle:
                if number >= len(self.tasks):
                    continue
                for wait in self.waits[number]:
                    if wait.node in inside and self._turn[wait.node] >= self._turn[number]:
                        dropped.append((number, wait))
        for number, wait in dropped:
            self.waits[number].remove(wait)
        return tuple(dropped)

    def ordered(self) -> tuple[int, ...]:
        """All nodes, each after those it waits for, otherwise in the order of the roadmap."""
        sources = self._sources()
        followers: list[list[int]] = [[] for _ in sources]
        for node, needed in enumerate(sources):
            for source in needed:
                followers[source].append(node)
        open_ = [len(needed) for needed in sources]
        ready = [(self._turn[node], node) for node, count in enumerate(open_) if not count]
        ready.sort()
        order = []
        while ready:
            _turn, node = heappop(ready)
            order.append(node)
            for follower in followers[node]:
                open_[follower] -= 1
                if not open_[follower]:
                    heappush(ready, (self._turn[follower], follower))
        return tuple(order)


def lasting(steps: Sequence[tuple[int, int]], now: int) -> list[tuple[int, int]]:
    """What of a capacity, given by steps, is there from a day on and never lost again: steps that only rise."""
    later = {max(since, now): units for since, units in steps}  # of steps up to now the last one holds
    found: list[tuple[int, int]] = []
    least: int | None = None
    for since in sorted(later, reverse=True):
        least = later[since] if least is None else min(least, later[since])
        found.append((since, least))
    found.reverse()
    return [step for index, step in enumerate(found) if not index or step[1] > found[index - 1][1]]
