"""The filter language that all lists share (docs/filters.md): words, ``field:value``, ``field>n``, ``-`` for not.

Pure: text in, a :class:`Filter` out. What a list knows of its rows it says as :class:`Field` values and, row by row, as
facts: a mapping from the names of fields to values. Whatever a person types is understood as far as it can be; what
cannot is told in ``Filter.wrong`` and filters nothing.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import inf
from typing import Any, Literal, NamedTuple

from planner.model.problem import nearest
from planner.text.clean import folded
from planner.text.i18n import _, labelled, listed

Value = str | float | date | None | Sequence[str]
"""A fact of a row. Several texts: any of them may fit. None, an empty text or no text: the row has none."""

Facts = Mapping[str, Value]
Test = Callable[[Facts], bool]

NAME = "name"
"""The field in which words without a field are looked for; a row may have several names."""

NOTHING = "-"
"""As a value: rows that have none. It is what lists show in such a cell."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something that rows are filtered by.

    ``name`` is what is typed, ``label`` (marked with ``N_``) may be typed instead, in the language of the interface. A
    ``choice`` has ``choices``, pairs of value and words as they are shown; other kinds have none. A value may have
    several pairs: all of their words fit, the last is told.
    """

    name: str
    label: str
    kind: Literal["text", "number", "date", "choice"] = "text"
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def usual(self) -> str:
        """The name with the sign that it is mostly used with."""
        return self.name + (">" if self.kind in ("number", "date") else ":")


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as typed: which rows it keeps, and what of it was not understood, in words."""

    text: str = ""
    tests: tuple[Test, ...] = field(default=(), compare=False)
    wrong: str = ""

    @property
    def empty(self) -> bool:
        """Whether it keeps every row."""
        return not self.tests

    def keeps(self, facts: Facts) -> bool:
        """Whether a row with these facts is shown."""
        return all(test(facts) for test in self.tests)


class _Term(NamedTuple):
    """A part of what was typed; ``sign`` and ``name`` are empty for a word. ``values`` are ``folded``."""

    negated: bool
    name: str
    sign: str
    values: tuple[str, ...]


_TERM = re.compile(r"""(?P<not>-?)(?:(?P<name>[^\W\d][\w-]*?)(?P<sign>>=|<=|[:=<>]))?(?P<rest>(?:"[^"]*"?|[^\s"])*)""")
_VALUE = re.compile(r"""(?:"[^"]*"?|[^,"])+""")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d*)?")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_BEGUN_DATE = re.compile(r"\d{1,3}|\d{4}-\d?|\d{4}-\d\d-\d?")
_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
_QUOTES = str.maketrans("“”„", '"""')


class _Wrong(ValueError):
    """A term that cannot be understood."""


class _Unfinished(_Wrong):
    """A term that will be understood when the next sign is typed."""


def parse(text: str, fields: Sequence[Field]) -> Filter:
    """What ``text`` says about rows with ``fields``; never raises."""
    tests: list[Test] = []
    wrong = ""
    typing = bool(text) and not text[-1].isspace()
    for term in (terms := list(_terms(text))):
        try:
            test = _test(term, fields)
        except _Wrong as error:
            if not (typing and term is terms[-1] and isinstance(error, _Unfinished)):
                wrong = wrong or str(error)
            continue
        if test is not None:
            tests.append(_negation(test) if term.negated else test)
    return Filter(text, tuple(tests), wrong)


def hint(text: str, fields: Sequence[Field]) -> str:
    """What may be typed next: the choices of the field being typed, else the fields."""
    *_before, last = ["", *_terms(text)] if text and not text[-1].isspace() else [""]
    found = _field(last.name, fields) if isinstance(last, _Term) and last.sign else None
    if found is None:
        return "  ".join(field.usual for field in fields if field.name != NAME)
    if found.kind == "choice":
        return labelled(found.name, listed(dict(found.choices).values()))
    kinds = {
        "number": _("{name}>5, {name}<=10 or {name}:5..10"),
        "date": _("{name}>2027-03 or {name}:2027-03-15; {name}:- has none"),
        "text": _("{name}:part or {name}:one,other; {name}:- has none"),
    }
    return kinds[found.kind].format(name=found.name)


def _terms(text: str) -> Iterator[_Term]:
    for match in _TERM.finditer(folded(text).translate(_QUOTES)):
        name, sign, rest = match["name"] or "", match["sign"] or "", match["rest"]
        values = _VALUE.findall(rest) if sign else [rest]
        plain = tuple(value for part in values if (value := part.replace('"', "").strip()))
        if plain or sign:
            yield _Term(bool(match["not"]), name, sign, plain)


