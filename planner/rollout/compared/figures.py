"""What a roadmap comes to, in the figures by which people compare roadmaps.

A roadmap is measured by its dates alone, so one that was proposed, one that was changed by hand and the adopted one are
measured alike. Figures are kept as they are shown: two roadmaps that look the same in a figure are the same in it.
"""

from dataclasses import dataclass, replace
from datetime import date

from planner.model.capability import process_of
from planner.model.knowledge import Strategy, Weights
from planner.model.project import Phase, Project, Roadmap
from planner.rollout.division import Division
from planner.rollout.goal import Goal, Schedule
from planner.rollout.metrics import metrics
from planner.rollout.problem import Problem

JUDGED = ("first_value", "value", "finish", "peak", "change", "soft", "late")
"""The figures by which roadmaps are judged: less is better in each.

The number of phases and the distance from the adopted roadmap are not among them: neither is good or bad in itself,
and the adopted roadmap would be unbeaten by definition.
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a roadmap comes to.

    ``first_value``: calendar days from the project start until the first capability is reached. ``value``: the mean
    week in which capabilities are reached, by the importance of their processes (the area above the maturity curve).
    ``peak``: the highest share of its capacity that a role gives on a day, in whole per cent; ``busiest``: that role.
    ``change``: how many processes are in change on a day, at most. ``soft``: soft dependencies that are not kept.
    ``late``: weeks by which deadlines that may slip are missed, added up. ``moved``: the mean distance of the work
    packages from the adopted roadmap in weeks of work, None where there is none. ``working_days``: from the first
    start to the last finish.
    """

    first_value: int
    value: float
    finish: date
    peak: int
    change: int
    soft: int
    late: float
    busiest: str
    working_days: int
    phases: int
    moved: float | None = None

    def amount(self, metric: str) -> float:
        """The figure ``metric`` as a number: days for ``first_value`` and ``finish``, else in its own unit."""
        value = getattr(self, metric)
        return float(value.toordinal() if isinstance(value, date) else value)


class Measure:
    """Measures the roadmaps of one plan, and how good they are to ``strategy``.

    Raises Circular or TooFar when the work of the plan has no order.
    """

    def __init__(self, project: Project, strategy: Strategy) -> None:
        self.project = project
        self.problem = Problem(project)
        self.goal = Goal(self.problem, strategy, _UNDIVIDED)
        self._moved = Goal(self.problem, replace(strategy, weights=Weights(moved=1.0), first=()), _UNDIVIDED)

    def schedule(self, roadmap: Roadmap) -> Schedule:
        """The days of ``roadmap`` by number. Raises KeyError when it does not place all work."""
        days, placed = self.problem.workdays, roadmap.packages
        start = [days.on_or_after(placed[task.id].start) for task in self.problem.tasks]
        finish = [days.on_or_before(placed[task.id].finish) for task in self.problem.tasks]
        return Schedule(start, [max(pair) for pair in zip(start, finish, strict=True)])

    def figures(self, roadmap: Roadmap, phases: tuple[Phase, ...]) -> Figures:
        """What ``roadmap``, which places all work, comes to with ``phases``."""
        schedule, found = self.schedule(roadmap), metrics(self.project, roadmap, phases)
        busiest = max(found.peak_load, key=lambda role: found.peak_load[role], default="")
        return Figures(
            first_value=found.days_to_first_value,
            value=round(self.goal.term("value", schedule), 1),
            finish=max(place.finish for place in roadmap.packages.values()),
            peak=int(found.peak_load.get(busiest, 0.0) * 100 + 1e-6),
            change=self._change(schedule),
            soft=found.broken_soft_dependencies,
            late=round(float(self.goal.term("late", schedule)), 1),
            busiest=busiest,
            working_days=found.working_days,
            phases=len(phases),
            moved=round(self._moved.term("moved", schedule), 1) if self.project.roadmap else None,
        )

    def losses(self, roadmap: Roadmap) -> tuple[float, ...]:
        """What the strategy minimises, in the order in which it counts: the terms that come first, the weighted sum."""
        schedule = self.schedule(roadmap)
        terms = self.goal.terms(schedule)
        return (*(terms[term] for term in self.goal.first), self.goal.value(terms))

    def _change(self, schedule: Schedule) -> int:
        """The most processes in change on one day; that is a day on which one of them begins."""
        spans = [
            (min(schedule.start[n] for n in tasks), max(schedule.finish[n] for n in tasks), process_of(item))
            for item, tasks in self.problem.tasks_of.items()
        ]
        return max(
            (len({process for first, last, process in spans if first <= day <= last}) for day in {s[0] for s in spans}),
            default=0,
        )


_UNDIVIDED = Division((), (), ())
"""Roadmaps are measured as they stand: where a phase ends is no promise here."""
