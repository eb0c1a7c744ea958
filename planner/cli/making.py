"""How far the making of documents is, on the command line: one line on a terminal that is drawn anew."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from planner.cli.terminal import draws
from planner.export.steps import Steps
from planner.rollout.watch import Sight, Watch
from planner.text.clean import one_line
from planner.text.i18n import _
from planner.text.width import fit

_WIDTH = 79


class Telling(Steps):
    """Shows each step on standard error, where that is a terminal, and keeps what the person should know."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.words = ""
        self._shows = draws(sys.stderr)

    @classmethod
    @contextmanager
    def on_the_line(cls) -> "Iterator[Telling]":
        """Steps whose line is taken away in the end, also after Ctrl-C."""
        steps = cls()
        try:
            yield steps
        finally:
            steps.show("")

    def at(self, words: str) -> None:
        self.words = words
        self.show(_("Making: {what} (Ctrl-C stops, and nothing is written)").format(what=words))

    def note(self, words: str) -> None:
        if words not in self.notes:
            self.notes.append(words)

    def watch(self) -> Watch:
        return _Passing(self)

    def show(self, line: str) -> None:
        """Draw ``line``, or take the last one away with an empty one."""
        if self._shows:
            print("\r" + fit(one_line(line), _WIDTH) + ("" if line else "\r"), end="", file=sys.stderr, flush=True)


class _Passing(Watch):
    """Lets a search tell how many roadmaps it has tried."""

    def __init__(self, steps: Telling) -> None:
        self._steps = steps

    def told(self, sight: Sight) -> None:
        words = _("Making: {what}, {n} tried (Ctrl-C stops, and nothing is written)")
        self._steps.show(words.format(what=self._steps.words, n=sight.tried))
