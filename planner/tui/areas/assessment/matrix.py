"""The assessment matrix: processes down, dimensions across, now and target in each cell and the heat of the gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message

from planner.model.values import HIGHEST, LOWEST
from planner.text.i18n import N_, _
from planner.text.width import fit, width
from planner.tui.glyphs import glyphs
from planner.tui.widgets.lines import Lines, Piece, Pieces

CELL = 9
"""Cells of a column: the sign of a dispute, ``1 >[3]`` and two cells of heat."""

LEAST_NAME = 18
"""Other columns are left out rather than that a name has fewer cells."""

MOST_NAME = 34

WIDE = 80
"""Cells for name and work from which on there is room for a bar."""

BAR = 10
"""Cells of the bar that shows how much is answered, where there is room for it."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One process: (now, target) for each dimension and then for the whole, and words about its work.

    ``pulled`` is the level that something else needs of it, above a target of its own; 0 when nothing does.
    ``disputed`` are the columns in which assessors do not agree. ``answered`` of ``asked`` criteria have a reply;
    none are ``asked`` while nobody knows.
    """

    process: str
    name: str
    levels: tuple[tuple[int, int], ...]
    importance: int = 3
    note: str = ""
    pulled: int = 0
    in_scope: bool = True
    disputed: frozenset[int] = frozenset()
    answered: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class _Widths:
    """Cells of the parts of a row beside the levels; 0 for one that is left out."""

    name: int
    importance: int
    answered: int
    note: int


class Matrix(Lines):
    """Digits set the number in brackets, for the marked processes or the one under the cursor.

    It is the target, or after ``b`` the level now; in the last column the importance.
    """

    WHOLE_ROW = False
    """The cursor is on a cell: the heat of its row stays as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "across(-1)", N_("Left"), id="assessment.left", show=False),
        Binding("right,l", "across(1)", N_("Right"), id="assessment.right", show=False),
        *(
            Binding(str(n), f"level({n})", N_("set the level"), id=f"assessment.level-{n}", show=False)
            for n in range(LOWEST - 1, HIGHEST + 1)
        ),
        Binding("plus", "step(1)", N_("One level up"), id="assessment.up", show=False),
        Binding("minus", "step(-1)", N_("One level down"), id="assessment.down", show=False),
        Binding("space", "mark", N_("mark"), id="assessment.mark", tooltip=N_("Mark it, to change several at once")),
        Binding(
            "escape", "unmark", N_("no marks"), id="assessment.unmark", show=False, tooltip=N_("Let go of all marks")
        ),
    ]

    class Chosen(Message):
        """Numbers were chosen for processes, in a column: a dimension, the whole or the importance."""

        def __init__(self, values: Mapping[str, int], column: int, baseline: bool) -> None:
            super().__init__()
            self.values = values
            self.column = column
            self.baseline = baseline

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Sequence[MatrixRow] = ()
        self.dimensions: Sequence[tuple[str, str]] = ()
        """Id and title of each dimension; after them come the process as a whole and its importance."""
        self.column = 0
        self.baseline = False
        self.marked: frozenset[str] = frozenset()
        self._laid_out = (-1, _Widths(0, 0, 0, 0))

    @property
    def whole(self) -> int:
        """The column of the process as a whole."""
        return len(self.dimensions)

    @property
    def rank(self) -> int:
        """The column of the importance."""
        return self.whole + 1

    def show(self, rows: Sequence[MatrixRow], dimensions: Sequence[tuple[str, str]]) -> None:
        """Show these processes scored on these dimensions (id and title); cursor and marks stay where they are."""
        self.rows, self.dimensions = rows, dimensions
        self.column = min(self.column, self.rank)
        self.marked &= {row.process for row in rows}
        self._laid_out = (-1, self._laid_out[1])
        self.rebuild(len(rows))

    @property
    def row(self) -> MatrixRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    @property
    def meant(self) -> tuple[MatrixRow, ...]:
        """The marked rows; when none is, the one under the cursor."""
        marked = tuple(row for row in self.rows if row.process in self.marked)
        return marked or ((self.row,) if self.row else ())

    def find(self, process: str) -> bool:
        """Put the cursor on a process; whether it is there."""
        place = next((n for n, row in enumerate(self.rows) if row.process == process), None)
        if place is not None:
            self.go(place)
        return place is not None

    def toggle_baseline(self) -> None:
        """Let digits set the other of baseline and target."""
        self.baseline = not self.baseline
        self._refresh_row(self.cursor)

    # Drawing

    def draw_head(self, cells: int) -> list[Pieces]:
        widths = self._widths(cells)
        titles = [*(title for _id, title in self.dimensions), _("Level")]
        head = "  " + fit(_("Process"), widths.name) + " "
        head += fit(_("Imp"), widths.importance)
        head += "".join(fit(f" {title}", CELL) for title in titles)
        return [
            [
                Piece(
                    head
                    + fit(" " + _("Answered") if widths.answered else "", widths.answered)
                    + fit(_("Work"), widths.note),
                    "head",
                )
            ]
        ]

    def draw_row(self, index: int, cells: int, under_cursor: bool) -> Pieces:
        row = self.rows[index]
        widths = self._widths(cells)
        style = "" if row.in_scope else "dim"
        mark = (">" if under_cursor else " ") + ("+" if row.process in self.marked else " ")
        pieces = [
            Piece(mark, "key"),
            Piece(self._titled(row, widths.name), "cursor" if under_cursor else style),
            Piece(" "),
        ]
        if widths.importance or (under_cursor and self.column == self.rank):
            here = under_cursor and self.column == self.rank
            text = f"[{row.importance}]" if here else f" {row.importance}"
            pieces.append(Piece(fit(text, max(widths.importance, 3)), "here" if here else "dim"))
        for column, levels in enumerate(row.levels):
            pieces += self._cell(row, column, levels, under_cursor and column == self.column)
        if widths.answered:
            pieces.append(Piece(fit(" " + self._answered(row, widths.answered), widths.answered), "dim"))
        pieces.append(Piece(fit(row.note, widths.note), "dim"))
        return pieces

    def _titled(self, row: MatrixRow, cells: int) -> str:
        """The name; at its end that the process is out of scope."""
        if row.in_scope:
            return fit(row.name, cells)
        out = f" {_('out')}"
        return fit(row.name, cells - width(out)) + out

    @property
    def tells_answered(self) -> bool:
        """Whether there is room for a column that says how much is answered."""
        return self._widths(self.size.width).answered > 0

    def _cell(self, row: MatrixRow, column: int, levels: tuple[int, int], here: bool) -> list[Piece]:
        """Whether it is disputed, now and target, and the heat of the gap."""
        now, goal = levels
        pulled = row.pulled if column == self.whole else 0
        if here:
            text = f"[{now}]> {goal}" if self.baseline else f"{now} >[{goal}]"
        elif pulled:
            text = f"{now} ^ {pulled}"
        else:
            text = f"{now} > {goal}" if goal != now else f"{now}"
        gap = max(goal if row.in_scope else now, pulled) - now
        style = "here" if here else "" if row.in_scope and gap else "dim"
        return [
            Piece("!" if column in row.disputed else " ", "warn"),
            Piece(fit(text, CELL - 3), style),
            Piece(heat(gap) * 2, "dim" if gap <= 0 else "bad" if gap > 1 else "warn"),
        ]

    def _answered(self, row: MatrixRow, cells: int) -> str:
        if not row.asked:
            return ""
        count = f"{row.answered}/{row.asked}"
        share = bar(row.answered, row.asked, BAR)
        return f"{fit(count, 7)} {share}" if cells > BAR + 9 else count

    def _widths(self, cells: int) -> _Widths:
        """What there is room for: the name first, then importance, answered, a bar with it, and the work."""
        if self._laid_out[0] == cells:
            return self._laid_out[1]
        left = cells - 3 - CELL * (self.whole + 1)
        parts: dict[str, int] = {}
        for part, needed in (
            ("importance", 4),
            ("answered", max(7, width(_("Answered"))) + 2),
        ):
            parts[part] = needed if left - needed >= LEAST_NAME else 0
            left -= parts[part]
        if left >= WIDE:
            parts["answered"] += BAR + 1
            left -= BAR + 1
        name = max(1, min(left, MOST_NAME))
        found = _Widths(name, note=max(0, left - name), **parts)
        self._laid_out = (cells, found)
        return found

    # Keys

    def action_across(self, step: int) -> None:
        """Go to the column beside."""
        order = [self.rank, *range(self.whole + 1)]
        place = max(0, min(order.index(self.column) + step, self.whole + 1))
        if order[place] != self.column:
            self.column = order[place]
            self._refresh_row(self.cursor)
            self.moved()

    def action_level(self, level: int) -> None:
        """Choose ``level`` for all that is meant."""
        if self.rows:
            self.post_message(self.Chosen({row.process: level for row in self.meant}, self.column, self.baseline))

    def action_step(self, step: int) -> None:
        """Choose, for each that is meant, a level more or less than it has."""
        if self.rows:
            values = {row.process: self._value(row) + step for row in self.meant}
            self.post_message(self.Chosen(values, self.column, self.baseline))

    def _value(self, row: MatrixRow) -> int:
        return row.importance if self.column == self.rank else row.levels[self.column][not self.baseline]

    def action_mark(self) -> None:
        """Mark the row, or no longer, and go down."""
        if self.row:
            self.marked ^= {self.row.process}
            self._refresh_mark(self.cursor)
            self.go(self.cursor + 1)
            self.moved()

    def action_unmark(self) -> None:
        """Let go of all marks."""
        places = [n for n, row in enumerate(self.rows) if row.process in self.marked]
        self.marked = frozenset()
        for place in places:
            self._refresh_mark(place)
        self.moved()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without marks Esc goes on to the plan."""
        return bool(self.marked) if action == "unmark" else True

    def _refresh_mark(self, place: int) -> None:
        if self.top <= place < self.top + self.page:
            self.refresh(Region(0, place - self.top + self.head_height, 2, 1))


def heat(gap: int) -> str:
    """The sign of a gap of so many levels: the wider, the darker."""
    shades = glyphs().shades
    return shades[max(0, min(gap, len(shades) - 1))]


def bar(part: int, whole: int, cells: int) -> str:
    """``part`` of ``whole`` as a bar of so many cells: something is seen as soon as there is something."""
    full = min(cells, max(part > 0, cells * part // whole)) if whole else 0
    return glyphs().full * full + glyphs().dot * (cells - full)
