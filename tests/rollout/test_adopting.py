"""What a proposal moves of the adopted roadmap, and what comes of adopting a part of it."""

from dataclasses import replace

import pytest

from planner.assessment.dates import finish_of, phase_of
from planner.edit.roadmap import adopt
from planner.model.knowledge import Catalogue
from planner.model.project import Comment, Phase, Project
from planner.rollout.adopting import Adoption, adopted_in_part, adoption, grounds, same_question, with_needs
from planner.rollout.propose import propose
from planner.rollout.result import Proposal
from planner.rollout.verify import verify


@pytest.fixture(scope="module")
def adopted(desk: Project, catalogue: Catalogue) -> Project:
    """A plan with a roadmap of three phases."""
    found = propose(desk, catalogue.strategy_by_id["service-desk-first"], phases=3)
    return adopt(desk, found.roadmap, found.phases)


@pytest.fixture(scope="module")
def proposal(adopted: Project, catalogue: Catalogue) -> Proposal:
    """Another order, in four phases."""
    return propose(adopted, catalogue.strategy_by_id["quick-wins"], phases=4)


@pytest.fixture(scope="module")
def found(adopted: Project, proposal: Proposal) -> Adoption:
    return adoption(adopted, proposal.roadmap, proposal.phases)


def test_every_item_that_stands_elsewhere_is_told(adopted: Project, proposal: Proposal, found: Adoption) -> None:
    """By phase and day, and the others are counted; the days are those between the days on which it is reached."""
    assert adopted.roadmap is not None
    old, new = adopted.roadmap.packages, proposal.roadmap.packages
    items = {*adopted.capabilities, *(p.id for p in adopted.packages if not p.capability)}
    assert found.unchanged == len(items) - len(found.shifts)
    assert 0 < found.unchanged < len(items)
    for shift in found.shifts:
        assert shift.was is not None
        assert shift.days == (shift.now.finish - shift.was.finish).days
        assert shift.now.finish == finish_of(adopted, proposal.roadmap, shift.item)
        assert all(old[name] != new[name] for name in shift.packages)
        assert proposal.phases[shift.now.phase - 1].id == phase_of(adopted, proposal.roadmap, shift.item)
    assert [s.now.phase for s in found.shifts] == sorted(s.now.phase for s in found.shifts)


def test_all_of_it_is_the_proposal(adopted: Project, proposal: Proposal, found: Adoption) -> None:
    """With its phases and its strategy."""
    plan = adopted_in_part(adopted, found, {shift.item for shift in found.shifts})
    assert (plan.roadmap, plan.phases) == (proposal.roadmap, proposal.phases)
    assert plan.engagement.strategy == "quick-wins"


def test_a_part_of_it_leaves_the_rest_where_it_was(adopted: Project, found: Adoption) -> None:
    """One move: the plan keeps its phases and strategy, and is no longer what was proposed."""
    one = next(shift for shift in found.shifts if shift.was and shift.was.phase > shift.now.phase)
    plan = adopted_in_part(adopted, found, {one.item})
    assert plan.roadmap is not None
    assert adopted.roadmap is not None
    moved = {name for name, place in plan.roadmap.packages.items() if place != adopted.roadmap.packages[name]}
    assert moved == set(one.packages)
    assert phase_of(plan, plan.roadmap, one.item) == adopted.phases[one.now.phase - 1].id
    assert plan.phases == adopted.phases
    assert (plan.roadmap.strategy, plan.roadmap.status) == ("service-desk-first", "edited")
    assert adopted_in_part(adopted, found, ()).roadmap == replace(adopted.roadmap, status="edited", gap=None)
    stale = replace(adopted, roadmap=replace(adopted.roadmap, status="stale"))
    assert adopted_in_part(stale, found, {one.item}).roadmap.status == "stale", "some dates are as they were"
    whole = adopted_in_part(stale, found, {shift.item for shift in found.shifts})
    assert whole.roadmap == found.roadmap
    assert whole.roadmap.status == "heuristic", "a proposal that is adopted whole is no longer stale"


