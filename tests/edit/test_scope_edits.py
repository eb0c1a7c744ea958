"""Baselines, targets and scope: what work they bring in, spare and refuse."""

from dataclasses import replace

import pytest

from planner.checks.check import check
from planner.edit.materialise import materialise, not_needed
from planner.edit.refused import Refused
from planner.edit.scope import (
    change_process,
    raise_targets,
    set_baseline,
    set_baselines,
    set_in_scope,
    set_scopes,
    set_target,
    set_targets,
)
from planner.graph.closure import needs_of
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.values import DIMENSIONS, Fixed


def at(project: Project, catalogue: Catalogue, process_id: str, /, **targets: int) -> Project:
    for dimension, level in targets.items():
        project = set_target(project, catalogue, process_id, dimension, level)
    return project


def lifted(project: Project, catalogue: Catalogue, process: str, level: int) -> Project:
    return at(project, catalogue, process, **dict.fromkeys(DIMENSIONS, level))


def ids(project: Project, capability: str) -> list[str]:
    return [package.id for package in project.packages_of.get(capability, ())]


def test_raising_a_target_brings_work_and_prerequisites(desk: Project, catalogue: Catalogue) -> None:
    assert "capacity@2" not in desk.capabilities
    after = lifted(desk, catalogue, "capacity", 2)
    assert ids(after, "capacity@2") == [f"capacity-2-{w}" for w in ("people", "process", "tech", "standard")]
    assert needs_of(after)["event@2"].pulled_by == "capacity@2"
    assert ids(after, "event@2")
    assert all(package.source == "catalogue" for package in after.packages)


def test_lowering_it_again_takes_everything_back(desk: Project, catalogue: Catalogue) -> None:
    after = lifted(lifted(desk, catalogue, "capacity", 2), catalogue, "capacity", 1)
    assert after.packages == desk.packages
    assert after.dependencies == desk.dependencies


def test_one_dimension_alone_brings_only_its_package(desk: Project, catalogue: Catalogue) -> None:
    after = at(desk, catalogue, "demand", people=2)
    assert ids(after, "demand@2") == ["demand-2-people"]
    reasons = {n.package: n.reason for n in not_needed(after, catalogue) if n.capability == "demand@2"}
    assert reasons == {
        "demand-2-process": "the target for process is level 1",
        "demand-2-tech": "the target for tech is level 1",
        "demand-2-standard": "the process as a whole stays at level 1",
    }


def test_a_dimension_that_stands_needs_no_package(desk: Project, catalogue: Catalogue) -> None:
    after = lifted(desk, catalogue, "demand", 2)
    after = set_baseline(after, catalogue, "demand", "people", 2, "seen at work")
    after = set_baseline(after, catalogue, "demand", "tech", 2, "seen at work")
    assert ids(after, "demand@2") == ["demand-2-process", "demand-2-standard"]
    assert [(n.package, n.reason) for n in not_needed(after, catalogue) if n.capability == "demand@2"] == [
        ("demand-2-people", "people already stands at level 2"),
        ("demand-2-tech", "tech already stands at level 2"),
    ]


def test_a_capability_that_something_needs_is_built_whole(desk: Project, catalogue: Catalogue) -> None:
    """Its own target asks for people alone, but change at level 3 needs configuration management at level 2."""
    bare = lifted(lifted(desk, catalogue, "change", 1), catalogue, "config", 1)
    part = at(bare, catalogue, "config", people=2)
    assert ids(part, "config@2") == ["config-2-people"]
    whole = lifted(part, catalogue, "change", 3)
    assert len(ids(whole, "config@2")) == 4
    assert not needs_of(whole)["config@2"].pulled


def test_a_dimension_ahead_of_the_others_needs_no_level_below_it(desk: Project, catalogue: Catalogue) -> None:
    """People stand at 3 and go to 4 while the rest goes to 2: level 3 is nobody's target."""
    after = set_baseline(desk, catalogue, "demand", "people", 3, "seen at work")
    after = at(after, catalogue, "demand", people=4, process=2, tech=2)
    assert [item for item in needs_of(after) if item.startswith("demand")] == ["demand@2", "demand@4"]
    assert ids(after, "demand@4") == ["demand-4-people"]
    assert "people" not in {p.workstream for p in after.packages_of["demand@2"]}


def test_raising_the_baseline_above_the_target_lifts_the_target(desk: Project, catalogue: Catalogue) -> None:
    after = set_baseline(desk, catalogue, "demand", "tech", 3, "seen at work")
    assert after.process_by_id["demand"].target["tech"] == 3
    assert after.packages == desk.packages


def test_a_target_below_the_baseline_is_refused(desk: Project, catalogue: Catalogue) -> None:
    stands = set_baseline(desk, catalogue, "demand", "tech", 3, "seen at work")
    with pytest.raises(Refused, match="demand: target 2 for tech is below its baseline 3 - raise the target"):
        set_target(stands, catalogue, "demand", "tech", 2)


@pytest.mark.parametrize("level", [0, 6, 7])
def test_a_level_off_the_scale_is_refused(desk: Project, catalogue: Catalogue, level: int) -> None:
    with pytest.raises(Refused, match=f"demand: target tech must be 1 to 5, not {level}"):
        set_target(desk, catalogue, "demand", "tech", level)


def test_unknown_names_are_refused(desk: Project, catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="there is no process 'deman'"):
        set_target(desk, catalogue, "deman", "tech", 2)
    with pytest.raises(Refused, match="there is no dimension 'standard'"):
        set_baseline(desk, catalogue, "demand", "standard", 2, "seen at work")


