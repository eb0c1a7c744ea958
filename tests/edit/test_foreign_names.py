"""What the templates do not have is told, and what rests on it is never lost."""

from dataclasses import replace
from datetime import date

import pytest

from planner.edit.certification import set_certification
from planner.edit.foreign import foreign
from planner.edit.materialise import materialise
from planner.edit.refresh import refresh, refreshed
from planner.edit.refused import Refused
from planner.edit.scope import set_target
from planner.model.knowledge import Catalogue
from planner.model.people import Enrolment
from planner.model.project import Project

AUDIT = date(2030, 3, 4)


@pytest.fixture(scope="module")
def certified(desk: Project, catalogue: Catalogue) -> Project:
    return set_certification(desk, catalogue, "iso-20000-1-2018", AUDIT)


def test_a_plan_from_a_template_names_nothing_foreign(certified: Project, catalogue: Catalogue) -> None:
    assert foreign(certified, catalogue) == ()


def test_a_mistyped_standard_is_told_and_its_work_is_not_lost(certified: Project, catalogue: Catalogue) -> None:
    goal = replace(certified.certifications[0], standard="iso-20000-1-2081")
    mistyped = replace(certified, certifications=(goal,))
    (lack,) = foreign(mistyped, catalogue)
    assert (lack.kind, lack.name, lack.holds) == ("standard", "iso-20000-1-2081", True)
    assert "iso-20000-1-2018" in lack.advice
    with pytest.raises(Refused, match=r"the templates have no standard 'iso-20000-1-2081'.*--templates DIR"):
        materialise(mistyped, catalogue)
    with pytest.raises(Refused, match="--templates DIR"):
        set_target(mistyped, catalogue, "incident", "people", 4)
    assert refreshed(mistyped, catalogue).changes == ()


def test_a_date_changed_in_the_file_is_out_of_step_until_it_is_refreshed(
    certified: Project, catalogue: Catalogue
) -> None:
    later = replace(certified.certifications[0], audit=date(2030, 9, 2))
    edited = replace(certified, certifications=(later,))
    changes = refreshed(edited, catalogue).changes
    assert any(name.startswith("iso-20000-1-2018-") for name in changes)
    after = refresh(edited, catalogue)
    assert any(stone.day == date(2030, 9, 2) for stone in after.milestones)
    assert refreshed(after, catalogue).changes == ()


def test_an_enrolment_written_by_hand_gets_its_work(desk: Project, catalogue: Catalogue) -> None:
    entered = Enrolment(id="anna", track="company-scheme", level="junior", holder="Anna", begin=date(2027, 3, 1))
    edited = replace(desk, enrolments=(entered,))
    assert "anna-exam" in refreshed(edited, catalogue).changes
    assert "anna-exam" in refresh(edited, catalogue).package_by_id
