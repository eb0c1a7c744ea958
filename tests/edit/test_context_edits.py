"""Circumstances size the work by the numbers of domain.md §4.4; context, ticks and scores take only what is known."""

from dataclasses import replace
from datetime import date

import pytest

from planner.edit.context import (
    add_modifier,
    change_modifier,
    remove_modifier,
    set_context,
    set_experience,
    set_governance,
    set_modifier,
    set_survey,
    tick,
)
from planner.edit.facts import set_size
from planner.edit.materialise import materialise
from planner.edit.refused import Refused
from planner.model.context import Modifier
from planner.model.knowledge import Catalogue
from planner.model.project import Project, WorkPackage
from planner.model.values import Duration, Effort, Fixed


@pytest.fixture(scope="module")
def plain(desk: Project, catalogue: Catalogue) -> Project:
    """The desk-first plan with roles that never lengthen a package, no circumstances, no programme work."""
    roles = tuple(replace(role, fte=50) for role in desk.roles)
    about = replace(desk.engagement, programme=())
    return materialise(replace(desk, engagement=about, roles=roles, modifiers=()), catalogue)


def package(project: Project, workstream: str, item: str = "incident-3") -> WorkPackage:
    return project.package_by_id[f"{item}-{workstream}"]


def test_factors_stand_in_the_plan(plain: Project, catalogue: Catalogue) -> None:
    plan = set_modifier(plain, catalogue, "sites", count=3)
    assert plan.modifiers == (
        Modifier(
            id="sites",
            name="sites",
            count=3,
            effort=Fixed({"people": 1.1, "process": 1.1, "tech": 1.1, "standard": 1.1}),
            duration=1.04,
            source="catalogue",
        ),
    )
    known = {m.id: m for m in set_modifier(plan, catalogue, "multi-supplier").modifiers}["multi-supplier"]
    assert known.effort == {"process": 1.15, "standard": 1.15}
    assert known.duration == 1.1


@pytest.mark.parametrize(
    ("modifier", "effort", "duration"),
    [
        ("multi-supplier", {"process": 1.15, "standard": 1.15}, 1.1),
        ("low-awareness", {"people": 1.2}, 1.1),
        ("regulated", {"standard": 1.3}, 1.1),
        ("tool-in-place", {"tech": 0.7}, 0.9),
        ("merged-variants", {"process": 1.3}, 1.2),
    ],
)
def test_each_circumstance_sizes_as_the_domain_has_it(
    plain: Project, catalogue: Catalogue, modifier: str, effort: dict[str, float], duration: float
) -> None:
    plan = set_modifier(plain, catalogue, modifier)
    for workstream in ("people", "process", "tech", "standard"):
        before, after = package(plain, workstream), package(plan, workstream)
        for role, days in after.effort.items():
            assert days.likely == pytest.approx(before.effort[role].likely * effort.get(workstream, 1), abs=0.051)
        assert after.days.likely == pytest.approx(before.days.likely * duration, abs=1.01)


def test_one_package_worked_out_by_hand(plain: Project, catalogue: Catalogue) -> None:
    """Incident to level 3, Standard: 6/10/17 person-days and 11/15/24 weeks, of which the stage takes 0.6."""
    template = next(p for p in catalogue.packages if (p.process, p.level, p.workstream) == ("incident", 3, "standard"))
    plan = set_modifier(set_modifier(plain, catalogue, "regulated"), catalogue, "sites", count=3)
    found = package(plan, "standard")
    more = 1.3 * 1.1
    assert found.effort["document-controller"].likely == round(template.effort.likely * 0.6 * more, 1)
    assert found.effort["internal-auditor"].high == round(template.effort.high * 0.4 * more, 1)
    assert found.days == Duration(*(round(weeks * 5 * 0.6 * 1.1 * 1.04) for weeks in template.weeks))
    assert found.note == "Regulated sector: effort x1.3, duration x1.1; 3 sites: effort x1.1, duration x1.04"
    assert package(plan, "process").note == "Regulated sector: duration x1.1; 3 sites: effort x1.1, duration x1.04"


def test_size_and_circumstances_multiply_and_the_note_tells_both(plain: Project, catalogue: Catalogue) -> None:
    plan = set_size(set_modifier(plain, catalogue, "tool-in-place"), catalogue, "large")
    usual, found = package(plain, "tech"), package(plan, "tech")
    role = "tool-architect"
    assert found.effort[role].likely == pytest.approx(usual.effort[role].likely * 1.8 * 0.7, abs=0.1)
    assert found.note == "large client: effort x1.8, duration x1.3; Suitable tool in place: effort x0.7, duration x0.9"


