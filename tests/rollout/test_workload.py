"""The work of each role by week and month."""

from datetime import date

from planner.model.calendar import Calendar, CapacityChange, Period, Role
from planner.model.project import Engagement, Placement, Project, Roadmap, WorkPackage
from planner.model.values import Duration, Effort, Fixed
from planner.rollout.workload import Slot, behind, workload


def package(ident: str, days: int, **effort: float) -> WorkPackage:
    return WorkPackage(
        id=ident,
        name=ident,
        workstream="people",
        days=Duration(days, days, days),
        effort=Fixed({role: Effort(much, much, much) for role, much in effort.items()}),
    )


def place(first: date, last: date) -> Placement:
    return Placement(phase="p", start=first, finish=last)


ROADMAP = Roadmap(
    packages=Fixed(
        {
            "a": place(date(2027, 1, 4), date(2027, 1, 15)),
            "b": place(date(2027, 1, 13), date(2027, 1, 19)),
            "gone": place(date(2026, 1, 1), date(2026, 1, 2)),
        }
    )
)
PLAN = Project(
    engagement=Engagement(name="Plan", start=date(2027, 1, 4)),
    calendar=Calendar(holidays=(Period(first=date(2027, 1, 6), last=date(2027, 1, 6)),)),
    roles=(
        Role(id="idle", name="Idle", fte=1),
        Role(id="lead", name="Lead", fte=1, changes=(CapacityChange(since=date(2027, 1, 18), fte=0.5),)),
    ),
    packages=(package("a", 9, lead=4.5), package("b", 5, lead=4.0)),
    roadmap=ROADMAP,
)


def test_weeks_have_work_capacity_and_days_that_are_too_much() -> None:
    """A half-time package over two weeks, one of 0.8 over five days; a holiday; half the capacity from a day on."""
    found = workload(PLAN, ROADMAP)
    assert found.periods == (
        (date(2027, 1, 4), date(2027, 1, 10)),
        (date(2027, 1, 11), date(2027, 1, 17)),
        (date(2027, 1, 18), date(2027, 1, 24)),
    )
    assert list(found.slots) == ["lead"]
    assert [Slot(round(slot.load, 6), *slot[1:]) for slot in found.slots["lead"]] == [
        Slot(2.0, 4.0, 0),
        Slot(2.5 + 3 * 0.8, 5.0, 3),
        Slot(1.6, 2.5, 2),
    ]


def test_months_and_nothing() -> None:
    (month,) = workload(PLAN, ROADMAP, months=True).periods
    assert month == (date(2027, 1, 1), date(2027, 1, 31))
    assert workload(PLAN, Roadmap()) == ((), {})


def test_what_stands_behind_a_load() -> None:
    second = behind(PLAN, ROADMAP, "lead", date(2027, 1, 11), date(2027, 1, 17))
    assert [(item, round(days, 6)) for item, days in second] == [("a", 2.5), ("b", 2.4)]
    assert behind(PLAN, ROADMAP, "idle", date(2027, 1, 11), date(2027, 1, 17)) == ()
    weeks = workload(PLAN, ROADMAP)
    for period, slot in zip(weeks.periods, weeks.slots["lead"], strict=True):
        assert abs(sum(days for _item, days in behind(PLAN, ROADMAP, "lead", *period)) - slot.load) < 1e-9
