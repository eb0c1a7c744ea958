"""A proposed phase says of the strategy's words only what its work makes true."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from planner.catalog.load import CatalogueError, load, templates_folder
from planner.edit.start import start
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue, Claim, Strategy
from planner.model.project import Project
from planner.model.values import Fixed
from planner.rollout.phase_words import phase_facts
from planner.rollout.propose import propose
from planner.rollout.result import Proposal
from planner.rollout.strategies import effective

BEGIN = date(2027, 1, 4)
TEMPLATES = ("desk-first", "bank-change-first", "integrator-to-provider", "iso-provider", "pain-rescue")
STRATEGIES = ("service-desk-first", "change-config-first", "compliance-first", "quick-wins")
OWN_ONLY = {"iso-provider": "compliance-first"}
"""The others are Infeasible before its audit."""


def plan_of(catalogue: Catalogue, ident: str) -> Project:
    return start(catalogue.engagement_by_id[ident], catalogue, begin=BEGIN)


def levels_after_each(project: Project, catalogue: Catalogue, proposal: Proposal) -> Iterator[dict[str, int]]:
    """The level of each process at the start, then at the end of each phase."""
    level = {process.id: process.level for process in project.processes}
    yield dict(level)
    for own in phase_facts(project, catalogue, proposal.roadmap, proposal.phases).values():
        for item in own.delivers:
            level[process_of(item)] = max(level[process_of(item)], level_of(item))
        yield dict(level)


def first_true(claim: Claim, after: list[dict[str, int]]) -> int | None:
    held = [all(level.get(p, 0) >= least for p, least in claim.levels.items()) for level in after]
    return held.index(True) if True in held else None


@pytest.mark.parametrize(
    ("template", "ident"),
    [(t, s) for t, s in product(TEMPLATES, STRATEGIES) if OWN_ONLY.get(t, s) == s],
)
def test_what_a_phase_claims_becomes_true_in_it(catalogue: Catalogue, template: str, ident: str) -> None:
    project, strategy = plan_of(catalogue, template), catalogue.strategy_by_id[ident]
    proposal = propose(project, strategy)
    after = list(levels_after_each(project, catalogue, proposal))
    for phase in strategy.phases:
        for claim in phase.exit_criteria:
            assert claim.levels, claim.en
            when = first_true(claim, after)
            said = [n for n, made in enumerate(proposal.phases, 1) if claim.en in made.exit_criteria]
            twins = {first_true(c, after) for p in strategy.phases for c in p.exit_criteria if c.en == claim.en}
            assert set(said) == {n for n in twins if n}, (claim.en, when)
        for number, made in enumerate(proposal.phases, 1):
            if made.goal == phase.goal.en:
                assert first_true(phase.goal, after) == number


def test_one_small_step_is_called_after_itself(catalogue: Catalogue, desk: Project) -> None:
    packages = tuple(package for package in desk.packages if package.capability == "incident@2")
    ids = {"incident", "incident@2", *(package.id for package in packages)}
    aims = {
        process: Fixed({d: max(now, 2 if process.id == "incident" else 1) for d, now in process.baseline.items()})
        for process in desk.processes
    }
    plan = replace(
        desk,
        processes=tuple(replace(process, target=aim) for process, aim in aims.items()),
        packages=tuple(replace(package, after=(), alongside=()) for package in packages),
        dependencies=(),
        milestones=(),
        pins=tuple(pin for pin in desk.pins if pin.item in ids),
        progress=(),
    )
    (phase,) = propose(plan, catalogue.strategy_by_id["change-config-first"]).phases
    assert (phase.name, phase.goal, phase.exit_criteria) == ("Incident management", "", ())


def test_a_phase_that_holds_little_of_what_is_meant_has_another_name(catalogue: Catalogue, desk: Project) -> None:
    last = propose(desk, catalogue.strategy_by_id["service-desk-first"], phases=3).phases[-1]
    assert last.name == "Change management, Configuration management"
    assert last.exit_criteria == ("Changes are assessed against configuration records",)
    assert last.goal == ""


def test_the_parts_of_a_divided_phase_claim_no_goal_of_the_whole(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "integrator-to-provider")
    parts = [p for p in propose(plan, catalogue.strategy_by_id["quick-wins"]).phases if p.name.startswith("From wins")]
    assert [part.name for part in parts] == ["From wins to routine 1/2", "From wins to routine 2/2"]
    assert [part.goal for part in parts] == ["", ""]
    assert parts[0].exit_criteria == ()


def plainly(strategy: Strategy) -> Strategy:
    return replace(
        strategy,
        phases=tuple(
            replace(
                phase,
                goal=replace(phase.goal, levels=Fixed()),
                exit_criteria=tuple(replace(claim, levels=Fixed()) for claim in phase.exit_criteria),
            )
            for phase in strategy.phases
        ),
    )


@pytest.mark.parametrize("ident", ["service-desk-first", "pain-driven"])
def test_words_without_levels_wait_for_all_that_is_planned_of_their_phase(catalogue: Catalogue, ident: str) -> None:
    project = plan_of(catalogue, "pain-rescue")
    strategy = plainly(catalogue.strategy_by_id[ident])
    proposal = propose(project, strategy)
    facts = list(phase_facts(project, catalogue, proposal.roadmap, proposal.phases).values())
    meant: set[str] = set()
    for phase in effective(strategy, project).phases:
        own = {f"{process}@{level}" for process, level in phase.levels.items()} & {*project.capabilities}
        meant |= own
        last = max(n for n, fact in enumerate(facts) if meant & {*fact.delivers})
        for claim in phase.exit_criteria:
            said = [n for n, made in enumerate(proposal.phases) if claim.en in made.exit_criteria]
            assert said == ([last] if own else [])


def test_an_unknown_process_in_a_claim_is_a_fault(tmp_path: Path) -> None:
    text = (templates_folder() / "strategies" / "service-desk-first.toml").read_text("utf-8")
    (tmp_path / "strategies").mkdir()
    text = text.replace('id = "service-desk-first"', 'id = "sixth"')
    text = text.replace("levels = { reporting = 2 } }", "levels = { reprting = 2 } }")
    (tmp_path / "strategies" / "sixth.toml").write_text(text, "utf-8")
    with pytest.raises(CatalogueError, match="unknown process 'reprting'"):
        load(templates_folder(), tmp_path)
