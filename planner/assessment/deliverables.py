"""What work packages hand over, in words."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from planner.model.project import Project, WorkPackage
from planner.text.clean import folded

if TYPE_CHECKING:
    from planner.model.knowledge import Catalogue


def deliverable_names(project: Project, catalogue: "Catalogue", package: WorkPackage) -> tuple[str, ...]:
    """The names of what ``package`` hands over, in the language of the plan; words of the plan's own as they are.

    Those of one group (the rules of a procedure, say) stand together, in the order of the catalogue.
    """
    known = {deliverable.id: deliverable.name for deliverable in catalogue.deliverables}
    language = project.engagement.language
    return tuple(known[entry].in_(language) if entry in known else entry for entry in package.deliverables)


def deliverable_words(project: Project, catalogue: "Catalogue", package: WorkPackage) -> tuple[str, ...]:
    """The same for a table that comes back in: an entry whose name does not lead back to it is told by its id."""
    names = deliverable_names(project, catalogue, package)
    return tuple(
        name if deliverable_ids(catalogue, [name]) in ((entry,), (name,)) else entry
        for entry, name in zip(package.deliverables, names, strict=True)
    )


def deliverable_ids(catalogue: "Catalogue", words: Iterable[str]) -> tuple[str, ...]:
    """What ``words`` name, by id or by name in either language; what names none, or several, is the plan's own."""
    found = []
    for word in words:
        meant = folded(word.strip())
        ids = [one.id for one in catalogue.deliverables if meant in (one.id, folded(one.name.en), folded(one.name.zh))]
        found.append(ids[0] if len(ids) == 1 else word)
    return tuple(found)
