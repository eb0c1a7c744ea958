"""Each finding appears when, and only when, its reason is there; it names the items and what to do."""

from dataclasses import replace
from datetime import date

import pytest

from planner.catalog.load import load
from planner.checks import check as checks
from planner.checks.finding import SEVERITIES, Finding
from planner.edit.dependencies import add_dependency
from planner.edit.facts import add_role, change_engagement, change_role
from planner.edit.roadmap import adopt, move_to
from planner.edit.scope import change_process, set_baseline, set_in_scope, set_target
from planner.edit.work import add_package, change_package, remove_package
from planner.model.calendar import CapacityChange, Role
from planner.model.knowledge import Catalogue
from planner.model.project import Dependency, Phase, Placement, Project, Roadmap, WorkPackage
from planner.model.values import DIMENSIONS, Duration, Effort, Fixed
from planner.rollout.propose import propose


def check(project: Project) -> tuple[Finding, ...]:
    return checks.check(project, load())


ORDER = ("CHK13", "CHK20", "CHK21", "CHK25")
"""Checks that tell what ``verify`` finds, beside those of graph, schedule and data."""


def of(project: Project, ident: str) -> list[Finding]:
    return [finding for finding in check(project) if finding.id == ident]


def messages(project: Project, ident: str) -> list[str]:
    return [finding.message for finding in of(project, ident)]


def scheduled(project: Project) -> Project:
    """All packages one after the other, the needed first, with a year between levels: nothing is broken."""
    from graphlib import TopologicalSorter

    from planner.graph.order import arcs

    waits: dict[object, set[object]] = {}
    for arc in arcs(project):
        waits.setdefault(arc.after, set()).add(arc.before)
    order = [node.item for node in TopologicalSorter(waits).static_order() if node.moment == "work"]  # type: ignore[attr-defined]
    day, placed = project.engagement.start, {}
    for item in order:
        day = project.calendar.next_working(day)
        finish = project.calendar.finish(day, project.package_by_id[item].days.likely)
        placed[item] = Placement(phase="p1", start=day, finish=finish)
        day = date.fromordinal(finish.toordinal() + 1)
    roadmap = Roadmap(strategy=project.engagement.strategy, packages=Fixed(placed))
    return adopt(project, roadmap, (Phase(id="p1", name="All", source="proposed"),))


@pytest.fixture(scope="module")
def quiet(desk: Project, catalogue: Catalogue) -> Project:
    """A plan with nothing to say about it: catalogue and sponsor in order, no limit in the way of the plain order."""
    plan = change_engagement(desk, sponsor="the board")
    plan = replace(plan, limits=replace(plan.limits, absorption=27, stabilise_weeks=Fixed()))
    for process in ("brm", "release", "security", "continuity", "supplier"):  # what the plan's changes would gain from
        for dimension in DIMENSIONS:
            plan = set_target(plan, catalogue, process, dimension, 2)
    return scheduled(plan)


def test_a_plan_in_order_has_nothing_but_soft_wishes(quiet: Project) -> None:
    assert [f for f in check(quiet) if f.id.startswith(("G", "S", "D")) or f.id in ORDER] == []


def test_findings_come_worst_first_and_are_complete(desk: Project, catalogue: Catalogue) -> None:
    plan = remove_package(set_in_scope(desk, "problem", False, catalogue), "incident-3-tech")
    plan = add_dependency(plan, Dependency(item="incident-3-people", needs="capacity@3"))
    found = check(plan)
    ranks = [SEVERITIES.index(finding.severity) for finding in found]
    assert ranks == sorted(ranks)
    assert {0, 1, 2} == set(ranks)
    assert all(finding.title and finding.message and finding.advice for finding in found)


# -- dependencies


def test_a_circle_is_told_with_ways_out_and_the_rest_still_checked(quiet: Project) -> None:
    looped = replace(quiet, dependencies=(*quiet.dependencies, Dependency(item="problem@2", needs="incident@3")))
    (finding,) = of(looped, "G01")
    assert finding.severity == "error"
    assert finding.message == (
        "Problem management 2 needs Incident management 3, which needs Problem management 2: none of them can begin"
    )
    assert 'do without "Problem management 2 needs Incident management 3"' in finding.advice
    assert finding.items == ("problem@2", "incident@3")
    assert of(replace(looped, engagement=replace(looped.engagement, sponsor="")), "CHK08")


def test_a_needed_capability_without_work(desk: Project) -> None:
    plan = desk
    for package in desk.packages_of["problem@2"]:
        plan = remove_package(plan, package.id)
    (finding,) = of(plan, "G02")
    assert finding.message == (
        "the targets need Problem management 2, pulled in by Incident management 3, but the plan has no work for it"
    )
    assert finding.items == ("problem@2", "incident@3")
    for package in plan.packages_of["request@2"]:
        plan = remove_package(plan, package.id)
    assert messages(plan, "G02")[0] == "the targets need Service request management 2, but the plan has no work for it"
    assert of(plan, "G03") == [], "one fault, one finding"


