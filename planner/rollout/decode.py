"""Makes schedules from orders: the list schedules of the literature, for groups of tasks.

An order is a list of group numbers that ascends in phases and in which every group comes after those it needs.
``serial`` places group after group, each as early as its links, the roles and the limits on change allow
(Kolisch 1996). ``parallel`` walks through time and starts what may start, by priority. ``justified`` shifts a schedule
to the right and reads a new order off it, with which the serial scheme often does better (double justification,
Valls et al. 2005).
"""

from collections.abc import Sequence

from planner.rollout.division import Division
from planner.rollout.goal import Schedule
from planner.rollout.problem import Group, Problem
from planner.rollout.ready import GROW, Block, Piece, Ready
from planner.rollout.schedule import NoRoom, lower_bound

PASSES = 12
"""How many times an order is scheduled at most to learn for how long what has begun will be in change."""

Change = tuple[int, int, int, int]
"""What a capability that has begun is of change: its phase, first and last day, how much."""


class Decoder(Ready):
    """Makes schedules of one problem under one division, and orders from schedules."""

    def __init__(self, problem: Problem, division: Division) -> None:
        super().__init__(problem, division)
        self._standing = [
            (self.phase_of[block.group.number], tasks, more) for block in self.blocks for tasks, more in block.standing
        ]

    def serial(self, order: Sequence[int]) -> Schedule:
        """The schedule of ``order``. Raises NoRoom.

        A capability that has begun is in change until the last of it is done, wherever the order has it. So an order is
        scheduled again while that takes longer than was known when others were placed.
        """
        if not self._standing:
            return Serial(self).build(order)
        begun = [
            [task for n in tasks if (task := self.problem.tasks[n]).begun is not None]
            for _p, tasks, _m in self._standing
        ]
        first = [min([task.begun or 0 for task in tasks]) for tasks in begun]
        last = [max([(task.begun or 0) + task.days - 1 for task in tasks]) for tasks in begun]
        for _pass in range(PASSES):
            known = [(one[0], first[n], last[n], one[2]) for n, one in enumerate(self._standing)]
            schedule = Serial(self, known).build(order)
            ends = [max([schedule.finish[n] for n in tasks]) for _phase, tasks, _more in self._standing]
            if all(end <= until for end, until in zip(ends, last, strict=True)):
                return schedule
            last = [max(end, until) for end, until in zip(ends, last, strict=True)]
        raise NoRoom(next(block.group for block in self.blocks if block.standing), None)

    def parallel(self, keys: Sequence[float]) -> list[int]:
        """An order as the parallel scheme finds it: day by day the group with the smallest key that may start.

        Raises NoRoom.
        """
        serial = Serial(self)
        groups, phase_of = self.problem.groups, self.phase_of
        waiting = [len(group.before) for group in groups]
        order: list[int] = []
        floor = reached = 0
        for phase in sorted(set(phase_of)):
            window = self.windows[phase]
            floor = max(floor if window.overlap else reached, window.first)
            members = [group.number for group in groups if phase_of[group.number] == phase]
            awake = {n: serial.earliest(n, floor) for n in members if not waiting[n]}
            begun: int | None = None
            while awake:
                day = min(awake.values())
                for number in sorted((n for n, since in awake.items() if since <= day), key=lambda n: (keys[n], n)):
                    first = serial.place(number, day, phase, only=True)
                    if first > day:
                        awake[number] = first
                        continue
                    del awake[number]
                    order.append(number)
                    begun = first if begun is None else min(begun, first)
                    reached = max(reached, serial.end_of[number] + 1)
                    for after in groups[number].after:
                        waiting[after] -= 1
                        if not waiting[after] and phase_of[after] == phase:
                            awake[after] = serial.earliest(after, floor)
            floor = begun if begun is not None else floor
        return order

    def justified(self, schedule: Schedule) -> list[int]:
        """An order by the days on which groups start when ``schedule`` is shifted to the right, last one first."""
        return self.by_start(self._shifted(schedule))

    def _shifted(self, schedule: Schedule) -> list[int]:
        """The first start of each group when all are shifted, with their shapes, as late as they may be."""
        start, finish = schedule.start, schedule.finish
        rows, followers, guards = self.rows, self.followers, self.guards
        first = [0] * len(rows)
        last = [0] * len(rows)
        for number, row in enumerate(rows):
            if row[5] is None:
                first[number], last[number] = start[row[0]], finish[row[0]]
            else:
                tasks = self.problem.groups[number].tasks
                first[number], last[number] = min([start[n] for n in tasks]), max([finish[n] for n in tasks])
        phase_of, until = self.phase_of, self._phase_ends(last)
        busy = self.busy(max(last) + 1).copy()
        for number in sorted(range(len(rows)), key=last.__getitem__, reverse=True):
            end = until[phase_of[number]]
            for other, lag in followers[number]:
                if first[other] - lag < end:
                    end = first[other] - lag
            _task, days, need, _since, _waits, block = rows[number]
            if block is not None:
                first[number] += self._shift_block(block, schedule, busy, end - last[number])
                continue
            had, looked = last[number], end
            while end > had:
                for at in range(end - days + 1, looked + 1):
                    if busy[at] + need & guards:
                        break
                else:
                    break
                looked, end = end - days, at - 1
            if end < had:
                end = had  # where it is there is room: what was there with it has gone to the right, if anywhere
            begin = end - days + 1
            busy[begin : end + 1] = [units + need for units in busy[begin : end + 1]]
            first[number] = begin
        return first

    def _phase_ends(self, last: Sequence[int]) -> list[int]:
        """For each phase the day by which it ends now, as far as the next must wait for it."""
        ends = [-1] * len(self.windows)
        for number, phase in enumerate(self.phase_of):
            ends[phase] = max(ends[phase], last[number])
        for phase in range(len(ends) - 2, -1, -1):
            if self.windows[phase + 1].overlap or ends[phase] < 0:
                ends[phase] = max(ends[phase], ends[phase + 1])
        return ends

    def _shift_block(self, block: Block, schedule: Schedule, busy: list[int], most: int) -> int:
        """By how many days at most, up to ``most``, a group of fixed shape can move to the right."""
        guards = self.guards
        pieces = [(schedule.start[p.number], schedule.finish[p.number], p.need) for p in block.pieces if p.need]
        shift = 0 if block.begun else max(0, most)
        free_from = [schedule.finish[p.number] + shift + 1 for p in block.pieces if p.need]
        before = -1
        while shift != before and shift > 0:
            before = shift
            for number, (begin, end, need) in enumerate(pieces):
                at = min(end + shift, free_from[number] - 1)
                while at >= begin + shift:
                    if busy[at] + need & guards:
                        shift = at - 1 - end
                    at -= 1
                free_from[number] = at + 1
        shift = max(0, shift)
        for begin, end, need in pieces:
            days = slice(begin + shift, end + shift + 1)
            busy[days] = [units if units + need & guards else units + need for units in busy[days]]
        return shift


