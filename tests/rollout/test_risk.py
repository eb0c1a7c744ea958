"""Monte Carlo over a roadmap: what is drawn keeps every constraint, and what is told follows from the runs."""

import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from random_plans import CATALOGUE, plans

from planner.edit.roadmap import adopt
from planner.model.answers import Answer, AnswerSheet
from planner.model.calendar import CapacityChange, Role
from planner.model.knowledge import Catalogue
from planner.model.known.risk import BaselineDoubt, Swing, Uncertainty
from planner.model.measures import Milestone
from planner.model.project import (
    Dependency,
    Engagement,
    Phase,
    Pin,
    Placement,
    Progress,
    Project,
    Roadmap,
    WorkPackage,
)
from planner.model.rating import asked, profile_of
from planner.model.values import Duration, Effort, Fixed
from planner.rollout.problem import Problem
from planner.rollout.propose import propose
from planner.rollout.result import Infeasible, Violation
from planner.rollout.risk import Risk, risk, simulated
from planner.rollout.risks import chunks as risk_chunks
from planner.rollout.risks.doubt import doubts
from planner.rollout.risks.flows import Claim, hand_over
from planner.rollout.risks.partial_order import Network, Unplaced, lasting
from planner.rollout.risks.program import compiled, triangular
from planner.rollout.risks.runs import CHUNK, Program, Simulator
from planner.rollout.verify import verify
from planner.rollout.watch import Sight, Watch

MONDAY = date(2027, 1, 4)
CERTAIN_BASELINE = BaselineDoubt(
    extra=0, given=0, by_hand=0, answered=0, open=0, disagreed=0, unbacked=0, yearly=0, most=0
)
NOTHING = Uncertainty(
    role=Swing(faster=0, slower=0), process=Swing(faster=0, slower=0), baseline=CERTAIN_BASELINE, source="test"
)


@pytest.fixture(scope="module")
def planned(desk: Project, catalogue: Catalogue) -> Project:
    proposal = propose(desk, catalogue.strategies[0])
    return adopt(desk, proposal.roadmap, proposal.phases)


# -- small plans, by hand -----------------------------------------------------------------------------------


def package(ident: str, days: tuple[int, int, int], load: float = 0.0, after: Sequence[str] = ()) -> WorkPackage:
    effort = {"tester": Effort(0.0, load * days[1], 99.0)} if load else {}
    return WorkPackage(
        id=ident, name=ident, workstream="process", days=Duration(*days), effort=Fixed(effort), after=tuple(after)
    )


def small(*placed: tuple[WorkPackage, int], fte: float = 1.0, changes: tuple[CapacityChange, ...] = ()) -> Project:
    """A plan of packages, each with the number of working days after Monday on which it starts."""
    bare = Project(
        engagement=Engagement(name="Small", start=MONDAY),
        roles=(Role(id="tester", name="Tester", fte=fte, changes=changes),),
        phases=(Phase(id="p1", name="One"),),
        packages=tuple(work for work, _day in placed),
    )
    days = Problem(bare).workdays
    places = {
        work.id: Placement(phase="p1", start=days[day], finish=days[day + work.days.likely - 1]) for work, day in placed
    }
    return replace(bare, roadmap=Roadmap(packages=Fixed(places)))


def told(project: Project, runs: int = 300, uncertainty: Uncertainty = NOTHING, seed: int = 0) -> Risk:
    return simulated(project, uncertainty, {}, runs=runs, seed=seed, processes=1)


def program_of(
    project: Project, uncertainty: Uncertainty = NOTHING, doubtful: dict[str, float] | None = None
) -> tuple[Problem, Network, Program]:
    assert project.roadmap is not None
    problem = Problem(project, project.roadmap.absorption)
    network = Network(problem, project.roadmap)
    return problem, network, compiled(network, uncertainty, doubtful or {}, [], [])


def days_when(project: Project, **lengths: int) -> dict[str, int]:
    """The working day on which each package starts when some last otherwise."""
    problem, _network, program = program_of(project)
    days = list(program.days)
    for ident, length in lengths.items():
        days[problem.task_of[ident]] = length
    end, _lacking = Simulator(program).pass_over(days)
    return {task.id: end[task.number] - days[task.number] for task in problem.tasks}


