"""A graph as it was laid out in cells: a window on the picture that follows the selected box.

Lines are solid for hard links and dashed for soft ones. Where lines cross, the upright one is drawn whole and the level
one passes below it; a branch is a sign with three or four arms. The selected box stands in ``[ ]``; which signs stand
beside others, and which lines stand out, is for the owner to say (:meth:`Graph.mark`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.geometry import Region, Size

from planner.graph.layout.picture import AHEAD, BACK, Cell, Pair, Picture, Spot
from planner.text.i18n import N_
from planner.text.width import cut, width
from planner.tui.glyphs import glyphs
from planner.tui.widgets.lines import WHEEL, Drawn, Piece, Pieces

KEPT = 200
"""So many rows are kept as they were drawn."""

MARGIN = 2
"""Lines that the view keeps around the selected box where it can."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a box says, and how; ``style`` is a name of ``theme.DRAWN``, ``name`` all of what may be cut in ``text``."""

    text: str
    style: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands out: ``beside`` has the signs left and right of boxes, ``lines`` the style of arrows."""

    beside: Mapping[str, tuple[str, str]]
    lines: Mapping[Pair, str]


NOTHING = Picture(0, 0, {}, {}, (), {}, {}, {}, (), ())


class Graph(Drawn, can_focus=True):
    """Draws a :class:`Picture`. ``moved`` is called when another box is selected, before the next frame."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", N_("Up"), id="graph.up", show=False),
        Binding("down,j", "move(1)", N_("Down"), id="graph.down", show=False),
        Binding("left,h", "across(-1)", N_("Left"), id="graph.left", show=False),
        Binding("right,l", "across(1)", N_("Right"), id="graph.right", show=False),
        Binding("pageup", "page(-1)", N_("Page up"), id="graph.page-up", show=False),
        Binding("pagedown", "page(1)", N_("Page down"), id="graph.page-down", show=False),
        Binding("ctrl+u", "page(-0.5)", N_("Half a page up"), id="graph.half-up", show=False),
        Binding("ctrl+d", "page(0.5)", N_("Half a page down"), id="graph.half-down", show=False),
        Binding("home", "jump(0)", N_("First"), id="graph.first", show=False),
        Binding("end", "jump(-1)", N_("Last"), id="graph.last", show=False),
    ]

    def __init__(
        self, moved: Callable[[], None], *, empty: Callable[[int], list[Pieces]], id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.picture = NOTHING
        self.labels: Mapping[str, Label] = {}
        self.titles: Sequence[str] = ()
        """What stands over each column; nothing at all, then there is no such line."""
        self.selected = ""
        self.left = self.top = 0
        self._moved = moved
        self._empty = empty
        self._rows: dict[int, list[str]] = {}
        self._lines: dict[tuple[int, int, int], Mapping[int, Cell]] = {}
        """Cells of lines as they were drawn, by row, first column and width: a move draws many rows again."""
        self._marks = Marks({}, {})
        self._lit: dict[Spot, tuple[str, Pair]] = {}
        """Cells that stand out: how, and because of which arrow."""

    def show(self, picture: Picture, labels: Mapping[str, Label], titles: Sequence[str], selected: str) -> None:
        """Draw ``picture``; ``selected`` stays where it stood on the screen, if it stood there."""
        before = self._spot(self.selected)
        self.picture, self.labels, self.titles = picture, labels, titles
        self._rows, self._lines = {}, {}
        for item, (_x, y) in picture.boxes.items():
            self._rows.setdefault(y, []).append(item)
        self.selected = selected if selected in picture.boxes else next(iter(picture.boxes), "")
        self._marks, self._lit = Marks({}, {}), {}
        now = self._spot(self.selected)
        if before and now:
            self.left = max(0, self.left + now[0] - before[0])
            self.top = max(0, self.top + now[1] - before[1])
        self._follow()
        self.refresh()

    def mark(self, marks: Marks) -> None:
        """Let these boxes and lines stand out; only cells that look otherwise now are drawn again."""
        if marks == self._marks:
            return
        lit: dict[Spot, tuple[str, Pair]] = {}
        for arrow, style in marks.lines.items():
            if arrow in self.picture.corners:
                lit.update(dict.fromkeys(self.picture.cells(arrow), (style, arrow)))
        changed = {spot for spot in lit.keys() | self._lit.keys() if lit.get(spot) != self._lit.get(spot)}
        for item in marks.beside.keys() | self._marks.beside.keys():
            if marks.beside.get(item) != self._marks.beside.get(item):
                changed |= self._ends(item)
        self._marks, self._lit = marks, lit
        self._touch(changed)

    def go(self, item: str) -> None:
        """Select ``item``."""
        if item == self.selected or item not in self.picture.boxes:
            return
        changed = self._ends(self.selected) | self._ends(item)
        self.selected = item
        panned = self._follow()
        self._moved()
        if panned:
            self.refresh()
        else:
            self._touch(changed)

    def copied(self) -> str:
        """What the key for copying takes: the selected box by its full name."""
        return self.labels[self.selected].name if self.selected else ""

    # Where things are

    @property
    def head_height(self) -> int:
        """Lines over the picture."""
        return 1 if self.titles else 0

    @property
    def rows(self) -> int:
        """Lines of the picture that are visible."""
        return max(1, self.size.height - self.head_height)

    @property
    def seen(self) -> tuple[int, int, int, int]:
        """First and last column and line of the picture in view, counted from 1."""
        right = min(self.picture.width, self.left + self.size.width)
        return self.left + 1, right, self.top + 1, min(self.picture.height, self.top + self.rows)

    def _spot(self, item: str) -> Spot | None:
        return self.picture.boxes.get(item)

    def _ends(self, item: str) -> set[Spot]:
        """The first and the last cell of a box."""
        if (spot := self._spot(item)) is None:
            return set()
        return {spot, (spot[0] + self.picture.widths[item] - 1, spot[1])}

    def _touch(self, spots: set[Spot]) -> None:
        """Draw the cells again, by line from the first to the last of them."""
        for y, found in groupby(sorted(spots, key=lambda spot: spot[::-1]), key=lambda spot: spot[1]):
            columns = [x - self.left for x, _y in found]
            first, last = max(0, columns[0]), min(self.size.width - 1, columns[-1])
            if first <= last and 0 <= y - self.top < self.rows:
                self.refresh(Region(first, y - self.top + self.head_height, last - first + 1, 1))

    def _follow(self) -> bool:
        """Move the view so that the selected box is in it; whether it moved.

        Sideways the view moves in steps of columns, so that the one of the box stands in it with those beside it.
        """
        before = self.left, self.top
        spot = self._spot(self.selected)
        if spot and self.size.height:
            x, y = spot
            wide = self.picture.widths[self.selected]
            margin = min(MARGIN, (self.rows - 1) // 2)
            self.top = max(min(self.top, y - margin), y + margin + 1 - self.rows)
            self.top = max(0, min(self.top, self.picture.height - self.rows))
            room = self.size.width
            if x < self.left or x + wide > self.left + room:
                layer = self.picture.layer[self.selected]
                columns = self.picture.columns
                if x < self.left:
                    self.left = columns[max(0, layer - 1)].x
                else:
                    after = columns[min(len(columns) - 1, layer + 1)]
                    self.left = after.x + after.width - room
                self.left = max(min(self.left, x), x + min(wide, room) - room)
            self.left = max(0, min(self.left, self.picture.width - room))
        return (self.left, self.top) != before

    # Drawing

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        if not self.picture.boxes:
            nothing = self._empty(cells)
            return (nothing[y] if y < len(nothing) else ()), ""
        if y < self.head_height:
            return self._title_line(cells), ""
        row = y - self.head_height + self.top
        if row >= self.picture.height:
            return (), ""
        signs, styles = [" "] * cells, [""] * cells
        both = glyphs()
        for x, cell in self._cells(row, cells).items():
            signs[x - self.left] = (both.joints if cell.hard else both.dashed)[cell.sides]
            style, arrow = self._lit.get((x, row), ("dim", ()))
            styles[x - self.left] = style if not cell.upright or cell.source in arrow else "dim"
            if head := self.picture.heads.get((x, row), 0):
                signs[x - self.left] = both.arrow if head & AHEAD else "<"
                if head == AHEAD | BACK and x > self.left:
                    signs[x - self.left - 1] = "<"
        for item in self._rows.get(row, ()):
            self._write_box(item, signs, styles)
        run = 0
        pieces = []
        for style, group in groupby(styles):
            count = len(list(group))
            pieces.append(Piece("".join(signs[run : run + count]), style))
            run += count
        return pieces, ""

    def _cells(self, row: int, cells: int) -> Mapping[int, Cell]:
        """What lines there are in a row, in the columns in view."""
        key = row, self.left, cells
        if key not in self._lines:
            if len(self._lines) > KEPT:
                self._lines.clear()
            self._lines[key] = self.picture.line(row, self.left, self.left + cells)
        return self._lines[key]

    def _write_box(self, item: str, signs: list[str], styles: list[str]) -> None:
        x = self.picture.boxes[item][0] - self.left
        wide = self.picture.widths[item]
        if x + wide <= 0 or x >= len(signs):
            return
        before, after = self._marks.beside.get(item, (" ", " "))
        label = self.labels[item]
        style = label.style
        if item == self.selected:
            before, after = ("[" if before == " " else before), "]"
            style = "here" if self.has_focus else "strong"
        at = x
        for sign in [before, *label.text, after]:
            count = width(sign)
            if count == 2 and (at == -1 or at == len(signs) - 1):
                sign, count, at = " ", 1, max(at, 0)  # half of a wide sign cannot be drawn
            if not count and 0 < at <= len(signs):
                signs[at - 1] += sign  # an accent or the like stands on what is before it
            elif 0 <= at < len(signs):
                signs[at], styles[at] = sign, style
                if count == 2:
                    signs[at + 1], styles[at + 1] = "", style
            at += count

    def _title_line(self, cells: int) -> list[Piece]:
        """The titles over their columns, each cut where the next begins; that of the first in view stays in view."""
        found: list[tuple[int, str]] = []
        for column, title in zip(self.picture.columns, self.titles, strict=True):
            if title and column.x - self.left <= 0:
                found = [(0, title)]
            elif title and column.x - self.left < cells:
                found.append((column.x - self.left, title))
        text = ""
        for (x, title), (end, _next) in zip(found, [*found[1:], (cells, "")], strict=True):
            text += " " * (x - width(text)) + " " + cut(title, end - x - 2)
        return [Piece(text, "head")]

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Follow the selected box before the first frame of a new size."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if changed:
            self._follow()
        return changed

    def on_focus(self) -> None:
        self._touch(self._ends(self.selected))

    on_blur = on_focus

    # Moving

    def action_move(self, step: int) -> None:
        """To the next box above or below in the same column, else to the nearest one further up or down."""
        spot = self._spot(self.selected)
        if spot is None:
            return
        boxes = self.picture.boxes
        further = [item for item, (_x, y) in boxes.items() if (y - spot[1]) * step > 0]
        same = [item for item in further if boxes[item][0] == spot[0]]
        self._nearest(same or further, spot, 1, 4)

    def action_across(self, step: int) -> None:
        """To a box in the next column that way: one that is linked with this, if there is, else the nearest."""
        spot = self._spot(self.selected)
        if spot is None:
            return
        layer = self.picture.layer
        further = [item for item in layer if (layer[item] - layer[self.selected]) * step > 0]
        linked = [item for item in further if (self.selected, item) in self.picture.corners]
        self._nearest(linked or further, spot, 2, 1)

    def _nearest(self, items: Sequence[str], spot: Spot, sideways: int, along: int) -> None:
        """Select the nearest of ``items``; the factors say how much columns and lines count."""
        if items:
            boxes = self.picture.boxes

            def far(item: str) -> tuple[int, int, int]:
                x, y = boxes[item]
                return sideways * abs(x - spot[0]) + along * abs(y - spot[1]), y, x

            self.go(min(items, key=far))

    def action_page(self, pages: float) -> None:
        """As many lines up or down as are in view, in the same column if it goes on there."""
        spot = self._spot(self.selected)
        if spot is not None:
            goal = spot[1] + round(pages * max(2, self.rows - 1))
            column = [item for item, (x, _y) in self.picture.boxes.items() if x == spot[0]]
            self._nearest(column, (spot[0], goal), 1, 1)

    def action_jump(self, column: int) -> None:
        """To the nearest box of the first or the last column."""
        spot = self._spot(self.selected)
        if spot is not None:
            layers = self.picture.layer
            edge = (min if column == 0 else max)(layers.values())
            self._nearest([item for item, layer in layers.items() if layer == edge], spot, 0, 1)

    # What a mouse does; no terminal reports one unless the settings ask for it

    def spots(self) -> list[tuple[int, int]]:
        found = [(x - self.left, y - self.top) for x, y in self.picture.boxes.values()]
        seen = [(x, y) for x, y in found if 0 <= x < self.size.width and 0 <= y < self.rows]
        return [(x, y + self.head_height) for x, y in sorted(seen, key=lambda spot: spot[::-1])]

    def on_click(self, event: Click) -> None:
        self.focus()
        x, y = event.x + self.left, event.y - self.head_height + self.top
        for item in self._rows.get(y, ()):
            if 0 <= x - self.picture.boxes[item][0] < self.picture.widths[item]:
                self.go(item)
                if event.chain == 2:
                    self.app.simulate_key("enter")

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self.action_page(WHEEL / self.rows)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self.action_page(-WHEEL / self.rows)
