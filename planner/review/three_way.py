"""One value that two people may have changed: what comes of both.

Tables merge by their rows, rows by their fields, mappings by their keys, and lists of ids or words by their elements.
Texts, numbers, days and three-point estimates are one thing each: when both changed one differently, it clashes.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from operator import attrgetter
from typing import Any, Literal

from planner.model.rows import SAME
from planner.model.values import Fixed

Side = Literal["ours", "theirs", "base"]
Key = Callable[[Any], Hashable]

_WITHOUT_ID: Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]] = {
    ("roles", "changes"): (("since",),),
    ("calendar", "holidays"): (("first", "last", "name"), ("first",), ("name",)),
    ("calendar", "blackouts"): (("first", "last", "name"), ("first",), ("name",)),
}
"""Rows that have no id are the same when they agree in this; what agrees in nothing of it is another one."""


class _Absent:
    """Stands for what a side does not have in a mapping."""


_ABSENT = _Absent()


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a list as the three sides have it; None where a side has none."""

    base: Any = None
    ours: Any = None
    theirs: Any = None


def of_three(place: tuple[str, ...], base: Any, ours: Any, theirs: Any, side: Side = "ours") -> tuple[Any, bool]:
    """What comes of ``ours`` and ``theirs``, both made from ``base``, and whether they clash.

    ``place`` is the table and the field. Where they clash, what ``side`` has is taken, and only there.
    """
    if ours == theirs or base == theirs:
        return ours, False
    if base == ours:
        return theirs, False
    values = [value for value in (base, ours, theirs) if not isinstance(value, _Absent)]
    if len(values) == 3:
        if all(isinstance(value, Fixed) for value in values):
            return _mapping(place, base, ours, theirs, side)
        if all(type(value) is tuple for value in values):
            items = [item for value in values for item in value]
            if all(is_dataclass(item) for item in items):
                return _rows(place, base, ours, theirs, side)
            if all(isinstance(item, str) for item in items) and all(len(set(value)) == len(value) for value in values):
                return _elements(base, ours, theirs), False
    return {"ours": ours, "theirs": theirs, "base": base}[side], True


