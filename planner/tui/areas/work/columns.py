"""Cards in columns side by side; where there is no room for that, in bands one below the other."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region

from planner.text.i18n import N_, _, labelled
from planner.text.width import fit, width
from planner.tui.widgets.lines import Piece, Pieces
from planner.tui.widgets.marking import Marking
from planner.tui.widgets.table import pinched

LEAST = 25
"""Cells that a column has at least; with fewer the columns become bands."""


SIDE = 20
"""Cells of what stands beside a name in a band."""

LEAST_MORE = 6
"""Cells from which on more than the name of a card is worth while."""

STATE = 5
"""Cells of the state there."""


class Card(NamedTuple):
    """``more`` is added to the name where there is room; ``side`` and ``state`` stand below, in a band beside it."""

    key: str
    name: str
    more: str = ""
    side: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A column: its title and the keys of its cards, which are made when they are drawn."""

    title: str
    keys: Sequence[str]


class _Box(NamedTuple):
    """Where a column stands: its corner, its size, and lines of one card."""

    x: int
    y: int
    cells: int
    lines: int
    tall: int

    @property
    def page(self) -> int:
        """How many cards fit."""
        return max(1, (self.lines - 1) // self.tall)


class Columns(Marking):
    """A cursor that moves over cards; each column scrolls by itself."""

    WHOLE_ROW = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "across(-1)", N_("Left"), show=False, id="columns.left"),
        Binding("right,l", "across(1)", N_("Right"), show=False, id="columns.right"),
    ]

    def __init__(
        self,
        make: Callable[[str], Card],
        marks: dict[str, None],
        *,
        id: str | None = None,
        empty: Callable[[int], list[Pieces]] | None = None,
    ) -> None:
        """``make`` gives the card of a key; ``marks`` are those of the view that shows the same as a list."""
        super().__init__(id=id, empty=empty)
        self.marks = marks
        self.lanes: Sequence[Lane] = ()
        self.lane = 0
        self._make = make
        self._tops: list[int] = []

    def show(self, lanes: Sequence[Lane], key: str = "") -> None:
        """Show these columns; the cursor goes to the card ``key``, else stays with the card it was on."""
        key = key or self.key
        self.lanes = lanes
        self._tops = [0] * len(lanes)
        self.lane = max(0, min(self.lane, len(lanes) - 1))
        if not self.find(key):
            self._to_lane(self.lane)
        self.refresh()

    @property
    def key(self) -> str:
        """The key of the card under the cursor; empty where the column has none."""
        keys = self.lanes[self.lane].keys if self.lanes else ()
        return keys[self.cursor] if self.cursor < len(keys) else ""

    def shown_keys(self) -> Collection[str]:
        return {key for lane in self.lanes for key in lane.keys}

    def key_here(self) -> str:
        return self.key

    def find(self, key: str) -> bool:
        """Put the cursor on the card ``key``; whether there is one."""
        for number, lane in enumerate(self.lanes):
            if key in lane.keys:
                self._to_lane(number, lane.keys.index(key))
                self.refresh()
                return True
        return False

    def _to_lane(self, number: int, cursor: int | None = None) -> None:
        keys = self.lanes[number].keys if self.lanes else ()
        self.lane = number
        self.top = self._tops[number] if self._tops else 0
        self.rebuild(len(keys), cursor)

    def boxes(self) -> list[_Box]:
        """Where the columns stand."""
        count, (cells, lines) = max(1, len(self.lanes)), self.size
        if cells // count >= LEAST:
            widths = [cells // count + (n < cells % count) for n in range(count)]
            return [_Box(sum(widths[:n]), 0, w, lines, 2) for n, w in enumerate(widths)]
        heights = [lines // count + (n < lines % count) for n in range(count)]
        return [_Box(0, sum(heights[:n]), cells, h, 1) for n, h in enumerate(heights)]

    # What the base asks

    @property
    def page(self) -> int:
        return self.boxes()[self.lane].page

    def _follow(self) -> bool:
        before = self.top
        moved = super()._follow()
        if moved and abs(self.top - before) == 1:
            # A column sends all its cards again when it scrolls: rather half a page now and then.
            self.top = max(0, min(self.cursor - self.page // 2, self.count - self.page))
        if self._tops:
            self._tops[self.lane] = self.top
        return moved

    def _refresh_row(self, index: int) -> None:
        box = self.boxes()[self.lane]
        self.refresh(Region(box.x, box.y + 1 + (index - self.top) * box.tall, box.cells, box.tall))

    def action_across(self, step: int) -> None:
        """Go to the next column, as far down as here."""
        number = max(0, min(self.lane + step, len(self.lanes) - 1))
        if number == self.lane:
            return
        below = self.cursor - self.top
        self._refresh_row(self.cursor)
        self.lane, self.top = number, self._tops[number]
        self.count = len(self.lanes[number].keys)
        self.cursor = max(0, min(self.top + below, self.count - 1))
        if self._follow():
            self.refresh()
        else:
            self._refresh_row(self.cursor)
        self.moved()

    def spots(self) -> list[tuple[int, int]]:
        return [
            (box.x, box.y + 1 + row * box.tall)
            for lane, box, top in zip(self.lanes, self.boxes(), self._tops, strict=False)
            for row in range(min(box.page, len(lane.keys) - top))
        ]

    def on_click(self, event: Click) -> None:
        for number, box in enumerate(self.boxes()[: len(self.lanes)]):
            if box.x <= event.x < box.x + box.cells and box.y < event.y < box.y + box.lines:
                self.action_across(number - self.lane)
                self.focus()
                self.go(self.top + (event.y - box.y - 1) // box.tall)

    # Drawing

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        if self.empty and not any(lane.keys for lane in self.lanes):
            nothing = self.empty(cells)
            return (nothing[y] if y < len(nothing) else ()), ""
        line: list[Piece] = []
        for number, box in enumerate(self.boxes()):
            if box.y <= y < box.y + box.lines:
                line += self._line(number, box, y - box.y)
        return line, ""

    def _line(self, number: int, box: _Box, y: int) -> list[Piece]:
        if number >= len(self.lanes):
            return []
        lane = self.lanes[number]
        top = self._tops[number]
        if y == 0:
            below = len(lane.keys) - top - box.page
            more = _(" +{n}").format(n=below) if below > 0 else ""
            title = fit(f"  {lane.title}", box.cells - 1 - width(more))
            return [Piece(title, "head"), Piece(more + " ", "dim")]
        index, part = divmod(y - 1, box.tall)
        if index >= box.page or top + index >= len(lane.keys):
            return [Piece(" " * box.cells)]
        here = number == self.lane and top + index == self.cursor and self.lit
        if box.tall == 1:
            return self._band(lane.keys[top + index], box.cells, here)
        return self._half_card(lane.keys[top + index], box.cells, here, part)

    def draw_row(self, index: int, cells: int, under_cursor: bool) -> Pieces:
        return self._band(self.lanes[self.lane].keys[index], cells, under_cursor)

    def _band(self, key: str, cells: int, here: bool) -> list[Piece]:
        """A card on one line."""
        card = self._make(key)
        side = SIDE if cells >= 2 * SIDE else 0
        name = _titled(card, cells - 2 - side - STATE - 2)
        return [
            Piece(f"{self._before(key, here)}{name} ", "cursor" if here else ""),
            Piece(f"{fit(card.side, side)} {fit(card.state, STATE)}", "cursor" if here else "dim"),
        ]

    def _half_card(self, key: str, cells: int, here: bool, part: int) -> list[Piece]:
        """One of the two lines of a card in a column."""
        card = self._make(key)
        if part == 0:
            return [Piece(self._before(key, here) + _titled(card, cells - 3), "cursor" if here else ""), Piece(" ")]
        text = f"  {fit(card.side, cells - 4 - width(card.state))} {card.state}"
        return [Piece(fit(text, cells - 1), "cursor" if here else "dim"), Piece(" ")]

    def _before(self, key: str, here: bool) -> str:
        return (">" if here else " ") + self.mark_of(key)


def _titled(card: Card, cells: int) -> str:
    """The name of a card, with more where a few cells are left for it; the end of a name, where levels stand, stays."""
    if card.more and width(card.name) + LEAST_MORE <= cells:
        return fit(labelled(card.name, card.more), cells)
    return fit(pinched(card.name, cells), cells) if card.more else fit(card.name, cells)
