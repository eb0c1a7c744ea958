"""Anything that a finding names: what a person calls it, and where it is shown."""

from planner.model.capability import process_of
from planner.model.project import Project
from planner.text.i18n import _, labelled


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

    Many packages of the catalogue share a name, which says nothing in a list.
    """
    own = project.package_by_id[package]
    return labelled(project.title(own.capability), _(own.workstream)) if own.capability else own.name


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
