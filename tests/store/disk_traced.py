"""Saves in processes that ``strace`` kills or fails at a system call: the real call, and the real end of a process."""

import os
import re
import shutil
import signal
import socket
import subprocess
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from disk_faults import STRANGE, Outcome, acted, judged, outcome_of
from disk_scenarios import Scenario

CALLS = "%file,%desc"
"""All calls that take a file name or a handle."""

ERRORS = {
    "openat": ("EACCES", "ENOSPC", "EMFILE"),
    "write": ("ENOSPC", "EIO", "EDQUOT"),
    "fsync": ("EIO", "ENOSPC"),
    "fdatasync": ("EIO",),
    "rename": ("EACCES", "ENOSPC", "EIO"),
    "link": ("EPERM", "EIO"),
    "mkdir": ("EACCES", "ENOSPC"),
    "unlink": ("EACCES",),
    "fchmod": ("EPERM", "EIO"),
    "fchown": ("EPERM",),
    "close": ("EIO",),
}
"""By the name of a call: how it is let fail."""

_CALL = re.compile(r"^\d+ +([a-z0-9_]+)\(", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Injection:
    """What ``strace`` does at the call of that number of those named: an error, or the end of the process."""

    calls: str
    number: int
    what: str


def tracer() -> str:
    """The path of ``strace``. Where it is missing the test is not passed over quietly; some hosts do not permit it."""
    found = shutil.which("strace")
    if found is None:
        missing("strace is not installed")
        return ""
    if subprocess.run([found, "-e", "trace=none", "true"], capture_output=True, check=False).returncode:
        pytest.skip("not tested: strace may not trace processes on this host")
    return found


def missing(what: str) -> None:
    """Fail in CI, and be left out elsewhere, for want of a real part."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def injections(strace: str, scenario: Scenario, folder: Path) -> Iterator[Injection]:
    """Every call of the scenario as the point where it is killed, and those of ``ERRORS`` failing."""
    seen = _CALL.findall(_traced(strace, scenario, folder / "dry", None)[1])
    for number in range(1, len(seen) + 1):
        yield Injection(CALLS, number, "signal=SIGKILL")
    counts = Counter(seen)
    for name, errors in ERRORS.items():
        for number in range(1, counts[name] + 1):
            yield from (Injection(name, number, f"error={error}") for error in errors)


def injected(strace: str, scenario: Scenario, injection: Injection, folder: Path) -> None:
    """Let it happen in a copy of the scenario in ``folder``, and assert what must hold after it."""
    outcome, log = _traced(strace, scenario, folder, injection)
    try:
        judged(scenario, folder, outcome)
    except AssertionError as failed:
        failed.add_note(f"{scenario.name}: {injection}\n{log[-3000:]}")
        raise
    shutil.rmtree(folder)


def _traced(strace: str, scenario: Scenario, folder: Path, injection: Injection | None) -> tuple[Outcome, str]:
    """How the scenario ended under ``strace``, and the calls that were seen. The child waits until it is traced."""
    folder.mkdir(parents=True)
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    scenario.prepare(folder)
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        code = STRANGE
        try:
            theirs.recv(1)
            ended = acted(scenario, folder, lambda number: theirs.send(b"accepted %d\n" % number))
            theirs.send(ended.encode() + b"\n")
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    theirs.close()
    log = folder.with_name(f"{folder.name}.log")
    what = (
        ["-e", f"trace={CALLS}"]
        if injection is None
        else ["-e", f"inject={injection.calls}:{injection.what}:when={injection.number}"]
    )
    command = [strace, "-f", "-o", str(log), *what, "-p", str(child)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        if "attached" not in running.stderr.readline():
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            missing("strace may not attach to a process here")
        ours.send(b"!")
        told = b""
        while more := ours.recv(65536):
            told += more
        _pid, status = os.waitpid(child, 0)
        running.wait(30)
    ours.close()
    outcome = outcome_of(told.decode().splitlines(), os.waitstatus_to_exitcode(status))
    text = log.read_text("utf-8", "replace")
    log.unlink()
    if injection is not None and injection.calls == "unlink":
        outcome = Outcome(outcome.how, outcome.notes, outcome.accepted, "unlink", [])
    return outcome, text
