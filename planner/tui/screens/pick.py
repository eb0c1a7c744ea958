"""Type to find: a search line over a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from planner.text.i18n import N_, _
from planner.tui.screens.dialog import Dialog
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.table import Column, Row, Table
from planner.tui.widgets.textline import TextLine

SHORT = 12
"""So many options are shown at once; for more the dialog takes the whole height."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to pick: ``key`` is what the dialog returns, ``side`` stands dimmed on the right.

    ``dim``: it cannot be done now, and ``side`` says why.
    """

    key: str
    words: str
    side: str = ""
    dim: bool = False


class Pick(Dialog[str]):
    """Returns the key of the picked option. Every word typed must stand somewhere in an option."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "choose",
            N_("take it"),
            id="pick.choose",
            tooltip=N_("Take what is under the cursor"),
            priority=True,
        ),
        Binding("up", "list('move', -1)", N_("up"), id="pick.up", show=False, priority=True),
        Binding("down", "list('move', 1)", N_("next"), id="pick.down", priority=True, key_display="Down"),
        Binding("pageup", "list('page', -1)", N_("page up"), id="pick.page-up", show=False, priority=True),
        Binding("pagedown", "list('page', 1)", N_("page down"), id="pick.page-down", show=False, priority=True),
    ]

    purpose = N_("A list to search: every word typed must stand somewhere in a line. Down and Up choose, Enter takes.")

    def __init__(self, title: str, options: Sequence[Option], current: str = "") -> None:
        super().__init__(title)
        self.options = tuple(options)
        self.current = current
        self.box = "tall" if len(self.options) > SHORT else ""

    def body(self) -> ComposeResult:
        yield TextLine(id="search", placeholder=_("type to find"))
        columns = [Column("", 30, share=2), Column("", 16, share=1)]
        table = Table(columns, lit=True, heading=False, empty=lambda cells: [[Piece(_("  nothing fits"), "dim")]])
        table.can_focus = False
        if self.box:
            table.add_class("list")
        else:
            table.styles.height = max(1, len(self.options))
        yield table

    def on_mount(self) -> None:
        self._filter("")
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._filter(event.value)

    def _filter(self, typed: str) -> None:
        words = typed.casefold().split()
        fitting = [
            option
            for option in self.options
            if all(word in f"{option.words} {option.side} {option.key}".casefold() for word in words)
        ]
        # what begins with the typed text comes first
        fitting.sort(
            key=lambda option: bool(typed) and not option.words.casefold().startswith(typed.casefold().strip())
        )
        rows = [
            Row(option.key, (option.words, Piece(option.side, "dim")), "dim" if option.dim else "")
            for option in fitting
        ]
        first = rows[0].key if rows else ""
        self.query_one(Table).show(rows, first if typed else self.current)

    def action_list(self, what: str, step: int) -> None:
        table = self.query_one(Table)
        (table.action_move if what == "move" else table.action_page)(step)

    def action_choose(self) -> None:
        if key := self.query_one(Table).key:
            self.dismiss(key)
