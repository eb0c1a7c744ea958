"""The conditions of the plan checks beyond what the tiny plans show, on variations of these plans."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from planner.catalog.ids import process_ids
from planner.checks import check as checks
from planner.checks.finding import Finding
from planner.checks.number_words import WORDS
from planner.model.answers import Answer, AnswerSheet
from planner.model.context import CheckSetting, Context, Governance
from planner.model.knowledge import Catalogue
from planner.model.measures import Milestone
from planner.model.people import Post
from planner.model.project import Placement, ProcessScope, Project
from planner.model.values import Effort, Fixed, Words
from planner.store.load import parse

PLANS = Path(__file__).parents[1] / "data" / "checks"


@pytest.fixture(scope="module")
def found(catalogue: Catalogue) -> Callable[[Project, str], list[Finding]]:
    return partial(_found, catalogue)


def _found(catalogue: Catalogue, project: Project, ident: str) -> list[Finding]:
    return [finding for finding in checks.check(project, catalogue) if finding.id == ident]


@pytest.fixture(scope="module")
def told(catalogue: Catalogue) -> Callable[[Project, str], list[str]]:
    return lambda project, ident: [finding.message for finding in _found(catalogue, project, ident)]


Found = Callable[[Project, str], list[Finding]]
Told = Callable[[Project, str], list[str]]


def plan(name: str) -> Project:
    return parse((PLANS / f"{name}.toml").read_text("utf-8"), name, process_ids())


def package(project: Project, ident: str, **fields: Any) -> Project:
    return replace(project, packages=tuple(replace(p, **fields) if p.id == ident else p for p in project.packages))


def process(project: Project, ident: str, **fields: Any) -> Project:
    return replace(project, processes=tuple(replace(p, **fields) if p.id == ident else p for p in project.processes))


def place(project: Project, ident: str, start: date, finish: date) -> Project:
    assert project.roadmap is not None
    placed = {**project.roadmap.packages, ident: Placement(phase="p1", start=start, finish=finish)}
    return replace(project, roadmap=replace(project.roadmap, packages=Fixed(placed)))


def setting(project: Project, **fields: Any) -> Project:
    return replace(project, checks=(CheckSetting(**fields),))


def levels(people: int, process: int, tech: int) -> Fixed[str, int]:
    return Fixed({"people": people, "process": process, "tech": tech})


# -- thresholds, mutes, words


def test_a_plan_judges_by_its_own_threshold_and_the_finding_says_so(found: Found, told: Told) -> None:
    twelve = plan("CHK02-silent")
    strict = setting(twelve, id="CHK02", numbers=Fixed({"share": 0.4, "months": 12.0}))
    (finding,) = found(strict, "CHK02")
    assert finding.message == "13 of 27 processes are changed in the first 12 months"
    assert [(one.key, one.value, one.usual) for one in finding.changed] == [("share", "0.4", "0.6")]
    few_months = setting(twelve, id="CHK02", numbers=Fixed({"share": 0.4, "months": 0.0}))
    assert told(few_months, "CHK02") == []


def test_a_plan_looks_for_its_own_names(found: Found) -> None:
    own = setting(plan("CHK12-silent"), id="CHK12", names=Fixed({"kinds": ("audit",), "packages": ("look-again",)}))
    (finding,) = found(own, "CHK12")
    assert ("kinds", "audit", "reassessment") in [(one.key, one.value, one.usual) for one in finding.changed]


def test_what_is_muted_is_left_out_and_kept_apart_with_the_reason(catalogue: Catalogue) -> None:
    fires = setting(plan("CHK08-fires"), id="CHK08", mute="the owner decides alone")
    assert "CHK08" not in {finding.id for finding in checks.check(fires, catalogue)}
    muted = [f for f in checks.check(fires, catalogue, with_muted=True) if f.muted]
    assert [(f.id, f.muted) for f in muted] == [("CHK08", "the owner decides alone")]


def test_a_mute_for_some_items_leaves_findings_about_others(catalogue: Catalogue, found: Found) -> None:
    dependent = plan("CHK13-fires")
    (finding,) = found(dependent, "CHK13")
    assert finding.items == ("incident-2-tech", "incident-2-process")
    part = setting(dependent, id="CHK13", mute="on purpose", items=finding.items[:1])
    assert found(part, "CHK13") == [finding], "it is about another item as well"
    whole = setting(dependent, id="CHK13", mute="on purpose", items=finding.items)
    assert found(whole, "CHK13") == []
    no_items = setting(plan("CHK08-fires"), id="CHK08", mute="on purpose", items=("incident",))
    assert len(found(no_items, "CHK08")) == 1


def test_titles_and_advice_follow_the_language_of_the_interface(found: Found) -> None:
    from planner.text import i18n

    i18n.use("zh")
    try:
        (finding,) = found(plan("CHK08-fires"), "CHK08")
    finally:
        i18n.use("en")
    assert finding.title == "领导未参与"
    assert finding.advice.startswith("指定发起项目的高层")


def test_a_check_without_a_look_is_named_and_finds_nothing(catalogue: Catalogue) -> None:
    extra = replace(catalogue.checks[0], id="OWN01", title=Words(en="Own", zh="自有"))
    own = replace(catalogue, checks=(*catalogue.checks, extra))
    assert checks.unknown_checks(own) == ("OWN01",)
    assert checks.check(plan("CHK08-fires"), own) == checks.check(plan("CHK08-fires"), catalogue)


def test_a_mistyped_threshold_is_told_with_the_nearest(found: Found) -> None:
    (finding,) = found(setting(plan("CHK02-silent"), id="CHK02", numbers=Fixed({"shares": 0.4})), "D08")
    assert finding.message == "CHK02: there is no threshold 'shares'"
    assert finding.advice == "did you mean 'share'?"
    (finding,) = found(plan("D08-fires"), "D08")
    assert finding.message == "the plan mutes or changes the check CHK80, which does not exist"


# -- misconceptions


def test_tool_work_may_outweigh_the_rest_only_where_it_catches_up(told: Told) -> None:
    heavy = package(plan("CHK08-silent"), "incident-2-tech", effort=Fixed({"team": Effort(9, 9, 9)}))
    assert told(heavy, "CHK03") == ["Incident management is to reach level 2 only, but 60% of its effort is tool work"]
    assert told(process(heavy, "incident", baseline=levels(2, 2, 1)), "CHK03") == []


def test_automation_waits_for_the_design_of_level_3(told: Told) -> None:
    two_steps = plan("CHK25-silent")
    automating = package(two_steps, "incident-2-tech", deliverables=("automation",))
    automating = process(automating, "incident", ticks=Fixed({"automation": ("manual-fallback",)}))
    assert told(automating, "CHK03") == [
        "incident-2-tech begins before the design of Incident management 3 is finished"
    ]
    at_the_end = package(two_steps, "incident-3-tech", deliverables=("automation",))
    assert told(at_the_end, "CHK03") == [
        "Incident management is automated, and nothing says how it is done by hand when the tool fails"
    ]
    no_design = package(plan("CHK08-silent"), "incident-2-tech", deliverables=("automation",))
    assert told(no_design, "CHK03")[0] == (
        "incident-2-tech automates what is not defined: the plan has no design work for Incident management 3"
    )


def test_a_steering_group_without_the_business(told: Told) -> None:
    alone = replace(plan("CHK08-silent"), governance=Governance(business_members=0))
    assert told(alone, "CHK04") == ["0 members of the steering group are from the business"]
    assert told(replace(alone, governance=Governance(business_members=1)), "CHK04") == []
    assert told(replace(alone, governance=Governance()), "CHK04") == [], "what is not said is not judged"


def test_people_hear_of_what_goes_live_before_it_does(told: Told) -> None:
    silent = plan("CHK12-silent")
    quiet = replace(silent, packages=tuple(p for p in silent.packages if p.id != "incident-2-people"))
    sudden = "nobody is told or trained before these go live: Incident management 2"
    assert sudden in told(quiet, "CHK05")
    announced = package(quiet, "vision-workshop", deliverables=("communication",))
    assert sudden not in told(announced, "CHK05")
    assert sudden in told(place(announced, "vision-workshop", date(2027, 3, 1), date(2027, 3, 1)), "CHK05")
    assert sudden not in told(process(quiet, "incident", baseline=levels(2, 1, 1)), "CHK05")


def test_acceptance_is_measured_by_a_tick_or_a_survey(told: Told) -> None:
    nobody = replace(plan("CHK08-silent"), context=Context())
    assert told(nobody, "CHK05") == ["nothing in the plan measures whether people accept what is new"]
    survey = replace(nobody.packages[-1], id="acceptance-pulse-after", name="Survey")
    assert told(replace(nobody, packages=(*nobody.packages, survey)), "CHK05") == []


def test_benefits_come_early_and_again(told: Told) -> None:
    early = plan("CHK06-silent")
    none = replace(early, milestones=())
    assert told(none, "CHK06") == ["the plan has no dated benefit that users will notice"]
    one = Milestone(id="later", name="Later", kind="benefit", day=date(2027, 10, 21))
    assert told(replace(early, milestones=(*early.milestones, one)), "CHK06") == [
        "181 days lie between the benefits Users notice incident and Later"
    ]
    assert told(replace(none, roadmap=None), "CHK06") == []
    short = replace(plan("CHK12-silent"), milestones=())
    assert told(short, "CHK06") == [], "a project of a month needs no benefit on the way"


# -- maxims


def test_a_plan_without_any_vision(told: Told) -> None:
    silent = plan("CHK08-silent")
    mute = replace(silent, packages=tuple(p for p in silent.packages if p.capability))
    mute = package(mute, "incident-2-people", deliverables=("awareness",))
    assert told(mute, "CHK07") == ["no work on awareness or a common vision is planned"]


def test_a_steering_group_that_meets_too_seldom(found: Found) -> None:
    seldom = replace(plan("CHK08-silent"), governance=Governance(steering_weeks=9))
    assert [(f.severity, f.message) for f in found(seldom, "CHK08")] == [
        ("error", "the steering group meets every 9 weeks only")
    ]
    assert found(replace(seldom, governance=Governance(steering_weeks=8)), "CHK08") == []


def test_what_changes_was_assessed_once_anything_was(told: Told) -> None:
    silent = plan("CHK08-silent")
    answer = Answer(criterion="any", reply="yes", day=date(2025, 1, 1))
    other = replace(silent, answer_sheets=(AnswerSheet(process="incident", assessor="A", answers=(answer,)),))
    assert told(other, "CHK09") == ["the assessment is of 2025-01-01, more than 12 months before the start"]
    fresh = replace(answer, day=date(2026, 12, 1))
    elsewhere = replace(other, answer_sheets=(AnswerSheet(process="change", assessor="A", answers=(fresh,)),))
    change = ProcessScope(id="change", name="Change", baseline=levels(1, 1, 1), target=levels(1, 1, 1))
    elsewhere = replace(elsewhere, processes=(*elsewhere.processes, change))
    assert told(elsewhere, "CHK09") == ["the plan changes processes that were not assessed: Incident management"]
    by_hand = process(elsewhere, "incident", by_hand=Fixed({"people": "seen at work"}))
    assert told(by_hand, "CHK09") == []


def test_a_process_at_level_3_has_enough_indicators(told: Told) -> None:
    silent = plan("CHK10-silent")
    assert told(replace(silent, indicators=silent.indicators[:2]), "CHK10") == [
        "Incident management has 2 indicators, fewer than 3"
    ]
    assert told(process(replace(silent, indicators=()), "incident", in_scope=False), "CHK10") == []


def test_a_tool_is_bought_after_its_requirements_and_within_the_budget(told: Told) -> None:
    both = plan("CHK11-silent")
    road = plan("CHK12-silent")
    bought = tuple(p for p in both.packages if p.id.startswith("tool-"))
    week, later = (date(2027, 1, 11), date(2027, 1, 15)), (date(2027, 1, 18), date(2027, 1, 22))
    road = place(replace(road, packages=(*road.packages, *bought)), "tool-requirements", *week)
    assert told(place(road, "tool-selection", *later), "CHK11") == []
    assert told(place(road, "tool-selection", *week), "CHK11") == [
        "Tool selection begins on 2027-01-11, before the requirements are known on 2027-01-15"
    ]
    dear = replace(plan("CHK08-silent"), governance=Governance(budget=100.0, tool_cost=41.0))
    assert told(dear, "CHK11") == [], "for a client of medium size"
    small = replace(dear, engagement=replace(dear.engagement, size="small"))
    assert told(small, "CHK11") == ["the tool takes 41% of the budget, more than 40%"]


def test_improvement_stands_by_the_middle(told: Told) -> None:
    late = process(plan("CHK12-silent"), "improvement", baseline=levels(1, 2, 2))
    assert told(late, "CHK12") == ["Continual improvement does not reach level 2 by the end of phase All"]
    other = setting(late, id="CHK12", names=Fixed({"processes": ("brm", "no-process")}))
    assert [text.partition(" does")[0] for text in told(other, "CHK12")] == ["Business relationship", "no-process"]


# -- load


def test_many_at_once_are_an_error_and_more_on_purpose_a_note(catalogue: Catalogue, found: Found) -> None:
    crowd = plan("CHK02-silent")
    for ident in [p.id for p in crowd.packages][:6]:
        crowd = place(crowd, ident, date(2027, 1, 4), date(2027, 1, 4))
    (finding,) = found(crowd, "CHK20")
    assert finding.severity == "error"
    assert finding.message.startswith("6 processes change at once on 2027-01-04, the plan allows 3")
    assert crowd.roadmap is not None
    bold = next(s for s in catalogue.strategies if s.absorption_reason)
    meant = replace(crowd, roadmap=replace(crowd.roadmap, absorption=6, strategy=bold.id))
    (finding,) = found(meant, "CHK20")
    assert finding.severity == "info"
    assert finding.message == (
        "up to 6 processes may change at once, where the plan bears 3, on purpose: "
        f"{bold.absorption_reason.en if bold.absorption_reason else ''}"
    )


def test_one_person_on_two_posts_owns_what_both_own(told: Told) -> None:
    shared = plan("CHK22-silent")
    posts = (Post(id="ann", name="Owner", holder="A. N. Other"), Post(id="bob", name="Second", holder="A. N. Other"))
    assert told(replace(shared, posts=posts), "CHK22") == [
        "A. N. Other owns 3 increments that are worked at the same time: "
        "Incident management 2, Change management 2, Problem management 2"
    ]


def test_go_lives_are_compared_once_groups_are_known(told: Told) -> None:
    close = plan("CHK23-fires")
    for ident in ("incident", "change"):
        close = process(close, ident, groups=())
    assert told(close, "CHK23") == []
    half = process(close, "incident", groups=("branches",))
    assert told(half, "CHK23") == [
        "these go live less than 4 weeks after each other for branches: Incident management 2, Change management 2"
    ], "a process without groups touches all of them"
    apart = process(half, "change", groups=("head office",))
    assert told(apart, "CHK23") == []


def test_a_dated_go_live_outside_the_freeze(told: Told) -> None:
    silent = plan("CHK24-silent")
    stone = Milestone(id="switch", name="Switch over", kind="go-live", day=date(2027, 1, 30))
    assert told(replace(silent, milestones=(*silent.milestones, stone)), "CHK24") == [
        "Switch over goes live on 2027-01-30, inside Year-end closing (2027-01-30 to 2027-01-31)"
    ]


# -- maturity and ownership


def test_a_transformation_is_judged_whole_and_by_the_roadmap_when_no_horizon_is_given(told: Told) -> None:
    road = replace(plan("CHK12-silent"), context=Context(path="service-provider"))
    (message,) = told(road, "CHK26")
    assert message.endswith("takes at least 24 months, but the roadmap ends on 2027-01-29")
    assert told(replace(road, context=replace(road.context, stands="productised")), "CHK26") == []
    assert told(replace(road, roadmap=None), "CHK26") == []


def test_who_is_missing_is_said(told: Told) -> None:
    silent = plan("CHK27-silent")
    assert told(process(silent, "incident", owner="", manager=""), "CHK27") == [
        "Incident management has neither an owner nor a manager"
    ]
    assert told(process(silent, "incident", owner=""), "CHK27") == ["Incident management has no owner"]


def test_roles_are_mapped_or_the_plan_has_the_work_for_it(told: Told) -> None:
    silent = plan("CHK28-silent")
    open_roles = process(silent, "incident", posts=Fixed())
    assert told(open_roles, "CHK28") == [], "the design maps roles to posts"
    without = package(open_roles, "incident-3-process", deliverables=("flow-detail",))
    assert told(without, "CHK28") == ["Incident management goes live, but nothing maps its roles to posts"]
    assert told(package(open_roles, "incident-3-process", deliverables=()), "CHK28") == []
    unknown = process(silent, "incident", posts=Fixed({"team": "nobody"}))
    assert told(unknown, "CHK28") == ["Incident management goes live, but these of its roles have no post: Team"]


def test_every_number_of_the_catalogue_has_words(catalogue: Catalogue) -> None:
    assert {key for known in catalogue.checks for key in known.numbers} == set(WORDS)
