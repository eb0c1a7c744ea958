"""Whether this session has its plan, and whether the file is still as it was read: taken, watched, given back."""

import asyncio
import atexit
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from planner.text.i18n import _
from planner.tui.files import writable

if TYPE_CHECKING:
    from planner.store.listing import Stamp
    from planner.store.load import Loaded
    from planner.store.lock import Holder, Lock
    from planner.tui.screens.plan import PlanScreen

LOOK = 5.0
"""Seconds between two looks at the file and at who has it."""

CHANGED, GONE = "changed", "gone"
"""What became of the file since it was read here."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a look at the disk has found. ``holder`` is who has the plan, None when it is this session or nobody."""

    holder: "Holder | None"
    disk: str
    stamp: "Stamp | None"


class Holding:
    """The plan of ``screen`` against other sessions. Where no lock can be kept, it is this session's all the same."""

    def __init__(self, screen: "PlanScreen") -> None:
        self.screen = screen
        self._path = screen.path
        self.lock: Lock | None = None
        self.holder: Holder | None = None
        """Who has the plan instead: then it cannot be saved in its file."""
        self.disk = ""
        """``CHANGED`` or ``GONE`` when the file is not as it was read or written here."""
        self._stamp: Stamp | None = None
        self._beaten = 0.0
        self._looking = False
        self._left = False
        self._told = ""
        """The lock of the holder of whom the person has been told at an edit."""
        self._missed = ""
        """The lock of the holder who has left, as the person has been told."""

    # For the screen

    @property
    def read_only(self) -> bool:
        """Whether somebody else has the plan."""
        return self.holder is not None

    def words(self) -> str:
        """What the status line says of the file; empty when there is nothing to say."""
        return {CHANGED: _("changed on disk"), GONE: _("file is gone")}.get(self.disk, "")

    def aside(self) -> str:
        """What follows the words of an edit that cannot be saved where it belongs; once for each holder."""
        if self.holder is None or self._told == self.holder.token or not self.screen.history.dirty:
            return ""
        self._told = self.holder.token
        words = _("{user} has the plan: this is only tried out here. s says how to keep it.")
        return words.format(user=self.holder.user or _("Somebody"))

    async def begin(self) -> None:
        """Take the plan; where somebody has it, ask what to do."""
        from planner.store.lock import Lock

        screen = self.screen
        if self._holds(screen.path):
            got = await asyncio.to_thread(Lock.take, screen.path)
            if self._left:
                if isinstance(got, Lock):
                    got.release()
                return
            self.settle(got)
            if self.holder is not None:
                await self._ask(self.holder)
        await self.look()

    async def _ask(self, holder: "Holder") -> None:
        from planner.tui.screens.dialog import Ask

        answers = [
            ("read", "r", _("read it; changes can be tried out, and saved under another name")),
            ("take", "t", _("take it over: it can be saved here, and no longer there")),
        ]
        answer = await self.screen.app.push_screen_wait(
            Ask(_("This plan is open"), _sentence(holder), answers, sudden=True)
        )
        if answer == "take":
            await self.take_over(holder)
        elif answer is None:
            self.screen.action_back()

    async def take_over(self, holder: "Holder") -> bool:
        """Have the plan instead of ``holder``, whose unsaved edits stay in a journal; whether that could be."""
        from planner.store.journal import set_aside
        from planner.store.lock import Lock

        path = self.screen.path
        try:
            got = await asyncio.to_thread(Lock.take_over, path, holder)
        except OSError as error:
            words = _("It cannot be taken over here ({reason}): s saves under another name.")
            self.screen.say(words.format(reason=error.strerror or type(error).__name__), warn=True)
            return False
        self.settle(got)
        if self.holder is not None:
            self.screen.say(_sentence(self.holder), warn=True)
            return False
        with suppress(OSError):
            await asyncio.to_thread(set_aside, path)
        self.screen.say(_("You have the plan now."))
        await self.look()
        return True

    async def try_again(self) -> bool:
        """Take the plan if nobody has it any more; whether it is this session's."""
        from planner.store.lock import Lock

        if self.holder is not None:
            self.settle(await asyncio.to_thread(Lock.take, self.screen.path))
        return self.holder is None

    def settle(self, got: "Lock | Holder") -> None:
        """The plan is this session's, or somebody else's."""
        from planner.store.lock import Lock

        if isinstance(got, Lock):
            self.lock, self.holder = got, None
            self._beaten = monotonic()
            atexit.register(got.release)
        else:
            self._drop()
            self.holder = got
        self.screen.draw_bars()

    @contextmanager
    def firm(self, path: Path) -> Iterator[None]:
        """Nobody takes the plan over while this lasts, if it is that in ``path`` which is to be saved.

        Raises ``planner.store.lock.Lost`` when somebody has.
        """
        if self.lock is None or self.lock.path != path:
            yield
            return
        with self.lock.firm():
            yield

    async def written(self, path: Path) -> None:
        """The plan stands in ``path`` as this session has it; under another name than before it is another plan."""
        from planner.store.listing import stamp_of
        from planner.store.lock import Lock

        self.disk, self._stamp = "", await asyncio.to_thread(stamp_of, path)
        if self._path != path:
            self._path = path
            self._drop()
            self.holder = None
            if self._holds(path):
                self.settle(await asyncio.to_thread(Lock.take, path))

    def release(self) -> None:
        """The plan is left: others may have it."""
        self._left = True
        self._drop()
        self.holder = None

    def _drop(self) -> None:
        if self.lock is not None:
            self.lock.release()
            atexit.unregister(self.lock.release)
            self.lock = None

    def _holds(self, path: Path) -> bool:
        """Whether this session writes the plan in ``path``, and so has to have it."""
        access = self.screen.access
        return access.holds and access.kept_in(path) == path and writable(path)

    # Watching

    async def look(self) -> None:
        """Look at the file and at who has it; what has changed is told, and read again where nothing is tried out."""
        screen = self.screen
        if self._looking or self._left or screen.text is None or screen.one_save.locked():
            return
        self._looking = True
        try:
            text = screen.text
            glance = await asyncio.to_thread(self._glance, text)
        finally:
            self._looking = False
        if self._left or screen.text is not text:
            return
        told = self._take_in(glance)
        if not told and self.disk == CHANGED and not screen.history.dirty and screen.is_current:
            await self._read_again()

    def _glance(self, text: str) -> Glance:
        from planner.store.listing import stamp_of
        from planner.store.load import PlanUnreadable, read_text
        from planner.store.lock import BEAT, holder

        path, has_it = self.screen.path, self.holder
        if self.lock is not None:
            has_it = self.lock.successor()
            if has_it is None and monotonic() - self._beaten >= BEAT:
                self.lock.beat()
                self._beaten = monotonic()
        elif has_it is not None:
            now = holder(path)
            has_it = None if now is None or now.ended else now
        stamp = stamp_of(path)
        if stamp is None:
            return Glance(has_it, GONE, None)
        if stamp == self._stamp:
            return Glance(has_it, self.disk, stamp)
        try:
            same = read_text(path) == text
        except PlanUnreadable:
            same = False
        return Glance(has_it, "" if same else CHANGED, stamp)

    def _take_in(self, glance: Glance) -> bool:
        """Go by what was seen; whether the person was told something that is to be read before anything else."""
        screen, had = self.screen, self.holder
        said = screen.said
        self.disk, self._stamp = glance.disk, glance.stamp
        if self.lock is not None and glance.holder is not None:
            self.lose(glance.holder)
        elif had is not None and glance.holder is None:
            if had.token != self._missed:
                words = _("{user} has left the plan: s has it for you.")
                screen.say(words.format(user=had.user or _("Whoever had it")))
                self._missed = had.token
        elif had is not None:
            self.holder = glance.holder
        screen.draw_bars()
        return screen.said is not said

    def lose(self, holder: "Holder") -> None:
        """Somebody has taken the plan over: say so; edits stay, and cannot be saved in the plan's file any more."""
        self.settle(holder)
        words = _("{user} has taken this plan over on {host} at {time}. Your edits are kept; s says what can be done.")
        from planner.store.holder import clock

        said = words.format(user=holder.user or _("Somebody"), host=holder.host or "?", time=clock(holder.since))
        self.screen.say(said, warn=True)

    async def _read_again(self) -> None:
        from planner.catalog.ids import process_ids
        from planner.store.load import PlanUnreadable, load
        from planner.tui.reviewing import Review, renew

        screen = self.screen
        if isinstance(screen.access, Review):
            await renew(screen, screen.access)
            return
        try:
            loaded: Loaded = await asyncio.to_thread(load, screen.path, process_ids())
        except PlanUnreadable:
            return  # perhaps half of it is written; the status line says that it has changed
        if not self._left and not screen.history.dirty and not screen.one_save.locked():
            screen.take_in(_("Read again from {file}").format(file=screen.path.name), loaded.project, loaded)


def _sentence(holder: "Holder") -> str:
    """Who has the plan, as a sentence."""
    return _("{sentence}.").format(sentence=holder.told())
