"""How a sentence names an item of the plan."""

from planner.model.project import Project


def called(project: Project, item: str) -> str:
    """A capability by its title, a work package by its id: those of different capabilities share names."""
    return project.title(item) if "@" in item else item
