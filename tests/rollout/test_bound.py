"""Bounds: never above what can be reached, and not idle either."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from random_plans import CATALOGUE, plans

from planner.edit.start import start
from planner.model.calendar import Calendar, CapacityChange, Period, Role
from planner.model.knowledge import TERMS, Strategy, Weights
from planner.model.project import (
    Dependency,
    Engagement,
    Limits,
    Phase,
    Pin,
    Placement,
    ProcessScope,
    Progress,
    Project,
    Roadmap,
    WorkPackage,
)
from planner.model.values import DIMENSIONS, Duration, Effort, Fixed
from planner.rollout.bound import earliest, lower_bound, makespan_bound
from planner.rollout.bounds.machines import Machine, Part, ended, less, packed, shares
from planner.rollout.division import Division, divided, undivided
from planner.rollout.goal import Goal, Schedule
from planner.rollout.problem import Problem
from planner.rollout.propose import propose
from planner.rollout.result import Infeasible, Proposal
from planner.rollout.strategies import effective
from planner.rollout.verify import verify

BEGIN = date(2027, 1, 4)
PLAIN = CATALOGUE.strategies[0]


def weighing(**weights: float) -> Strategy:
    return replace(PLAIN, weights=Weights(**weights), first=())


def work(ident: str, days: int, load: float = 0.0, item: str = "", role: str = "a", **fields: object) -> WorkPackage:
    effort = Fixed({role: Effort(load * days, load * days, load * days)}) if load else Fixed()
    return WorkPackage(
        id=ident,
        name=ident,
        capability=item,
        workstream="process",
        days=Duration(days, days, days),
        effort=effort,
        **fields,  # type: ignore[arg-type]
    )


def plan(packages: list[WorkPackage], absorption: int = 9, **fields: object) -> Project:
    """A plan of ``packages`` for one role of one full-time equivalent, from a Monday on."""
    levels: dict[str, int] = {}
    for package in packages:
        if package.capability:
            process, level = package.capability.split("@")
            levels[process] = max(levels.get(process, 0), int(level))
    processes = tuple(
        ProcessScope(
            id=process,
            name=process,
            baseline=Fixed(dict.fromkeys(DIMENSIONS, 1)),
            target=Fixed(dict.fromkeys(DIMENSIONS, level)),
        )
        for process, level in levels.items()
    )
    usual = {
        "engagement": Engagement(name="tiny", start=BEGIN),
        "limits": Limits(absorption=absorption),
        "roles": (Role(id="a", name="a", fte=1.0), Role(id="b", name="b", fte=1.0)),
        "processes": processes,
    }
    return Project(packages=tuple(packages), **(usual | fields))  # type: ignore[arg-type]


def finish_bound(project: Project) -> int:
    problem = Problem(project)
    return makespan_bound(problem, undivided(problem))


# -- what each ingredient is worth ---------------------------------------------------------------------------


def test_a_chain_takes_as_long_as_its_links_say():
    project = plan(
        [work("x", 4), work("y", 3), work("z", 2)],
        dependencies=(
            Dependency(item="y", needs="x", lag=2),
            Dependency(item="z", needs="y", type="finish-finish", lag=1),
        ),
    )
    assert finish_bound(project) == 4 + 2 + 3 + 1
    assert earliest(Problem(project), undivided(Problem(project))) == [0, 6, 8]


def test_a_role_does_its_work_between_what_comes_before_and_after():
    dependencies = tuple(
        Dependency(item=item, needs=needs) for needs, item in [("h", "x"), ("h", "y"), ("x", "t"), ("y", "t")]
    )
    project = plan([work("h", 2), work("x", 5, 1.0), work("y", 5, 1.0), work("t", 3)], dependencies=dependencies)
    assert finish_bound(project) == 2 + 5 + 5 + 3


def test_work_that_cannot_run_side_by_side_is_counted_for_more_than_it_takes():
    # Three times 0.6 of one person are 1.8 persons' work in days, but never two at once.
    assert finish_bound(plan([work(name, 5, 0.6) for name in "xyz"])) == 15
    # Of five pieces of 0.4 two fit side by side: one of two lines does three of them.
    assert finish_bound(plan([work(name, 5, 0.4) for name in "vwxyz"])) == 15


def test_capacity_that_comes_later_is_waited_for():
    role = Role(id="a", name="a", fte=0.0, changes=(CapacityChange(since=BEGIN + timedelta(days=14), fte=1.0),))
    assert finish_bound(plan([work("x", 4, 0.5), work("y", 4, 1.0)], roles=(role,))) == 10 + 4 + 2


def test_the_limit_on_change_holds_for_whole_capabilities():
    packages = [work(f"{name}{n}", 3, item=f"{name}@2") for name in "xyz" for n in (1, 2)]
    chained = [replace(p, after=(p.id[0] + "1",)) if p.id.endswith("2") else p for p in packages]
    assert finish_bound(plan(chained, absorption=1)) == 18
    assert finish_bound(plan(chained, absorption=2)) == 12  # one of two lines takes two of the three
    heavy = Limits(absorption=3, change_weight=Fixed({"2": 2}))
    assert finish_bound(plan(chained, limits=heavy)) == 18


def test_phases_that_do_not_overlap_add_up():
    project = plan([work("x", 4, 1.0), work("y", 4, 1.0), work("z", 6)])
    problem = Problem(project)
    phases = (Phase(id="p1", name="p1"), Phase(id="p2", name="p2"), Phase(id="p3", name="p3", overlap=True))
    assert makespan_bound(problem, divided(problem, phases, (0, 0, 1))) == 8 + 6
    assert earliest(problem, divided(problem, phases, (0, 1, 2))) == [0, 4, 4]
    assert makespan_bound(problem, divided(problem, phases, (0, 0, 2))) == 8
    late = (phases[0], replace(phases[1], not_before=BEGIN + timedelta(days=28)))
    assert earliest(problem, divided(problem, late, (0, 0, 1)))[2] == 20


def test_a_level_settles_before_the_next_begins():
    limits = Limits(absorption=9, stabilise_weeks=Fixed({"2": 3}))
    project = plan([work("x", 5, item="p@2"), work("y", 5, item="p@3")], limits=limits)
    assert finish_bound(project) == 5 + 15 + 5


def test_what_has_begun_stands_and_takes_its_share():
    packages = [work("x", 6, 1.0, "p@2"), work("y", 4, 0.5, "q@2"), work("z", 3, item="r@2")]
    project = plan(
        packages,
        absorption=1,
        engagement=Engagement(name="tiny", start=BEGIN, as_of=BEGIN + timedelta(days=4)),
        progress=(Progress(package="x", start=BEGIN + timedelta(days=2), remaining=4),),
    )
    problem = Problem(project)
    assert earliest(problem, undivided(problem)) == [2, 5, 5]
    assert makespan_bound(problem, undivided(problem)) == 9 + 4 + 3


def test_terms_other_than_time_count_what_is_sure():
    packages = [work("x", 5, 0.8, "p@2"), work("y", 5, 0.5, "q@2")]
    project = plan(
        packages,
        dependencies=(Dependency(item="x", needs="y", strength="soft"),),
        pins=(Pin(item="y", deadline=BEGIN + timedelta(days=7), may_slip=True),),
        roadmap=Roadmap(
            packages=Fixed({name: Placement(phase="p1", start=BEGIN, finish=BEGIN) for name in ("x", "y")})
        ),
    )
    problem = Problem(project)
    division = divided(problem, (Phase(id="p1", name="p1"), Phase(id="p2", name="p2")), (0, 1))

    def least(**weights: float) -> float:
        return lower_bound(problem, division, Goal(problem, weighing(**weights), division))

    assert least(peak=1.0) == pytest.approx(0.8)
    assert least(smooth=1.0) == pytest.approx(0.8)
    assert least(soft=1.0) == 1
    assert least(first_value=1.0) == pytest.approx(5 / 7)
    assert least(finish=1.0) == pytest.approx(12 / 7)
    assert least(late=1.0) == pytest.approx(4 / 7)
    assert least(moved=1.0) == pytest.approx(0.5)
    assert least(value=1.0) == pytest.approx((5 + 12) / 2 / 7)
    assert least(value=2.0, soft=3.0) == pytest.approx(2 * 8.5 / 7 + 3)


def test_the_mean_week_counts_that_a_resource_does_one_thing_after_another():
    project = plan([work(name, 5, 1.0, f"{name}@2") for name in "wxyz"])
    problem = Problem(project)
    goal = Goal(problem, weighing(value=1.0), undivided(problem))
    best = (5 + 12 + 19 + 26) / 4 / 7
    assert 0.9 * best < lower_bound(problem, undivided(problem), goal) <= best + 1e-9


# -- relaxations of one resource -----------------------------------------------------------------------------


def test_the_longest_tail_goes_first():
    parts = (Part((0,), 0, 4, 4.0, 7), Part((1,), 1, 2, 2.0, 9), Part((2,), 2, 3, 3.0, 0))
    assert ended(Machine(((0, 1.0),), parts)) == 1 + 2 + 3 + 7
    assert ended(Machine(((0, 0.5), (10, 1.0)), parts)) == 11 + 7


def test_parts_that_may_not_be_cut_need_room_on_one_line():
    parts = tuple(Part((n,), 0, 5, 5.0, n) for n in range(4))
    assert packed(Machine(((0, 3.0),), parts)) == 10
    assert packed(Machine(((0, 4.0),), parts)) == 0


def test_less_takes_away_no_more_than_there_is():
    supply = less(((0, 2.0), (6, 1.0)), [(2, 3, 1.5), (3, 7, 1.0)])
    assert supply == ((0, 2.0), (2, 0.5), (3, 0.0), (4, 1.0), (6, 0.0), (8, 1.0))


def test_other_ways_of_counting_never_forbid_what_fits():
    chance = random.Random(3)
    for _trial in range(300):
        capacity = 10 + int(chance.random() * 30)
        loads = [1 + int(chance.random() * capacity) for _n in range(6)]
        for way in shares(loads, capacity):
            for chosen in product((0, 1), repeat=len(loads)):
                if sum(load for load, taken in zip(loads, chosen, strict=True) if taken) <= capacity:
                    assert sum(share for share, taken in zip(way, chosen, strict=True) if taken) <= 1 + 1e-9


# -- never above what can be reached -------------------------------------------------------------------------


@st.composite
def tiny(draw: st.DrawFn) -> tuple[Project, tuple[int, ...]]:
    """A plan of three or four packages, and the phase of each of its capabilities in order."""
    count = draw(st.integers(3, 4))
    items = draw(
        st.sampled_from([("p@2", "p@3", "q@2", "q@2"), ("p@2", "q@2", "r@2", "r@2"), ("p@2", "p@2", "q@2", "")])
    )
    longest = 3 if count == 4 else 4
    packages = [
        work(
            f"x{n}",
            draw(st.integers(1, longest)),
            draw(st.sampled_from([0.0, 0.3, 0.4, 0.6, 1.0])),
            items[n],
            draw(st.sampled_from("aab")),
        )
        for n in range(count)
    ]
    links = []
    for before, after in [(0, 1), (0, 2), (1, 2), (2, 3)]:
        if after < count and draw(st.integers(0, 3)) == 0:
            kind = draw(st.sampled_from(["finish-start", "start-start", "finish-finish", "start-finish"]))
            links.append(Dependency(item=f"x{after}", needs=f"x{before}", type=kind, lag=draw(st.integers(-1, 2))))
    calendar = Calendar(
        working_days=draw(st.sampled_from([("mon", "tue", "wed", "thu", "fri"), ("mon", "wed", "thu")])),
        holidays=(Period(first=BEGIN + timedelta(days=3), last=BEGIN + timedelta(days=8)),) * draw(st.integers(0, 1)),
    )
    changes = (CapacityChange(since=BEGIN + timedelta(days=4), fte=draw(st.sampled_from([1.0, 0.6, 1.3]))),)
    roles = (Role(id="a", name="a", fte=1.0, changes=changes), Role(id="b", name="b", fte=1.0))
    weight = Fixed({"3": 2}) if draw(st.booleans()) else Fixed()
    limits = Limits(
        absorption=draw(st.integers(2, 3)) if weight else draw(st.integers(1, 2)),
        change_weight=weight,
        stabilise_weeks=Fixed({"2": draw(st.integers(0, 1))}),
    )
    phases = tuple(
        Phase(id=f"p{n}", name=f"p{n}", overlap=draw(st.booleans()), limit=draw(st.sampled_from([None, None, 2])))
        for n in range(2)
    )
    project = plan(packages, limits=limits, calendar=calendar, dependencies=tuple(links), roles=roles, phases=phases)
    return project, tuple(sorted(draw(st.lists(st.integers(0, 1), min_size=4, max_size=4))))


def placed(problem: Problem, division: Division, starts: tuple[int, ...]) -> Roadmap:
    days = problem.workdays
    return Roadmap(
        packages=Fixed(
            {
                task.id: Placement(
                    phase=division.phases[division.phase_of[task.group]].id,
                    start=days[start],
                    finish=days[start + task.days - 1],
                )
                for task, start in zip(problem.tasks, starts, strict=True)
            }
        )
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    tiny(), st.sampled_from([{"finish": 1.0}, {"value": 1.0}, {"value": 2.0, "finish": 1.0, "peak": 1.0, "soft": 1.0}])
)
def test_no_valid_schedule_is_better_than_the_bound(drawn, weights):
    project, phase_of = drawn
    problem = Problem(project)
    division = divided(problem, project.phases, phase_of[: len(problem.groups)])
    goal = Goal(problem, weighing(**weights), division)
    bound = lower_bound(problem, division, goal)
    first = earliest(problem, division)
    length = makespan_bound(problem, division)
    terms = [term for term in TERMS if goal.weight[term]]
    for starts in product(*(range(HORIZON[len(problem.tasks)]) for _task in problem.tasks)):
        if not fits(problem, starts):
            continue
        finish = [start + task.days - 1 for task, start in zip(problem.tasks, starts, strict=True)]
        schedule = Schedule(list(starts), finish)
        value = sum(goal.weight[term] * goal.term(term, schedule) for term in terms)
        if value < bound - 1e-6 or max(finish) + 1 < length or any(map(int.__lt__, starts, first)):
            assert verify(project, placed(problem, division, starts), division.phases), (starts, value, bound)


HORIZON = {3: 10, 4: 7}
"""On how many days tasks may start in the enumeration, by how many tasks there are."""


def fits(problem: Problem, starts: tuple[int, ...]) -> bool:
    """Whether no link from one package to the start of another, and no role on the first day of a task, is broken."""
    tasks = problem.tasks
    for task in tasks:
        for bound in task.bounds:
            ready = max(starts[n] + tasks[n].days for n in bound.sources) + bound.lag
            if bound.from_finish and not bound.on_finish and starts[task.number] < ready:
                return False
    for task in tasks:
        day = starts[task.number]
        for role, _units in task.loads:
            used = sum(
                units
                for other in tasks
                if starts[other.number] <= day < starts[other.number] + other.days
                for mine, units in other.loads
                if mine == role
            )
            if used > problem.capacity(role, day):
                return False
    return True


# -- and never above what the engine reaches ------------------------------------------------------------------


def division_of(problem: Problem, proposal: Proposal) -> Division:
    index = {phase.id: number for number, phase in enumerate(proposal.phases)}
    placed_in = {item: index[place.phase] for item, place in proposal.roadmap.packages.items()}
    phase_of = [placed_in[problem.tasks[group.tasks[0]].id] for group in problem.groups]
    return divided(problem, proposal.phases, phase_of)


def schedule_of(problem: Problem, proposal: Proposal) -> Schedule:
    places = [proposal.roadmap.packages[task.id] for task in problem.tasks]
    days = problem.workdays
    return Schedule([days.on_or_after(p.start) for p in places], [days.on_or_before(p.finish) for p in places])


STRATEGIES = [strategy for strategy in CATALOGUE.strategies if not strategy.from_pains]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(plans(), st.sampled_from(STRATEGIES), st.none() | st.integers(1, 4))
def test_no_proposal_is_better_than_its_bound(project, strategy, count):
    try:
        proposal = propose(project, strategy, phases=count)
    except Infeasible:
        assume(False)
    problem = Problem(project, proposal.roadmap.absorption)
    division, schedule = division_of(problem, proposal), schedule_of(problem, proposal)
    goal = Goal(problem, strategy, division)
    for term in goal.weight:
        alone = Goal(problem, weighing(**{term: 1.0}), division)
        assert lower_bound(problem, division, alone) <= alone.term(term, schedule) + 1e-9, term
    assert lower_bound(problem, division, goal) <= goal.value(goal.terms(schedule)) + 1e-9
    assert all(a <= b for a, b in zip(earliest(problem, division), schedule.start, strict=True))
    assert makespan_bound(problem, division) <= max(schedule.finish) + 1


@pytest.mark.parametrize("template", [template.id for template in CATALOGUE.engagements])
def test_the_bound_of_a_template_says_something(template):
    known = CATALOGUE.engagement_by_id[template]
    project, strategy = start(known, CATALOGUE, begin=BEGIN), CATALOGUE.strategy_by_id[known.strategy]
    proposal = propose(project, strategy)
    problem = Problem(project, proposal.roadmap.absorption)
    division = division_of(problem, proposal)
    goal = Goal(problem, effective(strategy, project), division)
    value = goal.value(goal.terms(schedule_of(problem, proposal)))
    assert 0.8 * value < lower_bound(problem, division, goal) <= value + 1e-9
