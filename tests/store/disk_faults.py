"""Saves of many kinds, each broken off or failing at each of its calls of the system, and what must hold after it.

``points`` of a scenario are its calls, as a first run finds them, each with every kind of fault that such a call can
have. ``struck`` lets one point happen in a child process, which really ends there or really gets the error.
"""

import errno
import os
import shutil
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from disk_scenarios import Accept, Scenario, named

from planner.model.project import Project
from planner.store.backups import backups
from planner.store.disk import Saved
from planner.store.fault import PlanUnreadable, SaveFailed
from planner.store.journal import left
from planner.store.load import load
from planner.store.save import ChangedOnDisk, dumps, save

KILLED, STRANGE = 77, 78
"""How the child ends when it was killed at its point, and when it ended in a way that no save may end."""

CHANGING = ("mkdir", "link", "replace", "rename", "unlink", "chmod", "chown", "setxattr", "ftruncate")
SETTLING = ("fsync", "fdatasync")
LOOKING = ("stat", "lstat", "fstat", "access", "scandir", "listxattr", "getxattr")
CALLS = ("open", "write", "close", *CHANGING, *SETTLING, *LOOKING)

DEADLY = ("killed before", "killed after")
KINDS: dict[str, tuple[str, ...]] = {
    "write": (*DEADLY, "torn", "short", "torn and full", "full from here", "ENOSPC", "EDQUOT", "EIO"),
    "open": (*DEADLY, "EACCES", "ENOSPC", "EROFS", "EMFILE", "EIO"),
    "close": (*DEADLY, "EIO"),
    **dict.fromkeys(SETTLING, (*DEADLY, "EIO", "ENOSPC", "EDQUOT", "broken from here")),
    **dict.fromkeys(CHANGING, (*DEADLY, "EACCES", "EPERM", "ENOSPC", "EIO", "EROFS")),
    **dict.fromkeys(LOOKING, ("killed before", "EACCES", "EIO")),
    "access": ("killed before",),
}


@dataclass(frozen=True, slots=True)
class Point:
    """The call of that number (from 1), what it is, and what happens to it."""

    number: int
    call: str
    kind: str


# One point -----------------------------------------------------------------------------------------------------------


