"""The way to a certificate of a standard: its stages as work, its dates as milestones."""

from planner.edit.made import Made
from planner.model.knowledge import Catalogue
from planner.model.project import Project


def made(project: Project, catalogue: Catalogue) -> Made:
    """Nothing yet."""
    return Made()
