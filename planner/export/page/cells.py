"""Cells of tables as the page shows them."""

from dataclasses import dataclass

from planner.export.report.cells import shown as as_text
from planner.export.report.parts import Cell, Column
from planner.text.clean import clean

_LONG = 320
"""Signs from which a text is folded: the page shows its beginning, and the whole when asked."""

_BEGINNING = 100

_WORD = 24
"""Letters from which a word may be broken anywhere, so that its column does not grow with it."""

_BROKEN = "any"
"""The class of a cell with such a word."""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: its text, by what it is sorted where the text does not do (empty else), and its class, if any.

    ``beginning`` is not empty for a text that is too long for its place.
    """

    text: str
    value: str = ""
    kind: str = ""
    beginning: str = ""


def cell_view(column: Column, cell: Cell) -> CellView:
    """``cell`` as the kind of its column wants."""
    text = clean(as_text(cell, column))
    if column.right:
        is_plain = text == "" or column.kind != "share"
        return CellView(text, "" if is_plain else repr(cell), "right")
    if column.kind == "date":
        return CellView(text, kind="day")
    return CellView(
        text, kind=_BROKEN if _has_long_word(text) else "", beginning=text[:_BEGINNING] if len(text) > _LONG else ""
    )


def _has_long_word(text: str) -> bool:
    return len(text) > _WORD and any(len(word) > _WORD for word in text.split())
