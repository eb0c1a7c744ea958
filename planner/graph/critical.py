"""The chain of work that makes the plan as long as it must be, whoever does it."""

from graphlib import CycleError, TopologicalSorter
from typing import Literal, NamedTuple

from planner.graph.links import links
from planner.model.project import Project


class _Event(NamedTuple):
    item: str
    moment: Literal["start", "finish"]


class _Wait(NamedTuple):
    """An event comes at least ``days`` working days after ``event``."""

    event: _Event
    days: int


def critical_path(project: Project) -> tuple[str, ...]:
    """The capabilities (and programme packages) whose work adds up to the shortest possible plan, in order.

    Counts likely working days, lags and the time levels settle; no calendar, roles or limits, and no soft links.
    It is that of one longest chain, and empty while the plan has a circle, which has no length.
    """
    waits = _waits(project)
    sorter = TopologicalSorter({event: [wait.event for wait in found] for event, found in waits.items()})
    try:
        order = [*sorter.static_order()]
    except CycleError:
        return ()
    day: dict[_Event, int] = {}
    because: dict[_Event, _Event] = {}
    for event in order:
        day[event] = 0
        for wait in waits.get(event, ()):
            bound = day[wait.event] + wait.days
            if bound > day[event] or (bound == day[event] and event not in because):
                day[event] = bound
                because[event] = wait.event
    path: list[str] = []
    step = max(order, key=lambda event: day[event], default=None)
    while step is not None:
        package = project.package_by_id.get(step.item)
        item = (package.capability if package else step.item) or step.item
        if not path or path[-1] != item:
            path.append(item)
        step = because.get(step)
    return tuple(reversed(path))


def _waits(project: Project) -> dict[_Event, list[_Wait]]:
    """For each start and finish what it waits for."""
    waits: dict[_Event, list[_Wait]] = {}

    def add(event: _Event, other: _Event, days: int) -> None:
        waits.setdefault(event, []).append(_Wait(other, days))
        waits.setdefault(other, [])

    for package in project.packages:
        begin, end = _Event(package.id, "start"), _Event(package.id, "finish")
        add(end, begin, package.days.likely)
        if package.capability:
            add(begin, _Event(package.capability, "start"), 0)
            add(_Event(package.capability, "finish"), end, 0)
    week = len(project.calendar.working_days)
    for link in links(project):
        if link.hard:
            first, second = link.type.split("-")
            moments: dict[str, Literal["start", "finish"]] = {"start": "start", "finish": "finish"}
            add(
                _Event(link.item, moments[second]),
                _Event(link.needs, moments[first]),
                link.lag + link.weeks * week,
            )
    return waits
