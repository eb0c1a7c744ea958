"""Plans without a roadmap: what is in conflict, and repairs that work when they are followed."""

import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.cli.repairs_shown import diagnosis_blocks, diagnosis_lines
from planner.model.calendar import Period
from planner.model.project import Dependency, Pin, Project, WorkPackage
from planner.model.values import Duration, Effort, Fixed
from planner.rollout.changes.constraints import constraints, minimal
from planner.rollout.changes.kinds import FreedPackage, MoreCapacity, RelaxedLink, ShorterBreak
from planner.rollout.changes.promised import FreeCount, Pinned
from planner.rollout.propose import propose
from planner.rollout.repairs import Diagnosis, explain_infeasible
from planner.rollout.result import Infeasible
from planner.rollout.verify import verify

SAMPLES = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "infeasible.py"))


def diagnosed(project: Project, catalogue, **options) -> Diagnosis:
    strategy = catalogue.strategy_by_id["service-desk-first"]
    asked = {"phases": options["phases"]} if "phases" in options else {}
    with pytest.raises(Infeasible) as caught:
        propose(project, strategy, **asked)
    return explain_infeasible(project, strategy, caught.value.conflicts, **options)


def follow(project: Project, remedy, catalogue) -> Project:
    """``project`` after a repair, with the roadmap that is proposed for it then."""
    mended = remedy.edit(project)
    proposal = propose(mended, catalogue.strategy_by_id["service-desk-first"])
    assert verify(mended, proposal.roadmap, proposal.phases) == ()
    return mended


@pytest.mark.parametrize(
    ("kind", "core", "first"),
    [
        ("deadline", ["incident@3 is to finish by 2027-05-03"], "a deadline of incident@3 on 2027-09-07"),
        (
            "pins",
            ["service-desk@2 is pinned to phase p2 (the tool comes late)", "incident@2 is pinned to phase p1"],
            "incident@2 not pinned to a phase",
        ),
        ("role", ["trainer has 0.4, from 2027-02-01 0 FTE"], ""),
        ("phase", ["incident@2 is pinned to phase p1", "phase p1 must end by 2027-03-19"], "incident@2 not pinned"),
        ("limit", [], "a limit on change of 2 in the whole plan"),
    ],
)
def test_a_sample_is_mended_by_its_first_suggestion(kind, core, first, catalogue):
    project = SAMPLES["sample"](kind)
    found = diagnosed(project, catalogue)
    assert [constraint.text for constraint in found.core] == (core or [c.text for c in found.core])
    assert found.repairs[0].said().startswith(first)
    assert all("trainer from 2027-02-01 on" in repair.said() for repair in found.repairs if kind == "role")
    assert [repair.cost for repair in found.repairs] == sorted(repair.cost for repair in found.repairs)
    follow(project, found.repairs[0], catalogue)
    assert found.proof == (kind in ("deadline", "pins"))


def test_too_little_staff_names_role_and_promises_and_repairs_by_staff_or_date(catalogue):
    project = SAMPLES["sample"]("staff")
    found = diagnosed(project, catalogue)
    told = [constraint.text for constraint in found.core]
    assert "change-lead has 0.8 FTE" in told
    assert any("is to finish by 2027-04-07 (promised to the board)" in text for text in told)
    kinds = {type(change) for repair in found.repairs for change in repair.changes}
    assert kinds >= {Pinned, MoreCapacity}
    staffed = next(r for r in found.repairs if isinstance(r.changes[0], MoreCapacity))
    assert any("FTE more of change-lead from 2027-" in change.said() for change in staffed.changes)
    for repair in found.repairs[:2]:
        follow(project, repair, catalogue)


@pytest.fixture
def one(desk: Project) -> Project:
    """A plan of one package for one role."""
    package = WorkPackage(
        id="a", name="A", workstream="process", days=Duration(5, 10, 20), effort=Fixed({"trainer": Effort(1, 3, 5)})
    )
    still = tuple(replace(p, target=p.baseline) for p in desk.processes)
    return replace(desk, processes=still, packages=(package,), dependencies=())


def test_a_blackout_is_shortened_by_no_more_than_is_needed(one, catalogue):
    closed = Period(first=date(2027, 1, 8), last=date(2027, 2, 4), name="Move")
    calendar = replace(one.calendar, blackouts=(closed,))
    project = replace(one, calendar=calendar, pins=(Pin(item="a", deadline=date(2027, 2, 8)),))
    found = diagnosed(project, catalogue)
    assert found.proof
    assert [c.text for c in found.core] == [
        "a is to finish by 2027-02-08",
        "no work from 2027-01-08 to 2027-02-04 (Move)",
    ]
    shorter = next(change for r in found.repairs for change in r.changes if isinstance(change, ShorterBreak))
    assert shorter.last == date(2027, 1, 31)
    follow(project, found.repairs[0], catalogue)
    with pytest.raises(Infeasible):
        propose(replace(shorter, last=date(2027, 2, 1)).apply(project), catalogue.strategies[0])


