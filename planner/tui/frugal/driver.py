"""Textual's driver, which also takes the answers of the terminal out of what is typed.

Its thread sleeps until there is something to read, and ends when it is told to: Textual's own looks ten times a second
whether it should, which costs time at the end and never lets the processor rest.
"""

import os
import re
import select
import signal
from codecs import getincrementaldecoder
from collections.abc import Callable
from time import monotonic
from typing import Any

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key

from planner.tui.frugal.line import ANSWER, DOUBT, Line
from planner.tui.frugal.typed import ESC, Typed, whole

_FAREWELL = 1.0
"""Seconds to wait at the end for answers that are on their way, lest the shell takes them for typed."""

_TRIAL = "\x1b[H\u2593\x1b[6n"
"""A sign that terminals made for East Asia may draw two cells wide, and the question where the cursor is then. The
first frame clears it away.
"""

_THERE = re.compile("\x1b\\[1;([23])R")
"""The answer: behind one cell or behind two."""


class FrugalDriver(LinuxDriver):
    """``on_answer``, ``on_start``, ``on_lost`` and ``on_wide`` are called at certain moments.

    They are when an answer has come, when the terminal is ours (again), when it is gone without a signal, and when it
    has said that it draws signs of ambiguous width in two cells. That is asked at the start if ``asks_width``.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        assert self._file is not None
        self.line = Line(self._file.fileno())
        self.on_answer: Callable[[], None] = lambda: None
        self.on_start: Callable[[], None] = lambda: None
        self.on_lost: Callable[[], None] = lambda: None
        self.on_wide: Callable[[], None] = lambda: None
        self.asks_width = False
        self._asked = 0.0
        self._awake: int | None = None
        self._asleep = -1

    @property
    def listens(self) -> bool:
        """Whether the terminal is ours now."""
        return self._awake is not None

    @property
    def backlog(self) -> bool:
        """Whether frames wait here, or on the line."""
        return self._writer_thread is None or self._writer_thread._queue.qsize() > 0 or not self.line.free

    @property
    def _awaits(self) -> bool:
        """Whether an answer may be on its way."""
        return self.line.awaits or monotonic() - self._asked < DOUBT

    @property
    def measured(self) -> tuple[int, int]:
        """Columns and lines of the terminal as they are at this moment."""
        return self._get_terminal_size()

    def start_application_mode(self) -> None:
        while not self._in_front():
            os.kill(os.getpid(), signal.SIGSTOP)  # a shell's bg; its fg continues us once more, and then we are
        if self._awake is not None:
            return  # SIGCONT has started us meanwhile, or came though nobody had stopped us: once is enough
        self._asleep, self._awake = os.pipe()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self.asks_width:
            self.asks_width, self._asked = False, monotonic()
            self.write(_TRIAL)
        self._loop.call_soon_threadsafe(self.on_start)  # we may be in the handler of a signal

    def _in_front(self) -> bool:
        """Whether the terminal is ours, and not that of a shell which goes on before us."""
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:
            return True  # no terminal with a shell on it

    def stop_application_mode(self) -> None:
        self.write("\x1b[m")
        super().stop_application_mode()

    def disable_input(self) -> None:
        if self._awake is not None:
            os.close(self._awake)  # wakes the thread for its end
            self._awake = None
        super().disable_input()

    def run_input_thread(self) -> None:
        """Read what is typed until the end is told."""
        asleep = self._asleep
        parser, typed = XTermParser(self._debug), Typed()
        decode = getincrementaldecoder("utf-8")("replace").decode
        poll = select.poll()
        poll.register(self.fileno, select.POLLIN)
        poll.register(asleep, select.POLLIN)
        held = ""
        end: float | None = None
        while end is None or (self._awaits and monotonic() < end):
            ready = dict(poll.poll(self._nap(parser, held, end)))
            if asleep in ready and end is None:
                end = monotonic() + _FAREWELL
                poll.unregister(asleep)
            if self.fileno in ready:
                try:
                    data = os.read(self.fileno, 4096)
                except OSError:
                    data = b""
                if not data:
                    if end is None:
                        self._loop.call_soon_threadsafe(self.on_lost)
                    break
                text, held = self._without_answers(held + decode(data))
            else:
                text, held = held, ""
            for part in typed.parts(text) if end is None else ():
                for event in [Key("escape", ESC)] if part == ESC else parser.feed(part):
                    self.process_message(event)
            for event in parser.tick():
                self.process_message(event)
        os.close(asleep)

    def _nap(self, parser: XTermParser, held: str, end: float | None) -> float | None:
        """Milliseconds until something is to be done though nothing is typed."""
        moments = [monotonic() + constants.ESCAPE_DELAY] if held else []
        moments += [end] if end is not None else []
        moments += [parser._timeout_time] if parser._timeout_time is not None else []
        return max(0.0, min(moments) - monotonic()) * 1000 + 1 if moments else None

    def _without_answers(self, text: str) -> tuple[str, str]:
        """What was typed, and the beginning of what has not come whole: of an answer, or of any sequence."""
        for _answer in range(text.count(ANSWER)):
            self.line.answered()
            self._loop.call_soon_threadsafe(self.on_answer)
        text = text.replace(ANSWER, "")
        if self._asked and (there := _THERE.search(text)):
            self._asked = 0.0
            text = text[: there.start()] + text[there.end() :]
            if there[1] == "3":
                self._loop.call_soon_threadsafe(self.on_wide)
        return whole(text)
