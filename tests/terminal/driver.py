"""A program in a real terminal: a pty, bytes as a keyboard sends them, the screen as pyte draws it."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic

import pyte

KEYS = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "ctrl+q": "\x11",
    "ctrl+u": "\x15",
}
"""Bytes of a legacy terminal."""

_UNKNOWN = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*(?:\$p|u)|\x1b[P_].*?\x1b\\", re.DOTALL)
"""Sequences of modern terminals that pyte would print."""

_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;<>=?$]*|[P_][^\x1b]*)?\Z")

_PLAIN = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PLANNER_CONFIG": os.devnull}
"""The environment: none of the settings of whoever runs the tests."""

_ROOT = Path(__file__).parent.parent.parent


PLANNER = (sys.executable, "-m", "planner")
"""The program that most tests start."""


class Terminal:
    """``program`` with the arguments ``args``, started in ``cwd``; no signal tells one that is not ``hearing`` that the
    terminal is gone. Asked where the cursor is, a ``wide`` one says that a sign of ambiguous width took two cells."""

    def __init__(
        self,
        *args: str,
        cwd: Path,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        hearing: bool = True,
        wide: bool = False,
        program: Sequence[str] = PLANNER,
    ) -> None:
        self._wide = wide
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self._rest = b""
        master, slave = pty.openpty()
        self.master = master
        self._size(size)
        clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.process = subprocess.Popen(
            [*program, *args],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env={**clean, **_PLAIN, "PYTHONPATH": str(_ROOT), **(env or {})},
            start_new_session=True,
            preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) if hearing else None,
        )
        os.close(slave)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_exc: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.master >= 0:
            os.close(self.master)

    # What a person does

    def press(self, *keys: str) -> None:
        """Send keys; a name of ``KEYS``, or text as it is. All go out in one write."""
        os.write(self.master, "".join(KEYS.get(key, key) for key in keys).encode())

    def resize(self, size: tuple[int, int]) -> None:
        """Change the size of the window."""
        self.screen.resize(size[1], size[0])
        self._size(size)
        self.process.send_signal(signal.SIGWINCH)

    def hang_up(self) -> None:
        """The line drops."""
        os.close(self.master)
        self.master = -1

    # What a person sees

    @property
    def lines(self) -> list[str]:
        """The screen; the second cell of a wide character is empty."""
        buffer, columns = self.screen.buffer, range(self.screen.columns)
        return ["".join(buffer[y][x].data for x in columns) for y in range(self.screen.lines)]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    def sees(self, *texts: str, timeout: float = 20) -> None:
        """Wait until all of ``texts`` are on the screen at once."""
        end = monotonic() + timeout
        while not all(text in self.text for text in texts):
            if not self._read(end - monotonic()):
                missing = [text for text in texts if text not in self.text]
                raise AssertionError(f"{missing} not on the screen:\n{self.text}")

    def sees_no_more(self, text: str, timeout: float = 20) -> None:
        """Wait until ``text`` has left the screen."""
        end = monotonic() + timeout
        while text in self.text:
            if not self._read(end - monotonic()):
                raise AssertionError(f"{text!r} is still on the screen:\n{self.text}")

    def rests(self, quiet: float = 0.4, timeout: float = 20) -> list[str]:
        """The screen once nothing has come for ``quiet`` seconds."""
        end = monotonic() + timeout
        while self._read(quiet):
            if monotonic() > end:
                raise AssertionError(f"the screen never rests:\n{self.text}")
        return self.lines

    def row(self, text: str) -> str:
        """The first line with ``text``."""
        return next(line for line in self.lines if text in line)

    def ends(self, timeout: float = 20) -> int:
        """Wait for the end of the program; its exit code."""
        end = monotonic() + timeout
        while self.process.poll() is None:
            if monotonic() > end:
                raise AssertionError(f"still running:\n{self.text}")
            if self.master >= 0:
                self._read(0.05)
        if self.master >= 0:
            while self._read(0.05):
                pass
        return self.process.wait()

    def _read(self, timeout: float) -> bool:
        """Take what the program has written, waiting at most ``timeout`` seconds; whether there was anything."""
        if timeout <= 0 or not select.select([self.master], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.raw += data
        if b"\x1b[6n" in data:
            os.write(self.master, b"\x1b[1;%dR" % (3 if self._wide else 2))
        data = _UNKNOWN.sub(b"", self._rest + data)
        unfinished = _UNFINISHED.search(data)
        self._rest = data[unfinished.start() :] if unfinished else b""
        self.stream.feed(data[: len(data) - len(self._rest)])
        return bool(data or self._rest)

    def _size(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
