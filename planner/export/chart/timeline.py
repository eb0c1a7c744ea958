"""The roadmap in time: an axis, dated points above, and below it a band for each phase with a row for each bar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.export.chart.axis import Axis
from planner.export.chart.colour import darker, inked, paler
from planner.export.chart.fit import fitted, measured
from planner.export.chart.legend import HEIGHT as LINE
from planner.export.chart.legend import Sign, legend, worded
from planner.export.chart.rows import Rows, shared
from planner.export.chart.scene import PAD, Align, Box, Line, Scene, Shape
from planner.export.chart.stones import stones
from planner.export.chart.streams import letters, meanings
from planner.export.report.parts import Bar, Span, Timeline
from planner.export.theme import Theme, ink_on
from planner.export.words import percent
from planner.text.i18n import _, labelled, listed, ngettext

AXIS = 14.0
"""The height of each of the two rows of the axis, in points."""

HEAD = 19.0
"""The height of a phase's heading."""

GAP = 5.0
"""Between two phases."""

FOOT = 18.0
"""The height of the line that explains the signs."""

NAME = 420.0
"""As much of a name as is ever written, in points."""

EDGE = 4.0
"""Left free on both sides of the axis."""


def timeline_scene(timeline: Timeline, theme: Theme, width: float, height: float | None = None) -> Scene:
    """``timeline`` in a picture ``width`` points wide.

    Without ``height`` it is as high as its rows need. Otherwise rows become lower first; then each phase shows its
    first bars only, and a last line says how many are left out.
    """
    return _drawn(timeline, theme, width, height, None if height is None else max(int(height / 100), 1))[0]


def compact_scene(timeline: Timeline, theme: Theme, width: float, height: float) -> Scene | None:
    """The whole of ``timeline``, its rows as low as they need to be; None where ``height`` is too little even so."""
    scene, left_out = _drawn(timeline, theme, width, height, None)
    return None if left_out or scene.height > height else scene


def _drawn(
    timeline: Timeline, theme: Theme, width: float, height: float | None, dates: int | None
) -> tuple[Scene, int]:
    """The picture with no more than ``dates`` rows of dated points, and how many bars are left out."""
    axis = Axis.of(timeline.first, timeline.last, EDGE, width - EDGE)
    marks = stones(timeline, axis, theme, 2 * AXIS + 3.0, dates)
    top = marks.bottom + 4.0
    phases = _phases(timeline)
    room = None if height is None else height - top - FOOT - len(phases) * (HEAD + GAP)
    rows = shared([len(bars) for _span, bars in phases], room)
    plan = _Drawing(timeline, theme, axis, rows, letters(bar.workstreams for bar in timeline.bars))
    grounds: list[Shape] = []
    over: list[Shape] = []
    y = top
    for (span, found), shown in zip(phases, rows.shown, strict=True):
        below = y + HEAD + shown * rows.height
        grounds += plan.ground(span, y, below)
        over += plan.head(span, y)
        for place, bar in enumerate(found[:shown]):
            over += plan.bar(bar, y + HEAD + place * rows.height)
        y = below + GAP
    bottom = y - GAP + 2.0
    lines = (*plan.grid(bottom), *marks.lines(bottom), *plan.today(bottom))
    foot = plan.foot(marks.signs, width, bottom + 3.0)
    shapes = (*grounds, *lines, *marks.shapes, *over, *foot)
    return Scene(width, bottom + FOOT, shapes, timeline.title, _told(timeline)), rows.left_out


