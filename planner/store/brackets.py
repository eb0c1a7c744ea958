"""Lists and inline tables in brackets, taken to pieces and put together again with other contents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planner.store.positions import BLANK, Node

_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\n]*?)?(?=\r?\n)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A value of a list, or a key with its value, and what surrounds it.

    ``lead`` stands before it (white space, lines of comment), ``gap`` between it and its comma, ``trail`` after the
    comma on the same line.
    """

    body: str
    lead: str = ""
    gap: str = ""
    trail: str = ""


@dataclass(frozen=True, slots=True)
class Brackets:
    """What stands in a pair of brackets; ``comma`` says whether one follows the last piece, ``end`` is what is left."""

    opening: str
    pieces: tuple[Piece, ...]
    comma: bool
    end: str
    closing: str

    def holding(self, items: Sequence[tuple[int | None, str]]) -> str:
        """The text with ``items`` in it: each the number of the piece it was before (None: it is new) and its text.

        Comments on the line of a piece that is left out go with it; lines of comment above it stay.
        """
        if not self.pieces and not self.end.strip():
            space = " " if self.opening == "{" and items else ""
            return self.opening + space + ", ".join(body for _number, body in items) + space + self.closing
        own_line = bool(self.pieces) and all("\n" in piece.lead for piece in self.pieces)
        kept = {number for number, _body in items}
        above: dict[int, str] = {}
        held = ""
        for old, piece in enumerate(self.pieces):
            if old in kept:
                above[old], held = held, ""
            elif "#" in piece.lead:
                held += piece.lead.rstrip()
        text = _Text(self.opening)
        for place, (number, body) in enumerate(items):
            piece = Piece(body) if number is None else self.pieces[number]
            lead = piece.lead
            if own_line and number is None:
                lead = "\n" + self.pieces[0].lead.rpartition("\n")[2]
            elif place == 0 and not lead.strip(" \t"):
                lead = self.pieces[0].lead if self.pieces else ""
            if number is not None and above[number]:
                text.add(above[number], comment=True)
            comma = "," if self.comma or place < len(items) - 1 else ""
            text.add((lead or " " if place else lead) + body + piece.gap + comma + piece.trail, "#" in piece.trail)
        text.add(held, comment=bool(held))
        text.add(self.end)
        return text.text + self.closing


class _Text:
    """A text that grows, with a line break wherever it would go on behind a comment."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.comment = False

    def add(self, more: str, comment: bool = False) -> None:
        if not more:
            return
        if self.comment and not more.lstrip(" \t\r").startswith("\n"):
            self.text += "\n"
        self.text += more
        self.comment = comment


def take_apart(text: str, node: Node) -> Brackets:
    """The pieces of a list or inline table, in the order of the text."""
    pieces: list[Piece] = []
    position = node.start + 1
    comma = False
    for child in node.children.values():
        lead, body = text[position : child.at], text[child.at : child.end]
        position = _end(BLANK, text, child.end)
        comma = text[position] == ","
        gap = text[child.end : position] if comma else ""
        position = position + 1 if comma else child.end
        rest = _end(_REST_OF_LINE, text, position)
        pieces.append(Piece(body, lead, gap, text[position:rest]))
        position = rest
    return Brackets(text[node.start], tuple(pieces), comma, text[position : node.end - 1], text[node.end - 1])


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position
