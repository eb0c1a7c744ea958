"""What the copy key takes: text, cleaned, in reading order."""

from textual.screen import Screen

from planner.text.clean import clean, one_line
from planner.tui.screens.dialog import Dialog
from planner.tui.widgets.lines import Block, Lines
from planner.tui.widgets.prose import Prose


def under_cursor(screen: Screen[object]) -> str:
    """The row under the cursor; in a dialog all that it says. Empty when there is nothing.

    A widget that is no list may have ``copied()``, the text of what its cursor stands on.
    """
    if isinstance(screen, Dialog):
        lines = [screen.heading, *(line for widget in screen.query("*") for line in _said(widget))]
        return "\n".join(clean(line) for line in lines)
    focused = screen.focused
    if isinstance(focused, Lines):
        return one_line(focused.row_text(focused.cursor)) if focused.count else ""
    copied = getattr(focused, "copied", None)
    return one_line(copied()) if copied else ""


def _said(widget: object) -> list[str]:
    if isinstance(widget, Lines):
        return [widget.row_text(index) for index in range(widget.count)]
    pieces = widget.paragraphs if isinstance(widget, Prose) else widget.lines if isinstance(widget, Block) else ()
    return [piece.text for piece in pieces if piece.text.strip()]
