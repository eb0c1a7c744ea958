"""A line to type in: quiet, and with the terminal's cursor where the text goes."""

from textual.geometry import Offset
from textual.widgets import Input

from planner.text.clean import clean
from planner.text.width import width

BREAK = "\u2424"
"""Stands for a line break in a line to type in: the terminal would take the break itself for a movement."""


class TextLine(Input):
    """Like Textual's field, which blinks, and at the end of the text puts the terminal's cursor one cell too far to
    the right: there an input method would draw what is being composed."""

    def __init__(self, value: str = "", *, id: str | None = None, placeholder: str = "") -> None:
        super().__init__(
            clean(value).replace("\n", BREAK), id=id, placeholder=placeholder, compact=True, select_on_focus=False
        )
        self.cursor_blink = False

    @property
    def text(self) -> str:
        """What stands in it, line breaks as such."""
        return self.value.replace(BREAK, "\n")

    @property
    def cursor_screen_offset(self) -> Offset:
        x, y, _width, _height = self.content_region
        return Offset(x + width(self.value[: self.cursor_position]) - self.scroll_offset.x, y)
