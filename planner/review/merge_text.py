"""Merging plan files: the text of ours where the plan merged of both changes it, and nowhere else.

Ours keeps its layout and remarks. A table that theirs added comes as it stands there, with its remarks. ``x-`` keys
merge by key like everything else; where both changed one differently, ours stands and a remark above keeps theirs.
Other new remarks of theirs come along where they have a line of their own; its layout stays in theirs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.model.decode import encode
from planner.model.project import Conflict, Project
from planner.model.rows import row_name
from planner.model.rules import problems
from planner.review.merge import merge_projects, nothing_like
from planner.review.merge_remarks import with_remarks
from planner.review.merge_x_keys import name_of, with_x_keys
from planner.review.readings import Readings
from planner.store.fault import Fault, PlanUnreadable, SaveFailed
from planner.store.load import BOM, NoPlan, parse
from planner.store.merge import row_spans
from planner.store.positions import replace_spans
from planner.store.save import dumps
from planner.store.uncollected import uncollected
from planner.text.toml import NotToml, TooMuch

Spans = list[tuple[int, int, str]]
"""What is to stand in the place of spans of a text."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged plan file, the plan in it, and that of ``ours`` into which theirs came.

    ``conflicts`` are those of the plan that this merge found; ``remarks`` names the ``x-`` keys that both changed
    differently.
    """

    text: str
    project: Project
    ours: Project
    conflicts: tuple[Conflict, ...] = ()
    remarks: tuple[str, ...] = ()


def merge_texts(base: str, ours: str, theirs: str, name: str = "", names: Sequence[str] = ()) -> Merged:
    """The plan file with what changed from ``base`` to ``ours`` and to ``theirs``, laid out as ``ours``.

    An empty ``base`` says that the two have no common plan. Faults call the plan ``name``, or each of the three as
    ``names`` say. Raises PlanUnreadable with the faults of all that are no plans, SaveFailed when the layout of ours
    cannot be changed in place, or when both together are too much for one file.
    """
    with uncollected():
        return _merged(base, ours, theirs, names or (name, name, name))


def _merged(base: str, ours: str, theirs: str, names: Sequence[str]) -> Merged:
    readings = Readings()
    was, mine, other = _plans((base, ours, theirs), names, readings)
    if ours == theirs or base == theirs:
        return Merged(ours, mine, mine)
    if base == ours:
        return Merged(theirs, other, mine)
    project = merge_projects(was, mine, other)
    old = {*mine.conflicts, *other.conflicts}
    text = dumps(project, ours, readings.said(ours))
    try:
        text = _as_added(text, theirs, project, _only_theirs(project, mine, other), readings)
        text, clashes = with_x_keys(text, base, ours, theirs, readings)
        text = with_remarks(text, base, theirs, clashes, readings)
    except TooMuch as error:  # Both together are more than one file may hold.
        raise SaveFailed(f"{error.message} — {error.advice}") from None
    fresh = tuple(one for one in project.conflicts if one not in old)
    return Merged(text, project, mine, fresh, tuple(map(name_of, clashes)))


def _plans(texts: Sequence[str], names: Sequence[str], readings: Readings) -> tuple[Project, Project, Project]:
    """The three plans. Any process is taken: a merge needs no templates."""
    faults: list[Fault] = []
    found: dict[str, Project] = {}
    for number, (text, name) in enumerate(zip(texts, names, strict=True)):
        if text in found or not (number or text.strip()):
            continue
        try:
            found[text] = readings.said(text)[0]
            if not problems(found[text]):
                continue
        except (TooMuch, NotToml, NoPlan):
            pass  # What is wrong is found out by reading it again, fault by fault.
        try:
            parse(text, name)
        except PlanUnreadable as unreadable:
            faults += unreadable.faults
    if faults:
        raise PlanUnreadable(tuple(faults))
    ours, theirs = found[texts[1]], found[texts[2]]
    return found.get(texts[0]) or nothing_like(ours), ours, theirs


def _only_theirs(project: Project, mine: Project, other: Project) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Each table with the rows that only ``other`` added: their numbers in ``project`` and in ``other``."""
    for table in encode(other):
        rows = getattr(project, table)
        if not isinstance(rows, tuple) or rows == getattr(mine, table):
            continue
        had = {row_name(table, encode(row)) for row in getattr(mine, table)}
        places = {row: number for number, row in enumerate(getattr(other, table))}
        added = [
            (number, places[row])
            for number, row in enumerate(rows)
            if row in places and row_name(table, encode(row)) not in had
        ]
        if added:
            yield table, added


def _as_added(
    text: str,
    theirs: str,
    project: Project,
    rows: Iterator[tuple[str, list[tuple[int, int]]]],
    readings: Readings,
) -> str:
    """``text``, which holds ``project``, with ``rows`` of theirs as they stand in its text."""
    body = text.removeprefix(BOM)
    mark = text[: len(text) - len(body)]
    line_break = "\r\n" if "\r\n" in body else "\n"
    tables: list[Spans] = []
    for table, added in rows:
        here, there = (row_spans(readings.scanned(version), table) for version in (text, theirs))
        if len(here) != len(getattr(project, table)) or not there:
            continue
        rest = theirs.removeprefix(BOM)
        words = [re.sub(r"\r?\n", lambda _found: line_break, rest[slice(*there[number])]) for _own, number in added]
        tables.append([(*here[own], new) for (own, _number), new in zip(added, words, strict=True)])
    whole = mark + replace_spans(body, [span for spans in tables for span in spans])
    if not tables or readings.holds(whole, project):
        return whole
    kept: Spans = []  # Somewhere a row is laid out as it can stand only there: table by table, then.
    for spans in tables:
        changed = mark + replace_spans(body, kept + spans)
        if readings.holds(changed, project):
            kept, text = kept + spans, changed
    return text
