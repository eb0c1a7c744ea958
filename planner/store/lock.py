"""A plan held open by one session: taken, kept with a sign of life now and then, taken over, let go.

Who has it stands in a small file beside the plan (``planner.store.lock_file``). It is advice to planners: another
program can still write the plan, which a save notices by itself.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import monotonic, sleep

from planner.store.beside import companion, home, places
from planner.store.fault import SaveFailed
from planner.store.holder import Holder
from planner.store.lock_file import claim, drop, place, read, succeed, sweep, text_of, told_by
from planner.text.clean import one_line
from planner.text.i18n import _

__all__ = ["BEAT", "Holder", "Lock", "Lost", "between", "holder", "holders"]

BEAT = 30.0
"""Seconds between two signs of life of a holder."""

PATIENCE = 3.0
"""Seconds that a take-over waits for a save under way, and a save for a take-over."""

MOST_OPEN = 500
"""Locks of a folder that are looked at for a list; nobody has so many plans open."""

PAUSE = 0.02
"""Seconds between two tries."""


class Lost(Exception):
    """The plan is somebody else's by now: ``holder``. The text is a sentence that says so."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(holder.told())
        self.holder = holder


@dataclass(frozen=True, slots=True)
class Lock:
    """A plan held by this process. ``file`` is None where no lock can be kept: nobody is told then."""

    path: Path
    file: Path | None
    token: str
    text: bytes

    @classmethod
    def take(cls, path: Path) -> "Lock | Holder":
        """The plan in ``path`` for this process, or who has it. What an ended session on this host left is taken."""
        return cls._get(path, "")

    @classmethod
    def take_over(cls, path: Path, from_: Holder) -> "Lock | Holder":
        """The plan in ``path`` for this process although ``from_`` has it, or who was faster.

        ``from_`` itself is answered where it saves for longer than ``PATIENCE``. Raises OSError where the lock may
        not be replaced.
        """
        return cls._get(path, from_.token)

    def mine(self) -> bool:
        """Whether this process still has the plan."""
        return self.successor() is None

    def successor(self) -> Holder | None:
        """Who has taken the plan over; None while it is ours.

        A lock that somebody deleted is put back; one on a disk that cannot be reached is believed to be there.
        """
        if self.file is None:
            return None
        with suppress(OSError):
            found = read(self.file)
            if found is None and place(self.file, self.text, self.token):
                return None
            found = found or read(self.file)
            if found is not None and found.token != self.token:
                return told_by(found)
        return None

    def beat(self) -> None:
        """Give a sign of life, if the plan is still ours. A disk that cannot be reached is tried again next time."""
        if self.file is not None and self.mine():
            with suppress(OSError):
                os.utime(self.file)

    @contextmanager
    def firm(self) -> Iterator[None]:
        """Nobody takes the plan over while this lasts: for a save.

        Raises Lost when somebody has, and SaveFailed when others are at it for longer than ``PATIENCE``.
        """
        claimed = self._claimed()
        try:
            if (other := self.successor()) is not None:
                raise Lost(other)
            yield
        finally:
            if claimed is not None:
                drop(claimed)

    def release(self) -> None:
        """Let the plan go, if it is still ours."""
        if self.file is not None:
            with suppress(OSError):
                succeed(self.file, self.token, self.text, "")

    def _claimed(self) -> Path | None:
        """The place of the one who may replace our lock, made by us; None where the lock is not ours any more.

        None too where it cannot be made, as on a full disk: the save that follows says so better. Raises SaveFailed.
        """
        if self.file is None:
            return None
        end = monotonic() + PATIENCE
        with suppress(OSError):
            while self.mine():
                made = claim(self.file, self.token, self.text, secrets.token_hex(6))
                if made:
                    return made
                if monotonic() > end:
                    raise SaveFailed(_busy(self.path))
                sleep(PAUSE)
        return None

    @classmethod
    def _get(cls, path: Path, over: str) -> "Lock | Holder":
        """The lock where there is none, an ended one, or the one ``over``; else who holds it."""
        with suppress(OSError):
            home(path, make=True)
        file = companion(path, "lock")
        token = secrets.token_hex(6)
        text = text_of(file, token)
        end = monotonic() + PATIENCE
        while True:
            held = holder(path)
            free = held is None or held.ended or held.token == over
            try:
                if free and _got(file, held, text, token):
                    sweep(file)
                    return cls(path, file, token, text)
            except OSError:
                if over and held is not None:
                    raise
                return held if held is not None and not held.ended else cls(path, None, token, text)
            if held is not None and (not free or monotonic() > end):
                return held
            if monotonic() > end:
                return cls(path, None, token, text)
            sleep(PAUSE)


@contextmanager
def between(path: Path) -> Iterator[None]:
    """While this lasts nobody saves or takes over the plan in ``path``, not even whoever has it open.

    For one save between those of a session, which then finds the file changed. Raises SaveFailed when others are at it
    for longer than ``PATIENCE``.
    """
    end = monotonic() + PATIENCE
    while monotonic() < end:
        got = Lock.take(path)
        if isinstance(got, Lock):
            try:
                with suppress(Lost), got.firm():
                    yield
                    return
            finally:
                got.release()
        elif claimed := _claimed_from(path, got):
            try:
                yield
            finally:
                drop(claimed)
            return
        sleep(PAUSE)
    raise SaveFailed(_busy(path))


def _claimed_from(path: Path, held: Holder) -> Path | None:
    """The place of the one who may replace the lock of ``held``, if it is ours and that is the plan's lock still."""
    file, token = companion(path, "lock"), secrets.token_hex(6)
    with suppress(OSError):
        if claimed := claim(file, held.token, text_of(file, token), token):
            found = read(file)
            if found is not None and found.token == held.token:
                return claimed
            drop(claimed)
    return None


def _busy(path: Path) -> str:
    return _("{path}: somebody else is just writing it — try again").format(path=one_line(str(path)))


def _got(file: Path, held: Holder | None, text: bytes, token: str) -> bool:
    """Whether the lock ``file``, which ``held`` has, holds ``text`` now. Raises OSError."""
    if held is not None:
        return succeed(file, held.token, text, token)
    if place(file, text, token):
        return True
    read(file)  # what stands there is no lock and will not go: this raises
    return False


def holder(path: Path) -> Holder | None:
    """Who has the plan in ``path`` open, or had when the session left its lock behind; None when nobody has."""
    plan = Path(os.path.realpath(path))
    for folder in places(plan.parent):
        with suppress(OSError):
            if (found := read(folder / f"{plan.name}.lock")) is not None:
                return told_by(found)
    return None


def holders(folder: Path) -> dict[str, Holder]:
    """Who has plans in ``folder`` open now, by the names of their files: for lists, with one look at the folder."""
    found: dict[str, Holder] = {}
    for beside in places(folder):
        try:
            plans = [*islice((lock.stem for lock in beside.iterdir() if lock.suffix == ".lock"), MOST_OPEN)]
        except OSError:
            continue
        for plan in plans:
            if plan not in found and (who := holder(folder / plan)) is not None and who.alive:
                found[plan] = who
    return found
