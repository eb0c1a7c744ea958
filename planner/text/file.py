"""Reading files that come from anywhere: no more of them than asked for, and nothing that one would wait for."""

import errno
import os
import stat
from pathlib import Path

from planner.text.i18n import _


class NoFile(OSError):
    """What has the name of a file is none: a pipe, a device. Its text says so."""


def contents(path: Path, most: int) -> bytes:
    """The first ``most`` bytes of the file ``path``; a link is followed.

    Also of a pipe without a name, which a shell puts in a file's place, and of the empty device. Raises OSError: NoFile
    for anything else that is no file, since opening a pipe waits for whoever writes it, and a device may do anything.
    """
    _refuse(path, path.stat())
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        _refuse(path, status)
        if stat.S_ISFIFO(status.st_mode):
            os.set_blocking(handle, True)
        return file.read(most) or b""


def _refuse(path: Path, status: os.stat_result) -> None:
    """Raise OSError for what is no file and none of what may stand for one."""
    if stat.S_ISREG(status.st_mode):
        return
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    nameless = stat.S_ISFIFO(status.st_mode) and not path.resolve().exists()
    if not nameless and not (stat.S_ISCHR(status.st_mode) and status.st_rdev == Path(os.devnull).stat().st_rdev):
        raise NoFile(errno.EINVAL, _("this is no ordinary file"))