def test_who_takes_over_capacity_waits_for_whoever_had_it() -> None:
    project = small(
        (package("a", (5, 10, 20), 1.0), 0), (package("b", (5, 5, 5), 0.5), 10), (package("c", (3, 3, 3)), 0)
    )
    assert days_when(project) == {"a": 0, "b": 10, "c": 0}
    assert days_when(project, a=17) == {"a": 0, "b": 17, "c": 0}
    assert days_when(project, a=4) == {"a": 0, "b": 4, "c": 0}


def test_work_that_overlaps_in_the_roadmap_does_not_wait() -> None:
    project = small((package("a", (5, 10, 20), 0.5), 0), (package("b", (5, 5, 5), 0.5), 3))
    assert days_when(project, a=30) == {"a": 0, "b": 0}


def test_a_pinned_date_holds_and_the_roadmaps_own_does_not() -> None:
    project = small((package("a", (2, 4, 6)), 0), (package("b", (2, 4, 6)), 9))
    assert days_when(project)["b"] == 0
    pinned = replace(project, pins=(Pin(item="b", not_before=date(2027, 1, 11)),))
    assert days_when(pinned)["b"] == 5


def test_a_role_that_loses_capacity_is_filled_day_by_day() -> None:
    less = (CapacityChange(since=date(2027, 1, 18), fte=0.0), CapacityChange(since=date(2027, 2, 1), fte=1.0))
    project = small((package("a", (5, 10, 20), 1.0), 0), (package("b", (5, 5, 5), 1.0), 20), changes=less)
    _problem, network, _program = program_of(project)
    assert network.booked == (0,)
    assert days_when(project) == {"a": 0, "b": 20}
    assert days_when(project, a=11) == {"a": 20, "b": 0}, "a must wait for the role to come back; b fits before"


def test_a_role_that_is_gone_for_ever_is_told() -> None:
    gone = (CapacityChange(since=date(2027, 1, 18), fte=0.0),)
    project = small((package("a", (5, 10, 20), 1.0), 0), changes=gone)
    found = told(project)
    assert 0.3 < found.short < 0.9
    assert found.finish.p90 > date(2027, 1, 18)
    assert told(small((package("a", (5, 10, 20), 1.0), 0))).short == 0


def test_a_link_that_the_roadmap_overtakes_closes_no_circle() -> None:
    project = small((package("b", (5, 5, 5), 1.0), 0), (package("a", (5, 5, 5), 1.0), 5))
    project = replace(project, dependencies=(Dependency(item="b", needs="a", lag=-30),))
    assert verify(project) == ()
    _problem, network, _program = program_of(project)
    assert len(network.overtaken) == 1
    assert days_when(project, b=50) == {"b": 0, "a": 50}
    assert told(project).loosened == 1


@pytest.mark.parametrize(
    ("kind", "lag", "length", "start"),
    [
        ("finish-start", 0, 10, 10),
        ("finish-start", 3, 10, 13),
        ("finish-start", -2, 10, 8),
        ("start-start", 2, 10, 2),
        ("finish-finish", 0, 10, 6),
        ("finish-finish", 2, 10, 8),
        ("start-finish", 6, 10, 3),
    ],
)
def test_links_of_every_type_hold_in_runs(kind: str, lag: int, length: int, start: int) -> None:
    project = small((package("a", (1, 5, 50)), 0), (package("b", (4, 4, 4)), 40))
    project = replace(project, dependencies=(Dependency(item="b", needs="a", type=kind, lag=lag),))  # type: ignore[arg-type]
    assert days_when(project, a=length)["b"] == start


def test_the_longest_path_is_counted() -> None:
    project = small(
        (package("long", (10, 10, 10)), 0),
        (package("short", (1, 2, 3)), 0),
        (package("last", (5, 5, 5), 0, ["long", "short"]), 10),
    )
    assert dict(told(project).critical) == {"long": 1.0, "short": 0.0, "last": 1.0}
    even = small((package("a", (1, 5, 9)), 0), (package("b", (1, 5, 9)), 0))
    often = told(even, runs=2000).critical
    assert 0.5 < often["a"] < 0.65
    assert often["a"] + often["b"] >= 1


def test_what_a_start_waits_for_is_on_the_path_and_the_package_itself_is_not() -> None:
    project = small(
        (package("first", (5, 5, 5)), 0), (package("a", (9, 9, 9), 0, ["first"]), 5), (package("b", (20, 20, 20)), 7)
    )
    project = replace(project, dependencies=(Dependency(item="b", needs="a", type="start-start", lag=2),))
    assert dict(told(project).critical) == {"first": 1.0, "a": 0.0, "b": 1.0}


