"""Certificates of people: who holds which on a day, what is under way, what ends without renewal, what it costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from planner.graph.courses import courses, days, next_intake
from planner.model.calendar import months_after
from planner.model.knowledge import Catalogue
from planner.model.problem import nearest
from planner.model.project import Project
from planner.model.terms import horizon, post_of, terms


@dataclass(frozen=True, slots=True)
class Holding:
    """A certificate that somebody holds from ``issued`` until ``expires`` (None: unknown or without end).

    ``item`` is the certificate of the plan or, when ``expected``, the enrolment that is planned to lead to it.
    """

    item: str
    track: str
    level: str
    holder: str
    issued: date
    expires: date | None
    expected: bool = False


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Where somebody on a track is on a day: the work package of the step under way, or of the next one."""

    enrolment: str
    package: str
    start: date
    finish: date
    certificate: date


@dataclass(frozen=True, slots=True)
class Spending:
    """Money that the company pays in a year for a track, in the currency of the track."""

    year: int
    track: str
    cost: float
    currency: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """Settings of a track that somebody uses and the client has not decided, by name of the field."""

    track: str
    settings: tuple[str, ...]
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """A course that the roadmap begins on ``start``, when there is no intake; the next one is open from ``intake``."""

    enrolment: str
    start: date
    intake: date


@dataclass(frozen=True, slots=True)
class Unknown:
    """An enrolment, certificate or setting whose track or level the catalogue does not have."""

    item: str
    name: str
    advice: str


def held(project: Project, catalogue: Catalogue, day: date) -> tuple[Holding, ...]:
    """The certificates that are valid on ``day``: those of the plan, then those that its roadmap leads to by then.

    One that is lost does not count from the day of the loss until it is reissued.
    """
    return tuple(
        holding
        for holding in all_holdings(project, catalogue)
        if holding.issued <= day
        and (holding.expires is None or day <= holding.expires)
        and not _is_lost(project, holding, day)
    )


def all_holdings(project: Project, catalogue: Catalogue) -> tuple[Holding, ...]:
    """Every certificate of the plan and every one that its roadmap leads to, valid or not."""
    return (*_of_plan(project, catalogue), *_expected(project, catalogue, placed=True))


def under_way(project: Project, catalogue: Catalogue, day: date) -> tuple[UnderWay, ...]:
    """Everybody on a track who does not have its certificate by ``day``; with earliest days where nothing is placed."""
    found = []
    for course in courses(project, catalogue):
        spans = days(project, course)
        ahead = [(item, span) for item, span in spans.items() if span.finish >= day]
        if ahead:
            item, span = min(ahead, key=lambda pair: pair[1].start)
            end = max(other.finish for other in spans.values())
            found.append(UnderWay(course.enrolment.id, item, span.start, span.finish, end))
    return tuple(found)


def budget(project: Project, catalogue: Catalogue) -> tuple[Spending, ...]:
    """What the company pays for certificates, by year in which the step begins that causes it, and by track.

    It counts the cost of the work packages as they stand in the plan.
    """
    sums: dict[tuple[int, str], float] = {}
    currency: dict[str, str] = {}
    for course in courses(project, catalogue):
        track = course.terms.track
        currency[track.id] = track.currency or project.governance.currency
        for item, span in days(project, course).items():
            cost = project.package_by_id[item].cost
            if cost:
                key = (span.start.year, track.id)
                sums[key] = sums.get(key, 0.0) + cost
    return tuple(Spending(year, track, round(cost, 2), currency[track]) for (year, track), cost in sorted(sums.items()))


def expiring(project: Project, catalogue: Catalogue, until: date | None = None) -> tuple[Holding, ...]:
    """The certificates that end from the start of the project to ``until`` and that nothing in the plan renews.

    ``until`` is five years from the start when not given. Renewed is one whose renewal is a milestone, and one whose
    holder has a later certificate of the same kind that is issued by the day on which it ends; what is not placed yet
    is taken to come as early as it can.
    """
    last = until or horizon(project)
    everything = (*_of_plan(project, catalogue), *_expected(project, catalogue, placed=False))
    found = []
    for holding in everything:
        ends = holding.expires
        if ends is None or not project.engagement.start <= ends <= last:
            continue
        asked = any(stone.id.startswith(f"{holding.item}-renewal-") for stone in project.milestones)
        if asked or _is_lost(project, holding, ends):
            continue
        if not any(_renews(project, other, holding, ends) for other in everything):
            found.append(holding)
    return tuple(found)


