"""The base of everything that shows rows: lines drawn on demand, a cursor, no widget per row.

Text goes to the terminal as segments, so nothing in it can act as markup. What the styles look like stands in
``planner.tui.theme``: as component classes of the stylesheet they would cost each widget ten more nodes to style.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from planner.text.clean import clean
from planner.text.i18n import N_, ngettext
from planner.text.width import cut, width
from planner.tui import theme
from planner.tui.keynames import normal

_BREAKS = {ord("\n"): " ", ord("\t"): " "}


COPIED = 400
"""Cells a row has when it is copied as text."""

WHEEL = 3
"""Rows that one notch of the mouse's wheel moves."""


class Piece(NamedTuple):
    """Text with the name of its style (a key of ``theme.DRAWN``)."""

    text: str
    style: str = ""


Pieces = Sequence[Piece]


class Drawn(Widget):
    """A widget that draws lines of pieces; ``draw_line`` says what stands in each."""

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        """The pieces of line ``y`` of a view ``cells`` wide, and the style of the rest of the line."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        cells = self.size.width
        pieces, rest = self.draw_line(y, cells)
        own = self.visual_style.rich_style  # kept by Textual; ``rich_style`` asks all ancestors for each line
        drawn = theme.LOOKS.get(self.app.theme, theme.DRAWN)
        base = own + drawn[rest]
        segments = [
            Segment(clean(text).translate(_BREAKS), base if rest and style != "here" else own + drawn[style])
            for text, style in pieces
            if text
        ]
        return Strip(segments, sum(width(segment.text) for segment in segments)).adjust_cell_length(cells, base)

    def spots(self) -> list[tuple[int, int]]:
        """Column and line of the first cell of all that a click would choose: jump labels stand there."""
        return []

    def on_click(self, event: Click) -> None:
        """Press the key that stands where the mouse was clicked, or to the left of it."""
        key, right = "", 0
        for text, style in self.draw_line(event.y, self.size.width)[0]:
            key = text.strip() if style == "key" else "" if style == "strong" else key
            right += width(text)
            if event.x < right:
                break
        if key:
            self.app.simulate_key(normal(key))


class Bar(Drawn):
    """One line: pieces on the left, pieces on the right; the left ones are cut when both do not fit."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.left: Pieces = ()
        self.right: Pieces = ()

    def show(self, left: Pieces, right: Pieces = ()) -> None:
        """Draw these pieces from now on."""
        if (list(left), list(right)) != (list(self.left), list(self.right)):
            self.left, self.right = left, right
            self.refresh()

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        if y:
            return (), ""
        right = list(self.right)
        space = cells - sum(width(piece.text) for piece in right)
        return [*fit_pieces(self.left, space), *right], ""


