"""Roadmaps side by side: the figures of each, which of them no other beats, and how much any two differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from planner.assessment.dates import finish_of, phase_of
from planner.model.knowledge import Strategy
from planner.model.project import Phase, Project, Roadmap
from planner.rollout.compared.figures import JUDGED, Figures, Measure
from planner.rollout.compared.words import costs, traded, wins
from planner.rollout.problem import Circular, TooFar
from planner.rollout.propose import Solver, propose
from planner.rollout.result import Infeasible, Objective, Proposal, Unsuited
from planner.rollout.verify import verify
from planner.rollout.watch import UNWATCHED, Watch
from planner.text.i18n import _, language, ngettext

ADOPTED = "adopted"
"""The id of the plan's own roadmap among those compared."""

FIRST = 3
"""How many of the capabilities that are reached first are named."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A roadmap to be compared.

    ``objective`` where it was just proposed. ``broken``: the constraints that it breaks, in words. For an alternative,
    ``cost`` is by what share it is worse to its strategy than the best.
    """

    id: str
    name: str
    kind: Literal["adopted", "strategy", "alternative"]
    roadmap: Roadmap
    phases: tuple[Phase, ...]
    objective: Objective | None = None
    broken: tuple[str, ...] = ()
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Tradeoff:
    """What one roadmap wins against another (``against``, an id) and at what price; ``words`` is a sentence of both."""

    against: str
    wins: tuple[str, ...]
    costs: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """A compared roadmap.

    ``best``: in which of ``JUDGED`` no other is better. ``beaten_by``: the ids of those that are as good in all of them
    and better in one; a roadmap that breaks constraints beats nobody. ``first``: the capabilities that are reached
    first. ``tradeoff``: against the reference of the comparison; the reference itself against its strongest rival.
    """

    candidate: Candidate
    figures: Figures
    best: tuple[str, ...]
    beaten_by: tuple[str, ...]
    first: tuple[str, ...]
    tradeoff: Tradeoff | None

    @property
    def unbeaten(self) -> bool:
        """Whether it keeps all constraints and no other is better in something and worse in nothing (Pareto)."""
        return not self.beaten_by and not self.candidate.broken


@dataclass(frozen=True, slots=True)
class Apart:
    """How much two roadmaps differ.

    ``order``: the share of the pairs of capabilities that they reach in opposite orders. ``phases``: how many of
    ``capabilities`` stand in a phase of another number.
    """

    one: str
    other: str
    order: float
    phases: int
    capabilities: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What could not be compared, a strategy or the adopted roadmap; why, and what to do where that is known.

    ``brief``: the reasons in short. ``tried`` is False for a strategy that was not proposed by, because the comparison
    was stopped before.
    """

    id: str
    name: str
    reasons: tuple[str, ...]
    advice: str = ""
    tried: bool = True
    brief: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Roadmaps side by side. ``reference`` is the id of the one with which the others are compared in words."""

    columns: tuple[Column, ...]
    apart: tuple[Apart, ...]
    left_out: tuple[LeftOut, ...]
    reference: str

    def column(self, ident: str) -> Column:
        """The column of the roadmap ``ident``. Raises KeyError."""
        return {column.candidate.id: column for column in self.columns}[ident]

    def tradeoff(self, one: str, other: str) -> Tradeoff:
        """What the roadmap ``one`` wins against ``other`` and at what price. Raises KeyError."""
        mine, theirs = self.column(one), self.column(other)
        return _tradeoff(mine.figures, theirs.candidate, theirs.figures)


def compare(
    project: Project,
    strategies: Sequence[Strategy],
    *,
    seed: int = 0,
    solver: Solver = "heuristic",
    time_limit: float | None = None,
    reference: str = "",
    watch: Watch = UNWATCHED,
) -> Comparison:
    """The proposals of ``strategies`` (at least one) side by side, and the adopted roadmap where there is one.

    ``time_limit``, in seconds, is for each strategy. One that does not suit the plan or is infeasible is left out with
    its reasons. The others are compared with ``reference``, a strategy or ``ADOPTED``; without one with the plan's own
    strategy, else with the first.
    """
    found: list[Candidate] = []
    out: list[LeftOut] = []
    for strategy in strategies:
        name = strategy.name.in_(language())
        if watch.stopped():
            out.append(LeftOut(strategy.id, name, (_("not tried: it was stopped before"),), tried=False))
            continue
        try:
            proposal = propose(project, strategy, seed=seed, solver=solver, time_limit=time_limit, watch=watch)
        except Infeasible as error:
            advice = error.advice if isinstance(error, Unsuited) else ""
            brief = tuple(c.brief or c.message for c in error.conflicts)
            out.append(LeftOut(strategy.id, name, tuple(c.message for c in error.conflicts), advice, brief=brief))
        else:
            found.append(proposed(strategy, proposal))
    own = next((entry.id for entry in found if entry.id == project.engagement.strategy), "")
    reference = reference or own or next((entry.id for entry in found), "")
    return side_by_side(project, strategies[0], [*adopted(project), *found], out, reference)