@pytest.mark.parametrize(
    ("count", "effort", "duration"), [(1, 1.0, 1.0), (2, 1.05, 1.02), (9, 1.4, 1.16), (40, 1.4, 1.2)]
)
def test_sites_are_counted_after_the_first_and_capped(
    plain: Project, catalogue: Catalogue, count: int, effort: float, duration: float
) -> None:
    sites = set_modifier(plain, catalogue, "sites", count=count).modifiers[0]
    assert sites.effort["people"] == pytest.approx(effort)
    assert sites.duration == pytest.approx(duration)


def test_a_first_site_changes_no_package(plain: Project, catalogue: Catalogue) -> None:
    assert set_modifier(plain, catalogue, "sites").packages == plain.packages


def test_a_shared_team_is_about_the_processes_named(plain: Project, catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="name them"):
        set_modifier(plain, catalogue, "shared-team")
    plan = set_modifier(plain, catalogue, "shared-team", processes=("config",))
    usual, found = package(plain, "process", "config-3"), package(plan, "process", "config-3")
    for role, days in found.effort.items():
        assert days == Effort(*(pytest.approx(n * 0.85, abs=0.1) for n in usual.effort[role]))
    assert found.days == usual.days
    assert package(plan, "process") == package(plain, "process")
    with pytest.raises(Refused, match="did you mean 'incident'"):
        set_modifier(plain, catalogue, "shared-team", processes=("incidnt",))


def test_a_new_platform_brings_its_work_once_and_takes_it_away(plain: Project, catalogue: Catalogue) -> None:
    plan = set_modifier(plain, catalogue, "new-platform")
    assert plan.package_by_id["new-platform"].person_days == pytest.approx(45)
    assert plan.package_by_id["new-platform"].days == Duration(30, 50, 90)
    assert set_modifier(plan, catalogue, "new-platform") == plan
    assert remove_modifier(plan, catalogue, "new-platform") == plain


def test_programme_work_is_sized_by_the_same_rules(plain: Project, catalogue: Catalogue) -> None:
    plan = set_modifier(set_modifier(plain, catalogue, "new-platform"), catalogue, "tool-in-place")
    found = plan.package_by_id["new-platform"]
    assert found.person_days == pytest.approx(31.5, abs=0.1)
    assert found.days == Duration(27, 45, 81)
    assert found.note == "Suitable tool in place: effort x0.7, duration x0.9"


def test_own_factors_are_the_plans_own_and_stay(plain: Project, catalogue: Catalogue) -> None:
    plan = set_modifier(plain, catalogue, "regulated")
    own = change_modifier(plan, catalogue, "regulated", effort=Fixed({"standard": 2.0}), duration=1.0)
    assert own.modifiers[0].source == "own"
    role = "internal-auditor"
    twice = package(plain, "standard").effort[role].likely * 2
    assert package(own, "standard").effort[role].likely == pytest.approx(twice, abs=0.1)
    assert materialise(own, catalogue) == own
    assert change_modifier(plan, catalogue, "regulated", count=1) is plan
    other = add_modifier(plain, catalogue, Modifier(id="war-room", name="One room", duration=0.8))
    assert package(other, "process").note == "One room: duration x0.8"
    with pytest.raises(Refused, match="already"):
        add_modifier(plain, catalogue, Modifier(id="sites", name="Ours"))


def test_changed_packages_are_left_alone(plain: Project, catalogue: Catalogue) -> None:
    own = replace(package(plain, "standard"), source="own", days=Duration(1, 2, 3))
    packages = tuple(own if entry.id == own.id else entry for entry in plain.packages)
    plan = set_modifier(replace(plain, packages=packages), catalogue, "regulated")
    assert package(plan, "standard") == own


def test_a_plan_in_chinese_says_its_rules_in_chinese(bank: Project, catalogue: Catalogue) -> None:
    bare = materialise(replace(bank, modifiers=()), catalogue)
    plan = set_modifier(set_modifier(bare, catalogue, "regulated"), catalogue, "sites", count=3)
    note = next(p.note for p in plan.packages if p.workstream == "standard" and p.capability)
    assert "受监管行业：工作量×1.3，工期×1.1；3个地点：工作量×1.1，工期×1.04" in note


