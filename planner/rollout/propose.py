"""Proposes a phased roadmap: divides the work into phases (``dividing``), searches the best order in them
(``search``), and where asked to goes on with the exact solver (``optimal``).

The number of schedules is fixed and chance comes from the seed: same input, same plan. A time limit makes the search
go on until then; how far it comes depends on the machine, and the plan says how good it is known to be.
What still misses a promise is infeasible as far as was found, and is said so with what stands in the way.
"""

from dataclasses import replace
from time import monotonic
from typing import Literal

from planner.model.knowledge import Strategy
from planner.model.project import Placement, Project, Roadmap
from planner.model.values import Fixed
from planner.rollout import phases as phasing
from planner.rollout.bound import lower_bound
from planner.rollout.conflict import circular, conflicts_of, contradictions, impossible, no_room, too_far
from planner.rollout.dividing import Candidate, Dividing
from planner.rollout.goal import gap
from planner.rollout.metrics import metrics
from planner.rollout.problem import LATEST, Circular, Problem, TooFar
from planner.rollout.result import Conflict, Infeasible, Objective, Proposal
from planner.rollout.schedule import NoRoom
from planner.rollout.strategies import effective
from planner.rollout.verify import verify
from planner.rollout.watch import UNWATCHED, Watch

Solver = Literal["heuristic", "exact"]
Status = Literal["optimal", "feasible", "heuristic"]

ATTEMPTS = 6
"""How many ways of ordering and dividing are tried before it is said that no roadmap was found."""

EXACT_SECONDS = 10.0
"""How long the exact solver may take unless a time limit says otherwise."""

FIRST_SHARE = 0.2
"""The part of the time limit after which the exact solver takes over from the search."""

MANY_ROUNDS = 1_000_000_000
"""Rounds for a search that only its time limit ends."""


def propose(
    project: Project,
    strategy: Strategy,
    *,
    phases: int | None = None,
    seed: int = 0,
    solver: Solver = "heuristic",
    time_limit: float | None = None,
    watch: Watch = UNWATCHED,
) -> Proposal:
    """The best roadmap found for ``project`` under ``strategy``.

    ``phases`` asks for a number of phases; otherwise the plan's own count, or a chosen one. ``time_limit`` in seconds
    lets the search go on that long; ``exact`` needs the extra ``optimal`` and takes ``EXACT_SECONDS`` without one.
    ``watch`` is told how far it is and may end it early: then the best so far is proposed.

    Raises Infeasible with every conflict found: contradictions of the plan itself, or promises that no roadmap was
    found to keep; Unsuited when the strategy does not apply to the plan.
    """
    begin = monotonic()
    strategy = effective(strategy, project)
    if found := contradictions(project):
        raise Infeasible(found)
    try:
        problem = Problem(project, strategy.absorption)
        if found := impossible(problem):
            raise Infeasible(found)
        dividing, best = _divided(problem, strategy, phases, seed, watch)
        if solver == "exact" and time_limit is None:
            time_limit = EXACT_SECONDS
        improved = _improved(dividing, best, solver, time_limit, begin)
        return _proposal(dividing, *improved, solver)
    except Circular as error:
        raise Infeasible((circular(project, error),)) from error
    except TooFar as error:
        raise Infeasible((too_far(project),)) from error


def _divided(
    problem: Problem, strategy: Strategy, asked: int | None, seed: int, watch: Watch
) -> tuple[Dividing, Candidate]:
    """The best candidate in the strategy's own way; when that keeps not every promise, in other ways that may.

    Those are: ordering by due dates instead of the strategy's wishes, and other numbers of phases when the number is
    free. Raises Infeasible with the conflicts of the strategy's own way when none succeeds.
    """
    first: Infeasible | None = None
    natural = asked
    for number in range(ATTEMPTS):
        try:
            count = natural if number < 2 else _other(natural, number)
            dividing = Dividing(problem, strategy, count, seed, number > 0, watch)
            natural = natural or dividing.count
            best = dividing.best()
            if not best.late:
                return dividing, best
            failed = Infeasible(_missed(problem, best))
        except NoRoom as error:  # in every order that was tried, also with the group put first
            failed = Infeasible((no_room(problem, error),))
        except Infeasible as error:
            failed = error
        first = first or failed
        fixed = asked is not None or any(phasing.kept(p) for p in problem.project.phases)
        if natural is None or (number and (fixed or any(pin.phase for pin in problem.project.pins))):
            break
    assert first is not None
    raise first


def _missed(problem: Problem, best: Candidate) -> tuple[Conflict, ...]:
    return conflicts_of(problem, best.schedule, best.division.phases, best.division.phase_of, best.misses())


def _other(natural: int | None, number: int) -> int:
    """Other numbers of phases near the natural one: one less, one more, two less, then a single phase."""
    near = natural or 1
    return max(1, (near - 1, near + 1, near - 2, 1)[number - 2])


def _improved(
    dividing: Dividing, best: Candidate, solver: Solver, time_limit: float | None, begin: float
) -> tuple[Candidate, float, Status]:
    """``best`` improved within its division as long as time allows, the bound of its value, and what is known of it."""
    bound = lower_bound(dividing.problem, best.division, best.goal)
    if time_limit is not None:
        share = FIRST_SHARE if solver == "exact" else 1.0
        left = share * time_limit - (monotonic() - begin)
        if left > 0 and gap(best.rank[-1], bound) > 0:
            longer = dividing.searched(best.division, MANY_ROUNDS, first=(dividing.order_of(best),), time_limit=left)
            best = min(best, longer, key=lambda candidate: candidate.rank)
    status: Status = "heuristic"
    if solver == "exact":
        from planner.rollout.optimal import improve

        left = max(0.1, (time_limit or EXACT_SECONDS) - (monotonic() - begin))
        found = improve(
            dividing.problem,
            best.division,
            best.goal,
            best.schedule,
            time_limit=left,
            watch=dividing.watch,
            seed=dividing.seed,
        )
        best = replace(best, schedule=found.schedule, rank=found.rank)
        bound = max(bound, found.bound if found.bound is not None else bound)
        status = found.status
    if not best.goal.first and gap(best.rank[-1], bound) < 1e-9:
        status = "optimal"
    return best, bound, status


def _proposal(dividing: Dividing, best: Candidate, bound: float, status: Status, solver: Solver) -> Proposal:
    """``best`` as a roadmap, judged."""
    problem, project = dividing.problem, dividing.problem.project
    if problem.workdays[max(best.schedule.finish)] > LATEST:
        raise TooFar
    phases = dividing.named(best)
    value = round(best.rank[-1], 4)
    objective = Objective(
        value,
        {term: round(amount, 4) for term, amount in best.goal.terms(best.schedule).items()},
        value if status == "optimal" else min(value, round(bound - 0.00005, 4)),
    )
    roadmap = Roadmap(
        strategy=dividing.strategy.id,
        seed=dividing.seed,
        absorption=dividing.strategy.absorption,
        status=status,
        gap=None if objective.gap is None else round(objective.gap, 4),
        packages=Fixed(
            {
                package.id: Placement(
                    phase=phases[best.division.phase_of[task.group]].id,
                    start=problem.workdays[best.schedule.start[task.number]],
                    finish=problem.workdays[best.schedule.finish[task.number]],
                )
                for package in project.packages
                for task in (problem.tasks[problem.task_of[package.id]],)
            }
        ),
    )
    if wrong := verify(project, roadmap, phases):
        raise AssertionError(f"the engine and verify disagree: {wrong[0].message}")
    return Proposal(roadmap, phases, objective, metrics(project, roadmap, phases), solver)
