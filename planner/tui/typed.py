"""What a person types in a form, read as a value; ValueError says in words what to type instead."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from planner.model.rules import nearest
from planner.model.values import Duration, Effort
from planner.text.i18n import _, listed


def required(text: str) -> str:
    """Text that must not be empty."""
    if not text.strip():
        raise ValueError(_("write something here"))
    return text.strip()


def day(text: str) -> date:
    """A date such as ``2027-01-04``."""
    try:
        value = date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(_("write a date such as 2027-01-04")) from None
    if not 2000 <= value.year <= 2199:
        raise ValueError(_("choose a year from 2000 to 2199"))
    return value


def day_or_none(text: str) -> date | None:
    """A date, or None for an empty field."""
    return day(text) if text.strip() else None


def whole(text: str) -> int:
    """A whole number; an empty field is 0."""
    try:
        return int(text.strip() or "0")
    except ValueError:
        raise ValueError(_("write a whole number such as 5")) from None


def positive_or_none(text: str) -> int | None:
    """A whole number of at least 1, or None for an empty field."""
    if not text.strip():
        return None
    number = whole(text)
    if number < 1:
        raise ValueError(_("write a whole number of at least 1, or leave it empty"))
    return number


def whole_or_none(text: str) -> int | None:
    """A whole number of at least 0, or None for an empty field."""
    if not text.strip():
        return None
    number = whole(text)
    if number < 0:
        raise ValueError(_("write a whole number of at least 0, or leave it empty"))
    return number


def number_or_none(text: str) -> float | None:
    """A number, or None for an empty field."""
    if not text.strip():
        return None
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not abs(number) < 1e9:
        raise ValueError(_("write a number such as 8 or 0.8, or leave it empty"))
    return number


def amount_or_none(text: str) -> float | None:
    """A number of at least 0, or None for an empty field."""
    number = number_or_none(text)
    if number is not None and number < 0:
        raise ValueError(_("write a number of at least 0, or leave it empty"))
    return number


def seconds_or_none(text: str) -> float | None:
    """More than 0 seconds and at most a day, or None for an empty field."""
    number = number_or_none(text)
    if number is not None and not 0 < number <= 86400:
        raise ValueError(_("write seconds such as 10, at most a day, or leave it empty"))
    return number


def duration(text: str) -> Duration:
    """Working days: one number, or low, likely and high."""
    numbers = _three(text, _("write the working days: one number, or low, likely and high such as 5 8 12"))
    if any(number != int(number) or number < 1 for number in numbers):
        raise ValueError(_("working days are whole numbers of at least 1"))
    return Duration(*(int(number) for number in numbers))


def effort(text: str) -> Effort | None:
    """Person-days: nothing, one number, or low, likely and high."""
    if not text.strip():
        return None
    return Effort(*_three(text, _("write person-days: one number, or low, likely and high such as 2 3 5")))


def _three(text: str, advice: str) -> tuple[float, float, float]:
    words = re.split(r"[\s,;/]+", text.strip())
    try:
        numbers = [float(word) for word in words]
    except ValueError:
        raise ValueError(advice) from None
    if len(numbers) == 1:
        numbers *= 3
    if len(numbers) != 3 or any(not 0 <= number < 1e6 for number in numbers):
        raise ValueError(advice)
    if numbers != sorted(numbers):
        raise ValueError(
            _("low, likely and high must rise: {numbers}").format(numbers=" ".join(map(show, sorted(numbers))))
        )
    return numbers[0], numbers[1], numbers[2]


def ids(known: Collection[str]) -> Callable[[str], tuple[str, ...]]:
    """A reader of ids among ``known``, with spaces or commas between them."""

    def read(text: str) -> tuple[str, ...]:
        words = tuple(dict.fromkeys(re.split(r"[\s,;]+", text.strip()))) if text.strip() else ()
        for word in words:
            if word not in known:
                raise ValueError(_("there is no {name!r}: {advice}").format(name=word, advice=nearest(word, known)))
        return words

    return read


_BETWEEN = re.compile(r"[,;\uff0c\uff1b\u3001]")
"""What stands between names in a list: commas and semicolons, also the Chinese ones."""


def among(names: Mapping[str, str]) -> Callable[[str], tuple[str, ...]]:
    """A reader of ``names`` (by id), commas between; as much of a name will do as no other has, and so will an id."""

    def one(word: str) -> str:
        said = word.casefold()
        low = {ident: name.casefold() for ident, name in names.items()}
        fitting = (
            [ident for ident, name in low.items() if said in (name, ident.casefold())]
            or [ident for ident, name in low.items() if name.startswith(said)]
            or [ident for ident, name in low.items() if said in name]
        )
        if not fitting:
            raise ValueError(
                _("there is no {name!r}: {advice}").format(name=word, advice=nearest(word, names.values()))
            )
        if fitting[1:]:
            fits = listed(names[ident] for ident in fitting)
            raise ValueError(_("{name}: say which of {names}").format(name=word, names=fits))
        return fitting[0]

    return lambda text: tuple(dict.fromkeys(one(word.strip()) for word in _BETWEEN.split(text) if word.strip()))


def show_among(names: Mapping[str, str], chosen: Iterable[str]) -> str:
    """Names as :func:`among` reads them; the id where a name would be read as two."""
    told = ((ident, names.get(ident, ident)) for ident in chosen)
    return ", ".join(ident if _BETWEEN.search(name) else name for ident, name in told)


def show(number: float) -> str:
    """A number as a person types it: ``3``, ``2.5``."""
    return f"{number:g}"


def show_three(low: float, likely: float, high: float) -> str:
    """Three numbers as they are typed; one when they are the same."""
    return show(likely) if low == likely == high else " ".join(map(show, (low, likely, high)))
