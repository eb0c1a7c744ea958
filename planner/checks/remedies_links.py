"""What removes findings on what depends on what, and on work that is missing or that nothing needs."""

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from planner.checks.finding import Finding
from planner.checks.remedy import Remedy, offers
from planner.edit.dependencies import change_dependency, remove_dependency
from planner.edit.materialise import materialise
from planner.edit.refused import checked
from planner.edit.scope import raise_targets, set_in_scope
from planner.edit.work import remove_package
from planner.graph.cycles import cycles
from planner.graph.naming import called
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.i18n import _, ngettext


@offers("G01")
def _open_circle(project: Project, catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Make one of the dependencies soft that close the circle."""
    circle = next((cycle for cycle in cycles(project) if cycle.items[:-1] == finding.items), None)
    for step in circle.steps if circle else ():
        if step.link and step.link.origin == "dependency":
            words = _("Make it soft that {item} needs {needs}")
            key = (step.item, step.needs, step.link.type)
            yield Remedy(
                words.format(item=called(project, step.item), needs=called(project, step.needs)),
                lambda p, key=key: change_dependency(p, key, catalogue, strength="soft"),  # type: ignore[misc]
            )


@offers("G02")
def _bring_work(project: Project, catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Bring in what the templates have for the capability, also what was left out of it."""
    item = finding.items[0]
    whole = materialise(replace(project, left_out=()), catalogue)
    mine = {package.id for package in whole.packages_of.get(item, ())}
    if mine:
        rest = tuple(out for out in project.left_out if out.package not in mine)
        words = _("Bring in the work of the templates for {item}").format(item=project.title(item))
        yield Remedy(words, lambda p: checked(p, materialise(replace(p, left_out=rest), catalogue)))


@offers("G03", "G04")
def _raise(project: Project, catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Let the target of what is needed rise to the level that is needed, or do without it."""
    needed = finding.items[1] if finding.id == "G03" else finding.items[0]
    yield from _raised(project, catalogue, needed)
    waiting = finding.items[:1] if finding.id == "G03" else finding.items[1:]
    keys = [d.key for d in project.dependencies if d.needs == needed and d.item in waiting and d.strength != "off"]
    if keys:
        words = _("Do without {needs}: switch what depends on it off").format(needs=project.title(needed))
        yield Remedy(words, lambda p: reduce(lambda q, key: remove_dependency(q, key, catalogue=catalogue), keys, p))


@offers("G05", "D03")
def _take_in(project: Project, catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Take the process into scope; work that nothing needs may go instead."""
    inside = finding.id == "D03"
    ident = process_of(finding.items[1]) if inside else finding.items[0]
    process = project.process_by_id.get(ident)
    if process is not None and not inside:
        words = _("Take {process} into scope").format(process=process.name)
        yield Remedy(words, lambda p: set_in_scope(p, ident, True, catalogue))
    elif process is not None:
        yield from _raised(project, catalogue, finding.items[1])
        yield from _removed(project, catalogue, finding.items[0])


@offers("D04")
def _want_or_drop(project: Project, catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Work that no target needs: want it, or take it out."""
    yield from _raised(project, catalogue, finding.items[1])
    yield from _removed(project, catalogue, finding.items[0])


@offers("CHK46")
def _cover(project: Project, catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Aim at every capability that clauses of the standard need as evidence."""
    wanted = [item for item in finding.items[1:] if process_of(item) in project.process_by_id]
    if wanted and len(wanted) == len(finding.items) - 1:
        words = ngettext(
            "Aim at what is missing: {n} process in scope, with that level as its target",
            "Aim at what is missing: {n} processes in scope, with these levels as their targets",
            n := len(wanted),
        )
        yield Remedy(words.format(n=n), lambda p: raise_targets(p, catalogue, wanted))


def _raised(project: Project, catalogue: Catalogue, item: str) -> Iterator[Remedy]:
    """Aim at ``item`` in all dimensions, in scope."""
    process = project.process_by_id.get(process_of(item))
    if process is None:
        return
    words = (
        _("Raise the target of {process} to level {level}")
        if process.in_scope
        else _("Take {process} into scope, with level {level} as its target")
    )
    yield Remedy(
        words.format(process=process.name, level=level_of(item)),
        lambda p: raise_targets(p, catalogue, [item]),
    )


def _removed(project: Project, catalogue: Catalogue, package: str) -> Iterator[Remedy]:
    words = _('Take out the work package "{name}"').format(name=project.package_by_id[package].name)
    yield Remedy(words, lambda p: remove_package(p, package, catalogue=catalogue))


@offers("H02")
def _no_lead(project: Project, catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Let work begin only when what it waits for has come."""
    keys = [d.key for d in project.dependencies if (d.item, d.needs) == finding.items and d.lag < 0]
    yield Remedy(_("Let it begin when what it waits for has come"), lambda p: _links(p, catalogue, keys, lag=0))


@offers("H04")
def _usual_types(project: Project, catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Tie all of them finish to start."""
    keys = [
        d.key
        for d in project.dependencies
        if d.type != "finish-start" and d.strength != "off" and {d.item, d.needs} <= set(finding.items)
    ]
    words = ngettext("Make {n} dependency finish to start", "Make {n} dependencies finish to start", len(keys))
    yield Remedy(words.format(n=len(keys)), lambda p: _links(p, catalogue, keys, type="finish-start"))


def _links(project: Project, catalogue: Catalogue, keys: list[tuple[str, str, str]], **fields: object) -> Project:
    return reduce(lambda p, key: change_dependency(p, key, catalogue, **fields), keys, project)


@offers("D02")
def _drop(project: Project, catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Take out work on which nobody works."""
    yield from _removed(project, catalogue, finding.items[0])
