"""Proposes again after the work has gone otherwise than planned, and moves as little as possible.

What has begun stands. Everything else is first left where the adopted roadmap has it, in the same phases, and only what
no longer fits there goes later; among the orders that are searched the one that moves least is kept. Where that misses
a promise, earlier places are tried as well, and at last a proposal made anew. Every move is told with what speaks
against the old place, and can be accepted or declined.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from planner.edit.refused import meant
from planner.edit.roadmap import adopt
from planner.model.knowledge import Strategy
from planner.model.project import Phase, Placement, Project, Roadmap
from planner.model.values import Fixed
from planner.rollout import phases as phasing
from planner.rollout.conflict import circular, conflicts_of, contradictions, impossible, too_far
from planner.rollout.decode import Decoder
from planner.rollout.dividing import Candidate
from planner.rollout.division import Division, divided
from planner.rollout.goal import Goal
from planner.rollout.moves import Fact, Move, facts, moves
from planner.rollout.problem import LATEST, Circular, Problem, TooFar
from planner.rollout.propose import propose
from planner.rollout.result import Infeasible
from planner.rollout.schedule import NoRoom
from planner.rollout.search import search
from planner.rollout.strategies import effective
from planner.rollout.verify import verify
from planner.rollout.watch import UNWATCHED, Watch
from planner.text.i18n import _

ROUNDS = 60
"""How many schedules are tried for one way of planning again."""


@dataclass(frozen=True, slots=True)
class Replan:
    """A roadmap after the facts, not yet adopted; it has passed ``verify``.

    ``facts`` is what has begun otherwise than the adopted roadmap has it; ``moves`` is every other package that stands
    elsewhere now, ordered by what causes it. ``moved`` is the mean distance of the starts from the adopted ones, in
    weeks of work, over all packages that have not begun.
    """

    as_of: date | None
    roadmap: Roadmap
    phases: tuple[Phase, ...]
    facts: tuple[Fact, ...]
    moves: tuple[Move, ...]
    moved: float


def replan(project: Project, strategy: Strategy, *, seed: int = 0, watch: Watch = UNWATCHED) -> Replan:
    """The roadmap that keeps the past of ``project`` and its promises and moves the least of the adopted one.

    ``strategy`` decides between roadmaps that move as much. Raises Infeasible when no roadmap was found that keeps the
    promises, and ValueError when the plan has no roadmap that could be kept.
    """
    adopted = project.roadmap
    if adopted is None or not adopted.packages:
        raise ValueError("the plan has no roadmap")
    strategy = effective(strategy, project)
    if found := contradictions(project):
        raise Infeasible(found)
    try:
        problem = Problem(project, max(strategy.absorption or 0, adopted.absorption or 0))
        if found := impossible(problem):
            raise Infeasible(found)
        roadmap, phases = _roadmap(problem, strategy, adopted, seed, watch)
    except Circular as error:
        raise Infeasible((circular(project, error),)) from error
    except TooFar as error:
        raise Infeasible((too_far(project),)) from error
    if wrong := verify(project, roadmap, phases):
        raise AssertionError(f"the engine and verify disagree: {wrong[0].message}")
    known = facts(problem, adopted, roadmap)
    return Replan(
        project.engagement.as_of,
        roadmap,
        phases,
        known,
        moves(problem, adopted, roadmap, phases, known),
        _moved(problem, roadmap),
    )


def accepted(project: Project, found: Replan, accept: Collection[str]) -> Project:
    """``project`` with the moves of ``found`` that are named in ``accept``, by work package or capability.

    Everything else stays where it was, except what has begun: that stands where it stands. What the mixture breaks is
    said by ``verify``. Raises Refused for an item that does not move.
    """
    inside = {move.item: project.package_by_id[move.item].capability for move in found.moves}
    known = {*inside, *filter(None, inside.values())}
    for item in accept:
        meant(item, known, _("move of"))
    chosen = _chosen(project, found, accept)
    if chosen == set(inside):
        return adopt(project, found.roadmap, found.phases)
    before = project.roadmap.packages if project.roadmap else Fixed[str, Placement]()
    places = {
        item: place if item not in inside or item in chosen else before[item]
        for item, place in found.roadmap.packages.items()
        if item not in inside or item in chosen or item in before
    }
    used = {place.phase for place in places.values()}
    there = {phase.id for phase in found.phases}
    phases = (*found.phases, *(p for p in project.phases if p.id in used and p.id not in there))
    return adopt(project, replace(found.roadmap, status="edited", gap=None, packages=Fixed(places)), phases)


def mending(project: Project, found: Replan, accept: Collection[str]) -> tuple[str, ...]:
    """Moves which, accepted as well, leave nothing broken: all that are needed, or these and one more; else none."""
    chosen = _chosen(project, found, accept)
    needed = {item for move in found.moves if move.item in chosen for item in move.needs} - chosen
    others = [move for move in found.moves if move.item not in chosen | needed]
    for more in (needed, *(needed | {move.item, *move.needs} for move in others)):
        if more and not verify(accepted(project, found, chosen | more)):
            return tuple(move.item for move in found.moves if move.item in more - chosen)
    return ()


def _chosen(project: Project, found: Replan, accept: Collection[str]) -> set[str]:
    """The packages of the moves that ``accept`` names, itself or by their capability."""
    inside = {move.item: project.package_by_id[move.item].capability for move in found.moves}
    return {item for item, capability in inside.items() if item in accept or capability in accept}


def _roadmap(
    problem: Problem, strategy: Strategy, adopted: Roadmap, seed: int, watch: Watch
) -> tuple[Roadmap, tuple[Phase, ...]]:
    """The roadmap that moves least, and its phases. Raises Infeasible."""
    project = problem.project
    stable = replace(strategy, first=("moved", *(term for term in strategy.first if term != "moved")))
    division = _adopted_division(problem, adopted)
    held = Problem(project, problem.absorption)
    for number, day in held.adopted.items():
        held.tasks[number].not_before = max(held.tasks[number].not_before, day)
    tried = [_searched(held, division, stable, adopted, seed, watch)]
    if isinstance(tried[0], NoRoom) or tried[0].late:
        tried.append(_searched(problem, division, stable, adopted, seed, watch))
    kept = [one for one in tried if isinstance(one, Candidate) and not one.late]
    best = min(kept, key=lambda candidate: candidate.rank, default=None)
    ours = _as_roadmap(problem, strategy, adopted, seed, best) if best else None
    if ours and not _moved(problem, ours):
        return (adopted if ours.packages == adopted.packages else ours), division.phases
    try:
        anew = propose(project, strategy, seed=seed, watch=watch)
    except Infeasible:
        if ours:
            return ours, division.phases
        for one in reversed(tried):
            if isinstance(one, Candidate):
                raise Infeasible(
                    conflicts_of(problem, one.schedule, division.phases, division.phase_of, one.misses())
                ) from None
        raise
    if ours and _moved(problem, ours) <= _moved(problem, anew.roadmap):
        return ours, division.phases
    return anew.roadmap, anew.phases


def _adopted_division(problem: Problem, adopted: Roadmap) -> Division:
    """The phases of the plan with each group where the adopted roadmap has it.

    Nothing stands in an earlier phase than what it needs; what is new joins that, or the first phase.
    """
    phases = problem.project.phases
    position = {phase.id: index for index, phase in enumerate(phases)}
    phase_of: list[int] = []
    for group in problem.groups:
        places = [adopted.packages.get(problem.tasks[number].id) for number in group.tasks]
        own = max((position[place.phase] for place in places if place), default=0)
        phase_of.append(max([own, *(phase_of[number] for number in group.before)]))
    return divided(problem, phases, phasing.hold_pins(problem, phases, phase_of))


def _searched(
    problem: Problem, division: Division, stable: Strategy, adopted: Roadmap, seed: int, watch: Watch
) -> Candidate | NoRoom:
    """The best of the orders tried, beginning with the one of the adopted roadmap, or what fits in none of them."""
    goal = Goal(problem, stable, division)
    first = []
    for group in problem.groups:
        starts = [problem.adopted.get(n, problem.tasks[n].begun) for n in group.tasks]
        first.append(float(min((day for day in starts if day is not None), default=problem.now)))
    decoder = Decoder(problem, division)
    try:
        order = decoder.by(first)
        try:
            schedule = decoder.serial(order)
            rank = goal.rank(schedule)
            if rank is not None and rank[0] == 0 and goal.term("moved", schedule) == 0:
                return Candidate(division, goal, schedule, rank, 1)
        except NoRoom:
            pass  # another order may have room
        found = search(problem, division, goal, seed=seed, rounds=ROUNDS, watch=watch, start=(order, *_others(decoder)))
    except NoRoom as error:
        return error
    return Candidate(division, goal, found.schedule, found.rank, found.tried)


def _others(decoder: Decoder) -> Iterable[list[int]]:
    """Orders by when work is due, and by how much hangs on it."""
    problem = decoder.problem
    yield decoder.by(phasing.due_dates(problem))
    yield decoder.by([-float(tail) for tail in phasing.tails(problem)])


def _as_roadmap(problem: Problem, strategy: Strategy, adopted: Roadmap, seed: int, best: Candidate) -> Roadmap:
    days, schedule, division = problem.workdays, best.schedule, best.division
    if days[max(schedule.finish)] > LATEST:
        raise TooFar
    return Roadmap(
        strategy=strategy.id,
        seed=seed,
        absorption=problem.absorption if problem.absorption > problem.project.limits.absorption else None,
        packages=Fixed(
            {
                task.id: Placement(
                    phase=division.phases[division.phase_of[task.group]].id,
                    start=days[schedule.start[task.number]],
                    finish=days[schedule.finish[task.number]],
                )
                for task in problem.tasks
            }
        ),
    )


def _moved(problem: Problem, roadmap: Roadmap) -> float:
    """The mean distance of the starts from the adopted ones, in weeks of work."""
    if not problem.adopted:
        return 0.0
    days, places = problem.workdays, roadmap.packages
    total = sum(
        abs(days.on_or_after(places[problem.tasks[number].id].start) - day) for number, day in problem.adopted.items()
    )
    return total / len(problem.adopted) / len(problem.project.calendar.working_days)
