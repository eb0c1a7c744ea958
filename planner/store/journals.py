"""The journals of a folder as files: which belong to a plan, which of them ended sessions have left, and renaming them.

NAME.toml.journal                   of whoever has the plan open, with its history
NAME.toml.<mark>.journal            of a session that did not have it, or one that was set aside
NAME.toml.<mark>.discarded          nobody asks for it any more; the oldest of these are removed
"""

import fcntl
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from pathlib import Path
from typing import IO

from planner.store.beside import home, places
from planner.store.course import Course, Replay, Told
from planner.store.delta import Unfit
from planner.store.records import is_torn, last, records

JOURNAL, DISCARDED = "journal", "discarded"

MOST_LEFT = 20
"""Journals of one plan that are looked at, the latest; nobody leaves so many by accident."""

MOST_BYTES = 100_000_000
"""Bytes that these have in all; only the latest may have more."""

MOST_EDITS = 9_999
"""As many unsaved edits are counted."""

SETTLED = 86_400.0
"""Seconds after which nobody writes a journal that was set aside, on whatever host."""

MOST_DISCARDED = 5
"""Discarded journals of one plan that stay."""

_MARK = "[a-z0-9-]{1,64}"
_NAME = re.compile(rf"(?P<plan>.+\.toml)(?:\.(?P<mark>{_MARK}))?\.journal", re.DOTALL)


class NoJournal(OSError):
    """What stands there is no file that a journal could be in."""


@dataclass(frozen=True, slots=True)
class Left:
    """A journal that an ended session has left, with ``edits`` that its plan's file does not have.

    ``last`` is when it was written last, ``by`` whose session it was. One that is not ``readable`` tells nothing.
    """

    file: Path
    edits: int
    last: datetime | None
    by: str
    readable: bool = True
    drafts: int = 0

    def told(self) -> Told:
        """All that it tells. Raises PlanUnreadable when it tells nothing."""
        return told_in(self.file)


def left(path: Path) -> tuple[Left, ...]:
    """What ended sessions on the plan in ``path`` left unsaved, the latest first; all they left of one that is gone."""
    found = [one for file in journals(path) if (one := looked_at(file)) is not None]
    gone = not os.path.lexists(os.path.realpath(path))
    return tuple(one for one in found if gone or one.edits or one.drafts or not one.readable)


def unsaved(path: Path) -> int:
    """How many edits ended sessions on the plan in ``path`` left unsaved, judged by the ends of their journals."""
    return sum(map(_unsaved_in, journals(path)))


def unsaved_in(folder: Path) -> dict[Path, int]:
    """The plans of ``folder`` that ended sessions left with unsaved edits, and how many.

    A plan that has gone is there with all that its journals tell: at least one.
    """
    found: dict[Path, int] = {}
    for place in places(folder):
        with suppress(OSError):
            for file in sorted(place.iterdir()):
                match = _NAME.fullmatch(file.name)
                if match is None:
                    continue
                plan = folder / match["plan"]
                gone = not os.path.lexists(plan) and looked_at(file) is not None
                if count := _unsaved_in(file) or int(gone):
                    found[plan] = found.get(plan, 0) + count
    return found


def _unsaved_in(file: Path) -> int:
    with suppress(OSError), opened_to_read(file, alone=True) as stream:
        end = last(stream)
        if end is None:
            return scanned(stream)[0].unsaved
        edits = end.get("n")
        return min(max(edits, 0), MOST_EDITS) if isinstance(edits, int) else 0
    return 0


def told_in(file: Path) -> Told:
    """What the journal ``file`` tells. Raises PlanUnreadable when it tells nothing."""
    from planner.store.fault import Fault, PlanUnreadable
    from planner.text.i18n import _

    replay = Replay()
    with suppress(OSError, Unfit), opened_to_read(file) as stream:
        for record, _end in records(stream):
            replay.take(record)
    try:
        return replay.told()
    except Unfit:
        wrong = _("no edits can be read from this journal")
        raise PlanUnreadable((Fault(str(file), 1, wrong, _("it is kept as it is; go on without it")),)) from None


