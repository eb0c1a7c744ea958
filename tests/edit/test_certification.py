"""The aim to be certified: targets, stages, dates; everything follows from the one day of the audit."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.edit.certification import made, remove_certification, set_certification
from planner.edit.facts import change_calendar, set_size
from planner.edit.materialise import materialise
from planner.edit.pins import set_pin
from planner.edit.refused import Refused
from planner.edit.scope import change_process, set_in_scope, set_target
from planner.edit.work import change_package, remove_package, restore_package
from planner.model.calendar import Period, months_after
from planner.model.decode import decode, encode
from planner.model.known.standards import Standard
from planner.model.project import Pin, Project
from planner.model.values import Duration
from planner.rollout.propose import propose
from planner.rollout.result import Infeasible
from planner.rollout.verify import verify

OLD, NEW = "iso-20000-1-2011", "iso-20000-1-2018"
AUDIT = date(2031, 3, 3)
WORK = ("gap", "documents", "operate", "internal-audit", "management-review", "audit-support")


@pytest.fixture(scope="module")
def aimed(desk, catalogue) -> Project:
    return set_certification(desk, catalogue, NEW, AUDIT)


def stones(project: Project) -> dict[str, date]:
    return {s.id.removeprefix(f"{NEW}-"): s.day for s in project.milestones if s.id.startswith(NEW)}


def roomy(project: Project) -> Project:
    """``project`` with many people and much appetite for change."""
    roles = tuple(replace(role, fte=4 * role.fte) for role in project.roles)
    return replace(project, roles=roles, limits=replace(project.limits, absorption=8))


def test_the_goal_holds_what_it_needs_to_be_understood_alone(aimed):
    (goal,) = aimed.certifications
    assert (goal.standard, goal.name, goal.audit) == (NEW, "ISO/IEC 20000-1:2018", AUDIT)
    assert goal.operate_months == 3


def test_no_clause_is_tailored_out(desk, catalogue):
    before = set_in_scope(desk, "supplier", False, catalogue)
    after = set_certification(before, catalogue, NEW, AUDIT)
    supplier = after.process_by_id["supplier"]
    assert supplier.in_scope
    assert set(supplier.target.values()) == {3}
    assert "ISO/IEC 20000-1:2018 8.2.3, 8.3.4" in supplier.reason
    assert "supplier@3" in after.packages_of
    # A process of no clause keeps its target, and so does one that aims higher already.
    assert after.process_by_id["service-desk"] == before.process_by_id["service-desk"]
    higher = set_target(desk, catalogue, "change", "people", 4)
    assert set_certification(higher, catalogue, NEW, AUDIT).process_by_id["change"].target["people"] == 4


def test_a_process_that_the_plan_lacks_is_brought_in(desk, catalogue):
    without = replace(desk, processes=tuple(p for p in desk.processes if p.id != "demand"))
    demand = set_certification(without, catalogue, NEW, AUDIT).process_by_id["demand"]
    assert demand.in_scope
    assert demand.target_level == 3


def test_reasons_are_kept_and_not_doubled(desk, catalogue):
    told = change_process(desk, "problem", reason="the same faults come back")
    once = set_certification(told, catalogue, NEW, AUDIT)
    assert once.process_by_id["problem"].reason == "the same faults come back; ISO/IEC 20000-1:2018 8.6.3"
    assert set_certification(once, catalogue, NEW, AUDIT) == once
    gone = remove_certification(once, catalogue, NEW)
    assert gone.process_by_id["problem"].reason == "the same faults come back"
    assert gone.process_by_id["problem"].target_level == 3


def test_the_stages_are_work_in_the_workstream_standard(aimed):
    found = [aimed.package_by_id[f"{NEW}-{work}"] for work in WORK]
    assert {package.workstream for package in found} == {"standard"}
    assert {(package.capability, package.source) for package in found} == {("", "catalogue")}
    assert [package.person_days for package in found] == pytest.approx([10, 40, 10, 8, 3, 8])
    assert [package.days.likely for package in found[:2]] == [20, 80]
    after = {work: aimed.package_by_id[f"{NEW}-{work}"].after for work in WORK}
    assert after["documents"] == (f"{NEW}-gap",)
    assert after["operate"] == after["internal-audit"] == (f"{NEW}-documents",)
    assert after["audit-support"] == (f"{NEW}-operate", f"{NEW}-management-review")
    assert aimed.package_by_id[f"{NEW}-internal-audit"].alongside == (f"{NEW}-operate",)


def test_operation_waits_for_every_capability_that_gives_evidence(aimed, catalogue):
    standard = next(s for s in catalogue.standards if s.id == NEW)
    needed = {item for clause in standard.clauses for item in clause.items}
    held = {d.needs: d for d in aimed.dependencies if d.item == f"{NEW}-operate"}
    assert set(held) == needed
    assert held["problem@3"].reason == "ISO/IEC 20000-1:2018 8.6.3 Problem management"
    assert {d.strength for d in held.values()} == {"hard"}


def test_days_are_counted_back_from_the_audit(aimed):
    deadline = {work: aimed.pin_by_item[f"{NEW}-{work}"].deadline for work in WORK}
    assert deadline["audit-support"] == AUDIT
    # Six of the eight weeks of the last stage lie before the audit; operation ends on the working day before them.
    assert deadline["operate"] == deadline["management-review"] == date(2031, 1, 20)
    assert "counted back from the audit on 2031-03-03" in aimed.pin_by_item[f"{NEW}-documents"].reason
    assert aimed.pin_by_item[f"{NEW}-gap"].not_before is None
    for work in WORK[1:]:
        assert aimed.pin_by_item[f"{NEW}-{work}"].not_before < deadline[work]
    assert stones(aimed) == {
        "go-live": date(2030, 10, 21),
        "stage-1-audit": date(2031, 2, 3),
        "stage-2-audit": AUDIT,
        "certificate": date(2031, 3, 17),
        "surveillance-1": date(2032, 3, 17),
        "surveillance-2": date(2033, 3, 17),
        "recertification": date(2034, 2, 17),
    }
    reasons = {s.id: s.reason for s in aimed.milestones}
    assert reasons[f"{NEW}-go-live"] == "At least 3 months of operation must lie before the certification audit"


def test_moving_the_audit_moves_all_that_is_still_the_catalogues(aimed, desk, catalogue):
    later = set_certification(aimed, catalogue, NEW, date(2031, 9, 1))
    assert later == set_certification(desk, catalogue, NEW, date(2031, 9, 1))
    assert stones(later)["stage-2-audit"] == date(2031, 9, 1)
    assert all(stones(later)[event] > day for event, day in stones(aimed).items())
    assert later.pin_by_item[f"{NEW}-gap"].deadline > aimed.pin_by_item[f"{NEW}-gap"].deadline


def test_what_somebody_promised_stays_when_the_audit_moves(aimed, catalogue):
    own = Pin(item=f"{NEW}-internal-audit", deadline=date(2030, 11, 29), reason="auditor booked")
    changed = change_package(set_pin(aimed, own), f"{NEW}-documents", days=Duration(60, 70, 90))
    later = set_certification(changed, catalogue, NEW, date(2031, 9, 1))
    assert later.pin_by_item[own.item] == own
    assert later.package_by_id[f"{NEW}-documents"].days.likely == 70


def test_a_longer_package_of_the_plans_own_pushes_what_is_before_it_back(aimed, catalogue):
    longer = change_package(aimed, f"{NEW}-documents", days=Duration(100, 120, 140))
    longer = set_certification(longer, catalogue, NEW, AUDIT)
    assert longer.pin_by_item[f"{NEW}-gap"].deadline < aimed.pin_by_item[f"{NEW}-gap"].deadline
    assert longer.pin_by_item[f"{NEW}-documents"].deadline == aimed.pin_by_item[f"{NEW}-documents"].deadline


def test_work_that_is_taken_out_stays_out_and_can_come_back(aimed, catalogue):
    without = remove_package(aimed, f"{NEW}-internal-audit", "done by the group")
    again = set_target(without, catalogue, "slm", "people", 4)
    assert f"{NEW}-internal-audit" not in again.package_by_id
    assert again.package_by_id[f"{NEW}-management-review"].after == (f"{NEW}-documents",)
    back = restore_package(again, catalogue, f"{NEW}-internal-audit")
    assert back.package_by_id[f"{NEW}-management-review"].after == (f"{NEW}-internal-audit",)


def test_the_size_of_the_client_sizes_the_stages(aimed, catalogue):
    large = set_size(aimed, catalogue, "large")
    assert large.package_by_id[f"{NEW}-documents"].days.likely == 140
    assert large.package_by_id[f"{NEW}-documents"].person_days == pytest.approx(72)
    assert stones(large)["go-live"] < stones(aimed)["go-live"]


def test_a_freeze_before_the_audit_moves_the_days_before_it(aimed, catalogue):
    freeze = (Period(first=date(2031, 2, 3), last=date(2031, 2, 14)),)
    closed = change_calendar(aimed, catalogue, blackouts=(*aimed.calendar.blackouts, *freeze))
    # Ten working days less before the audit: its support and all before it begin two weeks earlier.
    assert closed.pin_by_item[f"{NEW}-operate"].deadline == date(2031, 1, 6)
    assert stones(closed)["stage-1-audit"] == date(2031, 1, 31)


def test_words_are_in_the_language_of_the_plan(bank, catalogue):
    aimed = set_certification(bank, catalogue, NEW, AUDIT)
    assert aimed.package_by_id[f"{NEW}-management-review"].name == "管理评审"
    assert "3个月" in next(s.reason for s in aimed.milestones if s.kind == "go-live")


def test_giving_the_goal_up_takes_its_work_and_days_away(aimed, catalogue):
    gone = remove_certification(aimed, catalogue, NEW)
    assert not gone.certifications
    assert not stones(gone)
    assert not any(p.id.startswith(NEW) for p in gone.packages)
    assert not any(pin.item.startswith(NEW) for pin in gone.pins)
    with pytest.raises(Refused, match="there is no certification"):
        remove_certification(gone, catalogue, NEW)


def test_both_editions_can_be_aimed_at(aimed, catalogue):
    both = set_certification(aimed, catalogue, OLD, date(2031, 9, 1))
    assert [goal.standard for goal in both.certifications] == [NEW, OLD]
    assert {f"{NEW}-gap", f"{OLD}-gap"} <= set(both.package_by_id)
    assert remove_certification(both, catalogue, OLD).package_by_id.keys() == aimed.package_by_id.keys() | {
        package.id for package in both.packages if package.capability.startswith("service-desk")
    }


def test_an_audit_before_the_months_can_have_passed_is_refused(desk, catalogue):
    with pytest.raises(Refused, match=r"2027-04-03 is before 3 months of operation can have passed.*2027-04-04"):
        set_certification(desk, catalogue, NEW, date(2027, 4, 3))
    set_certification(desk, catalogue, NEW, date(2027, 4, 4))
    with pytest.raises(Refused, match="no standard 'iso-9001'"):
        set_certification(desk, catalogue, "iso-9001", AUDIT)


def test_dates_that_no_plan_can_hold_are_left_out(desk, catalogue):
    far = set_certification(desk, catalogue, NEW, date(2198, 6, 1))
    assert set(stones(far)) == {"go-live", "stage-1-audit", "stage-2-audit", "certificate", "surveillance-1"}


@pytest.mark.parametrize(("name", "audit"), [("desk", date(2030, 1, 7)), ("bank", date(2030, 3, 4))])
def test_a_feasible_audit_is_planned_for(name, audit, catalogue, request):
    project = roomy(set_certification(request.getfixturevalue(name), catalogue, NEW, audit))
    proposal = propose(project, catalogue.strategy_by_id[project.engagement.strategy])
    assert verify(project, proposal.roadmap, proposal.phases) == ()
    assert len(proposal.phases) > 1
    placed = proposal.roadmap.packages
    go_live = placed[f"{NEW}-operate"].start
    reached = [placed[p.id].finish for p in project.packages if p.capability.endswith("@3")]
    evidence = {d.needs for d in project.dependencies if d.item == f"{NEW}-operate"}
    assert all(placed[p.id].finish < go_live for p in project.packages if p.capability in evidence)
    assert reached
    assert months_after(go_live, 3) <= placed[f"{NEW}-audit-support"].start + timedelta(days=3) <= audit
    assert placed[f"{NEW}-internal-audit"].finish < placed[f"{NEW}-management-review"].start
    assert placed[f"{NEW}-management-review"].finish < placed[f"{NEW}-audit-support"].start


def test_an_audit_that_cannot_be_is_told_by_its_cause(desk, catalogue):
    project = set_certification(desk, catalogue, NEW, date(2027, 8, 9))
    with pytest.raises(Infeasible) as caught:
        propose(project, catalogue.strategy_by_id["service-desk-first"])
    told = {conflict.items[0]: conflict.message for conflict in caught.value.conflicts}
    # Neither the reviews nor the audit itself: they are late only because operation is.
    assert set(told) == {f"{NEW}-gap", f"{NEW}-operate"}
    assert "problem@3" in told[f"{NEW}-operate"]
    assert "decided on 2027-08-09" in told[f"{NEW}-operate"]


PLAIN = """
id = "house-rules"
name = { en = "House rules", zh = "内部规则" }
level = 2
operate_months = 2
valid_months = 24
source = "judgement"
clauses = [{ id = "1", title = { en = "Desk", zh = "台" }, items = ["service-desk@2"], source = "judgement" }]

