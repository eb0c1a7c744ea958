"""Looks for the six misconceptions about service management (domain.md §6)."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from planner.checks.registry import Hit, View, looks
from planner.checks.told import ticked
from planner.graph.naming import called
from planner.model.calendar import months_after
from planner.model.capability import capability, level_of, process_of
from planner.model.project import ProcessScope, Project, WorkPackage
from planner.text.i18n import _, listed


@looks("CHK01")
def workstreams_missing(view: View) -> Iterator[Hit]:
    """Workstreams in which the plan has no work at all."""
    present = {package.workstream for package in view.project.packages}
    absent = [_(workstream) for workstream in view.names("workstreams") if workstream not in present]
    if present and absent:
        yield Hit(_("the plan has no work in: {workstreams}").format(workstreams=listed(absent)))


@looks("CHK02")
def all_at_once(view: View) -> Iterator[Hit]:
    """Most processes of the catalogue in change within the first months, or very many in one phase."""
    project, spans = view.project, view.facts.spans
    months, size = int(view.number("months")), len(view.catalogue.processes)
    until = months_after(project.engagement.start, months)
    soon = [item for item in project.capabilities if item in spans and spans[item].start < until]
    early = dict.fromkeys(process_of(item) for item in soon)
    if len(early) > view.number("share") * size:
        message = _("{n} of {all} processes are changed in the first {months} months")
        yield Hit(message.format(n=len(early), all=size, months=months), tuple(early))
    for phase, processes in _processes_by_phase(project).items():
        if len(processes) > view.number("processes"):
            message = _("phase {phase} changes {n} processes")
            yield Hit(message.format(phase=project.phase_by_id[phase].name, n=len(processes)), (phase, *processes))


def _processes_by_phase(project: Project) -> dict[str, dict[str, None]]:
    """The processes that each phase of the roadmap changes, in plan order."""
    found: dict[str, dict[str, None]] = {phase.id: {} for phase in project.phases}
    for package in project.packages if project.roadmap else ():
        place = project.roadmap.packages.get(package.id) if project.roadmap else None
        if place and package.capability and place.phase in found:
            found[place.phase][process_of(package.capability)] = None
    return found


@looks("CHK03")
def automation_first(view: View) -> Iterator[Hit]:
    """Tool work that outweighs what it serves, comes before what it automates, or leaves no way by hand."""
    project = view.project
    for process in project.processes:
        packages = [
            package
            for item in project.capabilities
            if process_of(item) == process.id
            for package in project.packages_of[item]
        ]
        if packages:
            yield from _tool_heavy(view, process, packages)
            yield from _automated(view, process, packages)


def _tool_heavy(view: View, process: ProcessScope, packages: list[WorkPackage]) -> Iterator[Hit]:
    """A tool that only catches up with what people and process have already reached is no offence."""
    tools = view.names("workstreams")
    lifted = {dimension for tool in tools for dimension in view.project.lifted_by(tool)}
    others = [process.baseline[dimension] for dimension in process.baseline if dimension not in lifted]
    if process.target_level >= view.number("level") or min(others, default=1) >= process.target_level:
        return
    total = sum(package.person_days for package in packages)
    spent = sum(package.person_days for package in packages if package.workstream in tools)
    if total and spent / total > view.number("share"):
        message = _("{process} is to reach level {level} only, but {share:.0%} of its effort is tool work")
        yield Hit(message.format(process=process.name, level=process.target_level, share=spent / total), (process.id,))


def _automated(view: View, process: ProcessScope, packages: list[WorkPackage]) -> Iterator[Hit]:
    wanted = set(view.names("automation"))
    automating = [package for package in packages if wanted.intersection(package.deliverables)]
    if not automating:
        return
    defined = capability(process.id, int(view.number("level")))
    designs = [
        package.id
        for package in packages
        if package.capability == defined and package.workstream in view.names("design")
    ]
    standing = [process.baseline[d] for name in view.names("design") for d in view.project.lifted_by(name)]
    for package in automating:
        names = {"package": package.id, "item": called(view.project, defined)}
        if not designs and min(standing, default=1) < view.number("level"):
            yield Hit(
                _("{package} automates what is not defined: the plan has no design work for {item}").format(**names),
                (package.id, defined),
            )
        elif any(view.facts.begins_before(package.id, design) for design in designs):
            yield Hit(
                _("{package} begins before the design of {item} is finished").format(**names), (package.id, *designs)
            )
    if not set(view.names("fallback")) & (ticked(view, process.ticks) or frozenset()):
        message = _("{process} is automated, and nothing says how it is done by hand when the tool fails")
        yield Hit(message.format(process=process.name), (process.id,))


@looks("CHK04")
def internal_affair(view: View) -> Iterator[Hit]:
    """A project that nobody outside IT carries. What is not stated is not judged."""
    governance = view.project.governance
    if governance.sponsor_department in view.names("departments"):
        yield Hit(_("the sponsor belongs to IT"))
    if governance.business_members is not None and governance.business_members < view.number("members"):
        message = _("{n} members of the steering group are from the business")
        yield Hit(message.format(n=governance.business_members))


@looks("CHK05")
def human_factor(view: View) -> Iterator[Hit]:
    """Too little work with people, levels that go live unannounced, acceptance that nobody measures."""
    project = view.project
    total = sum(package.person_days for package in project.packages)
    if not total:
        return
    people = view.names("workstreams")
    spent = sum(package.person_days for package in project.packages if package.workstream in people)
    if spent / total < view.number("share"):
        message = _("{share:.0%} of all effort is work with people, less than {least:.0%}")
        yield Hit(message.format(share=spent / total, least=view.number("share")))
    sudden = [item for item in project.capabilities if not _announced(view, item)]
    if sudden:
        message = _("nobody is told or trained before these go live: {items}")
        yield Hit(message.format(items=listed(called(project, item) for item in sudden)), tuple(sudden))
    measured = set(view.names("measured")) & (ticked(view, project.context.ticks) or frozenset())
    if not measured and not set(view.names("surveys")) & set(project.package_by_id):
        yield Hit(_("nothing in the plan measures whether people accept what is new"))


def _announced(view: View, item: str) -> bool:
    """Whether people hear of a capability before it goes live: by its own work, by the programme's, or as they
    already stand at its level."""
    project, spans = view.project, view.facts.spans
    process = project.process_by_id[process_of(item)]
    people, telling = view.names("workstreams"), set(view.names("telling"))
    standing = [process.baseline[dimension] for name in people for dimension in project.lifted_by(name)]
    if standing and min(standing) >= level_of(item):
        return True
    for package in project.packages:
        own = package.capability == item and package.workstream in people
        if own or package.id in telling or telling.intersection(package.deliverables):
            late = package.id in spans and item in spans and spans[package.id].finish > spans[item].finish
            if not late:
                return True
    return False


@looks("CHK06")
def no_interim_benefit(view: View) -> Iterator[Hit]:
    """A long way without anything that users notice. Without a roadmap nothing is dated, and nothing is judged."""
    finish = view.facts.finish
    if finish is None:
        return
    begin = view.project.engagement.start
    benefits = [(stone, day) for stone, day in view.facts.milestones if stone.kind in view.names("kinds")]
    first = timedelta(days=view.number("first_days"))
    if not benefits:
        if finish - begin > first:
            yield Hit(_("the plan has no dated benefit that users will notice"))
        return
    stone, day = benefits[0]
    if day - begin > first:
        message = _("the first benefit, {name}, comes on {day}, {n} days after the start")
        yield Hit(message.format(name=stone.name, day=day, n=(day - begin).days), (stone.id,))
    for (before, last), (after, following) in pairwise(benefits):
        if (following - last).days > view.number("gap_days"):
            message = _("{n} days lie between the benefits {before} and {after}")
            text = message.format(n=(following - last).days, before=before.name, after=after.name)
            yield Hit(text, (before.id, after.id))
