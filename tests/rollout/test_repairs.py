"""Plans without a roadmap: what is in conflict, and repairs that work when they are followed."""

import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.model.calendar import Period
from planner.model.project import Dependency, Pin, Project, WorkPackage
from planner.model.values import Duration, Effort, Fixed
from planner.rollout.changes import MoreCapacity, RelaxedLink, ShorterBreak
from planner.rollout.changes_promised import FreeCount, Pinned
from planner.rollout.constraints import constraints, minimal
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
