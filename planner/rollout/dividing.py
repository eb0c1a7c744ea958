"""Divides a plan's work into phases as a strategy wants them, and changes the division where promises are missed.

The strategy gives every group a wish and a rank (``phases``), the links give an order, and the order is cut into
phases. Several cuts are tried with few schedules and the best by the strategy's goal is searched thoroughly. Where
a deadline or a phase's end is missed, what is late is put first, or work is moved to the next phase.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.model.knowledge import Strategy
from planner.model.project import Phase
from planner.rollout import phase_names
from planner.rollout import phases as phasing
from planner.rollout.conflict import Late
from planner.rollout.decode import Decoder
from planner.rollout.division import Division, divided, undivided
from planner.rollout.goal import Goal, Rank, Schedule, ends
from planner.rollout.problem import Problem
from planner.rollout.schedule import NoRoom
from planner.rollout.search import search
from planner.rollout.watch import UNWATCHED, Watch

ROUNDS = 60
"""How many schedules are tried for the division that is kept, unless a time limit is given."""

TRIAL_ROUNDS = 10
"""How many schedules are tried to tell which of several divisions is the best."""

CUTS = ((1.0, 1.0, 0.0), (0.5, 1.0, 0.02), (0.25, 1.0, 0.02), (0.0, 1.0, 0.02), (0.25, 0.25, 0.06), (0.0, 0.0, 0.06))
"""Ways to cut (``phases.cut``: taking, leaving), the strategy's own first, and by which share of the value one must be
better to be taken: taking work up early is a small liberty, leaving some for later a greater one. Judgement.
"""

FEWER = 0.04
"""One phase less than the strategy's length of phases asks for must be better by this share of the value."""

REPAIRS = 40
"""How many times a division into phases is changed to keep a deadline or a phase's end."""

REPAIR_ROUNDS = 12
"""How many schedules are tried for a changed division."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A division with the best schedule found in it."""

    division: Division
    goal: Goal
    schedule: Schedule
    rank: Rank
    tried: int

    @property
    def late(self) -> bool:
        """Whether it misses a promise that may not slip."""
        return self.rank[0] > 0

    def misses(self) -> tuple[Late, ...]:
        """The promises that it misses, with by how much."""
        days = self.goal.problem.workdays
        found = []
        for promise in self.goal.promises:
            finish = max(self.schedule.finish[n] for n in promise.tasks)
            if finish > promise.last and not promise.may_slip:
                late = (days[finish] - promise.due).days
                found.append(Late(promise.item, promise.phase, promise.due, finish, late))
        return tuple(found)


