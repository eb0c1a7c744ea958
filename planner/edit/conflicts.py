"""Settling what a merge could not decide: one of the two values is taken, and the note of the conflict goes.

What a conflict says comes from a file, perhaps a stranger's: its values are read as values of the place that it
names, bounded, and pass the gate of every edit.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Literal, get_args

from planner.edit.refused import Refused, checked, need, worded
from planner.edit.roadmap import remove_phase
from planner.edit.work import remove_package
from planner.model.decode import MISFIT, encode, read
from planner.model.problem import Problem
from planner.model.project import Comment, Conflict, Decision, Project
from planner.model.remarks import VERDICTS, differently, overruled
from planner.model.rows import row_name
from planner.model.values import Fixed
from planner.text.i18n import _
from planner.text.toml import loads

Take = Literal["ours", "theirs", "base"]

LARGEST = 1_000_000
"""Characters that one value of a conflict may have; a roadmap of ten thousand work packages has fewer."""

Data = dict[str, Any]


def conflict_of(project: Project, ident: str) -> Conflict:
    """The conflict ``ident``. Raises Refused when there is none."""
    need(ident, {conflict.id for conflict in project.conflicts}, _("conflict"))
    return next(conflict for conflict in project.conflicts if conflict.id == ident)


def settle(project: Project, ident: str, take: Take) -> Project:
    """``project`` where the conflict ``ident`` is settled: with what stands there (ours), theirs, or as it was.

    What ours had taken out, and the merge left in because theirs needs it, goes when ours is taken. Of a mapping only
    the entries change in which the two differ. What a reviewer has decided at a gate and is not taken stays, as a
    settled comment. Raises Refused, in words that say what to do, when that cannot be read or no longer fits into the
    plan.
    """
    conflict = conflict_of(project, ident)
    without = replace(project, conflicts=tuple(one for one in project.conflicts if one.id != ident))
    taken_out = conflict.base and not (conflict.field or conflict.ours)
    if take != "theirs":
        without = _with_overruled(without, conflict)
    if take == "ours" and not taken_out:
        return checked(project, without)
    return checked(project, _put(without, conflict, getattr(conflict, take)))


def _with_overruled(project: Project, conflict: Conflict) -> Project:
    """``project`` with a comment on what was decided in a review, by which it is also known that it was settled."""
    if conflict.table != "decisions" or conflict.field:
        return project
    try:
        theirs = _read(Decision, value_of(conflict.theirs), conflict)
    except Refused:
        return project
    ident = overruled(theirs)
    if differently(theirs) != conflict.id or any(one.id == ident for one in project.comments):
        return project
    verdict = _("Decided at the gate: {verdict}").format(verdict=_(VERDICTS[theirs.verdict]))
    text = f"{verdict}\n{theirs.note}" if theirs.note else verdict
    kept = Comment(id=ident, item=theirs.phase, author=theirs.author, made=theirs.made, text=text, resolved=True)
    return replace(project, comments=(*project.comments, kept))


def settle_all(project: Project, take: Take) -> Project:
    """``project`` with every conflict settled that can be settled so, each by itself; those that cannot stay.

    Raises Refused with the reason of the first when none can.
    """
    refusals: list[Refused] = []
    before = project
    left = len(project.conflicts) + 1
    while 0 < len(project.conflicts) < left:  # again, for a row may need another one that a later conflict brings
        left = len(project.conflicts)
        refusals = []
        for conflict in project.conflicts:
            try:
                project = settle(project, conflict.id, take)
            except Refused as refusal:
                refusals.append(refusal)
    if project is before and refusals:
        raise refusals[0]
    return project


def value_of(text: str) -> Any:
    """A value of a conflict as data; None for nothing. Raises Refused when it is no single value of TOML."""
    if not text:
        return None
    try:
        data = loads(f"value = {text}") if len(text) <= LARGEST else {}
    except (ValueError, RecursionError):
        data = {}
    if data.keys() != {"value"}:
        raise Refused(_("what this conflict holds cannot be read - take ours, and change it in its place"))
    return data["value"]


def _put(project: Project, conflict: Conflict, text: str) -> Project:
    """``project`` with the value ``text`` in the place that ``conflict`` names."""
    kinds = {field.name: field.type for field in fields(Project) if field.name not in ("schema", "conflicts")}
    if conflict.table not in kinds:
        raise Refused(_("no plan has a part called {name!r} - take ours").format(name=conflict.table))
    value, kind = value_of(text), kinds[conflict.table]
    part = getattr(project, conflict.table)
    if isinstance(part, tuple):
        return _put_row(project, conflict, value, get_args(kind)[0])
    if not conflict.field:
        found = None if value is None and conflict.table == "roadmap" else _read(kind, value or {}, conflict)
    else:
        found = _read(kind, _with_field(encode(part) if part is not None else {}, conflict, value), conflict)
    if conflict.table == "roadmap" and found is not None:
        known = project.package_by_id
        placed = Fixed({ident: place for ident, place in found.packages.items() if ident in known})
        stale = (part is not None and part.status == "stale") or placed.keys() != known.keys()
        found = replace(found, packages=placed, status="stale" if stale else found.status)
    return _with(project, conflict.table, found)


def _put_row(project: Project, conflict: Conflict, value: Any, kind: Any) -> Project:
    rows = getattr(project, conflict.table)
    names = [row_name(conflict.table, encode(row)) for row in rows]
    place = names.index(conflict.item) if conflict.item in names else None
    if conflict.field:
        if place is None:
            gone = _("what this conflict is about is no longer in the plan - take ours, and the note of it goes")
            raise Refused(gone)
        row = _read(kind, _with_field(encode(rows[place]), conflict, value), conflict)
    elif value is None:
        return project if place is None else _without_row(project, conflict.table, rows, place)
    else:
        row = _read(kind, value, conflict)
    # What is not there any more comes last: nobody knows behind what it stood.
    after = (*rows, row) if place is None else (*rows[:place], row, *rows[place + 1 :])
    return _with(project, conflict.table, after)


def _without_row(project: Project, table: str, rows: tuple[Any, ...], place: int) -> Project:
    if table == "packages":
        return remove_package(project, rows[place].id)
    if table == "phases":
        return remove_phase(project, rows[place].id)
    return _with(project, table, rows[:place] + rows[place + 1 :])


def _with(project: Project, table: str, part: Any) -> Project:
    changed: dict[str, Any] = {table: part}
    return replace(project, **changed)


def _with_field(row: Data, conflict: Conflict, value: Any) -> Data:
    """``row`` with ``value`` in the field of ``conflict``, None for nothing."""
    ours = value_of(conflict.ours)
    name = conflict.field
    if isinstance(ours, Mapping) and isinstance(value, Mapping) and isinstance(row.get(name, {}), Mapping):
        entries = dict(row.get(name, {}))
        for key in (*value, *ours):
            if value.get(key) == ours.get(key):
                continue
            if key in value:
                entries[key] = value[key]
            else:
                entries.pop(key, None)
        value = entries
    return {key: one for key, one in {**row, name: value}.items() if one is not None}


def _read(kind: Any, data: Any, conflict: Conflict) -> Any:
    """``data`` as ``kind``. Raises Refused when it does not fit."""
    report: list[Problem] = []
    value = read(kind, data, (conflict.table,), report)
    if report or value is MISFIT:
        where = " ".join(str(part) for part in report[0].path[1:])
        raise Refused(
            _("{where} {reason}; take ours, and change it in its place").format(where=where, reason=worded(report[0]))
        )
    return value
