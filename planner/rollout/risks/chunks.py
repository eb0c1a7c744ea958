"""The chunks of a simulation shared out among processes, with progress and cancel.

Helping processes are plain ones that talk through pipes: nothing of the caller's program is started again in them and
no file of its terminal is passed on, so they may be started from a script, a test or a screen alike. A process that
cannot be started or dies is no harm: its chunks are done here.
"""

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from planner.rollout.risks.runs import Program, Simulator, Tally
from planner.rollout.watch import Sight, Watch

PAYS = 300_000
"""Lengths to draw, in all, for which a helping process is worth its start: about a third of a second of work."""

Work = Sequence[tuple[int, int]]
_Found = SimpleQueue[tuple[int, Tally]]


def tallies(program: Program, seed: int, work: Work, *, processes: int | None = None, watch: Watch) -> dict[int, Tally]:
    """The tally of each chunk in ``work`` by its number; of some, at least the first, when ``watch`` stops it.

    ``processes``: how many to use (None: as many as this one may use and as pay).
    """
    begun = time.monotonic()
    draws = program.drivers * sum(runs for _number, runs in work)
    many = min(_usable(), 1 + draws // PAYS) if processes is None else processes
    many = max(1, min(many, len(work)))
    found: _Found = SimpleQueue()
    helpers = [_Helper(program, seed, work[share::many], found) for share in range(1, many)]
    done: dict[int, Tally] = {}
    try:
        for number, tally in _merged(program, seed, work, work[::many], helpers, found, done):
            done[number] = tally
            watch.told(Sight("risk", time.monotonic() - begun, sum(part.runs for part in done.values())))
            if watch.stopped() and work[0][0] in done:
                break
    finally:
        for helper in helpers:
            helper.stop()
    return done


def _merged(
    program: Program,
    seed: int,
    work: Work,
    own: Work,
    helpers: Sequence["_Helper"],
    found: _Found,
    done: dict[int, Tally],
) -> Iterator[tuple[int, Tally]]:
    """Tallies as they come: this process's own share, those of the helpers, and what helpers left undone."""
    simulator = Simulator(program)
    for number, runs in own:
        yield number, simulator.chunk(seed, number, runs)
        yield from _arrived(found)
    while any(helper.busy for helper in helpers):
        with suppress(Empty):
            yield found.get(timeout=0.05)
    yield from _arrived(found)
    for number, runs in work:
        if number not in done:
            yield number, simulator.chunk(seed, number, runs)


def _arrived(found: _Found) -> Iterator[tuple[int, Tally]]:
    while not found.empty():
        yield found.get()


class _Helper:
    """A process that does some chunks, and the thread that hears it."""

    def __init__(self, program: Program, seed: int, work: Work, found: _Found) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        root = str(Path(__file__).parents[3])
        code = f"import sys; sys.path.insert(0, {root!r}); from planner.rollout.risks.runs import serve; serve()"
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this very interpreter and our own file
                [sys.executable, "-P", "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            return
        self._thread = Thread(target=self._hear, args=(self._process, (program, seed, work), found), daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether more may come of it."""
        return self._process is not None and self._thread.is_alive()

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._thread.join()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    if pipe is not None:
                        pipe.close()

    @staticmethod
    def _hear(process: subprocess.Popen[bytes], order: object, found: _Found) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        # The pipe breaks and the last tally is cut off when the process is ended; what is missing is done elsewhere.
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            pickle.dump(order, process.stdin)
            process.stdin.close()
            while True:
                found.put(pickle.load(process.stdout))  # noqa: S301 - written by the process started above


def _usable() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
