"""From a plan and what is uncertain about it to the program of a simulation (``runs``)."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from planner.model.capability import level_of, process_of
from planner.model.known.risk import Swing, Uncertainty
from planner.model.values import Duration
from planner.rollout.problem import LATEST, Problem, Task, TooFar
from planner.rollout.risks.partial_order import Network, Wait
from planner.rollout.risks.runs import SLICES, Length, Program, Simulator, Special, Step

ROOM = 2
"""Tables of calendar days reach so many times as far as the longest run with everything at its worst."""


def compiled(
    network: Network,
    uncertainty: Uncertainty,
    doubts: Mapping[str, float],
    watched: Sequence[Collection[int]],
    results: Sequence[Collection[int]],
) -> Program:
    """The program of ``network``.

    ``watched`` are sets of tasks whose common ends are to be recorded, before that of all work; ``results`` those of
    which the first is. ``doubts``: by process, how likely its level is one lower than the plan says.
    """
    problem = network.problem
    ends = [network.join(tasks) for tasks in (*watched, range(len(problem.tasks)))]
    first = [network.join(tasks) for tasks in results]
    lengths, tables, processes, doubtful = _lengths(problem, doubts)
    program = Program(
        days=tuple(task.days for task in problem.tasks) + (0,) * len(network.joins),
        steps=_steps(network),
        lengths=lengths,
        tables=tables,
        roles=len(problem.roles),
        role_factors=factors(uncertainty.role),
        processes=processes,
        process_factors=factors(uncertainty.process),
        doubts=tuple(doubts[process] for process in doubtful),
        extra=uncertainty.baseline.extra,
        settled={},
        capacity={role: _capacity(problem, role) for role in network.booked},
        watched=tuple(ends),
        results=tuple(first),
        now=problem.now,
    )
    return _with_calendar(program, problem)


def names_of_processes(problem: Problem) -> tuple[str, ...]:
    """The processes that share a factor, by their numbers in a program."""
    return tuple(dict.fromkeys(process_of(task.capability) for task in problem.tasks if task.capability))


def names_of_doubts(problem: Problem, doubts: Mapping[str, float]) -> tuple[str, ...]:
    """The processes whose level is in doubt, by their numbers in a program."""
    return tuple(process for process in names_of_processes(problem) if doubts.get(process))


def triangular(low: float, likely: float, high: float) -> tuple[float, ...]:
    """The middles of equally probable slices of a triangular distribution, in rising order."""
    width = high - low
    if width <= 0:
        return (likely,) * SLICES
    peak = (likely - low) / width
    return tuple(
        low + math.sqrt(share * width * (likely - low))
        if share < peak
        else high - math.sqrt((1 - share) * width * (high - likely))
        for share in ((number + 0.5) / SLICES for number in range(SLICES))
    )


def factors(swing: Swing) -> tuple[float, ...] | None:
    """The slices of a factor on durations; None where it is always 1."""
    if not (swing.faster or swing.slower):
        return None
    return triangular(1 - swing.faster, 1, 1 + swing.slower)


def _lengths(
    problem: Problem, doubts: Mapping[str, float]
) -> tuple[tuple[Length, ...], tuple[tuple[float, ...], ...], int, tuple[str, ...]]:
    """What is drawn of each task that is not done; the tables for it; how many processes; which are in doubt."""
    processes, doubtful = names_of_processes(problem), names_of_doubts(problem, doubts)
    process_number = {process: number for number, process in enumerate(processes)}
    doubt_number = {process: number for number, process in enumerate(doubtful)}
    lowest: dict[str, int] = {}
    for item in problem.project.capabilities:
        process = process_of(item)
        lowest[process] = min(level_of(item), lowest.get(process, level_of(item)))
    table_of: dict[tuple[float, float, float], int] = {}
    lengths = []
    for task in problem.tasks:
        if task.done:
            continue
        worked = 0 if task.begun is None else max(0, problem.now - task.begun)
        estimate = _left(problem.project.package_by_id[task.id].days, task.days - worked)
        process = process_of(task.capability) if task.capability else ""
        catching_up = task.begun is None and process and level_of(task.capability) == lowest[process]
        lengths.append(
            Length(
                task.number,
                worked,
                table_of.setdefault(estimate, len(table_of)),
                tuple(sorted(role for role, _units in task.loads)),
                process_number.get(process, -1),
                doubt_number.get(process, -1) if catching_up else -1,
            )
        )
    return tuple(lengths), tuple(triangular(*estimate) for estimate in table_of), len(processes), doubtful


def _left(days: Duration, left: int) -> tuple[float, float, float]:
    """An estimate of the working days left, as uncertain in proportion as that of all of them."""
    return (left * days.low / days.likely, float(left), left * days.high / days.likely)


def _steps(network: Network) -> tuple[Step, ...]:
    ended = [1 << task for task in range(len(network.tasks))]  # as bits, the tasks that a node is made of,
    behind = list(network.before)  # and those that end before one of them starts in any case
    for members in network.joins:
        ended.append(_union(ended[member] for member in members))
        behind.append(_union(behind[member] for member in members))
    steps = []
    for node in network.ordered():
        if node >= len(network.tasks):
            members = network.members(node)
            steps.append(Step(node, 0, tuple(n for n in members if ended[n] & ~behind[node])))
            continue
        task = network.tasks[node]
        plain = dict.fromkeys(wait.node for wait in network.waits[node] if wait.plain)
        sooner = _union(behind[source] for source in plain)
        steps.append(
            Step(
                node,
                network.floor[node],
                tuple(source for source in plain if ended[source] & ~sooner),
                tuple(dict.fromkeys(_special(wait) for wait in network.waits[node] if not wait.plain)),
                _booked(network, task),
                task.begun is not None,
            )
        )
    return tuple(steps)


def _union(sets: Iterable[int]) -> int:
    bits = 0
    for one in sets:
        bits |= one
    return bits


def _special(wait: Wait) -> Special:
    return (wait.node, wait.from_start, wait.on_finish, wait.lag, wait.weeks)


def _booked(network: Network, task: Task) -> tuple[tuple[int, int], ...]:
    if task.done and task.begun is not None and task.begun + task.days <= network.problem.now:
        return ()
    return tuple((role, units) for role, units in task.loads if role in network.booked)


def _capacity(problem: Problem, role: int) -> tuple[int, ...]:
    """The units of a role by day, until they change no more."""
    steps = problem.capacity_steps[role]
    return tuple(problem.capacity(role, day) for day in range(max(problem.now, steps[-1][0]) + 1))


def _with_calendar(program: Program, problem: Problem) -> Program:
    """``program`` with its tables of calendar weeks, as long as any run may need."""
    weeks = sorted({special[4] for step in program.steps for special in step.special} - {0})
    if not weeks:
        return program
    length = ROOM * _longest(program)
    return replace(program, settled={number: _settled(problem, number, length) for number in weeks})


def _longest(program: Program) -> int:
    """Working days when every length is at its worst and every day of the week is worked."""
    steps = tuple(
        replace(step, special=tuple((*special[:3], special[3] + 7 * special[4], 0) for special in step.special))
        for step in program.steps
    )
    simulator = Simulator(replace(program, steps=steps))
    days = list(program.days)
    simulator.draw([1 - 0.5 / SLICES] * program.drivers, days)
    end, _lacking = simulator.pass_over(days)
    return max(end[: len(days)])


def _settled(problem: Problem, weeks: int, length: int) -> tuple[int, ...]:
    """For each of ``length`` working days, fewer where dates end, the first one more than ``weeks`` weeks later."""
    found: list[int] = []
    for day in range(length):
        after = problem.workdays[day] + timedelta(days=7 * weeks + 1)
        if after > LATEST:
            break
        found.append(problem.workdays.on_or_after(after))
    if not found:
        raise TooFar
    return tuple(found)
