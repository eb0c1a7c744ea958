"""Why there is no feasible roadmap, in words: which promise, by how much, and what stands in its way."""

from dataclasses import dataclass
from datetime import date

from planner.graph.closure import missing
from planner.model.capability import capability, level_of, process_of
from planner.model.project import Project
from planner.rollout.problem import Circular, Problem
from planner.rollout.result import Conflict
from planner.rollout.schedule import NoRoom, Schedule, lower_bound
from planner.text.i18n import _, listed


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
        text = _("{needs} is needed by {item} but has no work package: add one, or lower the target")
        if not need.pulled_by:
            text = _("{needs} is a target but has no work package: add one, or lower the target")
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


def conflicts_of(problem: Problem, schedule: Schedule, late: tuple[Late, ...]) -> tuple[Conflict, ...]:
    """The missed promises of the best schedule found, each with what holds it up."""
    return tuple(_missed(problem, schedule, lateness) for lateness in late)


def _missed(problem: Problem, schedule: Schedule, late: Late) -> Conflict:
    finish = problem.workdays[late.finish]
    if late.phase is not None:
        text = _("phase {item} cannot finish by {due}: the best roadmap found needs until {finish}, {days} days more")
        return Conflict(
            "phase", (late.item,), text.format(item=late.item, due=late.due, finish=finish, days=late.days), late.days
        )
    earliest = unlimited(problem)
    possible = problem.workdays[max(earliest[n] for n in problem.ends(late.item))]
    text = _("{item} cannot finish by {due}: the best roadmap found finishes it on {finish}, {days} days late.")
    message = text.format(item=late.item, due=late.due, finish=finish, days=late.days)
    items: tuple[str, ...] = (late.item,)
    if possible > late.due:
        chain = critical_chain(problem, earliest, late.item)
        items = (late.item, *chain)
        message += " " + _(
            "Even with unlimited staff it takes until {possible}, by the chain {chain}: move the deadline or shorten it"
        ).format(possible=possible, chain=" > ".join(chain))
    elif scarce := _scarce(problem, schedule, late):
        message += " " + _("Short of time is {scarce}.").format(scarce="; ".join(scarce))
    return Conflict("deadline", items, message, late.days)


def unlimited(problem: Problem) -> list[int]:
    """Each task's earliest finish by links and dates alone, as if staff and appetite for change were unlimited."""
    start, finish = [0] * len(problem.tasks), [0] * len(problem.tasks)
    for group in problem.groups:
        for number in group.tasks:
            task = problem.tasks[number]
            begin = max([task.not_before, *(lower_bound(problem, b, task, start, finish) for b in task.bounds)])
            start[number], finish[number] = begin, begin + task.days - 1
    return finish


def critical_chain(problem: Problem, finish: list[int], item: str) -> tuple[str, ...]:
    """The packages that, one waiting for the other, set the earliest finish of ``item``; first comes first."""
    start = [end - problem.tasks[n].days + 1 for n, end in enumerate(finish)]
    number = max(problem.ends(item), key=lambda n: finish[n])
    chain = [problem.tasks[number].id]
    while True:
        task = problem.tasks[number]
        binding = [b for b in task.bounds if lower_bound(problem, b, task, start, finish) == start[number] > 0]
        if not binding or start[number] == task.not_before:
            return tuple(reversed(chain))
        sources = binding[0].sources
        number = (
            max(sources, key=lambda n: finish[n]) if binding[0].from_finish else min(sources, key=lambda n: start[n])
        )
        chain.append(problem.tasks[number].id)


def _scarce(problem: Problem, schedule: Schedule, late: Late) -> list[str]:
    """The roles that are used up in the weeks before a missed deadline, with the share of days on which they are."""
    due = problem.workdays.on_or_before(late.due)
    numbers = set(problem.ends(late.item))
    groups = {problem.tasks[n].group for n in numbers}
    queue = list(groups)
    while queue:
        for before in problem.groups[queue.pop()].before - groups:
            groups.add(before)
            queue.append(before)
    chain = [n for group in groups for n in problem.groups[group].tasks]
    first = min(schedule.start[n] for n in chain)
    if due < first:
        return []
    found: list[tuple[float, str]] = []
    for role, name in enumerate(problem.roles):
        needed = max((units for n in chain for r, units in problem.tasks[n].loads if r == role), default=0)
        free = schedule.free[role][first : due + 1]
        if needed and free:
            share = sum(units < needed for units in free) / len(free)
            if share > 0.25:
                found.append((share, name))
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    text = _("{role} (taken on {share:.0%} of the days from {first} to {due})")
    shown = [text.format(role=n, share=s, first=problem.workdays[first], due=late.due) for s, n in found[:3]]
    return shown or [
        _("room for change (at most {limit} processes at once)").format(limit=problem.project.limits.absorption)
    ]
