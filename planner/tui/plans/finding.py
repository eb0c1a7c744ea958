"""Finding one's way in the list of plans: its order, its filter, its views, and going to a plan by its name."""

from typing import TYPE_CHECKING

from planner.text.i18n import _
from planner.tui.plans.folder import FolderScreen
from planner.tui.plans.rows import ORDERS, fields
from planner.tui.plans.views import VIEWS, View
from planner.tui.widgets.lines import Block

if TYPE_CHECKING:
    from planner.tui.screens.pick import Option
    from planner.tui.widgets.filterline import FilterLine


class FindingScreen(FolderScreen):
    """The list of plans, and the keys that change only what is seen of it."""

    def action_sort(self) -> None:
        """Sort by the next column."""
        if self.may("sort"):
            self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
            self.set_out()
            self.say(_("Sorted: {order}.").format(order=_(self.order.words)))

    async def action_filter(self) -> None:
        """Type what the rows must have in them."""
        if not self.may("filter"):
            return
        if self.filter_line is None:
            from planner.tui.widgets.filterline import FilterLine

            self.filter_line = FilterLine(fields)
            await self.mount(self.filter_line, after="#title")
        self.filter_line.open()
        self.set_out()

    def on_filter_line_changed(self, event: "FilterLine.Changed") -> None:
        self.set_out()

    def on_filter_line_left(self, event: "FilterLine.Left") -> None:
        self.table.focus()

    def action_out(self) -> None:
        """Let go of the marks, then of the filter; there is nothing to go back to from here."""
        line = self.filter_line
        if self.table.marks:
            self.table.marks.clear()
            self.table.refresh()
            self._draw_title()
        elif line is not None and line.typed.value:
            line.clear()
            self.set_out()
        else:
            self.say(_("This list comes first: q quits."), warn=True)

    def action_view(self) -> None:
        """The next view."""
        self.turn_to(VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)])

    def turn_to(self, view: View) -> None:
        """Show another view, with the cursor where it was there."""
        self._cursors[self.view.name] = self.table.key
        self.view = view
        self.workers.cancel_group(self, "read")
        if self.filter_line is not None:
            self.filter_line.display = self._filters
        self._row_told = True
        self.action_reload()

    def places(self) -> "list[Option]":
        """The plans, for the palette and for ``/``."""
        from planner.tui.screens.pick import Option

        plans = [self.shown(header) for header in self.headers]
        return [Option(str(plan.header.path), plan.name, plan.header.path.name) for plan in plans]

    def go_to(self, key: str) -> None:
        """Put the cursor on a plan; a filter that hides it is taken away."""
        line = self.filter_line
        if not self.table.find(key) and line is not None:
            line.clear()
            self.set_out(key)

    def action_find(self) -> None:
        """Type to find a plan, and go there."""
        from planner.tui.screens.pick import Pick

        def chosen(key: str | None) -> None:
            if key:
                self._cursors[self.view.name] = key
                self.go_to(key)

        self.app.push_screen(Pick(_("Go to"), self.places()), chosen)

    def action_hints(self) -> None:
        """Show or hide the hints, also in later sessions."""
        self._hints = not self.query_one("#hints", Block).display
        self._show_hints()
        self.planner.keep_setting("hints", self._hints)
