"""The last line: the keys that work now, as many as fit."""

from collections.abc import Callable, Iterator
from itertools import groupby

from textual.binding import Binding
from textual.screen import Screen

from planner.text.i18n import _
from planner.text.width import width
from planner.tui.keynames import action_name, key_name
from planner.tui.widgets.lines import Drawn, Piece, Pieces, fit_pieces

TOLD = 4.0
"""Seconds that something stands in the line of keys instead of them."""


def live(screen: Screen[object]) -> Iterator[tuple[list[str], Binding]]:
    """The bindings that work on ``screen`` now, each with all its keys; the focused widget's first.

    A screen may have ``refused(action)``: those for which it answers something are left out.
    """
    refused: Callable[[str], str] = getattr(screen, "refused", lambda action: "")
    found = [(binding.action, key, binding) for key, (_node, binding, *_rest) in screen.active_bindings.items()]
    found = [entry for entry in found if not refused(action_name(entry[0]))]
    order: dict[str, int] = {}
    for action, _key, _binding in found:
        order.setdefault(action, len(order))
    found.sort(key=lambda entry: order[entry[0]])
    for _action, group in groupby(found, key=lambda entry: entry[0]):
        entries = sorted(group, key=lambda entry: not entry[2].show)
        binding = entries[0][2]
        if binding.description and not binding.system:
            yield [key_name(key) for _a, key, _b in entries], binding


class KeyBar(Drawn):
    """Keys of the screen it stands on; it follows the focus."""

    told = ""

    def tell(self, words: str) -> None:
        """Show ``words`` for a moment, on a screen that has no line for messages."""
        self.told = words
        self.refresh()
        self.set_timer(TOLD, self._hush)

    def _hush(self) -> None:
        self.told = ""
        self.refresh()

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        if y:
            return (), ""
        if self.told:
            return fit_pieces([Piece(f" {self.told}")], cells), ""
        shown = [(keys, binding) for keys, binding in live(self.screen) if binding.show and self._words(binding)]
        shown.sort(key=lambda entry: (entry[0][0] != "Enter", entry[0][0] == "Esc"))
        entries = [
            [Piece(f" {binding.key_display or keys[0]}", "key"), Piece(f" {self._words(binding)} ", "dim")]
            for keys, binding in shown
        ]
        helpful = [entry for entry, (_keys, binding) in zip(entries, shown, strict=True) if binding.action == "help"]
        room = cells - sum(width(piece.text) for entry in helpful for piece in entry)
        pieces: list[Piece] = []
        for entry in entries:
            if entry not in helpful and sum(width(piece.text) for piece in [*pieces, *entry]) <= room:
                pieces += entry
        return [*pieces, *(piece for entry in helpful for piece in entry)], ""

    def _words(self, binding: Binding) -> str:
        """What is said of a key; a dialog may say something else where it stands, or nothing."""
        words = _(binding.description)
        footer = getattr(self.screen.focused, "footer", None) or getattr(self.screen, "footer", None)
        return footer(binding.action, words) if footer else words
