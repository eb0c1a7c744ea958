"""The scheduling problem as a CP-SAT model, built from plain numbers (``parts``).

Variables are the starts of tasks; everything else follows from them and is only bounded from the side on which less is
better. Each variable is made with the value that it has in a known schedule, which becomes a complete hint.
"""

from collections.abc import Sequence
from math import ceil, gcd
from typing import Any

from planner.rollout.exact.parts import Change, Parts, Role, settled

SUMS = 4_000
"""Up to how many different sums of loads a role's highest use is tied to them."""

Linear = Any
"""A linear expression of CP-SAT, or a whole number."""

Known = tuple[Linear, int]
"""An expression, and its value in the known schedule."""


class Model:
    """A model of ``parts``, hinted with the schedule that begins tasks on the days ``start``."""

    def __init__(self, cp: Any, parts: Parts, start: Sequence[int]) -> None:
        self.cp = cp
        self.parts = parts
        self.model = cp.CpModel()
        self.hint: list[int] = []
        self.at = list(start)
        self.starts: list[Linear] = []
        self.ends: list[Linear] = []
        self.intervals: list[Any] = []
        self._first: dict[tuple[int, ...], Known] = {}
        self._last: dict[tuple[int, ...], Known] = {}
        self._spans: dict[int, Any] = {}
        self._settled: dict[int, list[int]] = {}
        self.uses: list[list[tuple[Linear, int, int]]] = []
        """For each role, by stretch of like capacity: highest use, its value in the known schedule, capacity."""
        self._tasks()
        self._links()
        self.blocks: list[list[int]] = []
        """Tasks between barriers; none of a block begins before the gate of the same number."""
        self.gates: list[Linear] = []
        self._barriers()
        self._roles()
        for change in parts.changes:
            self._change(change)

    # -- variables ------------------------------------------------------------------------------------------

    def new(self, low: int, high: int, value: int) -> Any:
        """A whole number from ``low`` to ``high``, ``value`` in the known schedule."""
        variable = self.model.new_int_var(low, max(low, high), "")
        self.hint.append(value)
        return variable

    def choice(self, value: bool) -> Any:
        """A yes or no."""
        self.hint.append(int(value))
        return self.model.new_bool_var("")

    def hinted(self) -> Any:
        """The model with its hint."""
        self.model.clear_hints()
        hint = self.model.proto.solution_hint
        hint.vars.extend(range(len(self.hint)))
        hint.values.extend(self.hint)
        return self.model

    def _tasks(self) -> None:
        parts = self.parts
        for number, days in enumerate(parts.days):
            if parts.begun[number]:
                self.starts.append(parts.low[number])
                self.ends.append(parts.low[number] + days)
                self.intervals.append(None)
                continue
            start = self.new(parts.low[number], parts.high[number] - days, self.at[number])
            self.starts.append(start)
            self.ends.append(start + days)
            self.intervals.append(self.model.new_fixed_size_interval_var(start, days, ""))

    def first(self, tasks: Sequence[int]) -> Known:
        """A day no later than the first start of ``tasks``, and that start in the known schedule."""
        key = tuple(tasks)
        if key not in self._first:
            value = min(self.at[n] for n in key)
            if len(key) == 1:
                self._first[key] = (self.starts[key[0]], value)
            else:
                low = min(self.parts.low[n] for n in key)
                variable = self.new(low, max(low, *(self.parts.high[n] for n in key)), value)
                for number in key:
                    self.model.add(variable <= self.starts[number])
                self._first[key] = (variable, value)
        return self._first[key]

    def last(self, tasks: Sequence[int]) -> Known:
        """A day no earlier than the end of ``tasks``, and that end in the known schedule."""
        key = tuple(tasks)
        if key not in self._last:
            days = self.parts.days
            value = max(self.at[n] + days[n] for n in key)
            if len(key) == 1:
                self._last[key] = (self.ends[key[0]], value)
            else:
                variable = self.new(*self.ending(key), value)
                for number in key:
                    self.model.add(variable >= self.ends[number])
                self._last[key] = (variable, value)
        return self._last[key]

    def ending(self, tasks: Sequence[int]) -> tuple[int, int]:
        """The days from and to which ``tasks`` may have ended."""
        parts = self.parts
        low = max(parts.low[n] + parts.days[n] for n in tasks)
        return low, max(low, *(parts.high[n] for n in tasks if not parts.begun[n]), 0)

    def everything(self) -> Known:
        """The end of all work."""
        return self.last(range(len(self.parts.days)))

    # -- constraints ----------------------------------------------------------------------------------------

    def _links(self) -> None:
        model, parts = self.model, self.parts
        for source, task, distance in parts.after:
            model.add(self.starts[task] >= self.starts[source] + distance)
        for sources, task, distance in parts.after_first:
            model.add(self.starts[task] >= self._exactly_first(sources) + distance)
        for source, task, weeks in parts.settles:
            self._settle(source, task, weeks)

    def _exactly_first(self, tasks: Sequence[int]) -> Linear:
        """The first start of ``tasks``, not a day before it."""
        variable, _value = self.first(tasks)
        if len(tasks) > 1:
            chosen = [self.choice(False) for _number in tasks]
            best = min(range(len(tasks)), key=lambda n: self.at[tasks[n]])
            self.hint[len(self.hint) - len(tasks) + best] = 1
            self.model.add_exactly_one(chosen)
            for number, literal in zip(tasks, chosen, strict=True):
                self.model.add(variable >= self.starts[number]).only_enforce_if(literal)
        return variable

    def punctual(self) -> None:
        """No promise is missed that may not slip."""
        for promise in self.parts.promises:
            for number in () if promise.may_slip else promise.tasks:
                if not self.parts.begun[number]:
                    self.model.add(self.ends[number] <= promise.last + 1)

    def _settle(self, source: int, task: int, weeks: int) -> None:
        """``task`` starts when ``source`` has been finished for some calendar weeks.

        How many working days that is depends on the days off on the way; it is stated once for where it is least, and
        for each stretch where it is more.
        """
        parts = self.parts
        calendar, days = parts.calendar, parts.days[source]
        if parts.begun[source]:
            self.model.add(self.starts[task] >= settled(calendar, parts.low[source] + days - 1, weeks))
            return
        low = parts.low[source] + days - 1
        if weeks not in self._settled:
            self._settled[weeks] = [settled(calendar, day, weeks) for day in range(parts.horizon)]
        allowed = self._settled[weeks][low:]
        least = min(there - day for day, there in enumerate(allowed, low))
        begin = self.starts[source] + (days - 1)
        self.model.add(self.starts[task] >= begin + least)
        finish = self.at[source] + days - 1
        place = 0
        while place < len(allowed):
            more = allowed[place] - (low + place)
            until = place + 1
            if more == least:
                place = until
                continue
            flat = until < len(allowed) and allowed[until] == allowed[place]
            step = 0 if flat else 1
            while until < len(allowed) and allowed[until] == allowed[until - 1] + step:
                until += 1
            reached = self.choice(finish >= low + place)
            self.model.add(begin < low + place).only_enforce_if(~reached)
            if flat:  # what is reached later may not start sooner either
                self.model.add(self.starts[task] >= allowed[place]).only_enforce_if(reached)
            else:
                passed = self.choice(finish >= low + until)
                self.model.add(begin < low + until).only_enforce_if(~passed)
                self.model.add(begin >= low + until).only_enforce_if(passed)
                self.model.add(self.starts[task] >= begin + more).only_enforce_if(reached, ~passed)
            place = until

    def _barriers(self) -> None:
        """Phases one after another: blocks of tasks with gates between them."""
        parts = self.parts
        before: list[int] = []
        passed = 0
        over: list[Any] = []
        mixed = False
        for stage in parts.stages:
            waiting = [n for n in stage.tasks if not parts.begun[n]]
            if not before or not stage.overlap:
                passed = max([passed, *(self.at[n] + parts.days[n] for n in over)])
                gate = self._gate(over, passed) if before else min((parts.low[n] for n in waiting), default=0)
                self.gates.append(gate)
                self.blocks.append([])
                over = []
                for number in waiting if before else ():
                    self.model.add(self.starts[number] >= gate)
            else:
                # Work that began before its phase lets the next phase begin before this one may.
                mixed = mixed or any(parts.begun[n] for n in before)
                begun = self._exactly_first(before)
                for number in waiting:
                    self.model.add(self.starts[number] >= begun)
            self.blocks[-1] += waiting
            over = [*over, *stage.tasks]
            before = stage.tasks
        if mixed:
            self.blocks, self.gates = [[n for block in self.blocks for n in block]], [parts.now]
        ends = [*self.gates[1:], self.everything()[0]]
        for block, gate, end in zip(self.blocks, self.gates, ends, strict=True):
            self.model.add(end >= gate + self._shortest(block))

    def _gate(self, over: Sequence[int], passed: int) -> Linear:
        """The day from which work may begin when that of ``over`` and of the blocks before has ended."""
        gate = self.new(0, self.parts.horizon, passed)
        self.model.add(gate >= self.gates[-1])
        for number in over:
            self.model.add(gate >= self.ends[number])
        return gate

    def _shortest(self, tasks: Sequence[int]) -> int:
        """How many days the roles need at least for ``tasks``."""
        inside = set(tasks)
        least = 0
        for role in self.parts.roles:
            most = max((max(0, units - taken) for _day, units, taken in role.runs), default=0)
            work = sum(units * self.parts.days[n] for n, units in role.loads if n in inside)
            if most and work:
                least = max(least, ceil(work / most))
        return least

    def _roles(self) -> None:
        """Each role, block by block, against what is left of it on each day."""
        weighed = not {"peak", "smooth"}.isdisjoint((*self.parts.weight, *self.parts.first))
        for role in self.parts.roles:
            unit = gcd(*(units for _n, units in role.loads)) or 1
            room = [max(0, units - taken) // unit for _day, units, taken in role.runs]
            most = max(room, default=0)
            ends = [*(day for day, _u, _t in role.runs[1:]), self.parts.horizon]
            uses: list[Linear] = list(room)
            if weighed:
                uses = self._uses(role, unit, room, ends)
            load_of = {n: units // unit for n, units in role.loads}
            for block in self.blocks:
                mine = [n for n in block if n in load_of]
                intervals = [self.intervals[n] for n in mine]
                demands: list[Linear] = [load_of[n] for n in mine]
                if len(room) == 1:
                    self.model.add_cumulative(intervals, demands, uses[0])
                    continue
                for (day, _units, _taken), until, used in zip(role.runs, ends, uses, strict=True):
                    if not isinstance(used, int) or used < most:
                        intervals.append(self.model.new_fixed_size_interval_var(day, until - day, ""))
                        demands.append(most - used)
                self.model.add_cumulative(intervals, demands, most)

    def _uses(self, role: Role, unit: int, room: Sequence[int], ends: Sequence[int]) -> list[Linear]:
        """For each run the highest use of a role by tasks that have not begun: a variable, where there is a choice."""
        single = len(room) == 1
        loads = [units // unit for _n, units in role.loads]
        sums = _sums(loads, max(room, default=0))
        found: list[Linear] = []
        shares: list[tuple[Linear, int, int]] = []
        for (day, units, taken), until, free in zip(role.runs, ends, room, strict=True):
            value = self._highest(role, day, until) // unit
            least = max(loads, default=0) if single else 0
            if free <= least:
                used: Linear = free
            elif sums:
                self.hint.append(value)
                domain = self.cp.Domain.from_values([n for n in sums if least <= n <= free])
                used = self.model.new_int_var_from_domain(domain, "")
            else:
                used = self.new(least, free, value)
            found.append(used)
            if units:
                shares.append((used * unit + taken, value * unit + taken, units))
        self.uses.append(shares)
        return found

    def _highest(self, role: Role, day: int, until: int) -> int:
        """The highest use of a role in the known schedule by tasks that have not begun, from ``day`` to ``until``."""
        at, days = self.at, self.parts.days
        return max(
            (
                sum(units for n, units in role.loads if at[n] <= moment < at[n] + days[n])
                for moment in {max(day, at[n]) for n, _units in role.loads}
                if moment < until
            ),
            default=0,
        )

    def _change(self, change: Change) -> None:
        """How much change there may be at once, from each capability's first start to its end."""
        spans = [(number, self._span(number), more) for number, more in change.items]
        there = [(number, span, more) for number, span, more in spans if span is not None]
        if not there:
            return
        standing = sum(more for number, _span, more in there if number in change.begun)
        over = standing - change.limit
        if over <= 0:
            self.model.add_cumulative([s for _n, s, _m in there], [m for _n, _s, m in there], change.limit)
            return
        # What has begun may be too much at once, but then nothing else may be in change.
        for number, _span, _more in there:
            if number not in change.begun:
                demands = [more + over * (other == number) for other, _s, more in there]
                self.model.add_cumulative([s for _n, s, _m in there], demands, standing)

    def _span(self, item: int) -> Any:
        """When a capability is in change, from now on; None when that is over."""
        parts, tasks = self.parts, self.parts.items[item]
        waiting = [n for n in tasks if not parts.begun[n]]
        if len(tasks) == 1 and waiting:
            return self.intervals[tasks[0]]
        end, ended = self.last(tasks)
        if len(waiting) == len(tasks):
            first, value = self.first(tasks)
            least = parts.shortest[item]
        else:
            first = value = max(parts.now, min(parts.low[n] for n in tasks if parts.begun[n]))
            least = 0
            if ended <= value and not waiting:
                return None
        if item not in self._spans:
            length = self.new(least, parts.horizon, ended - value)
            self._spans[item] = self.model.new_interval_var(first, length, end, "")
        return self._spans[item]


def _sums(units: Sequence[int], most: int) -> list[int]:
    """All sums of some of ``units`` up to ``most``; none when they are too many to be of use."""
    found = {0}
    for one in units:
        found |= {total + one for total in found if total + one <= most}
        if len(found) > SUMS:
            return []
    return sorted(found)
