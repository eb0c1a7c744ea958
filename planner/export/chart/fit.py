"""How much room a text takes, and how it is made to fit: by classes of letters, without any font at hand."""

from functools import lru_cache

from planner.text.clean import one_line
from planner.text.width import CLOSING, OPENING, width

MORE = "…"
"""Marks a text that was shortened."""

_NARROW = frozenset("iljtfrI.,:;'|!()[]{} /\\`\"-")
_WIDE = frozenset("mwMW@%&#+=<>~" + MORE)


@lru_cache(maxsize=16384)
def _em(sign: str) -> float:
    """The width of one sign as a share of the font size, rather too much than too little."""
    if width(sign) != 1:
        return float(width(sign) > 0)
    if sign in _NARROW:
        return 0.36
    if sign in _WIDE:
        return 0.9
    return 0.7 if sign.isupper() else 0.58


def measured(text: str, size: float, bold: bool = False) -> float:
    """How wide ``text`` is in points at a font size of ``size`` points; an estimate, on the safe side."""
    return sum(map(_em, text)) * size * (1.06 if bold else 1.0)


def fitted(text: str, width_points: float, size: float, bold: bool = False) -> str:
    """``text`` on one line, shortened with an ellipsis where it does not fit; empty where not even that does."""
    text = _head(text, width_points, size)
    if measured(text, size, bold) <= width_points + 1e-6:
        return text
    room = width_points - measured(MORE, size, bold)
    if room < 0:
        return ""
    head = text[: _upto(text, room, size, bold)]
    word = head.rfind(" ")
    if word > 0 and not text[len(head)].isspace() and width(text[len(head) - 1]) == 1 and word >= 0.6 * len(head):
        head = head[:word]
    return head.rstrip(" ,;:-") + MORE


def lines(text: str, width: float, size: float, most: int, bold: bool = False) -> tuple[str, ...]:
    """``text`` in at most ``most`` lines that are ``width`` points wide at most, the last one shortened if need be."""
    rest = _head(text, width * most, size)
    found: list[str] = []
    while rest and len(found) < most - 1 and measured(rest, size, bold) > width + 1e-6:
        end = _break(rest, width, size, bold)
        if not end:
            return tuple(found)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    last = fitted(rest, width, size, bold) if most > 0 else ""
    return (*found, last) if last else tuple(found)


def _head(text: str, width: float, size: float) -> str:
    """As much of ``text``, on one line, as could be shown: so that a text of any length takes little time."""
    most = int(width / size / 0.3) + 8
    return one_line(text[: 2 * most + 64])[: most + 1]


def _upto(text: str, room: float, size: float, bold: bool) -> int:
    """How many signs of ``text`` take no more than ``room``."""
    used, scale = 0.0, 1.06 if bold else 1.0
    for count, sign in enumerate(text):
        used += _em(sign) * size * scale
        if used > room + 1e-6:
            return count
    return len(text)


def _break(text: str, width_points: float, size: float, bold: bool) -> int:
    """Where the first line of ``text`` ends: after a word or between Chinese signs, else wherever it is full."""
    full = _upto(text, width_points, size, bold)
    for end in range(full, 0, -1):
        before, after = text[end - 1], text[end]
        if before == " " or after == " ":
            return end
        wide = 2 in (width(before), width(after))
        if wide and after not in CLOSING and before not in OPENING:
            return end
        if before in "-/" and end > 1:
            return end
    return full
