"""The days on the way to a certificate, counted back in working days from the one day of the deciding audit.

Rules (domain.md §7.3): stages follow each other without overlapping; the system has run for the months that the
standard asks for, and internal audit and management review are done, before the certification audit begins.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.edit.sizing import Sized, long_enough, role_capacities, sized
from planner.model.calendar import ONE_DAY, Calendar, months_after
from planner.model.knowledge import Catalogue
from planner.model.known.standards import CertificationStage, CycleEvent, StageEvent, StageWork, Standard
from planner.model.people import Certification
from planner.model.project import Project
from planner.model.values import Duration, WeekRange, Workstream

WORKSTREAM: Workstream = "standard"
"""The workstream of all work on a certification."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A work package of a stage on the latest days that still let the audit happen: ``start`` to ``finish``.

    ``id`` is that of the package, ``after`` and ``alongside`` are those of others; ``runs`` marks the operation itself.
    """

    id: str
    stage: CertificationStage
    work: StageWork
    size: Sized
    days: int
    start: date
    finish: date
    after: tuple[str, ...]
    alongside: tuple[str, ...]
    runs: bool

    def earliest(self, calendar: Calendar) -> date:
        """How early it may begin without drifting from the audit: at most once its own length before ``start``."""
        return calendar.start(self.start - ONE_DAY, self.days)


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a stage, both included, as late as they can be."""

    stage: CertificationStage
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Way:
    """The stages, their work and all dated events up to the renewal of the certificate, in order of time."""

    windows: tuple[Window, ...]
    slots: tuple[Slot, ...]
    events: tuple[tuple[StageEvent | CycleEvent, date], ...]


def package_id(standard: str, work: str) -> str:
    """The id of the work package of a stage's work: ``iso-20000-1-2018-gap``."""
    return f"{standard}-{work}"


def way(project: Project, catalogue: Catalogue, standard: Standard, goal: Certification) -> Way:
    """Everything that ``goal`` asks for on its latest possible days. Work that the plan leaves out is not there."""
    return _Backwards(project, catalogue, standard, goal).way()


def runs(stage: CertificationStage, work: StageWork) -> bool:
    """Whether ``work`` is the operation itself: the one so marked, or the first of a stage that operates."""
    marked = any(other.runs for other in stage.work)
    return stage.operates and (work.runs if marked else work is stage.work[0])


