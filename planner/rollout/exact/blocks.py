"""What a problem's phases say about it: each alone is small, and quickly solved.

With barriers between phases a bound on the whole is hard to find. So each phase is solved by itself first, for what
its results, its soft links and its end are worth to the rest. What that costs at least becomes a constraint of the
whole, and the orders found become a schedule of the whole. Then it is asked how early and how late the gates between
phases can be in any schedule that is not worse; the nearer these are, the better is known which days off lie where.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm
from typing import Any

from planner.rollout.exact.goal import Terms
from planner.rollout.exact.model import Linear, Model
from planner.rollout.exact.parts import Parts, block_of

Solve = Callable[[Model], Any]
"""Minimises a model and gives the solver, with what it found."""


@dataclass(frozen=True, slots=True)
class Price:
    """What the ends of results, soft links, the first result and the end of a block are worth, in whole numbers."""

    results: tuple[tuple[tuple[int, ...], int], ...]
    soft: tuple[tuple[int, int], ...]
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A block costs ``least`` or more, its days counted from its gate; ``start``: of its tasks where it is cheapest."""

    block: int
    price: Price
    least: int
    start: dict[int, int]

    def state(self, model: Model, terms: Terms) -> None:
        """Add it to the model of the whole."""
        price, gate = self.price, model.gates[self.block]
        following = [*model.gates[1:], model.everything()[0]][self.block]
        cost: Linear = price.end * (following - gate)
        for tasks, factor in price.results:
            cost = cost + factor * (model.last(tasks)[0] - gate)
        for number, factor in price.soft:
            cost = cost + factor * terms.broken(number)[0]
        if price.first:
            cost = cost + price.first * (terms.first_value()[0] - gate)
        model.model.add(cost >= self.least)


def prices(parts: Parts, blocks: Sequence[Sequence[int]]) -> list[Price]:
    """What each block should be solved for, by the weights of the goal; none when these count no days.

    The end of a block holds up all results that follow, and the end of all work.
    """
    weight = {term: Fraction(repr(amount)) for term, amount in parts.weight.items()}
    worth = sum((Fraction(repr(amount)) for _tasks, amount in parts.results), Fraction(0))
    value, finish = (weight.get(term, Fraction(0)) / parts.week_days for term in ("value", "finish"))
    if not worth:
        value, finish = Fraction(0), finish + value
    if not value + finish:
        return []
    early = weight.get("first_value", Fraction(0)) / parts.week_days
    if not parts.results or any(parts.begun):
        early = Fraction(0)
    rest = worth
    found = []
    for block in map(frozenset, blocks):
        mine = [
            (waiting, Fraction(repr(amount)) * value / worth)
            for tasks, amount in parts.results
            if (waiting := tuple(n for n in tasks if not parts.begun[n])) and block.issuperset(waiting)
        ]
        soft = [n for n, (needs, targets) in enumerate(parts.soft) if block.issuperset([*needs, *targets])]
        first = early if mine else Fraction(0)
        early -= first
        rest -= sum((factor for _tasks, factor in mine), Fraction(0)) / value * worth if value else 0
        end = rest * value / worth + finish + early if worth else finish
        breaking = weight.get("soft", Fraction(0))
        scale = lcm(*(factor.denominator for factor in (first, end, breaking, *(factor for _tasks, factor in mine))))
        found.append(
            Price(
                tuple((tasks, int(factor * scale)) for tasks, factor in mine),
                tuple((number, int(breaking * scale)) for number in soft if breaking),
                int(first * scale),
                int(end * scale),
            )
        )
    return found


def cut(cp: Any, parts: Parts, at: Sequence[int], number: int, block: Sequence[int], price: Price, solve: Solve) -> Cut:
    """What a block costs by itself, begun with the order that it has in the schedule ``at``."""
    place = {task: n for n, task in enumerate(block)}
    gate = min(at[n] for n in block)
    alone = block_of(parts, block)
    alone.results = [([place[n] for n in tasks], 1.0) for tasks, _factor in price.results]
    alone.soft = [([place[n] for n in needs], [place[n] for n in items]) for needs, items in _links(parts, price)]
    model = Model(cp, alone, [at[n] - gate for n in block])
    terms = Terms(model)
    cost: Linear = price.end * model.everything()[0]
    for (tasks, _weight), (_tasks, factor) in zip(alone.results, price.results, strict=True):
        cost = cost + factor * model.last(tasks)[0]
    for n, (_link, factor) in enumerate(price.soft):
        cost = cost + factor * terms.broken(n)[0]
    if price.first:
        cost = cost + price.first * terms.first_value()[0]
    model.model.minimize(cost)
    solver = solve(model)
    if not solver.response_proto.solution:
        return Cut(number, price, 0, {})
    start = {task: solver.value(model.starts[n]) for task, n in place.items()}
    return Cut(number, price, max(0, floor(solver.best_objective_bound + 1e-6)), start)


def _links(parts: Parts, price: Price) -> list[tuple[list[int], list[int]]]:
    return [parts.soft[number] for number, _factor in price.soft]


def keep_orders(model: Model, cuts: Sequence[Cut]) -> None:
    """Let every task of a block start after those that it starts after where the block is cheapest."""
    days = model.parts.days
    for found in cuts:
        for one, begin in found.start.items():
            for other, later in found.start.items():
                if begin + days[one] <= later:
                    model.model.add(model.starts[other] >= model.ends[one])


def tighten(model: Model, solve: Solve) -> None:
    """Narrow the days of the model's parts to those between which its gates can be.

    The model must be bounded to schedules that are not worse than a known one.
    """
    parts = model.parts
    ends = [*model.gates[1:], model.everything()[0]]
    for number, (gate, end, block) in enumerate(zip(model.gates, ends, model.blocks, strict=True)):
        if number:
            model.model.minimize(gate)
            solver = solve(model)
            if solver.response_proto.solution:
                low = ceil(solver.best_objective_bound - 1e-6)
                for task in block:
                    parts.low[task] = max(parts.low[task], low)
        model.model.maximize(end)
        solver = solve(model)
        if solver.response_proto.solution:
            high = floor(solver.best_objective_bound + 1e-6)
            for task in block:
                parts.high[task] = min(parts.high[task], high)
    parts.horizon = max(
        parts.high[n] if not begun else parts.low[n] + parts.days[n] for n, begun in enumerate(parts.begun)
    )
    for role in parts.roles:
        role.runs = [run for run in role.runs if run[0] < parts.horizon]
