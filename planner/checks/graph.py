"""Findings on what depends on what."""

from collections.abc import Iterator

from planner.checks.finding import Finding
from planner.graph.closure import Need, missing, needs_of
from planner.graph.cycles import cycles
from planner.graph.naming import called
from planner.model.capability import capability, level_of, process_of
from planner.model.project import Project
from planner.text.i18n import _, listed


def findings(project: Project) -> Iterator[Finding]:
    """Circles, capabilities and dependencies that hang in the air, processes pulled in from outside the scope."""
    yield from _circles(project)
    yield from _no_work(project)
    yield from _hanging(project)
    yield from _outside(project)


def _circles(project: Project) -> Iterator[Finding]:
    for cycle in cycles(project):
        yield Finding(
            "G01",
            "error",
            _("Dependencies go in a circle"),
            _("{path}: none of them can begin").format(path=cycle.describe(project)),
            "; ".join(cycle.ways_out),
            cycle.items[:-1],
        )


def _no_work(project: Project) -> Iterator[Finding]:
    for need in missing(project).values():
        names = {"item": called(project, need.item), "by": called(project, need.pulled_by)}
        message = (
            _("the targets need {item}, pulled in by {by}, but the plan has no work for it")
            if need.pulled
            else _("the targets need {item}, but the plan has no work for it")
        )
        yield Finding(
            "G02",
            "error",
            _("A needed capability has no work"),
            message.format(**names),
            _("restore its work packages, add own ones, or lower the target that needs it"),
            (need.item, need.pulled_by) if need.pulled else (need.item,),
        )


def _hanging(project: Project) -> Iterator[Finding]:
    """Dependencies of planned work on capabilities that neither stand nor are planned."""
    reported = missing(project)
    here = {*project.capabilities, *project.package_by_id}
    for item in project.capabilities:
        below = capability(process_of(item), level_of(item) - 1)
        if below not in here and below not in reported and not project.stands_below(item):
            yield _prerequisite(project, item, below)
    helped: dict[str, list[str]] = {}
    for d in project.dependencies:
        reached = d.needs in here or project.stands_at(d.needs)
        if d.item not in here or reached or not level_of(d.needs):
            continue
        if d.strength == "soft":
            helped.setdefault(d.needs, []).append(d.item)
        elif d.strength == "hard" and d.needs not in reported:
            yield _prerequisite(project, d.item, d.needs)
    for needs, items in helped.items():
        yield Finding(
            "G04",
            "info",
            _("A helpful prerequisite is not planned"),
            _("{needs} neither stands nor is planned; these would gain from it: {items}").format(
                needs=called(project, needs), items=listed(called(project, item) for item in items)
            ),
            _("accept it and note the workaround, or raise the target"),
            (needs, *items),
        )


def _prerequisite(project: Project, item: str, needs: str) -> Finding:
    return Finding(
        "G03",
        "error",
        _("A prerequisite is not planned"),
        _("{item} needs {needs}, which neither stands nor is planned").format(
            item=called(project, item), needs=called(project, needs)
        ),
        _("raise the target, or do without what needs it"),
        (item, needs),
    )


def _outside(project: Project) -> Iterator[Finding]:
    outside: dict[str, list[Need]] = {}
    for need in needs_of(project).values():
        process = project.process_by_id.get(process_of(need.item))
        if process is not None and not process.in_scope:
            outside.setdefault(process.id, []).append(need)
    for process_id, needs in outside.items():
        pulled = listed(
            _("{item} (for {by})").format(item=called(project, need.item), by=called(project, need.pulled_by))
            for need in needs
        )
        yield Finding(
            "G05",
            "warning",
            _("A process outside the scope is pulled in"),
            _("{process} is out of scope, but the targets need {items}").format(
                process=project.process_by_id[process_id].name, items=pulled
            ),
            _("take it into scope, or lower the targets that need it"),
            (process_id, *(need.item for need in needs)),
        )
