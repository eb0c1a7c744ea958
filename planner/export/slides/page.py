"""One slide and what can be drawn on it."""

from collections.abc import Iterable, Sequence
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.util import Pt

from planner.export.logo import size
from planner.export.slides.frame import Rect
from planner.export.slides.look import Look
from planner.export.slides.words import Para, inset, write
from planner.text.clean import clean_name

LONGEST = 120
"""The longest name of a shape, in signs; the whole is its alternative text."""

TOLD = 4_000
"""The longest alternative text, in signs; what it is about is told in the notes of the slide too."""

CORNER = 3.0
"""How round rounded corners are, in points."""


_STYLE, _EDGE, _NOTHING, _CONNECTOR = qn("p:style"), qn("a:ln"), qn("a:noFill"), qn("p:cxnSp")


class Page:
    """A slide with a headline already on it: ``body`` is where the rest may stand, ``source`` the end of its notes."""

    def __init__(self, slide: Slide, body: Rect, look: Look, source: str) -> None:
        self.slide, self.body, self.look, self.source = slide, body, look, source
        self._notes: list[str] = []
        self._count_ids()

    def text(self, rect: Rect, paras: Sequence[Para], name: str, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP) -> Shape:
        """Paragraphs in a frame of their own."""
        shape = self.slide.shapes.add_textbox(*rect.lengths)
        label(shape, name)
        inset(shape.text_frame, 0.0, 0.0, anchor)
        write(shape.text_frame, paras, self.look)
        return shape

    def box(
        self,
        rect: Rect,
        name: str,
        *,
        fill: str = "",
        line: str = "",
        paras: Sequence[Para] = (),
        kind: MSO_SHAPE = MSO_SHAPE.RECTANGLE,
        anchor: MSO_ANCHOR = MSO_ANCHOR.MIDDLE,
        sides: float = 4.0,
        ends: float = 0.0,
    ) -> Shape:
        """A rectangle, or another ``kind`` of shape, with paragraphs in it if there are any."""
        shape: Shape = self.slide.shapes.add_shape(kind, *rect.lengths)
        label(shape, name)
        if kind is MSO_SHAPE.ROUNDED_RECTANGLE:
            shape.adjustments[0] = min(CORNER / max(min(rect.w, rect.h), 1.0), 0.5)
        unstyled(shape)
        paint(shape, fill, line, self.look)
        inset(shape.text_frame, sides, ends, anchor)
        if paras:
            write(shape.text_frame, paras, self.look)
        return shape

    def group(self, shapes: Sequence[Any]) -> Any:
        """Make one of several shapes."""
        made = self.slide.shapes.add_group_shape(shapes)
        self._count_ids()  # the number of a group is not among those that the library keeps count of
        return made

    def _count_ids(self) -> None:
        """Let the library count the numbers of shapes on, without looking for the highest each time."""
        self.slide.shapes.turbo_add_enabled = True

    def note(self, *texts: str) -> None:
        """Say ``texts`` in the speaker's notes, each as a paragraph; what was said before stands before it."""
        self._notes += [text for text in texts if text]

    def end(self) -> None:
        """Write the notes."""
        said = [*self._notes, self.source] if self.source else self._notes
        if said:
            frame = self.slide.notes_slide.notes_text_frame
            assert frame is not None
            write(frame, [Para(text, 12.0) for text in said], self.look)


def label(shape: Any, name: str, description: str = "") -> None:
    """Name a shape; what it shows, for who cannot see it, is ``description`` or the whole name."""
    whole = clean_name(name)
    shape.name = whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"
    told = clean_name(description[: 2 * TOLD]) or (whole if len(whole) > LONGEST else "")
    if told:
        told = told if len(told) <= TOLD else told[: TOLD - 1] + "…"
        shape._element._nvXxPr.cNvPr.set("descr", told)


def unstyled(shape: Any) -> None:
    """Take the style of the deck's theme from a shape: no shadow, no line, no ink of its own."""
    style = shape._element.find(_STYLE)
    if style is not None:
        shape._element.remove(style)


def paint(shape: Any, fill: str, line: str, look: Look, width: float = 0.75) -> None:
    """Give a new shape a fill and a line of ``width`` points; nothing where a colour is empty."""
    properties = shape._element.spPr
    if shape._element.tag != _CONNECTOR:
        _filled(properties, fill, look)
    edge = properties.makeelement(_EDGE, {"w": str(Pt(width))} if line else {})
    _filled(edge, line, look)
    properties.append(edge)


def _filled(parent: Any, value: str, look: Look) -> None:
    if value:
        look.fill(parent, value)
    else:
        parent.append(parent.makeelement(_NOTHING, {}))


def joined(texts: Iterable[str]) -> str:
    """Texts as one, with a stroke between them."""
    return "  |  ".join(text for text in texts if text)


def proportioned(image: bytes, width: float, height: float) -> tuple[float, float] | None:
    """Width and height of ``image`` so that it fits into ``width`` by ``height`` points; None where it has no size."""
    found = size(image)
    if found is None:
        return None
    scale = min(width / found[0], height / found[1])
    return found[0] * scale, found[1] * scale
