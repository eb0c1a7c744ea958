"""The exact engine: as good as trying everything, honest bounds, and an answer whatever happens to the solver."""

import json
import sys
import threading
from dataclasses import asdict, replace
from datetime import date, timedelta
from itertools import product
from time import monotonic
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from random_plans import CATALOGUE, plans

from planner.model.calendar import Calendar, CapacityChange, Period, Role
from planner.model.knowledge import Strategy, Term, Weights
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
from planner.rollout import optimal
from planner.rollout.bound import lower_bound
from planner.rollout.decode import Decoder
from planner.rollout.division import Division, divided, undivided
from planner.rollout.exact.parts import Parts, parts_of
from planner.rollout.goal import Goal, Rank, Schedule
from planner.rollout.optimal import improve, solve
from planner.rollout.orders import rules
from planner.rollout.problem import Problem
from planner.rollout.propose import propose
from planner.rollout.result import Infeasible
from planner.rollout.schedule import NoRoom
from planner.rollout.strategies import effective
from planner.rollout.verify import verify
from planner.rollout.watch import Sight, Watch

pytest.importorskip("ortools")

BEGIN = date(2027, 1, 4)
PLAIN = CATALOGUE.strategies[0]


def weighing(*first: Term, **weights: float) -> Strategy:
    return replace(PLAIN, weights=Weights(**weights), first=first)


def work(ident: str, days: int, load: float = 0.0, item: str = "", role: str = "a") -> WorkPackage:
    effort = Fixed({role: Effort(load * days, load * days, load * days)}) if load else Fixed()
    length = Duration(days, days, days)
    return WorkPackage(id=ident, name=ident, capability=item, workstream="process", days=length, effort=effort)


def plan(packages: list[WorkPackage], **fields: Any) -> Project:
    """A plan of ``packages`` for roles of one full-time equivalent, from a Monday on."""
    levels: dict[str, int] = {}
    for process, _at, level in (p.capability.partition("@") for p in packages if p.capability):
        levels[process] = max(levels.get(process, 0), int(level))
    processes = tuple(
        ProcessScope(
            id=process,
            name=process,
            baseline=Fixed(dict.fromkeys(DIMENSIONS, 1)),
            target=Fixed(dict.fromkeys(DIMENSIONS, level)),
            importance=1 + ord(process) % 3,
        )
        for process, level in levels.items()
    )
    usual = {
        "engagement": Engagement(name="tiny", start=BEGIN),
        "limits": Limits(absorption=9),
        "roles": (Role(id="a", name="a", fte=1.0), Role(id="b", name="b", fte=1.0)),
        "processes": processes,
    }
    return Project(packages=tuple(packages), **(usual | fields))


def first_schedule(problem: Problem, division: Division) -> Schedule:
    """What the first known rule gives. Raises NoRoom."""
    decoder = Decoder(problem, division)
    return decoder.serial(next(iter(rules(problem, decoder))))


def scheduled(problem: Problem, start: list[int]) -> Schedule:
    return Schedule(start, [day + task.days - 1 for day, task in zip(start, problem.tasks, strict=True)])


def placed(problem: Problem, division: Division, schedule: Schedule) -> Roadmap:
    days = problem.workdays
    return Roadmap(
        packages=Fixed(
            {
                task.id: Placement(
                    phase=division.phases[division.phase_of[task.group]].id,
                    start=days[schedule.start[task.number]],
                    finish=days[schedule.finish[task.number]],
                )
                for task in problem.tasks
            }
        )
    )


def broken(problem: Problem, division: Division, schedule: Schedule) -> list[str]:
    """What verify objects to, but for promises missed: these only count before everything else."""
    found = verify(problem.project, placed(problem, division, schedule), division.phases)
    return [v.message for v in found if v.rule != "deadline"]


