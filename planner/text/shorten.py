"""Names made short so that they can still be told apart: for pictures, where a few cells are all there is."""

from collections import Counter
from collections.abc import Sequence

from planner.text.width import cut, width

COMMON = 3
"""A last word that so many names share tells none of them apart."""


def shortened(names: Sequence[str], cells: int) -> list[str]:
    """``names``, each in at most ``cells`` cells.

    Those too long lose their last word if it is common and they differ without it; then their words are cut, the
    longest first, so that each keeps its beginning. ``Service request management`` in ten cells is ``Serv reque``.
    """
    words = {name: name.split() for name in names}
    last = Counter(found[-1] for found in words.values() if len(found) > 1)
    bare = {name: " ".join(found[:-1]) for name, found in words.items() if len(found) > 1 and last[found[-1]] >= COMMON}
    taken = Counter([*words, *bare.values()])
    short = {name: less for name, less in bare.items() if taken[less] == 1}
    return [name if width(name) <= cells else _squeezed(short.get(name, name), cells) for name in names]


def _squeezed(name: str, cells: int) -> str:
    words = name.split()
    if len(words) < 2 or 2 * len(words) - 1 > cells:
        return cut(name, cells)
    while sum(map(width, words)) + len(words) - 1 > cells:
        longest = max(range(len(words)), key=lambda place: width(words[place]))
        words[longest] = words[longest][:-1]
    return " ".join(words)
