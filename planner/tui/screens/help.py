"""Help: every key that works on the screen it was asked from, taken from the bindings themselves."""

from collections.abc import Sequence

from textual.screen import Screen

from planner.text.i18n import _
from planner.text.width import fit
from planner.tui.screens.dialog import Notice
from planner.tui.widgets.keybar import live
from planner.tui.widgets.lines import Piece

MOTIONS = frozenset({"move", "page", "jump", "scroll", "across", "focus_next", "focus_previous"})
"""Actions that only move about: help tells them in one line, the palette leaves them out."""

_NOT_OURS = frozenset({"copy_text"})
_KEYS = 16


def action_name(action: str) -> str:
    """``move`` of ``app.move(1)``."""
    return action.partition("(")[0].rpartition(".")[2]


def help_for(screen: Screen[object], legend: Sequence[str] = ()) -> Notice:
    """The help dialog for ``screen`` as it is now; ``legend`` explains the signs it draws."""
    lines = []
    moves: list[str] = []
    for keys, binding in live(screen):
        name = action_name(binding.action)
        if name in MOTIONS:
            moves += keys
        elif name not in _NOT_OURS:
            words = _(binding.tooltip) if binding.tooltip else _(binding.description)
            lines.append(Piece(f"{fit(', '.join(keys), _KEYS)} {words}"))
    lines.append(Piece(_("Move with {keys}").format(keys=" ".join(moves))))
    if legend:
        lines += [Piece(""), Piece(_("Signs"), "head"), *(Piece(line) for line in legend)]
    return Notice(_("Keys that work here"), lines, hang=_KEYS + 1)
