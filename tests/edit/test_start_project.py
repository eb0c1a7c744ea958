"""From an engagement template to a project, and from catalogue templates to work packages."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.catalog.ids import process_ids
from planner.checks.check import check
from planner.edit.materialise import is_catalogue_id, not_needed
from planner.edit.roadmap import adopt
from planner.edit.start import start
from planner.graph.closure import missing
from planner.model.decode import decode, encode
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.rules import problems
from planner.model.values import DIMENSIONS, WORKSTREAMS, Fixed
from planner.rollout.propose import propose
from planner.rollout.verify import verify
from planner.store.load import load as open_plan
from planner.store.save import save

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


TEMPLATES = ["bank-change-first", "desk-first", "integrator-to-provider", "iso-provider", "pain-rescue"]


def test_these_are_the_templates(catalogue: Catalogue) -> None:
    assert sorted(catalogue.engagement_by_id) == TEMPLATES


@pytest.mark.parametrize("template", TEMPLATES)
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


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_template_opens_proposes_verifies_and_has_no_error(
    catalogue: Catalogue, template: str, language: str, tmp_path: Path
) -> None:
    """What is accepted on purpose is muted in the template itself, with its reason."""
    engagement = catalogue.engagement_by_id[template]
    save(start(engagement, catalogue, begin=BEGIN, language=language), tmp_path / "plan.toml")  # type: ignore[arg-type]
    plan = open_plan(tmp_path / "plan.toml", process_ids()).project
    proposal = propose(plan, catalogue.strategy_by_id[engagement.strategy])
    plan = adopt(plan, proposal.roadmap, proposal.phases)
    assert verify(plan) == ()
    found = check(plan, catalogue, with_muted=True)
    assert [finding.message for finding in found if finding.severity == "error" and not finding.muted] == []
    assert {finding.id for finding in found if finding.muted} == set(engagement.mutes)
    assert plan.roadmap is not None
    assert plan.roadmap.strategy == engagement.strategy == plan.engagement.strategy


class TestWhatATemplateSays:
    @pytest.fixture(scope="class")
    def provider(self, catalogue: Catalogue) -> Project:
        return start(catalogue.engagement_by_id["iso-provider"], catalogue, begin=BEGIN)

    def test_levels_are_given_and_not_by_hand(self, provider: Project, desk: Project) -> None:
        """An answer replaces them; a level set by hand would stay."""
        assert max(desk.process_by_id["incident"].baseline.values()) == 2
        assert not any(process.by_hand for plan in (provider, desk) for process in plan.processes)

    def test_targets_have_reasons(self, desk: Project, catalogue: Catalogue) -> None:
        words = catalogue.engagement_by_id["desk-first"].target_reason
        assert words is not None
        assert desk.process_by_id["slm"].reason == words.en
        assert desk.process_by_id["demand"].reason == ""

    def test_who_steers_and_who_answers(self, provider: Project) -> None:
        assert provider.engagement.sponsor == "Managing director"
        assert provider.governance.steering_weeks == 4
        assert provider.process_by_id["change"].owner == "process-manager"
        assert provider.process_by_id["change"].manager == "change-manager"
        assert provider.process_by_id["security"].owner == "security-officer"
        rows = {row.id: row.post for row in provider.service_roles}
        assert rows["service-supplier-manager"] == "purchasing-manager"
        assert "service-engineer" not in rows

    def test_the_certificate_and_its_day(self, provider: Project) -> None:
        (goal,) = provider.certifications
        assert (goal.standard, goal.audit) == ("iso-20000-1-2018", date(2029, 1, 4))
        assert provider.process_by_id["portfolio"].target_level == 3
        assert "iso-20000-1-2018-internal-audit" in provider.package_by_id

    def test_people_on_a_track(self, catalogue: Catalogue) -> None:
        plan = start(catalogue.engagement_by_id["integrator-to-provider"], catalogue, begin=BEGIN)
        (entry,) = plan.enrolments
        assert (entry.track, entry.holder, entry.begin) == ("itsm-master", "service-director", date(2027, 3, 4))
        assert plan.context.horizon_months is not None
        assert plan.context.horizon_months >= 24

    def test_circumstances_size_the_work(self, bank: Project) -> None:
        factors = {modifier.id: modifier for modifier in bank.modifiers}
        assert factors["regulated"].effort["standard"] == 1.3
        assert factors["sites"].count == 2
        assert all(modifier.source == "catalogue" for modifier in bank.modifiers)

    def test_programme_work_is_the_usual_and_what_the_template_adds(self, desk: Project, catalogue: Catalogue) -> None:
        usual = {work.id for work in catalogue.programme if work.usual}
        assert set(desk.engagement.programme) == usual | {"customer-duties", "owner-coaching"}
        assert "maturity-assessment" not in desk.package_by_id

    def test_pains_raise_targets(self, catalogue: Catalogue) -> None:
        plan = start(catalogue.engagement_by_id["pain-rescue"], catalogue, begin=BEGIN)
        assert {pain.id: pain.weight for pain in plan.pains} == {
            "PN08": 2, "PN09": 3, "PN15": 1, "PN16": 3, "PN23": 2,
        }  # fmt: skip
        assert plan.process_by_id["problem"].target_level == 3
        assert plan.process_by_id["problem"].reason.startswith("PN08: ")

    def test_benefits_hang_on_what_is_built(self, desk: Project, catalogue: Catalogue) -> None:
        benefits = {stone.item: stone.name for stone in desk.milestones if stone.kind == "benefit"}
        assert benefits["service-desk@2"] == "One number, one mailbox, one portal, with published hours"
        assert set(benefits) <= set(desk.capabilities)
        standing = catalogue.engagement_by_id["desk-first"]
        done = replace(standing, baseline=Fixed({"service-desk": Fixed(dict.fromkeys(DIMENSIONS, 2))}))
        plan = start(done, catalogue, begin=BEGIN)
        assert "service-desk@2" not in {stone.item for stone in plan.milestones}

    def test_accepted_findings_keep_their_reason(self, provider: Project) -> None:
        assert [(setting.id, setting.mute[:12]) for setting in provider.checks] == [("CHK02", "The standard")]


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
