"""Working days: which days are worked, and how roles' capacity changes over time."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from planner.model.values import WEEKDAYS, Amount, Day, Name, Weekday

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: Day
    last: Day
    name: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The days on which work is done: the working week without holidays and blackout periods.

    A blackout is a time in which the client lets nothing change (year-end close, peak season):
    no work package is worked on such a day; one that runs into it pauses.
    """

    working_days: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    holidays: tuple[Period, ...] = ()
    blackouts: tuple[Period, ...] = ()

    def is_working(self, day: date) -> bool:
        """Whether anything may be worked on ``day``."""
        return WEEKDAYS[day.weekday()] in self.working_days and day not in self._closed()

    def _closed(self) -> frozenset[date]:
        return _closed_days(self.holidays + self.blackouts)

    def next_working(self, day: date) -> date:
        """``day`` itself if it is worked, else the first worked day after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def finish(self, start: date, days: int) -> date:
        """The last of ``days`` working days beginning with the first working day on or after ``start``."""
        day = self.next_working(start)
        for _ in range(days - 1):
            day = self.next_working(day + ONE_DAY)
        return day

    def previous_working(self, day: date) -> date:
        """``day`` itself if it is worked, else the last worked day before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def start(self, finish: date, days: int) -> date:
        """The first of ``days`` working days that end with the last working day on or before ``finish``."""
        day = self.previous_working(finish)
        for _ in range(days - 1):
            day = self.previous_working(day - ONE_DAY)
        return day

    def count(self, first: date, last: date) -> int:
        """How many days from ``first`` to ``last``, both included, are worked."""
        days = (last - first).days + 1
        return sum(self.is_working(first + timedelta(days=n)) for n in range(days))


def months_after(day: date, months: int) -> date:
    """The same day of the month ``months`` later (earlier when negative), or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=64)
def _closed_days(periods: tuple[Period, ...]) -> frozenset[date]:
    return frozenset(p.first + timedelta(days=n) for p in periods for n in range((p.last - p.first).days + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityChange:
    """From ``since`` on the role has ``fte`` full-time equivalents."""

    since: Day
    fte: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Who does work: a person or a pool, with the full-time equivalents it can give to the project."""

    id: Name
    name: Name
    fte: Amount
    changes: tuple[CapacityChange, ...] = ()

    def capacity(self, day: date) -> float:
        """Full-time equivalents on ``day``; one is one person-day a working day."""
        fte = self.fte
        for change in self.changes:
            if change.since <= day:
                fte = change.fte
        return fte

    @property
    def most(self) -> float:
        """The highest capacity the role ever has."""
        return max([self.fte, *(change.fte for change in self.changes)])
