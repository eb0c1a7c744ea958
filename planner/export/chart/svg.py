"""A scene as SVG: plain shapes and texts, fonts by name, nothing from outside."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

from planner.export.chart.scene import LEADING, PAD, Box, Line, Mark, Scene
from planner.export.fonts import chinese_signs, families
from planner.export.theme import PLAIN, Theme
from planner.text.clean import clean, one_line

SPACE = "http://www.w3.org/2000/svg"
"""The XML name space of SVG."""

ROUND = 2.0
"""The radius of rounded corners in points."""


def svg(scene: Scene, *, interactive: bool = False, theme: Theme = PLAIN) -> str:
    """``scene`` as an ``<svg>`` element; see :func:`element`."""
    return ET.tostring(element(scene, interactive=interactive, theme=theme), encoding="unicode")


def drawing(scene: Scene, theme: Theme) -> str:
    """``scene`` as an ``<svg>`` element with what is seen alone: for documents that say by themselves what it shows."""
    shapes = (
        replace(shape, joins=None, data={}) if isinstance(shape, Line) else replace(shape, id="", title="", data={})
        for shape in scene.shapes
    )
    return svg(replace(scene, description="", shapes=tuple(shapes)), theme=theme)


def element(scene: Scene, *, interactive: bool = False, theme: Theme = PLAIN) -> ET.Element:
    """``scene`` as an element that can be put into a page or a file.

    Every shape bears what it stands for (``data-id`` and ``data-*``) and says its whole name when pointed at.
    ``interactive``: shapes with an id can be reached by keyboard.
    """
    root = ET.Element(
        "svg",
        {
            "xmlns": SPACE,
            "viewBox": f"0 0 {_n(scene.width)} {_n(scene.height)}",
            "width": _n(scene.width),
            "height": _n(scene.height),
            "role": "group" if interactive else "img",
            "font-family": _listed(families(theme)),
        },
    )
    ET.SubElement(root, "title").text = one_line(scene.title)
    if scene.description:
        ET.SubElement(root, "desc").text = clean(scene.description)
    chinese = _listed(families(theme, chinese=True))
    for shape in scene.shapes:
        if isinstance(shape, Box):
            _box(root, shape, interactive, chinese)
        elif isinstance(shape, Mark):
            _mark(root, shape, interactive)
        else:
            _line(root, shape)
    return root


def _group(root: ET.Element, shape: Box | Mark, interactive: bool) -> ET.Element:
    group = ET.SubElement(root, "g", _data(shape.data))
    if shape.id:
        group.set("data-id", one_line(shape.id))
        if interactive:
            group.set("tabindex", "0")
            group.set("role", "img")
            group.set("aria-label", one_line(shape.title or (shape.text if isinstance(shape, Box) else "")))
    if shape.title:
        ET.SubElement(group, "title").text = clean(shape.title)
    return group


def _box(root: ET.Element, box: Box, interactive: bool, chinese: str) -> None:
    group = _group(root, box, interactive)
    if box.fill or box.line:
        drawn = {"x": _n(box.x), "y": _n(box.y), "width": _n(box.w), "height": _n(box.h)}
        drawn["fill"] = f"#{box.fill}" if box.fill else "none"
        if box.line:
            drawn |= {"stroke": f"#{box.line}", "stroke-width": "0.75"}
        if box.round:
            drawn["rx"] = _n(min(ROUND, box.w / 2))
        ET.SubElement(group, "rect", drawn)
    if not box.text:
        return
    x, anchor = {
        "left": (box.x + PAD, "start"),
        "centre": (box.x + box.w / 2, "middle"),
        "right": (box.x + box.w - PAD, "end"),
    }[box.align]
    told = {"fill": f"#{box.ink}", "font-size": _n(box.size), "text-anchor": anchor}
    if box.bold:
        told["font-weight"] = "bold"
    rows = clean(box.text).split("\n")
    if chinese_signs(box.text):
        told["font-family"] = chinese
    # A line of letters stands on its middle when its base line is about a third of its size below.
    first = box.y + box.h / 2 - (len(rows) - 1) * box.size * LEADING / 2 + box.size * 0.35
    for number, row in enumerate(rows):
        place = {"x": _n(x), "y": _n(first + number * box.size * LEADING)}
        ET.SubElement(group, "text", place | told).text = row


def _mark(root: ET.Element, mark: Mark, interactive: bool) -> None:
    group = _group(root, mark, interactive)
    half = mark.size / 2
    if mark.shape == "circle":
        ET.SubElement(group, "circle", {"cx": _n(mark.x), "cy": _n(mark.y), "r": _n(half), "fill": f"#{mark.fill}"})
        return
    up, down = (mark.x, mark.y - half), mark.y + half
    corners = (
        (up, (mark.x + half, mark.y), (mark.x, down), (mark.x - half, mark.y))
        if mark.shape == "diamond"
        else (up, (mark.x + half, down), (mark.x - half, down))
    )
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)
    ET.SubElement(group, "polygon", {"points": points, "fill": f"#{mark.fill}"})


def _line(root: ET.Element, line: Line) -> None:
    drawn = _data(line.data) | {
        "d": path(line),
        "fill": "none",
        "stroke": f"#{line.colour}",
        "stroke-width": _n(line.width),
    }
    if line.dashed:
        drawn["stroke-dasharray"] = "3 2"
    if line.joins:
        drawn |= {"data-from": one_line(line.joins[0]), "data-to": one_line(line.joins[1])}
    ET.SubElement(root, "path", drawn)
    if line.arrow and len(line.points) > 1:
        (before, _y), (x, y) = line.points[-2:]
        back = -4.5 if x >= before else 4.5
        points = f"{_n(x)},{_n(y)} {_n(x + back)},{_n(y - 2.2)} {_n(x + back)},{_n(y + 2.2)}"
        head = _data(line.data) | {"points": points, "fill": f"#{line.colour}"}
        if line.joins:
            head |= {"data-from": one_line(line.joins[0]), "data-to": one_line(line.joins[1])}
        ET.SubElement(root, "polygon", head)


def path(line: Line) -> str:
    """The path of ``line``: a curved one leaves and reaches every point level."""
    x, y = line.points[0]
    drawn = [f"M{_n(x)} {_n(y)}"]
    for (x1, y1), (x2, y2) in pairwise(line.points):
        if line.curved and y1 != y2:
            half = (x1 + x2) / 2
            drawn.append(f"C{_n(half)} {_n(y1)} {_n(half)} {_n(y2)} {_n(x2)} {_n(y2)}")
        else:
            drawn.append(f"L{_n(x2)} {_n(y2)}")
    return " ".join(drawn)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" if " " in name else name for name in names)


def _data(data: Mapping[str, str]) -> dict[str, str]:
    return {f"data-{key}": one_line(value) for key, value in data.items()}


def _n(value: float) -> str:
    """A figure with two decimals at most, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
