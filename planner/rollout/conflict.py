"""Why there is no feasible roadmap, in words: which promise, by how much, and what stands in its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.graph.closure import missing
from planner.model.calendar import Period
from planner.model.capability import capability, level_of, process_of
from planner.model.project import Phase, Project
from planner.rollout.goal import Schedule
from planner.rollout.problem import LATEST, Circular, Problem
from planner.rollout.reasons.freely import freely, left_over
from planner.rollout.reasons.placed import Placed
from planner.rollout.result import Conflict, Rule
from planner.rollout.schedule import NoRoom
from planner.text.i18n import _, listed

LATE_START = 3 * 365
"""With fewer calendar days from the start to the last date of a plan it is the start that leaves too little time."""

MOST_BREAKS = 3
"""How many blackouts and holidays are named, the longest first."""


@dataclass(frozen=True, slots=True)
class Late:
    """A promise a schedule misses: a pinned item's deadline, or (``phase`` given) the end of a phase."""

    item: str
    phase: int | None
    due: date
    finish: int
    days: int


def contradictions(project: Project) -> tuple[Conflict, ...]:
    """What makes every roadmap impossible before any scheduling: nothing to do, or needs that nobody plans."""
    if not project.packages:
        return (
            Conflict(
                "coverage", (), _("there is nothing to plan: raise a target above its baseline, or add a package")
            ),
        )
    found = []
    unplanned = missing(project)
    for item, need in unplanned.items():
        text = _("{needs} is needed by {item} but has no work package: add one, or set the target anew in the planner")
        if not need.pulled_by:
            text = _("{needs} is a target but has no work package: set the target in the planner, which adds them")
        found.append(Conflict("dependency", (item,), text.format(needs=item, item=need.pulled_by)))
    planned = {*project.capabilities, *project.package_by_id}
    wants = [(d.item, d.needs) for d in project.dependencies if d.strength == "hard"]
    wants += [
        (item, capability(process_of(item), level_of(item) - 1))
        for item in project.capabilities
        if not project.stands_below(item)
    ]
    for item, needs in dict.fromkeys(wants):
        if item not in planned or needs in planned or needs in unplanned or project.stands_at(needs):
            continue
        found.append(
            Conflict(
                "dependency",
                (item, needs),
                _(
                    "{item} needs {needs}, which is neither reached nor planned: add work for it, or turn the link off"
                ).format(item=item, needs=needs),
            )
        )
    return tuple(found)


def circular(project: Project, error: Circular) -> Conflict:
    """The conflict of links that form a circle."""
    return Conflict(
        "cycle",
        error.items,
        _("these packages wait for each other in a circle: {items}; see the plan's checks for ways out").format(
            items=listed(error.items)
        ),
    )


def no_room(problem: Problem, error: NoRoom) -> Conflict:
    """The conflict of a group that fits nowhere, however late."""
    ids = tuple(problem.tasks[n].id for n in error.group.tasks)
    if error.role is not None:
        role = problem.roles[error.role]
        return Conflict(
            "capacity",
            ids,
            _("no place was found for {items}: from {day} on {role} has too little left for it").format(
                items=listed(ids), role=role, day=problem.workdays[problem.capacity_steps[error.role][-1][0]]
            ),
        )
    return Conflict(
        "absorption",
        ids,
        _("no place was found for {items}: more processes change together than the limits allow").format(
            items=listed(ids)
        ),
    )


def too_far(project: Project) -> Conflict:
    """The conflict of work that runs past what a plan can hold, with what leaves it too little time."""
    begin = project.engagement.start
    left = (LATEST - begin).days + 1
    breaks = [(max(p.first, begin), min(p.last, LATEST), p) for p in _breaks(project) if p.last >= begin]
    lengths = sorted(((last - first).days + 1, p.first, p) for first, last, p in breaks if first <= last)
    if left < LATE_START:
        text = _("the work would run past the year {year}: the project starts only on {start}, begin it earlier")
        return Conflict("calendar", (), text.format(year=LATEST.year, start=begin))
    if sum(days for days, _first, _period in lengths) * 2 > left:
        text = _(
            "the work would run past the year {year}, for there is no work {closed}: shorten the blackouts or holidays"
        )
        told = [_closed(period) for _days, _first, period in lengths[: -MOST_BREAKS - 1 : -1]]
        return Conflict("calendar", (), text.format(year=LATEST.year, closed=listed(told)))
    text = _("the work would run past the year {year}: shorten it, or give it more staff")
    return Conflict("calendar", (), text.format(year=LATEST.year))


def _breaks(project: Project) -> tuple[Period, ...]:
    return (*project.calendar.blackouts, *project.calendar.holidays)


def _closed(period: Period) -> str:
    """A blackout or a holiday period in words."""
    name = f" ({period.name})" if period.name else ""
    return _("from {first} to {last}{name}").format(first=period.first, last=period.last, name=name)