[[stages]]
id = "run"
name = { en = "Run", zh = "运行" }
weeks = { small = 1, medium = 1, large = 1 }
gate = { en = "It ran", zh = "已运行" }
operates = true
source = "judgement"
work = [{ id = "run", name = { en = "Run it", zh = "运行" }, roles = ["process-owner"], effort = [1, 2, 3] }]

[[stages]]
id = "look"
name = { en = "Look", zh = "查看" }
weeks = { small = 1, medium = 2, large = 3 }
gate = { en = "Passed", zh = "通过" }
decides = true
source = "judgement"
work = [{ id = "look", name = { en = "Look", zh = "查看" }, roles = ["sponsor"], effort = [1, 1, 1] }]
"""


def test_any_standard_of_the_templates_can_be_aimed_at(desk, catalogue):
    standard, problems = decode(Standard, tomllib.loads(PLAIN))
    assert not problems
    project = set_certification(desk, replace(catalogue, standards=(standard,)), "house-rules", date(2028, 3, 31))
    run, look = project.package_by_id["house-rules-run"], project.package_by_id["house-rules-look"]
    assert look.after == ("house-rules-run",)
    assert look.days.likely == 10
    # The audit is on a Friday, two weeks after a Friday on which two months of operation end.
    pin = project.pin_by_item["house-rules-run"]
    assert (pin.deadline, pin.reason) == (date(2028, 3, 17), "It ran")
    assert run.days.likely == project.calendar.count(date(2028, 1, 18), date(2028, 3, 17))
    assert [d.needs for d in project.dependencies if d.item == run.id] == ["service-desk@2"]


def test_what_is_made_depends_on_nothing_else(aimed, catalogue):
    assert made(aimed, catalogue) == made(aimed, catalogue)
    bare = replace(aimed, packages=tuple(p for p in aimed.packages if p.capability), pins=(), milestones=())
    assert made(bare, catalogue) == made(aimed, catalogue)


def test_a_plan_with_a_goal_is_what_the_catalogue_calls_for(aimed, catalogue):
    assert materialise(aimed, catalogue) == aimed
    assert decode(Project, encode(aimed)) == (aimed, [])
