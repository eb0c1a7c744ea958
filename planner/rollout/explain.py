"""Why an item is where it is in the plan's roadmap, and what keeps it from being earlier.

Everything else stays where it is; the item is moved towards the project start day by day. The first day on
which something objects is the answer: a link, a role, the limit on change, a pin, a phase.
"""

from collections.abc import Iterator
from datetime import date

from planner.graph.closure import needs_of
from planner.graph.links import links
from planner.model.capability import process_of, split
from planner.model.project import Phase, Project, Roadmap
from planner.rollout.conflict import circular
from planner.rollout.metrics import finish_of, phase_of, start_of
from planner.rollout.problem import FTE, Bound, Circular, Problem
from planner.rollout.result import Explanation, Reason
from planner.rollout.schedule import lower_bound
from planner.text.i18n import _, listed

LOOK_BACK = 3000
"""Working days that the search for an earlier place goes back at most: more than ten years."""

SLACK = 100
"""Units by which rounding may exceed a capacity; ``verify`` allows as much."""


def explain(project: Project, item: str) -> Explanation:
    """Why ``item`` (capability or work package) stands where the plan's roadmap has it.

    Raises KeyError when the plan has no roadmap or ``item`` is not wholly in it.
    """
    roadmap = project.roadmap
    start = start_of(project, roadmap, item) if roadmap else None
    finish = finish_of(project, roadmap, item) if roadmap else None
    if roadmap is None or start is None or finish is None:
        raise KeyError(item)
    earliest: date = start
    parts: tuple[str, ...] = ()
    try:
        state = _State(Problem(project), roadmap)
    except Circular as error:
        conflict = circular(project, error)
        reasons = [Reason("cycle", conflict.items, conflict.message)]
    else:
        earliest, reasons = state.earliest(item)
        parts = tuple(state.part(package.id) for package in project.packages_of.get(item, ()) if split(item))
    return Explanation(
        item=item,
        phase=phase_of(project, roadmap, item),
        start=start,
        finish=finish,
        because=tuple(_because(project, roadmap, item)),
        reasons=tuple(reasons),
        earliest=earliest,
        parts=parts,
    )


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
        state = _State(Problem(project), roadmap)
    except Circular as error:
        conflict = circular(project, error)
        return [Reason("cycle", conflict.items, conflict.message)]
    earliest, reasons = state.earliest(item, across_phases=True)
    return reasons if ends and earliest > max(ends) else []


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


