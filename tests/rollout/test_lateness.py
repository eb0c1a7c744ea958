"""A deadline that may slip is missed by the true calendar weeks from its date, to everybody who counts them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import three_weeks
from random_plans import CATALOGUE

from planner.model.knowledge import Weights
from planner.model.project import Pin, Project
from planner.rollout.bound import lower_bound
from planner.rollout.compared.figures import Measure
from planner.rollout.division import divided
from planner.rollout.exact.parts import parts_of
from planner.rollout.goal import Goal
from planner.rollout.problem import Problem
from planner.rollout.propose import propose
from planner.rollout.result import Infeasible

STRATEGY = replace(CATALOGUE.strategies[0], weights=Weights(late=1.0), first=())
FINISH = date(2027, 1, 22)
"""When c is finished at the earliest, with nothing else to do but what comes before it."""


def plan(due: date, slips: bool = True) -> Project:
    """a, b and c one after another, and the last of them promised."""
    links = three_weeks.project().dependencies
    return three_weeks.project(
        dependencies=(*links, replace(links[0], item="c@2", needs="b@2")),
        pins=(Pin(item="c@2", deadline=due, may_slip=slips),),
    )


@pytest.mark.parametrize(
    "due",
    [
        date(2020, 1, 1),
        date(2026, 12, 31),
        date(2027, 1, 3),
        date(2027, 1, 4),
        date(2027, 1, 15),
        date(2027, 1, 16),
        date(2027, 1, 17),
        date(2027, 1, 21),
        date(2027, 1, 22),
        date(2027, 1, 24),
        date(2027, 2, 1),
    ],
)
def test_lateness_is_counted_from_the_promised_day(due: date) -> None:
    project = plan(due)
    weeks = max(0, (FINISH - due).days) / 7
    problem = Problem(project)
    division = divided(problem, project.phases[:1], (0, 0, 0))
    goal = Goal(problem, STRATEGY, division)
    measure = Measure(project, STRATEGY)
    assert project.roadmap
    schedule = measure.schedule(project.roadmap)
    assert goal.term("late", schedule) == pytest.approx(weeks)
    assert lower_bound(problem, division, goal) == pytest.approx(weeks), "nothing else holds c up"
    assert measure.figures(project.roadmap, project.phases).late == round(weeks, 1)
    parts = parts_of(problem, division, goal, schedule)
    (promise,) = parts.promises
    end = parts.calendar[max(schedule.finish)]
    assert max(0, end - promise.due) == max(0, (FINISH - due).days)


@pytest.mark.parametrize("due", [date(2020, 1, 1), date(2027, 1, 16), date(2027, 1, 21)])
def test_slipping_and_not_slipping_are_counted_alike(due: date) -> None:
    project = plan(due, slips=False)
    problem = Problem(project)
    assert project.roadmap
    schedule = Measure(project, STRATEGY).schedule(project.roadmap)
    assert Goal(problem, STRATEGY, divided(problem, project.phases, (0, 0, 1))).late(schedule) == (FINISH - due).days
    with pytest.raises(Infeasible):
        propose(project, STRATEGY)
    proposal = propose(plan(due), STRATEGY)
    finish = proposal.roadmap.packages["c-2"].finish
    assert proposal.objective.terms["late"] == pytest.approx((finish - due) / timedelta(weeks=1), abs=1e-4)
    assert proposal.objective.bound is not None
    assert proposal.objective.bound <= proposal.objective.value + 1e-9
