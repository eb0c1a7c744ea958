"""The signs that pictures are drawn with: box-drawing characters, or ASCII for terminals and fonts without them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of signs, each one cell wide.

    ``joints`` has the sign for every way lines meet in a cell, by the sides it leads to: a sum of ``UP``, ``DOWN``,
    ``LEFT`` and ``RIGHT``. ``dashed`` is the same for soft links, of which only straight runs differ.
    ``levels`` fill a cell from the bottom, empty first; ``shades`` go from light to dark; ``full`` and ``ghost`` are
    bars of what is and of what was. ``gate`` ends a phase, ``milestone`` is a day on which something happens.
    """

    joints: tuple[str, ...]
    dashed: tuple[str, ...]
    arrow: str
    levels: str
    shades: str
    full: str
    ghost: str
    vertical: str
    dot: str
    gate: str
    milestone: str


UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
"""Sides of a cell, to be added up."""

BOX = Glyphs(
    joints=tuple(" ╵╷│╴┘┐┤╶└┌├─┴┬┼"),
    dashed=tuple(" ╎╎╎╌┘┐┤╌└┌├╌┴┬┼"),
    arrow=">",
    levels=" ▁▂▃▄▅▆▇█",
    shades=" ░▒▓█",
    full="█",
    ghost="░",
    vertical="│",
    dot="·",
    gate="◆",
    milestone="◇",
)
ASCII = Glyphs(
    joints=tuple(" |||-+++-+++-+++"),
    dashed=tuple(" :::.+++.+++.+++"),
    arrow=">",
    levels=" .,:;=*%#",
    shades=" .:*#",
    full="#",
    ghost=".",
    vertical="|",
    dot=".",
    gate="]",
    milestone="o",
)

_now = BOX


def glyphs() -> Glyphs:
    """The signs to draw with."""
    return _now


def use(plain: bool) -> None:
    """Draw with ASCII from now on, or with box-drawing characters."""
    global _now
    _now = ASCII if plain else BOX
