"""Lists, paragraphs and small tables beside each other in columns, in the largest font in which all of them fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, combinations, groupby

from planner.export.report.parts import Block, Bullets, Paragraph, Table
from planner.export.slides.frame import Rect
from planner.export.slides.grid import Grid, grid, in_words, put
from planner.export.slides.page import Page
from planner.export.slides.words import Para, height
from planner.export.theme import Theme
from planner.text.clean import one_line
from planner.text.i18n import _, listed, ngettext

SIZES = (14.0, 13.0, 12.0, 11.0, 10.5)
"""Font sizes in points, the best first."""

GAP, BETWEEN, RULE = 14.0, 22.0, 5.0
"""Between two cards, between two columns, between a heading and what stands below it, in points."""

LONG = 8
"""So many items has a list that may be halved."""

MOST = 120
"""So many items or rows are looked at."""

WAYS = ((MOST, 8), (6, 8), (6, 3))
"""How many rows of a table and how many lines of an item there may be: first all of them, then less."""


Kind = Bullets | Paragraph | Table
"""What stands on a card."""


@dataclass(frozen=True)
class Laid:
    """A block laid out ``width`` points wide, its items in ``lines`` lines at most."""

    block: Kind
    width: float
    size: float
    theme: Theme
    lines: int

    @cached_property
    def count(self) -> int:
        """How many items or rows there are."""
        if isinstance(self.block, Bullets):
            return len(self.block.items)
        return len(self.block.rows) if isinstance(self.block, Table) else 1

    @property
    def title(self) -> str:
        """Its heading, if any."""
        return "" if isinstance(self.block, Paragraph) else self.block.title

    @cached_property
    def head(self) -> tuple[Para, ...]:
        """The heading as a paragraph."""
        if not self.title:
            return ()
        return (Para(self.title, self.size, True, self.theme.primary).within(self.width, 2),)

    @cached_property
    def items(self) -> tuple[Para, ...]:
        """Items as paragraphs, the first below the heading."""
        if isinstance(self.block, Bullets):
            items = [Para(item, self.size, bullet=True, gap=3.0) for item in self.block.items[:MOST]]
            made = [item.within(self.width, self.lines) for item in items]
            return (replace(made[0], gap=RULE), *made[1:]) if made and self.head else tuple(made)
        if isinstance(self.block, Paragraph):
            ink = self.theme.primary if self.block.strong else ""
            return (Para(self.block.text, self.size, self.block.strong, ink).within(self.width, 2 * self.lines),)
        return ()

    @cached_property
    def grid(self) -> Grid | None:
        """The table, if it is one."""
        if not isinstance(self.block, Table):
            return None
        return grid(replace(self.block, rows=self.block.rows[:MOST]), self.width, (min(self.size, 11.0), 10.0, 9.0))

    @cached_property
    def tops(self) -> tuple[float, ...]:
        """How high it is with none, one, two of its items or rows."""
        above = height(self.head, self.width)
        if self.grid is not None:
            first = above + (RULE if self.head else 0.0) + self.grid.heights[0]
            return tuple(accumulate(self.grid.heights[1:], initial=first))
        return tuple(accumulate((item.height(self.width) for item in self.items), initial=above))

    @cached_property
    def shortened(self) -> bool:
        """Whether an item or a cell is not told in full."""
        if self.grid is not None:
            return self.grid.shortened
        wholes = self.block.items if isinstance(self.block, Bullets) else [getattr(self.block, "text", "")]
        return any(item.text != one_line(whole) for item, whole in zip(self.items, wholes, strict=False))

    @cached_property
    def whole(self) -> tuple[str, ...]:
        """All that it has to say."""
        head = (self.title,) if self.title else ()
        if isinstance(self.block, Bullets):
            return (*head, *self.block.items)
        if isinstance(self.block, Paragraph):
            return (self.block.text,)
        return (*head, *(in_words(self.block, row) for row in self.block.rows))


@dataclass(frozen=True, slots=True)
class Card:
    """So many items or rows (``shown``) of a block; the others are counted below them."""

    laid: Laid
    shown: int

    @property
    def left_out(self) -> int:
        """How many are not shown."""
        return self.laid.count - self.shown

    @property
    def more(self) -> tuple[Para, ...]:
        """What says how many are left out."""
        text = ngettext("and {n} more", "and {n} more", self.left_out).format(n=self.left_out)
        return (Para(text, self.laid.size - 1.0, ink=self.laid.theme.grey, gap=3.0),) if self.left_out > 0 else ()

    @property
    def height(self) -> float:
        """How high it is in points."""
        return self.laid.tops[self.shown] + height(self.more, self.laid.width)


Columns = tuple[tuple[Card, ...], ...]


@dataclass(frozen=True, slots=True)
class Arranged:
    """Cards in the columns of ``rect``. ``whole``: nothing is left out, but the lower rows of tables."""

    rect: Rect
    columns: Columns
    whole: bool
    left_out: tuple[Laid, ...] = ()

    def draw(self, page: Page) -> None:
        """Draw them; what has no room is in the notes."""
        places = self.rect.columns(len(self.columns), BETWEEN) if self.columns else ()
        for column, place in zip(self.columns, places, strict=True):
            y = place.y
            for table, cards in groupby(column, lambda card: card.laid.grid is not None):
                y = (_tables if table else _texts)(page, tuple(cards), place.below(y))
            for card in column:
                if card.left_out or card.laid.shortened:
                    page.note(*card.laid.whole)
        for laid in self.left_out:
            page.note(*laid.whole)


def arranged(blocks: Sequence[Block], rect: Rect, theme: Theme) -> Arranged:
    """The columns with the largest font in which everything fits; else those of the least, with as much as fits."""
    kept = [block for block in blocks if isinstance(block, Kind)]
    found = _arranged(kept, rect, theme)
    if not found.whole and (halved := _halved(kept)):
        other = _arranged(halved, rect, theme)
        return other if other.whole else found
    return found


def _halved(blocks: Sequence[Kind]) -> list[Kind]:
    """``blocks`` with the longest list in two halves, which may stand beside each other; none where all are short."""
    place = max(range(len(blocks)), key=lambda at: _items(blocks[at]), default=0)
    block = blocks[place] if blocks else None
    if not isinstance(block, Bullets) or len(block.items) < LONG:
        return []
    half = (len(block.items) + 1) // 2
    title = _("{title} (continued)").format(title=block.title) if block.title else ""
    halves = replace(block, items=block.items[:half]), Bullets(block.items[half:], title)
    return [*blocks[:place], *halves, *blocks[place + 1 :]]


def _items(block: Kind) -> int:
    return len(block.items) if isinstance(block, Bullets) else 0


def _arranged(kept: Sequence[Kind], rect: Rect, theme: Theme) -> Arranged:
    numbers = [n for n in (3, 2) if n <= len(kept)] or [1]
    best: Columns = ()
    known: dict[tuple[int, float, int, int], Laid] = {}
    for rows, lines in WAYS if kept else ():
        for size in SIZES:
            for number in numbers:
                width = (rect.w - BETWEEN * (number - 1)) / number
                made = []
                for place, block in enumerate(kept):
                    laid = known.setdefault((place, size, number, lines), Laid(block, width, size, theme, lines))
                    made.append(Card(laid, min(laid.count, rows if isinstance(block, Table) else MOST)))
                if number != numbers[-1] and any(card.laid.grid and card.laid.grid.squeezed for card in made):
                    continue
                best = _split(made, number)
                if _highest(best) <= rect.h:
                    return Arranged(rect, best, True)
    columns = tuple(_reduced(column, rect.h) for column in best)
    here = {id(card.laid) for column in columns for card in column}
    dropped = tuple(card.laid for column in best for card in column if id(card.laid) not in here)
    return Arranged(rect, columns, not kept, dropped)


def _split(cards: Sequence[Card], number: int) -> Columns:
    """``cards`` in order in ``number`` columns, so that the highest is as low as can be."""
    places = combinations(range(1, len(cards)), number - 1)
    ways = (tuple(tuple(cards[a:b]) for a, b in zip((0, *cuts), (*cuts, len(cards)), strict=True)) for cuts in places)
    return min(ways, key=_highest)


def _highest(columns: Iterable[Sequence[Card]]) -> float:
    return max(_high(column) for column in columns)


def _high(column: Sequence[Card]) -> float:
    return sum(card.height for card in column) + GAP * (len(column) - 1)


def _reduced(column: tuple[Card, ...], room: float) -> tuple[Card, ...]:
    """A column with fewer items, always taken from the highest card; cards of one item go last."""
    kept = list(column)
    while kept and _high(kept) > room:
        place = max(range(len(kept)), key=lambda at: (kept[at].shown > 1, kept[at].height))
        if kept[place].shown > 1:
            kept[place] = replace(kept[place], shown=kept[place].shown - 1)
        else:
            kept.pop()
    return tuple(kept)


def _texts(page: Page, cards: Sequence[Card], rect: Rect) -> float:
    """Lists and paragraphs in one frame, so that what follows a text stands below it in any font; says where next."""
    paras: list[Para] = []
    for card in cards:
        own = [*card.laid.head, *card.laid.items[: card.shown], *card.more]
        paras += [replace(own[0], gap=own[0].gap + GAP), *own[1:]] if paras and own else own
    high = _high(cards)
    page.text(Rect(rect.x, rect.y, rect.w, high), paras, listed(card.laid.title for card in cards) or _("Text"))
    return rect.y + high + GAP


def _tables(page: Page, cards: Sequence[Card], rect: Rect) -> float:
    """Tables below each other, each below its heading; says where the next card stands."""
    y = rect.y
    for card in cards:
        laid, name = card.laid, card.laid.title or _("Table")
        assert laid.grid is not None
        above = height(laid.head, laid.width)
        if laid.head:
            page.text(Rect(rect.x, y, rect.w, above), laid.head, name)
            above += RULE
        end = put(page, laid.grid, 0, card.shown, Rect(rect.x, y + above, rect.w, 0.0), name)
        if card.more:
            page.text(Rect(rect.x, end, rect.w, height(card.more, laid.width)), card.more, name)
        y += card.height + GAP
    return y
