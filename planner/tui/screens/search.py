"""A dialog in which one types to find: a search line over a list that the arrows move in."""

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from planner.text.i18n import N_, _
from planner.tui.screens.dialog import Dialog
from planner.tui.widgets.table import Table
from planner.tui.widgets.textline import TextLine

T = TypeVar("T")


class Search(Dialog[T]):
    """Subclasses give the list, and say with ``_filter`` what of it is shown for what is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "list('move', -1)", N_("up"), id="pick.up", show=False, priority=True),
        Binding("down", "list('move', 1)", N_("next"), id="pick.down", priority=True, key_display="Down"),
        Binding("pageup", "list('page', -1)", N_("page up"), id="pick.page-up", show=False, priority=True),
        Binding("pagedown", "list('page', 1)", N_("page down"), id="pick.page-down", show=False, priority=True),
    ]

    def body(self) -> ComposeResult:
        yield TextLine(id="search", placeholder=_("type to find"))
        table = self.make_list()
        table.can_focus = False
        yield table

    def make_list(self) -> Table:
        """The list, empty as yet."""
        raise NotImplementedError

    def _filter(self, typed: str) -> None:
        """Show what fits ``typed``."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self._filter("")
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._filter(event.value)

    def action_list(self, what: str, step: int) -> None:
        table = self.query_one(Table)
        (table.action_move if what == "move" else table.action_page)(step)


def fits(typed: str, text: str) -> bool:
    """Whether every word that was typed stands somewhere in ``text``."""
    text = text.casefold()
    return all(word in text for word in typed.casefold().split())
