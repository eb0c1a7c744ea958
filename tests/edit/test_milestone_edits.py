"""Milestones by hand."""

from datetime import date

import pytest

from planner.edit.certification import set_certification
from planner.edit.milestones import add_milestone, change_milestone, remove_milestone
from planner.edit.refused import Refused
from planner.edit.work import add_package, remove_package
from planner.model.measures import Milestone
from planner.model.project import Project, WorkPackage
from planner.model.values import Duration

NEW = "iso-20000-1-2018"
SIGNED = Milestone(id="signed", name="Contract signed", kind="contract", day=date(2027, 2, 1))


@pytest.fixture(scope="module")
def aimed(desk, catalogue) -> Project:
    return set_certification(desk, catalogue, NEW, date(2031, 3, 3))


def test_added_changed_and_removed(desk):
    added = add_milestone(desk, SIGNED)
    assert added.milestones[-1] == SIGNED
    moved = change_milestone(added, "signed", day=date(2027, 3, 1))
    assert moved.milestones[-1].day == date(2027, 3, 1)
    assert change_milestone(moved, "signed", name="Contract signed") is moved
    assert remove_milestone(moved, "signed").milestones == desk.milestones


def test_another_hook_takes_the_place_of_the_day(desk):
    hung = change_milestone(add_milestone(desk, SIGNED), "signed", item="incident@3").milestones[-1]
    assert (hung.day, hung.item) == (None, "incident@3")


def test_a_changed_one_of_the_catalogue_is_the_plans_own(aimed, catalogue):
    ident = f"{NEW}-surveillance-1"
    changed = change_milestone(aimed, ident, day=date(2032, 2, 2))
    later = set_certification(changed, catalogue, NEW, date(2031, 9, 1))
    (stone,) = (stone for stone in later.milestones if stone.id == ident)
    assert (stone.day, stone.source) == (date(2032, 2, 2), "own")


def test_what_cannot_be_is_refused(desk, aimed):
    added = add_milestone(desk, SIGNED)
    with pytest.raises(Refused, match="a milestone 'signed' already"):
        add_milestone(added, SIGNED)
    with pytest.raises(Refused, match="there is no milestone 'paid'"):
        remove_milestone(added, "paid")
    with pytest.raises(Refused, match="keeps its id 'signed'"):
        change_milestone(added, "signed", id="paid")
    with pytest.raises(Refused, match="must have one of day, item and phase"):
        change_milestone(added, "signed", day=None)
    with pytest.raises(Refused, match=r"unknown process 'incidents'.*did you mean 'incident'"):
        change_milestone(added, "signed", item="incidents@3")
    with pytest.raises(Refused, match="unknown phase 'p9'"):
        change_milestone(added, "signed", phase="p9")
    with pytest.raises(Refused, match="Stage-2 audit: implementation follows from the templates"):
        remove_milestone(aimed, f"{NEW}-stage-2-audit")


def test_a_milestone_of_work_that_is_gone_goes_with_it(desk):
    package = WorkPackage(id="move", name="Move the office", workstream="people", days=Duration(1, 2, 3))
    held = add_milestone(add_package(desk, package), Milestone(id="moved", name="Moved", item="move"))
    assert [stone.id for stone in held.milestones][-1] == "moved"
    assert remove_package(held, "move").milestones == desk.milestones
