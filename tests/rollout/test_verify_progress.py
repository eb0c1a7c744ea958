"""What ``verify`` says of work that has begun: it stands where it was begun, and what is past breaks nothing."""

from dataclasses import replace
from datetime import date

import pytest
from three_weeks import FRIDAY, MONDAY, PLACES, package, placed, project, told

from planner.model.calendar import Role
from planner.model.project import Limits, Phase, Pin, Progress, Project
from planner.model.values import Fixed
from planner.rollout.verify import verify


def broken(plan: Project) -> list[tuple[str, tuple[str, ...]]]:
    return [(violation.rule, violation.items) for violation in verify(plan)]


def test_work_as_planned_breaks_nothing() -> None:
    assert verify(project()) == ()
    done = Progress(package="a-2", start=MONDAY, finish=FRIDAY)
    begun = Progress(package="b-2", start=date(2027, 1, 11))
    assert verify(told(project(), date(2027, 1, 12), done, begun)) == ()


def test_what_has_begun_must_stand_where_it_was_begun() -> None:
    plan = told(project(), FRIDAY, Progress(package="a-2", start=date(2027, 1, 5)))
    said = verify(plan)
    assert [(v.rule, v.day) for v in said] == [("calendar", date(2027, 1, 5)), ("calendar", FRIDAY)]
    assert said[0].message == "a-2 was begun on 2027-01-05, but the roadmap has it start on 2027-01-04"
    assert said[1].message == "a-2 needs 1 working day after 2027-01-08, but the roadmap has it finish on 2027-01-08"
    monday = date(2027, 1, 11)
    later = {"a-2": ("p1", date(2027, 1, 5), monday), "b-2": ("p1", date(2027, 1, 12), date(2027, 1, 18))}
    after = {"c-2": ("p2", date(2027, 1, 19), date(2027, 1, 25))}
    assert verify(placed(plan, {**later, **after})) == ()


def test_what_is_done_ends_when_it_was_done() -> None:
    plan = told(project(), FRIDAY, Progress(package="a-2", start=MONDAY, finish=date(2027, 1, 6)))
    assert [v.message for v in verify(plan)] == [
        "a-2 was finished on 2027-01-06, but the roadmap has it finish on 2027-01-08"
    ]
    assert verify(placed(plan, {"a-2": ("p1", MONDAY, date(2027, 1, 6))})) == ()


def test_days_that_are_not_worked_count_as_the_next_ones() -> None:
    """Begun on a Saturday: the first working day is the Monday. Finished on a Sunday: the last one is the Friday."""
    plan = placed(project(), {"a-2": ("p1", MONDAY, FRIDAY)})
    done = Progress(package="a-2", start=MONDAY, finish=date(2027, 1, 10))
    begun = Progress(package="b-2", start=date(2027, 1, 9))
    assert verify(told(plan, date(2027, 1, 10), done, begun)) == ()


def test_what_has_not_begun_comes_after_the_past() -> None:
    plan = told(project(), date(2027, 1, 11), Progress(package="a-2", start=MONDAY, finish=FRIDAY))
    assert [v.message for v in verify(plan)] == [
        "b-2 starts on 2027-01-11 in the roadmap, but has not begun by 2027-01-11"
    ]


def test_an_order_broken_by_what_has_begun_is_a_fact() -> None:
    """b was begun before a was done, against a dependency; c was pinned and begun too early, before phase 1 ended."""
    plan = project(pins=(Pin(item="c@2", not_before=date(2027, 2, 1), phase="p1"),))
    plan = placed(
        plan,
        {
            "a-2": ("p1", date(2027, 1, 5), date(2027, 1, 11)),
            "b-2": ("p1", MONDAY, FRIDAY),
            "c-2": ("p2", MONDAY, FRIDAY),
        },
    )
    assert {rule for rule, _items in broken(plan)} == {"dependency", "capacity", "absorption", "pin", "phase"}
    begun = [Progress(package=item, start=place.start) for item, place in plan.roadmap.packages.items()]  # type: ignore[union-attr]
    assert verify(told(plan, date(2027, 1, 6), *begun)) == ()


def test_what_follows_something_late_still_must() -> None:
    """a is late: b, which waits for it, is judged by when a will be done."""
    plan = told(project(), FRIDAY, Progress(package="a-2", start=MONDAY, remaining=2))
    plan = placed(plan, {"a-2": ("p1", MONDAY, date(2027, 1, 12))})
    assert broken(plan) == [("dependency", ("b@2", "a@2")), ("capacity", ("a-2", "b-2"))]


