"""The difference between two plans as plain data, and a plan with such a difference applied.

Only what changed is looked at: an edit leaves most tables and rows the very objects that they were. A difference is
told from the values alone and read by the nouns' annotations, so that whatever a file holds, the result is made of
values that a plan may have; whether the rules between them hold is asked of the whole plan
(``planner.model.rules``).

A difference is one of

    {"=": value}                        the value, as ``planner.model.decode.encode`` gives it; null where there is none
    {"f": {field: difference, ...}}     a table, by its keys
    {"m": {"put": {...}, "cut": [...]}} a mapping: what is new in it or changed, and what is gone
    {"r": [piece, ...]}                 a list of tables, piece by piece: [start, count] rows as they were,
                                        {"i": row, "f": ...} a row that changed, {"=": ...} a new one
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any, cast, get_args, get_origin

from planner.model.decode import MISFIT, MOST_ROWS, Report, encode, read
from planner.model.rows import SAME
from planner.model.values import Fixed

DAY = "x-day"
"""The only key of what a day is in JSON: ``{"x-day": "2027-01-04"}``. No mapping of a plan has a key that begins so."""


class Unfit(Exception):
    """A difference that is none, or that is not one of the value at hand."""


class Room:
    """How many rows and entries may still be put together: a short difference can make a long list anew."""

    def __init__(self, rows: int) -> None:
        self._left = rows

    def spend(self, rows: int, pieces: int = 0) -> None:
        """So many more have been made, out of so many pieces, each as much work as ten rows.

        Raises Unfit when a list is longer than any plan has, or there is no room.
        """
        self._left -= rows + 10 * pieces
        if rows > MOST_ROWS or self._left < 0:
            raise Unfit


def difference(before: Any, after: Any, path: tuple[str, ...] = ()) -> dict[str, Any] | None:
    """What makes ``after`` of ``before``; None when they are equal. ``path`` is where they stand in the plan."""
    if before is after:
        return None
    kind: Any = type(after)
    if type(before) is kind and is_dataclass(after):
        pairs = ((name, getattr(before, name), getattr(after, name)) for name in _names(cast(Any, kind)))
        changed = {name: found for name, was, now in pairs if (found := difference(was, now, (*path, name)))}
        return {"f": changed} if changed else None
    if path in SAME and before and after:
        return _of_rows(before, after, path)
    if before == after:
        return None
    if isinstance(before, Fixed) and isinstance(after, Fixed):
        return _of_mappings(before, after)
    return {"=": encode(after)}


def applied(kind: Any, value: Any, patch: Any, room: Room) -> Any:
    """``value``, which is a ``kind`` (an annotation of the nouns), with the difference ``patch``. Raises Unfit."""
    match patch:
        case {"=": data, **rest} if not rest:
            return _read(kind, data)
        case {"f": {**changed}, **rest} if not rest and is_dataclass(value) and not isinstance(value, type):
            kinds: dict[Any, Any] = {field.name: field.type for field in fields(value)}
            if not changed.keys() <= kinds.keys():
                raise Unfit
            now: dict[str, Any] = {}
            for name, each in changed.items():
                now[str(name)] = applied(kinds[name], getattr(value, str(name)), each, room)
            return replace(value, **now)
        case {"m": {"put": {**put}, "cut": [*cut], **more}, **rest} if not rest and not more:
            if not isinstance(value, Fixed) or any(not isinstance(key, str) for key in cut):
                raise Unfit
            gone = set(cut)
            kept = {key: item for key, item in value.items() if key not in gone} | dict(_read(kind, put))
            room.spend(len(kept))
            return Fixed(kept)
        case {"r": [*pieces], **rest} if not rest and isinstance(value, tuple) and get_origin(kind) is tuple:
            rows = tuple(_joined(get_args(kind)[0], value, pieces, room))
            room.spend(len(rows), len(pieces))
            return rows
    raise Unfit


def to_json(value: Any) -> Any:
    """What JSON cannot hold of a plan's values: days. For ``json.dumps(default=...)``."""
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    raise TypeError


def from_json(data: dict[str, Any]) -> Any:
    """The day again that :func:`to_json` wrote. For ``json.loads(object_hook=...)``."""
    day = data.get(DAY)
    if isinstance(day, str) and len(data) == 1:
        try:
            return date.fromisoformat(day)
        except ValueError:
            raise Unfit from None
    return data


def _of_mappings(before: Fixed[Any, Any], after: Fixed[Any, Any]) -> dict[str, Any]:
    cut = [key for key in before if key not in after]
    put = {key: item for key, item in after.items() if key not in before or before[key] != item}
    if list(after) == [key for key in before if key in after] + [key for key in put if key not in before]:
        return {"m": {"put": encode(put), "cut": cut}}
    return {"=": encode(after)}  # keys have changed places


def _of_rows(before: Sequence[Any], after: Sequence[Any], path: tuple[str, ...]) -> dict[str, Any] | None:
    head = _alike(before, after)
    if head == len(before) == len(after):
        return None
    tail = _alike(before[:head:-1], after[:head:-1])
    key = SAME[path][0]
    known = {_key(row, key): place for place, row in enumerate(before[head : len(before) - tail], head)}
    pieces: list[Any] = [[0, head]] if head else []
    for row in after[head : len(after) - tail]:
        place = known.pop(_key(row, key), None)
        if place is None:
            pieces.append({"=": encode(row)})
        elif before[place] != row:
            pieces.append({"i": place, **(difference(before[place], row, path) or {})})
        elif pieces and isinstance(pieces[-1], list) and sum(pieces[-1]) == place:
            pieces[-1][1] += 1
        else:
            pieces.append([place, 1])
    return {"r": [*pieces, [len(before) - tail, tail]] if tail else pieces}


def _alike(before: Iterable[Any], after: Iterable[Any]) -> int:
    """How many rows at the beginning are alike."""
    count = 0
    for was, now in zip(before, after, strict=False):
        if was is not now and was != now:
            break
        count += 1
    return count


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _key(row: Any, key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in key)


def _joined(kind: Any, rows: tuple[Any, ...], pieces: list[Any], room: Room) -> list[Any]:
    """The rows that ``pieces`` name; each old row at most once, so that a difference never makes many of few."""
    found: list[Any] = []
    left = [True] * len(rows)
    for piece in pieces:
        match piece:
            case [int(start), int(count)] if start >= 0 and count > 0 and all(left[start : start + count]):
                if start + count > len(rows):
                    raise Unfit
                left[start : start + count] = [False] * count
                found += rows[start : start + count]
            case {"i": int(place), **patch} if 0 <= place < len(rows) and left[place]:
                left[place] = False
                found.append(applied(kind, rows[place], patch, room))
            case {"=": data, **rest} if not rest:
                found.append(_read(kind, data))
            case _:
                raise Unfit
    return found


def _read(kind: Any, data: Any) -> Any:
    if data is None and type(None) in get_args(kind):
        return None
    report: Report = []
    value = read(kind, data, (), report)
    if value is MISFIT or report:
        raise Unfit
    return value
