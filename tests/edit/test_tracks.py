"""People on tracks: what an enrolment brings into a plan, when, at what cost, and what comes after the certificate."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.catalog.load import load, templates_folder
from planner.edit.materialise import materialise
from planner.edit.posts import add_post, change_post
from planner.edit.refused import Refused
from planner.edit.roadmap import adopt
from planner.edit.tracks import (
    add_certificate,
    change_certificate,
    change_enrolment,
    enrol,
    last_step,
    made,
    needs_certificate,
    reissue,
    remove_certificate,
    report_lost,
    set_track,
    unenrol,
)
from planner.edit.work import change_package, remove_package, restore_package
from planner.graph.courses import courses
from planner.model.calendar import Calendar, Role
from planner.model.knowledge import Catalogue
from planner.model.known.people import TrackStep
from planner.model.people import Enrolment, Post
from planner.model.project import Engagement, Project
from planner.model.values import Words
from planner.rollout.propose import propose
from planner.rollout.verify import verify

BEGIN = date(2027, 3, 1)
LIU = "company-scheme-intermediate-liu"


@pytest.fixture
def plan() -> Project:
    """A plan without other work, whose office head fills one role that the plan has."""
    return Project(
        engagement=Engagement(name="Office", start=date(2027, 1, 4)),
        roles=(Role(id="process-owner", name="Process owner", fte=0.5), Role(id="idle", name="Idle", fte=0.0)),
        posts=(Post(id="head", name="Head of IT", holder="Ann", roles=("process-owner", "idle")),),
    )


@pytest.fixture
def liu(plan: Project, catalogue: Catalogue) -> Project:
    """The same with Liu on the intermediate level of the company's scheme."""
    return enrol(plan, catalogue, "company-scheme", "intermediate", "Liu", BEGIN)


def steps(project: Project, enrolment: str) -> list[str]:
    return [p.id.removeprefix(f"{enrolment}-") for p in project.packages if p.id.startswith(f"{enrolment}-")]


def stones(project: Project, kind: str) -> list[str]:
    return [stone.id for stone in project.milestones if stone.kind == kind]


# -- steps ----------------------------------------------------------------------------------------------------


def test_an_enrolment_becomes_packages_one_after_the_other(liu: Project) -> None:
    assert [enrolment.id for enrolment in liu.enrolments] == [LIU]
    assert steps(liu, LIU) == ["registration", "eligibility", "training", "exam", "certificate"]
    packages = [package for package in liu.packages if package.id.startswith(LIU)]
    assert {(p.capability, p.workstream, p.source) for p in packages} == {("", "people", "catalogue")}
    assert [package.days.likely for package in packages] == [5, 10, 20, 5, 10]
    assert [package.after for package in packages] == [(), *((p.id,) for p in packages[:-1])]
    assert [(pin.item, pin.not_before) for pin in liu.pins] == [(f"{LIU}-registration", BEGIN)]
    assert packages[2].name == "Company certificate (Intermediate), Liu: Training"


def test_weeks_are_those_of_the_plans_own_calendar(liu: Project, catalogue: Catalogue) -> None:
    four = materialise(replace(liu, calendar=Calendar(working_days=("mon", "tue", "wed", "thu"))), catalogue)
    assert four.package_by_id[f"{LIU}-training"].days.likely == 16


def test_the_master_follows_its_weeks_and_its_weights(plan: Project, catalogue: Catalogue) -> None:
    project = enrol(plan, catalogue, "itsm-master", "", "head", BEGIN)
    ident = project.enrolments[0].id
    assert ident == "itsm-master-head", "a track with one level needs none in its ids"
    packages = [package for package in project.packages if package.id.startswith(ident)]
    assert [package.days.likely for package in packages] == [45, 5, 50, 10, 25]
    assert sum(package.days.likely for package in packages) == 27 * 5, "weeks 0 to 26"
    assert [p.note for p in packages if p.note] == [
        "counts 30 % of the result; 65 % in total passes",
        "counts 30 % of the result; 65 % in total passes",
        "counts 40 % of the result; 65 % in total passes",
    ]
    assert sum(package.cost for package in packages) == 50_000


