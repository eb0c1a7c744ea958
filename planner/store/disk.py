"""Files on the disk: one takes another's place in one step, once it is safely there; nothing is ever half.

Everything here goes through functions of ``os`` that the system does as one call each, so that tests can let every one
of them fail, or end the process there (tests/store/disk_faults.py).
"""

import errno
import os
import re
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from planner.text.clean import one_line
from planner.text.i18n import _

_TEMPORARY = re.compile(r"\.planner-[0-9a-f]{16}\.tmp")

_NOT_KEPT_HERE = (errno.EPERM, errno.EACCES, errno.EINVAL, errno.ENOTSUP, errno.ENODATA)
"""What a system says to an owner or attribute that it lets nobody, or not this person, set."""

_CANNOT_SETTLE = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)
"""What file systems say that cannot settle a folder, and keep its names in order by means of their own."""

Stamp = tuple[int, int, int, int]
"""By what a file is known to be untouched: device, number, nanosecond of the last writing, bytes."""


class Saved(str):
    """The text that a plan's file holds now; ``notes`` say what could not be done beside that, and what to do."""

    notes: tuple[str, ...] = ()


class Touched(Exception):
    """The file that was to be replaced is not the one that was looked at, or there is one that there was not."""


@dataclass(frozen=True, slots=True)
class Put:
    """A file has been put in its place. ``names`` it had before (more than one: the others still hold the old text).

    ``unsettled`` is why the disk has not confirmed that the file's name will outlast a power cut; None when it has.
    """

    names: int
    unsettled: OSError | None

    def notes(self, path: Path) -> tuple[str, ...]:
        """What a person who saved the plan in ``path`` is told of this."""
        found = []
        if self.names > 1:
            message = _("{path} had other names (hard links): under those the plan is as it was before")
            found.append(message.format(path=one_line(str(path))))
        if self.unsettled is not None:
            message = _(
                "the disk has not confirmed that {path} will outlast a power cut ({reason}) — copy it to another"
            )
            told = self.unsettled.strerror or str(self.unsettled)
            found.append(message.format(path=one_line(str(path)), reason=told))
        return tuple(found)


def saved(text: str, notes: tuple[str, ...]) -> Saved:
    """``text`` as saved, with ``notes``."""
    done = Saved(text)
    done.notes = notes
    return done


def put(target: Path, data: bytes, *, like: Path | None = None, stands: Stamp | None = None, new: bool = False) -> Put:
    """Let the file ``target``, which is no link, hold ``data``: durably and in one step.

    It gets the permissions, owner and attributes of what it replaces, else of ``like``, as far as the system lets
    one; a group that cannot be kept may do what everybody may. With ``stands`` it is replaced only if that is its
    stamp, with ``new`` only if there is none; else Touched. Raises OSError, and then everything is as it was.
    """
    had = _status(target)
    if had is not None:
        if not stat.S_ISREG(had.st_mode):
            raise _refused(errno.EISDIR if stat.S_ISDIR(had.st_mode) else errno.EINVAL)
        if not os.access(target, os.W_OK):
            raise _refused(errno.EACCES)
    model = target if had is not None else like
    temporary = target.parent / f".planner-{secrets.token_hex(8)}.tmp"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if model is None else 0o600)
    try:
        try:
            write_all(handle, data)
            if model is not None:
                _dress(handle, model)
            os.fsync(handle)
        finally:
            os.close(handle)
        if stands is not None and stamp(target) != stands:
            raise Touched
        if new:
            _place(temporary, target)
        else:
            temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    names = 1 if had is None else had.st_nlink - _unlinked(target.parent, had)
    return Put(names, settle(target.parent))


def _unlinked(folder: Path, had: os.stat_result) -> int:
    """Remove the names that killed saves have left of a file that was new then; how many those were."""
    if had.st_nlink == 1:
        return 0
    gone = 0
    with suppress(OSError):
        for left in leftovers(folder):
            if os.path.samestat(left.lstat(), had):
                left.unlink()
                gone += 1
    return gone


