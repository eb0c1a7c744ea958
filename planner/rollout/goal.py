"""How good a schedule is, by the terms a strategy weighs. Both engines minimise this and nothing else.

Terms, all "less is better", times in calendar weeks from the start of the project:

- ``first_value``: until the first capability is reached.
- ``value``: the mean week in which capabilities are reached, weighted by the importance of their processes: the area
  above the maturity curve.
- ``finish``: until all work is done.
- ``peak``: the highest share of a role's capacity used on a day; ``smooth``: the mean over roles of their highest.
- ``soft``: how many soft links are broken: whatever its type, one wishes for the other to be finished first.
- ``late``: weeks by which deadlines that may slip are missed, added up.
- ``moved``: the mean distance, in weeks of work, of each work package's start from the adopted roadmap.

A promise that may not slip (a deadline, the end of a phase) is no term: days late count before everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.model.knowledge import TERMS, Strategy, Term
from planner.rollout.division import Division
from planner.rollout.problem import Problem

Rank = tuple[float, ...]
"""What is smaller is better: days late, the terms that come first in their order, the weighted sum."""


@dataclass(slots=True)
class Schedule:
    """First and last working day of each task, by number."""

    start: list[int]
    finish: list[int]


@dataclass(frozen=True, slots=True)
class Promise:
    """``tasks`` are to be finished by working day ``last``: a deadline of ``item``, or the end of phase ``phase``.

    ``last`` is -1 where the date ``due`` lies before the project start; ``due_day`` is that date as calendar days from
    the project start to its end, none or fewer before the start. Lateness counts from there, not from ``last``: a date
    on which nobody works is missed by less than the working day before it would be.
    """

    item: str
    phase: int | None
    tasks: tuple[int, ...]
    last: int
    due: date
    due_day: int
    may_slip: bool = False

    @property
    def due_week(self) -> float:
        """Calendar weeks from the project start to the end of the day that was promised; see ``Goal.week``."""
        return self.due_day / 7


class Goal:
    """What a strategy wants of the schedules of one problem under one division."""

    def __init__(self, problem: Problem, strategy: Strategy, division: Division) -> None:
        self.problem = problem
        self.first: tuple[Term, ...] = strategy.first
        self.weight: dict[Term, float] = {term: float(getattr(strategy.weights, term)) for term in TERMS}
        self.results = problem.results
        self.worth = sum(result.weight for result in self.results)
        self.promises = promises(problem, division)
        self.adopted = problem.adopted
        self.soft = [(problem.ends(link.needs), problem.ends(link.item)) for link in problem.soft]
        self._week: list[float] = []

    def week(self, day: int) -> float:
        """Calendar weeks from the start of the project to the end of working day ``day``."""
        if day >= len(self._week):
            self._grow(day + 1)
        return self._week[day]

    def terms(self, schedule: Schedule) -> dict[Term, float]:
        """The value of every term of a schedule."""
        return {term: self.term(term, schedule) for term in TERMS}

    def late(self, schedule: Schedule) -> int:
        """Calendar days by which promises that may not slip are missed, added up."""
        total, days = 0, self.problem.workdays
        for promise in self.promises:
            if not promise.may_slip:
                finish = max(schedule.finish[n] for n in promise.tasks)
                if finish > promise.last:
                    total += (days[finish] - promise.due).days
        return total

    def rank(self, schedule: Schedule, best: Rank | None = None) -> Rank | None:
        """How good a schedule is; None when it is not better than ``best``.

        The weighted sum is made term by term and given up as soon as it is no better.
        """
        head: list[float] = [self.late(schedule)] if self.promises else [0]
        head += [self.term(term, schedule) for term in self.first]
        limit = float("inf")
        if best is not None:
            compared = tuple(head)
            if compared > best[:-1]:
                return None
            if compared == best[:-1]:
                limit = best[-1] - 1e-9
        value = 0.0
        for term in _CHEAPEST_FIRST:
            if weight := self.weight[term]:
                value += weight * self.term(term, schedule)
                if value >= limit:
                    return None
        return (*head, value)

    def value(self, terms: dict[Term, float]) -> float:
        """The weighted sum of ``terms``."""
        return sum(self.weight[term] * terms[term] for term in TERMS)

    def term(self, term: Term, schedule: Schedule) -> float:
        """The value of one term of a schedule."""
        finish = schedule.finish
        if term == "finish":
            return self.week(max(finish))
        if term == "value":
            if not self.worth:
                return self.week(max(finish))
            return sum(r.weight * self.week(max([finish[n] for n in r.tasks])) for r in self.results) / self.worth
        if term == "first_value":
            return self.week(min([max([finish[n] for n in r.tasks]) for r in self.results], default=max(finish)))
        if term == "soft":
            start = schedule.start
            return float(
                sum(min([start[n] for n in targets]) <= max([finish[n] for n in needs]) for needs, targets in self.soft)
            )
        if term == "late":
            ends = [(p, max(finish[n] for n in p.tasks)) for p in self.promises if p.may_slip]
            return sum(self.week(end) - p.due_week for p, end in ends if end > p.last)
        if term == "moved":
            if not self.adopted:
                return 0.0
            moved = sum(abs(schedule.start[n] - day) for n, day in self.adopted.items())
            return moved / len(self.adopted) / len(self.problem.project.calendar.working_days)
        peaks = self._peaks(schedule)
        if term == "peak":
            return max(peaks, default=0.0)
        return sum(peaks) / len(peaks) if peaks else 0.0

    def _peaks(self, schedule: Schedule) -> list[float]:
        """For each role that does anything, the highest share of its capacity that it gives on a day from now on."""
        changes: dict[int, dict[int, int]] = {}
        for task in self.problem.tasks:
            begin, end = schedule.start[task.number], schedule.finish[task.number] + 1
            for role, units in task.loads:
                steps = changes.get(role)
                if steps is None:
                    steps = changes[role] = {}
                steps[begin] = steps.get(begin, 0) + units
                steps[end] = steps.get(end, 0) - units
        peaks: list[float] = []
        now = self.problem.now
        for role in sorted(changes):
            steps, capacities = changes[role], self.problem.capacity_steps[role]
            for since, _units in capacities:
                steps.setdefault(max(since, now), 0)
            used, peak, capacity, number = 0, 0.0, 0, 0
            for day in sorted(steps):
                used += steps[day]
                while number < len(capacities) and capacities[number][0] <= day:
                    capacity = capacities[number][1]
                    number += 1
                if day >= now and capacity and used > peak * capacity:
                    peak = used / capacity
            peaks.append(peak)
        return peaks

    def _grow(self, length: int) -> None:
        begin = self.problem.project.engagement.start
        days = self.problem.workdays
        for number in range(len(self._week), length):
            self._week.append(_days_to_end(begin, days[number]) / 7)


_CHEAPEST_FIRST: tuple[Term, ...] = ("finish", "value", "first_value", "late", "moved", "soft", "peak", "smooth")


def promises(problem: Problem, division: Division) -> list[Promise]:
    """What is promised of a schedule: deadlines that have something left to do, and ends of phases."""
    return [*_deadlines(problem), *_phase_ends(problem, division)]


def _deadlines(problem: Problem) -> list[Promise]:
    found = []
    for pin in sorted(problem.project.pins, key=lambda pin: pin.item):
        tasks = problem.ends(pin.item) if pin.deadline else ()
        if tasks and pin.deadline and not all(problem.tasks[n].done for n in tasks):
            last = problem.workdays.on_or_before(pin.deadline)
            due_day = _days_to_end(problem.project.engagement.start, pin.deadline)
            found.append(Promise(pin.item, None, tasks, last, pin.deadline, due_day, pin.may_slip))
    return found


def _phase_ends(problem: Problem, division: Division) -> list[Promise]:
    found = []
    for index, (phase, window) in enumerate(zip(division.phases, division.windows, strict=True)):
        if window.last is None or phase.not_after is None:
            continue
        tasks = tuple(n for g in problem.groups if division.phase_of[g.number] == index for n in g.tasks)
        if not all(problem.tasks[n].done for n in tasks):
            due_day = _days_to_end(problem.project.engagement.start, phase.not_after)
            found.append(Promise(phase.id, index, tasks, window.last, phase.not_after, due_day))
    return found


def _days_to_end(begin: date, day: date) -> int:
    """Calendar days from ``begin``, the project start, to the end of ``day``."""
    return (day - begin).days + 1


def gap(value: float, bound: float) -> float:
    """How far above the best possible ``value`` may be, as a share of it."""
    return 0.0 if value <= bound else (value - bound) / max(abs(value), 1e-9)


def ends(schedule: Schedule, tasks: Sequence[int]) -> tuple[int, int]:
    """First start and last finish of ``tasks``."""
    return min(schedule.start[n] for n in tasks), max(schedule.finish[n] for n in tasks)
