"""Plan files as things on a shelf: copied, renamed, put away and brought back; never overwritten, never deleted.

Each act answers the steps it took; :func:`take_back` reverses steps, and answers those that it took itself, so that
taking them back in turn is doing it again.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from planner.model.project import Project
from planner.store.beside import companions, home
from planner.store.beside import following as companion_of
from planner.store.kept import ARCHIVE, BIN
from planner.store.load import PlanUnreadable, read_text
from planner.store.save import ChangedOnDisk, SaveFailed, dumps, save, write_file
from planner.text.clean import clean, one_line
from planner.text.i18n import _

LONGEST = 200
"""Bytes of the longest file name that is taken; systems allow 255, and journals have longer names."""

_RESERVED = frozenset('/\\:*?"<>|')


class ShelfFault(Exception):
    """It could not be done, and nothing was changed. The text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A file went from ``source`` to ``target``."""

    source: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Made:
    """A file came to be."""

    path: Path


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file holds another text."""

    path: Path
    before: str
    after: str


Step = Moved | Made | Rewritten
Steps = tuple[Step, ...]


def file_name(text: str) -> str:
    """The plain name of a plan file that a person typed, with ``.toml``. Raises ShelfFault saying what to type."""
    name = text.strip()
    if not name:
        raise ShelfFault(_("write a file name"))
    name = name if name.endswith(".toml") else f"{name}.toml"
    if set(name) & _RESERVED or clean(name) != name or "\n" in name or "\t" in name:
        raise ShelfFault(_('a file name has no / \\ : * ? " < > | in it: the plan stays in its folder'))
    if name.startswith("."):
        raise ShelfFault(_("a file name does not begin with a dot: such files are not listed"))
    if len(name.encode()) > LONGEST:
        raise ShelfFault(_("the file name is too long"))
    return name


def free_name(path: Path) -> Path:
    """``path``, or where that is taken the next name that is not: ``NAME-2.toml``.

    A name is taken too when a plan that has gone has left backups or a journal under it.
    """
    number, free = 1, path
    while os.path.lexists(free) or companions(free):
        number += 1
        free = path.with_name(f"{path.stem}-{number}.toml")
    return free


def copy(project: Project, path: Path, previous: str | None = None) -> Steps:
    """Write ``project`` as the new file ``path``, with the comments and layout of ``previous``. Raises ShelfFault."""
    try:
        text = dumps(project, previous)
    except SaveFailed:  # a layout that cannot be kept stays in the file that was copied
        text = dumps(project)
    _reserve(path)
    try:
        write_file(path, text)
    except SaveFailed as error:
        path.unlink()
        raise ShelfFault(str(error)) from None
    return (Made(path),)


def rename(path: Path, name: str) -> Steps:
    """Give the file ``path`` the plain name ``name`` in the same folder, and what belongs to it. Raises ShelfFault."""
    return _moved(path, path.with_name(file_name(name)))


def rewrite(path: Path, project: Project, previous: str) -> Steps:
    """Let the file ``path``, which holds ``previous``, hold ``project``; its comments stay. Raises ShelfFault."""
    try:
        return (Rewritten(path, previous, save(project, path, previous)),)
    except (ChangedOnDisk, SaveFailed) as error:
        raise ShelfFault(str(error)) from None


def put_into(path: Path, folder: Path) -> Steps:
    """Move the plan ``path``, its journal and its backups into ``folder`` (ARCHIVE, BIN or the folder of plans).

    A name that is taken there gets a number. Raises ShelfFault for a link, whose file is kept elsewhere, and where
    ``folder`` itself is a link.
    """
    if path.is_symlink():
        raise ShelfFault(_("{file} is a link to a plan elsewhere: move that one").format(file=_told(path)))
    if folder.name in (ARCHIVE, BIN) and folder.is_symlink():
        raise ShelfFault(_("{folder} is a link: make a folder of it first").format(folder=_told(folder)))
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ShelfFault(
            _("{folder} cannot be made: {reason}").format(folder=_told(folder), reason=error.strerror)
        ) from None
    return _moved(path, free_name(folder / path.name))