def _phases(timeline: Timeline) -> list[tuple[Span | None, list[Bar]]]:
    """Every phase with its bars in order of start; last, under None, those of no phase."""
    of: dict[int, list[Bar]] = {}
    for bar in sorted(timeline.bars, key=lambda bar: (bar.start, bar.finish)):
        of.setdefault(bar.phase, []).append(bar)
    known: list[tuple[Span | None, list[Bar]]] = [(span, of.pop(span.number, [])) for span in timeline.phases]
    rest = [bar for bars in of.values() for bar in bars]
    return [*known, (None, rest)] if rest else known


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What every part of the picture is drawn with."""

    timeline: Timeline
    theme: Theme
    axis: Axis
    rows: Rows
    letters: Mapping[str, str]

    def ground(self, span: Span | None, y: float, below: float) -> list[Shape]:
        """What a phase stands on: its colour at the left edge, pale all along."""
        left, wide = self.axis.left - EDGE, self.axis.right - self.axis.left + 2 * EDGE
        number = span.number if span else 0
        data = {"phase": str(number)}
        ground = Box(left, y, wide, below - y, fill=_pale(self.theme.phase(number)), data=data)
        return [ground, Box(left, y, 3.0, below - y, fill=self.theme.phase(number), data=data)]

    def head(self, span: Span | None, y: float) -> list[Shape]:
        """Number, name and days of a phase, and a thin line where it lasts."""
        theme, axis = self.theme, self.axis
        left, wide = axis.left, axis.right - axis.left
        number = span.number if span else 0
        colour, data = theme.phase(number), {"phase": str(number)}
        whole = f"{span.number} {span.name}" if span else _("No phase")
        name = fitted(whole, 0.6 * wide, 10.0, bold=True)
        taken = measured(name, 10.0, bold=True) + 2 * PAD
        shapes: list[Shape] = [
            Box(
                left, y + 1.0, taken, HEAD - 5.5, fill=_pale(colour), text=name, bold=True,
                ink=inked(colour, _pale(colour)), size=10.0, id=span.id if span else "", title=whole, data=data,
            )
        ]  # fmt: skip
        if span is None:
            return shapes
        days = fitted(_dates(span), wide - taken - 2 * PAD, 8.5)
        if days:
            room = measured(days, 8.5) + 2 * PAD
            told = Box(left + taken, y + 1.0, room, HEAD - 5.5, fill=_pale(colour), text=days, ink=theme.ink, size=8.5)
            shapes.append(replace(told, data=data))
        if span.start and span.finish:
            start = axis.at(span.start)
            lasts = max(axis.after(span.finish) - start, 1.0)
            shapes.append(Box(start, y + HEAD - 4.0, lasts, 2.0, fill=colour, data=data))
        return shapes

    def bar(self, bar: Bar, y: float) -> list[Shape]:
        """A bar with its name in it, or beside it where it is too short."""
        axis, theme = self.axis, self.theme
        height, size = self.rows.height - 3.0, self.rows.size
        left = axis.at(bar.start)
        wide = max(axis.after(bar.finish) - left, 2.0)
        left = min(left, axis.right - wide)
        colour = theme.phase(bar.phase)
        inside = ink_on(colour)
        # White letters are read on a darker ground as well, black ones only on a paler one.
        open_, done = (colour, darker(colour, 0.45)) if inside == "ffffff" else (paler(colour, 0.45), colour)
        data = {"phase": str(bar.phase), "workstreams": " ".join(bar.workstreams)}
        title = "\n".join((bar.name, *bar.detail))
        shapes: list[Shape] = [Box(left, y, wide, height, fill=open_, round=True, id=bar.id, title=title, data=data)]
        if bar.done > 0:
            part = max(wide * min(bar.done, 1.0), 1.0)
            shapes.append(Box(left, y, part, height, fill=done, round=True, data=data))
        text, x, room, align = self._place(bar, left, wide)
        outside = x != left
        label = Box(
            x, y, room, height, fill=_pale(colour) if outside else "", text=text, ink=theme.ink if outside else inside,
            size=size, align=align, title=title, data=data,
        )  # fmt: skip
        return [*shapes, label] if text else shapes

    def _place(self, bar: Bar, left: float, wide: float) -> tuple[str, float, float, Align]:
        """The text of a bar, and where it stands: in it, else on its right, else on its left, else shortened."""
        size, tail = self.rows.size, self._tail(bar)
        whole = fitted(bar.name, NAME, size) + tail
        need = measured(whole, size) + 2 * PAD
        if need <= wide:
            return whole, left, wide, "left"
        right, before = self.axis.right + EDGE - (left + wide), left - self.axis.left
        room = max(right, before, wide) if max(right, before) < need else need
        text = self._short(bar, tail, room)
        need = min(measured(text, size) + 2 * PAD, room)
        if right >= room:
            return text, left + wide, need, "left"
        if before >= room:
            return text, left - need, need, "right"
        return text, left, wide, "left"

    def _tail(self, bar: Bar) -> str:
        """What follows the name: letters of workstreams unless it is all of them, and how far it is."""
        every = len(bar.workstreams) == len(self.letters)
        marks = "" if every else " ".join(self.letters[stream] for stream in bar.workstreams)
        done = percent(bar.done) if bar.done > 0 else ""
        return (f" [{marks}]" if marks else "") + (f", {done}" if done else "")

    def _short(self, bar: Bar, tail: str, room: float) -> str:
        """Name and what follows it; the name is shortened, the rest is kept if there is room for both."""
        size = self.rows.size
        room -= 2 * PAD
        rest = room - measured(tail, size)
        if rest >= 4 * size:
            return fitted(bar.name, min(rest, NAME), size) + tail
        return fitted(bar.name, room, size)

    def grid(self, bottom: float) -> list[Shape]:
        """Years and quarters or months above, a fine line for each below."""
        theme, axis = self.theme, self.axis
        fine = axis.finest(8.0)
        shapes: list[Shape] = []
        for tick in axis.ticks(max(fine, 12)):
            wide = tick.end - tick.start
            text = fitted(tick.text, wide - 2 * PAD, 9.0, bold=True)
            text = text if text == tick.text else ""
            shapes.append(
                Box(
                    tick.start,
                    0.0,
                    wide,
                    AXIS - 1,
                    fill=theme.primary,
                    text=text,
                    ink=ink_on(theme.primary),
                    size=9.0,
                    bold=True,
                )
            )
        for tick in axis.ticks(fine) if fine < 12 else ():
            wide = tick.end - tick.start
            text = fitted(tick.text, wide - 2 * PAD, 8.0)
            shapes.append(
                Box(
                    tick.start, AXIS, wide, AXIS - 1, fill=theme.pale, ink=theme.ink, size=8.0, align="centre",
                    text=text if text == tick.text else "",
                )
            )  # fmt: skip
        for tick in axis.ticks(fine)[1:]:
            shapes.append(Line(((tick.start, 2 * AXIS), (tick.start, bottom)), paler(theme.grey, 0.75), 0.4))
        return shapes

    def today(self, bottom: float) -> list[Shape]:
        """A line through the day up to which the plan is known, if the axis has it."""
        day = self.timeline.as_of
        if day is None or not self.axis.first <= day <= self.axis.last:
            return []
        x = self.axis.after(day)
        return [Line(((x, 2 * AXIS), (x, bottom)), self.theme.accent, 1.2, dashed=True)]

    def foot(self, signs: Sequence[Sign], width: float, y: float) -> list[Shape]:
        """How much is left out, and what the signs mean."""
        theme, more = self.theme, self.rows.left_out
        shapes: list[Shape] = []
        x = 0.0
        if more:
            note = fitted(
                ngettext("and {n} more", "and {n} more", more).format(n=more), width - 2 * PAD, 8.5, bold=True
            )
            x = measured(note, 8.5, bold=True) + 2 * PAD
            shapes.append(Box(0.0, y, x, LINE, text=note, ink=theme.ink, size=8.5, bold=True))
        told = [*signs]
        if any(bar.done > 0 for bar in self.timeline.bars):
            dark = darker(theme.grey, 0.45)
            told.append(
                Sign(
                    (Box(0.0, -4.0, 10.0, 8.0, fill=dark), Box(10.0, -4.0, 10.0, 8.0, fill=theme.grey)),
                    20.0,
                    _("dark: done"),
                )
            )
        if len(self.letters) > 1:
            told.append(worded(listed((meanings(self.letters), _("without letters: all of them")))))
        return [*shapes, *legend(told, theme.grey, x, width, y)]


def _pale(colour: str) -> str:
    return paler(colour, 0.93)


def _dates(span: Span) -> str:
    if span.start is None or span.finish is None:
        return _("no dates yet")
    return _("{start} to {finish}").format(start=span.start, finish=span.finish)


def _told(timeline: Timeline) -> str:
    """The picture in words."""
    parts = []
    for span, bars in _phases(timeline):
        if span is not None:
            days = f"{span.number} {span.name} ({_dates(span)})"
            names = [
                _("{name} ({start} to {finish})").format(name=bar.name, start=bar.start, finish=bar.finish)
                for bar in bars
            ]
            parts.append(labelled(days, listed(names)) if names else days)
    dated = [labelled(str(stone.day), stone.name) for stone in timeline.stones]
    return "\n".join([*parts, *dated])
