"""What the dates of a schedule must keep, link by link; and what it means that something fits nowhere."""

from collections.abc import Sequence
from datetime import timedelta

from planner.rollout.division import Window
from planner.rollout.problem import Bound, Group, Problem, Task


class NoRoom(Exception):
    """A group fits nowhere, however late: its tasks need more of a role than it ever has again.

    ``role`` is None when it is not a role but the limits on change that leave no room.
    """

    def __init__(self, group: Group, role: int | None) -> None:
        super().__init__(group.number)
        self.group = group
        self.role = role


def lower_bound(problem: Problem, bound: Bound, task: Task, start: Sequence[int], finish: Sequence[int]) -> int:
    """The first day on which ``bound`` lets ``task`` start, given where its sources stand."""
    anchor = max(finish[n] for n in bound.sources) if bound.from_finish else min(start[n] for n in bound.sources)
    return bounded(problem, bound, task, anchor)


def bounded(problem: Problem, bound: Bound, task: Task, anchor: int) -> int:
    """The first day on which ``bound`` lets ``task`` start, given the day of its sources that counts."""
    day = anchor + bound.lag
    if bound.on_finish:
        return max(0, day - task.days + 1)
    if bound.from_finish:
        day += 1
        if bound.weeks:
            day = max(day, settled(problem, anchor, bound.weeks))
    return max(0, day)


def settled(problem: Problem, day: int, weeks: int) -> int:
    """The first working day after something that finished on working day ``day`` has settled for ``weeks`` weeks."""
    return problem.workdays.on_or_after(problem.workdays[day] + timedelta(days=7 * weeks + 1))


def horizon(problem: Problem, windows: Sequence[Window]) -> int:
    """A day by which everything could have been done one after another, were it possible at all."""
    latest = max((task.not_before for task in problem.tasks), default=0)
    latest = max([latest, *(window.first for window in windows)])
    latest = max([latest, *(steps[-1][0] for steps in problem.capacity_steps)])
    waits = sum(max(0, bound.lag) + 7 * bound.weeks for task in problem.tasks for bound in task.bounds)
    begun = max((task.begun + task.days for task in problem.tasks if task.begun is not None), default=0)
    return max(latest, begun) + waits + sum(task.days for task in problem.tasks) + 1
