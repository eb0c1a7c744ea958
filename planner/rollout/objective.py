"""How good a schedule is, by the terms a strategy weighs.

Terms, all "less is better": ``first_value`` weeks until the first capability is reached; ``value`` the mean
week in which capabilities are reached (the area above the maturity curve); ``finish`` weeks in all; ``peak``
the highest share of a role's capacity used on a day; ``soft`` the number of soft links broken.
"""

from planner.model.knowledge import Weights
from planner.rollout.problem import Problem
from planner.rollout.schedule import Schedule


def terms(problem: Problem, schedule: Schedule) -> dict[str, float]:
    """The value of every term of a schedule."""
    begin = problem.project.engagement.start
    weeks = [
        ((problem.workdays[max(schedule.finish[n] for n in tasks)] - begin).days + 1) / 7
        for tasks in problem.tasks_of.values()
    ]
    last = ((problem.workdays[max(schedule.finish)] - begin).days + 1) / 7
    return {
        "first_value": min(weeks, default=last),
        "value": sum(weeks) / len(weeks) if weeks else last,
        "finish": last,
        "peak": _peak(problem, schedule),
        "soft": float(broken(problem, schedule)),
    }


def weighted(values: dict[str, float], weights: Weights) -> float:
    """The weighted sum that a strategy minimises."""
    return sum(value * float(getattr(weights, term)) for term, value in values.items())


def broken(problem: Problem, schedule: Schedule) -> int:
    """How many soft links a schedule breaks: the item starts before what it would like to have is finished."""
    count = 0
    for link in problem.soft:
        sources, targets = problem.ends(link.needs), problem.ends(link.item)
        ready = max(schedule.finish[n] for n in sources)
        count += min(schedule.start[n] for n in targets) <= ready
    return count


def _peak(problem: Problem, schedule: Schedule) -> float:
    """The highest share of its capacity that any role gives on any day."""
    peak = 0.0
    for role, free in enumerate(schedule.free):
        steps = problem.capacity_steps[role]
        for index, (since, units) in enumerate(steps):
            until = steps[index + 1][0] if index + 1 < len(steps) else len(free)
            left = free[since:until]
            if units and left:
                peak = max(peak, 1 - min(left) / units)
    return peak
