"""Planning again after what has happened: the past stands, little moves, and every move says why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from random_plans import CATALOGUE, plans
from three_weeks import MONDAY, PLACES, package, placed, project, told

from planner.edit.refused import Refused
from planner.edit.roadmap import adopt
from planner.model.calendar import CapacityChange, Role
from planner.model.knowledge import Strategy
from planner.model.project import Phase, Pin, Progress, Project
from planner.model.rules import problems
from planner.rollout.problem import Problem
from planner.rollout.propose import propose
from planner.rollout.replan import Replan, accepted, mending, replan
from planner.rollout.result import Infeasible
from planner.rollout.verify import verify

STRATEGIES = st.sampled_from([strategy for strategy in CATALOGUE.strategies if not strategy.from_pains])
STRATEGY = CATALOGUE.strategies[0]
SLOW = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@st.composite
def adopted(draw: st.DrawFn) -> tuple[Project, Strategy, date]:
    """A random plan with a proposed roadmap, its strategy, and a day on which its work is under way."""
    plan, strategy = draw(plans()), draw(STRATEGIES)
    try:
        proposal = propose(plan, strategy)
    except Infeasible:
        assume(False)
    plan = adopt(plan, proposal.roadmap, proposal.phases)
    places = proposal.roadmap.packages.values()
    first, last = min(place.start for place in places), max(place.finish for place in places)
    return plan, strategy, first + timedelta(days=draw(st.integers(0, (last - first).days)))


def as_planned(plan: Project, as_of: date) -> Project:
    """``plan`` where everything has gone as the roadmap has it up to ``as_of``."""
    assert plan.roadmap
    progress = [
        Progress(package=item, start=place.start, finish=place.finish if place.finish <= as_of else None)
        for item, place in plan.roadmap.packages.items()
        if place.start <= as_of
    ]
    return told(plan, as_of, *progress)


@st.composite
def under_way(draw: st.DrawFn) -> tuple[Project, Strategy]:
    """A random plan in which some work is done, some has begun, and some should have."""
    plan, strategy, as_of = draw(adopted())
    assert plan.roadmap
    known = []
    for item, place in plan.roadmap.packages.items():
        if place.start > as_of + timedelta(days=draw(st.sampled_from([0, 0, 0, 20]))) or draw(st.integers(0, 7)) == 0:
            continue
        shift = timedelta(days=draw(st.sampled_from([0, 0, 0, -9, 4, 30])))
        start = min(max(place.start + shift, plan.engagement.start), as_of)
        if place.finish <= as_of and draw(st.integers(0, 4)):
            known.append(Progress(package=item, start=start, finish=max(start, place.finish)))
        else:
            known.append(Progress(package=item, start=start, remaining=draw(st.none() | st.integers(1, 40))))
    plan = told(plan, as_of, *known)
    assume(not problems(plan))
    return plan, strategy


@SLOW
@given(under_way())
def test_the_past_is_kept_and_everything_else_fits(found: tuple[Project, Strategy]) -> None:
    """Both pass verify, which holds what has begun where it was; planning again moves no more than planning anew."""
    plan, strategy = found
    assert plan.roadmap
    fresh: float | None = None
    try:
        proposal = propose(plan, strategy)
        assert verify(plan, proposal.roadmap, proposal.phases) == ()
        fresh = distance(plan, {item: place.start for item, place in proposal.roadmap.packages.items()})
    except Infeasible:
        pass
    try:
        again = replan(plan, strategy)
    except Infeasible:
        assert fresh is None
        return
    assert verify(accepted(plan, again, [move.item for move in again.moves])) == ()
    assert again.moved == pytest.approx(
        distance(plan, {item: place.start for item, place in again.roadmap.packages.items()})
    )
    assert fresh is None or again.moved <= fresh + 1e-9
    begun = plan.progress_of
    assert [move.item for move in again.moves if move.item in begun] == []
    stays = {*plan.package_by_id} - {one.item for one in (*again.moves, *again.facts)}
    assert all(again.roadmap.packages[item] == plan.roadmap.packages[item] for item in stays - {*begun})
    assert all(move.reasons and all(reason.message for reason in move.reasons) for move in again.moves)


def distance(plan: Project, starts: dict[str, date]) -> float:
    """The mean distance of what has not begun from the adopted roadmap, in weeks of work."""
    assert plan.roadmap
    days = Problem(plan).workdays
    moved = [
        abs(days.on_or_after(starts[item]) - days.on_or_after(place.start))
        for item, place in plan.roadmap.packages.items()
        if item not in plan.progress_of
    ]
    return sum(moved) / len(moved) / len(plan.calendar.working_days) if moved else 0.0


@SLOW
@given(adopted())
def test_where_nothing_is_late_nothing_moves(found: tuple[Project, Strategy, date]) -> None:
    plan, strategy, as_of = found
    again = replan(as_planned(plan, as_of), strategy)
    assert again.moves == again.facts == ()
    assert again.roadmap == plan.roadmap
    assert again.phases == plan.phases


# By hand ---------------------------------------------------------------------------------------------------------


def late() -> Project:
    """a takes two days more, and b, which needs it, comes after it; c stands in the next phase."""
    return told(project(), date(2027, 1, 8), Progress(package="a-2", start=MONDAY, remaining=2))


def by_item(found: Replan) -> dict[str, tuple[date, int, str, tuple[str, ...]]]:
    return {move.item: (move.now.start, move.days, move.cause, move.needs) for move in found.moves}


def test_what_follows_something_late_moves_and_says_why() -> None:
    found = replan(late(), STRATEGY)
    assert [(fact.item, fact.late, fact.message) for fact in found.facts] == [
        ("a-2", 2, "a-2 is expected to finish on 2027-01-12 instead of 2027-01-08")
    ]
    assert by_item(found) == {
        "b-2": (date(2027, 1, 13), 2, "a-2", ("c-2",)),
        "c-2": (date(2027, 1, 20), 2, "a-2", ()),
    }
    b, c = found.moves
    assert [(reason.rule, reason.items[0]) for reason in b.reasons] == [("dependency", "a@2"), ("capacity", "lead")]
    assert b.reasons[0].message == "b@2 needs a@2, which finishes on 2027-01-12"
    assert c.reasons[0].message == "phase p2 begins after phase p1 has finished, on 2027-01-19, with b-2"
    assert found.moved == pytest.approx(0.4)


def test_only_as_much_moves_as_must() -> None:
    """With a week to spare before c nothing of it moves; work that is early pulls nothing forward."""
    spare = {"c-2": ("p2", date(2027, 1, 25), date(2027, 1, 29))}
    assert [move.item for move in replan(placed(late(), spare), STRATEGY).moves] == ["b-2"]
    early = told(project(), date(2027, 1, 6), Progress(package="a-2", start=MONDAY, finish=date(2027, 1, 5)))
    found = replan(early, STRATEGY)
    assert [fact.message for fact in found.facts] == ["a-2 was finished on 2027-01-05 instead of 2027-01-08"]
    assert found.moves == ()
    assert found.roadmap.packages["b-2"] == early.roadmap.packages["b-2"]  # type: ignore[union-attr]


def test_what_should_have_begun_moves_behind_the_past() -> None:
    plan = told(project(), date(2027, 1, 13), Progress(package="a-2", start=MONDAY, finish=date(2027, 1, 8)))
    found = replan(plan, STRATEGY)
    assert by_item(found)["b-2"] == (date(2027, 1, 14), 3, "b-2", ("c-2",))
    assert [reason.message for reason in found.moves[0].reasons] == [
        "b-2 was to begin on 2027-01-11 and has not begun by 2027-01-13"
    ]
    assert by_item(found)["c-2"][1:3] == (3, "b-2")


def test_moves_without_a_delay_come_last_and_name_what_changed() -> None:
    """The lead is away in the first half of c: that is no delay of anything."""
    plan = late()
    away = Role(
        id="lead",
        name="Lead",
        fte=1.0,
        changes=(CapacityChange(since=date(2027, 1, 19), fte=0.0), CapacityChange(since=date(2027, 2, 1), fte=1.0)),
    )
    apart = {"c-2": ("p2", date(2027, 2, 1), date(2027, 2, 5)), "b-2": ("p1", date(2027, 1, 13), date(2027, 1, 19))}
    found = replan(placed(replace(plan, roles=(away,)), apart), STRATEGY)
    assert by_item(found) == {"b-2": (date(2027, 2, 1), 13, "", ("c-2",)), "c-2": (date(2027, 2, 8), 5, "", ())}
    assert "lead has only 0 " in found.moves[0].reasons[0].message


def test_a_promise_moves_others_forward() -> None:
    """c must be done a week earlier than planned: it takes the place of b, which has to wait."""
    plan = project(pins=(Pin(item="c@2", deadline=date(2027, 1, 15)),), dependencies=())
    plan = replace(plan, phases=(Phase(id="p1", name="One"), Phase(id="p2", name="Two", overlap=True)))
    found = replan(plan, STRATEGY)
    assert by_item(found) == {
        "b-2": (date(2027, 1, 18), 5, "", ("c-2",)),
        "c-2": (date(2027, 1, 11), -5, "", ("b-2",)),
    }
    c, b = found.moves
    assert [reason.message for reason in c.reasons] == [
        "where it was it would finish on 2027-01-22, after the deadline 2027-01-15 of c@2",
        "in its old place it would be in the way of b-2",
    ]
    assert b.reasons[0].message.startswith("lead is taken from 2027-01-04 to 2027-01-15: a-2, c-2")
    assert b.reasons[1].message == "b-2 goes from phase p1 to phase p2"
    assert verify(accepted(plan, found, [move.item for move in found.moves])) == ()


def test_moves_are_accepted_one_by_one() -> None:
    plan = late()
    found = replan(plan, STRATEGY)
    everything = accepted(plan, found, ["b-2", "c-2"])
    assert (everything.roadmap, everything.phases) == (found.roadmap, found.phases)
    part = accepted(plan, found, ["b@2"])
    assert part.roadmap is not None
    assert part.roadmap.status == "edited"
    assert part.roadmap.packages["a-2"].finish == date(2027, 1, 12), "what has begun stands in any case"
    assert part.roadmap.packages["b-2"].start == date(2027, 1, 13)
    assert part.roadmap.packages["c-2"].start == PLACES["c-2"][1]
    assert {violation.rule for violation in verify(part)} == {"phase", "capacity"}
    nothing = accepted(plan, found, [])
    assert {violation.items[0] for violation in verify(nothing) if violation.rule == "dependency"} == {"b@2"}
    with pytest.raises(Refused, match="there is no move of 'a-2'"):
        accepted(plan, found, ["a-2"])


def test_new_work_gets_a_place() -> None:
    plan = late()
    plan = replace(plan, packages=(*plan.packages, package("b-2x", after=("b-2",))))
    found = replan(plan, STRATEGY)
    new = next(move for move in found.moves if move.item == "b-2x")
    assert (new.was, new.now.phase, new.now.start) == (None, "p1", date(2027, 1, 20))
    assert [reason.message for reason in new.reasons] == ["b-2x is new in the roadmap"]
    part = accepted(plan, found, ["b-2"])
    assert part.roadmap is not None
    assert "b-2x" not in part.roadmap.packages
    assert ("coverage", ("b-2x",)) in [(violation.rule, violation.items) for violation in verify(part)]


def test_a_promise_that_is_lost_is_said() -> None:
    plan = replace(late(), pins=(Pin(item="b@2", deadline=date(2027, 1, 15)),))
    with pytest.raises(Infeasible) as caught:
        replan(plan, STRATEGY)
    assert [(conflict.rule, conflict.days) for conflict in caught.value.conflicts] == [("deadline", 4)]
    wish = replace(plan, pins=(replace(plan.pins[0], may_slip=True),))
    assert by_item(replan(wish, STRATEGY))["b-2"][0] == date(2027, 1, 13)


def test_without_a_roadmap_there_is_nothing_to_keep() -> None:
    with pytest.raises(ValueError, match="no roadmap"):
        replan(replace(project(), roadmap=None), STRATEGY)


def test_a_phase_that_ended_late_is_past() -> None:
    phases = (Phase(id="p1", name="One", not_after=date(2027, 1, 13)), Phase(id="p2", name="Two"))
    done = [Progress(package=name, start=PLACES[name][1], finish=PLACES[name][2]) for name in ("a-2", "b-2")]
    found = replan(told(project(phases=phases), date(2027, 1, 15), *done), STRATEGY)
    assert (found.facts, found.moves) == ((), ())


# A template -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def behind(desk: Project) -> Project:
    """The desk-first template two months on: some of it takes longer, one package has not begun, the rest is done."""
    strategy = CATALOGUE.strategy_by_id[desk.engagement.strategy]
    proposal = propose(desk, strategy)
    plan, as_of = as_planned(adopt(desk, proposal.roadmap, proposal.phases), AS_OF), AS_OF
    forgotten = min(plan.progress, key=lambda one: (plan.progress_of[one.package].finish is None, one.start)).package
    longer = [
        replace(one, remaining=25 if number % 2 else None) if one.finish is None else one
        for number, one in enumerate(plan.progress)
        if one.package != forgotten
    ]
    return told(plan, as_of, *longer)


AS_OF = date(2027, 3, 5)


def test_a_template_behind_its_plan(behind: Project) -> None:
    """Change that has begun counts wherever the order has it; with all moves the roadmap keeps every constraint."""
    strategy = CATALOGUE.strategy_by_id[behind.engagement.strategy]
    proposal = propose(behind, strategy)
    found = replan(behind, strategy)
    assert found.facts
    assert len(found.moves) > 10
    assert found.moved <= distance(behind, {i: place.start for i, place in proposal.roadmap.packages.items()})
    assert found.phases == behind.phases
    assert all(move.was and move.now.start > move.was.start for move in found.moves)
    causes = [move.cause for move in found.moves]
    assert set(causes) - {""} <= {*(fact.item for fact in found.facts), *(move.item for move in found.moves)}
    assert sorted(causes, key=causes.index) == causes, "those with the same cause stand together"


def test_a_move_that_others_need_cannot_be_declined(behind: Project) -> None:
    found = replan(behind, CATALOGUE.strategy_by_id[behind.engagement.strategy])
    everything = [move.item for move in found.moves]
    needed = {item for move in found.moves for item in move.needs}
    assert needed
    for item in sorted(needed):
        rest = accepted(behind, found, [other for other in everything if other != item])
        capability = behind.package_by_id[item].capability
        assert any({item, capability} & {*violation.items} for violation in verify(rest)), item


def test_the_same_again(behind: Project) -> None:
    strategy = CATALOGUE.strategy_by_id[behind.engagement.strategy]
    assert replan(behind, strategy, seed=3) == replan(behind, strategy, seed=3)
    later = replan(behind, strategy)
    adopted_again = accepted(behind, later, [move.item for move in later.moves])
    again = replan(adopted_again, strategy)
    assert (again.facts, again.moves) == ((), ())
    assert again.roadmap == later.roadmap


def test_a_move_with_all_that_it_names_breaks_nothing_more(behind: Project) -> None:
    found = replan(behind, CATALOGUE.strategy_by_id[behind.engagement.strategy])
    needs = {move.item: {*move.needs} for move in found.moves}
    for item, named in needs.items():
        assert item not in named
        assert all(needs[other] - {item} <= named for other in named), item

    def wrong(accept: set[str]) -> set[tuple[str, tuple[str, ...]]]:
        return {(violation.rule, violation.items) for violation in verify(accepted(behind, found, accept))}

    still = {item for violation in wrong(set()) for item in violation[1]}
    for item, named in [*needs.items()][::5]:
        assert all({*items} & still for _rule, items in wrong({item} | named)), item


def test_the_moves_that_mend_a_mixture_are_found() -> None:
    plan = late()
    found = replan(plan, STRATEGY)
    assert mending(plan, found, ["b@2"]) == ("c-2",)
    assert mending(plan, found, ["c-2"]) == ("b-2",)
    assert mending(plan, found, ["b-2", "c-2"]) == ()
