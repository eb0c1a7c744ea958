"""Every fault of a plan file, in words and with its line. Used only once a file is known to be bad.

The file is judged in three steps: as TOML, value by value, and by the rules between values. So that a fault of one
step does not hide those of the next, and is not told again by them, what cannot be read is replaced by something
that offends no rule, and what the rules say about such a place is dropped.
"""

import copy
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from typing import Any

from planner.model.decode import MOST, decode
from planner.model.problem import Path, Problem, closest
from planner.model.project import SCHEMA, Project
from planner.model.rules import problems
from planner.model.told import place, sentence
from planner.store.fault import Fault
from planner.store.stand_ins import ROWS, dimensions_of, stand_in
from planner.store.syntax import UNREADABLE, Flaw, Mended, mend
from planner.store.upgrade import upgraded
from planner.text.i18n import _

_NAMES = {
    "certifications": "standard",
    "tracks": "track",
    "answer_sheets": "process assessor",
    "answers": "criterion",
    "progress": "package",
    "left_out": "package",
    "dependencies": "item",
    "pins": "item",
}
"""The keys that say which of the tables of a list one is, where that is not ``id``."""

_LARGEST_VERSION = 10**9
"""What is said of a schema number beyond all that can be written."""

_REFERRED = ("roles", "posts", "dimensions", "processes", "phases", "packages")
"""Lists that other tables refer to: when one cannot be read as a whole, no reference can be judged."""


def explain(
    text: str, name: str, processes: Collection[str] | None = None, tables: dict[str, Any] | None = None
) -> tuple[Fault, ...]:
    """What is wrong with the plan ``text`` of the file ``name``, in the order of its lines.

    ``tables`` is what ``text`` says, where it has been read already; it may be changed.
    """
    mended = mend(text, ROWS, tables)
    stands = mended.scan.root.children
    if "schema" not in stands and "engagement" not in stands:
        return (_no_plan(name, mended.flaws),)
    if "reviewer" in stands and "engagement" not in stands:
        review = _("this is a review, not a plan")
        return (Fault(name, 1, review, _("fold it into its plan: planner merge PLAN --review FILE")),)
    faults = [Fault(name, flaw.line, flaw.message, flaw.advice) for flaw in mended.flaws]
    data = mended.data
    if data is None:
        return _with_more(name, faults)
    version = data.get("schema", SCHEMA)
    line = mended.line(("schema",))
    if type(version) is int and not 1 <= version <= SCHEMA:
        return (_other_version(name, line, version),)
    if "schema" not in data:
        faults.append(Fault(name, 1, _("schema is missing"), _("begin the file with schema = {n}").format(n=SCHEMA)))
    told = set(_take_out_marks(data, ())) if mended.flaws else set()  # without flaws no mark is one of ours
    if type(version) is not int and ("schema",) not in told:
        faults.append(
            Fault(
                name,
                line,
                _("schema must be a number, not text or anything else"),
                _("write schema = {n}").format(n=SCHEMA),
            )
        )
        told.add(("schema",))
    data = dict(upgraded(data))
    _none, found = decode(Project, data)
    misfits = [problem for problem in found if not _within(problem.path, told) and not _mistyped(problem, found, data)]
    told |= {problem.path for problem in found}
    if len(found) >= MOST:  # nothing behind the last of them has been read, so the rules cannot be judged
        return _with_more(name, [*faults, *_placed(name, mended, misfits, data)])
    judged = copy.deepcopy(data)
    added = _mistyped_headings(judged)
    dimensions = dimensions_of(judged)
    for number, problem in enumerate(found):
        _make_plausible(judged, problem.path, number, dimensions)
    project, _rest = decode(Project, judged)
    lost = any(path[0] in _REFERRED and len(path) == 1 and path[0] in data for path in told)
    broken = [] if lost or project is None else problems(project, processes)
    many = len(broken) >= MOST
    broken = [problem for problem in broken if problem.path[:2] not in added]
    if any(path[:1] == ("dimensions",) and path[2:] in ((), ("id",)) for path in told):
        broken = [problem for problem in broken if not _about_dimensions(problem.path)]
    broken = [problem for problem in broken if not _missed_by_a_letter(problem.path, told, data)]
    faults += _placed(name, mended, misfits, data)
    for problem in broken:
        if not _within(problem.path, told):
            faults.append(Fault(name, mended.line(problem.path), problem.message, problem.advice))
    return _with_more(name, faults) if many and faults else _ordered(faults)


