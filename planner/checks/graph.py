"""Looks at what depends on what."""

from collections.abc import Iterator

from planner.checks.registry import Hit, View, looks
from planner.graph.closure import Need, missing, needs_of
from planner.graph.cycles import cycles
from planner.graph.naming import called
from planner.model.capability import capability, level_of, process_of
from planner.model.project import Project
from planner.text.i18n import _, listed


@looks("G01")
def circles(view: View) -> Iterator[Hit]:
    """Dependencies that go in a circle, with the ways out of it."""
    for cycle in cycles(view.project):
        message = _("{path}: none of them can begin").format(path=cycle.describe(view.project))
        yield Hit(message, cycle.items[:-1], advice=_("; ").join(cycle.ways_out))


@looks("G02")
def no_work(view: View) -> Iterator[Hit]:
    """Capabilities that the targets need and that the plan has no work for."""
    project = view.project
    for need in missing(project).values():
        names = {"item": called(project, need.item), "by": called(project, need.pulled_by)}
        message = (
            _("the targets need {item}, pulled in by {by}, but the plan has no work for it")
            if need.pulled
            else _("the targets need {item}, but the plan has no work for it")
        )
        yield Hit(message.format(**names), (need.item, need.pulled_by) if need.pulled else (need.item,))


@looks("G03")
def hanging(view: View) -> Iterator[Hit]:
    """Planned work that waits for what neither stands nor is planned."""
    project = view.project
    reported = missing(project)
    here = {*project.capabilities, *project.package_by_id}
    for item in project.capabilities:
        below = capability(process_of(item), level_of(item) - 1)
        if below not in here and below not in reported and not project.stands_below(item):
            yield _prerequisite(project, item, below)
    for item, needs in _absent(project, "hard"):
        if needs not in reported:
            yield _prerequisite(project, item, needs)


@looks("G04")
def unhelped(view: View) -> Iterator[Hit]:
    """What would help planned work but neither stands nor is planned."""
    project = view.project
    helped: dict[str, list[str]] = {}
    for item, needs in _absent(project, "soft"):
        helped.setdefault(needs, []).append(item)
    for needs, items in helped.items():
        message = _("{needs} neither stands nor is planned; these would gain from it: {items}").format(
            needs=called(project, needs), items=listed(called(project, item) for item in items)
        )
        yield Hit(message, (needs, *items))


@looks("G05")
def outside(view: View) -> Iterator[Hit]:
    """Processes out of scope that the targets need all the same."""
    project = view.project
    pulled: dict[str, list[Need]] = {}
    for need in needs_of(project).values():
        process = project.process_by_id.get(process_of(need.item))
        if process is not None and not process.in_scope:
            pulled.setdefault(process.id, []).append(need)
    for process_id, needs in pulled.items():
        items = listed(
            _("{item} (for {by})").format(item=called(project, need.item), by=called(project, need.pulled_by))
            for need in needs
        )
        message = _("{process} is out of scope, but the targets need {items}").format(
            process=project.process_by_id[process_id].name, items=items
        )
        yield Hit(message, (process_id, *(need.item for need in needs)))


def _absent(project: Project, strength: str) -> Iterator[tuple[str, str]]:
    """Dependencies of planned work on capabilities that neither stand nor are planned, as (item, needs)."""
    here = {*project.capabilities, *project.package_by_id}
    for d in project.dependencies:
        if d.strength != strength or d.item not in here or d.needs in here:
            continue
        if level_of(d.needs) and not project.stands_at(d.needs):
            yield d.item, d.needs


def _prerequisite(project: Project, item: str, needs: str) -> Hit:
    message = _("{item} needs {needs}, which neither stands nor is planned").format(
        item=called(project, item), needs=called(project, needs)
    )
    return Hit(message, (item, needs))