def test_a_level_is_set_by_hand_only_with_a_reason(desk: Project, catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="demand: a level that is set by hand needs a reason - say what shows that tech"):
        set_baseline(desk, catalogue, "demand", "tech", 3, "  ")
    after = set_baseline(desk, catalogue, "demand", "tech", 3, "the tool was shown")
    assert after.process_by_id["demand"].by_hand == {"tech": "the tool was shown"}


def test_a_target_changed_by_hand_keeps_its_reason(desk: Project, catalogue: Catalogue) -> None:
    after = set_target(desk, catalogue, "demand", "tech", 2, "agreed with the board")
    assert after.process_by_id["demand"].reason == "agreed with the board"
    assert set_target(after, catalogue, "demand", "tech", 3).process_by_id["demand"].reason == "agreed with the board"


def test_importance_is_one_to_five(desk: Project) -> None:
    assert change_process(desk, "incident", importance=5).process_by_id["incident"].importance == 5
    with pytest.raises(Refused, match="incident: importance must be 1 to 5, not 6"):
        change_process(desk, "incident", importance=6)


def test_an_edit_without_effect_returns_the_same_plan(desk: Project, catalogue: Catalogue) -> None:
    assert set_target(desk, catalogue, "incident", "tech", 3) is desk
    assert set_in_scope(desk, "incident", True, catalogue) is desk


def test_outside_the_scope_a_target_calls_for_no_work(desk: Project, catalogue: Catalogue) -> None:
    out = set_in_scope(desk, "request", False, catalogue)
    assert ids(out, "request@2") == []
    assert out.process_by_id["request"].target == desk.process_by_id["request"].target
    back = set_in_scope(out, "request", True, catalogue)
    assert (back.packages, back.dependencies) == (desk.packages, desk.dependencies)


def test_a_process_outside_may_be_pulled_in_and_a_finding_says_so(desk: Project, catalogue: Catalogue) -> None:
    out = set_in_scope(desk, "problem", False, catalogue)
    assert len(ids(out, "problem@2")) == 4
    assert [f.message for f in check(out, catalogue) if f.id == "G05"] == [
        "Problem management is out of scope, but the targets need Problem management 2 (for Incident management 3)"
    ]


def test_a_plan_may_list_fewer_processes_than_the_catalogue(desk: Project, catalogue: Catalogue) -> None:
    """The ones its targets need are then added, out of scope."""
    only = replace(
        desk,
        processes=(desk.process_by_id["incident"],),
        packages=(),
        dependencies=(),
    )
    assert not_needed(only, catalogue) is not None
    after = materialise(only, catalogue)
    assert [(p.id, p.in_scope) for p in after.processes][1:] == [("service-desk", False), ("problem", False)]
    assert after.process_by_id["problem"].baseline == Fixed(dict.fromkeys(DIMENSIONS, 1))
    assert set_target(only, catalogue, "incident", "tech", 4).package_by_id["incident-4-tech"]


def test_the_reason_of_a_target_is_kept(desk: Project) -> None:
    assert change_process(desk, "incident", reason="the regulator asks for it").process_by_id["incident"].reason == (
        "the regulator asks for it"
    )


def test_text_is_cleaned_as_in_a_file(desk: Project) -> None:
    assert change_process(desk, "incident", reason="red \x1b[31m").process_by_id["incident"].reason == "red \ufffd[31m"


def test_many_targets_at_once_are_as_one_after_the_other(desk: Project, catalogue: Catalogue) -> None:
    wanted = {"problem": dict.fromkeys(DIMENSIONS, 3), "change": {"people": 4}}
    by_one = at(lifted(desk, catalogue, "problem", 3), catalogue, "change", people=4)
    assert set_targets(desk, catalogue, wanted) == by_one


def test_a_target_of_several_never_goes_below_what_stands(desk: Project, catalogue: Catalogue) -> None:
    stands = set_baseline(desk, catalogue, "problem", "people", 3, "seen")
    after = set_targets(stands, catalogue, {"problem": {"people": 2}})
    assert after.process_by_id["problem"].target["people"] == 3
    with pytest.raises(Refused):
        set_targets(desk, catalogue, {"nothing": {"people": 2}})
    with pytest.raises(Refused):
        set_targets(desk, catalogue, {"problem": {"nothing": 2}})


def test_many_levels_at_once_are_as_one_after_the_other_and_need_a_reason(desk: Project, catalogue: Catalogue) -> None:
    wanted = {"problem": {"people": 3}, "event": {"tech": 2}}
    by_one = set_baseline(desk, catalogue, "problem", "people", 3, "seen")
    by_one = set_baseline(by_one, catalogue, "event", "tech", 2, "seen")
    assert set_baselines(desk, catalogue, wanted, " seen ") == by_one
    with pytest.raises(Refused):
        set_baselines(desk, catalogue, wanted, " ")


def test_many_processes_leave_the_scope_at_once(desk: Project, catalogue: Catalogue) -> None:
    by_one = set_in_scope(set_in_scope(desk, "slm", False, catalogue), "catalogue", False, catalogue)
    assert set_scopes(desk, catalogue, ["slm", "catalogue"], False) == by_one


def test_aiming_at_capabilities_takes_processes_in_and_lowers_nothing(desk: Project, catalogue: Catalogue) -> None:
    outside = set_in_scope(desk, "problem", False, catalogue)
    after = raise_targets(outside, catalogue, ["problem@2", "incident@2"])
    assert after.process_by_id["problem"].in_scope
    assert set(after.process_by_id["problem"].target.values()) == {2}
    assert after.process_by_id["incident"].target == desk.process_by_id["incident"].target
    assert "problem@2" in after.capabilities