def solved_here(
    problem: Problem, division: Division, goal: Goal, start: Schedule, seconds: float = 20.0
) -> tuple[Schedule, float, bool]:
    """The best schedule, the last bound, and whether it is proven, without another process."""
    best, bound, proven = start, float("-inf"), False

    def tell(word: dict[str, Any]) -> None:
        nonlocal best, bound, proven
        if "start" in word:
            best = min(best, scheduled(problem, word["start"]), key=lambda s: goal.rank(s) or ())
        bound = max(bound, word.get("bound", bound))
        proven = word.get("end", proven)

    least = lower_bound(problem, division, goal)
    solve(parts_of(problem, division, goal, start), start.start, least, monotonic() + seconds, tell)
    return best, bound, proven


# -- as good as trying everything ----------------------------------------------------------------------------


@st.composite
def tiny(draw: st.DrawFn) -> tuple[Project, tuple[int, ...]]:
    """A plan of three or four packages, and the phase of each of its capabilities in order."""
    count = draw(st.integers(3, 4))
    items = draw(
        st.sampled_from([("p@2", "p@3", "q@2", "q@2"), ("p@2", "q@2", "r@2", "r@2"), ("p@2", "p@2", "q@2", "")])
    )
    packages = [
        work(
            f"x{n}",
            draw(st.integers(1, 3 if count == 4 else 4)),
            draw(st.sampled_from([0.0, 0.3, 0.4, 0.6, 1.0])),
            items[n],
            draw(st.sampled_from("aab")),
        )
        for n in range(count)
    ]
    links = []
    for before, after in [(0, 1), (0, 2), (1, 2), (2, 3)]:
        if after < count and draw(st.integers(0, 2)) == 0:
            kind = draw(st.sampled_from(["finish-start", "start-start", "finish-finish", "start-finish"]))
            needs = draw(st.sampled_from([f"x{before}", items[before] or f"x{before}"]))
            strength = draw(st.sampled_from(["hard", "hard", "soft"]))
            lag = draw(st.integers(-1, 2))
            if not items[after] or needs != items[after]:
                links.append(Dependency(item=f"x{after}", needs=needs, type=kind, lag=lag, strength=strength))
    calendar = Calendar(
        working_days=draw(st.sampled_from([("mon", "tue", "wed", "thu", "fri"), ("mon", "wed", "thu")])),
        holidays=(Period(first=BEGIN + timedelta(days=3), last=BEGIN + timedelta(days=8)),) * draw(st.integers(0, 1)),
    )
    changes = (CapacityChange(since=BEGIN + timedelta(days=4), fte=draw(st.sampled_from([1.0, 0.6, 1.3]))),)
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
    pins = ()
    if draw(st.booleans()):
        due = BEGIN + timedelta(days=draw(st.integers(2, 20)))
        pins = (Pin(item=f"x{draw(st.integers(0, count - 1))}", deadline=due, may_slip=draw(st.booleans())),)
    progress, as_of = (), None
    if draw(st.integers(0, 3)) == 0:
        progress = (Progress(package="x0", start=BEGIN, remaining=draw(st.integers(1, 3))),)
        as_of = BEGIN + timedelta(days=1)
    project = plan(
        packages,
        engagement=Engagement(name="tiny", start=BEGIN, as_of=as_of),
        limits=limits,
        calendar=calendar,
        dependencies=tuple(links),
        roles=(Role(id="a", name="a", fte=1.0, changes=changes), Role(id="b", name="b", fte=1.0)),
        phases=phases,
        pins=pins,
        progress=progress,
        roadmap=Roadmap(packages=Fixed({"x1": Placement(phase="p0", start=BEGIN + timedelta(days=7), finish=BEGIN)})),
    )
    return project, tuple(sorted(draw(st.lists(st.integers(0, 1), min_size=4, max_size=4))))


def best_of_all(problem: Problem, division: Division, goal: Goal) -> Rank | None:
    """The rank of the best schedule with every start within two weeks or so; None when there is none."""
    days = 8 if len(problem.tasks) == 4 else 11
    choices = [
        [task.begun] if task.begun is not None else range(task.not_before, task.not_before + days)
        for task in problem.tasks
    ]
    ranked = sorted(
        (goal.rank(schedule) or (), schedule.start)
        for schedule in (scheduled(problem, list(starts)) for starts in product(*choices))
    )
    return next((rank for rank, start in ranked if not broken(problem, division, scheduled(problem, start))), None)


