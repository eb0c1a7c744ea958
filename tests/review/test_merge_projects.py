"""Merging two people's plans: what comes together, what conflicts, and what gives way to a rule of plans."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.edit.review import add_comment
from planner.graph.cycles import new_cycle
from planner.graph.order import cyclic
from planner.model.calendar import CapacityChange, Period, Role
from planner.model.project import (
    Conflict,
    Dependency,
    LeftOut,
    Phase,
    Pin,
    Placement,
    Project,
    Roadmap,
    WorkPackage,
)
from planner.model.rules import problems
from planner.model.values import Duration, Effort, Fixed
from planner.review.merge import merge_projects, nothing_like


@pytest.fixture(scope="module")
def plan(desk: Project) -> Project:
    """Some work in two phases."""
    work = desk.packages[:6]
    kept = {package.id for package in work}
    start = desk.engagement.start
    return replace(
        desk,
        packages=tuple(replace(one, after=tuple(o for o in one.after if o in kept), alongside=()) for one in work),
        dependencies=(),
        pins=(),
        milestones=(),
        indicators=(),
        phases=(Phase(id="p1", name="First"), Phase(id="p2", name="Second"), Phase(id="p3", name="Third")),
        roadmap=Roadmap(
            packages=Fixed(
                {one.id: Placement(phase="p1", start=start, finish=start + timedelta(days=9)) for one in work}
            )
        ),
    )


def with_row(plan: Project, table: str, ident: str, **fields: Any) -> Project:
    """``plan`` with fields of the row ``ident`` changed."""
    rows = tuple(replace(row, **fields) if row.id == ident else row for row in getattr(plan, table))
    assert rows != getattr(plan, table)
    return replace(plan, **{table: rows})


def without(plan: Project, package: str) -> Project:
    """``plan`` without a work package and whatever refers to it."""
    assert plan.roadmap
    places = {item: place for item, place in plan.roadmap.packages.items() if item != package}
    return replace(
        plan,
        packages=tuple(
            replace(one, after=tuple(other for other in one.after if other != package))
            for one in plan.packages
            if one.id != package
        ),
        roadmap=replace(plan.roadmap, packages=Fixed(places)),
    )


def added(plan: Project, ident: str = "extra", **fields: Any) -> Project:
    row = WorkPackage(id=ident, name="Extra", workstream="tech", days=Duration(1, 2, 3), **fields)
    return replace(plan, packages=(*plan.packages, row))


def merged(base: Project, ours: Project, theirs: Project) -> Project:
    """The merged plan, which has no fault."""
    found = merge_projects(base, ours, theirs)
    assert problems(found) == []
    return found


def about(plan: Project) -> list[tuple[str, str, str]]:
    return [(one.table, one.item, one.field) for one in plan.conflicts]


def test_fields_keys_and_elements_of_one_package_come_together(plan: Project) -> None:
    first, second, third = (one.id for one in plan.packages[:3])
    base = with_row(plan, "packages", third, deliverables=("policy", "form"), after=())
    base = with_row(base, "packages", third, effort=Fixed({plan.roles[0].id: Effort(0.1, 0.2, 0.3)}))
    one, two = plan.roles[1].id, plan.roles[2].id
    effort = next(row for row in base.packages if row.id == third).effort
    ours = with_row(base, "packages", third, name="Ours", effort=effort.with_item(one, Effort(0, 0.1, 1)))
    ours = with_row(ours, "packages", third, deliverables=("policy", "form", "talk"), after=(first,))
    theirs = with_row(base, "packages", third, note="Theirs", effort=effort.with_item(two, Effort(0, 0.1, 1)))
    theirs = with_row(theirs, "packages", third, deliverables=("form", "film"), after=(second,))
    found = merged(base, ours, theirs)
    row = found.package_by_id[third]
    assert (row.name, row.note) == ("Ours", "Theirs")
    assert [*row.effort] == [plan.roles[0].id, one, two]
    assert row.deliverables == ("form", "talk", "film")
    assert set(row.after) == {first, second}
    assert found.conflicts == ()


def test_an_estimate_is_one_thing(plan: Project) -> None:
    first = plan.packages[0]
    ours = with_row(plan, "packages", first.id, days=Duration(9, 20, 40))
    theirs = with_row(plan, "packages", first.id, days=Duration(9, 30, 41), note="longer")
    found = merged(plan, ours, theirs)
    (conflict,) = found.conflicts
    assert conflict == Conflict(
        id="m1",
        table="packages",
        item=first.id,
        field="days",
        base="[{}, {}, {}]".format(*first.days),
        ours="[9, 20, 40]",
        theirs="[9, 30, 41]",
    )
    assert (found.packages[0].days, found.packages[0].note) == (Duration(9, 20, 40), "longer")


def test_a_conflict_in_a_mapping_keeps_what_else_came_together(plan: Project) -> None:
    process = plan.processes[0]
    ours = with_row(plan, "processes", process.id, ticks=Fixed({"a": ("x",), "mine": ()}), importance=5)
    theirs = with_row(plan, "processes", process.id, posts=Fixed(), ticks=Fixed({"b": ("y",)}), importance=1)
    found = merged(plan, ours, theirs)
    assert [*found.processes[0].ticks] == ["a", "mine", "b"]
    assert about(found) == [("processes", process.id, "importance")]
    base = with_row(plan, "processes", process.id, by_hand=Fixed({"tech": "was"}))
    ours = with_row(plan, "processes", process.id, by_hand=Fixed({"tech": "ours", "people": "new"}))
    theirs = with_row(plan, "processes", process.id, by_hand=Fixed({"tech": "theirs", "process": "other"}))
    (conflict,) = merged(base, ours, theirs).conflicts
    assert conflict.ours == '{ tech = "ours", people = "new", process = "other" }'
    assert conflict.theirs == '{ tech = "theirs", people = "new", process = "other" }'
    assert conflict.base == '{ tech = "was", people = "new", process = "other" }'


def test_what_one_took_out_and_the_other_changed_stays(plan: Project) -> None:
    first = plan.packages[0].id
    changed = with_row(plan, "packages", first, note="needed")
    for ours, theirs in ((without(plan, first), changed), (changed, without(plan, first))):
        found = merged(plan, ours, theirs)
        assert found.package_by_id[first].note == "needed"
        (conflict,) = found.conflicts
        assert (conflict.item, conflict.field) == (first, "")
        assert (conflict.ours == "") == (ours is not changed)
        assert (conflict.theirs == "") == (theirs is not changed)


def test_rows_of_one_id_that_are_not_the_same_conflict_whole(plan: Project) -> None:
    found = merged(plan, added(plan, note="a"), added(plan, note="b"))
    assert found.package_by_id["extra"].note == "a"
    (conflict,) = found.conflicts
    assert (conflict.base, conflict.field) == ("", "")
    assert 'note = "b"' in conflict.theirs
    same = merged(plan, added(plan), added(with_row(plan, "phases", "p1", goal="x")))
    assert same.conflicts == ()
    assert [one.id for one in same.packages].count("extra") == 1


def test_comments_of_one_number_both_stay_and_answers_follow(plan: Project) -> None:
    day = plan.engagement.start
    ours = add_comment(add_comment(plan, "Ours", day), "Yes", day, reply_to="c1")
    theirs = add_comment(add_comment(plan, "Theirs", day), "No", day, reply_to="c1")
    found = merged(plan, ours, theirs)
    by_id = {one.id: one for one in found.comments}
    assert [one.text for one in found.comments] == ["Ours", "Yes", "Theirs", "No"]
    assert {one.text: by_id[one.reply_to].text for one in found.comments if one.reply_to} == {
        "Yes": "Ours",
        "No": "Theirs",
    }
    assert found.conflicts == ()
    assert merged(plan, found, theirs).comments == found.comments


def test_order_is_of_whoever_changed_it(plan: Project) -> None:
    p1, p2, p3 = plan.phases
    moved = replace(plan, phases=(p3, p1, p2))
    named = with_row(plan, "phases", "p2", name="Named")
    new = Phase(id="p4", name="New")
    for ours, theirs in ((moved, named), (named, moved)):
        assert [one.name for one in merged(plan, ours, theirs).phases] == ["Third", "First", "Named"]
    ours = replace(plan, phases=(p1, new, p2, p3))
    assert [one.id for one in merged(plan, ours, moved).phases] == ["p3", "p1", "p4", "p2"]
    assert [one.id for one in merged(plan, moved, ours).phases] == ["p3", "p1", "p4", "p2"]
    both = replace(plan, phases=(p1, Phase(id="p5", name="Other"), p2, p3))
    assert [one.id for one in merged(plan, ours, both).phases] == ["p1", "p4", "p5", "p2", "p3"]


def test_both_moved_rows_and_both_moves_are_kept(plan: Project) -> None:
    a, b, c, d, e, f = plan.packages
    ours, theirs = replace(plan, packages=(b, c, d, e, f, a)), replace(plan, packages=(a, b, d, e, c, f))
    names = {one.id: sign for one, sign in zip(plan.packages, "abcdef", strict=True)}
    assert "".join(names[one.id] for one in merged(plan, ours, theirs).packages) == "bdecfa"


def test_capacity_and_days_off_of_both(plan: Project) -> None:
    role, day = plan.roles[0], date(2027, 3, 1)
    change = CapacityChange(since=day, fte=role.fte + 1)
    ours = with_row(plan, "roles", role.id, changes=(replace(change, since=date(2027, 5, 1)),))
    theirs = with_row(plan, "roles", role.id, changes=(change,))
    one, two = (Period(first=d, last=d, name="Off") for d in (day, date(2027, 8, 2)))
    ours = replace(ours, calendar=replace(plan.calendar, holidays=(*plan.calendar.holidays, one)))
    theirs = replace(theirs, calendar=replace(plan.calendar, holidays=(*plan.calendar.holidays, two)))
    found = merged(plan, ours, theirs)
    assert [one.since.month for one in found.roles[0].changes] == [3, 5]
    assert {one, two} <= set(found.calendar.holidays)
    assert found.conflicts == ()


# Rules of plans ---------------------------------------------------------------------------------------------------


def test_what_was_taken_out_and_is_needed_comes_back(plan: Project) -> None:
    first = plan.packages[0]
    needs = added(plan, after=(first.id,))
    for ours, theirs in ((needs, without(plan, first.id)), (without(plan, first.id), needs)):
        found = merged(plan, ours, theirs)
        assert found.package_by_id["extra"].after == (first.id,)
        assert first.id in found.package_by_id
        assert about(found) == [("packages", first.id, "")]


def test_a_role_a_post_a_phase_and_a_process_come_back(plan: Project) -> None:
    spare = replace(plan, roles=(*plan.roles, Role(id="spare", name="Spare", fte=1.0)))
    ours = added(spare, effort=Fixed({"spare": Effort(0, 1, 2)}))
    found = merged(spare, ours, plan)
    assert (found.role_by_id["spare"].name, about(found)) == ("Spare", [("roles", "spare", "")])
    pinned = replace(plan, pins=(Pin(item=plan.packages[0].id, phase="p3"),))
    fewer = replace(plan, phases=plan.phases[:2])
    found = merged(plan, fewer, pinned)
    assert (found.phase_by_id["p3"].name, about(found)) == ("Third", [("phases", "p3", "")])
    assert found.pins == pinned.pins


def test_a_baseline_above_the_others_target_stands_aside(plan: Project) -> None:
    process = next(one for one in plan.processes if one.target["tech"] >= 3 and one.baseline["tech"] == 1)
    risen = with_row(plan, "processes", process.id, baseline=process.baseline.with_item("tech", 3))
    lowered = with_row(plan, "processes", process.id, target=process.target.with_item("tech", 2))
    found = merged(plan, risen, lowered)
    assert found.process_by_id[process.id].baseline["tech"] == 3
    assert about(found) == [("processes", process.id, "target")]
    found = merged(plan, lowered, risen)
    assert found.process_by_id[process.id].target["tech"] == 2
    assert about(found) == [("processes", process.id, "baseline")]


def test_a_circle_is_never_closed(plan: Project) -> None:
    one, two = plan.packages[0].id, plan.packages[-1].id
    base = replace(plan, packages=tuple(replace(row, after=()) for row in plan.packages))
    ours = replace(base, dependencies=(Dependency(item=one, needs=two),))
    theirs = with_row(
        replace(base, dependencies=(Dependency(item=two, needs=one),)), "packages", plan.packages[1].id, note="kept"
    )
    found = merged(base, ours, theirs)
    assert not cyclic(found)
    assert new_cycle(ours, found) is None
    assert found.dependencies == ours.dependencies
    assert about(found) == [("dependencies", f"{two} {one} finish-start", "")]
    assert found.packages[1].note == "kept", "what has nothing to do with it comes in"


def test_ids_of_two_kinds_that_exclude_each_other(plan: Project) -> None:
    from planner.model.people import Enrolment

    ours = replace(plan, enrolments=(Enrolment(id="extra", track="t", holder="h", begin=plan.engagement.start),))
    theirs = added(with_row(plan, "phases", "p1", goal="kept"), "extra")
    found = merged(plan, ours, theirs)
    assert found.enrolments == ours.enrolments
    assert "extra" not in found.package_by_id
    assert about(found) == [("packages", "extra", "")]
    assert found.phases[0].goal == "kept"


def test_the_last_working_day_is_not_taken_out(plan: Project) -> None:
    def week(*days: Any) -> Project:
        return replace(plan, calendar=replace(plan.calendar, working_days=days))

    found = merged(week("mon", "tue"), week("mon"), week("tue"))
    assert found.calendar.working_days == ("mon",)
    assert about(found) == [("calendar", "", "working_days")]


# The roadmap ------------------------------------------------------------------------------------------------------


def moved_to(plan: Project, phase: str, **fields: Any) -> Project:
    assert plan.roadmap
    places = {item: replace(place, phase=phase) for item, place in plan.roadmap.packages.items()}
    return replace(plan, roadmap=replace(plan.roadmap, packages=Fixed(places), **fields))


def test_a_roadmap_is_one_sides_whole(plan: Project) -> None:
    named = with_row(plan, "packages", plan.packages[0].id, name="Other name")
    new = moved_to(plan, "p2", seed=7)
    for ours, theirs in ((named, new), (new, named)):
        found = merged(plan, ours, theirs)
        assert found.roadmap == new.roadmap, "a name makes no difference to dates"
        assert found.conflicts == ()
    found = merged(plan, new, moved_to(plan, "p3", seed=8))
    assert found.roadmap == new.roadmap
    assert about(found) == [("roadmap", "", "")]
    assert "seed = 8" in found.conflicts[0].theirs
    assert found.conflicts[0].theirs.count("p3") == len(plan.packages)


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: with_row(plan, "packages", plan.packages[0].id, days=Duration(1, 60, 90)),
        lambda plan: added(plan),
        lambda plan: without(plan, plan.packages[-1].id),
        lambda plan: replace(plan, pins=(Pin(item=plan.packages[0].id, deadline=date(2028, 1, 3)),)),
        lambda plan: with_row(plan, "roles", plan.roles[0].id, fte=9.0),
        lambda plan: with_row(plan, "phases", "p1", limit=1),
        lambda plan: replace(plan, limits=replace(plan.limits, absorption=9)),
        lambda plan: replace(plan, calendar=replace(plan.calendar, working_days=("mon", "tue", "wed"))),
    ],
)
def test_dates_found_for_something_else_are_stale(plan: Project, change: Any) -> None:
    new, other = moved_to(plan, "p2", seed=7), change(plan)
    for ours, theirs in ((new, other), (other, new)):
        roadmap = merged(plan, ours, theirs).roadmap
        assert roadmap is not None
        assert (roadmap.status, roadmap.seed) == ("stale", 7)
        assert set(roadmap.packages) == {one.id for one in other.packages} - {"extra"}


def test_a_stale_roadmap_stays_stale_until_somebody_proposes(plan: Project) -> None:
    assert plan.roadmap
    stale = replace(plan, roadmap=replace(plan.roadmap, status="stale"))
    named = with_row(plan, "packages", plan.packages[0].id, name="Other name")
    assert getattr(merged(plan, named, stale).roadmap, "status", "") == "stale"
    new = moved_to(with_row(stale, "packages", plan.packages[0].id, name="Other"), "p2", status="heuristic")
    assert merged(stale, new, with_row(stale, "phases", "p1", goal="x")).roadmap == new.roadmap
    assert merged(stale, new, with_row(stale, "phases", "p1", goal="x")).conflicts == ()


# Conflicts that are there already ---------------------------------------------------------------------------------


def test_conflicts_that_either_has_settled_are_gone(plan: Project) -> None:
    first = Conflict(id="m1", table="engagement", field="goal", ours='""', theirs='"a"')
    second = replace(first, id="m2", field="notes")
    base = replace(plan, conflicts=(first, second))
    ours, theirs = replace(base, conflicts=(second,)), replace(base, conflicts=(first,))
    assert merged(base, ours, theirs).conflicts == ()
    other = replace(first, id="m2", field="sponsor")
    found = merged(plan, replace(plan, conflicts=(first, second)), replace(plan, conflicts=(first, other)))
    assert [(one.id, one.field) for one in found.conflicts] == [("m1", "goal"), ("m2", "notes"), ("m2-2", "sponsor")]


def test_a_conflict_is_noted_once(plan: Project) -> None:
    ours = replace(plan, engagement=replace(plan.engagement, name="Ours"))
    theirs = replace(plan, engagement=replace(plan.engagement, name="Theirs"))
    found = merged(plan, ours, theirs)
    assert merged(plan, found, theirs).conflicts == found.conflicts
    later = replace(theirs, engagement=replace(theirs.engagement, name="Later"))
    assert [one.theirs for one in merged(plan, found, later).conflicts] == ['"Theirs"', '"Later"']


def test_two_plans_that_have_nothing_in_common(plan: Project) -> None:
    ours = replace(plan, left_out=(LeftOut(package="a"),))
    theirs = replace(plan, left_out=(LeftOut(package="b"),), engagement=replace(plan.engagement, notes="Calm"))
    theirs = replace(theirs, limits=replace(plan.limits, absorption=plan.limits.absorption + 1))
    found = merged(nothing_like(plan), ours, theirs)
    assert [one.package for one in found.left_out] == ["a", "b"]
    assert found.engagement.notes == "Calm"
    assert about(found) == [("limits", "", "absorption")]
    assert found.packages == plan.packages
    assert found.roadmap == plan.roadmap
