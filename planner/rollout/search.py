"""Searches the best order of groups: the heuristic engine.

A population of good orders that differ is kept, begun from known rules with chance in them (biased sampling, Kolisch
1996). Then either one member is changed a little (a group goes elsewhere in the order), or a stretch of one member is
put into another (two-point crossover, Hartmann 1998). What comes of it is shifted to the right and made anew (double
justification, Valls et al. 2005) as often as that has been seen to pay for this goal. A newcomer takes the place of
the member most like it among those that are no better, so that the population does not become all alike; when it has
found nothing for long all the same, a new one begins.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import eq
from time import monotonic

from planner.rollout.bound import lower_bound
from planner.rollout.decode import Decoder
from planner.rollout.division import Division
from planner.rollout.goal import Goal, Rank, Schedule
from planner.rollout.orders import crossed, rules, shifted
from planner.rollout.problem import Problem
from planner.rollout.schedule import NoRoom
from planner.rollout.watch import UNWATCHED, Sight, Watch

ROUNDS = 100
"""How many schedules are made when neither rounds nor time are limited."""

LARGEST, SMALLEST = 40, 4
"""How many members a population has at most and at least."""

GENERATIONS = 50
"""For how many schedules there should be time for each member of a population."""

PATIENCE = 15
"""How many newcomers for each member may bring nothing better before a new population begins."""

SHIFTED = 0.6
"""How many of the newcomers are a member changed a little; the others are two members crossed."""

RIVALS = 6
"""How many members a newcomer is compared with to find the one most like it."""

BOUND_AFTER = 200
"""After how many schedules it pays to ask for a bound, at which the search can end."""

HOPELESS = 30
"""After how many orders without any room there is no hope that another one has it."""

TOLD = 0.05
"""Seconds between two tellings of how far the search is."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best schedule of a search, how good it is, and how many schedules were tried."""

    schedule: Schedule
    rank: Rank
    tried: int


def search(
    problem: Problem,
    division: Division,
    goal: Goal,
    *,
    seed: int = 0,
    rounds: int | None = None,
    time_limit: float | None = None,
    watch: Watch = UNWATCHED,
    start: Iterable[Sequence[int]] = (),
) -> Found:
    """The best schedule found.

    ``rounds`` limits how many schedules are made, ``time_limit`` the seconds; without both there are ``ROUNDS``. At
    least one schedule is made whatever the time. ``start`` are orders to begin with, instead of known rules. Raises
    NoRoom when no order that was tried could be scheduled.
    """
    if rounds is None and time_limit is None:
        rounds = ROUNDS
    return _Search(problem, division, goal, seed, rounds, time_limit, watch).run(start)


@dataclass(frozen=True, slots=True)
class _Member:
    """An order with its schedule: ``order`` is the order of the starts in it."""

    rank: Rank
    schedule: Schedule
    order: list[int]


class _Habit:
    """How often something has paid so far, beginning with one time out of two."""

    def __init__(self) -> None:
        self.paid, self.times = 1, 2

    def note(self, paid: bool) -> None:
        self.paid += paid
        self.times += 1

    @property
    def share(self) -> float:
        return self.paid / self.times


