"""Help: what has the keyboard, what it is for, and every key that works, taken from the bindings themselves."""

from collections.abc import Iterator, Mapping

from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input

from planner.text.i18n import N_, _
from planner.text.width import fit
from planner.tui.keynames import action_name
from planner.tui.screens.dialog import Notice
from planner.tui.widgets.keybar import live
from planner.tui.widgets.lines import Piece

MOTIONS = frozenset({"move", "page", "jump", "scroll", "across", "pan", "side", "focus_next", "focus_previous", "list"})
"""Actions that only move about: help tells them in one line, the palette leaves them out."""

PURPOSES: Mapping[str, str] = {
    "plans": N_("The plans of this folder. Enter opens the one under the cursor; n makes a new one from a template."),
    "assessment": N_(
        "How mature each process is now and how mature it is to be. Digits set the level in brackets; everything else "
        "in the plan follows from the gaps."
    ),
    "work": N_("The work packages: what people do so that levels rise, who does it and how much it takes."),
    "dependencies": N_("What has to be there before what. The order of the roadmap keeps to it."),
    "roadmap": N_("When each capability is reached, by phase and by week, and what breaks when something is moved."),
    "propose": N_("Roadmaps found by following a strategy, side by side; nothing changes until one is accepted."),
    "checks": N_("What is broken in the plan or worth a look, the worst first, and what would mend it."),
    "review": N_("What has changed since a baseline, what was said about it, and what was decided at the gates."),
    "organisation": N_("What is known of the client and agreed with it, topic by topic; it shapes work and dates."),
}
"""What a place is for, by the id of its node."""

_NOT_OURS = frozenset({"copy_text", "help_quit"})
_KEYS = 17
"""Cells for the keys: as many as nine digits take."""


class Help(Notice):
    """The help dialog."""


def help_for(screen: Screen[object]) -> Help:
    """The help dialog for ``screen`` as it is now; its ``legend`` explains the signs it draws."""
    lines = [Piece(words, "strong") for words in purposes(screen)]
    about = len(lines)
    moves: list[str] = []
    does: dict[str, list[str]] = {}
    for keys, binding in live(screen):
        name = action_name(binding.action)
        if name in MOTIONS:
            moves += keys
        elif name not in _NOT_OURS:
            words = _(binding.tooltip) if binding.tooltip else _(binding.description)
            does.setdefault(words, []).extend(keys)
    lines += [Piece(f"{fit(' '.join(keys), _KEYS)} {words}") for words, keys in does.items()]
    lines.append(Piece(_("Move with {keys}").format(keys=" ".join(moves))))
    if legend := getattr(screen, "legend", ()):
        lines += [Piece(""), Piece(_("Signs"), "head"), *(Piece(line) for line in legend)]
    return Help(_("Keys that work here"), lines, hang=_KEYS + 1, flush=about)


def purposes(screen: Screen[object]) -> Iterator[str]:
    """What the widget with the keyboard is for, then what it stands in is for."""
    nodes: list[DOMNode] = list((screen.focused or screen).ancestors_with_self)
    for node in nodes:
        if isinstance(node, Input):
            yield _("A field: type, or paste. Ctrl+U empties it up to the cursor, Enter takes what all fields say.")
        words: str = getattr(node, "purpose", "") or PURPOSES.get(node.id or "", "")
        if words:
            yield _(words)
