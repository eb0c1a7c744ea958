"""The file of a journal that a session writes: made or gone on with, always ending with a whole record."""

import fcntl
import os
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from planner.store.beside import elsewhere, home
from planner.store.disk import write_all
from planner.store.journals import called, opened_to_read, set_aside, tidy
from planner.store.records import records
from planner.store.settler import Settler


class JournalFile:
    """Where lines go. ``then`` is called in a thread whenever they are on the disk for good."""

    def __init__(self, then: Callable[[], None]) -> None:
        self.path: Path | None = None
        """Where it is; None as long as there is none."""
        self.size = 0
        """Bytes of whole records."""
        self._handle = -1
        self._settler = Settler(then)

    @property
    def failed(self) -> OSError | None:
        """Why the disk does not confirm that what was written outlasts a loss of power; None while it does."""
        return self._settler.failed

    @property
    def is_open(self) -> bool:
        """Whether lines can be added."""
        return self._handle >= 0

    def begin(self) -> None:
        """Be ready for the first line."""
        self._settler.begin()

    def create(self, plan: Path, mark: str) -> None:
        """Make the journal of ``plan``, its own unless there is a ``mark`` or somebody writes that; what stood there is
        set aside. Raises OSError.
        """
        plan = Path(os.path.realpath(plan))
        name = called(plan.name, mark or ("" if _make_room(plan) else secrets.token_hex(6)))
        try:
            folder = home(plan, make=True)
            handle = _made(folder / name, plan)
        except OSError:
            folder = elsewhere(plan.parent)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = _made(folder / name, plan)
        self.path, self._handle, self.size = folder / name, handle, 0
        self._settler.wrote(handle, folder)
        tidy(plan)

    def go_on(self, file: Path, end: int) -> bool:
        """Go on with the journal ``file``, whose last whole record ends at ``end``; whether that can be."""
        with suppress(OSError):
            handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                status = os.fstat(handle)
                if not stat.S_ISREG(status.st_mode) or status.st_size < end or not _marked(handle):
                    raise BlockingIOError
                with opened_to_read(file) as stream:
                    stream.seek(end)
                    if any(records(stream)):
                        raise BlockingIOError  # somebody has gone on with it meanwhile
                os.ftruncate(handle, end)
            except OSError:
                os.close(handle)
                raise
            self.path, self._handle, self.size = file, handle, end
            return True
        return False

    def add(self, data: bytes) -> None:
        """Write whole lines. Raises OSError, and then the file holds none of them."""
        try:
            write_all(self._handle, data)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._handle, self.size)
            raise
        self.size += len(data)
        self._settler.wrote(self._handle, None)

    def replace(self, data: bytes, plan: Path) -> bool:
        """Let the file hold ``data``, in one step; whether that was done. Called in the thread of ``then``."""
        if self.path is None or not _is(self.path, self._handle):
            return False  # somebody has set it aside: what stands under its name is not ours
        new = self.path.with_name(f".planner-{secrets.token_hex(8)}.tmp")
        with suppress(OSError):
            handle = _made(new, plan)
            try:
                write_all(handle, data)
                os.fsync(handle)
                new.replace(self.path)
            except OSError:
                os.close(handle)
                new.unlink(missing_ok=True)
                raise
            os.close(self._handle)
            self._handle, self.size = handle, len(data)
            self._settler.wrote(handle, self.path.parent)
            return True
        return False

    def settle(self, patience: float) -> bool:
        """Wait at most ``patience`` seconds until all is on the disk for good; whether it is."""
        return self._settler.settle(patience)

    def close(self, patience: float) -> None:
        """Settle, and close the file; a disk that does not answer keeps it."""
        if self._settler.end(patience) and self._handle >= 0:
            with suppress(OSError):  # it has been settled: there is nothing more to learn from closing
                os.close(self._handle)
        self._handle = -1

    def remove(self) -> None:
        """Remove the file, unless somebody has given it another name; to be closed right after."""
        if self.path is not None and _is(self.path, self._handle):
            with suppress(OSError):
                self.path.unlink()


def own_journal(plan: Path, mark: str = "") -> Path:
    """Where the journal of ``plan`` (with that ``mark``) stands, or would."""
    return home(plan) / called(Path(os.path.realpath(plan)).name, mark)


def _make_room(plan: Path) -> bool:
    """Set the journal of ``plan`` aside if there is one; whether its name can be used: not while somebody writes it."""
    try:
        with opened_to_read(own_journal(plan), alone=True):
            pass
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    except OSError:
        pass  # not ours to read, but perhaps to rename
    try:
        set_aside(plan)
    except OSError:
        return False
    return True


def _made(file: Path, plan: Path) -> int:
    """The new ``file``, open and marked as being written; who may read the plan may read it. Raises OSError."""
    try:
        mode = plan.stat().st_mode & 0o666
    except OSError:
        mode = 0o600
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(file, flags, mode)
    _marked(handle)
    return handle


def _marked(handle: int) -> bool:
    """Mark the file as being written; False when somebody else writes it. Where marks are unknown, the lock must do."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _is(file: Path, handle: int) -> bool:
    """Whether ``file`` is the one that is open as ``handle``."""
    try:
        return os.path.samestat(file.lstat(), os.fstat(handle))
    except OSError:
        return False
