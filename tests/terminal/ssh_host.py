"""A host with a review account as docs/ssh.md sets it up: a real sshd on loopback, with folders and names of its own.

Where the tests run as root the account is a real one with another user id, made by the page's own commands and
removed at the end, and the planner is installed where that account can read it. Elsewhere sshd lets in only whoever
runs it: the account is the tester's own, and what only rights can prove is not proved.
"""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

import planner

PAGE = Path(__file__).parent.parent.parent / "docs" / "ssh.md"

_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)

_SERVER = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {base}/host_key
PidFile none
StrictModes no
UsePAM no
Subsystem sftp internal-sftp
AcceptEnv LANG LC_* PLANNER_* PYTHON* XDG_*
X11Forwarding yes
AllowTcpForwarding yes
AllowAgentForwarding yes
AllowStreamLocalForwarding yes
PermitTunnel yes
"""
"""The rest of the host's configuration: as open as a careless administrator has it, so that the page alone is judged.

UsePAM and StrictModes are off because a container has no PAM set up, and the temporary folder is everybody's.
"""

_NEEDED = ("textual", "rich", "platformdirs", "tomlkit", "typing_extensions.py", "pygments", "markdown_it", "mdurl")
_MORE = ("mdit_py_plugins", "linkify_it", "uc_micro", "networkx", "pydantic", "pydantic_core", "annotated_types")
_MORE_STILL = ("typing_inspection", "grapheme", "wcwidth", "tree_sitter")


class Said(NamedTuple):
    """What a command over SSH answered."""

    code: int
    out: str
    err: str


def blocks(kind: str) -> list[str]:
    """The blocks of the page that are marked with ``kind``, without their indentation."""
    found = [match for match in _BLOCK.finditer(PAGE.read_text("utf-8")) if match[2] == kind]
    assert found, f"docs/ssh.md has no block of {kind}"
    return [re.sub(rf"^{match[1]}", "", match[3], flags=re.MULTILINE) for match in found]


def missing() -> str:
    """Which of the programs that are needed is not there; empty when all are."""
    needed = ["ssh", "ssh-keygen", "sshd", *(["useradd", "userdel", "usermod"] if os.geteuid() == 0 else [])]
    return ", ".join(name for name in needed if not _found(name))


def _found(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin:/usr/bin:/bin")


class Host:
    """The host; ``setup`` says which of the page's two ways in is used: 0 the account's door, 1 one for each key."""

    def __init__(self, setup: int = 0) -> None:
        self.root = os.geteuid() == 0
        tidy_up()
        self.base = Path(tempfile.mkdtemp(prefix=f"door-{os.getpid()}-"))
        self.base.chmod(0o755)
        self.plans, self.reviews = self.base / "plans", self.base / "reviews"
        self.user = f"door{os.getpid()}x{setup}" if self.root else pwd.getpwuid(os.getuid()).pw_name
        self.log = self.base / "sshd.log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.python = self._install()
        self._make_account()
        self._make_keys(setup)
        config = _SERVER.format(port=self.port, base=self.base) + self.here(blocks("sshd_config")[setup])
        (self.base / "sshd_config").write_text(config)
        if self.root:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        sshd = _found("sshd") or "sshd"
        self.server = subprocess.Popen(
            [sshd, "-D", "-f", str(self.base / "sshd_config"), "-E", str(self.log)], stdin=subprocess.DEVNULL
        )
        self._await()

    def here(self, text: str) -> str:
        """The page's ``text`` with the folders and names of this host."""
        changed = {
            "/etc/ssh/planreview_keys": f"{self.base}/keys",
            "/opt/planner/bin/python": str(self.python),
            "/srv/plans": str(self.plans),
            "/srv/reviews": str(self.reviews),
            "User planreview": f"User {self.user}",
            "-o planreview": f"-o {self.user}",
            "-g planreview": f"-g {self.user}",
            "/bin/sh planreview": f"/bin/sh {self.user}",
            "'*' planreview": f"'*' {self.user}",
            "-o consultant ": "-o root ",
            "-g consultants ": "-g root ",
        }
        if not self.root:
            changed["User nobody"] = f"User {self.user}"
        for theirs, ours in changed.items():
            text = text.replace(theirs, ours)
        return text

    def _install(self) -> Path:
        """The Python that runs the planner for the account: this one where the account can read it, else linked."""
        if not self.root:
            return Path(sys.executable)
        opt = self.base / "opt"
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        library, packages = Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("purelib"))
        left_out = shutil.ignore_patterns(
            "test", "tests", "site-packages", "idlelib", "lib2to3", "ensurepip", "turtle*"
        )
        _link(library, opt / "lib" / version, left_out)
        for name in (*_NEEDED, *_MORE, *_MORE_STILL):
            if (packages / name).exists():
                _link(packages / name, opt / "lib" / version / "site-packages" / name)
        source = Path(planner.__file__).parent
        _link(source, opt / "lib" / version / "site-packages" / "planner")
        inside = opt / "lib" / version / "site-packages" / "planner" / "_templates"
        if not inside.exists():
            _link(source.parent / "templates", inside)
        real = Path(os.path.realpath(sys.executable))
        (opt / "bin").mkdir()
        _copy(real, opt / "bin" / "interpreter")
        for shared in (real.parent.parent / "lib").glob("libpython*"):
            _copy(shared, opt / "lib" / shared.name)
        started = opt / "bin" / "python"  # the interpreter looks for its library where the account may not
        started.write_text(f'#!/bin/sh\nLD_LIBRARY_PATH={opt}/lib exec {opt}/bin/interpreter "$@"\n')
        started.chmod(0o755)
        return started

    def _make_account(self) -> None:
        if self.root:
            shell = self.here("".join(blocks("sh")))
            for _again in range(20):  # another worker may hold the file of accounts
                done = subprocess.run(["sh", "-e", "-c", shell], capture_output=True, text=True, check=False)
                if done.returncode == 0 or "lock" not in done.stderr:
                    break
                subprocess.run(["userdel", self.user], capture_output=True, check=False)
                time.sleep(0.2)
            assert done.returncode == 0, done.stderr
        else:
            self.plans.mkdir(mode=0o750)
            self.reviews.mkdir(mode=0o750)

    def _make_keys(self, setup: int) -> None:
        """Keys of Anna, of Ben, and of one whose line in the file of keys names no command."""
        for name in ("host_key", "anna", "ben", "plain"):
            words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(self.base / name)]
            subprocess.run(words, check=True)
        public = {name: (self.base / f"{name}.pub").read_text().strip() for name in ("anna", "ben", "plain")}
        if setup:
            lines = self.here(blocks("authorized_keys")[0]).splitlines()
            for name in ("anna", "ben"):
                lines = [line.replace(f"ssh-ed25519 AAAA... {name}", public[name]) for line in lines]
            lines.append(public["plain"])
        else:
            lines = [public["anna"]]
        (self.base / "keys").write_text("\n".join(lines) + "\n")
        (self.base / "keys").chmod(0o644)
        known = (self.base / "host_key.pub").read_text()
        (self.base / "known").write_text(f"[127.0.0.1]:{self.port} {known}")

    def _await(self) -> None:
        for _again in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if self.server.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"sshd does not answer:\n{self.log.read_text()}")

    # What a reviewer does

    def client(self, *options: str, key: str = "anna", shared: bool = False, program: str = "ssh") -> list[str]:
        """The words of ``ssh`` to this host, before those of the command; ``shared`` uses one connection for all."""
        told = {
            "UserKnownHostsFile": str(self.base / "known"),
            "IdentityFile": str(self.base / key),
            "IdentitiesOnly": "yes",
            "BatchMode": "yes",
            "LogLevel": "ERROR",
            "ControlPath": str(self.base / f"line-{key}") if shared else "none",
            "ControlMaster": "auto" if shared else "no",
            "ControlPersist": "30",
        }
        port = "-P" if program != "ssh" else "-p"
        words = [program, "-F", os.devnull, port, str(self.port), *(f"-o{k}={v}" for k, v in told.items()), *options]
        return words if program != "ssh" else [*words, f"{self.user}@127.0.0.1"]

    def asks(
        self, *command: str, options: Sequence[str] = (), key: str = "anna", env: Mapping[str, str] | None = None
    ) -> Said:
        """What a command over SSH answers without a terminal."""
        words = [*self.client(*options, key=key, shared=not options), *(["--"] if command else []), *command]
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, env={**os.environ, **(env or {})}
        )
        return Said(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))

    def running(self) -> list[int]:
        """The processes of the planner that the account has now."""
        return [process for process, line in _running() if f" door {self.plans} " in line]

    def close(self) -> None:
        """End everything and leave nothing behind."""
        for line in self.base.glob("line-*"):
            words = ["ssh", "-F", os.devnull, "-o", f"ControlPath={line}", "-O", "exit", "x"]
            subprocess.run(words, capture_output=True, check=False)
        self.server.terminate()
        self.server.wait()
        for process in self.running():
            os.kill(process, signal.SIGKILL)
        if self.root:
            _remove(self.user)
        shutil.rmtree(self.base, ignore_errors=True)


