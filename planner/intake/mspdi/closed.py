"""The working days of a project file: its calendar as a calendar of the plan."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from planner.intake.mspdi.judge import Judge
from planner.intake.mspdi.records import Entry, Records
from planner.model.calendar import ONE_DAY, Calendar, Period
from planner.model.values import WEEKDAYS, Weekday
from planner.text.clean import one_line
from planner.text.i18n import _
from planner.text.mspdi import BLACKOUT, HOLIDAY, in_any_language

MOST_DAYS = 200_000
"""Days off in all; more of them are no calendar."""

DAILY, YEARLY = 1, 2
"""Kinds of exceptions that are understood: days that follow each other; one day of every year."""

COLONS = ":\uff1a "
"""What stands between the word for a blackout and its name, in any language."""

_MONTHS = 12


def calendar(records: Records, judge: Judge) -> Calendar | None:
    """The calendar that the project uses; None when the file has none."""
    by_uid = {entry.texts.get("UID", ""): entry for entry in records.calendars}
    base = [entry for entry in records.calendars if entry.texts.get("IsBaseCalendar") in ("1", "true")]
    found = by_uid.get(records.project.get("CalendarUID", "")) or next(iter(base), None)
    if found is None:
        return None
    others = [entry for entry in records.calendars if entry is not found and _own_days(entry)]
    if others:
        names = sorted({one_line(entry.texts.get("Name", "")) or "?" for entry in others})[:5]
        words = _("calendars beside that of the project are left out: {names}")
        judge.note(words.format(names=", ".join(names)))
    where = _("calendar {name}").format(name=one_line(found.texts.get("Name", "")) or "?")
    periods = list(_periods(found, where, judge))
    days = sum((period.last - period.first).days + 1 for period in periods)
    if days > MOST_DAYS:
        words = _("it has {n} days off").format(n=days)
        judge.wrong(where, "Exceptions", words, _("shorten the exceptions of the calendar"))
        return None
    holidays, blackouts = _told_apart(periods)
    return Calendar(working_days=_week(found, where, judge), holidays=holidays, blackouts=blackouts)


def _own_days(entry: Entry) -> bool:
    """Whether a calendar says anything about days that the calendar it is made from does not say."""
    return bool(entry.part("Exceptions")) or (
        bool(entry.part("WeekDays")) and entry.texts.get("IsBaseCalendar") not in ("1", "true")
    )


def _within(entry: Entry, outer: str, inner: str) -> list[Entry]:
    return [found for part in entry.part(outer) for found in part.part(inner)]


def _week(entry: Entry, where: str, judge: Judge) -> tuple[Weekday, ...]:
    """The days that are worked; Monday to Friday where the file does not say."""
    worked = dict.fromkeys(WEEKDAYS, False) | dict.fromkeys(WEEKDAYS[:5], True)
    for day in _within(entry, "WeekDays", "WeekDay"):
        number = judge.whole(day.texts.get("DayType"), where, "DayType", 0, 7)
        if number:
            worked[WEEKDAYS[(number - 2) % 7]] = day.texts.get("DayWorking", "0") in ("1", "true")
    if not any(worked.values()):
        judge.wrong(where, "WeekDays", _("no day of the week is worked"), _("give the calendar a working day"))
    return tuple(day for day in WEEKDAYS if worked[day])


def _periods(entry: Entry, where: str, judge: Judge) -> Iterator[Period]:
    """The exceptions on which nothing is worked, by name."""
    old = [day for day in _within(entry, "WeekDays", "WeekDay") if day.texts.get("DayType") == "0"]
    new = _within(entry, "Exceptions", "Exception")
    for exception in new or old:
        name = one_line(exception.texts.get("Name", ""))
        times = exception.part("TimePeriod")
        texts = times[0].texts if times else {}
        first = judge.moment(texts.get("FromDate"), where, "FromDate")
        last = judge.moment(texts.get("ToDate"), where, "ToDate")
        if first is None or last is None:
            if not texts:
                judge.wrong(where, "TimePeriod", _("an exception without days"), _("take the exception out"))
            continue
        if last < first:
            words = _("the exception {name} ends before it begins").format(name=name or "?")
            judge.wrong(where, "ToDate", words, _("correct the exception in the calendar"))
        elif exception.texts.get("DayWorking", "0") in ("1", "true"):
            words = _("working time on special days is left out of the calendar: {name}")
            judge.note(words.format(name=name or first.date()))
        else:
            yield from _repeated(exception, first.date(), last.date(), name, where, judge)


def _repeated(exception: Entry, first: date, last: date, name: str, where: str, judge: Judge) -> Iterator[Period]:
    kind = judge.whole(exception.texts.get("Type", "1"), where, "Type", 0, 9)
    every = judge.whole(exception.texts.get("Period", "1"), where, "Period", 0, 999)
    if kind in (0, DAILY) and every in (0, 1):
        yield Period(first=first, last=last, name=name)
    elif kind == YEARLY:
        month = judge.whole(exception.texts.get("Month"), where, "Month", 0, _MONTHS - 1)
        day = judge.whole(exception.texts.get("MonthDay"), where, "MonthDay", 1, 31)
        for year in range(first.year, last.year + 1) if month is not None and day else ():
            try:
                here = date(year, (month or 0) + 1, day or 1)
            except ValueError:  # the 29th of February
                continue
            if first <= here <= last:
                yield Period(first=here, last=here, name=name)
    elif kind is not None:
        words = _("an exception of the calendar that repeats is left out: {name}")
        judge.note(words.format(name=name or first))


def _told_apart(periods: Sequence[Period]) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """Holidays, and blackouts: those that the planner has named so, put together where holidays had cut them."""
    holidays, blackouts = [], []
    prefixes = in_any_language(BLACKOUT)
    plain = in_any_language(HOLIDAY)
    for period in periods:
        prefix = next((word for word in prefixes if period.name == word or period.name.startswith(_colons(word))), None)
        if prefix is None:
            name = "" if period.name in plain else period.name
            holidays.append(Period(first=period.first, last=period.last, name=name))
        else:
            name = period.name.removeprefix(prefix).lstrip(COLONS)
            blackouts.append(Period(first=period.first, last=period.last, name=name))
    return tuple(_joined(holidays, periods)), tuple(_joined(blackouts, periods))


def _colons(word: str) -> tuple[str, ...]:
    return tuple(word + colon for colon in COLONS.strip())


def _joined(periods: Sequence[Period], between: Sequence[Period]) -> Iterator[Period]:
    """``periods``, two of one name as one where only days of ``between`` lie between them."""
    taken = {p.first + timedelta(days=n) for p in between for n in range((p.last - p.first).days + 1)}
    held: Period | None = None
    for period in periods:
        if held and held.name == period.name and held.last < period.first and _covered(held.last, period.first, taken):
            held = Period(first=held.first, last=period.last, name=held.name)
            continue
        if held:
            yield held
        held = period
    if held:
        yield held


def _covered(last: date, first: date, taken: set[date]) -> bool:
    gap = (first - last).days - 1
    return gap > 0 and all(last + ONE_DAY * n in taken for n in range(1, gap + 1))
