"""A picture of plain shapes as shapes of the presentation: boxes with text to be edited, connectors that hold on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape as Drawn
from pptx.util import Pt

from planner.export.chart.scene import PAD, Box, Line, Mark, Scene, Shape
from planner.export.slides.frame import Rect
from planner.export.slides.page import Page, label, paint, unstyled
from planner.export.slides.words import Para
from planner.text.clean import one_line
from planner.text.i18n import _

_MARKS = {"diamond": MSO_SHAPE.DIAMOND, "triangle": MSO_SHAPE.ISOSCELES_TRIANGLE, "circle": MSO_SHAPE.OVAL}
Point = tuple[float, float]

_LEFT, _RIGHT = 1, 3
"""Numbers of the points of a rectangle to which connectors hold on."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a picture comes to stand on a slide: moved and enlarged."""

    x: float
    y: float
    scale: float

    def rect(self, shape: Box) -> Rect:
        """Where a box stands."""
        return Rect(
            self.x + shape.x * self.scale, self.y + shape.y * self.scale, shape.w * self.scale, shape.h * self.scale
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point stands."""
        return self.x + x * self.scale, self.y + y * self.scale


def draw(page: Page, scene: Scene, fit: Fit) -> None:
    """Draw ``scene``: what belongs to one item is a group of its name, decoration is one group behind it all."""
    shapes = list(_merged(scene.shapes))
    if page.look.dark:
        x, y = fit.at(0.0, 0.0)
        light = Rect(x, y, scene.width * fit.scale, scene.height * fit.scale)
        page.box(light, scene.title, fill=page.look.pictures.paper)
    ground = [made for shape in shapes if _decoration(shape) for made in _drawn(page, shape, fit)]
    if ground:
        _group(page, ground, scene.title, scene.description)
    below = page.slide.shapes._spTree[-1]
    items: dict[str, Drawn] = {}
    names: dict[str, str] = {}
    for title, found in groupby((shape for shape in shapes if not _decoration(shape)), key=_title):
        several = []
        for shape in found:
            several += _drawn(page, shape, fit)
            if isinstance(shape, Box) and shape.id:
                items[shape.id], names[shape.id] = several[-1], title
        if len(several) > 1:
            _group(page, several, title, "")
    for line in reversed(scene.shapes):
        if isinstance(line, Line) and line.joins:
            connector = _connect(page, line, fit, items, names)
            if connector is not None:
                below.addnext(connector)


def _merged(shapes: Sequence[Shape]) -> Iterator[Shape]:
    """``shapes`` in which a box and the text that lies exactly on it are one."""
    skip = False
    for shape, after in pairwise((*shapes, None)):
        if skip:
            skip = False
            continue
        if isinstance(shape, Box) and isinstance(after, Box) and not shape.text and shape.fill and _over(shape, after):
            skip = True
            kept = shape.id or after.id
            yield replace(
                after, fill=shape.fill, line=shape.line, round=shape.round, id=kept, title=shape.title or after.title
            )
        elif shape is not None:
            yield shape


def _over(below: Box, above: Box) -> bool:
    same = (below.x, below.y, below.w, below.h) == (above.x, above.y, above.w, above.h)
    return same and bool(above.text) and not above.fill and not above.line


def _decoration(shape: Shape) -> bool:
    """Whether it stands for no item: grounds, axes, grid lines."""
    return shape.joins is None if isinstance(shape, Line) else not shape.title


def _title(shape: Shape) -> str:
    return one_line(shape.title.split("\n", 1)[0]) if isinstance(shape, Box | Mark) else ""


def _group(page: Page, shapes: Sequence[Any], name: str, description: str) -> None:
    label(page.group(shapes), name, description)


def _drawn(page: Page, shape: Shape, fit: Fit) -> list[Any]:
    if isinstance(shape, Box):
        return [_box(page, shape, fit)]
    if isinstance(shape, Mark):
        size = shape.size * fit.scale
        x, y = fit.at(shape.x, shape.y)
        place = Rect(x - size / 2, y - size / 2, size, size)
        made = page.box(place, _title(shape), fill=shape.fill, kind=_MARKS[shape.shape])
        label(made, _title(shape), shape.title)
        return [made]
    if shape.joins is not None:
        return []
    points = [fit.at(*point) for point in shape.points]
    return [_line(page, shape, start, end, MSO_CONNECTOR.STRAIGHT) for start, end in pairwise(points)]


def _box(page: Page, shape: Box, fit: Fit) -> Drawn:
    size = round(shape.size * fit.scale, 1)
    paras = [
        Para(text, size, shape.bold, shape.ink, align=shape.align) for text in shape.text.split("\n") if shape.text
    ]
    name = _title(shape) or shape.text.replace("\n", " ")
    kind = MSO_SHAPE.ROUNDED_RECTANGLE if shape.round else MSO_SHAPE.RECTANGLE
    sides = PAD * fit.scale - 1.0
    made = page.box(fit.rect(shape), name, fill=shape.fill, line=shape.line, paras=paras, kind=kind, sides=sides)
    made.text_frame.word_wrap = False
    if not paras:  # what somebody writes on it later is as large as the rest
        made.text_frame.paragraphs[0]._p.get_or_add_endParaRPr().set("sz", str(round(size * 100)))
    if shape.title:
        label(made, name, shape.title)
    return made


def _line(page: Page, line: Line, start: Point, end: Point, kind: MSO_CONNECTOR) -> Any:
    made = page.slide.shapes.add_connector(kind, Pt(start[0]), Pt(start[1]), Pt(end[0]), Pt(end[1]))
    unstyled(made)
    paint(made, "", line.colour, page.look, line.width)
    if line.dashed:
        made.line.dash_style = MSO_LINE.DASH
    if line.arrow:
        drawn = made.line._get_or_add_ln()
        drawn.append(drawn.makeelement(qn("a:tailEnd"), {"type": "triangle", "w": "sm", "len": "sm"}))
    return made


def _connect(page: Page, line: Line, fit: Fit, drawn: Mapping[str, Drawn], names: Mapping[str, str]) -> Any:
    """A connector that holds on to both of its boxes and follows when one is moved; None where one is not here."""
    assert line.joins is not None
    before, after = line.joins
    if before not in drawn or after not in drawn:
        return None
    start, end = drawn[before], drawn[after]
    ahead = end.left >= start.left + start.width
    behind = end.left + end.width <= start.left
    kind = MSO_CONNECTOR.CURVE if ahead or behind else MSO_CONNECTOR.ELBOW
    made = _line(page, line, fit.at(*line.points[0]), fit.at(*line.points[-1]), kind)
    made.begin_connect(start, _LEFT if behind else _RIGHT)
    made.end_connect(end, _LEFT if ahead else _RIGHT)
    label(made, _("{name} needs {other}").format(name=names[after], other=names[before]))
    if not ahead and not behind:
        _bracket(made, (line.points[1][0] - line.points[0][0]) * fit.scale)
    return made._element


def _bracket(connector: Any, out: float) -> None:
    """Lead a connector between two boxes of one column ``out`` points around their right side.

    That is told as a share of its width, for which it must have one.
    """
    connector.width = Pt(1)
    shape = connector._element.spPr.find(qn("a:prstGeom"))
    values = shape.find(qn("a:avLst"))
    if values is None:
        values = shape.makeelement(qn("a:avLst"), {})
        shape.append(values)
    values.append(values.makeelement(qn("a:gd"), {"name": "adj1", "fmla": f"val {round(out * 100_000)}"}))
