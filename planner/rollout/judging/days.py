"""What ``verify`` judges by: dates, stretches of dates, and what of a roadmap is past and cannot be otherwise.

Part of ``planner.rollout.verify``, and like it without any code of the engine.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from planner.model.project import Placement, Project, Roadmap

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of something."""

    start: date
    finish: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.finish


class Judged:
    """A roadmap under judgement.

    ``span`` holds when each placed package and capability is worked. ``free`` holds the same of what has not begun by
    ``as_of``: only that can still be moved, and only that is judged for where it starts. ``pending`` is all that is not
    done. A capability is in the two for those of its packages that are.
    """

    def __init__(self, project: Project, roadmap: Roadmap) -> None:
        self.project = project
        self.as_of = project.engagement.as_of
        self.allowed = roadmap.absorption
        self.placed: Mapping[str, Placement] = {
            item: place for item, place in roadmap.packages.items() if item in project.package_by_id
        }
        told = project.progress_of
        self.span = self._spans(self.placed)
        self.free = self._spans(item for item in self.placed if item not in told)
        self.pending = self._spans(item for item in self.placed if item not in told or told[item].finish is None)
        self._worked: dict[date, bool] = {}

    def _spans(self, items: Iterable[str]) -> dict[str, Span]:
        found = {item: Span(self.placed[item].start, self.placed[item].finish) for item in items}
        for item, packages in self.project.packages_of.items():
            if item and (spans := [found[package.id] for package in packages if package.id in found]):
                found[item] = around(spans)
        return found

    def past(self, day: date) -> bool:
        """Whether ``day`` is one that nothing can change any more."""
        return self.as_of is not None and day <= self.as_of

    def is_worked(self, day: date) -> bool:
        """Whether anything is worked on ``day``."""
        known = self._worked.get(day)
        if known is None:
            known = self._worked[day] = self.project.calendar.is_working(day)
        return known

    def days(self, start: date, finish: date) -> list[date]:
        """The worked days from ``start`` to ``finish``."""
        span = (finish - start).days + 1
        return [day for n in range(span) if self.is_worked(day := start + timedelta(days=n))]

    def shift(self, day: date, steps: int) -> date:
        """The worked day ``steps`` worked days after ``day`` (before it, when negative)."""
        step = ONE_DAY if steps > 0 else -ONE_DAY
        for _n in range(abs(steps)):
            day += step
            while not self.is_worked(day):
                day += step
        return day

    def runs(self, days: Iterable[date]) -> Iterator[tuple[date, date]]:
        """Stretches of ``days`` that follow each other without a worked day between."""
        first = previous = None
        for day in sorted(days):
            if previous is None or first is None:
                first = day
            elif self.shift(previous, 1) != day:
                yield first, previous
                first = day
            previous = day
        if first is not None and previous is not None:
            yield first, previous

    def phases_of(self, item: str) -> list[str]:
        """The phases in which the packages of a capability, or a package, are placed."""
        packages = self.project.packages_of.get(item)
        ids = [package.id for package in packages] if packages else [item]
        return sorted({self.placed[i].phase for i in ids if i in self.placed})


def around(spans: Iterable[Span]) -> Span:
    """From the first start of ``spans`` to their last finish."""
    listed = list(spans)
    return Span(min(span.start for span in listed), max(span.finish for span in listed))
