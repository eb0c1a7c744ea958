"""The health of the plans in a folder as far as their files tell: what opens, what was left behind, what waits.

Nothing is changed by looking; :func:`tidied` removes only what nobody can need any more.
"""

import os
import re
import stat
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from planner.model.project import SCHEMA, Project
from planner.store.backups import Backup, backups
from planner.store.beside import FOLDER
from planner.store.disk import leftovers
from planner.store.fault import Fault, PlanUnreadable
from planner.store.journals import Left, left
from planner.store.listing import header
from planner.store.load import BOM, Loaded, load
from planner.store.lock import Holder, Lock, holder
from planner.store.remarks import reviews_of

JUST_NOW = 600.0
"""Seconds for which a temporary file may be of a save under way."""

_COMPANION = re.compile(
    r"(?P<plan>.+\.toml)\.(?:[^.]+\.)?(?P<kind>journal|discarded|lock|backups)(?:\.[^.]+)*", re.DOTALL
)
_VERSION = re.compile(r"^[ \t]*schema[ \t]*=[ \t]*([0-9]{1,4})[ \t]*(?:#.*)?$", re.MULTILINE)

Place = Literal["here", "elsewhere", "nowhere", "no file"]
"""Where the name of a plan leads: an ordinary file of this folder, one outside it, nothing, or a pipe or the like."""


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of one plan. ``project`` is None where it cannot be opened, and ``faults`` say why.

    ``version`` is the schema it is written in. ``left`` is what ended sessions did not save. ``holder`` has the plan
    open or has left a lock. ``reviews`` are the files with remarks on it. ``twins`` are other plans here whose
    names differ from its own only in case.
    """

    path: Path
    place: Place = "here"
    project: Project | None = None
    faults: tuple[Fault, ...] = ()
    version: int = SCHEMA
    left: tuple[Left, ...] = ()
    holder: Holder | None = None
    backups: tuple[Backup, ...] = ()
    reviews: tuple[Path, ...] = ()
    twins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leavings:
    """What lies about in a folder: ``temporaries`` of saves that were killed, and ``orphans``, what the planner keeps
    for plans that are gone, by the plan's name.
    """

    temporaries: tuple[Path, ...] = ()
    orphans: tuple[tuple[str, tuple[Path, ...]], ...] = ()


def examine(where: Path, reviews: Path | None = None, processes: Collection[str] | None = None) -> tuple[Health, ...]:
    """The health of every plan in the folder ``where``, by name; or of the one plan, if ``where`` is a file.

    Remarks are looked for beside the plans and in ``reviews``. ``processes`` as in ``planner.store.load``.
    Raises OSError when the folder cannot be read.
    """
    folder = where if where.is_dir() else where.parent
    names = sorted((path.name for path in folder.iterdir()), key=lambda name: (name.casefold(), name))
    plans = [name for name in names if name.endswith(".toml") and not name.startswith(".")]
    remarks = [folder / name for name in plans if ".review-" in name]
    if reviews is not None and reviews.is_dir():
        remarks += sorted(path for path in reviews.iterdir() if path.suffix == ".toml" and ".review-" in path.name)
    alike: dict[str, list[str]] = {}
    for name in plans:
        alike.setdefault(name.casefold(), []).append(name)
    wanted = [folder / name for name in plans] if where == folder else [where]
    found = []
    for path in wanted:
        place = _place(path, folder)
        if where != folder or place != "here" or _was_a_plan(path):
            twins = tuple(name for name in alike.get(path.name.casefold(), ()) if name != path.name)
            found.append(_health(path, place, _of(path, remarks), twins, processes))
    return tuple(found)


def leavings(folder: Path) -> Leavings:
    """What lies about in ``folder`` and in what the planner keeps beside its plans. Raises OSError."""
    beside = folder / FOLDER
    now = datetime.now(UTC).timestamp()
    looked = [folder, *([beside] if beside.is_dir() and not beside.is_symlink() else [])]
    old = [path for each in looked for path in leftovers(each) if now - path.lstat().st_mtime > JUST_NOW]
    orphans: dict[str, list[Path]] = {}
    for path in sorted(looked[1].iterdir()) if looked[1:] else ():
        if (of := _COMPANION.fullmatch(path.name)) and not os.path.lexists(folder / of["plan"]):
            orphans.setdefault(of["plan"], []).append(path)
    return Leavings(tuple(old), tuple((plan, tuple(paths)) for plan, paths in orphans.items()))


def tidied(found: Iterable[Health], around: Leavings) -> tuple[Path, ...]:
    """Remove the temporary files, and the locks of sessions that have ended for certain; what was removed.

    Raises OSError.
    """
    gone = []
    for path in around.temporaries:
        path.unlink()
        gone.append(path)
    for health in found:
        if health.holder is not None and health.holder.ended:
            taken = Lock.take(health.path)
            if isinstance(taken, Lock):
                taken.release()
                if taken.file is not None:
                    gone.append(taken.file)
    return tuple(gone)


def _health(
    path: Path, place: Place, reviews: tuple[Path, ...], twins: tuple[str, ...], processes: Collection[str] | None
) -> Health:
    if place in ("nowhere", "no file"):
        return Health(path, place, twins=twins)
    opened: Loaded | None = None
    faults: tuple[Fault, ...] = ()
    try:
        opened = load(path, processes)
    except PlanUnreadable as unreadable:
        faults = unreadable.faults
    return Health(
        path,
        place,
        opened.project if opened else None,
        faults,
        _version(opened.text) if opened else SCHEMA,
        left=left(path),
        holder=holder(path),
        backups=backups(path),
        reviews=reviews,
        twins=twins,
    )


def _place(path: Path, folder: Path) -> Place:
    """Where ``path`` leads."""
    try:
        ordinary = stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return "nowhere" if path.is_symlink() else "here"
    if not ordinary:
        return "no file"
    inside = os.path.realpath(path).startswith(os.path.realpath(folder) + os.sep)
    return "here" if inside else "elsewhere"


def _was_a_plan(path: Path) -> bool:
    """Whether the file looks like a plan; or is empty, or has backups, so that it surely was one."""
    return header(path) is not None or not path.stat().st_size or bool(backups(path))


def _of(path: Path, remarks: Iterable[Path]) -> tuple[Path, ...]:
    start = reviews_of(path)
    return tuple(each for each in remarks if each.name.startswith(start))


def _version(text: str) -> int:
    """The schema that a plan which opens is written in."""
    found = _VERSION.search(text.removeprefix(BOM))
    return int(found[1]) if found else SCHEMA