WANTED = [
    weighing(finish=1.0),
    weighing(value=1.0, first_value=0.5),
    weighing(value=2.0, finish=1.0, peak=1.0, soft=1.0, late=0.7),
    weighing(smooth=3.0, moved=1.0, finish=0.1),
    weighing("soft", "first_value", value=1.0),
]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(tiny(), st.sampled_from(WANTED))
def test_exact_is_as_good_as_trying_everything(drawn, strategy):
    project, phase_of = drawn
    problem = Problem(project)
    division = divided(problem, project.phases, phase_of[: len(problem.groups)])
    goal = Goal(problem, strategy, division)
    try:
        start = first_schedule(problem, division)
    except NoRoom:
        assume(False)
    assume(not broken(problem, division, start))
    best, bound, proven = solved_here(problem, division, goal, start)
    rank = goal.rank(best)
    assert rank is not None
    assert proven
    assert not broken(problem, division, best)
    assert bound == pytest.approx(rank[-1], abs=1e-5)
    known = best_of_all(problem, division, goal)
    if known is not None:
        assert rank[:-1] <= known[:-1]
        assert rank[:-1] < known[:-1] or rank[-1] <= known[-1] + 1e-6


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_what_it_finds_for_random_plans_is_valid_and_no_worse(project):
    strategy = next(s for s in CATALOGUE.strategies if not s.from_pains)
    try:
        found = propose(project, strategy)
    except Infeasible:
        assume(False)
    problem = Problem(project, effective(strategy, project).absorption)
    place = {phase.id: number for number, phase in enumerate(found.phases)}
    packages = found.roadmap.packages
    phase_of = [place[packages[problem.tasks[group.tasks[0]].id].phase] for group in problem.groups]
    division = divided(problem, found.phases, phase_of)
    goal = Goal(problem, effective(strategy, project), division)
    given = scheduled(problem, [problem.workdays.on_or_after(packages[task.id].start) for task in problem.tasks])
    best, bound, _proven = solved_here(problem, division, goal, given, seconds=1.0)
    rank, had = goal.rank(best), goal.rank(given)
    assert rank is not None
    assert had is not None
    assert rank <= had
    assert bound <= rank[-1] + 1e-6
    roadmap = replace(placed(problem, division, best), absorption=strategy.absorption)
    assert not verify(project, roadmap, division.phases)


# -- single ingredients --------------------------------------------------------------------------------------


def best_value(project: Project, strategy: Strategy, phase_of: tuple[int, ...] = ()) -> tuple[Problem, Schedule, float]:
    problem = Problem(project)
    division = divided(problem, project.phases, phase_of) if phase_of else undivided(problem)
    goal = Goal(problem, strategy, division)
    best, bound, proven = solved_here(problem, division, goal, first_schedule(problem, division))
    assert proven
    return problem, best, bound


def test_phases_are_solved_to_the_end_with_days_off_and_settling():
    packages = [work(f"{name}{n}", 4 + n, 0.6, f"{name}@2", "ab"[n]) for name in "pqrstu" for n in (0, 1)]
    packages += [work("p3", 6, 0.6, "p@3"), work("q3", 5, 0.4, "q@3")]
    off = tuple(Period(first=BEGIN + timedelta(days=d), last=BEGIN + timedelta(days=d + 9)) for d in (20, 55, 90))
    project = plan(
        packages,
        calendar=Calendar(holidays=off[:1], blackouts=off[1:]),
        limits=Limits(absorption=2, stabilise_weeks=Fixed({"2": 3})),
        phases=(Phase(id="p1", name="p1"), Phase(id="p2", name="p2"), Phase(id="p3", name="p3")),
    )
    problem = Problem(project)
    phase_of = tuple(
        2 if any("3" in item for item in group.capabilities) else group.number % 2 for group in problem.groups
    )
    phase_of = tuple(sorted(phase_of))
    division = divided(problem, project.phases, phase_of)
    goal = Goal(problem, weighing(value=1.0, finish=0.5, soft=0.3, peak=0.2), division)
    start = first_schedule(problem, division)
    best, bound, proven = solved_here(problem, division, goal, start)
    rank, had = goal.rank(best), goal.rank(start)
    assert rank is not None
    assert had is not None
    assert proven
    assert rank[-1] < had[-1]
    assert bound == pytest.approx(rank[-1], abs=1e-5)
    assert not broken(problem, division, best)
    # The same without the help of phases solved by themselves, and by more than one worker.
    least = lower_bound(problem, division, goal)
    words: list[dict[str, Any]] = []
    parts = parts_of(problem, division, goal, start)
    solve(parts, start.start, least, monotonic() + 20, words.append, workers=2)
    assert max(word["bound"] for word in words if "bound" in word) == pytest.approx(bound, abs=1e-5)


