"""Explanations name what really binds."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
import three_weeks
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from random_plans import CATALOGUE, plans

from planner.edit.roadmap import move_to
from planner.model.calendar import Period
from planner.model.project import Dependency, Pin, Placement, Progress, Project
from planner.model.values import Effort, Fixed
from planner.rollout.changes.kinds import HigherLimit, ShorterBreak, applied
from planner.rollout.explain import explain, why_not_phase
from planner.rollout.problem import Problem
from planner.rollout.propose import propose
from planner.rollout.result import Infeasible
from planner.rollout.verify import verify


@pytest.fixture(scope="module")
def planned(desk: Project, catalogue) -> Project:
    proposal = propose(desk, catalogue.strategy_by_id["service-desk-first"], phases=3)
    return replace(desk, roadmap=proposal.roadmap, phases=proposal.phases)


@pytest.fixture(scope="module")
def all_told(planned: Project):
    """The explanation of every work package."""
    return [explain(planned, package.id) for package in planned.packages]


def again(project: Project, catalogue, **changes) -> Project:
    project = replace(project, **changes)
    proposal = propose(project, catalogue.strategy_by_id["service-desk-first"], phases=3)
    return replace(project, roadmap=proposal.roadmap, phases=proposal.phases)


def test_the_first_package_starts_with_the_project(planned):
    told = explain(planned, "vision-workshop")
    assert told.start == told.earliest == date(2027, 1, 4)
    assert [reason.rule for reason in told.reasons] == ["calendar"]


def test_a_dependency_is_named_with_its_reason_and_day(planned):
    told = explain(planned, "incident@2")
    (needs,) = [reason for reason in told.reasons if reason.rule == "dependency"]
    assert needs.items == ("service-desk@2",)
    assert "which finishes on 2027-03-03" in needs.message
    assert "single contact point" in needs.message.lower()


def test_a_pulled_in_capability_names_what_pulled_it_in(planned):
    assert "problem@2 is in the plan because incident@3 needs it" in explain(planned, "problem@2").because[0]


def test_every_part_of_a_capability_is_told(planned):
    parts = explain(planned, "change@2").parts
    assert [part.split(":")[0] for part in parts] == [p.id for p in planned.packages_of["change@2"]]
    for package, part in zip(planned.packages_of["change@2"], parts, strict=True):
        place = planned.roadmap.packages[package.id]
        assert f"{place.start} to {place.finish}; " in part


def test_a_pin_is_named(desk, catalogue):
    held = again(
        desk, catalogue, pins=(Pin(item="service-desk@2", not_before=date(2027, 3, 1), reason="move of offices"),)
    )
    (reason,) = explain(held, "service-desk-2-process").reasons
    assert reason.rule == "pin"
    assert "2027-03-01" in reason.message
    assert "move of offices" in reason.message


def test_a_busy_role_is_named_with_who_keeps_it_busy(all_told):
    busy = [r for e in all_told for r in e.reasons if r.rule == "capacity"]
    assert busy
    assert all(len(reason.items) > 1 and " use " in reason.message for reason in busy)


def test_a_phase_barrier_is_named(planned):
    second = planned.phases[1].id
    first_of_second = min(
        (p for p in planned.roadmap.packages.items() if p[1].phase == second), key=lambda pair: pair[1].start
    )[0]
    rules = {reason.rule for reason in explain(planned, first_of_second).reasons}
    assert "phase" in rules


def test_a_package_with_room_says_when_it_could_start(planned):
    """Moved two weeks later by hand, knowledge says that it could start where it was."""
    place = planned.roadmap.packages["knowledge-2-standard"]
    later = planned.calendar.next_working(date.fromordinal(place.start.toordinal() + 14))
    days = planned.package_by_id["knowledge-2-standard"].days.likely
    moved = replace(place, start=later, finish=planned.calendar.finish(later, days))
    loose = replace(
        planned,
        roadmap=replace(planned.roadmap, packages=planned.roadmap.packages.with_item("knowledge-2-standard", moved)),
    )
    assert explain(loose, "knowledge-2-standard").earliest == place.start


def test_why_not_in_an_earlier_or_later_phase(planned):
    later = planned.phases[2].id
    reasons = why_not_phase(planned, "service-desk@2", later)
    assert ("incident@2",) in [reason.items for reason in reasons]
    # The other direction: something in a later phase keeps what it needs from being called too early.
    item = next(i for i in planned.capabilities if i == "incident@3")
    behind = replace(planned, roadmap=replace(planned.roadmap, packages=_all_in(planned, "problem@2", later)))
    assert ("problem@2",) in [reason.items for reason in why_not_phase(behind, item, "p1")]


def test_an_earlier_phase_is_refused_by_dates_when_links_allow_it(planned, catalogue):
    """Change needs nothing of the first phase's end; with one change at a time the others leave it no day there."""
    alone = again(planned, catalogue, limits=replace(planned.limits, absorption=1))
    reasons = why_not_phase(alone, "change@2", "p1")
    assert {reason.rule for reason in reasons} <= {"capacity", "absorption"}
    assert reasons


