"""Every fault of a plan file, in words and with its line. Used only once a file is known to be bad.

The file is judged in three steps: as TOML, value by value, and by the rules between values. So that a fault of one
step does not hide those of the next, and is not told again by them, what cannot be read is replaced by something
that offends no rule, and what the rules say about such a place is dropped.
"""

import copy
from collections.abc import Collection, Iterator
from dataclasses import fields
from typing import Any, get_args

from planner.model.decode import decode
from planner.model.project import SCHEMA, Project
from planner.model.rules import Path, Problem, closest, problems
from planner.model.values import DIMENSIONS, HIGHEST, LOWEST, Day, WorkingDays
from planner.store.fault import Fault
from planner.store.syntax import UNREADABLE, Flaw, mend
from planner.text.i18n import _

_EARLIEST, _LATEST = get_args(Day)[1].ge, get_args(Day)[2].le
_LONGEST = get_args(WorkingDays)[2].le
_PLENTY = 10**8

_NAMES = {"left_out": "package", "dependencies": "item", "pins": "item"}
"""The key that says which of the tables of a list one is, where that is not ``id``."""

_ROWS: dict[str, dict[str, Any]] = {
    "roles": {"id": UNREADABLE, "name": "?", "fte": _PLENTY},
    "processes": {
        "id": UNREADABLE,
        "name": "?",
        "baseline": dict.fromkeys(DIMENSIONS, LOWEST),
        "target": dict.fromkeys(DIMENSIONS, HIGHEST),
    },
    "phases": {"id": UNREADABLE, "name": "?"},
    "packages": {"id": UNREADABLE, "name": "?", "workstream": "people", "days": [_LONGEST] * 3},
    "dependencies": {"item": UNREADABLE, "needs": UNREADABLE},
    "pins": {"item": UNREADABLE, "phase": UNREADABLE, "not_before": _EARLIEST, "deadline": _LATEST},
    "left_out": {"package": UNREADABLE},
}
"""What keeps a table readable when one of its keys is not, without breaking a rule elsewhere."""

_REFERRED = ("roles", "processes", "phases", "packages")
"""Lists that other tables refer to: when one cannot be read as a whole, no reference can be judged."""

_ENGAGEMENT = {"name": "?", "start": _EARLIEST}
_PERIOD = {"first": _EARLIEST, "last": _EARLIEST}
_PLACEMENT = {"phase": UNREADABLE, "start": _EARLIEST, "finish": _LATEST}


def explain(text: str, name: str, processes: Collection[str] | None = None) -> tuple[Fault, ...]:
    """What is wrong with the plan ``text`` of the file ``name``, in the order of its lines."""
    mended = mend(text, _ROWS)
    tables = mended.scan.root.children
    if "schema" not in tables and "engagement" not in tables:
        return (_no_plan(name, mended.flaws),)
    faults = [Fault(name, flaw.line, flaw.message, flaw.advice) for flaw in mended.flaws]
    data = mended.data
    if data is None:
        more = Fault(name, faults[-1].line, _("more faults may follow"), _("correct these first"))
        return (*sorted(faults, key=lambda fault: fault.line), more)
    version = data.get("schema", SCHEMA)
    line = mended.scan.line(mended.scan.find(("schema",)).at)
    if type(version) is int and version != SCHEMA:
        return (_other_version(name, line, version),)
    if "schema" not in data:
        faults.append(Fault(name, 1, _("schema is missing"), _("begin the file with schema = 1")))
    told = set(_take_out_marks(data, ()))
    if type(version) is not int and ("schema",) not in told:
        faults.append(Fault(name, line, _("schema must be a number, not text or anything else"), _("write schema = 1")))
        told.add(("schema",))
    _none, found = decode(Project, data)
    misfits = [problem for problem in found if not _within(problem.path, told) and not _mistyped(problem, found, data)]
    told |= {problem.path for problem in found}
    judged = copy.deepcopy(data)
    for number, problem in enumerate(found):
        _make_plausible(judged, problem.path, number)
    added = _mistyped_headings(judged)
    project, _rest = decode(Project, judged)
    lost = any(path[0] in _REFERRED and len(path) == 1 and path[0] in data for path in told)
    broken = [] if lost or project is None else problems(project, processes)
    broken = [problem for problem in broken if problem.path[:2] not in added]
    worded = [(problem.path, _sentence(problem, data), problem.advice) for problem in misfits]
    worded += [(p.path, p.message, p.advice) for p in broken if not _within(p.path, told)]
    for path, message, advice in worded:
        faults.append(Fault(name, mended.scan.line(mended.scan.find(path).at), message, advice))
    return tuple(dict.fromkeys(sorted(faults, key=lambda fault: fault.line)))


def _no_plan(name: str, flaws: list[Flaw]) -> Fault:
    advice = _("choose a plan file, or make one with: planner new")
    if not flaws:
        return Fault(name, 1, _("this is not a plan file: it has neither schema nor [engagement]"), advice)
    return Fault(name, flaws[0].line, _("this is not a plan file: {fault}").format(fault=flaws[0].message), advice)


