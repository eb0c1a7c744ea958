"""Which capabilities belong to which phase, and in which order they are started.

A strategy says what it wants early (``templates/strategies``). From that follow a *wish* for every group
(the strategy's phase in which it should be reached), a sequence that respects all links, and a cut of the
sequence into as many phases as asked, of like amounts of work, preferably where the strategy's phases meet.
"""

import heapq
from collections.abc import Callable, Collection, Sequence

from planner.model.capability import level_of, process_of
from planner.model.knowledge import Strategy
from planner.model.project import Phase
from planner.rollout.goal import Schedule, ends
from planner.rollout.problem import Group, Problem
from planner.rollout.result import Conflict, Infeasible
from planner.text.i18n import _

MOST_PHASES = 9
"""More phases than this are not chosen unless asked for: a client cannot keep them in mind."""


MOST_STRETCHED = 1.5
"""How many times as long as wanted phases may be on average."""


def wishes(problem: Problem, strategy: Strategy) -> list[int]:
    """For each group, the index of the strategy's phase in which it is wanted.

    What a wanted group needs is wanted as early as that group; what the strategy does not mention comes last;
    programme work (no capability) is wanted from the beginning.
    """
    last = len(strategy.phases) - 1
    wanted = [wanted_in(group, strategy) for group in problem.groups]
    for group in reversed(problem.groups):
        early = [wanted[n] for n in (group.number, *group.after) if wanted[n] is not None]
        wanted[group.number] = min((w for w in early if w is not None), default=None)
    result: list[int] = []
    for group in problem.groups:
        own = wanted[group.number]
        if own is None:
            own = last if group.capabilities else 0
        result.append(max([own, *(result[n] for n in group.before)]))
    return result


def wanted_in(group: Group, strategy: Strategy) -> int | None:
    """The index of the first phase of ``strategy`` that names a capability of ``group``; None when none does."""
    found = [
        index
        for item in group.capabilities
        for index, phase in enumerate(strategy.phases)
        if phase.levels.get(process_of(item), 0) >= level_of(item)
    ]
    return min(found, default=None)


def ranks(problem: Problem, strategy: Strategy) -> list[float]:
    """For each group its place in the strategy's own lists, 0 to 1: what stands first is started first."""
    places = [process for phase in strategy.phases for process in phase.levels]
    count = len(places)

    def place(item: str) -> int:
        before = 0
        for phase in strategy.phases:
            if phase.levels.get(process_of(item), 0) >= level_of(item):
                return before + list(phase.levels).index(process_of(item))
            before += len(phase.levels)
        return count

    return [min(map(place, group.capabilities), default=0) / max(1, count) for group in problem.groups]


def dated(problem: Problem) -> frozenset[int]:
    """The groups of programme work that may not begin before some day, and those of it that follow them."""
    found: set[int] = set()
    for group in problem.groups:
        earliest = min(problem.tasks[n].not_before for n in group.tasks)
        waits = earliest > problem.now or not found.isdisjoint(group.before)
        if waits and not group.capabilities:
            found.add(group.number)
    return frozenset(found)


def going_on(
    problem: Problem, numbers: Collection[int], plain: Schedule, wanted: Sequence[int], rank: Sequence[float]
) -> dict[int, int]:
    """For groups that wait for a day, the one with a capability that they should follow.

    That is the last, by wish and rank, before the first one that begins later than they do in ``plain``, a schedule
    without phases: small work that is wanted late may have slipped in early there, and says nothing about the phase.
    """
    found: dict[int, int] = {}
    order = sorted((g for g in problem.groups if g.capabilities), key=lambda g: (wanted[g.number], rank[g.number]))
    for number in numbers:
        day = ends(plain, problem.groups[number].tasks)[0]
        for group in order:
            if ends(plain, group.tasks)[0] > day:
                break
            found[number] = group.number
    return found


def tails(problem: Problem) -> list[int]:
    """For each group, the working days of the longest chain of links that begins with it."""
    length = [0] * len(problem.groups)
    for group in reversed(problem.groups):
        length[group.number] = problem.shortest[group.number] + max((length[n] for n in group.after), default=0)
    return length


def due_dates(problem: Problem) -> list[float]:
    """For each group, when it must be finished for every deadline to hold, 0 (now) to 1 (no deadline behind it)."""
    last = sum(problem.shortest) + max((task.not_before for task in problem.tasks), default=0) + 1
    due = [last] * len(problem.groups)
    for pin in problem.project.pins:
        for number in problem.ends(pin.item) if pin.deadline else ():
            assert pin.deadline is not None
            own = problem.tasks[number].group
            due[own] = min(due[own], problem.workdays.on_or_before(pin.deadline))
    for group in reversed(problem.groups):
        due[group.number] = min([due[group.number], *(due[n] - problem.shortest[n] for n in group.after)])
    return [max(0, day) / last for day in due]


