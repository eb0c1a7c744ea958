"""Where one roadmap is better than another and what that costs, in words whose numbers are those of the figures."""

from collections.abc import Callable, Mapping

from planner.rollout.compared.figures import JUDGED, Figures
from planner.text.i18n import _, listed, ngettext

FORTNIGHT = 14
"""Shorter spans than this are told in days, others in weeks."""


def wins(one: Figures, other: Figures) -> tuple[str, ...]:
    """In what ``one`` is better than ``other`` and by how much."""
    return tuple(_GAIN[metric](by) for metric in JUDGED if (by := other.amount(metric) - one.amount(metric)) > 0)


def costs(one: Figures, other: Figures) -> tuple[str, ...]:
    """In what ``one`` is worse than ``other`` and by how much."""
    return tuple(_PRICE[metric](by) for metric in JUDGED if (by := one.amount(metric) - other.amount(metric)) > 0)


def traded(name: str, won: tuple[str, ...], paid: tuple[str, ...]) -> str:
    """A sentence of what is won against the roadmap called ``name``, and what it costs."""
    if won and paid:
        words = _("against {name}: {wins}, at the price of {costs}")
    elif won:
        words = _("against {name}: {wins}, and is worse in nothing")
    elif paid:
        words = _("against {name}: better in nothing, at the price of {costs}")
    else:
        words = _("against {name}: the same in every figure")
    return words.format(name=name, wins=listed(won), costs=listed(paid))


def span(days: float) -> str:
    """A length of time: ``9 days``, ``5.7 weeks``."""
    if days < FORTNIGHT:
        return ngettext("{n} day", "{n} days", int(days)).format(n=int(days))
    return weeks(days / 7)


def weeks(count: float) -> str:
    """``1 week``, ``5.7 weeks``."""
    told = f"{count:.1f}".removesuffix(".0")
    return ngettext("{n} week", "{n} weeks", 1 if told == "1" else 2).format(n=told)


def _lower_peak(n: float) -> str:
    told = ngettext("has a peak load {n} point lower", "has a peak load {n} points lower", int(n))
    return told.format(n=int(n))


def _higher_peak(n: float) -> str:
    return ngettext("a peak load {n} point higher", "a peak load {n} points higher", int(n)).format(n=int(n))


def _fewer_processes(n: float) -> str:
    return ngettext("has {n} process fewer in change", "has {n} processes fewer in change", int(n)).format(n=int(n))


def _more_processes(n: float) -> str:
    return ngettext("having {n} process more in change", "having {n} processes more in change", int(n)).format(n=int(n))


def _fewer_broken(n: float) -> str:
    return ngettext("keeps {n} soft dependency more", "keeps {n} soft dependencies more", int(n)).format(n=int(n))


def _more_broken(n: float) -> str:
    return ngettext("breaking {n} soft dependency more", "breaking {n} soft dependencies more", int(n)).format(n=int(n))


_GAIN: Mapping[str, Callable[[float], str]] = {
    "first_value": lambda n: _("reaches the first result {span} earlier").format(span=span(n)),
    "value": lambda n: _("reaches its results {span} earlier on average").format(span=weeks(n)),
    "finish": lambda n: _("finishes {span} earlier").format(span=span(n)),
    "peak": _lower_peak,
    "change": _fewer_processes,
    "soft": _fewer_broken,
    "late": lambda n: _("misses deadlines that may slip by {span} less").format(span=weeks(n)),
}

_PRICE: Mapping[str, Callable[[float], str]] = {
    "first_value": lambda n: _("reaching the first result {span} later").format(span=span(n)),
    "value": lambda n: _("reaching its results {span} later on average").format(span=weeks(n)),
    "finish": lambda n: _("finishing {span} later").format(span=span(n)),
    "peak": _higher_peak,
    "change": _more_processes,
    "soft": _more_broken,
    "late": lambda n: _("missing deadlines that may slip by {span} more").format(span=weeks(n)),
}