def looked_at(file: Path) -> Left | None:
    """The journal ``file`` as far as its records say; None when a session is writing it, or it tells nothing yet."""
    with suppress(OSError), opened_to_read(file, alone=True) as stream:
        course, end = scanned(stream)
        if end:
            return Left(file, course.unsaved, course.last_day, course.by, drafts=len(course.drafts))
        if not is_torn(stream):
            return Left(file, 0, None, "", readable=False)
    return None


def journals(path: Path) -> list[Path]:
    """The journals of the plan in ``path``, the latest first."""
    plan = Path(os.path.realpath(path))
    found: dict[Path, tuple[float, int]] = {}
    for folder in places(plan.parent):
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if is_journal(entry.name, plan.name) and entry.is_file(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    found[Path(entry.path)] = status.st_mtime, status.st_size
    latest = sorted(found, key=lambda file: -found[file][0])[:MOST_LEFT]
    together = accumulate(found[file][1] for file in latest)
    return [
        file
        for number, (file, size) in enumerate(zip(latest, together, strict=True))
        if not number or size <= MOST_BYTES
    ]


def is_journal(name: str, plan: str) -> bool:
    """Whether the file ``name`` is a journal of the plan called ``plan``."""
    rest = name.removeprefix(f"{plan}.")
    return rest != name and (rest == JOURNAL or re.fullmatch(rf"{_MARK}\.{JOURNAL}", rest) is not None)


def called(plan: str, mark: str = "") -> str:
    """The file name of the journal of the plan called ``plan``: the plan's own, or the one with a ``mark``."""
    return f"{plan}.{mark}.{JOURNAL}" if mark else f"{plan}.{JOURNAL}"


def has_mark(file: Path) -> bool:
    """Whether the journal ``file`` is one beside the plan's own."""
    match = _NAME.fullmatch(file.name)
    return match is not None and match["mark"] is not None


def set_aside(path: Path) -> Path | None:
    """Give the journal of the plan in ``path`` a name of its own, for somebody else will write the plan's.

    Whoever writes it goes on writing it there. Where it is now; None when there is none. Raises OSError.
    """
    plan = Path(os.path.realpath(path))
    file = home(plan) / called(plan.name)
    if not os.path.lexists(file):
        return None
    return _renamed(file, file.with_name(called(plan.name, secrets.token_hex(6))))


def put_away(file: Path) -> Path:
    """Name the journal ``file`` so that nobody asks for it any more; where it is now. Raises OSError."""
    match = _NAME.fullmatch(file.name)
    plan = match["plan"] if match else file.name
    now = _renamed(file, file.with_name(f"{plan}.{secrets.token_hex(6)}.{DISCARDED}"))
    os.utime(now)
    ended = re.compile(rf"{re.escape(plan)}\.{_MARK}\.{DISCARDED}")
    old = [each for each in now.parent.iterdir() if ended.fullmatch(each.name)]
    for each in sorted(old, key=lambda each: each.lstat().st_mtime)[:-MOST_DISCARDED]:
        each.unlink(missing_ok=True)
    return now


def tidy(path: Path) -> None:
    """Put away what was set aside of the plan in ``path`` some time ago and holds nothing that its file has not."""
    plan = Path(os.path.realpath(path)).name
    for file in journals(path):
        with suppress(OSError):
            if file.name != called(plan) and time.time() - file.stat().st_mtime > SETTLED:
                one = looked_at(file)
                if one is not None and one.readable and not one.edits and not one.drafts:
                    put_away(file)


@contextmanager
def opened_to_read(file: Path, alone: bool = False) -> Iterator[IO[bytes]]:
    """``file``, if it is a plain one; with ``alone`` only if no session writes it. Raises OSError."""
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NoJournal
        if alone:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield stream


def scanned(stream: IO[bytes]) -> tuple[Course, int]:
    """How far the records lead, without making the plans, and where they end in the file."""
    stream.seek(0)
    course, end = Course(), 0
    with suppress(Unfit):
        for record, place in records(stream):
            course.take(record)
            end = place
    return course, end


def _renamed(file: Path, name: Path) -> Path:
    """``file`` under the free ``name``."""
    file.rename(name)
    return name
