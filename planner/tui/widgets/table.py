"""Rows with columns. A column may share what is left of the width, and may wait for a wide terminal."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import overload

from planner.text.i18n import _
from planner.text.width import ELLIPSIS, cut, fit, width
from planner.tui.settings import Settings
from planner.tui.widgets.lines import Lines, Piece, Pieces
from planner.tui.widgets.marking import Marking


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in cells; with ``share`` it is the least, and the column takes that share of what is left.

    Below ``wide`` cells of the whole table the column is left out; one that is ``narrow`` is left out from there
    on. ``title`` is marked with ``N_``. ``ends``: what does not fit is cut in its middle, where rows begin alike.
    """

    title: str
    width: int
    share: int = 0
    align: str = "<"
    wide: int = 0
    narrow: int = 10_000
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``key`` says what it stands for, ``cells`` are texts or pieces, one for each column.

    A row with a ``banner`` shows that text over all columns instead.
    """

    key: str
    cells: tuple[str | Piece, ...] = ()
    style: str = ""
    banner: str = ""


class Rows(Sequence[Row]):
    """Rows that are made when they are first drawn; a list of thousands shows few of them."""

    def __init__(self, keys: Sequence[str], make: Callable[[str], Row]) -> None:
        self.keys = keys
        self._make = make
        self._made: dict[str, Row] = {}

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return Rows(self.keys[index], self._make)
        key = self.keys[index]
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]


class Table(Lines):
    """A list with columns; ``show`` gives it the rows."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        id: str | None = None,
        lit: bool = False,
        empty: Callable[[int], list[Pieces]] | None = None,
        heading: bool = True,
    ) -> None:
        super().__init__(id=id, lit=lit, empty=empty)
        self.columns = tuple(columns)
        self.rows: Sequence[Row] = ()
        self._heading = heading
        self._places: dict[str, int] = {}
        self._widths: tuple[int, Sequence[Column], list[int]] = (-1, (), [])

    def show(self, rows: Sequence[Row], key: str | None = None) -> None:
        """Show ``rows``; the cursor goes to the row ``key``, else stays with the row it was on."""
        key = self.key if key is None else key
        self.rows = rows
        keys = rows.keys if isinstance(rows, Rows) else [row.key for row in rows]
        self._places = {key: place for place, key in reversed([*enumerate(keys)])}
        self.rebuild(len(rows), self._places.get(key) if key else None)

    def replace(self, place: int, row: Row) -> None:
        """Show another row in the same place; only that line is drawn again."""
        self.rows = [*self.rows[:place], row, *self.rows[place + 1 :]]
        if self.top <= place < self.top + self.page:
            self._refresh_row(place)

    @property
    def key(self) -> str:
        """The key of the row under the cursor, ``""`` when there are no rows."""
        return self.rows[self.cursor].key if self.rows else ""

    def find(self, key: str) -> bool:
        """Put the cursor on the row ``key``; whether there is one."""
        place = self._places.get(key)
        if place is not None:
            self.go(place)
        return place is not None

    def widths(self, cells: int) -> list[int]:
        """The width of each column, 0 for one that is left out."""
        if self._widths[:2] != (cells, self.columns):
            self._widths = (cells, self.columns, self._shared_out(cells))
        return self._widths[2]

    def _shared_out(self, cells: int) -> list[int]:
        shown = [column if column.wide <= cells < column.narrow else None for column in self.columns]
        gaps = sum(column is not None for column in shown) - 1
        left = cells - 2 - gaps - sum(column.width for column in shown if column)
        shares = sum(column.share for column in shown if column)
        widths = []
        for column in shown:
            if column is None:
                widths.append(0)
                continue
            extra = left * column.share // shares if left > 0 and column.share else 0
            left -= extra
            shares -= column.share
            widths.append(column.width + extra)
        return widths

    def draw_head(self, cells: int) -> list[Pieces]:
        if not self._heading:
            return []
        titles = [_(column.title) if column.title else "" for column in self.columns]
        return [self._line("  ", [Piece(title, "head") for title in titles], cells)]

    def draw_row(self, index: int, cells: int, under_cursor: bool) -> Pieces:
        row = self.rows[index]
        mark = (">" if under_cursor else " ") + self.mark_of(row.key)
        if row.banner:
            return [Piece(mark), Piece(fit(row.banner, cells - 2), row.style)]
        pieces = [cell if isinstance(cell, Piece) else Piece(cell, row.style) for cell in row.cells]
        return self._line(mark, pieces, cells)

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        pieces, rest = super().draw_line(y, cells)
        if rest == "cursor" and getattr(self.app, "settings", Settings()).low_bandwidth:
            # Two rows coloured from end to end are the most of what a move of the cursor sends.
            return [*(Piece(piece.text, rest) for piece in pieces[:2]), *pieces[2:]], ""
        return pieces, rest

    def mark_of(self, key: str) -> str:
        """The sign after that of the cursor, one cell wide."""
        return " "

    def _line(self, mark: str, pieces: Sequence[Piece], cells: int) -> list[Piece]:
        line = [Piece(mark, pieces[0].style if pieces and pieces[0].style == "head" else "")]
        drawn = [
            (column, piece, w) for column, piece, w in zip(self.columns, pieces, self.widths(cells), strict=False) if w
        ]
        for n, (column, piece, w) in enumerate(drawn):
            gap = " " if n < len(drawn) - 1 else ""
            text = pinched(piece.text, w) if column.ends else piece.text
            line.append(Piece(fit(text, w, column.align) + gap, piece.style))
        return line


class MarkTable(Marking, Table):
    """A table of which several rows can be marked."""

    def __init__(
        self,
        columns: Sequence[Column],
        marks: dict[str, None] | None = None,
        *,
        id: str | None = None,
        empty: Callable[[int], list[Pieces]] | None = None,
    ) -> None:
        super().__init__(columns, id=id, empty=empty)
        self.marks = {} if marks is None else marks

    def shown_keys(self) -> Collection[str]:
        return self._places

    def key_here(self) -> str:
        return self.key

    @property
    def marked(self) -> tuple[str, ...]:
        """The keys of the marked rows in the order of the rows; those that are not shown now come last."""
        last = len(self._places)
        return tuple(sorted(self.marks, key=lambda key: self._places.get(key, last)))


def pinched(text: str, cells: int) -> str:
    """``text`` in at most ``cells`` cells, cut in the middle: two thirds of what is shown are its end."""
    if width(text) <= cells:
        return text
    head = cut(text, max(1, cells // 3))
    tail = text
    while tail and width(head) + width(tail) > cells:
        tail = tail[1:]
    return (head if head.endswith(ELLIPSIS) else head + ELLIPSIS) + tail
