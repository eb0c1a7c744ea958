"""The strategies as data: what domain.md asks of them, levels that come from pains, change beyond the plan's limit."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.catalog.load import load, templates_folder
from planner.edit.pains import apply_pain_targets, tick
from planner.edit.roadmap import adopt
from planner.edit.start import start
from planner.model.knowledge import Catalogue, Strategy
from planner.model.project import Project
from planner.model.values import Fixed
from planner.rollout.explain import explain
from planner.rollout.propose import propose
from planner.rollout.result import Unsuited
from planner.rollout.strategies import effective
from planner.rollout.verify import verify

STEPS = {
    "service-desk-first": [7, 11, 13],
    "change-config-first": [5, 9, 13],
    "compliance-first": [13, 20, 11],
    "quick-wins": [6, 10, 10],
    "pain-driven": [0, 0, 0],
}
"""How many processes move in each phase (domain.md §5.1)."""


@pytest.fixture(scope="module")
def pains(catalogue: Catalogue) -> Strategy:
    return catalogue.strategy_by_id["pain-driven"]


@pytest.fixture(scope="module")
def rescue(catalogue: Catalogue) -> Project:
    return start(catalogue.engagement_by_id["pain-rescue"], catalogue, begin=date(2027, 1, 4))


@pytest.mark.parametrize("ident", STEPS)
def test_phase_vectors_are_those_of_the_domain(catalogue: Catalogue, ident: str) -> None:
    strategy = catalogue.strategy_by_id[ident]
    assert [len(phase.levels) for phase in strategy.phases] == STEPS[ident]
    assert [phase.months for phase in strategy.phases] == [6, 18, 36]
    assert all(phase.exit_criteria for phase in strategy.phases)


def test_no_phase_vector_breaks_a_hard_dependency(catalogue: Catalogue) -> None:
    """At the end of each phase everything that its levels need is reached, by then or before."""
    hard = [link for link in catalogue.dependencies if link.strength == "hard"]
    for strategy in catalogue.strategies:
        reached: dict[str, int] = {}
        for phase in strategy.phases:
            for process, level in phase.levels.items():
                assert level > reached.get(process, 1), f"{strategy.id}: {process} does not move in {phase.id}"
            reached |= phase.levels
            for link in hard:
                process, level = link.item.split("@")
                needs, least = link.needs.split("@")
                if reached.get(process, 1) >= int(level):
                    assert reached.get(needs, 1) >= int(least), f"{strategy.id} {phase.id}: {link.item}"


def test_quick_wins_begin_with_what_has_a_quick_win(catalogue: Catalogue) -> None:
    wins = {win.item for win in catalogue.quick_wins}
    near = catalogue.strategy_by_id["quick-wins"].phases[0]
    assert {f"{process}@{level}" for process, level in near.levels.items()} <= wins


def test_value_comes_earlier_by_quick_wins(catalogue: Catalogue, desk: Project) -> None:
    """The mean week in which capabilities are reached, which the strategy weighs most."""
    wins = propose(desk, catalogue.strategy_by_id["quick-wins"]).objective.terms
    other = propose(desk, catalogue.strategy_by_id["change-config-first"]).objective.terms
    assert wins["value"] < other["value"]


def test_the_heaviest_pains_come_first_with_what_they_need(rescue: Project, pains: Strategy) -> None:
    near, mid, long = (dict(phase.levels) for phase in effective(pains, rescue).phases)
    assert near == {"service-desk": 2, "change": 2, "incident": 3, "problem": 3}
    assert {"request", "knowledge", "release", "config", "change"} == set(mid)
    assert mid["change"] == 3
    assert long["slm"] == 3
    assert {"catalogue", "reporting", "brm", "supplier"} <= set(long)


def test_a_heavier_weight_moves_a_pain_forward(catalogue: Catalogue, rescue: Project, pains: Strategy) -> None:
    lighter = rescue
    for pain in rescue.pains:
        lighter = tick(lighter, catalogue, pain.id, 3 if pain.id == "PN15" else 1)
    near = effective(pains, lighter).phases[0].levels
    assert near["slm"] == 3
    assert "problem" not in near


def test_a_single_pain_is_cured_in_the_first_phase(catalogue: Catalogue, desk: Project, pains: Strategy) -> None:
    plan = tick(replace(desk, pains=()), catalogue, "PN24", 1)
    near, mid, long = (dict(phase.levels) for phase in effective(pains, apply_pain_targets(plan, catalogue)).phases)
    assert near == {"change": 2, "config": 3}
    assert mid == long == {}


def test_the_order_follows_from_the_pains(catalogue: Catalogue, rescue: Project, pains: Strategy) -> None:
    proposal = propose(rescue, pains)
    assert verify(rescue, proposal.roadmap, proposal.phases) == ()
    assert propose(rescue, pains) == proposal
    assert [phase.name for phase in proposal.phases] == [
        "The worst pain first", "The causes behind", "Free of pain, and staying so",
    ]  # fmt: skip
    placed = proposal.roadmap.packages
    first = {p.capability for p in rescue.packages if p.capability and placed[p.id].phase == proposal.phases[0].id}
    assert first == {
        "service-desk@2", "incident@2", "incident@3", "problem@2", "problem@3", "change@2",
    }  # fmt: skip


def test_without_pains_there_is_nothing_to_follow(desk: Project, pains: Strategy) -> None:
    with pytest.raises(Unsuited) as caught:
        propose(replace(desk, pains=()), pains)
    assert str(caught.value) == "strategy pain-driven follows the client's pains, and the plan names none"
    assert caught.value.advice == "tick the pains first, or choose another strategy"


def test_pains_that_no_planned_work_cures(catalogue: Catalogue, desk: Project, pains: Strategy) -> None:
    idle = tick(replace(desk, pains=(), packages=(), dependencies=()), catalogue, "PN04")
    with pytest.raises(Unsuited) as caught:
        effective(pains, idle)
    assert caught.value.advice == "raise the targets that cure them, or choose another strategy"


class TestMoreChangeThanUsual:
    """Compliance first exceeds the plan's limit on purpose."""

    @pytest.fixture(scope="class")
    def plan(self, catalogue: Catalogue) -> Project:
        plan = start(catalogue.engagement_by_id["iso-provider"], catalogue, begin=date(2027, 1, 4))
        proposal = propose(plan, catalogue.strategy_by_id["compliance-first"])
        return adopt(plan, proposal.roadmap, proposal.phases)

    def test_the_roadmap_says_so_and_is_judged_by_it(self, plan: Project) -> None:
        assert plan.limits.absorption == 3
        assert plan.roadmap is not None
        assert plan.roadmap.absorption == 6
        assert verify(plan) == ()

    def test_without_the_mark_it_is_a_violation(self, plan: Project) -> None:
        assert plan.roadmap is not None
        broken = verify(plan, replace(plan.roadmap, absorption=None))
        assert {violation.rule for violation in broken} == {"absorption"}
        assert max(violation.amount for violation in broken) == 3

    def test_explanations_know_it_too(self, plan: Project) -> None:
        told = [reason for item in plan.capabilities for reason in explain(plan, item).reasons]
        limits = [reason.message for reason in told if reason.rule == "absorption"]
        assert limits
        assert all(message.startswith("at most 6 may change at once") for message in limits)

    def test_another_strategy_keeps_the_limit_again(self, plan: Project, catalogue: Catalogue) -> None:
        free = replace(plan, certifications=(), pins=(), milestones=(), phases=(), roadmap=None)
        assert propose(free, catalogue.strategy_by_id["service-desk-first"]).roadmap.absorption is None

    def test_a_plan_that_bears_more_anyway_needs_no_mark(self, desk: Project, catalogue: Catalogue) -> None:
        able = replace(desk, limits=replace(desk.limits, absorption=8))
        assert effective(catalogue.strategy_by_id["compliance-first"], able).absorption is None


def test_a_sixth_strategy_is_a_file(tmp_path: Path, desk: Project) -> None:
    text = (templates_folder() / "strategies" / "service-desk-first.toml").read_text("utf-8")
    (tmp_path / "strategies").mkdir()
    (tmp_path / "strategies" / "sixth.toml").write_text(
        text.replace('id = "service-desk-first"', 'id = "sixth"').replace("service-desk = 2, ", ""), "utf-8"
    )
    sixth = load(templates_folder(), tmp_path).strategy_by_id["sixth"]
    assert isinstance(sixth.phases[0].levels, Fixed)
    proposal = propose(desk, sixth)
    assert proposal.roadmap.strategy == "sixth"
    assert verify(desk, proposal.roadmap, proposal.phases) == ()
