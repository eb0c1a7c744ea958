"""The frugal display and Textual's own, fed to two emulated terminals: the screens are the same, cell by cell."""

import random
from collections.abc import Iterator
from io import StringIO
from itertools import pairwise

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyte.screens import Char
from rich.color import ColorSystem
from rich.console import Console
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip
from wcwidth import wcwidth

from planner.tui.frugal.abilities import Abilities
from planner.tui.frugal.app import laid
from planner.tui.frugal.cursor import move
from planner.tui.frugal.encode import Encoder
from planner.tui.frugal.grid import Grid
from planner.tui.frugal.look import Look, change, look

LETTERS = "abcdefgh   .-|" + "\u2500\u2502\u00e9" + "服务管理体系"
JOINING = "\u0301"


class Emulator(pyte.Screen):
    """pyte, where it differs from terminals: colours of what is erased, halves of wide signs, new lines.

    ``colours_erased``: what is erased has the colour of the pen, as in xterm. New lines hold rubbish, since terminals
    differ in what they hold: who makes them has to write all of them.
    """

    def __init__(self, columns: int, lines: int, colours_erased: bool) -> None:
        self.colours_erased = colours_erased
        super().__init__(columns, lines)
        self.reset_mode(7, private=True)  # as Textual does

    def draw(self, data: str) -> None:
        for sign in data:
            width = wcwidth(sign)
            x, line = min(self.cursor.x, self.columns - width), self.buffer[self.cursor.y]
            if width == 0:
                head = x - 1 if line[x - 1].data else x - 2
                line[head] = line[head]._replace(data=line[head].data + sign)
                continue
            if width > 0 and x > 0 and not line[x].data:
                line[x - 1] = line[x - 1]._replace(data=" ")
            if width > 0 and x + width < self.columns and not line[x + width].data:
                line[x + width] = line[x + width]._replace(data=" ")
            super().draw(sign)

    def _erased(self) -> Char:
        return Char(" ", bg=self.cursor.attrs.bg if self.colours_erased else "default")

    def erase_characters(self, count: int | None = None) -> None:
        for x in range(self.cursor.x, min(self.cursor.x + (count or 1), self.columns)):
            self.buffer[self.cursor.y][x] = self._erased()

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        assert how == 0
        self.erase_characters(self.columns)

    def erase_in_display(self, how: int = 0, *_args: object, **_options: object) -> None:
        assert how == 2
        for y in range(self.lines):
            for x in range(self.columns):
                self.buffer[y][x] = self._erased()

    def insert_lines(self, count: int | None = None) -> None:
        self._shifted(self.cursor.y, count or 1, fresh_first=True)

    def delete_lines(self, count: int | None = None) -> None:
        self._shifted(self.cursor.y, count or 1, fresh_first=False)

    def _shifted(self, top: int, count: int, fresh_first: bool) -> None:
        lines = [self.buffer[y] for y in range(top, self.lines)]
        self.buffer.update(dict.fromkeys(range(top, self.lines)))
        for y in range(top, self.lines):
            del self.buffer[y]
        fresh = []
        for y in range(count):
            fresh.append(self.buffer[self.lines + y])
            fresh[-1].update({x: Char("?", bg="red") for x in range(self.columns)})
            del self.buffer[self.lines + y]
        for y, line in enumerate([*fresh, *lines[:-count]] if fresh_first else [*lines[count:], *fresh]):
            self.buffer[top + y] = line

    def cells(self) -> list[list[tuple[object, ...]]]:
        """What is to be seen in every cell: of a blank only its ground."""
        return [[_seen(self.buffer[y][x]) for x in range(self.columns)] for y in range(self.lines)]


def _seen(cell: Char) -> tuple[object, ...]:
    if cell.data == " " and not (cell.underscore or cell.strikethrough or cell.reverse):
        return " ", cell.bg
    return tuple(cell)


