"""Anything that a finding names: what a person calls it, and where it is shown."""

import re
from typing import TYPE_CHECKING

from planner.graph.naming import named as named
from planner.graph.naming import work_named as work_named
from planner.model.capability import process_of
from planner.model.project import Project
from planner.text.i18n import _

if TYPE_CHECKING:
    from planner.tui.screens.pick import Option


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
