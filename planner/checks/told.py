"""What a plan tells in ticks and deliverables, as several looks read it."""

from collections.abc import Collection, Iterable, Mapping

from planner.checks.registry import View
from planner.model.project import WorkPackage
from planner.text.i18n import language, listed


def ticked(view: View, ticks: Mapping[str, tuple[str, ...]]) -> frozenset[str] | None:
    """What is ticked on the checklist that the check names; None while nobody has filled it in."""
    (checklist,) = view.names("checklist")
    return frozenset(ticks[checklist]) if checklist in ticks else None


def items(view: View) -> dict[str, str]:
    """The items of the checklist that the check names, in its order, with their names."""
    named = view.names("checklist")
    return {
        item.id: item.name.in_(language())
        for checklist in view.catalogue.checklists
        if checklist.id in named
        for item in checklist.items
    }


def handed_over(packages: Iterable[WorkPackage]) -> frozenset[str]:
    """The deliverables of ``packages`` together; empty means that nobody has said what they hand over."""
    return frozenset(deliverable for package in packages for deliverable in package.deliverables)


def deliverables(view: View, ids: Collection[str]) -> str:
    """The names of deliverables of the catalogue, listed; one that it does not have stands under its id."""
    known = {deliverable.id: deliverable.name.in_(language()) for deliverable in view.catalogue.deliverables}
    return listed(known.get(ident, ident) for ident in ids)


def processes(view: View, ids: Iterable[str]) -> str:
    """What the plan calls processes, listed; one that it does not have stands under the catalogue's name or its id."""
    own, known = view.project.process_by_id, view.catalogue.process_by_id
    return listed(
        own[ident].name if ident in own else known[ident].name.in_(language()) if ident in known else ident
        for ident in ids
    )
