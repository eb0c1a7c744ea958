"""What a move breaks and mends, and by how much; what decides the finish; pins that hold something where it is."""

from datetime import date, timedelta

import pytest

from planner.assessment.dates import finish_of, start_of
from planner.edit.pins import pin_where_it_is
from planner.edit.refused import Refused
from planner.edit.roadmap import adopt, clear, move_all_to_phase, shift
from planner.model.knowledge import Catalogue
from planner.model.project import Pin, Project
from planner.rollout.impact import impact
from planner.rollout.metrics import maturity_by_phase, organisation_curve
from planner.rollout.propose import propose
from planner.rollout.reasons.finish import deciding
from planner.rollout.verify import verify


@pytest.fixture(scope="module")
def adopted(desk: Project, catalogue: Catalogue) -> Project:
    """The mid-size company with a roadmap that breaks nothing."""
    proposal = propose(desk, catalogue.strategy_by_id["service-desk-first"], phases=3)
    return adopt(desk, proposal.roadmap, proposal.phases)


def test_nothing_moved_breaks_nothing(adopted: Project) -> None:
    found = impact(adopted, adopted)
    assert (found.broken, found.mended, found.left) == ((), (), 0)


def test_a_move_breaks_what_needs_it_and_moving_back_mends_it(adopted: Project) -> None:
    later = shift(adopted, ["service-desk@2"], 8)
    found = impact(adopted, later)
    assert {one.violation.message for one in found.broken} <= {one.message for one in verify(later)}
    links = [one for one in found.broken if one.violation.rule == "dependency"]
    assert ("incident@2", "service-desk@2") in [one.violation.items for one in links]
    assert all(one.was == 0 and one.violation.amount > 0 for one in links)
    assert found.left == len(verify(later))
    back = impact(later, adopted)
    assert not back.broken
    assert len(back.mended) == len(found.broken)


def test_what_was_broken_before_is_told_only_when_it_gets_worse(adopted: Project) -> None:
    later = shift(adopted, ["service-desk@2"], 8)
    worse = impact(later, shift(later, ["service-desk@2"], 1))
    link = next(one for one in worse.broken if one.violation.items == ("incident@2", "service-desk@2"))
    assert link.worse
    assert 0 < link.was < link.violation.amount
    better = impact(later, shift(later, ["service-desk@2"], -1))
    assert not [one for one in better.broken if one.violation.items == ("incident@2", "service-desk@2")]


def test_the_worst_of_each_rule_is_told_first(adopted: Project) -> None:
    last = adopted.phases[-1].id
    found = impact(adopted, move_all_to_phase(adopted, ["service-desk@2", "incident@2"], last))
    rules = [one.violation.rule for one in found.broken]
    kinds = list(dict.fromkeys(rules))
    assert rules[: len(kinds)] == kinds
    assert len(rules) > len(kinds) > 1


def test_several_move_in_one_edit_and_what_has_no_place_is_refused(adopted: Project) -> None:
    items = ("service-desk@2", "incident@2")
    later = shift(adopted, items, 2)
    assert later.roadmap is not None
    for item in items:
        before = start_of(adopted, adopted.roadmap, item) if adopted.roadmap else None
        assert before is not None
        assert start_of(later, later.roadmap, item) == before + timedelta(weeks=2)
    with pytest.raises(Refused, match="no roadmap"):
        shift(clear(adopted), items, 1)


def test_the_chain_that_decides_the_finish_goes_from_the_last_day_to_the_first(adopted: Project) -> None:
    found = deciding(adopted)
    assert adopted.roadmap is not None
    places = adopted.roadmap.packages
    chain = [item for item in found if item in places]
    assert places[chain[0]].finish == max(place.finish for place in places.values())
    assert places[chain[-1]].start <= adopted.engagement.start + timedelta(days=7)
    assert [places[item].start for item in chain] == sorted((places[item].start for item in chain), reverse=True)
    assert {adopted.package_by_id[item].capability for item in chain} - {""} <= set(found)
    assert deciding(clear(adopted)) == {}


def test_a_pin_holds_something_where_it_is_and_keeps_its_reason(adopted: Project) -> None:
    pinned = pin_where_it_is(adopted, "incident@2", "moved by hand")
    pin = pinned.pin_by_item["incident@2"]
    assert adopted.roadmap is not None
    assert pin.not_before == start_of(adopted, adopted.roadmap, "incident@2")
    assert pin.deadline == finish_of(adopted, adopted.roadmap, "incident@2")
    assert (pin.phase, pin.reason) == ("p1", "moved by hand")
    assert verify(pinned) == ()
    again = pin_where_it_is(shift(pinned, ["incident@2"], 1), "incident@2", "other")
    assert again.pin_by_item["incident@2"].reason == "moved by hand"
    loose = pin_where_it_is(adopted, "incident@2", "asked for", days=False).pin_by_item["incident@2"]
    assert (loose.phase, loose.not_before, loose.deadline) == ("p1", None, None)
    assert pin_where_it_is(clear(adopted), "incident@2", "why") == clear(adopted)
    assert isinstance(pin, Pin)


def test_the_organisation_rises_with_what_the_roadmap_reaches(adopted: Project) -> None:
    assert adopted.roadmap is not None
    curve = organisation_curve(adopted, adopted.roadmap)
    assert curve[0][0] == adopted.engagement.start
    values = [value for _day, value in curve]
    assert values == sorted(values)
    scope = [process for process in adopted.processes if process.in_scope]
    last = maturity_by_phase(adopted, adopted.roadmap)[adopted.phases[-1].id]
    assert values[-1] == pytest.approx(sum(last.get(p.id, p.level) for p in scope) / len(scope))
    assert max(day for day, _value in curve) <= date(2100, 1, 1)
