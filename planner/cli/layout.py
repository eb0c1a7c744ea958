"""Plain text on standard output: facts, tables and paragraphs that keep to the width asked for."""

import os
import re
import sys
from collections.abc import Iterable, Sequence

from planner.text.clean import clean, one_line
from planner.text.width import fit, width, wrap

NARROWEST = 60
"""Below this many cells lines are not broken any further."""

NARROWEST_COLUMN = 8
"""Below this many cells no column of a table is narrowed."""

_FURTHER = 2
"""Cells by which further lines of a text are moved in."""

_WORD = re.compile("[!-~]+")


def columns() -> int:
    """The width to keep to: ``COLUMNS``, else the terminal's, else 80 cells."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdecimal() and 0 < len(asked) < 5 and int(asked):
        return max(NARROWEST, int(asked))
    try:
        return max(NARROWEST, os.get_terminal_size(sys.__stdout__.fileno()).columns) if sys.__stdout__ else 80
    except (OSError, ValueError):
        return 80


def page(blocks: Iterable[str]) -> str:
    """Blocks of lines with an empty line between them."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def titled(title: str, *parts: str) -> str:
    """A block with a title line."""
    return "\n".join([title, *parts])


def facts(pairs: Iterable[tuple[str, str]], indent: int = 0) -> str:
    """Names and values in two columns; pairs without a value are left out."""
    rows = [(" " * indent + name, one_line(value)) for name, value in pairs if value]
    first = max((width(name) for name, _value in rows), default=0)
    lines = []
    for name, value in rows:
        head, *rest = wrap(value, columns() - first - 2)
        lines.append(f"{fit(name, first)}  {head}")
        lines += [" " * (first + 2) + line for line in rest]
    return "\n".join(lines)


def paragraph(text: str, indent: int = 0, bullet: str = "") -> str:
    """``text`` broken into lines, moved ``indent`` cells to the right, the first one after ``bullet``.

    A path stays in one piece, however long it is: somebody may copy it.
    """
    lead = " " * indent
    lines = wrap(one_line(text), columns() - indent - width(bullet), whole_words=True)
    return "\n".join(lead + (bullet if index == 0 else " " * width(bullet)) + line for index, line in enumerate(lines))


def running(text: str, indent: int = 0, bullet: str = "") -> str:
    """:func:`paragraph` for what somebody has written over several lines: they stay lines, moved in, so that none of
    them looks like something else that is said.
    """
    first, *rest = clean(text).strip("\n").split("\n")
    further = indent + max(width(bullet), _FURTHER)
    return "\n".join([paragraph(first, indent, bullet), *(paragraph(line, further).rstrip() for line in rest)])


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: str = "", indent: int = 0) -> str:
    """A table with two cells between columns.

    ``right`` has one character per column, ``>`` to align it right. Where the table would be too wide, the
    widest columns are narrowed and their text continues on the next line, so nothing is cut away.
    """
    grid = [[*head], *([one_line(cell) for cell in row] for row in rows)]
    widths = _widths(grid, columns() - indent)
    aligns = right.ljust(len(head), "<")
    lines = []
    for row in grid:
        parts = [wrap(cell, cells) for cell, cells in zip(row, widths, strict=True)]
        for number in range(max(map(len, parts))):
            cells = (
                fit(part[number] if number < len(part) else "", size, align)
                for part, size, align in zip(parts, widths, aligns, strict=True)
            )
            lines.append((" " * indent + "  ".join(cells)).rstrip())
    return "\n".join(lines)


def _widths(grid: Sequence[Sequence[str]], room: int) -> list[int]:
    """The width of each column of ``grid``: that of its widest cell, narrowed until all fit into ``room``.

    The widest column that can be narrowed without breaking a word gives way first; below 8 cells none does.
    """
    upright = [*zip(*grid, strict=True)]
    widths = [max(1, *map(width, cells)) for cells in upright]
    words = [max((len(word) for cell in cells for word in _WORD.findall(cell)), default=1) for cells in upright]
    while sum(widths) + 2 * (len(widths) - 1) > room and max(widths) > NARROWEST_COLUMN:
        breakable = [n for n, cells in enumerate(widths) if cells > max(words[n], NARROWEST_COLUMN)]
        widths[max(breakable or range(len(widths)), key=lambda n: widths[n])] -= 1
    return widths
