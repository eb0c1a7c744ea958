"""Indicators of processes and of the scorecard."""

from planner.edit.made import Made
from planner.model.knowledge import Catalogue
from planner.model.project import Project


def made(project: Project, catalogue: Catalogue) -> Made:
    """Nothing yet."""
    return Made()
