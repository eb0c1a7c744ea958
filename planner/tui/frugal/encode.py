"""From what the terminal shows to what it shall show, in few bytes."""

import re
from bisect import bisect_left
from collections import Counter

from planner.tui.frugal.abilities import Abilities
from planner.tui.frugal.cursor import move
from planner.tui.frugal.grid import Grid, ambiguous, certain
from planner.tui.frugal.look import Look, blank, change, for_blank, look
from planner.tui.frugal.shift import Shift, shift

_BLANKS = re.compile(" {11,}")
"""Blanks that cost more to write than to erase and to step over."""

_FEW = 4
"""Cells up to which writing is not dearer than erasing to the end of the line."""

_SCROLLED = 4
"""Changed lines from which on it is worth asking whether something scrolled."""

_UNKNOWN = "\0"


class Encoder:
    """Writes to one terminal, and knows where its cursor is and what its pen.

    ``wide``: it draws signs of ambiguous width in two cells. They have one here: what follows them is put in its place.
    """

    def __init__(self, abilities: Abilities, wide: bool = False) -> None:
        self._can = abilities
        self.wide = wide
        self._here: tuple[int | None, int] | None = None
        self._pen: Look | None = None
        self._sent: Grid | None = None
        self._out: list[str] = []

    def forget(self) -> None:
        """Nothing is known of the terminal any more: the next frame is sent whole."""
        self._sent = self._here = self._pen = None

    def frame(self, wanted: Grid, cursor: tuple[int, int]) -> str:
        """What makes the terminal show ``wanted`` with its cursor at ``cursor``, column and line."""
        self._out = []
        sent = self._sent
        if sent is None or (sent.width, sent.height) != (wanted.width, wanted.height):
            sent = self._sent = self._cleared(wanted)
        signs, looks = sent.signs, sent.looks
        changed = _changed(sent, wanted)
        if len(changed) >= _SCROLLED and (moved := shift(sent, wanted, changed)):
            self._shift(sent, moved)
            changed = _changed(sent, wanted)
        for y in changed:
            self._line(y, sent, wanted)
            signs[y], looks[y] = wanted.signs[y], wanted.looks[y]
        self._go(*cursor)
        return "".join(self._out)

    def _cleared(self, wanted: Grid) -> Grid:
        """A screen cleared in the colour that most of it will have."""
        paper = ""
        if self._can.colours_erased:
            often: Counter[str] = Counter()
            for looks in wanted.looks:
                often.update(looks)
            paper = look(often.most_common(1)[0][0]).paper
        self._here = None
        self._draw_with(Look(paper=paper))
        self._out.append("\x1b[2J")
        return Grid(wanted.width, wanted.height, paper)

    def _shift(self, sent: Grid, moved: Shift) -> None:
        """Delete lines at one end and insert as many at the other: no margins are set, so none can be left behind."""
        top, bottom, down = moved
        count = abs(down)
        self._draw_with(for_blank(self._pen, Look()))
        number = "" if count == 1 else str(count)
        steps = [(top, "M"), (bottom + 1 - count, "L")] if down < 0 else [(bottom + 1 - count, "M"), (top, "L")]
        if bottom == sent.height - 1:  # deleted below the last line, or pushed out there
            steps = [step for step in steps if step[0] == top]
        for y, what in steps:
            self._go(0, y)
            self._out.append(f"\x1b[{number}{what}")
            self._here = (None, y)
        unknown = [_UNKNOWN] * sent.width, [""] * sent.width  # terminals differ in the colour of new lines
        for rows, new in zip((sent.signs, sent.looks), unknown, strict=True):
            if down < 0:
                rows[top : bottom + 1] = rows[top + count : bottom + 1] + [new] * count
            else:
                rows[top : bottom + 1] = [new] * count + rows[top : bottom + 1 - count]

    def _line(self, y: int, sent: Grid, wanted: Grid) -> None:
        signs, looks = wanted.signs[y], wanted.looks[y]
        todo = [
            x
            for x, (old, new, was, now) in enumerate(zip(sent.signs[y], signs, sent.looks[y], looks, strict=True))
            if old != new or (was != now and (new != " " or blank(was) != blank(now)))
        ]
        if not todo:
            return
        tail = self._tail(signs, looks, todo)
        end = todo[tail] if tail < len(todo) else sent.width
        at = 0
        while at < tail:
            x = todo[at]
            key = looks[x]
            at += 1
            after = x + 1
            while at < tail and todo[at] == after and looks[after] == key and not self._doubts(signs[after - 1]):
                at += 1
                after += 1
            while after < sent.width and not signs[after]:  # a wide sign is written whole
                after += 1
            if not signs[x]:
                continue  # written with its first cell
            self._run(x, y, key, signs[x:after], wanted)
        if tail < len(todo):
            self._reach(end, y, wanted)
            self._draw_with(for_blank(self._pen, blank(looks[end])))
            self._out.append("\x1b[K")

    def _tail(self, signs: list[str], looks: list[str], todo: list[int]) -> int:
        """How many of the cells ``todo`` must be written; the rest are blanks to the line's end, and erased."""
        if signs[-1] != " " or signs[todo[-1]] != " ":
            return len(todo)
        kind = blank(looks[-1])
        if not self._erases(kind):
            return len(todo)
        begin = len(signs)
        while begin and signs[begin - 1] == " " and blank(looks[begin - 1]) == kind:
            begin -= 1
        tail = bisect_left(todo, begin)
        return tail if len(todo) - tail > _FEW else len(todo)

    def _erases(self, kind: Look) -> bool:
        """Whether erasing makes blanks of this look."""
        return kind.erasable and (not kind.paper or self._can.colours_erased)

    def _run(self, x: int, y: int, key: str, cells: list[str], wanted: Grid) -> None:
        """Write cells that stand together and look the same."""
        text = "".join(cells)
        single = len(text) == len(cells) and "" not in cells  # then the text can be counted in cells
        if single and self._can.erases_cells and self._erases(blank(key)):
            begin = 0
            for found in _BLANKS.finditer(text):
                self._write(x + begin, y, key, text[begin : found.start()], found.start() - begin, wanted)
                self._reach(x + found.start(), y, wanted)
                self._draw_with(for_blank(self._pen, blank(key)))
                self._out.append(f"\x1b[{found.end() - found.start()}X")
                begin = found.end()
            self._write(x + begin, y, key, text[begin:], len(text) - begin, wanted)
        else:
            self._write(x, y, key, text, len(cells), wanted)

    def _write(self, x: int, y: int, key: str, text: str, width: int, wanted: Grid) -> None:
        if not text:
            return
        self._reach(x, y, wanted)
        self._draw_with(for_blank(self._pen, blank(key)) if text.isspace() else look(key))
        self._out.append(text)
        after = x + width
        sure = after < wanted.width and self._sure(text)
        self._here = (after if sure else None, y)

    def _reach(self, x: int, y: int, wanted: Grid) -> None:
        """Bring the cursor to a cell: by a move, or by writing again the few cells before it, if that is cheaper."""
        way = move(self._here, x, y)
        if way and self._here is not None and self._here[1] == y:
            column = self._here[0]
            if column is not None and 0 < x - column <= len(way) and self._same_pen(column, x, y, wanted):
                text = "".join(wanted.signs[y][column:x])
                if len(text.encode()) <= len(way) and self._sure(text):
                    way = text
        self._out.append(way)
        self._here = (x, y)

    def _sure(self, text: str) -> bool:
        """Whether the terminal draws ``text`` as wide as it is here."""
        return text.isascii() or (certain(text) and not self._doubts(text))

    def _doubts(self, text: str) -> bool:
        """Whether ``text`` has signs that this terminal draws wider than they are here."""
        return self.wide and ambiguous(text)

    def _same_pen(self, begin: int, end: int, y: int, wanted: Grid) -> bool:
        """Whether the cells can be written with the pen as it is."""
        signs, looks = wanted.signs[y], wanted.looks[y]
        return bool(signs[begin]) and all(
            (for_blank(self._pen, blank(looks[x])) if signs[x] == " " else look(looks[x])) == self._pen
            for x in range(begin, end)
        )

    def _go(self, x: int, y: int) -> None:
        self._out.append(move(self._here, x, y))
        self._here = (x, y)

    def _draw_with(self, wanted: Look) -> None:
        if wanted != self._pen:
            self._out.append(change(self._pen, wanted))
            self._pen = wanted


def _changed(sent: Grid, wanted: Grid) -> list[int]:
    """The lines that differ."""
    lines = range(wanted.height)
    return [y for y in lines if wanted.signs[y] != sent.signs[y] or wanted.looks[y] != sent.looks[y]]
