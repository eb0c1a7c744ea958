"""What is typed, cut where the Esc key was pressed.

Over a slow line Esc and the key pressed after it arrive together. Many terminals send the same for Alt and that key,
and Textual takes it for that, so that both would be lost. The planner has no key with Alt: what comes is Esc, and then
a key.
"""

import re
from collections.abc import Iterator

ESC = "\x1b"

_PASTE = re.compile("(\x1b\\[20[01]~)")
"""The beginning and the end of what is pasted."""

_ALONE = re.compile("(\x1b)(?![\\[ObfP_\\]\x7f\t])")
"""Not those of the sequences that terminals send for keys and answers, nor what keyboards send for a word to the left
or right, for deleting one, and for Shift and Tab.
"""

_UNFINISHED = re.compile("\x1b(?:O|\\[[0-9;<=>?]*)?\\Z")


class Typed:
    """What comes from one keyboard."""

    def __init__(self) -> None:
        self._pasting = False

    def parts(self, text: str) -> Iterator[str]:
        """``text`` in parts; each Esc that begins no sequence is one of its own. What is pasted stays as it is."""
        for piece in _PASTE.split(text):
            if _PASTE.fullmatch(piece):
                self._pasting = piece.endswith("0~")
                yield piece
            elif self._pasting and piece:
                yield piece
            elif piece:
                yield from filter(None, _ALONE.split(piece))


def whole(text: str) -> tuple[str, str]:
    """What has come whole, and the beginning of a sequence that has not; it may be the Esc key as well."""
    found = _UNFINISHED.search(text)
    return (text[: found.start()], found[0]) if found else (text, "")
