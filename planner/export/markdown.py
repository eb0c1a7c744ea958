"""The plan as a Markdown document, to read, to print or to keep beside the plan file."""

import re
from collections.abc import Iterable, Iterator, Sequence

from planner.assessment.gates import exit_criteria
from planner.assessment.maturity import organisation_index, organisation_level, organisation_target
from planner.catalog.load import load
from planner.edit.materialise import not_needed
from planner.export.handover import Handover
from planner.export.outline import PhaseOutline, outline, unplaced
from planner.export.words import heading, levels, link, number, origin
from planner.graph.closure import needs_of
from planner.graph.naming import dimension_title
from planner.model.project import Project
from planner.rollout.phase_words import PhaseFacts, phase_facts
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, language, listed

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$#]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"^(?:[-+=]|\d+(?=[.)]))")


def render(handover: Handover) -> str:
    """``project`` as GitHub-flavoured Markdown. Text from the plan shows literally."""
    project = handover.project
    blocks = [
        *_title(project),
        *_summary(project),
        *_phases(project),
        *_work(project),
        *_team(project),
        *_assessment(project),
        *_dependencies(project),
        *_left_out(project),
    ]
    return "\n\n".join(blocks) + "\n"


def literal(text: str) -> str:
    """``text`` on one line, with everything escaped that Markdown would take for markup."""
    line = _SPECIAL.sub(lambda found: "\\" + found.group(), one_line(text))
    return _AT_START.sub(_escape_start, line)


def _escape_start(found: re.Match[str]) -> str:
    start = found.group()
    return start + "\\" if start.isdecimal() else "\\" + start


def bullets(lines: Iterable[str]) -> str:
    """A list of ready lines."""
    return "\n".join(f"- {line}" for line in lines)


def _because(what: str, reason: str) -> str:
    """``what`` with the reason for it, when there is one."""
    return labelled(what, literal(reason)) if reason else what


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0, right: str = "") -> str:
    """A table of ready cells; aligned right are the last ``numbers`` columns and those with ``>`` in ``right``."""
    aligned = right.ljust(len(head) - numbers, "<").ljust(len(head), ">")
    rule = ["--:" if side == ">" else "---" for side in aligned]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))


def _title(project: Project) -> Iterator[str]:
    about = project.engagement
    yield f"# {literal(about.name)}"
    facts = (
        (_("Client"), literal(about.client)),
        (_("Sponsor"), literal(about.sponsor)),
        (_("Goal"), literal(about.goal)),
        (_("Start"), about.start.isoformat()),
        (_("Strategy"), literal(about.strategy)),
        (_("Roadmap"), literal(origin(project.roadmap)) if project.roadmap else _("none yet")),
    )
    yield bullets(labelled(name, value) for name, value in facts if value)
    if about.notes:
        yield literal(about.notes)


def _summary(project: Project) -> Iterator[str]:
    yield "## " + _("Where we are and where we go")
    yield bullets(
        [
            _("Organisation level {now} now, {goal} planned").format(
                now=organisation_level(project), goal=organisation_target(project)
            ),
            _("Mean of all processes in scope {now:.2f} now, {goal:.2f} planned").format(
                now=organisation_index(project), goal=organisation_index(project, target=True)
            ),
            _("{capabilities} capabilities to build by {packages} work packages, {days} person-days").format(
                capabilities=len(project.capabilities),
                packages=len(project.packages),
                days=number(sum(package.person_days for package in project.packages)),
            ),
        ]
    )
    pulled = [need for need in needs_of(project).values() if need.pulled]
    if pulled:
        yield _("No target asks for these, but others need them:")
        yield bullets(
            _because(
                _("{item}, needed by {other}").format(
                    item=literal(project.title(need.item)), other=literal(project.title(need.pulled_by))
                ),
                need.reason,
            )
            for need in pulled
        )