def test_the_side_entry_replaces_the_admission(plan: Project, catalogue: Catalogue) -> None:
    project = enrol(plan, catalogue, "itsm-master", "", "head", BEGIN, side=True)
    assert steps(project, "itsm-master-head") == ["transition", "seminar", "project", "review", "certificate"]
    back = change_enrolment(project, catalogue, "itsm-master-head", side=False)
    assert steps(back, "itsm-master-head")[0] == "admission"


def test_a_skipped_beginning_does_not_move_the_rest(plan: Project, catalogue: Catalogue) -> None:
    track = next(track for track in catalogue.tracks if track.id == "itsm-master")
    short = replace(track, steps=tuple(step for step in track.steps if not step.side))
    project = enrol(plan, replace(catalogue, tracks=(short,)), "itsm-master", "", "head", date(2027, 4, 5), side=True)
    assert project.pin_by_item["itsm-master-head-seminar"].not_before == date(2027, 6, 7), "nine weeks in"


def test_steps_that_lie_apart_wait_by_a_dependency(plan: Project, catalogue: Catalogue) -> None:
    track = next(track for track in catalogue.tracks if track.id == "company-scheme")
    late = TrackStep(id="award", name=Words(en="Award", zh="授证"), week=14, weeks=1)
    project = enrol(
        plan,
        replace(catalogue, tracks=(replace(track, steps=(*track.steps, late)),)),
        "company-scheme",
        "junior",
        "Liu",
        BEGIN,
    )
    (link,) = project.dependencies
    assert (link.item, link.needs) == ("company-scheme-junior-liu-award", "company-scheme-junior-liu-certificate")
    assert (link.lag, link.source) == (20, "catalogue")
    assert project.package_by_id["company-scheme-junior-liu-award"].after == ()


def test_the_plan_speaks_its_own_language(plan: Project, catalogue: Catalogue) -> None:
    chinese = replace(plan, engagement=replace(plan.engagement, language="zh"))
    project = enrol(chinese, catalogue, "company-scheme", "junior", "刘", BEGIN)
    assert [enrolment.id for enrolment in project.enrolments] == ["company-scheme-junior"]
    assert project.packages[0].name == "公司ITSM资质（初级），刘：报名"
    again = enrol(project, catalogue, "company-scheme", "junior", "陈", BEGIN)
    assert again.enrolments[1].id == "company-scheme-junior-2"


# -- whose time -----------------------------------------------------------------------------------------------


def test_the_effort_is_of_the_roles_of_the_post_that_have_capacity(plan: Project, catalogue: Catalogue) -> None:
    project = enrol(plan, catalogue, "company-scheme", "senior", "head", BEGIN)
    training = project.package_by_id["company-scheme-senior-head-training"]
    assert {role: effort.likely for role, effort in training.effort.items()} == {"process-owner": 5}
    assert training.name.endswith("Ann: Training")


def test_a_holder_by_name_is_found_on_the_post(plan: Project, catalogue: Catalogue) -> None:
    project = enrol(plan, catalogue, "company-scheme", "senior", "Ann", BEGIN)
    assert {*project.package_by_id["company-scheme-senior-ann-exam"].effort} == {"process-owner"}


def test_without_a_post_the_role_of_the_track_bears_it(liu: Project) -> None:
    assert {role for package in liu.packages for role in package.effort} == {"process-manager"}
    assert "process-manager" in liu.role_by_id, "the role comes into the plan with its work"


def test_work_lasts_as_long_as_its_role_needs(plan: Project, catalogue: Catalogue) -> None:
    slow = replace(plan, roles=(Role(id="process-owner", name="Process owner", fte=0.1),))
    slow = replace(slow, posts=(replace(plan.posts[0], roles=("process-owner",)),))
    training = enrol(slow, catalogue, "company-scheme", "senior", "head", BEGIN).package_by_id[
        "company-scheme-senior-head-training"
    ]
    assert training.days.likely == 50
    assert "20 days became 50" in training.note


def test_changing_the_post_changes_who_works(plan: Project, catalogue: Catalogue) -> None:
    project = enrol(plan, catalogue, "company-scheme", "senior", "head", BEGIN)
    project = change_post(project, "head", catalogue, roles=(), holder="Bob")
    exam = project.package_by_id["company-scheme-senior-head-exam"]
    assert {*exam.effort} == {"process-manager"}
    assert "Bob" in exam.name


