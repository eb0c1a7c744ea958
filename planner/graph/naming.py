"""How a sentence names an item of the plan."""

from planner.model.project import Project
from planner.text.i18n import _


def called(project: Project, item: str) -> str:
    """A capability by its title, a work package by its id: those of different capabilities share names."""
    return project.title(item) if "@" in item else item


def dimension_title(project: Project, dimension: str) -> str:
    """What a person calls a dimension: the plan's own name for it, else the word of the usual one."""
    own = next((entry.name for entry in project.dimensions if entry.id == dimension), "")
    return own or _(dimension).capitalize()
