"""The roadmap as a Gantt chart: names on the left, bars of characters on a scale that fits the width.

``=`` a phase, ``#`` a capability, ``-`` a work package, ``:`` a blackout, ``|`` the gate at the end of a phase.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from planner.model.calendar import Period
from planner.text.width import fit
from planner.tui.widgets.lines import Lines, Piece, Pieces

SIGNS = "=#-"
"""The bar of a row by its depth: phase, capability, work package."""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One row. ``depth`` is 0 for a phase, 1 for a capability, 2 for a work package; ``opened`` is None for
    one that has nothing inside; ``mark`` is ``!`` for a broken constraint, ``*`` for a pin.
    """

    key: str
    name: str
    depth: int
    start: date | None = None
    finish: date | None = None
    opened: bool | None = None
    mark: str = " "


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
                for cell in range(self.cell(period.first), self.cell(period.last) + 1)
                if 2 * self._covered(cell, period) >= self.days
            ]
            found |= set(cells) or {self.cell(period.first + timedelta(days=length // 2))}
        return frozenset(cell for cell in found if 0 <= cell < self.cells)

    def _covered(self, cell: int, period: Period) -> int:
        first = max(period.first, self.day(cell))
        last = min(period.last, self.day(cell + 1) - timedelta(days=1))
        return (last - first).days + 1

    def heads(self) -> tuple[str, str]:
        """Two lines over the chart: years and months, or months and the days on which weeks begin."""
        weeks = self.days <= 2
        upper = [" "] * self.cells
        lower = [" "] * self.cells
        for cell in range(self.cells):
            days = [self.day(cell) + timedelta(days=n) for n in range(self.days)]
            month = next((day for day in days if day.day == 1), None)
            monday = next((day for day in days if day.weekday() == 0), None)
            if weeks:
                if month or cell == 0:
                    _write(upper, cell, (month or days[0]).strftime("%Y-%m"))
                if monday:
                    _write(lower, cell, monday.strftime("%d"))
            else:
                if cell == 0 or (month and month.month == 1):
                    _write(upper, cell, (month or days[0]).strftime("%Y"))
                if month or cell == 0:
                    _write(lower, cell, (month or days[0]).strftime("%m"))
        return "".join(upper), "".join(lower)


def _write(line: list[str], cell: int, text: str) -> None:
    """Write ``text`` from ``cell`` on, unless it would touch what stands before it or the end."""
    free = cell == 0 or line[cell - 1] == " "
    if free and cell + len(text) <= len(line) and all(sign == " " for sign in line[cell : cell + len(text)]):
        line[cell : cell + len(text)] = text


class Timeline(Lines):
    """Rows are shown or hidden by whoever gives them; ``chart`` says what each line of the chart holds."""

    def __init__(self, *, id: str | None = None, empty: Callable[[int], list[Pieces]] | None = None) -> None:
        super().__init__(id=id, empty=empty)
        self.rows: Sequence[TimelineRow] = ()
        self.first = self.last = date(2000, 1, 1)
        self.blackouts: Sequence[Period] = ()
        self.gates: Sequence[date] = ()

    def show(
        self, rows: Sequence[TimelineRow], blackouts: Sequence[Period] = (), key: str = "", begin: date | None = None
    ) -> None:
        """Show these rows; the cursor goes to the row ``key``, else stays with the row it was on.

        ``begin`` is where the axis starts while no row has a date.
        """
        key = key or self.key
        self.rows = rows
        self.blackouts = blackouts
        self.first = min((row.start for row in rows if row.start), default=begin or self.first)
        self.last = max((row.finish for row in rows if row.finish), default=self.first)
        self.gates = [row.finish for row in rows if row.depth == 0 and row.finish]
        self.rebuild(len(rows), next((n for n, row in enumerate(rows) if row.key == key), None))

    @property
    def key(self) -> str:
        """The key of the row under the cursor."""
        return self.rows[self.cursor].key if self.rows else ""

    def find(self, key: str) -> bool:
        """Put the cursor on the row ``key``; whether there is one."""
        place = next((n for n, row in enumerate(self.rows) if row.key == key), None)
        if place is not None:
            self.go(place)
        return place is not None

    def scale(self, cells: int) -> Scale:
        """The scale for a view ``cells`` wide."""
        return Scale.fitting(self.first, self.last, cells - self._names(cells) - 1)

    def chart(self, row: TimelineRow, scale: Scale) -> str:
        """The signs of one row on ``scale``."""
        line = [" "] * scale.cells
        for gate in self.gates:
            line[min(scale.cell(gate), scale.cells - 1)] = "|"
        shaded = scale.shaded(self.blackouts)
        for cell in shaded:
            line[cell] = ":"
        if row.start and row.finish:
            begin, end = scale.cell(row.start), min(scale.cell(row.finish), scale.cells - 1)
            for cell in range(begin, end + 1):
                if cell not in shaded or begin == end:
                    line[cell] = SIGNS[row.depth]
            if row.depth == 0:
                line[end] = "|"
        return "".join(line)

    def draw_head(self, cells: int) -> list[Pieces]:
        if not self.rows:
            return []
        upper, lower = self.scale(cells).heads()
        gap = " " * (self._names(cells) + 1)
        return [[Piece(gap + upper, "head")], [Piece(gap + lower, "head")]]

    def draw_row(self, index: int, cells: int, under_cursor: bool) -> Pieces:
        row = self.rows[index]
        sign = {None: " ", True: "-", False: "+"}[row.opened]
        name = ("> " if under_cursor else "  ") + "  " * row.depth + f"{sign}{row.mark}{row.name}"
        style = ("head", "", "dim")[row.depth]
        left = Piece(fit(name, self._names(cells)) + " ", "bad" if row.mark == "!" else style)
        style = ("head", "good", "")[row.depth]
        runs = groupby(self.chart(row, self.scale(cells)), key=lambda sign: sign in SIGNS)
        return [left, *(Piece("".join(signs), style if solid else "dim") for solid, signs in runs)]

    def _names(self, cells: int) -> int:
        """Cells of the names."""
        return max(20, min(46, cells * 42 // 100))
