"""Plain data (from TOML or JSON) to the frozen nouns, and back.

The nouns' type annotations are the whole specification. ``decode`` reports every misfit at once, with its path and
in words that follow the name of what stands there ("... must be a number"); values that fit are kept, so one bad
package does not hide the faults of the others.
pydantic reads the same annotations for ``planner schema``, and a property test holds that both judge alike.
It is not used here because importing it takes longer than ``planner show`` may run (docs/architecture.md).
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin

from planner.model.bounds import Ge, Le, MinLen, Written
from planner.model.problem import Path, Problem, nearest
from planner.model.values import Fixed
from planner.text.clean import clean, clean_name, one_line
from planner.text.i18n import _, listed

T = TypeVar("T")


class _Misfit:
    """Stands for a value that could not be read."""


MISFIT = _Misfit()
"""What ``read`` returns for a value that does not fit."""

MOST = 100
"""Problems that are told at once; who has so many reads no further."""

MOST_ROWS = 10_000
"""Rows of the longest list or table that is taken."""

LONGEST = 20_000
"""Characters of the longest text that is taken: ten pages."""

LONGEST_KEY = 1_000
"""Characters of the longest key of a table that is taken; such a key is an id, or a name."""

Report = list[Problem]
Reader = Callable[[Any, Path, Report], Any]


class _Enough(Exception):
    """More problems have been found than are told."""


class _Bounded(Report):
    """A report that ends the reading once it holds ``MOST`` problems."""

    def append(self, problem: Problem, /) -> None:
        super().append(problem)
        if len(self) >= MOST:
            raise _Enough


def decode(kind: type[T], data: Any, path: Path = ()) -> tuple[T | None, list[Problem]]:
    """``data`` as a ``kind``, or None and why not. With problems inside optional parts both may be given.

    After ``MOST`` problems nothing more is read.
    """
    report = _Bounded()
    try:
        value = read(kind, data, path, report)
    except _Enough:
        return None, report
    return (None if value is MISFIT else value), report


def read(kind: Any, data: Any, path: Path, report: Report) -> Any:
    """``data`` as ``kind`` (any annotation the nouns use), or ``MISFIT`` after adding to ``report``."""
    return _reader(kind)(data, path, report)


def encode(value: Any) -> Any:
    """A noun as plain data: dataclasses and mappings as dicts, tuples as lists.

    Fields that are at their default are left out unless they are marked as ``stated``.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in value.items()}
    if not is_dataclass(kind):
        return value
    data = {}
    for name, default in _written(kind):
        item = getattr(value, name)
        if default is MISSING or item != default:
            data[name] = item if type(item) in _PLAIN else encode(item)
    return data


_PLAIN = frozenset((str, int, float, bool, date, type(None)))


