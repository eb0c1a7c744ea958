"""Means of the survey of customer experience."""

from dataclasses import replace

import pytest

from planner.assessment.experience import averages, overall, worst
from planner.model.answers import Experience
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.values import Fixed


def scored(project: Project, **scores: int) -> Project:
    named = {item.replace("_", "-"): score for item, score in scores.items()}
    return replace(project, experience=Experience(scores=Fixed(named)))


def test_nothing_scored_has_no_mean(desk: Project, catalogue: Catalogue) -> None:
    plan = scored(desk)
    assert averages(plan, catalogue) == {"sales": None, "deployment": None, "operation": None}
    assert overall(plan, catalogue) is None
    assert worst(plan, catalogue) == ()


def test_each_stage_has_the_mean_of_its_scored_items(desk: Project, catalogue: Catalogue) -> None:
    plan = scored(desk, contract=2, attitude=4, meetings=5, channels=3)
    assert averages(plan, catalogue) == {"sales": 2, "deployment": None, "operation": 4}
    assert overall(plan, catalogue) == pytest.approx(3.5)


def test_a_score_of_nothing_the_survey_has_does_not_count(desk: Project, catalogue: Catalogue) -> None:
    assert overall(scored(desk, contract=2, parking=5), catalogue) == 2


def test_the_worst_come_first(desk: Project, catalogue: Catalogue) -> None:
    plan = scored(desk, contract=2, attitude=1, meetings=5, channels=3, resources=2, skill=4)
    assert worst(plan, catalogue) == ("attitude", "contract", "resources")
    assert worst(plan, catalogue, most=9) == ("attitude", "contract", "resources", "channels", "skill")
