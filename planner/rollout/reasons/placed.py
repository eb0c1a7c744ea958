"""A roadmap in the engine's numbers, able to answer what objects to an item standing earlier than it does."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from planner.model.project import Phase, Roadmap
from planner.rollout.division import Division, divided
from planner.rollout.goal import Schedule
from planner.rollout.problem import Bound, Problem
from planner.rollout.reasons import objections
from planner.rollout.reasons.freely import left_over
from planner.rollout.result import Reason
from planner.rollout.schedule import lower_bound


class Placed:
    """Tasks with their first and last working day and their phase; -1 and "" for one that stands nowhere."""

    def __init__(
        self, problem: Problem, phases: Sequence[Phase], start: list[int], finish: list[int], phase_of: Sequence[str]
    ) -> None:
        self.problem = problem
        self.phases = phases
        self.start = start
        self.finish = finish
        self.phase_of = phase_of
        self._position = {phase.id: index for index, phase in enumerate(phases)}

    @classmethod
    def of(cls, problem: Problem, roadmap: Roadmap, phases: Sequence[Phase] | None = None) -> "Placed":
        """The dates of ``roadmap`` in ``phases`` (those of the plan when None)."""
        days = problem.workdays
        places = [roadmap.packages.get(task.id) for task in problem.tasks]
        return cls(
            problem,
            problem.project.phases if phases is None else phases,
            [days.on_or_after(place.start) if place else -1 for place in places],
            [days.on_or_before(place.finish) if place else -1 for place in places],
            [place.phase if place else "" for place in places],
        )

    def stands(self, number: int) -> bool:
        """Whether a task is placed at all."""
        return self.start[number] >= 0

    def tasks(self, item: str) -> list[int]:
        """The placed tasks of a capability or package."""
        return [n for n in self.problem.ends(item) if self.stands(n)]

    @property
    def schedule(self) -> Schedule:
        """The dates alone."""
        return Schedule(self.start, self.finish)

    @cached_property
    def division(self) -> Division | None:
        """The phases with the groups in them; None where a task stands nowhere or a group is split."""
        found: list[int] = []
        for group in self.problem.groups:
            inside = {self._position.get(self.phase_of[n], -1) for n in group.tasks if self.stands(n)}
            if len(inside) != 1 or -1 in inside or not all(map(self.stands, group.tasks)):
                return None
            found += inside
        return divided(self.problem, self.phases, found)

    def earliest(self, item: str, *, across_phases: bool = False) -> tuple[date, list[Reason]]:
        """The first day ``item`` could start on with all else in place, and what objects to the day before that.

        When no earlier day is free the reasons say what objects to the day before its own. ``across_phases``: as
        if it did not belong to its phase.
        """
        tasks = self.tasks(item)
        begin = min(self.start[n] for n in tasks)
        best = 0
        if not self._begun(tasks):
            free = self._free_without(tasks)
            for step in range(1, self._most(tasks, across_phases) + 1):
                if self._fits(tasks, step, free) and not any(objections.change(self, tasks, step)):
                    best = step
        return self.problem.workdays[begin - best], self.objections(tasks, best + 1, across_phases=across_phases)

    def latest(self, item: str) -> int:
        """By how many working days ``item`` can move later with everything else where it is."""
        tasks = self.tasks(item)
        if self._begun(tasks):
            return 0
        free, step = self._free_without(tasks), 0
        for later in range(1, self._room_after(tasks) + 1):
            if not self._fits(tasks, -later, free) or any(objections.change(self, tasks, -later)):
                break
            step = later
        return step

    def objections(
        self, tasks: Sequence[int], step: int, *, across_phases: bool = False, links_only: bool = False
    ) -> list[Reason]:
        """What speaks against moving ``tasks`` together ``step`` working days towards the start.

        ``links_only`` leaves staff and the limits on change out, as if they had no bounds.
        """
        if begun := self._begun(tasks):
            return [objections.begun(self, begun[0])]
        found: list[Reason] = []
        for number in tasks:
            begin = self.start[number] - step
            for bound in self._outside(number, tasks):
                if self._room(bound, number, tasks) < step:
                    found.append(objections.link(self, bound, begin))
            found += objections.dates(self, number, begin)
            if not across_phases:
                found += objections.phase(self, number, begin)
            if not links_only:
                found += objections.roles(self, number, begin, tasks)
        if not links_only:
            found += objections.change(self, tasks, step)
        unique = {(reason.rule, reason.items): reason for reason in found}
        return list(unique.values())

    def held_up(self, tasks: Sequence[int], *, links_only: bool = False, most: int = 6) -> list[Reason]:
        """What the end of ``tasks`` waits for, what that waits for, and so on: at most ``most`` reasons.

        The walk ends where something else than a link or a phase holds: a role, a limit, a pin, the start.
        """
        found: list[Reason] = []
        number = max(tasks, key=lambda n: self.finish[n])
        while len(found) < most:
            reason = self.nearest_reason(self.objections([number], 1, links_only=links_only))
            if reason is None:
                break
            found.append(reason)
            if reason.rule not in ("dependency", "stabilisation", "phase") or not reason.follows:
                break
            number = self.problem.task_of[reason.follows]
        return found

    @staticmethod
    def nearest_reason(reasons: Sequence[Reason]) -> Reason | None:
        """The one of several reasons that a chain of causes follows: nearest to a promise or an order first."""
        return min(reasons, key=lambda reason: _ORDER.index(reason.rule), default=None)

    # -- what bounds a move ---------------------------------------------------------------------------------

    def _begun(self, tasks: Sequence[int]) -> list[int]:
        return [n for n in tasks if self.problem.tasks[n].begun is not None]

    def _outside(self, number: int, moved: Sequence[int]) -> Iterator[Bound]:
        """The bounds of a task from placed tasks that do not move with it."""
        for bound in self.problem.tasks[number].bounds:
            if not any(s in moved for s in bound.sources) and all(self.stands(s) for s in bound.sources):
                yield bound

    def _room(self, bound: Bound, number: int, moved: Sequence[int]) -> int:
        """How many days ``bound`` lets a task move with ``moved``.

        The finish of a capability is that of its last package: while another one finishes late enough, it is free.
        """
        task = self.problem.tasks[number]
        allowed = lower_bound(self.problem, bound, task, self.start, self.finish)
        if bound.on_finish and bound.link.item in self.problem.tasks_of:
            finish = allowed + task.days - 1
            packages = self.tasks(bound.link.item)
            if any(self.finish[n] >= finish for n in packages if n not in moved):
                return self.start[number]
            return max(self.finish[n] for n in packages) - finish
        return self.start[number] - allowed

    def _most(self, tasks: Sequence[int], across_phases: bool) -> int:
        """How many days ``tasks`` can move before a link, a pin, their phase or the project start stops them."""
        room = min(self.start[n] for n in tasks)
        for number in tasks:
            floor = self.problem.tasks[number].not_before
            room = min([room, *(self._room(bound, number, tasks) for bound in self._outside(number, tasks))])
            if not across_phases:
                floor = max(floor, self._phase_floor(number))
            room = min(room, self.start[number] - floor)
        return max(room, 0)

    def _room_after(self, tasks: Sequence[int]) -> int:
        """How many days ``tasks`` can move later before a link, a phase, a promise or the end of all stops them."""
        moved, problem, days = set(tasks), self.problem, self.problem.workdays
        limit = max(self.finish) - max(self.finish[n] for n in tasks)
        for pin in problem.project.pins:
            own = [n for n in self.tasks(pin.item) if n in moved]
            if own and pin.deadline and not pin.may_slip:
                limit = min(limit, days.on_or_before(pin.deadline) - max(self.finish[n] for n in own))
        for phase in self.phases:
            own = [n for n in tasks if self.phase_of[n] == phase.id]
            if own and phase.not_after:
                limit = min(limit, days.on_or_before(phase.not_after) - max(self.finish[n] for n in own))
        others = [task for task in problem.tasks if task.number not in moved and self.stands(task.number)]
        for later in range(1, limit + 1):
            start = [day + later if n in moved else day for n, day in enumerate(self.start)]
            finish = [day + later if n in moved else day for n, day in enumerate(self.finish)]
            shifted = Placed(problem, self.phases, start, finish, self.phase_of)
            for task in others:
                bounds = [b for b in task.bounds if not moved.isdisjoint(b.sources)]
                if any(shifted._room(b, task.number, ()) < 0 for b in bounds):
                    return later - 1
                if not shifted._in_phase(task.number, moved):
                    return later - 1
        return max(limit, 0)

    def _in_phase(self, number: int, moved: set[int]) -> bool:
        """Whether a task of a phase after those of ``moved`` still begins after its barrier."""
        if self._position.get(self.phase_of[number], -1) <= min(
            self._position.get(self.phase_of[n], -1) for n in moved
        ):
            return True
        return self.start[number] >= self._phase_floor(number)

    def _free_without(self, tasks: Sequence[int]) -> dict[int, list[int]]:
        """What is left of each role that ``tasks`` use, by day, when they are taken out."""
        roles = {role for n in tasks for role, _units in self.problem.tasks[n].loads}
        start = [-1 if n in tasks else day for n, day in enumerate(self.start)]
        length = max(self.finish) + 1
        return {role: left_over(self.problem, start, self.finish, role, length) for role in sorted(roles)}

    def _fits(self, tasks: Sequence[int], step: int, free: dict[int, list[int]]) -> bool:
        needed: dict[tuple[int, int], int] = {}
        for number in tasks:
            task = self.problem.tasks[number]
            for role, units in task.loads:
                for day in range(self.start[number] - step, self.start[number] - step + task.days):
                    needed[role, day] = needed.get((role, day), 0) + units
        return all(free[role][day] >= units for (role, day), units in needed.items())

    # -- phases and spans -----------------------------------------------------------------------------------

    def _phase_floor(self, number: int) -> int:
        """The first day on which the phase of a task lets it start."""
        floor = 0
        phase, earlier = self.phase_before(number)
        if phase is None:
            return floor
        if phase.not_before:
            floor = self.problem.workdays.on_or_after(phase.not_before)
        if not earlier:
            return floor
        if phase.overlap:
            return max(floor, min(self.start[n] for n in self.nearest(earlier)))
        return max(floor, max(self.finish[n] for n in earlier) + 1)

    def phase_before(self, number: int) -> tuple[Phase | None, list[int]]:
        """The phase of a task, and the tasks of all phases before it."""
        position = self._position.get(self.phase_of[number])
        if position is None:
            return None, []
        earlier = [n for n, name in enumerate(self.phase_of) if self._position.get(name, position) < position]
        return self.phases[position], earlier

    def nearest(self, earlier: list[int]) -> list[int]:
        """Those of ``earlier`` that stand in the latest phase."""
        latest = max(self._position[self.phase_of[n]] for n in earlier)
        return [n for n in earlier if self._position[self.phase_of[n]] == latest]

    @cached_property
    def spans(self) -> dict[str, tuple[int, int]]:
        """First and last day of change of every capability that stands anywhere."""
        return {item: self.span(item, (), 0) for item in self.problem.tasks_of if self.tasks(item)}

    def span(self, item: str, moved: Sequence[int], step: int) -> tuple[int, int]:
        """First and last day of change of a capability, with ``moved`` tasks ``step`` days earlier."""
        shift = [(n, step if n in moved else 0) for n in self.tasks(item)]
        return min(self.start[n] - s for n, s in shift), max(self.finish[n] - s for n, s in shift)

    def phase_of_item(self, item: str) -> str:
        """The phase of a capability's first package."""
        return self.phase_of[self.tasks(item)[0]]


_ORDER = ("pin", "dependency", "stabilisation", "phase", "calendar", "capacity", "absorption")
"""Which of several reasons a chain of causes follows: what is nearest to a promise or an order first."""
