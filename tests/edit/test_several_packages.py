"""Several work packages changed, taken out or told about at once."""

from dataclasses import replace
from datetime import date

import pytest

from planner.edit.progress import set_as_of, tell
from planner.edit.refused import Refused
from planner.edit.work import (
    change_packages,
    remove_package,
    remove_packages,
    restore_package,
    scaled,
    with_effort_times,
    with_role_replaced,
)
from planner.model.knowledge import Catalogue
from planner.model.project import Phase, Pin, Progress, Project
from planner.model.values import Duration, Effort

TWO = ("incident-3-people", "incident-3-tech")


def test_a_change_is_made_to_all_of_them_and_to_no_other(desk: Project, catalogue: Catalogue) -> None:
    after = change_packages(desk, TWO, lambda package: replace(package, note="by the partner"), catalogue)
    changed = [package for package in after.packages if package not in desk.packages]
    assert [package.id for package in changed] == list(TWO)
    assert {(package.note, package.source) for package in changed} == {("by the partner", "own")}
    assert change_packages(desk, TWO, lambda package: package, catalogue) == desk


def test_pins_to_a_phase_keep_what_else_was_promised(desk: Project) -> None:
    plan = replace(
        desk,
        phases=(Phase(id="p1", name="One"), Phase(id="p2", name="Two")),
        pins=(Pin(item=TWO[0], phase="p1", deadline=date(2027, 9, 30)), Pin(item=TWO[1], phase="p1")),
    )
    moved = change_packages(plan, TWO, lambda package: package, phase="p2")
    assert [(pin.item, pin.phase) for pin in moved.pins] == [(TWO[0], "p2"), (TWO[1], "p2")]
    assert moved.pins[0].deadline == date(2027, 9, 30)
    free = change_packages(moved, TWO, lambda package: package, phase="")
    assert free.pins == (Pin(item=TWO[0], deadline=date(2027, 9, 30)),)


def test_taking_several_out_is_taking_out_one_after_the_other(desk: Project, catalogue: Catalogue) -> None:
    both = remove_packages(desk, TWO, "the tool stays", catalogue)
    one = remove_package(remove_package(desk, TWO[0], "the tool stays", catalogue), TWO[1], "the tool stays", catalogue)
    assert both == one
    back = restore_package(restore_package(both, catalogue, TWO[0]), catalogue, TWO[1])
    assert back.packages == desk.packages


def test_progress_of_several_is_told_at_once(desk: Project) -> None:
    day = date(2027, 3, 1)
    told = [Progress(package=item, start=day, finish=day) for item in reversed(TWO)]
    with pytest.raises(Refused, match="as of"):
        tell(desk, told)
    after = tell(set_as_of(desk, day), told)
    assert [one.package for one in after.progress] == list(TWO)
    assert tell(after, [], TWO[:1]).progress == after.progress[1:]


def test_days_and_effort_scale(desk: Project) -> None:
    assert scaled(Duration(1, 5, 9), 1.5) == Duration(2, 8, 14)
    assert scaled(Duration(1, 5, 9), more=-3) == Duration(1, 2, 6)
    package = desk.package_by_id[TWO[0]]
    assert with_effort_times(package, 2).person_days == pytest.approx(2 * package.person_days)


def test_a_role_can_take_over_from_another(desk: Project) -> None:
    package = replace(
        desk.package_by_id[TWO[0]],
        effort=type(desk.packages[0].effort)({"change-lead": Effort(1, 2, 3), "trainer": Effort(1, 1, 1)}),
    )
    assert with_role_replaced(package, "change-lead", "hr-partner").effort["hr-partner"] == Effort(1, 2, 3)
    assert with_role_replaced(package, "change-lead", "trainer").effort == {"trainer": Effort(2, 3, 4)}
    assert with_role_replaced(package, "sponsor", "trainer") == package


def test_what_is_not_there_is_refused(desk: Project) -> None:
    with pytest.raises(Refused, match="no work package 'nothing'"):
        remove_packages(desk, ("nothing",))
    with pytest.raises(Refused, match="no work package 'nothing'"):
        change_packages(desk, ("nothing",), lambda package: package)
