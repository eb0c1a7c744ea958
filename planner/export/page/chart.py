"""The roadmap in time as rows of the page, places in hundredths of the width."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from planner.export.chart.axis import Axis, Tick
from planner.export.report.parts import Bar, Span, Stone, Timeline
from planner.export.report.roadmap import GATE
from planner.export.theme import Theme
from planner.export.words import heading
from planner.model.values import WORKSTREAMS
from planner.text.clean import clean, one_line
from planner.text.i18n import _, labelled, listed

_POINTS, _LETTERS = 300.0, 8.0
"""How wide the chart is on a small screen, and the size of the letters above it: so many stretches of time fit."""

_LEAST = 0.35
"""A bar is no shorter than this, so that a day can be seen and pointed at."""


@dataclass(frozen=True, slots=True)
class AxisView:
    """Years and shorter stretches; ``lines`` are where they begin, ``today`` where the plan is known up to."""

    number: int
    years: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    today: float | None

    @property
    def lines(self) -> tuple[float, ...]:
        """Where a line is drawn."""
        return tuple(tick.start for tick in self.ticks if tick.start > 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From where and how wide."""

    start: float
    width: float

    @property
    def end(self) -> float:
        return self.start + self.width


@dataclass(frozen=True, slots=True)
class BarView:
    """A bar on its row; ``index`` is its place in the data of the script."""

    index: int
    bar: Bar
    where: Stretch
    done: float
    when: str
    streams: str


@dataclass(frozen=True, slots=True)
class StoneView:
    """A gate or milestone and its place."""

    stone: Stone
    at: float

    @property
    def is_gate(self) -> bool:
        return self.stone.kind == GATE


@dataclass(frozen=True, slots=True)
class GroupView:
    """A phase with its bars; ``number`` is 0 for those of no phase, and ``colour`` its place in the theme."""

    number: int
    title: str
    colour: int
    where: Stretch | None
    when: str
    bars: tuple[BarView, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The chart, and ``data``: what the script says about each bar, in the order of the bars.

    ``as_of`` says what the line through the chart means; empty where there is none.
    """

    number: int
    axis: AxisView
    groups: tuple[GroupView, ...]
    stones: tuple[StoneView, ...]
    as_of: str
    data: dict[str, Any]

    @property
    def has_done(self) -> bool:
        """Whether anything is finished."""
        return any(row.done for group in self.groups for row in group.bars)


def timeline_view(timeline: Timeline, count: int, theme: Theme) -> TimelineView:
    """``timeline`` as the ``count``-th chart of a page."""
    axis = Axis.of(timeline.first, timeline.last, 0, 100)
    streams = {stream: place for place, stream in enumerate(_streams(timeline))}
    groups, first = [], 0
    for span, bars in _phases(timeline):
        rows = tuple(_bar(bar, index, axis, streams) for index, bar in enumerate(bars, first))
        groups.append(_group(span, rows, axis, len(theme.phases)))
        first += len(bars)
    stones = sorted(timeline.stones, key=lambda stone: (stone.day, stone.name))
    where = _axis(axis, timeline, count)
    return TimelineView(
        count,
        where,
        tuple(groups),
        tuple(StoneView(stone, axis.after(stone.day)) for stone in stones),
        "" if where.today is None else _("as of {day}").format(day=timeline.as_of),
        _data(groups, streams),
    )


def _streams(timeline: Timeline) -> list[str]:
    found = {stream for bar in timeline.bars for stream in bar.workstreams}
    return [*(stream for stream in WORKSTREAMS if stream in found), *sorted(found.difference(WORKSTREAMS))]


def _phases(timeline: Timeline) -> list[tuple[Span | None, list[Bar]]]:
    """Every phase with its bars in order of start; last, under None, those of no phase."""
    of: dict[int, list[Bar]] = {}
    for bar in sorted(timeline.bars, key=lambda bar: (bar.start, bar.finish)):
        of.setdefault(bar.phase, []).append(bar)
    known: list[tuple[Span | None, list[Bar]]] = [(span, of.pop(span.number, [])) for span in timeline.phases]
    rest = [bar for bars in of.values() for bar in bars]
    return [*known, (None, rest)] if rest else known


def _axis(axis: Axis, timeline: Timeline, number: int) -> AxisView:
    months = Axis.of(timeline.first, timeline.last, 0, _POINTS).finest(_LETTERS)
    today = axis.after(timeline.as_of) if timeline.as_of and axis.first <= timeline.as_of <= axis.last else None
    return AxisView(number, axis.ticks(12) if months < 12 else (), axis.ticks(months), today)


def _group(span: Span | None, bars: tuple[BarView, ...], axis: Axis, colours: int) -> GroupView:
    if span is None:
        return GroupView(0, _("No phase"), 0, None, "", bars)
    title = f"{span.number}. {one_line(span.name)}"
    colour = (span.number - 1) % colours + 1
    if span.start is None or span.finish is None:
        return GroupView(span.number, title, colour, None, _("no dates yet"), bars)
    return GroupView(
        span.number, title, colour, _stretch(axis, span.start, span.finish), _when(span.start, span.finish), bars
    )


def _bar(bar: Bar, index: int, axis: Axis, streams: Mapping[str, int]) -> BarView:
    where = _stretch(axis, bar.start, bar.finish)
    return BarView(
        index,
        bar,
        where,
        where.width * min(max(bar.done, 0.0), 1.0),
        _when(bar.start, bar.finish),
        " ".join(str(streams[stream]) for stream in bar.workstreams),
    )


def _stretch(axis: Axis, start: date, finish: date) -> Stretch:
    """The days from ``start`` to ``finish``, long enough to be seen."""
    width = max(axis.after(finish) - axis.at(start), _LEAST)
    return Stretch(min(axis.at(start), 100 - width), width)


def _when(start: date, finish: date) -> str:
    return _("{start} to {finish}").format(start=start, finish=finish)


def _data(groups: Sequence[GroupView], streams: Iterable[str]) -> dict[str, Any]:
    places = {row.bar.id: row.index for group in groups for row in group.bars}
    return {
        "phases": [{"number": group.number, "name": group.title} for group in groups if group.bars],
        "streams": [heading(stream) for stream in streams],
        "bars": [_told(row, places) for group in groups for row in group.bars],
    }


def _told(row: BarView, places: Mapping[str, int]) -> dict[str, Any]:
    """What the script says about a bar: its name, lines of detail, and the places of what it needs."""
    bar = row.bar
    streams = listed(map(heading, bar.workstreams))
    lines = (*bar.detail, *([labelled(_("Workstreams"), streams)] if streams else []))
    return {
        "name": one_line(bar.name),
        "detail": [clean(line) for line in lines],
        "needs": sorted({places[need] for need in bar.needs if need in places}),
    }
