"""The walls of a session at the door: what it may read and write, whatever the code behind it asks for.

The rights of the account are the first wall, and the door opens nothing else by itself. This is the second: were there
a way from some screen or option to another file, it would end here with "permission denied". Python tells a hook of
every file that is opened, changed or removed, of every program started and of every connection made.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, MutableMapping
from pathlib import Path
from typing import Any

import planner
from planner.catalog.folders import in_use
from planner.text.i18n import _

LET_IN = ("TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "SSH_CONNECTION", "SSH_TTY")
"""What the client and its terminal may tell of themselves; all other variables are forgotten."""

_PLAIN = re.compile(r"[\w .:@+/-]{0,100}", re.ASCII)

_CHANGES = frozenset(
    f"os.{what}"
    for what in ("chmod", "chown", "link", "mkdir", "remove", "rename", "rmdir", "symlink", "truncate", "utime")
)
_LOOKS = frozenset({"os.listdir", "os.scandir"})
_BEYOND = frozenset(
    {
        *(f"os.{what}" for what in ("exec", "fork", "forkpty", "posix_spawn", "spawn", "startfile", "system")),
        *(f"socket.{what}" for what in ("bind", "connect", "getaddrinfo", "gethostbyname", "sendmsg", "sendto")),
        "pty.spawn",
        "subprocess.Popen",
        "webbrowser.open",
    }
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def forget(environment: MutableMapping[str, str], home: Path | None) -> None:
    """Keep of ``environment`` only what cannot steer the planner; ``home`` is where it keeps what is its own."""
    kept = {name: environment[name] for name in LET_IN if _PLAIN.fullmatch(environment.get(name, "/\0"))}
    environment.clear()
    environment.update(kept)
    at = str(home) if home else os.devnull
    environment.update(HOME=at, PLANNER_CONFIG=str(home / "config.toml") if home else os.devnull)
    environment.update({f"XDG_{kind}_HOME": at for kind in ("CACHE", "CONFIG", "DATA", "STATE")})


def shut(readable: Iterable[Path], writable: Iterable[Path]) -> None:
    """From now on this process reads only below ``readable`` and Python's own folders, and writes only below
    ``writable``; it starts no program and connects to nothing. What it tries beyond raises PermissionError.
    """
    sys.addaudithook(_wall(readable, writable))


def _wall(readable: Iterable[Path], writable: Iterable[Path]) -> Callable[[str, tuple[Any, ...]], None]:
    write = tuple(os.path.realpath(path) for path in (*writable, Path(os.devnull)))
    own = (Path(planner.__file__).parent, *in_use(), *map(Path, (sys.prefix, sys.base_prefix, *_SYSTEM)))
    read = (*(os.path.realpath(path) for path in (*readable, *own)), "/dev/tty", *write)

    def below(path: object, roots: tuple[str, ...]) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):  # a file that is open already, or the current folder
            return True
        real = os.path.realpath(os.fsdecode(path))
        return any(real == root or real.startswith(root.rstrip("/") + "/") for root in roots)

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = given
            wants = flags & _WRITING or (isinstance(mode, str) and set(mode) & set("wax+"))
            well = below(path, write if wants else read)
        elif event in _CHANGES:
            named = (
                given[:2] if event in ("os.link", "os.rename") else given[1:2] if event == "os.symlink" else given[:1]
            )
            well = all(below(path, write) for path in named)
        elif event in _LOOKS:
            path = given[0]
            well = below(path, read)
        else:
            well, path = event not in _BEYOND, ""
        if not well:
            raise PermissionError(1, _("the review account may not do this"))

    return hook


_SYSTEM = ("/usr/share/zoneinfo", "/etc/localtime", "/usr/lib/locale", "/usr/share/locale", "/proc")
"""Where the time, letters, and who has a plan open are learned."""
