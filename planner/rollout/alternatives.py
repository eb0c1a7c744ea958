"""Other roadmaps that are nearly as good to a strategy and begin with other processes.

Each process in turn is made to come first: what is not needed by it is held back, by dependencies that only the search
sees, until its next level is reached; where that costs too much, all but what the proposal begins with. What the engine
then finds is judged by the plan as it is and by the strategy's own goal. Of those that cost little, as many are kept as
asked for: the cheapest, then each as far as possible from the proposal and from those kept before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.model.capability import level_of, process_of
from planner.model.knowledge import Strategy
from planner.model.project import Dependency, Phase, Project, Roadmap
from planner.rollout.compare import Candidate, Comparison, adopted, first, order_apart, proposed, side_by_side
from planner.rollout.compared.figures import Measure
from planner.rollout.problem import Problem
from planner.rollout.propose import propose
from planner.rollout.result import Infeasible, Objective, Proposal
from planner.rollout.verify import verify
from planner.rollout.watch import UNWATCHED, Watch
from planner.text.i18n import _, listed

WITHIN = 0.05
"""By what share an alternative may be worse than the best roadmap, unless something else is asked for."""

COUNT = 3
"""How many alternatives are looked for, unless something else is asked for."""

LEAST_APART = 0.05
"""Two roadmaps that reach fewer pairs of capabilities than this share in opposite orders are the same choice."""

MOST_TRIED = 24
"""At most so many processes are made to come first: those that come first with the least work."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A roadmap that begins otherwise than the strategy's own proposal and costs little more.

    ``leader`` is the capability that was made to come early; ``first`` are those that come first. ``cost``: by what
    share it is worse by the strategy's weights than the proposal; below 0 it is better by them, though not in the order
    that the strategy asks for. ``apart``: the share of the pairs of capabilities that the two reach in opposite orders.
    ``words`` says all of it.
    """

    leader: str
    first: tuple[str, ...]
    roadmap: Roadmap
    phases: tuple[Phase, ...]
    objective: Objective
    cost: float
    apart: float
    words: str


def alternatives(
    project: Project,
    strategy: Strategy,
    *,
    within: float = WITHIN,
    count: int = COUNT,
    seed: int = 0,
    base: Proposal | None = None,
    watch: Watch = UNWATCHED,
) -> tuple[Alternative, ...]:
    """Up to ``count`` roadmaps that begin with other processes and are at most ``within`` worse, the cheapest first.

    ``base`` is the strategy's own proposal where it is known already. When ``watch`` stops the search, those found by
    then are returned. Raises what ``propose`` raises.
    """
    base = base or propose(project, strategy, seed=seed, watch=watch)
    measure = Measure(project, strategy)
    least = measure.losses(base.roadmap)
    begins = first(project, base.roadmap)
    found: list[Alternative] = []
    for leader in _leaders(project, measure.problem, begins[:1]):
        for spared in ((), begins[:-1]):
            if watch.stopped():
                break
            try:
                other = propose(_led(project, measure.problem, leader, spared), strategy, seed=seed, watch=watch)
            except Infeasible:
                continue
            losses = measure.losses(other.roadmap)
            cost = max(_worse(mine, best) for mine, best in zip(losses, least, strict=True))
            if cost <= within and not verify(project, other.roadmap, other.phases):
                found.append(_alternative(project, leader, base, other, losses[-1], cost))
                break
    return tuple(sorted(_diverse(project, base.roadmap, found, count), key=lambda entry: entry.cost))


def compare_alternatives(
    project: Project,
    strategy: Strategy,
    *,
    within: float = WITHIN,
    count: int = COUNT,
    seed: int = 0,
    watch: Watch = UNWATCHED,
) -> Comparison:
    """The proposal of ``strategy``, its alternatives, and the adopted roadmap side by side.

    Raises what ``propose`` raises.
    """
    base = propose(project, strategy, seed=seed, watch=watch)
    found = [proposed(strategy, base)]
    others = alternatives(project, strategy, within=within, count=count, seed=seed, base=base, watch=watch)
    found += [alternative(project, strategy, entry) for entry in others]
    return side_by_side(project, strategy, [*adopted(project), *found], (), strategy.id)


def alternative(project: Project, strategy: Strategy, found: Alternative) -> Candidate:
    """An alternative to the proposal of ``strategy`` as it is compared."""
    return Candidate(
        f"{strategy.id}:{found.leader}",
        _("{item} early").format(item=project.title(found.leader)),
        "alternative",
        found.roadmap,
        found.phases,
        found.objective,
        cost=found.cost,
    )


def _leaders(project: Project, problem: Problem, already: Sequence[str]) -> list[str]:
    """The next level of each process that has not begun and is not ``already`` first, the one with least work first."""
    lowest: dict[str, str] = {}
    for item in sorted(project.capabilities, key=lambda item: (level_of(item), item)):
        if not _begun(problem, item):
            lowest.setdefault(process_of(item), item)
    work = {
        item: sum(problem.shortest[number] for number in _needed(problem, item))
        for item in project.capabilities
        if lowest.get(process_of(item)) == item and item not in already
    }
    return sorted(work, key=lambda item: (work[item], item))[:MOST_TRIED]


def _begun(problem: Problem, item: str) -> bool:
    return any(problem.tasks[n].begun is not None for n in problem.ends(item))


def _needed(problem: Problem, item: str) -> set[int]:
    """The group of a capability and all that must stand before it."""
    return problem.with_needs([problem.tasks[problem.ends(item)[0]].group])


def _led(project: Project, problem: Problem, leader: str, spared: Sequence[str]) -> Project:
    """``project`` in which nothing is reached before ``leader`` but what it needs, what has begun, and ``spared``."""
    needed = _needed(problem, leader)
    lags = {d.key: d.lag for d in project.dependencies if d.strength == "hard"}
    added: dict[tuple[str, str, str], Dependency] = {}
    for item in project.capabilities:
        free = problem.tasks[problem.ends(item)[0]].group in needed or item in spared
        if not free and not _begun(problem, item):
            held = Dependency(item=item, needs=leader, type="finish-finish")
            added[held.key] = replace(held, lag=max(1, lags.get(held.key, 1)))
    others = [dependency for dependency in project.dependencies if dependency.key not in added]
    return replace(project, dependencies=(*others, *added.values()))


def _worse(value: float, best: float) -> float:
    """By what share of ``best`` a value is above it."""
    return (value - best) / max(abs(best), 1e-9)


def _alternative(
    project: Project, leader: str, base: Proposal, proposal: Proposal, value: float, cost: float
) -> Alternative:
    """``proposal`` as an alternative to ``base``: how good it was proven to be holds only with its leader first."""
    begins, instead = first(project, proposal.roadmap), first(project, base.roadmap)
    order = order_apart(project, base.roadmap, proposal.roadmap)
    return Alternative(
        leader,
        begins,
        replace(proposal.roadmap, status="heuristic", gap=None),
        proposal.phases,
        Objective(round(value, 4), proposal.objective.terms),
        cost,
        order,
        _words(project, begins, instead, cost, order),
    )


def _words(project: Project, begins: Sequence[str], instead: Sequence[str], cost: float, order: float) -> str:
    if cost > 0:
        words = _("begins with {first} instead of {instead}; {cost:.1f} % worse by the strategy's weights")
    else:
        words = _(
            "begins with {first} instead of {instead}; {cost:.1f} % better by the strategy's weights, "
            "but not in the order that it asks for"
        )
    told = words.format(
        first=listed(map(project.title, begins)), instead=listed(map(project.title, instead)), cost=abs(cost) * 100
    )
    return _("{what}; {share:.0f} % of the pairs of capabilities change places").format(what=told, share=order * 100)


def _diverse(project: Project, base: Roadmap, found: Sequence[Alternative], count: int) -> list[Alternative]:
    """Up to ``count`` of ``found``: the cheapest, then the one farthest from its nearest among ``base`` and those kept.

    None that begins like one of them or is nearer to it than ``LEAST_APART``.
    """
    kept: list[Alternative] = []
    begun = {_processes(first(project, base))}
    nearest = [entry.apart for entry in found]
    while len(kept) < count:
        open_ = [
            n for n, entry in enumerate(found) if _processes(entry.first) not in begun and nearest[n] >= LEAST_APART
        ]
        if not open_:
            break
        chosen = found[max(open_, key=lambda n: nearest[n]) if kept else min(open_, key=lambda n: found[n].cost)]
        kept.append(chosen)
        begun.add(_processes(chosen.first))
        nearest = [
            min(near, order_apart(project, chosen.roadmap, entry.roadmap))
            for near, entry in zip(nearest, found, strict=True)
        ]
    return kept


def _processes(items: Sequence[str]) -> frozenset[str]:
    return frozenset(map(process_of, items))
