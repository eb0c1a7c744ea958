"""Maturity over the phases: a curve of the organisation over time, below it the levels of each process by phase."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from planner.text.i18n import _, ngettext
from planner.text.width import fit, width
from planner.tui.areas.roadmap.scale import Scale
from planner.tui.glyphs import glyphs
from planner.tui.widgets.lines import Lines, Piece, Pieces

CURVE = 3
"""Lines of the curve."""

_NAMES = 22
_LEAST, _MOST = 4, 16
"""Cells of a column: at least for a level and its sign, at most for the name of a phase."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A process, or the organisation when ``key`` is empty: its levels now, after each phase, and as wanted."""

    key: str
    name: str
    levels: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """All that is drawn. ``curve``: days on which the mean rises.

    ``phases``: numbers and names of those that have a column; ``gates``: the ends of all, by number.
    """

    phases: tuple[tuple[int, str], ...] = ()
    gates: tuple[date | None, ...] = ()
    curve: tuple[tuple[date, float], ...] = ()
    strips: tuple[Strip, ...] = ()


class HeatStrip(Lines):
    """Rows are processes; digits with shades, so that nothing rests on colour."""

    def __init__(self, *, id: str | None = None, empty: Callable[[int], list[Pieces]] | None = None) -> None:
        super().__init__(id=id, empty=empty)
        self.growth = Growth()
        self._head: tuple[tuple[int, Growth], list[Pieces]] | None = None

    def show(self, growth: Growth, key: str = "") -> None:
        """Show this; the cursor goes to the process ``key``, else stays with the one it was on."""
        key = key or self.key
        self.growth = growth
        self._head = None
        place = next((n for n, strip in enumerate(growth.strips) if strip.key == key), None)
        self.rebuild(len(growth.strips), place)

    @property
    def key(self) -> str:
        """The process under the cursor; empty on the organisation."""
        return self.growth.strips[self.cursor].key if self.growth.strips else ""

    def find(self, key: str) -> bool:
        """Put the cursor on the process ``key``; whether there is one."""
        place = next((n for n, strip in enumerate(self.growth.strips) if strip.key == key), None)
        if place is not None:
            self.go(place)
        return place is not None

    # Drawing

    def draw_head(self, cells: int) -> list[Pieces]:
        if not self.growth.strips:
            return []
        if self._head is None or self._head[0] != (cells, self.growth):
            self._head = ((cells, self.growth), [*self._curve(cells), self._titles(cells)])
        return self._head[1]

    def _curve(self, cells: int) -> list[Pieces]:
        """The mean level over time, with the gates by number below."""
        curve = self.growth.curve
        if not curve:
            return []
        last = max([curve[-1][0], *(day for day in self.growth.gates if day)])
        scale = Scale.fitting(curve[0][0], last, max(1, cells - 8))
        used = scale.cell(last) + 1
        values, at = [], 0
        for cell in range(used):
            while at + 1 < len(curve) and curve[at + 1][0] < scale.day(cell + 1):
                at += 1
            values.append(curve[at][1])
        low = floor(min(values))
        high = max(low + 1, ceil(max(values)))
        signs = glyphs().levels
        steps = len(signs) - 1
        lines: list[Pieces] = []
        for line in range(CURVE - 1, -1, -1):
            label = str(high) if line == CURVE - 1 else str(low) if line == 0 else ""
            heights = [round((value - low) / (high - low) * CURVE * steps) - line * steps for value in values]
            bars = "".join(signs[max(int(line == 0), min(steps, height))] for height in heights)
            lines.append([Piece(f"{label:>5}  ", "dim"), Piece(bars, "good")])
        return [*lines, [Piece(" " * 7 + self._axis(scale, used), "head")]]

    def _axis(self, scale: Scale, used: int) -> str:
        """The gates by number where they are, the first day, and each new year."""
        line = [" "] * scale.cells

        def write(cell: int, text: str) -> bool:
            around = line[max(0, cell - 1) : cell + len(text) + 1]
            if cell >= 0 and cell + len(text) <= len(line) and not "".join(around).strip():
                line[cell : cell + len(text)] = text
                return True
            return False

        for number, day in enumerate(self.growth.gates, 1):
            if day:
                mark = f"{glyphs().gate}{number}"
                write(min(scale.cell(day), used - 1, scale.cells - len(mark)), mark)
        write(0, f"{scale.first:%Y-%m}") or write(0, f"{scale.first:%Y}")
        for year in range(scale.first.year + 1, scale.day(used).year + 1):
            write(scale.cell(date(year, 1, 1)), str(year))
        return "".join(line)

    def _columns(self, cells: int) -> tuple[int, int, int]:
        """Cells of the names, of a column, and how many phases are shown."""
        names = max(_NAMES, min(40, cells * 30 // 100))
        count = len(self.growth.phases) + 2
        column = max(_LEAST, min(_MOST, (cells - names - 2) // max(1, count)))
        return names, column, max(0, min(count, (cells - names - 2) // column) - 2)

    def _titles(self, cells: int) -> Pieces:
        names, column, phases = self._columns(cells)
        titles = [_("now")]
        titles += [
            f"{number} {name}" if column > _LEAST + 4 else str(number) for number, name in self.growth.phases[:phases]
        ]
        titles.append(_("wanted") if column > width(_("wanted")) else _("aim"))
        cells_of = "".join(fit(title, column - 1) + " " for title in titles)
        rest = len(self.growth.phases) - phases
        words = ngettext("Process (+{n} phase)", "Process (+{n} phases)", rest) if rest else _("Process")
        return [Piece(fit("  " + words.format(n=rest), names + 2), "head"), Piece(cells_of, "head")]

    def draw_row(self, index: int, cells: int, under_cursor: bool) -> Pieces:
        strip = self.growth.strips[index]
        names, column, phases = self._columns(cells)
        pieces = [
            Piece(("> " if under_cursor else "  ") + fit(strip.name, names - 1) + " ", "" if strip.key else "strong")
        ]
        levels = (*strip.levels[: phases + 1], strip.levels[-1])
        before = levels[0]
        for place, level in enumerate(levels):
            rises = 0 < place < len(levels) - 1 and level > before
            before = level
            pieces.append(Piece(self._cell(strip, level, rises, column), self._style(place, levels, rises)))
        return pieces

    @staticmethod
    def _cell(strip: Strip, level: float, rises: bool, column: int) -> str:
        """A level, ``+`` where it rises, and shades that grow with it."""
        number = f"{level:.0f}" if strip.key else f"{level:.1f}"
        text = number + ("+" if rises else "")
        shade = glyphs().shades[max(0, min(len(glyphs().shades) - 1, floor(level) - 1))]
        return fit(fit(text, len(number) + 1) + shade * min(6, column - len(number) - 2), column)

    @staticmethod
    def _style(place: int, levels: Sequence[float], rises: bool) -> str:
        if place == len(levels) - 1:
            return "strong"
        return "good" if rises else "dim" if levels[place] < levels[-1] else ""
