"""By how much an item can slip before the roadmap ends later or breaks a promise."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace

from planner.rollout import phases as phasing
from planner.rollout.decode import Decoder
from planner.rollout.division import Division
from planner.rollout.goal import Schedule, promises
from planner.rollout.reasons.freely import freely
from planner.rollout.reasons.placed import Placed
from planner.rollout.result import Slack
from planner.rollout.schedule import NoRoom


def slack(placed: Placed, item: str) -> Slack | None:
    """The slack of ``item``; None where the roadmap is not whole, nought for what has begun.

    ``total`` is what was found by giving everything its place again in the present order with the item held back:
    more may be possible in another order.
    """
    division = placed.division
    tasks = placed.tasks(item)
    if division is None:
        return None
    if any(placed.problem.tasks[n].begun is not None for n in tasks):
        return Slack(0, 0, 0)
    free = placed.latest(item)
    most = max(placed.finish) - max(placed.finish[n] for n in tasks)

    def by_links(later: int) -> bool:
        floors = {n: placed.start[n] + later for n in tasks}
        return _keeps(placed, division, freely(placed.problem, division, floors))

    def by_all(later: int) -> bool:
        return any(_keeps(placed, division, made) for made in _made(placed, division, tasks, later))

    links = _most(by_links, free, most)
    return Slack(free, _most(by_all, free, links), links)


def _most(holds: Callable[[int], bool], least: int, most: int) -> int:
    """The largest number from ``least`` to ``most`` found by halving for which ``holds``; ``least`` holds already."""
    while least < most:
        middle = (least + most + 1) // 2
        if holds(middle):
            least = middle
        else:
            most = middle - 1
    return max(least, 0)


def _keeps(placed: Placed, division: Division, schedule: Schedule) -> bool:
    """Whether a schedule ends no later than the roadmap and misses no promise by more than the roadmap does."""
    if max(schedule.finish) > max(placed.finish):
        return False
    for promise in promises(placed.problem, division):
        allowed = max(promise.last, *(placed.finish[n] for n in promise.tasks))
        if not promise.may_slip and max(schedule.finish[n] for n in promise.tasks) > allowed:
            return False
    return True


def _made(placed: Placed, division: Division, tasks: Sequence[int], later: int) -> Iterator[Schedule]:
    """Schedules in the roadmap's order, the item's tasks at least ``later`` days later than they stand."""
    problem = copy(placed.problem)
    problem.tasks = [
        replace(task, not_before=max(task.not_before, placed.start[task.number] + later))
        if task.number in tasks
        else task
        for task in problem.tasks
    ]
    decoder = Decoder(problem, division)
    for shift in ({}, {problem.tasks[n].group: later for n in tasks}):
        try:
            yield decoder.serial(_order(placed, division, shift))
        except NoRoom:
            continue


def _order(placed: Placed, division: Division, shift: Mapping[int, int]) -> list[int]:
    """The groups as the roadmap starts them, some later by what ``shift`` says."""
    starts = [min(placed.start[n] for n in group.tasks) + shift.get(group.number, 0) for group in placed.problem.groups]

    def key(number: int) -> tuple[float, ...]:
        return (division.phase_of[number], starts[number])

    return phasing.sequence(placed.problem, key)
