"""Rules between templates of people: tracks to certificates, service roles."""

from collections.abc import Iterator

from planner.catalog.contradictions.known import Known, among, twice
from planner.model.problem import Path, Problem
from planner.text.i18n import _


def _tracks(known: Known) -> Iterator[Problem]:
    for index, track in enumerate(known.catalogue.tracks):
        where: Path = ("tracks", index)
        steps = [step.id for step in track.steps]
        yield from twice((*where, "levels"), (level.id for level in track.levels))
        yield from twice((*where, "steps"), steps)
        for number, name in enumerate(track.side_skips):
            yield from among((*where, "side_skips", number), name, steps, _("step"))
        if track.role:
            yield from known.one((*where, "role"), track.role, "roles", _("role"))
        if not track.steps:
            yield Problem((*where, "steps"), _("the track has no step"), _("add what those on it do, as [[steps]]"))


def _service_roles(known: Known) -> Iterator[Problem]:
    for index, role in enumerate(known.catalogue.service_roles):
        yield from known.each(("service_roles", index, "owns"), role.owns, "processes", _("process"))


RULES = (_tracks, _service_roles)
