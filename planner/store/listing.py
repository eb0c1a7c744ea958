"""The plan files of a folder, and what a list shows of each."""

import re
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

_SCHEMA = re.compile(rb"^(?:\xef\xbb\xbf)?[ \t]*schema[ \t]*=", re.MULTILINE)
_ENGAGEMENT = re.compile(rb"^[ \t]*(?:\[[ \t]*engagement\b|engagement[ \t]*[.=])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Summary:
    """A plan file in a list: when it was saved last, and its project, or what is wrong with it."""

    path: Path
    saved: datetime | None
    project: Project | None
    faults: tuple[Fault, ...] = ()


def listing(folder: Path) -> tuple[Path, ...]:
    """The plan files in ``folder`` by name: TOML files that look like a plan, whether they can be opened or not.

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
    files = [path for path in names if path.is_file() and _is_plan(path)]
    return tuple(sorted(files, key=lambda path: (path.name.casefold(), path.name)))


def summary(path: Path, processes: Collection[str] | None = None) -> Summary:
    """What a list shows of the plan file ``path``. Never raises: a bad file has faults instead of a project.

    ``processes`` as in ``planner.store.load``.
    """
    try:
        saved = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        saved = None
    try:
        return Summary(path, saved, load(path, processes).project)
    except PlanUnreadable as error:
        return Summary(path, saved, None, error.faults)


def _is_plan(path: Path) -> bool:
    """Whether a file looks like a plan; one that cannot be read is listed, so that its owner learns why."""
    try:
        with path.open("rb") as file:
            start = file.read(_GLANCE)
    except OSError:
        return True
    return bool(_SCHEMA.search(start) and _ENGAGEMENT.search(start))
