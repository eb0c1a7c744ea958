"""An app that sends to the terminal only what has changed on its screen."""

import asyncio
import os
from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING

from rich.color import ColorSystem
from rich.console import RenderableType
from textual import events
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen
from textual.strip import Strip

from planner.tui.settings import Settings

if TYPE_CHECKING:
    from planner.tui.frugal.driver import FrugalDriver
    from planner.tui.frugal.encode import Encoder
    from planner.tui.frugal.grid import Grid

SYNC_FROM = 1_000
"""Bytes from which on a frame is bracketed, that it may be shown at once: a smaller one arrives in one piece anyway."""

GATHER = 0.02
"""Seconds in which changes are gathered to one frame where bytes are dear."""

LARGE = 8
"""Lines from which on an update is taken for a new screen, which seldom comes in one piece."""

AGAIN = 0.02
"""Seconds after which a busy line is asked again."""


class FrugalApp(App[int]):
    """Like any app; ``settings.frugal`` switches back to what Textual does. Without a terminal nothing is different."""

    settings = Settings()

    _encoder: "Encoder | None" = None
    _wanted: "Grid | None" = None
    _terminal: "FrugalDriver | None" = None
    _waiting: asyncio.TimerHandle | None = None
    _sent_at: float = 0
    _wide: bool = False

    def terminal_lost(self) -> None:
        """There is no terminal any more: nobody can answer, and nobody sees anything."""
        self.exit()

    def signs_are_wide(self) -> None:
        """The terminal draws signs of ambiguous width in two cells."""
        self._wide = True
        if self._encoder is not None:
            self._encoder.wide = True
        self.repaint_all()

    def repaint_all(self) -> None:
        """Send the whole screen again: something else has written on it."""
        if self._encoder is not None:
            self._encoder.forget()
            self._send_soon(0)
        elif self._terminal is None:
            self.refresh()

    def _build_driver(self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None) -> Driver:
        if headless or inline or os.name != "posix" or not self.settings.frugal:
            return super()._build_driver(headless, inline, mouse, size)
        from planner.tui.frugal.driver import FrugalDriver

        self.driver_class = FrugalDriver
        driver = super()._build_driver(headless, inline, mouse, size)
        if isinstance(driver, FrugalDriver):
            driver.on_answer = self._send_waiting
            driver.on_start = self.repaint_all
            driver.on_lost = self.terminal_lost
            driver.on_wide = self.signs_are_wide
            driver.asks_width = True
            self._terminal = driver
        return driver

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize) and self._terminal is not None:
            # The handler of the signal is interrupted by the next signal, so that the older size may come last.
            event = events.Resize.from_dimensions(self._terminal.measured, None)
        if isinstance(event, events.Resize) and self._encoder is not None and self._wanted is not None:
            # Terminals differ in what a new size leaves on the screen. If it is the size we have drawn for, nobody
            # else will draw: it has changed and changed back.
            self._encoder.forget()
            if event.size == (self._wanted.width, self._wanted.height):
                self._send_soon(GATHER)
        await super().on_event(event)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if self._terminal is None or not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            super()._display(screen, renderable)
            return
        try:
            if not self._batch_count and self._running and not self._closed:
                self._put(renderable)
                self._send_soon(self._gather(renderable) if self.settings.low_bandwidth else 0)
        finally:
            self.post_display_hook()

    def _put(self, update: LayoutUpdate | ChopsUpdate) -> None:
        """Take over what the compositor has drawn."""
        if self._wanted is None:
            from planner.tui.frugal.grid import Grid

            self._wanted = Grid(*self.size)
        elif (self._wanted.width, self._wanted.height) != self.size:
            self._wanted = self._wanted.resized(*self.size)
        put = self._wanted.put
        colours = self.console._color_system or ColorSystem.TRUECOLOR
        for x, y, strips in laid(update):
            put(x, y, strips, colours)

    def _gather(self, update: LayoutUpdate | ChopsUpdate) -> float:
        """Seconds to wait for what else changes: after a new screen more is likely, after a moved cursor not."""
        large = isinstance(update, LayoutUpdate) or len(update.spans) > LARGE
        return GATHER if large else max(0.0, self._sent_at + GATHER - monotonic())

    def _send_soon(self, seconds: float) -> None:
        """Send a frame in so many seconds, unless one is to be sent already."""
        if self._waiting is None:
            if seconds:
                self._waiting = asyncio.get_running_loop().call_later(seconds, self._send_waiting)
            else:
                self._send()

    def _send_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
            self._send()

    def _send(self) -> None:
        """Send a frame, or try again later while the line is busy."""
        terminal, wanted = self._terminal, self._wanted
        if terminal is None or wanted is None or not terminal.listens or not self._running:
            return
        if terminal.backlog:
            self._send_soon(AGAIN)
            return
        if self._encoder is None:
            from planner.tui.frugal.abilities import abilities
            from planner.tui.frugal.encode import Encoder

            self._encoder = Encoder(abilities(os.environ.get("TERM", ""), terminal.fileno), self._wide)
        cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
        self._previous_cursor_position = cursor
        frame = self._encoder.frame(wanted, cursor)
        if not frame:
            return
        size = len(frame.encode())
        if self._sync_available and size >= SYNC_FROM:
            frame = f"{SYNC_START}{frame}{SYNC_END}"
        if self.settings.low_bandwidth:
            frame += terminal.line.sends(size)
        terminal.write(frame)
        self._sent_at = monotonic()


def laid(update: LayoutUpdate | ChopsUpdate) -> Iterable[tuple[int, int, Iterable[Strip]]]:
    """What an update draws: column, line, and strips from there on. As the update itself would render it."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            yield update.region.x, y, line
        return
    for y, begin, end in update.spans:
        for right, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x >= end or right <= begin:
                continue
            yield x, y, (strip if begin <= x and right <= end else strip.crop(0, min(right, end) - x),)
