"""Writing plan files: only what changed changes in the text, and the disk holds the old file or the new, never half."""

import errno
import os
import secrets
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

from planner.model.decode import decode, encode
from planner.model.project import Project
from planner.store import render
from planner.store.load import BOM, LARGEST, PlanUnreadable, read_text
from planner.store.merge import Unmergeable, merge
from planner.store.upgrade import is_old, upgraded
from planner.text.clean import one_line
from planner.text.i18n import _


class SaveFailed(Exception):
    """A plan could not be written; the file is as it was. The text says why and what to do."""


class ChangedOnDisk(Exception):
    """The file is not the one that was opened: somebody else wrote, removed or created it. It was left as it is."""


def dumps(project: Project, previous: str | None = None) -> str:
    """The plan file of ``project``.

    With ``previous``, the text that the plan was read from, only what changed is changed in it. The result is read
    back before it is given out. Raises SaveFailed when ``project`` holds values that no plan file can, when the file
    would be too large to be read again, or when the layout of ``previous`` is so unusual that it could not be kept;
    ValueError when ``previous`` is no plan.
    """
    text = _dumped(project, previous)
    if len(text.encode()) > LARGEST:
        message = _("the plan would be larger than {n} MB, and could not be opened again — nothing was written")
        raise SaveFailed(message.format(n=LARGEST // 1_000_000))
    return text


def _dumped(project: Project, previous: str | None) -> str:
    data = encode(project)
    wanted, misfits = decode(Project, data)
    if misfits or wanted is None:
        where, fault = " ".join(map(str, misfits[0].path)), misfits[0]
        message = _("the plan cannot be written: {where} {fault} — {advice}")
        raise SaveFailed(message.format(where=where, fault=fault.message, advice=fault.advice))
    data = encode(wanted)
    if previous is None:
        return render.document(data)
    body = previous.removeprefix(BOM)
    mark = previous[: len(previous) - len(body)]
    stands = tomllib.loads(body)
    before, misfits = decode(Project, upgraded(stands))
    if before is None or misfits:
        raise ValueError("the previous text is not a plan")
    if before == wanted:
        return previous
    if is_old(stands):
        body = _merged(body, stands, upgraded(stands)) or render.document(encode(before))
    text = _merged(body, encode(before), data)
    if text is None or not _holds(text, wanted):
        if "#" in body or "x-" in body:
            raise SaveFailed(
                _("the file's layout cannot be changed without losing comments or x- keys — save under a new name")
            )
        text = render.document(data)
    return mark + text


def save(project: Project, path: Path, previous: str | None = None, *, overwrite: bool = False) -> str:
    """Write ``project`` to the file ``path`` and return its text, to be ``previous`` at the next save.

    ``previous`` is the text as loaded or saved last, None for a new file. The new text is on the disk before it
    takes the old one's place in one step; a link is followed, the file's permissions stay.
    Raises ChangedOnDisk when the file is no longer ``previous`` (or, for a new one, exists), unless ``overwrite``;
    SaveFailed when it cannot be written.
    """
    if not overwrite:
        _unchanged(path, previous)
    text = dumps(project, previous)
    write_file(path, text)
    return text


def write_file(path: Path, text: str) -> None:
    """Write ``text`` as the file ``path``, durably and in one step; a link is followed. Raises SaveFailed."""
    try:
        _replace(Path(os.path.realpath(path)), text.encode())
    except OSError as error:
        raise SaveFailed(f"{one_line(str(path))}: {_reason(error)}") from error


def _merged(body: str, had: Any, wanted: Any) -> str | None:
    try:
        return merge(body, had, wanted)
    except Unmergeable:
        return None


def _holds(text: str, project: Project) -> bool:
    """Whether ``text`` reads back as ``project``."""
    try:
        return decode(Project, tomllib.loads(text)) == (project, [])
    except tomllib.TOMLDecodeError:
        return False


def _unchanged(path: Path, previous: str | None) -> None:
    """Raise ChangedOnDisk unless the file still holds ``previous``, or does not exist when that is None."""
    name = one_line(str(path))
    if not os.path.lexists(path):
        if previous is not None:
            raise ChangedOnDisk(_("{path} is gone — save under a new name, or overwrite").format(path=name))
        return
    if previous is None:
        raise ChangedOnDisk(_("{path} exists already — choose another name").format(path=name))
    try:
        now = read_text(path)
    except PlanUnreadable as error:
        raise ChangedOnDisk(str(error)) from None
    if now != previous:
        message = _("{path} was changed by somebody else since it was opened — save under a new name, or reload")
        raise ChangedOnDisk(message.format(path=name))


def _replace(target: Path, data: bytes) -> None:
    """Put ``data`` in the place of ``target`` in one step, once it is safely on the disk."""
    mode = target.stat().st_mode if target.exists() else None
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    temporary = target.parent / f".planner-{secrets.token_hex(8)}.tmp"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """Make the new name itself durable, where the system can; the file has been replaced by now in any case."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reason(error: OSError) -> str:
    """Why the disk refused, and what to do."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return _("you may not write here — save the plan elsewhere, or ask for permission")
    if error.errno == errno.EROFS:
        return _("the disk is read-only — save the plan elsewhere")
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return _("the disk is full — make room and save again, or save elsewhere")
    if error.errno == errno.ENOENT:
        return _("there is no such folder — make it, or save elsewhere")
    if error.errno == errno.EISDIR:
        return _("this is a folder — name a file")
    return _("the file could not be written ({reason}) — save the plan elsewhere").format(
        reason=error.strerror or str(error)
    )