def test_a_phase_that_the_plan_has_not_comes_with_what_moves_into_it(
    adopted: Project, proposal: Proposal, found: Adoption
) -> None:
    """The fourth phase of the proposal is one more; an own phase of the same id keeps it."""
    late = {shift.item for shift in found.shifts if shift.now.phase == 4}
    assert late
    plan = adopted_in_part(adopted, found, late)
    assert [phase.name for phase in plan.phases] == [*(p.name for p in adopted.phases), proposal.phases[3].name]
    own = replace(adopted, phases=(*adopted.phases[:2], replace(adopted.phases[2], id="p4")))
    assert own.roadmap is not None
    places = {name: replace(p, phase="p4") if p.phase == "p3" else p for name, p in own.roadmap.packages.items()}
    own = replace(own, roadmap=replace(own.roadmap, packages=type(own.roadmap.packages)(places)))
    plan = adopted_in_part(own, adoption(own, proposal.roadmap, proposal.phases), late)
    assert [phase.id for phase in plan.phases] == ["p1", "p2", "p4", "p5"]
    assert plan.roadmap is not None
    assert {plan.roadmap.packages[n].phase for s in found.shifts if s.item in late for n in s.packages} == {"p5"}


def test_what_must_move_along_is_known(adopted: Project, found: Adoption, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each move has a reason; with all that one needs no link of it is broken."""
    known = grounds(adopted, found)
    assert set(known) == {shift.item for shift in found.shifts}
    assert all(ground.reasons for ground in known.values())
    assert all(item not in ground.needs for item, ground in known.items())
    item = max(known, key=lambda item: len(known[item].needs))
    assert with_needs({item}, known) == {item, *known[item].needs}
    alone = len(verify(adopted_in_part(adopted, found, {item})))
    assert len(verify(adopted_in_part(adopted, found, with_needs({item}, known)))) < alone
    assert grounds(replace(adopted, roadmap=None), found) == {}
    monkeypatch.setattr("planner.rollout.adopting.MOST_EXPLAINED", 10)
    assert grounds(adopted, found) == {}


def test_a_roadmap_of_an_earlier_state_places_what_there_is(adopted: Project, proposal: Proposal) -> None:
    """What was taken out is left out, what came in since stays; it can be adopted whole all the same."""
    gone, new = adopted.packages[0], replace(adopted.packages[1], id="own-1", name="Own", after=(), alongside=())
    packages = (*(p for p in adopted.packages if p is not gone), new)
    assert adopted.roadmap is not None
    places = {name: p for name, p in adopted.roadmap.packages.items() if name != gone.id}
    places["own-1"] = places[adopted.packages[1].id]
    plan = replace(
        adopted,
        packages=packages,
        dependencies=tuple(d for d in adopted.dependencies if gone.id not in (d.item, d.needs)),
        roadmap=replace(adopted.roadmap, packages=type(adopted.roadmap.packages)(places)),
    )
    found = adoption(plan, proposal.roadmap, proposal.phases)
    assert set(found.roadmap.packages) == {p.id for p in packages}
    assert (found.roadmap.packages["own-1"].start, found.roadmap.packages["own-1"].phase) == (
        places["own-1"].start,
        proposal.phases[0].id,
    )
    assert not same_question(adopted, plan)


def test_which_changes_make_a_roadmap_old(adopted: Project) -> None:
    """What it answers to does; which roadmap is adopted, remarks and proposed phases do not."""
    remark = Comment(id="c1", text="late", made=adopted.engagement.start)
    assert same_question(adopted, replace(adopted, roadmap=None, phases=(), comments=(remark,)))
    assert not same_question(adopted, replace(adopted, phases=(*adopted.phases, Phase(id="own", name="Mine"))))
    assert not same_question(adopted, replace(adopted, limits=replace(adopted.limits, absorption=9)))
    later = replace(adopted.engagement, as_of=adopted.engagement.start)
    assert not same_question(adopted, replace(adopted, engagement=later))
    assert same_question(adopted, replace(adopted, engagement=replace(adopted.engagement, notes="n")))