def put_all_into(paths: Sequence[Path], folder: Path) -> Steps:
    """:func:`put_into` for several plans: all of them or none. Raises ShelfFault."""
    done: Steps = ()
    for path in paths:
        try:
            done += put_into(path, folder)
        except ShelfFault:
            take_back(done, folder)
            raise
    return done


def take_back(steps: Steps, home: Path) -> Steps:
    """Reverse ``steps``; what was made goes to the bin of the folder ``home``. The steps that this took.

    Raises ShelfFault, with nothing changed, when files have changed so that it cannot be done.
    """
    done: list[Step] = []
    try:
        for step in reversed(steps):
            done += _reversed(step, home)
    except ShelfFault:
        for step in reversed(done):
            with suppress(ShelfFault):
                _reversed(step, home)
        raise
    return tuple(done)


def _reversed(step: Step, home: Path) -> Steps:
    match step:
        case Moved(source, target):
            return (_move(target, source),)
        case Made(path):
            return put_into(path, home / BIN)
        case Rewritten(path, before, after):
            try:
                now = read_text(path)
                if now != after:
                    raise ShelfFault(_("{file} was changed since").format(file=_told(path)))
                write_file(path, before, follow=True)
            except (PlanUnreadable, SaveFailed) as error:
                raise ShelfFault(str(error)) from None
            return (Rewritten(path, after, before),)


def _moved(path: Path, target: Path) -> Steps:
    """Move a plan and what belongs to it: all of it or nothing. Nobody may have it open."""
    from planner.store.lock import holder

    held = holder(path)
    if held is not None and held.alive:
        raise ShelfFault(_("{who} — close it there first").format(who=held.told()))
    if companions(target):
        message = _("an earlier plan {file} has left backups or edits: choose another name")
        raise ShelfFault(message.format(file=_told(target)))
    pairs = [(path, target)]
    if beside := companions(path):
        _made_for(target)
        pairs += [(file, companion_of(file, path, target)) for file in beside]
    done: list[Moved] = []
    try:
        for source, goal in pairs:
            done.append(_move(source, goal))
    except ShelfFault:
        for moved in reversed(done):
            with suppress(ShelfFault):
                _move(moved.target, moved.source)
        raise
    return tuple(done)


def _made_for(plan: Path) -> None:
    """Make the folder of the companions of ``plan``."""
    try:
        home(plan, make=True)
    except OSError as error:
        message = _("backups and edits cannot go with {file}: {reason}")
        raise ShelfFault(message.format(file=_told(plan), reason=error.strerror)) from None


def _move(source: Path, target: Path) -> Moved:
    """Move one file, a link as a link, to a name that is free."""
    if not os.path.lexists(source):
        raise ShelfFault(_("{file} is gone").format(file=_told(source)))
    folder = source.is_dir() and not source.is_symlink()
    _reserve(target, folder)
    try:
        source.replace(target)
    except OSError as error:
        target.rmdir() if folder else target.unlink()
        raise ShelfFault(
            _("{file} cannot be moved: {reason}").format(file=_told(source), reason=error.strerror)
        ) from None
    return Moved(source, target)


def _reserve(path: Path, folder: bool = False) -> None:
    """Make ``path`` an empty file (or folder) of ours, so that what somebody else puts there is never overwritten."""
    try:
        if folder:
            path.mkdir()
        else:
            with path.open("xb"):
                pass
    except FileExistsError:
        raise ShelfFault(_("{file} exists already: choose another name").format(file=_told(path))) from None
    except OSError as error:
        raise ShelfFault(
            _("{file} cannot be written: {reason}").format(file=_told(path), reason=error.strerror)
        ) from None


def _told(path: Path) -> str:
    return one_line(path.name)