def _placed(name: str, mended: Mended, misfits: list[Problem], data: dict[str, Any]) -> Iterator[Fault]:
    """The misfits as faults, with their lines."""
    for problem in misfits:
        yield Fault(name, mended.line(problem.path), _sentence(problem, data), problem.advice)


def _ordered(faults: list[Fault]) -> tuple[Fault, ...]:
    """``faults`` in the order of the file, each once."""
    return tuple(dict.fromkeys(sorted(faults, key=lambda fault: fault.line)))


def _with_more(name: str, faults: list[Fault]) -> tuple[Fault, ...]:
    """``faults``, and that they are not all."""
    last = max(fault.line for fault in faults)
    return (*_ordered(faults), Fault(name, last, _("more faults may follow"), _("correct these first")))


def _no_plan(name: str, flaws: list[Flaw]) -> Fault:
    advice = _("choose a plan file, or make one with: planner new")
    if not flaws:
        return Fault(name, 1, _("this is not a plan file: it has neither schema nor [engagement]"), advice)
    return Fault(name, flaws[0].line, _("this is not a plan file: {fault}").format(fault=flaws[0].message), advice)


def _other_version(name: str, line: int, version: int) -> Fault:
    version = max(-1, min(version, _LARGEST_VERSION))
    known = _("this planner reads schema {known}").format(known=SCHEMA)
    if version > SCHEMA:
        message = _("the file was written by a newer planner (schema {version}); {known}")
        return Fault(name, line, message.format(version=version, known=known), _("update the planner"))
    message = _("no planner has ever written schema {version}; {known}")
    return Fault(name, line, message.format(version=version, known=known), _("write schema = {n}").format(n=SCHEMA))


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


def _missed_by_a_letter(path: Path, told: set[Path], data: dict[str, Any]) -> bool:
    """Whether a rule asks for a key of a table that is there, mistyped, which has been told."""
    *above, key = path
    table: Any = data
    for part in above:
        try:
            table = table[part]
        except (KeyError, IndexError):  # of rows that stand under a mistyped heading
            return False
    if not isinstance(key, str) or not isinstance(table, dict) or key in table:
        return False
    near = [other[-1] for other in told if other[:-1] == tuple(above)]
    return any(isinstance(other, str) and other in table and closest(other, [key]) for other in near)


def _mistyped_headings(data: dict[str, Any]) -> set[Path]:
    """Add the tables under a mistyped heading to those they belong to, and say where they are now.

    So what refers to them is no fault; nor is what the rules say about them, as long as the heading is.
    """
    added: set[Path] = set()
    for key in data.keys() - {field.name for field in fields(Project)}:
        table = closest(key, ROWS)
        if table and isinstance(data[key], list) and isinstance(data.get(table, []), list):
            rows = data.setdefault(table, [])
            added |= {(table, index) for index in range(len(rows), len(rows) + len(data[key]))}
            rows += data[key]
    return added


def _about_dimensions(path: Path) -> bool:
    """Whether a rule that broke at ``path`` asks which dimensions there are."""
    return path[:1] == ("processes",) and path[2:3] in (("baseline",), ("target",), ("by_hand",))


def _make_plausible(data: dict[str, Any], path: Path, number: int, dimensions: Sequence[str]) -> None:
    """Put a value that offends no rule where the one at ``path`` is missing or cannot be read."""
    where, value = stand_in(path, dimensions)
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


def _sentence(problem: Problem, data: dict[str, Any]) -> str:
    """A message of ``decode`` with the name of the value before it: ``packages "x": days must be ...``."""
    match problem.path:
        case ("roadmap", "packages", str(name), *rest):
            where = _('roadmap, package "{name}"').format(name=name)
            if rest:
                where = f"{where}: {place(rest, data['roadmap']['packages'][name], _NAMES)}"
            return f"{where} {problem.message}"
    return sentence(problem, data, _NAMES)
