"""Why an item is where it is in the plan's roadmap, and what keeps it from being earlier.

Everything else stays where it is; the item is moved towards the project start (``placed``). The earliest day
that is free, and what objects to the day before it - a link, a role, the limit on change, a pin, a phase - is
the answer. Where an earlier day is free, the strategy's goal says what the roadmap would gain or lose by it.
"""

from collections.abc import Iterator
from datetime import date

from planner.assessment.dates import finish_of, phase_of, start_of
from planner.graph.closure import needs_of
from planner.graph.links import links
from planner.model.capability import process_of, split
from planner.model.knowledge import Strategy, Term
from planner.model.project import Phase, Project, Roadmap
from planner.rollout.conflict import circular
from planner.rollout.goal import Goal, Schedule
from planner.rollout.problem import Circular, Problem
from planner.rollout.reasons import objections
from planner.rollout.reasons.chain import chain
from planner.rollout.reasons.placed import Placed
from planner.rollout.reasons.slack import slack
from planner.rollout.result import Explanation, Reason, Slack, Step, Unsuited
from planner.rollout.strategies import effective
from planner.rollout.verify import verify
from planner.text.i18n import N_, _, listed

NAMES: dict[Term, str] = {
    "first_value": N_("first visible benefit"),
    "value": N_("benefits early"),
    "finish": N_("finish"),
    "peak": N_("peak load"),
    "smooth": N_("even load"),
    "soft": N_("wished-for order"),
    "late": N_("missed dates"),
    "moved": N_("distance from the adopted roadmap"),
}
"""What each term of a goal is called."""


def explain(project: Project, item: str, strategy: Strategy | None = None) -> Explanation:
    """Why ``item`` (capability or work package) stands where the plan's roadmap has it.

    With ``strategy`` it also says what the roadmap would gain or lose where the item could start earlier.
    Raises KeyError when the plan has no roadmap or ``item`` is not wholly in it.
    """
    roadmap = project.roadmap
    start = start_of(project, roadmap, item) if roadmap else None
    finish = finish_of(project, roadmap, item) if roadmap else None
    if roadmap is None or start is None or finish is None:
        raise KeyError(item)
    earliest: date = start
    parts: tuple[str, ...] = ()
    preference: Reason | None = None
    steps: tuple[Step, ...] = ()
    room: Slack | None = None
    try:
        placed = Placed.of(Problem(project, roadmap.absorption), roadmap)
    except Circular as error:
        conflict = circular(project, error)
        reasons = [Reason("cycle", conflict.items, conflict.message)]
    else:
        earliest, reasons = placed.earliest(item)
        if reasons:
            reasons += objections.breaks(placed, placed.problem.workdays.on_or_after(earliest) - 1)
        preference = _preference(placed, item, earliest, strategy) if earliest < start else None
        steps, room = chain(placed, item), slack(placed, item)
        parts = tuple(_part(placed, roadmap, package.id) for package in project.packages_of.get(item, ()))
    return Explanation(
        item=item,
        phase=phase_of(project, roadmap, item),
        start=start,
        finish=finish,
        because=tuple(_because(project, roadmap, item)),
        reasons=tuple(reasons),
        earliest=earliest,
        parts=parts,
        broken=tuple(_broken(project, roadmap, item)),
        preference=preference,
        chain=steps,
        slack=room,
    )


def _preference(placed: Placed, item: str, earliest: date, strategy: Strategy | None) -> Reason | None:
    """What the strategy's goal says of ``item`` standing at ``earliest`` with all else in place."""
    division = placed.division
    if strategy is None or division is None:
        return None
    try:
        goal = Goal(placed.problem, effective(strategy, placed.problem.project), division)
    except Unsuited:
        return None
    tasks = placed.tasks(item)
    step = min(placed.start[n] for n in tasks) - placed.problem.workdays.on_or_after(earliest)
    moved = Schedule(
        [day - step if n in tasks else day for n, day in enumerate(placed.start)],
        [day - step if n in tasks else day for n, day in enumerate(placed.finish)],
    )
    now, then = goal.terms(placed.schedule), goal.terms(moved)
    change = goal.value(then) - goal.value(now)
    named = {term: round(then[term] - now[term], 2) for term in NAMES if goal.weight[term]}
    told = listed(
        _("{term} {change:+g}").format(term=_(NAMES[term]), change=amount) for term, amount in named.items() if amount
    )
    if abs(change) < 1e-6:
        text = _("it could start on {day}; strategy {strategy} gains nothing by that")
    elif change > 0:
        text = _("it could start on {day}; strategy {strategy} prefers it later: {told}, {change:+.2f} in all")
    else:
        text = _(
            "it could start on {day}, and by strategy {strategy} that would be better: {told}, {change:+.2f} in all"
        )
    message = text.format(day=earliest, strategy=strategy.id, told=told, change=change)
    return Reason("objective", (item,), message, earliest)


