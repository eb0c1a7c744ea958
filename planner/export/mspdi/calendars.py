"""The calendars of a project file: the plan's working days, and one of each resource that is the same."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from xml.etree.ElementTree import Element, SubElement

from planner.model.calendar import ONE_DAY, Calendar, Period
from planner.model.values import WEEKDAYS
from planner.text.clean import one_line
from planner.text.i18n import _, labelled
from planner.text.mspdi import BLACKOUT, HOLIDAY

NAME = 51
"""Characters of the name of a calendar."""

SHIFTS = (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"))
SUNDAY_FIRST = (*WEEKDAYS[-1:], *WEEKDAYS[:-1])


def calendars(calendar: Calendar, resources: Iterable[str]) -> Element:
    """The calendar of the project, number 1, and those of ``resources``, which take everything from it."""
    found = Element("Calendars")
    base = _calendar(found, 1, _("Working days"), -1)
    week = SubElement(base, "WeekDays")
    for number, weekday in enumerate(SUNDAY_FIRST, 1):
        worked = weekday in calendar.working_days
        day = SubElement(week, "WeekDay")
        _texts(day, DayType=str(number), DayWorking=str(int(worked)))
        if worked:
            times = SubElement(day, "WorkingTimes")
            for begin, end in SHIFTS:
                _texts(SubElement(times, "WorkingTime"), FromTime=begin, ToTime=end)
    closed = list(_closed(calendar))
    if closed:
        exceptions = SubElement(base, "Exceptions")
        for period in closed:
            _exception(SubElement(exceptions, "Exception"), period)
    for number, name in enumerate(resources, 2):
        _calendar(found, number, name, 1)
    return found


def _calendar(parent: Element, uid: int, name: str, base: int) -> Element:
    found = SubElement(parent, "Calendar")
    _texts(found, UID=str(uid), Name=name[:NAME], IsBaseCalendar=str(int(base < 0)), BaseCalendarUID=str(base))
    return found


def _exception(found: Element, period: Period) -> None:
    _texts(found, EnteredByOccurrences="0")
    times = SubElement(found, "TimePeriod")
    begin, end = datetime.combine(period.first, time()), datetime.combine(period.last, time(23, 59))
    _texts(times, FromDate=begin.isoformat(), ToDate=end.isoformat())
    _texts(found, Occurrences="1", Name=period.name, Type="1", DayWorking="0")


def _closed(calendar: Calendar) -> Iterator[Period]:
    """Holidays and blackouts by name, no two of them on one day: a day belongs to the first that has it."""
    named = [Period(first=p.first, last=p.last, name=one_line(p.name) or _(HOLIDAY)) for p in calendar.holidays]
    for p in calendar.blackouts:
        name = one_line(p.name)
        named.append(Period(first=p.first, last=p.last, name=labelled(_(BLACKOUT), name) if name else _(BLACKOUT)))
    taken: list[Period] = []
    for period in named:
        free = list(_free(period, taken))
        taken += free
        yield from free


def _free(period: Period, taken: Sequence[Period]) -> Iterator[Period]:
    """What is left of ``period`` beside the periods that are ``taken``."""
    first: date = period.first
    for other in sorted((p for p in taken if p.first <= period.last and p.last >= period.first), key=lambda p: p.first):
        if first < other.first:
            yield Period(first=first, last=other.first - ONE_DAY, name=period.name)
        first = max(first, other.last + ONE_DAY)
    if first <= period.last:
        yield Period(first=first, last=period.last, name=period.name)


def _texts(parent: Element, **values: str) -> None:
    for name, value in values.items():
        SubElement(parent, name).text = value
