"""Rules between templates of work: processes, packages, what depends on what, RACI, indicators."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from planner.catalog.contradictions.known import Known, among, ordered
from planner.model.capability import level_of
from planner.model.problem import Path, Problem
from planner.model.values import HIGHEST, LOWEST, WORKSTREAMS
from planner.text.i18n import _


def _processes(known: Known) -> Iterator[Problem]:
    for index, process in enumerate(known.catalogue.processes):
        yield from known.each(("processes", index, "names"), process.names, "vocabularies", _("vocabulary"))


def _dependencies(known: Known) -> Iterator[Problem]:
    for index, link in enumerate(known.catalogue.dependencies):
        yield from known.capability(("dependencies", index, "item"), link.item)
        yield from known.capability(("dependencies", index, "needs"), link.needs)
        if level_of(link.needs) > level_of(link.item):
            wrong = _("{item} needs {needs}, which is a higher level").format(item=link.item, needs=link.needs)
            yield Problem(("dependencies", index, "needs"), wrong, _("lower the one, or raise the other"))


def _circle(known: Known) -> Iterator[Problem]:
    catalogue = known.catalogue
    needs: dict[str, list[str]] = {}
    for link in catalogue.dependencies:
        needs.setdefault(link.item, []).append(link.needs)
    for process in catalogue.process_by_id:
        for level in range(LOWEST + 1, HIGHEST + 1):
            needs.setdefault(f"{process}@{level}", []).append(f"{process}@{level - 1}")
    if circle := _found(needs):
        steps = {*pairwise(circle)}
        last = max(index for index, link in enumerate(catalogue.dependencies) if (link.item, link.needs) in steps)
        wrong = _("{items}: a circle").format(items=_(" needs ").join(circle))
        yield Problem(("dependencies", last), wrong, _("remove one of these dependencies"))


def _found(needs: dict[str, list[str]]) -> list[str]:
    """A circle among capabilities, or nothing."""
    done: set[str] = set()
    for start in needs:
        if start in done:
            continue
        path = [start]
        stack = [iter(needs[start])]
        while stack:
            following = next(stack[-1], None)
            if following is None:
                stack.pop()
                done.add(path.pop())
            elif following in path:
                return [*path[path.index(following) :], following]
            elif following not in done:
                path.append(following)
                stack.append(iter(needs.get(following, ())))
    return []


def _packages(known: Known) -> Iterator[Problem]:
    for index, package in enumerate(known.catalogue.packages):
        where: Path = ("packages", index)
        yield from known.one((*where, "process"), package.process, "processes", _("process"))
        yield from roles(known, (*where, "roles"), package.roles)
        yield from ordered((*where, "effort"), package.effort)
        yield from ordered((*where, "weeks"), package.weeks)
        if package.level == LOWEST:
            wrong = _("no work leads to level {level}, where everything begins").format(level=LOWEST)
            advice = _("write a level from {low} to {high}").format(low=LOWEST + 1, high=HIGHEST)
            yield Problem((*where, "level"), wrong, advice)


def roles(known: Known, where: Path, names: Sequence[str]) -> Iterator[Problem]:
    """Problems of the roles of some work: each must exist, and there must be a rule that shares effort among them."""
    yield from known.each(where, names, "roles", _("role"))
    if names and str(len(names)) not in known.catalogue.defaults.role_share:
        wrong = _("no rule shares effort among {n} roles").format(n=len(names))
        yield Problem(where, wrong, _("name fewer roles, or add the share to [role_share] of catalogue/rules.toml"))


def _modifiers(known: Known) -> Iterator[Problem]:
    for index, modifier in enumerate(known.catalogue.modifiers):
        where: Path = ("modifiers", index)
        for workstream in modifier.effort:
            yield from among((*where, "effort", workstream), workstream, WORKSTREAMS, _("workstream"))
        yield from known.each((*where, "programme"), modifier.programme, "programme", _("programme work"))


def _programme(known: Known) -> Iterator[Problem]:
    for index, work in enumerate(known.catalogue.programme):
        where: Path = ("programme", index)
        yield from roles(known, (*where, "roles"), work.roles)
        yield from known.each((*where, "after"), work.after, "programme", _("programme work"))
        yield from known.each((*where, "deliverables"), work.deliverables, "deliverables", _("deliverable"))
        yield from ordered((*where, "effort"), work.effort)
        yield from ordered((*where, "weeks"), work.weeks)
        once = bool(work.roles and work.effort and work.weeks)
        if once == bool(work.share):
            wrong = _("it has neither roles, effort and weeks nor a share, or both")
            yield Problem(where, wrong, _("give roles, effort and weeks for work that is done once, a share otherwise"))


def _raci(known: Known) -> Iterator[Problem]:
    for index, activity in enumerate(known.catalogue.raci):
        yield from known.each(("raci", index, "parts"), activity.parts, "parties", _("party"))


def _indicators(known: Known) -> Iterator[Problem]:
    for index, indicator in enumerate(known.catalogue.indicators):
        where: Path = ("indicators", index)
        yield from known.each((*where, "processes"), indicator.processes, "processes", _("process"))
        if indicator.perspective:
            yield from known.one((*where, "perspective"), indicator.perspective, "perspectives", _("perspective"))


RULES = (_processes, _dependencies, _circle, _packages, _modifiers, _programme, _raci, _indicators)
