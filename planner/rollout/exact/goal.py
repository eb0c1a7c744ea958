"""The terms of a goal in a CP-SAT model; see ``goal`` for what each is, and ``model`` for the model.

A term is a sum of (factor, expression, value in the known schedule). Expressions are never negative, and can be as
little as what they stand for, never less by more than rounding.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, lcm

from planner.rollout.exact.model import Known, Linear, Model

SHARE = 1_000_000
"""Shares of a role's capacity are counted in millionths, rounded down."""

LARGEST = 2**33
"""The largest factor by which the objective is made whole exactly; beyond, factors are rounded down."""

WEEK = Fraction(1, 7)

Sum = list[tuple[Fraction, Linear, int]]
"""Factors, expressions and the values of these in the known schedule."""


class Terms:
    """What may be minimised in ``model``. Asking for a term adds to the model what it needs."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.add = model.model.add
        self.parts = model.parts
        self._days: dict[int, tuple[Linear, Linear, int]] = {}
        self._first: Known | None = None
        self._soft: dict[int, Known] = {}

    def weighted(self) -> Sum:
        """The weighted sum."""
        return [
            (Fraction(repr(weight)) * factor, what, value)
            for term, weight in self.parts.weight.items()
            for factor, what, value in self.term(term)
        ]

    def term(self, name: str) -> Sum:
        """One term, unweighted."""
        parts = self.parts
        if name == "value" and self.worth():
            worth = self.worth()
            return [
                (Fraction(repr(weight)) / worth * WEEK, *self._day(tasks)) for tasks, weight in parts.results if weight
            ]
        if name == "first_value" and parts.results:
            return [(WEEK, *self.calendar(*self.first_value(), (0, parts.horizon)))]
        if name in ("finish", "value", "first_value"):
            return [(WEEK, *self._day(range(len(parts.days))))]
        if name == "soft":
            return [(Fraction(1), *self.broken(number)) for number in range(len(parts.soft))]
        if name == "late":
            return [(WEEK, *self._late(p.tasks, p.due)) for p in parts.promises if p.may_slip]
        if name == "moved":
            each = Fraction(1, max(1, len(parts.adopted)) * parts.week_days)
            return [(each, *self._moved(number, day)) for number, day in parts.adopted]
        shares = [self._share(runs) for runs in self.model.uses if runs]
        if name == "smooth":
            return [(factor / len(self.model.uses), what, value) for factor, what, value in shares]
        return self._peak(shares)

    def worth(self) -> Fraction:
        """The weights of all results together."""
        return sum((Fraction(repr(weight)) for _tasks, weight in self.parts.results), Fraction(0))

    def lateness(self) -> Sum:
        """Days by which promises that may not slip are missed."""
        return [(Fraction(1), *self._late(p.tasks, p.due)) for p in self.parts.promises if not p.may_slip]

    def first_value(self) -> Known:
        """A day no earlier than the end of some result."""
        if self._first is None:
            parts, model = self.parts, self.model
            results = [tasks for tasks, _weight in parts.results]
            if not any(parts.begun):  # what comes after a gate cannot be the first, unless nothing comes before it
                inside = [[tasks for tasks in results if set(block).issuperset(tasks)] for block in model.blocks]
                results = next(found for found in [*inside, results] if found)
            ends = [model.last(tasks) for tasks in results]
            best = min(range(len(ends)), key=lambda n: ends[n][1])
            low = min(max(parts.low[n] + parts.days[n] for n in tasks) for tasks in results)
            earliest = model.new(low, max(low, parts.horizon), ends[best][1])
            chosen = [model.choice(number == best) for number in range(len(ends))]
            model.model.add_exactly_one(chosen)
            for literal, (end, _value) in zip(chosen, ends, strict=True):
                self.add(earliest >= end).only_enforce_if(literal)
            self._first = (earliest, ends[best][1])
        return self._first

    def _day(self, tasks: Sequence[int]) -> Known:
        """Calendar days, from the project start, to the end of ``tasks``."""
        return self.calendar(*self.model.last(tasks), self.model.ending(tasks))

    def calendar(self, end: Linear, value: int, reach: tuple[int, int]) -> Known:
        """Calendar days, from the project start, to the end of the working day before ``end``, a day in ``reach``."""
        table = self.parts.calendar
        if isinstance(end, int):
            return table[end - 1], table[end - 1]
        if id(end) not in self._days:
            there = table[value - 1]
            if table[self.parts.horizon - 1] - table[0] == self.parts.horizon - 1:
                result = end + (table[0] - 1)
            else:
                result = self._counted(end, value, reach)
            self._days[id(end)] = (end, result, there)
        return self._days[id(end)][1:]

    def _counted(self, end: Linear, value: int, reach: tuple[int, int]) -> Linear:
        """The calendar day of a working day where not all days are worked.

        That is its number, one more for each day off that was passed, and for each gap in the working week its length
        times how often that was passed. The convex hull of all this is stated too, for the linear relaxation.
        """
        parts, model = self.parts, self.model
        table, nominal, week, horizon = parts.calendar, parts.nominal, parts.week_days, parts.horizon
        number: Linear = end - 1 + nominal[0]
        known, previous = nominal[0] + value - 1, None
        low, high = max(1, reach[0]) - 1, max(1, reach[1]) - 1
        number += nominal[low] - nominal[0] - low
        known += nominal[low] - nominal[0] - low
        for day in range(low + 1, high + 1):
            if skipped := nominal[day] - nominal[day - 1] - 1:
                passed = model.choice(value > day)
                self.add(end <= day).only_enforce_if(~passed)
                if previous is not None:
                    model.model.add_implication(passed, previous)
                number, previous = number + skipped * passed, passed
                known += skipped * (value > day)
        total: Linear = number + (table[0] - nominal[0])
        for place, days in parts.gaps:
            count = model.new(0, nominal[horizon - 1] // week + 1, (known - place - 1 + week) // week)
            self.add(week * count >= number - place)
            total = total + days * count - days * ((nominal[0] - place - 1 + week) // week)
        result = model.new(table[low], table[high], table[value - 1])
        self.add(result >= total)
        for (x, y), (p, q) in _hull(table[low : high + 1]):
            self.add((p - x) * (result - y) >= (q - y) * (end - 1 - low - x))
        return result

    def broken(self, number: int) -> Known:
        """Whether a soft link is broken."""
        if number not in self._soft:
            needs, targets = self.parts.soft[number]
            end, ended = self.model.last(needs)
            begin, began = self.model.first(targets)
            broken = self.model.choice(began < ended)
            self.add(begin >= end).only_enforce_if(~broken)
            self._soft[number] = broken, int(began < ended)
        return self._soft[number]

    def _late(self, tasks: Sequence[int], due: int) -> Known:
        day, value = self._day(tasks)
        if isinstance(day, int):
            return max(0, day - due), max(0, day - due)
        late = self.model.new(0, max(1, self.parts.calendar[-1] - due), max(0, value - due))
        self.add(late >= day - due)
        return late, max(0, value - due)

    def _moved(self, number: int, day: int) -> Known:
        value = abs(self.model.at[number] - day)
        distance = self.model.new(0, self.parts.horizon + day, value)
        self.add(distance >= self.model.starts[number] - day)
        self.add(distance >= day - self.model.starts[number])
        return distance, value

    def _share(self, runs: Sequence[tuple[Linear, int, int]]) -> tuple[Fraction, Linear, int]:
        """The highest share of a role that is used in any run."""
        if len(runs) == 1:
            used, value, units = runs[0]
            return Fraction(1, units), used, value
        return self._highest([(Fraction(1, units), used, value) for used, value, units in runs])

    def _peak(self, shares: Sum) -> Sum:
        return shares if len(shares) <= 1 else [self._highest(shares)]

    def _highest(self, shares: Sum) -> tuple[Fraction, Linear, int]:
        """The highest of ``shares``, in millionths rounded down."""
        value = max(0, *(ceil(SHARE * factor * known) - 1 for factor, _what, known in shares))
        highest = self.model.new(0, max(2 * SHARE, value), value)
        for factor, what, _known in shares:
            self.add(factor.denominator * (highest + 1) >= SHARE * factor.numerator * what)
        return Fraction(1, SHARE), highest, value


def whole(terms: Sum) -> tuple[list[tuple[int, Linear]], int, int]:
    """``terms`` with whole factors, by how much these are scaled, and the sum in the known schedule, scaled.

    Where the scale would be too large they are rounded down: nothing that is counted is negative, so the sum is not
    above the true one.
    """
    scale = min(LARGEST, lcm(*(factor.denominator for factor, _what, _value in terms)))
    factors = [floor(factor * scale) for factor, _what, _value in terms]
    known = sum(factor * value for factor, (_f, _what, value) in zip(factors, terms, strict=True))
    return [(factor, what) for factor, (_f, what, _value) in zip(factors, terms, strict=True)], scale, known


def _hull(table: Sequence[int]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The lower convex hull of the points (day, table[day]): its edges."""
    points: list[tuple[int, int]] = []
    for day, value in enumerate(table):
        while len(points) > 1:
            (x, y), (p, q) = points[-2:]
            if (p - x) * (value - y) > (q - y) * (day - x):
                break
            points.pop()
        points.append((day, value))
    return list(pairwise(points))
