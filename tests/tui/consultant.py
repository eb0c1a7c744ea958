"""A readable driver for user stories: what a consultant presses, and what the screen says."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from textual.events import Key
from textual.pilot import Pilot
from textual.screen import ModalScreen

from planner.catalog.ids import process_ids
from planner.model.project import Project
from planner.store.load import load
from planner.tui.app import PlannerApp
from planner.tui.screens.plan import PlanScreen
from planner.tui.settings import Settings
from planner.tui.typeahead import CONVERSATION
from planner.tui.widgets.prose import Prose

NAMES = {
    " ": "space",
    "-": "minus",
    "+": "plus",
    ".": "full_stop",
    "@": "at",
    "/": "slash",
    ":": "colon",
    ";": "semicolon",
    "?": "question_mark",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "<": "less_than_sign",
    ">": "greater_than_sign",
}
"""Textual's names of characters that are no key names themselves."""


class Consultant:
    """Presses keys, reads the screen. After every key it waits until nothing happens any more."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot = pilot
        self.app = pilot.app

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names; a key may be written as itself (``?``)."""
        for key in keys:
            self._send(key)
            await self.settle()

    async def press_ahead(self, *keys: str) -> None:
        """Press keys faster than anything can answer, as over a slow line."""
        for key in keys:
            self._send(key)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type text into the field that has the keyboard."""
        for character in text:
            self._send(character)
        await self.settle()

    async def fill(self, text: str) -> None:
        """Replace what stands in the field that has the keyboard."""
        self._send("end")
        self._send("ctrl+u")
        await self.type(text)

    def _send(self, key: str) -> None:
        """What ``Pilot.press`` does, without its waiting after every key: a person types ahead, too."""
        driver = self.app._driver
        assert driver is not None
        event = Key(NAMES.get(key, key), key if len(key) == 1 else None)
        event.set_sender(self.app)
        driver.send_message(event)

    async def settle(self) -> None:
        """Wait for the work in the background, but not for a dialog's answer."""
        async with asyncio.timeout(30):
            while True:
                await self.pilot.pause()
                if not self._busy():
                    return

    def _busy(self) -> bool:
        """Whether keys wait, a plan is not judged yet, or a worker is at work that waits for nobody."""
        if any(isinstance(screen, PlanScreen) and screen.judgement is None for screen in self.app.screen_stack):
            return self.app.is_running
        asked = isinstance(self.app.screen, ModalScreen)
        return self.app.typing or any(
            not worker.is_finished and not (asked and worker.group in ("save", CONVERSATION))
            for worker in self.app.workers
        )

    @property
    def lines(self) -> list[str]:
        """The screen as text."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def screen(self) -> str:
        """The whole screen as one text."""
        return "\n".join(self.lines)

    @property
    def prose(self) -> str:
        """The screen as running text, for what is broken into lines."""
        return " ".join(" ".join(line.strip(" |") for line in self.lines).split())

    def sees(self, *texts: str) -> None:
        """All of ``texts`` stand on the screen, perhaps broken into lines."""
        for text in texts:
            assert text in self.screen or text in self.prose, f"{text!r} is not on the screen:\n{self.screen}"

    def sees_not(self, *texts: str) -> None:
        """None of ``texts`` stands on the screen."""
        for text in texts:
            assert text not in self.screen, f"{text!r} is on the screen:\n{self.screen}"

    def row(self, text: str) -> str:
        """The first line with ``text``."""
        return next(line for line in self.lines if text in line)

    @property
    def message(self) -> str:
        """What the message line says, also where it takes several lines."""
        return self.plan.query_one("#message", Prose).paragraphs[0].text.strip()

    @property
    def plan(self) -> PlanScreen:
        """The open plan."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, PlanScreen))

    @property
    def project(self) -> Project:
        """The open plan's project."""
        return self.plan.project


def app_on(path: Path, settings: Settings | None = None, notes: Sequence[str] = ()) -> PlannerApp:
    """The planner on a plan or on a folder of plans."""
    if path.is_dir():
        return PlannerApp(path, settings=settings, notes=notes)
    return PlannerApp(path.parent, PlanScreen(load(path, process_ids())), settings, notes)


def text_of(path: Path) -> str:
    """What stands in a file."""
    return path.read_text()


@asynccontextmanager
async def at_work(
    path: Path, size: tuple[int, int] = (80, 24), settings: Settings | None = None, notes: Sequence[str] = ()
) -> AsyncIterator[Consultant]:
    """A consultant before the planner opened on a plan or on a folder of plans."""
    app = app_on(path, settings, notes)
    async with app.run_test(size=size) as pilot:
        consultant = Consultant(pilot)
        await consultant.settle()
        yield consultant
