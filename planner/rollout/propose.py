"""Proposes a phased roadmap: the heuristic engine.

1. The strategy gives every group a wish and a rank (``phases``), the links give an order.
2. A first schedule without phases tells how long the work takes; the order is cut into phases.
3. Within the phases many orders are scheduled (``schedule``) and the best by the strategy's weights is kept.
   The number of schedules is fixed and chance comes from the seed: same input, same plan.
4. Where a deadline or a phase's end is missed, what is late is put first, or work is moved to the next phase.
What still misses is infeasible as far as this engine can find, and is said so with what stands in the way.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from planner.model.knowledge import Strategy
from planner.model.project import Phase, Placement, Project, Roadmap
from planner.model.values import Fixed
from planner.rollout import phases as phasing
from planner.rollout.conflict import (
    Late,
    circular,
    conflicts_of,
    contradictions,
    impossible,
    no_room,
    too_far,
)
from planner.rollout.metrics import metrics
from planner.rollout.objective import terms, weighted
from planner.rollout.problem import LATEST, Circular, Problem, TooFar
from planner.rollout.result import Infeasible, Objective, Proposal
from planner.rollout.schedule import Builder, NoRoom, Schedule, Window
from planner.rollout.strategies import effective
from planner.rollout.verify import verify

SCHEDULES = 40
"""How many schedules are tried for one division into phases."""

REPAIRS = 40
"""How many times a division into phases is changed to keep a deadline or a phase's end."""

REPAIR_SCHEDULES = 12
"""How many schedules are tried for a changed division."""

ATTEMPTS = 5
"""How many ways of ordering and dividing are tried before it is said that no roadmap was found."""


def propose(project: Project, strategy: Strategy, *, phases: int | None = None, seed: int = 0) -> Proposal:
    """The best roadmap found for ``project`` under ``strategy``.

    ``phases`` asks for a number of phases; otherwise the plan's own count, or a chosen one. Raises Infeasible
    with every conflict found: contradictions of the plan itself, or promises that no roadmap was found to keep;
    Unsuited when the strategy does not apply to the plan.
    """
    strategy = effective(strategy, project)
    if found := contradictions(project):
        raise Infeasible(found)
    try:
        problem = Problem(project, strategy.absorption)
        if found := impossible(problem):
            raise Infeasible(found)
        return _tried(problem, strategy, phases, seed)
    except Circular as error:
        raise Infeasible((circular(project, error),)) from error
    except TooFar as error:
        raise Infeasible((too_far(),)) from error


def _tried(problem: Problem, strategy: Strategy, asked: int | None, seed: int) -> Proposal:
    """The proposal in the strategy's own way; when that keeps not every promise, in other ways that may.

    Those are: ordering by due dates instead of the strategy's wishes, and other numbers of phases when the number is
    free. Raises Infeasible with the conflicts of the strategy's own way when none succeeds.
    """
    first: Infeasible | None = None
    natural = asked
    for number in range(ATTEMPTS):
        try:
            search = _Search(problem, strategy, natural if number < 2 else _other(natural, number), seed, number > 0)
            natural = natural or search.count
            return search.proposal()
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


def _other(natural: int | None, number: int) -> int:
    """Other numbers of phases near the natural one: one less, one more, then a single phase."""
    near = natural or 1
    return max(1, (near - 1, near + 1, 1)[number - 2])


@dataclass(frozen=True, slots=True)
class _Candidate:
    schedule: Schedule
    late: tuple[Late, ...]
    value: float

    @property
    def rank(self) -> tuple[int, float]:
        """What is smaller is better: first days late, then the strategy's value."""
        return (sum(late.days for late in self.late), self.value)


