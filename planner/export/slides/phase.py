"""The slides of one phase: what it is for, what it delivers, when it ends, what may go wrong, who is needed."""

from collections.abc import Sequence
from dataclasses import replace

from planner.export.report.parts import Block, Cell, Figures, Section, Span, Table
from planner.export.slides.cards import Arranged, arranged
from planner.export.slides.deck import Deck
from planner.export.slides.frame import Rect
from planner.export.slides.page import Page
from planner.export.slides.tiles import tiles
from planner.export.slides.words import Para, shortened
from planner.export.theme import ink_on

BAND, TILES, GAP = 24.0, 78.0, 12.0
"""Heights in points: of the band with the name of the phase, of the figures, between two parts."""


def phase(deck: Deck, part: Section, span: Span | None, source: str) -> None:
    """One slide for ``part``; where that leaves something out, a second one."""
    rest = [_by_load(block) for block in part.blocks if not isinstance(block, Figures)]
    page = deck.page(part.lead or part.title, source)
    room = _top(page, part, span)
    found = arranged(rest, room, deck.look.theme)
    if found.whole or len(rest) < 2:
        found.draw(page)
        return
    first, second = _two(rest, room, deck)
    first.draw(page)
    page = deck.page(part.lead or part.title, source, continued=True)
    _band(page, part, span)
    second.draw(page)


def _by_load(block: Block) -> Block:
    """A table of capacity with the highest load first, so that what is left out matters least."""
    shares = (
        [at for at, column in enumerate(block.columns) if column.kind == "share"] if isinstance(block, Table) else []
    )
    if not isinstance(block, Table) or not shares:
        return block
    return replace(block, rows=tuple(sorted(block.rows, key=lambda row: -_number(row[shares[-1]]))))


def _number(cell: Cell) -> float:
    return cell if isinstance(cell, int | float) else 0.0


def _two(blocks: Sequence[Block], room: Rect, deck: Deck) -> tuple[Arranged, Arranged]:
    """``blocks`` on two slides, about half on each, so that all of them fit if that can be."""
    theme, whole = deck.look.theme, deck.body.below(deck.body.y + BAND + GAP)
    ways = sorted(range(1, len(blocks)), key=lambda at: abs(2 * at - len(blocks)))
    made = []
    for at in ways:
        made.append((arranged(blocks[:at], room, theme), arranged(blocks[at:], whole, theme)))
        if all(one.whole for one in made[-1]):
            return made[-1]
    return made[0]


def _top(page: Page, part: Section, span: Span | None) -> Rect:
    """Band and figures; says what room is left."""
    body = page.body
    y = body.y + BAND + GAP
    _band(page, part, span)
    figures = [figure for block in part.blocks if isinstance(block, Figures) for figure in block.figures]
    if figures:
        tiles(page, figures[:6], Rect(body.x, y, body.w, TILES))
        y += TILES + GAP
    return body.below(y)


def _band(page: Page, part: Section, span: Span | None) -> None:
    """The name of the phase on its colour."""
    body, theme = page.body, page.look.theme
    fill = theme.phase(span.number if span else 0)
    name = shortened(part.title, body.w - 20.0, 13.0, 1, True)
    if name != part.title:
        page.note(part.title)
    page.box(
        Rect(body.x, body.y, body.w, BAND),
        part.title,
        fill=fill,
        paras=[Para(name, 13.0, True, ink_on(fill))],
        sides=10.0,
    )
