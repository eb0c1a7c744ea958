"""What speaks against an item standing earlier than it does, in words, with the change that would take it away."""

from collections.abc import Iterator, Sequence
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from planner.model.calendar import ONE_DAY, Period
from planner.model.capability import level_of
from planner.model.project import Phase, Pin
from planner.rollout.changes.kinds import (
    FreedPackage,
    HigherLimit,
    MoreCapacity,
    RelaxedLink,
    ShorterBreak,
    ShorterSettling,
)
from planner.rollout.changes.promised import OverlappingPhase, PhaseDates, Pinned
from planner.rollout.problem import FTE, Bound
from planner.rollout.result import Reason
from planner.rollout.schedule import settled
from planner.text.i18n import _, listed

if TYPE_CHECKING:
    from planner.rollout.reasons.placed import Placed

NAMED = 6
"""How many of those that use a role are named before "and more" stands for the rest."""


def link(placed: "Placed", bound: Bound, begin: int) -> Reason:
    """A link that would be broken by a task starting on working day ``begin``."""
    found, days = bound.link, placed.problem.workdays
    decides = (
        max(bound.sources, key=lambda s: placed.finish[s])
        if bound.from_finish
        else min(bound.sources, key=lambda s: placed.start[s])
    )
    anchor = placed.finish[decides] if bound.from_finish else placed.start[decides]
    day, follows = days[anchor], placed.problem.tasks[decides].id
    if found.origin == "level":
        text = _("{needs} is reached on {day} and must settle {weeks} weeks before the next level")
        weeks = next((w for w in range(found.weeks - 1, 0, -1) if settled(placed.problem, anchor, w) <= begin), 0)
        lift = ShorterSettling(level_of(found.needs), weeks) if found.weeks and begin > anchor else None
        message = text.format(needs=found.needs, day=day, weeks=found.weeks)
        return Reason("stabilisation", (found.needs,), message, day, None, lift, follows)
    text = (
        _("{item} needs {needs}, which finishes on {day}")
        if bound.from_finish
        else _("{item} needs {needs}, which starts on {day}")
    )
    message = text.format(item=found.item, needs=found.needs, day=day)
    if found.lag:
        message += _(" (and {lag} working days)").format(lag=found.lag)
    if found.reason:
        message += f" - {found.reason}"
    lifted = (
        FreedPackage(found.item, found.needs)
        if found.origin == "stage"
        else RelaxedLink((found.item, found.needs, found.type))
    )
    return Reason("dependency", (found.needs,), message, day, None, lifted, follows)


def dates(placed: "Placed", number: int, begin: int) -> Iterator[Reason]:
    """The project start, the day up to which progress is known, and pins."""
    problem, task = placed.problem, placed.problem.tasks[number]
    days = problem.workdays
    if begin < 0:
        text = _("the project starts on {day}")
        yield Reason("calendar", (), text.format(day=problem.project.engagement.start))
        return
    if begin >= task.not_before:
        return
    if begin < problem.now:
        text = _("progress is known up to {day}; what has not begun by then comes after it")
        yield Reason("calendar", (), text.format(day=problem.project.engagement.as_of))
    for item in dict.fromkeys((task.id, task.capability)):
        pin = problem.project.pin_by_item.get(item)
        if pin and pin.not_before and begin < days.on_or_after(pin.not_before):
            text = _("{item} is pinned to start on {day} or later")
            message = text.format(item=pin.item, day=pin.not_before) + (f" ({pin.reason})" if pin.reason else "")
            weeks = (pin.not_before - days[begin]).days / 7
            lift = Pinned(Pin(item=item, not_before=days[begin]), ("not_before",), weeks)
            yield Reason("pin", (pin.item,), message, pin.not_before, None, lift)


def begun(placed: "Placed", number: int) -> Reason:
    """Work that has begun stands."""
    text = _("{item} has begun: what has begun stays where it is")
    item = placed.problem.tasks[number].id
    return Reason("calendar", (item,), text.format(item=item), placed.problem.workdays[placed.start[number]])


