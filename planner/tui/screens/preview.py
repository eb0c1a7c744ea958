"""Something to look at before it is accepted."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.text.i18n import N_
from planner.tui.screens.dialog import Dialog
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.prose import Prose


class Preview(Dialog[bool]):
    """Returns True when it is accepted."""

    box = "wide"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", N_("accept"), id="preview.accept", tooltip=N_("Accept what is shown")),
        Binding("escape", "back", N_("discard"), id="preview.discard", tooltip=N_("Back; everything stays as it is")),
    ]

    def __init__(self, title: str, paragraphs: Sequence[Piece]) -> None:
        super().__init__(title)
        self.paragraphs = paragraphs

    def body(self) -> ComposeResult:
        yield Prose(self.paragraphs)

    def action_accept(self) -> None:
        self.dismiss(True)
