"""Two people's plans made from one: merged item by item, so that independent edits come together.

What both changed differently stands as ours has it, and a ``Conflict`` keeps the three values. The rules of plans hold
for what comes out: where the edits of both together break one, what was taken out comes back first, then single
changes of theirs stand aside, each with a conflict that keeps it.

It ends: every round of ``_mended`` brings back a row or sets a change of theirs aside, of which there are so many and
no more (and ``ROUNDS``), and ``_admitted`` begins with ours, which is a plan, and lets in what keeps it one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from typing import Any

from planner.edit.review import free_id
from planner.graph.order import Arc, cyclic
from planner.model.capability import process_of, split
from planner.model.decode import encode
from planner.model.problem import Path
from planner.model.project import Comment, Conflict, Project, Roadmap
from planner.model.rows import row_name
from planner.model.rules import problems
from planner.review.merge_tables import (
    ROADMAP,
    Choice,
    Clash,
    Put,
    Tables,
    Where,
    answers,
    put_together,
    settled,
    taken_from_theirs,
)
from planner.text.clean import clean

Choices = dict[Where, Choice]

ROUNDS, TRIALS = 40, 600
"""How often it is tried to keep the rules in the gentle way, and how many times by halves: far more than edits of
people ask for, and few enough that no file keeps the planner busy for minutes."""

_RENUMBERED = ("comments", "baselines")
"""Tables whose ids nobody chose: of two rows that two people added under one id, theirs gets another."""


def merge_projects(base: Project, ours: Project, theirs: Project) -> Project:
    """The plan with what changed from ``base`` to ``ours`` and to ``theirs``; ``conflicts`` holds what could not be.

    It has no problem that neither of the two has, and no new circle in the order of work.
    """
    if ours == theirs or base == theirs:
        return ours
    if base == ours:
        return theirs
    theirs = _renumbered(base, ours, theirs)
    rules = _Rules(ours, theirs)
    tables = Tables.of(base, ours, theirs)
    put = _mended(ours, tables, rules)
    merged = replace(put.project, conflicts=_conflicts(base, ours, theirs, put.clashes))
    return _judged(merged, ours, theirs)


def merge_into_file(base: Project, ours: Project, stands: Project) -> Project:
    """:func:`merge_projects` with what ``stands`` in the plan's file, which others have read: it keeps its ids."""
    return merge_projects(base, _renumbered(base, stands, ours), stands)


def nothing_like(plan: Project) -> Project:
    """What two plans that were not made from one have in common: no rows, and nothing said.

    It stands for the base in ``merge_projects`` and is no plan that a file could hold.
    """
    blank: dict[str, Any] = {}
    for field in fields(Project):
        part: Any = getattr(plan, field.name)
        if isinstance(part, tuple):
            blank[field.name] = ()
        elif field.name not in ("schema", "roadmap"):
            empty = {f.name: None if f.default is MISSING or f.default else f.default for f in fields(part)}
            blank[field.name] = replace(part, **empty)
    blank["roadmap"] = None
    return replace(plan, **blank)


def _judged(merged: Project, ours: Project, theirs: Project) -> Project:
    """``merged`` with its roadmap marked as stale when it was found for something else."""
    roadmap = merged.roadmap
    if roadmap is None:
        return merged
    own = [side for side in (ours, theirs) if _unmarked(side.roadmap) == _unmarked(roadmap)]
    marked = any(side.roadmap and side.roadmap.status == "stale" for side in own)
    if not marked and any(answers(side, merged) for side in own):
        return merged
    return replace(merged, roadmap=replace(roadmap, status="stale"))


def _unmarked(roadmap: Roadmap | None) -> Roadmap | None:
    return replace(roadmap, status="heuristic") if roadmap else None


class _Rules:
    """What must hold for the plan merged of two."""

    def __init__(self, ours: Project, theirs: Project) -> None:
        self.known = {problem.message for side in (ours, theirs) for problem in problems(side)}
        self.knots: frozenset[Arc] = cyclic(ours) | cyclic(theirs)

    def broken(self, project: Project) -> list[Path]:
        """Where a rule is broken that both plans keep."""
        return [problem.path for problem in problems(project) if problem.message not in self.known]

    def hold(self, project: Project) -> bool:
        """Whether it can be opened, and nothing goes in circles that did not before."""
        return not self.broken(project) and cyclic(project) <= self.knots


def _mended(ours: Project, tables: Tables, rules: _Rules) -> Put:
    choices: Choices = {}
    put = put_together(ours, tables, choices)
    for _round in range(ROUNDS):
        broken = rules.broken(put.project)
        mends = _back(put.project, tables, choices, broken) or _aside(put, tables, choices, broken)
        if not mends:
            break
        choices |= mends
        put = put_together(ours, tables, choices)
    return put if rules.hold(put.project) else _admitted(ours, tables, choices, rules)


def _back(project: Project, tables: Tables, choices: Choices, broken: Iterable[Path]) -> Choices:
    """What was taken out by one side and is referred to where a rule is broken."""
    wanted = {word for path in broken for word in _words(project, path)}
    if not wanted:
        return {}
    return {
        where: Choice(back=True)
        for where, entry in tables.all()
        if getattr(entry.base, "id", None) in wanted
        and where not in choices
        and settled(where[0], entry, Choice())[0] is None
    }


