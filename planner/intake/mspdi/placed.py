"""Where packages stand in a project file, now and in its baseline."""

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from planner.intake.mspdi.judge import FIRST, Judge
from planner.intake.mspdi.outline import Outline
from planner.intake.mspdi.tasks import Task, first_day, last_day
from planner.model.calendar import ONE_DAY, Calendar
from planner.model.project import Placement, Planned, Roadmap
from planner.model.values import Fixed
from planner.text.i18n import _

Status = Literal["optimal", "feasible", "heuristic", "edited", "stale"]
STATUSES: tuple[Status, ...] = ("optimal", "feasible", "heuristic", "edited", "stale")

LATER = timedelta(days=800)
"""How far beyond the days of the file working days are counted."""

LONGEST = 5000
"""Working days of the longest package."""


class Days:
    """The working days around those that a file names."""

    def __init__(self, calendar: Calendar, tasks: list[Task]) -> None:
        named = [moment.date() for task in tasks for moment in (task.start, task.finish) if moment]
        first = min(named, default=FIRST) - LATER
        span = (max(named, default=first) + LATER - first).days
        self._worked = [day for n in range(span) if calendar.is_working(day := first + timedelta(days=n))]

    def count(self, first: date, last: date) -> int:
        """How many days from ``first`` to ``last``, both included, are worked."""
        return bisect_left(self._worked, last + ONE_DAY) - bisect_left(self._worked, first)

    def worked(self, start: date, finish: date) -> tuple[date, date]:
        """The same days where they are worked, else the next one after the start and the last one up to the finish."""
        at, end = bisect_left(self._worked, start), bisect_left(self._worked, finish + ONE_DAY) - 1
        start = self._worked[at] if at < len(self._worked) else start
        finish = self._worked[end] if 0 <= end < len(self._worked) else finish
        return start, max(start, finish)


def roadmap(found: Outline, days: Days, facts: Mapping[str, str], kept: bool, judge: Judge) -> Roadmap | None:
    """Where packages stand; by hand where they are no longer ``kept`` as they were handed over."""
    placed = {}
    for task in found.packages:
        if task.active and task.start and task.finish and found.phase_of[task.uid]:
            start, finish = days.worked(first_day(task.start), last_day(task.finish))
            placed[found.ids[task.uid]] = Placement(phase=found.phase_of[task.uid], start=start, finish=finish)
    if not placed:
        return None
    seed, absorption = facts.get("seed", ""), facts.get("absorption", "")
    gap = judge.number(facts.get("gap"), _("the project"), "gap", 0, 1e12)
    status: Status = next((known for known in STATUSES if known == facts.get("status")), "edited")
    return Roadmap(
        strategy=facts.get("strategy", ""),
        seed=int(seed) if seed.isdecimal() and len(seed) < 19 else 0,
        absorption=int(absorption) if absorption.isdecimal() and 0 < len(absorption) < 7 else None,
        status=status if kept else "edited",
        gap=gap if kept else None,
        packages=Fixed(placed),
    )


def planned(found: Outline, per_day: float) -> dict[str, Planned]:
    """What the baseline says of each package. ``per_day``: working minutes of a day."""
    packages = {}
    for task in found.packages:
        entry = task.baseline
        if entry:
            packages[found.ids[task.uid]] = Planned(
                name=found.names[task.uid],
                capability=found.capability_of[task.uid],
                phase=found.phase_of[task.uid],
                start=first_day(entry.start) if entry.start else None,
                finish=last_day(entry.finish) if entry.finish else None,
                days=max(1, min(LONGEST, round((entry.minutes or 0) / per_day))),
                effort=round(entry.work / per_day, 9),
            )
    return packages
