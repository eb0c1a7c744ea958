"""What the copy key takes: text, cleaned, in reading order."""

from textual.screen import Screen

from planner.text.clean import clean
from planner.tui.screens.dialog import Dialog
from planner.tui.widgets.lines import Block, Lines
from planner.tui.widgets.prose import Prose


def under_cursor(screen: Screen[object]) -> str:
    """The row under the cursor; in a dialog all that it says. Empty when there is nothing.

    A widget that is no list may have ``copied()``, the text of what its cursor stands on.
    """
    if isinstance(screen, Dialog):
        return clean("\n".join([screen.heading, *(line for widget in screen.query("*") for line in _said(widget))]))
    focused = screen.focused
    if isinstance(focused, Lines):
        return clean(focused.row_text(focused.cursor)) if focused.count else ""
    copied = getattr(focused, "copied", None)
    return clean(copied()) if copied else ""


def _said(widget: object) -> list[str]:
    if isinstance(widget, Lines):
        return [widget.row_text(index) for index in range(widget.count)]
    pieces = widget.paragraphs if isinstance(widget, Prose) else widget.lines if isinstance(widget, Block) else ()
    return [piece.text for piece in pieces if piece.text.strip()]
