"""Findings on the facts and estimates of a plan."""

from collections.abc import Iterator

from planner.checks.finding import Finding
from planner.graph.closure import needs_of
from planner.graph.naming import called
from planner.model.capability import process_of
from planner.model.project import ProcessScope, Project
from planner.model.values import DIMENSIONS, Fixed, Level
from planner.text.i18n import _, listed

NEEDS_REASON = 4
"""From this target level on a reason must be given (CHK16)."""

MOST_APART = 1
"""How many levels the dimensions of a process may lie apart (CHK17)."""


def findings(project: Project) -> Iterator[Finding]:
    """Doubts about the engagement, the targets, the work packages and the roles."""
    if not project.packages:
        yield Finding(
            "D01",
            "info",
            _("Nothing to do yet"),
            _("no target is above what stands today, so the plan has no work"),
            _("raise a target"),
        )
    yield from _sponsor(project)
    yield from _workstreams(project)
    for process in project.processes:
        if process.in_scope:
            yield from _ambition(process)
            yield from _balance(process)
    yield from _packages(project)
    yield from _roles(project)
    yield from _left_out(project)


def _sponsor(project: Project) -> Iterator[Finding]:
    if not project.engagement.sponsor:
        yield Finding(
            "CHK08",
            "warning",
            _("No active leadership"),
            _("no sponsor is named"),
            _("name the executive who sponsors the project and decides when it is stuck"),
        )


def _workstreams(project: Project) -> Iterator[Finding]:
    present = {package.workstream for package in project.packages}
    absent = [_(workstream) for workstream in ("people", "tech", "standard") if workstream not in present]
    if project.packages and absent:
        yield Finding(
            "CHK01",
            "warning",
            _("ITSM reduced to ITIL"),
            _("the plan has no work in: {workstreams}").format(workstreams=listed(absent)),
            _("processes alone do not change a service; add people, tool and standard work"),
        )


def _ambition(process: ProcessScope) -> Iterator[Finding]:
    highest = max(process.target.values())
    if highest >= NEEDS_REASON and process.moves and not process.reason:
        yield Finding(
            "CHK16",
            "warning",
            _("Target above 3 without reason"),
            _("{process} aims at level {level}, but no reason is given").format(process=process.name, level=highest),
            _("level 3 is enough for most; give the reason (regulation, value) or lower the target"),
            (process.id,),
        )


def _balance(process: ProcessScope) -> Iterator[Finding]:
    planned = process.target if process.moves else process.baseline
    for levels, wording in (
        (process.baseline, _("{process} stands unevenly today: {levels}")),
        (planned, _("the targets of {process} are uneven: {levels}")),
    ):
        if max(levels.values()) - min(levels.values()) > MOST_APART:
            yield Finding(
                "CHK17",
                "warning",
                _("Dimensions out of balance"),
                wording.format(process=process.name, levels=_shown(levels)),
                _("work on the dimension that lags: results leak through the gaps"),
                (process.id,),
            )
        if planned == process.baseline:
            return


def _shown(levels: Fixed[str, Level]) -> str:
    return listed(f"{_(dimension)} {levels[dimension]}" for dimension in DIMENSIONS)


def _packages(project: Project) -> Iterator[Finding]:
    needs = needs_of(project)
    for package in project.packages:
        if not package.person_days:
            yield Finding(
                "D02",
                "warning",
                _("Work without effort"),
                _("nobody works on {package}").format(package=package.id),
                _("give it effort of at least one role, or remove it"),
                (package.id,),
            )
        if not package.capability or package.capability in needs:
            continue
        process = project.process_by_id.get(process_of(package.capability))
        names = {"package": package.id, "item": called(project, package.capability)}
        if process is not None and not process.in_scope:
            yield Finding(
                "D03",
                "warning",
                _("Work outside the scope"),
                _("{package} belongs to {item}, which is out of scope").format(**names),
                _("take the process into scope, or remove the work package"),
                (package.id, package.capability),
            )
        else:
            yield Finding(
                "D04",
                "warning",
                _("Work that no target needs"),
                _("{package} belongs to {item}, which the targets do not need").format(**names),
                _("raise the target, attach it to another capability, or remove it"),
                (package.id, package.capability),
            )


def _roles(project: Project) -> Iterator[Finding]:
    used = {role for package in project.packages for role, effort in package.effort.items() if effort.high > 0}
    for role in project.roles:
        if role.id not in used:
            if project.packages:
                yield Finding(
                    "D06",
                    "info",
                    _("A role without work"),
                    _("{role} has no work in the plan").format(role=role.name),
                    _("give it work, or remove it"),
                    (role.id,),
                )
            continue
        begin = project.engagement.start
        steps = [(begin, role.capacity(begin)), *((c.since, c.fte) for c in role.changes if c.since > begin)]
        for (since, fte), (until, _fte) in zip(steps, [*steps[1:], (None, 0.0)], strict=True):
            if fte == 0:
                message = (
                    _("{role} has work in the plan but no capacity from {since} until {until}")
                    if until
                    else _("{role} has work in the plan but no capacity from {since} on")
                )
                yield Finding(
                    "D05",
                    "warning",
                    _("A role without capacity"),
                    message.format(role=role.name, since=since, until=until),
                    _("give it capacity, or its effort to another role"),
                    (role.id,),
                )


def _left_out(project: Project) -> Iterator[Finding]:
    if project.left_out:
        shown = listed(f"{out.package} ({out.reason})" if out.reason else out.package for out in project.left_out)
        yield Finding(
            "D07",
            "info",
            _("Work left out by hand"),
            _("the plan does without {n} work packages of the catalogue: {packages}").format(
                n=len(project.left_out), packages=shown
            ),
            _("restore those that are needed after all"),
            tuple(out.package for out in project.left_out),
        )