def test_a_package_that_needs_what_nobody_plans(desk: Project, catalogue: Catalogue) -> None:
    plan = add_dependency(desk, Dependency(item="incident-3-people", needs="capacity@2"), catalogue)
    (finding,) = of(plan, "G03")
    assert finding.message == "incident-3-people needs Capacity management 2, which neither stands nor is planned"
    assert finding.severity == "error"
    for dimension in DIMENSIONS:
        plan = set_baseline(plan, catalogue, "capacity", dimension, 2, "seen at work")
    assert of(plan, "G03") == []


def test_own_work_at_a_level_whose_ground_is_missing(desk: Project, catalogue: Catalogue) -> None:
    extra = WorkPackage(
        id="forecast", name="Forecast", capability="demand@3", workstream="process", days=Duration(1, 2, 3)
    )
    plan = add_package(desk, extra)
    assert messages(plan, "G03") == [
        "Demand management 3 needs Demand management 2, which neither stands nor is planned"
    ]
    assert of(set_baseline(plan, catalogue, "demand", "process", 2, "seen at work"), "G03") == []


def test_a_dimension_ahead_of_the_others_hangs_on_nothing(desk: Project, catalogue: Catalogue) -> None:
    """People go from 3 to 4, the rest to 2: nobody plans demand at 3, and a roadmap can be proposed."""
    plan = set_baseline(desk, catalogue, "demand", "people", 3, "seen at work")
    for dimension, level in (("people", 4), ("process", 2), ("tech", 2)):
        plan = set_target(plan, catalogue, "demand", dimension, level)
    assert "demand@3" not in plan.capabilities
    proposal = propose(plan, catalogue.strategy_by_id["service-desk-first"])
    adopted = check(adopt(plan, proposal.roadmap, proposal.phases))
    assert [f for f in adopted if f.severity == "error" and (f.id.startswith(("G", "S")) or f.id in ORDER)] == []


def test_soft_wishes_that_are_not_planned_are_one_note_each(desk: Project, quiet: Project) -> None:
    findings = of(desk, "G04")
    assert {finding.severity for finding in findings} == {"info"}
    assert ("Business relationship 2 neither stands nor is planned; these would gain from it: Service catalogue 2") in [
        finding.message for finding in findings
    ]
    assert of(quiet, "G04") == []


# -- schedule


def test_without_a_roadmap_a_proposal_is_advised(desk: Project, quiet: Project) -> None:
    (finding,) = of(desk, "S06")
    assert (finding.severity, finding.advice) == ("info", "propose one")
    assert of(quiet, "S06") == []


def test_every_violation_is_an_error_with_its_id(quiet: Project) -> None:
    early = move_to(quiet, "incident@3", quiet.engagement.start)
    (hard, *_rest) = of(early, "CHK13")
    assert hard.severity == "error"
    assert "incident@3" in hard.items
    crowded = replace(early, limits=replace(early.limits, absorption=1))
    assert of(crowded, "CHK20")
    unplanned = quiet
    for package in quiet.packages_of["problem@2"]:
        unplanned = remove_package(unplanned, package.id)
    assert of(unplanned, "G02")
    assert of(unplanned, "CHK13") == [], "what nobody plans is told once"
    tight = replace(quiet, limits=replace(quiet.limits, stabilise_weeks=Fixed({"2": 300})))
    assert of(tight, "CHK25")


def test_work_without_a_place_is_one_finding(quiet: Project) -> None:
    assert quiet.roadmap is not None
    few = {item: place for item, place in quiet.roadmap.packages.items() if not item.startswith("sms")}
    plan = replace(quiet, roadmap=replace(quiet.roadmap, packages=Fixed(few)))
    (finding,) = of(plan, "S01")
    assert finding.items == tuple(package.id for package in plan.packages_of["sms@2"])
    assert finding.message.startswith(f"{len(finding.items)} work packages are not in the roadmap: sms-2-people, ")


def test_a_broken_soft_dependency_is_a_note_with_its_reason(quiet: Project) -> None:
    plan = move_to(quiet, "catalogue@2", quiet.engagement.start)
    broken = {finding.items: finding for finding in of(plan, "CHK14")}
    finding = broken["catalogue@2", "brm@2"]
    assert finding.severity == "info"
    assert finding.message == (
        "Service catalogue 2 comes before Business relationship 2, from which it would gain: "
        "Knowing who the customers are decides which view of services to publish."
    )


def test_a_roadmap_of_another_strategy(quiet: Project) -> None:
    assert of(quiet, "S07") == []
    other = change_engagement(quiet, strategy="change-config-first")
    assert messages(other, "S07") == ["the roadmap follows service-desk-first, the engagement says change-config-first"]


