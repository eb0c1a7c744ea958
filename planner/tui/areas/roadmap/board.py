"""The roadmap as columns: a phase each, its capabilities below.

Columns that do not fit are reached with Left and Right.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click

from planner.text.i18n import N_, _
from planner.text.width import cut, fit, width
from planner.tui.widgets.lines import Lines, Piece, Pieces

LEAST = 25
"""Cells that a column has at least."""


@dataclass(frozen=True, slots=True)
class Card:
    """An item in a column; ``mark`` is ``!`` for a broken constraint, ``*`` for a pin. What is marked has a ``+``."""

    key: str
    name: str
    side: str = ""
    mark: str = " "


@dataclass(frozen=True, slots=True)
class Lane:
    """A phase: its title, two facts below it, its cards."""

    key: str
    title: str
    facts: tuple[str, str]
    cards: tuple[Card, ...]


def named(text: str, cells: int) -> str:
    """``text`` in exactly so many cells; a name that ends with a level keeps it when it is cut: ``Service d~ 2``."""
    head, _space, level = text.rpartition(" ")
    if width(text) <= cells or not level.isdecimal():
        return fit(text, cells)
    return fit(f"{cut(head, cells - width(level) - 1)} {level}", cells)


class Board(Lines):
    """A cursor that moves over cards in columns."""

    WHOLE_ROW = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "across(-1)", N_("Left"), id="board.left", show=False),
        Binding("right,l", "across(1)", N_("Right"), id="board.right", show=False),
    ]

    def __init__(self, *, id: str | None = None, empty: Callable[[int], list[Pieces]] | None = None) -> None:
        super().__init__(id=id, empty=lambda cells: empty(cells) if empty and not self.lanes else [])
        self.lanes: Sequence[Lane] = ()
        self.column = 0
        self.marked: Collection[str] = ()

    def mark(self, marked: Collection[str], *rows: int) -> None:
        """Show these keys as marked; ``rows`` are the ones that changed."""
        self.marked = marked
        for row in rows:
            self._refresh_row(row)
        if not rows:
            self.refresh()

    def row_text(self, index: int) -> str:
        lane = self.lane
        card = lane.cards[index] if lane and index < len(lane.cards) else None
        return f"{card.name} {card.side}" if card else ""

    def show(self, lanes: Sequence[Lane], key: str = "") -> None:
        """Show these columns; the cursor goes to the card ``key``, else stays with the card it was on."""
        key = key or self.key
        self.lanes = lanes
        self.column = max(0, min(self.column, len(lanes) - 1))
        self.rebuild(max((len(lane.cards) for lane in lanes), default=0))
        if not self.find(key):
            self._clip()

    @property
    def lane(self) -> Lane | None:
        """The column of the cursor."""
        return self.lanes[self.column] if self.lanes else None

    @property
    def key(self) -> str:
        """The key of the card under the cursor, of the column when that is empty."""
        lane = self.lane
        if lane is None:
            return ""
        return lane.cards[self.cursor].key if self.cursor < len(lane.cards) else lane.key

    def find(self, key: str) -> bool:
        """Put the cursor on the card ``key``; whether there is one."""
        for column, lane in enumerate(self.lanes):
            for row, card in enumerate(lane.cards):
                if card.key == key:
                    self.column, self.cursor = column, row
                    self._follow()
                    self.refresh()
                    return True
        return False

    def go(self, index: int) -> None:
        lane = self.lane
        super().go(min(index, len(lane.cards) - 1 if lane else 0))

    def _clip(self) -> None:
        lane = self.lane
        self.cursor = max(0, min(self.cursor, len(lane.cards) - 1 if lane else 0))
        self._follow()
        self.refresh()

    def drawn(self, cells: int) -> list[tuple[int, Lane, int]]:
        """The columns that are drawn: place, column and width."""
        count = max(1, min(len(self.lanes), cells // LEAST))
        first = max(0, min(self.column - count // 2, len(self.lanes) - count))
        widths = [cells // count + (n < cells % count) for n in range(count)]
        return [(first + n, lane, widths[n]) for n, lane in enumerate(self.lanes[first : first + count])]

    def draw_head(self, cells: int) -> list[Pieces]:
        drawn = self.drawn(cells)
        titles: list[Piece] = []
        facts: list[list[Piece]] = [[], []]
        for place, lane, w in drawn:
            more = ""
            if place == drawn[-1][0] and place < len(self.lanes) - 1:
                more = _("+{n} >").format(n=len(self.lanes) - 1 - place)
            if place == drawn[0][0] and place:
                more = _("< +{n}").format(n=place)
            title = f"[{lane.title}]" if place == self.column else f" {lane.title}"
            titles.append(
                Piece(fit(title, w - len(more) - 2) + f" {more} ", "strong" if place == self.column else "head")
            )
            for line, fact in zip(facts, lane.facts, strict=True):
                line.append(Piece(fit(f" {fact}", w - 1) + " ", "dim"))
        return [titles, *facts, [Piece("-" * (w - 1) + " ", "dim") for _p, _l, w in drawn]] if drawn else []

    def draw_row(self, index: int, cells: int, under_cursor: bool) -> Pieces:
        pieces: list[Piece] = []
        for place, lane, w in self.drawn(cells):
            if index >= len(lane.cards):
                pieces.append(Piece(" " * w))
                continue
            card = lane.cards[index]
            here = under_cursor and place == self.column
            side = f" {card.side}" if w >= LEAST + 14 else ""
            text = (">" if here else " ") + ("+" if card.key in self.marked else " ") + card.mark + card.name
            style = "cursor" if here else "bad" if card.mark == "!" else ""
            pieces += [Piece(named(text, w - 1 - width(side)) + side, style), Piece(" ")]
        return pieces

    def spots(self) -> list[tuple[int, int]]:
        found, left = [], 0
        for _place, lane, w in self.drawn(self.size.width):
            last = min(len(lane.cards), self.top + self.page)
            found += [(left, row - self.top + self.head_height) for row in range(self.top, last)]
            left += w
        return found

    def on_click(self, event: Click) -> None:
        right = 0
        for place, _lane, w in self.drawn(self.size.width):
            right += w
            if event.x < right:
                self.action_across(place - self.column)
                break
        super().on_click(event)

    def action_across(self, step: int) -> None:
        column = max(0, min(self.column + step, len(self.lanes) - 1))
        if column != self.column:
            self.column = column
            self._clip()
            self.moved()
