"""When the milestones of a plan are."""

from datetime import date

from planner.assessment.dates import end_of_phase, finish_of
from planner.model.calendar import months_after
from planner.model.measures import Milestone
from planner.model.project import Project


def dated(project: Project) -> tuple[tuple[Milestone, date | None], ...]:
    """All milestones with their day, the earliest first; last come those whose day is not known yet (None).

    It is the day they name, the one on which their item is finished, or the last one of their phase, and ``months``
    later than that where they say so.
    """
    found = [(stone, day_of(project, stone)) for stone in project.milestones]
    return tuple(sorted(found, key=lambda pair: (pair[1] is None, pair[1] or date.min)))


def day_of(project: Project, stone: Milestone) -> date | None:
    """The day of a milestone; None while the roadmap does not place what it hangs on.

    A capability that stands today has no day: it was reached before the plan began.
    """
    roadmap, day = project.roadmap, stone.day
    if day is None and roadmap is not None:
        day = finish_of(project, roadmap, stone.item) if stone.item else end_of_phase(project, roadmap, stone.phase)
    return months_after(day, stone.months) if day else None
