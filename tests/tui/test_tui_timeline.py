"""The timeline's arithmetic: days to cells, blackouts, bars, the scale above them."""

from datetime import date, timedelta
from pathlib import Path

from consultant import at_work
from hypothesis import given
from hypothesis import strategies as st

from planner.model.calendar import Period
from planner.tui.widgets.timeline import Scale, Timeline, TimelineRow

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
    upper, lower = Scale.fitting(FIRST, date(2028, 3, 31), 65).heads()
    assert upper.split() == ["2027", "2028"]
    scale = Scale.fitting(FIRST, date(2028, 3, 31), 65)
    assert upper.index("2028") == scale.cell(date(2028, 1, 1))
    place = scale.cell(date(2027, 5, 1))
    assert lower[place : place + 2] == "05"


def test_a_short_plan_shows_the_mondays() -> None:
    upper, lower = Scale.fitting(FIRST, date(2027, 2, 28), 60).heads()
    assert upper.split() == ["2027-01", "2027-02"]
    assert lower.split()[:5] == ["04", "11", "18", "25", "01"]


def test_bars_gates_and_blackouts_are_drawn_with_different_signs() -> None:
    line = Timeline()
    phase = TimelineRow("phase:p1", "One", 0, date(2027, 1, 4), date(2027, 2, 7), True)
    item = TimelineRow("a@2", "A", 1, date(2027, 1, 11), date(2027, 1, 31), False)
    package = TimelineRow("a-2", "work", 2, date(2027, 1, 11), date(2027, 1, 11))
    later = TimelineRow("phase:p2", "Two", 0, date(2027, 2, 8), date(2027, 2, 28), True)
    line.rows = [phase, item, package, later]
    line.blackouts = [Period(first=date(2027, 1, 18), last=date(2027, 1, 24))]
    line.gates = [phase.finish, later.finish]
    scale = Scale(FIRST, 7, 8)
    assert line.chart(phase, scale) == "==:=|  |"
    assert line.chart(item, scale) == " #:#|  |"
    assert line.chart(package, scale) == " -: |  |"
    assert line.chart(later, scale) == "  : |==|"


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