def _all_in(project: Project, capability: str, phase: str):
    packages = project.roadmap.packages
    for package in project.packages_of[capability]:
        packages = packages.with_item(package.id, replace(packages[package.id], phase=phase))
    return packages


def test_what_is_broken_now_is_told_apart(planned):
    packages = _all_in(planned, "incident@2", planned.phases[2].id)
    split = replace(planned, roadmap=replace(planned.roadmap, packages=packages))
    told = explain(split, "incident@2")
    assert any("starts on" in line or "phase" in line for line in told.broken)
    assert not set(told.broken) & set(told.because)
    assert explain(planned, "incident@2").broken == ()


def test_what_is_not_in_the_roadmap_is_a_key_error(planned, desk):
    with pytest.raises(KeyError):
        explain(planned, "nothing@2")
    with pytest.raises(KeyError):
        explain(desk, "incident@2")


def test_a_plan_with_a_circle_still_explains(planned):
    circle = (Dependency(item="change@2", needs="config@2"), Dependency(item="config@2", needs="change@2"))
    told = explain(replace(planned, dependencies=planned.dependencies + circle), "incident@2")
    assert told.reasons[0].rule == "cycle"


def moved(project: Project, item: str, steps: int) -> Project:
    """``project`` with ``item`` that many working days later (earlier when negative)."""
    days = Problem(project).workdays
    places = dict(project.roadmap.packages)
    for package in project.packages_of.get(item) or [project.package_by_id[item]]:
        first = days.on_or_after(places[package.id].start) + steps
        places[package.id] = Placement(
            phase=places[package.id].phase, start=days[first], finish=days[first + package.days.likely - 1]
        )
    return replace(project, roadmap=replace(project.roadmap, packages=Fixed(places)))


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(), st.sampled_from([s for s in CATALOGUE.strategies if not s.from_pains]), st.data())
def test_what_an_explanation_claims_is_so(project, strategy, data):
    """Taking away what the reasons name lets the item stand a day earlier; it can slip by its free slack."""
    try:
        proposal = propose(project, strategy)
    except Infeasible:
        assume(False)
    project = replace(project, roadmap=proposal.roadmap, phases=proposal.phases)
    item = data.draw(st.sampled_from([*project.capabilities, *sorted(proposal.roadmap.packages)]))
    told = explain(project, item, strategy)
    slack = told.slack
    assert 0 <= slack.free <= slack.total <= slack.links
    assert verify(moved(project, item, slack.free)) == ()
    assert told.chain[0].start == told.start
    reasons = [reason for reason in told.reasons if not isinstance(reason.lift, ShorterBreak)]
    assert reasons or told.start == told.earliest
    if told.reasons and all(reason.lift for reason in reasons):
        days = Problem(project).workdays
        steps = days.on_or_after(told.start) - days.on_or_after(told.earliest) + 1
        assert verify(moved(project, item, -steps))
        assert verify(moved(applied(project, [reason.lift for reason in reasons]), item, -steps)) == ()


def test_the_chain_leads_back_to_the_project_start(planned):
    chain = explain(planned, "incident@3").chain
    assert chain[0].item.startswith("incident-3-")
    assert chain[-1].item == "vision-workshop"
    assert "the project starts on 2027-01-04" in chain[-1].reason.message
    for step, before in pairwise(chain):
        assert step.reason.follows == before.item
        assert before.finish < step.start or before.start <= step.start


def test_slack_without_staff_is_that_of_the_critical_path(planned):
    """The last work has no slack; work that nothing waits for has what is left to the end of the roadmap."""
    last = max(planned.roadmap.packages, key=lambda item: planned.roadmap.packages[item].finish)
    slack = explain(planned, last).slack
    assert (slack.free, slack.total, slack.links) == (0, 0, 0)
    assert any(explain(planned, item).slack.links > 20 for item in planned.capabilities)


def test_a_role_that_is_taken_is_told_with_the_stretch_and_a_change_that_frees_it(all_told):
    busy = [reason for told in all_told for reason in told.reasons if reason.rule == "capacity"]
    for reason in busy:
        assert reason.first <= reason.lift.first <= reason.lift.last <= reason.last
        assert reason.lift.role == reason.items[0]
        assert reason.lift.more > 0
        if reason.first < reason.last:
            assert f"is taken from {reason.first} to {reason.last}" in reason.message
    assert any(reason.first < reason.last for reason in busy)


