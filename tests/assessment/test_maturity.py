"""Process and organisation levels, and gaps, by domain.md §3.4."""

from dataclasses import replace
from datetime import date

import pytest

from planner.assessment.maturity import gaps, organisation_index, organisation_level, organisation_target
from planner.model.project import Engagement, ProcessScope, Project
from planner.model.values import Fixed


def levels(people: int, process: int, tech: int) -> Fixed[str, int]:
    return Fixed({"people": people, "process": process, "tech": tech})


@pytest.fixture
def plan() -> Project:
    return Project(
        engagement=Engagement(name="Three", start=date(2027, 1, 4)),
        processes=(
            ProcessScope(id="alpha", name="Alpha", baseline=levels(3, 2, 5), target=levels(3, 4, 5)),
            ProcessScope(id="beta", name="Beta", baseline=levels(1, 1, 1), target=levels(2, 2, 4)),
            ProcessScope(id="gamma", name="Gamma", baseline=levels(4, 4, 4), target=levels(4, 4, 4)),
        ),
    )


def test_the_weakest_dimension_is_the_process_level(plan: Project) -> None:
    assert [(p.level, p.target_level) for p in plan.processes] == [(2, 3), (1, 2), (4, 4)]


def test_the_organisation_is_the_mean_rounded_down(plan: Project) -> None:
    assert organisation_index(plan) == pytest.approx(7 / 3)
    assert organisation_level(plan) == 2
    assert organisation_index(plan, target=True) == pytest.approx(3)
    assert organisation_target(plan) == 3


def test_processes_out_of_scope_do_not_count(plan: Project) -> None:
    without = replace(plan, processes=(*plan.processes[:2], replace(plan.processes[2], in_scope=False)))
    assert organisation_index(without) == pytest.approx(1.5)
    assert (organisation_level(without), organisation_target(without)) == (1, 2)
    nothing = replace(plan, processes=tuple(replace(p, in_scope=False) for p in plan.processes))
    assert (organisation_index(nothing), organisation_level(nothing), organisation_target(nothing)) == (1.0, 1, 1)
    assert gaps(nothing) == ()


def test_gaps_are_sorted_biggest_first_then_in_plan_order(plan: Project) -> None:
    assert [(g.process, g.dimension, g.now, g.target, g.gap) for g in gaps(plan)] == [
        ("beta", "tech", 1, 4, 3),
        ("alpha", "process", 2, 4, 2),
        ("beta", "people", 1, 2, 1),
        ("beta", "process", 1, 2, 1),
    ]


def test_the_sample_engagement(desk: Project) -> None:
    assert (organisation_level(desk), organisation_target(desk)) == (1, 1)
    assert organisation_index(desk, target=True) > organisation_index(desk)
