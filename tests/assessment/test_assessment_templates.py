"""The questionnaires, pains and quick wins that come with the planner (domain.md §3.2, §3.3, §5.3, §5.4)."""

from collections import Counter

from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue
from planner.model.known.assessment import AssessmentProfile
from planner.model.values import DIMENSIONS


def profile(catalogue: Catalogue, ident: str) -> AssessmentProfile:
    return next(profile for profile in catalogue.profiles if profile.id == ident)


def test_the_usual_questionnaire_has_every_criterion(catalogue: Catalogue) -> None:
    usual = profile(catalogue, "three-dimensions")
    assert tuple(dimension.id for dimension in usual.dimensions) == DIMENSIONS
    assert len(usual.criteria) == 70
    assert {c.code for c in usual.criteria if c.symptom} == {f"{d}1.{n}" for d in "PRT" for n in range(1, 5)}
    cells = Counter((c.dimension, c.level) for c in usual.criteria)
    assert len(cells) == 15
    assert min(cells.values()) >= 4
    marks = Counter(c.source.split(" (")[0] for c in usual.criteria)
    assert set(marks) == {"seed S003", "judgement"}
    assert next(c for c in usual.criteria if c.code == "R3.5").source == "seed S003 (incident design list)"


def test_the_detailed_one_has_a_statement_for_each_dimension_and_level(catalogue: Catalogue) -> None:
    five = profile(catalogue, "five-dimensions")
    assert [(d.id, d.workstream) for d in five.dimensions] == [
        ("vision", "people"),
        ("people", "people"),
        ("process", "process"),
        ("tools", "tech"),
        ("culture", "people"),
    ]
    assert {(c.dimension, c.level) for c in five.criteria} == {(d.id, n) for d in five.dimensions for n in range(1, 6)}
    assert all(c.symptom == (c.level == 1) for c in five.criteria)


def test_quick_wins_are_on_the_way_to_a_capability(catalogue: Catalogue) -> None:
    assert len(catalogue.quick_wins) == 10
    for win in catalogue.quick_wins:
        assert process_of(win.item) in catalogue.process_by_id
        assert level_of(win.item) == 2
        assert [*win.weeks] == sorted(win.weeks)
        assert [*win.effort] == sorted(win.effort)
        assert win.source == "judgement"