def _field(name: str, fields: Sequence[Field]) -> Field | None:
    """The field that ``name`` names, by its name, its label, or the only beginning that fits."""
    names = [(folded(called), field) for field in fields for called in (field.name, _(field.label))]
    exact = [field for called, field in names if called.replace(" ", "-") == name]
    begun = list({field.name: field for called, field in names if called.startswith(name)}.values())
    return exact[0] if exact else begun[0] if len(begun) == 1 else None


def _test(term: _Term, fields: Sequence[Field]) -> Test | None:
    """What ``term`` asks of a row; None while it is not typed to its end. Raises _Wrong."""
    if not term.sign:
        return _contains(NAME, term.values)
    found = _field(term.name, fields)
    if found is None:
        advice = nearest(term.name, [field.name for field in fields])
        raise _Wrong(_("there is no field {name!r}: {advice}").format(name=term.name, advice=advice))
    if not term.values:
        return None
    if term.values == (NOTHING,):
        return _has_none(found.name)
    if found.kind == "number":
        return _number(found.name, term)
    if found.kind == "date":
        return _date(found.name, term)
    if term.sign not in (":", "="):
        words = _("{name} is no number and no date: write {name}:{value}")
        raise _Wrong(words.format(name=found.name, value=term.values[0]))
    if found.kind == "choice":
        return _choice(found, term)
    return _equals(found.name, term.values) if term.sign == "=" else _contains(found.name, term.values)


def _negation(test: Test) -> Test:
    return lambda facts: not test(facts)


def _texts(value: Value) -> Sequence[str]:
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, Sequence) else () if value is None else (str(value),)


def _contains(name: str, parts: Sequence[str]) -> Test:
    return lambda facts: any(part in folded(text) for text in _texts(facts.get(name)) for part in parts)


def _equals(name: str, wholes: Sequence[str]) -> Test:
    return lambda facts: any(folded(text) in wholes for text in _texts(facts.get(name)))


def _has_none(name: str) -> Test:
    return lambda facts: facts.get(name) in (None, "", ())


def _choice(found: Field, term: _Term) -> Test:
    """The choices that are the value; else those that begin with it, else those that hold it."""
    wanted: set[str] = set()
    for value in term.values:
        known = [(folded(name), choice) for choice, words in found.choices for name in (choice, words)]
        fitting = {choice for name, choice in known if name == value}
        fitting = fitting or {choice for name, choice in known if name.startswith(value)}
        fitting = fitting or {choice for name, choice in known if value in name}
        if not fitting:
            advice = nearest(value, [words for _choice, words in found.choices])
            raise _Wrong(
                _("{name}: there is no {value!r}: {advice}").format(name=found.name, value=value, advice=advice)
            )
        wanted |= fitting
    return lambda facts: not wanted.isdisjoint(_texts(facts.get(found.name)))


def _number(name: str, term: _Term) -> Test:
    def read(text: str, usual: float) -> float:
        if text and not _NUMBER.fullmatch(text):
            raise _Wrong(_("{name}: {text!r} is no number").format(name=name, text=text))
        return float(text) if text else usual

    ranges: list[tuple[float, float]] = []
    for value in term.values:
        low, to, high = value.partition("..")
        ranges.append((read(low, -inf), read(high if to else low, inf)))
    first = ranges[0][0]
    compare = _COMPARED.get(term.sign)

    def test(facts: Facts) -> bool:
        number = facts.get(name)
        if not isinstance(number, int | float):
            return False
        return compare(number, first) if compare else any(low <= number <= high for low, high in ranges)

    return test


def _date(name: str, term: _Term) -> Test:
    """ISO dates are compared as texts, as far as the typed one goes: ``>2027-03`` is after that month."""
    ranges: list[tuple[str, str]] = []
    for value in term.values:
        low, to, high = value.partition("..")
        for text in (low, high):
            if text:
                _judge_date(name, text)
        ranges.append((low, high if to else low))
    first = ranges[0][0]
    compare = _COMPARED.get(term.sign)

    def test(facts: Facts) -> bool:
        value = facts.get(name)
        if not isinstance(value, date):
            return False
        day = value.isoformat()
        if compare:
            return compare(day[: len(first)], first)
        return any(low <= day and day[: len(high)] <= high for low, high in ranges)

    return test


def _judge_date(name: str, text: str) -> None:
    """Raises _Wrong when ``text`` is no year, month or day."""
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError:
        words = _("{name}: {text!r} is no date such as 2027, 2027-03 or 2027-03-15")
        kind = _Unfinished if _BEGUN_DATE.fullmatch(text) else _Wrong
        raise kind(words.format(name=name, text=text)) from None
