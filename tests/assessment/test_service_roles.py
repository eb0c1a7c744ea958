"""The grid of service roles and its score; who owns how much that changes at once."""

from dataclasses import replace
from datetime import date

import pytest

from planner.assessment.service_roles import grid, owner_load, ownerless, total
from planner.edit.posts import set_owner, set_service_role
from planner.model.knowledge import Catalogue
from planner.model.people import Post, ServiceRole
from planner.model.project import Engagement, Placement, ProcessScope, Project, Roadmap, WorkPackage
from planner.model.values import Duration, Fixed

LOW, GOAL = (Fixed(dict.fromkeys(("people", "process", "tech"), level)) for level in (1, 2))
PROCESSES = ("incident", "problem", "change", "slm")


def day(month: int, number: int) -> date:
    return date(2027, month, number)


@pytest.fixture
def plan() -> Project:
    """Four capabilities on their days: incident and problem overlap, change begins when incident ends."""
    placed = {
        "incident": (day(2, 1), day(3, 1)),
        "problem": (day(2, 15), day(4, 1)),
        "change": (day(3, 1), day(5, 3)),
        "slm": (day(6, 1), day(7, 1)),
    }
    packages = tuple(
        WorkPackage(
            id=f"{name}-2-people",
            name=name,
            capability=f"{name}@2",
            workstream="people",
            days=Duration(1, 2, 3),
        )
        for name in PROCESSES
    )
    return Project(
        engagement=Engagement(name="Plan", start=day(1, 4)),
        posts=(
            Post(id="ann", name="Head of support", holder="Ann"),
            Post(id="desk", name="Desk lead", holder="Ann"),
            Post(id="bo", name="Head of IT"),
        ),
        processes=tuple(ProcessScope(id=name, name=name.title(), baseline=LOW, target=GOAL) for name in PROCESSES),
        packages=packages,
        roadmap=Roadmap(
            packages=Fixed({f"{n}-2-people": Placement(phase="p1", start=a, finish=b) for n, (a, b) in placed.items()})
        ),
    )


def test_every_service_role_of_the_source_is_a_row(desk: Project, catalogue: Catalogue) -> None:
    rows = grid(replace(desk, service_roles=()), catalogue)
    assert [row.name for row in rows] == [
        "Service level manager",
        "Service product manager",
        "Service solution manager",
        "Service project manager",
        "Service operations manager",
        "Service quality manager",
        "Service process manager",
        "Service supplier manager",
        "Service finance manager",
        "Service engineer",
    ]
    assert total(rows).most == 60
    assert total(rows).score == 0
    assert total([]).share == 0.0


def test_the_score_counts_what_exists(desk: Project, catalogue: Catalogue) -> None:
    project = set_service_role(replace(desk, service_roles=()), catalogue, "service-engineer", has=["exists", "norms"])
    project = set_service_role(
        project, catalogue, "service-level-manager", has=[a.id for a in catalogue.role_attributes]
    )
    scores = {row.id: row.score for row in grid(project, catalogue)}
    assert (scores["service-engineer"], scores["service-level-manager"], scores["service-finance-manager"]) == (2, 6, 0)
    together = total(grid(project, catalogue))
    assert (together.score, together.most) == (8, 60)
    assert together.share == pytest.approx(8 / 60)


def test_the_maximum_follows_the_attributes(desk: Project, catalogue: Catalogue) -> None:
    fewer = replace(catalogue, role_attributes=catalogue.role_attributes[:4])
    project = set_service_role(desk, catalogue, "service-engineer", has=["exists", "development"])
    rows = {row.id: row for row in grid(project, fewer)}
    assert (rows["service-engineer"].score, rows["service-engineer"].most) == (1, 4)


def test_a_role_of_the_plans_own_is_a_row_too(desk: Project, catalogue: Catalogue) -> None:
    own = ServiceRole(id="researcher", name="Service researcher", has=("exists",))
    *_known, last = grid(replace(desk, service_roles=(own,)), catalogue)
    assert (last.name, last.score, last.line) == ("Service researcher", 1, "")


def test_who_owns_too_much_at_once_is_seen_with_the_days(plan: Project) -> None:
    project = plan
    for process in PROCESSES:
        project = set_owner(project, process, "bo")
    (load,) = owner_load(project)
    assert load.capabilities == ("incident@2", "problem@2", "change@2")
    assert (load.post, load.start, load.finish) == ("bo", day(3, 1), day(3, 1))


def test_two_posts_of_one_person_are_one_owner(plan: Project) -> None:
    project = set_owner(set_owner(plan, "incident", "ann"), "problem", "desk")
    (load,) = owner_load(set_owner(project, "slm", "desk"))
    assert (load.post, load.capabilities) == ("ann", ("incident@2", "problem@2"))
    assert (load.start, load.finish) == (day(2, 15), day(3, 1))
    both = owner_load(set_owner(project, "change", "bo"))
    assert [(load.post, len(load.capabilities)) for load in both] == [("ann", 2), ("bo", 1)], "the busiest first"


def test_without_a_roadmap_nothing_is_at_once(plan: Project) -> None:
    assert owner_load(replace(set_owner(plan, "slm", "bo"), roadmap=None)) == ()


def test_processes_that_are_worked_on_and_nobody_owns(plan: Project) -> None:
    project = set_owner(plan, "change", "bo")
    idle = ProcessScope(id="demand", name="Demand", baseline=LOW, target=LOW)
    project = replace(project, processes=(*project.processes, idle))
    assert [process.id for process in ownerless(project)] == ["incident", "problem", "slm"]
