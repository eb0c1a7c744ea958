"""From answers to levels (domain.md §3.4): ratings and their bounds, spread, several assessors, index, confidence."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.assessment.maturity import staged_level
from planner.assessment.scoring import disagreements, process_score, process_scores
from planner.model.answers import REPLIES, Answer, AnswerSheet
from planner.model.knowledge import Catalogue
from planner.model.known.assessment import AssessmentProfile, Criterion
from planner.model.project import ProcessScope, Project
from planner.model.rating import DimensionScore, profile_of, rating, scores
from planner.model.values import Fixed, Words

WORD = {"y": "yes", "p": "partly", "n": "no", "x": "n/a"}


def small(catalogue: Catalogue, *criteria: Criterion, **cells: int) -> Catalogue:
    """The catalogue with one questionnaire: people has as many questions at level N as ``lN`` says."""
    usual = next(profile for profile in catalogue.profiles if profile.id == "three-dimensions")
    asked = [
        Criterion(
            code=f"{level}.{n}", dimension="people", level=int(level[1]), text=Words(en="q", zh="q"), source="test"
        )
        for level, count in cells.items()
        for n in range(count)
    ]
    profile = AssessmentProfile(
        id="small", name=usual.name, dimensions=usual.dimensions, criteria=(*asked, *criteria), source="test"
    )
    return replace(catalogue, profiles=(profile,))


def said(project: Project, assessor: str = "A", **replies: str) -> Project:
    """``project`` where ``assessor`` replied about incidents: ``l2="yyp"`` answers the questions of level 2 in turn."""
    answers = tuple(
        Answer(criterion=f"{level}.{n}", reply=WORD[letter])  # type: ignore[arg-type]
        for level, letters in replies.items()
        for n, letter in enumerate(letters)
        if letter != " "
    )
    sheet = AnswerSheet(process="incident", assessor=assessor, answers=answers)
    return replace(project, answer_sheets=(*project.answer_sheets, sheet))


def people(project: Project, catalogue: Catalogue) -> DimensionScore:
    return scores(project, catalogue, "incident")["people"]


@pytest.fixture
def plain(desk: Project) -> Project:
    """The desk with nothing set by hand and incidents at level 1."""
    one = Fixed(dict.fromkeys(desk.dimension_ids, 1))
    processes = (
        replace(p, by_hand=Fixed(), baseline=one if p.id == "incident" else p.baseline) for p in desk.processes
    )
    return replace(desk, processes=tuple(processes))


def test_the_worked_example(plain: Project, catalogue: Catalogue) -> None:
    knowledge = small(catalogue, l2=3, l3=5)
    found = people(said(plain, l2="yyp", l3="ynnpn"), knowledge)
    assert [round(cell.percent() or 0, 1) for cell in found.cells] == [83.3, 30.0]
    scoring = catalogue.defaults.scoring
    assert [rating(cell.percent() or 0, scoring) for cell in found.cells] == ["L", "P"]
    assert (found.level, found.lowest, found.highest) == (2, 2, 2)
    score = process_score(said(plain, l2="yyp", l3="ynnpn"), knowledge, plain.process_by_id["incident"])
    assert score.level == 1


@pytest.mark.parametrize(
    ("percent", "letter"),
    [(0, "N"), (15, "N"), (15.1, "P"), (50, "P"), (50.1, "L"), (85, "L"), (85.1, "F"), (100, "F")],
)
def test_a_bound_belongs_to_the_lower_rating(percent: float, letter: str, catalogue: Catalogue) -> None:
    assert rating(percent, catalogue.defaults.scoring) == letter


@pytest.mark.parametrize(
    ("count", "replies", "level"),
    [
        (20, "y" * 17 + "nnn", 2),  # 85.0 per cent: L, so level 3 is out of reach
        (20, "y" * 17 + "pnn", 3),
        (2, "yn", 1),  # 50.0 per cent: P
    ],
)
def test_the_rounding_trap(plain: Project, catalogue: Catalogue, count: int, replies: str, level: int) -> None:
    assert people(said(plain, l2=replies, l3="y"), small(catalogue, l2=count, l3=1)).level == level


def test_the_numbers_are_the_catalogue_s(plain: Project, catalogue: Catalogue) -> None:
    knowledge = small(catalogue, l2=2, l3=1)
    scoring = replace(catalogue.defaults.scoring, values=Fixed({"yes": 1.0, "partly": 0.9, "no": 0.0}))
    lenient = replace(knowledge, defaults=replace(knowledge.defaults, scoring=scoring))
    answered = said(plain, l2="pp", l3="y")
    assert (people(answered, knowledge).level, people(answered, lenient).level) == (1, 3)


def test_a_level_needs_all_below_it_fully(plain: Project, catalogue: Catalogue) -> None:
    knowledge = small(catalogue, l2=2, l3=2, l4=2, l5=2)
    assert people(said(plain, l2="yy", l3="yp", l4="yy", l5="yy"), knowledge).level == 3
    assert people(said(plain, l2="yy", l3="yy", l4="yy", l5="yp"), knowledge).level == 5
    assert people(said(plain, l2="nn", l3="yy", l4="yy", l5="yy"), knowledge).level == 1


def test_partial_answers_give_a_spread(plain: Project, catalogue: Catalogue) -> None:
    knowledge = small(catalogue, l2=4, l3=1)
    found = people(said(plain, l2="yy  "), knowledge)
    assert (found.level, found.lowest, found.highest, found.open) == (2, 1, 3, 3)
    found = people(said(plain, l2="yyy "), knowledge)
    assert (found.level, found.lowest, found.highest) == (2, 2, 3)
    found = people(plain, knowledge)
    assert (found.scored, found.level, found.lowest, found.highest) == (False, 1, 1, 3)


def test_not_applicable_does_not_count(plain: Project, catalogue: Catalogue) -> None:
    knowledge = small(catalogue, l2=3, l3=2)
    found = people(said(plain, l2="yyx", l3="xn"), knowledge)
    assert [cell.percent() for cell in found.cells] == [100.0, 0.0]
    assert (found.level, found.open) == (2, 0)


def test_a_cell_without_any_question_that_applies_is_passed_over(plain: Project, catalogue: Catalogue) -> None:
    knowledge = small(catalogue, l2=1, l3=2, l4=1)
    assert people(said(plain, l2="y", l3="xx", l4="y"), knowledge).level == 4
    assert people(said(plain, l2="y", l3="xx", l4="n"), knowledge).level == 2
    assert not people(said(plain, l2="x", l3="xx", l4="x"), knowledge).scored


def test_symptoms_are_not_scored(plain: Project, catalogue: Catalogue) -> None:
    floor = Criterion(code="s", dimension="people", level=2, text=Words(en="q", zh="q"), symptom=True, source="test")
    knowledge = small(catalogue, floor, l2=1)
    sheet = AnswerSheet(process="incident", assessor="A", answers=(Answer(criterion="s", reply="no"),))
    answered = replace(said(plain, l2="y"), answer_sheets=(*said(plain, l2="y").answer_sheets, sheet))
    assert people(answered, knowledge).level == 2


def test_a_question_about_other_processes_is_not_asked(plain: Project, catalogue: Catalogue) -> None:
    other = Criterion(
        code="o", dimension="people", level=2, text=Words(en="q", zh="q"), processes=("change",), source="test"
    )
    assert people(said(plain, l2="y"), small(catalogue, other, l2=1)).open == 0


def test_assessors_count_with_their_mean_and_their_disagreement_is_kept(plain: Project, catalogue: Catalogue) -> None:
    knowledge = small(catalogue, l2=2)
    both = said(said(plain, "A", l2="yy"), "B", l2="ny")
    assert people(both, knowledge).cells[0].percent() == 75.0
    (found,) = disagreements(both, knowledge)
    assert (found.process, found.criterion.code, found.replies) == ("incident", "l2.0", (("A", "yes"), ("B", "no")))
    assert disagreements(said(said(plain, "A", l2="yy"), "B", l2="yy"), knowledge) == ()
    away = replace(both, processes=tuple(replace(p, in_scope=False) for p in both.processes))
    assert disagreements(away, knowledge) == ()


def test_who_finds_a_question_not_applicable_does_not_outvote_who_answers(plain: Project, catalogue: Catalogue) -> None:
    both = said(said(plain, "A", l2="x"), "B", l2="p")
    assert people(both, small(catalogue, l2=1)).cells[0].percent() == 50.0


class TestProcess:
    def scored(self, project: Project, catalogue: Catalogue, **changes: object) -> ProcessScope:
        return replace(project.process_by_id["incident"], **changes)  # type: ignore[arg-type]

    def test_the_weakest_dimension_counts(self, plain: Project, catalogue: Catalogue) -> None:
        process = self.scored(plain, catalogue, baseline=Fixed({"people": 1, "process": 3, "tech": 4}))
        score = process_score(said(plain, l2="y", l3=" "), small(catalogue, l2=1, l3=1), process)
        assert [(s.basis, s.level, s.lowest, s.highest) for s in score.dimensions] == [
            ("answers", 2, 2, 3),
            ("given", 3, 3, 3),
            ("given", 4, 4, 4),
        ]
        assert (score.level, score.lowest, score.highest, score.open) == (2, 2, 3, 1)

    def test_what_is_set_by_hand_stands_against_the_answers(self, plain: Project, catalogue: Catalogue) -> None:
        process = self.scored(plain, catalogue, by_hand=Fixed({"people": "seen"}))
        standing = process_score(said(plain, l2="y"), small(catalogue, l2=1), process).dimensions[0]
        assert (standing.basis, standing.level, standing.reason) == ("by hand", 1, "seen")

    @pytest.mark.parametrize(("l3", "index"), [("yn", 2.5), ("nn", 2.0), ("  ", 2.0), ("yy", 2.99)])
    def test_the_index_adds_what_is_achieved_of_the_next_level(
        self, plain: Project, catalogue: Catalogue, l3: str, index: float
    ) -> None:
        """Level 2 is only largely achieved, so that level 3 is not reached whatever its cell has."""
        process = self.scored(plain, catalogue, baseline=Fixed({"people": 1, "process": 5, "tech": 5}))
        score = process_score(said(plain, l2="yyp", l3=l3), small(catalogue, l2=3, l3=2), process)
        assert (score.level, score.index) == (2, index)

    def test_the_index_ends_at_the_highest_level(self, plain: Project, catalogue: Catalogue) -> None:
        process = self.scored(plain, catalogue, baseline=Fixed(dict.fromkeys(plain.dimension_ids, 5)))
        assert process_score(plain, catalogue, process).index == 5.0

    def test_confidence_is_the_share_of_answers_with_evidence(self, plain: Project, catalogue: Catalogue) -> None:
        knowledge = small(catalogue, l2=3)
        answered = said(plain, l2="ynx")
        (sheet,) = answered.answer_sheets
        shown = replace(sheet, answers=(replace(sheet.answers[0], evidence="minutes of May"), *sheet.answers[1:]))
        project = replace(answered, answer_sheets=(shown,))
        assert process_score(project, knowledge, project.process_by_id["incident"]).confidence == 0.5
        assert process_score(project, knowledge, project.process_by_id["change"]).confidence is None


def test_the_stricter_organisation_level_is_the_lowest_of_a_core(desk: Project) -> None:
    def at(levels: Mapping[str, int]) -> Project:
        return replace(
            desk,
            processes=tuple(
                replace(p, baseline=Fixed(dict.fromkeys(desk.dimension_ids, levels.get(p.id, 1))))
                for p in desk.processes
            ),
        )

    project = at({"incident": 3, "change": 2, "problem": 4})
    assert staged_level(project, {"incident", "problem"}) == 3
    assert staged_level(project, {"incident", "problem", "change"}) == 2
    assert staged_level(project, {"demand", "incident"}) == 1
    assert staged_level(project, set()) == 1


def test_a_plan_whose_dimensions_no_questionnaire_has_is_not_scored(desk: Project, catalogue: Catalogue) -> None:
    strange = replace(desk, engagement=replace(desk.engagement, profile="nobody"))
    assert profile_of(strange, catalogue) is None
    assert scores(strange, catalogue, "incident") == {}
    assert len(process_scores(strange, catalogue)) == sum(p.in_scope for p in strange.processes)


@given(data=st.data())
def test_the_level_lies_within_its_spread_and_the_spread_shrinks(
    data: st.DataObject, desk: Project, catalogue: Catalogue
) -> None:
    usual = profile_of(desk, catalogue)
    assert usual
    codes = [criterion.code for criterion in usual.criteria]
    first = data.draw(st.dictionaries(st.sampled_from(codes), st.sampled_from(REPLIES)))
    more = data.draw(st.dictionaries(st.sampled_from(codes), st.sampled_from(("yes", "partly", "no"))))

    def given_(replies: Mapping[str, str]) -> dict[str, DimensionScore]:
        answers = tuple(Answer(criterion=code, reply=reply) for code, reply in replies.items())  # type: ignore[arg-type]
        sheet = AnswerSheet(process="incident", assessor="A", answers=answers)
        return scores(replace(desk, answer_sheets=(sheet,)), catalogue, "incident")

    before, after = given_(first), given_(more | first)
    for dimension, score in before.items():
        assert score.lowest <= score.level <= score.highest
        assert score.lowest <= after[dimension].lowest <= after[dimension].highest <= score.highest
        if not score.open:
            assert score.lowest == score.level == score.highest
