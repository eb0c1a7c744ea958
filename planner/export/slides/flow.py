"""Any section of the report as slides: its blocks below each other, on as many slides as they are given."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from planner.export.report.cells import read_by_people
from planner.export.report.parts import Block, Bullets, Figures, Paragraph, Section, Table
from planner.export.slides.deck import Deck
from planner.export.slides.frame import Rect
from planner.export.slides.grid import grid, in_words, put
from planner.export.slides.page import Page
from planner.export.slides.tiles import HIGH as TILE
from planner.export.slides.tiles import tiles
from planner.export.slides.words import LEADING, Para, height
from planner.text.i18n import _, labelled, ngettext

SIZE, HEADING, SMALL = 13.0, 13.0, 10.5
"""Font sizes in points: text, headings above a block, notes below one."""

SIZES = (15.0, 14.0, 13.0, 12.0, 11.0, 10.0)
"""Those of a table, the best first."""

LEAST = 11.0
"""A table may be as large as this whatever stands before it."""

GAP = 10.0
"""Between two blocks, in points."""

ITEM = 4
"""The most lines of an item of a list."""


@dataclass
class Flow:
    """Slides of one section: ``y`` is how far down the present one is filled; ``most``: so many slides at most.

    ``largest`` is the largest font of the tables that follow: no larger than that of those before.
    """

    deck: Deck
    headline: str
    source: str
    most: int = 2
    page: Page | None = None
    y: float = 0.0
    used: int = field(default=0)
    largest: float = SIZES[0]

    def room(self) -> float:
        """How much of the present slide is left, in points."""
        return self.deck.body.bottom - self.y if self.page else 0.0

    def turn(self) -> bool:
        """Go on to another slide; False where there may be none."""
        if self.used >= self.most:
            return False
        self.page = self.deck.page(self.headline, self.source, continued=self.used > 0)
        self.used += 1
        self.y = self.deck.body.y
        return True

    def at(self) -> Page:
        """The present slide."""
        if self.page is None:
            self.turn()
        assert self.page is not None
        return self.page

    def more(self, count: int) -> None:
        """Say that ``count`` are not shown."""
        self.say(ngettext("and {n} more", "and {n} more", count).format(n=count))

    def say(self, text: str) -> None:
        """A remark in a line."""
        rect = Rect(self.deck.body.x, self.y, self.deck.body.w, MORE)
        self.at().text(rect, [Para(text, SMALL, ink=self.deck.look.theme.grey)], text)
        self.y += MORE


MORE = SMALL * LEADING + 2.0
"""The height of the line that says how much is left out."""


BELOW = 4.0
"""Between a table and that line, in points."""

FOOT = BELOW + MORE
"""What is kept free below a table."""


def flow(deck: Deck, section: Section, source: str, *, most: int = 2, rows: int | None = None) -> None:
    """The blocks of ``section`` and of its parts on ``most`` slides at most, of each table ``rows`` rows at most."""
    made = Flow(deck, section.lead or section.title, source, most)
    for block in _blocks(section):
        _put(made, block, rows)


def _blocks(section: Section) -> Iterator[Block]:
    yield from section.blocks
    for part in section.parts:
        if part.lead or part.title:
            yield Paragraph(part.title, strong=True)
        yield from _blocks(part)


def _put(made: Flow, block: Block, rows: int | None) -> None:
    if isinstance(block, Figures):
        figures(made, block)
    elif isinstance(block, Paragraph):
        paragraph(made, block)
    elif isinstance(block, Bullets):
        bullets(made, block)
    elif isinstance(block, Table):
        table(made, block, rows)


def figures(made: Flow, block: Figures) -> None:
    """Tiles beside each other."""
    page = made.at()
    if made.room() < TILE and not made.turn():
        page.note(*(labelled(one.label, f"{one.value} {one.note}") for one in block.figures))
        return
    tiles(made.at(), block.figures, Rect(made.deck.body.x, made.y, made.deck.body.w, TILE))
    made.y += TILE + GAP


def paragraph(made: Flow, block: Paragraph) -> None:
    """A paragraph; shortened to what is left where there is no more room, the whole is in the notes."""
    theme, width = made.deck.look.theme, made.deck.body.w
    made.at()
    para = Para(block.text, SIZE + 1.0 if block.strong else SIZE, block.strong, theme.primary if block.strong else "")
    if para.height(width) > made.room() and made.y > made.deck.body.y:
        made.turn()
    most = int(made.room() / (para.size * LEADING))
    kept = para.within(width, most) if most > 0 else None
    if kept is None or kept.text != " ".join(block.text.split()):
        made.at().note(block.text)
    if kept is not None:
        high = kept.height(width)
        made.at().text(Rect(made.deck.body.x, made.y, width, high), [kept], _("Text"))
        made.y += high + GAP


def bullets(made: Flow, block: Bullets) -> None:
    """A list under its heading; items that have no room are counted, and are all in the notes."""
    theme, width = made.deck.look.theme, made.deck.body.w
    made.at()
    items = [Para(item, SIZE, bullet=True, gap=3.0).within(width, ITEM) for item in block.items]
    head = [Para(block.title, HEADING, True, theme.primary)] if block.title else []
    start = 0
    cut = any(item.text != " ".join(whole.split()) for item, whole in zip(items, block.items, strict=True))
    whole = height([*head, *items], width)
    if made.y > made.deck.body.y and made.room() < whole <= made.deck.body.h:
        made.turn()
    while start < len(items):
        used = sum(para.height(width) for para in head)
        end = start
        while end < len(items) and used + items[end].height(width) <= made.room() - (
            MORE if made.used == made.most else 0.0
        ):
            used += items[end].height(width)
            end += 1
        if end > start:
            name = block.title or _("List")
            made.at().text(Rect(made.deck.body.x, made.y, width, used), [*head, *items[start:end]], name)
            made.y += used + GAP
            start = end
            head = []
        if start < len(items) and not made.turn():
            if made.room() >= MORE:
                made.more(len(items) - start)
            cut = True
            break
    if cut:
        made.at().note(*([block.title] if block.title else []), *block.items)


def table(made: Flow, block: Table, most: int | None = None) -> None:
    """A table under its heading, ``most`` rows of it; the rows that have no room are counted."""
    body, theme = made.deck.body, made.deck.look.theme
    if block.detail:
        paragraph(made, Paragraph(_elsewhere(block)))
        return
    block = read_by_people(block)
    rows = block.rows if most is None else block.rows[:most]
    if not rows:
        return
    made.at()
    sizes = [size for size in SIZES if size <= made.largest]
    laid = grid(replace(block, rows=rows[:400]), body.w, sizes, made.room() - FOOT - 24.0)
    made.largest = max(laid.size, LEAST)
    title = Para(block.title, HEADING, True, theme.primary)
    start = 0
    while start < len(laid.rows):
        above = title.height(body.w) + 4.0 if start == 0 and made.y > body.y else 0.0
        end = laid.fitting(start, made.room() - above - FOOT)
        if end == start or (end - start < 2 <= len(laid.rows) - start and made.y > body.y):
            if made.turn():
                end = laid.fitting(start, made.room() - FOOT)
                above = 0.0
            else:
                end = start
        if end == start:
            break
        if above:
            made.at().text(Rect(body.x, made.y, body.w, above), [title], block.title)
        made.y = put(made.at(), laid, start, end, Rect(body.x, made.y + above, body.w, 0.0), block.title) + BELOW
        if laid.shortened or block.note:
            made.at().note(*(in_words(block, row) for row in rows[start:end]), block.note)
        start = end
    left = len(block.rows) - start
    if left > 0 and made.room() >= MORE:
        if start:
            made.more(left)
        else:
            made.say(_elsewhere(block))
    made.y += GAP


def _elsewhere(block: Table) -> str:
    """What stands in place of a table that is not shown."""
    return _("{table}: {n} rows, in the workbook.").format(table=block.title, n=len(block.rows))
