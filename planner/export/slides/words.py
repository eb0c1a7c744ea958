"""Texts of a slide: paragraphs of a chosen size, measured before they are set."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.text.text import TextFrame
from pptx.util import Pt

from planner.export.chart.fit import lines, measured
from planner.export.chart.scene import Align
from planner.export.fonts import chinese_signs
from planner.export.slides.look import BODY, Look
from planner.text.clean import clean, one_line

LEADING = 1.25
"""The height of a line as a share of the font size; set as a fixed one, so that no font changes the layout."""

INDENT = 12.0
"""How far the text of a bullet stands in, in points."""

MOST, SIGNS = 100, 400
"""More lines than any slide has, and more signs than any line has."""

MIXED = 0.93
"""What remains of a line for Chinese signs: office programs put room between them and others."""

_ALIGN = {"left": "l", "centre": "ctr", "right": "r"}
_LINE, _BEFORE, _AFTER, _POINTS = (qn(f"a:{name}") for name in ("lnSpc", "spcBef", "spcAft", "spcPts"))
_BULLET_FONT, _BULLET, _NO_BULLET = (qn(f"a:{name}") for name in ("buFont", "buChar", "buNone"))
_RUN, _PROPERTIES, _TEXT, _BREAK = (qn(f"a:{name}") for name in ("r", "rPr", "t", "br"))
_FACES = (qn("a:latin"), qn("a:ea"))


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. ``ink`` empty: the ink of the theme; ``gap``: points above it."""

    text: str
    size: float = 13.0
    bold: bool = False
    ink: str = ""
    bullet: bool = False
    align: Align = "left"
    gap: float = 0.0

    def lines(self, width: float) -> int:
        """How many lines it takes in a text ``width`` points wide."""
        return max(count(self.text, width - (INDENT if self.bullet else 0.0), self.size, self.bold), 1)

    def height(self, width: float) -> float:
        """How high it is, the gap above included."""
        return self.gap + self.lines(width) * self.size * LEADING

    def within(self, width: float, most: int) -> "Para":
        """The same, shortened to ``most`` lines."""
        room = width - (INDENT if self.bullet else 0.0)
        return replace(self, text=shortened(self.text, room, self.size, most, self.bold))


def height(paras: Iterable[Para], width: float) -> float:
    """How high paragraphs below each other are."""
    return sum(para.height(width) for para in paras)


def extent(text: str, size: float, bold: bool = False) -> float:
    """How wide ``text`` is on one line, in points."""
    return measured(text, size, bold) / (MIXED if chinese_signs(text) else 1.0)


def count(text: str, width: float, size: float, bold: bool = False, most: int = MOST) -> int:
    """How many lines ``text`` takes; ``most`` where it takes more."""
    found = 0
    for part in clean(text[: SIGNS * most]).split("\n"):
        found += wrapped(part, width, size, most - found, bold)[1] or 1
        if found >= most:
            break
    return min(found, most)


def shortened(text: str, width: float, size: float, most: int, bold: bool = False) -> str:
    """``text`` as one paragraph of at most ``most`` lines, shortened with an ellipsis where it has more."""
    return wrapped(text[: SIGNS * (most + 1)], width, size, most, bold)[0]


@lru_cache(maxsize=8192)
def wrapped(text: str, width: float, size: float, most: int, bold: bool = False) -> tuple[str, int]:
    """``text`` as one paragraph of at most ``most`` lines, and how many lines it takes."""
    rest = one_line(text)
    room = width * MIXED if chinese_signs(rest) else width
    found = lines(rest, room, size, most, bold)
    made = ""
    for line in found:
        made += " " + line if made and rest.startswith(" ") else line
        rest = rest.lstrip()[len(line) :]
    return made, len(found)


def write(frame: TextFrame, paras: Sequence[Para], look: Look) -> None:
    """Set ``paras`` in ``frame``, in place of what is there, with wrapping and without any fitting by the reader."""
    for element, para in _paragraphs(frame, paras):
        shape = element.get_or_add_pPr()
        indent = Pt(INDENT) if para.bullet else 0
        for name, value in (("marL", str(indent)), ("indent", str(-indent)), ("algn", _ALIGN[para.align])):
            shape.set(name, value)
        _points(shape, _LINE, para.size * LEADING)
        _points(shape, _BEFORE, para.gap)
        _points(shape, _AFTER, 0.0)
        if para.bullet:
            shape.append(shape.makeelement(_BULLET_FONT, {"typeface": "Arial"}))
            shape.append(shape.makeelement(_BULLET, {"char": "\u2022"}))
        else:
            shape.append(shape.makeelement(_NO_BULLET, {}))
        for run in _runs(element, para):
            run.set("b", "1" if para.bold else "0")
            look.fill(run, para.ink or look.theme.ink)
            typefaces(run, BODY)


def write_as_placed(frame: TextFrame, paras: Sequence[Para], fonts: tuple[str, str] | None) -> None:
    """The same in a place of the layout, which says how it looks; ``paras`` say the size alone."""
    for element, para in _paragraphs(frame, paras):
        _points(element.get_or_add_pPr(), _LINE, para.size * LEADING)
        for run in _runs(element, para):
            if fonts:
                typefaces(run, fonts)


def _paragraphs(frame: Any, paras: Sequence[Para]) -> Iterator[tuple[Any, Para]]:
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    body = frame._txBody
    for place, para in enumerate(paras):
        yield body.p_lst[0] if place == 0 else body.add_p(), para


def _points(shape: Any, kind: str, points: float) -> None:
    """A distance between lines or paragraphs."""
    distance = shape.makeelement(kind, {})
    distance.append(distance.makeelement(_POINTS, {"val": str(round(points * 100))}))
    shape.append(distance)


def _runs(element: Any, para: Para) -> Iterator[Any]:
    """The properties of each run of a paragraph, a run for each line of its text."""
    for place, part in enumerate(clean(para.text).split("\n")):
        if place:
            element.append(element.makeelement(_BREAK, {}))
        run = element.makeelement(_RUN, {})
        properties = run.makeelement(_PROPERTIES, {"sz": str(round(para.size * 100))})
        speak(properties, part)
        words = run.makeelement(_TEXT, {})
        words.text = part
        run.extend((properties, words))
        element.append(run)
        yield properties


def inset(frame: TextFrame, sides: float, ends: float, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP) -> None:
    """The room between a text and its frame: points left and right, above and below."""
    frame.margin_left = frame.margin_right = Pt(sides)
    frame.margin_top = frame.margin_bottom = Pt(ends)
    frame.vertical_anchor = anchor


def speak(properties: Any, text: str) -> None:
    """Say of a run in which language ``text`` is."""
    chinese = chinese_signs(text)
    properties.set("lang", "zh-CN" if chinese else "en-GB")
    properties.set("altLang", "en-GB" if chinese else "zh-CN")


def typefaces(properties: Any, fonts: tuple[str, str]) -> None:
    """Say of a run with which fonts its latin and its East Asian letters are written."""
    for kind, font in zip(_FACES, fonts, strict=True):
        properties.append(properties.makeelement(kind, {"typeface": font}))
