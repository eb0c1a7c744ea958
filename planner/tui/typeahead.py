"""Keys in the order in which they were typed.

Over a slow line several keys arrive at once. Textual passes each to the widget that has the keyboard at that
moment, so that of ``/inc`` the letters would act on the plan before the search field that ``/`` opens is there.
Here a key waits until all that the one before it has set off is done. Only a question that comes up by itself takes no
key that was pressed before it.
"""

import asyncio
from collections import deque

from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump
from textual.screen import ModalScreen

from planner.tui.frugal.app import FrugalApp

CONVERSATION = "dialog"
"""The group of workers that ask questions: while one is about to, keys are for what it will ask."""

PATIENCE = 2.0
"""Seconds after which the next key is let through whatever happens."""


class TypeAhead(FrugalApp):
    """An app that takes one key after the other."""

    def __init__(self, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._typed: deque[Event] = deque()
        self._taken: Event | None = None
        self._taking: asyncio.Task[None] | None = None

    @property
    def typing(self) -> bool:
        """Whether keys wait for their turn, or the last one is still at work."""
        return self._taking is not None and not self._taking.done()

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key | Paste) and not event.is_forwarded and event is not self._taken:
            self._typed.append(event)
            if not self.typing:
                self._taking = asyncio.create_task(self._take())
        else:
            await super().on_event(event)

    def came_too_early(self) -> None:
        """A key was not taken: it was pressed before the question in view came up."""

    async def _take(self) -> None:
        while self._typed and self.is_running:
            self._taken = self._typed.popleft()
            if self._taken.time < getattr(self.screen, "heeds_from", 0.0):
                self.came_too_early()
                continue
            way = (self.focused or self.screen).ancestors_with_self
            self.post_message(self._taken)
            try:
                async with asyncio.timeout(PATIENCE):
                    for pump in (self, *way):
                        await _passed(pump)
                    while self._about_to_ask():  # noqa: ASYNC110 - either of two things ends it, for milliseconds
                        await asyncio.sleep(0.005)
                    for pump in (self.screen, self, self.screen):  # made, told to focus, focused
                        await _passed(pump)
            except TimeoutError:
                continue

    def _about_to_ask(self) -> bool:
        """Whether a conversation goes on that has no dialog on the screen yet."""
        asking = any(worker.group == CONVERSATION and not worker.is_finished for worker in self.workers)
        return asking and not isinstance(self.screen, ModalScreen)


async def _passed(pump: MessagePump) -> None:
    """Wait until ``pump`` has done all that was in its queue."""
    done = asyncio.Event()
    if pump.is_running and pump.call_later(done.set):
        await done.wait()
