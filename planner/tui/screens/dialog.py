"""Dialogs: the frame that all share, a text to read, a question with a few answers."""

from collections.abc import Collection, Sequence
from math import inf
from time import monotonic
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from planner.text.i18n import N_
from planner.tui.widgets.keybar import KeyBar
from planner.tui.widgets.lines import Bar, Piece
from planner.tui.widgets.prose import Prose, Unread
from planner.tui.widgets.table import Column, Row, Table

T = TypeVar("T")


class Dialog(ModalScreen[T | None]):
    """A framed box: title, body, keys. Esc closes it without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("back"), id="dialog.back", tooltip=N_("Back, without an answer")),
        Binding(
            "question_mark,f1",
            "app.help",
            N_("help"),
            id="dialog.help",
            tooltip=N_("Help: what has the keyboard, and the keys that work here"),
            show=False,
        ),
        Binding("y", "app.copy", N_("copy"), id="dialog.copy", tooltip=N_("Copy all that is said here"), show=False),
        Binding(
            "semicolon",
            "app.labels",
            N_("labels"),
            id="dialog.labels",
            tooltip=N_("Letters to jump anywhere on the screen"),
            show=False,
        ),
    ]
    box = ""
    """Classes of the box: ``wide``, ``tall``."""

    purpose = ""
    """What the dialog is for, in one or two sentences, for the help; marked for translation."""

    edits: Collection[str] = frozenset()
    """Actions of keys that change the plan over which the dialog stands, or begin to."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.heading = title

    def refused(self, action: str) -> str:
        """Why the key of ``action`` does nothing for this person; empty when it does something."""
        if action not in self.edits:
            return ""
        below = (getattr(screen, "access", None) for screen in reversed(self.app.screen_stack))
        return next((access.closed for access in below if access is not None), "")

    def compose(self) -> ComposeResult:
        with Vertical(id="box", classes=self.box):
            bar = Bar(id="heading")
            bar.show([Piece(self.heading, "strong")])
            yield bar
            yield from self.body()
            yield KeyBar()

    def body(self) -> ComposeResult:
        """What stands between title and keys."""
        raise NotImplementedError

    def footer(self, action: str, words: str) -> str:
        """What the line of keys says of ``action``, usually ``words``; empty where it can do nothing now.

        A key that is not named there still says why when it is pressed.
        """
        return words

    def action_back(self) -> None:
        self.dismiss(None)


class Notice(Dialog[bool]):
    """Something to read; Enter or Esc closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "back", N_("back"), id="notice.back", tooltip=N_("Back: it has been read"), show=False)
    ]

    def __init__(self, title: str, paragraphs: Sequence[Piece | str], hang: int = 0, flush: int = 0) -> None:
        super().__init__(title)
        self.hang, self.flush = hang, flush
        self.paragraphs = [Piece(p) if isinstance(p, str) else p for p in paragraphs]

    def body(self) -> ComposeResult:
        yield Prose(self.paragraphs, hang=self.hang, flush=self.flush)


class Ask(Dialog[str]):
    """A question with a few answers, each with its own letter; returns the value of the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("choose"), id="ask.choose", tooltip=N_("Take the answer under the cursor"))
    ]

    def __init__(self, title: str, text: str, answers: Sequence[tuple[str, str, str]], *, sudden: bool = False) -> None:
        """``answers`` are triples of value, key and words.

        A ``sudden`` question is one that no key has asked for: keys pressed before it came up are not its answers.
        """
        super().__init__(title)
        self.text = text
        self.answers = tuple(answers)
        self.heeds_from = inf if sudden else 0.0
        """The moment from which keys are for this screen (``planner.tui.typeahead``)."""

    def body(self) -> ComposeResult:
        yield Unread([Piece(self.text), Piece("")])
        table = Table([Column("", 3), Column("", 20, share=1)], heading=False)
        table.show([Row(value, (Piece(key, "key"), words)) for value, key, words in self.answers])
        table.styles.height = len(self.answers)
        yield table

    def on_mount(self) -> None:
        self.query_one(Table).focus()
        for value, key, _words in self.answers:
            self._bindings.key_to_bindings[key] = [Binding(key, f"answer({value!r})", "", show=False)]
        if self.heeds_from:
            self.heeds_from = (
                monotonic()
            )  # the frame goes out next; what is told of that comes too late for quick hands

    def action_choose(self) -> None:
        self.dismiss(self.query_one(Table).key)

    def action_answer(self, value: str) -> None:
        self.dismiss(value)
