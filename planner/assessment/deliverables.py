"""What work packages hand over, in words."""

from typing import TYPE_CHECKING

from planner.model.project import Project, WorkPackage

if TYPE_CHECKING:
    from planner.model.knowledge import Catalogue


def deliverable_names(project: Project, catalogue: "Catalogue", package: WorkPackage) -> tuple[str, ...]:
    """The names of what ``package`` hands over, in the language of the plan; words of the plan's own as they are.

    Those of one group (the rules of a procedure, say) stand together, in the order of the catalogue.
    """
    known = {deliverable.id: deliverable.name for deliverable in catalogue.deliverables}
    language = project.engagement.language
    return tuple(known[entry].in_(language) if entry in known else entry for entry in package.deliverables)
