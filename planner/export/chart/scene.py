"""A picture as shapes in points (1/72 inch), the origin top left. Colours are six hexadecimal digits, ``1f3a5f``.

Texts are as the plan has them, except that they were shortened to fit their box; ``title`` then has the whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Align = Literal["left", "centre", "right"]

PAD = 3.0
"""Points between a text and the left and right side of its box."""

LEADING = 1.2
"""The height of a line of text as a share of its font size."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with a text in it, halfway up. ``fill`` and ``line`` may be empty for none.

    A ``text`` of several lines has line feeds between them; nothing else is to be broken or shortened.

    ``id`` is that of what it stands for, empty for decoration; ``title`` is said when somebody points at it and read to
    who cannot see it. ``data`` is for pages that filter (``{"phase": "1", "workstreams": "people tech"}``).
    """

    x: float
    y: float
    w: float
    h: float
    fill: str = ""
    line: str = ""
    text: str = ""
    ink: str = "000000"
    size: float = 9.0
    bold: bool = False
    align: Align = "left"
    round: bool = False
    id: str = ""
    title: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """A small sign on a point in time, its centre at ``x``, ``y``."""

    x: float
    y: float
    size: float
    shape: Literal["diamond", "triangle", "circle"]
    fill: str
    id: str = ""
    title: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A line through ``points``. ``joins``: the ids of the boxes that it leads from and to; ``curved``: softly."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 0.75
    dashed: bool = False
    arrow: bool = False
    curved: bool = False
    joins: tuple[str, str] | None = None
    data: Mapping[str, str] = field(default_factory=dict)


Shape = Box | Mark | Line


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture; ``shapes`` in the order in which they are drawn, ``description`` for who cannot see it."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    description: str = ""


def moved(shape: Shape, x: float, y: float) -> Shape:
    """``shape`` that far to the right and down."""
    if isinstance(shape, Line):
        return replace(shape, points=tuple((at + x, below + y) for at, below in shape.points))
    return replace(shape, x=shape.x + x, y=shape.y + y)
