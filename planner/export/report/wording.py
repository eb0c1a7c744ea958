"""Small phrases of the report."""

from collections.abc import Sequence
from datetime import date

from planner.text.i18n import _, listed, ngettext

_MONTH = 30.44
"""Days of a month, on average."""

_SHORT = 70
"""Stretches of fewer days are told in weeks."""


def lasting(first: date, last: date) -> str:
    """How long it is from ``first`` to ``last``, both included: ``17 months``, ``6 weeks``."""
    days = (last - first).days + 1
    if days < _SHORT:
        weeks = max(1, round(days / 7))
        return ngettext("{n} week", "{n} weeks", weeks).format(n=weeks)
    months = round(days / _MONTH)
    return ngettext("{n} month", "{n} months", months).format(n=months)


def person_days(days: float) -> str:
    """Effort in whole person-days, as people say it: ``812 person-days``."""
    return ngettext("{n} person-day", "{n} person-days", round(days)).format(n=round(days))


def from_to(first: date, last: date) -> str:
    """Two days: ``2027-01-04 to 2027-03-26``."""
    return _("{first} to {last}").format(first=first, last=last)


def sentence(text: str) -> str:
    """``text`` with a full stop, unless it ends like a sentence already."""
    text = text.strip()
    return text if not text or text[-1] in ".!?。！？" else _("{sentence}.").format(sentence=text)


def some(names: Sequence[str], most: int) -> str:
    """The first ``most`` of ``names`` and how many more there are."""
    if len(names) <= most:
        return listed(names)
    more = len(names) - most
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=listed(names[:most]), n=more)