def test_what_comes_first_is_not_traded_for_the_rest():
    packages = [work("x", 5, 1.0, "p@2"), work("y", 1, 1.0, "q@2")]
    problem, best, _bound = best_value(plan(packages), weighing("finish", value=1.0))
    assert [best.start[problem.task_of[item]] for item in "xy"] == [1, 0]
    soft = (Dependency(item="y", needs="x", strength="soft"),)
    problem, best, _bound = best_value(plan(packages, dependencies=soft), weighing("soft", value=1.0))
    assert [best.start[problem.task_of[item]] for item in "xy"] == [0, 5]


def test_a_lower_peak_is_bought_with_time_only_where_it_is_worth_it():
    project = plan([work("x", 5, 0.5), work("y", 5, 0.5)])
    assert max(best_value(project, weighing(finish=1.0, peak=1.0))[1].finish) == 4
    _problem, best, bound = best_value(project, weighing(finish=1.0, peak=5.0))
    assert max(best.finish) == 9
    assert bound == pytest.approx(12 / 7 + 2.5)


def test_a_missed_promise_is_missed_by_as_little_as_possible():
    packages = [work("x", 5, 1.0, "p@2"), work("y", 5, 1.0, "q@2"), work("z", 5, 1.0, "r@2")]
    pins = tuple(Pin(item=item, deadline=BEGIN + timedelta(days=4)) for item in "yz")
    problem = Problem(plan(packages, pins=pins))
    division = undivided(problem)
    goal = Goal(problem, weighing(value=1.0), division)
    worst = scheduled(problem, [0, 5, 10])
    best, _bound, proven = solved_here(problem, division, goal, worst)
    assert proven
    assert goal.late(worst) == 7 + 14
    assert goal.late(best) == 7
    assert best.start[problem.task_of["x"]] == 10


def test_parts_survive_the_way_to_another_process(desk):
    problem = Problem(desk)
    division = undivided(problem)
    goal = Goal(problem, weighing(value=1.0), division)
    parts = parts_of(problem, division, goal, first_schedule(problem, division))
    again = Parts.read(json.loads(json.dumps(asdict(parts))))
    assert json.dumps(asdict(again)) == json.dumps(asdict(parts))
    assert again.roles[0].loads
    assert sorted(again.stages[0].tasks) == list(range(len(problem.tasks)))


# -- the other process ---------------------------------------------------------------------------------------


class Looking(Watch):
    """Keeps what it is told, and stops when asked to."""

    def __init__(self, stop: bool = False) -> None:
        self.sights: list[Sight] = []
        self.stop = stop

    def told(self, sight: Sight) -> None:
        self.sights.append(sight)

    def stopped(self) -> bool:
        return self.stop


def desk_problem(desk: Project) -> tuple[Problem, Division, Goal, Schedule]:
    problem = Problem(desk)
    division = undivided(problem)
    goal = Goal(problem, weighing(value=1.0, finish=0.5), division)
    return problem, division, goal, first_schedule(problem, division)


