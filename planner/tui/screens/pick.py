"""Type to find: a search line over a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType

from planner.text.i18n import N_, _
from planner.tui.screens.search import Search, fits
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.table import Column, Row, Table

SHORT = 12
"""So many options are shown at once; for more the dialog takes the whole height."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to pick: ``key`` is what the dialog returns, ``side`` stands dimmed on the right.

    ``dim``: it cannot be done now, and ``side`` says why. ``stays``: it is there at the end whatever is typed.
    """

    key: str
    words: str
    side: str = ""
    dim: bool = False
    stays: bool = False


class Pick(Search[str]):
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
    ]

    purpose = N_("A list to search: every word typed must stand somewhere in a line. Down and Up choose, Enter takes.")

    def __init__(self, title: str, options: Sequence[Option], current: str = "") -> None:
        super().__init__(title)
        self.options = tuple(options)
        self.current = current
        self.typed = ""
        self.box = "tall" if len(self.options) > SHORT else ""

    def make_list(self) -> Table:
        columns = [Column("", 30, share=2), Column("", 16, share=1)]
        table = Table(columns, lit=True, heading=False, empty=lambda cells: [[Piece(_("  nothing fits"), "dim")]])
        if self.box:
            table.add_class("list")
        else:
            table.styles.height = max(1, len(self.options))
        return table

    def _filter(self, typed: str) -> None:
        self.typed = typed
        fitting = [
            option
            for option in self.options
            if option.stays or fits(typed, f"{option.words} {option.side} {option.key}")
        ]
        # what begins with the typed text comes first
        fitting.sort(
            key=lambda option: (
                option.stays,
                bool(typed) and not option.words.casefold().startswith(typed.casefold().strip()),
            )
        )
        rows = [
            Row(option.key, (option.words, Piece(option.side, "dim")), "dim" if option.dim else "")
            for option in fitting
        ]
        first = rows[0].key if rows else ""
        self.query_one(Table).show(rows, first if typed else self.current)

    def action_choose(self) -> None:
        if key := self.query_one(Table).key:
            self.dismiss(key)