class Strike:
    """In the child: lets the call of one number go wrong, of those that ``os`` makes from now on."""

    def __init__(self, number: int, kind: str) -> None:
        self.number, self.kind = number, kind
        self.seen: list[str] = []
        self.hit = ""
        """Which call went wrong first; where there are threads it need not be the one that a run before had there."""
        self._mutex = threading.Lock()
        for name in CALLS:
            setattr(os, name, self._watched(name, getattr(os, name)))

    def _watched(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            with self._mutex:
                self.seen.append(name)
                number = len(self.seen)
            later = number > self.number and self.kind.endswith("from here") and name in (*SETTLING, "write", "open")
            return self._go_wrong(name, real, given, more) if number == self.number or later else real(*given, **more)

        return call

    def _go_wrong(self, name: str, real: Callable[..., Any], given: Any, more: Any) -> Any:
        self.hit = self.hit or name
        half = (given[0], given[1][: len(given[1]) // 2]) if name == "write" else given
        match self.kind:
            case "killed before":
                os._exit(KILLED)
            case "killed after":
                real(*given, **more)
                os._exit(KILLED)
            case "torn":
                real(*half)
                os._exit(KILLED)
            case "short":
                return real(*half)
            case "torn and full":
                if name == "write":  # of a thread it may be another call's turn by now
                    real(*half)
                number = errno.ENOSPC
            case "full from here":
                number = errno.ENOSPC
            case "broken from here":
                number = errno.EIO
            case code:
                number = getattr(errno, code)
        if name == "close":
            real(*given)
        raise OSError(number, os.strerror(number))


def calls(scenario: Scenario, folder: Path) -> list[str]:
    """The calls that the scenario makes when nothing goes wrong, in their order."""
    told = _in_child(scenario, folder, StrikeAt(0, ""))
    return told.calls


@dataclass(frozen=True, slots=True)
class StrikeAt:
    number: int
    kind: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a child ended: ``saved``, ``refused``, ``killed`` or something that may not be; and what it told."""

    how: str
    notes: bool
    accepted: int
    hit: str
    calls: list[str]


def points(scenario: Scenario, folder: Path) -> Iterator[Point]:
    """Every call of the scenario with every fault that it can have."""
    for number, call in enumerate(calls(scenario, folder), 1):
        for kind in KINDS[call]:
            yield Point(number, call, kind)


def struck(scenario: Scenario, point: Point, folder: Path) -> None:
    """Let the point happen in a copy of the scenario in ``folder``, and assert what must hold after it."""
    outcome = _in_child(scenario, folder, StrikeAt(point.number, point.kind))
    try:
        judged(scenario, folder, outcome)
    except AssertionError as failed:
        failed.add_note(f"{scenario.name}: {point}")
        raise
    shutil.rmtree(folder)


def _in_child(scenario: Scenario, folder: Path, strike: StrikeAt) -> Outcome:
    folder.mkdir(parents=True)
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    scenario.prepare(folder)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        tell, leave = os.write, os._exit
        code = STRANGE
        try:
            watch = Strike(strike.number, strike.kind)
            tell(writing, b"%s\n" % acted(scenario, folder, lambda n: tell(writing, b"accepted %d\n" % n)).encode())
            tell(writing, f"hit {watch.hit}\ncalls {' '.join(watch.seen)}\n".encode())
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            leave(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode().splitlines()
    _pid, status = os.waitpid(child, 0)
    return outcome_of(told, os.waitstatus_to_exitcode(status))


def acted(scenario: Scenario, folder: Path, accept: Accept) -> str:
    """Save as the scenario does, and say how that ended."""
    try:
        done = scenario.act(folder, accept)
    except (SaveFailed, ChangedOnDisk, PlanUnreadable):
        return "refused"
    return "noted" if isinstance(done, Saved) and done.notes else "saved"


def outcome_of(told: list[str], code: int) -> Outcome:
    """What a child told before it ended with ``code``."""
    accepted = max((int(line.split()[1]) for line in told if line.startswith("accepted ")), default=0)
    seen = next((line.split()[1:] for line in told if line.startswith("calls")), [])
    hit = next((line[4:] for line in told if line.startswith("hit ")), "")
    how = next((line for line in told if line in ("saved", "noted", "refused")), f"ended with {code}")
    if code in (KILLED, -9):
        how = "killed"
    return Outcome("saved" if how == "noted" else how, how == "noted", accepted, hit, seen)


# What must hold --------------------------------------------------------------------------------------------------


def judged(scenario: Scenario, folder: Path, outcome: Outcome) -> None:
    """Assert all that is promised."""
    real = folder / scenario.real
    now = real.read_bytes() if real.exists() else None
    assert outcome.how in ("saved", "refused", "killed")
    assert now in (scenario.old, scenario.new)
    if outcome.how == "saved":
        assert now == scenario.new
    if outcome.how == "refused" and not scenario.edits:
        assert now == scenario.old
    if outcome.how != "killed" and outcome.hit != "unlink":
        assert not [path for path in folder.rglob(".planner-*") if path.suffix == ".tmp"]
    if scenario.name == "through a link":
        assert (folder / "link.toml").is_symlink()
    if scenario.name == "owner and mode":
        status = real.stat()
        assert status.st_mode & 0o7777 in (0o640, 0o600)
        assert status.st_uid in (1234, os.geteuid())
    if scenario.plan:
        _nothing_is_lost(scenario, real, now, outcome)
        _work_goes_on(scenario, real, now)


def _nothing_is_lost(scenario: Scenario, real: Path, now: bytes | None, outcome: Outcome) -> None:
    """What stood in the file is in it or among the backups, whole; every accepted edit is in the file or journal."""
    kept = [backup.path.read_bytes() for backup in backups(real)]
    known = {scenario.old, scenario.new, dumps(named("Between")).encode()}
    assert all(text in known or text.startswith(b"schema = 2") for text in kept)
    if now != scenario.old and scenario.old is not None and not outcome.notes:
        assert scenario.old in kept
    if scenario.name == "an earlier schema" and now != scenario.old:
        assert [backup.label for backup in backups(real)] == ["schema-1"]
    if scenario.name == "rotation":
        assert [text for text in kept if text != scenario.old][:9] == [
            dumps(named(f"Old {number}")).encode() for number in range(15, 6, -1)
        ]
    if scenario.edits:
        found = [load(real).project, *(told.steps[told.at][1] for told in (one.told() for one in left(real)))]
        assert max(map(_edit, found)) >= outcome.accepted


def _edit(project: Project) -> int:
    """Which edit of the journal's scenario made the plan."""
    name = project.engagement.name
    return {"One": 0, "Two": 2}.get(name) or (int(name.removeprefix("Edit ")) if name.startswith("Edit ") else 0)


def _work_goes_on(scenario: Scenario, real: Path, now: bytes | None) -> None:
    """The plan opens, and the next save goes through."""
    text = None
    if now is not None and now != b"theirs":
        text = load(real).text
        assert text.encode() == now
    later = replace(named("Later"), packages=())
    saved = save(later, real, text, overwrite=now == b"theirs")
    assert (load(real).project, saved.notes) == (later, ())
