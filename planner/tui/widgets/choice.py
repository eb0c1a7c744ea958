"""One of a few: ``< medium >``, changed with Left and Right."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from planner.text.i18n import N_
from planner.text.width import cut
from planner.tui.widgets.lines import Drawn, Piece, Pieces


class Choice(Drawn, can_focus=True):
    """``options`` are pairs of value and words; ``value`` is the one chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,h",
            "turn(-1)",
            N_("previous choice"),
            id="choice.previous",
            tooltip=N_("The choice before"),
            show=False,
        ),
        Binding(
            "right,l,space",
            "turn(1)",
            N_("choose"),
            id="choice.next",
            tooltip=N_("The next choice"),
            key_display="Left/Right",
        ),
    ]

    purpose = N_("A choice: Left and Right turn it.")

    class Changed(Message):
        """Another option was chosen."""

        def __init__(self, choice: "Choice") -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, options: Sequence[tuple[str, str]], value: str) -> None:
        super().__init__()
        self.options = tuple(options)
        self.value = value if any(value == option for option, _words in self.options) else self.options[0][0]

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        if y:
            return (), ""
        words = dict(self.options)[self.value]
        return [Piece(f"< {cut(words, cells - 4)} >")], "cursor" if self.has_focus else ""

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def action_turn(self, step: int) -> None:
        values = [value for value, _words in self.options]
        self.value = values[(values.index(self.value) + step) % len(values)]
        self.refresh()
        self.post_message(self.Changed(self))
