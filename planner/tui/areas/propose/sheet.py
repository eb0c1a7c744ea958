"""The table of the place: roadmaps with figures, a heading, strategies with words; marks, and a word for newcomers."""

from collections.abc import Collection

from planner.text.i18n import _
from planner.text.width import fit, wrap
from planner.tui.widgets.lines import Piece, Pieces
from planner.tui.widgets.table import Table

HEADING = "heading"
"""The key of the row on which the cursor never stands."""

NAME = 28
"""Cells of the name in a row of words."""


class Sheet(Table):
    """A row of two cells is a name and words over all further columns."""

    marked: Collection[str] = ()
    """The keys of the rows that carry a ``+``."""
    first_time = False
    """Whether to say, above everything, what there is to do."""

    def go(self, index: int) -> None:
        index = max(0, min(index, self.count - 1))
        step = 1 if index > self.cursor or index == 0 else -1
        if self.rows and self.rows[index].key == HEADING:
            index += step
        super().go(index)

    def draw_head(self, cells: int) -> list[Pieces]:
        if not self.first_time:
            return super().draw_head(cells)
        words = _(
            "A strategy says what comes first. Enter proposes a roadmap by the one under the cursor; the search runs "
            "in the background. Nothing in the plan changes until you have seen a roadmap and adopted it."
        )
        return [*([Piece(f"  {line}", "dim")] for line in wrap(words, max(8, cells - 4))), ()]

    def draw_row(self, index: int, cells: int, under_cursor: bool) -> Pieces:
        row = self.rows[index]
        mark = (">" if under_cursor else " ") + ("+" if row.key in self.marked else " ")
        pieces = [cell if isinstance(cell, Piece) else Piece(cell, row.style) for cell in row.cells]
        if row.banner:
            return [Piece(f"  {fit(row.banner, cells - 2)}", row.style)]
        if len(pieces) > 2:
            return self._line(mark, pieces, cells)
        name, words = pieces
        head = min(NAME, max(8, cells * 3 // 8))
        return [
            Piece(f"{mark}   "),
            Piece(fit(name.text, head) + " ", name.style),
            Piece(fit(words.text, cells - 6 - head), words.style),
        ]