def test_it_improves_in_another_process_and_tells_of_it():
    packages = [work(f"x{n}", 3 + n % 4, 0.4 + n % 3 / 10, f"{'pqrstuvw'[n]}@2") for n in range(8)]
    problem = Problem(plan(packages, limits=Limits(absorption=2)))
    division = undivided(problem)
    goal = Goal(problem, weighing(value=1.0, finish=0.5), division)
    start = first_schedule(problem, division)
    watch = Looking()
    found = improve(problem, division, goal, start, time_limit=30, watch=watch)
    had = goal.rank(start)
    assert had is not None
    assert found.rank < had
    assert found.rank == goal.rank(found.schedule)
    assert found.status == "optimal"
    assert found.bound == found.rank[-1]
    assert not found.trouble
    assert not broken(problem, division, found.schedule)
    assert any(sight.solver == "exact" and sight.bound is not None for sight in watch.sights)
    bounds = [sight.bound for sight in watch.sights if sight.bound is not None]
    assert bounds == sorted(bounds)


def test_stopped_at_once_it_keeps_what_it_was_given(desk):
    problem, division, goal, start = desk_problem(desk)
    begin = monotonic()
    found = improve(problem, division, goal, start, time_limit=60, watch=Looking(stop=True))
    assert monotonic() - begin < 20
    assert found.rank <= (goal.rank(start) or ())
    assert found.status == "feasible"
    assert found.bound is not None
    assert found.bound <= found.rank[-1]
    assert not broken(problem, division, found.schedule)


def test_stopped_at_any_moment_the_schedule_is_valid(desk):
    problem, division, goal, start = desk_problem(desk)
    for seconds in (0.2, 0.9):
        watch = Looking()
        timer = threading.Timer(seconds, lambda watch=watch: setattr(watch, "stop", True))
        timer.start()
        found = improve(problem, division, goal, start, time_limit=60, watch=watch)
        timer.join()
        assert not broken(problem, division, found.schedule)
        assert found.rank <= (goal.rank(start) or ())


def test_without_time_it_answers_with_what_it_was_given(desk):
    problem, division, goal, start = desk_problem(desk)
    found = improve(problem, division, goal, start, time_limit=0)
    assert found.rank <= (goal.rank(start) or ())
    assert found.status == "feasible"


def test_a_solver_that_breaks_down_is_told_and_harmless(desk, monkeypatch, tmp_path):
    problem, division, goal, start = desk_problem(desk)
    broken_python = tmp_path / "python"
    broken_python.write_text("#!/bin/sh\necho no memory >&2\nexit 3\n")
    broken_python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken_python))
    found = improve(problem, division, goal, start, time_limit=0.5)
    assert found.status == "feasible"
    assert found.trouble == "exit code 3 no memory"
    assert found.rank <= (goal.rank(start) or ())


def test_where_no_process_may_be_started_the_heuristic_answers(desk, monkeypatch, tmp_path):
    problem, division, goal, start = desk_problem(desk)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    found = improve(problem, division, goal, start, time_limit=0.2)
    assert (found.status, found.trouble) == ("feasible", "No such file or directory")
    assert found.rank <= (goal.rank(start) or ())


def test_the_solver_ends_with_whoever_started_it(desk):
    problem, division, goal, start = desk_problem(desk)
    order = {
        "parts": asdict(parts_of(problem, division, goal, start)),
        "start": start.start,
        "least": 0.0,
        "until": monotonic() + 60,
        "seed": 0,
        "workers": 1,
    }
    with optimal._Solver(order) as solver:
        assert solver.said(20) is not None
        assert solver.process.stdin is not None
        solver.process.stdin.close()
        assert solver.process.wait(timeout=20) == 0


def test_a_plan_in_which_all_has_begun_needs_no_solver():
    project = plan(
        [work("x", 4, 1.0, "p@2")],
        engagement=Engagement(name="tiny", start=BEGIN, as_of=BEGIN),
        progress=(Progress(package="x", start=BEGIN, remaining=3),),
    )
    problem = Problem(project)
    goal = Goal(problem, weighing(finish=1.0), undivided(problem))
    found = improve(problem, undivided(problem), goal, scheduled(problem, [0]), time_limit=10)
    assert found.status == "optimal"
    assert found.schedule.start == [0]
