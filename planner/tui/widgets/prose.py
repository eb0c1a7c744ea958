"""Paragraphs to read: wrapped to the width, scrolled by line."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Size

from planner.text.i18n import N_, _
from planner.text.width import fit, width, wrap
from planner.tui.widgets.lines import WHEEL, Drawn, Piece, Pieces

FRAME = 4
"""Lines that the frame, title and keys of a dialog take from the height of the screen."""

_CUT = " ..."


class Prose(Drawn, can_focus=True):
    """Paragraphs, each a piece; one that begins with spaces keeps that indent in its further lines.

    ``hang`` is by how many cells further lines stand more to the right, but those of the first ``flush`` paragraphs.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll(-1)", N_("Up"), id="text.up", show=False),
        Binding("down,j", "scroll(1)", N_("Down"), id="text.down", show=False),
        Binding("pageup", "page(-1)", N_("Page up"), id="text.page-up", show=False),
        Binding("pagedown,space", "page(1)", N_("Page down"), id="text.page-down", show=False),
        Binding("ctrl+u", "page(-0.5)", N_("Half a page up"), id="text.half-up", show=False),
        Binding("ctrl+d", "page(0.5)", N_("Half a page down"), id="text.half-down", show=False),
        Binding("home", "scroll(-100000)", N_("First"), id="text.first", show=False),
        Binding("end", "scroll(100000)", N_("Last"), id="text.last", show=False),
    ]

    def __init__(self, paragraphs: Sequence[Piece], *, id: str | None = None, hang: int = 0, flush: int = 0) -> None:
        super().__init__(id=id)
        self.paragraphs = paragraphs
        self.hang = hang
        self.flush = flush
        self.top = 0
        self._wrapped: tuple[int, list[Piece]] = (-1, [])

    def show(self, paragraphs: Sequence[Piece]) -> None:
        """Show other paragraphs, from their beginning."""
        self.paragraphs = paragraphs
        self.top = 0
        self._wrapped = (-1, [])
        self.refresh(layout=True)

    def lines(self, cells: int) -> list[Piece]:
        """The paragraphs wrapped to ``cells``."""
        if self._wrapped[0] != cells:
            lines = []
            for place, (text, style) in enumerate(self.paragraphs):
                body = text.lstrip(" ")
                indent = len(text) - len(body)
                hang = self.hang if place >= self.flush else 0
                first, *rest = hanging(body, max(8, cells - indent), hang)
                lines.append(Piece(" " * indent + first, style))
                lines += [Piece(" " * (indent + hang) + line, style) for line in rest]
            self._wrapped = (cells, lines)
        return self._wrapped[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(1, min(len(self.lines(width)), viewport.height - FRAME))

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        lines = self.lines(cells)
        height = self.size.height
        if self.can_focus and y == height - 1 and self.top + height < len(lines):
            return [Piece(_("-- more: Down, PgDn --"), "dim")], ""
        return ([lines[self.top + y]], "") if self.top + y < len(lines) else ((), "")

    def on_resize(self, event: Resize) -> None:
        self.action_scroll(0)

    def action_scroll(self, lines: int) -> None:
        last = max(0, len(self.lines(self.size.width)) - self.size.height)
        top = max(0, min(self.top + lines, last))
        if top != self.top:
            self.top = top
            self.refresh()

    def action_page(self, pages: float) -> None:
        self.action_scroll(round(pages * max(2, self.size.height - 2)))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self.action_scroll(WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self.action_scroll(-WHEEL)


class Unread(Prose, can_focus=False):
    """Prose beside something else that has the keyboard; what does not fit is cut and ends with ``...``."""

    def __init__(self, paragraphs: Sequence[Piece] = (Piece(""),), *, id: str | None = None) -> None:
        super().__init__(paragraphs, id=id)

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        if y == self.size.height - 1 and len(self.lines(cells)) > y + 1:
            text, style = self.lines(cells)[y]
            return [Piece(f"{fit(text, min(width(text), cells - len(_CUT)))}{_CUT}", style)], ""
        return super().draw_line(y, cells)


def hanging(text: str, cells: int, hang: int) -> list[str]:
    """``text`` in lines: the first takes ``cells`` cells, the further ones ``hang`` fewer."""
    head = wrap(text, cells)[0]
    rest = text[len(head) :].lstrip(" ") if not text[len(head) :].startswith("\n") else text[len(head) + 1 :]
    return [head, *(wrap(rest, max(8, cells - hang)) if rest else [])]
