"""Alternatives: they begin with other processes, cost no more than asked for, and pass verify."""

from dataclasses import replace
from itertools import combinations

import pytest

from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue, Strategy
from planner.model.project import Project, Roadmap
from planner.model.values import Fixed
from planner.rollout.alternatives import LEAST_APART, Alternative, alternatives, compare_alternatives
from planner.rollout.compare import order_apart
from planner.rollout.division import Division
from planner.rollout.goal import Goal, Schedule
from planner.rollout.problem import Problem
from planner.rollout.propose import propose
from planner.rollout.result import Infeasible, Proposal
from planner.rollout.verify import verify
from planner.rollout.watch import Watch

WITHIN = 0.08


@pytest.fixture(scope="module")
def plan(desk: Project) -> Project:
    """The first step of every process only: small, and free in its order."""
    processes = tuple(
        replace(process, target=Fixed({d: max(now, min(2, process.target[d])) for d, now in process.baseline.items()}))
        for process in desk.processes
    )
    packages = tuple(p for p in desk.packages if not p.capability or level_of(p.capability) == 2)
    links = tuple(d for d in desk.dependencies if "@3" not in d.item + d.needs)
    return replace(desk, processes=processes, packages=packages, dependencies=links)


@pytest.fixture(scope="module")
def strategy(catalogue: Catalogue) -> Strategy:
    return catalogue.strategy_by_id["service-desk-first"]


@pytest.fixture(scope="module")
def base(plan: Project, strategy: Strategy) -> Proposal:
    return propose(plan, strategy)


@pytest.fixture(scope="module")
def found(plan: Project, strategy: Strategy, base: Proposal) -> tuple[Alternative, ...]:
    return alternatives(plan, strategy, within=WITHIN, count=3, base=base)


def value(project: Project, strategy: Strategy, roadmap: Roadmap) -> float:
    """What the strategy minimises, of the dates of a roadmap."""
    problem = Problem(project)
    goal = Goal(problem, strategy, Division((), (), ()))
    days = problem.workdays
    places = [roadmap.packages[task.id] for task in problem.tasks]
    schedule = Schedule([days.on_or_after(p.start) for p in places], [days.on_or_before(p.finish) for p in places])
    return goal.value(goal.terms(schedule))


def begins(project: Project, roadmap: Roadmap) -> frozenset[str]:
    """The processes of the three capabilities that are reached first."""
    ends = {
        item: max(roadmap.packages[package.id].finish for package in project.packages_of[item])
        for item in project.capabilities
    }
    return frozenset(process_of(item) for item in sorted(ends, key=lambda item: ends[item])[:3])


def test_each_is_valid_and_costs_no_more_than_asked_for(
    plan: Project, strategy: Strategy, base: Proposal, found: tuple[Alternative, ...]
) -> None:
    assert len(found) == 3
    best = value(plan, strategy, base.roadmap)
    assert best == pytest.approx(base.objective.value, abs=0.001)
    for entry in found:
        assert verify(plan, entry.roadmap, entry.phases) == ()
        own = value(plan, strategy, entry.roadmap)
        assert entry.objective.value == pytest.approx(own, abs=0.001)
        assert entry.cost == pytest.approx(own / best - 1)
        assert entry.cost <= WITHIN
    assert [entry.cost for entry in found] == sorted(entry.cost for entry in found)


def test_each_begins_otherwise_and_they_differ(plan: Project, base: Proposal, found: tuple[Alternative, ...]) -> None:
    roadmaps = [base.roadmap, *(entry.roadmap for entry in found)]
    for one, other in combinations(roadmaps, 2):
        assert begins(plan, one) != begins(plan, other)
        assert order_apart(plan, one, other) >= LEAST_APART
    for entry in found:
        assert entry.apart == order_apart(plan, base.roadmap, entry.roadmap)
        assert frozenset(map(process_of, entry.first)) == begins(plan, entry.roadmap)


def test_words_say_what_comes_first_and_what_it_costs(plan: Project, found: tuple[Alternative, ...]) -> None:
    for entry in found:
        assert entry.words.startswith(f"begins with {plan.title(entry.first[0])}, ")
        assert f"{abs(entry.cost) * 100:.1f} % {'worse' if entry.cost > 0 else 'better'} by the" in entry.words
        assert f"{entry.apart * 100:.0f} % of the pairs" in entry.words


def test_they_promise_no_more_than_is_known(found: tuple[Alternative, ...]) -> None:
    assert {(entry.roadmap.status, entry.roadmap.gap, entry.objective.gap) for entry in found} == {
        ("heuristic", None, None)
    }


def test_same_seed_same_alternatives_side_by_side(
    plan: Project, strategy: Strategy, base: Proposal, found: tuple[Alternative, ...]
) -> None:
    side = compare_alternatives(plan, strategy, within=WITHIN, count=3)
    assert [column.candidate.roadmap for column in side.columns] == [
        base.roadmap,
        *(entry.roadmap for entry in found),
    ]
    assert [column.candidate.cost for column in side.columns] == [None, *(entry.cost for entry in found)]
    assert side.reference == strategy.id


def test_who_stops_gets_what_was_found_by_then(plan: Project, strategy: Strategy, base: Proposal) -> None:
    class Never(Watch):
        def stopped(self) -> bool:
            return True

    assert alternatives(plan, strategy, base=base, watch=Never()) == ()


def test_an_infeasible_plan_has_none(catalogue: Catalogue, plan: Project) -> None:
    with pytest.raises(Infeasible):
        alternatives(replace(plan, pains=()), catalogue.strategy_by_id["pain-driven"])
