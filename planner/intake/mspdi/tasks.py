"""Tasks, resources and assignments of a project file with their values read: days, durations, links, fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from planner.intake.mspdi.judge import Judge, shown
from planner.intake.mspdi.records import Entry, Records
from planner.model.calendar import ONE_DAY
from planner.model.values import LinkType
from planner.text.clean import clean, one_line
from planner.text.i18n import _
from planner.text.mspdi import FIELDS, LINKS, RESOURCE_FIELDS, Field, titles, told

DEEPEST = 30
"""Levels of an outline that are read."""

YES = ("1", "true")
TYPES: Mapping[int, LinkType] = {number: type for type, number in LINKS.items()}
ELAPSED = frozenset({4, 6, 8, 10, 12, 20, 36, 38, 40, 42, 44, 52})
"""Formats of durations that count all hours, not only those that are worked."""

PERCENT = frozenset({19, 20, 51, 52})
"""Formats of lags that are a share of the task that is waited for."""


@dataclass(frozen=True, slots=True)
class RawLink:
    """A link of a task: the number of the task that is waited for, and a lag in minutes, or in percent."""

    needs: int
    type: LinkType
    lag: float
    elapsed: bool
    percent: bool


@dataclass(slots=True, kw_only=True)
class Task:
    """A task as the file has it. ``minutes`` are working minutes, or all when ``elapsed``; ``facts``: the planner's."""

    uid: int
    name: str
    where: str
    level: int
    parent: "Task | None" = None
    children: "list[Task]" = field(default_factory=list)
    milestone: bool = False
    active: bool = True
    start: datetime | None = None
    finish: datetime | None = None
    minutes: float | None = None
    elapsed: bool = False
    begun: datetime | None = None
    ended: datetime | None = None
    done: float = 0.0
    left: float | None = None
    share: float = 0.0
    constraint: int = 0
    limit: datetime | None = None
    deadline: datetime | None = None
    note: str = ""
    links: list[RawLink] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    baseline: "Kept | None" = None

    @property
    def kind(self) -> str:
        """What the planner has written it as; empty for a task of somebody else."""
        return self.facts.get("kind", "")

    def leaves(self) -> Iterator["Task"]:
        """The tasks within it that have none within them; itself when it has none."""
        waiting = [self]
        while waiting:
            task = waiting.pop()
            waiting += reversed(task.children)
            if not task.children:
                yield task


@dataclass(frozen=True, slots=True)
class Kept:
    """What the baseline of a task says, with minutes of its duration and its work."""

    start: datetime | None
    finish: datetime | None
    minutes: float | None
    work: float


@dataclass(frozen=True, slots=True)
class Resource:
    """Who does work: ``units`` with what changes them later."""

    uid: int
    name: str
    units: float
    changes: tuple[tuple[date, float], ...]
    fields: dict[str, str]


def tasks(records: Records, judge: Judge) -> list[Task]:
    """The tasks in their order, each knowing those around and within it; without empty rows."""
    numbers = _numbers(records, FIELDS, judge)
    found: list[Task] = []
    seen: set[int] = set()
    for place, entry in enumerate(records.tasks, 1):
        if entry.texts.get("IsNull") in YES:
            continue
        task = _task(entry, place, numbers, judge)
        if task is None:
            continue
        if task.uid in seen:
            words = _("two tasks have the number {uid}").format(uid=task.uid)
            judge.wrong(task.where, "UID", words, _("save the file again from the scheduling tool"))
            continue
        seen.add(task.uid)
        found.append(task)
    _nested(found, judge)
    return found


def _nested(found: list[Task], judge: Judge) -> None:
    """Give each task its place in the outline; the task of the whole project is none of them."""
    around: list[Task] = []
    for task in found:
        if task.level == 0:
            continue
        del around[max(0, task.level - 1) :]
        if len(around) < task.level - 1:
            task.level = len(around) + 1
        if around:
            task.parent = around[-1]
            around[-1].children.append(task)
        around.append(task)


