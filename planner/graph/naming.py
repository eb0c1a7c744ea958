"""How a sentence names an item of the plan."""

from planner.model.project import Project
from planner.text.i18n import _, labelled


def called(project: Project, item: str) -> str:
    """A capability by its title, a work package by its id: those of different capabilities share names."""
    return project.title(item) if "@" in item else item


def dimension_title(project: Project, dimension: str) -> str:
    """What a person calls a dimension: the plan's own name for it, else the word of the usual one."""
    own = next((entry.name for entry in project.dimensions if entry.id == dimension), "")
    return own or _(dimension).capitalize()


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
