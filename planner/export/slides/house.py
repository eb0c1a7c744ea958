"""The house's own deck: white, a headline above a fine line, the footer below one."""

from io import BytesIO
from typing import Any, cast

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.oxml.shapes.autoshape import CT_Shape
from pptx.oxml.shapes.picture import CT_Picture
from pptx.presentation import Presentation
from pptx.shapes.autoshape import Shape
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Pt

from planner.export.slides.frame import Rect, holders
from planner.export.slides.look import Look, install
from planner.export.slides.page import paint, proportioned, unstyled
from planner.export.slides.template import empty
from planner.export.theme import Theme, ink_on

WIDTH, HEIGHT = 960.0, 540.0
"""A slide in points: 16 to 9."""

TITLE = Rect(40.0, 20.0, 880.0, 58.0)
RULE = Rect(40.0, 81.0, 880.0, 1.5)
PLACE = Rect(40.0, 96.0, 880.0, 396.0)
FOOTER = Rect(40.0, 506.0, 800.0, 22.0)
NUMBER = Rect(850.0, 506.0, 70.0, 22.0)
COVER = Rect(0.0, 0.0, 960.0, 330.0)
"""The coloured part of the title slide."""

RECTANGLE = "rect"
"""What the format calls a rectangle."""

_KEPT = ("Title Slide", "Title and Content", "Title Only")
_SIZES = (16, 14, 13, 12, 12)
"""Font sizes of the five levels of text that somebody may add."""


def house(theme: Theme) -> tuple[Presentation, Look]:
    """A deck without slides in the colours and fonts of ``theme``, and how it looks."""
    deck = pptx.Presentation()
    empty(deck)
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    size = deck.element.find(qn("p:sldSz"))
    size.attrib.pop("type", None)
    master = deck.slide_masters[0]
    for layout in list(master.slide_layouts):
        if layout.name not in _KEPT:
            master.slide_layouts.remove(layout)
    look = install(master, theme)
    _master(master, look)
    for layout in master.slide_layouts:
        _without_date(layout)
        _layout(layout, look)
    return deck, look


def _master(master: SlideMaster, look: Look) -> None:
    _without_date(master)
    places = {
        PP_PLACEHOLDER.TITLE: TITLE,
        PP_PLACEHOLDER.BODY: PLACE,
        PP_PLACEHOLDER.FOOTER: FOOTER,
        PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER,
    }
    for holder in holders(master):
        _put(holder, places[holder.placeholder_format.type])
        frame = holder.text_frame
        frame.margin_left = frame.margin_right = 0
        if holder.placeholder_format.type == PP_PLACEHOLDER.TITLE:
            frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    for kind in ("ftr", "sldNum"):
        style = _level(_holder(master, kind))
        style.set("algn", "l" if kind == "ftr" else "r")
        _letters(style, 850, "tx1")
    styles = master.element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    _letters(title, 2400, "tx2", bold=True)
    for level, points in enumerate(_SIZES, 1):
        _letters(styles.find(qn("p:bodyStyle")).find(qn(f"a:lvl{level}pPr")), points * 100, "tx1")


def _layout(layout: SlideLayout, look: Look) -> None:
    if layout.name == "Title Slide":
        _shape(layout, COVER, "Ground", look.theme.primary, look)
        _shape(layout, Rect(0.0, COVER.bottom, WIDTH, 5.0), "Stripe", look.theme.accent, look)
        title = next(h for h in holders(layout) if h.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE)
        _put(title, Rect(64.0, 96.0, 800.0, 200.0))
        title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        _letters(_level(title.element, "l"), 4000, "bg1" if ink_on(look.theme.primary) == "ffffff" else "tx1")
        below = next(h for h in holders(layout) if h.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE)
        _put(below, Rect(64.0, 356.0, 560.0, 120.0))
        _letters(_level(below.element, "l"), 1800, "tx1")
        return
    _shape(layout, RULE, "Line", look.theme.accent, look)
    if look.theme.logo:
        wide = proportioned(look.theme.logo, 110.0, 34.0)
        if wide:
            _logo(layout, look.theme.logo, Rect(PLACE.right - wide[0], 30.0, *wide))
            for holder in holders(layout):
                if holder.placeholder_format.type == PP_PLACEHOLDER.TITLE:
                    _put(holder, Rect(TITLE.x, TITLE.y, TITLE.w - wide[0] - 24.0, TITLE.h))


def _shape(layout: SlideLayout, rect: Rect, name: str, fill: str, look: Look) -> None:
    """A rectangle behind everything else on a layout, without line or text."""
    tree = layout.shapes._spTree
    x, y, w, h = rect.lengths
    element = CT_Shape.new_autoshape_sp(tree.max_shape_id + 1, name, RECTANGLE, x, y, w, h)
    tree.insert(2, element)
    shape = Shape(element, layout.shapes)
    unstyled(shape)
    paint(shape, fill, "", look)


def _logo(layout: SlideLayout, image: bytes, rect: Rect) -> None:
    _part, ident = layout.part.get_or_add_image_part(BytesIO(image))
    tree, pictures = layout.shapes._spTree, cast(Any, CT_Picture)
    tree.append(pictures.new_pic(tree.max_shape_id + 1, "Logo", "", ident, *rect.lengths))


def _without_date(page: SlideMaster | SlideLayout) -> None:
    """Take the placeholder for today's date from ``page``: the day of the plan stands in the footer."""
    element = _holder(page, "dt")
    element.getparent().remove(element)


def _holder(page: SlideMaster | SlideLayout, kind: str) -> Any:
    return next(h.element for h in holders(page) if h.element.find(f".//{qn('p:ph')}").get("type") == kind)


def _put(holder: Any, rect: Rect) -> None:
    holder.left, holder.top, holder.width, holder.height = rect.lengths


def _level(element: Any, align: str = "") -> Any:
    """The style of the first level of text in a placeholder."""
    styles = element.find(f".//{qn('a:lstStyle')}")
    level = styles.find(qn("a:lvl1pPr"))
    if level is None:
        level = styles.makeelement(qn("a:lvl1pPr"), {})
        styles.append(level)
    if align:
        level.set("algn", align)
    return level


def _letters(level: Any, size: int, slot: str, *, bold: bool = False) -> None:
    """Size (hundredths of a point) and colour of a level of text."""
    run = level.find(qn("a:defRPr"))
    if run is None:
        run = level.makeelement(qn("a:defRPr"), {})
        level.append(run)
    run.set("sz", str(size))
    if bold:
        run.set("b", "1")
    for old in run.findall(qn("a:solidFill")):
        run.remove(old)
    fill = run.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:schemeClr"), {"val": slot}))
    run.insert(0, fill)
