"""Who takes which steps, in which order and from when, on the way to a certificate (domain.md §8).

The steps are those of the track, less what a side entry spares and with what a failed exam adds. An intake that is
missed or full moves the beginning to the next one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from planner.model.calendar import ONE_DAY
from planner.model.knowledge import Catalogue
from planner.model.known.people import Track, TrackLevel, TrackStep
from planner.model.people import Enrolment
from planner.model.project import Project
from planner.model.terms import LAST_DAY, Terms, terms


@dataclass(frozen=True, slots=True)
class Step:
    """A step as somebody takes it, for the ``time``-th time. ``id`` is that of its work package.

    ``resit``: the exam alone is taken again. ``wait``: weeks between the end of the step before and this one.
    """

    id: str
    known: TrackStep
    time: int = 1
    resit: bool = False
    wait: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """An enrolment with its steps. ``begin`` is the first day of the track for it: as asked, or that of its intake.

    ``full`` names the intake that had no place left for it: its first day.
    """

    enrolment: Enrolment
    terms: Terms
    level: TrackLevel
    steps: tuple[Step, ...]
    begin: date
    full: date | None = None

    @property
    def cost(self) -> float:
        """Money for the whole course, whoever pays."""
        return sum(self.price(step) for step in self.steps)

    def price(self, step: Step) -> float:
        """Money that falls due with ``step``, whoever pays; all of it with the first where the track does not say."""
        price = self.terms.price(self.level)
        if any(known.cost_share for known in self.terms.track.steps):
            return price * step.known.cost_share
        return price if step is self.steps[0] else 0.0

    def paid(self, step: Step) -> float:
        """The part of ``price`` that the company pays."""
        return round(self.price(step) * self.terms.paid_share(self.level), 2)

    @property
    def moved(self) -> bool:
        """Whether the intake begins later than was asked for."""
        return self.begin > self.enrolment.begin


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of a step. ``placed``: by the roadmap; else these are the earliest days there could be."""

    start: date
    finish: date
    placed: bool


def courses(project: Project, catalogue: Catalogue) -> tuple[Course, ...]:
    """The course of every enrolment whose track and level the catalogue knows, in plan order.

    In one intake there are at most ``Track.cohort`` beginners of a level; further ones take the next with a place.
    """
    taken: dict[tuple[str, str, int, int], int] = {}
    found = []
    for enrolment in project.enrolments:
        known = terms(project, catalogue, enrolment.track)
        level = known.level(enrolment.level) if known else None
        steps = tuple(_steps(known.track, enrolment)) if known and level else ()
        if known is None or level is None or not steps:
            continue
        track = known.track
        begin = next_intake(track, max(enrolment.begin, project.engagement.start))
        full = None
        while track.cohort and taken.get((track.id, level.id, begin.year, begin.month), 0) >= track.cohort:
            full = full or begin
            begin = next_intake(track, _next_month(begin))
        key = (track.id, level.id, begin.year, begin.month)
        taken[key] = taken.get(key, 0) + 1
        found.append(Course(enrolment, known, level, steps, begin, full))
    return tuple(found)


def next_intake(track: Track, day: date) -> date:
    """The first day on or after ``day`` on which somebody may begin: any, or one in a month with an intake."""
    while track.intake_months and day.month not in track.intake_months and day < LAST_DAY:
        day = _next_month(day)
    return day


def retakes(course: Course) -> dict[str, date]:
    """The earliest day of each step with which somebody who failed joins a later intake, by its id."""
    return _through(course)[0]


def earliest_end(course: Course) -> date:
    """The day after the last week of the track, if nothing delays anybody."""
    return _through(course)[1]


def _through(course: Course) -> tuple[dict[str, date], date]:
    track = course.terms.track
    first = next((known.id for known in track.steps if known.repeats), "")
    day = first_day(course, course.steps[0])
    found: dict[str, date] = {}
    for step in course.steps:
        if track.intake_months and step.known.id == first and step.time > 1 and not step.resit:
            offset = timedelta(weeks=step.known.week)
            found[step.id] = day = next_intake(track, day - offset) + offset
        day += timedelta(weeks=step.wait + step.known.weeks)
    return found, day


def first_day(course: Course, step: Step) -> date:
    """The day on which ``step`` begins where it is the first that somebody takes."""
    return course.begin + timedelta(weeks=step.known.week)


def days(project: Project, course: Course) -> dict[str, Span]:
    """When the steps are worked, by work package of the plan: where the roadmap places them, else at the earliest."""
    placed = project.roadmap.packages if project.roadmap else {}
    day = first_day(course, course.steps[0])
    found: dict[str, Span] = {}
    for step in course.steps:
        package = project.package_by_id.get(step.id)
        if package is None:
            continue
        place, pin = placed.get(step.id), project.pin_by_item.get(step.id)
        if place:
            found[step.id] = Span(place.start, place.finish, True)
        else:
            day += timedelta(weeks=step.wait)
            start = project.calendar.next_working(max(day, pin.not_before) if pin and pin.not_before else day)
            found[step.id] = Span(start, project.calendar.finish(start, package.days.likely), False)
        day = found[step.id].finish + ONE_DAY
    return found


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _steps(track: Track, enrolment: Enrolment) -> Iterator[Step]:
    """The steps in order. Every failure adds the exam; the one after the last resit adds all that is repeated.

    The exam is the last step that ``repeats`` marks; where none is marked, the last one.
    """
    skipped = track.side_skips if enrolment.side else ()
    plain = sorted(
        (step for step in track.steps if step.id not in skipped and (enrolment.side or not step.side)),
        key=lambda step: step.week,
    )
    exam = next((known for known in reversed(plain) if known.repeats), plain[-1] if plain else None)
    times: dict[str, int] = {}

    def step(known: TrackStep, resit: bool = False, wait: int = 0) -> Step:
        time = times[known.id] = times.get(known.id, 0) + 1
        ident = f"{enrolment.id}-{known.id}" + (f"-{time}" if time > 1 else "")
        return Step(ident, known, time, resit, wait)

    before: TrackStep | None = None
    for known in plain:
        yield step(known, wait=max(0, known.week - before.week - before.weeks) if before else 0)
        before = known
        if exam is None or known.id != exam.id:
            continue
        for failure in range(1, enrolment.resits + 1):
            again = failure % (track.resits + 1) == 0
            for repeated in [other for other in plain if other.repeats] if again else ():
                yield step(repeated)
            if not again or not exam.repeats:
                yield step(exam, resit=not again)