def lined_up(place: tuple[str, ...], base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> list[Entry]:
    """The rows of three versions of a list, what is the same one together, in the order that the merged list has.

    Who alone changed the order has it; where both did, it is that of ours with what only theirs moved where theirs
    has it. What both added in one place stands there one after the other, ours first.
    """
    keys = _keys(place)
    in_ours, in_theirs = paired(keys, base, ours), paired(keys, base, theirs)
    added, new = _others(in_theirs, theirs), _others(in_ours, ours)
    both = paired(keys[:1], [ours[n] for n in new], [theirs[n] for n in added])
    spots = [_Spot(b, o, t) for b, (o, t) in enumerate(zip(in_ours, in_theirs, strict=True))]
    spots += [_Spot(None, o, added[t] if t is not None else None) for o, t in zip(new, both, strict=True)]
    spots += [_Spot(None, None, added[number]) for number in _others(both, added)]
    return [
        Entry(
            None if spot.base is None else base[spot.base],
            None if spot.ours is None else ours[spot.ours],
            None if spot.theirs is None else theirs[spot.theirs],
        )
        for spot in _ordered(spots)
    ]


def _others(found: Iterable[int | None], items: Sequence[Any]) -> list[int]:
    """The numbers of ``items`` that are not ``found``."""
    taken = set(found)
    return [number for number in range(len(items)) if number not in taken]


def paired(keys: Iterable[Key], old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """For each of ``old`` the number of what it is in ``new``, or None; ``keys`` are tried one after the other."""
    found: list[int | None] = [None] * len(old)
    taken: set[int] = set()
    for key in keys:
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for number, item in enumerate(new):
            if number not in taken:
                waiting[key(item)].append(number)
        for number, item in enumerate(old):
            if found[number] is None and (here := waiting.get(key(item))):
                found[number] = here.popleft()
                taken.add(found[number] or 0)
    return found


def _keys(place: tuple[str, ...]) -> list[Key]:
    return [attrgetter(*names) for names in SAME.get(place) or _WITHOUT_ID[place]]


def _mapping(place: tuple[str, ...], base: Any, ours: Any, theirs: Any, side: Side) -> tuple[Any, bool]:
    found, clash = {}, False
    for key in _elements_all(tuple(base), tuple(ours), tuple(theirs)):
        was, mine, other = (version.get(key, _ABSENT) for version in (base, ours, theirs))
        value, clashes = of_three((*place, key), was, mine, other, side)
        clash = clash or clashes
        if not isinstance(value, _Absent):
            found[key] = value
    return Fixed(found), clash


def _rows(place: tuple[str, ...], base: Any, ours: Any, theirs: Any, side: Side) -> tuple[Any, bool]:
    found, clash = [], False
    for entry in lined_up(place, base, ours, theirs):
        row, clashes = _row(entry, side)
        clash = clash or clashes
        if row is not None:
            found.append(row)
    if place == ("roles", "changes"):  # a plan has them in this order, whatever order they were added in
        found.sort(key=attrgetter("since"))
    return tuple(found), clash


def _row(entry: Entry, side: Side) -> tuple[Any, bool]:
    if None in (entry.base, entry.ours, entry.theirs):
        return of_three((), entry.base, entry.ours, entry.theirs, side)
    changed, clash = {}, False
    for field in fields(entry.ours):
        was, mine, other = (getattr(version, field.name) for version in (entry.base, entry.ours, entry.theirs))
        changed[field.name], clashes = of_three((field.name,), was, mine, other, side)
        clash = clash or clashes
    return replace(entry.ours, **changed), clash


def _elements(base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """What neither took out."""
    kept = [set(base) - set(version) for version in (ours, theirs)]
    return tuple(item for item in _elements_all(base, ours, theirs) if not any(item in gone for gone in kept))


def _elements_all(base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> list[str]:
    at = [{item: number for number, item in enumerate(version)} for version in (base, ours, theirs)]
    names = dict.fromkeys((*base, *ours, *theirs))
    spots = {_Spot(*(places.get(name) for places in at)): name for name in names}
    return [spots[spot] for spot in _ordered(spots)]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where one thing stands in each of the three lists."""

    base: int | None
    ours: int | None
    theirs: int | None


def _ordered(spots: Iterable[_Spot]) -> list[_Spot]:
    """In the order of the merged list, without what neither ours nor theirs has."""
    mine = sorted((spot for spot in spots if spot.ours is not None), key=lambda spot: spot.ours or 0)
    others = sorted((spot for spot in spots if spot.theirs is not None), key=lambda spot: spot.theirs or 0)
    common = {spot for spot in mine if spot.base is not None and spot.theirs is not None}
    behind: dict[_Spot | None, list[_Spot]] = defaultdict(list)
    for version in (mine, [spot for spot in others if spot in common or spot.ours is None]):
        anchor: _Spot | None = None
        for spot in version:
            if spot in common:
                anchor = spot
            else:
                behind[anchor].append(spot)
    order = _order(
        sorted(common, key=lambda spot: spot.base or 0),
        [spot for spot in mine if spot in common],
        [spot for spot in others if spot in common],
    )
    return behind[None] + [spot for anchor in order for spot in (anchor, *behind[anchor])]


def _order(base: list[_Spot], ours: list[_Spot], theirs: list[_Spot]) -> list[_Spot]:
    """The order of what all three have."""
    if ours == base:
        return theirs
    if theirs in (base, ours):
        return ours
    moved = _moved(theirs) - _moved(ours)
    after: dict[_Spot | None, _Spot | None] = {}
    last: _Spot | None = None
    for spot in ours:
        if spot not in moved:
            after[last] = last = spot
    after[last] = None
    for before, spot in zip((None, *theirs), theirs, strict=False):
        if spot in moved:
            after[spot], after[before] = after[before], spot
    order: list[_Spot] = []
    while (last := after[order[-1] if order else None]) is not None:
        order.append(last)
    return order


def _moved(order: list[_Spot]) -> set[_Spot]:
    """The fewest that must have been moved to come from the order of the base to this one."""
    from bisect import bisect_left

    places = [spot.base or 0 for spot in order]
    ends: list[int] = []
    lengths = []
    for place in places:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        lengths.append(length)
    wanted, staying = len(ends) - 1, set()
    for number in range(len(places) - 1, -1, -1):
        if lengths[number] == wanted:
            staying.add(order[number])
            wanted -= 1
    return set(order) - staying
