"""The exact engine: the best schedule there is, or how far from it one may be, by the constraint solver CP-SAT.

The solver works in a process of its own, which can be ended at any moment and cannot disturb an interface. It is given
plain numbers (``exact.parts``) and answers with lines of JSON: schedules, each better than the last, and bounds. It
ends when whoever started it does. Meanwhile the heuristic goes on here: each finds what the other does not.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Literal

from planner.rollout.bound import lower_bound
from planner.rollout.division import Division
from planner.rollout.exact.parts import Parts, parts_of
from planner.rollout.exact.stages import Stages, Tell
from planner.rollout.goal import Goal, Rank, Schedule
from planner.rollout.problem import Problem
from planner.rollout.schedule import NoRoom
from planner.rollout.search import search
from planner.rollout.watch import UNWATCHED, Sight, Watch

EXACT = 1e-6
"""A bound this near to a value, as a share of it, differs from it by rounding only."""

GRACE = 0.5
"""Seconds that the solver may take to end after its time, before it is ended."""

POLL = 0.05
"""Seconds between two looks at whether to stop."""


@dataclass(frozen=True, slots=True)
class Improved:
    """The best schedule known, and what is known of how good it is.

    ``bound``: what the weighted sum (the rank's last element) cannot fall below where the rest of the rank is as here;
    None where that rest may still become better. ``trouble`` says why the solver ended before its time, if it did.
    """

    schedule: Schedule
    rank: Rank
    bound: float | None
    status: Literal["optimal", "feasible"]
    trouble: str = ""


def installed() -> bool:
    """Whether the solver is there."""
    return find_spec("ortools") is not None


def improve(
    problem: Problem,
    division: Division,
    goal: Goal,
    schedule: Schedule,
    *,
    time_limit: float,
    watch: Watch = UNWATCHED,
    seed: int = 0,
    workers: int | None = None,
) -> Improved:
    """The best schedule found within ``time_limit`` seconds, never worse than the valid ``schedule`` that is given.

    ``workers`` are the solver's threads: one is usual, and beside it the heuristic goes on in the calling thread; with
    more the solver works alone. A solver that breaks down is no error: what was found till then is the answer.
    """
    desk = _Desk(problem, division, goal, schedule, time_limit, watch)
    if not desk.done() and any(task.begun is None for task in problem.tasks):
        try:
            started = _Solver(desk.order(seed, workers or 1))
        except OSError as error:  # no process may be started here, or there is no room for one
            desk.trouble = error.strerror or str(error)
            desk.search(seed)
            return desk.answer()
        with started as solver:
            desk.listen(solver)
            if (workers or 1) == 1:
                desk.search(seed)
            desk.wait()
    return desk.answer()


class _Desk(Watch):
    """Where all that is found is compared. The heuristic sees it as its watch."""

    def __init__(
        self, problem: Problem, division: Division, goal: Goal, schedule: Schedule, time_limit: float, watch: Watch
    ) -> None:
        self.problem, self.division, self.goal = problem, division, goal
        self.begin = monotonic()
        self.until = self.begin + time_limit
        self.watch = watch
        self.schedule = schedule
        rank = goal.rank(schedule)
        assert rank is not None  # only a comparison has none
        self.rank = rank
        self.least = lower_bound(problem, division, goal)
        self.bound = None if goal.first or rank[0] else self.least
        self.tried = 0
        self.proven = False
        self.ended = False
        self.trouble = ""
        self.solver: _Solver | None = None

    def order(self, seed: int, workers: int) -> dict[str, Any]:
        """What the solver is asked."""
        parts = parts_of(self.problem, self.division, self.goal, self.schedule)
        return {
            "parts": asdict(parts),
            "start": self.schedule.start,
            "least": self.least,
            "until": self.until,
            "seed": seed,
            "workers": workers,
        }

    def listen(self, solver: "_Solver") -> None:
        """Heed what ``solver`` says from now on."""
        self.solver = solver

    def search(self, seed: int) -> None:
        """Let the heuristic look for something better until there is nothing left to do."""
        left = self.until - monotonic()
        if left <= 0:
            return
        try:
            found = search(self.problem, self.division, self.goal, seed=seed + 1, time_limit=left, watch=self)
        except NoRoom:
            return
        self._offer(found.schedule)

    def wait(self) -> None:
        """Until the solver has ended, has proven that the best is known, or has to be stopped."""
        while not self.ended and not self.done() and not self.watch.stopped():
            if monotonic() > self.until + GRACE:
                break
            self._read(POLL)

    def stopped(self) -> bool:
        """Whether the heuristic should end: told to, or nothing better can be found."""
        self._read(0)
        return self.proven or self.done() or self.watch.stopped()

    def told(self, sight: Sight) -> None:
        """Pass on how far the heuristic is."""
        if sight.value is not None and self.bound is not None and sight.value > self.rank[-1]:
            sight = replace(sight, value=self.rank[-1])
        self.watch.told(replace(sight, solver="exact", seconds=monotonic() - self.begin, bound=self.bound))

    def done(self) -> bool:
        """Whether the best is as good as the bound."""
        return self.bound is not None and self.rank[-1] - self.bound <= EXACT * max(1.0, abs(self.rank[-1]))

    def answer(self) -> Improved:
        """What is known in the end."""
        if self.done():
            return Improved(self.schedule, self.rank, self.rank[-1], "optimal", self.trouble)
        return Improved(self.schedule, self.rank, self.bound, "feasible", self.trouble)

    def _read(self, seconds: float) -> None:
        """Take in what the solver has said, waiting ``seconds`` for the first word."""
        while self.solver is not None and not self.ended and (said := self.solver.said(seconds)) is not None:
            seconds = 0
            if "start" in said:
                self.tried += 1
                days = [task.days for task in self.problem.tasks]
                ends = [start + length - 1 for start, length in zip(said["start"], days, strict=True)]
                self._offer(Schedule(said["start"], ends))
            if "bound" in said and (self.bound is None or said["bound"] > self.bound):
                self.bound = said["bound"]
                self._tell()
            self.proven = said.get("end", self.proven)
            self.trouble = said.get("trouble", self.trouble)
            self.ended = "end" in said or "trouble" in said

    def _offer(self, schedule: Schedule) -> None:
        rank = self.goal.rank(schedule, self.rank)
        if rank is not None:
            self.schedule, self.rank = schedule, rank
            self._tell()

    def _tell(self) -> None:
        self.watch.told(Sight("exact", monotonic() - self.begin, self.tried, self.rank[-1], self.bound))


class _Solver:
    """The solver's process. Leaving the context ends it."""

    def __init__(self, order: dict[str, Any]) -> None:
        root = str(Path(__file__).parents[2])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "planner.rollout.optimal"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"},
        )
        self._heard: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._threads = [
            threading.Thread(target=work, args=args, daemon=True)
            for work, args in ((self._ask, (json.dumps(order),)), (self._hear, ()))
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> "_Solver":
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()

    def said(self, seconds: float) -> dict[str, Any] | None:
        """The next thing it says; None when it says nothing within ``seconds``."""
        try:
            return self._heard.get(timeout=seconds) if seconds else self._heard.get_nowait()
        except Empty:
            return None

    def _ask(self, order: str) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(order + "\n")
            self.process.stdin.flush()
        except (OSError, ValueError):  # it has ended; what it said of that is heard
            return

    def _hear(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        for line in self.process.stdout:
            self._heard.put(json.loads(line))
        last = self.process.stderr.read().strip().splitlines()[-1:]
        code = self.process.wait()
        self._heard.put({"trouble": " ".join([f"exit code {code}", *last]) if code else ""})


def solve(
    parts: Parts, start: Sequence[int], least: float, until: float, tell: Tell, seed: int = 0, workers: int = 1
) -> None:
    """Solve ``parts`` here and now, and ``tell`` what is found; ``until`` is a time of the monotonic clock.

    ``start`` is a valid schedule and ``least`` a bound on the weighted sum.
    """
    from ortools.sat.python import cp_model

    Stages(cp_model, parts, start, least, until, seed, workers, tell).run()


def main() -> None:
    """The solver's process: one order comes in, and the end of the input ends it."""

    def say(word: dict[str, Any]) -> None:
        print(json.dumps(word), flush=True)

    order = json.loads(sys.stdin.readline())

    def leave() -> None:
        while os.read(0, 1):
            pass
        os._exit(0)

    threading.Thread(target=leave, daemon=True).start()
    solve(Parts.read(order.pop("parts")), tell=say, **order)


if __name__ == "__main__":
    main()
