"""The lines below the drawing of dependencies."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from planner.text.width import cut, wrap
from planner.tui.widgets.lines import Block, Piece

if TYPE_CHECKING:
    from planner.tui.app import PlannerApp

TALL = 30
"""From so many lines of the screen on there are five lines of details, else three; on a slow line always three."""

_CUT = " ..."


class Details(Block):
    """What is told about the selected item, or about what is in hand."""

    def on_mount(self) -> None:
        self.fit()

    @property
    def count(self) -> int:
        """Lines there are, on a screen as high as this one."""
        frugal = cast("PlannerApp", self.app).settings.low_bandwidth
        return 5 if self.app.size.height >= TALL and not frugal else 3

    def fit(self) -> None:
        """Take as many lines as there are."""
        self.styles.height = self.count

    def tell(self, lines: Sequence[str], running: bool) -> None:
        """Show ``lines``: ``running`` text broken into lines; others too where there is room, else each is cut."""
        cells = self.app.size.width - 2
        if running or self.count > len(lines):
            lines = [part for line in lines for part in wrap(line, cells)]
        if len(lines) > self.count:
            last = cut(lines[self.count - 1], cells - len(_CUT))
            lines = [*lines[: self.count - 1], f"{last}{_CUT}"]
        self.show([Piece(f" {cut(line, cells)}") for line in lines])