class Session:
    """The same updates sent in two ways."""

    def __init__(self, chance: random.Random, colours: str, abilities: Abilities) -> None:
        self.chance = chance
        self.console = Console(file=StringIO(), color_system=colours, force_terminal=True)  # type: ignore[arg-type]
        self.styles = [_style(chance) for _ in range(6)]
        self.encoder = Encoder(abilities)
        self.width, self.height = 40, 14
        self.grid = Grid(self.width, self.height)
        self.screens = [Emulator(self.width, self.height, on) for on in (True, abilities.colours_erased)]
        self.streams = [pyte.Stream(screen) for screen in self.screens]
        self.sent = [0, 0]
        self.lines: list[list[Segment]] = []

    def show(self, update: LayoutUpdate | ChopsUpdate) -> None:
        """Send an update both ways, and compare."""
        cursor = self.chance.randrange(self.width), self.chance.randrange(self.height)
        colours = self.console._color_system or ColorSystem.TRUECOLOR
        plain = update.render_segments(self.console) + Control.move_to(*cursor).segment.text
        for x, y, strips in laid(update):
            self.grid.put(x, y, strips, colours)
        frugal = self.encoder.frame(self.grid, cursor)
        for number, text in enumerate((plain, frugal)):
            self.streams[number].feed(text)
            self.sent[number] += len(text.encode())
        theirs, ours = self.screens
        for y, (line, other) in enumerate(zip(theirs.cells(), ours.cells(), strict=True)):
            assert line == other, f"line {y}, sent {frugal!r}"
        assert (ours.cursor.x, ours.cursor.y) == cursor
        assert self.encoder.frame(self.grid, cursor) == ""

    def whole(self) -> LayoutUpdate:
        """The whole screen anew."""
        self.lines = [[*self.segments()] for _ in range(self.height)]
        return self.same()

    def same(self) -> LayoutUpdate:
        """The whole screen as it is."""
        strips = [[Strip(line).adjust_cell_length(self.width, self.styles[0])] for line in self.lines]
        return LayoutUpdate(strips, Region(0, 0, self.width, self.height))  # type: ignore[arg-type]

    def scrolled(self) -> LayoutUpdate:
        """Some lines moved, and something changed as well."""
        top = self.chance.randrange(self.height - 3)
        bottom = self.chance.randrange(top + 3, self.height + 1)
        by = self.chance.choice((-3, -2, -1, 1, 2, 3))
        for _ in range(abs(by)):
            new = [*self.segments()]
            if by > 0:
                self.lines[top:bottom] = [new, *self.lines[top : bottom - 1]]
            else:
                self.lines[top:bottom] = [*self.lines[top + 1 : bottom], new]
        self.lines[self.chance.randrange(self.height)] = [*self.segments()]
        return self.same()

    def parts(self) -> ChopsUpdate:
        """Some spans of some lines, cut where the widgets end."""
        chops: list[dict[int, Strip | None]] = []
        ends: list[list[int]] = []
        for _ in range(self.height):
            cuts = sorted({0, self.width, *(self.chance.randrange(1, self.width) for _ in range(3))})
            pairs = list(pairwise(cuts))
            chops.append({a: Strip(self.segments()).adjust_cell_length(b - a) for a, b in pairs})
            ends.append([b for _a, b in pairs])
        spans = []
        for y in sorted(self.chance.sample(range(self.height), self.chance.randrange(1, 5))):
            begin = self.chance.randrange(self.width)
            spans.append((y, begin, self.chance.randrange(begin + 1, self.width + 1)))
        return ChopsUpdate(chops, spans, ends)

    def resize(self) -> None:
        """Another size of the window; each terminal keeps of the old screen what it likes."""
        self.width, self.height = self.chance.randrange(12, 60), self.chance.randrange(6, 20)
        self.grid = self.grid.resized(self.width, self.height)
        for screen in self.screens:
            screen.resize(self.height, self.width)
        self.encoder.forget()

    def segments(self) -> Iterator[Segment]:
        """A line of text, or of blanks, wider than any screen here."""
        if self.chance.random() < 0.2:
            yield Segment(" " * 80, self.chance.choice(self.styles))
        for _ in range(12):
            text = "".join(self.chance.choice(LETTERS) for _ in range(self.chance.randrange(1, 9)))
            if self.chance.random() < 0.1:
                text += JOINING
            if self.chance.random() < 0.3:
                text = " " * self.chance.randrange(1, 20)
            yield Segment(text, self.chance.choice([None, *self.styles]))


def _style(chance: random.Random) -> Style:
    def colour() -> str:
        return chance.choice(["red", "bright_blue", "color(123)", "#102030", "#fefefe", "default"])

    on = {name: chance.random() < 0.25 for name in ("bold", "italic", "underline", "strike", "reverse", "dim")}
    return Style(color=colour(), bgcolor=colour() if chance.random() < 0.7 else None, **on)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(12))
def test_random_sessions_look_the_same(seed: int) -> None:
    """Whole screens, parts, scrolled lines, new sizes, in all colour systems, on able and on poor terminals."""
    chance = random.Random(seed)
    colours = ("truecolor", "256", "standard")[seed % 3]
    session = Session(chance, colours, Abilities(seed % 2 == 0, seed % 4 < 2))
    session.show(session.whole())
    for _ in range(25):
        step = chance.randrange(10)
        if step == 0:
            session.resize()
            session.show(session.whole())
        elif step == 1:
            session.show(session.whole())
        elif step < 6:
            # What parts have changed is not in the lines; both ways start from the same lines again.
            session.show(session.parts())
        else:
            session.show(session.same())
            session.show(session.scrolled())
    assert session.sent[1] < session.sent[0]


def _lines(*texts: str, style: str = "white on #101010") -> LayoutUpdate:
    strips = [[Strip([Segment(text.ljust(40), Style.parse(style))])] for text in texts]
    return LayoutUpdate(strips, Region(0, 0, 40, len(texts)))  # type: ignore[arg-type]


def _frame(encoder: Encoder, grid: Grid, update: LayoutUpdate) -> str:
    for x, y, strips in laid(update):
        grid.put(x, y, strips, ColorSystem.TRUECOLOR)
    return encoder.frame(grid, (0, 0))


