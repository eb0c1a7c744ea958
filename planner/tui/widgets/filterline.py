"""The line in which a list is filtered, live; with a second one, while it is typed, that helps.

A place with a list holds one above the list and answers ``Changed`` by showing its rows again:

    yield FilterLine(self.filter_fields)                       # a Sequence[Field], asked for when the line opens
    def action_filter(self): self.query_one(FilterLine).open()
    def on_filter_line_changed(self, event): self.show(self.project)   # keeps rows by event.line.filter.keeps(facts)
    def on_filter_line_left(self, event): self.enter()

and tells it, whenever it has filtered, how many rows are left: ``line.tell(12, 53)``.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from planner.text.i18n import N_, _
from planner.text.width import width
from planner.tui.filtering import Field, Filter, hint, parse
from planner.tui.widgets.lines import Bar, Piece
from planner.tui.widgets.textline import TextLine

KEPT = 16
"""Cells in which stands how many rows are left."""


class FilterLine(Vertical):
    """Not seen while nothing is filtered. Enter keeps the filter, Esc takes it away; both give the keyboard back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down,tab", "keep", N_("keep the filter"), key_display="Enter", id="filter.keep", priority=True),
        Binding("escape", "drop", N_("no filter"), id="filter.drop"),
    ]

    class Changed(Message):
        """Another filter holds now."""

        def __init__(self, line: "FilterLine") -> None:
            super().__init__()
            self.line = line

    class Left(Message):
        """The list is to have the keyboard again."""

        def __init__(self, line: "FilterLine") -> None:
            super().__init__()
            self.line = line

    def __init__(self, fields: Callable[[], Sequence[Field]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.filter = Filter()
        self._ask = fields
        self._fields: Sequence[Field] = ()
        self.display = False

    def compose(self) -> ComposeResult:
        with Horizontal():
            label = Bar()
            words = _(" filter:")
            label.show([Piece(words, "key")])
            label.styles.width = width(words)
            yield label
            typed = TextLine()
            typed.can_focus = False  # or the screen would give it the keyboard while it cannot be seen
            yield typed
            kept = Bar(id="kept")
            kept.styles.width = KEPT
            yield kept
        yield Bar(id="help")

    @property
    def typed(self) -> Input:
        """The field in which the filter is typed."""
        return self.query_one(Input)

    def open(self) -> None:
        """Show the line and take the keyboard."""
        self._fields = self._ask()
        self.display = True
        self.typed.can_focus = True
        self.typed.focus()
        self._help()

    def renew(self) -> None:
        """Read what is typed again: the fields, or their choices, may have changed."""
        if self.typed.value:
            self._fields = self._ask()
            self.filter = parse(self.typed.value, self._fields)

    def tell(self, kept: int, of: int) -> None:
        """Say how many of all rows the filter keeps."""
        words = _("{n} of {all} ").format(n=kept, all=of)
        self.query_one("#kept", Bar).show([], [Piece(words, "" if kept else "warn")])

    def clear(self) -> None:
        """Filter nothing any more."""
        with self.prevent(Input.Changed):
            self.typed.value = ""
        self._set("")
        self.display = self.typed.has_focus

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._set(event.value)

    def _set(self, text: str) -> None:
        before, self.filter = self.filter, parse(text, self._fields)
        self._help()
        if not (before.empty and self.filter.empty):
            self._tell_place("on_filter_line_changed", self.Changed(self))

    def _help(self) -> None:
        wrong = self.filter.wrong
        line = Piece(f" ! {wrong}", "warn") if wrong else Piece(f" {hint(self.typed.value, self._fields)}", "dim")
        bar = self.query_one("#help", Bar)
        bar.display = self.typed.can_focus or bool(wrong)  # has it soon: a message behind, that would be a second frame
        bar.show([line])

    def on_descendant_focus(self) -> None:
        self._help()

    def on_descendant_blur(self) -> None:
        self.display = bool(self.typed.value.strip())
        self.typed.can_focus = False
        self._help()

    def _tell_place(self, handler: str, event: Message) -> None:
        """Tell the place at once: a message would reach it after the frame with the typed character."""
        for parent in self.ancestors:
            if follow := getattr(parent, handler, None):
                follow(event)
                return

    def action_keep(self) -> None:
        """Back to the list; what is typed is typed to its end."""
        self._set(self.typed.value + " ")
        self._tell_place("on_filter_line_left", self.Left(self))

    def action_drop(self) -> None:
        """Back to the list without a filter."""
        self.clear()
        self._tell_place("on_filter_line_left", self.Left(self))
