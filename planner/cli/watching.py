"""A long search on the command line: a line of progress on a terminal, and Ctrl-C that keeps the best so far."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from planner.cli.terminal import draws
from planner.export.words import percent_up
from planner.rollout.watch import Sight, Watch
from planner.text.i18n import _, listed
from planner.text.width import fit

_WIDTH = 79


class Watching(Watch):
    """Shows how far a search is on standard error, where that is a terminal; ``halted`` once it was told to stop."""

    def __init__(self) -> None:
        self.halted = False
        self._shows = draws(sys.stderr)

    def told(self, sight: Sight) -> None:
        """Draw the line anew."""
        if self._shows:
            print("\r" + fit(line(sight), _WIDTH), end="", file=sys.stderr, flush=True)

    def stopped(self) -> bool:
        """Whether Ctrl-C was pressed."""
        return self.halted

    def clear(self) -> None:
        """Take the line away."""
        if self._shows:
            print("\r" + " " * _WIDTH + "\r", end="", file=sys.stderr, flush=True)


def line(sight: Sight) -> str:
    """How far a search is, in one line."""
    told = [_("{seconds:.0f} s").format(seconds=sight.seconds)]
    if sight.value is not None:
        told.append(_("best {value:.2f}").format(value=sight.value))
    if sight.gap is not None:
        told.append(_("at most {gap} better possible").format(gap=percent_up(sight.gap)))
    told.append(_("Ctrl-C: take the best so far"))
    return listed(told)


@contextmanager
def watching() -> Iterator[Watching]:
    """A watch whose search the first Ctrl-C ends with what it has; the second interrupts as usual."""
    watch = Watching()

    def halt(_signal: int, _frame: FrameType | None) -> None:
        if watch.halted:
            raise KeyboardInterrupt
        watch.halted = True

    before = signal.signal(signal.SIGINT, halt)
    try:
        yield watch
    finally:
        signal.signal(signal.SIGINT, before)
        watch.clear()