def test_a_capability_half_begun_is_judged_for_its_other_half() -> None:
    """Only what of b has not begun must wait for a; the part that was begun too early is a fact."""
    plan = replace(project(), packages=(*project().packages, package("b-2x")))
    early = ("p1", date(2027, 1, 5), date(2027, 1, 11))
    plan = told(plan, date(2027, 1, 5), Progress(package="a-2", start=MONDAY), Progress(package="b-2", start=early[1]))
    plan = replace(plan, roles=(Role(id="lead", name="Lead", fte=3.0),))
    rest = {"c-2": ("p2", date(2027, 1, 25), date(2027, 1, 29))}
    monday = ("p1", date(2027, 1, 11), date(2027, 1, 15))
    assert verify(placed(plan, {"b-2": early, "b-2x": monday, **rest})) == ()
    too_early = ("p1", date(2027, 1, 6), date(2027, 1, 12))
    assert broken(placed(plan, {"b-2": early, "b-2x": too_early, **rest})) == [("dependency", ("b@2", "a@2"))]


def test_too_much_work_counts_where_something_new_takes_part() -> None:
    plan = project(dependencies=())
    both = [Progress(package="a-2", start=MONDAY), Progress(package="b-2", start=MONDAY)]
    plan = told(plan, date(2027, 1, 5), *both)
    plan = placed(plan, {"b-2": ("p1", MONDAY, FRIDAY), "c-2": ("p1", date(2027, 1, 11), date(2027, 1, 15))})
    assert verify(plan) == (), "two at once is too much for the lead, but it has happened"
    clash = placed(plan, {"b-2": ("p1", MONDAY, FRIDAY), "c-2": ("p1", date(2027, 1, 7), date(2027, 1, 13))})
    said = verify(clash)
    assert [(v.rule, v.items, v.day) for v in said] == [
        ("capacity", ("a-2", "b-2", "c-2"), date(2027, 1, 7)),
        ("absorption", ("a@2", "b@2", "c@2"), date(2027, 1, 7)),
    ]


def test_change_is_weighed_by_level() -> None:
    plan = project(limits=Limits(absorption=3, change_weight=Fixed({"2": 2})), dependencies=())
    plan = replace(plan, roles=(Role(id="lead", name="Lead", fte=3.0),))
    side_by_side = {"b-2": ("p1", date(2027, 1, 7), date(2027, 1, 13))}
    assert verify(placed(plan, {})) == ()
    said = verify(placed(plan, side_by_side))
    assert [(v.rule, v.day, v.amount) for v in said] == [("absorption", date(2027, 1, 7), 1.0)]
    assert said[0].message == (
        "4 of change at once on 2027-01-07, the plan allows 3: a@2, b@2 (2027-01-07 to 2027-01-08)"
    )
    phases = (Phase(id="p1", name="One", limit=1), Phase(id="p2", name="Two"))
    assert [v.message for v in verify(placed(replace(plan, phases=phases), {}))] == [
        "2 of change at once on 2027-01-04, phase p1 allows 1: a@2 (2027-01-04 to 2027-01-15)"
    ]


@pytest.mark.parametrize("may_slip", [True, False])
def test_a_deadline_that_may_slip_is_a_wish(may_slip: bool) -> None:
    pin = Pin(item="c@2", deadline=date(2027, 1, 20), may_slip=may_slip)
    assert broken(project(pins=(pin,))) == ([] if may_slip else [("deadline", ("c@2",))])


def test_a_deadline_missed_by_what_is_done_is_past() -> None:
    pin = Pin(item="a@2", deadline=date(2027, 1, 6))
    plan = project(pins=(pin,))
    assert broken(plan) == [("deadline", ("a@2",))]
    running = Progress(package="a-2", start=MONDAY)
    assert broken(told(plan, date(2027, 1, 5), running)) == [("deadline", ("a@2",))], "it can still be told"
    assert verify(told(plan, FRIDAY, replace(running, finish=FRIDAY))) == ()


def test_a_phase_ends_late_only_for_what_is_not_done() -> None:
    phases = (Phase(id="p1", name="One", not_after=date(2027, 1, 13)), Phase(id="p2", name="Two"))
    plan = project(phases=phases)
    assert broken(plan) == [("phase", ("b-2",))]
    done = [Progress(package=name, start=PLACES[name][1], finish=PLACES[name][2]) for name in ("a-2", "b-2")]
    assert verify(told(plan, date(2027, 1, 15), *done)) == ()