# -- when -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "begins", "why"),
    [
        (date(2027, 4, 12), date(2027, 4, 12), "the beginning that was agreed"),
        (date(2027, 4, 30), date(2027, 4, 30), "the beginning that was agreed"),
        (date(2027, 5, 1), date(2027, 7, 1), "the next intake, of 2027-07"),
        (date(2027, 11, 2), date(2028, 1, 1), "the next intake, of 2028-01"),
        (date(2026, 2, 1), date(2027, 1, 4), "the beginning that was agreed"),
    ],
)
def test_a_missed_intake_moves_to_the_next(
    plan: Project, catalogue: Catalogue, asked: date, begins: date, why: str
) -> None:
    pin = enrol(plan, catalogue, "itsm-master", "", "head", asked).pin_by_item["itsm-master-head-admission"]
    assert (pin.not_before, pin.reason, pin.source) == (begins, why, "catalogue")


def test_an_eleventh_moves_to_the_next_intake(plan: Project, catalogue: Catalogue) -> None:
    crowd = replace(
        plan,
        enrolments=tuple(
            Enrolment(id=f"m{n}", track="itsm-master", holder=f"Person {n}", begin=date(2027, 4, 1)) for n in range(11)
        ),
    )
    pins = {pin.item: pin for pin in made(crowd, catalogue).pins}
    days = [pins[f"m{n}-admission"].not_before for n in range(11)]
    assert days == [date(2027, 4, 1)] * 10 + [date(2027, 7, 1)]
    assert "10 participants" in pins["m10-admission"].reason
    assert "2027-07" in pins["m10-admission"].reason


# -- failures -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failed", "expected"),
    [
        (1, ["exam", "exam-2"]),
        (2, ["exam", "exam-2", "training-2", "exam-3"]),
        (3, ["exam", "exam-2", "training-2", "exam-3", "exam-4"]),
        (4, ["exam", "exam-2", "training-2", "exam-3", "exam-4", "training-3", "exam-5"]),
    ],
)
def test_one_resit_and_then_training_again(
    liu: Project, catalogue: Catalogue, failed: int, expected: list[str]
) -> None:
    project = change_enrolment(liu, catalogue, LIU, resits=failed)
    assert steps(project, LIU) == ["registration", "eligibility", "training", *expected, "certificate"]
    assert project.package_by_id[f"{LIU}-certificate"].after == (f"{LIU}-{expected[-1]}",)
    assert change_enrolment(project, catalogue, LIU, resits=0) == liu


def test_a_failed_master_joins_the_seminar_of_a_later_intake(plan: Project, catalogue: Catalogue) -> None:
    project = enrol(plan, catalogue, "itsm-master", "", "head", date(2027, 1, 31))
    project = change_enrolment(project, catalogue, "itsm-master-head", resits=1)
    assert steps(project, "itsm-master-head") == [
        "admission",
        "seminar",
        "project",
        "review",
        "seminar-2",
        "project-2",
        "review-2",
        "certificate",
    ]
    # 22 weeks on it is 4 July; the cohort of April met nine weeks after it began, that of July does on 2 September.
    assert project.pin_by_item["itsm-master-head-seminar-2"].not_before == date(2027, 9, 2)


# -- cost -----------------------------------------------------------------------------------------------------


def test_the_company_pays_its_share_where_it_falls_due(liu: Project, catalogue: Catalogue) -> None:
    assert sum(package.cost for package in liu.packages) == 0, "no sum is known"
    project = set_track(liu, catalogue, "company-scheme", cost={"intermediate": 4000, "junior": 1000})
    costs = {p.id.removeprefix(f"{LIU}-"): p.cost for p in project.packages if p.cost}
    assert costs == {"training": 1400, "exam": 600}, "half of 70 % and of 30 %"
    project = set_track(project, catalogue, "company-scheme", paid_share={"intermediate": 0.25})
    assert project.package_by_id[f"{LIU}-training"].cost == 700
    failed = change_enrolment(project, catalogue, LIU, resits=2)
    assert sum(package.cost for package in failed.packages) == 700 + 300 + 300 + 700 + 300
    junior = enrol(project, catalogue, "company-scheme", "junior", "Ann", BEGIN)
    assert all(not p.cost for p in junior.packages if p.id.startswith("company-scheme-junior")), (
        "juniors pay themselves"
    )


