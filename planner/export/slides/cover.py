"""The title slide and the bottom line."""

from collections.abc import Sequence
from io import BytesIO

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR

from planner.export.report.parts import Block, Bullets, Figures, Paragraph, Report, Section, Span, Timeline
from planner.export.slides.cards import arranged
from planner.export.slides.deck import Deck, fill
from planner.export.slides.frame import Rect, holders
from planner.export.slides.page import Page, label, proportioned
from planner.export.slides.template import place
from planner.export.slides.tiles import tiles
from planner.export.slides.words import LEADING, Para, extent, shortened, write_as_placed
from planner.export.theme import ink_on
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, ngettext

TITLE = (40.0, 36.0, 32.0, 28.0, 24.0, 20.0, 18.0, 16.0)
BELOW = (18.0, 16.0, 14.0, 12.0)
"""Font sizes of the title and of what stands below it, the best first."""

TILES, GAP, FREE = 100.0, 16.0, 60.0
"""Heights in points: of the tiles, between two parts, of the room below in which something more can stand."""

LINE, LOWEST = 46.0, 22.0
"""The height of the line of a phase in points, and the least."""


def cover(deck: Deck, report: Report) -> None:
    """Plan, client, version and day; the logo."""
    page = deck.cover()
    identity = report.identity
    below = [
        one_line(text[:5000])
        for text in (
            identity.client,
            *[line for line in identity.lines if line not in (identity.client, identity.plan)],
        )
    ]
    title = subtitle = None
    for holder in holders(page.slide):
        kind = holder.placeholder_format.type
        if kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE):
            title = holder
        elif subtitle is None and kind in (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY):
            subtitle = holder
        elif kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            holder._element.getparent().remove(holder._element)
    body = deck.body
    rect = place(title) or Rect(body.x, 0.25 * deck.height, body.w, 0.2 * deck.height)
    if title is None:
        title = page.slide.shapes.add_textbox(*rect.lengths)
        label(title, _("Title"))
    if not fill(title, report.title, rect, TITLE, deck.heading, most=4):
        page.note(report.title)
    under = place(subtitle) or Rect(rect.x, rect.bottom + 6.0, rect.w, 0.2 * deck.height)
    if subtitle is None:
        subtitle = page.slide.shapes.add_textbox(*under.lengths)
        label(subtitle, _("Client, version and day"))
    size = next((s for s in BELOW if s * LEADING * len(below) <= under.h - 8.0), BELOW[-1])
    kept = [shortened(text, under.w - 16.0, size, 1) for text in below]
    if kept != below:
        page.note(*below)
    write_as_placed(subtitle.text_frame, [Para(text, size) for text in kept if text], deck.foot)
    _logo(deck, page)


def _logo(deck: Deck, page: Page) -> None:
    logo = deck.handover.theme.logo
    size = proportioned(logo, 0.22 * deck.width, 0.13 * deck.height) if logo else None
    if logo and size:
        at = Rect(deck.body.right - size[0], deck.height * 0.72 - size[1] / 2, *size)
        picture = page.slide.shapes.add_picture(BytesIO(logo), *at.lengths)
        label(picture, _("Logo"), deck.handover.theme.name or _("Logo"))


def bottom_line(deck: Deck, section: Section, line: Timeline | None, goals: dict[int, str], source: str) -> None:
    """The whole plan on one slide: the figures, then the phases in a line each."""
    page = deck.page(section.lead or section.title, source)
    body = page.body
    y = body.y
    figures = [figure for block in section.blocks if isinstance(block, Figures) for figure in block.figures]
    if figures:
        tiles(page, figures[:6], Rect(body.x, y, body.w, TILES))
        y += TILES + GAP
    spans = [span for span in line.phases if span.start and span.finish] if line else []
    rest = [block for block in section.blocks if not isinstance(block, Figures)]
    if not spans:
        arranged(rest, body.below(y), deck.look.theme).draw(page)
        return
    rest = [block for block in rest if not _of_phases(block, spans)]
    most = int((body.bottom - y) / LOWEST)
    shown = spans if len(spans) <= most else spans[: most - 1]
    high = min(LINE, (body.bottom - y) / min(len(spans), most))
    for at, span in enumerate(shown):
        _phase(page, span, goals.get(span.number, ""), Rect(body.x, y + at * high, body.w, high))
    if more := len(spans) - len(shown):
        told = ngettext("and {n} more", "and {n} more", more).format(n=more)
        rect = Rect(body.x, y + len(shown) * high, body.w, high)
        page.text(rect, [Para(told, 11.0, ink=deck.look.theme.grey)], told, anchor=MSO_ANCHOR.MIDDLE)
        page.note(
            *(labelled(f"{span.number}. {span.name}", goals.get(span.number, "")) for span in spans[len(shown) :])
        )
    below = body.below(y + high * min(len(spans), most) + GAP)
    if below.h >= FREE:
        arranged(rest, below, deck.look.theme).draw(page)
    else:
        page.note(*(text for block in rest for text in _texts(block)))


def _phase(page: Page, span: Span, goal: str, rect: Rect) -> None:
    """A phase in a line: its number on its colour, its name, its days, its goal."""
    theme = page.look.theme
    size = 13.0 if rect.h >= 34.0 else 11.0
    rows = 2 if rect.h >= 2 * size * LEADING + 4.0 else 1
    colour = theme.phase(span.number)
    number = Para(str(span.number), size, True, ink_on(colour), align="centre")
    chip = Rect(rect.x, rect.y + 2.0, rect.h - 4.0, rect.h - 4.0)
    page.box(chip, str(span.number), fill=colour, paras=[number], sides=0.0)
    days = _("{start} to {finish}").format(start=span.start, finish=span.finish)
    left, name = chip.right + 12.0, 0.27 * rect.w
    dates = max(0.2 * rect.w, min(extent(days, size - 1.0) + 4.0, 0.27 * rect.w))
    after = left + name + dates + 16.0
    for x, wide, para in (
        (left, name, Para(span.name, size, True)),
        (left + name + 8.0, dates, Para(days, size - 1.0, ink=theme.grey)),
        (after, rect.right - after, Para(goal, size - 1.0)),
    ):
        kept = para.within(wide, rows)
        if kept.text:
            page.text(Rect(x, rect.y, wide, rect.h), [kept], span.name, anchor=MSO_ANCHOR.MIDDLE)
        if kept.text != one_line(para.text):
            page.note(para.text)


def _texts(block: Block) -> Sequence[str]:
    """What a block says, for notes."""
    return block.items if isinstance(block, Bullets) else (block.text,) if isinstance(block, Paragraph) else ()


def _of_phases(block: Block, spans: Sequence[Span]) -> bool:
    """Whether a list tells of the phases, one after the other."""
    items = block.items if isinstance(block, Bullets) else ()
    return len(items) == len(spans) and all(span.name in item for item, span in zip(items, spans, strict=True))
