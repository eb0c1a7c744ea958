"""How much work each role has, week by week or month by month, beside what it can do."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from planner.model.calendar import ONE_DAY, months_after
from planner.model.project import Project, Roadmap
from planner.rollout.metrics import loads

TOLERANCE = 1e-4
"""Full-time equivalents by which rounding may exceed a capacity, as in ``rollout.judging.load``."""


class Slot(NamedTuple):
    """A week or month of a role: its work and what it can do, in person-days; days on which the work is too much."""

    load: float
    capacity: float
    over: int


class Workload(NamedTuple):
    """``periods``: first and last day of each week or month; ``slots``: by role, one for each period."""

    periods: tuple[tuple[date, date], ...]
    slots: dict[str, tuple[Slot, ...]]


def workload(project: Project, roadmap: Roadmap, months: bool = False) -> Workload:
    """What ``roadmap`` asks of each role that works at all, from its first day to its last."""
    used = loads(project, roadmap)
    placed = [place for item, place in roadmap.packages.items() if item in project.package_by_id]
    if not placed:
        return Workload((), {})
    first, last = min(place.start for place in placed), max(place.finish for place in placed)
    periods = tuple(_months(first, last) if months else _weeks(first, last))
    worked = [
        [day for n in range((end - begin).days + 1) if project.calendar.is_working(day := begin + timedelta(days=n))]
        for begin, end in periods
    ]
    slots = {}
    for role in project.roles:
        if days := used.get(role.id):
            slots[role.id] = tuple(
                Slot(
                    sum(days.get(day, 0.0) for day in period),
                    sum(role.capacity(day) for day in period),
                    sum(days.get(day, 0.0) > role.capacity(day) + TOLERANCE for day in period),
                )
                for period in worked
            )
    return Workload(periods, slots)


def behind(project: Project, roadmap: Roadmap, role: str, first: date, last: date) -> tuple[tuple[str, float], ...]:
    """The packages that give ``role`` work from ``first`` to ``last``, with their person-days then; most first."""
    found = []
    for item, place in roadmap.packages.items():
        package = project.package_by_id.get(item)
        if package and role in package.effort and place.start <= last and place.finish >= first:
            days = project.calendar.count(max(first, place.start), min(last, place.finish))
            if days and package.load(role):
                found.append((item, days * package.load(role)))
    return tuple(sorted(found, key=lambda entry: (-entry[1], entry[0])))


def _weeks(first: date, last: date) -> Iterator[tuple[date, date]]:
    day = first - timedelta(days=first.weekday())
    while day <= last:
        yield day, day + timedelta(days=6)
        day += timedelta(days=7)


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    day = first.replace(day=1)
    while day <= last:
        following = months_after(day, 1)
        yield day, following - ONE_DAY
        day = following
