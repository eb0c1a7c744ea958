"""How cells look: a few properties, made into formats of the workbook once each."""

from typing import TYPE_CHECKING, Any, NamedTuple

from planner.export.report.parts import Kind
from planner.export.theme import Theme, ink_on

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

NUMBERS: dict[str, str] = {
    "number": "#,##0",
    "days": "#,##0.0",
    "money": "#,##0",
    "level": "0",
    "share": "0%",
    "date": "yyyy-mm-dd",
}
"""How the figures of each kind are written; dates as everywhere in the report."""

MIDDLE = ("level", "tick", "date")


class Look(NamedTuple):
    """Colours are six hexadecimal digits, empty for the usual ones; ``size`` is in points, 0 for the usual one.

    ``ruled``: a line below. ``edged``: a light line at the left. ``quote``: stays a text when somebody edits it.
    ``number`` is how figures are written where that is not as usual for the kind.
    """

    kind: Kind = "text"
    bold: bool = False
    ink: str = ""
    fill: str = ""
    size: int = 0
    wrap: bool = False
    ruled: bool = False
    quote: bool = False
    indent: int = 0
    middle: bool = False
    left: bool = False
    edged: bool = False
    number: str = ""


PLAIN = Look()


class Looks:
    """The formats of one workbook."""

    def __init__(self, book: "Workbook", theme: Theme, font: str) -> None:
        self._book, self._theme, self._font = book, theme, font
        self._made: dict[Look, Format] = {}

    def of(self, look: Look) -> "Format":
        """The format of ``look``."""
        made = self._made.get(look)
        if made is None:
            made = self._made[look] = self._book.add_format(self._properties(look))
        return made

    def change(self, fill: str, *, bold: bool = False, ink: str = "") -> "Format":
        """What a rule changes of a cell: filled, with ink that is read on it."""
        return self._book.add_format(
            {"bg_color": f"#{fill}", "font_color": f"#{ink or ink_on(fill)}", **({"bold": True} if bold else {})}
        )

    def bar(self, fill: str) -> "Format":
        """A rule that makes a cell part of a bar, with a little room below it."""
        return self._book.add_format({"bg_color": f"#{fill}", "bottom": 1, "bottom_color": "#ffffff"})

    def line(self, colour: str) -> "Format":
        """A rule that draws a line at the left of a cell."""
        return self._book.add_format({"left": 1, "left_color": f"#{colour}"})

    def _properties(self, look: Look) -> dict[str, Any]:
        found: dict[str, Any] = {
            "font_name": self._font,
            "font_size": look.size or 10,
            "font_color": f"#{look.ink or self._theme.ink}",
            "valign": "top" if look.ruled or (look.wrap and not look.fill) else "vcenter",
        }
        if look.bold:
            found["bold"] = True
        if look.fill:
            found["bg_color"] = f"#{look.fill}"
        if look.wrap:
            found["text_wrap"] = True
        if look.ruled:
            found |= {"bottom": 1, "bottom_color": "#d5dae1"}
        if look.edged:
            found |= {"left": 1, "left_color": "#ffffff"}
        if look.quote:
            found["quote_prefix"] = True
        if look.indent:
            found["indent"] = look.indent
        if number := look.number or NUMBERS.get(look.kind, ""):
            found["num_format"] = number
        if look.left:
            found["align"] = "left"
        elif look.middle or look.kind in MIDDLE:
            found["align"] = "center"
        elif look.kind == "text":
            found["align"] = "left"
        return found