class _Search:
    def __init__(self, problem: Problem, strategy: Strategy, asked: int | None, seed: int, by_date: bool) -> None:
        self.problem = problem
        self.strategy = strategy
        self.random = random.Random(seed)  # noqa: S311 - chance for a search, not for secrets
        self.seed = seed
        self.due = phasing.due_dates(problem)
        self.wishes = phasing.wishes(problem, strategy)
        self.wanted = [0] * len(problem.groups) if by_date else self.wishes
        self.rank = self.due if by_date else phasing.ranks(problem, strategy)
        tails = phasing.tails(problem)
        longest = max(tails)
        self.tail = [1 - tail / longest for tail in tails]
        self.length = [days / longest for days in problem.shortest]
        self.soft = [(before, group.number) for group in problem.groups for before in sorted(group.soft_before)]
        self.urgent: set[int] = set()
        self.dated = phasing.dated(problem)
        plain = self._plain()
        self.count = phasing.how_many(problem, asked, self._weeks(plain), strategy, self.wishes)
        for number, other in phasing.going_on(problem, self.dated, plain, self.wishes, self.rank).items():
            self.wishes[number] = self.wishes[other]
            if not by_date:
                self.rank[number] = self.rank[other]
        self.phases = self._phases([0] * len(problem.groups))
        self.windows = [self._window(phase) for phase in self.phases]

    def _plain(self) -> Schedule:
        """The work in the strategy's order without phases."""
        while True:
            order = self._strategy_order()
            try:
                return Builder(self.problem, [Window()]).build(order, [0] * len(order))
            except NoRoom as error:
                if not self._hurry({error.group.number}):
                    raise

    def _weeks(self, plain: Schedule) -> float:
        """How long the work takes without phases."""
        last = self.problem.workdays[max(plain.finish)]
        return ((last - self.problem.project.engagement.start).days + 1) / 7

    def _strategy_order(self) -> list[int]:
        def key(number: int) -> tuple[float, ...]:
            return (0 if number in self.urgent else self.wanted[number] + 1, self.rank[number])

        return phasing.sequence(self.problem, key, self.soft)

    def _hurry(self, groups: set[int]) -> bool:
        """Make ``groups`` and all they need urgent, except what waits for its day; False when they are already."""
        wanted = self._with_needs(groups) - self.dated
        if wanted <= self.urgent:
            return False
        self.urgent |= wanted
        return True

    def proposal(self) -> Proposal:
        """The best candidate over all repairs; raises Infeasible when even that is late."""
        best, phase_of = self._repaired()
        if best.late:
            raise Infeasible(conflicts_of(self.problem, best.schedule, self.phases, phase_of, best.late))
        project = self.problem.project
        phases = self._phases(phase_of)
        if self.problem.workdays[max(best.schedule.finish)] > LATEST:
            raise TooFar
        roadmap = Roadmap(
            strategy=self.strategy.id,
            seed=self.seed,
            absorption=self.strategy.absorption,
            status="heuristic",
            packages=Fixed(
                {
                    task.id: Placement(
                        phase=phases[phase_of[task.group]].id,
                        start=self.problem.workdays[best.schedule.start[task.number]],
                        finish=self.problem.workdays[best.schedule.finish[task.number]],
                    )
                    for task in self.problem.tasks
                }
            ),
        )
        if wrong := verify(project, roadmap, phases):
            raise AssertionError(f"the engine and verify disagree: {wrong[0].message}")
        values = {term: round(value, 4) for term, value in terms(self.problem, best.schedule).items()}
        objective = Objective(round(best.value, 4), values)
        return Proposal(roadmap, phases, objective, metrics(project, roadmap, phases))

    # -- phases -------------------------------------------------------------------------------------------

    def _phases(self, phase_of: Sequence[int]) -> tuple[Phase, ...]:
        return phasing.describe(self.problem, self.strategy, self.count, self.wishes, phase_of)

    def _window(self, phase: Phase) -> Window:
        days = self.problem.workdays
        return Window(
            first=days.on_or_after(phase.not_before) if phase.not_before else 0,
            last=days.on_or_before(phase.not_after) if phase.not_after else None,
            limit=phase.limit,
            overlap=phase.overlap,
        )

    def _divided(self) -> list[int]:
        """Each group's phase: the cut of the strategy's order, with pins held and urgent work pulled forward."""
        order = self._strategy_order()
        wanted = [0 if n in self.urgent else wish for n, wish in enumerate(self.wanted)]
        phase_of = phasing.cut(self.problem, order, wanted, self.count)
        return phasing.hold_pins(self.problem, self.phases, phase_of)

    def _repaired(self) -> tuple[_Candidate, list[int]]:
        while True:
            phase_of = self._divided()
            try:
                best, best_phase_of = self._improved(phase_of), phase_of
                break
            except NoRoom as error:
                if not self._hurry({error.group.number}):
                    raise
        current = best
        for _repair in range(REPAIRS):
            following = self._unheld(current, phase_of)
            if following is None and current.late:
                following = self._relieved(current, phase_of)
            if following is None:
                break
            phase_of = following
            try:
                current = self._improved(phase_of, REPAIR_SCHEDULES)
            except NoRoom:
                break
            if current.rank < best.rank:
                best, best_phase_of = current, phase_of
        return best, best_phase_of

    def _unheld(self, current: _Candidate, phase_of: list[int]) -> list[int] | None:
        """Another division where a phase ends later only for programme work that waits for its day."""
        last = [-1] * self.count
        for group in self.problem.groups:
            if group.number not in self.dated:
                index = phase_of[group.number]
                last[index] = max(last[index], current.schedule.of_group(group)[1])
        for number in sorted(self.dated):
            if current.schedule.of_group(self.problem.groups[number])[1] > last[phase_of[number]]:
                moved = phasing.push_out(self.problem, self.phases, phase_of, phase_of[number], {number})
                if moved is not None:
                    return moved
        return None

    def _relieved(self, late: _Candidate, phase_of: list[int]) -> list[int] | None:
        """Another division that may be less late: what is late goes first, or leaves an overfull phase."""
        for lateness in late.late:
            if lateness.phase is None:
                groups = {self.problem.tasks[n].group for n in self.problem.ends(lateness.item)}
                if self._hurry(groups):
                    return self._divided()
        for lateness in late.late:
            if lateness.phase is not None:
                last = self.windows[lateness.phase].last
                assert last is not None
                ends = [late.schedule.of_group(group)[1] for group in self.problem.groups]
                after = {number for number, end in enumerate(ends) if end > last}
                moved = phasing.push_out(self.problem, self.phases, phase_of, lateness.phase, after)
                if moved is not None:
                    return moved
        return None

    def _with_needs(self, groups: set[int]) -> set[int]:
        found = set(groups)
        queue = list(groups)
        while queue:
            for before in self.problem.groups[queue.pop()].before - found:
                found.add(before)
                queue.append(before)
        return found

    # -- orders within phases -----------------------------------------------------------------------------

    def _improved(self, phase_of: list[int], schedules: int = SCHEDULES) -> _Candidate:
        """The best of ``schedules`` orders: known priority rules first, then chance around the best of them.

        Raises NoRoom when none of them could be scheduled.
        """
        keep = [(before, after) for before, after in self.soft if phase_of[before] <= phase_of[after]]
        rules: list[list[float]] = [
            self.rank,
            self.tail,
            [0.5 * rank + 0.5 * tail for rank, tail in zip(self.rank, self.tail, strict=True)],
            [0.5 * rank + 0.5 * length for rank, length in zip(self.rank, self.length, strict=True)],
        ]
        if min(self.due) < 1:
            rules.insert(1, self.due)
        tried: set[tuple[int, ...]] = set()
        stuck: NoRoom | None = None
        best: _Candidate | None = None
        keys = rules[0]
        for number in range(schedules):
            if number < 2 * len(rules):
                trial = rules[number // 2]
            else:
                spread = 0.05 + 0.25 * self.random.random()
                trial = [key + self.random.uniform(-spread, spread) for key in keys]
            soft = keep if number % 2 == 0 else []

            def key(group: int, trial: list[float] = trial) -> tuple[float, ...]:
                return (phase_of[group], group not in self.urgent, trial[group])

            order = phasing.sequence(self.problem, key, soft)
            if tuple(order) in tried:
                continue
            tried.add(tuple(order))
            try:
                candidate = self._scheduled(order, phase_of)
            except NoRoom as error:
                stuck = stuck or error
                continue
            if best is None or candidate.rank < best.rank:
                best, keys = candidate, trial
        if best is None:
            raise stuck or AssertionError("no order was tried")
        return best

    def _scheduled(self, order: Sequence[int], phase_of: Sequence[int]) -> _Candidate:
        schedule = Builder(self.problem, self.windows).build(order, phase_of)
        value = weighted(terms(self.problem, schedule), self.strategy.weights)
        return _Candidate(schedule, self._late(schedule, phase_of), value)

    def _late(self, schedule: Schedule, phase_of: Sequence[int]) -> tuple[Late, ...]:
        days = self.problem.workdays
        found: list[Late] = []
        for pin in self.problem.project.pins:
            tasks = self.problem.ends(pin.item) if pin.deadline else ()
            if tasks and pin.deadline:
                finish = max(schedule.finish[n] for n in tasks)
                if days[finish] > pin.deadline:
                    found.append(Late(pin.item, None, pin.deadline, finish, (days[finish] - pin.deadline).days))
        for index, (phase, window) in enumerate(zip(self.phases, self.windows, strict=True)):
            finishes = [schedule.of_group(g)[1] for g in self.problem.groups if phase_of[g.number] == index]
            if window.last is not None and finishes and max(finishes) > window.last:
                assert phase.not_after is not None
                finish = max(finishes)
                found.append(Late(phase.id, index, phase.not_after, finish, (days[finish] - phase.not_after).days))
        return tuple(found)