def sequence(
    problem: Problem, key: Callable[[int], tuple[float, ...]], soft: Collection[tuple[int, int]] = ()
) -> list[int]:
    """All groups, each after those it needs, otherwise by ``key``.

    ``soft`` pairs (before, after) are kept too wherever that is possible.
    """
    waiting = [len(group.before) for group in problem.groups]
    softly = [0] * len(problem.groups)
    followers: dict[int, list[int]] = {}
    for before, after in soft:
        softly[after] += 1
        followers.setdefault(before, []).append(after)
    ready: list[tuple[tuple[float, ...], int]] = []
    held: list[tuple[tuple[float, ...], int]] = []
    order: list[int] = []
    done: set[int] = set()

    def offer(number: int) -> None:
        heapq.heappush(held if softly[number] else ready, (key(number), number))

    for group in problem.groups:
        if not waiting[group.number]:
            offer(group.number)
    while ready or held:
        # An earlier phase goes first even where a soft link would rather wait.
        soonest = ready if ready and (not held or ready[0][0][0] <= held[0][0][0]) else held
        number = heapq.heappop(soonest)[1]
        if number in done:
            continue
        done.add(number)
        order.append(number)
        for after in problem.groups[number].after:
            waiting[after] -= 1
            if not waiting[after]:
                offer(after)
        for after in followers.get(number, ()):
            softly[after] -= 1
            if not softly[after] and not waiting[after] and after not in done:
                offer(after)
    return order


def how_many(problem: Problem, asked: int | None, weeks: float, strategy: Strategy, wanted: Sequence[int]) -> int:
    """The number of phases: as asked (at most one a group); the plan's, when some are its own; else chosen.

    ``weeks`` is the length of the rollout without phases. Chosen is what gives phases of about
    ``strategy.phase_weeks``; more, down to half that length, where the strategy's own phases then stay apart; at
    most ``MOST_PHASES``.
    """
    project = problem.project
    own = [index for index, phase in enumerate(project.phases) if kept(phase)]
    held = {pin.phase for pin in project.pins} | {stone.phase for stone in project.milestones}
    pinned = [index for index, phase in enumerate(project.phases) if phase.id in held]
    least = max([0, *own, *pinned], default=0) + 1 if own or pinned else 1
    if asked is not None:
        if asked < least:
            name = project.phases[least - 1].id
            raise Infeasible(
                (
                    Conflict(
                        "phase",
                        (name,),
                        _("asked for {asked}, but phase {phase} was made by hand or is pinned to").format(
                            phase=name, asked=asked
                        ),
                    ),
                )
            )
        return max(least, min(asked, len(problem.groups)))
    if own:
        return max(len(project.phases), least)
    chosen = min(
        max(round(weeks / strategy.phase_weeks), _apart(weeks, strategy, wanted)), MOST_PHASES, len(problem.groups)
    )
    return max(chosen, least)


def fewer(
    problem: Problem, asked: int | None, count: int, weeks: float, strategy: Strategy, wanted: Sequence[int]
) -> int | None:
    """One phase less than ``count``, where the number is free, the strategy's own phases still stay apart, and phases
    are then at most half as long again as ``strategy.phase_weeks`` asks for; else None.
    """
    free = asked is None and not any(kept(phase) for phase in problem.project.phases)
    if not free or count <= _apart(weeks, strategy, wanted):
        return None
    if count < 2 or weeks / (count - 1) > MOST_STRETCHED * strategy.phase_weeks:
        return None
    try:
        return count - 1 if how_many(problem, count - 1, weeks, strategy, wanted) == count - 1 else None
    except Infeasible:
        return None  # a pin or a milestone needs that many


def _apart(weeks: float, strategy: Strategy, wanted: Sequence[int]) -> int:
    """How many phases keep the strategy's own apart, none shorter than half of what it asks for."""
    return min(len(set(wanted)), int(2 * weeks / strategy.phase_weeks))


