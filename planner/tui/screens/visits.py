"""Going about in an open plan: from place to place, to an item, and back to where one was."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.screen import Screen

from planner.model.project import Project
from planner.text.i18n import _
from planner.tui.areas.area import Area
from planner.tui.judgement import Judgement
from planner.tui.named import homeless, homes, options
from planner.tui.places import make_area
from planner.tui.widgets.lines import Piece

if TYPE_CHECKING:
    from planner.tui.screens.pick import Option

LONGEST_TRAIL = 50
"""So many places are remembered to go back to."""


class Visits(Screen[None]):
    """Shows one area of a plan at a time, and keeps the way back; a subclass has the plan and says things."""

    judgement: Judgement | None = None
    """What is known of the plan shown; None while it is being looked at."""

    def __init__(self, area: str) -> None:
        super().__init__()
        self._area = area
        self._trail: list[tuple[str, str]] = []
        """Where the person was before: names of areas, and the item under the cursor there."""
        self.said = Piece("")
        """What was told last, for a dialog that covers the message line too."""

    @property
    def project(self) -> Project:
        """The plan as it is now."""
        raise NotImplementedError

    @property
    def area(self) -> Area:
        """The area in view."""
        return self.query_one(f"#{self._area}", Area)

    def say(self, text: str, warn: bool = False) -> None:
        """Show ``text`` in the message line; ``warn`` marks a refusal."""
        raise NotImplementedError

    def _hush(self) -> None:
        """What was told last was about another place."""
        if self.said.text:
            self.say("")

    def draw_bars(self) -> None:
        """Draw the line of the plan and that of places."""
        raise NotImplementedError

    async def action_area(self, name: str) -> None:
        """Go to the area ``name``; Backspace comes back."""
        if name != self._area:
            self._leave_trace()
            self._hush()
            await self._visit(name)

    def _leave_trace(self) -> None:
        here = (self._area, self.area.current)
        if self._trail[-1:] != [here]:
            self._trail = [*self._trail[1 - LONGEST_TRAIL :], here]

    async def action_return(self) -> None:
        """Back to where the person was before, and the item there."""
        while self._trail:
            name, item = self._trail.pop()
            if name == self._area and item in ("", self.area.current):
                continue  # nothing would move
            self._hush()
            if name != self._area:
                await self._visit(name)
            if item:
                self.area.select(item)
            return
        self.say(_("There is nowhere to go back to; Esc leads to the list of plans."), warn=True)

    async def _visit(self, name: str) -> None:
        """Show the area ``name``, made now if it is the first time, with the cursor on the same item."""
        content = self.query_one("#content", Container)
        item = self.area.current
        if not self.query(f"#{name}"):
            area = make_area(name)
            area.display = False  # or a frame would show both areas, each in half of the room
            await area.ready()
            await content.mount(area)
        self._area = name
        for child in content.children:
            child.display = child.id == name
        self.area.show(self.project)
        if self.judgement is not None:
            self.area.judged(self.judgement)
        if item:
            self.area.select(item)
        self.area.enter()
        self.draw_bars()

    def places(self) -> "list[Option]":
        """Where one can go: parts of the plan by name."""
        return options(self.project)

    def go_to(self, item: str, areas: Sequence[str] = ()) -> None:
        """Put the cursor on ``item``: in the first of ``areas`` that shows it.

        Without them in the area in view if that shows it, else in the first that does.
        """
        self._leave_trace()
        self._hush()
        if areas or not self.area.select(item):
            self.call_next(self._go_elsewhere, item, areas or homes(self.project, item))

    async def _go_elsewhere(self, item: str, areas: Sequence[str]) -> None:
        before = self._area
        for name in areas:
            if name != before:
                await self._visit(name)
                if self.area.select(item):
                    return
        if self._area != before:
            await self._visit(before)
        self.say(homeless(self.project, item), warn=True)

    def action_find(self) -> None:
        """Type to find something, and go there."""
        from planner.tui.screens.pick import Pick

        self.app.push_screen(Pick(_("Go to"), self.places()), lambda item: self.go_to(item) if item else None)
