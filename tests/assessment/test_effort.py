"""Sums of effort and cost, overheads on top, against what was agreed; when a phase ends."""

from dataclasses import replace

import pytest

from planner.assessment.deliverables import deliverable_names
from planner.assessment.effort import (
    Against,
    by_phase,
    by_role,
    by_workstream,
    cost,
    cost_against,
    effort_against,
    in_all,
    overheads,
    total,
)
from planner.assessment.gates import exit_criteria
from planner.model.calendar import Role
from planner.model.context import Governance, Overhead
from planner.model.knowledge import Catalogue
from planner.model.measures import Indicator, Milestone
from planner.model.project import Phase, Placement, Project, Roadmap, WorkPackage
from planner.model.values import Duration, Effort, Fixed
from planner.text.i18n import use


@pytest.fixture
def small(desk: Project) -> Project:
    """Three packages, one of them without a place, two overheads, money."""
    weeks = Duration(5, 5, 5)
    packages = (
        WorkPackage(
            id="a", name="A", workstream="process", days=weeks, effort=Fixed({"lead": Effort(1, 2, 3)}), cost=1000
        ),
        WorkPackage(
            id="b",
            name="B",
            workstream="tech",
            days=weeks,
            effort=Fixed({"lead": Effort(0.5, 1, 2), "maker": Effort(4, 6, 9)}),
        ),
        WorkPackage(id="c", name="C", workstream="tech", days=weeks, effort=Fixed({"maker": Effort(1, 1, 1)})),
    )
    start = desk.engagement.start
    here = Placement(phase="p1", start=start, finish=start)
    return replace(
        desk,
        roles=(
            Role(id="lead", name="Lead", fte=1),
            Role(id="maker", name="Maker", fte=1),
            Role(id="idle", name="I", fte=1),
        ),
        packages=packages,
        dependencies=(),
        pins=(),
        phases=(Phase(id="p1", name="One"), Phase(id="p2", name="Two")),
        roadmap=Roadmap(packages=Fixed({"a": here, "b": here})),
        overheads=(Overhead(id="pm", name="Management", share=0.12), Overhead(id="oc", name="Change", share=0.08)),
        milestones=(Milestone(id="exam", name="Exam", cost=250),),
        governance=Governance(effort=10, budget=2000, currency="EUR"),
    )


def test_effort_is_summed_by_workstream_role_and_phase(small: Project) -> None:
    assert total(small.packages) == Effort(6.5, 10, 15)
    assert by_workstream(small) == {
        "people": Effort(0, 0, 0),
        "process": Effort(1, 2, 3),
        "tech": Effort(5.5, 8, 12),
        "standard": Effort(0, 0, 0),
    }
    assert by_role(small) == {"lead": Effort(1.5, 3, 5), "maker": Effort(5, 7, 10)}
    assert by_phase(small) == {"p1": Effort(5.5, 9, 14), "p2": Effort(0, 0, 0), "": Effort(1, 1, 1)}


def test_without_a_roadmap_nothing_has_a_phase(small: Project) -> None:
    assert by_phase(replace(small, roadmap=None, phases=())) == {"": Effort(6.5, 10, 15)}


def test_overheads_are_shares_of_the_packages_not_of_each_other(small: Project) -> None:
    assert [load.effort.likely for load in overheads(small)] == [pytest.approx(1.2), pytest.approx(0.8)]
    assert in_all(small) == Effort(pytest.approx(7.8), pytest.approx(12), pytest.approx(18))


def test_plan_against_agreement(small: Project) -> None:
    assert cost(small) == 1250
    effort, money = effort_against(small), cost_against(small)
    assert (effort.over, effort.part) == (pytest.approx(2), pytest.approx(1.2))
    assert (money.over, money.part) == (-750, 0.625)
    nothing = effort_against(replace(small, governance=Governance()))
    assert (nothing.over, nothing.part) == (0, None)
    assert Against(5, 0).part is None


def test_a_phase_ends_by_its_words_and_by_its_gates(small: Project) -> None:
    phase = Phase(id="p1", name="One", exit_criteria=("Users know the desk",))
    gates = Fixed({"p1": 75.0})
    indicators = (
        Indicator(id="up", name="Solved", unit="%", direction="up", gates=gates),
        Indicator(id="down", name="Open", unit="count", direction="down", gates=Fixed({"p1": 12.5})),
        Indicator(id="range", name="Spent", unit="%", direction="range", gates=Fixed({"p1": 100.0, "p2": 90.0})),
        Indicator(id="none", name="Never", unit="%"),
    )
    plan = replace(small, indicators=indicators)
    assert exit_criteria(plan, phase) == [
        "Users know the desk",
        "Solved: at least 75 %",
        "Open: at most 12.5 count",
        "Spent: about 100 %",
    ]
    assert exit_criteria(plan, plan.phases[1]) == ["Spent: about 90 %"]


def test_deliverables_of_a_design_in_words(desk: Project, catalogue: Catalogue) -> None:
    design = desk.package_by_id["incident-3-process"]
    names = deliverable_names(desk, catalogue, design)
    assert names[:3] == ("Owner and manager named", "Roles of the desk and the second line", "Roles mapped to posts")
    assert len(names) == 20
    rules = [d.id for d in catalogue.deliverables if d.group == "rules"]
    codes = [d.id for d in catalogue.deliverables if d.group == "codes"]
    assert (len(rules), len(codes)) == (6, 6)
    assert {*rules, *codes, "record-form", "kpi-set", "report-set"} <= set(design.deliverables)
    own = replace(design, deliverables=("record-form", "A wall chart"))
    assert deliverable_names(desk, catalogue, own) == ("Record form", "A wall chart")
    use("zh")
    try:
        assert deliverable_names(desk, catalogue, own)[0] == "Record form", "the plan is in English"
    finally:
        use("en")


def test_every_step_of_every_workstream_hands_something_over(
    desk: Project, bank: Project, catalogue: Catalogue
) -> None:
    steps = {(d.workstream, d.level) for d in catalogue.deliverables}
    assert steps == {(w, level) for w in ("people", "process", "tech", "standard") for level in (2, 3, 4, 5)}
    for project in (desk, bank):
        assert all(package.deliverables for package in project.packages if package.capability)
