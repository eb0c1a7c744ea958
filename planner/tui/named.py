"""Anything that a finding names: what a person calls it, and where it is shown."""

import re
from typing import TYPE_CHECKING

from planner.model.capability import process_of
from planner.model.project import Project
from planner.text.i18n import _, labelled

if TYPE_CHECKING:
    from planner.tui.screens.pick import Option


def named(project: Project, item: str) -> str:
    """The name of a part of a plan: a capability, package, process, post ...; the id where it has none."""
    title = project.title(item)
    if title != item:
        return title
    parts = (
        project.processes,
        project.phases,
        project.posts,
        project.roles,
        project.milestones,
        project.indicators,
    )
    names = {one.id: one.name for part in parts for one in part}
    names |= {goal.standard: goal.name for goal in project.certifications}
    return names.get(item, item)


def work_named(project: Project, package: str) -> str:
    """A work package by what it is for and its workstream, ``Service desk 2: process``; by its name without the first.

    Many packages of the catalogue share a name, which says nothing in a list. Where a capability has several in a
    workstream, the name takes its place.
    """
    own = project.package_by_id[package]
    if not own.capability:
        return own.name
    beside = [other for other in project.packages_of[own.capability] if other.workstream == own.workstream]
    return labelled(project.title(own.capability), own.name if len(beside) > 1 else _(own.workstream))


_ID = re.compile(r"[A-Za-z0-9_]+(?:[@.-]+[A-Za-z0-9_]+)+|[A-Za-z_]+[0-9]+")
"""What may be an id in running text: letters alone are words (``change`` is a verb before it is a process)."""


def in_names(project: Project, text: str) -> str:
    """``text`` of the engine with the names of capabilities, packages, roles and phases in the place of their ids."""

    def name(found: re.Match[str]) -> str:
        item = found[0]
        if item in project.package_by_id:
            return work_named(project, item)
        for known in (project.role_by_id, project.phase_by_id, project.process_by_id):
            if item in known:
                return known[item].name
        return project.title(item)

    text = _ID.sub(name, text)
    for phase in project.phases:
        # What tells both the id and the name of a phase would say the name twice.
        text = text.replace(f"{phase.name} ({phase.name})", phase.name)
    return text


def homes(project: Project, item: str) -> tuple[str, ...]:
    """The areas that may show ``item``, the likeliest first."""
    if item in project.process_by_id:
        return ("assessment",)
    if process_of(item):
        return "dependencies", "roadmap"
    if item in project.package_by_id:
        return ("work",)
    if item in project.phase_by_id:
        return ("roadmap",)
    return ("organisation",)


def homeless(project: Project, item: str) -> str:
    """Where to turn with ``item``, which no area shows."""
    if item in project.role_by_id:
        words = _("{item} is a role: its name and capacity stand in the plan file, its load in Work (w, then t).")
    elif any(out.package == item for out in project.left_out):
        words = _("{item} was left out of the plan: in Work L shows what was left out, and brings it back.")
    else:
        words = _("{item} is no part of the plan that can be shown; the plan file names it.")
    return words.format(item=named(project, item))


def options(project: Project) -> "list[Option]":
    """Where one can go in a plan: processes, capabilities, phases, packages, posts, milestones."""
    from planner.tui.screens.pick import Option

    found = [Option(process.id, process.name, _("process")) for process in project.processes]
    found += [Option(item, project.title(item), _("capability")) for item in project.capabilities]
    found += [Option(phase.id, phase.name, _("phase")) for phase in project.phases]
    found += [
        Option(package.id, package.name, project.title(package.capability) if package.capability else "")
        for package in project.packages
    ]
    found += [Option(post.id, post.name, _("post")) for post in project.posts]
    found += [Option(stone.id, stone.name, _("milestone")) for stone in project.milestones]
    return found