def write_all(handle: int, data: bytes) -> None:
    """Write all of ``data``, however little of it the system takes at a time. Raises OSError."""
    rest = memoryview(data)
    while rest:
        written = os.write(handle, rest)
        if written == 0:
            raise _refused(errno.EIO)
        rest = rest[written:]


def settle(folder: Path) -> OSError | None:
    """Make the names in ``folder`` durable; why the disk has not. None too where the system knows no such thing."""
    if not hasattr(os, "O_DIRECTORY"):
        return None
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        return None if error.errno in _CANNOT_SETTLE else error
    return None


def stamp(path: Path) -> Stamp | None:
    """The stamp of the file now, a link's of what it leads to; None when there is none to look at."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size


def leftovers(folder: Path) -> tuple[Path, ...]:
    """Files in ``folder`` that saves which were killed have left, by name: nothing refers to them.

    One that was written just now may be of a save under way. Raises OSError when the folder cannot be read.
    """
    return tuple(sorted(path for path in folder.iterdir() if _TEMPORARY.fullmatch(path.name)))


def reason(error: OSError) -> str:
    """Why the disk refused, and what to do."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return _("you may not write here — save the plan elsewhere, or ask for permission")
    if error.errno == errno.EROFS:
        return _("the disk is read-only — save the plan elsewhere")
    if error.errno == errno.ENOSPC:
        return _("the disk is full — make room and save again, or save elsewhere")
    if error.errno == getattr(errno, "EDQUOT", errno.ENOSPC):
        return _("you have used up your share of the disk — remove something and save again, or save elsewhere")
    if error.errno == errno.ENOENT:
        return _("there is no such folder — make it, or save elsewhere")
    if error.errno == errno.EISDIR:
        return _("this is a folder — name a file")
    if error.errno == errno.ENAMETOOLONG:
        return _("the name is too long — choose a shorter one")
    return _("the file could not be written ({reason}) — save the plan elsewhere").format(
        reason=error.strerror or str(error)
    )


def _dress(handle: int, model: Path) -> None:
    """Give the open file the owner, permissions and attributes (access lists among them) of ``model``."""
    wanted, made = model.stat(), os.fstat(handle)
    mode = stat.S_IMODE(wanted.st_mode)
    if (made.st_uid, made.st_gid) != (wanted.st_uid, wanted.st_gid) and not _owned(handle, wanted):
        mode = mode & ~0o070 | (mode & 0o007) << 3
    os.chmod(handle, mode)
    for name in _attributes(model):
        try:
            os.setxattr(handle, name, os.getxattr(model, name))
        except OSError as error:
            if error.errno not in _NOT_KEPT_HERE:
                raise


def _attributes(model: Path) -> list[str]:
    """The names of the extended attributes of ``model``, where the system has them."""
    if not hasattr(os, "listxattr"):
        return []
    try:
        return os.listxattr(model)
    except OSError as error:
        if error.errno in _NOT_KEPT_HERE:
            return []
        raise


def _owned(handle: int, wanted: os.stat_result) -> bool:
    """Give the open file the owner and the group of ``wanted``, or at least the group; whether it has that."""
    if not hasattr(os, "chown"):
        return True
    for owner in (wanted.st_uid, -1):
        try:
            os.chown(handle, owner, wanted.st_gid)
        except OSError as error:
            if error.errno not in _NOT_KEPT_HERE:
                raise
        else:
            return True
    return False


def _place(temporary: Path, target: Path) -> None:
    """Give the file its name if that is free. Raises Touched."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise Touched from None
    except OSError:  # a file system without hard links: the moment between looking and renaming remains
        if os.path.lexists(target):
            raise Touched from None
        temporary.replace(target)
    else:
        with suppress(OSError):  # the file stands in its place; fsck tells of its second name
            temporary.unlink()


def _status(target: Path) -> os.stat_result | None:
    try:
        return target.lstat()
    except FileNotFoundError:
        return None


def _refused(number: int) -> OSError:
    return OSError(number, os.strerror(number))
