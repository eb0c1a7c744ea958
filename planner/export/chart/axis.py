"""Days as places on a line, with ticks that fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from planner.export.chart.fit import measured
from planner.export.chart.scene import PAD
from planner.text.i18n import N_, _

MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip

STRETCHES = (1, 3, 12, 24, 60, 120, 240)
"""The months between two ticks, as there is room."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A stretch of time with its name, from ``start`` to ``end`` in points."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The days ``first`` to ``last``, both with their whole length, between ``left`` and ``right``."""

    first: date
    last: date
    left: float
    right: float

    @classmethod
    def of(cls, first: date, last: date, left: float, right: float) -> "Axis":
        """An axis of whole months around ``first`` to ``last``."""
        last = max(first, last)
        return cls(first.replace(day=1), _later(last.replace(day=1), 1) - timedelta(days=1), left, right)

    def at(self, day: date) -> float:
        """Where ``day`` begins; days outside stand at the ends."""
        days = (self.last - self.first).days + 1
        gone = min(max((day - self.first).days, 0), days)
        return self.left + (self.right - self.left) * gone / days

    def after(self, day: date) -> float:
        """Where ``day`` ends."""
        return self.at(day + timedelta(days=1)) if day < date.max else self.right

    def ticks(self, months: int) -> tuple[Tick, ...]:
        """Stretches of ``months`` months (1, 3 or 12 times n), as the calendar has them."""
        return tuple(
            Tick(self.at(start), self.at(_later(start, months)), _named(start, months))
            for start in self._starts(months)
        )

    def finest(self, size: float) -> int:
        """How many months the shortest stretch has in which its name fits at a font size of ``size`` points."""
        per_month = (self.right - self.left) / max(((self.last - self.first).days + 1) / 30.4, 1.0)
        samples = [(1, _(month)) for month in MONTHS] + [(3, _quarter(4)), (12, "2000")]
        need = {count: 0.0 for count, _text in samples}
        for count, text in samples:
            need[count] = max(need[count], measured(text, size) + 2 * PAD)
        return next((count for count in STRETCHES if count * per_month >= need.get(count, need[12])), STRETCHES[-1])

    def _starts(self, months: int) -> Iterator[date]:
        start = date(self.first.year, (self.first.month - 1) // months * months + 1 if months < 12 else 1, 1)
        if months > 12:
            start = start.replace(year=max(start.year - start.year % (months // 12), 1))
        while start <= self.last:
            yield start
            following = _later(start, months)
            if following <= start:
                return
            start = following


def _later(month: date, months: int) -> date:
    """The first of the month ``months`` later; the last day there is, beyond the calendar."""
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1) if count // 12 <= date.max.year else date.max


def _named(start: date, months: int) -> str:
    if months == 1:
        return _(MONTHS[start.month - 1])
    if months == 3:
        return _quarter((start.month + 2) // 3)
    return str(start.year)


def _quarter(number: int) -> str:
    return _("Q{number}").format(number=number)
