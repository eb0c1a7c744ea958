"""Programme work that waits for a day: it goes on beside what is done by then and holds no phase up."""

from datetime import date

import pytest

from planner.edit.pins import set_pin
from planner.edit.work import add_package
from planner.model.project import Pin, Project, WorkPackage
from planner.model.values import Duration
from planner.rollout.propose import propose
from planner.rollout.verify import verify


@pytest.fixture
def fair(desk) -> Project:
    """The desk with a fair that nothing waits for."""
    return add_package(desk, WorkPackage(id="fair", name="Fair", workstream="people", days=Duration(5, 5, 5)))


def test_work_of_a_day_holds_no_phase_up(desk, fair, catalogue):
    strategy = catalogue.strategy_by_id["service-desk-first"]
    plain = propose(desk, strategy, phases=4)
    project = set_pin(fair, Pin(item="fair", not_before=date(2028, 5, 1)))
    found = propose(project, strategy, phases=4)
    assert verify(project, found.roadmap, found.phases) == ()
    placed = found.roadmap.packages
    assert date(2028, 5, 1) <= placed["fair"].start <= date(2028, 7, 31)
    assert placed["fair"].phase != "p1"
    others = max(place.finish for item, place in placed.items() if item != "fair")
    assert others <= max(place.finish for place in plain.roadmap.packages.values())


def test_a_deadline_does_not_hurry_work_that_waits_for_its_day(fair, catalogue):
    pin = Pin(item="fair", not_before=date(2028, 9, 4), deadline=date(2028, 9, 29))
    found = propose(set_pin(fair, pin), catalogue.strategy_by_id["service-desk-first"])
    assert found.roadmap.packages["fair"].start == date(2028, 9, 4)
    assert found.roadmap.packages["fair"].phase == found.phases[-1].id
    assert len(found.phases) > 1
