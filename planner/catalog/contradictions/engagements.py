"""Rules between engagement templates and the rest."""

from collections.abc import Iterator
from datetime import date

from planner.catalog.contradictions.known import Known, among, twice
from planner.model.knowledge import EngagementTemplate
from planner.model.known.context import TransformationPath
from planner.model.problem import Path, Problem
from planner.model.values import DIMENSIONS
from planner.text.i18n import _, listed

ORDINARY_YEAR = 2001
"""A year without a leap day."""


def _engagements(known: Known) -> Iterator[Problem]:
    for index, template in enumerate(known.catalogue.engagements):
        where: Path = ("engagements", index)
        for rule in (_references, _circumstances, _levels, _posts, _enrolments, _context, _periods):
            yield from rule(where, template, known)


def _references(where: Path, template: EngagementTemplate, known: Known) -> Iterator[Problem]:
    yield from known.one((*where, "strategy"), template.strategy, "strategies", _("strategy"))
    yield from twice((*where, "roles"), (entry.role for entry in template.roles))
    for number, entry in enumerate(template.roles):
        yield from known.one((*where, "roles", number, "role"), entry.role, "roles", _("role"))
    for number, wish in enumerate(template.certifications):
        yield from known.one((*where, "certifications", number, "standard"), wish.standard, "standards", _("standard"))
    for number, benefit in enumerate(template.benefits):
        yield from known.capability((*where, "benefits", number, "item"), benefit.item)
    yield from known.each((*where, "modifiers"), template.modifiers, "modifiers", _("modifier"))
    yield from known.each((*where, "programme"), template.programme, "programme", _("programme work"))
    yield from known.each((*where, "pains"), template.pains, "pains", _("pain"))
    yield from known.each((*where, "mutes"), template.mutes, "checks", _("check"))


def _circumstances(where: Path, template: EngagementTemplate, known: Known) -> Iterator[Problem]:
    entries = {modifier.id: modifier for modifier in known.catalogue.modifiers}
    for name, count in template.modifiers.items():
        if name in entries and entries[name].named:
            wrong = _("{name} is about certain processes, which a template cannot name").format(name=name)
            yield Problem((*where, "modifiers", name), wrong, _("set it in the plan"))
        elif name in entries and count > 1 and not entries[name].counted:
            wrong = _("{name} is not counted - it is there or it is not").format(name=name)
            yield Problem((*where, "modifiers", name), wrong, _("write 1"))


def _levels(where: Path, template: EngagementTemplate, known: Known) -> Iterator[Problem]:
    for key, names in (("baseline", template.baseline), ("target", template.target)):
        yield from known.each((*where, key), names, "processes", _("process"))
    for process, levels in template.baseline.items():
        if set(levels) != set(DIMENSIONS):
            wrong = _("{process} must be scored for {names}").format(process=process, names=listed(DIMENSIONS))
            yield Problem((*where, "baseline", process), wrong, _("give a level for each of them"))


def _posts(where: Path, template: EngagementTemplate, known: Known) -> Iterator[Problem]:
    yield from twice((*where, "posts"), (post.id for post in template.posts))
    for number, post in enumerate(template.posts):
        at = (*where, "posts", number)
        yield from known.each((*at, "roles"), post.roles, "roles", _("role"))
        yield from known.each((*at, "service_roles"), post.service_roles, "service_roles", _("service role"))
        yield from known.each((*at, "owns"), post.owns, "processes", _("process"))
        yield from known.each((*at, "manages"), post.manages, "processes", _("process"))


def _enrolments(where: Path, template: EngagementTemplate, known: Known) -> Iterator[Problem]:
    levels = {track.id: {level.id for level in track.levels} for track in known.catalogue.tracks}
    posts = {post.id for post in template.posts}
    for number, entry in enumerate(template.enrolments):
        at = (*where, "enrolments", number)
        yield from known.one((*at, "track"), entry.track, "tracks", _("track"))
        yield from among((*at, "post"), entry.post, posts, _("post"))
        if entry.track in levels and (entry.level or levels[entry.track]):
            yield from among((*at, "level"), entry.level, levels[entry.track], _("level"))


def _context(where: Path, template: EngagementTemplate, known: Known) -> Iterator[Problem]:
    context = template.context
    at: Path = (*where, "context")
    if context.form:
        yield from known.one((*at, "form"), context.form, "forms", _("form of organisation"))
    if context.path:
        yield from known.one((*at, "path"), context.path, "paths", _("path"))
    yield from known.each((*at, "layers"), context.layers, "layers", _("layer"))
    path = next((path for path in known.catalogue.paths if path.id == context.path), None)
    for key, step in (("stands", context.stands), ("aims", context.aims)):
        if step and path:
            yield from among((*at, key), step, _steps(path), _("step"))
    items = {c.id: {item.id for item in c.items} for c in known.catalogue.checklists if c.scope == "engagement"}
    for checklist, ticked in context.ticks.items():
        yield from among((*at, "ticks", checklist), checklist, items, _("checklist"))
        for number, item in enumerate(ticked if checklist in items else ()):
            yield from among((*at, "ticks", checklist, number), item, items[checklist], _("item"))


def _steps(path: TransformationPath) -> set[str]:
    return {step.id for step in path.steps}


def _periods(where: Path, template: EngagementTemplate, known: Known) -> Iterator[Problem]:
    for key in ("holidays", "blackouts"):
        for number, period in enumerate(getattr(template, key)):
            for end in ("first", "last"):
                if not _is_day(getattr(period, end)):
                    wrong = _("{day!r} is no day of every year").format(day=getattr(period, end))
                    yield Problem((*where, key, number, end), wrong, _("write month and day such as 12-24"))


def _is_day(text: str) -> bool:
    """Whether ``text`` is a day, as MM-DD, that every year has."""
    try:
        day = date.fromisoformat(f"{ORDINARY_YEAR}-{text}")
    except ValueError:
        return False
    return day.strftime("%m-%d") == text


RULES = (_engagements,)
