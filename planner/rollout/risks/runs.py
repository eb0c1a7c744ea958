"""Runs of a plan with drawn lengths of work, as fast as plain Python goes: what a process of its own does all day.

A ``Program`` is a network flattened into tuples of numbers. A run draws every length and passes once over the nodes,
each after those it waits for. Runs come in chunks, each with a chance of its own, so that it does not matter who
does which chunk. This file imports nothing of the planner: a helping process is ready at once.
"""

import pickle
import random
import sys
from array import array
from dataclasses import dataclass
from operator import itemgetter

SLICES = 1000
"""Into how many equally probable slices a distribution is cut; each is represented by its middle."""

CHUNK = 100
"""Runs in a chunk."""

EDGE = 0.1
"""Lowest and highest tenth: between them the swing of the finish is measured."""

Special = tuple[int, bool, bool, int, int]
"""A wait that is not plain: node, from its start, for the finish, lag in working days, weeks."""

Loads = tuple[tuple[int, int], ...]
"""Units by the number of a booked role."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a node waits for: ``sources`` end before it starts; ``floor`` is its first working day."""

    node: int
    floor: int
    sources: tuple[int, ...] = ()
    special: tuple[Special, ...] = ()
    booked: Loads = ()
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """How long a task lasts: ``done`` days for certain, and a draw of table ``table``, times the factors it shares.

    ``roles`` are numbers of roles. ``process`` is a number of ``Program.processes`` (-1: none), ``doubt`` one of
    ``Program.doubts`` (-1: none).
    """

    task: int
    done: int
    table: int
    roles: tuple[int, ...] = ()
    process: int = -1
    doubt: int = -1


@dataclass(frozen=True, slots=True)
class Program:
    """A network in numbers.

    ``days``: the length of each node where nothing is drawn (0 of a join). ``steps`` are in an order in which each node
    comes after those it waits for. ``tables`` hold the middles of the slices of distributions; ``role_factors`` and
    ``process_factors`` (None: always 1) those of the factors. ``doubts``: by number how likely a process stands lower
    than thought; then its work takes longer by the share ``extra``. ``settled``: by weeks, for each working day the
    first one that is more than so many weeks later. ``capacity``: by booked role its units by day; the last ones last.
    ``watched`` are nodes whose ends are recorded; the last is the end of all. ``results`` are nodes whose first end is
    recorded besides. ``now``: no capacity is judged before it.
    """

    days: tuple[int, ...]
    steps: tuple[Step, ...]
    lengths: tuple[Length, ...]
    tables: tuple[tuple[float, ...], ...]
    roles: int
    role_factors: tuple[float, ...] | None
    processes: int
    process_factors: tuple[float, ...] | None
    doubts: tuple[float, ...]
    extra: float
    settled: dict[int, tuple[int, ...]]
    capacity: dict[int, tuple[int, ...]]
    watched: tuple[int, ...]
    results: tuple[int, ...]
    now: int = 0

    @property
    def drivers(self) -> int:
        """How many things are drawn in a run: lengths, roles, processes and doubts, in this order."""
        return len(self.lengths) + self.roles + self.processes + len(self.doubts)


@dataclass(slots=True)
class Tally:
    """What came out of some runs.

    ``ends``: run by run the last working day of each watched node, then the day of the first result (-1 without any).
    ``critical``: by task, in how many runs it was on the longest path. ``low``, ``high``: by driver, how often it was
    in its lowest and highest tenth and the finishes then, added up; of a doubt, how often it did not hold and held.
    ``short``: runs in which work found no capacity for ever, and went on without.
    """

    runs: int
    ends: "array[int]"
    critical: list[int]
    low: list[tuple[int, int]]
    high: list[tuple[int, int]]
    short: int


def chunks(runs: int) -> list[tuple[int, int]]:
    """``runs`` in chunks: the number of each and how many runs it has."""
    return [(number, min(CHUNK, runs - first)) for number, first in enumerate(range(0, runs, CHUNK))]