def phase(placed: "Placed", number: int, begin: int) -> Iterator[Reason]:
    """The phase's own earliest day, and the barrier of the phases before it."""
    own, earlier = placed.phase_before(number)
    days = placed.problem.workdays
    if own is None:
        return
    if own.not_before and begin < days.on_or_after(own.not_before):
        text = _("phase {phase} may not begin before {day}")
        lift = PhaseDates(own.id, "not_before", days[begin]) if begin >= 0 else None
        yield Reason("phase", (), text.format(phase=own.id, day=own.not_before), own.not_before, None, lift)
    if not earlier:
        return
    if own.overlap:
        first = min(placed.nearest(earlier), key=lambda n: placed.start[n])
        if begin < placed.start[first]:
            text = _("phase {phase} begins no earlier than phase {other}, on {day}")
            yield _barrier(placed, own, first, placed.start[first], text)
        return
    last = max(earlier, key=lambda n: placed.finish[n])
    if begin <= placed.finish[last]:
        text = _("phase {phase} begins after phase {other} has finished, on {day}, with {item}")
        yield _barrier(placed, own, last, placed.finish[last], text)


def _barrier(placed: "Placed", own: Phase, decides: int, day: int, text: str) -> Reason:
    other, item, on = placed.phase_of[decides], placed.problem.tasks[decides].id, placed.problem.workdays[day]
    message = text.format(phase=own.id, other=other, day=on, item=item)
    lift = None if own.overlap else OverlappingPhase(own.id)
    return Reason("phase", (other, item), message, on, None, lift, item)


def roles(placed: "Placed", number: int, begin: int, moved: Sequence[int]) -> Iterator[Reason]:
    """Roles that are taken on some days of the new place: in which stretch, by whom, and how much is lacking.

    The stretch goes back from there as long as the role has too little for the task.
    """
    task = placed.problem.tasks[number]
    for role, units in task.loads:
        load = _Load(placed, role, units, number, placed.start[number] - begin, moved)
        blocked = [day for day in range(max(begin, 0), begin + task.days) if load.lacking(day) > 0]
        if blocked:
            yield _taken(placed, load, blocked)


class _Load:
    """What a role would have to give when task ``number`` moves ``step`` days earlier with ``moved``.

    ``users`` are those that stay, each with its first and last day and how much it takes; ``along`` those that move.
    """

    def __init__(self, placed: "Placed", role: int, units: int, number: int, step: int, moved: Sequence[int]) -> None:
        self.role, self.units, self.number = role, units, number
        self.capacity = placed.problem.capacity
        self.users: list[tuple[int, int, int, int]] = []
        self.along: list[tuple[int, int, int, int]] = []
        for task in placed.problem.tasks:
            need = dict(task.loads).get(role)
            if need and task.number != number and placed.stands(task.number):
                begin, end = placed.start[task.number], placed.finish[task.number]
                if task.number in moved:
                    self.along.append((task.number, begin - step, end - step, need))
                else:
                    self.users.append((task.number, begin, end, need))

    def used(self, day: int) -> int:
        """What those that stay take on ``day``."""
        return sum(need for _number, first, last, need in self.users if first <= day <= last)

    def needed(self, day: int) -> int:
        """What the task takes on ``day``, together with those that move along with it."""
        return self.units + sum(need for _number, first, last, need in self.along if first <= day <= last)

    def lacking(self, day: int) -> int:
        """By how much the role has too little on ``day``; negative for what is left."""
        return self.used(day) + self.needed(day) - self.capacity(self.role, day)


def _taken(placed: "Placed", load: _Load, blocked: Sequence[int]) -> Reason:
    problem, days = placed.problem, placed.problem.workdays
    first = last = blocked[0]
    while last + 1 in blocked:
        last += 1
    while first > problem.now and load.lacking(first - 1) > 0:
        first -= 1
    users = sorted((begin, n, end) for n, begin, end, _need in load.users if begin <= last and end >= first)
    names = [problem.tasks[n].id for _begin, n, _end in users]
    worst = max(range(first, last + 1), key=load.lacking)
    text = {
        (True, True): _("{role} is taken on {last}: {users} use {used:.2f} of {has:g}, {item} needs {needed:.2f}"),
        (True, False): _("{role} has only {has:g} on {last}, {item} needs {needed:.2f}"),
        (False, True): _(
            "{role} is taken from {first} to {last}: {users} use up to {used:.2f} of {has:g}, {item} needs {needed:.2f}"
        ),
        (False, False): _("{role} has only {has:g} from {first} to {last}, {item} needs {needed:.2f}"),
    }[first == last, bool(users)]
    told = listed(names[:NAMED])
    if len(names) > NAMED:
        told = _("{some} and {n} more").format(some=told, n=len(names) - NAMED)
    role, item = problem.roles[load.role], problem.tasks[load.number].id
    if own := [problem.tasks[n].id for n, begin, end, _need in load.along if begin <= worst <= end]:
        item = _("{item} (together with its own {own})").format(item=item, own=listed(own))
    message = text.format(
        role=role,
        first=days[first],
        last=days[last],
        users=told,
        used=load.used(worst) / FTE,
        has=load.capacity(load.role, worst) / FTE,
        item=item,
        needed=load.needed(worst) / FTE,
    )
    more = ceil(max(map(load.lacking, blocked)) / FTE * 10 - 1e-9) / 10
    lift = MoreCapacity(role, more, days[blocked[0]], days[blocked[-1]])
    ending = [n for _begin, n, end in users if end == last]
    follows = problem.tasks[ending[0]].id if ending else ""
    return Reason("capacity", (role, *names), message, days[first], days[last], lift, follows)


