"""The profile of an assessment for a sponsor: a bar for each process, and with room for it a radar beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import atan2, hypot, pi, sin

from planner.model.values import HIGHEST
from planner.text.i18n import _
from planner.text.width import fit, width
from planner.tui.glyphs import glyphs
from planner.tui.widgets.lines import Lines, Piece, Pieces

RADAR_CELLS, RADAR_LINES = 110, 26
"""From so many cells and lines on the radar stands beside the bars."""

ASPECT = 2.0
"""How many times as high as wide a cell is."""

STYLES = {"now": "good", "goal": "warn", "": "dim"}


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """Something with a level now and one wanted, each from 1 to 5. ``axis`` numbers those that the radar shows."""

    key: str
    name: str
    now: float
    goal: float
    axis: int = 0


class Profile(Lines):
    """Bars from 0 to 5: full what stands, light what is wanted beyond it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Sequence[ProfileRow] = ()
        self._radar: tuple[tuple[int, int], list[list[Piece]]] = ((-1, -1), [])

    def show(self, rows: Sequence[ProfileRow], key: str = "") -> None:
        """Show these rows; the cursor goes to ``key`` when it is among them, else stays."""
        self.rows = rows
        self._radar = ((-1, -1), [])
        self.rebuild(len(rows), next((n for n, row in enumerate(rows) if key and row.key == key), None))

    @property
    def key(self) -> str:
        """What the row under the cursor stands for; empty for what is no process."""
        return self.rows[self.cursor].key if self.rows else ""

    def find(self, key: str) -> bool:
        """Put the cursor on a row; whether it is there."""
        place = next((n for n, row in enumerate(self.rows) if row.key == key), None)
        if place is not None:
            self.go(place)
        return place is not None

    # Drawing

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        if cells < RADAR_CELLS or self.size.height < RADAR_LINES:
            return super().draw_line(y, cells)
        left = cells // 2 - 4
        pieces, style = super().draw_line(y, left)
        bars = [Piece(text, piece_style or style) for text, piece_style in pieces]
        used = sum(width(piece.text) for piece in bars)
        return [*bars, Piece(" " * (left - used), style), *self._radar_lines(cells - left)[y]], ""

    def _radar_lines(self, cells: int) -> list[list[Piece]]:
        size = (cells, self.size.height)
        if self._radar[0] != size:
            axes = [(row.now, row.goal) for row in self.rows if row.axis]
            self._radar = (size, radar(axes, *size))
        return self._radar[1]

    def draw_head(self, cells: int) -> list[Pieces]:
        name, scale = self._widths(cells)
        signs = _("{full} now  {light} wanted").format(full=glyphs().full * 2, light=wanted_sign() * 2)
        step = scale // HIGHEST
        ticks = "".join(fit(str(level), step, ">") for level in range(1, HIGHEST + 1))
        return [[Piece("  " + fit(signs, name + 11) + ticks, "head")]]

    def draw_row(self, index: int, cells: int, under_cursor: bool) -> Pieces:
        row = self.rows[index]
        name, scale = self._widths(cells)
        called = f"{row.axis:>2} {row.name}" if row.axis else row.name
        level = "{:.0f}" if row.axis else "{:.1f}"
        words = level.format(row.now) + (" > " + level.format(row.goal) if row.goal > row.now else "")
        now, goal = (round(value * scale / HIGHEST) for value in (row.now, max(row.now, row.goal)))
        return [
            Piece(("> " if under_cursor else "  ") + fit(called, name) + " ", "" if row.axis else "strong"),
            Piece(fit(words, 10)),
            Piece(glyphs().full * now, STYLES["now"]),
            Piece(wanted_sign() * (goal - now), STYLES["goal"]),
            Piece(glyphs().dot * (scale - goal), STYLES[""]),
        ]

    def _widths(self, cells: int) -> tuple[int, int]:
        """Cells of the name and of the scale, which is a whole number of cells for each level."""
        name = max(10, min(30, cells * 2 // 5))
        return name, max(HIGHEST, (cells - name - 14) // HIGHEST * HIGHEST)


def wanted_sign() -> str:
    """The sign of what is wanted: darker than the dots of scale and rings, lighter than what stands."""
    return glyphs().shades[2]


def radar(axes: Sequence[tuple[float, float]], cells: int, lines: int) -> list[list[Piece]]:
    """A radar of (now, wanted) levels in ``lines`` of ``cells``, the first axis upwards, the others clockwise.

    Full is what stands, light what is wanted beyond it; dots are rings at whole levels; each axis has its number.
    """
    middle, centre = (lines - 1) / 2, (cells - 1) / 2
    radius = min(middle - 1, (centre - 3) / ASPECT)
    if not axes or radius < HIGHEST:
        return [[] for _line in range(lines)]
    grid = [[(" ", "")] * cells for _line in range(lines)]
    sign = {"now": glyphs().full, "goal": wanted_sign()}
    for y in range(lines):
        for x in range(cells):
            right, up = (x - centre) / ASPECT, middle - y
            level = hypot(right, up) / radius * HIGHEST
            if level <= HIGHEST + 0.5 / radius * HIGHEST:
                now, goal = _edge(axes, atan2(right, up) % (2 * pi))
                inside = "now" if level <= now else "goal" if level <= goal else ""
                ring = abs(level - round(level)) * radius / HIGHEST < 0.5 and round(level) > 0
                grid[y][x] = (sign[inside] if inside else glyphs().dot if ring else " ", inside)
    for n in range(len(axes)):
        angle = 2 * pi * n / len(axes)
        text = str(n + 1)
        y = round(middle - (radius + 1) * sin(angle + pi / 2))
        x = round(centre + (radius + 1) * ASPECT * sin(angle)) - (len(text) > 1)
        for place, character in enumerate(text, x):
            if 0 <= y < lines and 0 <= place < cells:
                grid[y][place] = (character, "axis")
    return [
        [
            Piece("".join(character for character, _kind in run), STYLES.get(kind, "strong"))
            for kind, run in groupby(line, key=lambda cell: cell[1])
        ]
        for line in grid
    ]


def _edge(axes: Sequence[tuple[float, float]], angle: float) -> tuple[float, float]:
    """How far out the surfaces of now and wanted reach at ``angle``: straight lines between neighbouring axes."""
    step = 2 * pi / len(axes)
    first = int(angle / step) % len(axes)
    beside = axes[(first + 1) % len(axes)]
    turned = angle - first * step
    return tuple(  # type: ignore[return-value]
        here * there * sin(step) / (here * sin(turned) + there * sin(step - turned))
        if len(axes) > 2  # two axes span no surface between them
        else here + (there - here) * turned / step
        for here, there in zip(axes[first], beside, strict=True)
    )