def _words(project: Project, path: Path) -> Iterator[str]:
    """The names that stand where ``path`` leads, and the last key on the way."""
    value: Any = project
    for key in path:
        value = value[key] if isinstance(key, int) or isinstance(value, Mapping) else getattr(value, key)
    names = [path[-1], *(value if isinstance(value, tuple) else (value,))]
    for name in names:
        if isinstance(name, str):
            yield process_of(name) if split(name) else name


def _aside(put: Put, tables: Tables, choices: Choices, broken: Iterable[Path]) -> Choices:
    """The changes of theirs in rows in which a rule is broken: the field itself, else the whole row."""
    found: Choices = {}
    for path in broken:
        table, number = str(path[0]), path[1] if len(path) > 1 and isinstance(path[1], int) else 0
        if table not in tables.entries or number >= len(put.rows[table]):
            continue
        where = (table, put.rows[table][number])
        old = choices.get(where, Choice())
        taken = taken_from_theirs(tables.entries[table][where[1]], old)
        if taken:
            named = taken.intersection(map(str, path[1:3]))
            found[where] = replace(old, aside=old.aside | (named or taken))
    return found


def _admitted(ours: Project, tables: Tables, choices: Choices, rules: _Rules) -> Put:
    """Ours with as much of theirs as the rules allow, let in by halves and halves of halves, in ``TRIALS`` at most."""
    everything = [where for where, entry in tables.all() if entry.ours != entry.theirs or choices.get(where)]
    everything.append(ROADMAP)
    trials = iter(range(TRIALS))
    out: Choices = {where: replace(choices.get(where, Choice()), back=False, out=True) for where in everything}

    def admit(group: Sequence[Where]) -> list[Where]:
        """Let in what can be of ``group``; what cannot."""
        trial = {where: choice for where, choice in out.items() if where not in group}
        trial |= {where: choices[where] for where in group if where in choices}
        if next(trials, None) is not None and rules.hold(put_together(ours, tables, trial).project):
            out.clear()
            out.update(trial)
            return []
        if len(group) == 1:
            return list(group)
        half = len(group) // 2
        return admit(group[:half]) + admit(group[half:])

    waiting = everything
    while waiting and (left := admit(waiting)) != waiting:
        waiting = left
    return put_together(ours, tables, out)


def _renumbered(base: Project, ours: Project, theirs: Project) -> Project:
    """``theirs`` where what it added has no id that ours gave to something else."""
    for table in _RENUMBERED:
        mine, old = ({row.id: row for row in getattr(side, table)} for side in (ours, base))
        rows = getattr(theirs, table)
        new = {ident: row for ident, row in mine.items() if ident not in old}
        taken = {*mine, *old, *(row.id for row in rows)}
        given: dict[str, str] = {}
        for row in sorted(rows, key=_answers_last):
            said = _answering(row, given)
            if row.id in old or row.id not in mine or mine[row.id] == said:
                continue
            # One that came from theirs by an earlier merge has its new id already.
            same = (ident for ident, other in new.items() if replace(other, id=row.id) == said)
            given[row.id] = next(same, "") or free_id(row.id, taken)
            taken.add(given[row.id])
        if given:
            named: Any = tuple(replace(_answering(row, given), id=given.get(row.id, row.id)) for row in rows)
            theirs = replace(theirs, **{table: named})
    return theirs


def _answers_last(row: Any) -> bool:
    return isinstance(row, Comment) and bool(row.reply_to)


def _answering(row: Any, given: Mapping[str, str]) -> Any:
    """A row with the new id of what it answers."""
    return replace(row, reply_to=given[row.reply_to]) if isinstance(row, Comment) and row.reply_to in given else row


def _conflicts(base: Project, ours: Project, theirs: Project, clashes: Iterable[Clash]) -> tuple[Conflict, ...]:
    """The conflicts that stand: those of both but what either has settled, and the new ones."""
    old, mine, others = ({replace(one, id=""): one for one in side.conflicts} for side in (base, ours, theirs))
    kept = [one for content, one in mine.items() if content in others or content not in old]
    kept += [one for content, one in others.items() if content not in mine and content not in old]
    kept += map(_conflict, clashes)
    found: dict[tuple[str, ...], Conflict] = {}
    taken: set[str] = set()
    for one in kept:
        # What stands in its place may have changed since; the other value is kept once.
        about = (one.table, one.item, one.field, one.base, one.theirs)
        if about not in found:
            found[about] = replace(one, id=free_id(one.id or f"m{len(found) + 1}", taken))
            taken.add(found[about].id)
    return tuple(found.values())


def _conflict(clash: Clash) -> Conflict:
    row = encode(clash.row) if clash.row is not None else {}
    return Conflict(
        id="",
        table=clash.table,
        item=row_name(clash.table, row),
        field=clash.field,
        base=as_toml(clash.base),
        ours=as_toml(clash.ours),
        theirs=as_toml(clash.theirs),
    )


def as_toml(value: Any) -> str:
    """A value of a plan as TOML on one line, empty for none."""
    from planner.store import render

    return "" if value is None else clean(render.inline(encode(value)))
