"""Whatever the size, the calendar and the day of the audit: stages keep their order and the rules of the audit hold."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.catalog.load import load
from planner.edit.audit_dates import way
from planner.edit.certification import made
from planner.edit.start import start
from planner.model.calendar import Calendar, Period, months_after
from planner.model.people import Certification
from planner.model.project import Project
from planner.model.values import SIZES, WEEKDAYS

CATALOGUE = load()
DESK = start(CATALOGUE.engagement_by_id["desk-first"], CATALOGUE, begin=date(2027, 1, 4))
DAYS = st.integers(0, 1800).map(lambda n: date(2027, 4, 5) + timedelta(days=n))


@st.composite
def aims(draw: st.DrawFn) -> Project:
    """A plan with a goal, a calendar of its own and roles of any capacity."""
    standard = draw(st.sampled_from(CATALOGUE.standards))
    goal = Certification(
        standard=standard.id,
        name=standard.name.en,
        audit=draw(DAYS),
        operate_months=draw(st.integers(1, 14)),
    )
    closed = draw(st.lists(st.tuples(DAYS, st.integers(0, 90)), max_size=4))
    calendar = Calendar(
        working_days=tuple(draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True))),
        blackouts=tuple(Period(first=first, last=first + timedelta(days=n)) for first, n in closed),
    )
    fte = draw(st.sampled_from([0.05, 0.4, 1.0, 3.0]))
    return replace(
        DESK,
        engagement=replace(DESK.engagement, size=draw(st.sampled_from(SIZES))),
        calendar=calendar,
        roles=tuple(replace(role, fte=fte) for role in DESK.roles),
        certifications=(goal,),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(aims())
def test_stage_order_and_rules_hold(project):
    (goal,) = project.certifications
    standard = next(s for s in CATALOGUE.standards if s.id == goal.standard)
    calendar = project.calendar
    found = way(project, CATALOGUE, standard, goal)
    slots = {slot.work.id: slot for slot in found.slots}
    # Every piece of work stands on working days and lasts what it lasts.
    for slot in found.slots:
        assert calendar.is_working(slot.start)
        assert calendar.is_working(slot.finish)
        assert calendar.count(slot.start, slot.finish) == slot.size.days.likely == slot.days
    # Stages follow each other, and each spans its work as far as that lies before the audit.
    for window, following in zip(found.windows, found.windows[1:], strict=False):
        assert window.first <= window.last < following.first
    for window in found.windows:
        for slot in found.slots:
            if slot.stage is window.stage:
                assert window.first <= slot.start <= slot.finish <= window.last
    # What something follows is over before it starts.
    ids = {slot.id: slot for slot in found.slots}
    for slot in found.slots:
        assert all(ids[other].finish < slot.start for other in slot.after)
        assert all(ids[other].start <= slot.start for other in slot.alongside)
    operate, support = slots["operate"], slots["audit-support"]
    assert support.finish <= goal.audit
    assert months_after(operate.start, goal.operate_months) <= operate.finish + timedelta(days=1) <= support.start
    assert slots["internal-audit"].finish < slots["management-review"].start
    assert slots["management-review"].finish < support.start


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(aims())
def test_what_is_made_keeps_the_rules(project):
    (goal,) = project.certifications
    brought = made(project, CATALOGUE)
    pins = {pin.item.removeprefix(f"{goal.standard}-"): pin for pin in brought.pins}
    assert set(pins) == {package.id.removeprefix(f"{goal.standard}-") for package in brought.packages}
    for pin in brought.pins:
        assert pin.reason
        assert pin.not_before is None or project.engagement.start < pin.not_before <= pin.deadline
    order = ["gap", "documents", "operate", "audit-support"]
    deadlines = [pins[work].deadline for work in order]
    assert deadlines == sorted(deadlines)
    assert pins["internal-audit"].deadline < pins["management-review"].deadline < pins["audit-support"].deadline
    days = {stone.id.removeprefix(f"{goal.standard}-"): stone.day for stone in brought.milestones}
    assert months_after(days["go-live"], goal.operate_months) <= days["stage-2-audit"] == goal.audit
    assert days["stage-1-audit"] <= goal.audit <= days["certificate"]
    assert days["surveillance-1"] == months_after(days["certificate"], 12)
    assert days["surveillance-2"] == months_after(days["certificate"], 24)
    assert days["surveillance-2"] < days["recertification"] < months_after(days["certificate"], 36)
    assert {dependency.item for dependency in brought.dependencies} <= {f"{goal.standard}-operate"}