# -- certificates and renewals --------------------------------------------------------------------------------


def test_renewals_wait_for_the_settings(liu: Project, catalogue: Catalogue) -> None:
    assert stones(liu, "certificate") == [f"{LIU}-awarded"]
    assert "is not set" in liu.milestones[0].reason
    assert not stones(liu, "renewal") + stones(liu, "expiry")
    project = set_track(liu, catalogue, "company-scheme", valid_years=2, renewal_lead_months=3)
    dated = {stone.id: (stone.item, stone.months) for stone in project.milestones}
    last = f"{LIU}-certificate"
    assert dated == {
        f"{LIU}-awarded": (last, 0),
        f"{LIU}-renewal-1": (last, 21),
        f"{LIU}-expiry-1": (last, 24),
        f"{LIU}-renewal-2": (last, 45),
        f"{LIU}-expiry-2": (last, 48),
    }
    assert project.milestones[0].reason == ""
    assert set_track(project, catalogue, "company-scheme", valid_years=None, renewal_lead_months=None) == liu


def test_held_certificates_are_renewed_unless_lost(plan: Project, catalogue: Catalogue) -> None:
    plan = set_track(plan, catalogue, "company-scheme", valid_years=2, renewal_lead_months=6)
    project = add_certificate(plan, catalogue, "company-scheme", "senior", "head", date(2026, 5, 31))
    (held,) = project.certificates
    assert held.id == "company-scheme-senior-head-2026"
    days = [(stone.kind, stone.day) for stone in project.milestones]
    assert days == [
        ("renewal", date(2027, 11, 30)),
        ("expiry", date(2028, 5, 31)),
        ("renewal", date(2029, 11, 30)),
        ("expiry", date(2030, 5, 31)),
        ("renewal", date(2031, 11, 30)),
    ]
    lost = report_lost(project, catalogue, held.id, date(2027, 2, 1))
    assert not lost.milestones
    assert reissue(lost, catalogue, held.id, date(2027, 3, 1)).milestones == project.milestones
    assert remove_certificate(lost, catalogue, held.id) == plan


def test_a_certificate_that_says_when_it_ends_needs_no_setting(plan: Project, catalogue: Catalogue) -> None:
    project = add_certificate(plan, catalogue, "itsm-master", "", "Bo", date(2026, 5, 1), date(2028, 1, 1))
    assert [(stone.kind, stone.day) for stone in project.milestones] == [("expiry", date(2028, 1, 1))]
    later = add_certificate(project, catalogue, "itsm-master", "", "Bo", date(2027, 12, 1), date(2030, 1, 1))
    assert [(stone.kind, stone.day) for stone in later.milestones] == [("expiry", date(2030, 1, 1))], "the later counts"


# -- waiting for a certificate --------------------------------------------------------------------------------


def test_work_waits_for_a_certificate(desk: Project, catalogue: Catalogue) -> None:
    project = enrol(desk, catalogue, "company-scheme", "intermediate", "Liu", BEGIN)
    waiting = next(p.id for p in project.packages if p.workstream == "people" and p.capability == "change@2")
    project = needs_certificate(project, catalogue, waiting, LIU)
    assert [(d.item, d.needs, d.type, d.strength) for d in project.dependencies if d.source == "own"] == [
        (waiting, f"{LIU}-certificate", "finish-start", "hard")
    ]
    proposal = propose(project, catalogue.strategy_by_id[project.engagement.strategy])
    assert verify(project, proposal.roadmap, proposal.phases) == ()
    placed = proposal.roadmap.packages
    assert placed[waiting].start > placed[f"{LIU}-certificate"].finish
    assert placed[f"{LIU}-registration"].start >= BEGIN
    early = replace(placed[waiting], start=project.engagement.start, finish=date(2027, 1, 15))
    broken = replace(proposal.roadmap, packages=placed.with_item(waiting, early))
    assert any(v.items == (waiting, f"{LIU}-certificate") for v in verify(project, broken, proposal.phases))
    adopted = adopt(project, proposal.roadmap, proposal.phases)
    assert materialise(adopted, catalogue).milestones == adopted.milestones


