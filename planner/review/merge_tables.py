"""The tables of three plans row by row, what comes of each row, and the plan that this makes.

What is not decided in the ordinary way (because a rule of plans asks for it) is a ``Choice`` of a row.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from planner.model.project import Project, Roadmap
from planner.model.values import Fixed
from planner.review.three_way import Entry, Side, lined_up, of_three

Where = tuple[str, int]
"""A row: its table, and its number among the rows of all three plans."""

OTHERS = ("schema", "roadmap", "conflicts")
"""The tables that are not merged row by row."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a rule of plans makes of a row.

    ``back``: what one took out and the other left as it was stays. ``aside``: fields in which ours stands though
    only theirs was changed. ``out``: the row is as ours has it, be it not at all.
    """

    back: bool = False
    aside: frozenset[str] = frozenset()
    out: bool = False


class Clash(NamedTuple):
    """Two different values for one thing: what a ``Conflict`` is made of. ``row`` tells which row of the table."""

    table: str
    row: Any
    field: str
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table of three plans as rows that belong together."""

    entries: Mapping[str, tuple[Entry, ...]]
    roadmap: Entry

    @classmethod
    def of(cls, base: Project, ours: Project, theirs: Project) -> "Tables":
        """The tables of the plan ``base`` and of what two people made of it."""
        entries: dict[str, tuple[Entry, ...]] = {}
        for field in fields(Project):
            if field.name in OTHERS:
                continue
            three = [getattr(plan, field.name) for plan in (base, ours, theirs)]
            if isinstance(three[0], tuple):
                entries[field.name] = tuple(lined_up((field.name,), *three))
            else:
                entries[field.name] = (Entry(*three),)
        return cls(entries, Entry(base.roadmap, ours.roadmap, theirs.roadmap))

    def all(self) -> Iterator[tuple[Where, Entry]]:
        """Every row."""
        for table, entries in self.entries.items():
            for number, entry in enumerate(entries):
                yield (table, number), entry


@dataclass(frozen=True, slots=True)
class Put:
    """A plan put together. ``rows`` says for each row of a table of the plan which of all rows it is."""

    project: Project
    rows: Mapping[str, tuple[int, ...]]
    clashes: tuple[Clash, ...]


ROADMAP: Where = ("roadmap", 0)


def put_together(ours: Project, tables: Tables, choices: Mapping[Where, Choice]) -> Put:
    """The plan that comes of ``tables``; what is no table of rows is as in ``ours``."""
    made: dict[str, Any] = {}
    rows: dict[str, tuple[int, ...]] = {}
    clashes: list[Clash] = []
    for table, entries in tables.entries.items():
        found: list[tuple[int, Any]] = []
        for number, entry in enumerate(entries):
            row, clash = settled(table, entry, choices.get((table, number), Choice()))
            clashes += clash
            if row is not None:
                found.append((number, row))
        rows[table] = tuple(number for number, _row in found)
        old = getattr(ours, table)
        new = tuple(row for _number, row in found) if isinstance(old, tuple) else found[0][1]
        if new != old:
            made[table] = new
    merged = replace(ours, **made)
    roadmap, clash = _roadmap(tables.roadmap, choices.get(ROADMAP, Choice()), merged)
    return Put(replace(merged, roadmap=roadmap), rows, (*clashes, *clash))


def settled(table: str, entry: Entry, choice: Choice) -> tuple[Any, tuple[Clash, ...]]:
    """What stands in the plan for a row, None for nothing, and where the two clash."""
    base, ours, theirs = entry.base, entry.ours, entry.theirs
    whole = Clash(table, ours or theirs or base, "", base, ours, theirs)
    if ours == theirs:
        return ours, ()
    if choice.out and (ours is None or theirs is None or base is None):
        return ours, () if theirs == base else (whole,)
    if base is None:
        if ours is None or theirs is None:
            return ours or theirs, ()
        united = _united(table, ours, theirs)
        return (united, ()) if united else (ours, (whole,))
    if ours is None or theirs is None:
        there = ours or theirs
        if there != base or choice.back:
            return there, (whole,)
        return None, ()
    return _by_fields(table, entry, choice)


def taken_from_theirs(entry: Entry, choice: Choice) -> frozenset[str]:
    """The fields of a row that all three have which are not as ours has them."""
    if choice.out or None in (entry.base, entry.ours, entry.theirs):
        return frozenset()
    merged, _clashes = _by_fields("", entry, choice)
    return frozenset(f.name for f in fields(merged) if getattr(merged, f.name) != getattr(entry.ours, f.name))


