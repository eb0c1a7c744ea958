"""The line below a picture that says what its signs mean."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from planner.export.chart.fit import fitted, measured
from planner.export.chart.scene import PAD, Box, Line, Mark, Shape, moved

SIZE = 8.0
"""The font size in points."""

HEIGHT = 12.0
"""The height of the line in points."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign as it is drawn at the place 0, 0 (the left edge, halfway up), how wide it is, and what it means."""

    shapes: tuple[Shape, ...]
    wide: float
    text: str


def legend(signs: Iterable[Sign], ink: str, left: float, right: float, y: float) -> list[Shape]:
    """``signs`` in a row from ``left``; those for which there is no room before ``right`` are left out."""
    shapes: list[Shape] = []
    x = left
    for sign in signs:
        gap = 2.0 if sign.wide else 0.0
        wide = measured(sign.text, SIZE) + 2 * PAD
        if x + sign.wide + gap + wide > right:
            text = fitted(sign.text, right - x - sign.wide - gap - 2 * PAD, SIZE)
            if len(text) < 4:
                break
            sign, wide = replace(sign, text=text), right - x - sign.wide - gap
        shapes += (moved(shape, x, y + HEIGHT / 2) for shape in sign.shapes)
        shapes.append(Box(x + sign.wide + gap, y, wide, HEIGHT, text=sign.text, ink=ink, size=SIZE))
        x += sign.wide + gap + wide + 5.0
    return shapes


def marked(mark: Mark, text: str) -> Sign:
    """A mark as a sign."""
    return Sign((replace(mark, x=mark.size / 2, y=0.0, id="", title="", data={}),), mark.size, text)


def filled(fill: str, text: str, figure: str = "", ink: str = "000000") -> Sign:
    """A small box as a sign, perhaps with a figure in it."""
    box = Box(0.0, -5.0, 16.0, 10.0, fill=fill, text=figure, ink=ink, size=SIZE, align="centre")
    return Sign((box,), box.w, text)


def drawn(line: Line, text: str) -> Sign:
    """A line as a sign."""
    level = replace(line, points=((0.0, 0.0), (24.0, 0.0)), curved=False, joins=None, data={})
    return Sign((level,), 24.0, text)


def worded(text: str) -> Sign:
    """Words alone."""
    return Sign((), 0.0, text)