def proposed(strategy: Strategy, proposal: Proposal) -> Candidate:
    """A proposal of ``strategy`` as it is compared."""
    name = strategy.name.in_(language())
    return Candidate(strategy.id, name, "strategy", proposal.roadmap, proposal.phases, proposal.objective)


def adopted(project: Project) -> tuple[Candidate, ...]:
    """The plan's own roadmap as it is compared; nothing where there is none, or no work to place."""
    if project.roadmap is None or not project.packages:
        return ()
    broken = tuple(violation.message for violation in verify(project, project.roadmap, project.phases))
    return (Candidate(ADOPTED, _("Adopted roadmap"), "adopted", project.roadmap, project.phases, broken=broken),)


def side_by_side(
    project: Project,
    strategy: Strategy,
    candidates: Sequence[Candidate],
    left_out: Sequence[LeftOut] = (),
    reference: str = "",
) -> Comparison:
    """``candidates``, measured and compared; those that do not place all work are left out.

    ``strategy`` is any: figures are the same under each. ``reference`` is the id of a candidate.
    """
    out = list(left_out)
    whole: list[Candidate] = []
    for candidate in candidates:
        if missing := sum(package.id not in candidate.roadmap.packages for package in project.packages):
            wrong = ngettext("{n} work package has no place in it", "{n} work packages have no place in it", missing)
            out.append(LeftOut(candidate.id, candidate.name, (wrong.format(n=missing),), _("propose again")))
        else:
            whole.append(candidate)
    try:
        measure = Measure(project, strategy)
    except (Circular, TooFar):  # then nothing was proposed, and each strategy says why
        return Comparison((), (), tuple(out), "")
    figures = [measure.figures(candidate.roadmap, candidate.phases) for candidate in whole]
    columns = tuple(_column(project, number, whole, figures, reference) for number in range(len(whole)))
    pairs = tuple(apart(project, one, other) for one, other in combinations(whole, 2))
    return Comparison(columns, pairs, tuple(out), reference)


def apart(project: Project, one: Candidate, other: Candidate) -> Apart:
    """How much two roadmaps that place all work differ."""
    at = [{p.id: n for n, p in enumerate(candidate.phases)} for candidate in (one, other)]
    items = project.capabilities
    moved = sum(
        at[0].get(phase_of(project, one.roadmap, item)) != at[1].get(phase_of(project, other.roadmap, item))
        for item in items
    )
    return Apart(one.id, other.id, order_apart(project, one.roadmap, other.roadmap), moved, len(items))


def order_apart(project: Project, one: Roadmap, other: Roadmap) -> float:
    """The share of the pairs of capabilities that two roadmaps reach in opposite orders."""
    days = [
        (mine.toordinal(), theirs.toordinal())
        for item in project.capabilities
        if (mine := finish_of(project, one, item)) and (theirs := finish_of(project, other, item))
    ]
    pairs = [(a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(days, 2)]
    return sum(pairs) / len(pairs) if pairs else 0.0


def first(project: Project, roadmap: Roadmap, count: int = FIRST) -> tuple[str, ...]:
    """The ``count`` capabilities that ``roadmap`` reaches first, in their order."""
    days = [(day, item) for item in project.capabilities if (day := finish_of(project, roadmap, item))]
    return tuple(item for _day, item in sorted(days)[:count])


def beats(one: Figures, other: Figures) -> bool:
    """Whether ``one`` is as good as ``other`` in all figures that are judged and better in one of them."""
    pairs = [(one.amount(metric), other.amount(metric)) for metric in JUDGED]
    return all(mine <= theirs for mine, theirs in pairs) and any(mine < theirs for mine, theirs in pairs)


def _column(
    project: Project, number: int, whole: Sequence[Candidate], figures: Sequence[Figures], reference: str
) -> Column:
    candidate, own = whole[number], figures[number]
    ids = [entry.id for entry in whole]
    other = ids.index(reference) if reference in ids else None
    if other == number:
        other = _rival(number, figures)
    return Column(
        candidate,
        own,
        best=_best(number, figures),
        beaten_by=tuple(
            entry.id for entry, its in zip(whole, figures, strict=True) if not entry.broken and beats(its, own)
        ),
        first=first(project, candidate.roadmap),
        tradeoff=None if other is None else _tradeoff(own, whole[other], figures[other]),
    )


def _best(number: int, figures: Sequence[Figures]) -> tuple[str, ...]:
    """In which judged figures no other is better than number ``number``."""
    own = figures[number]
    return tuple(metric for metric in JUDGED if own.amount(metric) == min(its.amount(metric) for its in figures))


def _rival(number: int, figures: Sequence[Figures]) -> int | None:
    """The other one that is best in most figures; the earlier of several; None when there is no other."""
    others = [n for n in range(len(figures)) if n != number]
    return max(others, key=lambda n: len(_best(n, figures)), default=None)


def _tradeoff(own: Figures, other: Candidate, theirs: Figures) -> Tradeoff:
    won, paid = wins(own, theirs), costs(own, theirs)
    return Tradeoff(other.id, won, paid, traded(other.name, won, paid))
