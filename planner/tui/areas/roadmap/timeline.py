"""The roadmap as a Gantt chart: names on the left, bars of characters on a scale of weeks, months, quarters or all.

Signs, here as ASCII has them: ``=`` a phase with its gate ``]``; ``#`` what decides the finish, ``*`` other work of a
capability, ``-`` of a package; ``x`` what is done; ``.`` where a baseline had it; ``o`` a milestone; ``:`` a blackout;
``|`` today. ``<`` and ``>`` at the edge say where a bar is that is out of view.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from planner.model.calendar import Period
from planner.text.i18n import N_
from planner.tui.areas.roadmap.board import named
from planner.tui.areas.roadmap.scale import MONTHS, QUARTERS, WEEKS, Scale
from planner.tui.glyphs import LEFT, RIGHT, glyphs
from planner.tui.widgets.lines import Lines, Piece, Pieces

ZOOMS = (("", 0), (N_("quarters"), QUARTERS), (N_("months"), MONTHS), (N_("weeks"), WEEKS))
"""From far to near: what the scale shows best, and days to a cell; first whatever fits."""

Day = date | None


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One row. ``depth`` is 0 for a phase, 1 for a capability, 2 for a work package; ``opened`` is None for
    one that has nothing inside; ``mark`` is ``!`` for a broken constraint, ``*`` for a pin.

    ``critical``: it decides the finish. ``done``: up to which day its work is done. ``was``: where the baseline had it.
    ``days`` are drawn as milestones.
    """

    key: str
    name: str
    depth: int
    start: Day = None
    finish: Day = None
    opened: bool | None = None
    mark: str = " "
    critical: bool = False
    done: Day = None
    was: tuple[date, date] | None = None
    days: tuple[date, ...] = ()

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day of what is drawn; None when nothing is."""
        if self.start and self.finish:
            return self.start, self.finish
        return (min(self.days), max(self.days)) if self.days else None


class Timeline(Lines):
    """Rows are shown or hidden by whoever gives them; ``chart`` says what each line of the chart holds."""

    def __init__(self, *, id: str | None = None, empty: Callable[[int], list[Pieces]] | None = None) -> None:
        super().__init__(id=id, empty=empty)
        self.rows: Sequence[TimelineRow] = ()
        self.first = self.last = date(2000, 1, 1)
        self.blackouts: Sequence[Period] = ()
        self.today: Day = None
        self.marked: Collection[str] = ()
        self.zoom = 0
        self.pan = 0
        """Cells by which the view begins later than the plan; only when zoomed."""
        self._followed = ""
        """The row whose bar was brought into view last."""
        self._scale: tuple[int, Scale] | None = None
        self._drawn: dict[tuple[int, int], Pieces] = {}
        self._shaded: frozenset[int] = frozenset()

    def show(
        self,
        rows: Sequence[TimelineRow],
        blackouts: Sequence[Period] = (),
        key: str = "",
        begin: Day = None,
        today: Day = None,
    ) -> None:
        """Show these rows; the cursor goes to the row ``key``, else stays with the row it was on.

        ``begin`` is where the axis starts while no row has a date; ``today`` is the day as of which progress is known.
        """
        key = key or self.key
        self.rows = rows
        self.blackouts = blackouts
        self.today = today
        spans = [span for row in rows if (span := row.span)] + [row.was for row in rows if row.was]
        self.first = min((first for first, _last in spans), default=begin or self.first)
        self.last = max((last for _first, last in spans), default=self.first)
        if today:
            self.first, self.last = min(self.first, today), max(self.last, today)
        self._forget()
        self.rebuild(len(rows), next((n for n, row in enumerate(rows) if row.key == key), None))

    def replace(self, index: int, row: TimelineRow) -> None:
        """Show another row in the same place; only that line is drawn again."""
        self.rows = [*self.rows[:index], row, *self.rows[index + 1 :]]
        self._drawn.pop((index, self.size.width), None)
        if self.top <= index < self.top + self.page:
            self._refresh_row(index)

    def mark(self, marked: Collection[str], *rows: int) -> None:
        """Show these keys as marked; ``rows`` are the ones that changed."""
        self.marked = marked
        for row in rows:
            self._drawn.pop((row, self.size.width), None)
            self._refresh_row(row)
        if not rows:
            self._drawn.clear()
            self.refresh()

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

    def row_text(self, index: int) -> str:
        row = self.rows[index]
        days = [str(day) for day in (row.start, row.finish) if day] or [str(day) for day in row.days]
        return " ".join([row.name, *days])

    # Scale

    def _forget(self) -> None:
        """Scale or rows have changed: nothing that was drawn holds."""
        self._scale = None
        self._drawn.clear()

    def scale(self, cells: int) -> Scale:
        """The scale for a view ``cells`` wide."""
        if self._scale is None or self._scale[0] != cells:
            self._drawn.clear()
            room = max(1, cells - self._names(cells) - 1)
            scale = Scale.fitting(self.first, self.last, room)
            days = ZOOMS[self.zoom][1]
            if days and days < scale.days:
                self.pan = max(0, min(self.pan, (self.last - self.first).days // days + 1 - room))
                scale = Scale(self.first + timedelta(days=days * self.pan), days, room)
            self._scale = (cells, scale)
            self._shaded = scale.shaded(self.blackouts)
        return self._scale[1]

    @property
    def zoomed(self) -> bool:
        """Whether only a part of the plan is in view."""
        return bool(self.zoom) and self.scale(self.size.width).days == ZOOMS[self.zoom][1]

    def zoom_by(self, step: int) -> bool:
        """Zoom in or out by a step that makes a difference; whether there is one. The bar of the cursor stays."""
        self.scale(self.size.width)
        fitting = Scale.fitting(self.first, self.last, max(1, self.size.width - self._names(self.size.width) - 1)).days
        levels = [n for n, (_name, days) in enumerate(ZOOMS) if days < fitting]
        now = levels.index(self.zoom) if self.zoom in levels else 0
        if not 0 <= now + step < len(levels):
            return False
        self.zoom = levels[now + step]
        self.pan = 0
        self._followed = ""
        self._forget()
        self._follow()
        self.refresh()
        return True

    def pan_by(self, share: float) -> bool:
        """Move the view by a share of its width; whether it moved."""
        scale = self.scale(self.size.width)
        before = self.pan
        self.pan = max(0, self.pan + int(share * scale.cells))
        self._forget()
        self.scale(self.size.width)
        if self.pan != before:
            self.refresh()
        return self.pan != before

    def bring(self, span: tuple[date, date]) -> bool:
        """Pan so that a part of ``span`` is in view, if none is; whether anything moved."""
        if not self.zoomed:
            return False
        scale = self.scale(self.size.width)
        if scale.cell(span[1]) >= 0 and scale.cell(span[0]) < scale.cells:
            return False
        before = self.pan
        self.pan = max(0, (span[0] - self.first).days // scale.days - scale.cells // 4)
        self._forget()
        self.scale(self.size.width)
        return self.pan != before

    def _follow(self) -> bool:
        moved = super()._follow()
        if self.key != self._followed and self.size.width:
            self._followed = self.key
            span = self.rows[self.cursor].span if self.rows else None
            moved = bool(span and self.bring(span)) or moved
        return moved

    # Drawing

    def chart(self, row: TimelineRow, scale: Scale) -> str:
        """The signs of one row on ``scale``."""
        return "".join(sign for sign, _style in self._signs(row, scale))

    def _signs(self, row: TimelineRow, scale: Scale) -> list[tuple[str, str]]:
        """The sign and style of every cell of one row."""
        signs = glyphs()
        line = [(" ", "")] * scale.cells

        def put(first: int, last: int, sign: str, style: str, over: Collection[int] = ()) -> None:
            for cell in range(max(0, first), min(last, scale.cells - 1) + 1):
                if cell not in over:
                    line[cell] = (sign, style)

        if row.was:
            put(scale.cell(row.was[0]), scale.cell(row.was[1]), signs.ghost, "dim")
        for cell in self._shaded:
            line[cell] = (":", "dim")
        if self.today:
            put(scale.cell(self.today), scale.cell(self.today), signs.vertical, "strong")
        if row.start and row.finish:
            begin, end = scale.cell(row.start), scale.cell(row.finish)
            spared = self._shaded if begin != end else ()
            sign, style = self._bar(row)
            put(begin, end, sign, style, spared)
            if row.done:
                put(begin, scale.cell(row.done), "x", "dim", spared)
            if row.depth == 0:
                put(end, end, signs.gate, "head")
        for day in row.days:
            put(scale.cell(day), scale.cell(day), signs.milestone, "strong")
        if span := row.span:
            if scale.cell(span[1]) < 0:
                line[0] = ("<", "dim")
            elif scale.cell(span[0]) >= scale.cells:
                line[-1] = (">", "dim")
        return line

    @staticmethod
    def _bar(row: TimelineRow) -> tuple[str, str]:
        signs = glyphs()
        if row.depth == 0:
            return "=", "head"
        if row.critical:
            return signs.full, "warn"
        return (signs.shades[-2], "good") if row.depth == 1 else (signs.joints[LEFT | RIGHT], "")

    def draw_head(self, cells: int) -> list[Pieces]:
        if not self.rows:
            return []
        scale = self.scale(cells)
        head = self._drawn.get((-1, cells))
        if head is None:
            gap = " " * (self._names(cells) + 1)
            upper, lower = scale.heads()
            head = self._drawn[-1, cells] = (Piece(gap + upper, "head"), Piece(gap + lower, "head"))
        return [[line] for line in head]

    def draw_row(self, index: int, cells: int, under_cursor: bool) -> Pieces:
        self.scale(cells)
        pieces = self._drawn.get((index, cells))
        if pieces is None:
            pieces = self._drawn[index, cells] = self._row(self.rows[index], cells)
        return [Piece(">", pieces[0].style), *pieces[1:]] if under_cursor else pieces

    def _row(self, row: TimelineRow, cells: int) -> Pieces:
        sign = {None: " ", True: "-", False: "+"}[row.opened]
        mark = "+" if row.key in self.marked else " "
        name = f"{mark}{'  ' * row.depth}{sign}{row.mark}{row.name}"
        style = "bad" if row.mark == "!" else ("head", "", "dim")[row.depth]
        left = Piece(named(name, self._names(cells) - 1) + " ", style)
        runs = groupby(self._signs(row, self.scale(cells)), key=lambda cell: cell[1])
        return [Piece(" ", style), left, *(Piece("".join(sign for sign, _s in run), s) for s, run in runs)]

    def _names(self, cells: int) -> int:
        """Cells of the names."""
        return max(20, min(46, cells * 42 // 100))
