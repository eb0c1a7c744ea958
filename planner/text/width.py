"""Widths in terminal cells; a Chinese character takes two."""

from rich.cells import cell_len, set_cell_size

ELLIPSIS = "~"
"""Marks cut text. ASCII, because an ambiguous-width sign may be drawn two cells wide in a Chinese terminal."""

CLOSING = frozenset("、。，．；：！？）》〉」』】〕”’％")
"""Signs with which no line of Chinese text begins."""

OPENING = frozenset("（《〈「『【〔")
"""Signs with which no line of Chinese text ends."""


def width(text: str) -> int:
    """How many cells ``text`` takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, cells: int) -> str:
    """``text`` in at most ``cells`` cells; cut text ends with ``~``."""
    if width(text) <= cells:
        return text
    if cells <= 0:
        return ""
    return set_cell_size(text, cells - 1).rstrip() + ELLIPSIS


def fit(text: str, cells: int, align: str = "<") -> str:
    """``text`` in exactly ``cells`` cells, cut or padded; ``align`` is ``<`` or ``>``."""
    text = cut(text, cells)
    pad = " " * (cells - width(text))
    return pad + text if align == ">" else text + pad


def wrap(text: str, cells: int, *, whole_words: bool = False) -> list[str]:
    """``text`` broken into lines of at most ``cells`` cells, at spaces or between wide characters.

    With ``whole_words`` a word that is longer than a line, such as a path in a command, stays in one piece.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _words(paragraph):
            if width(line) + width(word.rstrip()) <= cells:
                line += word
                continue
            if line.strip():
                lines.append(line.rstrip())
            while width(word.rstrip()) > cells and not whole_words:
                head = set_cell_size(word, cells).rstrip()
                if not head:
                    break
                lines.append(head)
                word = word[len(head) :]
            line = word
        lines.append(line.rstrip())
    return lines


def _words(text: str) -> list[str]:
    """Pieces between which a line may break, each with the spaces that follow it."""
    words: list[str] = []
    current = ""
    for char in text:
        if char == " ":
            current += char
        elif current and _may_part(current, char):
            words.append(current)
            current = char
        else:
            current += char
    if current:
        words.append(current)
    return words


def _may_part(before: str, char: str) -> bool:
    """Whether a line may end with ``before`` and the next one begin with ``char``.

    A level stays with its process: no line begins with a number that follows Chinese text.
    """
    if before[-1] == " ":
        return not (char.isdecimal() and width(before.rstrip(" ")[-1:]) == 2)
    return char not in CLOSING and before[-1] not in OPENING and 2 in (width(char), width(before[-1]))
