"""Scenarios: their edits, and the plan as one of them has it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.edit.progress import begin, set_as_of
from planner.edit.refused import Refused
from planner.edit.roadmap import adopt
from planner.edit.scenarios import add_scenario, applied, change_scenario, remove_scenario, scenario_of
from planner.model.knowledge import Catalogue
from planner.model.project import Pin, Project, Scenario, WorkPackage
from planner.model.values import Duration, Effort, Fixed
from planner.rollout.propose import propose
from planner.rollout.scenarios import outcomes

STAFF = Scenario(id="staff", name="More staff", capacity=Fixed({"change-lead": 2.0}))


@pytest.fixture(scope="module")
def planned(desk: Project, catalogue: Catalogue) -> Project:
    proposal = propose(desk, catalogue.strategies[0])
    return adopt(desk, proposal.roadmap, proposal.phases)


def test_scenarios_come_change_and_go(desk: Project) -> None:
    project = add_scenario(desk, STAFF)
    assert project.scenarios == (STAFF,)
    with pytest.raises(Refused, match="there is a scenario 'staff' already"):
        add_scenario(project, STAFF)
    changed = change_scenario(project, "staff", absorption=2, note="as agreed")
    assert (changed.scenarios[0].absorption, changed.scenarios[0].note) == (2, "as agreed")
    with pytest.raises(Refused, match="keeps its id"):
        change_scenario(project, "staff", id="other")
    with pytest.raises(Refused, match="unknown role 'change-laed' - did you mean 'change-lead'"):
        change_scenario(project, "staff", capacity=Fixed({"change-laed": 1.0}))
    with pytest.raises(Refused, match="unknown process 'incidents'"):
        change_scenario(project, "staff", targets=Fixed({"incidents": 3}))
    with pytest.raises(Refused, match="must be 1 to 5"):
        change_scenario(project, "staff", targets=Fixed({"incident": 7}))
    with pytest.raises(Refused, match="no capability or work package is called 'moon'"):
        change_scenario(project, "staff", deadlines=Fixed({"moon": date(2027, 6, 1)}))
    with pytest.raises(Refused, match="did you mean 'staff'"):
        scenario_of(project, "stuff")
    assert remove_scenario(project, "staff").scenarios == ()


def test_nothing_that_a_scenario_does_not_name_changes(planned: Project, catalogue: Catalogue) -> None:
    assert applied(planned, Scenario(id="none", name="None"), catalogue) == planned


def test_capacity_is_that_of_the_scenario_all_the_time(planned: Project, catalogue: Catalogue) -> None:
    after = applied(planned, STAFF, catalogue)
    assert (after.role_by_id["change-lead"].fte, after.role_by_id["change-lead"].changes) == (2.0, ())
    assert [role for role in after.roles if role.id != "change-lead"] == [
        role for role in planned.roles if role.id != "change-lead"
    ]
    half = Scenario(id="half", name="Half", capacity=Fixed({"change-lead": 0.4}))
    slower = applied(planned, half, catalogue)
    longer = [p.id for p in slower.packages if p.days.likely > planned.package_by_id[p.id].days.likely]
    assert longer, "the catalogue's work takes as long as its roles need"
    assert all("change-lead" in slower.package_by_id[item].effort for item in longer)


def test_own_work_that_a_scenario_cannot_carry_is_named(planned: Project, catalogue: Catalogue) -> None:
    own = WorkPackage(
        id="own",
        name="Own",
        workstream="people",
        days=Duration(2, 2, 2),
        effort=Fixed({"change-lead": Effort(1.5, 1.5, 1.5)}),
    )
    with pytest.raises(Refused, match=r"own needs 0\.75 of change-lead a day, who has 0\.5"):
        applied(
            replace(planned, packages=(*planned.packages, own)),
            Scenario(id="less", name="Less", capacity=Fixed({"change-lead": 0.5})),
            catalogue,
        )


def test_targets_bring_their_work(planned: Project, catalogue: Catalogue) -> None:
    goal = planned.process_by_id["incident"].target_level + 1
    after = applied(planned, Scenario(id="more", name="More", targets=Fixed({"incident": goal})), catalogue)
    assert after.process_by_id["incident"].target_level == goal
    assert f"incident@{goal}" in after.capabilities
    assert f"incident@{goal}" not in planned.capabilities
    less = applied(planned, Scenario(id="less", name="Less", targets=Fixed({"incident": 1})), catalogue)
    process = less.process_by_id["incident"]
    assert dict(process.target) == dict(process.baseline), "what stands higher stays"


def test_the_start_moves_the_roadmap_and_no_promise(planned: Project, catalogue: Catalogue) -> None:
    pins = (*planned.pins, Pin(item="incident@2", deadline=date(2028, 6, 30)))
    planned = replace(planned, pins=pins)
    later = Scenario(id="later", name="Later", start=planned.engagement.start + timedelta(days=28))
    after = applied(planned, later, catalogue)
    assert after.engagement.start == later.start
    assert after.pin_by_item["incident@2"].deadline == date(2028, 6, 30)
    assert planned.roadmap
    assert after.roadmap
    for item, place in planned.roadmap.packages.items():
        moved = after.roadmap.packages[item]
        assert moved.start >= place.start + timedelta(days=28)
        assert after.calendar.is_working(moved.start)
        assert after.calendar.count(moved.start, moved.finish) == planned.calendar.count(place.start, place.finish)
    begun = begin(set_as_of(planned, date(2027, 1, 29)), "vision-workshop", planned.engagement.start)
    with pytest.raises(Refused, match="vision-workshop began on 2027-01-04, before the project starts"):
        applied(begun, later, catalogue)


def test_limits_strategy_and_deadlines(planned: Project, catalogue: Catalogue) -> None:
    wish = Pin(item="incident@2", deadline=date(2028, 1, 1), may_slip=True, reason="hoped for")
    scenario = Scenario(
        id="all",
        name="All",
        strategy="compliance-first",
        absorption=5,
        deadlines=Fixed({"incident@2": date(2027, 12, 1), "problem@2": date(2028, 2, 1)}),
    )
    after = applied(replace(planned, pins=(*planned.pins, wish)), scenario, catalogue)
    assert after.engagement.strategy == "compliance-first"
    assert after.limits == replace(planned.limits, absorption=5)
    promised = after.pin_by_item["incident@2"]
    assert (promised.deadline, promised.may_slip, promised.reason) == (date(2027, 12, 1), False, "hoped for")
    assert after.pin_by_item["problem@2"] == Pin(item="problem@2", deadline=date(2028, 2, 1))
    assert after.packages == planned.packages


def test_scenarios_beside_the_base(planned: Project, catalogue: Catalogue) -> None:
    impossible = Scenario(id="soon", name="Soon", deadlines=Fixed({"incident@2": date(2027, 1, 8)}))
    later = Scenario(id="later", name="Later", start=date(2027, 2, 1), strategy="compliance-first")
    project = replace(planned, scenarios=(impossible, later, STAFF))
    strategy = catalogue.strategy_by_id["service-desk-first"]
    told: list[str] = []
    base, soon, month, staff = outcomes(
        project,
        catalogue,
        strategy,
        told=lambda one: told.append(one.scenario.id if one.scenario else ""),
    )
    assert told == ["", "soon", "later", "staff"]
    assert base.scenario is None
    assert base.proposal == propose(project, strategy)
    assert soon.proposal is None
    assert "incident@2 cannot finish by 2027-01-08" in soon.conflicts[0]
    assert month.strategy.id == "compliance-first"
    assert month.proposal == propose(applied(project, later, catalogue), catalogue.strategy_by_id["compliance-first"])
    assert staff.finish is not None
    assert base.finish is not None
    assert staff.finish < base.finish
    assert staff.shifts
    assert [abs(shift.days) for shift in staff.shifts] == sorted((abs(s.days) for s in staff.shifts), reverse=True)
    first = staff.shifts[0]
    assert first.was
    assert first.now
    assert first.days == (first.now - first.was).days
