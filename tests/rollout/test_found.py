"""Roadmaps kept for a session: told apart, measured as the plan is now."""

from dataclasses import replace

import pytest

from planner.edit.roadmap import adopt
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.rollout.compare import ADOPTED, proposed
from planner.rollout.found import MOST, Asked, Failed, Found, Session, measured
from planner.rollout.propose import propose
from planner.rollout.result import Conflict, Infeasible


@pytest.fixture(scope="module")
def two(desk: Project, catalogue: Catalogue) -> tuple[Found, Found]:
    """The roadmaps of two strategies."""
    ways = [catalogue.strategy_by_id[way] for way in ("service-desk-first", "quick-wins")]
    one, other = (Found(proposed(way, propose(desk, way)), desk, Asked()) for way in ways)
    return one, other


def test_each_roadmap_has_a_name_of_its_own(two: tuple[Found, Found]) -> None:
    """The same one found again is the one that is known; another one of the same strategy gets a number."""
    one, other = two
    session = Session()
    first = session.add(one)
    assert session.add(one) is first
    second = session.add(replace(other, candidate=replace(other.candidate, name=one.candidate.name)))
    assert [found.candidate.name for found in session.found] == [one.candidate.name, f"{one.candidate.name} (2)"]
    assert session.by_id(second.id) is second
    session.remove(first.id)
    assert session.found == [second]
    for number in range(MOST + 5):
        phase = replace(other.candidate.phases[0], name=str(number))
        session.add(replace(other, candidate=replace(other.candidate, phases=(phase, *other.candidate.phases[1:]))))
    assert len(session.found) == MOST
    assert len({found.id for found in session.found}) == MOST


def test_they_are_measured_as_the_plan_is_now(desk: Project, catalogue: Catalogue, two: tuple[Found, Found]) -> None:
    """With the adopted one as the base unless another is chosen; one made for another plan says what it breaks."""
    way, (one, other) = catalogue.strategies[0], two
    found = measured(desk, two, way)
    assert [column.candidate.id for column in found.columns] == ["service-desk-first", "quick-wins"]
    assert found.reference == "service-desk-first"
    assert not one.stale(desk)
    plan = adopt(desk, one.candidate.roadmap, one.candidate.phases)
    assert measured(plan, two, way).reference == ADOPTED
    assert measured(plan, two, way, base=other.id).reference == other.id
    assert not other.stale(plan)
    tight = replace(plan, limits=replace(plan.limits, absorption=1))
    assert other.stale(tight)
    now = measured(tight, two, way)
    assert now.column(other.id).candidate.broken
    more = replace(plan, packages=(*plan.packages, replace(plan.packages[0], id="own-1", after=(), alongside=())))
    assert {entry.id for entry in measured(more, two, way).left_out} == {ADOPTED, one.id, other.id}


def test_a_failure_holds_until_something_changes(desk: Project) -> None:
    """The same search of the same plan would fail again; another one might not."""
    failed = Failed(Infeasible((Conflict("deadline", (), "late"),)), desk, Asked())
    assert failed.holds(desk, Asked())
    assert not failed.holds(desk, Asked(phases=2))
    assert not failed.holds(replace(desk, pins=(), pains=()), Asked())
