"""Indicators come with the processes that are measured; what a person enters stays and is no assumption any more."""

from dataclasses import replace

import pytest

from planner.edit.indicators import (
    add_indicator,
    change_indicator,
    confirm_indicator,
    remove_indicator,
    set_gate,
)
from planner.edit.materialise import materialise
from planner.edit.refused import Refused
from planner.edit.roadmap import adopt, clear
from planner.edit.scope import set_in_scope, set_target
from planner.edit.work import restore_package
from planner.model.knowledge import Catalogue
from planner.model.measures import Indicator
from planner.model.project import Phase, Project
from planner.rollout.propose import propose


@pytest.fixture(scope="module")
def phased(desk: Project, catalogue: Catalogue) -> Project:
    found = propose(desk, catalogue.strategy_by_id[desk.engagement.strategy])
    return adopt(desk, found.roadmap, found.phases)


def of(project: Project, ident: str) -> Indicator:
    return next(indicator for indicator in project.indicators if indicator.id == ident)


def measured(project: Project) -> set[str]:
    return {i.processes[0] for i in project.indicators if not i.perspective}


def test_every_kpi_of_the_catalogue_is_whole(catalogue: Catalogue) -> None:
    kpis = [known for known in catalogue.indicators if not known.perspective]
    assert len(kpis) == 105
    assert {known.processes[0] for known in kpis} == set(catalogue.process_by_id)
    for known in kpis:
        assert known.unit
        assert known.baseline is not None
        assert known.target is not None
        better = known.target - known.baseline
        assert {"up": better > 0, "down": better < 0, "range": better != 0}[known.direction], known.id
        if known.unit == "%":
            assert 0 <= known.baseline <= 100
            assert 0 <= known.target <= 100


def test_the_scorecard_has_four_perspectives_and_nine_measures(catalogue: Catalogue) -> None:
    measures = [known for known in catalogue.indicators if known.perspective]
    assert len(measures) == 9
    assert [entry.id for entry in catalogue.perspectives] == ["finance", "customer", "internal", "learning"]
    assert {known.perspective for known in measures} == {entry.id for entry in catalogue.perspectives}
    assert {known.kind for known in measures} == {"kgi", "kpi"}
    assert all(set(known.processes) <= set(catalogue.process_by_id) for known in measures)


def test_measured_is_what_reaches_level_three(desk: Project, catalogue: Catalogue) -> None:
    aims = {p.id for p in desk.processes if p.in_scope and p.target_level >= 3}
    builds = {item.split("@")[0] for item in desk.capabilities if item >= item.split("@")[0] + "@3"}
    assert measured(desk) == aims | builds
    assert "reporting" not in measured(desk)
    found = of(desk, "inc2")
    assert (found.name, found.unit, found.direction, found.baseline, found.target, found.source) == (
        "Mean time to restore",
        "h",
        "down",
        12.0,
        6.0,
        "catalogue",
    )
    assert len([i for i in desk.indicators if i.perspective]) == 9


def test_kpis_come_and_go_with_the_targets(desk: Project, catalogue: Catalogue) -> None:
    plan = desk
    for dimension in plan.dimension_ids:
        plan = set_target(plan, catalogue, "reporting", dimension, 3)
    assert {i.id for i in plan.indicators} - {i.id for i in desk.indicators} >= {"rep1", "rep2", "rep3", "rep4"}
    assert "rep1" not in {i.id for i in set_in_scope(plan, "reporting", False, catalogue).indicators}


def test_a_plan_without_processes_has_no_scorecard(desk: Project, catalogue: Catalogue) -> None:
    about = replace(desk.engagement, programme=())
    empty = replace(desk, engagement=about, processes=(), packages=(), dependencies=(), pins=(), milestones=())
    assert materialise(empty, catalogue).indicators == ()


def test_a_value_of_ones_own_stays(desk: Project, catalogue: Catalogue) -> None:
    plan = materialise(change_indicator(desk, "inc2", baseline=9.5), catalogue)
    assert (of(plan, "inc2").baseline, of(plan, "inc2").source) == (9.5, "own")
    assert of(confirm_indicator(desk, "inc1"), "inc1").source == "own"


def test_owner_and_tools_leave_the_numbers_assumed(desk: Project, catalogue: Catalogue) -> None:
    plan = change_indicator(desk, "inc2", owner="service-desk-lead", collected="monitoring", limit=16.0)
    again = of(materialise(plan, catalogue), "inc2")
    assert (again.source, again.owner, again.collected, again.limit) == (
        "catalogue",
        "service-desk-lead",
        "monitoring",
        16.0,
    )


def test_gates_stay_with_the_indicator(phased: Project, catalogue: Catalogue) -> None:
    plan = set_gate(set_gate(phased, "inc1", "p1", 75), "inc1", "p2", 85)
    assert of(plan, "inc1").source == "catalogue"
    assert of(materialise(plan, catalogue), "inc1").gates == {"p1": 75, "p2": 85}
    assert of(set_gate(plan, "inc1", "p1", None), "inc1").gates == {"p2": 85}
    with pytest.raises(Refused, match="there is no phase 'p77'"):
        set_gate(phased, "inc1", "p77", 75)
    with pytest.raises(Refused, match="did you mean 'inc1'"):
        set_gate(phased, "inc_1", "p1", 75)


def test_gates_end_with_their_phase(phased: Project) -> None:
    plan = set_gate(set_gate(phased, "inc1", "p1", 75), "inc1", "p2", 85)
    assert plan.roadmap
    one = Phase(id="p1", name="All of it", source="proposed")
    placed = {item: replace(place, phase="p1") for item, place in plan.roadmap.packages.items()}
    roadmap = replace(plan.roadmap, packages=type(plan.roadmap.packages)(placed))
    assert of(adopt(replace(plan, milestones=(), pins=()), roadmap, (one,)), "inc1").gates == {"p1": 75}
    assert {"p1", "p2"} <= {phase.id for phase in clear(plan).phases}


def test_own_indicators_come_and_go(desk: Project, catalogue: Catalogue) -> None:
    own = Indicator(id="queue", name="People waiting", processes=("service-desk",), unit="count", direction="down")
    plan = add_indicator(desk, own)
    assert of(materialise(plan, catalogue), "queue").source == "own"
    assert remove_indicator(plan, catalogue, "queue") == desk
    with pytest.raises(Refused, match="already"):
        add_indicator(plan, own)
    with pytest.raises(Refused, match="unknown process 'dsk'"):
        add_indicator(desk, replace(own, processes=("dsk",)))


def test_an_indicator_taken_out_stays_out(desk: Project, catalogue: Catalogue) -> None:
    plan = materialise(remove_indicator(desk, catalogue, "inc5", "nobody counts it"), catalogue)
    assert "inc5" not in {i.id for i in plan.indicators}
    assert plan.left_out[-1].reason == "nobody counts it"
    assert of(restore_package(plan, catalogue, "inc5"), "inc5").target == 15
