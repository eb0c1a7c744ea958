"""What a roadmap is worth, read off its dates."""

from datetime import date, timedelta

from planner.assessment.dates import finish_of, phase_of, start_of
from planner.model.capability import level_of, process_of
from planner.model.project import Phase, Project, Roadmap
from planner.rollout.result import Metrics


def metrics(project: Project, roadmap: Roadmap, phases: tuple[Phase, ...] | None = None) -> Metrics:
    """The metrics of ``roadmap`` with ``phases`` (the plan's own when None). An empty roadmap is worth nothing."""
    phases = project.phases if phases is None else phases
    placed = {item: place for item, place in roadmap.packages.items() if item in project.package_by_id}
    if not placed:
        return Metrics(0, 0, {}, {}, 0)
    reached = {item: day for item in project.capabilities if (day := finish_of(project, roadmap, item))}
    begin = project.engagement.start
    first, last = min(p.start for p in placed.values()), max(p.finish for p in placed.values())
    return Metrics(
        days_to_first_value=(min(reached.values(), default=last) - begin).days + 1,
        working_days=project.calendar.count(first, last),
        peak_load=_peak_load(project, roadmap),
        maturity_by_phase=_maturity(project, reached, phases, roadmap),
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
    used: dict[str, dict[date, float]] = {}
    worked: dict[date, bool] = {}
    for item, place in roadmap.packages.items():
        package = project.package_by_id.get(item)
        if package is None:
            continue
        shares = [(used.setdefault(role, {}), package.load(role)) for role in package.effort]
        day = place.start
        while day <= place.finish:
            if day not in worked:
                worked[day] = project.calendar.is_working(day)
            if worked[day]:
                for days, load in shares:
                    days[day] = days.get(day, 0.0) + load
            day += timedelta(days=1)
    return used


def _peak_load(project: Project, roadmap: Roadmap) -> dict[str, float]:
    peaks: dict[str, float] = {}
    for role, days in loads(project, roadmap).items():
        has = project.role_by_id[role]
        shares = [load / capacity for day, load in days.items() if (capacity := has.capacity(day)) > 0]
        peaks[role] = round(max(shares, default=0.0), 4)
    return {role.id: peaks[role.id] for role in project.roles if role.id in peaks}


def _maturity(
    project: Project, reached: dict[str, date], phases: tuple[Phase, ...], roadmap: Roadmap
) -> dict[str, dict[str, int]]:
    moving = list(dict.fromkeys(process_of(item) for item in project.capabilities))
    levels = {process: project.process_by_id[process].level for process in moving}
    table: dict[str, dict[str, int]] = {}
    for phase in phases:
        for item in reached:
            if phase_of(project, roadmap, item) == phase.id:
                levels[process_of(item)] = max(levels[process_of(item)], level_of(item))
        table[phase.id] = dict(levels)
    return table
