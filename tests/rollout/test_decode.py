"""List schedules: every order gives a schedule that keeps all constraints, whatever the plan is like."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from random_plans import plans

from planner.model.project import Phase, Placement, Progress, Project, Roadmap
from planner.model.values import Fixed
from planner.rollout.conflict import contradictions
from planner.rollout.decode import Decoder
from planner.rollout.division import Division, divided
from planner.rollout.goal import Schedule
from planner.rollout.problem import Circular, Problem
from planner.rollout.schedule import NoRoom
from planner.rollout.verify import verify

FEW = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@st.composite
def posed(draw: st.DrawFn) -> tuple[Problem, Division, list[float]]:
    """A random plan without promises, divided into phases in a random way that its links allow, and random keys."""
    project = replace(draw(plans()), pins=())
    assume(not contradictions(project))
    try:
        problem = Problem(project)
    except Circular:
        assume(False)
    count = draw(st.integers(1, 3))
    phases = tuple(
        Phase(id=f"p{n}", name=f"P{n}", overlap=draw(st.booleans()), limit=draw(st.sampled_from([None, 1, 2])))
        for n in range(count)
    )
    phase_of: list[int] = []
    for group in problem.groups:
        phase_of.append(max([draw(st.integers(0, count - 1)), *(phase_of[n] for n in group.before)]))
    keys = [draw(st.integers(0, 30)) / 10 for _group in problem.groups]
    return problem, divided(problem, phases, phase_of), keys


def roadmap(problem: Problem, division: Division, schedule: Schedule) -> Roadmap:
    return Roadmap(
        packages=Fixed(
            {
                task.id: Placement(
                    phase=division.phases[division.phase_of[task.group]].id,
                    start=problem.workdays[schedule.start[task.number]],
                    finish=problem.workdays[schedule.finish[task.number]],
                )
                for task in problem.tasks
            }
        )
    )


def is_order(problem: Problem, division: Division, order: list[int]) -> None:
    assert sorted(order) == list(range(len(problem.groups)))
    assert all(division.phase_of[a] <= division.phase_of[b] for a, b in pairwise(order))
    place = {number: n for n, number in enumerate(order)}
    assert all(place[before] < place[group.number] for group in problem.groups for before in group.before)


@FEW
@given(posed())
def test_every_order_gives_a_valid_schedule(case):
    problem, division, keys = case
    decoder = Decoder(problem, division)
    order = decoder.by(keys)
    is_order(problem, division, order)
    try:
        schedule = decoder.serial(order)
        other = decoder.parallel(keys)
    except NoRoom:
        return
    assert verify(problem.project, roadmap(problem, division, schedule), division.phases) == ()
    assert decoder.serial(order) == schedule  # nothing is left over from one schedule to the next
    for new in (other, decoder.justified(schedule)):
        is_order(problem, division, new)
        again = decoder.serial(new)
        assert verify(problem.project, roadmap(problem, division, again), division.phases) == ()


@FEW
@given(posed(), st.data())
def test_what_has_begun_stands_and_the_rest_comes_after(case, data):
    problem, division, keys = case
    try:
        schedule = Decoder(problem, division).serial(Decoder(problem, division).by(keys))
    except NoRoom:
        return
    as_of = problem.workdays[data.draw(st.integers(0, max(schedule.finish)))]
    project, progress = problem.project, []
    for task in problem.tasks:
        start, finish = (problem.workdays[day[task.number]] for day in (schedule.start, schedule.finish))
        if start > as_of:
            continue
        done = finish <= as_of
        remaining = None if done else data.draw(st.none() | st.integers(1, 30))
        progress.append(Progress(package=task.id, start=start, finish=finish if done else None, remaining=remaining))
    project = replace(
        project, engagement=replace(project.engagement, as_of=as_of), progress=tuple(progress), roadmap=None
    )
    later = Problem(project)
    try:
        new = Decoder(later, division).serial(Decoder(later, division).by(keys))
    except NoRoom:
        return
    for task in later.tasks:
        if task.id in project.progress_of:
            assert new.start[task.number] == schedule.start[task.number]
        else:
            assert later.workdays[new.start[task.number]] >= as_of + timedelta(days=1)
    assert verify(project, roadmap(later, division, new), division.phases) == ()


def test_a_role_with_nothing_left_is_named(desk: Project):
    role = next(iter(desk.packages[0].effort))
    roles = tuple(replace(r, fte=0.0, changes=()) if r.id == role else r for r in desk.roles)
    problem = Problem(replace(desk, roles=roles))
    division = divided(problem, (Phase(id="p1", name="P1"),), [0] * len(problem.groups))
    decoder = Decoder(problem, division)
    with pytest.raises(NoRoom) as caught:
        decoder.serial(decoder.by([0.0] * len(problem.groups)))
    assert caught.value.role is not None
    assert problem.roles[caught.value.role] == role
