"""What a terminal can be trusted with, as the system's description of it says."""

from functools import lru_cache
from typing import NamedTuple


class Abilities(NamedTuple):
    """``colours_erased``: what is erased takes the colour of the pen. ``erases_cells``: it has ECH."""

    colours_erased: bool = False
    erases_cells: bool = False


@lru_cache(1)
def abilities(term: str, terminal: int) -> Abilities:
    """Those of the kind of terminal ``term`` (as in TERM); of one that is not described, none. ``terminal``: a file."""
    import curses

    try:
        curses.setupterm(term, terminal)
    except curses.error:
        return Abilities()
    return Abilities(curses.tigetflag("bce") == 1, bool(curses.tigetstr("ech")))