def test_begun_work_stands_and_only_what_is_left_is_drawn() -> None:
    project = small(
        (package("a", (5, 10, 20), 1.0), 0), (package("b", (5, 10, 20), 1.0), 10), (package("c", (5, 5, 5), 1.0), 20)
    )
    as_of = date(2027, 1, 22)  # fifteen days worked
    project = replace(
        project,
        engagement=replace(project.engagement, as_of=as_of),
        progress=(
            Progress(package="a", start=MONDAY, finish=date(2027, 1, 15)),
            Progress(package="b", start=date(2027, 1, 18), remaining=4),
        ),
    )
    _problem, _network, program = program_of(project)
    assert [length.task for length in program.lengths] == [1, 2]
    assert (program.lengths[0].done, program.tables[program.lengths[0].table][0]) == (5, pytest.approx(2.0, abs=0.1))
    found = told(project)
    assert "a" not in found.critical
    # b ends two to eight days after day 15, and c takes five days from then on
    assert date(2027, 2, 1) < found.finish.p50 < found.finish.p90 <= date(2027, 2, 10)


# -- the parts ----------------------------------------------------------------------------------------------


def never(_one: int, _other: int) -> bool:
    return False


def test_flows_name_givers_and_the_day_on_which_there_is_more() -> None:
    claims = [Claim(0, 0, 5, 2), Claim(1, 0, 8, 1), Claim(2, 5, 9, 1), Claim(3, 8, 12, 3)]
    flows = hand_over(claims, [(0, 3), (8, 4)], never)
    assert flows.givers == {0: (), 1: (), 2: (0,), 3: (0, 1)}
    assert flows.since == {0: 0, 1: 0, 3: 8}
    assert not flows.exceeded


def test_flows_prefer_whom_the_taker_waits_for_anyway() -> None:
    claims = [Claim(0, 0, 4, 1), Claim(1, 0, 5, 1), Claim(2, 6, 9, 1)]
    assert hand_over(claims, [(0, 2)], never).givers[2] == (0,)
    assert hand_over(claims, [(0, 2)], lambda one, other: (one, other) == (1, 2)).givers[2] == ()


def test_claims_beyond_what_there_is_stand_and_those_after_them_wait_for_all() -> None:
    claims = [Claim(0, 0, 5, 8), Claim(1, 0, 9, 8), Claim(2, 5, 7, 2), Claim(3, 9, 12, 8)]
    flows = hand_over(claims, [(0, 10)], never)
    assert flows.exceeded
    assert flows.givers[2] == (0,)
    assert flows.givers[3] == (0, 1, 2)


def test_lasting_capacity_only_rises() -> None:
    assert lasting([(0, 5)], 0) == [(0, 5)]
    assert lasting([(0, 5), (10, 3), (20, 8)], 0) == [(0, 3), (20, 8)]
    assert lasting([(0, 5), (10, 3), (20, 8)], 15) == [(15, 3), (20, 8)]
    assert lasting([(0, 1), (10, 2)], 12) == [(12, 2)]


def test_slices_of_a_triangle_have_its_mean_and_its_ends() -> None:
    table = triangular(2, 3, 10)
    assert sum(table) / len(table) == pytest.approx(5.0, abs=0.01)
    assert list(table) == sorted(table)
    assert 2 < table[0] < 2.2
    assert 9.7 < table[-1] < 10
    assert set(triangular(4, 4, 4)) == {4}


# -- constraints in drawn runs ------------------------------------------------------------------------------


def as_drawn(project: Project, problem: Problem, days: Sequence[int], end: Sequence[int]) -> tuple[Violation, ...]:
    """What verify finds in a run, told as a plan whose packages last as long as they did in it."""
    assert project.roadmap is not None
    packages, places, progress = [], {}, []
    for task in problem.tasks:
        old, length = project.package_by_id[task.id], days[task.number]
        if task.begun is None:
            effort = {r: Effort(e.low, e.likely * length / old.days.likely, e.high) for r, e in old.effort.items()}
            old = replace(old, days=Duration(1, length, 5000), effort=Fixed(effort))
        packages.append(old)
        first, last = problem.workdays[end[task.number] - length], problem.workdays[end[task.number] - 1]
        places[task.id] = Placement(phase=project.roadmap.packages[task.id].phase, start=first, finish=last)
        if known := project.progress_of.get(task.id):
            left = None if task.done else end[task.number] - problem.now
            progress.append(replace(known, remaining=left))
    run = replace(project, packages=tuple(packages), progress=tuple(progress))
    return verify(run, replace(project.roadmap, packages=Fixed(places)))


