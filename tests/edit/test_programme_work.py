"""Programme work in a plan: what it brings, in which order, how much of it, and that roadmaps stand with it."""

from dataclasses import replace

import pytest

from planner.edit.facts import set_size
from planner.edit.materialise import materialise
from planner.edit.programme import add_programme, change_overhead, remove_programme, usual
from planner.edit.refused import Refused
from planner.edit.roadmap import adopt
from planner.edit.scope import set_target
from planner.edit.work import change_package, remove_package, restore_package
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.values import Duration, Effort, WeekRange
from planner.rollout.propose import propose
from planner.rollout.verify import verify


@pytest.fixture(scope="module")
def bare(desk: Project, catalogue: Catalogue) -> Project:
    """The desk-first plan without programme work, circumstances or a roadmap."""
    about = replace(desk.engagement, programme=())
    return materialise(replace(desk, engagement=about, modifiers=()), catalogue)


def taking(project: Project, catalogue: Catalogue, *ids: str) -> Project:
    for ident in ids:
        project = add_programme(project, catalogue, ident)
    return project


def needs(project: Project, item: str) -> set[str]:
    return {dependency.needs for dependency in project.dependencies if dependency.item == item}


def test_a_piece_of_work_is_sized_shared_and_named_as_in_the_catalogue(bare: Project, catalogue: Catalogue) -> None:
    plan = taking(bare, catalogue, "tool-requirements")
    package = plan.package_by_id["tool-requirements"]
    assert (package.capability, package.workstream, package.source) == ("", "tech", "catalogue")
    assert package.days == Duration(10, 20, 30)
    assert package.effort == {"tool-architect": Effort(4.8, 8.4, 14.4), "process-consultant": Effort(3.2, 5.6, 9.6)}
    assert plan.engagement.programme == ("tool-requirements",)
    small = set_size(plan, catalogue, "small").package_by_id["tool-requirements"]
    assert small.effort["tool-architect"].likely == pytest.approx(4.6)
    assert small.days == Duration(8, 15, 22)
    assert small.note == "small client: effort x0.55, duration x0.75"


def test_a_role_that_the_plan_lacks_comes_with_the_work_and_carries_it(bare: Project, catalogue: Catalogue) -> None:
    without = replace(bare, roles=tuple(role for role in bare.roles if role.id != "sponsor"))
    busy = replace(
        catalogue,
        programme=tuple(
            replace(work, effort=Effort(20, 20, 20), weeks=WeekRange(1, 1, 1)) if work.id == "vision-workshop" else work
            for work in catalogue.programme
        ),
    )
    plan = add_programme(without, busy, "vision-workshop")
    assert plan.role_by_id["sponsor"].fte == 0.4
    package = plan.package_by_id["vision-workshop"]
    assert package.days.likely == 20
    assert package.note == "5 days became 20, so that each role can carry its share"


def test_the_order_skips_what_the_plan_does_not_take(bare: Project, catalogue: Catalogue) -> None:
    plan = taking(bare, catalogue, "vision-workshop", "new-platform")
    assert plan.package_by_id["new-platform"].after == ("vision-workshop",)
    plan = taking(plan, catalogue, "tool-selection")
    assert plan.package_by_id["new-platform"].after == ("tool-selection",)
    assert plan.package_by_id["tool-selection"].after == ("vision-workshop",)


def test_what_comes_first_stands_before_every_process_by_few_dependencies(bare: Project, catalogue: Catalogue) -> None:
    plan = taking(bare, catalogue, "vision-workshop", "awareness-training")
    gates = [d for d in plan.dependencies if d.needs in ("vision-workshop", "awareness-training")]
    assert {d.needs for d in gates} == {"awareness-training"}
    assert all(d.strength == "hard" and d.source == "catalogue" and d.reason for d in gates)
    held = {d.item for d in gates}
    assert "incident@2" not in held, "incident waits for the desk, which waits for the training"
    links = [*((d.item, d.needs) for d in plan.dependencies if d.strength == "hard")]
    links += [(a, b) for a in plan.capabilities for b in plan.capabilities if below(b, a)]
    reached = set(held)
    while more := {item for item, needed in links if needed in reached} - reached:
        reached |= more
    assert reached >= set(plan.capabilities)
    assert len(held) < len({process_of(item) for item in plan.capabilities})


def below(lower: str, higher: str) -> bool:
    return process_of(lower) == process_of(higher) and level_of(lower) < level_of(higher)


