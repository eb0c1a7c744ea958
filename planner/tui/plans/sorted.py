"""A table that says by which column it is sorted."""

from planner.text.i18n import _
from planner.tui.widgets.lines import Piece, Pieces
from planner.tui.widgets.table import MarkTable


class SortedTable(MarkTable):
    """``sorted_by`` is the title of a column, before whose heading ``^`` stands; without rows there are no headings."""

    sorted_by = ""

    def draw_head(self, cells: int) -> list[Pieces]:
        if not self.rows:
            return []
        titles = [("^" if column.title == self.sorted_by else "") + _(column.title) for column in self.columns]
        return [self._line("  ", [Piece(title, "head") for title in titles], cells)]
