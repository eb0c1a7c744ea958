"""Gates and other dated points above the bars: marks with labels in as few rows as keep them apart."""

from dataclasses import dataclass
from typing import Literal

from planner.export.chart.axis import Axis
from planner.export.chart.fit import fitted, measured
from planner.export.chart.legend import Sign, marked
from planner.export.chart.scene import PAD, Box, Line, Mark, Shape
from planner.export.report.parts import Stone, Timeline
from planner.export.theme import Theme
from planner.text.i18n import N_, _, listed, ngettext

ROW = 13.0
"""The height of a row of labels in points."""

MARK = 8.0
"""The size of a mark in points."""

WIDEST = 220.0
"""The widest label in points."""

SIZE = 8.0
"""The font size of labels in points."""

GATE, BENEFIT, AS_OF = N_("gate"), "benefit", "as_of"
"""Kinds of points in time that have a sign of their own: the end of a phase, what it is done for, and the known."""


@dataclass(frozen=True, slots=True)
class Stones:
    """Marks and labels, down to ``bottom``, where gates are (``gates``: x and y), and what the marks mean."""

    shapes: tuple[Shape, ...]
    gates: tuple[tuple[float, float], ...]
    bottom: float
    colour: str
    signs: tuple[Sign, ...]

    def lines(self, bottom: float) -> list[Shape]:
        """A fine line down from every gate."""
        return [Line(((x, y), (x, bottom)), self.colour, 0.6, dashed=True) for x, y in self.gates]


def stones(timeline: Timeline, axis: Axis, theme: Theme, top: float, most: int | None) -> Stones:
    """The marks of ``timeline`` below ``top``, in at most so many rows; with None in as many as they need.

    Gates come first, so that they stand in a row; what finds no place is counted in a last line.
    """
    taken: list[list[tuple[float, float]]] = []
    shapes: list[Shape] = []
    gates = []
    left_out = 0
    everything = sorted(timeline.stones, key=lambda stone: (stone.kind != GATE, stone.day, stone.name))
    day = timeline.as_of
    if day is not None and axis.first <= day <= axis.last:
        everything.insert(0, Stone("", _("as of {day}").format(day=day), day, AS_OF))
    for stone in everything:
        x = axis.after(stone.day)
        text = _label(stone, min(WIDEST, (axis.right - axis.left) / 2 - MARK))
        wide = measured(text, SIZE) + 2 * PAD
        half = MARK / 2 + 1.0
        rightward = x - half - wide < axis.left or x + half + wide <= axis.right
        span = (x - half, x + half + wide) if rightward else (x - half - wide, x + half)
        row = _free(taken, span, most)
        if row is None:
            left_out += 1
            continue
        taken[row].append(span)
        y = top + row * ROW + ROW / 2
        title, data = f"{stone.name}\n{stone.day}", {"kind": stone.kind}
        ink = theme.accent if stone.kind == AS_OF else theme.ink
        shapes.append(
            Box(
                x + half if rightward else span[0], y - ROW / 2 + 0.5, wide, ROW - 1.0, fill=theme.paper, text=text,
                ink=ink, size=SIZE, align="left" if rightward else "right", title=title, data=data,
            )
        )  # fmt: skip
        if stone.kind != AS_OF:
            shapes.append(Mark(x, y, MARK, _shape(stone.kind), _colour(stone.kind, theme), stone.id, title, data))
        if stone.kind == GATE:
            gates.append((x, y + MARK / 2))
    bottom = top + len(taken) * ROW
    if left_out:
        text = ngettext("and {n} more date", "and {n} more dates", left_out).format(n=left_out)
        wide = measured(text, SIZE) + 2 * PAD
        shapes.append(Box(axis.left, bottom, wide, ROW, fill=theme.paper, text=text, ink=theme.grey, size=SIZE))
        bottom += ROW
    return Stones(tuple(shapes), tuple(gates), bottom, theme.primary, _signs(timeline, theme))


def _label(stone: Stone, room: float) -> str:
    """The name and the day; the name is shortened, the day is not."""
    if stone.kind == AS_OF:
        return fitted(stone.name, room, SIZE)
    day = f" {stone.day}"
    return fitted(stone.name, max(room - measured(day, SIZE), 3 * SIZE), SIZE) + day


def _signs(timeline: Timeline, theme: Theme) -> tuple[Sign, ...]:
    """Each mark that is used, with the kinds of days it stands for."""
    kinds = dict.fromkeys(stone.kind for stone in sorted(timeline.stones, key=lambda stone: stone.kind != GATE))
    words: dict[str, list[str]] = {}
    for kind in kinds:
        words.setdefault(_shape(kind), []).append(kind)
    return tuple(
        marked(Mark(0.0, 0.0, MARK, _shape(found[0]), _colour(found[0], theme)), _meaning(found))
        for found in words.values()
    )


def _meaning(kinds: list[str]) -> str:
    return listed(_(kind) if kind else _("other date") for kind in kinds)


def _shape(kind: str) -> Literal["diamond", "triangle", "circle"]:
    return "diamond" if kind == GATE else "circle" if kind == BENEFIT else "triangle"


def _colour(kind: str, theme: Theme) -> str:
    return theme.primary if kind == GATE else theme.grey if kind == BENEFIT else theme.accent


def _free(taken: list[list[tuple[float, float]]], span: tuple[float, float], most: int | None) -> int | None:
    """The first row in which ``span`` meets no other; a new one where there may be one more."""
    for row, spans in enumerate(taken):
        if all(span[1] + 2.0 <= start or end + 2.0 <= span[0] for start, end in spans):
            return row
    if most is not None and len(taken) >= most:
        return None
    taken.append([])
    return len(taken) - 1
