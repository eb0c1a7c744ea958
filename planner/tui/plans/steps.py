"""The steps of a wizard: one question after the other, Enter goes on, Esc goes back and keeps what was typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.text.i18n import N_, _
from planner.tui.screens.dialog import Dialog
from planner.tui.screens.form import Field, Form, OneOf, Text, Values
from planner.tui.widgets.lines import Lines, Piece
from planner.tui.widgets.prose import Prose, Unread
from planner.tui.widgets.table import Column, Row, Table

NOTE = 5
"""Lines for what is said about a choice: always as many, so that the box does not jump."""


class FormStep(Form):
    """Fields of one step; ``typed`` is what stood in them, also when it was left with Esc."""

    def __init__(
        self, title: str, fields: Sequence[Text | OneOf], judge: Callable[[Values], str] | None, intro: str
    ) -> None:
        super().__init__(title, fields, judge, intro)
        self.typed: Mapping[str, str] = {}

    def footer(self, action: str, words: str) -> str:
        return {"accept": _("next"), "back": _("step back")}.get(action, words)

    def action_back(self) -> None:
        self._note()
        self.dismiss(None)

    def action_accept(self) -> None:
        self._note()
        super().action_accept()

    def _note(self) -> None:
        self.typed = {field.spec.name: field.entry.value for field in self.query(Field)}


class ListStep(Dialog[tuple[str, bool]]):
    """A choice from a list, with words about the one under the cursor.

    Returns the chosen value, and whether it was taken with Enter rather than with the ``other`` key, which means a
    slightly different thing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose(True)", N_("next"), id="steps.choose"),
        Binding("l", "choose(False)", N_("later"), id="steps.later"),
    ]

    def __init__(
        self,
        title: str,
        options: Sequence[tuple[str, str]],
        notes: Mapping[str, str],
        current: str,
        *,
        first: bool = False,
        enter: str = "",
        other: str = "",
    ) -> None:
        """``enter`` and ``other`` are what the line of keys says of Enter and ``l``; without ``other`` no ``l``."""
        super().__init__(title)
        self.options = tuple(options)
        self.notes = notes
        self.current = current
        self.first = first
        self.words = {"choose(True)": enter or _("next"), "choose(False)": other}

    def body(self) -> ComposeResult:
        table = Table([Column("", 30, share=1)], heading=False)
        table.show([Row(value, (words,)) for value, words in self.options], self.current)
        table.styles.height = len(self.options)
        yield table
        yield Unread([Piece("")])
        note = Unread(id="hint")
        note.styles.height = NOTE
        yield note

    def on_mount(self) -> None:
        self.query_one(Table).focus()
        self._tell()

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._tell()

    def _tell(self) -> None:
        lines = self.notes.get(self.query_one(Table).key, "").split("\n")
        self.query_one("#hint", Prose).show([Piece(line, "dim") for line in lines])

    def footer(self, action: str, words: str) -> str:
        if action == "back":
            return _("leave") if self.first else _("step back")
        return self.words.get(action, words)

    def action_choose(self, with_enter: bool) -> None:
        if with_enter or self.words["choose(False)"]:
            self.dismiss((self.query_one(Table).key, with_enter))
