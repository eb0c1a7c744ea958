"""From an item back to the project start: what it waits for, what that waits for, and so on."""

from planner.model.calendar import ONE_DAY, Period
from planner.rollout.reasons import objections
from planner.rollout.reasons.placed import Placed
from planner.rollout.result import Reason, Step
from planner.text.i18n import _

LONGEST = 60
"""A chain with more steps than this is not told any further."""


def chain(placed: Placed, item: str) -> tuple[Step, ...]:
    """The steps from ``item``, as it stands, back to what waits for nothing else.

    Each step is a work package and the one reason that is nearest to a promise or an order of those that keep it from
    being a day earlier; the next step is the package whose place decides there. It ends at the project start, a pin, a
    date of a phase, work that has begun, a role that gets more time only on a later day, or at a package that could be
    earlier by itself.
    """
    days = placed.problem.workdays
    steps: list[Step] = []
    seen: set[int] = set()
    number: int | None = min(placed.tasks(item), key=lambda n: (placed.start[n], n))
    while number is not None and number not in seen and len(steps) < LONGEST:
        seen.add(number)
        task = placed.problem.tasks[number]
        reason = placed.nearest_reason(placed.objections([number], 1))
        following = placed.problem.task_of.get(reason.follows) if reason else None
        if reason is None:
            text = _("{item} could start earlier with everything else where it is")
            reason = Reason("objective", (task.id,), text.format(item=task.id))
        after = days[placed.finish[following]] if following is not None else days[placed.start[number]] - ONE_DAY
        start, finish = days[placed.start[number]], days[placed.finish[number]]
        closed = objections.closed(placed, min(after, start), finish)
        steps.append(Step(task.id, start, finish, reason, tuple(map(_named, closed))))
        number = following
    return tuple(steps)


def _named(period: Period) -> str:
    text = _("no work from {first} to {last}{name}")
    return text.format(first=period.first, last=period.last, name=f" ({period.name})" if period.name else "")
