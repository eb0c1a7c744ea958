"""Cells of a CSV file that no spreadsheet takes for a formula."""

import re

from planner.text.clean import one_line

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes Chinese text for another encoding."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GUARDED = re.compile("'+[" + re.escape("".join(_FORMULA)) + "]")


def harmless(text: str) -> str:
    """``text`` on one line as a cell: an apostrophe goes before one that could be a formula."""
    line = one_line(text)
    return "'" + line if line.startswith(_FORMULA) else line


def guarded(text: str) -> str:
    """``text`` with its line breaks as a harmless cell from which ``unguarded`` gets it back."""
    return "'" + text if text.startswith(_FORMULA) or _GUARDED.match(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell that ``guarded`` made; any other cell as it is."""
    return cell[1:] if _GUARDED.match(cell) else cell
