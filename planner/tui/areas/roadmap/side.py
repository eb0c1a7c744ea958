"""Why the selected item is where it is, beside the timeline; it follows the cursor and never holds it up."""

import asyncio

from planner.model.project import Project
from planner.text.i18n import _
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.prose import Unread

WIDTH = 46
"""Cells of the panel."""

PAUSE = 0.15
"""Seconds that the cursor must rest before an explanation is worked out."""


Asked = tuple[Project, str]
"""What is to be explained, and in which plan."""


class Side(Unread):
    """Hidden until it is asked for."""

    NEEDS = 120
    """Columns of the screen below which there is no room for it."""

    def __init__(self) -> None:
        super().__init__(id="why")
        self.styles.width = WIDTH
        self.styles.height = "100%"
        self.styles.padding = (0, 0, 0, 2)
        self.display = False
        self.wanted = False
        self._wanted: Asked | None = None
        self._at_work = False

    def fits(self, cells: int) -> bool:
        """Whether there is room for it on a screen so wide."""
        return cells >= self.NEEDS

    def follow(self, project: Project, item: str) -> None:
        """Explain ``item``, in a moment, unless it is explained already."""
        asked = (project, item)
        if self.display and not _same(asked, self._wanted):
            self._wanted = asked
            if not self._at_work:
                self._at_work = True
                self.run_worker(self._explain(), group="why")

    async def _explain(self) -> None:
        """One explanation at a time; of those asked for meanwhile only the last counts."""
        told: Asked | None = None
        try:
            while self._wanted and not _same(told, self._wanted):
                told = self._wanted
                await asyncio.sleep(PAUSE)
                if _same(told, self._wanted):
                    lines = await asyncio.to_thread(_lines, *told)
                    if _same(told, self._wanted):
                        self.show(lines)
        finally:
            self._at_work = False


def _same(one: Asked | None, other: Asked | None) -> bool:
    return bool(one and other and one[0] is other[0] and one[1] == other[1])


def _lines(project: Project, item: str) -> list[Piece]:
    from planner.rollout.explain import explain
    from planner.tui.areas.roadmap.explanation import told

    if not item:
        return [Piece(_("Select a capability or a work package: here stands why it is where it is."), "dim")]
    try:
        found = explain(project, item)
    except KeyError:
        return [Piece(project.title(item), "strong"), Piece(_("It has no full place in the roadmap yet."))]
    return [Piece(project.title(item), "strong"), *told(project, found)]
