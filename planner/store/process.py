"""A process, so that another can say later whether it still runs: also after its number was given away, or a reboot."""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """Process ``pid`` of a host.

    ``machine`` tells hosts of one name apart, ``boot`` one start of the host from the next, ``space`` containers that
    count processes for themselves, ``started`` a process from a later one of the same number (clock ticks after the
    start of the host). Each is empty where the system does not say.
    """

    host: str
    pid: int
    machine: str = ""
    boot: str = ""
    space: str = ""
    started: str = ""


def own() -> Process:
    """This process."""
    pid = os.getpid()
    machine = _first_line(Path("/etc/machine-id"))
    return Process(
        host=host_name(),
        pid=pid,
        # The machine's own number is nobody else's business; what is made of it tells machines apart just as well.
        machine=sha256(f"planner {machine}".encode()).hexdigest()[:16] if machine else "",
        boot=_first_line(Path("/proc/sys/kernel/random/boot_id")),
        space=_space(),
        started=_started(pid) or "",
    )


def runs(process: Process) -> bool | None:
    """Whether ``process`` still runs; None where that cannot be said from here, as of another host."""
    here = own()
    if (process.host, process.machine) != (here.host, here.machine):
        return None
    if process.boot != here.boot:
        return False
    if process.space != here.space:
        return None
    try:
        os.kill(process.pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass  # somebody else's, but it is there
    if not process.started:
        return True
    started = _started(process.pid)
    return None if started is None else started == process.started


def _started(pid: int) -> str | None:
    """When process ``pid`` was started, empty for one that has ended; None where the system does not say."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return None
    # The name of the program, in brackets, may hold anything; what follows its last bracket are plain fields.
    fields = told.rpartition(")")[2].split()
    if len(fields) < 20:
        return None
    return "" if fields[0] in "ZX" else fields[19]


def host_name() -> str:
    """What this host is called."""
    if hasattr(os, "uname"):
        return os.uname().nodename
    import platform

    return platform.node()


def _space() -> str:
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return ""


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.readline(100).strip()
    except OSError:
        return ""
