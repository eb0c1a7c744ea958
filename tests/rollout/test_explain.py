"""Explanations name what really binds."""

from dataclasses import replace
from datetime import date

import pytest

from planner.model.project import Dependency, Pin, Project
from planner.rollout.explain import explain, why_not_phase
from planner.rollout.propose import propose


@pytest.fixture(scope="module")
def planned(desk: Project, catalogue) -> Project:
    proposal = propose(desk, catalogue.strategy_by_id["service-desk-first"], phases=3)
    return replace(desk, roadmap=proposal.roadmap, phases=proposal.phases)


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


def test_a_busy_role_is_named_with_who_keeps_it_busy(planned):
    told = [explain(planned, package.id) for package in planned.packages]
    busy = [r for e in told for r in e.reasons if r.rule == "capacity"]
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


def test_an_earlier_phase_is_refused_by_dates_when_links_allow_it(planned):
    """Change needs nothing of the first phase's end; staff and the limit on change hold it in the second."""
    reasons = why_not_phase(planned, "change@2", "p1")
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
