"""What a roadmap is worth, read off its dates."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from planner.assessment.dates import finish_of, phase_of, start_of
from planner.model.calendar import ONE_DAY
from planner.model.capability import level_of, process_of
from planner.model.project import Phase, Project, Roadmap
from planner.rollout.result import Metrics


def metrics(project: Project, roadmap: Roadmap, phases: tuple[Phase, ...] | None = None) -> Metrics:
    """The metrics of ``roadmap`` with ``phases`` (the plan's own when None). An empty roadmap is worth nothing."""
    phases = project.phases if phases is None else phases
    placed = {item: place for item, place in roadmap.packages.items() if item in project.package_by_id}
    if not placed:
        return Metrics(0, 0, {}, {}, 0)
    reached = [day for item in project.capabilities if (day := finish_of(project, roadmap, item))]
    begin = project.engagement.start
    first, last = min(p.start for p in placed.values()), max(p.finish for p in placed.values())
    return Metrics(
        days_to_first_value=(min(reached, default=last) - begin).days + 1,
        working_days=project.calendar.count(first, last),
        peak_load=_peak_load(project, roadmap),
        maturity_by_phase=maturity_by_phase(project, roadmap, phases),
        broken_soft_dependencies=len(broken_soft(project, roadmap)),
    )


def broken_soft(project: Project, roadmap: Roadmap) -> tuple[tuple[str, str], ...]:
    """Soft dependencies between planned items that are not kept, as (item, what it would like to have first)."""
    found = []
    for dependency in project.dependencies:
        if dependency.strength == "soft":
            start = start_of(project, roadmap, dependency.item)
            ready = finish_of(project, roadmap, dependency.needs)
            if start and ready and start <= ready:
                found.append((dependency.item, dependency.needs))
    return tuple(found)


def loads(project: Project, roadmap: Roadmap) -> dict[str, dict[date, float]]:
    """Full-time equivalents in use, by role and worked day."""
    steps: dict[str, dict[date, list[float]]] = {}
    for item, place in roadmap.packages.items():
        package = project.package_by_id.get(item)
        if package is None:
            continue
        for role in package.effort:
            load, days = package.load(role), steps.setdefault(role, {})
            for day, sign in ((place.start, 1), (place.finish + ONE_DAY, -1)):
                step = days.setdefault(day, [0.0, 0])
                step[0] += sign * load
                step[1] += sign
    worked: dict[date, bool] = {}
    return {role: dict(_in_use(days, project, worked)) for role, days in steps.items()}


def _in_use(steps: dict[date, list[float]], project: Project, worked: dict[date, bool]) -> Iterator[tuple[date, float]]:
    """Each worked day with what is in use, from what comes and goes: full-time equivalents and packages, by day."""
    load, packages = 0.0, 0.0
    days = sorted(steps)
    for first, following in pairwise(days):
        load, packages = load + steps[first][0], packages + steps[first][1]
        for number in range((following - first).days if packages else 0):
            day = first + timedelta(days=number)
            if day not in worked:
                worked[day] = project.calendar.is_working(day)
            if worked[day]:
                yield day, round(load, 9)


def _peak_load(project: Project, roadmap: Roadmap) -> dict[str, float]:
    peaks: dict[str, float] = {}
    for role, days in loads(project, roadmap).items():
        has = project.role_by_id[role]
        shares = [load / capacity for day, load in days.items() if (capacity := has.capacity(day)) > 0]
        peaks[role] = round(max(shares, default=0.0), 4)
    return {role.id: peaks[role.id] for role in project.roles if role.id in peaks}


def maturity_by_phase(
    project: Project, roadmap: Roadmap, phases: tuple[Phase, ...] | None = None
) -> dict[str, dict[str, int]]:
    """By phase (the plan's own when None), the level of each moving process at its end."""
    by_phase: dict[str, list[str]] = {}
    for item in project.capabilities:
        if finish_of(project, roadmap, item):
            by_phase.setdefault(phase_of(project, roadmap, item), []).append(item)
    moving = list(dict.fromkeys(process_of(item) for item in project.capabilities))
    levels = {process: project.process_by_id[process].level for process in moving}
    table: dict[str, dict[str, int]] = {}
    for phase in project.phases if phases is None else phases:
        for item in by_phase.get(phase.id, ()):
            levels[process_of(item)] = max(levels[process_of(item)], level_of(item))
        table[phase.id] = dict(levels)
    return table


def organisation_curve(project: Project, roadmap: Roadmap) -> tuple[tuple[date, float], ...]:
    """The mean level of the processes in scope from the project start on: each day on which it rises, and to what.

    Unlike ``assessment.maturity.organisation_index`` it tells where the roadmap leads, reached or not.
    """
    levels = {process.id: process.level for process in project.processes if process.in_scope}
    if not levels:
        return ()
    reached = sorted((day, item) for item in project.capabilities if (day := finish_of(project, roadmap, item)))
    curve = {project.engagement.start: sum(levels.values()) / len(levels)}
    for day, item in reached:
        process = process_of(item)
        if process in levels:
            levels[process] = max(levels[process], level_of(item))
            curve[day] = sum(levels.values()) / len(levels)
    return tuple(curve.items())
