"""Waiting for work that runs in a thread; Esc gives up on it."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from textual.app import ComposeResult

from planner.text.i18n import _
from planner.tui.screens.dialog import Dialog
from planner.tui.widgets.lines import Bar, Piece

T = TypeVar("T")


class Working(Dialog[T]):
    """Returns what ``work`` returns, or None when the person did not wait for it."""

    def __init__(self, title: str, work: Callable[[], T]) -> None:
        super().__init__(title)
        self.work = work
        self.began = monotonic()

    def body(self) -> ComposeResult:
        yield Bar(id="state")

    def on_mount(self) -> None:
        self._tell()
        self.set_interval(1, self._tell)
        self.run_worker(self._work())

    def _tell(self) -> None:
        seconds = int(monotonic() - self.began)
        words = _("Working... {n} s. Esc gives up.").format(n=seconds) if seconds else _("Working... Esc gives up.")
        self.query_one("#state", Bar).show([Piece(words)])

    async def _work(self) -> None:
        self.dismiss(await asyncio.to_thread(self.work))
