"""Rules between templates of people: tracks to certificates, service roles."""

from collections.abc import Iterator
from math import isclose

from planner.catalog.contradictions.known import Known, among, twice
from planner.model.known.people import Track
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
        yield from _renewal(where, track)
        yield from _parts(where, track)


def _renewal(where: Path, track: Track) -> Iterator[Problem]:
    if track.valid_years and track.renewal_lead_months and track.renewal_lead_months >= 12 * track.valid_years:
        wrong = _("renewal is asked for {lead} months before the end of {valid} months").format(
            lead=track.renewal_lead_months, valid=12 * track.valid_years
        )
        advice = _("write less than {valid}").format(valid=12 * track.valid_years)
        yield Problem((*where, "renewal_lead_months"), wrong, advice)


def _parts(where: Path, track: Track) -> Iterator[Problem]:
    """Parts that make no whole of what somebody does on the track, who enters at its beginning or from the side."""
    usual = [step for step in track.steps if not step.side]
    aside = [step for step in track.steps if step.id not in track.side_skips]
    entries = (usual, aside) if track.side_skips or len(usual) < len(track.steps) else (usual,)
    for key, whole in (("weight", 100), ("cost_share", 1)):
        sums = [sum(getattr(step, key) for step in steps) for steps in entries]
        wrong = [total for total in sums if not isclose(total, whole)]
        if wrong and any(getattr(step, key) for step in track.steps):
            message = _("the {key} of the steps adds up to {total:g}, not to {whole}")
            advice = _("divide {whole} among the steps, or leave {key} out").format(whole=whole, key=key)
            yield Problem((*where, "steps"), message.format(key=key, total=wrong[0], whole=whole), advice)


def _service_roles(known: Known) -> Iterator[Problem]:
    for index, role in enumerate(known.catalogue.service_roles):
        yield from known.each(("service_roles", index, "owns"), role.owns, "processes", _("process"))


RULES = (_tracks, _service_roles)