def why_not_phase(project: Project, item: str, phase: str) -> tuple[Reason, ...]:
    """What speaks against ``item`` standing in ``phase``; empty when nothing does.

    Against an earlier phase than its own also speaks what keeps it, with everything else in place, from starting
    before that phase ends. Raises KeyError when the plan has no roadmap, or does not know the item or the phase.
    """
    roadmap = project.roadmap
    position = {p.id: n for n, p in enumerate(project.phases)}
    current = phase_of(project, roadmap, item) if roadmap else ""
    if roadmap is None or not current:
        raise KeyError(item)
    found = [
        *_against_pins(project, item, project.phases[position[phase]]),
        *_against_links(project, roadmap, item, phase, position),
    ]
    if not found and position[phase] < position[current]:
        found = _against_dates(project, roadmap, item, phase)
    unique = {(reason.rule, reason.items): reason for reason in found}
    return tuple(unique.values())


def _against_pins(project: Project, item: str, phase: Phase) -> Iterator[Reason]:
    pin = project.pin_by_item.get(item)
    if pin is None:
        return
    if pin.phase and pin.phase != phase.id:
        yield Reason("pin", (item,), _("{item} is pinned to phase {phase}").format(item=item, phase=pin.phase))
    if pin.deadline and phase.not_before and phase.not_before > pin.deadline:
        text = _("phase {phase} begins on {day}, after the deadline {deadline}")
        message = text.format(phase=phase.id, day=phase.not_before, deadline=pin.deadline)
        yield Reason("deadline", (item,), message)
    if pin.not_before and phase.not_after and phase.not_after < pin.not_before:
        text = _("phase {phase} must end by {day}, and {item} may not start before {start}")
        message = text.format(phase=phase.id, day=phase.not_after, item=item, start=pin.not_before)
        yield Reason("pin", (item,), message)


def _against_links(
    project: Project, roadmap: Roadmap, item: str, phase: str, position: dict[str, int]
) -> Iterator[Reason]:
    """Needs that come in a later phase, and followers that come in an earlier one."""
    own = {item, *(package.id for package in project.packages_of.get(item, ()))}
    later = _("it needs {other}, which comes in the later phase {phase}")
    earlier = _("{other} needs it and comes in the earlier phase {phase}")
    for link in links(project):
        for near, far, text in ((link.item, link.needs, later), (link.needs, link.item, earlier)):
            if not link.hard or near not in own or far in own:
                continue
            other = phase_of(project, roadmap, far)
            if not other:
                continue
            if position[other] > position[phase] if far == link.needs else position[other] < position[phase]:
                yield Reason("dependency", (far,), text.format(other=far, phase=other))


def _against_dates(project: Project, roadmap: Roadmap, item: str, phase: str) -> list[Reason]:
    """What keeps ``item`` from starting before ``phase`` ends, phases aside."""
    ends = [place.finish for place in roadmap.packages.values() if place.phase == phase]
    try:
        placed = Placed.of(Problem(project, roadmap.absorption), roadmap)
    except Circular as error:
        conflict = circular(project, error)
        return [Reason("cycle", conflict.items, conflict.message)]
    if not ends or placed.earliest(item, across_phases=True)[0] <= max(ends):
        return []
    tasks = placed.tasks(item)
    step = min(placed.start[n] for n in tasks) - placed.problem.workdays.on_or_before(max(ends))
    return placed.objections(tasks, step, across_phases=True)


def _part(placed: Placed, roadmap: Roadmap, package: str) -> str:
    """One line on a package of a capability: when it runs and what it waits for."""
    place = roadmap.packages[package]
    earliest, reasons = placed.earliest(package)
    text = _("{package}: {start} to {finish}")
    line = text.format(package=package, start=place.start, finish=place.finish)
    if earliest < place.start:
        return _("{line}; {more}").format(line=line, more=_("could start on {day}").format(day=earliest))
    return _("{line}; {more}").format(line=line, more=reasons[0].message) if reasons else line


def _broken(project: Project, roadmap: Roadmap, item: str) -> Iterator[str]:
    """What the item breaks where it stands now: then the question is not why it is not earlier."""
    own = {item, *(package.id for package in project.packages_of.get(item, ()))}
    for violation in verify(project, roadmap):
        if own.intersection(violation.items):
            yield violation.message


def _because(project: Project, roadmap: Roadmap, item: str) -> Iterator[str]:
    """Why the item is in the plan and in this phase at all."""
    owner = item if split(item) else project.package_by_id[item].capability
    need = needs_of(project).get(owner)
    if need and need.pulled:
        text = (
            _("{item} is in the plan because {by} needs it")
            if not need.reason
            else _("{item} is in the plan because {by} needs it: {reason}")
        )
        yield text.format(item=owner, by=need.pulled_by, reason=need.reason)
    elif need:
        process = project.process_by_id[process_of(owner)]
        yield _("{item} is a target: {process} is to rise from level {now} to {goal}").format(
            item=owner, process=process.name, now=process.level, goal=process.target_level
        )
    elif owner:
        yield _("{item} has work packages although no target asks for it").format(item=owner)
    pin = project.pin_by_item.get(item)
    if pin and pin.phase:
        yield _("{item} is pinned to phase {phase}").format(item=item, phase=pin.phase) + (
            f" ({pin.reason})" if pin.reason else ""
        )
    phase = project.phase_by_id.get(phase_of(project, roadmap, item))
    if phase:
        text = _("phase {phase} ({name}) is for: {goal}") if phase.goal else _("it stands in phase {phase} ({name})")
        yield text.format(phase=phase.id, name=phase.name, goal=phase.goal)