def test_waiting_follows_the_exam_that_is_the_last_step(plan: Project, catalogue: Catalogue) -> None:
    track = next(track for track in catalogue.tracks if track.id == "company-scheme")
    knowledge = replace(catalogue, tracks=(replace(track, steps=track.steps[:-1]),))
    project = enrol(plan, knowledge, "company-scheme", "junior", "Liu", BEGIN)
    project = enrol(project, knowledge, "company-scheme", "senior", "Bo", BEGIN)
    liu, bo = "company-scheme-junior-liu", "company-scheme-senior-bo"
    project = needs_certificate(project, knowledge, f"{bo}-exam", liu)
    assert last_step(project, knowledge, liu) == f"{liu}-exam"
    failed = change_enrolment(project, knowledge, liu, resits=1)
    assert [(d.item, d.needs) for d in failed.dependencies] == [(f"{bo}-exam", f"{liu}-exam-2")]
    assert change_enrolment(failed, knowledge, liu, resits=0) == project


# -- a track of somebody else's -------------------------------------------------------------------------------

SAILING = """
id = "sailing"
source = "judgement"
name = { en = "Harbour pilot", zh = "港口引航员" }
role = "trainer"
resits = 2
cohort = 1
valid_years = 1
renewal_lead_months = 2
side_entry = { en = "Captains take another exam.", zh = "船长参加另一考试。" }
side_skips = ["basics", "exam"]

[[levels]]
id = "mate"
name = { en = "Mate", zh = "大副" }
for_whom = { en = "Anybody", zh = "任何人" }
cost = 900

[[steps]]
id = "basics"
name = { en = "Basics", zh = "基础" }
week = 0
weeks = 2
days = 3
repeats = true

[[steps]]
id = "exam"
name = { en = "Exam", zh = "考试" }
week = 4
weeks = 1
days = 1
repeats = true

[[steps]]
id = "captains-exam"
name = { en = "Exam for captains", zh = "船长考试" }
week = 4
weeks = 1
days = 1
repeats = true
side = true
"""


