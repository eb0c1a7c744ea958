"""Looks at how far and how fast maturity is to rise (domain.md §6)."""

from collections.abc import Iterator

from planner.checks.registry import Hit, View, looks
from planner.checks.told import processes
from planner.graph.naming import called, dimension_title
from planner.model.calendar import months_after
from planner.model.capability import capability, level_of, process_of
from planner.model.project import Project
from planner.model.values import WORKSTREAMS, Fixed, Level
from planner.text.i18n import _, listed


@looks("CHK15")
def skipped(view: View) -> Iterator[Hit]:
    """Work that lifts a dimension by more than one level. A level that nobody plans at all is told by G03."""
    project = view.project
    for item in project.capabilities:
        process, level = project.process_by_id[process_of(item)], level_of(item)
        below = project.packages_of.get(capability(process.id, level - 1), ())
        if not below:
            continue
        for workstream in WORKSTREAMS:
            lifted = project.lifted_by(workstream)
            works = any(package.workstream == workstream for package in project.packages_of[item])
            carried = any(package.workstream == workstream for package in below)
            stands = min((process.baseline[dimension] for dimension in lifted), default=level)
            if works and not carried and stands < level - 1:
                message = _("{item} lifts {workstream} from level {stands}, and nothing lifts it to {between} before")
                yield Hit(
                    message.format(
                        item=called(project, item), workstream=_(workstream), stands=stands, between=level - 1
                    ),
                    (item,),
                )


@looks("CHK16")
def ambition(view: View) -> Iterator[Hit]:
    """High targets for which nobody gives a reason."""
    for process in view.project.processes:
        highest = max(process.target.values())
        if process.in_scope and process.moves and highest >= view.number("level") and not process.reason:
            message = _("{process} aims at level {level}, but no reason is given")
            yield Hit(message.format(process=process.name, level=highest), (process.id,))


@looks("CHK17")
def balance(view: View) -> Iterator[Hit]:
    """Dimensions of a process that lie too far apart, today or as planned."""
    for process in view.project.processes:
        planned = process.target if process.moves else process.baseline
        uneven = [
            (levels, wording)
            for levels, wording in (
                (process.baseline, _("{process} stands unevenly today: {levels}")),
                (planned, _("the targets of {process} are uneven: {levels}")),
            )
            if max(levels.values()) - min(levels.values()) > view.number("apart")
        ]
        if process.in_scope:
            for levels, wording in uneven if planned != process.baseline else uneven[:1]:
                shown = _shown(view.project, levels)
                yield Hit(wording.format(process=process.name, levels=shown), (process.id,))


def _shown(project: Project, levels: Fixed[str, Level]) -> str:
    return listed(f"{dimension_title(project, name)} {levels[name]}" for name in project.dimension_ids)


@looks("CHK18")
def interfaces(view: View) -> Iterator[Hit]:
    """Processes that rest on others at a level at which somebody must answer for what passes between them."""
    project = view.project
    planned = set(project.capabilities)
    across: dict[str, dict[str, None]] = {}
    for d in project.dependencies:
        own, other = process_of(d.item), process_of(d.needs)
        between = {d.item, d.needs} <= planned and own != other
        if d.strength == "hard" and between and level_of(d.item) >= view.number("level"):
            across.setdefault(own, {})[other] = None
    for ident, others in across.items():
        process = project.process_by_id[ident]
        if not process.manager and not any(process.posts.get(role) for role in view.names("roles")):
            names = listed(project.process_by_id[other].name for other in others)
            message = _("{process} needs {others}, and nobody answers for what passes between them")
            yield Hit(message.format(process=process.name, others=names), (ident, *others))


@looks("CHK19")
def ahead(view: View) -> Iterator[Hit]:
    """Targets far above the level of what governs the processes."""
    project = view.project
    for ident in view.names("processes"):
        governing = project.process_by_id.get(ident)
        level = max(governing.level if governing else 1, view.facts.reaches.get(ident, 1))
        too_high = [
            process
            for process in project.processes
            if process.in_scope and process.moves and process.target_level > level + view.number("ahead")
        ]
        if too_high:
            message = _("{governing} is planned at level {level} only, too low for the targets of {processes}")
            names = listed(process.name for process in too_high)
            yield Hit(
                message.format(governing=processes(view, [ident]), level=level, processes=names),
                (ident, *(process.id for process in too_high)),
            )


@looks("CHK26")
def too_short(view: View) -> Iterator[Hit]:
    """A whole transformation in less time than it takes; a part of one is not judged."""
    project, context = view.project, view.project.context
    path = next((path for path in view.catalogue.paths if path.id == context.path), None)
    if path is None or not path.steps:
        return
    steps = [step.id for step in path.steps]
    if context.stands not in ("", steps[0]) or context.aims not in ("", steps[-1]):
        return
    begin, finish = project.engagement.start, view.facts.finish
    name = path.name.in_(project.engagement.language)
    if context.horizon_months is not None:
        if context.horizon_months < path.months:
            message = _("{path} takes at least {least} months, but the horizon is {months}")
            yield Hit(message.format(path=name, least=path.months, months=context.horizon_months))
    elif finish and finish < months_after(begin, path.months):
        message = _("{path} takes at least {least} months, but the roadmap ends on {finish}")
        yield Hit(message.format(path=name, least=path.months, finish=finish))
