"""Work of the whole programme, and circumstances that size work."""

from planner.edit.made import Made
from planner.model.knowledge import Catalogue
from planner.model.project import Project


def made(project: Project, catalogue: Catalogue) -> Made:
    """Nothing yet."""
    return Made()
