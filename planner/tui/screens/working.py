"""Waiting for work that runs in a thread; Esc gives up on it, and a search can be ended with what it has."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.export.words import percent_up
from planner.rollout.watch import Sight, Watch
from planner.text.i18n import N_, _, ngettext
from planner.tui.screens.dialog import Dialog
from planner.tui.widgets.lines import Bar, Piece

T = TypeVar("T")

GLANCE = 0.2
"""Seconds between two looks at how far a search is."""


class Working(Dialog[T]):
    """Returns what ``work`` returns, or None when the person did not wait for it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("give up"), id="working.back", tooltip=N_("Give up; the plan stays as it is"))
    ]
    every = 1.0
    """Seconds between two looks at the time."""

    def __init__(self, title: str, work: Callable[[], T]) -> None:
        super().__init__(title)
        self.work = work
        self.began = monotonic()

    def body(self) -> ComposeResult:
        yield Bar(id="state")

    def on_mount(self) -> None:
        self._tell()
        self.set_interval(self.every, self._tell)
        self.run_worker(self._work())

    def _tell(self) -> None:
        self.query_one("#state", Bar).show([Piece(self.state(int(monotonic() - self.began)))])

    def state(self, seconds: int) -> str:
        """What is said after ``seconds``."""
        return _("Working... {n} s. Esc gives up.").format(n=seconds) if seconds else _("Working... Esc gives up.")

    async def _work(self) -> None:
        self.dismiss(await asyncio.to_thread(self.work))


class Lookout(Watch):
    """Keeps what a search told last, for a dialog that looks at it now and then.

    ``told`` comes from the thread that searches, often: it only sets a field. ``halted`` once the search should end.
    """

    def __init__(self) -> None:
        self.sight: Sight | None = None
        self.halted = False

    def told(self, sight: Sight) -> None:
        """Keep it until somebody looks."""
        self.sight = sight

    def stopped(self) -> bool:
        """Whether the search should end with what it has."""
        return self.halted


class Searching(Working[T]):
    """A search that shows how far it is; ``T`` ends it with the best so far.

    ``early`` says, once it is closed, whether it was ended so. Giving up ends the search too; nobody takes its answer.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "T",
            "take",
            N_("take the best so far"),
            id="working.take",
            tooltip=N_("End the search with the best so far"),
        ),
    ]
    every = GLANCE

    def __init__(self, title: str, work: Callable[[Watch], T]) -> None:
        self.lookout = Lookout()
        self.early = False
        super().__init__(title, lambda: work(self.lookout))

    def body(self) -> ComposeResult:
        yield from super().body()
        yield Bar(id="progress")

    def state(self, seconds: int) -> str:
        return self.ending(seconds) if self.early else super().state(seconds)

    def ending(self, seconds: int) -> str:
        """What is said after ``seconds`` while the search ends with what it has."""
        return _("Ending the search with the best so far... {n} s").format(n=seconds)

    def _tell(self) -> None:
        super()._tell()
        self.query_one("#progress", Bar).show([Piece(progress(self.lookout.sight), "dim")])

    def action_take(self) -> None:
        self.early = self.lookout.halted = True
        self._tell()

    def on_unmount(self) -> None:
        self.lookout.halted = True  # given up, or the session ends: the thread must not go on


def progress(sight: Sight | None) -> str:
    """How far a search is, in one line."""
    if sight is None:
        return ""
    if sight.solver == "risk":
        return ngettext("{n} run done", "{n} runs done", sight.tried).format(n=sight.tried)
    solver = _("exact solver") if sight.solver == "exact" else _("heuristic")
    if sight.value is None:
        return _("{solver}: nothing found yet").format(solver=solver)
    told = _("{solver}: best so far {value:.2f}").format(solver=solver, value=sight.value)
    if sight.gap is None:
        return told
    return _("{best}, at most {gap} better possible").format(best=told, gap=percent_up(sight.gap))
