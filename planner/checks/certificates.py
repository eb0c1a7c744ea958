"""Looks at certificates of people: too late for the work that needs them, at an end, with open rules (domain.md §6)."""

from collections.abc import Iterator

from planner.checks.registry import Hit, View, looks
from planner.graph.naming import called
from planner.model.people import Certificate
from planner.model.terms import person, terms
from planner.text.i18n import _, language


@looks("CHK53")
def too_late(view: View) -> Iterator[Hit]:
    """Certificates that come after the work that needs them, that end in the course of the plan, or with open rules."""
    yield from _after_work(view)
    for certificate in view.project.certificates:
        if not _replaced(view, certificate):
            yield from _invalid(view, certificate)
    yield from _open_rules(view)


def _after_work(view: View) -> Iterator[Hit]:
    """Work that begins before the track on which it waits has come to its end."""
    project, spans = view.project, view.facts.spans
    for enrolment in project.enrolments:
        steps = {package.id for package in project.packages if package.id.startswith(f"{enrolment.id}-")}
        for d in project.dependencies:
            late = d.needs in spans and d.item in spans and spans[d.item].start <= spans[d.needs].finish
            if d.strength != "off" and d.needs in steps and d.item not in steps and late:
                yield Hit(
                    _("{item} begins on {day} and needs the certificate of {holder}, which comes after {ready}").format(
                        item=called(project, d.item),
                        day=spans[d.item].start,
                        holder=person(project, enrolment.holder),
                        ready=spans[d.needs].finish,
                    ),
                    (d.item, d.needs),
                )


def _replaced(view: View, certificate: Certificate) -> bool:
    """Whether its holder has a later certificate of the same kind."""
    return any(
        (other.track, other.level, other.holder) == (certificate.track, certificate.level, certificate.holder)
        and other.issued > certificate.issued
        for other in view.project.certificates
    )


def _invalid(view: View, certificate: Certificate) -> Iterator[Hit]:
    """A certificate that is lost, over, or ends before the plan does without a renewal."""
    project = view.project
    known = terms(project, view.catalogue, certificate.track)
    expires = known.expires(certificate) if known else certificate.expires
    names = {"id": certificate.id, "holder": person(project, certificate.holder), "day": expires}
    if certificate.lost and not certificate.reissued:
        yield Hit(_("the certificate {id} of {holder} is lost and not reissued").format(**names), (certificate.id,))
    elif expires and expires < project.engagement.start:
        text = _("the certificate {id} of {holder} is over since {day}")
        yield Hit(text.format(**names), (certificate.id,))
    elif expires and view.facts.finish and expires <= view.facts.finish and not _renewed(view, certificate):
        text = _("the certificate {id} of {holder} ends on {day}, within the plan, and no renewal is planned")
        yield Hit(text.format(**names), (certificate.id,))


def _renewed(view: View, certificate: Certificate) -> bool:
    """Whether a renewal of it is a milestone, or its holder goes through the track again."""
    stones = view.project.milestones
    if any(stone.kind in view.names("renewal") and stone.id.startswith(f"{certificate.id}-") for stone in stones):
        return True
    again = (certificate.track, certificate.level, certificate.holder)
    return any((entry.track, entry.level, entry.holder) == again for entry in view.project.enrolments)


def _open_rules(view: View) -> Iterator[Hit]:
    """Tracks in use of which nobody has decided how long a certificate is valid or how early it is renewed."""
    project = view.project
    used = (*(entry.track for entry in project.enrolments), *(held.track for held in project.certificates))
    for track in dict.fromkeys(used):
        known = terms(project, view.catalogue, track)
        if known and known.missing:
            yield Hit(
                _(
                    "nobody has decided how long certificates of {track} are valid and how early they are renewed"
                ).format(track=known.track.name.in_(language())),
                (track,),
                "info",
                _("set the years of validity and the months of lead for the track"),
            )