class _Search:
    def __init__(
        self,
        problem: Problem,
        division: Division,
        goal: Goal,
        seed: int,
        rounds: int | None,
        time_limit: float | None,
        watch: Watch,
    ) -> None:
        self.problem = problem
        self.division = division
        self.goal = goal
        self.chance = random.Random(seed)  # noqa: S311 - chance for a search, not for secrets
        self.rounds = rounds
        self.time_limit = time_limit
        self.watch = watch
        self.begin = self.told = monotonic()
        self.decoder = Decoder(problem, division)
        self.tasks = [group.tasks for group in problem.groups]
        self.single = [tasks[0] for tasks in self.tasks] if all(len(tasks) == 1 for tasks in self.tasks) else None
        self.tried = 0
        self.best: _Member | None = None
        self.bound: float | None = None
        self.stuck: NoRoom | None = None
        self.justifying = _Habit()
        self.bases: list[list[int]] = []
        self.population: list[_Member] = []
        self.ready = monotonic()

    def run(self, start: Iterable[Sequence[int]]) -> Found:
        self.bases = [list(order) for order in start] or list(rules(self.problem, self.decoder))
        for order in self.bases:
            if self._over():
                break
            if member := self._made(order):
                self.population.append(member)
        if self.population and not self._over():
            leader = min(self.population, key=lambda member: member.rank)
            if member := self._made(self.decoder.justified(leader.schedule)):
                self.population.append(member)
        while not self._over():
            self._populate()
            self._evolve()
            self.population = []
        if self.best is None:
            raise self.stuck or AssertionError("no order was tried")
        return Found(self.best.schedule, self.best.rank, self.tried)

    # -- one schedule ---------------------------------------------------------------------------------------

    def _made(self, order: Sequence[int]) -> _Member | None:
        """The schedule of ``order``, noted when it is the best; None when there is no room for it."""
        self.tried += 1
        try:
            schedule = self.decoder.serial(order)
        except NoRoom as error:
            self.stuck = self.stuck or error
            return None
        rank = self.goal.rank(schedule)
        assert rank is not None  # only a comparison has none
        member = _Member(rank, schedule, self._order_of(schedule))
        if self.best is None or rank < self.best.rank:
            self.best = member
            self._tell()
        return member

    def _order_of(self, schedule: Schedule) -> list[int]:
        start = schedule.start
        if self.single is not None:
            return self.decoder.by_start([start[n] for n in self.single])
        return self.decoder.by_start([min([start[n] for n in tasks]) for tasks in self.tasks])

    def _grown(self, order: Sequence[int]) -> _Member | None:
        """The schedule of ``order``, or the one that it becomes when justified if that is no worse."""
        member = self._made(order)
        if member is None or self.chance.random() > self.justifying.share or self._over():
            return member
        justified = self._made(self.decoder.justified(member.schedule))
        better = justified is not None and justified.rank <= member.rank
        self.justifying.note(better)
        return justified if better else member

    # -- when to end ----------------------------------------------------------------------------------------

    def _over(self) -> bool:
        if self.rounds is not None and self.tried >= self.rounds:
            return True
        if self.best is None:
            return self.tried >= HOPELESS or (self.tried > 0 and (self._late() or self.watch.stopped()))
        if self.tried >= BOUND_AFTER and self._reached():
            return True
        now = monotonic()
        if now - self.told > TOLD:
            self._tell()
        return self._late() or self.watch.stopped()

    def _late(self) -> bool:
        return self.time_limit is not None and monotonic() - self.begin > self.time_limit

    def _reached(self) -> bool:
        """Whether the best is as good as can be: every term that comes before the sum is nothing, the sum the bound."""
        if self.bound is None:
            self.bound = lower_bound(self.problem, self.division, self.goal)
        assert self.best is not None
        *head, value = self.best.rank
        return not any(head) and value <= self.bound + 1e-9

    def _tell(self) -> None:
        self.told = monotonic()
        value = self.best.rank[-1] if self.best else None
        self.watch.told(Sight("heuristic", self.told - self.begin, self.tried, value, self.bound))

    # -- the population -------------------------------------------------------------------------------------

    def _populate(self) -> None:
        """Keep the best that there are, and fill the population with such that are made of them by chance."""
        samples = self._samples()
        self.population.sort(key=lambda member: member.rank)
        del self.population[self._size() :]
        while len(self.population) < self._size() and not self._over():
            if member := self._grown(next(samples)):
                self.population.append(member)

    def _size(self) -> int:
        """As many members as there is time to bring up."""
        expected = float("inf") if self.rounds is None else self.rounds
        if self.time_limit is not None:
            expected = min(expected, self.tried * self.time_limit / max(1e-6, monotonic() - self.ready))
        return int(min(LARGEST, max(SMALLEST, expected // GENERATIONS)))

    def _samples(self) -> Iterator[list[int]]:
        """Orders near those of the population, else near those that the search began with."""
        near = [member.order for member in self.population] or self.bases
        count = len(near[0])
        while True:
            order = near[int(self.chance.random() * len(near))]
            spread = count * (0.1 + 0.6 * self.chance.random())
            keys = [0.0] * count
            for place, number in enumerate(order):
                keys[number] = place + spread * self.chance.random()
            yield self.decoder.by(keys)

    def _evolve(self) -> None:
        """Bring up the population until it finds nothing better for long."""
        since = 0
        population = self.population
        if len(population) < 2:
            return
        leader = min(member.rank for member in population)
        while since < PATIENCE * len(population) and not self._over():
            since += 1
            if self.chance.random() < SHIFTED:
                parent = min(self._any(), self._any(), key=lambda member: member.rank)
                order = parent.order
                for _move in range(1 + int(3 * self.chance.random())):
                    order = shifted(self.problem, self.division.phase_of, order, self.chance)
            else:
                parent = self._any()
                order = crossed(parent.order, self._any().order, self.chance)
            child = self._grown(order)
            if child is not None:
                self._admit(child)
                if child.rank < leader:
                    leader, since = child.rank, 0

    def _any(self) -> _Member:
        return self.population[int(self.chance.random() * len(self.population))]

    def _admit(self, child: _Member) -> None:
        """``child`` takes the place of the most similar of some members that are no better; never stands twice."""
        start = child.schedule.start
        weaker = []
        for place, member in enumerate(self.population):
            if member.rank >= child.rank:
                if member.rank == child.rank and member.schedule.start == start:
                    return
                weaker.append(place)
        if not weaker:
            return
        rivals = {weaker[int(self.chance.random() * len(weaker))] for _rival in range(RIVALS)}

        def likeness(place: int) -> tuple[int, Rank, int]:
            member = self.population[place]
            return (sum(map(eq, start, member.schedule.start)), member.rank, place)

        self.population[max(rivals, key=likeness)] = child
