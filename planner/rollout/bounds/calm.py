"""How little a calendar can hold and how fast its days can pass: what is true of any stretch of it."""

from datetime import timedelta

from planner.model.calendar import Calendar
from planner.model.values import WEEKDAYS


class Calm:
    """The fewest working days that any number of weeks has, and the least time that working days take."""

    def __init__(self, calendar: Calendar) -> None:
        worked = [day in calendar.working_days for day in WEEKDAYS]
        self.each_week = sum(worked)
        self._closed = sorted(
            {
                period.first.toordinal() + n
                for period in calendar.holidays + calendar.blackouts
                for n in range((period.last - period.first).days + 1)
                if worked[(period.first + timedelta(days=n)).weekday()]
            }
        )
        places = [n for n, works in enumerate(worked) if works]
        places += [place + 7 for place in places]
        self._steps = [
            min(places[n + ahead] - places[n] for n in range(self.each_week)) for ahead in range(self.each_week)
        ]
        self._days: dict[int, int] = {}

    def days(self, weeks: int) -> int:
        """The fewest working days in ``weeks`` calendar weeks on end: all of them, less the most that are closed."""
        if weeks not in self._days:
            most = first = 0
            for last, day in enumerate(self._closed):
                while day - self._closed[first] >= 7 * weeks:
                    first += 1
                most = max(most, last - first + 1)
            self._days[weeks] = weeks * self.each_week - most
        return self._days[weeks]

    def weeks(self, days: int) -> float:
        """The least time in calendar weeks from one working day to that ``days`` working days later (0 or more)."""
        whole, rest = divmod(days, self.each_week)
        return whole + self._steps[rest] / 7
