"""Forms: fields one below the other. Enter accepts, Up, Down and Tab move between fields."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import Resize
from textual.timer import Timer
from textual.widgets import Input

from planner.text.i18n import N_, labelled
from planner.tui.screens.dialog import Dialog, Notice
from planner.tui.screens.drafts import Drafts
from planner.tui.widgets.choice import Choice
from planner.tui.widgets.lines import Bar, Piece
from planner.tui.widgets.prose import Prose, Unread
from planner.tui.widgets.textline import TextLine

Values = Mapping[str, Any]

PAUSE = 3.0
"""Seconds after which what was typed is kept."""


def as_typed(text: str) -> str:
    """The text of a field without the spaces around it."""
    return text.strip()


@dataclass(frozen=True, slots=True)
class Text:
    """A line to type. ``read`` makes the value of the text, or raises ValueError saying in words what to type."""

    name: str
    label: str
    value: str = ""
    read: Callable[[str], Any] = as_typed
    hint: str = ""


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice among ``options``, pairs of value and words; ``notes`` says more about a value."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str = ""
    hint: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)


class Field(Horizontal):
    """A label and what is typed or chosen."""

    def __init__(self, spec: Text | OneOf) -> None:
        super().__init__()
        self.spec = spec

    def compose(self) -> ComposeResult:
        label = Bar()
        label.show([Piece(self.spec.label)])
        yield label
        if isinstance(self.spec, OneOf):
            yield Choice(self.spec.options, self.spec.value)
        else:
            yield TextLine(self.spec.value)

    @property
    def entry(self) -> TextLine | Choice:
        """The widget that has the value."""
        return self.query_one(Choice) if isinstance(self.spec, OneOf) else self.query_one(TextLine)

    @property
    def note(self) -> str:
        """What helps with this field, given what is chosen."""
        chosen = self.spec.notes.get(self.entry.value, "") if isinstance(self.spec, OneOf) else ""
        return chosen or self.spec.hint

    @property
    def stands(self) -> str:
        """What was typed or chosen by now."""
        entry = self.entry
        return entry.text if isinstance(entry, TextLine) else entry.value

    def read(self) -> Any:
        """The value; raises ValueError when what was typed is none."""
        return self.spec.read(self.stands) if isinstance(self.spec, Text) else self.stands


class Form(Dialog[Values]):
    """Returns the value of each field by name, or None when it was left with Esc.

    ``judge`` sees the values before the form closes: what it answers is shown and the form stays open.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "accept", N_("accept"), id="form.accept", tooltip=N_("Take what all fields say"), priority=True
        ),
        # Before the container of the fields, which would scroll instead when they do not all fit.
        Binding(
            "up,shift+tab",
            "app.focus_previous",
            N_("previous field"),
            id="form.previous",
            tooltip=N_("The field before"),
            show=False,
            priority=True,
        ),
        Binding(
            "down,tab",
            "app.focus_next",
            N_("next field"),
            id="form.next",
            tooltip=N_("The next field"),
            key_display="Down",
            priority=True,
        ),
    ]

    purpose = N_("A form. Down and Up go from field to field; nothing changes before Enter.")

    def __init__(
        self,
        title: str,
        fields: Sequence[Text | OneOf],
        judge: Callable[[Values], str] | None = None,
        intro: str = "",
        at: str = "",
    ) -> None:
        """``at`` is the field that has the keyboard first; the first one where there is none of that name."""
        super().__init__(title)
        self.fields = tuple(fields)
        self.judge = judge
        self.intro = intro
        self.at = at
        self._pause: Timer | None = None
        self._drafts: Drafts | None = None
        """What is being typed, kept for the case that the session ends by force."""
        self._refused: Input | Choice | None = None
        """The field at which a refusal is shown, until something else is typed, chosen or gone to."""

    def body(self) -> ComposeResult:
        fields, intro = self.fields, self.intro
        if (drafts := Drafts.over(self)) is not None:
            self._drafts = drafts
            fields = tuple(drafts.taken_up(spec) for spec in fields)
            intro = "\n".join(filter(None, (intro, drafts.told)))
        if intro:
            yield Unread([Piece(intro, "dim"), Piece("")])
        with VerticalScroll(id="fields", can_focus=False):
            for spec in fields:
                yield Field(spec)
        yield Unread(id="hint")

    def on_mount(self) -> None:
        rows = [*self.query(Field)]
        next((row for row in rows if row.spec.name == self.at), rows[0]).entry.focus()

    def on_resize(self, event: Resize) -> None:
        around = 8 if self.intro else 6  # frame, title, intro, hint and keys
        self.query_one("#fields").styles.max_height = max(3, event.size.height - around)

    def footer(self, action: str, words: str) -> str:
        return "" if action == "app.focus_next" and len(self.fields) == 1 else words

    def on_descendant_focus(self) -> None:
        focused = self.focused
        if focused is not self._refused and focused is not None and isinstance(focused.parent, Field):
            self._refused = None
            self._say(focused.parent.note, "dim")

    def on_choice_changed(self, event: Choice.Changed) -> None:
        self._answered()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._answered()
        if self._drafts is not None and self._pause is None:
            self._pause = self.set_timer(PAUSE, self._keep)

    def _keep(self) -> None:
        self._pause = None
        if self._drafts is not None:
            self._drafts.keep({row.spec.name: str(row.entry.value) for row in self.query(Field)})

    def rescue(self) -> bool:
        """Keep what is being typed, since the session ends by force; whether it is kept."""
        self._keep()
        return self._drafts is not None and self._drafts.kept

    def dismiss(self, result: Values | None = None) -> AwaitComplete:
        if self._pause is not None:
            self._pause.stop()
        if self._drafts is not None:
            self._drafts.done()
        return super().dismiss(result)

    def _answered(self) -> None:
        self._refused = None
        self.on_descendant_focus()

    def _refuse(self, entry: Input | Choice, refusal: str) -> None:
        self._refused = entry
        entry.focus()
        self._say(f"! {refusal}", "warn")

    def _say(self, text: str, style: str) -> None:
        self.query_one("#hint", Prose).show([Piece(text, style)])

    def stands_in(self, name: str) -> str:
        """What stands in the field ``name`` by now; empty when there is none."""
        return next((field.stands for field in self.query(Field) if field.spec.name == name), "")

    def action_accept(self) -> None:
        values: dict[str, Any] = {}
        for row in self.query(Field):
            try:
                values[row.spec.name] = row.read()
            except ValueError as error:
                self._refuse(row.entry, labelled(row.spec.label, str(error)))
                return
        refusal = self.judge(values) if self.judge else ""
        if "\n" in refusal:
            title, *rest = refusal.split("\n")
            self.app.push_screen(Notice(title, rest))
        elif refusal:
            here = self.focused.parent if self.focused else None
            self._refuse(here.entry if isinstance(here, Field) else self.query(Field).first().entry, refusal)
        else:
            self.dismiss(values)
