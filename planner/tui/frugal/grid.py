"""A screen as cells: what stands in each, and how it looks."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from unicodedata import east_asian_width

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from planner.tui.frugal.look import key

_JOINER = "\u200d"


class Grid:
    """``height`` lines of ``width`` cells, all blank at first.

    ``signs[y][x]`` is the text of a cell; a wide sign is followed by cells with an empty text. ``looks[y][x]`` is the
    key of a look. Lines are replaced, never changed, so that two grids can share them.
    """

    __slots__ = ("height", "looks", "signs", "width")

    def __init__(self, width: int, height: int, look: str = "") -> None:
        self.width = width
        self.height = height
        signs, looks = [" "] * width, [look] * width
        self.signs: list[list[str]] = [signs] * height
        self.looks: list[list[str]] = [looks] * height

    def resized(self, width: int, height: int) -> "Grid":
        """The same screen cut, or filled up with blanks."""
        grid = Grid(width, height)
        for y in range(min(height, self.height)):
            grid._put(0, y, self.signs[y], self.looks[y])
        return grid

    def put(self, x: int, y: int, strips: Iterable[Strip], colours: ColorSystem) -> None:
        """Lay ``strips`` over line ``y`` from column ``x`` on; what stands out of the grid is cut off."""
        if not 0 <= y < self.height or x >= self.width:
            return
        signs: list[str] = []
        looks: list[str] = []
        before = ""
        for strip in strips:
            for segment in strip:
                joined, cells = _cells(segment)
                if joined and signs:
                    signs[_head(signs, len(signs))] += joined
                elif joined:
                    before += joined
                signs += cells
                looks += [_key(segment.style, colours)] * len(cells)
        if before and x > 0:
            line = self.signs[y][:]
            line[_head(line, x)] += before
            self.signs[y] = line
        self._put(x, y, signs, looks)

    def _put(self, x: int, y: int, signs: list[str], looks: list[str]) -> None:
        end = min(x + len(signs), self.width)
        cut = end - x < len(signs) and not signs[end - x]
        line = self.signs[y][:x] + signs[: end - x] + self.signs[y][end:]
        # What is left of a wide sign that something else was laid over is blank.
        if 0 < x < self.width and not self.signs[y][x]:
            head = _head(line, x)
            line[head:x] = " " * (x - head)
        if cut:
            head = _head(line, end)
            line[head:end] = " " * (end - head)
        right = end
        while right < self.width and not line[right]:
            line[right] = " "
            right += 1
        self.signs[y] = line
        self.looks[y] = self.looks[y][:x] + looks[: end - x] + self.looks[y][end:]


def _head(line: list[str], x: int) -> int:
    """The cell in which the sign before column ``x`` begins."""
    x -= 1
    while x > 0 and not line[x]:
        x -= 1
    return x


def _key(style: Style | None, colours: ColorSystem) -> str:
    """The key of a style, with the codes that Textual itself would send."""
    if style is None:
        return ""
    sgr = style._ansi
    if sgr is None:
        sgr = Strip.render_ansi(style, colours)
    return key(sgr, style.link, style.link_id) if style._link and style.link else sgr


def _cells(segment: Segment) -> tuple[str, Sequence[str]]:
    """The text of a segment by cells, and before it what joins the sign before the segment."""
    text = segment.text
    return ("", text) if text.isascii() and text.isprintable() else _split(text)


@lru_cache(4096)
def _split(text: str) -> tuple[str, tuple[str, ...]]:
    joined = ""
    clusters: list[str] = []
    for sign in text:
        if sign < " " or "\x7f" <= sign < "\xa0":
            continue  # a control character has no cell
        follows = not get_character_cell_size(sign) or (clusters and clusters[-1].endswith(_JOINER))
        if not follows:
            clusters.append(sign)
        elif clusters:
            clusters[-1] += sign
        else:
            joined += sign
    return joined, tuple(cell for cluster in clusters for cell in (cluster, *[""] * (cell_len(cluster) - 1)))


@lru_cache(4096)
def certain(text: str) -> bool:
    """Whether all terminals agree about the width of ``text``: not about emoji, nor about what joins signs to one."""
    for sign in text:
        size, code = get_character_cell_size(sign), ord(sign)
        if size == 0 or (size == 2 and (0x2000 <= code < 0x2E80 or 0x1F000 <= code < 0x20000)):
            return False
    return True


@lru_cache(4096)
def ambiguous(text: str) -> bool:
    """Whether there is a sign in ``text`` that takes two cells in some terminals of East Asia (UAX 11, class A)."""
    return any(east_asian_width(sign) == "A" for sign in text)