# -- facts and estimates


def test_no_sponsor(desk: Project) -> None:
    assert [finding.severity for finding in of(change_engagement(desk, sponsor=""), "CHK08")] == ["error"]
    assert of(change_engagement(desk, sponsor="the board"), "CHK08") == []


def test_a_workstream_without_any_work(desk: Project) -> None:
    plan = desk
    for package in desk.packages:
        if package.workstream in ("people", "standard"):
            plan = remove_package(plan, package.id)
    assert messages(plan, "CHK01") == ["the plan has no work in: people, standard"]
    assert of(desk, "CHK01") == []


def test_an_ambitious_target_needs_a_reason(desk: Project, catalogue: Catalogue) -> None:
    plan = change_process(set_target(desk, catalogue, "incident", "tech", 4), "incident", reason="")
    assert messages(plan, "CHK16") == ["Incident management aims at level 4, but no reason is given"]
    assert of(change_process(plan, "incident", reason="the regulator asks for it"), "CHK16") == []
    stands = desk
    for dimension in DIMENSIONS:
        stands = set_baseline(stands, catalogue, "demand", dimension, 4, "seen at work")
    assert of(stands, "CHK16") == [], "what stands needs no reason"


def test_dimensions_out_of_balance_now_or_planned(desk: Project, catalogue: Catalogue) -> None:
    assert of(desk, "CHK17") == []
    planned = set_target(desk, catalogue, "demand", "people", 3)
    assert messages(planned, "CHK17") == ["the targets of Demand management are uneven: People 3, Process 1, Tech 1"]
    now = set_baseline(desk, catalogue, "demand", "people", 3, "seen at work")
    assert messages(now, "CHK17") == ["Demand management stands unevenly today: People 3, Process 1, Tech 1"]
    mended = set_target(set_target(now, catalogue, "demand", "process", 2), catalogue, "demand", "tech", 2)
    assert messages(mended, "CHK17") == ["Demand management stands unevenly today: People 3, Process 1, Tech 1"]
    assert of(set_in_scope(now, "demand", False, catalogue), "CHK17") == []


def test_work_without_effort(desk: Project) -> None:
    plan = change_package(desk, "incident-3-tech", effort=Fixed())
    assert [(f.message, f.items) for f in of(plan, "D02")] == [
        ("nobody works on incident-3-tech", ("incident-3-tech",))
    ]


def test_work_that_no_target_needs(desk: Project, catalogue: Catalogue) -> None:
    extra = WorkPackage(
        id="forecast",
        name="Forecast",
        capability="demand@2",
        workstream="process",
        days=Duration(1, 2, 3),
        effort=Fixed({"trainer": Effort(0.1, 0.2, 0.3)}),
    )
    plan = add_package(desk, extra)
    assert [f.items for f in of(plan, "D04")] == [("forecast", "demand@2")]
    assert [f.items for f in of(set_in_scope(plan, "demand", False, catalogue), "D03")] == [("forecast", "demand@2")]
    assert of(set_target(plan, catalogue, "demand", "process", 2), "D04") == []


def test_roles_without_work_or_capacity(desk: Project) -> None:
    plan = add_role(desk, Role(id="tester", name="Tester", fte=1.0))
    assert messages(plan, "D06") == ["Tester has no work in the plan"]
    leave = (CapacityChange(since=date(2028, 1, 1), fte=0.0), CapacityChange(since=date(2028, 7, 1), fte=0.4))
    plan = change_role(desk, "trainer", changes=leave)
    assert messages(plan, "D05") == ["Trainer has work in the plan but no capacity from 2028-01-01 until 2028-07-01"]
    late = change_role(desk, "trainer", fte=0.0, changes=(CapacityChange(since=date(2027, 3, 1), fte=0.4),))
    assert messages(late, "D05") == ["Trainer has work in the plan but no capacity from 2027-01-04 until 2027-03-01"]
    gone = change_role(desk, "trainer", changes=leave[:1])
    assert messages(gone, "D05") == ["Trainer has work in the plan but no capacity from 2028-01-01 on"]


def test_what_was_left_out_is_listed(desk: Project) -> None:
    plan = remove_package(remove_package(desk, "incident-3-tech", "the tool stays"), "sms-2-people")
    assert messages(plan, "D07") == [
        "the plan does without 2 work packages of the catalogue: incident-3-tech (the tool stays), sms-2-people"
    ]


def test_a_plan_without_work(desk: Project, catalogue: Catalogue) -> None:
    plan = replace(desk, processes=tuple(replace(p, target=p.baseline) for p in desk.processes), packages=())
    assert messages(replace(plan, dependencies=()), "D01") == [
        "no target is above what stands today, so the plan has no work"
    ]
