"""Parts of text that more than one command shows: the maturity matrix, phases, figures of a roadmap."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from planner.assessment.maturity import organisation_index, organisation_level, organisation_target
from planner.cli.layout import facts, paragraph, table, titled
from planner.export.outline import PhaseOutline, outline, unplaced
from planner.export.words import days, levels, number, percent
from planner.graph.closure import needs_of
from planner.graph.naming import dimension_title
from planner.model.project import Phase, ProcessScope, Project, Roadmap
from planner.rollout.result import Metrics
from planner.text.i18n import _, labelled, language, listed

if TYPE_CHECKING:
    from planner.rollout.phase_words import PhaseFacts

PULLED = "(+)"
"""Marks a capability that no target asks for but another one needs."""

BUSIEST = 3
"""How many roles are named as the busiest."""


def organisation(project: Project) -> str:
    """The organisation's level and the mean behind it, now and as planned."""
    now, goal = organisation_level(project), organisation_target(project)
    return _("organisation level {levels}; mean of all processes in scope {now:.2f} -> {goal:.2f}").format(
        levels=levels(now, goal), now=organisation_index(project), goal=organisation_index(project, target=True)
    )


def matrix(project: Project, processes: Iterable[ProcessScope]) -> str:
    """Processes of ``project`` by dimension: level now -> target, the level of the whole, and the gap."""
    dimensions = project.dimension_ids
    rows = [
        [
            process.id,
            process.name,
            *(levels(process.baseline[d], process.target[d]) for d in dimensions),
            levels(process.level, process.target_level),
            str(max(process.target[d] - process.baseline[d] for d in dimensions) or ""),
        ]
        for process in processes
    ]
    titles = (dimension_title(project, dimension) for dimension in dimensions)
    right = "<" * (len(dimensions) + 3) + ">"
    return table([_("ID"), _("Name"), *titles, _("Level"), _("Gap")], rows, right=right, indent=2)


def assessment(project: Project) -> list[str]:
    """All processes: those in scope as a matrix, and those that are not with the reason."""
    inside = [process for process in project.processes if process.in_scope]
    outside = [[process.id, process.name, process.reason] for process in project.processes if not process.in_scope]
    blocks = [
        paragraph(_("Maturity: {levels}").format(levels=organisation(project))),
        titled(_("Assessment, now -> target"), matrix(project, inside)),
    ]
    if outside:
        blocks.append(titled(_("Out of scope"), table([_("ID"), _("Name"), _("Why")], outside, indent=2)))
    return blocks


def pulled_in(project: Project) -> frozenset[str]:
    """Capabilities that no target asks for but others need."""
    return frozenset(need.item for need in needs_of(project).values() if need.pulled)


def phases(
    project: Project,
    roadmap: Roadmap | None = None,
    proposed: tuple[Phase, ...] | None = None,
    facts: "Mapping[str, PhaseFacts] | None" = None,
) -> str:
    """The phases of a roadmap (default: the plan's own) with dates, goal and capabilities, and what ``facts`` adds."""
    marked = pulled_in(project)
    blocks = []
    for part in outline(project, roadmap, proposed):
        said = facts.get(part.phase.id) if facts else None
        lines = [paragraph(phase_title(part, said), indent=2, bullet=f"{part.number}. ")]
        if part.phase.goal:
            lines.append(paragraph(part.phase.goal, indent=5))
        if part.capabilities:
            names = [project.title(i) + (f" {PULLED}" if i in marked else "") for i in part.capabilities]
            lines.append(paragraph(listed(names), indent=5, bullet="> "))
        if others := [project.title(item.id) for item in part.items if item.id not in part.capabilities]:
            lines.append(
                paragraph(_("whole programme: {names}").format(names=_("; ").join(others)), indent=5, bullet="> ")
            )
        if said:
            lines += notices(said, indent=5)
            lines += [paragraph(text, indent=5, bullet=_("Ends when: ")) for text in said.gate]
        blocks.append("\n".join(lines))
    waiting = unplaced(project, roadmap)
    if waiting:
        placeless = listed(package.name for package in waiting)
        blocks.append(paragraph(_("Not placed yet ({n}): {names}").format(n=len(waiting), names=placeless), indent=2))
    if marked:
        blocks.append(paragraph(legend(), indent=2))
    return titled(_("Phases"), *blocks)


def notices(said: "PhaseFacts", indent: int) -> list[str]:
    """A line on what users notice first of a phase; none where it delivers nothing."""
    if said.benefit is None:
        return []
    words = _("users notice first: {what}").format(what=said.benefit.name)
    return [paragraph(words, indent=indent, bullet="> ")]


def phase_title(part: PhaseOutline, said: "PhaseFacts | None" = None) -> str:
    """``One front door: 2027-01-04 .. 2027-06-30, 320 person-days, near term``."""
    if part.start is None or part.finish is None:
        when = _("nothing stands in this phase")
    else:
        when = _("{start} .. {finish}, {days} person-days").format(
            start=part.start, finish=part.finish, days=number(part.person_days)
        )
    if said and said.horizon:
        when = listed([when, said.horizon.name.in_(language())])
    return labelled(part.phase.name, when)


def legend() -> str:
    """What the mark of pulled-in capabilities means."""
    return _("{mark} pulled in: no target asks for it, but a capability of the plan needs it").format(mark=PULLED)


def figures(project: Project, found: Metrics, missed: Sequence[str] = ()) -> str:
    """The figures of a roadmap; ``missed``: promises that slip, in words."""
    names = {role.id: role.name for role in project.roles}
    busiest = sorted(found.peak_load.items(), key=lambda pair: -pair[1])[:BUSIEST]
    return titled(
        _("Figures"),
        facts(
            [
                (_("First value"), _("after {days}").format(days=days(found.days_to_first_value))),
                (_("Length"), _("{n} working days").format(n=found.working_days)),
                (_("Highest load"), listed(f"{names.get(r, r)} {percent(load)}" for r, load in busiest)),
                (_("Soft dependencies not kept"), str(found.broken_soft_dependencies)),
                (_("Promises missed"), listed(missed)),
            ],
            indent=2,
        ),
    )
