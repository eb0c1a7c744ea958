"""The XML of a project file; the format wants every element in its place."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from xml.etree.ElementTree import Element, SubElement

from planner.export.handover import Handover
from planner.export.mspdi.calendars import calendars
from planner.export.mspdi.rows import EVENING, MORNING, Link, Row, Value, evening, morning
from planner.model.calendar import ONE_DAY, Role
from planner.model.project import Project, Roadmap
from planner.text.clean import clean, one_line
from planner.text.i18n import _, listed
from planner.text.mspdi import (
    FIELDS,
    LINKS,
    MINUTES_PER_DAY,
    MOST,
    NAMESPACE,
    RESOURCE_FIELDS,
    Field,
    facts,
    noted,
    packed,
)

EVER, NEVER = datetime(1984, 1, 1), datetime(2049, 12, 31, 23, 59)
"""The first and last moment that scheduling tools know."""

DAYS, ELAPSED_WEEKS = 7, 10
"""How durations and lags are shown."""

FIXED_DURATION = 1
AS_SOON_AS_POSSIBLE, MUST_START_ON, NO_EARLIER_THAN = 0, 2, 4
TENTHS = 10
"""Lags are in tenths of minutes."""


def document(handover: Handover, rows: list[Row]) -> Element:
    """The whole file."""
    project, identity = handover.project, handover.identity
    known = [row.stretch for row in rows if row.stretch]
    start = min([project.engagement.start, *(stretch.start for stretch in known)])
    begin = min((row.begin for row in rows if row.begin), default=morning(start))
    end = max((evening(stretch.finish) for stretch in known), default=evening(start))
    root = Element("Project", {"xmlns": NAMESPACE})
    _all(
        root,
        SaveVersion=14,
        Name=one_line(identity.plan)[:MOST],
        Title=one_line(identity.plan)[:MOST],
        Subject=listed(map(one_line, identity.lines))[:MOST],
        Category=one_line(identity.version)[:MOST],
        Company=one_line(identity.client)[:MOST] or None,
        CreationDate=morning(identity.as_of),
        LastSaved=morning(identity.as_of),
        ScheduleFromStart=True,
        StartDate=morning(start),
        FinishDate=end,
        CriticalSlackLimit=0,
        CalendarUID=1,
        DefaultStartTime=MORNING,
        DefaultFinishTime=EVENING,
        MinutesPerDay=MINUTES_PER_DAY,
        MinutesPerWeek=MINUTES_PER_DAY * max(1, len(project.calendar.working_days)),
        DaysPerMonth=20,
        DurationFormat=DAYS,
        StatusDate=evening(project.engagement.as_of) if project.engagement.as_of else None,
        CurrentDate=morning(identity.as_of),
        NewTasksAreManual=False,
    )
    attributes = SubElement(root, "ExtendedAttributes")
    for field in (*FIELDS.values(), *RESOURCE_FIELDS.values()):
        _all(
            SubElement(attributes, "ExtendedAttribute"),
            FieldID=field.number,
            FieldName=field.name,
            Alias=_(field.title),
        )
    names = _names(project.roles)
    root.append(calendars(project.calendar, names))
    tasks = SubElement(root, "Tasks")
    _whole(SubElement(tasks, "Task"), handover, begin, end)
    for number, row in enumerate(rows, 1):
        if number % 500 == 0:
            handover.steps.at(_("{n} tasks").format(n=number))
        _task(SubElement(tasks, "Task"), row)
    resources = SubElement(root, "Resources")
    for number, role in enumerate(project.roles, 1):
        _resource(SubElement(resources, "Resource"), number, role, names[number - 1])
    _assignments(SubElement(root, "Assignments"), rows, {role.id: n for n, role in enumerate(project.roles, 1)})
    return root


def _whole(task: Element, handover: Handover, begin: datetime, end: datetime) -> None:
    """The task of the whole project: what is known of the plan and of how its roadmap was found."""
    project, identity = handover.project, handover.identity
    _all(
        task,
        UID=0,
        ID=0,
        Name=one_line(identity.plan)[:MOST],
        Active=True,
        Manual=False,
        Type=FIXED_DURATION,
        IsNull=False,
    )
    _all(task, WBS=0, OutlineNumber=0, OutlineLevel=0, Priority=500, Start=begin, Finish=end)
    _all(task, Milestone=False, Summary=True, ConstraintType=AS_SOON_AS_POSSIBLE, CalendarUID=-1)
    lines = [*identity.lines, *handover.left_out]
    _all(task, Notes="\n".join(map(one_line, lines)))
    _extended(task, FIELDS, _of_plan(project))


def _of_plan(project: Project) -> dict[str, Value]:
    engagement, limits = project.engagement, project.limits
    roadmap = project.roadmap or Roadmap()
    baseline = max(project.baselines, key=lambda b: (b.taken, b.id), default=None)
    return {
        "project": facts(
            {"start": engagement.start, "client": engagement.client, "version": engagement.version}
            | {"language": engagement.language, "strategy": engagement.strategy}
        ),
        "limits": facts(
            {"absorption": limits.absorption}
            | {f"weight{level}": weight for level, weight in limits.change_weight.items()}
            | {f"settle{level}": weeks for level, weeks in limits.stabilise_weeks.items()}
        ),
        "roadmap": facts(
            {"strategy": roadmap.strategy, "seed": roadmap.seed, "status": roadmap.status}
            | {"absorption": roadmap.absorption, "gap": roadmap.gap}
        ),
        "baseline": facts(
            {"id": baseline.id, "taken": baseline.taken, "name": baseline.name}
            | {"by": baseline.approved_by, "strategy": baseline.strategy}
        )
        if baseline
        else None,
        "dimensions": packed(word for d in project.dimensions for word in (d.id, d.workstream, d.name)),
    }


def _task(task: Element, row: Row) -> None:
    stretch = row.stretch
    begin = row.begin
    end = evening(stretch.finish) if stretch else None
    length, done = (stretch.days, stretch.done) if stretch else (0, 0)
    worked = stretch is not None and not row.summary
    fixed = bool(stretch and stretch.fixed)
    limit = begin if fixed else morning(row.no_earlier) if row.no_earlier else None
    _all(task, UID=row.uid, ID=row.uid, Name=row.name, Active=stretch is not None, Manual=False, Type=FIXED_DURATION)
    _all(task, IsNull=False, WBS=row.number, OutlineNumber=row.number, OutlineLevel=row.level, Priority=500)
    _all(task, Start=begin, Finish=end)
    if row.package and not stretch:
        length = row.package.days.likely
    if stretch or not row.summary:
        _all(task, Duration=_hours(length), DurationFormat=DAYS)
    if not row.summary:
        _all(task, Work=_hours(row.package.person_days) if row.package else None, EffortDriven=False, Estimated=False)
    _all(task, Milestone=row.milestone, Summary=row.summary)
    if not row.summary:
        share = round(100 * done / length) if length else 100 * bool(stretch and stretch.ended)
        _all(task, PercentComplete=share)
        if worked and stretch:
            _all(task, ActualStart=begin if stretch.begun else None, ActualFinish=end if stretch.ended else None)
        _all(task, ActualDuration=_hours(done), RemainingDuration=_hours(length - done))
    kind = MUST_START_ON if fixed else NO_EARLIER_THAN if limit else AS_SOON_AS_POSSIBLE
    _all(task, ConstraintType=kind, CalendarUID=-1, ConstraintDate=limit)
    _all(task, Deadline=evening(row.deadline) if row.deadline else None)
    _all(task, Notes=clean(noted(row.note, row.items)) or None)
    for link in row.links:
        _link(SubElement(task, "PredecessorLink"), link)
    _extended(task, FIELDS, {**row.fields, "facts": facts(row.facts)})
    planned = row.planned
    if planned and planned.start and planned.finish:
        baseline = SubElement(task, "Baseline")
        _all(baseline, Number=0, Start=morning(planned.start), Finish=evening(planned.finish))
        _all(baseline, Duration=_hours(planned.days), DurationFormat=DAYS, Work=_hours(planned.effort))


def _link(found: Element, link: Link) -> None:
    """A lag of a start-finish link has one day more: a tool counts from the morning of the start that is waited for."""
    lag = link.lag + (link.type == "start-finish")
    minutes = link.weeks * 7 * 24 * 60 if link.weeks else lag * MINUTES_PER_DAY
    _all(found, PredecessorUID=link.needs, Type=LINKS[link.type], CrossProject=False, LinkLag=minutes * TENTHS)
    _all(found, LagFormat=ELAPSED_WEEKS if link.weeks else DAYS)


def _resource(found: Element, number: int, role: Role, name: str) -> None:
    _all(found, UID=number, ID=number, Name=name, Type=1, IsNull=False, MaxUnits=role.fte, CanLevel=True)
    _all(found, CalendarUID=number + 1)
    _extended(found, RESOURCE_FIELDS, {"id": role.id, "name": role.name if role.name != name else None})
    periods = SubElement(found, "AvailabilityPeriods")
    begins = [EVER, *(datetime.combine(change.since, time()) for change in role.changes)]
    ends = [*(datetime.combine(change.since - ONE_DAY, time(23, 59)) for change in role.changes), NEVER]
    units = [role.fte, *(change.fte for change in role.changes)]
    for begin, end, fte in zip(begins, ends, units, strict=True):
        _all(SubElement(periods, "AvailabilityPeriod"), AvailableFrom=begin, AvailableTo=end, AvailableUnits=fte)


def _names(roles: Iterable[Role]) -> list[str]:
    """Names of resources: without the signs that tools read as the end of a name, and no two the same."""
    found: list[str] = []
    for role in roles:
        plain = one_line(role.name).translate(str.maketrans("[],;", "()  "))
        name = base = " ".join(plain.split())[: MOST - 6] or role.id
        number = 1
        while name.casefold() in {other.casefold() for other in found}:
            number += 1
            name = f"{base} ({number})"
        found.append(name)
    return found


def _assignments(parent: Element, rows: Iterable[Row], roles: Mapping[str, int]) -> None:
    uid = 0
    for row in rows:
        if not row.package or not row.stretch:
            continue
        share = row.stretch.done / row.stretch.days
        for role, effort in row.package.effort.items():
            if not effort.likely:
                continue
            uid += 1
            found = SubElement(parent, "Assignment")
            begin, end = morning(row.stretch.start), evening(row.stretch.finish)
            done = _seconds(effort.likely * share)
            _all(found, UID=uid, TaskUID=row.uid, ResourceUID=roles[role], PercentWorkComplete=round(share * 100))
            _all(
                found, ActualFinish=end if row.stretch.ended else None, ActualStart=begin if row.stretch.begun else None
            )
            _all(found, ActualWork=_duration(done), Finish=end)
            _all(found, RemainingWork=_duration(_seconds(effort.likely) - done), Start=begin)
            _all(found, Units=effort.likely / row.stretch.days, Work=_hours(effort.likely))


def _extended(parent: Element, fields: Mapping[str, Field], values: Mapping[str, Value]) -> None:
    """The fields of our own that have a value, and one that fits."""
    for key, field in fields.items():
        value = values.get(key)
        if value is None or value == "":
            continue
        text = _text(
            morning(value) if isinstance(value, date) else clean(str(value)) if isinstance(value, str) else value
        )
        if len(text) <= MOST:
            _all(SubElement(parent, "ExtendedAttribute"), FieldID=field.number, Value=text)


def _all(parent: Element, **values: str | float | date | datetime | time | None) -> None:
    """Elements with these names and values, in this order; none for a value that is None."""
    for name, value in values.items():
        if value is not None:
            SubElement(parent, name).text = _text(value)


def _text(value: str | float | date | datetime | time) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _hours(days: float) -> str:
    """Days as the format writes work and durations: ``PT16H0M0S`` for two."""
    return _duration(_seconds(days))


def _seconds(days: float) -> int:
    return round(days * MINUTES_PER_DAY * 60)


def _duration(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"PT{minutes // 60}H{minutes % 60}M{rest}S"