def missed(project: Project, catalogue: Catalogue) -> tuple[Missed, ...]:
    """The courses whose first step the roadmap places in a month without an intake: they would have to wait."""
    found = []
    for course in courses(project, catalogue):
        first, span = course.steps[0], days(project, course).get(course.steps[0].id)
        if span is None or not span.placed:
            continue
        offset = timedelta(weeks=first.known.week)
        intake = next_intake(course.terms.track, span.start - offset)
        if intake > span.start - offset:
            found.append(Missed(course.enrolment.id, span.start, intake))
    return tuple(found)


def undecided(project: Project, catalogue: Catalogue) -> tuple[Undecided, ...]:
    """The tracks in use of which validity or renewal lead is not decided, with the enrolments and certificates."""
    users: dict[str, list[str]] = {}
    for item, track, _level in _named(project):
        users.setdefault(track, []).append(item)
    found = []
    for track, items in users.items():
        known = terms(project, catalogue, track)
        if known and known.missing:
            found.append(Undecided(track, known.missing, tuple(items)))
    return tuple(found)


def unknown(project: Project, catalogue: Catalogue) -> Iterator[Unknown]:
    """What names a track or level that the catalogue does not have: it brings nothing into the plan."""
    tracks = [track.id for track in catalogue.tracks]
    for setting in project.tracks:
        if setting.track not in tracks:
            yield Unknown(setting.track, setting.track, nearest(setting.track, tracks))
    for item, track, level in _named(project):
        known = terms(project, catalogue, track)
        if known is None:
            yield Unknown(item, track, nearest(track, tracks))
        elif known.level(level) is None:
            yield Unknown(item, level, nearest(level, [level.id for level in known.track.levels]))


def _named(project: Project) -> Iterator[tuple[str, str, str]]:
    """Id, track and level of every enrolment and certificate."""
    yield from ((enrolment.id, enrolment.track, enrolment.level) for enrolment in project.enrolments)
    yield from ((certificate.id, certificate.track, certificate.level) for certificate in project.certificates)


def _of_plan(project: Project, catalogue: Catalogue) -> Iterator[Holding]:
    for certificate in project.certificates:
        known = terms(project, catalogue, certificate.track)
        level = known.level(certificate.level) if known else None
        yield Holding(
            item=certificate.id,
            track=certificate.track,
            level=level.id if level else certificate.level,
            holder=certificate.holder,
            issued=certificate.issued,
            expires=known.expires(certificate) if known else certificate.expires,
        )


def _expected(project: Project, catalogue: Catalogue, placed: bool) -> Iterator[Holding]:
    """The certificates to which courses lead; with ``placed`` only of those that the roadmap places as a whole."""
    for course in courses(project, catalogue):
        spans = days(project, course).values()
        if not spans or (placed and not all(span.placed for span in spans)):
            continue
        day = max(span.finish for span in spans)
        years, mine = course.terms.valid_years, course.enrolment
        yield Holding(
            item=mine.id,
            track=mine.track,
            level=course.level.id,
            holder=mine.holder,
            issued=day,
            expires=months_after(day, 12 * years) if years else None,
            expected=True,
        )


def _is_lost(project: Project, holding: Holding, day: date) -> bool:
    certificate = next((one for one in project.certificates if one.id == holding.item), None)
    return (
        certificate is not None
        and certificate.lost is not None
        and certificate.lost <= day
        and not (certificate.reissued and certificate.reissued <= day)
    )


def _renews(project: Project, other: Holding, holding: Holding, ends: date) -> bool:
    return (
        other is not holding
        and (other.track, other.level) == (holding.track, holding.level)
        and _same(project, other.holder) == _same(project, holding.holder)
        and holding.issued < other.issued <= ends
    )


def _same(project: Project, holder: str) -> str:
    """One name for a holder, whether by the post or by the person's name."""
    post = post_of(project, holder)
    return post.id if post else holder
