"""The timeline's arithmetic: days to cells, blackouts, bars, the scale above them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from consultant import at_work
from hypothesis import given
from hypothesis import strategies as st

from planner.model.calendar import Period
from planner.tui import glyphs
from planner.tui.areas.roadmap.scale import MONTHS, QUARTERS, WEEKS, Scale
from planner.tui.areas.roadmap.timeline import Timeline, TimelineRow

FIRST = date(2027, 1, 4)
days = st.integers(min_value=0, max_value=1500).map(lambda n: FIRST + timedelta(days=n))


@given(last=days, cells=st.integers(min_value=1, max_value=200))
def test_the_scale_is_the_finest_that_fits(last: date, cells: int) -> None:
    scale = Scale.fitting(FIRST, last, cells)
    assert 0 <= scale.cell(last) < cells
    if scale.days > 1:
        assert Scale(FIRST, scale.days - 1, cells).cell(last) >= cells
    upper, lower = scale.heads()
    assert len(upper) == len(lower) == cells


@given(
    first=days, length=st.integers(min_value=0, max_value=90), last=days, cells=st.integers(min_value=10, max_value=120)
)
def test_every_blackout_inside_the_plan_is_seen(first: date, length: int, last: date, cells: int) -> None:
    scale = Scale.fitting(FIRST, max(last, first + timedelta(days=length)), cells)
    shaded = scale.shaded([Period(first=first, last=first + timedelta(days=length))])
    assert shaded
    assert min(shaded) >= scale.cell(first)
    assert max(shaded) <= scale.cell(first + timedelta(days=length))


def test_a_blackout_shades_the_cells_it_mostly_covers() -> None:
    scale = Scale(FIRST, 7, 20)
    assert scale.shaded([Period(first=date(2027, 1, 11), last=date(2027, 1, 24))]) == {1, 2}
    assert scale.shaded([Period(first=date(2027, 1, 13), last=date(2027, 1, 18))]) == {1}
    assert scale.shaded([Period(first=date(2027, 1, 17), last=date(2027, 1, 18))]) == {2}


def test_months_stand_over_their_first_day() -> None:
    upper, lower = Scale.fitting(FIRST, date(2028, 3, 31), 60).heads()
    assert upper.split() == ["2027", "2028"]
    scale = Scale.fitting(FIRST, date(2028, 3, 31), 60)
    assert upper.index("2028") == scale.cell(date(2028, 1, 1))
    place = scale.cell(date(2027, 5, 1))
    assert lower[place : place + 2] == "05"


def test_each_scale_says_what_it_shows_best() -> None:
    """Mondays for weeks and months, months for quarters."""
    upper, lower = Scale(FIRST, WEEKS, 66).heads()
    assert upper.split() == ["2027-01", "2027-02", "2027-03"]
    assert lower.split()[:5] == ["04", "11", "18", "25", "01"]
    upper, lower = Scale(FIRST, MONTHS, 60).heads()
    assert upper.split()[:3] == ["2027-01", "2027-02", "2027-03"]
    assert lower.index("18") == Scale(FIRST, MONTHS, 60).cell(date(2027, 1, 18))
    upper, lower = Scale(FIRST, QUARTERS, 60).heads()
    assert upper.split() == ["2027", "Q1", "2027", "Q2", "2027", "Q3", "2027", "Q4", "2028", "Q1"]
    assert lower.split()[:4] == ["01", "02", "03", "04"]


@pytest.fixture
def ascii_signs() -> Iterator[None]:
    """Drawn with ASCII."""
    glyphs.use(True)
    yield
    glyphs.use(False)


@pytest.mark.usefixtures("ascii_signs")
def test_everything_on_the_chart_has_its_own_sign() -> None:
    """Phase, gate, blackout, capability, package, critical, done, baseline, milestone, today, out of view."""
    line = Timeline()
    span = (date(2027, 1, 11), date(2027, 1, 31))
    phase = TimelineRow("phase:p1", "One", 0, date(2027, 1, 4), date(2027, 2, 7), True)
    item = TimelineRow("a@2", "A", 1, *span, False)
    later = TimelineRow("b@2", "B", 1, date(2027, 2, 8), date(2027, 2, 21), was=(date(2027, 1, 25), date(2027, 2, 14)))
    line.show([phase, item, later], [Period(first=date(2027, 1, 18), last=date(2027, 1, 24))], today=date(2027, 2, 14))
    line._shaded = frozenset({2})
    scale = Scale(FIRST, 7, 8)
    assert line.chart(phase, scale) == "==:=]|  "
    assert line.chart(item, scale) == " *:* |  "
    assert line.chart(replace(item, critical=True, done=date(2027, 1, 12)), scale) == " x:# |  "
    assert line.chart(TimelineRow("a-2", "work", 2, *span), scale) == " -:- |  "
    assert line.chart(later, scale) == "  :..** "
    assert line.chart(TimelineRow("m", "stones", 0, days=(FIRST, date(2027, 2, 22))), scale) == "o :  | o"
    assert line.chart(item, Scale(date(2027, 3, 1), 7, 4)) == "< : "
    assert line.chart(replace(later, was=None), Scale(date(2026, 12, 7), 7, 4)) == "  :>"


async def test_zooming_and_panning_keep_the_bar_in_view(planned_file: Path) -> None:
    """``z`` goes from all to weeks and no further; Left and Right pan; the bar of the next row comes into view."""
    async with at_work(planned_file) as she:
        await she.press("r", "left")
        assert she.message == "! The whole plan is in view: z zooms in."
        timeline = she.plan.query_one(Timeline)
        for name in ("quarters", "months", "weeks"):
            await she.press("z")
            she.sees(f"[timeline, {name}]")
        await she.press("z")
        assert she.message == "! Nothing is finer than this."
        assert "2027-01" in she.lines[3]
        await she.press("right", "right", "right")
        assert "2027-01" not in she.lines[3]
        assert "<" in she.row("Sponsor briefing")
        await she.press("end", "up", "up")
        assert set(timeline.chart(timeline.rows[timeline.cursor], timeline.scale(80))) & set(
            glyphs.glyphs().full + glyphs.glyphs().shades[-2] + "="
        )
        drawn = she.row("> ")[36:].strip()
        assert drawn not in ("<", ">", "")
        await she.press("Z", "Z", "Z")
        she.sees("[timeline]")


async def test_a_view_that_was_small_for_a_moment_shows_the_rows_it_has_room_for(desk_file: Path) -> None:
    """The first layout may be lower than the last one; the rows above the cursor come back."""
    async with at_work(desk_file, (80, 14)) as she:
        await she.press("r", *["down"] * 6)
        she.sees_not("Not placed yet")
        row = she.plan.query_one(Timeline).key
        await she.pilot.resize_terminal(80, 24)
        await she.settle()
        she.sees("Not placed yet")
        assert she.plan.query_one(Timeline).key == row
