"""A thread that makes what was written to a file outlast a loss of power, while nobody waits for it."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from planner.store.disk import settle


class Settler:
    """Settles one file after another; ``then`` is called in its thread after each time."""

    def __init__(self, then: Callable[[], None]) -> None:
        self._then = then
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None
        self._handle = -1
        self._folder: Path | None = None
        """Where the file came to be, until its name is durable, too."""
        self._wanted = self._done = 0
        self._ending = False
        self.failed: OSError | None = None
        """Why the disk could not, the last time."""

    def begin(self) -> None:
        """Let the thread be there before there is anything to do: to start one takes as long as many an edit."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
            self._thread.start()

    def wrote(self, handle: int, folder: Path | None) -> None:
        """Something was written to ``handle``; the file is new in ``folder``, if any."""
        with self._change:
            self._handle, self._folder = handle, folder or self._folder
            self._wanted += 1
            self._ending = False
            self.begin()
            self._change.notify_all()

    def settle(self, patience: float) -> bool:
        """Wait at most ``patience`` seconds until all that was written is on the disk; whether it is."""
        end = monotonic() + patience
        with self._change:
            wanted = self._wanted
            while self._done < wanted:
                if not self._change.wait(end - monotonic()) and monotonic() >= end:
                    return False
        return True

    def end(self, patience: float) -> bool:
        """Settle, and end the thread; whether the file can be closed."""
        if threading.current_thread() is self._thread or self._thread is None:
            return True
        self.settle(patience)
        with self._change:
            self._ending = True
            self._change.notify_all()
        self._thread.join(patience)
        ended = not self._thread.is_alive()
        self._thread = None
        return ended

    def _run(self) -> None:
        while True:
            with self._change:
                while self._done == self._wanted:
                    if self._ending:
                        return
                    self._change.wait()
                wanted, handle, folder = self._wanted, self._handle, self._folder
                self._folder = None
            failed = _settled(handle)
            if folder is not None:
                failed = failed or settle(folder) or settle(folder.parent)
            self.failed = failed
            with self._change:
                self._done = wanted
                self._change.notify_all()
            self._then()


def _settled(handle: int) -> OSError | None:
    try:
        os.fdatasync(handle)
    except OSError as error:
        return error
    return None
