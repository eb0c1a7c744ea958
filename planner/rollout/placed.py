"""A roadmap in the engine's numbers, able to answer what objects to an item standing earlier than it does."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from planner.model.capability import process_of
from planner.model.project import Phase, Roadmap
from planner.rollout.problem import FTE, Bound, Problem
from planner.rollout.result import Reason
from planner.rollout.schedule import lower_bound
from planner.text.i18n import _, listed


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

    @classmethod
    def of(cls, problem: Problem, roadmap: Roadmap) -> "Placed":
        """The plan's phases with the dates of ``roadmap``."""
        days = problem.workdays
        places = [roadmap.packages.get(task.id) for task in problem.tasks]
        return cls(
            problem,
            problem.project.phases,
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

    def earliest(self, item: str, *, across_phases: bool = False) -> tuple[date, list[Reason]]:
        """The first day ``item`` could start on with all else in place, and what objects to the day before that.

        When no earlier day is free the reasons say what objects to the day before its own. ``across_phases``: as
        if it did not belong to its phase.
        """
        tasks = self.tasks(item)
        begin = min(self.start[n] for n in tasks)
        best = 0
        free = self._free_without(tasks)
        for step in range(1, self._most(tasks, across_phases) + 1):
            if self._fits(tasks, step, free) and not any(self._change(tasks, step)):
                best = step
        return self.problem.workdays[begin - best], self.objections(tasks, best + 1, across_phases=across_phases)

    def objections(
        self, tasks: Sequence[int], step: int, *, across_phases: bool = False, links_only: bool = False
    ) -> list[Reason]:
        """What speaks against moving ``tasks`` together ``step`` working days towards the start.

        ``links_only`` leaves staff and the limits on change out, as if they had no bounds.
        """
        found: list[Reason] = []
        for number in tasks:
            task = self.problem.tasks[number]
            begin = self.start[number] - step
            for bound in self._outside(number, tasks):
                if self._room(bound, number, tasks) < step:
                    found.append(self._link(bound))
            if begin < 0:
                text = _("the project starts on {day}")
                day = self.problem.project.engagement.start
                found.append(Reason("calendar", (), text.format(day=day)))
            elif begin < task.not_before:
                found.append(self._pin(task.id, task.capability))
            if not across_phases:
                found += self._phase(number, begin)
            if not links_only:
                found += self._roles(number, begin, tasks)
        if not links_only:
            found += self._change(tasks, step)
        unique = {(reason.rule, reason.items): reason for reason in found}
        return list(unique.values())

    def held_up(self, tasks: Sequence[int], *, links_only: bool = False, most: int = 6) -> list[Reason]:
        """What the end of ``tasks`` waits for, what that waits for, and so on: at most ``most`` reasons.

        The walk ends where something else than a link or a phase holds: a role, a limit, a pin, the start.
        """
        found: list[Reason] = []
        number = max(tasks, key=lambda n: self.finish[n])
        while len(found) < most:
            reasons = self.objections([number], 1, links_only=links_only)
            if not reasons:
                break
            reason = min(reasons, key=lambda r: _ORDER.index(r.rule))
            found.append(reason)
            if reason.rule not in ("dependency", "stabilisation", "phase") or not reason.items:
                break
            following = self.tasks(reason.items[-1])
            if not following:
                break
            number = max(following, key=lambda n: self.finish[n])
        return found

    # -- what bounds a move ---------------------------------------------------------------------------------

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

    def _free_without(self, tasks: Sequence[int]) -> dict[int, list[int]]:
        """What is left of each role that ``tasks`` use, by day, when they are taken out."""
        roles = {role for n in tasks for role, _units in self.problem.tasks[n].loads}
        length = max(self.finish) + 1
        free = {role: [self.problem.capacity(role, day) for day in range(length)] for role in roles}
        for task in self.problem.tasks:
            if self.stands(task.number) and task.number not in tasks:
                for role, units in task.loads:
                    if role in free:
                        for day in range(self.start[task.number], self.finish[task.number] + 1):
                            free[role][day] -= units
        return free

    def _fits(self, tasks: Sequence[int], step: int, free: dict[int, list[int]]) -> bool:
        needed: dict[tuple[int, int], int] = {}
        for number in tasks:
            task = self.problem.tasks[number]
            for role, units in task.loads:
                for day in range(self.start[number] - step, self.start[number] - step + task.days):
                    needed[role, day] = needed.get((role, day), 0) + units
        return all(free[role][day] >= units for (role, day), units in needed.items())

    # -- objections in words ----------------------------------------------------------------------------------

    def _link(self, bound: Bound) -> Reason:
        link = bound.link
        finishes = [self.finish[s] for s in bound.sources]
        anchor = max(finishes) if bound.from_finish else min(self.start[s] for s in bound.sources)
        day = self.problem.workdays[anchor]
        if link.origin == "level":
            text = _("{needs} is reached on {day} and must settle {weeks} weeks before the next level")
            return Reason("stabilisation", (link.needs,), text.format(needs=link.needs, day=day, weeks=link.weeks))
        text = (
            _("{item} needs {needs}, which finishes on {day}")
            if bound.from_finish
            else _("{item} needs {needs}, which starts on {day}")
        )
        message = text.format(item=link.item, needs=link.needs, day=day)
        if link.lag:
            message += _(" (and {lag} working days)").format(lag=link.lag)
        if link.reason:
            message += f" - {link.reason}"
        return Reason("dependency", (link.needs,), message)

    def _pin(self, package: str, capability: str) -> Reason:
        pins = [self.problem.project.pin_by_item.get(package), self.problem.project.pin_by_item.get(capability)]
        pin = max((p for p in pins if p and p.not_before), key=lambda p: p.not_before or date.min)
        text = _("{item} is pinned to start on {day} or later")
        message = text.format(item=pin.item, day=pin.not_before) + (f" ({pin.reason})" if pin.reason else "")
        return Reason("pin", (pin.item,), message)

    def _phase_floor(self, number: int) -> int:
        """The first day on which the phase of a task lets it start."""
        floor = 0
        phase, earlier = self._phase_before(number)
        if phase is None:
            return floor
        if phase.not_before:
            floor = self.problem.workdays.on_or_after(phase.not_before)
        if not earlier:
            return floor
        if phase.overlap:
            return max(floor, min(self.start[n] for n in self._nearest(earlier)))
        return max(floor, max(self.finish[n] for n in earlier) + 1)

    def _phase_before(self, number: int) -> tuple[Phase | None, list[int]]:
        """The phase of a task, and the tasks of all phases before it."""
        ids = [phase.id for phase in self.phases]
        if self.phase_of[number] not in ids:
            return None, []
        position = ids.index(self.phase_of[number])
        before = set(ids[:position])
        return self.phases[position], [n for n, name in enumerate(self.phase_of) if name in before]

    def _nearest(self, earlier: list[int]) -> list[int]:
        """Those of ``earlier`` that stand in the latest phase."""
        ids = [phase.id for phase in self.phases]
        latest = max(ids.index(self.phase_of[n]) for n in earlier)
        return [n for n in earlier if self.phase_of[n] == ids[latest]]

    def _phase(self, number: int, begin: int) -> Iterator[Reason]:
        """The phase's own earliest day, and the barrier of the phases before it."""
        phase, earlier = self._phase_before(number)
        if phase is None:
            return
        if phase.not_before and begin < self.problem.workdays.on_or_after(phase.not_before):
            text = _("phase {phase} may not begin before {day}")
            yield Reason("phase", (), text.format(phase=phase.id, day=phase.not_before))
        if not earlier:
            return
        if phase.overlap:
            first = min(self._nearest(earlier), key=lambda n: self.start[n])
            if begin < self.start[first]:
                text = _("phase {phase} begins no earlier than phase {other}, on {day}")
                day = self.problem.workdays[self.start[first]]
                other = self.phase_of[first]
                message = text.format(phase=phase.id, other=other, day=day)
                yield Reason("phase", (other, self.problem.tasks[first].id), message)
            return
        last = max(earlier, key=lambda n: self.finish[n])
        if begin <= self.finish[last]:
            text = _("phase {phase} begins after phase {other} has finished, on {day}, with {item}")
            day, item = self.problem.workdays[self.finish[last]], self.problem.tasks[last].id
            message = text.format(phase=phase.id, other=self.phase_of[last], day=day, item=item)
            yield Reason("phase", (self.phase_of[last], item), message)

    def _roles(self, number: int, begin: int, moved: Sequence[int]) -> Iterator[Reason]:
        """Roles that are taken on some day of the new place, with who takes them on the first such day."""
        task = self.problem.tasks[number]
        for role, units in task.loads:
            others = [
                other
                for other in self.problem.tasks
                if other.number not in moved and self.stands(other.number) and any(r == role for r, _u in other.loads)
            ]
            for day in range(max(begin, 0), begin + task.days):
                users = [o for o in others if self.start[o.number] <= day <= self.finish[o.number]]
                used = sum(u for other in users for r, u in other.loads if r == role)
                has = self.problem.capacity(role, day)
                if used + units > has:
                    text = _("{role} is taken on {day}: {users} use {used:.2f} of {has:g}, {item} needs {needed:.2f}")
                    if not users:
                        text = _("{role} has only {has:g} on {day}, {item} needs {needed:.2f}")
                    name = self.problem.roles[role]
                    message = text.format(
                        role=name,
                        day=self.problem.workdays[day],
                        users=listed(other.id for other in users),
                        used=used / FTE,
                        has=has / FTE,
                        item=task.id,
                        needed=units / FTE,
                    )
                    yield Reason("capacity", (name, *(other.id for other in users)), message)
                    break

    def _change(self, moved: Sequence[int], step: int) -> Iterator[Reason]:
        """The limits on processes in change, on the days that moving adds to a capability's time of change."""
        limits: list[tuple[str | None, int]] = [(None, self.problem.absorption)]
        limits += [(phase.id, phase.limit) for phase in self.phases if phase.limit is not None]
        for item in dict.fromkeys(self.problem.tasks[n].capability for n in moved):
            if not item:
                continue
            was, now = self.spans[item], self._span(item, moved, step)
            new_days = [day for day in range(max(now[0], 0), now[1] + 1) if not was[0] <= day <= was[1]]
            others = [
                (other, span)
                for other, span in self.spans.items()
                if process_of(other) != process_of(item) and span[0] <= now[1] and span[1] >= now[0]
            ]
            for phase, limit in limits:
                if phase is not None and self._phase_of_item(item) != phase:
                    continue
                near = [(o, span) for o, span in others if phase is None or self._phase_of_item(o) == phase]
                if len(near) < limit:
                    continue
                for day in new_days:
                    busy = [other for other, (first, last) in near if first <= day <= last]
                    if len({process_of(other) for other in busy}) + 1 > limit:
                        text = _("at most {limit} may change at once; on {day} these do: {items}")
                        message = text.format(limit=limit, day=self.problem.workdays[day], items=listed(busy))
                        yield Reason("absorption", tuple(busy), message)
                        break

    @cached_property
    def spans(self) -> dict[str, tuple[int, int]]:
        """First and last day of change of every capability that stands anywhere."""
        return {item: self._span(item, (), 0) for item in self.problem.tasks_of if self.tasks(item)}

    def _span(self, item: str, moved: Sequence[int], step: int) -> tuple[int, int]:
        """First and last day of change of a capability, with ``moved`` tasks ``step`` days earlier."""
        shift = [(n, step if n in moved else 0) for n in self.tasks(item)]
        return min(self.start[n] - s for n, s in shift), max(self.finish[n] - s for n, s in shift)

    def _phase_of_item(self, item: str) -> str:
        return self.phase_of[self.tasks(item)[0]]


_ORDER = ("pin", "dependency", "stabilisation", "phase", "calendar", "capacity", "absorption")
"""Which of several reasons a chain of causes follows: what is nearest to a promise or an order first."""
