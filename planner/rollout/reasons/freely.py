"""The work by its links and dates alone, as if staff and the appetite for change had no end."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from planner.rollout.division import Division, undivided
from planner.rollout.goal import Schedule
from planner.rollout.problem import Problem
from planner.rollout.schedule import lower_bound


def freely(problem: Problem, division: Division | None = None, floors: Mapping[int, int] | None = None) -> Schedule:
    """Every task as early as its links, pins and phase allow; ``floors`` are first days for some tasks, by number.

    Without ``division`` phases hold up nothing. What has begun stands.
    """
    division = division or undivided(problem)
    count = len(problem.tasks)
    start, finish = [0] * count, [0] * count
    phase, floor, reached, begun = -1, 0, 0, 0
    for number in sorted(range(len(problem.groups)), key=lambda n: (division.phase_of[n], n)):
        if division.phase_of[number] != phase:
            phase = division.phase_of[number]
            window = division.windows[phase]
            floor = max(begun if window.overlap else reached, window.first)
            begun = -1
        tasks = problem.groups[number].tasks
        for n in tasks:
            task = problem.tasks[n]
            first = max([floor, task.not_before, *(lower_bound(problem, b, task, start, finish) for b in task.bounds)])
            if floors and n in floors:
                first = max(first, floors[n])
            start[n] = first if task.begun is None else task.begun
            finish[n] = start[n] + task.days - 1
        reached = max([reached, *(finish[n] + 1 for n in tasks)])
        first = min(start[n] for n in tasks)
        begun = first if begun < 0 else min(begun, first)
    return Schedule(start, finish)


def left_over(problem: Problem, start: Sequence[int], finish: Sequence[int], role: int, length: int) -> list[int]:
    """What is left of a role on each of the first ``length`` days; tasks that stand nowhere (-1) take nothing."""
    change = [0] * (length + 1)
    for task in problem.tasks:
        if start[task.number] >= 0:
            for mine, units in task.loads:
                if mine == role and start[task.number] < length:
                    change[start[task.number]] += units
                    change[min(finish[task.number] + 1, length)] -= units
    used = [*accumulate(change)]
    return [problem.capacity(role, day) - used[day] for day in range(length)]