def worked_until(project: Project, day: date) -> Project:
    """``project`` with all work as planned until ``day``."""
    assert project.roadmap is not None
    progress = tuple(
        Progress(package=work.id, start=place.start, finish=place.finish if place.finish <= day else None)
        for work in project.packages
        if (place := project.roadmap.packages[work.id]).start <= day
    )
    return replace(project, engagement=replace(project.engagement, as_of=day), progress=progress)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(), st.sampled_from(CATALOGUE.strategies), st.integers(0, 9999), st.none() | st.integers(0, 150))
def test_runs_keep_every_constraint(project: Project, strategy: object, seed: int, worked: int | None) -> None:
    assume(project.packages)
    try:
        proposal = propose(project, strategy)  # type: ignore[arg-type]
    except Infeasible:
        return
    project = adopt(project, proposal.roadmap, proposal.phases)
    if worked is not None:
        project = worked_until(project, project.engagement.start + timedelta(days=worked))
    doubtful = {process.id: 0.5 for process in project.processes}
    problem, network, program = program_of(project, CATALOGUE.defaults.risk, doubtful)
    simulator = Simulator(program)

    end, lacking = simulator.pass_over(list(program.days))
    assert not lacking
    if not network.overtaken:
        ends = [problem.workdays[day - 1] for day in end[: len(problem.tasks)]]
        late = [
            t.id for t, day in zip(problem.tasks, ends, strict=True) if day > proposal.roadmap.packages[t.id].finish
        ]
        assert late == [], "with likely lengths nothing ends later than planned"

    chance = random.Random(seed)
    for power in (0.25, 1, 4):  # lengths near their worst, anyhow, near their best
        days = list(program.days)
        simulator.draw([min(chance.random() ** power, 0.9995) for _ in range(program.drivers)], days)
        end, lacking = simulator.pass_over(days)
        allowed = {"deadline"} | ({"capacity"} if lacking else set()) | ({"dependency"} if network.overtaken else set())
        broken = [v for v in as_drawn(project, problem, days, end) if v.rule not in allowed]
        assert [v.message for v in broken if "but must by" not in v.message] == []


# -- what is told -------------------------------------------------------------------------------------------


def without_spread(project: Project) -> Project:
    return replace(project, packages=tuple(replace(p, days=Duration(*[p.days.likely] * 3)) for p in project.packages))


def test_without_uncertainty_every_run_is_the_plan_or_earlier(planned: Project) -> None:
    found = told(without_spread(planned), runs=20)
    for outlook in (found.finish, found.first_value, *found.gates.values(), *found.milestones.values()):
        assert outlook is not None
        assert outlook.p50 == outlook.p80 == outlook.p90 <= outlook.planned
        assert outlook.chance == 1
    assert found.drivers == ()
    assert set(found.gates) == {phase.id for phase in planned.phases}


def test_the_same_seed_tells_the_same_and_another_one_does_not(planned: Project, catalogue: Catalogue) -> None:
    first, again, other = (risk(planned, catalogue, runs=150, seed=seed, processes=1) for seed in (3, 3, 4))
    assert first == again
    assert first.critical != other.critical


def test_how_many_processes_do_it_does_not_matter(planned: Project, catalogue: Catalogue) -> None:
    runs = 3 * CHUNK + 20
    alone = risk(planned, catalogue, runs=runs, processes=1)
    assert alone.runs == runs
    assert risk(planned, catalogue, runs=runs, processes=3) == alone


