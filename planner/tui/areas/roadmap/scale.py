"""Days on cells: the scale of the timeline, the line of dates over it, what a period covers on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.model.calendar import Period

WEEKS, MONTHS, QUARTERS = 1, 3, 7
"""Days to a cell at which weeks, months and quarters are easy to tell."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Days on cells: ``days`` to a cell, beginning with ``first``."""

    first: date
    days: int
    cells: int

    @classmethod
    def fitting(cls, first: date, last: date, cells: int) -> "Scale":
        """The finest scale on which ``first`` to ``last`` fit into ``cells``."""
        span = (last - first).days + 1
        return cls(first, max(1, -(-span // max(1, cells))), cells)

    def cell(self, day: date) -> int:
        """The cell in which ``day`` lies, also outside the chart."""
        return (day - self.first).days // self.days

    def day(self, cell: int) -> date:
        """The first day of a cell."""
        return self.first + timedelta(days=cell * self.days)

    def shaded(self, periods: Sequence[Period]) -> frozenset[int]:
        """Cells that ``periods`` cover by half or more; each period has at least one."""
        found = set()
        for period in periods:
            length = (period.last - period.first).days + 1
            cells = [
                cell
                for cell in range(max(0, self.cell(period.first)), min(self.cells - 1, self.cell(period.last)) + 1)
                if 2 * self._covered(cell, period) >= self.days
            ]
            found |= set(cells) or {self.cell(period.first + timedelta(days=length // 2))}
        return frozenset(cell for cell in found if 0 <= cell < self.cells)

    def _covered(self, cell: int, period: Period) -> int:
        first = max(period.first, self.day(cell))
        last = min(period.last, self.day(cell + 1) - timedelta(days=1))
        return (last - first).days + 1

    def heads(self) -> tuple[str, str]:
        """Two lines over the chart: months and Mondays, quarters and months, or years and months."""
        upper = [" "] * self.cells
        lower = [" "] * self.cells
        for cell in range(self.cells):
            days = [self.day(cell) + timedelta(days=n) for n in range(self.days)]
            month = next((day for day in days if day.day == 1), None)
            named = month or (days[0] if cell == 0 else None)
            if self.days <= MONTHS:
                monday = next((day for day in days if day.weekday() == 0), None)
                if named:
                    _write(upper, cell, named.strftime("%Y-%m"))
                if monday:
                    _write(lower, cell, monday.strftime("%d"))
            elif named:
                _write(lower, cell, named.strftime("%m"))
                if self.days <= QUARTERS and (cell == 0 or named.month % 3 == 1):
                    _write(upper, cell, f"{named.year} Q{(named.month + 2) // 3}")
                elif self.days > QUARTERS and (cell == 0 or named.month == 1):
                    _write(upper, cell, named.strftime("%Y"))
        return "".join(upper), "".join(lower)


def _write(line: list[str], cell: int, text: str) -> None:
    """Write ``text`` from ``cell`` on, unless it would touch what stands before it or the end."""
    free = cell == 0 or line[cell - 1] == " "
    if free and cell + len(text) <= len(line) and all(sign == " " for sign in line[cell : cell + len(text)]):
        line[cell : cell + len(text)] = text