def _other_version(name: str, line: int, version: int) -> Fault:
    known = _("this planner reads schema {known}").format(known=SCHEMA)
    if version > SCHEMA:
        message = _("the file was written by a newer planner (schema {version}); {known}")
        return Fault(name, line, message.format(version=version, known=known), _("update the planner"))
    message = _("no planner has ever written schema {version}; {known}")
    return Fault(name, line, message.format(version=version, known=known), _("write schema = 1"))


def _take_out_marks(data: Any, path: Path) -> Iterator[Path]:
    """Where values stand that were not TOML; each becomes plain text, as it may have been meant."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in list(items):
        if isinstance(value, str) and value.startswith(UNREADABLE):
            data[key] = value.removeprefix(UNREADABLE)
            yield (*path, key)
        else:
            yield from _take_out_marks(value, (*path, key))


def _within(path: Path, told: set[Path]) -> bool:
    """Whether a fault at ``path`` or at something around it has been told."""
    return any(path[:length] in told for length in range(1, len(path) + 1))


def _mistyped(problem: Problem, found: list[Problem], data: dict[str, Any]) -> bool:
    """Whether a key is only missing because it was mistyped, which is a fault of its own."""
    *above, key = problem.path
    table: Any = data
    for part in above:
        table = table[part]
    if not isinstance(key, str) or key in table:
        return False
    beside = (other.path[-1] for other in found if other.path[:-1] == problem.path[:-1])
    return any(isinstance(other, str) and other in table and closest(other, [key]) for other in beside)


def _mistyped_headings(data: dict[str, Any]) -> set[Path]:
    """Add the tables under a mistyped heading to those they belong to, and say where they are now.

    So what refers to them is no fault; nor is what the rules say about them, as long as the heading is.
    """
    added: set[Path] = set()
    for key in data.keys() - {field.name for field in fields(Project)}:
        table = closest(key, _ROWS)
        if table and isinstance(data[key], list) and isinstance(data.get(table, []), list):
            rows = data.setdefault(table, [])
            added |= {(table, index) for index in range(len(rows), len(rows) + len(data[key]))}
            rows += data[key]
    return added


def _make_plausible(data: dict[str, Any], path: Path, number: int) -> None:
    """Put a value that offends no rule where the one at ``path`` is missing or cannot be read."""
    where, value = _plausible(path)
    if not where:
        return
    holder: Any = data
    for key in where[:-1]:
        holder = holder[key]
    if value == UNREADABLE:
        value += str(number)
    elif isinstance(value, dict):
        value = {key: f"{UNREADABLE}{number}" if item == UNREADABLE else item for key, item in value.items()}
    holder[where[-1]] = value


def _plausible(path: Path) -> tuple[Path, Any]:
    """Where above ``path`` (or at it) to put what; nowhere when the plan can be read without."""
    match path:
        case ("engagement",):
            return path, _ENGAGEMENT
        case ("engagement", str(key), *_rest) if key in _ENGAGEMENT:
            return path[:2], _ENGAGEMENT[key]
        case ("calendar", "holidays" | "blackouts", int(), *_rest):
            return path[:3], _PERIOD
        case ("roadmap", "packages", str()):
            return path, _PLACEMENT
        case ("roadmap", "packages", str(), str(key), *_rest) if key in _PLACEMENT:
            return path[:4], _PLACEMENT[key]
        case ("roles", int(), "changes", *_rest):
            return (*path[:2], "fte"), _PLENTY
        case ("processes", int(), "baseline" | "target" as key, str(dimension), *_rest) if dimension in DIMENSIONS:
            return path[:4], _ROWS["processes"][key][dimension]
        case (str(table), int()) if table in _ROWS:
            return path, _ROWS[table]
        case (str(table), int(), str(key), *_rest) if key in _ROWS.get(table, {}):
            return path[:3], _ROWS[table][key]
    return (), None


def _sentence(problem: Problem, data: dict[str, Any]) -> str:
    """A message of ``decode`` with the name of the value before it: ``packages "x": days must be ...``."""
    match problem.path:
        case (str(table), int(index), *rest):
            where = _row(table, data[table][index], index)
        case ("roadmap", "packages", str(name), *rest):
            where = _('roadmap, package "{name}"').format(name=name)
        case (table, *rest):
            where = str(table)
    if not rest:
        return f"{where} {problem.message}"
    return f"{where}: {_place(rest)} {problem.message}"


def _place(path: list[str | int]) -> str:
    """A path inside a table, the last part first: ``effort of change-lead``, ``fte of number 2 of changes``."""
    what, inside = str(path[0]), False
    for key in path[1:]:
        if isinstance(key, int):
            what, inside = _("number {n} of {whole}").format(n=key + 1, whole=what), True
        else:
            part, whole = (key, what) if inside else (what, key)
            what, inside = _("{part} of {whole}").format(part=part, whole=whole), True
    return what


def _row(table: str, row: Any, index: int) -> str:
    ident = row.get(_NAMES.get(table, "id")) if isinstance(row, dict) else None
    if isinstance(ident, str) and ident:
        return f'{table} "{ident}"'
    return _("{table} number {n}").format(table=table, n=index + 1)