def test_helpers_do_their_share_and_what_they_leave_is_done_here(
    planned: Project, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    done_here: list[int] = []
    whole = Simulator.chunk

    def counted(self: Simulator, seed: int, number: int, runs: int) -> object:
        done_here.append(number)
        return whole(self, seed, number, runs)

    monkeypatch.setattr(risk_chunks.Simulator, "chunk", counted)
    shared = risk(planned, catalogue, runs=4 * CHUNK, processes=2)
    assert done_here == [0, 2]
    done_here.clear()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert risk(planned, catalogue, runs=4 * CHUNK, processes=2) == shared
    assert done_here == [0, 2, 1, 3]


class Stopping(Watch):
    """Stops after so many reports."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.seen: list[Sight] = []

    def told(self, sight: Sight) -> None:
        self.seen.append(sight)

    def stopped(self) -> bool:
        return len(self.seen) >= self.after


def test_cancel_keeps_the_runs_done_so_far(planned: Project, catalogue: Catalogue) -> None:
    watch = Stopping(after=2)
    found = risk(planned, catalogue, runs=100 * CHUNK, processes=1, watch=watch)
    assert found == risk(planned, catalogue, runs=2 * CHUNK, processes=1)
    assert [(sight.solver, sight.tried) for sight in watch.seen] == [("risk", CHUNK), ("risk", 2 * CHUNK)]


def test_cancel_ends_helping_processes(planned: Project, catalogue: Catalogue) -> None:
    found = risk(planned, catalogue, runs=10_000 * CHUNK, processes=2, watch=Stopping(after=1))
    assert CHUNK <= found.runs <= 3 * CHUNK


def test_deadlines_far_away_are_kept_and_impossible_ones_are_not(planned: Project, catalogue: Catalogue) -> None:
    item, phase = planned.capabilities[-1], planned.phases[0]
    near, far = planned.engagement.start + timedelta(days=3), date(2090, 1, 1)
    for due, chance in ((near, 0.0), (far, 1.0)):
        project = replace(
            planned,
            pins=(Pin(item=item, deadline=due, may_slip=due == near),),
            phases=(replace(phase, not_after=due), *planned.phases[1:]),
        )
        found = risk(project, catalogue, runs=CHUNK, processes=1).deadlines
        assert [(d.kind, d.item, d.chance, d.may_slip) for d in found] == [
            ("deadline", item, chance, due == near),
            ("phase", phase.id, chance, False),
        ]


def test_a_deadline_is_kept_as_often_as_runs_end_by_it() -> None:
    project = small((package("a", (1, 5, 9)), 0))
    project = replace(project, pins=(Pin(item="a", deadline=date(2027, 1, 8)),))
    (deadline,) = told(project, runs=4000).deadlines
    # 5.5 days in a triangle from 1 to 9: one minus (3.5 / 4) squared over 2
    assert deadline.chance == pytest.approx(1 - (3.5 / 4) ** 2 / 2, abs=0.03)


def test_wider_estimates_move_p90_and_leave_a_certain_plan_behind(planned: Project, catalogue: Catalogue) -> None:
    wider = replace(
        planned,
        packages=tuple(replace(p, days=Duration(p.days.low, p.days.likely, 2 * p.days.high)) for p in planned.packages),
    )
    certain, usual, wide = (told(p, runs=200) for p in (without_spread(planned), planned, wider))
    assert certain.finish.p90 < usual.finish.p90 < wide.finish.p90


def test_what_a_role_has_in_common_spreads_the_finish_and_drives_it(planned: Project) -> None:
    swinging = replace(NOTHING, role=Swing(faster=0.3, slower=0.3))
    found = told(without_spread(planned), runs=500, uncertainty=swinging)
    assert {driver.kind for driver in found.drivers} == {"role"}
    assert [driver.swing for driver in found.drivers] == sorted((d.swing for d in found.drivers), reverse=True)
    assert found.finish.p90 > found.finish.p50 > told(without_spread(planned), runs=1).finish.p50 - timedelta(days=30)
    by_process = told(without_spread(planned), runs=500, uncertainty=replace(NOTHING, process=swinging.role))
    assert {driver.kind for driver in by_process.drivers} == {"process"}


def test_the_package_that_swings_most_is_named_first() -> None:
    project = small((package("wild", (1, 20, 60)), 0), (package("tame", (18, 20, 22), 0, ["wild"]), 20))
    wild, tame = told(project, runs=3000).drivers
    assert (wild.item, tame.item) == ("wild", "tame")
    assert wild.swing > 30
    assert 2 < tame.swing < 8


def test_a_level_in_doubt_makes_its_first_planned_level_longer(planned: Project) -> None:
    process = planned.processes[0].id
    certain = without_spread(planned)
    doubt = replace(NOTHING, baseline=replace(CERTAIN_BASELINE, extra=1.0))
    never_, always, perhaps = (
        simulated(certain, doubt, {process: share}, runs=400, processes=1) for share in (0.0, 1.0, 0.5)
    )
    assert never_ == told(certain, runs=400)
    assert never_.finish.p50 < always.finish.p50
    assert [(driver.kind, driver.item) for driver in perhaps.drivers] == [("baseline", process)]
    problem, _network, program = program_of(certain, doubt, {process: 1.0})
    longer = [problem.tasks[n.task] for n in program.lengths if n.doubt >= 0]
    lowest = next(item for item in planned.capabilities if item.startswith(f"{process}@"))
    assert {work.capability for work in longer} == {lowest}


def test_milestones_follow_what_they_hang_on(planned: Project) -> None:
    item = planned.capabilities[0]
    stones = (
        Milestone(id="m1", name="Reached", item=item),
        Milestone(id="m2", name="A year later", item=item, months=12),
        Milestone(id="m3", name="Gate", phase=planned.phases[0].id),
        Milestone(id="m4", name="A fixed day", day=date(2028, 1, 1)),
    )
    found = told(replace(planned, milestones=stones), runs=CHUNK)
    assert list(found.milestones) == ["m1", "m2", "m3"]
    assert found.milestones["m2"].p80.year == found.milestones["m1"].p80.year + 1
    assert found.milestones["m3"] == found.gates[planned.phases[0].id]


def test_doubt_grows_with_what_speaks_against_an_assessment(catalogue: Catalogue, desk: Project) -> None:
    rules = catalogue.defaults.risk.baseline
    first = next(p for p in desk.processes if p.moves and p.target_level > 2)
    process = replace(first, baseline=Fixed(dict.fromkeys(first.baseline, 2)))
    desk = replace(desk, processes=tuple(process if p is first else p for p in desk.processes))
    nobody = doubts(desk, catalogue)[process.id]
    assert nobody == rules.given
    lowest = {p.id for p in desk.processes if max(p.baseline.values()) == 1}
    assert lowest
    assert not lowest & set(doubts(desk, catalogue)), "nothing stands below the lowest level"

    profile = profile_of(desk, catalogue)
    assert profile is not None
    codes = [criterion.code for criterion in asked(profile, process.id) if not criterion.symptom]

    def answered(*assessors: tuple[str, str, int]) -> float:
        sheets = tuple(
            AnswerSheet(
                process=process.id,
                assessor=name,
                answers=tuple(
                    Answer(criterion=code, reply="yes" if n < differ else "no", evidence=evidence)
                    for n, code in enumerate(codes)
                ),
            )
            for name, evidence, differ in assessors
        )
        return doubts(replace(desk, answer_sheets=sheets), catalogue)[process.id]

    alike = answered(("One", "a record", 0), ("Two", "a record", 0))
    assert alike == pytest.approx(rules.answered)
    assert answered(("One", "", 0), ("Two", "", 0)) == pytest.approx(alike + rules.unbacked)
    half = answered(("One", "a record", len(codes) // 2), ("Two", "a record", 0))
    assert half == pytest.approx(alike + rules.disagreed * (len(codes) // 2) / len(codes))
    assert half < answered(("One", "a record", len(codes)), ("Two", "a record", 0)) <= rules.most
    some = AnswerSheet(
        process=process.id,
        assessor="One",
        answers=tuple(Answer(criterion=code, reply="yes", evidence="a record") for code in codes[::2]),
    )
    unfinished = doubts(replace(desk, answer_sheets=(some,)), catalogue)[process.id]
    assert unfinished == pytest.approx(rules.answered + rules.open)
    old = replace(desk, engagement=replace(desk.engagement, assessed=desk.engagement.start - timedelta(days=731)))
    assert doubts(old, catalogue)[process.id] == pytest.approx(nobody + 2 * rules.yearly, abs=1e-3)


def test_a_plan_without_a_whole_roadmap_is_refused(planned: Project, desk: Project, catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="no roadmap"):
        risk(desk, catalogue)
    with pytest.raises(ValueError, match="one run"):
        risk(planned, catalogue, runs=0)
    assert planned.roadmap is not None
    first, *others = planned.roadmap.packages.items()
    lacking = replace(planned, roadmap=replace(planned.roadmap, packages=Fixed(dict(others))))
    with pytest.raises(Unplaced) as refused:
        risk(lacking, catalogue)
    assert refused.value.packages == (first[0],)