class Dividing:
    """Divisions of one problem under one strategy.

    ``asked`` is a wanted number of phases. ``by_date`` orders by due dates instead of the strategy's wishes. Raises
    NoRoom when a group fits nowhere even without phases, Infeasible when pins contradict the number of phases.
    """

    def __init__(
        self,
        problem: Problem,
        strategy: Strategy,
        asked: int | None,
        seed: int,
        by_date: bool = False,
        watch: Watch = UNWATCHED,
    ) -> None:
        self.problem = problem
        self.strategy = strategy
        self.seed = seed
        self.watch = watch
        self.tried = 0
        self.due = phasing.due_dates(problem)
        self.wishes = phasing.wishes(problem, strategy)
        self.wanted = [0] * len(problem.groups) if by_date else self.wishes
        self.rank = phasing.ranks(problem, strategy)
        if by_date:
            self.rank = [due + 0.001 * rank for due, rank in zip(self.due, self.rank, strict=True)]
        tails = phasing.tails(problem)
        longest = max(tails)
        self.tail = [1 - tail / longest for tail in tails]
        self.length = [days / longest for days in problem.shortest]
        self.soft = [(before, group.number) for group in problem.groups for before in sorted(group.soft_before)]
        self.urgent: set[int] = set()
        self.dated = phasing.dated(problem)
        plain = self._plain()
        weeks = self._weeks(plain)
        self.count = phasing.how_many(problem, asked, weeks, strategy, self.wishes)
        self.fewer = phasing.fewer(problem, asked, self.count, weeks, strategy, self.wishes)
        for number, other in phasing.going_on(problem, self.dated, plain, self.wishes, self.rank).items():
            self.wishes[number] = self.wishes[other]
            if not by_date:
                self.rank[number] = self.rank[other]
        self.phases = self._described([0] * len(problem.groups), self.count)

    def best(self) -> Candidate:
        """The best candidate over all cuts and repairs, searched thoroughly. Raises NoRoom."""
        best = self._repaired(self._first())
        return self.searched(best.division, ROUNDS, first=(self.order_of(best),))

    def searched(
        self, division: Division, rounds: int, *, first: Sequence[Sequence[int]] = (), time_limit: float | None = None
    ) -> Candidate:
        """The best schedule found in ``division``: from ``first``, then known priority rules, then the search."""
        goal = Goal(self.problem, self.strategy, division)
        start = [*first, *self._orders(division)]
        found = search(
            self.problem,
            division,
            goal,
            seed=self.seed,
            rounds=rounds,
            time_limit=time_limit,
            watch=self.watch,
            start=start,
        )
        self.tried += found.tried
        return Candidate(division, goal, found.schedule, found.rank, found.tried)

    def named(self, candidate: Candidate) -> tuple[Phase, ...]:
        """The phases of ``candidate``, called after what they hold."""
        return self._described(candidate.division.phase_of, len(candidate.division.phases))

    def order_of(self, candidate: Candidate) -> list[int]:
        """The order in which the groups of a candidate start."""
        phase_of, schedule = candidate.division.phase_of, candidate.schedule

        def key(number: int) -> tuple[float, ...]:
            return (phase_of[number], ends(schedule, self.problem.groups[number].tasks)[0])

        return phasing.sequence(self.problem, key)

    # -- divisions ----------------------------------------------------------------------------------------

    def _plain(self) -> Schedule:
        """The work in the strategy's order without phases."""
        decoder = Decoder(self.problem, undivided(self.problem))
        while True:
            try:
                return decoder.serial(self._strategy_order(self.rank))
            except NoRoom as error:
                if not self._hurry({error.group.number}):
                    raise

    def _weeks(self, plain: Schedule) -> float:
        """How long the work takes without phases."""
        last = self.problem.workdays[max(plain.finish)]
        return ((last - self.problem.project.engagement.start).days + 1) / 7

    def _strategy_order(self, keys: Sequence[float]) -> list[int]:
        def key(number: int) -> tuple[float, ...]:
            return (0 if number in self.urgent else self.wanted[number] + 1, keys[number])

        return phasing.sequence(self.problem, key, self.soft)

    def _described(self, phase_of: Sequence[int], count: int) -> tuple[Phase, ...]:
        return phase_names.describe(self.problem, self.strategy, count, self.wishes, phase_of)

    def _cuts(self) -> Iterator[tuple[list[int], float]]:
        """Each group's phase in several ways: the strategy's order cut into phases, with pins held; see ``CUTS``.

        Later ways heed less where the strategy's own phases meet; none puts what it names later before what it names
        earlier, except for links.
        """
        wanted = [0 if n in self.urgent else wish for n, wish in enumerate(self.wanted)]
        order = self._strategy_order(self.rank)
        for taking, leaving, clearly in CUTS:
            phase_of = phasing.cut(self.problem, order, wanted, self.count, taking, leaving)
            yield phasing.hold_pins(self.problem, self.phases, phase_of), clearly

    def _first(self) -> Candidate:
        """The best of several cuts; into one phase less where that is clearly better. Raises NoRoom."""
        while True:
            try:
                best = self._best_cut()
                if self.fewer is not None:
                    count, phases = self.count, self.phases
                    self.count, self.phases = self.fewer, phases[: self.fewer]
                    less = self._best_cut()
                    if _clearly_better(less.rank, best.rank, FEWER):
                        return less
                    self.count, self.phases = count, phases
                return best
            except NoRoom as error:
                if not self._hurry({error.group.number}):
                    raise

    def _best_cut(self) -> Candidate:
        """The best of several cuts into ``count`` phases; liberties must pay."""
        tried: list[list[int]] = []
        best: Candidate | None = None
        for phase_of, clearly in self._cuts():
            if phase_of in tried:
                continue
            tried.append(phase_of)
            found = self._within(phase_of, TRIAL_ROUNDS)
            if best is None or _clearly_better(found.rank, best.rank, clearly):
                best = found
        assert best is not None
        return best

    def _within(self, phase_of: Sequence[int], rounds: int) -> Candidate:
        return self.searched(divided(self.problem, self.phases, phase_of), rounds)

    # -- repairs ------------------------------------------------------------------------------------------

    def _repaired(self, best: Candidate) -> Candidate:
        current = best
        for _repair in range(REPAIRS):
            phase_of = self._unheld(current)
            if phase_of is None and current.late:
                phase_of = self._relieved(current)
            if phase_of is None or self.watch.stopped():
                break
            try:
                current = self._within(phase_of, REPAIR_ROUNDS)
            except NoRoom:
                break
            if current.rank < best.rank:
                best = current
        return best

    def _unheld(self, current: Candidate) -> list[int] | None:
        """Another division where a phase ends later only for programme work that waits for its day."""
        phase_of = current.division.phase_of
        last = [-1] * self.count
        for group in self.problem.groups:
            if group.number not in self.dated:
                index = phase_of[group.number]
                last[index] = max(last[index], ends(current.schedule, group.tasks)[1])
        for number in sorted(self.dated):
            if ends(current.schedule, self.problem.groups[number].tasks)[1] > last[phase_of[number]]:
                moved = phasing.push_out(self.problem, self.phases, phase_of, phase_of[number], {number})
                if moved is not None:
                    return moved
        return None

    def _relieved(self, late: Candidate) -> list[int] | None:
        """Another division that may be less late: what is late goes first, or leaves an overfull phase."""
        misses = late.misses()
        for miss in misses:
            if miss.phase is None:
                groups = {self.problem.tasks[n].group for n in self.problem.ends(miss.item)}
                if self._hurry(groups):
                    return next(self._cuts())[0]
        for miss in misses:
            if miss.phase is not None:
                last = late.division.windows[miss.phase].last
                assert last is not None
                after = {g.number for g in self.problem.groups if ends(late.schedule, g.tasks)[1] > last}
                moved = phasing.push_out(self.problem, self.phases, late.division.phase_of, miss.phase, after)
                if moved is not None:
                    return moved
        return None

    def _hurry(self, groups: set[int]) -> bool:
        """Make ``groups`` and all they need urgent, except what waits for its day; False when they are already."""
        wanted = self.problem.with_needs(groups) - self.dated
        if wanted <= self.urgent:
            return False
        self.urgent |= wanted
        return True

    # -- orders within phases -----------------------------------------------------------------------------

    def _orders(self, division: Division) -> Iterator[list[int]]:
        """Orders by known priority rules, each with soft links kept and without."""
        phase_of = division.phase_of
        keep = [(before, after) for before, after in self.soft if phase_of[before] <= phase_of[after]]
        rules = [
            self.rank,
            self.tail,
            [0.5 * rank + 0.5 * tail for rank, tail in zip(self.rank, self.tail, strict=True)],
            [0.5 * rank + 0.5 * length for rank, length in zip(self.rank, self.length, strict=True)],
        ]
        if min(self.due) < 1:
            rules.insert(1, self.due)
        for rule in rules:
            for soft in (keep, []):

                def key(number: int, rule: Sequence[float] = rule) -> tuple[float, ...]:
                    return (phase_of[number], number not in self.urgent, rule[number])

                yield phasing.sequence(self.problem, key, soft)


def _clearly_better(rank: Rank, best: Rank, clearly: float) -> bool:
    """Whether ``rank`` beats ``best`` in what comes first, or by the share ``clearly`` of the value."""
    return (*rank[:-1], rank[-1] * (1 + clearly)) < best
