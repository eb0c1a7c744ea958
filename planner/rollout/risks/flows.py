"""Who hands capacity to whom: the resource flows that turn a schedule into a partial order.

A roadmap says on which days work is done. To ask what becomes of it when work takes longer or shorter than planned,
its decisions are kept and its days are not: whoever took capacity that another had before waits for the other to be
done. As long as loads stay what they are, no lengths of work can then need more than there is (Artigues, Michelon and
Reusser 2003; Policella, Cesta, Oddi and Smith 2007, "chaining").
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush


@dataclass(frozen=True, slots=True)
class Claim:
    """``number`` holds ``units`` of a resource from working day ``start`` until ``end``, when it gives them back."""

    number: int
    start: int
    end: int
    units: int


@dataclass(slots=True)
class Flows:
    """What each claim waits for: claims that end before (``givers``), and a day on which there is more (``since``).

    ``exceeded``: at some time more was claimed than there was.
    """

    givers: dict[int, tuple[int, ...]] = field(default_factory=dict)
    since: dict[int, int] = field(default_factory=dict)
    exceeded: bool = False


@dataclass(frozen=True, slots=True)
class _Free:
    """Units that are free since a day, and the claims that had them; none had them where they are new."""

    since: int
    givers: tuple[int, ...]
    units: int


def hand_over(claims: Sequence[Claim], supply: Sequence[tuple[int, int]], behind: Callable[[int, int], bool]) -> Flows:
    """The flows of one resource among ``claims``, which must be sorted by their start.

    ``supply`` says how many units there are from which day on, never fewer later. ``behind(a, b)`` tells that ``a``
    ends before ``b`` starts in any case; such givers are chosen first, because waiting for them costs nothing, then
    units that nobody had, then those that are free for longest.

    Where more is claimed than there is, the claims stand as they are: what is given back pays the debt first, and who
    takes something of a claim that was involved waits for all of those that ended before it.
    """
    flows = Flows()
    free: list[_Free] = []
    running: list[tuple[int, int, int]] = []
    owed, had, following = 0, 0, 0
    tied: set[int] = set()
    ended: list[int] = []
    for claim in claims:
        while running and running[0][0] <= claim.start:
            end, number, units = heappop(running)
            givers: tuple[int, ...] = (number,)
            if number in tied:
                ended.append(number)
                givers = tuple(ended)
            paid = min(owed, units)
            owed -= paid
            if units > paid:
                free.append(_Free(end, givers, units - paid))
        while following < len(supply) and supply[following][0] <= claim.start:
            since, total = supply[following]
            paid = min(owed, total - had)
            owed -= paid
            if total - had > paid:
                free.append(_Free(since, (), total - had - paid))
            had, following = total, following + 1
        missing = _take(claim, free, flows, behind)
        if missing:
            owed += missing
            flows.exceeded = True
            tied |= {claim.number, *(number for _end, number, _units in running)}
        heappush(running, (claim.end, claim.number, claim.units))
    return flows


def _take(claim: Claim, free: list[_Free], flows: Flows, behind: Callable[[int, int], bool]) -> int:
    """Give ``claim`` what it needs from ``free``; how many units are missing."""

    def cost(part: _Free) -> tuple[int, int, tuple[int, ...]]:
        if not part.givers:
            return (1, part.since, ())
        certain = all(behind(giver, claim.number) for giver in part.givers)
        return (0 if certain else 2, part.since, part.givers)

    free.sort(key=cost)
    missing, givers = claim.units, set[int]()
    while missing and free:
        part = free.pop(0)
        used = min(missing, part.units)
        missing -= used
        if part.givers:
            givers.update(part.givers)
        else:
            flows.since[claim.number] = max(part.since, flows.since.get(claim.number, part.since))
        if used < part.units:
            free.append(_Free(part.since, part.givers, part.units - used))
    flows.givers[claim.number] = tuple(sorted(giver for giver in givers if not behind(giver, claim.number)))
    return missing