def test_a_new_track_is_a_new_file(desk: Project, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(templates_folder(), folder)
    (folder / "people" / "tracks" / "sailing.toml").write_text(SAILING, "utf-8")
    knowledge = load(folder)
    project = enrol(desk, knowledge, "sailing", "", "Ann", BEGIN)
    project = enrol(project, knowledge, "sailing", "mate", "Bo", BEGIN, side=True)
    assert steps(project, "sailing-ann") == ["basics", "exam"]
    assert steps(project, "sailing-bo") == ["captains-exam"], "the side entry replaces the exam"
    assert project.package_by_id["sailing-ann-basics"].cost == 900, "all of it with the first step"
    assert project.pin_by_item["sailing-ann-basics"].not_before == BEGIN
    assert project.pin_by_item["sailing-bo-captains-exam"].not_before == date(2027, 4, 29), "one a month, four weeks in"
    assert [d.lag for d in project.dependencies if d.item == "sailing-ann-exam"] == [10]
    assert {"sailing-ann-renewal-1", "sailing-ann-expiry-4"} <= {stone.id for stone in project.milestones}
    failed = change_enrolment(project, knowledge, "sailing-ann", resits=3)
    assert steps(failed, "sailing-ann") == ["basics", "exam", "exam-2", "exam-3", "basics-2", "exam-4"]
    proposal = propose(failed, knowledge.strategy_by_id[failed.engagement.strategy])
    assert verify(failed, proposal.roadmap, proposal.phases) == ()


# -- by hand --------------------------------------------------------------------------------------------------


def test_what_was_changed_by_hand_stays_until_the_enrolment_goes(liu: Project, catalogue: Catalogue) -> None:
    exam = f"{LIU}-exam"
    project = change_package(liu, exam, cost=123.0)
    project = set_track(project, catalogue, "company-scheme", cost={"intermediate": 4000})
    assert (project.package_by_id[exam].cost, project.package_by_id[exam].source) == (123.0, "own")
    gone = unenrol(project, catalogue, LIU)
    assert not gone.packages
    assert not gone.milestones
    assert not gone.pins
    assert not gone.enrolments


def test_a_step_taken_out_is_passed_over(liu: Project, catalogue: Catalogue) -> None:
    project = remove_package(liu, f"{LIU}-eligibility", "everybody fits")
    project = materialise(remove_package(project, f"{LIU}-certificate"), catalogue)
    assert steps(project, LIU) == ["registration", "training", "exam"]
    assert project.package_by_id[f"{LIU}-training"].after == (f"{LIU}-registration",)
    assert [stone.item for stone in project.milestones] == [f"{LIU}-exam"]
    assert steps(restore_package(project, catalogue, f"{LIU}-eligibility"), LIU)[1] == "eligibility"
    assert not unenrol(project, catalogue, LIU).left_out


def test_leaving_one_of_two_leaves_the_other(liu: Project, catalogue: Catalogue) -> None:
    both = enrol(liu, catalogue, "company-scheme", "intermediate", "Liu 2", BEGIN)
    assert both.enrolments[1].id == f"{LIU}-2"
    assert unenrol(both, catalogue, f"{LIU}-2") == liu
    assert steps(unenrol(both, catalogue, LIU), f"{LIU}-2") == steps(both, f"{LIU}-2")


# -- what is refused ------------------------------------------------------------------------------------------


def test_says_why_not(plan: Project, liu: Project, catalogue: Catalogue) -> None:
    def refused(edit: object, *args: object, **fields: object) -> str:
        with pytest.raises(Refused) as caught:
            edit(*args, **fields)  # type: ignore[operator]
        return str(caught.value)

    assert "did you mean 'itsm-master'?" in refused(enrol, plan, catalogue, "itsm-mastr", "", "Bo", BEGIN)
    assert "did you mean 'junior'?" in refused(enrol, plan, catalogue, "company-scheme", "juniro", "Bo", BEGIN)
    assert refused(enrol, plan, catalogue, "company-scheme", "", "Bo", BEGIN).startswith("say at which level - use one")
    assert "no side entry" in refused(enrol, plan, catalogue, "company-scheme", "junior", "Bo", BEGIN, side=True)
    assert "already" in refused(enrol, liu, catalogue, "company-scheme", "intermediate", "Liu", BEGIN)
    assert "0 years" in refused(set_track, liu, catalogue, "company-scheme", valid_years=0)
    assert "0 months" in refused(set_track, liu, catalogue, "company-scheme", renewal_lead_months=0)
    early = {"valid_years": 1, "renewal_lead_months": 12}
    assert "12 months before the end" in refused(set_track, liu, catalogue, "company-scheme", **early)
    assert "'top'" in refused(set_track, liu, catalogue, "company-scheme", cost={"top": 1})
    assert "0 to 1" in refused(set_track, liu, catalogue, "company-scheme", paid_share={"junior": 1.5})
    assert "0 to 20" in refused(change_enrolment, liu, catalogue, LIU, resits=-1)
    assert "10000" in refused(change_enrolment, liu, catalogue, LIU, resits=10_000)
    assert "keeps its id and its track" in refused(change_enrolment, liu, catalogue, LIU, track="itsm-master")
    assert "no enrolment 'bo'" in refused(unenrol, liu, catalogue, "bo")
    certificate = add_certificate(plan, catalogue, "company-scheme", "junior", "Bo", BEGIN)
    ident = certificate.certificates[0].id
    assert "it was not lost" in refused(reissue, certificate, catalogue, ident, BEGIN)
    assert "before it is issued" in refused(report_lost, certificate, catalogue, ident, date(2027, 2, 1))
    assert "before it is issued" in refused(change_certificate, certificate, catalogue, ident, expires=date(2027, 2, 1))


def test_an_enrolment_that_nobody_knows_brings_nothing(plan: Project, catalogue: Catalogue) -> None:
    stray = replace(plan, enrolments=(Enrolment(id="a", track="unknown", holder="Bo", begin=BEGIN),))
    assert courses(stray, catalogue) == ()
    assert made(stray, catalogue).packages == ()


def test_a_new_post_with_the_name_of_a_holder_takes_over(liu: Project, catalogue: Catalogue) -> None:
    project = add_post(liu, Post(id="desk", name="Desk lead", holder="Liu", roles=("process-owner",)), catalogue)
    assert {*project.package_by_id[f"{LIU}-exam"].effort} == {"process-owner"}
