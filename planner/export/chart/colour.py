"""Shades of a colour."""

from planner.export.theme import contrast, ink_on

READ = 4.5
"""The least contrast at which small letters are read with ease (WCAG 2, level AA)."""


def mixed(colour: str, other: str, share: float) -> str:
    """``colour`` with a ``share`` (0 to 1) of ``other``; all are six hexadecimal digits."""
    pairs = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def darker(colour: str, share: float = 0.35) -> str:
    """``colour`` with that much black in it."""
    return mixed(colour, "000000", share)


def paler(colour: str, share: float = 0.85) -> str:
    """``colour`` with that much white in it."""
    return mixed(colour, "ffffff", share)


def inked(colour: str, ground: str) -> str:
    """A shade of ``colour`` for letters on ``ground``: as dark as it needs to be, else black or white."""
    shades = (darker(colour, share) for share in (0.4, 0.55, 0.7, 0.85))
    return next((shade for shade in shades if contrast(shade, ground) >= READ), ink_on(ground))