class Block(Drawn):
    """A few lines that change together, each cut where it does not fit; the stylesheet gives the height."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: Sequence[Piece] = ()

    def show(self, lines: Sequence[Piece]) -> None:
        """Draw these lines from now on."""
        if list(lines) != list(self.lines):
            self.lines = lines
            self.refresh()

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        return (fit_pieces([self.lines[y]], cells), "") if y < len(self.lines) else ((), "")


def fit_pieces(pieces: Pieces, cells: int) -> list[Piece]:
    """``pieces`` in exactly ``cells`` cells: the last one that does not fit is cut, or space is added."""
    fitted: list[Piece] = []
    for piece in pieces:
        text = cut(piece.text, cells)
        fitted.append(Piece(text, piece.style))
        cells -= width(text)
        if text != piece.text:
            break
    fitted.append(Piece(" " * max(0, cells)))
    return fitted


class Lines(Drawn, can_focus=True):
    """Rows below fixed head lines, one of them under the cursor.

    Subclasses give ``draw_head`` and ``draw_row`` and call :meth:`rebuild` when their rows change.
    """

    WHOLE_ROW: ClassVar[bool] = True
    """Whether the cursor colours its whole row; else ``draw_row`` says what it colours."""

    tells_more = False
    """Whether the last line is kept, where rows do not fit, to say how many follow, as in dialogs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", N_("Up"), id="list.up", show=False),
        Binding("down,j", "move(1)", N_("Down"), id="list.down", show=False),
        Binding("pageup", "page(-1)", N_("Page up"), id="list.page-up", show=False),
        Binding("pagedown", "page(1)", N_("Page down"), id="list.page-down", show=False),
        Binding("ctrl+u", "page(-0.5)", N_("Half a page up"), id="list.half-up", show=False),
        Binding("ctrl+d", "page(0.5)", N_("Half a page down"), id="list.half-down", show=False),
        Binding("home", "jump(0)", N_("First"), id="list.first", show=False),
        Binding("end", "jump(-1)", N_("Last"), id="list.last", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, lines: "Lines") -> None:
            super().__init__()
            self.lines = lines

        @property
        def control(self) -> "Lines":
            return self.lines

    def __init__(
        self, *, id: str | None = None, lit: bool = False, empty: Callable[[int], list[Pieces]] | None = None
    ) -> None:
        super().__init__(id=id)
        self.count = 0
        self.cursor = 0
        self.top = 0
        self.head_height = 0
        self._last_page = 0
        """How many rows were visible when the view last followed the cursor; 0 before the first time."""
        self.always_lit = lit
        """Whether the cursor shows although the widget has not the focus (a list under a search field)."""
        self.empty = empty
        """Draws, in so many cells, what stands in the place of rows when there are none."""

    # What subclasses say

    def draw_head(self, cells: int) -> list[Pieces]:
        """The lines that stay on top."""
        return []

    def draw_row(self, index: int, cells: int, under_cursor: bool) -> Pieces:
        """One row, in at most ``cells`` cells."""
        raise NotImplementedError

    # State

    def row_text(self, index: int) -> str:
        """A row as text to copy, whatever the width of the screen."""
        return " ".join("".join(piece.text for piece in self.draw_row(index, COPIED, False)).split())

    def rebuild(self, count: int, cursor: int | None = None) -> None:
        """There are ``count`` rows now; the cursor goes to ``cursor``, or stays where it can."""
        self.count = count
        self.cursor = max(0, min(self.cursor if cursor is None else cursor, count - 1))
        self._follow()
        self.refresh()

    def go(self, index: int) -> None:
        """Put the cursor on row ``index`` (the nearest there is)."""
        index = max(0, min(index, self.count - 1))
        if index == self.cursor or not self.count:
            return
        before, self.cursor = self.cursor, index
        if self._follow():
            self.refresh()
        else:
            self._refresh_row(before)
            self._refresh_row(index)
        self.moved()

    def moved(self) -> None:
        """Tell the nearest parent that listens, at once: a message would reach it after the frame with the cursor,
        and what it draws for the new row would take a second one."""
        for parent in self.ancestors:
            follow: Callable[[Lines.Moved], None] | None = getattr(parent, "on_lines_moved", None)
            if follow is not None:
                follow(self.Moved(self))
                return

    @property
    def page(self) -> int:
        """How many rows are visible."""
        room = self.size.height - self.head_height
        return max(1, room - 1 if self.tells_more and self.count > room else room)

    def _refresh_row(self, index: int) -> None:
        self.refresh(Region(0, index - self.top + self.head_height, self.size.width, 1))

    def _follow(self) -> bool:
        """Scroll so that the cursor is visible; whether anything moved.

        When the height has changed the cursor stays at the same share of it: a view laid out too small for a moment
        would otherwise stay scrolled past rows it has room for.
        """
        before = self.top
        if self.size.height:
            self.head_height = len(self.draw_head(self.size.width))
            if self._last_page not in (0, self.page):
                above = max(0, min(self.cursor - self.top, self._last_page - 1))
                rows = self.page - 1
                self.top = self.cursor - (above * rows // (self._last_page - 1) if self._last_page > 1 else rows)
            self._last_page = self.page
            self.top = max(0, min(self.top, self.cursor, self.count - self.page))
            self.top = max(self.top, self.cursor - self.page + 1)
        return self.top != before

    @property
    def lit(self) -> bool:
        """Whether the cursor is drawn."""
        return self.always_lit or self.has_focus

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        head = self.draw_head(cells)
        if y < len(head):
            return head[y], ""
        if not self.count:
            nothing = self.empty(cells) if self.empty else []
            return (nothing[y - len(head)], "") if y - len(head) < len(nothing) else ((), "")
        index = y - len(head) + self.top
        if index >= self.count:
            return (), ""
        if index >= self.top + self.page:
            more = ngettext("-- {n} more: Down --", "-- {n} more: Down, PgDn --", self.count - index)
            return [Piece("  " + more.format(n=self.count - index), "dim")], ""
        here = index == self.cursor and self.lit
        return self.draw_row(index, cells, here), "cursor" if here and self.WHOLE_ROW else ""

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Follow the cursor before the first frame of a new size: ``Resize`` comes after it, and would take another.

        Also where the size is the old one: while it was hidden it had none, and could not follow.
        """
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if self._follow() and not changed:
            self.refresh()
        return changed

    def on_focus(self) -> None:
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        self._refresh_row(self.cursor)

    def action_move(self, step: int) -> None:
        self.go(self.cursor + step)

    def action_page(self, pages: float) -> None:
        self.go(self.cursor + round(pages * max(2, self.page - 1)))

    # What a mouse does; no terminal reports one unless the settings ask for it

    def spots(self) -> list[tuple[int, int]]:
        last = min(self.count, self.top + self.page)
        return [(0, row - self.top + self.head_height) for row in range(self.top, last)]

    def on_click(self, event: Click) -> None:
        index = event.y - self.head_height + self.top
        if event.y >= self.head_height and index < self.count:
            self.focus()
            self.go(index)
            if event.chain == 2:
                self.app.simulate_key("enter")

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self.action_move(WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self.action_move(-WHEEL)

    def action_jump(self, index: int) -> None:
        self.go(index if index >= 0 else self.count - 1)
