"""A project file as what a plan can take in."""

from dataclasses import replace
from datetime import date
from math import ceil

from planner.intake.incoming import Incoming
from planner.intake.mspdi.closed import calendar
from planner.intake.mspdi.judge import FIRST, Judge
from planner.intake.mspdi.links import Needs, declared, needs
from planner.intake.mspdi.naming import Ids
from planner.intake.mspdi.outline import Outline, count, named, outline
from planner.intake.mspdi.people import assigned, efforts, roles, workstream
from planner.intake.mspdi.placed import Days, planned, roadmap
from planner.intake.mspdi.records import Records
from planner.intake.mspdi.tasks import Task, first_day, last_day, resources, tasks
from planner.model.calendar import Calendar
from planner.model.measures import Milestone
from planner.model.project import (
    Baseline,
    Dimension,
    Engagement,
    Limits,
    Pin,
    Progress,
    WorkPackage,
)
from planner.model.values import Duration, Fixed
from planner.text.clean import one_line
from planner.text.i18n import _
from planner.text.mspdi import MINUTES_PER_DAY, split_note, stamp, told, unpacked

MOST_WEEKS = 520
"""Weeks that a level may settle."""

DELIVERABLES = ("deliverables", "deliverables2", "deliverables3")

MOST_DAYS = 5000
"""Working days of the longest package."""

NO_EARLIER, ON, NO_LATER_FINISH, FINISH_ON = 4, 2, 7, 3


def incoming(records: Records) -> Incoming:
    """What ``records`` hold; with faults, and then for nobody to use, where something is wrong."""
    return _Reading(records).incoming()