class _Backwards:
    def __init__(self, project: Project, catalogue: Catalogue, standard: Standard, goal: Certification) -> None:
        self.project = project
        self.catalogue = catalogue
        self.calendar = project.calendar
        self.standard = standard
        self.goal = goal
        self.left_out = {out.package for out in project.left_out}

    def way(self) -> Way:
        windows: list[Window] = []
        slots: list[Slot] = []
        events: list[tuple[StageEvent | CycleEvent, date]] = []
        end = self.goal.audit
        for stage in reversed(self.standard.stages):
            works = [work for work in stage.work if self.id(work) not in self.left_out]
            placed = self._placed(stage, works, self.calendar.previous_working(end))
            window = self._window(stage, placed, end)
            windows.insert(0, window)
            slots[:0] = placed
            events[:0] = self._events(window, placed)
            end = window.first - ONE_DAY
        certified = self.calendar.next_working(windows[-1].last) if windows else self.goal.audit
        cycle = [(event, months_after(certified, event.months)) for event in self.standard.cycle]
        return Way(tuple(windows), tuple(self._linked(slots)), (*events, *cycle))

    def id(self, work: StageWork) -> str:
        return package_id(self.standard.id, work.id)

    # -- work -----------------------------------------------------------------------------------------------

    def _placed(self, stage: CertificationStage, works: Sequence[StageWork], end: date) -> list[Slot]:
        """The work of a stage as late as it can stand when all of it has to be finished on ``end``."""
        others = [work for work in works if not runs(stage, work)]
        starts: dict[str, tuple[date, date]] = {}

        def latest(work: StageWork, seen: Collection[str]) -> tuple[date, date]:
            if work.id not in starts:
                followers = [w for w in others if work.id in w.after and w.id not in seen]
                before = [latest(w, {*seen, w.id})[0] - ONE_DAY for w in followers]
                finish = self.calendar.previous_working(min(before, default=end))
                starts[work.id] = self.calendar.start(finish, self._days(stage, work)), finish
            return starts[work.id]

        for work in others:
            latest(work, {work.id})
        for work in works:
            if runs(stage, work):
                starts[work.id] = min([self._operating_from(stage, work, end), *(s for s, _f in starts.values())]), end
        return [self._slot(stage, work, *starts[work.id]) for work in works]

    def _operating_from(self, stage: CertificationStage, work: StageWork, end: date) -> date:
        """The latest day on which operation may begin to have lasted its months by the end of ``end``.

        Earlier where its roles could not carry the effort in that time, or the plan's own version lasts longer.
        """
        months = self.calendar.previous_working(months_after(end + ONE_DAY, -self.goal.operate_months))
        days = self.calendar.count(months, end)
        capacities = role_capacities(self.project, self.catalogue)
        carried = long_enough(Duration(days, days, days), self._sized(stage, work).effort, capacities).likely
        return self.calendar.start(end, max(carried, self._own_days(work)))

    def _days(self, stage: CertificationStage, work: StageWork) -> int:
        return self._own_days(work) or self._sized(stage, work).days.likely

    def _own_days(self, work: StageWork) -> int:
        """The likely length of the plan's own version of the package; 0 when it has none."""
        package = self.project.package_by_id.get(self.id(work))
        return package.days.likely if package and package.source == "own" else 0

    def _sized(self, stage: CertificationStage, work: StageWork) -> Sized:
        weeks = stage.weeks[self.project.engagement.size]
        return sized(
            self.project,
            self.catalogue,
            workstream=WORKSTREAM,
            roles=work.roles,
            effort=work.effort,
            weeks=WeekRange(weeks, weeks, weeks),
            share=work.share,
            weeks_fit=True,
        )

    def _slot(self, stage: CertificationStage, work: StageWork, start: date, finish: date) -> Slot:
        days = self.calendar.count(start, finish)
        size = self._sized(stage, work)
        if runs(stage, work):
            size = replace(size, days=Duration(days, days, days))
        return Slot(
            id=self.id(work),
            stage=stage,
            work=work,
            size=size,
            days=days,
            start=start,
            finish=finish,
            after=(),
            alongside=(),
            runs=runs(stage, work),
        )

    def _linked(self, slots: Sequence[Slot]) -> Iterator[Slot]:
        """The slots with what they follow: their own wishes, else all that ends the stage before theirs."""
        known = {slot.work.id: slot.id for slot in slots}
        wanted = {work.id: work.after for stage in self.standard.stages for work in stage.work}
        ends: tuple[str, ...] = ()
        for stage in self.standard.stages:
            inside = [slot for slot in slots if slot.stage is stage]
            operation = [slot.id for slot in inside if slot.runs]
            for slot in inside:
                after = tuple(known[name] for name in _present(slot.work.after, known, wanted))
                beside = tuple(name for name in operation if name != slot.id)
                first = not any(name in after for name in (other.id for other in inside))
                yield replace(
                    slot,
                    after=tuple(dict.fromkeys((*after, *(ends if first else ())))),
                    alongside=beside if first else (),
                )
            followed = {name for slot in inside for name in _present(slot.work.after, known, wanted)}
            ends = tuple(slot.id for slot in inside if slot.work.id not in followed) or ends

    # -- days -----------------------------------------------------------------------------------------------

    def _window(self, stage: CertificationStage, placed: Sequence[Slot], end: date) -> Window:
        length = timedelta(weeks=stage.weeks[self.project.engagement.size])
        last = end + length * (1 - _deciding(stage))
        first = min([last + ONE_DAY - length, end, *(slot.start for slot in placed)])
        return Window(stage, first, last)

    def _events(self, window: Window, placed: Sequence[Slot]) -> list[tuple[StageEvent | CycleEvent, date]]:
        stage = window.stage
        first, last = window.first, window.last
        if stage.decides:
            first = last - timedelta(weeks=stage.weeks[self.project.engagement.size])
        for slot in placed:
            if slot.runs:
                first, last = slot.start, slot.finish
        found: list[tuple[StageEvent | CycleEvent, date]] = []
        for event in stage.events:
            day = first + (last - first) * event.at
            if event.decides:
                day = self.goal.audit
            elif day > self.goal.audit:
                day = self.calendar.next_working(day)
            else:
                day = self.calendar.previous_working(day)
            found.append((event, day))
        return found


def _deciding(stage: CertificationStage) -> float:
    """At which part of its time a stage ends for its work: where the deciding audit is, else at its end."""
    return next((event.at for event in stage.events if event.decides), 1.0)


def _present(names: Sequence[str], known: Collection[str], wanted: dict[str, tuple[str, ...]]) -> list[str]:
    """``names``; for work that the plan leaves out, what that would have followed."""
    found: list[str] = []
    for name in names:
        found += [name] if name in known else _present(wanted.get(name, ()), known, wanted)
    return found
