"""Scenarios: what would be otherwise in a plan, and the plan as one of them has it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from planner.edit.materialise import materialise
from planner.edit.refused import Refused, checked, meant
from planner.model.calendar import Calendar
from planner.model.knowledge import Catalogue
from planner.model.project import Pin, Placement, Project, Roadmap, Scenario
from planner.model.values import Fixed
from planner.text.i18n import _


def add_scenario(project: Project, scenario: Scenario) -> Project:
    """``project`` with another scenario. Raises Refused."""
    if any(other.id == scenario.id for other in project.scenarios):
        raise Refused(_("there is a scenario {item!r} already - give this one another id").format(item=scenario.id))
    return checked(project, replace(project, scenarios=(*project.scenarios, scenario)))


def change_scenario(project: Project, scenario_id: str, **fields: Any) -> Project:
    """``project`` with some fields of a scenario changed. Raises Refused."""
    held = scenario_of(project, scenario_id)
    if fields.get("id", scenario_id) != scenario_id:
        raise Refused(_("a scenario keeps its id {item!r} - give it another name instead").format(item=scenario_id))
    changed = replace(held, **fields)
    return checked(project, replace(project, scenarios=tuple(changed if s is held else s for s in project.scenarios)))


def remove_scenario(project: Project, scenario_id: str) -> Project:
    """``project`` without a scenario. Raises Refused when there is none."""
    held = scenario_of(project, scenario_id)
    return checked(project, replace(project, scenarios=tuple(s for s in project.scenarios if s is not held)))


def scenario_of(project: Project, scenario_id: str) -> Scenario:
    """The scenario of that id. Raises Refused, naming the nearest, when there is none."""
    known = {scenario.id: scenario for scenario in project.scenarios}
    meant(scenario_id, known, _("scenario"))
    return known[scenario_id]


def applied(project: Project, scenario: Scenario, catalogue: Catalogue) -> Project:
    """``project`` as ``scenario`` has it.

    Targets and capacities bring their work with them, as any edit does. A role keeps the capacity of the scenario for
    the whole time. A deadline of the scenario is a promise that may not slip. When the start moves, the adopted roadmap
    moves along by as many calendar days, to working days, except what has begun; what was promised or is known for a
    day (deadlines, windows of phases, audits, holidays) stays on that day. Raises Refused when there can be no such
    plan.
    """
    after = replace(
        project,
        engagement=replace(
            project.engagement,
            start=scenario.start or project.engagement.start,
            strategy=scenario.strategy or project.engagement.strategy,
        ),
        limits=replace(project.limits, absorption=scenario.absorption or project.limits.absorption),
        roles=tuple(
            replace(role, fte=scenario.capacity[role.id], changes=()) if role.id in scenario.capacity else role
            for role in project.roles
        ),
        processes=tuple(
            replace(
                process,
                in_scope=True,
                target=Fixed({d: max(now, scenario.targets[process.id]) for d, now in process.baseline.items()}),
            )
            if process.id in scenario.targets
            else process
            for process in project.processes
        ),
        roadmap=_shifted(project, scenario.start) if scenario.start else project.roadmap,
    )
    if scenario.targets or scenario.capacity:
        after = materialise(after, catalogue)
    pins = dict(after.pin_by_item)
    for item, day in scenario.deadlines.items():
        if "@" in item or item in after.package_by_id:  # work that other targets have made needless promises nothing
            pins[item] = replace(pins.get(item) or Pin(item=item), deadline=day, may_slip=False, source="own")
    return checked(project, replace(after, pins=tuple(pins.values())))


def _shifted(project: Project, start: date) -> Roadmap | None:
    """The roadmap moved along with the start of the project; what has begun stands."""
    roadmap = project.roadmap
    if roadmap is None:
        return None
    by = start - project.engagement.start
    moved = {
        item: place if item in project.progress_of else _moved(project.calendar, place, by)
        for item, place in roadmap.packages.items()
    }
    return replace(roadmap, packages=Fixed(moved))


def _moved(calendar: Calendar, place: Placement, by: timedelta) -> Placement:
    start = calendar.next_working(place.start + by)
    return replace(place, start=start, finish=calendar.finish(start, max(1, calendar.count(place.start, place.finish))))
