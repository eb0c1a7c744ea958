"""The one gate through which every edit passes: what would make a plan that cannot be is refused, in words."""

from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from typing import Any

from planner.graph.cycles import new_cycle
from planner.model.decode import MISFIT, encode, read
from planner.model.problem import Problem, nearest
from planner.model.project import Project
from planner.model.rules import problems
from planner.text.i18n import _, labelled, listed


class Refused(Exception):
    """An edit that cannot be: the text says why, and what to do instead."""


def checked(before: Project, after: Project) -> Project:
    """``after`` as a plan file would hold it (text cleaned), once it is certain that such a file opens again.

    Raises Refused when a value is out of its range, a rule of the model breaks that held before, or a circle
    closes in the order of work.
    """
    after = _readable(before, after)
    if after == before:
        return before
    known = {problem.message for problem in problems(before)}
    new = [problem for problem in problems(after) if problem.message not in known]
    if new:
        raise Refused(worded(new[0]))
    circle = new_cycle(before, after)
    if circle:
        path, ways = circle.describe(after), _("; ").join(circle.ways_out)
        raise Refused(_("that makes a circle: {path} - {ways}").format(path=path, ways=ways))
    return after


def worded(problem: Problem) -> str:
    """The message of a problem, and its advice when it has one."""
    return f"{problem.message} - {problem.advice}" if problem.advice else problem.message


def some(names: Sequence[str]) -> str:
    """The first three of ``names``, and a sign that there are more."""
    return listed([*names[:3], "..."] if len(names) > 3 else names)


def need(item: str, valid: Collection[str], kind: str) -> None:
    """Raises Refused when ``item`` is none of ``valid``; ``kind`` says what it should be."""
    if item not in valid:
        raise Refused(_("there is no {kind} {item!r}").format(kind=kind, item=item))


def meant(item: str, valid: Collection[str], kind: str) -> None:
    """Like ``need``, where the advice names the valid id that is nearest to ``item``."""
    if item not in valid:
        reason = _("there is no {kind} {item!r}").format(kind=kind, item=item)
        raise Refused(f"{reason} - {nearest(item, valid)}")


def _readable(before: Project, after: Project) -> Project:
    """``after`` with every changed table read as from a file: values judged by their kind, text cleaned."""
    clean: dict[str, Any] = {}
    report: list[Problem] = []
    for field in fields(Project):
        value = getattr(after, field.name)
        if value is getattr(before, field.name) or value is None:
            continue
        clean[field.name] = read(field.type, encode(value), (field.name,), report)
    if report or MISFIT in clean.values():
        raise Refused(f"{_where(after, report[0])} {worded(report[0])}")
    return replace(after, **clean)


def _where(project: Project, problem: Problem) -> str:
    """What a misfit concerns, as people write it: ``incident: target people``."""
    table, *rest = problem.path
    row = getattr(project, str(table))[rest[0]] if rest and isinstance(rest[0], int) else None
    owner = getattr(row, "id", "") or getattr(row, "item", "") or str(table)
    return labelled(owner, " ".join(str(key) for key in rest if isinstance(key, str)))
