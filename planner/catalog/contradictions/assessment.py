"""Rules between templates of the assessment: questionnaires, pains, quick wins; and of the context of an engagement."""

from collections.abc import Iterator

from planner.catalog.contradictions.known import Known, among, ordered, twice
from planner.model.problem import Path, Problem
from planner.text.i18n import _


def _profiles(known: Known) -> Iterator[Problem]:
    for index, profile in enumerate(known.catalogue.profiles):
        where: Path = ("profiles", index)
        dimensions = [dimension.id for dimension in profile.dimensions]
        yield from twice((*where, "dimensions"), dimensions)
        yield from twice((*where, "criteria"), (criterion.code for criterion in profile.criteria))
        for number, criterion in enumerate(profile.criteria):
            place = (*where, "criteria", number)
            yield from among((*place, "dimension"), criterion.dimension, dimensions, _("dimension"))
            yield from known.each((*place, "processes"), criterion.processes, "processes", _("process"))


def _pains(known: Known) -> Iterator[Problem]:
    for index, pain in enumerate(known.catalogue.pains):
        yield from known.each(("pains", index, "levels"), pain.levels, "processes", _("process"))


def _quick_wins(known: Known) -> Iterator[Problem]:
    for index, win in enumerate(known.catalogue.quick_wins):
        yield from known.capability(("quick_wins", index, "item"), win.item)
        yield from ordered(("quick_wins", index, "weeks"), win.weeks)
        yield from ordered(("quick_wins", index, "effort"), win.effort)


def _inside(known: Known) -> Iterator[Problem]:
    """Lists inside the tables of the context whose entries must differ."""
    for index, path in enumerate(known.catalogue.paths):
        yield from twice(("paths", index, "steps"), (step.id for step in path.steps))
    for index, checklist in enumerate(known.catalogue.checklists):
        yield from twice(("checklists", index, "items"), (item.id for item in checklist.items))
    items = [
        (index, number) for index, stage in enumerate(known.catalogue.experience) for number in range(len(stage.items))
    ]
    seen: set[str] = set()
    for index, number in items:
        ident = known.catalogue.experience[index].items[number].id
        if ident in seen:
            wrong = _("{name!r} stands there twice").format(name=ident)
            yield Problem(("experience", index, "items", number), wrong, _("rename or remove one of them"))
        seen.add(ident)


RULES = (_profiles, _pains, _quick_wins, _inside)
