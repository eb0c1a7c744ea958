"""Rows that can be marked, so that something is done to all of them at once."""

from collections.abc import Collection, Container
from typing import ClassVar

from textual.binding import Binding, BindingType

from planner.text.i18n import N_
from planner.tui.widgets.lines import Lines


class Marking(Lines):
    """Space marks the row of the cursor. Marks stay while rows are filtered out; two views may share them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space", "mark", N_("mark"), show=False, id="list.mark", tooltip=N_("Mark the row, or take its mark away")
        ),
        Binding("M", "mark_all", N_("mark all"), show=False, id="list.mark-all", tooltip=N_("Mark all rows, or none")),
    ]
    marks: dict[str, None]
    """The keys of the marked rows; changed in place, for another view may hold the same."""

    def shown_keys(self) -> Collection[str]:
        """The keys of all rows that are shown now."""
        raise NotImplementedError

    @property
    def hidden(self) -> int:
        """How many marked rows are not shown now."""
        shown = self.shown_keys()
        return sum(key not in shown for key in self.marks)

    def keep_marks(self, known: Container[str]) -> None:
        """Take the marks away of what is no longer there at all."""
        for key in [key for key in self.marks if key not in known]:
            del self.marks[key]

    def mark_of(self, key: str) -> str:
        """The sign before a row, one cell wide."""
        return "+" if key in self.marks else " "

    def key_here(self) -> str:
        """The key of the row of the cursor; empty when there is none."""
        raise NotImplementedError

    def action_mark(self) -> None:
        """Mark the row of the cursor, or take its mark away, and go to the next."""
        key = self.key_here()
        if not key:
            return
        if key in self.marks:
            del self.marks[key]
        else:
            self.marks[key] = None
        if self.cursor + 1 < self.count:
            self.go(self.cursor + 1)
        else:
            self._refresh_row(self.cursor)
            self.moved()

    def action_mark_all(self) -> None:
        """Mark all rows that are shown; take the marks of these away where all have one."""
        shown = self.shown_keys()
        if all(key in self.marks for key in shown):
            for key in shown:
                del self.marks[key]
        else:
            self.marks.update(dict.fromkeys(shown))
        self.refresh()
        self.moved()
