"""People on tracks that lead to certificates: who takes which, what the client decides, which certificates are held."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from planner.edit.dependencies import add_dependency
from planner.edit.materialise import bridged, drop_dangling, materialise
from planner.edit.refused import Refused, checked, need
from planner.edit.track_work import made
from planner.graph.courses import courses
from planner.model.knowledge import Catalogue
from planner.model.people import Certificate, Enrolment, TrackSetting
from planner.model.problem import nearest
from planner.model.project import Dependency, Project
from planner.model.terms import Terms, person, terms
from planner.model.values import Fixed
from planner.text.clean import plain_id
from planner.text.i18n import _, language

__all__ = [
    "add_certificate",
    "change_certificate",
    "change_enrolment",
    "enrol",
    "last_step",
    "made",
    "needs_certificate",
    "reissue",
    "remove_certificate",
    "report_lost",
    "set_track",
    "unenrol",
]


def enrol(
    project: Project, catalogue: Catalogue, track: str, level: str, holder: str, begin: date, side: bool = False
) -> Project:
    """``project`` with ``holder``, a post or a name, on a track from the first intake on or after ``begin``.

    ``level`` may be empty where the track has only one. With ``side`` by its side entry. Raises Refused.
    """
    known, level = _kind(project, catalogue, track, level)
    if side:
        _has_side_entry(known)
    for other in project.enrolments:
        if (other.track, other.level, other.holder) == (track, level, holder):
            raise Refused(
                _("{holder} is on this track already ({item}) - change that enrolment instead").format(
                    holder=person(project, holder), item=other.id
                )
            )
    ident = _new_id(project, [track, *([level] if len(known.track.levels) > 1 else []), holder])
    enrolment = Enrolment(id=ident, track=track, level=level, holder=holder, begin=begin, side=side)
    return _made(project, replace(project, enrolments=(*project.enrolments, enrolment)), catalogue)


def unenrol(project: Project, catalogue: Catalogue, enrolment_id: str) -> Project:
    """``project`` without an enrolment and all of its work, changed by hand or not. Raises Refused."""
    held = _enrolment(project, enrolment_id)
    steps = set(_steps(project, catalogue, enrolment_id))
    packages = bridged(
        (package for package in project.packages if package.id not in steps),
        (package for package in project.packages if package.id in steps),
    )
    after = replace(
        project,
        enrolments=tuple(other for other in project.enrolments if other is not held),
        packages=packages,
        left_out=tuple(out for out in project.left_out if out.package not in steps),
        milestones=tuple(stone for stone in project.milestones if stone.item not in steps),
    )
    return _made(project, drop_dangling(after), catalogue)


def change_enrolment(project: Project, catalogue: Catalogue, enrolment_id: str, **changed: Any) -> Project:
    """``project`` with another level, holder, beginning, number of failed exams (``resits``) or way of entry.

    What waits for the certificate goes on waiting for it when a failed exam makes another package the last one.
    Raises Refused.
    """
    held = _enrolment(project, enrolment_id)
    if changed.get("id", held.id) != held.id or changed.get("track", held.track) != held.track:
        raise Refused(_("an enrolment keeps its id and its track - enrol for the other track instead"))
    enrolment = replace(held, **changed)
    known, level = _kind(project, catalogue, enrolment.track, enrolment.level)
    enrolment = replace(enrolment, level=level)
    if enrolment.side:
        _has_side_entry(known)
    changes = tuple(enrolment if other is held else other for other in project.enrolments)
    after = checked(project, replace(project, enrolments=changes))
    before = last_step(project, catalogue, held.id)
    last = last_step(after, catalogue, held.id)
    if before and last and before != last:
        after = replace(
            materialise(after, catalogue),
            dependencies=tuple(
                replace(link, needs=last) if link.needs == before and link.source == "own" else link
                for link in project.dependencies
            ),
        )
    return _made(project, after, catalogue)


def needs_certificate(project: Project, catalogue: Catalogue, package_id: str, enrolment_id: str) -> Project:
    """``project`` where a work package starts only when somebody on a track has the certificate. Raises Refused."""
    need(package_id, project.package_by_id, _("work package"))
    held = _enrolment(project, enrolment_id)
    last = last_step(project, catalogue, enrolment_id)
    if last not in project.package_by_id:
        raise Refused(_("{item} has no work in the plan to wait for").format(item=enrolment_id))
    reason = _("it needs the certificate of {holder}").format(holder=person(project, held.holder))
    return add_dependency(project, Dependency(item=package_id, needs=last, reason=reason), catalogue)


def last_step(project: Project, catalogue: Catalogue, enrolment_id: str) -> str:
    """The work package with which an enrolment ends in the certificate; empty when it has no work."""
    out = {entry.package for entry in project.left_out}
    return next((step for step in reversed(_steps(project, catalogue, enrolment_id)) if step not in out), "")


def set_track(project: Project, catalogue: Catalogue, track: str, **settings: Any) -> Project:
    """``project`` with what the client decides about a track: fields of ``TrackSetting``, None or empty for undecided.

    Raises Refused, also for a validity of nothing and for a renewal that would be asked for before the certificate.
    """
    known = _terms(project, catalogue, track)
    for name, wrong in (
        ("valid_years", _("a certificate cannot be valid for {n} years - give 1 or more, or leave it undecided")),
        (
            "renewal_lead_months",
            _("renewal cannot be asked for {n} months before the end - give 1 or more, or leave it undecided"),
        ),
    ):
        if settings.get(name) is not None and settings[name] < 1:
            raise Refused(wrong.format(n=settings[name]))
    for key in settings.keys() & {"paid_share", "cost"}:
        settings[key] = Fixed(settings[key])
        for level in settings[key]:
            _level(known, level)
    setting = replace(known.setting, **settings)
    _lead_fits(replace(known, setting=setting))
    kept = [setting if other.track == track else other for other in project.tracks]
    kept += [setting] if all(other.track != track for other in project.tracks) else []
    empty = TrackSetting(track=track)
    return _made(project, replace(project, tracks=tuple(one for one in kept if one != empty)), catalogue)


def add_certificate(
    project: Project,
    catalogue: Catalogue,
    track: str,
    level: str,
    holder: str,
    issued: date,
    expires: date | None = None,
) -> Project:
    """``project`` with a certificate that somebody holds. Raises Refused.

    Without ``expires`` it ends when those of its track do, as far as that is decided.
    """
    known, level = _kind(project, catalogue, track, level)
    ident = _new_id(project, [track, *([level] if len(known.track.levels) > 1 else []), holder, str(issued.year)])
    held = Certificate(id=ident, track=track, level=level, holder=holder, issued=issued, expires=expires)
    return _made(project, replace(project, certificates=(*project.certificates, held)), catalogue)


def change_certificate(project: Project, catalogue: Catalogue, certificate_id: str, **changed: Any) -> Project:
    """``project`` with some fields of a certificate changed. Raises Refused."""
    held = _certificate(project, certificate_id)
    certificate = replace(held, **changed)
    if certificate.id != held.id:
        raise Refused(_("a certificate keeps its id {item!r}").format(item=held.id))
    level = _kind(project, catalogue, certificate.track, certificate.level)[1]
    certificate = replace(certificate, level=level)
    certificates = tuple(certificate if other is held else other for other in project.certificates)
    return _made(project, replace(project, certificates=certificates), catalogue)


def report_lost(project: Project, catalogue: Catalogue, certificate_id: str, day: date) -> Project:
    """``project`` where a certificate was lost on ``day``: it counts as not held until it is reissued."""
    return change_certificate(project, catalogue, certificate_id, lost=day, reissued=None)


def reissue(project: Project, catalogue: Catalogue, certificate_id: str, day: date) -> Project:
    """``project`` where a lost certificate was replaced on ``day``; it ends when it did before. Raises Refused."""
    return change_certificate(project, catalogue, certificate_id, reissued=day)


def remove_certificate(project: Project, catalogue: Catalogue, certificate_id: str) -> Project:
    """``project`` without a certificate and its renewals. Raises Refused."""
    held = _certificate(project, certificate_id)
    certificates = tuple(other for other in project.certificates if other is not held)
    return _made(project, replace(project, certificates=certificates), catalogue)


def _made(before: Project, after: Project, catalogue: Catalogue) -> Project:
    return checked(before, materialise(checked(before, after), catalogue))


def _steps(project: Project, catalogue: Catalogue, enrolment_id: str) -> list[str]:
    """The work packages of an enrolment in order, those that were taken out by hand among them."""
    mine = (course for course in courses(project, catalogue) if course.enrolment.id == enrolment_id)
    return [step.id for course in mine for step in course.steps]


def _terms(project: Project, catalogue: Catalogue, track: str) -> Terms:
    known = terms(project, catalogue, track)
    if known is None:
        raise _unknown(_("there is no track {item!r}"), track, [known.id for known in catalogue.tracks])
    return known


def _kind(project: Project, catalogue: Catalogue, track: str, level: str) -> tuple[Terms, str]:
    known = _terms(project, catalogue, track)
    return known, _level(known, level)


def _level(known: Terms, level: str) -> str:
    """The id of a level of a track, which may be left out where there is only one."""
    found = known.level(level)
    if found is None:
        valid = [level.id for level in known.track.levels]
        raise _unknown(_("the track has no level {item!r}") if level else _("say at which level"), level, valid)
    return found.id


def _unknown(wrong: str, item: str, valid: Collection[str]) -> Refused:
    return Refused(f"{wrong.format(item=item)} - {nearest(item, valid)}")


def _has_side_entry(known: Terms) -> None:
    if known.track.side_entry is None:
        raise Refused(_("{track} has no side entry").format(track=known.track.name.in_(language())))


def _lead_fits(known: Terms) -> None:
    if known.valid_years and known.lead_months and known.lead_months >= 12 * known.valid_years:
        raise Refused(
            _("renewal {months} months before the end would be asked for before the certificate is there").format(
                months=known.lead_months
            )
        )


def _enrolment(project: Project, enrolment_id: str) -> Enrolment:
    held = {enrolment.id: enrolment for enrolment in project.enrolments}
    need(enrolment_id, held, _("enrolment"))
    return held[enrolment_id]


def _certificate(project: Project, certificate_id: str) -> Certificate:
    held = {certificate.id: certificate for certificate in project.certificates}
    need(certificate_id, held, _("certificate"))
    return held[certificate_id]


def _new_id(project: Project, parts: Collection[str]) -> str:
    """A readable id made of ``parts`` that nothing else in the plan has."""
    taken = {
        *(enrolment.id for enrolment in project.enrolments),
        *(certificate.id for certificate in project.certificates),
        *project.package_by_id,
        *project.process_by_id,
        *project.engagement.programme,
        *(certification.standard for certification in project.certifications),
    }
    base = "-".join(filter(None, map(plain_id, parts))).removeprefix("x-") or "track"
    return next(name for n in count(1) if (name := base if n == 1 else f"{base}-{n}") not in taken)
