"""The list of findings in groups that fold."""

from planner.model.project import Project
from planner.text.width import cut
from planner.tui.areas.checks.rows import ACCEPTED, STYLE, FindingRow, worded
from planner.tui.widgets.lines import Lines, Piece, Pieces


class FindingList(Lines):
    """The rows; a head begins with ``-`` when its group is open and with ``+`` when it is folded."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, empty=lambda cells: [[self.nothing]])
        self.project: Project | None = None
        self.rows: list[FindingRow] = []
        self.nothing = Piece("")
        """What is said in the place of rows."""

    @property
    def row(self) -> FindingRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    def show(self, project: Project, found: list[FindingRow]) -> None:
        """Show these rows of ``project``; the cursor stays on its row, else goes to the finding now in its place."""
        here = self.row.key if self.row else ""
        place = next((n for n, row in enumerate(found) if row.key == here), None)
        if place is None:
            places = [n for n, row in enumerate(found) if row.finding or (row.folded and row.depth)]
            place = next((n for n in places if n >= self.cursor), places[-1] if places else None)
        self.project, self.rows = project, found
        self.rebuild(len(found), place)

    def draw_row(self, index: int, cells: int, under_cursor: bool) -> Pieces:
        row = self.rows[index]
        words = worded(self.project, row) if self.project else ""
        sign = "  " if row.finding else "+ " if row.folded else "- "
        style = STYLE[row.group] if not row.depth else "strong" if row.finding is None else ""
        return [
            Piece(("> " if under_cursor else "  ") + "  " * row.depth),
            Piece(sign, "key" if sign.strip() else ""),
            Piece(cut(words, cells - 4 - 2 * row.depth), "dim" if row.group == ACCEPTED else style),
        ]