def conflicts_of(
    problem: Problem, schedule: Schedule, phases: Sequence[Phase], phase_of: Sequence[int], late: tuple[Late, ...]
) -> tuple[Conflict, ...]:
    """The missed promises of the best schedule found, each with what holds it up."""
    names = [phases[phase_of[task.group]].id for task in problem.tasks]
    placed = Placed(problem, phases, schedule.start, schedule.finish, names)
    return _causes([_missed(placed, schedule, lateness) for lateness in late])


def impossible(problem: Problem) -> tuple[Conflict, ...]:
    """Deadlines that links, pins and the calendar alone make impossible, however many people work."""
    earliest = freely(problem)
    found = []
    for pin in problem.project.pins:
        tasks = problem.ends(pin.item) if pin.deadline and not pin.may_slip else ()
        if not tasks or all(problem.tasks[n].done for n in tasks) or pin.deadline is None:
            continue
        if problem.workdays[max(earliest.finish[n] for n in tasks)] > pin.deadline:
            found.append(_proven(problem, earliest, pin.item, pin.deadline))
    return _causes(found)


def _causes(found: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """``found`` without those that are only late because another one of them is."""
    late = {conflict.items[0] for conflict in found}
    return tuple(conflict for conflict in found if late.isdisjoint(conflict.items[1:])) or tuple(found)


def _promised(problem: Problem, item: str) -> list[str]:
    """Why there is a deadline, where its pin says so."""
    pin = problem.project.pin_by_item.get(item)
    return [_("the deadline: {reason}").format(reason=pin.reason)] if pin and pin.reason else []


def _missed(placed: Placed, schedule: Schedule, late: Late) -> Conflict:
    problem = placed.problem
    days = problem.workdays
    if late.phase is not None:
        tasks = [n for n, phase in enumerate(placed.phase_of) if phase == late.item]
        text = _("no roadmap was found in which phase {item} finishes by {due}: the best needs {days} days more")
        rule: Rule = "phase"
    else:
        tasks = placed.tasks(late.item)
        text = _("no roadmap was found that finishes {item} by {due}: the best finishes it {days} days late")
        rule = "deadline"
    message = text.format(item=late.item, due=late.due, days=late.days) + _(" (on {day})").format(day=days[late.finish])
    reasons = placed.held_up(tasks)
    told = [reason.message for reason in reasons]
    if scarce := _scarce(problem, schedule, tasks, late.due):
        told.append(_("short of time is {scarce}").format(scarce=listed(scarce)))
    told += _promised(problem, late.item)
    items = dict.fromkeys([late.item, *(item for reason in reasons for item in reason.items)])
    whole = _("{what}; in it {why}").format(what=message, why=_("; ").join(told))
    return Conflict(rule, tuple(items), whole, late.days, message)


def _proven(problem: Problem, earliest: Schedule, item: str, due: date) -> Conflict:
    """A deadline that links, pins and the calendar alone make impossible."""
    ideal = Placed(problem, (), earliest.start, earliest.finish, [""] * len(earliest.finish))
    tasks = ideal.tasks(item)
    last = problem.workdays[max(earliest.finish[n] for n in tasks)]
    reasons = ideal.held_up(tasks, links_only=True)
    told = [reason.message for reason in reasons]
    begin = problem.project.engagement.start
    closed = [period for period in problem.project.calendar.blackouts if period.first <= last and period.last >= begin]
    told += [
        _("no work from {first} to {last}{name}").format(
            first=period.first, last=period.last, name=f" ({period.name})" if period.name else ""
        )
        for period in closed
    ]
    text = _("{item} cannot finish by {due}: even with unlimited staff it takes until {day}, {days} days late; {why}")
    days = (last - due).days
    why = _("; ").join([*(told or [_("it takes that long from the start of the project")]), *_promised(problem, item)])
    message = text.format(item=item, due=due, day=last, days=days, why=why)
    items = dict.fromkeys([item, *(item for reason in reasons for item in reason.items)])
    return Conflict("deadline", tuple(items), message, days)


def _scarce(problem: Problem, schedule: Schedule, tasks: Sequence[int], by: date) -> list[str]:
    """The roles that are used up in the weeks before a missed date, with the share of days on which they are."""
    due = problem.workdays.on_or_before(by)
    groups = problem.with_needs({problem.tasks[n].group for n in tasks})
    chain = [n for group in groups for n in problem.groups[group].tasks]
    first = min(schedule.start[n] for n in chain)
    if due < first:
        return []
    found: list[tuple[float, str]] = []
    for role, name in enumerate(problem.roles):
        needed = max((units for n in chain for r, units in problem.tasks[n].loads if r == role), default=0)
        free = left_over(problem, schedule.start, schedule.finish, role, due + 1)[first:] if needed else []
        if free:
            share = sum(units < needed for units in free) / len(free)
            if share > 0.25:
                found.append((share, name))
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    text = _("{role} (without enough time on {share:.0%} of the days from {first} to {due})")
    return [text.format(role=n, share=s, first=problem.workdays[first], due=by) for s, n in found[:3]]
