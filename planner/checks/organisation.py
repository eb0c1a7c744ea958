"""Looks at how the organisation carries processes: silos, other parties, customers, projects (domain.md §6)."""

from collections.abc import Iterator

from planner.checks.registry import Hit, View, looks
from planner.checks.told import items, processes, ticked
from planner.model.capability import capability
from planner.model.project import ProcessScope, Project
from planner.text.i18n import _, listed


@looks("CHK42")
def silo(view: View) -> Iterator[Hit]:
    """In an organisation of functions: processes across departments whose manager is missing or may not direct them."""
    form = next((form for form in view.catalogue.forms if form.id == view.project.context.form), None)
    if form is None or not form.silo:
        return
    for process in view.project.processes:
        if not process.in_scope:
            continue
        has = ticked(view, process.ticks)
        if not _crosses(view.project, process) and (not has or has.isdisjoint(view.names("crosses"))):
            continue
        if not process.manager:
            text = _("{process} runs through several departments and has no manager")
        elif has and has.isdisjoint(view.names("authority")):
            text = _("{process} runs through several departments, and its manager may not direct them")
        else:
            continue
        yield Hit(text.format(process=process.name), (process.id,))


def _crosses(project: Project, process: ProcessScope) -> bool:
    """Whether the posts of a process belong to more than one department."""
    named = {process.owner, process.manager, *process.posts.values()}
    return len({post.department for post in project.posts if post.id in named and post.department}) > 1


@looks("CHK43")
def over_engineered(view: View) -> Iterator[Hit]:
    """Activities that could be led by their result and are to become full procedures."""
    marks = set(view.names("marks"))
    for process in view.project.processes:
        has = ticked(view, process.ticks) or frozenset()
        if process.in_scope and process.target_level >= view.number("level") and marks <= has:
            yield Hit(
                _(
                    "{process} is to reach level {level}, but it is of low risk, done by one person, and its result "
                    "shows"
                ).format(process=process.name, level=process.target_level),
                (process.id,),
            )


@looks("CHK49")
def other_parties(view: View) -> Iterator[Hit]:
    """Processes that somebody else runs, with nothing in the plan by which the client keeps control."""
    project = view.project
    standing = [item for item in view.names("capabilities") if item in project.packages_of or project.stands_at(item)]
    if standing or any(ident in project.package_by_id for ident in view.names("packages")):
        return
    for process in project.processes:
        if process.in_scope and process.operated_by:
            yield Hit(
                _("{process} is run by {party}, and no work of the plan governs that").format(
                    process=process.name, party=process.operated_by
                ),
                (process.id,),
            )


@looks("CHK54")
def customer_side(view: View) -> Iterator[Hit]:
    """Duties of the customer that are neither agreed nor worked on, as soon as the work of the programme is chosen."""
    project = view.project
    has = ticked(view, project.context.ticks)
    if has is None and not project.engagement.programme:
        return
    if any(ident in project.package_by_id for ident in view.names("packages")):
        return
    missing = [name for ident, name in items(view).items() if ident not in (has or ())]
    if missing:
        yield Hit(_("not agreed with the customer: {duties}").format(duties=listed(missing)))


@looks("CHK55")
def hand_over_gap(view: View) -> Iterator[Hit]:
    """Projects that build services while nothing brings what they build into operation."""
    project = view.project
    has = ticked(view, project.context.ticks) or frozenset()
    if has.isdisjoint(view.names("running")) or not has.isdisjoint(view.names("required")):
        return
    level = int(view.number("level"))
    low = [
        ident
        for ident in view.names("processes")
        if not project.stands_at(capability(ident, level)) and view.facts.reaches.get(ident, 0) < level
    ]
    if low:
        yield Hit(
            _(
                "projects are building services, but these neither stand nor are planned at level {level}: {processes}"
            ).format(level=level, processes=processes(view, low)),
            tuple(low),
        )
