"""The two lines below the views of Assessment."""

from planner.text.i18n import _, ngettext
from planner.text.width import wrap
from planner.tui.widgets.lines import Piece

NOTE_LINES = 2
"""Lines below the views."""

_MORE = "..."


def note(why: str, last: str, cells: int) -> list[Piece]:
    """``why`` the selected process stands where it does, in the lines that ``last`` leaves to it."""
    lines = _shortened(why, cells - 1, NOTE_LINES - bool(last))
    return [Piece(f" {line}", "dim") for line in (*lines, last) if line]


def marks_told(marks: int) -> str:
    """How many processes are marked; empty when none is."""
    words = ngettext("{n} process is marked; Esc lets go", "{n} processes are marked; Esc lets go", marks)
    return words.format(n=marks) if marks else ""


def importance_told(name: str, value: int) -> str:
    """What the number in the column of importance means."""
    words = _("{name}: importance to the business {value} of 5; the more, the sooner its gap is worth closing.")
    return words.format(name=name, value=value)


def _shortened(text: str, cells: int, lines: int) -> list[str]:
    """``text`` in at most so many lines; one that is cut says so at its end."""
    if cells <= len(_MORE):
        return []
    found = wrap(text, cells)
    if len(found) <= lines:
        return found
    *whole, last = found[:lines]
    return [*whole, wrap(last, cells - len(_MORE))[0].rstrip() + _MORE]
