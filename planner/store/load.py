"""Reading plan files. A good file is opened quickly: what words the faults of a bad one is imported when needed."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from planner.model.decode import decode
from planner.model.project import Project
from planner.model.rules import problems
from planner.store.fault import Fault, PlanUnreadable
from planner.store.uncollected import uncollected
from planner.store.upgrade import upgraded
from planner.text.file import NoFile, contents
from planner.text.i18n import _
from planner.text.toml import LARGEST, loads

__all__ = ["BOM", "LARGEST", "Fault", "Loaded", "PlanUnreadable", "load", "parse", "read_text", "said"]

BOM = "\ufeff"
"""The mark that some editors put before a text; it is kept, and no part of the plan."""


class NoPlan(ValueError):
    """A text is no plan; ``data`` are its tables, None where it is not TOML."""

    def __init__(self, data: dict[str, Any] | None = None) -> None:
        super().__init__("the text is not a plan")
        self.data = data


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
    data: dict[str, Any] | None = None
    with uncollected():
        try:
            project, _schema = said(text)
            if not problems(project, processes):
                return project
        except NoPlan as wrong:
            data = wrong.data
        from planner.store.explain import explain

        raise PlanUnreadable(explain(text.removeprefix(BOM), name, processes, data))


def said(text: str) -> tuple[Project, int]:
    """The plan that ``text`` holds, of whatever schema, and the number of that; rules between tables are not judged.

    The last two are remembered: a save asks again for what was opened, or written by the save before.
    Raises NoPlan when it is none.
    """
    return _said(str(text))  # what a save gives back is a str of its own kind, which the memory would not know again


@lru_cache(maxsize=2)
def _said(text: str) -> tuple[Project, int]:
    try:
        data = loads(text.removeprefix(BOM))
    except ValueError:
        raise NoPlan from None
    return said_by(data)


def said_by(data: dict[str, Any]) -> tuple[Project, int]:
    """The same of the tables of a text. Raises NoPlan."""
    project, misfits = decode(Project, upgraded(data))
    if project is None or misfits or data.get("schema") is None:
        raise NoPlan(data)
    return project, data["schema"]


def read_text(path: Path) -> str:
    """The text of a plan file with its line breaks as they are.

    Raises PlanUnreadable when there is no such file, when it may not be read, or when it is too large or no text.
    """
    try:
        data = contents(path, LARGEST + 1)
    except FileNotFoundError:
        raise _unreadable(path, _("there is no such file"), _("check the name")) from None
    except IsADirectoryError:
        raise _unreadable(path, _("this is a folder"), _("name a plan file in it")) from None
    except NoFile:
        raise _unreadable(path, _("this is no ordinary file"), _("choose a plan file")) from None
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
