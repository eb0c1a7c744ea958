"""What no schedule can be better than, found without any solver.

Everything here is a relaxation: it forgets constraints and never adds one. Hence the bound holds for every schedule
within the division, whichever engine made it. Work that has begun stands.
"""

from planner.model.knowledge import Term
from planner.rollout.bounds.relaxed import Relaxed
from planner.rollout.bounds.worth import worth_bound
from planner.rollout.division import Division
from planner.rollout.goal import Goal
from planner.rollout.problem import Problem


def lower_bound(problem: Problem, division: Division, goal: Goal) -> float:
    """What the weighted sum of ``goal`` (the last element of its rank) can never fall below within ``division``."""
    relaxed = Relaxed(problem, division)
    return sum(weight * _least(term, relaxed, goal) for term, weight in goal.weight.items() if weight)


def earliest(problem: Problem, division: Division) -> list[int]:
    """The first working day on which each task can start at all, by number; the one on which it began if it has."""
    return Relaxed(problem, division).start


def makespan_bound(problem: Problem, division: Division) -> int:
    """How many working days from the start of the project the whole work takes at least."""
    return Relaxed(problem, division).length


def _least(term: Term, relaxed: Relaxed, goal: Goal) -> float:
    """A value that one term cannot fall below."""
    if term == "finish":
        return goal.week(relaxed.length - 1)
    if term == "value":
        return worth_bound(relaxed, goal) if goal.worth else goal.week(relaxed.length - 1)
    if term == "first_value":
        return goal.week(min([relaxed.end(r.tasks) for r in goal.results], default=relaxed.length - 1))
    if term == "late":
        ends = [(p, relaxed.end(p.tasks)) for p in goal.promises if p.may_slip]
        return sum(goal.week(end) - p.due_week for p, end in ends if end > p.last)
    if term == "moved":
        later = sum(max(0, relaxed.start[n] - day) for n, day in goal.adopted.items())
        return later / len(goal.adopted) / len(relaxed.problem.project.calendar.working_days) if later else 0.0
    if term == "soft":
        return float(sum(_broken(relaxed, needs, items) for needs, items in goal.soft))
    peaks = _peaks(relaxed.problem)
    if term == "peak":
        return max(peaks, default=0.0)
    return sum(peaks) / len(peaks) if peaks else 0.0


def _broken(relaxed: Relaxed, needs: tuple[int, ...], items: tuple[int, ...]) -> bool:
    """Whether ``items`` start before ``needs`` are finished in every schedule: a barrier stands between them."""
    stretch_of = relaxed.stretch_of
    return min(stretch_of[n] for n in items) < max(stretch_of[n] for n in needs)


def _peaks(problem: Problem) -> list[float]:
    """For each role that does anything, the highest share that a single task that is still to come takes of it."""
    peaks: dict[int, float] = {}
    for task in problem.tasks:
        for role, units in task.loads:
            most = max(capacity for _since, capacity in problem.capacity_steps[role])
            share = units / most if most and task.begun is None else 0.0
            peaks[role] = max(share, peaks.get(role, 0.0))
    return [peaks[role] for role in sorted(peaks)]