@pytest.mark.parametrize(
    ("modifier", "count", "words"),
    [
        ("regulatd", 1, "did you mean 'regulated'"),
        ("regulated", 2, "not counted"),
        ("sites", 0, "1 or more"),
        ("sites", 5000, "count"),
    ],
)
def test_circumstances_that_cannot_be(
    plain: Project, catalogue: Catalogue, modifier: str, count: int, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        set_modifier(plain, catalogue, modifier, count=count)


def test_removing_what_is_not_there_is_refused(plain: Project, catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="circumstance of the plan 'sites'"):
        remove_modifier(plain, catalogue, "sites")


def test_governance_is_judged_by_its_kinds(plain: Project) -> None:
    plan = set_governance(plain, sponsor_department="business", steering_weeks=4, budget=250000.0, currency="EUR")
    assert (plan.governance.steering_weeks, plan.governance.budget) == (4, 250000)
    with pytest.raises(Refused, match="steering_weeks"):
        set_governance(plain, steering_weeks=0)
    with pytest.raises(Refused, match="sponsor_department"):
        set_governance(plain, sponsor_department="marketing")


def test_context_takes_what_the_catalogue_knows(plain: Project, catalogue: Catalogue) -> None:
    plan = set_context(
        plain,
        catalogue,
        form="functional",
        path="service-provider",
        stands="supplier",
        aims="provider",
        layers=("control",),
    )
    assert (plan.context.form, plan.context.aims, plan.context.layers) == ("functional", "provider", ("control",))
    other = set_context(plan, catalogue, path="department-position")
    assert (other.context.stands, other.context.aims) == ("", "")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"form": "functionl"}, "did you mean 'functional'"),
        ({"path": "service-provder"}, "did you mean 'service-provider'"),
        ({"layers": ("suport",)}, "did you mean 'support'"),
        ({"stands": "supplier"}, "none is chosen"),
        ({"path": "service-provider", "stands": "suplier"}, "did you mean 'supplier'"),
        ({"path": "service-provider", "stands": "provider", "aims": "supplier"}, "swap"),
        ({"horizon_months": 0}, "horizon_months"),
    ],
)
def test_context_refuses_what_it_does_not_know(
    plain: Project, catalogue: Catalogue, fields: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        set_context(plain, catalogue, **fields)


def test_ticks_of_the_engagement_and_of_a_process(plain: Project, catalogue: Catalogue) -> None:
    plan = tick(plain, catalogue, "leadership", "resources")
    plan = tick(plan, catalogue, "leadership", "goal")
    before = plain.context.ticks.get("leadership", ())
    assert set(plan.context.ticks["leadership"]) == {"goal", "resources", *before}
    assert plan.context.ticks["leadership"][0] == "goal", "in the order of the list"
    assert tick(plan, catalogue, "leadership", "goal") == plan
    less = tick(tick(plan, catalogue, "leadership", "goal", on=False), catalogue, "leadership", "resources", on=False)
    assert "goal" not in less.context.ticks.get("leadership", ())
    own = tick(plain, catalogue, "procedure-properties", "auditable", process="incident")
    assert own.process_by_id["incident"].ticks["procedure-properties"] == ("auditable",)
    assert own.process_by_id["change"].ticks == plain.process_by_id["change"].ticks
    gone = tick(own, catalogue, "procedure-properties", "auditable", on=False, process="incident")
    assert "procedure-properties" not in gone.process_by_id["incident"].ticks


@pytest.mark.parametrize(
    ("checklist", "item", "process", "words"),
    [
        ("leadershp", "goal", "", "did you mean 'leadership'"),
        ("leadership", "gaol", "", "did you mean 'goal'"),
        ("leadership", "goal", "incident", "name no process"),
        ("procedure-properties", "auditable", "", "name it"),
        ("procedure-properties", "auditable", "incidnt", "did you mean 'incident'"),
    ],
)
def test_ticks_that_cannot_be(
    plain: Project, catalogue: Catalogue, checklist: str, item: str, process: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        tick(plain, catalogue, checklist, item, process=process)


def test_scores_of_customer_experience(plain: Project, catalogue: Catalogue) -> None:
    plan = set_experience(set_experience(plain, catalogue, "attitude", 4), catalogue, "contract", 2)
    assert plan.experience.scores == {"attitude": 4, "contract": 2}
    assert set_experience(plan, catalogue, "attitude", None).experience.scores == {"contract": 2}
    assert set_survey(plan, 12, date(2027, 3, 1)).experience.respondents == 12
    with pytest.raises(Refused, match="use 1 to 5"):
        set_experience(plain, catalogue, "attitude", 6)
    with pytest.raises(Refused, match="did you mean 'attitude'"):
        set_experience(plain, catalogue, "atitude", 3)


def test_the_survey_holds_every_item_that_the_domain_names(catalogue: Catalogue) -> None:
    assert {stage.id: len(stage.items) for stage in catalogue.experience} == {
        "sales": 4,
        "deployment": 7,
        "operation": 14,
    }
    ids = [item.id for stage in catalogue.experience for item in stage.items]
    assert len(set(ids)) == len(ids)


def test_the_transformation_takes_two_years(catalogue: Catalogue) -> None:
    path = next(path for path in catalogue.paths if path.id == "service-provider")
    assert (path.months, [step.id for step in path.steps][::4]) == (24, ["supplier", "provider"])
