"""Words about what the cursor stands on, in a given height: other words need no new layout, so moves stay cheap."""

from collections.abc import Sequence

from planner.tui.widgets.lines import Piece
from planner.tui.widgets.prose import Unread


class Details(Unread):
    """Prose beside a list; the stylesheet gives its height."""

    def show(self, paragraphs: Sequence[Piece]) -> None:
        if [*paragraphs] != [*self.paragraphs]:
            self.paragraphs = paragraphs
            self._wrapped = (-1, [])
            self.refresh()