class _Reading:
    def __init__(self, records: Records) -> None:
        self.records = records
        self.judge = judge = Judge()
        self.calendar = calendar(records, judge)
        per_day = judge.number(records.project.get("MinutesPerDay"), _("the project"), "MinutesPerDay", 1, 1440)
        self.per_day = per_day or float(MINUTES_PER_DAY)
        self.tasks = tasks(records, judge)
        whole = next((task for task in self.tasks if task.level == 0), None)
        self.whole = whole.fields if whole else {}
        self.name = one_line(records.project.get("Title", "") or records.project.get("Name", "")) or _("Imported plan")
        self.found: Outline = outline(self.tasks, self.name, judge)
        self.refs = {**self.found.capabilities, **self.found.ids}
        self.ours = any(task.kind for task in self.tasks)
        self.days = Days(self.calendar or Calendar(), self.tasks)
        self.resources = resources(records, judge)
        self.roles = roles(self.resources)
        self.efforts = assigned(records, self.tasks, self.resources, self.per_day, judge)
        self.own = declared(self.tasks, self.found, judge)
        self.untouched = {task.uid for task in self.found.packages if self._untouched(task)}

    def incoming(self) -> Incoming:
        because = self._reasons()
        wanted = needs(self.tasks, self.found, self.own, self.per_day, self.judge)
        packages = sorted((self._package(task, wanted) for task in self.found.packages), key=lambda pair: pair[0])
        if not packages and not self.judge.faults:
            words = _("the file has no tasks that are work")
            self.judge.wrong(_("the file"), "Tasks", words, _("choose a file with tasks that take time"))
        progress = self._progress()
        kept = self.ours and all(task.uid in self.untouched for task in self.found.packages)
        done = Incoming(
            engagement=self._engagement(progress),
            calendar=self.calendar,
            limits=self._limits(),
            roles=tuple(self.roles.values()),
            dimensions=self._dimensions(),
            processes=tuple(self.found.processes.values()),
            phases=tuple(self.found.phases),
            packages=tuple(package for _place, package in packages),
            dependencies=tuple(wanted.dependencies),
            pins=self._pins(because),
            progress=progress,
            milestones=self._milestones(),
            roadmap=roadmap(self.found, self.days, told(one_line(self.whole.get("roadmap", ""))), kept, self.judge),
            baselines=self._baselines(),
            notes=tuple(self.judge.notes),
        )
        faults = self.judge.told()
        return Incoming(faults=faults, notes=done.notes) if faults else done

    def _untouched(self, task: Task) -> bool:
        """Whether a package stands as it was handed over, by its days and how far it is."""
        if not task.start or not task.finish:
            return task.kind == "package" and not task.active
        days, done = round((task.minutes or 0) / self.per_day), round(task.done / self.per_day)
        sign = stamp(task.start.date(), task.finish.date(), days, done, bool(task.begun), bool(task.ended))
        return task.fields.get("stamp") == sign

    def _engagement(self, progress: tuple[Progress, ...]) -> Engagement:
        project, facts = self.records.project, told(one_line(self.whole.get("project", "")))
        judge, where = self.judge, _("the project")
        start = judge.moment(facts.get("start") or project.get("StartDate"), where, "StartDate")
        status = judge.moment(project.get("StatusDate"), where, "StatusDate")
        days = [day for one in progress for day in (one.start, one.finish) if day]
        as_of = status.date() if status else None
        if progress and (as_of is None or as_of < max(days)):
            saved = judge.moment(project.get("LastSaved"), where, "LastSaved")
            as_of = max([*days, *([saved.date()] if saved and as_of is None else [])])
            judge.note(_("progress is taken to be known up to {day}").format(day=as_of))
        begin = start.date() if start else min((day for day in self._starts()), default=None)
        if begin is None:
            words = _("the project has no start")
            judge.wrong(where, "StartDate", words, _("give the project a start date in the scheduling tool"))
            begin = FIRST
        return Engagement(
            name=self.name,
            client=facts.get("client", "") if facts else one_line(project.get("Company", "")),
            start=begin,
            as_of=as_of,
            version=facts.get("version", ""),
            language="zh" if facts.get("language") == "zh" else "en",
            strategy=facts.get("strategy", ""),
        )

    def _starts(self) -> list[date]:
        return [first_day(task.start) for task in self.found.packages if task.start]

    def _limits(self) -> Limits | None:
        facts = told(one_line(self.whole.get("limits", "")))
        if not facts.get("absorption", "").isdecimal():
            return None
        by_level = {
            key: Fixed(
                {
                    name.removeprefix(key): min(int(value), MOST_WEEKS)
                    for name, value in facts.items()
                    if name.startswith(key) and value.isdecimal() and len(value) < 4
                }
            )
            for key in ("weight", "settle")
        }
        return Limits(
            absorption=max(1, int(facts["absorption"][:6])),
            change_weight=by_level["weight"],
            stabilise_weeks=by_level["settle"],
        )

    def _dimensions(self) -> tuple[Dimension, ...]:
        words = unpacked(one_line(self.whole.get("dimensions", "")))
        triples = zip(words[::3], words[1::3], words[2::3], strict=False)
        return tuple(
            Dimension(id=ident, name=name, workstream=stream)
            for ident, word, name in triples
            if ident and name and (stream := workstream(word))
        )

    def _reasons(self) -> dict[int, str]:
        """Cut the reasons off the notes: why an item needs what it needs, and, told by its task, why it is promised."""
        because = {}
        for task in self.tasks:
            if task.uid in self.refs:
                promised = "because" in told(task.fields.get("promise", ""))
                reasoned = [one for one in self.own.get(task.uid, ()) if one.reasoned]
                more = count(task.facts.get("more", ""))
                task.note, items = split_note(task.note, len(reasoned) + promised + more)
                del items[max(0, len(items) - more) :]
                if promised and items:
                    because[task.uid] = items.pop()
                for one, reason in zip(reasoned, items, strict=False):
                    one.dependency = replace(one.dependency, reason=reason)
        return because

    def _package(self, task: Task, wanted: Needs) -> tuple[float, WorkPackage]:
        """A package, and its place among the others."""
        ident, found = self.found.ids[task.uid], self.found
        days = self._length(task)
        if task.kind != "package" and task.fields.get("workstream") is None:
            text = _("the file does not say of which workstream the work is: all of it counts as {name}")
            self.judge.note(text.format(name=_("process")))
        place = task.fields.get("order", "").removesuffix(".0")
        return float(place) if place.isdecimal() and len(place) < 9 else float("inf"), WorkPackage(
            id=ident,
            name=found.names[task.uid],
            capability=found.capability_of[task.uid],
            workstream=workstream(task.fields.get("workstream", "")) or "process",
            days=days,
            effort=efforts(task, self.efforts.get(task.uid, {}), self.roles),
            after=wanted.after.get(ident, ()),
            alongside=wanted.alongside.get(ident, ()),
            deliverables=tuple(one_line(word) for key in DELIVERABLES for word in unpacked(task.fields.get(key, ""))),
            source="catalogue" if task.facts.get("source") == "catalogue" else "own",
            note=task.note,
        )

    def _length(self, task: Task) -> Duration:
        """The three-point estimate of a package; its likely length is that of the task where somebody changed it."""
        words = task.fields.get("days", "").split("/")
        told_days = tuple(int(word) for word in words if word.isdecimal() and 1 <= len(word) <= 4 and int(word))
        if len(told_days) == 3 and list(told_days) == sorted(told_days) and task.uid in self.untouched:
            return Duration(*told_days)
        likely = self._likely(task)
        if len(told_days) != 3:
            return Duration(likely, likely, likely)
        return Duration(min(told_days[0], likely), likely, max(told_days[2], likely))

    def _likely(self, task: Task) -> int:
        if task.minutes is None and task.start and task.finish:
            exact = float(self.days.count(first_day(task.start), last_day(task.finish)))
        elif task.minutes is None:
            words = _("the task has no duration")
            self.judge.wrong(task.where, "Duration", words, _("give it a duration, or make it a milestone"))
            return 1
        elif task.elapsed and task.start and task.finish:
            exact = float(self.days.count(first_day(task.start), last_day(task.finish)))
            self.judge.note(_("durations in elapsed days were turned into working days"))
        else:
            exact = task.minutes / (24 * 60) * 5 / 7 if task.elapsed else task.minutes / self.per_day
        days = max(1, ceil(round(exact, 4)))
        if days != round(exact, 4):
            self.judge.note(_("durations of parts of a day were rounded up to whole days"))
        if days > MOST_DAYS:
            words = _("the task takes {n} days").format(n=days)
            self.judge.wrong(task.where, "Duration", words, _("use at most {n} days").format(n=MOST_DAYS))
            return 1
        return days

    def _progress(self) -> tuple[Progress, ...]:
        found = []
        for task in self.found.packages:
            begun = task.begun or (task.start if task.share > 0 or task.ended else None)
            if not begun:
                continue
            start, finish = first_day(begun), last_day(task.ended) if task.ended else None
            if task.ended is None and task.share >= 100 and task.finish:
                finish = last_day(task.finish)
            remaining = None
            if finish is None and task.left is not None and task.kind != "package":
                remaining = max(1, ceil(round(task.left / self.per_day, 4)))
            if task.uid in self.untouched:
                start = self._day(task, "begun") or start
                finish = finish and (self._day(task, "ended") or finish)
                left = self.judge.whole(task.fields.get("remaining"), task.where, "remaining", 1, MOST_DAYS)
                remaining = left if finish is None else None
            elif task.kind == "package" and finish is None and task.left is not None:
                remaining = max(1, ceil(round(task.left / self.per_day, 4)))
            if finish is not None and finish < start:
                finish = start
            found.append(Progress(package=self.found.ids[task.uid], start=start, finish=finish, remaining=remaining))
        return tuple(found)

    def _day(self, task: Task, key: str) -> date | None:
        found = self.judge.moment(task.fields.get(key), task.where, key)
        return found.date() if found else None

    def _pins(self, because: dict[int, str]) -> tuple[Pin, ...]:
        found = []
        for task in self.tasks:
            if task.uid not in self.refs:
                continue
            promise = told(one_line(task.fields.get("promise", "")))
            not_before = self._day(task, "not_before")
            deadline = task.deadline.date() if task.deadline else None
            if not task.kind and task.limit:
                if task.constraint in (NO_EARLIER, ON):
                    not_before = first_day(task.limit)
                elif task.constraint in (NO_LATER_FINISH, FINISH_ON):
                    deadline = min([last_day(task.limit), *([deadline] if deadline else [])])
                if task.constraint not in (NO_EARLIER, NO_LATER_FINISH):
                    text = _("constraints other than 'not before' and 'finish by' are taken as these, or left out")
                    self.judge.note(text)
            if not (promise or not_before or deadline):
                continue
            phase = promise.get("phase", "")
            found.append(
                Pin(
                    item=self.refs[task.uid],
                    phase=phase if any(one.id == phase for one in self.found.phases) else "",
                    not_before=not_before,
                    deadline=deadline,
                    may_slip=task.fields.get("slips") == "1",
                    reason=because.get(task.uid, ""),
                    source="catalogue" if promise.get("source") == "catalogue" else "own",
                )
            )
        return tuple(found)

    def _milestones(self) -> tuple[Milestone, ...]:
        ids, found = Ids("milestone"), []
        own = {task.uid: ids.own(task.fields.get("id", "")) for task in self.found.milestones if task.kind}
        for task in self.found.milestones:
            facts = task.facts
            reason, items = split_note(task.note, 1 if facts.get("items") else 0)
            note, name = named(task, reason)
            day = task.start.date() if task.start else None
            kind = task.fields.get("kind", "")
            hangs = (facts.get("item", ""), facts.get("phase", ""))
            if not any(hangs) and day is None:
                self.judge.note(_("milestones without a day are left out: {name}").format(name=name))
                continue
            months = facts.get("months", "")
            found.append(
                Milestone(
                    id=own.get(task.uid) or ids.made(name, task.uid),
                    name=name or "?",
                    kind=kind,
                    day=None if any(hangs) else day,
                    item=hangs[0],
                    phase=hangs[1],
                    months=int(months) if months.isdecimal() and len(months) < 4 and not facts.get("day") else 0,
                    reason=items[0] if items else note,
                    source="catalogue" if facts.get("source") == "catalogue" else "own",
                )
            )
        return tuple(found)

    def _baselines(self) -> tuple[Baseline, ...]:
        """The first baseline of the file; the planner's own only where the plan had one."""
        facts = told(one_line(self.whole.get("baseline", "")))
        packages = planned(self.found, self.per_day)
        if not packages or (self.ours and not facts):
            return ()
        made = facts.get("taken") or self.records.project.get("CreationDate")
        taken = self.judge.moment(made, _("the project"), "CreationDate")
        day = taken.date() if taken else min((p.start for p in packages.values() if p.start), default=FIRST)
        return (
            Baseline(
                id=facts.get("id") or "imported",
                name=facts.get("name") or _("Baseline of the imported file"),
                taken=day,
                approved_by=facts.get("by", ""),
                strategy=facts.get("strategy", ""),
                phases=Fixed({phase.id: phase.name for phase in self.found.phases}),
                packages=Fixed(packages),
            ),
        )
