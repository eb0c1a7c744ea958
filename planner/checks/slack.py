"""How much room the links of a plan leave: the arithmetic behind the health of a schedule.

Days are counted as in ``graph.critical``: work that takes three days and starts on day 0 finishes on day 3, which is
the morning of the fourth working day. No capacity, no limit on change.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.checks.facts import Facts
from planner.graph.critical import Event, Wait, critical_path, earliest, waits
from planner.model.calendar import ONE_DAY
from planner.model.project import Project


@dataclass(frozen=True)
class Slack:
    """Room in one plan, in working days; what is about the roadmap is empty where there is none."""

    facts: Facts

    @property
    def project(self) -> Project:
        """The plan."""
        return self.facts.project

    @cached_property
    def waits(self) -> dict[Event, list[Wait]]:
        """What each start and finish waits for by the plan's hard links."""
        return waits(self.project)

    @cached_property
    def length(self) -> int:
        """Working days that the longest chain of the plan takes, however many people there are; 0 in a circle."""
        return max(earliest(self.waits).values(), default=0)

    @cached_property
    def soonest(self) -> dict[str, date]:
        """The first day on which each package and capability can be finished by links and pins alone."""
        day = earliest(self.waits, self._pinned)
        return {event.item: self._day(max(0, days - 1)) for event, days in day.items() if event.moment == "finish"}

    @cached_property
    def _pinned(self) -> dict[Event, int]:
        return {
            Event(pin.item, "start"): self.days_until(pin.not_before) for pin in self.project.pins if pin.not_before
        }

    def days_until(self, day: date) -> int:
        """Working days from the start of the plan to ``day``, which is not counted itself; 0 for one before it."""
        while self._worked[-1] < day:
            self._day(len(self._worked))
        return bisect_left(self._worked, day)

    def _day(self, number: int) -> date:
        """The working day of that number, the first of the plan being 0."""
        worked, calendar = self._worked, self.project.calendar
        while len(worked) <= number:
            worked.append(calendar.next_working(worked[-1] + ONE_DAY))
        return worked[number]

    @cached_property
    def _worked(self) -> list[date]:
        """The working days of the plan as far as anybody asked: every look asks for many, and they are counted once."""
        return [self.project.calendar.next_working(self.project.engagement.start)]

    @cached_property
    def _planned(self) -> dict[Event, int]:
        """The start and the finish of each placed package."""
        spans, found = self.facts.spans, {}
        for package in self.project.packages:
            if package.id in spans:
                begin = self.days_until(spans[package.id].start)
                found[Event(package.id, "start")] = begin
                found[Event(package.id, "finish")] = begin + package.days.likely
        return found

    @cached_property
    def floats(self) -> dict[str, int]:
        """By placed package: how many days later it could finish without moving its phase's end or what waits for it.

        What waits for it may move as far as that can itself. Where phases overlap the end is that of the plan.
        """
        planned, late = self._planned, dict[Event, int]()
        ends = self._ends
        following: dict[Event, list[tuple[Event, int]]] = {}
        for event, found in self.waits.items():
            for wait in found:
                following.setdefault(wait.event, []).append((event, wait.days))
        for event in reversed([*earliest(self.waits)]):
            bounds = [late[other] - days for other, days in following.get(event, ()) if other in late]
            if event.moment == "finish" and event.item in ends:
                bounds.append(ends[event.item])
            if bounds:
                late[event] = min(bounds)
        return {
            event.item: max(0, late[event] - day)
            for event, day in planned.items()
            if event.moment == "finish" and event in late
        }

    @cached_property
    def _ends(self) -> dict[str, int]:
        """By placed package the day by which its phase is over."""
        roadmap, finish = self.project.roadmap, self._planned
        if roadmap is None:
            return {}
        phase = {event.item: roadmap.packages[event.item].phase for event in finish}
        over: dict[str, int] = {}
        for event, day in finish.items():
            over[phase[event.item]] = max(over.get(phase[event.item], 0), day)
        last = max(over.values(), default=0)
        order = [entry.id for entry in self.project.phases]
        lapped = {a for a, b in zip(order, self.project.phases[1:], strict=False) if b.overlap}
        return {item: last if place in lapped else over[place] for item, place in phase.items()}

    def first_critical(self) -> str:
        """The earliest placed package of the first item on the longest chain; "" where nothing is placed."""
        for item in critical_path(self.project):
            packages = self.project.packages_of.get(item, ())
            idents = [package.id for package in packages] or [item]
            placed = [ident for ident in idents if ident in self.facts.spans]
            if placed:
                return min(placed, key=lambda ident: self.facts.spans[ident].start)
        return ""

    def held_up_by(self, package: str, delay: int) -> frozenset[str]:
        """The placed packages that finish later than planned when ``package`` starts ``delay`` days late.

        Everything else keeps its planned start unless links or the phase before it push it on.
        """
        planned = self._planned
        floors = {event: day for event, day in planned.items() if event.moment == "start"}
        floors[Event(package, "start")] += delay
        day = earliest(self.waits | self._barriers, floors)
        return frozenset(
            event.item for event, was in planned.items() if event.moment == "finish" and day.get(event, was) > was
        )

    @cached_property
    def _barriers(self) -> dict[Event, list[Wait]]:
        """What placed packages wait for when a phase begins only after all that was placed in the one before it."""
        roadmap = self.project.roadmap
        if roadmap is None:
            return {}
        found: dict[Event, list[Wait]] = {}
        gate: Event | None = None
        for phase in self.project.phases:
            inside = [event for event in self._planned if roadmap.packages[event.item].phase == phase.id]
            for event in inside:
                if event.moment == "start" and gate and not phase.overlap:
                    found[event] = [*self.waits[event], Wait(gate, 0)]
            last, gate = gate, Event(f"phase {phase.id}", "finish")
            found[gate] = [Wait(event, 0) for event in inside if event.moment == "finish"]
            found[gate] += [Wait(last, 0)] if last else []
        return found
