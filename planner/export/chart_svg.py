"""The chart of the roadmap alone, as one SVG file: to be put into a document or hung on a wall."""

from xml.etree import ElementTree as ET

from planner.export.chart.fit import fitted, measured
from planner.export.chart.scene import PAD, Box, Scene, Shape, moved
from planner.export.chart.svg import element
from planner.export.chart.timeline import timeline_scene
from planner.export.formats import NoRoadmap
from planner.export.handover import Handover
from planner.export.report.roadmap import timeline
from planner.text.i18n import _, labelled, listed

WIDTH = 1190.55
"""The width of an A3 sheet on its side, in points."""

MARGIN = 28.0
TITLE, SMALL = 18.0, 9.0
"""Font sizes in points."""


def render(handover: Handover) -> bytes:
    """The time line with title, what every page bears, and what its signs mean; as high as it needs to be.

    Raises NoRoadmap where nothing is placed.
    """
    line = timeline(handover)
    if line is None:
        raise NoRoadmap("svg")
    root = element(sheet(handover, timeline_scene(line, handover.theme, WIDTH - 2 * MARGIN)), theme=handover.theme)
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def sheet(handover: Handover, scene: Scene) -> Scene:
    """``scene`` with a heading above it and, below, whatever else a page says."""
    theme, identity = handover.theme, handover.identity
    wide = WIDTH - 2 * MARGIN
    title = handover.project.engagement.name
    top = MARGIN + TITLE * 1.3
    shapes: list[Shape] = [_line(title, MARGIN, TITLE, theme.primary, wide, bold=True)]
    shapes.append(_line(" | ".join(identity.lines), top, SMALL, theme.grey, wide))
    top += SMALL * 1.3 + 12.0
    shapes += (moved(shape, MARGIN, top) for shape in scene.shapes)
    bottom = top + scene.height + 6.0
    told = [theme.footer] if theme.footer else []
    if handover.left_out:
        told.append(labelled(_("This copy is for the client. It goes without"), listed(handover.left_out)))
    for text in told:
        shapes.append(_line(text, bottom, SMALL, theme.grey, wide))
        bottom += SMALL * 1.3
    height = bottom + MARGIN / 2
    ground = Box(0.0, 0.0, WIDTH, height, fill=theme.paper)
    about = "\n".join((" | ".join(identity.lines), scene.description))
    return Scene(WIDTH, height, (ground, *shapes), f"{title}: {scene.title}", about)


def _line(text: str, y: float, size: float, ink: str, wide: float, bold: bool = False) -> Box:
    shown = fitted(text, wide - 2 * PAD, size, bold)
    room = min(measured(shown, size, bold) + 2 * PAD, wide)
    return Box(MARGIN - PAD, y, room, size * 1.3, text=shown, ink=ink, size=size, bold=bold, title=text)
