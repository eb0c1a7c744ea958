"""Forcing an item into another place, and what would move it: every answer is tried out on the plan."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.assessment.dates import finish_of, phase_of, start_of
from planner.edit.pins import set_pin
from planner.model.project import Pin, Project
from planner.rollout.changes.kinds import HigherLimit, MoreCapacity
from planner.rollout.changes.promised import OverlappingPhase, PhaseDates
from planner.rollout.phases import kept
from planner.rollout.propose import propose
from planner.rollout.remedies import least, movers
from planner.rollout.verify import verify
from planner.rollout.watch import Watch
from planner.rollout.whatif import what_if


@pytest.fixture(scope="module")
def strategy(catalogue):
    return catalogue.strategy_by_id["service-desk-first"]


@pytest.fixture(scope="module")
def planned(desk: Project, strategy) -> Project:
    proposal = propose(desk, strategy, phases=3)
    return replace(desk, roadmap=proposal.roadmap, phases=proposal.phases)


def again(project: Project, strategy, remedy) -> Project:
    """The plan after a remedy was applied and proposed anew."""
    changed = remedy.edit(project)
    proposal = propose(changed, strategy, phases=len(changed.phases), seed=project.roadmap.seed)
    return replace(changed, roadmap=proposal.roadmap, phases=proposal.phases)


def test_another_phase_is_told_with_its_cost_and_the_remedy_works(planned, strategy):
    before = phase_of(planned, planned.roadmap, "incident@3")
    assert before != "p1"
    found = what_if(planned, "incident@3", strategy, phase="p1")
    effect, (remedy,) = found.effect, found.remedies
    after = again(planned, strategy, remedy)
    assert phase_of(after, after.roadmap, "incident@3") == "p1"
    assert verify(after) == ()
    assert (
        effect.start
        == (start_of(after, after.roadmap, "incident@3") - start_of(planned, planned.roadmap, "incident@3")).days
    )
    ends = [max(p.finish for p in plan.roadmap.packages.values()) for plan in (planned, after)]
    assert effect.finish == (ends[1] - ends[0]).days
    assert remedy.days == -effect.start > 0
    moved = {move.item: move for move in effect.moves}
    assert (moved["incident@3"].phase, moved["incident@3"].new_phase) == (before, "p1")
    for item in planned.capabilities:
        same = start_of(planned, planned.roadmap, item) == start_of(after, after.roadmap, item)
        stays = phase_of(planned, planned.roadmap, item) == phase_of(after, after.roadmap, item)
        assert (item not in moved) == (same and stays)


def test_a_pin_in_the_way_is_named_and_given_up_by_the_remedy(planned, strategy):
    pinned = set_pin(planned, Pin(item="knowledge@2", phase="p1", reason="the board"))
    found = what_if(pinned, "knowledge@2", strategy, phase="p3")
    assert [conflict.message for conflict in found.conflicts] == ["knowledge@2 is pinned to phase p1 (the board)"]
    after = again(pinned, strategy, found.remedies[0])
    assert phase_of(after, after.roadmap, "knowledge@2") == "p3"


def test_what_the_links_forbid_says_what_would_have_to_give_way(planned, strategy):
    """Incident 3 needs problem 2, which a pin holds in the third phase."""
    pinned = set_pin(planned, Pin(item="problem@2", phase="p3"))
    found = what_if(pinned, "incident@3", strategy, phase="p1")
    assert found.proposal is None
    assert {"incident@3", "problem@2"} == set(found.conflicts[0].items)
    assert any("problem@2 not pinned" in remedy.said() for remedy in found.remedies)
    for remedy in found.remedies[:2]:
        after = again(pinned, strategy, remedy)
        assert phase_of(after, after.roadmap, "incident@3") == "p1"


def test_by_a_day(planned, strategy):
    due = finish_of(planned, planned.roadmap, "change@2") - timedelta(days=14)
    found = what_if(planned, "change@2", strategy, by=due)
    after = again(planned, strategy, found.remedies[0])
    assert finish_of(after, after.roadmap, "change@2") <= due
    assert found.remedies[0].toml(planned) == (f'[[pins]] item = "change@2": deadline = {due}',)


def test_a_day_too_early_to_be_true_has_no_remedy_that_waters_it_down(planned, strategy):
    found = what_if(planned, "incident@3", strategy, by=date(2027, 2, 1), budget=8)
    assert found.proposal is None
    assert "even with unlimited staff" in found.conflicts[0].message
    for remedy in found.remedies:
        after = again(planned, strategy, remedy)
        assert finish_of(after, after.roadmap, "incident@3") <= date(2027, 2, 1)


def test_single_changes_that_move_an_item_do_when_applied(planned, strategy):
    found = movers(planned, "change@2", strategy, budget=16)
    begun = start_of(planned, planned.roadmap, "change@2")
    assert found.found
    assert [remedy.cost for remedy in found.found] == sorted(remedy.cost for remedy in found.found)
    for remedy in found.found[:2]:
        after = again(planned, strategy, remedy)
        assert start_of(after, after.roadmap, "change@2") == remedy.start < begun
        assert remedy.days == (begun - remedy.start).days


def test_a_higher_limit_moves_what_waits_for_it(planned, strategy):
    """One change at a time: the first remedy that names the limit names the next higher one."""
    tight = replace(planned, limits=replace(planned.limits, absorption=1), phases=())
    proposal = propose(tight, strategy, phases=1)
    tight = replace(tight, roadmap=proposal.roadmap, phases=proposal.phases)
    found = movers(tight, "change@2", strategy, budget=10)
    assert (HigherLimit(2),) in [remedy.changes for remedy in found.found]


class Stopped(Watch):
    def stopped(self) -> bool:
        return True


def test_stopping_ends_at_once_and_says_so(planned, strategy):
    assert movers(planned, "change@2", strategy, watch=Stopped()) == replace(
        movers(planned, "change@2", strategy, budget=0), complete=False
    )
    assert not what_if(planned, "incident@3", strategy, phase="p1", watch=Stopped()).complete


def test_what_is_not_there_is_a_key_error(planned, desk, strategy):
    for plan, item, phase in ((desk, "incident@3", ""), (planned, "nothing@2", ""), (planned, "incident@3", "p9")):
        with pytest.raises(KeyError):
            what_if(plan, item, strategy, phase=phase)


def test_the_least_amount_is_found_by_halving():
    for wanted in range(1, 12):
        asked = []
        assert least(lambda n, w=wanted, a=asked: a.append(n) or n >= w, 11) == wanted
        assert len(asked) <= 5
    assert least(lambda n: False, 11) is None


def test_more_of_a_role_for_a_while_keeps_its_own_changes(desk):
    more = MoreCapacity("trainer", 0.4, date(2027, 3, 1), date(2027, 5, 31))
    role = more.apply(desk).role_by_id["trainer"]
    had = desk.role_by_id["trainer"].fte
    for day, fte in (
        (date(2027, 2, 28), had),
        (date(2027, 3, 1), had + 0.4),
        (date(2027, 5, 31), had + 0.4),
        (date(2027, 6, 1), had),
    ):
        assert role.capacity(day) == pytest.approx(fte)
    twice = MoreCapacity("trainer", 0.1).apply(more.apply(desk)).role_by_id["trainer"]
    assert twice.capacity(date(2027, 4, 1)) == pytest.approx(had + 0.5)


def test_a_printed_edit_of_a_proposed_phase_makes_it_an_own_one(planned):
    """Otherwise a new proposal would drop the phase, and the edit with it."""
    assert planned.phases[1].source == "proposed"
    own = OverlappingPhase("p2").apply(planned)
    assert OverlappingPhase("p2").toml(planned) == '[[phases]] id = "p2": overlap = true, source = "own"'
    assert OverlappingPhase("p2").toml(own) == '[[phases]] id = "p2": overlap = true'
    for change in (OverlappingPhase("p2"), HigherLimit(4, "p2"), PhaseDates("p2", "not_before", None)):
        assert change.toml(planned).endswith(', source = "own"')
        assert kept(OverlappingPhase("p2").apply(planned).phase_by_id["p2"])
