"""The days of a plan for calendars (RFC 5545): phases, gates, audits, renewals and deadlines, and what is to be done.

Everything has an identifier that hangs on the engagement and on what it is about, never on its day: importing a later
state of the plan moves what moved. All that tells of time comes from the as-of day of the hand-over.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal
from uuid import NAMESPACE_URL, uuid5

from planner.assessment.certificates import Holding, all_holdings
from planner.assessment.gates import exit_criteria
from planner.assessment.milestones import dated
from planner.edit.track_work import title as certificate_title
from planner.export.handover import Handover
from planner.export.outline import PhaseOutline
from planner.export.report.measures import why_then
from planner.export.words import heading
from planner.model.calendar import months_after
from planner.model.project import Pin
from planner.model.terms import person, terms
from planner.text.clean import clean, one_line
from planner.text.i18n import _, labelled, language, listed
from planner.text.width import cut

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Todo

SPACE = uuid5(NAMESPACE_URL, "urn:itsm-planner:dates")
"""In which identifiers of this planner are made."""

COUNTED = date(2000, 1, 1)
"""Revisions are counted in days from here, the first day that a plan may name, to the as-of day: a later state of the
plan has a higher one."""

TITLE = 120
"""Cells of a title; what is longer is whole in the description."""

ONE_DAY = timedelta(days=1)

Status = Literal["NEEDS-ACTION", "IN-PROCESS", "COMPLETED"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A day in the calendar. ``about`` is what it tells of, by kind and id: it makes the identifier."""

    about: tuple[str, ...]
    day: date
    title: str
    told: tuple[str, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task(Entry):
    """Something that somebody must have done by the day, and how far it is: ``done`` is a share, 0 to 1."""

    begin: date | None = None
    done: float = 0.0
    completed: date | None = None

    def status(self, as_of: date) -> Status:
        """How it stands on ``as_of``."""
        if self.completed:
            return "COMPLETED"
        begun = self.done > 0 or (self.begin is not None and self.begin <= as_of)
        return "IN-PROCESS" if begun else "NEEDS-ACTION"


def render(handover: Handover) -> bytes:
    """Everything that has a day, the earliest first, as all-day events and as tasks that are due."""
    entries = [*_phases(handover), *_audits(handover), *_milestones(handover), *_certificates(handover)]
    entries += _deadlines(handover)
    calendar = _calendar(handover)
    for entry in sorted(entries, key=lambda entry: (entry.day, entry.about)):
        calendar.add_component(_component(handover, entry))
    made: bytes = calendar.to_ical()
    return made


def _phases(handover: Handover) -> Iterator[Entry]:
    """Start, end with its gate, and the decision to be prepared, of each phase in which something stands."""
    facts = handover.facts
    for part in facts.phases:
        if part.start is None or part.finish is None:
            continue
        name = f"{part.number}. {part.phase.name}"
        said = facts.said[part.phase.id]
        criteria = tuple(exit_criteria(facts.project, part.phase))
        ends = (_("The phase ends when:"), *(f"- {one_line(each)}" for each in criteria)) if criteria else ()
        phase, gate = _("Phase"), _("Gate")
        begins = _("{phase} begins").format(phase=name)
        yield Entry(("phase-start", part.phase.id), part.start, begins, (part.phase.goal or said.goal,), (phase,))
        yield Entry(
            ("phase-end", part.phase.id), part.finish, _("{phase} ends: gate").format(phase=name), ends, (phase, gate)
        )
        yield _decision(handover, part, name, ends)


def _decision(handover: Handover, part: PhaseOutline, name: str, told: tuple[str, ...]) -> Task:
    """What somebody must prepare: done once it was decided to go on, else as far as the work of the phase is."""
    facts, as_of = handover.facts, handover.identity.as_of
    assert part.finish is not None
    made = [one for one in facts.project.decisions if one.phase == part.phase.id and one.made <= as_of]
    last = max(made, key=lambda one: one.made, default=None)
    decided = last.made if last and last.verdict != "rejected" else None
    packages = [package.id for item in part.items for package in item.packages]
    title = _("Prepare the decision at the gate of {phase}").format(phase=name)
    share = sum(package in facts.done for package in packages) / len(packages)
    return Task(
        ("gate-decision", part.phase.id), part.finish, title, told, (_("Gate"),), part.start, share, decided
    )  # fmt: skip


def _audits(handover: Handover) -> Iterator[Entry]:
    """The deciding audits, but those that stand among the milestones on the same day."""
    project = handover.project
    days = [(stone.id, day) for stone, day in dated(project) if day]
    for goal in project.certifications:
        if not any(day == goal.audit and ident.startswith(f"{goal.standard}-") for ident, day in days):
            yield Entry(
                ("audit", goal.standard),
                goal.audit,
                _("Deciding audit: {name}").format(name=goal.name),
                (labelled(_("Operation before it"), _("{n} months").format(n=goal.operate_months)),),
                (_("Audit"),),
            )


def _milestones(handover: Handover) -> Iterator[Entry]:
    project = handover.project
    for stone, day in dated(project):
        if day:
            kinds = (heading(stone.kind),) if stone.kind else ()
            told = (why_then(project, stone),)
            yield Entry(("milestone", stone.id), day, stone.name, told, (_("Milestone"), *kinds))


def _certificates(handover: Handover) -> Iterator[Entry]:
    """The end of each certificate, when its renewal begins, and the renewal itself as something to be done.

    Days that are milestones of the plan are there already.
    """
    project, catalogue = handover.project, handover.catalogue
    stones = [stone.id for stone in project.milestones]
    for holding in all_holdings(project, catalogue):
        ends = holding.expires
        if ends is None or ends < project.engagement.start:
            continue
        known = terms(project, catalogue, holding.track)
        begins = months_after(ends, -known.lead_months) if known and known.lead_months else None
        name = _certificate(handover, holding)
        kind = (_("Certificate"),)
        if not any(ident.startswith(f"{holding.item}-expiry-") for ident in stones):
            yield Entry(("expiry", holding.item), ends, _("Ends: {certificate}").format(certificate=name), (), kind)
        if begins and not any(ident.startswith(f"{holding.item}-renewal-") for ident in stones):
            title = _("Ask for renewal: {certificate}").format(certificate=name)
            yield Entry(("renewal", holding.item), begins, title, (), kind)
        yield Task(
            ("renew", holding.item), ends, _("Renew: {certificate}").format(certificate=name), (), kind, begins
        )  # fmt: skip


def _certificate(handover: Handover, holding: Holding) -> str:
    """What is held by whom, in words."""
    known = terms(handover.project, handover.catalogue, holding.track)
    name = certificate_title(known, holding.level, language()) if known else holding.track
    return listed([person(handover.project, holding.holder), name])


def _deadlines(handover: Handover) -> Iterator[Entry]:
    """What was promised for a day, and the work on it as something to be done by then."""
    for pin in handover.project.pins:
        if pin.deadline:
            name = handover.project.title(pin.item)
            told = (pin.reason, _("This day may slip.") if pin.may_slip else "")
            kind = (_("Deadline"),)
            title = _("Deadline: {item}").format(item=name)
            yield Entry(("deadline", pin.item), pin.deadline, title, told, kind)
            yield _promise(handover, pin, pin.deadline, name, told)


def _promise(handover: Handover, pin: Pin, day: date, name: str, told: tuple[str, ...]) -> Task:
    project = handover.project
    ids = [package.id for package in project.packages_of.get(pin.item, ())] or [pin.item]
    known = [project.progress_of[ident] for ident in ids if ident in project.progress_of]
    ends = [one.finish for one in known if one.finish]
    return Task(
        ("finish", pin.item),
        day,
        _("Finish: {item}").format(item=name),
        told,
        (_("Deadline"),),
        min((one.start for one in known), default=None),
        len(ends) / len(ids),
        max(ends) if len(ends) == len(ids) else None,
    )


def _calendar(handover: Handover) -> "Calendar":
    """The calendar with what every document bears."""
    from icalendar import Calendar, vText

    about, calendar = handover.identity, Calendar()
    name = listed(part for part in (about.client, about.plan) if part)
    told = list(about.lines)
    if handover.left_out:
        told.append(_("this copy is for the client; it goes without: {kinds}").format(kinds=listed(handover.left_out)))
    calendar.add("prodid", "-//itsm-planner//dates//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("uid", _uid(handover, ()))
    calendar.add("last-modified", _stamp(about.as_of))
    calendar.add("name", cut(one_line(name), TITLE))
    calendar.add("x-wr-calname", vText(cut(one_line(name), TITLE)))
    calendar.add("description", _text(told))
    calendar.add("x-wr-caldesc", vText(_text(told)))
    return calendar


def _component(handover: Handover, entry: Entry) -> "Event | Todo":
    from icalendar import Event, Todo

    about = handover.identity
    made: Event | Todo = Todo() if isinstance(entry, Task) else Event()
    title = one_line(entry.title)
    whole = (title,) if cut(title, TITLE) != title else ()
    made.add("uid", _uid(handover, entry.about))
    made.add("dtstamp", _stamp(about.as_of))
    made.add("last-modified", _stamp(about.as_of))
    made.add("sequence", max((about.as_of - COUNTED).days, 0))
    made.add("summary", cut(title, TITLE))
    made.add("description", _text([*whole, *entry.told, listed(about.lines)]))
    made.add("categories", [one_line(each) for each in entry.categories])
    if isinstance(entry, Task):
        _told_of_task(made, entry, about.as_of)
    else:
        made.add("dtstart", entry.day)
        made.add("dtend", entry.day + ONE_DAY)
        made.add("transp", "TRANSPARENT")
    return made


def _told_of_task(made: "Event | Todo", task: Task, as_of: date) -> None:
    """By when it must be done and how far it is."""
    if task.begin and task.begin < task.day:
        made.add("dtstart", task.begin)
    made.add("due", task.day)
    status = task.status(as_of)
    made.add("status", status)
    made.add("percent-complete", 100 if status == "COMPLETED" else min(99, int(task.done * 100)))
    if task.completed:
        made.add("completed", _stamp(task.completed))


def _uid(handover: Handover, about: Iterable[str]) -> str:
    """An identifier from the engagement and from what it is about."""
    engagement = handover.project.engagement
    return str(uuid5(SPACE, "\0".join(map(clean, (engagement.client, engagement.name, *about)))))


def _stamp(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _text(parts: Iterable[str]) -> str:
    """Some lines as one text."""
    return "\n".join(clean(part) for part in parts if part)
