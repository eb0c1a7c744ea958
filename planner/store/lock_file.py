"""The file that says who has a plan open: what stands in it, and the steps in which it comes, changes and goes.

It comes into being complete, under its name, so nobody ever reads half of it. Whoever wants to replace or remove it
first makes a file named after the very lock that is to go, of which there can be only one: its claim. So of several
who take over one is first, and nobody removes a lock that he has not seen. The holder's own claim keeps a save free
of take-overs.

The file's time of change is the holder's last sign of life. Times are those of the folder's own clock, which on a
shared folder is the server's, put into the time of this host.
"""

import json
import os
import secrets
import stat
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from time import time
from typing import Any

from planner.store.holder import Holder, shown, user
from planner.store.process import Process, own, runs

SILENCE = 300.0
"""Seconds without a sign of life after which a holder on another host is taken to have ended."""

TORN = 10.0
"""Seconds after which a lock that holds nothing was left by a host that lost its power: it is written in one step, or,
on a disk without hard links, within moments."""

LARGEST = 4_096
"""Bytes of the largest lock that is believed."""

MOST_LEFT = 100
"""Files that broken-off steps have left, of which so many are removed at once."""

DEPTH = 3
"""How many take-overs may have been broken off, one in the other, before none is tried any more."""


@dataclass(frozen=True, slots=True)
class Found:
    """A lock as it was read; ``process`` is None for one that cannot be understood. ``touched`` is in seconds.

    One that is ``torn`` is no lock of any planner: a loss of power has left it empty, of zeros, or cut off.
    """

    file: Path
    token: str
    touched: float
    user: str = ""
    since: datetime | None = None
    process: Process | None = None
    torn: bool = False


def text_of(file: Path, token: str) -> bytes:
    """What this process writes into the lock ``file``; ``token`` tells the lock from every other."""
    since = _moment(_now(file)).isoformat()
    return json.dumps({"user": user(), "since": since, "token": token, **asdict(own())}).encode()


def read(file: Path) -> Found | None:
    """The lock in ``file``; None when there is none. Raises OSError for what is no file or may not be read."""
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as opened:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(f"{file} is no file")
        data = opened.read(LARGEST + 1)
    try:
        told = json.loads(data) if len(data) <= LARGEST else None
        return Found(file, touched=status.st_mtime, **_understood(told))
    except (ValueError, TypeError, KeyError, RecursionError):
        half = data.startswith(b"{") and len(data) <= LARGEST and not data.rstrip().endswith(b"}")
        torn = half or not data.strip(b"\0")
        return Found(file, sha256(data).hexdigest()[:12], status.st_mtime, torn=torn)


def _understood(told: Any) -> dict[str, Any]:
    """The parts of a lock. Raises ValueError, TypeError or KeyError for what is none."""
    texts = {part.name: told[part.name] for part in fields(Process) if part.name != "pid"}
    texts |= {name: told[name] for name in ("user", "token", "since")}
    if not all(isinstance(text, str) and len(text) <= 255 for text in texts.values()):
        raise TypeError
    pid, token = told["pid"], texts.pop("token")
    if type(pid) is not int or not 0 < pid < 2**31 or len(token) != 12 or not set(token) <= set("0123456789abcdef"):
        raise ValueError
    name, since = texts.pop("user"), datetime.fromisoformat(texts.pop("since"))
    if since.tzinfo is None or not 1970 < since.year < 9999:
        raise ValueError
    return {"user": name, "token": token, "since": since, "process": Process(pid=pid, **texts)}


def told_by(found: Found) -> Holder:
    """Who the lock ``found`` says has the plan, and whether that session still lives."""
    now = _now(found.file)
    ahead = timedelta(seconds=time() - now)
    seen = min(found.touched, now)
    since = min(found.since or _moment(seen), _moment(now))
    running = runs(found.process) if found.process else None
    if found.torn:
        running = now - seen < TORN
    return Holder(
        user=shown(found.user),
        host=shown(found.process.host) if found.process else "",
        pid=found.process.pid if found.process else 0,
        since=_later(since, ahead),
        seen=_later(_moment(seen), ahead),
        token=found.token,
        alive=now - seen < SILENCE if running is None else running,
        ended=running is False,
    )


def _moment(seconds: float) -> datetime:
    """``seconds`` as the disk counts them. A file may claim any time: one that no calendar holds is the first."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _later(moment: datetime, by: timedelta) -> datetime:
    """``moment`` in UTC, ``by`` later; unchanged where the calendar ends."""
    try:
        return moment.astimezone(UTC) + by
    except OverflowError:
        return datetime.fromtimestamp(0, UTC)


def _now(file: Path) -> float:
    """What the clock of the folder of ``file`` says, in seconds; this host's where nothing can be written there."""
    probe = _fresh(file, secrets.token_hex(6))
    try:
        handle = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        return time()
    try:
        return os.fstat(handle).st_mtime
    finally:
        os.close(handle)
        drop(probe)


# One step each


def place(file: Path, text: bytes, token: str) -> bool:
    """Make ``file`` hold ``text``, at once and only if there is no such file; whether that was so. Raises OSError."""
    new = _written(_fresh(file, token), text)
    try:
        os.link(new, file)
    except FileExistsError:
        return new.stat().st_nlink == 2  # over a network the answer may be lost, and the second try refused
    except OSError:
        try:
            _written(file, text)  # a disk without hard links: a reader may see it before it is complete
        except FileExistsError:
            return False
    finally:
        drop(new)
    return True


def succeed(file: Path, old: str, text: bytes, token: str, depth: int = 0) -> bool:
    """Replace the lock ``old`` in ``file`` by ``text``, or remove it when ``token`` is empty; whether it was done.

    Not done when ``file`` holds another lock by now, or somebody else is at it. Raises OSError.
    """
    claimed = claim(file, old, text, token or secrets.token_hex(6), depth)
    if claimed is None:
        return False
    try:
        found = read(file)
        if found is None or found.token != old:
            return False
        if token:
            _written(_fresh(file, token), text).replace(file)
        else:
            file.unlink()
        return True
    finally:
        drop(claimed)


def claim(file: Path, old: str, text: bytes, token: str, depth: int = 0) -> Path | None:
    """The place of the one who may replace the lock ``old`` in ``file``, if that is us; None when it is another's.

    A place that an ended process has left is taken over like a lock. Raises OSError.
    """
    ours = file.with_name(f"{file.name}.{old}")
    if place(ours, text, token):
        return ours
    found = read(ours)
    if found is None or depth == DEPTH:
        return None
    who = told_by(found)
    return ours if not who.alive and succeed(ours, who.token, text, token, depth + 1) else None


def drop(file: Path) -> None:
    """Remove a file that is not needed any more."""
    with suppress(OSError):
        file.unlink()


def sweep(file: Path) -> None:
    """Remove what broken-off steps have left beside the lock ``file``."""
    with suppress(OSError):
        left_of_ours = (left for left in file.parent.iterdir() if left.name.startswith(f"{file.name}."))
        for left in islice(left_of_ours, MOST_LEFT):
            if (found := read(left)) and not told_by(found).alive:
                drop(left)


def _fresh(file: Path, token: str) -> Path:
    return file.with_name(f"{file.name}.{token}.new")


def _written(file: Path, text: bytes) -> Path:
    """The new file ``file`` with ``text``, readable for all who may look into the folder. Raises OSError."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        with os.fdopen(handle, "wb") as opened:
            if hasattr(os, "fchmod"):
                os.fchmod(handle, 0o644)
            opened.write(text)
    except OSError:
        drop(file)
        raise
    return file
