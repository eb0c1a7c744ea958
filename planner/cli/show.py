"""``planner show``: the plan as text, whole or a part of it."""

import importlib
from argparse import Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from planner.assessment.deliverables import deliverable_names
from planner.assessment.gates import exit_criteria
from planner.cli import plan, views
from planner.cli.answer import Answer
from planner.cli.arguments import Parser, choice, plan_file
from planner.cli.layout import facts, page, paragraph, table, titled
from planner.export.outline import outline, unplaced
from planner.export.words import days, heading, link, number, origin
from planner.model.project import Dependency, Project, WorkPackage
from planner.model.values import WORKSTREAMS
from planner.rollout.metrics import metrics
from planner.text.i18n import _, labelled, listed

if TYPE_CHECKING:
    from planner.model.knowledge import Catalogue


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner show``."""
    plan_file(parser)
    sections = (*SECTIONS, *KNOWLEDGE)
    parser.add_argument("--section", metavar="S", type=choice(sections), default="overview", help=", ".join(sections))


def run(args: Namespace) -> Answer:
    """The section asked for."""
    project = plan.read(args.file).project
    if args.section in KNOWLEDGE:
        part = cast(Section, importlib.import_module(f"planner.cli.sections.{args.section}"))
        return Answer(page(part.blocks(project, plan.catalogue())))
    return Answer(SECTIONS[args.section](project, args.file))


def overview(project: Project, file: Path) -> str:
    """Who and what, maturity, phases, figures, amount of work."""
    about = project.engagement
    moving = [process for process in project.processes if process.in_scope and process.moves]
    roadmap = project.roadmap
    blocks = [
        paragraph(about.name),
        facts(
            [
                (_("Client"), about.client),
                (_("Sponsor"), about.sponsor),
                (_("Goal"), about.goal),
                (_("Start"), f"{about.start}"),
                (_("Size"), _(about.size)),
                (_("Maturity"), views.organisation(project)),
                (_("Roadmap"), origin(roadmap) if roadmap else plan.no_roadmap(file)),
            ]
        ),
        _conflicts(project),
        titled(_("Maturity, now -> target"), views.matrix(project, moving)) if moving else "",
    ]
    if roadmap:
        blocks += [views.phases(project), views.figures(project, metrics(project, roadmap, project.phases))]
    blocks.append(_amounts(project))
    return page(blocks)


def _conflicts(project: Project) -> str:
    """What a merge has left to decide; nothing as a rule."""
    if not project.conflicts:
        return ""
    from planner.review.conflict_words import told

    lines = [paragraph(told(project, one).sentence, indent=2, bullet="- ") for one in project.conflicts]
    return titled(_("Open conflicts of a merge; R in the interface settles them"), *lines)


def assessment(project: Project, file: Path) -> str:
    """All processes in scope, and those that are not."""
    return page(views.assessment(project))


def work(project: Project, file: Path) -> str:
    """The work packages of each workstream, with what they hand over and the rules that sized them."""
    catalogue = plan.catalogue()
    blocks = []
    for workstream in WORKSTREAMS:
        packages = [package for package in project.packages if package.workstream == workstream]
        if packages:
            blocks.append(titled(heading(workstream), *(_package(project, catalogue, package) for package in packages)))
    return page([*blocks, _amounts(project)])


def _package(project: Project, catalogue: "Catalogue", package: WorkPackage) -> str:
    place = project.roadmap.packages.get(package.id) if project.roadmap else None
    details = _("{id}, {when}, {length}, {effort}").format(
        id=package.id,
        when=f"{place.start} .. {place.finish}" if place else _("not placed yet"),
        length=days(package.days.likely),
        effort=_("{n} person-days").format(n=number(package.person_days)),
    )
    lines = [paragraph(package.name, indent=2), paragraph(details, indent=4, bullet="> ")]
    if names := deliverable_names(project, catalogue, package):
        lines.append(paragraph(labelled(_("hands over"), listed(names)), indent=6))
    if package.note:
        lines.append(paragraph(package.note, indent=6))
    return "\n".join(lines)


def dependencies(project: Project, file: Path) -> str:
    """What each item needs, how and why, in plan order."""
    if not project.dependencies:
        return _("The plan has no dependencies.") + "\n"
    needs: dict[str, list[Dependency]] = {}
    for dependency in project.dependencies:
        needs.setdefault(dependency.item, []).append(dependency)
    return page(
        titled(paragraph(f"{project.title(item)} ({item})"), *(_need(project, dependency) for dependency in found))
        for item, found in needs.items()
    )


def _need(project: Project, dependency: Dependency) -> str:
    text = _("needs {other} ({id}): {link}, {strength}").format(
        other=project.title(dependency.needs),
        id=dependency.needs,
        link=link(dependency),
        strength=_(dependency.strength),
    )
    lines = [paragraph(text, indent=2)]
    if dependency.reason:
        lines.append(paragraph(dependency.reason, indent=4, bullet="> "))
    return "\n".join(lines)


def roadmap(project: Project, file: Path) -> str:
    """Each phase with its capabilities and their work packages on their days."""
    from planner.rollout.phase_words import phase_facts

    found = plan.roadmap(project, file)
    marked = views.pulled_in(project)
    blocks = [facts([(_("Roadmap"), origin(found))])]
    said = phase_facts(project, plan.catalogue())
    for part in outline(project):
        own = said[part.phase.id]
        lines = [paragraph(views.phase_title(part, own), bullet=f"{part.number}. ")]
        lines += [paragraph(goal, indent=3) for goal in dict.fromkeys((part.phase.goal, own.goal)) if goal]
        lines += views.notices(own, indent=3)
        for item in part.items:
            mark = f" {views.PULLED}" if item.id in marked else ""
            lines.append(paragraph(labelled(project.title(item.id) + mark, f"{item.start} .. {item.finish}"), indent=3))
            if item.id in project.packages_of:
                lines += [_placed(project, package) for package in item.packages]
        lines += [paragraph(text, indent=3, bullet=_("Ends when: ")) for text in exit_criteria(project, part.phase)]
        blocks.append("\n".join(lines))
    if waiting := unplaced(project):
        blocks.append(titled(_("Not placed yet"), *(_placed(project, package) for package in waiting)))
    blocks.append(paragraph(views.legend()) if marked else "")
    return page(blocks)


def comments(project: Project, file: Path) -> str:
    """What reviewers remark, and what was decided at the gates."""
    from planner.cli.sections.comments import blocks

    return page(blocks(project))


def checks(project: Project, file: Path) -> str:
    """The findings, as ``planner check`` words them."""
    from planner.checks.check import check
    from planner.cli.check import apart, findings

    return findings(*apart(check(project, plan.catalogue(), with_muted=True)))


def _placed(project: Project, package: WorkPackage) -> str:
    place = project.roadmap.packages.get(package.id) if project.roadmap else None
    when = f"{place.start} .. {place.finish}  " if place else ""
    name = labelled(heading(package.workstream), f"{package.name} ({package.id})")
    return paragraph(name, indent=5, bullet=when or "- ")


def _amounts(project: Project) -> str:
    rows = []
    for workstream in WORKSTREAMS:
        packages = [package for package in project.packages if package.workstream == workstream]
        rows.append([heading(workstream), str(len(packages)), number(sum(p.person_days for p in packages))])
    total = number(sum(package.person_days for package in project.packages))
    rows.append([_("Together"), str(len(project.packages)), total])
    head = [_("Workstream"), _("Packages"), _("Person-days")]
    return titled(_("Work"), table(head, rows, right="<>>", indent=2))


SECTIONS: dict[str, Callable[[Project, Path], str]] = {
    "overview": overview,
    "assessment": assessment,
    "work": work,
    "dependencies": dependencies,
    "roadmap": roadmap,
    "checks": checks,
    "comments": comments,
}
"""What ``--section`` may ask for, each with the function that writes it."""

KNOWLEDGE = (
    "context",
    "effort",
    "experience",
    "indicators",
    "milestones",
    "people",
    "raci",
    "standard",
)
"""Sections that need the catalogue, each ``planner/cli/sections/<name>.py``."""


class Section(Protocol):
    """What the module of a section has."""

    def blocks(self, project: Project, catalogue: "Catalogue") -> Iterable[str]: ...
