"""Work packages by hand: what becomes the plan's own, what is left out, what comes back."""

from datetime import date

import pytest

from planner.edit.dependencies import add_dependency
from planner.edit.facts import set_size
from planner.edit.materialise import materialise, not_needed
from planner.edit.pins import remove_pin, set_pin
from planner.edit.refused import Refused
from planner.edit.scope import set_target
from planner.edit.work import add_package, change_package, new_package_id, remove_package, restore_package
from planner.model.knowledge import Catalogue
from planner.model.project import Dependency, LeftOut, Pin, Project, WorkPackage
from planner.model.values import DIMENSIONS, Duration, Effort, Fixed


def own(ident: str, capability: str = "incident@3", **fields: object) -> WorkPackage:
    given = {"workstream": "process", "days": Duration(1, 2, 3), "effort": Fixed({"trainer": Effort(0.1, 0.2, 0.3)})}
    return WorkPackage(id=ident, name=ident.title(), capability=capability, **given | fields)  # type: ignore[arg-type]


def test_a_new_package_stands_after_those_of_its_kind(desk: Project, catalogue: Catalogue) -> None:
    after = add_package(desk, own("war-room"))
    ids = [package.id for package in after.packages_of["incident@3"]]
    assert ids == ["incident-3-people", "incident-3-process", "war-room", "incident-3-tech", "incident-3-standard"]
    assert materialise(after, catalogue) == after


def test_own_work_survives_a_change_of_targets(desk: Project, catalogue: Catalogue) -> None:
    after = add_package(desk, own("war-room", after=("incident-3-process",)))
    for dimension in DIMENSIONS:
        after = set_target(after, catalogue, "incident", dimension, 2)
    assert after.package_by_id["war-room"].after == ()
    assert [package.id for package in after.packages_of["incident@3"]] == ["war-room"]


def test_a_changed_package_is_the_plans_own_and_stays_as_it_is(desk: Project, catalogue: Catalogue) -> None:
    after = change_package(desk, "incident-3-people", days=Duration(90, 95, 99))
    assert after.package_by_id["incident-3-people"].source == "own"
    larger = set_size(after, catalogue, "large")
    assert larger.package_by_id["incident-3-people"].days.likely == 95
    assert larger.package_by_id["incident-3-tech"].days > desk.package_by_id["incident-3-tech"].days
    assert [p.id for p in larger.packages] == [p.id for p in desk.packages]


def test_a_change_without_effect_leaves_a_package_the_catalogues(desk: Project) -> None:
    assert change_package(desk, "incident-3-people", name=desk.package_by_id["incident-3-people"].name) is desk


def test_taking_a_package_out_joins_its_neighbours(desk: Project, catalogue: Catalogue) -> None:
    assert desk.package_by_id["incident-3-people"].after == ("incident-3-tech",)
    assert desk.package_by_id["incident-3-tech"].after == ("incident-3-process",)
    after = remove_package(desk, "incident-3-tech", "the tool stays as it is")
    assert after.package_by_id["incident-3-people"].after == ("incident-3-process",)
    assert after.left_out == (LeftOut(package="incident-3-tech", reason="the tool stays as it is"),)
    assert materialise(after, catalogue) == after
    assert [(n.package, n.reason) for n in not_needed(after, catalogue) if n.capability == "incident@3"] == [
        ("incident-3-tech", "taken out by hand: the tool stays as it is")
    ]


def test_taking_several_out_in_any_order_joins_the_rest(desk: Project) -> None:
    one = remove_package(remove_package(desk, "incident-3-tech"), "incident-3-process")
    other = remove_package(remove_package(desk, "incident-3-process"), "incident-3-tech")
    assert one.packages == other.packages
    assert one.package_by_id["incident-3-people"].after == ()
    assert one.package_by_id["incident-3-standard"].alongside == ()


def test_restoring_brings_the_catalogues_package_back(desk: Project, catalogue: Catalogue) -> None:
    changed = change_package(desk, "incident-3-tech", name="Only a form")
    out = remove_package(changed, "incident-3-tech")
    assert "incident-3-tech" not in materialise(out, catalogue).package_by_id
    assert restore_package(out, catalogue, "incident-3-tech") == desk
    with pytest.raises(Refused, match="left out, 'incident-3-tech'"):
        restore_package(desk, catalogue, "incident-3-tech")