def test_only_what_changed_is_sent() -> None:
    """One sign costs its sign and two moves; a list that scrolls costs its new line; nothing costs nothing."""
    encoder, grid = Encoder(Abilities(True, True)), Grid(40, 12)
    rows = [f"{number} package number {number * 7919}" for number in range(30)]
    _frame(encoder, grid, _lines(*rows[:12]))
    assert _frame(encoder, grid, _lines(*rows[:12])) == ""
    rows[3] = rows[3].replace("3 package", "X package")
    assert _frame(encoder, grid, _lines(*rows[:12])) == "\x1b[4HX\x1b[H"
    assert len(_frame(encoder, grid, _lines(rows[0], *rows[3:13], rows[11]))) < 140
    encoder.forget()
    assert len(_frame(encoder, grid, _lines(rows[0], *rows[3:13], rows[11]))) > 300


def test_half_a_wide_sign_is_never_left() -> None:
    """Whatever is laid over one half of a wide sign, the other half becomes blank."""
    grid = Grid(6, 1)
    grid.put(0, 0, [Strip([Segment("服务管")])], ColorSystem.TRUECOLOR)
    grid.put(1, 0, [Strip([Segment("x")])], ColorSystem.TRUECOLOR)
    assert grid.signs[0] == [" ", "x", "务", "", "管", ""]
    grid.put(3, 0, [Strip([Segment("系统")])], ColorSystem.TRUECOLOR)
    assert grid.signs[0] == [" ", "x", " ", "系", "", " "]
    assert grid.resized(4, 1).signs[0] == [" ", "x", " ", " "]


def test_what_has_no_cell_is_not_sent() -> None:
    """Control characters are left out; what joins the sign before it stays with that, across segments too."""
    grid = Grid(4, 1)
    grid.put(0, 0, [Strip([Segment("a\x1b]2;"), Segment("\u0301b")])], ColorSystem.TRUECOLOR)
    assert grid.signs[0][:4] == ["a", "]", "2", ";\u0301"]
    grid.put(1, 0, [Strip([Segment("\u0301\u4e2d\u200d\u6587")])], ColorSystem.TRUECOLOR)
    assert grid.signs[0][0] == "a\u0301"


looks = st.builds(
    Look,
    st.frozensets(st.sampled_from([1, 2, 3, 4, 5, 7, 9, 53])),
    st.sampled_from(["", "31", "38;5;9", "38;2;1;2;3"]),
    st.sampled_from(["", "41", "104", "48;5;9", "48;2;4;5;6"]),
    st.just(""),
)


@given(looks, looks)
def test_every_change_of_look_arrives(pen: Look, wanted: Look) -> None:
    """What a terminal makes of the sequence is the look that was wanted, from any pen and from an unknown one."""
    assert _after(pen, change(pen, wanted)) == wanted
    assert _after(pen, change(None, wanted)) == wanted
    assert change(wanted, wanted) == ""
    sgr = ";".join([*map(str, sorted(wanted.on)), *filter(None, (wanted.ink, wanted.paper))])
    assert look(sgr) == wanted


def _after(pen: Look, sequence: str) -> Look:
    """The pen after a sequence, by the rules of ECMA-48."""
    if not sequence:
        return pen
    assert sequence.startswith("\x1b[")
    assert sequence.endswith("m")
    off = {22: {1, 2}, 23: {3}, 24: {4, 21}, 25: {5, 6}, 27: {7}, 28: {8}, 29: {9}, 54: {51, 52}, 55: {53}}
    codes = [int(code or 0) for code in sequence[2:-1].split(";")]
    while codes:
        code = codes[0]
        length = {2: 5, 5: 3}[codes[1]] if code in (38, 48) else 1
        value, codes = ";".join(map(str, codes[:length])), codes[length:]
        if code == 0:
            pen = Look()
        elif code in off:
            pen = pen._replace(on=pen.on - off[code])
        elif code in (39, 49):
            pen = pen._replace(ink="") if code == 39 else pen._replace(paper="")
        elif code == 38 or 30 <= code < 38:
            pen = pen._replace(ink=value)
        elif code == 48 or 40 <= code < 48 or code >= 100:
            pen = pen._replace(paper=value)
        else:
            pen = pen._replace(on=pen.on | {code})
    return pen


columns = st.integers(0, 39)
rows = st.integers(0, 11)


@given(st.tuples(columns, rows), columns, rows, st.booleans())
def test_every_move_arrives(here: tuple[int, int], x: int, y: int, sure: bool) -> None:
    """From anywhere to anywhere, never dearer than an address; from a column that is not sure as well."""
    screen = pyte.Screen(40, 12)
    screen.cursor_position(here[1] + 1, here[0] + 1)
    way = move((here[0] if sure else None, here[1]), x, y)
    pyte.Stream(screen).feed(way)
    assert (screen.cursor.x, screen.cursor.y) == (x, y)
    assert len(way) <= len(f"\x1b[{y + 1};{x + 1}H")