def _numbers(records: Records, fields: Mapping[str, Field], judge: Judge) -> dict[str, str]:
    """What each field of its maker's own holds, by its number: those whose titles the planner knows."""
    known = titles(fields)
    kind = next(iter(fields.values())).number >> 16
    found, unknown = {}, []
    for entry in records.attributes:
        number = entry.texts.get("FieldID", "")
        title = entry.texts.get("Alias", "")
        if not number.isdecimal() or len(number) > 11 or int(number) >> 16 != kind:
            continue
        if title in known:
            found[number] = known[title]
        elif title:
            unknown.append(one_line(title))
    if unknown:
        judge.note(_("fields of their maker's own are left out: {names}").format(names=", ".join(unknown[:8])))
    return found


def _task(entry: Entry, place: int, numbers: Mapping[str, str], judge: Judge) -> Task | None:
    texts = entry.texts
    name = one_line(texts.get("Name", ""))
    where = _("task {number}, {name}").format(number=shown(texts.get("ID") or str(place)), name=shown(name) or "?")
    uid = judge.whole(texts.get("UID"), where, "UID", 0, 2**31)
    if uid is None:
        if not texts.get("UID"):
            judge.wrong(where, "UID", _("the task has no number"), _("save the file again from the scheduling tool"))
        return None
    level = judge.whole(texts.get("OutlineLevel") or ("0" if uid == 0 else "1"), where, "OutlineLevel", 0, DEEPEST)
    form = judge.whole(texts.get("DurationFormat"), where, "DurationFormat", 0, 99)
    manual = texts.get("Manual") in YES and not texts.get("Duration")
    duration = "ManualDuration" if manual else "Duration"
    fields = {
        numbers[each.texts["FieldID"]]: each.texts.get("Value", "")
        for each in entry.part("ExtendedAttribute")
        if each.texts.get("FieldID") in numbers
    }
    task = Task(
        uid=uid,
        name=name,
        where=where,
        level=level if level is not None else 1,
        milestone=texts.get("Milestone") in YES,
        active=texts.get("Active", "1") in YES and texts.get("ExternalTask") not in YES,
        start=judge.moment(texts.get("Start") or (texts.get("ManualStart") if manual else None), where, "Start"),
        finish=judge.moment(texts.get("Finish") or (texts.get("ManualFinish") if manual else None), where, "Finish"),
        minutes=judge.minutes(texts.get(duration), where, duration),
        elapsed=form in ELAPSED,
        begun=judge.moment(texts.get("ActualStart"), where, "ActualStart"),
        ended=judge.moment(texts.get("ActualFinish"), where, "ActualFinish"),
        done=judge.minutes(texts.get("ActualDuration"), where, "ActualDuration") or 0.0,
        left=judge.minutes(texts.get("RemainingDuration"), where, "RemainingDuration"),
        share=judge.number(texts.get("PercentComplete"), where, "PercentComplete", 0, 100) or 0.0,
        constraint=judge.whole(texts.get("ConstraintType"), where, "ConstraintType", 0, 7) or 0,
        limit=judge.moment(texts.get("ConstraintDate"), where, "ConstraintDate"),
        deadline=judge.moment(texts.get("Deadline"), where, "Deadline"),
        note=clean(texts.get("Notes", "")),
        fields=fields,
        facts=told(one_line(fields.get("facts", ""))),
        baseline=_baseline(entry, where, judge),
    )
    task.links = [link for part in entry.part("PredecessorLink") if (link := _link(part, task, judge))]
    if task.start and task.finish and task.finish < task.start:
        words = _("it finishes on {finish}, before it starts on {start}")
        judge.wrong(
            where,
            "Finish",
            words.format(finish=task.finish.date(), start=task.start.date()),
            _("correct one of the two dates"),
        )
    return task


