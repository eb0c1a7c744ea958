"""A picture that is higher than a page, as several that are not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.export.chart.heat import heat_scene
from planner.export.chart.scene import Scene
from planner.export.chart.stones import GATE
from planner.export.chart.timeline import compact_scene, timeline_scene
from planner.export.report.parts import Bar, HeatMap, Span, Timeline
from planner.export.theme import Theme

_LEAST = 4
"""Bars or rows that a sheet holds at least, however low it is."""


def timeline_sheets(timeline: Timeline, theme: Theme, width: float, height: float) -> tuple[Scene, ...]:
    """The time line on sheets ``height`` points high, each with whole phases as far as they fit.

    All have the same axis. Dates other than gates stand on the first one.
    """
    whole = _whole(timeline, theme, width, height)
    if whole is not None:
        return (whole,)
    parts = _parts(timeline, theme, width, height)
    return tuple(_whole(part, theme, width, height) or timeline_scene(part, theme, width, height) for part in parts)


def _whole(timeline: Timeline, theme: Theme, width: float, height: float) -> Scene | None:
    """All of it on one sheet, its rows lower than usual if need be; None where it does not fit."""
    scene = timeline_scene(timeline, theme, width)
    return scene if scene.height <= height else compact_scene(timeline, theme, width, height)


def _parts(timeline: Timeline, theme: Theme, width: float, height: float) -> Iterator[Timeline]:
    gates = [stone for stone in timeline.stones if stone.kind == GATE]
    phases: list[Span] = []
    bars: list[Bar] = []
    first = True

    def drawn(spans: Sequence[Span], here: Sequence[Bar]) -> Timeline:
        ends = {span.finish for span in spans}
        own = timeline.stones if first else tuple(stone for stone in gates if stone.day in ends)
        return replace(timeline, phases=tuple(spans), bars=tuple(here), stones=own)

    def fits(spans: Sequence[Span], here: Sequence[Bar]) -> bool:
        return compact_scene(drawn(spans, here), theme, width, height) is not None

    for span in timeline.phases:
        rest = [bar for bar in timeline.bars if bar.phase == span.number]
        if phases and not fits([*phases, span], [*bars, *rest]):
            yield drawn(phases, bars)
            phases, bars, first = [], [], False
        phases.append(span)
        while not fits(phases, [*bars, *rest]) and len(rest) > _LEAST:
            low, high = _LEAST, len(rest) - 1
            while low < high:
                middle = (low + high + 1) // 2
                low, high = (middle, high) if fits(phases, [*bars, *rest[:middle]]) else (low, middle - 1)
            yield drawn(phases, [*bars, *rest[:low]])
            phases, bars, first, rest = [span], [], False, rest[low:]
        bars += rest
    numbers = {span.number for span in timeline.phases}
    yield drawn(phases, [*bars, *(bar for bar in timeline.bars if bar.phase not in numbers)])


def heat_sheets(heat: HeatMap, theme: Theme, width: float, height: float) -> tuple[Scene, ...]:
    """The heat map on sheets ``height`` points high."""
    whole = heat_scene(heat, theme, width)
    if whole.height <= height:
        return (whole,)
    row = (whole.height - heat_scene(replace(heat, rows=()), theme, width).height) / len(heat.rows)
    most = max(int((height - (whole.height - row * len(heat.rows))) / row), _LEAST)
    count = -(-len(heat.rows) // most)
    most = -(-len(heat.rows) // count)
    return tuple(
        heat_scene(replace(heat, rows=heat.rows[at : at + most]), theme, width) for at in range(0, len(heat.rows), most)
    )