def _phases(project: Project) -> Iterator[str]:
    yield "## " + _("Phases")
    parts = outline(project)
    if not parts:
        yield _("There is no roadmap yet.")
    said = phase_facts(project, load())
    for part in parts:
        yield f"### {part.number}. {literal(part.phase.name)}"
        yield from _phase_facts(part, said[part.phase.id])
        if part.items:
            yield _("It delivers:")
            yield bullets(f"{literal(project.title(item.id))} ({item.start} – {item.finish})" for item in part.items)
        if criteria := exit_criteria(project, part.phase):
            yield _("The phase ends when:")
            yield bullets(map(literal, criteria))
    waiting = unplaced(project)
    if parts and waiting:
        yield _("Not placed yet: {names}").format(names=listed(literal(package.name) for package in waiting))


def _phase_facts(part: PhaseOutline, said: PhaseFacts) -> Iterator[str]:
    if part.phase.goal:
        yield _("Goal: {goal}").format(goal=literal(part.phase.goal))
    if part.start and part.finish:
        when = _("From {start} to {finish}, {days} person-days").format(
            start=part.start, finish=part.finish, days=number(part.person_days)
        )
        yield labelled(said.horizon.name.in_(language()), when) if said.horizon else when
        if said.goal != part.phase.goal:
            yield literal(said.goal)
        if said.benefit:
            yield _("Users notice first: {what}").format(what=literal(said.benefit.name))
    else:
        yield _("Nothing stands in this phase")


def _work(project: Project) -> Iterator[str]:
    yield "## " + _("Work packages")
    placed = project.roadmap.packages if project.roadmap else {}
    phase_number = {phase.id: str(number) for number, phase in enumerate(project.phases, 1)}
    rows = []
    for package in project.packages:
        place = placed.get(package.id)
        rows.append(
            [
                literal(package.id),
                literal(package.name),
                literal(project.title(package.capability)) if package.capability else _("whole programme"),
                heading(package.workstream),
                phase_number.get(place.phase, "") if place else "",
                place.start.isoformat() if place else "",
                place.finish.isoformat() if place else "",
                str(package.days.likely),
                number(package.person_days),
            ]
        )
    head = [_("ID"), _("Work package"), _("For"), _("Workstream"), _("Phase"), _("Start"), _("Finish")]
    yield table([*head, _("Working days"), _("Person-days")], rows, numbers=2)


def _team(project: Project) -> Iterator[str]:
    yield "## " + _("Team")
    rows = []
    for role in project.roles:
        effort = sum(package.effort[role.id].likely for package in project.packages if role.id in package.effort)
        rows.append([literal(role.name), f"{role.fte:g}", number(effort)])
    yield table([_("Role"), _("Full-time equivalents"), _("Person-days")], rows, numbers=2)


def _assessment(project: Project) -> Iterator[str]:
    yield "## " + _("Assessment")
    rows = [
        [
            literal(process.name),
            *(levels(process.baseline[d], process.target[d]) for d in project.dimension_ids),
            levels(process.level, process.target_level),
        ]
        for process in project.processes
        if process.in_scope
    ]
    titles = (literal(dimension_title(project, dimension)) for dimension in project.dimension_ids)
    yield table([_("Name"), *titles, _("Level")], rows)
    outside = [process for process in project.processes if not process.in_scope]
    if outside:
        yield _("Out of scope:")
        yield bullets(_because(literal(process.name), process.reason) for process in outside)


def _dependencies(project: Project) -> Iterator[str]:
    if project.dependencies:
        yield "## " + _("Dependencies")
        rows = [
            [
                literal(project.title(dependency.item)),
                literal(project.title(dependency.needs)),
                link(dependency),
                _(dependency.strength),
                literal(dependency.reason),
            ]
            for dependency in project.dependencies
        ]
        yield table([_("Item"), _("Needs"), _("Link"), _("Strength"), _("Why")], rows)


def _left_out(project: Project) -> Iterator[str]:
    out = not_needed(project, load())
    if out:
        yield "## " + _("Left out")
        yield _("What the catalogue would do for these capabilities, and why this plan does without:")
        yield table([_("Work package"), _("Why")], [[literal(n.package), literal(n.reason)] for n in out])
