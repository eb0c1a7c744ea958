"""From an engagement template to a project, and from catalogue templates to work packages."""

from datetime import date

import pytest

from planner.edit.materialise import is_catalogue_id, not_needed
from planner.edit.start import start
from planner.graph.closure import missing
from planner.model.decode import decode, encode
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.rules import problems
from planner.model.values import WORKSTREAMS

BEGIN = date(2027, 1, 4)


def test_an_incident_process_with_people_and_tools_needs_only_the_rest(desk: Project, catalogue: Catalogue) -> None:
    assert dict(desk.process_by_id["incident"].baseline) == {"people": 2, "process": 1, "tech": 2}
    assert [package.id for package in desk.packages_of["incident@2"]] == ["incident-2-process", "incident-2-standard"]
    assert [
        (n.package, n.workstream, n.reason) for n in not_needed(desk, catalogue) if n.capability == "incident@2"
    ] == [
        ("incident-2-people", "people", "people already stands at level 2"),
        ("incident-2-tech", "tech", "tech already stands at level 2"),
    ]


def test_what_follows_a_left_out_stage_follows_what_that_followed(desk: Project) -> None:
    """Service desk has tools at level 2 already: its people package comes straight after the process package."""
    assert desk.package_by_id["service-desk-2-people"].after == ("service-desk-2-process",)
    assert desk.package_by_id["service-desk-3-people"].after == ("service-desk-3-tech",)
    assert desk.package_by_id["service-desk-3-standard"].alongside == ("service-desk-3-process",)


@pytest.mark.parametrize("template", ["desk-first", "bank-change-first"])
@pytest.mark.parametrize("size", ["small", "medium", "large"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_template_starts_a_sound_plan(catalogue: Catalogue, template: str, size: str, language: str) -> None:
    engagement = catalogue.engagement_by_id[template]
    plan = start(engagement, catalogue, begin=BEGIN, size=size, language=language)  # type: ignore[arg-type]
    assert problems(plan) == []
    assert missing(plan) == {}
    assert len(plan.processes) == 27
    assert all(package.source == "catalogue" and is_catalogue_id(plan, package.id) for package in plan.packages)
    chinese = any("\u4e00" <= char <= "\u9fff" for char in plan.packages[0].name + plan.dependencies[0].reason)
    assert chinese == (language == "zh")


def test_effort_is_shared_among_the_roles_and_scaled_to_the_client(catalogue: Catalogue) -> None:
    engagement = catalogue.engagement_by_id["desk-first"]
    for size, factor in (("small", 0.55), ("medium", 1.0), ("large", 1.8)):
        plan = start(engagement, catalogue, begin=BEGIN, size=size)  # type: ignore[arg-type]
        for template in catalogue.packages_of["incident", 3]:
            package = plan.package_by_id[f"incident-3-{template.workstream}"]
            assert package.person_days == pytest.approx(template.effort.likely * factor, abs=0.2)
            assert tuple(package.effort) == template.roles
            assert package.workstream in WORKSTREAMS


def test_a_package_lasts_long_enough_for_its_roles_and_says_so(desk: Project) -> None:
    lengthened = [package for package in desk.packages if package.note]
    assert lengthened
    for package in desk.packages:
        assert all(package.load(role) <= desk.role_by_id[role].most + 1e-9 for role in package.effort)
    one = lengthened[0]
    assert one.note.endswith(f"days became {one.days.likely}, so that each role can carry its share")


def test_yearly_closures_are_entered_for_the_years_ahead(bank: Project, catalogue: Catalogue) -> None:
    template = catalogue.engagement_by_id["bank-change-first"]
    assert len(bank.calendar.blackouts) == 5 * len(template.blackouts)
    assert all(period.first <= period.last for period in bank.calendar.blackouts + bank.calendar.holidays)
    assert min(period.first.year for period in bank.calendar.blackouts) == 2027


@pytest.mark.parametrize("begin", [date(2000, 1, 1), date(2199, 12, 31)])
def test_the_first_and_the_last_day_a_plan_can_start(catalogue: Catalogue, begin: date) -> None:
    """Yearly periods stay within the years that a plan may name."""
    for template in catalogue.engagements:
        project = start(template, catalogue, begin=begin)
        assert problems(project) == []
        assert decode(Project, encode(project))[1] == []
