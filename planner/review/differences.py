"""Everything in which two plans differ, by item and field, in words that a person reads."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from planner.model.decode import encode
from planner.model.project import Project
from planner.model.rows import SAME, row_name
from planner.review.labels import ADDED, table_label
from planner.review.wording import Wording, is_estimate, short, some
from planner.text.i18n import _, labelled, listed, ngettext

MOVES = 3
"""So many rows of a table that moved are told one by one in a list of words."""

ORDER = "order"
"""Stands for the field of a difference where a row has changed its place among the others."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, or one row, in which two plans differ.

    ``item`` is the row as ``planner.model.rows`` names it (empty in a table that is no list), ``field`` the keys down
    to what differs with points between (empty for a whole row, ``order`` for its place). ``was`` and ``now`` are in
    full, ``words`` a sentence in which long texts are cut. ``before`` and ``after`` are the values as data, None for
    what is not there.
    """

    table: str
    item: str
    field: str
    was: str
    now: str
    words: str
    before: Any
    after: Any


def differences(old: Project, new: Project) -> tuple[Difference, ...]:
    """Everything in which ``new`` differs from ``old``, in the order of a plan file; nothing when they are equal."""
    looker = _Looker(Wording(old, new), Wording(new, old))
    found: list[Difference] = []
    for field in fields(Project):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before is after or before == after:
            continue
        if isinstance(before, tuple):
            found += looker.rows(field.name, before, after)
        elif before is None or after is None:
            found.append(looker.whole(field.name, "", before, after))
        else:
            found += looker.inside(field.name, "", table_label(field.name), (), before, after)
    return tuple(found)


def in_few_words(found: Sequence[Difference]) -> list[str]:
    """The words of ``found``; where more than ``MOVES`` rows of a table moved, one sentence for all of them."""
    moves = Counter(one.table for one in found if _moves(one))
    told: dict[str, None] = {}
    for one in found:
        n = moves[one.table] if _moves(one) else 0
        words = ngettext("{n} row stands elsewhere now", "{n} rows stand elsewhere now", n).format(n=n)
        told[labelled(table_label(one.table), words) if n > MOVES else one.words] = None
    return list(told)


def _moves(one: Difference) -> bool:
    return one.field == ORDER and bool(one.item)


class _Looker:
    """Finds differences; ``was`` words what stood in the old plan, ``now`` what stands in the new one."""

    def __init__(self, was: Wording, now: Wording) -> None:
        self._was, self._now = was, now

    def rows(self, table: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:
        """Rows that came, went, are otherwise or stand elsewhere."""
        had, has = _by_name(table, before), _by_name(table, after)
        for key, row in has.items():
            if key not in had:
                yield self.whole(table, key[0], None, row)
            elif row != had[key]:
                name = self._now.row(table, encode(row))
                yield from self.inside(table, key[0], name, (), had[key], row)
        for key, row in had.items():
            if key not in has:
                yield self.whole(table, key[0], row, None)
        yield from self._moved(table, [key for key in had if key in has], has)

    def _moved(
        self, table: str, before: Sequence[tuple[str, int]], has: Mapping[tuple[str, int], Any]
    ) -> Iterator[Difference]:
        """The fewest rows that must move to bring what both plans have into its new order."""
        place = {key: number for number, key in enumerate(before)}
        common = [key for key in has if key in place]
        stay = set(_rising([place[key] for key in common]))
        for number, key in enumerate(common):
            if place[key] in stay:
                continue
            name = self._now.row(table, encode(has[key]))
            if number + 1 < len(common):
                other = self._now.row(table, encode(has[common[number + 1]]))
                words = _("{item} moved before {other}").format(item=short(name), other=short(other))
            else:
                words = _("{item} moved to the end").format(item=short(name))
            was, now = place[key] + 1, number + 1
            yield Difference(table, key[0], ORDER, str(was), str(now), words, was, now)

    def whole(self, table: str, item: str, before: Any, after: Any) -> Difference:
        """A whole row (or the roadmap) that came or went."""
        came = before is None
        told, data = (self._now, encode(after)) if came else (self._was, encode(before))
        words = _(ADDED[table][0 if came else 1])
        if table == "dependencies":
            words = words.format(item=told.item(data["item"]), needs=told.item(data["needs"]))
        else:
            words = words.format(name=short(told.row(table, data)))
        shown = told.value((table,), data)
        return Difference(
            table, item, "", "" if came else shown, shown if came else "", words, encode(before), encode(after)
        )

    def inside(
        self, table: str, item: str, name: str, path: tuple[str, ...], before: Any, after: Any
    ) -> Iterator[Difference]:
        """What differs in two nouns or mappings at ``path`` of a row called ``name``."""
        for key, was, now in _entries(before, after):
            if was == now:
                continue
            inner = (*path, key)
            if all(isinstance(one, Mapping) or is_dataclass(one) for one in (was, now)):
                yield from self.inside(table, item, name, inner, was, now)
            elif (keyed := SAME.get((table, *inner))) and len(keyed[0]) == 1:
                yield from self.inside(table, item, name, inner, _keyed(keyed[0][0], was), _keyed(keyed[0][0], now))
                yield from self._reordered(table, item, name, inner, keyed[0][0], was, now)
            else:
                yield self._field(table, item, name, inner, encode(was), encode(now))

    def _reordered(
        self, table: str, item: str, name: str, path: tuple[str, ...], key: str, was: Sequence[Any], now: Sequence[Any]
    ) -> Iterator[Difference]:
        before, after = _keyed(key, was), _keyed(key, now)
        had, has = [one for one in before if one in after], [one for one in after if one in before]
        if had != has:
            words = labelled(short(name), _("{field}: in another order").format(field=self._now.field((table, *path))))
            yield Difference(table, item, ".".join((*path, ORDER)), listed(had), listed(has), words, had, has)

    def _field(self, table: str, item: str, name: str, path: tuple[str, ...], before: Any, after: Any) -> Difference:
        full = (table, *path)
        was, now = self._was.value(full, before), self._now.value(full, after)
        change = self._changed(full, before, after, was, now)
        # What stands under a key of a table that is no list (a package in the roadmap) is named by that key.
        words = change if not item and len(path) > 2 else labelled(short(name), change)
        return Difference(table, item, ".".join(path), was, now, words, before, after)

    def _changed(self, path: tuple[str, ...], before: Any, after: Any, was: str, now: str) -> str:
        field = self._now.field(path)
        amount = self._now.amount(path, before, after)
        if amount:
            return f"{field} {amount}"
        if isinstance(before, list) and isinstance(after, list) and not (is_estimate(before) or is_estimate(after)):
            return self._list(path, field, before, after)
        if not was:
            return _("{field} now {now}").format(field=field, now=short(now) or _("empty"))
        if not now:
            return _("{field} taken out (was {was})").format(field=field, was=short(was))
        return _("{field} {was} -> {now}").format(field=field, was=short(was), now=short(now))

    def _list(self, path: tuple[str, ...], field: str, before: list[Any], after: list[Any]) -> str:
        came, went = _without(after, before), _without(before, after)
        parts = []
        if came:
            parts.append(_("{field}: added {names}").format(field=field, names=some(self._each(self._now, path, came))))
        if went:
            removed = some(self._each(self._was, path, went))
            words = _("removed {names}").format(names=removed)
            parts.append(words if came else labelled(field, words))
        return _("; ").join(parts) or _("{field}: in another order").format(field=field)

    def _each(self, told: Wording, path: tuple[str, ...], values: Sequence[Any]) -> list[str]:
        return [told.value(path, [value]) for value in values]


def _by_name(table: str, rows: Sequence[Any]) -> dict[tuple[str, int], Any]:
    """Rows by name and number: a rule of the plan forbids two of one name, but nothing may be lost here."""
    seen: Counter[str] = Counter()
    found = {}
    for row in rows:
        name = row_name(table, {field.name: getattr(row, field.name) for field in fields(row)})
        found[name, seen[name]] = row
        seen[name] += 1
    return found


def _keyed(key: str, rows: Sequence[Any]) -> dict[str, Any]:
    """Rows inside a row by their key; a second one of a key has a number behind it."""
    found: dict[str, Any] = {}
    for row in rows:
        name = str(getattr(row, key))
        while name in found:
            name += "+"
        found[name] = row
    return found


def _entries(before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """Fields of two nouns, or keys of two mappings, with both values; None for a key that is not there."""
    if is_dataclass(before):
        for field in fields(before):
            yield field.name, getattr(before, field.name), getattr(after, field.name)
    else:
        for key in (*after, *(one for one in before if one not in after)):
            yield key, before.get(key), after.get(key)


def _without(values: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """``values`` without as many of each as are in ``others``."""
    left = list(others)
    found = []
    for value in values:
        if value in left:
            left.remove(value)
        else:
            found.append(value)
    return found


def _rising(numbers: Sequence[int]) -> list[int]:
    """A longest rising choice of ``numbers``, which are all different; in no order."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    found = []
    at = ends[-1] if ends else None
    while at is not None:
        found.append(at)
        at = before[at]
    return found
