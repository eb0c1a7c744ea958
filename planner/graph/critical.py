"""The chain of work that makes the plan as long as it must be, whoever does it."""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Literal, NamedTuple

from planner.graph.links import links
from planner.model.project import Project


class Event(NamedTuple):
    """The start or the finish of a capability or work package."""

    item: str
    moment: Literal["start", "finish"]


class Wait(NamedTuple):
    """An event comes at least ``days`` working days after ``event``."""

    event: Event
    days: int


def critical_path(project: Project) -> tuple[str, ...]:
    """The capabilities (and programme packages) whose work adds up to the shortest possible plan, in order.

    Counts likely working days, lags and the time levels settle; no calendar, roles or limits, and no soft links.
    It is that of one longest chain, and empty while the plan has a circle, which has no length.
    """
    found = waits(project)
    day = earliest(found)
    path: list[str] = []
    step = max(day, key=lambda event: day[event], default=None)
    while step is not None:
        package = project.package_by_id.get(step.item)
        item = (package.capability if package else step.item) or step.item
        if not path or path[-1] != item:
            path.append(item)
        step = next((w.event for w in found[step] if day[w.event] + w.days == day[step]), None)
    return tuple(reversed(path))


def earliest(waiting: Mapping[Event, Sequence[Wait]], floors: Mapping[Event, int] | None = None) -> dict[Event, int]:
    """How many working days after the beginning of the plan each event can come first, in an order that keeps them.

    ``floors`` holds events that come no earlier than a given day. Empty while the events wait in a circle.
    """
    sorter = TopologicalSorter({event: [wait.event for wait in found] for event, found in waiting.items()})
    try:
        order = [*sorter.static_order()]
    except CycleError:
        return {}
    day: dict[Event, int] = {}
    for event in order:
        least = max(0, floors.get(event, 0)) if floors else 0
        day[event] = max([least, *(day[wait.event] + wait.days for wait in waiting[event])])
    return day


def waits(project: Project) -> dict[Event, list[Wait]]:
    """For each start and finish what it waits for, by the plan's hard links; soft ones hold up nothing."""
    found: dict[Event, list[Wait]] = {}

    def add(event: Event, other: Event, days: int) -> None:
        found.setdefault(event, []).append(Wait(other, days))
        found.setdefault(other, [])

    for package in project.packages:
        begin, end = Event(package.id, "start"), Event(package.id, "finish")
        add(end, begin, package.days.likely)
        if package.capability:
            add(begin, Event(package.capability, "start"), 0)
            add(Event(package.capability, "finish"), end, 0)
    week = len(project.calendar.working_days)
    for link in links(project):
        if link.hard:
            first, second = link.type.split("-")
            moments: dict[str, Literal["start", "finish"]] = {"start": "start", "finish": "finish"}
            add(
                Event(link.item, moments[second]),
                Event(link.needs, moments[first]),
                link.lag + link.weeks * week,
            )
    return found
