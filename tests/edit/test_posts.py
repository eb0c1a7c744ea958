"""Posts: who owns and manages processes, who has which service role, and what stops a post from going."""

from dataclasses import replace
from datetime import date

import pytest

from planner.edit.facts import remove_role
from planner.edit.posts import (
    add_post,
    change_post,
    new_post_id,
    remove_post,
    set_manager,
    set_owner,
    set_process_role,
    set_service_role,
    suggest_owners,
    toggle_attribute,
    uses,
)
from planner.edit.refused import Refused
from planner.edit.tracks import add_certificate, enrol
from planner.model.knowledge import Catalogue
from planner.model.people import Post, ServiceRole
from planner.model.project import Project

ANN = Post(id="ann", name="Head of support", holder="Ann", department="it", roles=("process-owner",))
BO = Post(id="bo", name="Purchasing", department="business")


@pytest.fixture
def bare(desk: Project) -> Project:
    """The desk project with two posts that nothing names yet."""
    processes = tuple(replace(process, owner="", manager="") for process in desk.processes)
    return replace(desk, posts=(ANN, BO), service_roles=(), processes=processes, enrolments=())


def test_posts_come_change_and_go(desk: Project) -> None:
    project = add_post(desk, replace(ANN, id=new_post_id(desk, "Head of support!")))
    assert project.posts[-1].id == "head-of-support"
    assert new_post_id(project, "Head of support") == "head-of-support-2"
    assert new_post_id(project, "总监") == "post"
    project = change_post(project, "head-of-support", holder="Cem")
    assert project.posts[-1].holder == "Cem"
    assert remove_post(project, "head-of-support") == desk


def test_owners_managers_and_roles_in_a_process(bare: Project) -> None:
    project = set_owner(bare, "incident", "ann")
    project = set_manager(project, "incident", "bo")
    project = set_process_role(project, "incident", "First line", "bo")
    project = set_process_role(project, "incident", "Second line", "ann")
    project = set_process_role(project, "incident", "First line", "ann")
    incident = project.process_by_id["incident"]
    assert (incident.owner, incident.manager) == ("ann", "bo")
    assert dict(incident.posts) == {"First line": "ann", "Second line": "ann"}
    project = set_process_role(project, "incident", "First line", "")
    assert [*project.process_by_id["incident"].posts] == ["Second line"]
    project = set_process_role(
        set_manager(set_owner(project, "incident", ""), "incident", ""), "incident", "Second line", ""
    )
    assert project == bare


def test_a_post_in_use_stays_and_says_where(bare: Project, catalogue: Catalogue) -> None:
    project = set_owner(bare, "incident", "ann")
    project = set_process_role(project, "change", "Assessor", "ann")
    project = set_service_role(project, catalogue, "service-engineer", post="ann")
    with pytest.raises(Refused) as caught:
        remove_post(project, "ann")
    said = str(caught.value)
    assert "Head of support is still owner of Incident management" in said
    assert "Assessor in Change management" in said
    assert "Service engineer" in said
    assert uses(project, "bo") == []
    project = enrol(project, catalogue, "company-scheme", "junior", "bo", date(2027, 3, 1))
    project = add_certificate(project, catalogue, "company-scheme", "senior", "bo", date(2026, 3, 1))
    assert uses(project, "bo") == [
        "on a track (company-scheme-junior-bo)",
        "holder of a certificate (company-scheme-senior-bo-2026)",
    ]


def test_the_grid_is_kept_in_the_order_of_the_catalogue(bare: Project, catalogue: Catalogue) -> None:
    project = set_service_role(bare, catalogue, "service-quality-manager", has=["norms", "exists"])
    project = set_service_role(project, catalogue, "service-level-manager", post="ann")
    assert project.service_roles == (
        ServiceRole(id="service-level-manager", name="Service level manager", post="ann"),
        ServiceRole(id="service-quality-manager", name="Service quality manager", has=("exists", "norms")),
    )
    project = toggle_attribute(project, catalogue, "service-level-manager", "duties")
    assert project.service_roles[0] == replace(project.service_roles[0], post="ann", has=("duties",))
    project = toggle_attribute(project, catalogue, "service-level-manager", "duties")
    assert project.service_roles[0].has == ()
    assert set_service_role(project, catalogue, "service-level-manager", post="").service_roles[0].post == ""


def test_owners_are_suggested_from_service_roles(bare: Project, catalogue: Catalogue) -> None:
    project = set_service_role(bare, catalogue, "service-level-manager", post="ann")
    project = set_service_role(project, catalogue, "service-product-manager", post="bo")
    project = suggest_owners(set_owner(project, "slm", "bo"), catalogue)
    owners = {process.id: process.owner for process in project.processes if process.owner}
    assert owners == {
        "slm": "bo",
        "catalogue": "ann",
        "brm": "ann",
        "reporting": "ann",
        "portfolio": "bo",
        "demand": "bo",
    }, "what is owned stays; of two service roles the first owns"
    assert suggest_owners(project, catalogue) == project


def test_says_why_not(bare: Project, catalogue: Catalogue) -> None:
    def refused(edit: object, *args: object, **fields: object) -> str:
        with pytest.raises(Refused) as caught:
            edit(*args, **fields)  # type: ignore[operator]
        return str(caught.value)

    assert "there is no post 'anna' - did you mean 'ann'?" in refused(set_owner, bare, "incident", "anna")
    assert "process 'incidents'" in refused(set_owner, bare, "incidents", "ann")
    assert "unknown role 'nobody'" in refused(add_post, bare, Post(id="c", name="C", roles=("nobody",)))
    assert "'ann' twice" in refused(add_post, bare, ANN)
    assert "keeps its id" in refused(change_post, bare, "ann", id="anne")
    assert "cannot be the name" in refused(set_process_role, bare, "incident", "x-first", "ann")
    assert "did you mean 'duties'?" in refused(toggle_attribute, bare, catalogue, "service-engineer", "dutys")
    assert "did you mean 'service-engineer'?" in refused(set_service_role, bare, catalogue, "servce-engineer")


def test_a_role_that_goes_leaves_its_posts(bare: Project) -> None:
    project = remove_role(replace(bare, packages=()), "process-owner")
    assert [post.roles for post in project.posts] == [(), ()]