@cache
def _written(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of a noun, each with the value at which it is left out (MISSING: at none)."""
    return tuple((f.name, MISSING if "stated" in f.metadata else f.default) for f in fields(kind))


@cache
def _reader(kind: Any) -> Reader:
    origin = get_origin(kind)
    if origin is Annotated:
        base, *limits = get_args(kind)
        return _limited(_reader(base), limits)
    if origin is Literal:
        return _literal(get_args(kind))
    if origin in (Union, types.UnionType):
        inner = [arg for arg in get_args(kind) if arg is not type(None)]
        return _reader(inner[0])  # ``X | None``: TOML has no null, so None only means "not given"
    if origin is tuple:
        return _sequence(_reader(get_args(kind)[0]))
    if origin is Fixed:
        return _mapping(_reader(get_args(kind)[1]))
    if is_dataclass(kind):
        return _table(kind)
    if isinstance(kind, type) and issubclass(kind, tuple):
        return _named_tuple(kind)
    return _SCALARS[kind]


def _table(kind: Any) -> Reader:
    known = {f.name: (_reader(cast(Any, f.type)), f.default is MISSING) for f in fields(kind)}
    required = [name for name, (_read, needed) in known.items() if needed]

    def read_table(data: Any, path: Path, report: Report) -> Any:
        if not isinstance(data, Mapping):
            return _misfit(report, path, data, _("a table"), _("write it below a heading, or in braces"))
        values: dict[str, Any] = {}
        good = True
        for key, item in data.items():
            if key.startswith("x-"):
                continue
            if key not in known:
                report.append(Problem((*path, key), _("is an unknown key"), nearest(key, known)))
                continue
            value = known[key][0](item, (*path, key), report)
            if value is MISFIT:
                good = good and not known[key][1]
                values.pop(key, None)
            else:
                values[key] = value
        for key in required:
            if key not in data:
                report.append(Problem((*path, key), _("is missing"), _("add it")))
                good = False
        return kind(**values) if good else MISFIT

    return read_table


def _named_tuple(kind: Any) -> Reader:
    readers = [_reader(annotation) for annotation in kind.__annotations__.values()]
    names = ", ".join(kind._fields)

    def read_tuple(data: Any, path: Path, report: Report) -> Any:
        if not isinstance(data, list) or len(data) != len(readers):
            expected = _("a list of {n} numbers ({names})").format(n=len(readers), names=names)
            return _misfit(report, path, data, expected, _("write it in brackets, such as [2, 3, 5]"))
        values = [reader(item, (*path, i), report) for i, (reader, item) in enumerate(zip(readers, data, strict=True))]
        return MISFIT if MISFIT in values else kind(*values)

    return read_tuple


def _sequence(inner: Reader) -> Reader:
    def read_sequence(data: Any, path: Path, report: Report) -> Any:
        if not isinstance(data, list):
            headings = isinstance(data, Mapping) and len(path) == 1
            advice = (
                _("write each heading as [[{name}]]").format(name=path[0]) if headings else _("write it in brackets")
            )
            return _misfit(report, path, data, _("a list"), advice)
        if len(data) > MOST_ROWS:
            return _too_many(report, path, data)
        values = [inner(item, (*path, index), report) for index, item in enumerate(data)]
        return tuple(value for value in values if value is not MISFIT)

    return read_sequence


def _mapping(inner: Reader) -> Reader:
    def read_mapping(data: Any, path: Path, report: Report) -> Any:
        if not isinstance(data, Mapping):
            return _misfit(report, path, data, _("a table"), _("write it below a heading, or in braces"))
        if len(data) > MOST_ROWS:
            return _too_many(report, path, data)
        values: dict[str, Any] = {}
        for key, item in data.items():
            if key.startswith("x-"):
                continue
            value, name = inner(item, (*path, key), report), clean_name(key)
            if len(name) > LONGEST_KEY:
                message = _("is a name of {n} characters; at most {most} are read")
                report.append(Problem((*path, key), message.format(n=len(name), most=LONGEST_KEY), _("shorten it")))
            elif name in values:
                report.append(Problem((*path, key), _("looks the same as another key"), _("rename one of the two")))
            elif value is not MISFIT:
                values[name] = value
        return Fixed(values)

    return read_mapping


def _literal(choices: tuple[Any, ...]) -> Reader:
    def read_literal(data: Any, path: Path, report: Report) -> Any:
        for choice in choices:
            if data == choice and type(data) is type(choice):
                return choice
        if isinstance(data, str):
            report.append(
                Problem(path, _("cannot be {value}").format(value=_short(data)), nearest(data, map(str, choices)))
            )
            return MISFIT
        expected = _("one of {names}").format(names=listed(map(str, choices)))
        return _misfit(report, path, data, expected, _("write one of these, in quotes"))

    return read_literal


def _limited(inner: Reader, limits: list[Any]) -> Reader:
    low = next((limit.value for limit in limits if isinstance(limit, Ge)), None)
    high = next((limit.value for limit in limits if isinstance(limit, Le)), None)
    shortest = next((limit.value for limit in limits if isinstance(limit, MinLen)), None)
    named = shortest is not None and not any(isinstance(limit, Written) for limit in limits)

    def read_limited(data: Any, path: Path, report: Report) -> Any:
        value = inner(data, path, report)
        if value is MISFIT:
            return value
        if named:
            value = clean_name(value)
        if shortest is not None and len(value) < shortest:
            report.append(Problem(path, _("must not be empty"), _("write something here")))
            return MISFIT
        if low is not None and high is not None and not low <= value <= high:
            expected = _("{low} to {high}").format(low=low, high=high)
            return _misfit(report, path, data, expected, _("choose one from {range}").format(range=expected))
        if low is not None and value < low:
            expected = _("at least {low}").format(low=low)
            return _misfit(report, path, data, expected, _("write {low} or more").format(low=low))
        return value

    return read_limited


_TOO_LARGE = 10**9


def _text(data: Any, path: Path, report: Report) -> Any:
    if not isinstance(data, str):
        return _misfit(report, path, data, _("text"), _("put it in quotes"))
    if len(data) > LONGEST:
        message = _("has {n} characters; at most {most} are read")
        report.append(Problem(path, message.format(n=len(data), most=LONGEST), _("shorten it")))
        return MISFIT
    return clean(data)


def _whole(data: Any, path: Path, report: Report) -> Any:
    if not isinstance(data, int) or isinstance(data, bool):
        return _misfit(report, path, data, _("a whole number"), _("write digits only, without quotes"))
    return data if abs(data) < _TOO_LARGE else _too_large(report, path, data)


def _number(data: Any, path: Path, report: Report) -> Any:
    if not isinstance(data, (int, float)) or isinstance(data, bool) or data != data:
        return _misfit(report, path, data, _("a number"), _("write it as 8 or 0.8, without quotes"))
    return float(data) if abs(data) < _TOO_LARGE else _too_large(report, path, data)


def _flag(data: Any, path: Path, report: Report) -> Any:
    if isinstance(data, bool):
        return data
    return _misfit(report, path, data, _("true or false"), _("write it in lower case, without quotes"))


def _day(data: Any, path: Path, report: Report) -> Any:
    if isinstance(data, date) and not isinstance(data, datetime):
        return data
    return _misfit(report, path, data, _("a date"), _("write it as 2027-01-04, without quotes or time"))


_SCALARS: dict[Any, Reader] = {str: _text, int: _whole, float: _number, bool: _flag, date: _day}


def _too_many(report: Report, path: Path, data: Any) -> _Misfit:
    message = _("has {n} rows; at most {most} are read").format(n=len(data), most=MOST_ROWS)
    report.append(Problem(path, message, _("take out what is not needed, or split the plan")))
    return MISFIT


def _too_large(report: Report, path: Path, data: Any) -> _Misfit:
    return _misfit(report, path, data, _("less than a thousand million"), _("check the number"))


def _misfit(report: Report, path: Path, data: Any, expected: str, advice: str) -> _Misfit:
    value = str(data) if isinstance(data, float) else _short(data)  # 2.0 is wrong where 2 is right: show the point
    message = _("must be {expected}, not {value}").format(expected=expected, value=value)
    report.append(Problem(path, message, advice))
    return MISFIT


_SHOWN = 40
"""Characters of a wrong value that are shown."""


def _short(data: Any) -> str:
    """How a wrong value is quoted in a message: one line, not long."""
    if isinstance(data, Mapping):
        return _("a table")
    if isinstance(data, list):
        return _("a list of {n}").format(n=len(data))
    if isinstance(data, bool):
        return str(data).lower()
    if isinstance(data, int) and abs(data) >= 10**40:
        return _("a number of more than 40 digits")
    shown = f"{data:g}" if isinstance(data, float) else one_line(str(data)[: 2 * _SHOWN])
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "..."
    return f'"{shown}"' if isinstance(data, str) else shown
