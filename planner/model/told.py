"""How a fault is told: what it concerns, then what is wrong with it."""

from collections.abc import Mapping
from typing import Any

from planner.model.problem import Path, Problem
from planner.text.i18n import _

LONGEST_NAME = 100
"""Characters of a name or key that are told."""

Keys = Mapping[str, str]
"""By list of tables: the key that says which of the tables one is, where that is not ``id``; several with blanks."""


def sentence(problem: Problem, data: Mapping[str, Any], keys: Keys) -> str:
    """A message of ``decode`` with the name of the value before it: ``packages "x": days must be ...``.

    ``data`` is what was read.
    """
    match problem.path:
        case (str(table), int(index), *rest):
            entry = data[table][index]
            where = row(table, entry, index, keys)
        case (first, *rest):
            entry = data.get(str(first))
            where = str(first)
        case _:
            return problem.message
    return f"{where}: {place(rest, entry, keys)} {problem.message}" if rest else f"{where} {problem.message}"


def place(path: Path | list[str | int], entry: Any, keys: Keys) -> str:
    """A path inside the table ``entry``, the last part first: ``effort of lead``, ``fte of number 2 of changes``.

    A table of a list inside it is called by its name when ``keys`` says which that is: ``reply of answers "p-3"``.
    """
    what, inside = _cut(str(path[0])), False
    value = _at(entry, path[0])
    for key in path[1:]:
        value = _at(value, key)
        if isinstance(key, int):
            name = _name(value, keys.get(what, "")) if not inside else ""
            what = f'{what} "{name}"' if name else _("number {n} of {whole}").format(n=key + 1, whole=what)
            inside = True
        else:
            part, whole = (_cut(key), what) if inside else (what, _cut(key))
            what, inside = _("{part} of {whole}").format(part=part, whole=whole), True
    return what


def row(table: str, entry: Any, index: int, keys: Keys) -> str:
    """What one of the tables of a list is called: ``packages "x"``, or by its number where it has no name."""
    if name := _name(entry, keys.get(table, "id")):
        return f'{table} "{name}"'
    return _("{table} number {n}").format(table=table, n=index + 1)


def _name(entry: Any, keys: str) -> str:
    found = [entry.get(key) for key in keys.split()] if isinstance(entry, Mapping) else []
    return " / ".join(_cut(name) for name in found if isinstance(name, str) and name)


def _cut(name: str) -> str:
    """A name as far as it tells which is meant: it may be any text."""
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}..."


def _at(holder: Any, key: str | int) -> Any:
    """What stands at ``key`` of a table or list; None when nothing does."""
    if isinstance(holder, list) and isinstance(key, int):
        return holder[key]
    return holder.get(key) if isinstance(holder, Mapping) else None
