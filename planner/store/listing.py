"""The plan files of a folder, and what a list shows of each."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from planner.model.project import Project
from planner.store.fault import Fault, PlanUnreadable
from planner.store.load import load
from planner.text.i18n import _

_GLANCE = 65_536
"""Bytes at the beginning of a file in which a plan shows itself."""

_HEAD = 4_096
"""Bytes at the beginning in which nearly every plan does so: no more is read of it."""

_SCHEMA = re.compile(rb"^(?:\xef\xbb\xbf)?[ \t]*schema[ \t]*=", re.MULTILINE)
_ENGAGEMENT = re.compile(rb"^[ \t]*(?:\[[ \t]*engagement\b|engagement[ \t]*[.=])", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[[ \t]*engagement[ \t]*\][^\n]*\n(.*?)(?=^[ \t]*\[|\Z)", re.MULTILINE | re.DOTALL)
_TITLES = re.compile(r"""^[ \t]*(?:name|client)[ \t]*=[ \t]*(?:"(?!"")|'(?!'')).*$""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what a file is known to be the same as before: when it was written (nanoseconds) and its bytes."""

    written: int
    size: int

    @property
    def saved(self) -> datetime:
        """When the file was written."""
        return datetime.fromtimestamp(self.written / 1e9, UTC)


@dataclass(frozen=True, slots=True)
class Header:
    """What the beginning of a plan file says; name and client are empty where it does not say them plainly.

    ``stamp`` is None where the file may not be looked at.
    """

    path: Path
    stamp: Stamp | None
    name: str = ""
    client: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A plan file in a list: when it was saved last, and its project, or what is wrong with it."""

    path: Path
    saved: datetime | None
    project: Project | None
    faults: tuple[Fault, ...] = ()


def headers(folder: Path) -> tuple[Header, ...]:
    """The plan files in ``folder`` by name: TOML files that look like a plan, whether they can be opened or not.

    Only their beginnings are read, which takes some hundredths of a second for hundreds of files.
    No file when there is no such folder; hidden files are left out. Raises PlanUnreadable when the folder may not
    be read.
    """
    try:
        names = [path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith(".")]
    except FileNotFoundError:
        return ()
    except OSError as error:
        reason = error.strerror or str(error)
        message = _("the folder cannot be read: {reason}").format(reason=reason)
        raise PlanUnreadable((Fault(str(folder), 1, message, _("choose another folder")),)) from None
    found = [one for path in names if path.is_file() and (one := header(path)) is not None]
    return tuple(sorted(found, key=lambda one: (one.path.name.casefold(), one.path.name)))


def listing(folder: Path) -> tuple[Path, ...]:
    """The paths of :func:`headers`."""
    return tuple(header.path for header in headers(folder))


def summary(path: Path, processes: Collection[str] | None = None) -> Summary:
    """What a list shows of the plan file ``path``. Never raises: a bad file has faults instead of a project.

    ``processes`` as in ``planner.store.load``.
    """
    stamp = stamp_of(path)
    saved = stamp.saved if stamp else None
    try:
        return Summary(path, saved, load(path, processes).project)
    except PlanUnreadable as error:
        return Summary(path, saved, None, error.faults)


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of the file now; None when there is none to look at."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Stamp(status.st_mtime_ns, status.st_size)


def header(path: Path) -> Header | None:
    """What ``path`` says of itself, or None if it is no plan; one that cannot be read is listed, so that its owner
    learns why.
    """
    stamp = stamp_of(path)
    try:
        with path.open("rb") as file:
            start = file.read(_HEAD)
            if not _is_plan(start) and len(start) == _HEAD:
                start += file.read(_GLANCE - _HEAD)
    except OSError:
        return Header(path, stamp)
    if not _is_plan(start):
        return None
    told = _titles(start.decode(errors="ignore"))
    return Header(path, stamp, told.get("name", ""), told.get("client", ""))


def _is_plan(start: bytes) -> bool:
    return bool(_SCHEMA.search(start) and _ENGAGEMENT.search(start))


def _titles(start: str) -> dict[str, str]:
    """Name and client where they are written as the planner writes them, each on a line of its own."""
    table = _TABLE.search(start.replace("\r\n", "\n"))
    told: dict[str, str] = {}
    for line in _TITLES.findall(table[1]) if table else ():
        try:
            told |= tomllib.loads(line)
        except tomllib.TOMLDecodeError:
            continue
    return told
