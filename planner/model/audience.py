"""For whom a plan is shown: what of it is only for those who make it, and the copy that a client may have.

Which fields are internal is said where they are declared: ``field(default="", metadata=internal(NOTES))``.
"""

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, Literal, TypeVar, cast

from planner.model.values import Fixed
from planner.text.i18n import N_

Audience = Literal["internal", "client"]
AUDIENCES: tuple[Audience, ...] = (N_("internal"), N_("client"))
"""Everything, and what the client may have."""

NOTES = N_("internal notes")
MONEY = N_("costs, budgets and rates")
REMARKS = N_("comments, and what a merge has left open")
ACCEPTED = N_("accepted findings, and why they are accepted")
TRIED = N_("what-ifs that were tried out")
KINDS = (NOTES, MONEY, REMARKS, ACCEPTED, TRIED)
"""The kinds of content that a client's copy goes without."""

_MARK = "internal"
_WHOLE = "whole row"

Noun = TypeVar("Noun")


def internal(kind: str, *, whole: bool = False) -> dict[str, str]:
    """The metadata of a field that is not for the client; ``kind`` is one of ``KINDS``.

    ``whole``: a row of a table that says nothing besides is not for the client either; that it is there would tell.
    """
    return {_MARK: kind, _WHOLE: _WHOLE} if whole else {_MARK: kind}


def internal_fields(noun: type) -> dict[str, str]:
    """The internal fields of a noun of the model, with the kind of each."""
    return {one.name: one.metadata[_MARK] for one in fields(noun) if _MARK in one.metadata}


def for_client(value: Noun) -> Noun:
    """``value`` with every internal field in it, at any depth, as if nothing had been said there."""
    return cast(Noun, _stripped(value))


def _stripped(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        changed = dict(_changed(value))
        if not changed:
            return value
        same = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
        return type(value)(**same | changed)
    if type(value) is tuple:
        return tuple(_stripped(part) for part in value if not _only_internal(part))
    if isinstance(value, Fixed):
        return Fixed({key: _stripped(part) for key, part in value.items()})
    return value


def _changed(noun: Any) -> Iterator[tuple[str, Any]]:
    for one in fields(noun):
        was = getattr(noun, one.name)
        now = _default(one) if _MARK in one.metadata else _stripped(was)
        if now is not was and now != was:
            yield one.name, now


def _only_internal(row: Any) -> bool:
    """Whether ``row`` is one of those that must not be there when all that they say is internal."""
    if not is_dataclass(row) or isinstance(row, type):
        return False
    said = [one for one in fields(row) if _default(one) is not MISSING and getattr(row, one.name) != _default(one)]
    return any(_WHOLE in one.metadata for one in said) and all(_MARK in one.metadata for one in said)


def _default(one: "Field[Any]") -> Any:
    return one.default_factory() if one.default_factory is not MISSING else one.default
