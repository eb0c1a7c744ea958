"""The report of an assessment: what it tells, where its advice comes from, and that strangers' words do nothing."""

from dataclasses import replace
from datetime import date

import pytest
from handed import render
from markdown_it import MarkdownIt

from planner.edit.answers import give_answer
from planner.edit.pains import tick
from planner.edit.roadmap import adopt
from planner.edit.scope import set_baseline
from planner.export.recommendations import recommendations
from planner.graph.closure import needs_of
from planner.model.answers import Answer
from planner.model.calendar import months_after
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.rollout.metrics import finish_of
from planner.rollout.propose import propose

NASTY = "*b* [x](http://e.example) <script> a|b `c` # 1. ~~d~~ &amp;"


@pytest.fixture
def assessed(desk: Project, catalogue: Catalogue) -> Project:
    answer = Answer(
        criterion="P2.1", reply="yes", evidence="org chart", quality="seen", via="document", day=date(2027, 1, 5)
    )
    project = give_answer(desk, catalogue, "demand", "Li", answer)
    project = give_answer(project, catalogue, "demand", "Wang", replace(answer, reply="no", evidence=""))
    project = set_baseline(project, catalogue, "demand", "tech", 2, "the tool was shown")
    return tick(project, catalogue, "PN08", 2, "since the merger")


@pytest.fixture
def planned(assessed: Project, catalogue: Catalogue) -> Project:
    proposal = propose(assessed, catalogue.strategy_by_id["service-desk-first"])
    return adopt(assessed, proposal.roadmap, proposal.phases)


def test_it_tells_state_gap_pains_advice_and_evidence(assessed: Project) -> None:
    text = render(assessed, "assessment-md")
    titles = [line for line in text.splitlines() if line.startswith("## ")]
    assert titles == ["## Current state", "## Gap and priorities", "## Pains", "## Recommendations", "## Evidence"]
    assert text.startswith("# Maturity assessment: Mid-size company, desk first\n")
    assert "- Questionnaire: Three dimensions: people, process, technology\n" in text
    assert text.count("Where assessors disagree") == 1
    assert "- Assessors: Li, Wang\n" in text
    assert "- 50 % of the answers name evidence\n" in text
    assert "| Demand management | 1 (1-5) | 1 | 2 by hand | 1 | 1 | 2 | 50 % | 20 |" in text
    assert "| Demand management | Tech 2 | the tool was shown |" in text
    assert "| Li: yes, Wang: no |" in text
    assert "| PN08 | The same simple questions come again and again | Engineer | 2 |" in text
    assert "| since the merger | seed S003, levels judgement |" in text
    evidence = text.partition("\n## Evidence\n")[2]
    assert "\n| Demand management | People | 2 | P2.1 | " in evidence
    assert " | yes | org chart | seen | document | 2027-01-05 | Li |\n" in evidence
    assert " | no |  | seen | document | 2027-01-05 | Wang |\n" in evidence


def test_a_plan_that_nobody_assessed(desk: Project) -> None:
    text = render(replace(desk, pains=()), "assessment-md")
    assert "Nothing is answered yet: the levels are typical of such a client, to be replaced by an assessment" in text
    assert "\n## Pains\n\nNo pain is ticked.\n" in text
    assert text.endswith("\n## Evidence\n\nNothing is answered yet.\n")


class TestAdvice:
    def test_without_a_roadmap_nothing_stands_before_its_needs(self, assessed: Project, catalogue: Catalogue) -> None:
        advice = recommendations(assessed, catalogue)
        assert [part.horizon.id for part in advice if part.horizon] == ["near", "mid", "long"]
        order = [step.item for part in advice for step in part.steps]
        assert sorted(order) == sorted(needs_of(assessed))
        place = {item: number for number, item in enumerate(order)}
        for link in assessed.dependencies:
            if link.strength == "hard" and link.item in place and link.needs in place:
                assert place[link.needs] < place[link.item]
        for item in order:
            below = f"{process_of(item)}@{level_of(item) - 1}"
            assert place.get(below, -1) < place[item]

    def test_the_most_urgent_comes_first_with_what_it_needs(self, desk: Project, catalogue: Catalogue) -> None:
        hurt = tick(replace(desk, pains=()), catalogue, "PN24", 3)
        first = [step.item for part in recommendations(hurt, catalogue) for step in part.steps][:3]
        assert first == ["change@2", "config@2", "config@3"]

    def test_quick_wins_come_first_and_only_on_the_way_to_something(self, desk: Project, catalogue: Catalogue) -> None:
        near, *later = recommendations(desk, catalogue)
        assert {win.item for win in near.quick_wins} == {w.item for w in catalogue.quick_wins} & set(needs_of(desk))
        assert near.quick_wins
        assert not any(part.quick_wins for part in later)

    def test_with_a_roadmap_its_dates_decide(self, planned: Project, catalogue: Catalogue) -> None:
        advice = recommendations(planned, catalogue)
        assert sorted(step.item for part in advice for step in part.steps) == sorted(planned.capabilities)
        begin = date.min
        assert planned.roadmap
        for part in advice:
            for step in part.steps:
                assert step.reached == finish_of(planned, planned.roadmap, step.item)
                assert step.reached
                assert begin <= step.reached < (part.until or date.max)
            begin = part.until or begin
        assert advice[0].until == months_after(planned.engagement.start, 6)
        text = render(planned, "assessment-md")
        assert "\n## Recommendations\n\nBy the dates of the roadmap.\n\n### Near term, until 2027-07-04\n" in text

    def test_what_comes_after_the_last_horizon_is_told_too(self, planned: Project, catalogue: Catalogue) -> None:
        short = replace(catalogue.defaults.horizons[0], months=1)
        knowledge = replace(catalogue, defaults=replace(catalogue.defaults, horizons=(short,)))
        near, rest = recommendations(planned, knowledge)
        assert near.steps == ()
        assert (rest.horizon, len(rest.steps)) == (None, len(planned.capabilities))


def test_strangers_words_are_no_markup(planned: Project) -> None:
    sheets = tuple(
        replace(sheet, assessor=f"{NASTY} {n}", answers=tuple(replace(a, evidence=NASTY) for a in sheet.answers))
        for n, sheet in enumerate(planned.answer_sheets)
    )
    project = replace(
        planned,
        engagement=replace(planned.engagement, name=NASTY, client=NASTY, goal=NASTY),
        answer_sheets=sheets,
        processes=tuple(replace(p, name=NASTY, reason=NASTY) for p in planned.processes),
        pains=tuple(replace(p, name=NASTY, note=NASTY) for p in planned.pains),
    )
    tokens = MarkdownIt("gfm-like", {"linkify": False}).enable("table").parse(render(project, "assessment-md"))
    assert {t.type for t in tokens} & {"html_block", "fence", "code_block", "hr", "blockquote_open"} == set()
    inline = [child.type for token in tokens for child in token.children or []]
    assert set(inline) <= {"text", "text_special", "strong_open", "strong_close"}
    texts = ["".join(child.content for child in token.children or []) for token in tokens if token.type == "inline"]
    assert NASTY in texts
    assert f"Maturity assessment: {NASTY}" in texts
