"""The fields by which the roadmap is filtered, and what a filter keeps of it."""

from collections.abc import Collection

from planner.model.capability import level_of
from planner.text.i18n import N_, _
from planner.tui.areas.roadmap.picture import Picture, with_parts
from planner.tui.filtering import NAME, Facts, Field, Filter

_YES_NO = (("yes", N_("yes")), ("no", N_("no")))


def fields(picture: Picture) -> list[Field]:
    """What can be asked of a capability or package."""
    phases = tuple((phase.phase.id, phase.phase.name) for phase in picture.phases)
    yes_no = tuple((value, _(words)) for value, words in _YES_NO)
    return [
        Field(NAME, N_("name")),
        Field("phase", N_("phase"), "choice", phases),
        Field("level", N_("level"), "number"),
        Field("start", N_("start"), "date"),
        Field("finish", N_("finish"), "date"),
        Field("broken", N_("broken"), "choice", yes_no),
        Field("critical", N_("critical"), "choice", yes_no),
        Field("pinned", N_("pinned"), "choice", yes_no),
        Field("begun", N_("begun"), "choice", yes_no),
    ]


def kept(picture: Picture, wanted: Filter, touched: Collection[str], critical: Collection[str]) -> frozenset[str]:
    """The capabilities, and packages of the programme, that ``wanted`` keeps.

    ``touched``: what breaks something. ``critical``: what decides the finish.
    """
    items = (*picture.item_by_id, *picture.loose)
    return frozenset(item for item in items if wanted.keeps(_facts(picture, item, touched, critical)))


def _facts(picture: Picture, item: str, touched: Collection[str], critical: Collection[str]) -> Facts:
    project = picture.project
    placed = picture.item_by_id.get(item)
    packages = [project.package_by_id[package] for package in picture.packages(item)]

    def yes(fact: bool) -> str:
        return "yes" if fact else "no"

    return {
        NAME: (project.title(item), *(package.name for package in packages)),
        "phase": picture.phase_of.get(item, ""),
        "level": level_of(item) or None,
        "start": placed.start if placed else None,
        "finish": placed.finish if placed else None,
        "broken": yes(not with_parts(project, [item]).isdisjoint(touched)),
        "critical": yes(item in critical),
        "pinned": yes(item in project.pin_by_item),
        "begun": yes(picture.done(item) is not None or any(p.id in project.progress_of for p in packages)),
    }
