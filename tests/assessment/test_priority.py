"""Priority is gap x importance x pain, with its parts in sight."""

from dataclasses import replace

from planner.assessment.priority import priorities
from planner.edit.pains import tick, untick
from planner.edit.scope import change_process
from planner.model.knowledge import Catalogue
from planner.model.project import Project


def bare(project: Project) -> Project:
    return replace(project, pains=())


def test_without_pains_gap_times_importance(desk: Project, catalogue: Catalogue) -> None:
    found = {one.process: one for one in priorities(change_process(bare(desk), "request", importance=5), catalogue)}
    assert (found["request"].gap, found["request"].importance, found["request"].pain_factor) == (1, 5, 1.0)
    assert found["request"].value == 5
    assert found["change"].value == 2 * 3
    assert "demand" not in found


def test_a_pain_adds_its_weight_to_the_factor_of_each_process_it_names(desk: Project, catalogue: Catalogue) -> None:
    weight = catalogue.defaults.scoring.pain_weight
    hurt = tick(tick(bare(desk), catalogue, "PN08", 3), catalogue, "PN10", 1)
    found = {one.process: one for one in priorities(hurt, catalogue)}
    assert found["knowledge"].pain_factor == 1 + weight * 3
    assert found["request"].pain_factor == 1 + weight * 4
    assert found["request"].pains == ("PN08", "PN10")
    assert found["change"].pain_factor == 1
    assert untick(untick(hurt, "PN08"), "PN10") == bare(desk)


def test_the_most_urgent_comes_first_then_plan_order(desk: Project, catalogue: Catalogue) -> None:
    values = [one.value for one in priorities(desk, catalogue)]
    assert values == sorted(values, reverse=True)
    found = [one.process for one in priorities(bare(desk), catalogue)]
    assert found[:4] == ["service-desk", "incident", "change", "config"]


def test_out_of_scope_has_no_priority(desk: Project, catalogue: Catalogue) -> None:
    out = replace(desk, processes=tuple(replace(p, in_scope=p.id != "incident") for p in desk.processes))
    assert "incident" not in {one.process for one in priorities(out, catalogue)}