class Simulator:
    """Runs one program, chunk by chunk."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.nodes = len(program.days)
        floors = sorted({step.floor for step in program.steps})
        place = {floor: self.nodes + number for number, floor in enumerate(floors)}
        # A floor is one more node to wait for, so that a start is always a single max; itemgetter wants two at least.
        self.blank = [0] * self.nodes + floors
        self.plan = [
            (
                step.node,
                itemgetter(*step.sources, place[step.floor], place[step.floor]),
                step if step.special or step.booked else None,
            )
            for step in program.steps
        ]
        self.step_of = {step.node: step for step in program.steps}
        users: dict[int, list[int]] = {}
        for step in program.steps:
            for role, _units in step.booked:
                users.setdefault(role, []).append(step.node)
        self.peers = {
            step.node: tuple(sorted({n for role, _units in step.booked for n in users[role]} - {step.node}))
            for step in program.steps
            if step.booked
        }
        teams = sorted({length.roles for length in program.lengths})
        team = {roles: number for number, roles in enumerate(teams)}
        self.teams = teams
        courses = sorted({(length.process, length.doubt) for length in program.lengths})
        course = {pair: number for number, pair in enumerate(courses)}
        self.courses = courses
        self.draws = [
            (n.task, n.done, program.tables[n.table], team[n.roles], course[n.process, n.doubt])
            for n in program.lengths
        ]
        certain = len(self.draws) + program.roles + program.processes
        self.lows = [EDGE] * certain + [1 - share for share in program.doubts]
        self.highs = [1 - EDGE] * certain + [1 - share for share in program.doubts]

    def chunk(self, seed: int, number: int, runs: int) -> Tally:
        """The ``runs`` runs of chunk ``number``."""
        program = self.program
        chance = random.Random(f"{seed}:{number}").random  # noqa: S311 - chance for a simulation, not for secrets
        count = program.drivers
        ends = array("i")
        critical = [0] * self.nodes
        low, high = [[0, 0] for _ in range(count)], [[0, 0] for _ in range(count)]
        short = 0
        days = list(program.days)
        for _run in range(runs):
            drawn = [chance() for _ in range(count)]
            self.draw(drawn, days)
            end, lacking = self.pass_over(days)
            short += lacking
            ends.extend([end[node] - 1 for node in program.watched])
            ends.append(min([end[node] - 1 for node in program.results], default=-1))
            finish = ends[-2]
            for driver, (value, least, most) in enumerate(zip(drawn, self.lows, self.highs, strict=True)):
                if value < least:
                    tally = low[driver]
                elif value >= most:
                    tally = high[driver]
                else:
                    continue
                tally[0] += 1
                tally[1] += finish
            self._trace(end, days, critical)
        return Tally(runs, ends, critical, [(n, total) for n, total in low], [(n, total) for n, total in high], short)

    def draw(self, drawn: list[float], days: list[int]) -> None:
        """Set the lengths in ``days`` by the numbers in ``drawn``, one from 0 to 1 for each driver."""
        program, first = self.program, len(self.draws)
        by_role = [1.0] * program.roles
        if program.role_factors is not None:
            table = program.role_factors
            by_role = [table[int(value * SLICES)] for value in drawn[first : first + program.roles]]
        first += program.roles
        by_process = [1.0] * program.processes
        if program.process_factors is not None:
            table = program.process_factors
            by_process = [table[int(value * SLICES)] for value in drawn[first : first + program.processes]]
        first += program.processes
        lower = [value >= 1 - share for value, share in zip(drawn[first:], program.doubts, strict=True)]
        teams = []
        for roles in self.teams:
            factor = 1.0
            for role in roles:
                factor *= by_role[role]
            teams.append(factor)
        courses = []
        for process, doubt in self.courses:
            factor = by_process[process] if process >= 0 else 1.0
            courses.append(factor * (1 + program.extra) if doubt >= 0 and lower[doubt] else factor)
        # zip ends with the draws, the first of the drawn numbers
        for (task, done, table, team, course), value in zip(self.draws, drawn, strict=False):
            days[task] = done + (int(table[int(value * SLICES)] * teams[team] * courses[course] + 0.5) or 1)

    def pass_over(self, days: list[int]) -> tuple[list[int], bool]:
        """The day after the end of every node when the tasks last ``days``; whether work lacked capacity for ever."""
        end = self.blank.copy()
        free = {role: list(units) for role, units in self.program.capacity.items()}
        lacking = False
        for node, needed, step in self.plan:
            start = max(needed(end))
            if step is not None:
                for special in step.special:
                    start = max(start, self._special(special, end, days, days[node]))
                if step.booked:
                    found = start if step.stands else self._fit(step.booked, start, days[node], free)
                    if found is None:
                        lacking = True
                    else:
                        start = found
                    self._book(step.booked, max(start, self.program.now), start + days[node], free)
            end[node] = start + days[node]
        return end, lacking

    def _special(self, special: Special, end: list[int], days: list[int], own: int) -> int:
        """The first day on which a wait that is not plain lets its task start."""
        node, from_start, on_finish, lag, weeks = special
        day = end[node] + lag
        if from_start:
            day -= days[node]
        if on_finish:
            day -= own if not from_start else own - 1
        if weeks:
            day = max(day, _looked_up(self.program.settled[weeks], end[node] - 1))
        return day

    def _fit(self, loads: Loads, day: int, length: int, free: dict[int, list[int]]) -> int | None:
        """The first day from ``day`` on from which every booked role can carry the work to its end; None: never."""
        while True:
            until = day + length
            for role, units in loads:
                row = free[role]
                if until > len(row):
                    last = self.program.capacity[role][-1]
                    if last < units:
                        return None
                    row += [last] * (until - len(row))
                if min(row[day:until]) < units:
                    while row[until - 1] >= units:
                        until -= 1
                    day = until
                    break
            else:
                return day

    def _book(self, loads: Loads, day: int, until: int, free: dict[int, list[int]]) -> None:
        for role, units in loads:
            row = free[role]
            if until > len(row):
                row += [self.program.capacity[role][-1]] * (until - len(row))
            for index in range(day, until):
                row[index] -= units

    def _trace(self, end: list[int], days: list[int], critical: list[int]) -> None:
        """Count every task on a longest path to the end of all: whose end decides when something on the path starts.

        ``~node`` stands for the start of a node: where only that decides, the task itself is not on the path.
        """
        last = self.program.watched[-1]
        stack, seen = [last], {last}
        while stack:
            node = stack.pop()
            if node >= 0:
                critical[node] += 1
            else:
                node = ~node
            step, start = self.step_of[node], end[node] - days[node]
            found = [source for source in step.sources if end[source] == start]
            for special in step.special:
                if self._special(special, end, days, days[node]) == start:
                    found.append(~special[0] if special[1] else special[0])
            if step.booked and not found and start > step.floor:
                found = [peer for peer in self.peers[node] if end[peer] == start]
            for source in found:
                if source not in seen:
                    seen.add(source)
                    stack.append(source)


def _looked_up(table: tuple[int, ...], day: int) -> int:
    """The entry of ``day``; beyond the table, as far on as at its end."""
    if day < len(table):
        return table[day]
    return day + table[-1] - len(table) + 1


def serve() -> None:
    """Read a program, a seed and chunks from standard input; write a tally for each chunk to standard output."""
    program, seed, work = pickle.load(sys.stdin.buffer)  # noqa: S301 - it comes from the process that started this one
    simulator = Simulator(program)
    for number, runs in work:
        pickle.dump((number, simulator.chunk(seed, number, runs)), sys.stdout.buffer)
        sys.stdout.buffer.flush()
