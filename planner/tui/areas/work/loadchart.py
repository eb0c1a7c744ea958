"""The work of each role over time as a histogram: a line for each role, and the one of the cursor large below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Region

from planner.text.i18n import N_, _
from planner.text.width import fit, width
from planner.tui.glyphs import LEFT, RIGHT, glyphs
from planner.tui.typed import show
from planner.tui.widgets.lines import Lines, Piece, Pieces

NAME = 18
"""Cells of the names of roles."""

BEFORE = NAME + 11
"""Cells before the first column of time: mark, name, peak."""

CHART = 7
"""Lines of the large histogram at least: six of bars, one for the sign of the cursor."""

TALLEST = 13
"""Lines that it has at most."""


@dataclass(frozen=True, slots=True)
class Bars:
    """The work of one role: for each period work, what the role can do, and whether that is too little some day."""

    key: str
    name: str
    loads: Sequence[tuple[float, float, bool]]

    @property
    def peak(self) -> tuple[float, bool]:
        """The highest share of what the role can do, in percent, and whether anything is too much."""
        shares = [100 * load / capacity for load, capacity, _over in self.loads if capacity > 0]
        return max(shares, default=0.0), any(over for _load, _capacity, over in self.loads)


class LoadChart(Lines):
    """A cursor over roles and over periods of time."""

    WHOLE_ROW = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "across(-1)", N_("Earlier"), show=False, id="load.earlier"),
        Binding("right,l", "across(1)", N_("Later"), show=False, id="load.later"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.periods: Sequence[date] = ()
        self.bars: Sequence[Bars] = ()
        self.column = 0
        self._months = False
        self._first = 0

    def show(self, periods: Sequence[date], bars: Sequence[Bars], months: bool) -> None:
        """Show these roles over periods that begin on these days; the cursor stays with its role and its time."""
        role, day = self.key, self.day
        self.periods, self.bars, self._months = periods, bars, months
        if day is not None:
            self.column = self._place(day)
        self.column = max(0, min(self.column, len(periods) - 1))
        place = next((n for n, one in enumerate(bars) if one.key == role), None)
        self.rebuild(len(bars), place)

    @property
    def key(self) -> str:
        """The role of the cursor."""
        return self.bars[self.cursor].key if self.bars else ""

    @property
    def day(self) -> date | None:
        """The first day of the period of the cursor."""
        return self.periods[self.column] if self.column < len(self.periods) else None

    def put(self, role: str, day: date) -> None:
        """Put the cursor on a role and on the period that holds a day."""
        self.column = self._place(day)
        place = next((n for n, one in enumerate(self.bars) if one.key == role), self.cursor)
        self.rebuild(self.count, place)

    def _place(self, day: date) -> int:
        return max(0, sum(first <= day for first in self.periods) - 1)

    @property
    def page(self) -> int:
        return max(1, self.size.height - self.head_height - self._chart)

    @property
    def _chart(self) -> int:
        """Lines of the large histogram; none where roles need the room."""
        room = self.size.height - self.head_height - self.count - 1
        return max(CHART, min(TALLEST, room)) if self.size.height >= CHART + 6 else 0

    @property
    def _chart_top(self) -> int:
        """The first line of the large histogram."""
        return min(self.size.height - self._chart, self.head_height + self.count + 1)

    @property
    def step(self) -> int:
        """Cells of one period."""
        return 3 if self._months else 1

    @property
    def shown(self) -> range:
        """The periods in view; the cursor is among them."""
        fit_in = max(1, (self.size.width - BEFORE) // self.step)
        first = min(self._first, self.column, max(0, len(self.periods) - fit_in))
        self._first = max(first, self.column - fit_in + 1)
        return range(self._first, min(len(self.periods), self._first + fit_in))

    def action_across(self, step: int) -> None:
        """Go to another period."""
        column = max(0, min(self.column + step, len(self.periods) - 1))
        if column == self.column:
            return
        before = self.shown
        self.column = column
        if self.shown != before:
            self.refresh()
        else:
            self._refresh_row(self.cursor)
            if self._chart:
                self.refresh(Region(0, self._chart_top + self._chart - 1, self.size.width, 1))
        super().moved()  # the large histogram stays that of the same role

    def moved(self) -> None:
        if self._chart:
            self.refresh(Region(0, self._chart_top, self.size.width, self._chart))
        super().moved()

    # Drawing

    def draw_head(self, cells: int) -> list[Pieces]:
        years, months = [" "] * cells, [" "] * cells
        told = (0, 0)
        for n, place in enumerate(self.shown):
            day, x = self.periods[place], BEFORE + n * self.step
            if (day.year, day.month) != told and x + 2 <= cells:
                free = n == 0 or months[x - 1] == " "
                if day.year != told[0] and x + 4 <= cells:
                    years[x : x + 4] = str(day.year)
                if free:
                    months[x : x + 2] = f"{day.month:02}"
                    told = (day.year, day.month)
        title = fit("  " + _("Role"), NAME + 2) + fit(_("peak"), 6, ">")
        return [[Piece("".join(years), "dim")], [Piece(title + "".join(months)[width(title) :], "head")]]

    def draw_row(self, index: int, cells: int, under_cursor: bool) -> Pieces:
        bars = self.bars[index]
        share, over = bars.peak
        line = [
            Piece(("> " if under_cursor else "  ") + fit(bars.name, NAME), "strong" if under_cursor else ""),
            Piece(fit(f"{share:.0f}%", 6, ">") + (" ! " if over else "   "), "bad" if over else "dim"),
        ]
        levels = glyphs().levels
        for place in self.shown:
            load, capacity, too_much = bars.loads[place]
            sign = "!" if too_much else _level(load / capacity * (len(levels) - 1) if capacity else 0, levels)
            here = under_cursor and place == self.column
            line.append(Piece(sign * self.step, "here" if here else "bad" if too_much else ""))
        return line

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        line = y - self._chart_top
        if not self.count or not self._chart or line < 0:
            return super().draw_line(y, cells)
        return (self._draw_chart(line) if line < self._chart else ()), ""

    def _draw_chart(self, line: int) -> Pieces:
        """A line of the large histogram of the role of the cursor; the line of what it can do is drawn through it."""
        if line == self._chart - 1:
            x = BEFORE + (self.column - self._first) * self.step
            return [Piece(" " * x + "^" * self.step, "strong")]
        bars, signs = self.bars[self.cursor], glyphs()
        tall = self._chart - 1
        top = max(max(load, capacity) for load, capacity, _over in bars.loads) or 1.0
        floor = tall - 1 - line
        most = max(capacity for _load, capacity, _over in bars.loads)
        label = ""
        if self._at(most, top, tall) == floor:
            label = _("can do {days}").format(days=show(round(most, 1)))
        elif line == 0:
            label = _("{days} days").format(days=show(round(top, 1)))
        pieces = [Piece(fit(label, BEFORE - 1, ">") + " ", "dim")]
        flat = signs.joints[LEFT | RIGHT]
        for place in self.shown:
            load, capacity, too_much = bars.loads[place]
            height = load / top * tall - floor
            line_here = self._at(capacity, top, tall) == floor and capacity
            if height > 0:
                sign = "!" if too_much and height <= 1 else _level(height * (len(signs.levels) - 1), signs.levels)
                above = too_much and floor >= self._at(capacity, top, tall)
                pieces.append(Piece(sign * self.step, "bad" if above else ""))
            else:
                pieces.append(Piece((flat if line_here else " ") * self.step, "dim"))
        return pieces

    @staticmethod
    def _at(value: float, top: float, tall: int) -> int:
        """The line, counted from below, in which ``value`` ends."""
        return max(0, min(tall - 1, -int(-value / top * tall // 1) - 1))


def _level(height: float, levels: str) -> str:
    """The sign for a cell that is filled so far; what is not nothing is seen."""
    last = len(levels) - 1
    return levels[0] if height <= 0 else levels[max(1, min(last, round(height)))]