def _link(part: Entry, task: Task, judge: Judge) -> RawLink | None:
    texts = part.texts
    needs = judge.whole(texts.get("PredecessorUID"), task.where, "PredecessorUID", 0, 2**31)
    kind = judge.whole(texts.get("Type", "1"), task.where, "PredecessorLink/Type", 0, 3)
    lag = judge.number(texts.get("LinkLag", "0"), task.where, "LinkLag", -1e9, 1e9)
    form = judge.whole(texts.get("LagFormat", "7"), task.where, "LagFormat", 0, 99)
    if texts.get("CrossProject") in YES:
        judge.note(_("links to tasks of other projects are left out"))
        return None
    if needs is None or kind is None or lag is None or form is None:
        return None
    percent = form in PERCENT
    return RawLink(needs, TYPES[kind], lag if percent else lag / 10, form in ELAPSED, percent)


def _baseline(entry: Entry, where: str, judge: Judge) -> Kept | None:
    """The first baseline of a task, which is the one that tools show."""
    for part in entry.part("Baseline"):
        if part.texts.get("Number", "0") == "0":
            return Kept(
                judge.moment(part.texts.get("Start"), where, "Baseline/Start"),
                judge.moment(part.texts.get("Finish"), where, "Baseline/Finish"),
                judge.minutes(part.texts.get("Duration"), where, "Baseline/Duration"),
                judge.minutes(part.texts.get("Work"), where, "Baseline/Work") or 0.0,
            )
    return None


def resources(records: Records, judge: Judge) -> dict[int, Resource | None]:
    """Who does work, by number; None for material and costs, which are noted."""
    numbers = _numbers(records, RESOURCE_FIELDS, judge)
    found: dict[int, Resource | None] = {}
    for place, entry in enumerate(records.resources, 1):
        texts = entry.texts
        name = one_line(texts.get("Name", ""))
        where = _("resource {number}, {name}").format(number=shown(texts.get("ID") or str(place)), name=shown(name))
        uid = judge.whole(texts.get("UID"), where, "UID", -1, 2**31)
        if uid is None or uid < 1 or not name or texts.get("IsNull") in YES:
            continue
        if texts.get("Type", "1") != "1":
            judge.note(_("resources that are material or costs are left out: {name}").format(name=name))
            found[uid] = None
            continue
        fields = {
            numbers[each.texts["FieldID"]]: one_line(each.texts.get("Value", ""))
            for each in entry.part("ExtendedAttribute")
            if each.texts.get("FieldID") in numbers
        }
        units = judge.number(texts.get("MaxUnits", "1"), where, "MaxUnits", 0, 1e6)
        found[uid] = Resource(uid, name, 1.0 if units is None else units, _changes(entry, where, judge), fields)
    return found


def _changes(entry: Entry, where: str, judge: Judge) -> tuple[tuple[date, float], ...]:
    """From which days on a resource has how many units, the first stretch with the day ``date.min``."""
    found = []
    for period in (p for part in entry.part("AvailabilityPeriods") for p in part.part("AvailabilityPeriod")):
        begin = period.texts.get("AvailableFrom", "")
        units = judge.number(period.texts.get("AvailableUnits", "1"), where, "AvailableUnits", 0, 1e6)
        since = date.min if not begin or begin[:4] < "2000" else None
        if since is None:
            moment = judge.moment(begin, where, "AvailableFrom")
            since = moment.date() if moment else None
        if since is not None and units is not None:
            found.append((since, units))
    return tuple(sorted(found))


def first_day(moment: datetime) -> date:
    """The day on which something begins: the next one when it begins as the working day ends."""
    return moment.date() + ONE_DAY if moment.time() >= time(17) else moment.date()


def last_day(moment: datetime) -> date:
    """The last day on which something is worked: the one before when it ends as that day begins."""
    return moment.date() - ONE_DAY if moment.time() <= time(8) else moment.date()
