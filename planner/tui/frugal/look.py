"""How a cell looks, and the fewest bytes to go from one look to another.

A look is written as a key: the parameters of an SGR sequence as Textual renders them, e.g. ``1;38;2;255;0;0``; behind a
NUL stands the target of a link, if any. Textual has chosen the colours by then, so nothing is decided here twice.
"""

from functools import lru_cache
from typing import NamedTuple

_OFF = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29, 21: 24, 51: 54, 52: 54, 53: 55}
"""What switches an attribute off, by what switches it on."""

_SEEN_ON_BLANK = frozenset({4, 7, 9, 21, 51, 52, 53})
"""Attributes that show where there is no letter."""

_LINK = "\0"


class Look(NamedTuple):
    """``on``: attributes by their SGR number; ``ink`` and ``paper``: parameters of the colours, empty if default."""

    on: frozenset[int] = frozenset()
    ink: str = ""
    paper: str = ""
    link: str = ""

    @property
    def erasable(self) -> bool:
        """Whether a terminal that erases makes cells of this look."""
        return not self.link and not self.on & _SEEN_ON_BLANK


def key(sgr: str, link: str, link_id: str) -> str:
    """The key of a look with a link."""
    return f"{sgr}{_LINK}id={link_id};{link}"


@lru_cache(4096)
def look(of: str) -> Look:
    """The look that a key stands for."""
    sgr, _, link = of.partition(_LINK)
    on: set[int] = set()
    ink = paper = ""
    codes = sgr.split(";") if sgr else []
    at = 0
    while at < len(codes):
        code = int(codes[at])
        length = 1
        if code in (38, 48):
            length = 5 if codes[at + 1] == "2" else 3
        value = ";".join(codes[at : at + length])
        if code in _OFF:
            on.add(code)
        elif code < 40 or 90 <= code < 100:
            ink = "" if code == 39 else value
        else:
            paper = "" if code == 49 else value
        at += length
    return Look(frozenset(on), ink, paper, link)


@lru_cache(4096)
def blank(of: str) -> Look:
    """The look of a key as far as it shows on a blank."""
    full = look(of)
    return Look(paper=full.paper) if full.erasable else full


@lru_cache(4096)
def for_blank(pen: Look | None, wanted: Look) -> Look:
    """The look nearest to ``pen`` in which a blank looks as ``wanted``, a result of ``blank``."""
    if pen is None or not wanted.erasable:
        return wanted
    return Look(pen.on - _SEEN_ON_BLANK, pen.ink, wanted.paper)


@lru_cache(4096)
def change(pen: Look | None, wanted: Look) -> str:
    """The shortest sequence that makes ``wanted`` of ``pen``; ``None`` is a pen nobody knows."""
    link = "" if pen is not None and pen.link == wanted.link else wanted.link or ";"
    if pen is None:
        link = wanted.link
    before = f"\x1b]8;{link}\x1b\\" if link else ""
    afresh = [*map(str, sorted(wanted.on)), *filter(None, (wanted.ink, wanted.paper))]
    whole = ";".join(["", *afresh])
    if pen is None:
        return f"{before}\x1b[{whole}m"
    off = {_OFF[code] for code in pen.on - wanted.on}
    on = {code for code in wanted.on if code not in pen.on or _OFF[code] in off}
    steps = [*map(str, sorted(off)), *map(str, sorted(on))]
    steps += [wanted.ink or "39"] if wanted.ink != pen.ink else []
    steps += [wanted.paper or "49"] if wanted.paper != pen.paper else []
    if not steps:
        return before
    return f"{before}\x1b[{min(';'.join(steps), whole, key=len)}m"