def test_an_own_link_in_a_circle_is_made_a_wish(one, catalogue):
    other = replace(one.packages[0], id="b")
    circle = (Dependency(item="a", needs="b"), Dependency(item="b", needs="a"))
    project = replace(one, packages=(*one.packages, other), dependencies=circle)
    found = diagnosed(project, catalogue)
    assert {repair.changes for repair in found.repairs} == {(RelaxedLink(link.key),) for link in circle}
    follow(project, found.repairs[0], catalogue)


def test_a_number_of_phases_that_was_asked_for_is_to_blame(catalogue):
    phases = SAMPLES["sample"]("pins").phases
    project = replace(SAMPLES["sample"]("role"), roles=SAMPLES["sample"]("pins").roles, phases=phases)
    project = replace(project, pins=(Pin(item="incident@2", phase="p2"),))
    found = diagnosed(project, catalogue, phases=1)
    assert (FreeCount(1),) in [repair.changes for repair in found.repairs]


def test_a_budget_of_nothing_is_kept(catalogue):
    found = diagnosed(SAMPLES["sample"]("role"), catalogue, budget=1)
    assert not found.complete
    assert found.repairs == ()


def test_a_minimal_set_is_minimal():
    """Against every conflict of up to three of ten: found whole, nothing more."""
    numbers = list(range(10))
    for core in ({4}, {0, 9}, {2, 3}, {1, 5, 8}, {7, 8, 9}):
        assert set(minimal(lambda kept, core=core: core <= set(kept), numbers)) == core


def test_every_constraint_says_what_it_is_and_can_be_taken_away(catalogue):
    project = SAMPLES["sample"]("phase")
    for constraint in constraints(project, 3):
        assert constraint.text
        changed = constraint.relaxed.apply(project)
        assert isinstance(constraint.relaxed, FreeCount) or changed != project
        assert constraint.relaxed.said()
        assert constraint.relaxed.toml(project)


def test_a_deadline_is_moved_however_far_it_must_go(desk, catalogue):
    found = [
        diagnosed(replace(desk, pins=(Pin(item="incident@3", deadline=date(year, 6, 1)),)), catalogue)
        for year in (1990, 2020, 2025)
    ]
    days = [{c.pin.deadline for r in one.repairs for c in r.changes if isinstance(c, Pinned)} for one in found]
    assert days[0] == days[1] == days[2] == {date(2027, 9, 7)}


def test_a_circle_of_packages_is_opened_where_one_waits_for_the_other(one, catalogue):
    a, b, c = (replace(one.packages[0], id=name) for name in "abc")
    circle = (replace(a, after=("b",)), replace(b, alongside=("c",)), replace(c, after=("a",)))
    project = replace(one, packages=circle)
    found = diagnosed(project, catalogue)
    assert {r.changes for r in found.repairs} == {
        (FreedPackage("a", "b"),),
        (FreedPackage("b", "c"),),
        (FreedPackage("c", "a"),),
    }
    for repair in found.repairs:
        follow(project, repair, catalogue)
    assert found.repairs[0].toml(project) == ('[[packages]] id = "a": after without "b"',)


def test_two_circles_are_opened_together(one, catalogue):
    a, b, c, d = (replace(one.packages[0], id=name) for name in "abcd")
    pairs = (replace(a, after=("b",)), replace(b, after=("a",)), replace(c, after=("d",)), replace(d, after=("c",)))
    project = replace(one, packages=pairs)
    (repair,) = diagnosed(project, catalogue).repairs
    assert len(repair.changes) == 2
    follow(project, repair, catalogue)


def test_a_calendar_without_a_free_day_is_to_blame_and_not_the_staff(one, catalogue):
    closed = Period(first=date(2026, 1, 1), last=date(2199, 12, 31), name="Shut")
    for table in ("blackouts", "holidays"):
        shut = replace(one, calendar=replace(one.calendar, **{table: (closed,)}))
        (conflict,) = diagnosed(shut, catalogue).conflicts
        assert conflict.rule == "calendar"
        assert "there is no work from 2026-01-01 to 2199-12-31 (Shut)" in conflict.message
        assert "staff" not in conflict.message
    begun = replace(one, engagement=replace(one.engagement, start=date(2199, 12, 27)))
    (conflict,) = diagnosed(begun, catalogue).conflicts
    assert "starts only on 2199-12-27" in conflict.message
    assert "staff" not in conflict.message


def test_no_repair_is_missed_where_there_is_nothing_to_plan(one, catalogue):
    project = replace(one, packages=())
    found = diagnosed(project, catalogue)
    lines = [*diagnosis_lines(project, found, "plan.toml"), *diagnosis_blocks(project, found)]
    assert not any("no single change" in line.lower() for line in lines)