class _State:
    """A roadmap in the engine's numbers, able to answer what objects to an item on a day."""

    def __init__(self, problem: Problem, roadmap: Roadmap) -> None:
        self.problem = problem
        self.project = problem.project
        self.roadmap = roadmap
        days = problem.workdays
        places = [roadmap.packages.get(task.id) for task in problem.tasks]
        self.placed = [place is not None for place in places]
        self.start = [days.on_or_after(place.start) if place else -1 for place in places]
        self.finish = [days.on_or_before(place.finish) if place else -1 for place in places]
        self.phase = [place.phase if place else "" for place in places]

    def earliest(self, item: str, *, across_phases: bool = False) -> tuple[date, list[Reason]]:
        """The first day ``item`` could start on with all else in place, and what objects to the day before it.

        ``across_phases``: as if it did not belong to its phase.
        """
        tasks = [n for n in self.problem.ends(item) if self.placed[n]]
        begin = min(self.start[n] for n in tasks)
        step = 0
        while step < min(begin, LOOK_BACK):
            if reasons := self.objections(tasks, step + 1, across_phases):
                return self.problem.workdays[begin - step], reasons
            step += 1
        day = self.problem.workdays[begin - step]
        text = _("the project starts on {day}")
        return day, [Reason("calendar", (), text.format(day=self.project.engagement.start))] if begin == step else []

    def objections(self, tasks: list[int], step: int, across_phases: bool = False) -> list[Reason]:
        """What speaks against moving ``tasks`` together ``step`` working days towards the start."""
        moved = set(tasks)
        found: list[Reason] = []
        for number in tasks:
            task = self.problem.tasks[number]
            begin = self.start[number] - step
            for bound in task.bounds:
                stays = moved.isdisjoint(bound.sources) and all(self.placed[s] for s in bound.sources)
                if stays and lower_bound(self.problem, bound, task, self.start, self.finish) > begin:
                    found.append(self._link(bound, task.id))
            if begin < task.not_before:
                found.append(self._pin(task.id, task.capability))
            if not across_phases:
                found += self._phase(number, begin)
            found += self._roles(number, begin, moved)
        found += self._change(moved, step)
        unique = {(reason.rule, reason.items): reason for reason in found}
        return list(unique.values())

    def part(self, package: str) -> str:
        """One line on a package of a capability: when it runs and what it waits for."""
        place = self.roadmap.packages[package]
        earliest, reasons = self.earliest(package)
        text = _("{package}: {start} to {finish}")
        line = text.format(package=package, start=place.start, finish=place.finish)
        if earliest < place.start:
            return _("{line}; {more}").format(line=line, more=_("could start on {day}").format(day=earliest))
        return _("{line}; {more}").format(line=line, more=reasons[0].message) if reasons else line

    def _link(self, bound: Bound, item: str) -> Reason:
        link = bound.link
        anchor = (
            max(self.finish[s] for s in bound.sources)
            if bound.from_finish
            else min(self.start[s] for s in bound.sources)
        )
        day = self.problem.workdays[anchor]
        if link.origin == "level":
            text = _("{needs} is reached on {day} and must settle {weeks} weeks before the next level")
            return Reason("stabilisation", (link.needs,), text.format(needs=link.needs, day=day, weeks=link.weeks))
        text = (
            _("{item} needs {needs}, which finishes on {day}")
            if bound.from_finish
            else _("{item} needs {needs}, which starts on {day}")
        )
        message = text.format(item=link.item, needs=link.needs, day=day)
        if link.lag:
            message += _(" (and {lag} working days)").format(lag=link.lag)
        if link.reason:
            message += f" - {link.reason}"
        return Reason("dependency", (link.needs,), message)

    def _pin(self, package: str, capability: str) -> Reason:
        pins = [self.project.pin_by_item.get(package), self.project.pin_by_item.get(capability)]
        pin = max((p for p in pins if p and p.not_before), key=lambda p: p.not_before or date.min)
        text = _("{item} is pinned to start on {day} or later")
        message = text.format(item=pin.item, day=pin.not_before) + (f" ({pin.reason})" if pin.reason else "")
        return Reason("pin", (pin.item,), message)

    def _phase(self, number: int, begin: int) -> Iterator[Reason]:
        """The phase's own earliest day, and the barrier of the phases before it."""
        ids = [phase.id for phase in self.project.phases]
        if self.phase[number] not in ids:
            return
        position = ids.index(self.phase[number])
        phase = self.project.phases[position]
        if phase.not_before and self.problem.workdays[begin] < phase.not_before:
            text = _("phase {phase} may not begin before {day}")
            yield Reason("phase", (phase.id,), text.format(phase=phase.id, day=phase.not_before))
        earlier = [n for n, name in enumerate(self.phase) if name in ids[:position]]
        if not earlier:
            return
        if phase.overlap:
            nearest = max(ids.index(self.phase[n]) for n in earlier)
            before = [n for n in earlier if self.phase[n] == ids[nearest]]
            if begin < min(self.start[n] for n in before):
                text = _("phase {phase} begins no earlier than phase {other}, on {day}")
                day = self.problem.workdays[min(self.start[n] for n in before)]
                yield Reason("phase", (ids[nearest],), text.format(phase=phase.id, other=ids[nearest], day=day))
            return
        last = max(earlier, key=lambda n: self.finish[n])
        if begin <= self.finish[last]:
            text = _("phase {phase} begins after phase {other} has finished, on {day}, with {item}")
            message = text.format(
                phase=phase.id,
                other=self.phase[last],
                day=self.problem.workdays[self.finish[last]],
                item=self.problem.tasks[last].id,
            )
            yield Reason("phase", (self.phase[last], self.problem.tasks[last].id), message)

    def _roles(self, number: int, begin: int, moved: set[int]) -> Iterator[Reason]:
        """Roles that are taken on some day of the new place, with who takes them on the first such day."""
        task = self.problem.tasks[number]
        for role, units in task.loads:
            for day in range(begin, begin + task.days):
                users = [
                    other
                    for other in self.problem.tasks
                    if other.number not in moved
                    and self.placed[other.number]
                    and self.start[other.number] <= day <= self.finish[other.number]
                    and any(r == role for r, _units in other.loads)
                ]
                used = sum(u for other in users for r, u in other.loads if r == role)
                has = self.problem.capacity(role, day)
                if used + units > has + SLACK:
                    name = self.problem.roles[role]
                    text = _("{role} is taken on {day}: {users} use {used:.2f} of {has:g}, {item} needs {needed:.2f}")
                    if not users:
                        text = _("{role} has only {has:g} on {day}, {item} needs {needed:.2f}")
                    message = text.format(
                        role=name,
                        day=self.problem.workdays[day],
                        users=listed(other.id for other in users),
                        used=used / FTE,
                        has=has / FTE,
                        item=task.id,
                        needed=units / FTE,
                    )
                    yield Reason("capacity", (name, *(other.id for other in users)), message)
                    break

    def _change(self, moved: set[int], step: int) -> Iterator[Reason]:
        """The limits on processes in change, on the days that moving adds to a capability's time of change."""
        spans: dict[str, tuple[int, int]] = {}
        new_days: dict[str, range] = {}
        for item, numbers in self.problem.tasks_of.items():
            placed = [n for n in numbers if self.placed[n]]
            if not placed:
                continue
            was = min(self.start[n] for n in placed)
            now = min(self.start[n] - step if n in moved else self.start[n] for n in placed)
            last = max(self.finish[n] - step if n in moved else self.finish[n] for n in placed)
            spans[item] = (now, last)
            if now < was:
                new_days[item] = range(now, min(was, last + 1))
        phase_of_item = {item: self.phase[self.problem.tasks_of[item][0]] for item in spans}
        limits: list[tuple[str | None, int]] = [(None, self.project.limits.absorption)]
        limits += [(phase.id, phase.limit) for phase in self.project.phases if phase.limit is not None]
        for item, days in new_days.items():
            for phase, limit in limits:
                if phase is not None and phase_of_item[item] != phase:
                    continue
                for day in days:
                    busy = [
                        other
                        for other, (first, last) in spans.items()
                        if other != item
                        and first <= day <= last
                        and process_of(other) != process_of(item)
                        and (phase is None or phase_of_item[other] == phase)
                    ]
                    if len({process_of(other) for other in busy}) + 1 > limit:
                        text = _("{limit} processes may change at once; on {day} these do: {items}")
                        message = text.format(limit=limit, day=self.problem.workdays[day], items=listed(busy))
                        yield Reason("absorption", tuple(busy), message)
                        break