def _by_fields(table: str, entry: Entry, choice: Choice) -> tuple[Any, tuple[Clash, ...]]:
    changed: dict[str, Any] = {}
    clashes: list[tuple[str, Any, Any, Any]] = []
    for field in fields(entry.ours):
        base, ours, theirs = (getattr(version, field.name) for version in (entry.base, entry.ours, entry.theirs))
        if ours == theirs or theirs == base:
            continue
        if choice.out or field.name in choice.aside:
            clashes.append((field.name, base, ours, theirs))
            continue
        value, clash = of_three((table, field.name), base, ours, theirs)
        if value != ours:
            changed[field.name] = value
        if clash:
            others: list[Side] = ["base", "theirs"]
            was, other = (of_three((table, field.name), base, ours, theirs, side)[0] for side in others)
            clashes.append((field.name, was, value, other))
    row = replace(entry.ours, **changed) if changed else entry.ours
    return row, tuple(Clash(table, row, *clash) for clash in clashes)


def _united(table: str, ours: Any, theirs: Any) -> Any:
    """A row that both added, when it differs in nothing but which rows of a list it holds; else None."""
    changed = {}
    for field in fields(ours):
        mine, other = getattr(ours, field.name), getattr(theirs, field.name)
        if mine == other:
            continue
        value, clash = of_three((table, field.name), (), mine, other)
        if clash or not isinstance(mine, tuple) or not mine or isinstance(mine[0], str):
            return None
        changed[field.name] = value
    return replace(ours, **changed)


def _roadmap(entry: Entry, choice: Choice, merged: Project) -> tuple[Roadmap | None, tuple[Clash, ...]]:
    """One side's roadmap whole, with places for packages of ``merged`` only."""
    base, ours, theirs = entry.base, entry.ours, entry.theirs
    chosen, clashes = ours, []
    packages = merged.package_by_id
    if choice.out or _touched(base, ours, packages):
        if _touched(base, theirs, packages) and _touched(ours, theirs, packages) and _touched(theirs, ours, packages):
            clashes = [Clash("roadmap", None, "", base, ours, theirs)]
    elif _touched(base, theirs, packages):
        chosen = theirs
    return fitting(chosen, packages), tuple(clashes)


def fitting(roadmap: Roadmap | None, packages: Iterable[str]) -> Roadmap | None:
    """``roadmap`` without the places of what is none of ``packages``."""
    names = set(packages)
    if roadmap is None or names.issuperset(roadmap.packages):
        return roadmap
    return replace(roadmap, packages=Fixed({item: place for item, place in roadmap.packages.items() if item in names}))


def _touched(base: Roadmap | None, side: Roadmap | None, packages: Iterable[str]) -> bool:
    """Whether somebody who had ``base`` changed the roadmap itself: more than that packages have gone with their
    places, or that a merge marked it as stale."""
    if base and side and side.status == "stale":
        side = replace(side, status=base.status)
    return fitting(base, packages) != fitting(side, packages)


def answers(roadmap_of: Project, project: Project) -> bool:
    """Whether ``project`` is in everything that a roadmap is found for as the plan whose roadmap it is."""
    return all(_answers(project, table) == _answers(roadmap_of, table) for table in _ANSWERS)


_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "engagement": ("start", "as_of"),
    "calendar": ("working_days", "holidays", "blackouts"),
    "limits": ("absorption", "change_weight", "stabilise_weeks"),
    "roles": ("id", "fte", "changes"),
    "dimensions": ("id", "workstream"),
    "pains": ("id", "weight", "levels"),
    "processes": ("id", "in_scope", "baseline", "target", "importance"),
    "phases": ("id", "not_before", "not_after", "limit", "overlap"),
    "packages": ("id", "capability", "workstream", "days", "effort", "after", "alongside"),
    "dependencies": ("item", "needs", "type", "lag", "strength"),
    "pins": ("item", "phase", "not_before", "deadline", "may_slip"),
    "progress": ("package", "start", "finish", "remaining"),
    "milestones": ("id", "day", "item", "phase", "months"),
}
"""What a roadmap is found for (``planner.rollout``); words, owners and the like make no difference to it."""


def _answers(project: Project, table: str) -> Any:
    names = _ANSWERS[table]
    rows = getattr(project, table)
    if not isinstance(rows, tuple):
        return [getattr(rows, name) for name in names]
    found = [tuple(getattr(row, name) for name in names) for row in rows]
    return found if table == "phases" else set(found)