def test_what_comes_last_follows_all_work_on_processes(bare: Project, catalogue: Catalogue) -> None:
    plan = taking(bare, catalogue, "acceptance-pulse-after", "reassessment")
    assert plan.package_by_id["reassessment"].after == ("acceptance-pulse-after",)
    assert not needs(plan, "reassessment"), "it follows the survey, which follows everything"
    ends = needs(plan, "acceptance-pulse-after")
    assert "incident@3" in ends
    assert not ends & {"incident@2", "service-desk@2", "config@2"}
    assert needs(taking(bare, catalogue, "reassessment"), "reassessment") == ends


def test_gates_move_with_the_targets(bare: Project, catalogue: Catalogue) -> None:
    plan = taking(bare, catalogue, "vision-workshop", "reassessment")
    more = plan
    for dimension in plan.dimension_ids:
        more = set_target(more, catalogue, "access", dimension, 2)
    assert "access@2" in more.capabilities
    assert {item for item in more.capabilities if "vision-workshop" in needs(more, item)} >= {"security@2"}
    assert "vision-workshop" not in needs(more, "access@2"), "access waits for security"
    assert needs(more, "reassessment") - needs(plan, "reassessment") == {"access@2"}


def test_a_roadmap_with_the_usual_work_verifies_clean(bare: Project, catalogue: Catalogue) -> None:
    plan = taking(bare, catalogue, *usual(catalogue), "tool-selection", "new-platform")
    found = propose(plan, catalogue.strategy_by_id[plan.engagement.strategy])
    adopted = adopt(plan, found.roadmap, found.phases)
    assert verify(adopted) == ()
    places = found.roadmap.packages
    designs = [places[package.id] for package in plan.packages if package.capability]
    assert places["awareness-training"].finish < min(place.start for place in designs)
    assert places["acceptance-pulse-after"].start > max(place.finish for place in designs)
    assert places["reassessment"].start > places["acceptance-pulse-after"].finish


def test_overheads_are_shares_and_no_packages(bare: Project, catalogue: Catalogue) -> None:
    plan = taking(bare, catalogue, "programme-management", "organisational-change")
    assert [(o.id, o.share, o.source) for o in plan.overheads] == [
        ("programme-management", 0.12, "catalogue"),
        ("organisational-change", 0.08, "catalogue"),
    ]
    assert "programme-management" not in plan.package_by_id
    own = change_overhead(plan, "programme-management", 0.1)
    assert (own.overheads[0].share, own.overheads[0].source) == (0.1, "own")
    assert materialise(own, catalogue).overheads == own.overheads
    assert [o.id for o in remove_programme(own, catalogue, "programme-management").overheads] == [
        "organisational-change"
    ]
    with pytest.raises(Refused, match="below zero"):
        change_overhead(plan, "programme-management", -0.1)


def test_work_goes_and_leaves_nothing_behind(bare: Project, catalogue: Catalogue) -> None:
    plan = taking(bare, catalogue, "vision-workshop", "communication-plan")
    plan = change_package(plan, "vision-workshop", name="Our own workshop")
    assert plan.package_by_id["vision-workshop"].source == "own"
    less = remove_programme(plan, catalogue, "vision-workshop")
    assert "vision-workshop" not in less.package_by_id
    assert less.package_by_id["communication-plan"].after == ()
    assert remove_programme(less, catalogue, "communication-plan") == bare


def test_own_work_keeps_its_place_as_a_gate(bare: Project, catalogue: Catalogue) -> None:
    plan = taking(bare, catalogue, "vision-workshop", "awareness-training")
    loose = materialise(change_package(plan, "awareness-training", after=()), catalogue)
    assert needs(loose, "service-desk@2") >= {"awareness-training", "vision-workshop"}


def test_a_package_taken_out_by_hand_stays_out_until_it_is_wanted(bare: Project, catalogue: Catalogue) -> None:
    plan = taking(bare, catalogue, "vision-workshop", "communication-plan")
    out = remove_package(plan, "vision-workshop", "held already")
    again = materialise(out, catalogue)
    assert "vision-workshop" not in again.package_by_id
    assert again.package_by_id["communication-plan"].after == ()
    assert not needs(again, "service-desk@2") & {"vision-workshop"}
    assert "vision-workshop" in restore_package(again, catalogue, "vision-workshop").package_by_id
    assert add_programme(again, catalogue, "vision-workshop") == plan


def test_unknown_work_is_refused_with_the_nearest_id(bare: Project, catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="did you mean 'vision-workshop'"):
        add_programme(bare, catalogue, "vision-workshp")
    with pytest.raises(Refused, match="programme work in the plan 'reassessment'"):
        remove_programme(bare, catalogue, "reassessment")