class Serial:
    """One schedule in the making."""

    def __init__(self, decoder: Ready, standing: Sequence[Change] = ()) -> None:
        """``standing`` is the change that goes on in any case."""
        self.decoder = decoder
        problem = self.problem = decoder.problem
        count = len(problem.tasks)
        self.start = [-1] * count
        self.finish = [-1] * count
        self.end_of = [-1] * len(problem.groups)
        self.busy = decoder.busy(GROW).copy()
        self.length = len(self.busy)
        self.changing = [0] * self.length
        self.limits = [window.limit for window in decoder.windows]
        self.changing_in = {n: [0] * self.length for n, limit in enumerate(self.limits) if limit is not None}
        for block in decoder.blocks:
            if block.begun:
                self._stand(block)
        for phase, first, last, more in standing:
            self._count(phase, first, last, more)

    def _stand(self, block: Block) -> None:
        """Put the tasks that have begun where they stand; the capacity they take is off the table already."""
        for piece in block.pieces:
            if piece.task.begun is not None:
                self.start[piece.number] = piece.task.begun
                self.finish[piece.number] = piece.task.begun + piece.days - 1

    def build(self, order: Sequence[int]) -> Schedule:
        decoder = self.decoder
        rows, phase_of, windows = decoder.rows, decoder.phase_of, decoder.windows
        start, finish, end_of, busy = self.start, self.finish, self.end_of, self.busy
        guards, latest, length = decoder.guards, decoder.horizon, self.length
        phase, floor, reached, begun = -1, 0, 0, 0
        for number in order:
            if phase_of[number] != phase:
                phase = phase_of[number]
                window = windows[phase]
                floor = max(begun if window.overlap else reached, window.first)
                begun = -1
            task, days, need, not_before, waits, block = rows[number]
            day = floor if floor > not_before else not_before
            for other, lag in waits:
                allowed = end_of[other] + lag
                if allowed > day:
                    day = allowed
            if block is not None:
                first, end = self._group(block, day, phase)
                length = self.length
            else:
                end, looked = day + days, day  # as in _put, written out: this is the inner loop of every search
                while True:
                    if end > length:
                        self._grow(end)
                        length = self.length
                    for at in range(end - 1, looked - 1, -1):
                        if busy[at] + need & guards:
                            break
                    else:
                        break
                    looked, day = end, at + 1
                    end = day + days
                    if day > latest:
                        raise NoRoom(self.problem.groups[number], self._short(need, at))
                busy[day:end] = [units + need for units in busy[day:end]]
                end -= 1
                start[task] = first = day
                finish[task] = end
            end_of[number] = end
            if end >= reached:
                reached = end + 1
            if begun < 0 or first < begun:
                begun = first
        return Schedule(start, finish)

    def earliest(self, number: int, floor: int) -> int:
        """The first day on which links let a group start whose needs are all placed."""
        _task, _days, _need, not_before, waits, block = self.decoder.rows[number]
        day = max([floor, not_before, *(self.end_of[other] + lag for other, lag in waits)])
        if block is not None:
            day = max([day, *(self.decoder.settle(weeks, self.end_of[other]) for other, weeks in block.settles)])
            day = max(day, self._opening(block.pieces) if block.since is None else block.since)
        return day

    def place(self, number: int, day: int, phase: int, *, only: bool) -> int:
        """Place a group from ``day`` on; its first start. With ``only`` it is not placed when that is a later day."""
        block = self.decoder.blocks[number]
        first, end = self._group(block, day, phase, only=only)
        if first <= day or not only:
            self.end_of[number] = end
        return first

    def _group(self, block: Block, day: int, phase: int, *, only: bool = False) -> tuple[int, int]:
        """Place a group from ``day`` on; its first start and last finish.

        With ``only`` it is taken away again when it starts later than that.
        """
        wanted = day
        for other, weeks in block.settles:
            day = max(day, self.decoder.settle(weeks, self.end_of[other]))
        pieces, group = block.movable, block.group
        if pieces:
            day = max(day, self._opening(pieces) if block.since is None else block.since)
            while True:
                day = self._open(block, day, phase)
                for piece in pieces:
                    self._put(piece, day, group)
                spans = self._spans(block)
                clash = self._too_much_change(spans, phase)
                if clash is None:
                    break
                for piece in pieces:
                    self._put_back(piece)
                day = clash + 1
                if day > self.decoder.horizon:
                    raise NoRoom(group, None)
        else:
            spans = self._spans(block)
        first = min([self.start[n] for n in group.tasks])
        last = max([self.finish[n] for n in group.tasks])
        if only and first > wanted:
            for piece in pieces:
                self._put_back(piece)
        else:
            for since, until, more in spans:
                self._count(phase, since, until, more)
        return first, last

    def _opening(self, pieces: Sequence[Piece]) -> int:
        """The first day on which links from outside their group let any of some tasks start."""
        opening = self.decoder.horizon
        for piece in pieces:
            day = piece.not_before
            for bound in piece.rest:
                if self.problem.tasks[bound.sources[0]].group != piece.task.group:
                    day = max(day, lower_bound(self.problem, bound, piece.task, self.start, self.finish))
            opening = min(opening, day)
        return opening

    def _put(self, piece: Piece, day: int, group: Group) -> None:
        """Place a task on the first day from ``day`` on on which its links let it start and roles can carry it."""
        finish, busy = self.finish, self.busy
        if piece.not_before > day:
            day = piece.not_before
        for source, lag in piece.inner:
            if finish[source] + lag > day:
                day = finish[source] + lag
        for bound in piece.rest:
            day = max(day, lower_bound(self.problem, bound, piece.task, self.start, finish))
        need, days, guards = piece.need, piece.days, self.decoder.guards
        end, looked = day + days, day
        while True:
            if end > self.length:
                self._grow(end)
            for at in range(end - 1, looked - 1, -1):
                if busy[at] + need & guards:
                    break
            else:
                break
            looked, day = end, at + 1  # what lies between has been looked at
            end = day + days
            if day > self.decoder.horizon:
                raise NoRoom(group, self._short(need, at))
        busy[day:end] = [units + need for units in busy[day:end]]
        self.start[piece.number] = day
        finish[piece.number] = end - 1

    def _put_back(self, piece: Piece) -> None:
        begin, end = self.start[piece.number], self.finish[piece.number] + 1
        need = piece.need
        self.busy[begin:end] = [units - need for units in self.busy[begin:end]]
        self.start[piece.number] = self.finish[piece.number] = -1

    def _open(self, block: Block, day: int, phase: int) -> int:
        """The first day from ``day`` on from which as many days as the group takes at least can bear its change.

        Only skips what cannot be: any placement that begins on a skipped day covers a day that is full.
        """
        if len(block.spans) != 1 or block.begun:
            return day
        more, shortest = block.spans[0][1], self.problem.shortest[block.group.number]
        tables = [(self.changing, self.problem.absorption - more)]
        if phase in self.changing_in:
            tables.append((self.changing_in[phase], (self.limits[phase] or 0) - more))
        searching = True
        while searching and day <= self.decoder.horizon:
            searching = False
            for table, limit in tables:
                end = min(day + shortest, self.length)
                if day < end and max(table[day:end]) > limit:
                    while table[end - 1] <= limit:
                        end -= 1
                    day = end
                    searching = True
        return day

    def _spans(self, block: Block) -> list[tuple[int, int, int]]:
        """First and last day of each capability of a group that is placed, and how much change it is."""
        start, finish = self.start, self.finish
        return [(min([start[n] for n in tasks]), max([finish[n] for n in tasks]), more) for tasks, more in block.spans]

    def _too_much_change(self, spans: Sequence[tuple[int, int, int]], phase: int) -> int | None:
        """The last day on which capabilities in change at their ``spans`` would be too much, or None."""
        tables = [(self.changing, self.problem.absorption)]
        if phase in self.changing_in:
            tables.append((self.changing_in[phase], self.limits[phase] or 0))
        worst: int | None = None
        for first, last, more in spans:
            for table, limit in tables:
                if len(spans) == 1 and max(table[first : last + 1]) + more <= limit:
                    continue
                for day in range(last, first - 1, -1):
                    if table[day] + sum(m for s, f, m in spans if s <= day <= f) > limit:
                        worst = day if worst is None else max(worst, day)
                        break
        return worst

    def _count(self, phase: int, first: int, last: int, more: int) -> None:
        if last >= self.length:
            self._grow(last + 1)
        self.changing[first : last + 1] = [units + more for units in self.changing[first : last + 1]]
        if phase in self.changing_in:
            table = self.changing_in[phase]
            table[first : last + 1] = [units + more for units in table[first : last + 1]]

    def _short(self, need: int, day: int) -> int | None:
        """The role that has too little left on ``day`` for ``need``."""
        lost = self.busy[day] + need & self.decoder.guards
        shifts = self.decoder.shift
        guard = lost.bit_length() - 1
        return max((role for role in range(len(shifts)) if shifts[role] <= guard), default=None)

    def _grow(self, needed: int) -> None:
        more = max(needed, self.length + GROW)
        self.busy += self.decoder.busy(more)[self.length : more]
        for table in (self.changing, *self.changing_in.values()):
            table += [0] * (more - self.length)
        self.length = more
