"""Reading plan files. A good file is opened quickly: what words the faults of a bad one is imported when needed."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from planner.model.decode import decode
from planner.model.project import Project
from planner.model.rules import problems
from planner.store.fault import Fault, PlanUnreadable
from planner.store.upgrade import upgraded
from planner.text.i18n import _

__all__ = ["BOM", "LARGEST", "Fault", "Loaded", "PlanUnreadable", "load", "parse", "read_text"]

LARGEST = 16_000_000
"""Bytes of the largest file that is read. A plan of a thousand work packages has less than half a million."""

BOM = "\ufeff"
"""The mark that some editors put before a text; it is kept, and no part of the plan."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan as opened: the project, the text of its file (which a later save needs), and where it stands."""

    project: Project
    text: str
    path: Path


def load(path: Path, processes: Collection[str] | None = None) -> Loaded:
    """The plan in the file ``path``.

    ``processes`` are the ids of the processes that the catalogue has; without them any process is taken.
    Raises PlanUnreadable with every fault of the file.
    """
    text = read_text(path)
    return Loaded(parse(text, str(path), processes), text, path)


def parse(text: str, name: str, processes: Collection[str] | None = None) -> Project:
    """The plan that ``text`` holds; ``name`` is what faults call it. Raises PlanUnreadable with every fault."""
    body = text.removeprefix(BOM)
    try:
        data = tomllib.loads(body)
        project, misfits = decode(Project, upgraded(data))
    except (ValueError, RecursionError):
        project, misfits, data = None, [], {}
    if project is None or misfits or data.get("schema") is None or problems(project, processes):
        from planner.store.explain import explain

        raise PlanUnreadable(explain(body, name, processes))
    return project


def read_text(path: Path) -> str:
    """The text of a plan file with its line breaks as they are.

    Raises PlanUnreadable when there is no such file, when it may not be read, or when it is too large or no text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise _unreadable(path, _("there is no such file"), _("check the name")) from None
    except IsADirectoryError:
        raise _unreadable(path, _("this is a folder"), _("name a plan file in it")) from None
    except PermissionError:
        raise _unreadable(path, _("you may not read this file"), _("ask its owner for permission")) from None
    except OSError as error:
        reason = error.strerror or str(error)
        message = _("the file cannot be read: {reason}").format(reason=reason)
        raise _unreadable(path, message, _("try again, or choose another file")) from None
    if len(data) > LARGEST:
        size = _("the file is larger than {n} MB, which no plan is").format(n=LARGEST // 1_000_000)
        raise _unreadable(path, size, _("choose a plan file"))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        where = data.count(b"\n", 0, error.start) + 1
        advice = _("save it as UTF-8, or choose a plan file")
        raise _unreadable(path, _("this is not text in UTF-8"), advice, where) from None
    if "\0" in text:
        where = text.count("\n", 0, text.index("\0")) + 1
        raise _unreadable(path, _("this is not a text file"), _("choose a plan file"), where)
    return text


def _unreadable(path: Path, message: str, advice: str, line: int = 1) -> PlanUnreadable:
    return PlanUnreadable((Fault(str(path), line, message, advice),))
