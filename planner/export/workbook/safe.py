"""Texts of a plan as a workbook takes them: cleaned, within the limits of the format, and without any power.

The limits are those of the file format (ECMA-376) and of the programs that read it: 32,767 signs in a cell, 31 in the
name of a sheet, 255 in a header of a table and in the codes of a printed header.
"""

import re
from collections.abc import Iterable

from planner.text.clean import clean, one_line
from planner.text.width import width

CELL = 32_767
HEADER = 255
SHEET = 31
NAME = 80
"""Cells that a name may take where it is only drawn, such as the head of a column."""

MORE = "…"

_FORMULA = ("=", "+", "-", "@", "'")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")
_CODE = re.compile(r"&(?=[G\[])")


def text(value: str) -> str:
    """``value`` as the text of a cell, with its line breaks."""
    found = clean(value)
    if len(found.encode("utf-16-le")) // 2 > CELL:
        found = found.encode("utf-16-le")[: 2 * (CELL - 1)].decode("utf-16-le", "ignore") + MORE
    if found.startswith("<r>") and found.endswith("</r>"):
        found += " "  # XlsxWriter takes such a text for ready XML
    return found


def result(value: str) -> str:
    """``value`` as what a formula gives: XlsxWriter writes that as it is, and readers take ``_x0041_`` for an ``A``."""
    return _ESCAPE.sub(r"_x005F\1", text(value))


def looks_active(value: str) -> bool:
    """Whether a program would take the text for something else once somebody edits the cell."""
    return value.startswith(_FORMULA)


def drawn(value: str, cells: int = NAME) -> str:
    """``value`` on one line in at most ``cells`` cells."""
    line = one_line(value)
    if width(line) <= cells:
        return line
    kept, used = [], 1
    for sign in line:
        used += width(sign)
        if used > cells:
            break
        kept.append(sign)
    return "".join(kept).rstrip() + MORE


def heads(titles: Iterable[str]) -> list[str]:
    """Heads of the columns of one table: no two are the same but for case.

    They stand in two parts of the file that quote ``_x0041_`` differently, so that it is left out of them.
    """
    found: list[str] = []
    taken: set[str] = set()
    for title in titles:
        head = base = _ESCAPE.sub("_", drawn(title)) or "-"
        number = 2
        while head.casefold() in taken:
            head = f"{base} ({number})"
            number += 1
        taken.add(head.casefold())
        found.append(head)
    return found


def sheet_name(title: str, taken: Iterable[str]) -> str:
    """``title`` as the name of a sheet that is not ``taken``."""
    used = {name.casefold() for name in taken} | {"history"}
    base = _NOT_IN_NAMES.sub(" ", one_line(title)).strip("' ") or "-"
    name, number = base[:SHEET].strip("' "), 2
    while name.casefold() in used:
        end = f" ({number})"
        name, number = base[: SHEET - len(end)].strip("' ") + end, number + 1
    return name


def quoted(name: str) -> str:
    """The name of a sheet in a formula."""
    return "'" + name.replace("'", "''") + "'"


def printed(parts: Iterable[str], room: int) -> str:
    """``parts`` beside each other for a printed header, where ``&`` begins a code; at most ``room`` signs."""
    each = [drawn(part, 60) for part in parts if part]
    line = _CODE.sub("& ", "   ".join(each))
    while len(line.replace("&", "&&").encode("utf-16-le")) // 2 > room:
        line = line[:-2].rstrip() + MORE
    return line.replace("&", "&&")
