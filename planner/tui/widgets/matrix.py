"""The assessment matrix: processes down, dimensions across, now and target in each cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from planner.text.i18n import N_, _
from planner.text.width import fit
from planner.tui.widgets.lines import Lines, Piece, Pieces

CELL = 8
"""Cells of a column: wide enough for its title and for ``1> [3]``."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One process: (now, target) for each dimension and then for the whole, and words about its work.

    ``pulled`` is the level that something else needs of it, above its own target; 0 when nothing does.
    """

    process: str
    name: str
    levels: tuple[tuple[int, int], ...]
    note: str = ""
    pulled: int = 0
    in_scope: bool = True


class Matrix(Lines):
    """Digits set the number in brackets: the target, or after ``b`` the baseline."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "across(-1)", N_("Left"), show=False),
        Binding("right,l", "across(1)", N_("Right"), show=False),
        *(Binding(str(n), f"level({n})", show=False) for n in range(1, 6)),
        Binding("plus", "step(1)", N_("One level up"), show=False),
        Binding("minus", "step(-1)", N_("One level down"), show=False),
    ]

    class LevelChosen(Message):
        """A level was typed for a dimension, or for all of them (``dimension`` is empty)."""

        def __init__(self, process: str, dimension: str, level: int, baseline: bool) -> None:
            super().__init__()
            self.process = process
            self.dimension = dimension
            self.level = level
            self.baseline = baseline

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Sequence[MatrixRow] = ()
        self.dimensions: Sequence[tuple[str, str]] = ()
        """Id and title of each dimension; the column after them is the process as a whole."""
        self.column = 0
        self.baseline = False

    @property
    def whole(self) -> int:
        """The column of the process as a whole."""
        return len(self.dimensions)

    def show(self, rows: Sequence[MatrixRow], dimensions: Sequence[tuple[str, str]]) -> None:
        """Show these processes scored on these dimensions (id and title); the cursor stays where it is."""
        self.rows, self.dimensions = rows, dimensions
        self.column = min(self.column, self.whole)
        self.rebuild(len(rows))

    @property
    def row(self) -> MatrixRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    def find(self, process: str) -> bool:
        """Put the cursor on a process; whether it is there."""
        place = next((n for n, row in enumerate(self.rows) if row.process == process), None)
        if place is not None:
            self.go(place)
        return place is not None

    def toggle_baseline(self) -> None:
        """Let digits set the other of baseline and target."""
        self.baseline = not self.baseline
        self.refresh()

    def draw_head(self, cells: int) -> list[Pieces]:
        name, note = self._widths(cells)
        titles = [*(title for _id, title in self.dimensions), _("Level")]
        head = "  " + fit(_("Process"), name) + " " + "".join(fit(f" {title}", CELL) for title in titles)
        return [[Piece(head + " " + fit(_("Work"), note), "head")]]

    def draw_row(self, index: int, cells: int, under_cursor: bool) -> Pieces:
        row = self.rows[index]
        name, note = self._widths(cells)
        style = "" if row.in_scope else "dim"
        pieces = [Piece(("> " if under_cursor else "  ") + fit(row.name, name) + " ", style)]
        for column, (now, goal) in enumerate(row.levels):
            here = under_cursor and column == self.column
            moves = "strong" if goal > now else "dim"
            text = (
                f" {now} ^ {row.pulled}"
                if column == self.whole and row.pulled and not here
                else self._cell(now, goal, here)
            )
            pieces.append(Piece(fit(text, CELL), "here" if here else style or moves))
        pieces.append(Piece(" " + fit(row.note, note), "dim"))
        return pieces

    def _cell(self, now: int, goal: int, here: bool) -> str:
        if here:
            return f"[{now}]> {goal}" if self.baseline else f" {now} >[{goal}]"
        return f" {now} > {goal}" if goal != now else f" {now}"

    def _widths(self, cells: int) -> tuple[int, int]:
        left = cells - 4 - CELL * (self.whole + 1)
        name = max(16, min(34, left - 18))
        return name, max(0, left - name)

    def action_across(self, step: int) -> None:
        self.column = max(0, min(self.column + step, self.whole))
        self._refresh_row(self.cursor)
        self.moved()

    def action_level(self, level: int) -> None:
        if row := self.row:
            dimension = self.dimensions[self.column][0] if self.column < self.whole else ""
            self.post_message(self.LevelChosen(row.process, dimension, level, self.baseline))

    def action_step(self, step: int) -> None:
        if row := self.row:
            now, goal = row.levels[self.column]
            self.action_level((now if self.baseline else goal) + step)
