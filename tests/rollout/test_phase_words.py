"""What a phase says, how many phases there are and where they are cut, and whether they may overlap."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from handed import render

from planner.edit.pains import apply_pain_targets, tick
from planner.edit.roadmap import adopt
from planner.edit.start import start
from planner.export.outline import outline
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue
from planner.model.project import Phase, Project, Roadmap
from planner.model.rules import problems
from planner.rollout.phase_words import PhaseFacts, furnished, phase_facts
from planner.rollout.phases import cut, sequence
from planner.rollout.problem import Problem
from planner.rollout.propose import propose
from planner.rollout.result import Infeasible, Proposal
from planner.rollout.verify import verify

BEGIN = date(2027, 1, 4)
OWN = ("service-desk-first", "quick-wins")


@pytest.fixture(scope="module", params=OWN)
def proposal(request: pytest.FixtureRequest, catalogue: Catalogue, desk: Project) -> Proposal:
    return propose(desk, catalogue.strategy_by_id[request.param])


def facts_of(project: Project, catalogue: Catalogue, proposal: Proposal) -> list[PhaseFacts]:
    return [*phase_facts(project, catalogue, proposal.roadmap, proposal.phases).values()]


class TestWhatItSays:
    def test_what_is_delivered_is_what_stands_in_it(
        self, catalogue: Catalogue, desk: Project, proposal: Proposal
    ) -> None:
        parts = outline(desk, proposal.roadmap, proposal.phases)
        found = facts_of(desk, catalogue, proposal)
        assert [sorted(own.delivers) for own in found] == [sorted(part.capabilities) for part in parts]
        for part, own in zip(parts, found, strict=True):
            assert own.finish == part.finish
            for process in {process_of(item) for item in own.delivers}:
                top = max(level_of(item) for item in own.delivers if process_of(item) == process)
                here = re.findall(rf"\blevel {top}: ([^;.]*)", own.goal)
                assert desk.process_by_id[process].name in here[0].split(", ")

    def test_every_phase_has_a_goal_and_a_gate(self, catalogue: Catalogue, desk: Project, proposal: Proposal) -> None:
        said = furnished(desk, catalogue, proposal)
        assert all(phase.goal and phase.exit_criteria for phase in said.phases)
        for before, after in zip(proposal.phases, said.phases, strict=True):
            assert after.goal == before.goal or not before.goal
            assert after.exit_criteria == before.exit_criteria or not before.exit_criteria
        assert verify(desk, said.roadmap, said.phases) == ()
        assert problems(adopt(desk, said.roadmap, said.phases)) == []

    def test_a_gate_of_the_catalogue_names_the_level_that_is_reached(self, catalogue: Catalogue, desk: Project) -> None:
        proposal = propose(desk, catalogue.strategy_by_id["service-desk-first"])
        bare = replace(proposal, phases=tuple(replace(p, exit_criteria=(), goal="") for p in proposal.phases))
        said = furnished(desk, catalogue, bare)
        (profile,) = [p for p in catalogue.profiles if p.id == "three-dimensions"]
        for phase, own in zip(said.phases, facts_of(desk, catalogue, bare), strict=True):
            top = max(map(level_of, own.delivers))
            texts = {c.text.en.rstrip(".") for c in profile.criteria if c.level == top and not c.symptom}
            handed = {d.name.en for d in catalogue.deliverables if d.level == top}
            reached = {process_of(item) for item in own.delivers if level_of(item) == top}
            measured = {i.name for i in desk.indicators if reached & {*i.processes}}
            for line in phase.exit_criteria:
                names, _handed, what = line.partition(", handed over: ")
                subject, _colon, rest = line.partition(": ")
                if what:
                    assert {*what.split(", ")} <= handed
                    assert any(desk.process_by_id[process].name in names for process in reached)
                else:
                    assert rest in texts or (subject in measured and rest.startswith("measured and reported against"))
            assert len(phase.exit_criteria) == 3
            assert any("measured" in line for line in phase.exit_criteria) == (top >= 3)
            assert phase.goal == own.goal

    def test_a_phase_that_somebody_made_stays_as_it_is(
        self, catalogue: Catalogue, desk: Project, proposal: Proposal
    ) -> None:
        own = replace(proposal.phases[0], source="own", goal="", exit_criteria=())
        said = furnished(desk, catalogue, replace(proposal, phases=(own, *proposal.phases[1:])))
        assert said.phases[0] == own

    def test_texts_are_in_the_language_of_the_plan(self, catalogue: Catalogue, bank: Project) -> None:
        said = furnished(bank, catalogue, propose(bank, catalogue.strategy_by_id["quick-wins"]))
        handed = {known.name.zh for known in catalogue.deliverables}
        given = [words for phase in said.phases for words in phase.exit_criteria]
        assert any(words.endswith(text) for words in given for text in handed)

    def test_a_phase_of_programme_work_only_delivers_nothing(self, catalogue: Catalogue, desk: Project) -> None:
        empty = Phase(id="p9", name="Afterwards", source="proposed")
        own = phase_facts(desk, catalogue, Roadmap(), (empty,))["p9"]
        assert (own.delivers, own.benefit, own.finish, own.horizon) == ((), None, None, None)
        assert own.gate == ("The work of this phase is finished and accepted",)


class TestBenefit:
    def test_it_is_the_first_agreed_benefit_and_hangs_on_the_end_of_the_phase(
        self, catalogue: Catalogue, desk: Project, proposal: Proposal
    ) -> None:
        agreed = {stone.item: stone.name for stone in desk.milestones if stone.kind == "benefit"}
        for phase, own in zip(proposal.phases, facts_of(desk, catalogue, proposal), strict=True):
            stone = own.benefit
            assert stone is not None
            assert (stone.kind, stone.phase, stone.item, stone.day) == ("benefit", phase.id, "", None)
            names = [agreed[item] for item in own.delivers if item in agreed]
            assert names == [] or stone.name == names[0]

    def test_without_agreed_benefits_a_quick_win_a_cured_pain_an_indicator_a_purpose(
        self, catalogue: Catalogue, desk: Project, proposal: Proposal
    ) -> None:
        bare = replace(desk, milestones=(), pains=())
        near = facts_of(bare, catalogue, proposal)[0]
        wins = {win.item: win.name.en for win in catalogue.quick_wins}
        assert near.benefit is not None
        assert near.benefit.name == next(wins[item] for item in near.delivers if item in wins)
        dull = replace_catalogue(catalogue, quick_wins=())
        pained = replace(bare, pains=apply_pain_targets(tick(bare, catalogue, "PN08", 3), catalogue).pains)
        told = [own.benefit.name for own in facts_of(pained, dull, proposal) if own.benefit]
        assert told.count(f"gone: {pained.pains[0].name}") == 1
        (measured,) = {own.benefit.name for own in facts_of(bare, dull, proposal)[-1:] if own.benefit}
        assert measured.startswith("gets better: ")
        assert measured.removeprefix("gets better: ") in {indicator.name for indicator in desk.indicators}
        quiet = replace(bare, indicators=())
        purposes = {process.purpose.en for process in catalogue.processes}
        assert {own.benefit.name for own in facts_of(quiet, dull, proposal) if own.benefit} <= purposes


def replace_catalogue(catalogue: Catalogue, **fields: object) -> Catalogue:
    return replace(catalogue, **fields)  # type: ignore[arg-type]


class TestHorizon:
    def test_it_is_the_one_in_which_the_middle_of_the_phase_lies(
        self, catalogue: Catalogue, desk: Project, proposal: Proposal
    ) -> None:
        for part, own in zip(
            outline(desk, proposal.roadmap, proposal.phases), facts_of(desk, catalogue, proposal), strict=True
        ):
            assert part.start
            assert part.finish
            assert own.horizon
            months = ((part.start - BEGIN).days + (part.finish - BEGIN).days) / 2 / 30.44
            assert own.horizon.id == ("near" if months < 6 else "mid" if months < 18 else "long")
        assert facts_of(desk, catalogue, proposal)[0].horizon == catalogue.defaults.horizons[0]

    def test_the_document_says_it_with_what_users_notice(
        self, catalogue: Catalogue, desk: Project, proposal: Proposal
    ) -> None:
        plan = adopt(desk, proposal.roadmap, proposal.phases)
        text = render(plan, "md")
        for phase, own in phase_facts(plan, catalogue).items():
            assert own.horizon
            assert own.benefit
            assert f"**Horizon**: {own.horizon.name.en}" in text
            assert f"The first thing users notice: {own.benefit.name}" in text
            assert f"**{(plan.phase_by_id[phase].goal or own.goal).rstrip('.')}.**" in text


class TestOverlap:
    def test_phases_follow_each_other_unless_the_strategy_says_otherwise(
        self, catalogue: Catalogue, desk: Project
    ) -> None:
        apart = catalogue.strategy_by_id["change-config-first"]
        mixed = replace(apart, phases_overlap=True)
        lengths = []
        for strategy in (apart, mixed):
            proposal = propose(desk, strategy, phases=3)
            parts = outline(desk, proposal.roadmap, proposal.phases)
            assert {phase.overlap for phase in proposal.phases} == {strategy.phases_overlap}
            assert verify(desk, proposal.roadmap, proposal.phases) == ()
            overlaps = [
                bool(one.finish and other.start and other.start <= one.finish) for one, other in pairwise(parts)
            ]
            assert any(overlaps) == strategy.phases_overlap
            lengths.append(proposal.metrics.working_days)
        assert lengths[1] <= lengths[0]


class TestNumberAndBoundaries:
    @pytest.mark.parametrize("ident", ["desk-first", "bank-change-first", "integrator-to-provider", "pain-rescue"])
    def test_phases_of_the_templates_are_such_as_one_would_defend(self, catalogue: Catalogue, ident: str) -> None:
        """By the template's own strategy: two to six, none empty, none of more than a year, none of a few weeks."""
        template = catalogue.engagement_by_id[ident]
        project = start(template, catalogue, begin=BEGIN)
        proposal = propose(project, catalogue.strategy_by_id[template.strategy])
        parts = outline(project, proposal.roadmap, proposal.phases)
        assert 2 <= len(parts) <= 6
        for part in parts:
            assert part.start
            assert part.finish
            assert part.capabilities
            assert 8 <= (part.finish - part.start).days / 7 <= 53

    def test_as_many_as_asked_for_and_the_limits_of_that(self, catalogue: Catalogue, desk: Project) -> None:
        strategy = catalogue.strategy_by_id["service-desk-first"]
        for count in (1, 2, 5):
            proposal = propose(desk, strategy, phases=count)
            assert len(proposal.phases) == count
            assert all(part.items for part in outline(desk, proposal.roadmap, proposal.phases))
        kept = tuple(Phase(id=f"own-{n}", name=f"Own {n}") for n in range(3))
        assert propose(replace(desk, phases=kept), strategy).phases == kept
        with pytest.raises(Infeasible, match="asked for 2, but phase own-2 was made by hand"):
            propose(replace(desk, phases=kept), strategy, phases=2)

    def test_a_cut_is_even_where_nothing_speaks_against_it_and_else_at_the_strategys_own_border(
        self, desk: Project
    ) -> None:
        problem = Problem(desk)
        order = sequence(problem, lambda number: (0.0,))
        work = {g.number: problem.shortest[g.number] * len(g.capabilities) for g in problem.groups}
        even = cut(problem, order, [0] * len(order), 2)
        halves = [sum(work[n] for n in order if even[n] == half) for half in (0, 1)]
        assert abs(halves[0] - halves[1]) <= 2 * max(work.values())
        assert [even[n] for n in order] == sorted(even[n] for n in order)
        border = len(order) // 4
        wanted = [0] * len(order)
        for place, number in enumerate(order):
            wanted[number] = int(place >= border)
        at_border = cut(problem, order, wanted, 2)
        assert at_border == wanted
        assert cut(problem, order, wanted, 2, taking=0.0, leaving=0.0) == even
