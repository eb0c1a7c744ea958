"""Cells of a CSV file that no spreadsheet takes for a formula."""

import re

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes Chinese text for another encoding."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GUARDED = re.compile("'+[" + re.escape("".join(_FORMULA)) + "]")


def guarded(text: str) -> str:
    """``text`` with its line breaks as a harmless cell from which ``unguarded`` gets it back."""
    return "'" + text if text.startswith(_FORMULA) or _GUARDED.match(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell that ``guarded`` made; any other cell as it is."""
    return cell[1:] if _GUARDED.match(cell) else cell