def test_an_own_package_that_goes_is_gone(desk: Project) -> None:
    after = remove_package(add_package(desk, own("war-room")), "war-room")
    assert after == desk


def test_pins_and_dependencies_of_a_package_go_with_it(desk: Project) -> None:
    after = add_dependency(desk, Dependency(item="incident-3-people", needs="change@2"))
    after = set_pin(after, Pin(item="incident-3-people", deadline=date(2028, 1, 3)))
    after = remove_package(after, "incident-3-people")
    assert (after.dependencies, after.pins) == (desk.dependencies, desk.pins)


def test_what_cannot_be_is_refused(desk: Project) -> None:
    with pytest.raises(Refused, match="there is a work package 'incident-3-people' already"):
        add_package(desk, own("incident-3-people"))
    with pytest.raises(Refused, match="unknown role 'trainr' - did you mean 'trainer'"):
        add_package(desk, own("war-room", effort=Fixed({"trainr": Effort(1, 1, 1)})))
    with pytest.raises(Refused, match="unknown work package 'incident-3-peple'"):
        change_package(desk, "incident-3-tech", after=("incident-3-peple",))
    with pytest.raises(Refused, match="not in the order low, likely, high"):
        change_package(desk, "incident-3-tech", days=Duration(3, 2, 4))
    with pytest.raises(Refused, match="incident-3-tech: name must not be empty"):
        change_package(desk, "incident-3-tech", name="")
    with pytest.raises(Refused, match="keeps its id"):
        change_package(desk, "incident-3-tech", id="other")
    with pytest.raises(Refused, match="there is no work package 'other'"):
        remove_package(desk, "other")
    with pytest.raises(Refused, match=r"a day, who has 0\.4 - lengthen it to 50 days"):
        add_package(desk, own("war-room", effort=Fixed({"trainer": Effort(20, 20, 20)})))
    with pytest.raises(Refused, match=r"makes a circle: .* comes after .* take .* out of what"):
        change_package(desk, "incident-3-process", after=("incident-3-people",))
    with pytest.raises(Refused, match="contains @"):
        add_package(desk, own("incident@4"))


def test_an_id_is_made_of_the_name_and_free(desk: Project) -> None:
    assert new_package_id(desk, "War room: first week!") == "war-room-first-week"
    assert new_package_id(desk, "Incident 3 people") == "incident-3-people-2"
    assert new_package_id(desk, "Problem 5 tech") == "problem-5-tech-2", "the catalogue may bring that one later"
    assert new_package_id(desk, "培训") == "package"
    assert new_package_id(desk, "X-ray") == "ray"
    assert new_package_id(remove_package(desk, "sms-2-people"), "SMS 2 people") == "sms-2-people-2"


def test_a_pin_replaces_the_one_before(desk: Project) -> None:
    first = set_pin(desk, Pin(item="incident@3", not_before=date(2027, 3, 1)))
    other = set_pin(first, Pin(item="change@2", not_before=date(2027, 3, 1)))
    after = set_pin(other, Pin(item="incident@3", deadline=date(2027, 9, 1), reason="audit"))
    assert [(pin.item, pin.reason) for pin in after.pins] == [("incident@3", "audit"), ("change@2", "")]
    assert remove_pin(remove_pin(after, "incident@3"), "change@2") == desk
    with pytest.raises(Refused, match="the pin on incident@3 says nothing"):
        set_pin(desk, Pin(item="incident@3"))
    with pytest.raises(Refused, match="there is no pin on 'incident@3'"):
        remove_pin(desk, "incident@3")
    with pytest.raises(Refused, match="unknown phase 'p1'"):
        set_pin(desk, Pin(item="incident@3", phase="p1"))


def test_the_catalogues_package_stands_first_whenever_it_came(desk: Project, catalogue: Catalogue) -> None:
    after = set_target(add_package(desk, own("forecast", "demand@2")), catalogue, "demand", "process", 2)
    assert [package.id for package in after.packages_of["demand@2"]] == ["demand-2-process", "forecast"]