def test_a_limit_on_change_weighs_levels(planned):
    """With weights the limit that would do is the sum of what changes then."""
    told = [explain(planned, item) for item in planned.capabilities]
    reason = next(r for e in told for r in e.reasons if r.rule == "absorption")
    assert reason.lift == HigherLimit(planned.limits.absorption + 1)
    limits = replace(planned.limits, absorption=6, change_weight=Fixed({"2": 2, "3": 2, "4": 2, "5": 2}))
    heavy = replace(planned, limits=limits)
    again = [r for item in planned.capabilities for r in explain(heavy, item).reasons if r.rule == "absorption"]
    assert reason.items in [r.items for r in again]
    assert next(r.lift for r in again if r.items == reason.items) == HigherLimit(8)
    assert "(2)" in next(r.message for r in again if r.items == reason.items)


def test_a_blackout_before_the_start_is_named(desk, catalogue):
    closed = Period(first=date(2027, 1, 4), last=date(2027, 1, 15), name="Stocktaking")
    late = again(desk, catalogue, calendar=replace(desk.calendar, blackouts=(closed,)))
    reasons = explain(late, "vision-workshop").reasons
    assert [reason.lift for reason in reasons if reason.lift] == [ShorterBreak(closed, date(2027, 1, 3))]
    assert "there is no work from 2027-01-04 to 2027-01-15 (Stocktaking)" in reasons[-1].message
    assert explain(again(late, catalogue, calendar=desk.calendar), "vision-workshop").start == date(2027, 1, 4)


def test_where_it_could_be_earlier_the_goal_says_what_that_is_worth(planned, catalogue):
    strategy = catalogue.strategy_by_id["service-desk-first"]
    assert explain(planned, "vision-workshop", strategy).preference is None
    last = max(planned.capabilities, key=lambda item: planned.roadmap.packages[planned.packages_of[item][-1].id].finish)
    later = date(2029, 3, 1)
    slipped = move_to(planned, last, later)
    told = explain(slipped, last, strategy)
    assert told.earliest < later <= told.start
    assert told.preference.rule == "objective"
    assert "that would be better" in told.preference.message
    assert "finish -" in told.preference.message


def test_what_has_begun_stands_and_the_rest_comes_after_the_day_of_the_report(planned):
    place = planned.roadmap.packages["vision-workshop"]
    engagement = replace(planned.engagement, as_of=place.start)
    begun = replace(planned, engagement=engagement, progress=(Progress(package="vision-workshop", start=place.start),))
    told = explain(begun, "vision-workshop")
    assert [reason.items for reason in told.reasons] == [("vision-workshop",)]
    assert "has begun" in told.reasons[0].message
    assert told.slack.total == 0


def test_own_packages_that_move_along_are_no_users_of_a_role(all_told, planned):
    """Those who stay use no more than there is; what moves along is told as the item's own."""
    found = [(e.item, r) for e in all_told for r in e.reasons if r.rule == "capacity"]
    found += [
        (item, reason)
        for item in planned.capabilities
        for reason in explain(planned, item).reasons
        if reason.rule == "capacity"
    ]
    numbers = [(item, r, re.search(r"use (?:up to )?([0-9.]+) of ([0-9.]+),", r.message)) for item, r in found]
    assert any(match for _item, _reason, match in numbers)
    for item, reason, match in numbers:
        own = {package.id for package in planned.packages_of.get(item, ())}
        assert own.isdisjoint(reason.items[1:]), reason.message
        if match:
            assert float(match[1]) <= float(match[2]) + 0.005, reason.message


def test_what_moves_along_is_told_as_its_own(one_role):
    """Both packages of a capability use the role at the same time; with what stands before they do not fit."""
    (reason,) = [r for r in explain(one_role, "b@2").reasons if r.rule == "capacity"]
    assert reason.message == (
        "lead is taken on 2027-01-08: a-2 use 0.60 of 1, b-2x (together with its own b-2) needs 0.80"
    )
    assert reason.items == ("lead", "a-2")


@pytest.fixture
def one_role() -> Project:
    """Two packages of b beside each other, each for less than half of the lead, after a which takes more."""
    plan = three_weeks.project(dependencies=(), phases=(three_weeks.project().phases[0],))
    effort = Fixed({"lead": Effort(2.0, 2.0, 2.0)})
    b = replace(plan.packages[1], effort=effort)
    packages = (plan.packages[0], b, replace(b, id="b-2x"))
    monday, friday = date(2027, 1, 11), date(2027, 1, 15)
    places = {
        "a-2": Placement(phase="p1", start=three_weeks.MONDAY, finish=three_weeks.FRIDAY),
        "b-2": Placement(phase="p1", start=monday, finish=friday),
        "b-2x": Placement(phase="p1", start=monday, finish=friday),
    }
    return replace(plan, packages=packages, roadmap=replace(plan.roadmap, packages=Fixed(places)))