def tidy_up() -> None:
    """End and remove what runs of the tests have left behind that were killed."""
    for base in Path(tempfile.gettempdir()).glob("door-*-*"):
        if (run := re.match(r"door-(\d+)-", base.name)) and not Path(f"/proc/{run[1]}").exists():
            for process, line in _running():
                if f"{base}/" in line:  # sshd, its sessions, clients that wait
                    with suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)
            shutil.rmtree(base, ignore_errors=True)
    for account in pwd.getpwall() if os.geteuid() == 0 else ():
        if (run := re.fullmatch(r"door(\d+)x\d", account.pw_name)) and not Path(f"/proc/{run[1]}").exists():
            _remove(account.pw_name)


def _remove(user: str) -> None:
    for _again in range(20):  # another worker may hold the file of accounts
        if subprocess.run(["userdel", "-f", user], capture_output=True, check=False).returncode in (0, 6):
            break
        time.sleep(0.2)


def _running() -> Iterator[tuple[int, str]]:
    """All processes with their command lines."""
    for each in Path("/proc").iterdir():
        if each.name.isdecimal():
            with suppress(OSError):
                yield int(each.name), (each / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")


def tree(*folders: Path) -> dict[str, tuple[int, int, str]]:
    """What stands in the folders: mode, time of change and content of every file."""
    found = {}
    for folder in folders:
        for path in sorted([folder, *folder.rglob("*")]):
            status = path.lstat()
            ordinary = path.is_file() and not path.is_symlink()
            found[str(path)] = (status.st_mode, status.st_mtime_ns, path.read_bytes().hex() if ordinary else "")
    return found


def no_host(why: str) -> None:
    """Say loudly that there is no host to test with: continuous integration must have one."""
    words = f"the review account over SSH is not tested: {why}"
    if os.environ.get("CI"):
        pytest.fail(words)
    pytest.skip(words)


def _link(source: Path, target: Path, left_out: object = None) -> None:
    """The same files under another name, which costs no room and little time; copies on another file system."""
    if source.is_dir():
        shutil.copytree(source, target, copy_function=_copy, ignore=left_out, symlinks=False)  # type: ignore[arg-type]
    else:
        _copy(source, target)


def _copy(source: "str | Path", target: "str | Path") -> None:
    try:
        os.link(os.path.realpath(source), target)
    except OSError:
        shutil.copy2(source, target)
