"""Writing plan files: only what changed changes in the text, and the disk holds the old file or the new, never half."""

import os
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal

from planner.model.decode import decode, encode
from planner.model.project import SCHEMA, Project
from planner.store import render
from planner.store.disk import Saved, Stamp, Touched, put, reason, saved, stamp
from planner.store.fault import SaveFailed
from planner.store.load import BOM, LARGEST, PlanUnreadable, read_text, said, said_by
from planner.store.merge import Unmergeable, merge
from planner.store.uncollected import uncollected
from planner.store.upgrade import upgraded
from planner.text.clean import one_line
from planner.text.i18n import _
from planner.text.toml import loads

__all__ = ["ChangedOnDisk", "SaveFailed", "dumps", "save", "write_file"]


class ChangedOnDisk(Exception):
    """The file is not the one that was opened, and was left as it is; ``how`` says what became of it.

    It is ``gone``, ``exists`` although it was to be a new one, or was ``changed`` by somebody else.
    """

    def __init__(self, message: str, how: Literal["gone", "exists", "changed"]) -> None:
        super().__init__(message)
        self.how = how


def dumps(project: Project, previous: str | None = None, had: tuple[Project, int] | None = None) -> str:
    """The plan file of ``project``.

    With ``previous``, the text that the plan was read from, only what changed is changed in it; ``had`` is what it
    says (``load.said``), where that is known already. The result is read back before it is given out. Raises
    SaveFailed when ``project`` holds values that no plan file can, when the file would be too large to be read again,
    or when the layout of ``previous`` is so unusual that it could not be kept; ValueError when ``previous`` is no
    plan.
    """
    with uncollected():
        text = _dumped(project, previous, had)
    if len(text.encode()) > LARGEST:
        message = _("the plan would be larger than {n} MB, and could not be opened again — nothing was written")
        raise SaveFailed(message.format(n=LARGEST // 1_000_000))
    return text


def _dumped(project: Project, previous: str | None, had: tuple[Project, int] | None) -> str:
    if previous is None:
        wanted = _judged(project)
        return _sure(render.document(encode(wanted)), wanted)
    before, schema = had or _known(previous)
    wanted = project if _fits(project, before) else _judged(project)
    if before == wanted:
        return previous
    data = encode(wanted)
    body = previous.removeprefix(BOM)
    mark = previous[: len(previous) - len(body)]
    if schema != SCHEMA:
        stands = tomllib.loads(body)
        body = _merged(body, stands, upgraded(stands)) or render.document(encode(before))
    text = _merged(body, encode(before), data)
    if text is not None and _holds(mark + text, wanted):
        return mark + text
    if "#" in body or "x-" in body:
        raise SaveFailed(
            _("the file's layout cannot be changed without losing comments or x- keys — save under a new name")
        )
    return _sure(mark + render.document(data), wanted)


def save(project: Project, path: Path, previous: str | None = None, *, overwrite: bool = False) -> Saved:
    """Write ``project`` to the file ``path`` and return its text, to be ``previous`` at the next save.

    ``previous`` is the text as loaded or saved last, None for a new file. What stands in the file is kept as a backup
    (``planner.store.backups``), and the new text is on the disk before it takes the old one's place in one step; a
    link is followed, the file's permissions, owner and attributes stay as far as the system allows. A text that the
    file has already is not written. What could not be done beside (a backup, say) is in the notes of the result.

    Raises ChangedOnDisk when the file is no longer ``previous`` (or, for a new one, exists), unless ``overwrite``;
    SaveFailed when it cannot be written, or when it is of an earlier schema and cannot be kept as it is.
    """
    stands = None if overwrite else _unchanged(path, previous)
    text = dumps(project, previous)
    if stands is not None and text == previous:
        return Saved(text)
    new = previous is None and not overwrite
    target = path if new else Path(os.path.realpath(path))
    try:
        kept = _kept(target, previous.encode() if previous and not overwrite else _standing(target))
        done = put(target, text.encode(), stands=stands, new=new)
    except Touched:
        raise _changed(path) if previous is not None else _exists(path) from None
    except OSError as error:
        raise SaveFailed(f"{one_line(str(path))}: {reason(error)}") from error
    return saved(text, (*kept, *done.notes(path)))


def write_file(path: Path, text: str | bytes, *, follow: bool = False, new: bool = False) -> None:
    """Write ``text`` as the file ``path``, durably and in one step. Raises SaveFailed.

    With ``follow`` a link is followed, else refused; with ``new`` so is whatever has that name already.
    """
    try:
        put(Path(os.path.realpath(path)) if follow else path, text.encode() if isinstance(text, str) else text, new=new)
    except Touched:
        raise SaveFailed(str(_exists(path))) from None
    except OSError as error:
        raise SaveFailed(f"{one_line(str(path))}: {reason(error)}") from error


def _fits(project: Project, before: Project) -> bool:
    """Whether a plan file gives ``project`` back as it is: what ``before``, out of a file, has too needs no judging."""
    fresh: dict[str, Any] = {"engagement": project.engagement}
    for field in fields(Project):
        value, known = getattr(project, field.name), getattr(before, field.name)
        if value is known or field.name in fresh:
            continue
        if isinstance(value, tuple) and isinstance(known, tuple):
            seen = {*map(id, known)}
            fresh[field.name] = tuple(row for row in value if id(row) not in seen)
        else:
            fresh[field.name] = value
    changed = Project(**fresh)
    return decode(Project, encode(changed)) == (changed, [])


def _judged(project: Project) -> Project:
    """``project`` as a plan file gives it back. Raises SaveFailed when no file can hold it."""
    wanted, misfits = decode(Project, encode(project))
    if misfits or wanted is None:
        where, fault = " ".join(map(str, misfits[0].path)), misfits[0]
        message = _("the plan cannot be written: {where} {fault} — {advice}")
        raise SaveFailed(message.format(where=where, fault=fault.message, advice=fault.advice))
    return project if project == wanted else wanted


def _merged(body: str, had: Any, wanted: Any) -> str | None:
    try:
        return merge(body, had, wanted)
    except Unmergeable:
        return None


_last: tuple[tuple[str, Project], ...] = ()
"""The last two texts that were read back, the latest first, each with the very plan that it was made of."""


def _known(previous: str) -> tuple[Project, int]:
    """The plan in ``previous`` and the number of its schema. Raises ValueError when it is none.

    After a save it is the plan that was saved, not its twin: so the next one tells what is new by a glance at each row.
    """
    plan = next((plan for text, plan in _last if text == previous), None)
    return said(previous) if plan is None else (plan, SCHEMA)


def _holds(text: str, project: Project) -> bool:
    """Whether ``text`` reads back as ``project``."""
    global _last
    try:
        holds = said_by(loads(text.removeprefix(BOM))) == (project, SCHEMA)
    except ValueError:
        return False
    if holds:
        _last = ((text, project), *_last[:1])
    return holds


def _sure(text: str, project: Project) -> str:
    """``text`` if it reads back as ``project``. Raises SaveFailed."""
    if not _holds(text, project):
        raise SaveFailed(_("the plan would not be read back as it is — nothing was written; please report it"))
    return text


def _kept(path: Path, data: bytes | None) -> tuple[str, ...]:
    """Keep ``data``, which stands in the file, as a backup; what to say when that is not possible.

    Raises SaveFailed when it is of an earlier schema: nobody else may be able to go back to that.
    """
    from planner.store.backups import keep_bytes

    if data is None:
        return ()
    label = _label(data)
    try:
        keep_bytes(path, data, label)
    except OSError as error:
        why = error.strerror or str(error)
        if label:
            message = _(
                "{path} is of an earlier planner, and cannot be kept as it is ({reason}) — save under a new name"
            )
            raise SaveFailed(message.format(path=one_line(str(path)), reason=why)) from error
        message = _("no backup of {path} as it was could be kept ({reason}) — make room, or ask for permission")
        return (message.format(path=one_line(str(path)), reason=why),)
    return ()


def _label(data: bytes) -> str:
    """The label of a backup: ``schema-1`` for a plan of schema 1, nothing for one of the present schema or none."""
    try:
        schema = _known(data.decode())[1]
    except (ValueError, RecursionError):
        return ""
    return "" if schema == SCHEMA else f"schema-{schema}"


def _standing(target: Path) -> bytes | None:
    """What the file holds that is written over whatever it is; None when there is none, or none to be read."""
    from planner.store.backups import standing

    return standing(target) if target.is_file() else None


def _unchanged(path: Path, previous: str | None) -> Stamp | None:
    """The stamp of the file, which still holds ``previous``; None when there is none and that is None.

    Raises ChangedOnDisk when it is otherwise.
    """
    if not os.path.lexists(path):
        if previous is not None:
            message = _("{path} is gone — save under a new name, or overwrite")
            raise ChangedOnDisk(message.format(path=one_line(str(path))), "gone")
        return None
    if previous is None:
        raise _exists(path)
    stands = stamp(path)
    try:
        now = read_text(path)
    except PlanUnreadable as error:
        raise ChangedOnDisk(str(error), "changed") from None
    if now != previous:
        raise _changed(path)
    return stands


def _changed(path: Path) -> ChangedOnDisk:
    message = _("{path} was changed by somebody else since it was opened — save under a new name, or reload")
    return ChangedOnDisk(message.format(path=one_line(str(path))), "changed")


def _exists(path: Path) -> ChangedOnDisk:
    message = _("{path} exists already — choose another name")
    return ChangedOnDisk(message.format(path=one_line(str(path))), "exists")