def cut(
    problem: Problem, order: Sequence[int], wanted: Sequence[int], count: int, taking: float = 1.0, leaving: float = 1.0
) -> list[int]:
    """For each group its phase: ``order`` cut into ``count`` stretches of like work.

    Work of the whole programme runs beside that on capabilities and makes no stretch longer, unless there is no other.
    Where the strategy's own phases meet is the natural place: a stretch that spans two of them costs as much
    as one that is twice as long as the others. It costs ``taking`` times that where it takes up, early, work that the
    strategy wants next; ``leaving`` times that where it begins with what is left of work that it wanted before.
    """
    count = min(count, len(order))
    work = [0.0]
    changes = [0]
    beside = any(group.capabilities for group in problem.groups)
    for index, number in enumerate(order):
        sides = len(problem.groups[number].capabilities) if beside else 1
        work.append(work[-1] + problem.shortest[number] * sides)
        changes.append(changes[-1] + (index > 0 and wanted[number] != wanted[order[index - 1]]))
    share = work[-1] / count
    size = len(order)
    heeded = [leaving if begin and changes[begin + 1] == changes[begin] else taking for begin in range(size)]
    reach = max(8, 3 * -(-size // count))
    best = [0.0] + [float("inf")] * size
    steps: list[list[int]] = []
    for part in range(count):
        following, step = [float("inf")] * (size + 1), [0] * (size + 1)
        # The further a stretch ends, the further it begins: the middle end halves what is left to look at for others.
        stack = [(part + 1, size, part, size - 1)]
        while stack:
            low, high, first, last = stack.pop()
            end = (low + high) // 2
            done, crossed = work[end], changes[end]
            least, place = float("inf"), min(last, end - 1)
            for begin in range(max(first, end - reach), min(last, end - 1) + 1):
                spans = heeded[begin] * (crossed - changes[begin + 1])
                cost = best[begin] + ((done - work[begin]) / share - 1) ** 2 + spans
                if cost < least:
                    least, place = cost, begin
            following[end], step[end] = least, place
            if low < end:
                stack.append((low, end - 1, first, place))
            if end < high:
                stack.append((end + 1, high, place, last))
        steps.append(step)
        best = following
    phase_of = [0] * len(problem.groups)
    end = size
    for part in range(count - 1, -1, -1):
        begin = steps[part][end]
        for number in order[begin:end]:
            phase_of[number] = part
        end = begin
    return phase_of


def hold_pins(problem: Problem, phases: Sequence[Phase], phase_of: list[int]) -> list[int]:
    """``phase_of`` with pinned groups in their phase, what they need not later and what needs them not earlier.

    Raises Infeasible when two pins contradict each other through the links.
    """
    position = {phase.id: index for index, phase in enumerate(phases)}
    pinned: dict[int, tuple[int, str]] = {}
    for pin in problem.project.pins:
        numbers = {problem.tasks[n].group for n in problem.ends(pin.item)} if pin.phase else set()
        for number in numbers:
            if number in pinned and pinned[number][0] != position[pin.phase]:
                raise Infeasible((_contradiction(pin.item, pinned[number][1], problem),))
            pinned[number] = (position[pin.phase], pin.item)
    if not pinned:
        return phase_of
    last = len(phases) - 1
    lowest = [(0, "")] * len(problem.groups)
    highest = [(last, "")] * len(problem.groups)
    for group in problem.groups:
        lowest[group.number] = max([pinned.get(group.number, (0, "")), *(lowest[n] for n in group.before)])
    for group in reversed(problem.groups):
        highest[group.number] = min(
            [pinned.get(group.number, (last, "")), *(highest[n] for n in group.after)], key=lambda pair: pair[0]
        )
    for group in problem.groups:
        low, high = lowest[group.number], highest[group.number]
        if low[0] > high[0]:
            raise Infeasible((_contradiction(low[1], high[1], problem),))
    result = list(phase_of)
    for group in problem.groups:
        least = max([lowest[group.number][0], *(result[n] for n in group.before)])
        result[group.number] = min(max(result[group.number], least), highest[group.number][0])
    return result


def _contradiction(one: str, other: str, problem: Problem) -> Conflict:
    def told(item: str) -> str:
        pin = problem.project.pin_by_item[item]
        return _("{item} is pinned to {phase}").format(item=item, phase=pin.phase)

    return Conflict(
        "pin",
        (one, other),
        _("two pins contradict each other: {one}, but {other}").format(one=told(one), other=told(other)),
    )


def push_out(
    problem: Problem, phases: Sequence[Phase], phase_of: Sequence[int], phase: int, late: Collection[int]
) -> list[int] | None:
    """``phase_of`` with the ``late`` groups moved from ``phase`` to the next; None when none can move."""
    if phase + 1 >= len(phases):
        return None
    moved = [phase + 1 if n in late and own == phase else own for n, own in enumerate(phase_of)]
    for group in problem.groups:
        moved[group.number] = max([moved[group.number], *(moved[n] for n in group.before)])
    held = hold_pins(problem, phases, moved)
    return held if held != list(phase_of) else None


def kept(phase: Phase) -> bool:
    """Whether a proposal leaves a phase as it is: somebody made or edited it, or gave it dates or a limit."""
    return phase.source == "own" or bool(phase.not_before or phase.not_after or phase.limit)
