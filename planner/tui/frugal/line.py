"""Whether the line to the terminal can take another frame.

A slow line fills buffers between here and the terminal, and what is in them can not be taken back: a screen that is
out of date is sent all the same. So a frame may wait until those before it have left. Locally the operating system says
so. Over a network it does not: there each frame ends with a question that every terminal since the VT100 answers (DSR),
and the answer says that all before it has arrived.
"""

import select
from collections import deque
from time import monotonic

QUESTION = "\x1b[5n"
ANSWER = "\x1b[0n"

WINDOW = 5_000
"""Bytes that may be on their way unanswered: what 256 kbit/s carry in 150 ms."""

PATIENCE = 5.0
"""Seconds after which an answer is taken for lost."""

DOUBT = 1.5
"""Seconds after which a terminal that has never answered is not expected to."""


class Line:
    """The line behind ``file``, the number of an open file.

    A terminal that has never answered is not waited for, and is asked only once.
    """

    def __init__(self, file: int) -> None:
        self._poll = select.poll()
        self._poll.register(file, select.POLLOUT)
        self._asked: deque[int] = deque()
        self._since = 0.0
        self._answers = False

    @property
    def awaits(self) -> bool:
        """Whether an answer may be on its way."""
        return bool(self._asked) and (self._answers or monotonic() - self._since < DOUBT)

    @property
    def free(self) -> bool:
        """Whether a frame sent now would leave without delay."""
        if self._answers and self._asked and monotonic() - self._since > PATIENCE:
            self._asked.clear()
            self._answers = False
        if self._answers and sum(self._asked) > WINDOW:
            return False
        return bool(self._poll.poll(0))

    def sends(self, size: int) -> str:
        """Count a frame of ``size`` bytes; what to send behind it."""
        if self._asked and not self._answers:
            return ""
        self._asked.append(size)
        self._since = monotonic()
        return QUESTION

    def answered(self) -> None:
        """An answer has come. May be called from any thread."""
        self._answers = True
        if self._asked:
            self._asked.popleft()
