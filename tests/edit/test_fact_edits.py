"""Facts of the engagement: client, limits, calendar, roles, size."""

from datetime import date

import pytest

from planner.edit.facts import (
    add_role,
    change_calendar,
    change_engagement,
    change_limits,
    change_role,
    remove_role,
    set_size,
)
from planner.edit.materialise import materialise
from planner.edit.refused import Refused
from planner.edit.work import change_package, remove_package
from planner.model.calendar import CapacityChange, Period, Role
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.values import Fixed


def test_facts_change_and_bad_ones_are_refused(desk: Project) -> None:
    assert (
        change_engagement(desk, sponsor="the chief operating officer").engagement.sponsor
        == "the chief operating officer"
    )
    assert change_limits(desk, absorption=5).limits.absorption == 5
    with pytest.raises(Refused, match="engagement: name must not be empty"):
        change_engagement(desk, name="")
    with pytest.raises(Refused, match="limits: absorption must be at least 1, not 0"):
        change_limits(desk, absorption=0)
    with pytest.raises(Refused, match="'6' is not a level that is reached by work"):
        change_limits(desk, stabilise_weeks=Fixed({"6": 4}))
    with pytest.raises(Refused, match="the week has no working day"):
        change_calendar(desk, working_days=())
    late = Period(first=date(2027, 5, 2), last=date(2027, 5, 1), name="May")
    with pytest.raises(Refused, match="ends on 2027-05-01, before it begins on 2027-05-02"):
        change_calendar(desk, holidays=(late,))


def test_another_size_estimates_anew(desk: Project, catalogue: Catalogue) -> None:
    large = set_size(desk, catalogue, "large")
    before, after = desk.package_by_id["incident-3-people"], large.package_by_id["incident-3-people"]
    assert after.person_days == pytest.approx(before.person_days * 1.8, rel=0.02)
    assert after.days.likely > before.days.likely
    assert set_size(large, catalogue, "medium") == desk


def test_less_capacity_lengthens_the_catalogues_packages(desk: Project, catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match=r"of trainer a day, who has 0\.1 - lengthen it to"):
        change_role(desk, "trainer", fte=0.1)
    after = change_role(desk, "trainer", catalogue, fte=0.1)
    longer = [p.id for p in after.packages if p.days.likely > desk.package_by_id[p.id].days.likely]
    assert longer
    assert all("trainer" in after.package_by_id[ident].effort for ident in longer)
    assert change_role(after, "trainer", catalogue, fte=desk.role_by_id["trainer"].fte) == desk


def test_own_packages_keep_their_length(desk: Project, catalogue: Catalogue) -> None:
    own = change_package(desk, "incident-3-people", note="agreed with the works council")
    with pytest.raises(Refused, match="incident-3-people needs"):
        change_role(own, "change-lead", catalogue, fte=0.01)


def test_capacity_over_time_must_be_in_order(desk: Project) -> None:
    changes = (CapacityChange(since=date(2027, 6, 1), fte=1.0), CapacityChange(since=date(2027, 3, 1), fte=0.5))
    with pytest.raises(Refused, match="capacity changes of 'trainer' are not in order"):
        change_role(desk, "trainer", changes=changes)
    assert change_role(desk, "trainer", changes=changes[::-1]).role_by_id["trainer"].capacity(date(2027, 4, 1)) == 0.5


def test_roles_come_and_go(desk: Project, catalogue: Catalogue) -> None:
    tester = Role(id="tester", name="Tester", fte=1.0)
    after = add_role(desk, tester)
    assert after.role_by_id["tester"] == tester
    assert remove_role(after, "tester") == desk
    with pytest.raises(Refused, match="roles has 'tester' twice"):
        add_role(after, tester)
    with pytest.raises(Refused, match=r"Trainer still works on [a-z-]+-3-people, .* - give their effort to another"):
        remove_role(desk, "trainer")
    with pytest.raises(Refused, match="a role keeps its id"):
        change_role(desk, "trainer", id="coach")


def test_a_role_of_left_out_work_does_not_come_back(desk: Project, catalogue: Catalogue) -> None:
    after = desk
    for package in desk.packages:
        if "hr-partner" in package.effort:
            after = remove_package(after, package.id)
    after = remove_role(after, "hr-partner")
    assert materialise(after, catalogue) == after
