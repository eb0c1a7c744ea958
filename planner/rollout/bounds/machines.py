"""What one resource alone lets be done: relaxations in which work may be cut up and shared out at will.

The resource is taken as one fast machine that works on one thing at a time and may leave it for another at any
moment. Then doing the most urgent first is best possible, both for the time by which everything has ended (Jackson's
preemptive schedule, Carlier 1982) and for the weighted mean time at which work is done (Goemans 1997). No schedule of
the true problem does better, so both are bounds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import ceil

TINY = 1e-6
"""Days by which sums of fractions may be wrong."""

MOST_LINES = 6
"""How many parts side by side ``packed`` looks at; with more, cutting up makes little difference."""

Supply = Sequence[tuple[int, float]]
"""How much a resource can do a day, from which day on; the first entry is from day 0, the last for ever."""


def less(supply: Supply, taken: Iterable[tuple[int, int, float]]) -> Supply:
    """``supply`` without what is ``taken``, as (first day, last day, units); never less than nothing."""
    stretches = list(taken)
    days = sorted({since for since, _rate in supply} | {day for a, b, _u in stretches for day in (max(a, 0), b + 1)})
    return tuple((day, max(0.0, _rate(supply, day) - sum(u for a, b, u in stretches if a <= day <= b))) for day in days)


def _rate(supply: Supply, day: int) -> float:
    return next(rate for since, rate in reversed(supply) if since <= day)


@dataclass(frozen=True, slots=True)
class Part:
    """Work on a resource that ``tasks`` make together: not before day ``head``, with ``tail`` days to follow its end.

    ``days`` is how long it takes at least; ``energy``, units times days, is spent evenly over them.
    """

    tasks: tuple[int, ...]
    head: int
    days: int
    energy: float
    tail: int


@dataclass(frozen=True, slots=True)
class Machine:
    """A resource with the work that needs it; a part takes a fixed share of it on each of its days."""

    supply: Supply
    parts: tuple[Part, ...]

    @property
    def load(self) -> float:
        """Days of full work, by what the resource can do at most."""
        most = max(rate for _since, rate in self.supply)
        return sum(part.energy for part in self.parts) / most if most else 0.0


def worked(machine: Machine, urgency: Sequence[float]) -> Iterator[tuple[int, float, float]]:
    """When each part (by index) is worked on, from and until; at any time that with the least ``urgency``.

    Parts for which the supply is never enough are left out.
    """
    parts, supply = machine.parts, machine.supply
    coming = sorted(range(len(parts)), key=lambda n: parts[n].head)
    left = [part.energy for part in parts]
    ready: list[tuple[float, int]] = []
    following = step = 0
    time = 0.0
    while ready or following < len(coming):
        if not ready:
            time = max(time, parts[coming[following]].head)
        while following < len(coming) and parts[coming[following]].head <= time:
            heappush(ready, (urgency[coming[following]], coming[following]))
            following += 1
        while step + 1 < len(supply) and supply[step + 1][0] <= time:
            step += 1
        rate = supply[step][1]
        until = float(parts[coming[following]].head) if following < len(coming) else float("inf")
        if step + 1 < len(supply):
            until = min(until, supply[step + 1][0])
        index = ready[0][1]
        end = time + left[index] / rate if rate > 0 else float("inf")
        if end <= until:
            if end == float("inf"):
                return
            heappop(ready)
            yield index, time, end
            time = end
        else:
            if rate > 0:
                yield index, time, until
                left[index] -= (until - time) * rate
            time = until


def ended(machine: Machine) -> int:
    """The earliest possible first day after all parts and their tails, the longest tail first."""
    end = 0.0
    for index, _begin, until in worked(machine, [-part.tail for part in machine.parts]):
        end = max(end, until + machine.parts[index].tail)
    return ceil(end - TINY)


def packed(machine: Machine) -> int:
    """The earliest possible first day after all parts and their tails, when none may be interrupted.

    Where at most m of some parts fit side by side, one of m lines does k + 1 of the longest k x m + 1 of them, at least
    the shortest.
    """
    most = max(rate for _since, rate in machine.supply)
    best = 0
    for lines in range(1, MOST_LINES + 1):
        large = [part for part in machine.parts if part.energy * (lines + 1) > most * part.days * (1 + TINY)]
        large.sort(key=lambda part: -part.days)
        for count in range(1, (len(large) - 1) // lines + 1):
            chosen = large[: count * lines + 1]
            least = sum(part.days for part in chosen[-count - 1 :])
            best = max(best, min(p.head for p in chosen) + least + min(p.tail for p in chosen))
    return best


def shares(loads: Sequence[int], capacity: int) -> list[list[float]]:
    """Other ways of counting ``loads`` as shares of ``capacity``: what fits on a day still adds up to at most 1.

    Dual feasible functions (Fekete and Schepers 2001): with them work that cannot run side by side counts for more
    than it takes. Only those by which some load counts for more.
    """
    found: list[list[float]] = []
    for least in sorted({load for load in loads if 0 < 2 * load <= capacity}):
        found.append([1.0 if load > capacity - least else load / capacity if load >= least else 0.0 for load in loads])
    for count in (1, 2, 3, 4):
        wholes = [divmod((count + 1) * load, capacity) for load in loads]
        found.append(
            [whole / count if rest else load / capacity for load, (whole, rest) in zip(loads, wholes, strict=True)]
        )
    return [
        counted for counted in found if any(share * capacity > load for share, load in zip(counted, loads, strict=True))
    ]
