"""Roadmaps side by side: marks against a brute-force definition, words whose numbers are those of the figures."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.catalog.ids import process_ids
from planner.edit.roadmap import adopt
from planner.model.knowledge import Catalogue
from planner.model.project import Dependency, Pin, Project, Roadmap
from planner.model.values import Fixed
from planner.rollout.compare import (
    ADOPTED,
    Comparison,
    apart,
    beats,
    compare,
    order_apart,
    proposed,
    side_by_side,
)
from planner.rollout.compared.figures import JUDGED, Figures
from planner.rollout.compared.words import costs, wins
from planner.rollout.propose import propose
from planner.rollout.verify import verify
from planner.rollout.watch import Watch
from planner.store.load import load

PROJECTS = Path(__file__).parents[2] / "projects"
BEGIN = date(2027, 1, 4)


@pytest.fixture(scope="module", params=["lantern-retail", "harbour-bank"])
def sample(request: pytest.FixtureRequest) -> Project:
    return load(PROJECTS / f"{request.param}.toml", process_ids()).project


@pytest.fixture(scope="module")
def found(sample: Project, catalogue: Catalogue) -> Comparison:
    return compare(sample, catalogue.strategies)


figures = st.builds(
    Figures,
    first_value=st.integers(1, 90),
    value=st.integers(0, 300).map(lambda n: n / 10),
    finish=st.integers(0, 300).map(lambda n: BEGIN + timedelta(days=n)),
    peak=st.integers(50, 100),
    change=st.integers(1, 3),
    soft=st.integers(0, 4),
    late=st.integers(0, 20).map(lambda n: n / 10),
    busiest=st.just("trainer"),
    working_days=st.just(1),
    phases=st.just(1),
)


def judged(own: Figures) -> tuple[float, ...]:
    return (own.first_value, own.value, own.finish.toordinal(), own.peak, own.change, own.soft, own.late)


def days_of(words: str) -> float:
    """The span that a text names, in days."""
    amount, unit = re.search(r"(\d+(?:\.\d)?) (days?|weeks?)\b", words).groups()  # type: ignore[union-attr]
    return float(amount) * (7 if unit.startswith("week") else 1)


WON = {
    "first_value": "reaches the first result",
    "value": "reaches its results",
    "finish": "finishes",
    "peak": "has a peak load",
    "change": "has",
    "soft": "keeps",
    "late": "misses",
}
PAID = {
    "first_value": "reaching the first result",
    "value": "reaching its results",
    "finish": "finishing",
    "peak": "a peak load",
    "change": "having",
    "soft": "breaking",
    "late": "missing",
}


def agrees(metric: str, words: str, by: float) -> bool:
    """Whether the number in ``words`` is ``by``: spans from a fortnight on are told in weeks, to a tenth."""
    if metric in ("first_value", "finish"):
        return abs(days_of(words) - by) <= (0.36 if by >= 14 else 0)
    if metric in ("value", "late"):
        return abs(days_of(words) / 7 - by) < 0.051
    return int(re.search(r"\d+", words).group()) == round(by)  # type: ignore[union-attr]


def matches(words: tuple[str, ...], begins: dict[str, str], better: Figures, worse: Figures) -> bool:
    """Whether ``words`` name exactly the figures in which ``better`` is better, each by the right amount."""
    expected = {
        metric: theirs - mine
        for metric, mine, theirs in zip(JUDGED, judged(better), judged(worse), strict=True)
        if mine < theirs
    }
    return len(words) == len(expected) and all(
        text.startswith(begins[metric] + " ") and agrees(metric, text, by)
        for text, (metric, by) in zip(words, expected.items(), strict=True)
    )


@settings(deadline=None, max_examples=80)
@given(figures, figures)
def test_words_name_what_differs_and_by_how_much(one: Figures, other: Figures) -> None:
    assert matches(wins(one, other), WON, one, other)
    assert matches(costs(one, other), PAID, other, one)


@settings(deadline=None, max_examples=80)
@given(figures, figures)
def test_beating_is_as_good_in_all_and_better_in_one(one: Figures, other: Figures) -> None:
    pairs = [*zip(judged(one), judged(other), strict=True)]
    assert beats(one, other) == (not any(a > b for a, b in pairs) and judged(one) != judged(other))
    assert not (beats(one, other) and beats(other, one))


def test_marks_are_those_of_the_definition(found: Comparison) -> None:
    rows = {column.candidate.id: judged(column.figures) for column in found.columns}
    for column in found.columns:
        mine = rows[column.candidate.id]
        above = [
            name for name, its in rows.items() if its != mine and all(a <= b for a, b in zip(its, mine, strict=True))
        ]
        assert list(column.beaten_by) == above
        assert column.unbeaten == (not above)
        assert [mine[JUDGED.index(metric)] for metric in column.best] == [
            min(its[n] for its in rows.values())
            for n, metric in enumerate(JUDGED)
            if mine[n] == min(its[n] for its in rows.values())
        ]
    assert any(column.unbeaten for column in found.columns)


def test_each_is_compared_in_words_with_the_plans_own_strategy(sample: Project, found: Comparison) -> None:
    assert found.reference == sample.engagement.strategy
    for column in found.columns:
        trade = column.tradeoff
        assert trade is not None
        assert (trade.against == found.reference) == (column.candidate.id != found.reference)
        other = found.column(trade.against)
        assert matches(trade.wins, WON, column.figures, other.figures)
        assert matches(trade.costs, PAID, other.figures, column.figures)
        assert trade.words.startswith(f"against {other.candidate.name}: ")
        assert all(part in trade.words for part in (*trade.wins, *trade.costs))
        assert found.tradeoff(column.candidate.id, trade.against) == trade


def test_figures_are_those_of_the_proposals(sample: Project, catalogue: Catalogue, found: Comparison) -> None:
    assert [column.candidate.id for column in found.columns] == [ADOPTED, *(s.id for s in catalogue.strategies)]
    for column in found.columns[1:3]:
        own, candidate = column.figures, column.candidate
        proposal = propose(sample, catalogue.strategy_by_id[candidate.id])
        assert candidate.roadmap == proposal.roadmap
        assert verify(sample, candidate.roadmap, candidate.phases) == ()
        terms, told = proposal.objective.terms, proposal.metrics
        assert own.value == round(terms["value"], 1)
        assert own.soft == terms["soft"] == told.broken_soft_dependencies
        assert (own.first_value, own.working_days) == (told.days_to_first_value, told.working_days)
        assert ((own.finish - sample.engagement.start).days + 1) / 7 == pytest.approx(terms["finish"], abs=0.001)
        assert own.peak == int(told.peak_load[own.busiest] * 100 + 1e-6) == int(max(told.peak_load.values()) * 100)
        assert own.phases == len(proposal.phases)
        assert 1 <= own.change <= (candidate.roadmap.absorption or sample.limits.absorption)
    assert found.column(ADOPTED).figures.moved == 0
    assert any((column.figures.moved or 0) > 1 for column in found.columns)


def test_how_much_two_differ(sample: Project, found: Comparison) -> None:
    ids = [column.candidate.id for column in found.columns]
    assert [(pair.one, pair.other) for pair in found.apart] == [*combinations(ids, 2)]
    pair = found.apart[1]
    one, other = found.column(pair.one).candidate, found.column(pair.other).candidate

    def reached(roadmap: Roadmap) -> dict[str, date]:
        return {
            item: max(roadmap.packages[package.id].finish for package in sample.packages_of[item])
            for item in sample.capabilities
        }

    mine, theirs = reached(one.roadmap), reached(other.roadmap)
    swapped = [
        (mine[a] < mine[b] and theirs[a] > theirs[b]) or (mine[a] > mine[b] and theirs[a] < theirs[b])
        for a, b in combinations(sample.capabilities, 2)
    ]
    assert pair.order == pytest.approx(sum(swapped) / len(swapped))
    assert order_apart(sample, other.roadmap, one.roadmap) == pair.order
    same = apart(sample, one, one)
    assert (same.order, same.phases, same.capabilities) == (0, 0, len(sample.capabilities))


def test_what_does_not_suit_or_is_infeasible_is_listed_with_its_reason(catalogue: Catalogue, desk: Project) -> None:
    strategies = [catalogue.strategy_by_id[name] for name in ("service-desk-first", "pain-driven")]
    found = compare(replace(desk, pains=()), strategies)
    assert [column.candidate.id for column in found.columns] == ["service-desk-first"]
    assert found.columns[0].tradeoff is None
    (out,) = found.left_out
    assert (out.id, out.reasons) == (
        "pain-driven",
        ("strategy pain-driven follows the client's pains, and the plan names none",),
    )
    assert out.advice == "tick the pains first, or choose another strategy"
    promised = replace(desk, pins=(Pin(item="incident@3", deadline=date(2027, 2, 1)),))
    none = compare(promised, strategies[:1])
    assert (none.columns, none.reference) == ((), "")
    assert "incident@3" in none.left_out[0].reasons[0]


def test_a_circle_leaves_nothing_to_compare(catalogue: Catalogue, desk: Project) -> None:
    circle = (Dependency(item="sms@2", needs="incident@3"), Dependency(item="incident@3", needs="sms@2"))
    strategies = catalogue.strategies[:2]
    found = compare(replace(desk, dependencies=(*desk.dependencies, *circle)), strategies)
    assert found.columns == ()
    assert [out.id for out in found.left_out] == [strategy.id for strategy in strategies]


def test_a_plan_without_work_has_nothing_to_compare(catalogue: Catalogue, desk: Project) -> None:
    still = tuple(replace(process, target=process.baseline) for process in desk.processes)
    idle = replace(desk, packages=(), dependencies=(), processes=still, roadmap=Roadmap())
    found = compare(idle, catalogue.strategies[:1])
    assert found.columns == ()
    assert [out.id for out in found.left_out] == [catalogue.strategies[0].id]


def test_who_stops_gets_what_was_found(catalogue: Catalogue, desk: Project) -> None:
    class After(Watch):
        """Stops once the first strategy is done."""

        asked = 0

        def stopped(self) -> bool:
            self.asked += 1
            return self.asked > 1

    found = compare(desk, catalogue.strategies[:2], watch=After())
    assert [column.candidate.id for column in found.columns] == [catalogue.strategies[0].id]
    assert found.left_out[0].reasons == ("not tried: it was stopped before",)


class TestAdopted:
    @pytest.fixture(scope="class")
    def planned(self, catalogue: Catalogue, desk: Project) -> Project:
        proposal = propose(desk, catalogue.strategy_by_id["service-desk-first"])
        return adopt(desk, proposal.roadmap, proposal.phases)

    def test_one_that_breaks_constraints_beats_nobody(self, catalogue: Catalogue, planned: Project) -> None:
        """All work on the first days: better in everything, and impossible."""
        assert planned.roadmap
        begin = planned.engagement.start
        early = {
            package.id: replace(
                planned.roadmap.packages[package.id],
                start=begin,
                finish=planned.calendar.finish(begin, package.days.likely),
            )
            for package in planned.packages
        }
        rushed = replace(planned, roadmap=replace(planned.roadmap, packages=Fixed(early)))
        found = compare(rushed, [catalogue.strategy_by_id["service-desk-first"]])
        now, own = found.columns
        assert now.candidate.broken
        assert not now.unbeaten
        assert now.figures.finish < own.figures.finish
        assert own.unbeaten

    def test_one_that_does_not_place_all_work_is_left_out(self, catalogue: Catalogue, planned: Project) -> None:
        assert planned.roadmap
        packages = {**planned.roadmap.packages}
        packages.popitem()
        partly = replace(planned, roadmap=replace(planned.roadmap, packages=Fixed(packages)))
        strategy = catalogue.strategy_by_id["service-desk-first"]
        found = compare(partly, [strategy])
        assert [column.candidate.id for column in found.columns] == [strategy.id]
        assert [(out.id, out.reasons) for out in found.left_out] == [(ADOPTED, ("1 work package has no place in it",))]

    def test_lateness_is_that_of_deadlines_that_may_slip(self, catalogue: Catalogue, planned: Project) -> None:
        assert planned.roadmap
        finish = max(planned.roadmap.packages[p.id].finish for p in planned.packages_of["incident@3"])
        due = finish - timedelta(days=21)
        strategy = catalogue.strategy_by_id["service-desk-first"]
        candidate = proposed(strategy, propose(planned, strategy))
        candidate = replace(candidate, roadmap=planned.roadmap, phases=planned.phases)
        for slips, late in ((True, 3.0), (False, 0.0)):
            pinned = replace(planned, pins=(Pin(item="incident@3", deadline=due, may_slip=slips),))
            assert side_by_side(pinned, strategy, [candidate]).columns[0].figures.late == late