def change(placed: "Placed", moved: Sequence[int], step: int) -> Iterator[Reason]:
    """The limits on change, on the days that moving adds to a capability's time of change."""
    problem = placed.problem
    limits: list[tuple[str, int]] = [("", problem.absorption)]
    limits += [(p.id, p.limit) for p in placed.phases if p.limit is not None]
    for item in dict.fromkeys(problem.tasks[n].capability for n in moved):
        if not item:
            continue
        was, now = placed.spans[item], placed.span(item, moved, step)
        new_days = [day for day in range(max(now[0], problem.now), now[1] + 1) if not was[0] <= day <= was[1]]
        others = [
            (other, span)
            for other, span in placed.spans.items()
            if other != item and span[0] <= now[1] and span[1] >= now[0]
        ]
        for phase_id, limit in limits:
            if phase_id and placed.phase_of_item(item) != phase_id:
                continue
            near = [(o, span) for o, span in others if not phase_id or placed.phase_of_item(o) == phase_id]
            over = [
                (day, total)
                for day in new_days
                if (total := problem.change(item) + sum(problem.change(o) for o, (a, b) in near if a <= day <= b))
                > limit
            ]
            if over:
                yield _too_much(placed, item, phase_id, limit, near, over)


def _too_much(
    placed: "Placed",
    item: str,
    phase_id: str,
    limit: int,
    near: Sequence[tuple[str, tuple[int, int]]],
    over: Sequence[tuple[int, int]],
) -> Reason:
    problem, days = placed.problem, placed.problem.workdays
    first = last = over[0][0]
    full = {day for day, _total in over}
    while last + 1 in full:
        last += 1
    busy = [o for o, (begin, end) in near if begin <= last and end >= first]
    where = _("phase {phase}").format(phase=phase_id) if phase_id else _("the plan")
    weighed = any(problem.change(o) != 1 for o in (item, *busy))
    names = [f"{o} ({problem.change(o)})" for o in busy] if weighed else busy
    text = (
        _("at most {limit} may change at once; on {last} these do: {items}")
        if first == last
        else _("at most {limit} may change at once; from {first} to {last} these do: {items}")
    )
    message = text.format(limit=limit, first=days[first], last=days[last], items=listed(names))
    if phase_id:
        message += f" ({where})"
    ending = [o for o, (_begin, end) in near if end == last and o in busy]
    follows = max(placed.tasks(ending[0]), key=lambda n: placed.finish[n]) if ending else None
    return Reason(
        "absorption",
        tuple(busy),
        message,
        days[first],
        days[last],
        HigherLimit(max(total for _day, total in over), phase_id),
        problem.tasks[follows].id if follows is not None else "",
    )


def breaks(placed: "Placed", begin: int) -> Iterator[Reason]:
    """The blackout and holiday periods between working day ``begin`` and the next, after which work begins there."""
    days = placed.problem.workdays
    if begin < -1:
        return
    before = days[begin] if begin >= 0 else placed.problem.project.engagement.start - ONE_DAY
    for period in closed(placed, before, days[begin + 1]):
        text = _("there is no work from {first} to {last}{name}; it begins after that")
        message = text.format(first=period.first, last=period.last, name=f" ({period.name})" if period.name else "")
        table = placed.problem.project.calendar.blackouts
        lift = ShorterBreak(period, period.first - ONE_DAY, "blackouts" if period in table else "holidays")
        yield Reason("calendar", (), message, period.first, period.last, lift)


def closed(placed: "Placed", after: date, until: date) -> list[Period]:
    """The blackout and holiday periods with days between two dates that would be worked otherwise."""
    calendar = placed.problem.project.calendar
    return [
        period for period in (*calendar.blackouts, *calendar.holidays) if period.last > after and period.first < until
    ]
