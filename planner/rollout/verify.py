"""Judges a roadmap from the constraints of the plan alone.

Written apart from the engine on purpose: it shares no code with ``propose`` and its helpers, works on dates
rather than day numbers, and reads dependencies from the model itself. What it accepts is a valid roadmap by
the constraints of docs/architecture.md: order, calendar and capacity, absorption, pins and phases.

Constraints are judged where they can still be kept. What has begun by the plan's ``as_of`` must stand where it was
begun, and nothing else may stand there; what that breaks is a fact and no violation.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from planner.model.capability import capability, level_of, process_of
from planner.model.project import Phase, Placement, Progress, Project, Roadmap
from planner.rollout.judging import load as verify_load
from planner.rollout.judging.days import ONE_DAY, Judged, around
from planner.rollout.result import Violation
from planner.text.i18n import _, listed, ngettext


def verify(
    project: Project, roadmap: Roadmap | None = None, phases: tuple[Phase, ...] | None = None
) -> tuple[Violation, ...]:
    """Everything that ``roadmap`` (the plan's own when None) breaks, in the order of the constraints.

    ``phases`` replaces the plan's phases, for a proposal that is not adopted yet.
    Raises ValueError when there is no roadmap to judge.
    """
    roadmap = roadmap or project.roadmap
    if roadmap is None:
        raise ValueError("the plan has no roadmap")
    if phases is not None:
        project = replace(project, phases=phases)
    judge = _Judge(project, roadmap)
    return tuple(violation for rule in judge.rules() for violation in rule)


class _Judge(Judged):
    def rules(self) -> tuple[Iterator[Violation], ...]:
        return (
            self.coverage(),
            self.calendar(),
            self.standing(),
            self.dependencies(),
            self.levels(),
            verify_load.capacity(self),
            verify_load.absorption(self),
            self.pins(),
            self.phases(),
        )

    def coverage(self) -> Iterator[Violation]:
        for package in self.project.packages:
            if package.id not in self.placed:
                yield Violation("coverage", (package.id,), _("{item} is not in the roadmap").format(item=package.id))

        for process in self.project.processes:
            if not process.in_scope:
                continue
            for level in range(process.level + 1, process.target_level + 1):
                item = capability(process.id, level)
                if item not in self.project.packages_of:
                    text = _("{item} is a target, but the plan has no work for it")
                    yield Violation("coverage", (item,), text.format(item=item))

    def calendar(self) -> Iterator[Violation]:
        begin = self.project.engagement.start
        for item, place in self.placed.items():
            if item not in self.free:
                continue
            if place.start < begin:
                yield Violation(
                    "calendar",
                    (item,),
                    _("{item} starts on {day}, before the project starts on {begin}").format(
                        item=item, day=place.start, begin=begin
                    ),
                    place.start,
                    (begin - place.start).days,
                )
            for day, text in (
                (place.start, _("{item} starts on {day}, which is not worked")),
                (place.finish, _("{item} finishes on {day}, which is not worked")),
            ):
                if not self.is_worked(day):
                    yield Violation("calendar", (item,), text.format(item=item, day=day), day)
            lasts, needed = len(self.days(place.start, place.finish)), self.project.package_by_id[item].days.likely
            if lasts != needed:
                yield Violation(
                    "calendar",
                    (item,),
                    _("{item} is given {lasts} working days but takes {needed}").format(
                        item=item, lasts=lasts, needed=needed
                    ),
                    place.start,
                    needed - lasts,
                )

    def standing(self) -> Iterator[Violation]:
        """What has begun stands where it was begun, and everything else later than ``as_of``."""
        told = self.project.progress_of
        for item, place in self.placed.items():
            if item in told:
                yield from self.stands(item, place, told[item])
            elif self.past(place.start):
                text = _("{item} starts on {day} in the roadmap, but has not begun by {as_of}")
                message = text.format(item=item, day=place.start, as_of=self.as_of)
                yield Violation("calendar", (item,), message, place.start)

    def stands(self, item: str, place: Placement, told: Progress) -> Iterator[Violation]:
        """What has begun, against what is known: its first day, and its last or how long it takes at least."""
        begin = self.project.calendar.next_working(told.start)
        if place.start != begin:
            text = _("{item} was begun on {begin}, but the roadmap has it start on {day}")
            message = text.format(item=item, begin=begin, day=place.start)
            yield Violation("calendar", (item,), message, begin, abs((place.start - begin).days))
        if told.finish:
            finish = max(begin, self.project.calendar.previous_working(told.finish))
            if place.finish != finish:
                text = _("{item} was finished on {finish}, but the roadmap has it finish on {day}")
                message = text.format(item=item, finish=finish, day=place.finish)
                yield Violation("calendar", (item,), message, finish, abs((place.finish - finish).days))
            return
        as_of = self.as_of or told.start
        worked = len(self.days(begin, as_of))
        left = told.remaining or max(1, self.project.package_by_id[item].days.likely - worked)
        missing = left - len(self.days(max(begin, as_of + ONE_DAY), place.finish))
        if missing > 0:
            text = ngettext(
                "{item} needs {left} working day after {as_of}, but the roadmap has it finish on {day}",
                "{item} needs {left} working days after {as_of}, but the roadmap has it finish on {day}",
                left,
            )
            message = text.format(item=item, left=left, as_of=as_of, day=place.finish)
            yield Violation("calendar", (item,), message, place.finish, missing)

    def dependencies(self) -> Iterator[Violation]:
        for d in self.project.dependencies:
            if d.strength != "hard" or d.item not in self.free:
                continue
            if d.needs in self.span:
                yield from self.order(d.needs, d.item, d.type, d.lag)
            elif level_of(d.needs) and not self.project.stands_at(d.needs):
                yield Violation(
                    "dependency",
                    (d.item, d.needs),
                    _("{item} needs {needs}, which is neither reached nor in the roadmap").format(
                        item=d.item, needs=d.needs
                    ),
                    self.free[d.item].start,
                )
        for package in self.project.packages:
            if package.id in self.free:
                for other in package.after:
                    if other in self.span:
                        yield from self.order(other, package.id, "finish-start", 0)
                for other in package.alongside:
                    if other in self.span:
                        yield from self.order(other, package.id, "start-start", 0)

        for item in self.project.capabilities:
            below = capability(process_of(item), level_of(item) - 1)
            if item in self.free and below not in self.span and not self.project.stands_below(item):
                yield Violation(
                    "dependency",
                    (item, below),
                    _("{item} needs {needs}, which is neither reached nor in the roadmap").format(
                        item=item, needs=below
                    ),
                    self.free[item].start,
                )

    def order(self, needs: str, item: str, kind: str, lag: int) -> Iterator[Violation]:
        """One dependency: the end of ``item`` that waits must not come before the allowed day.

        The beginning of a capability is that of its packages which have not begun; of its end nothing is said once all
        that it could end with has begun.
        """
        first, second = kind.split("-")
        if second == "finish" and not self.ends_free(item):
            return
        source = self.span[needs]
        anchor = source.finish if first == "finish" else source.start
        waits = self.free[item].start if second == "start" else self.span[item].finish
        steps = lag + 1 if kind == "finish-start" else lag
        allowed = self.shift(anchor, steps)
        if waits >= allowed:
            return
        template = (
            _("{item} starts on {day}, but may not before {allowed}: it needs {needs} ({kind}, lag {lag})")
            if second == "start"
            else _("{item} finishes on {day}, but may not before {allowed}: it needs {needs} ({kind}, lag {lag})")
        )
        message = template.format(item=item, day=waits, allowed=allowed, needs=needs, kind=_(kind), lag=lag)
        yield Violation("dependency", (item, needs), message, waits, len(self.days(waits, allowed)) - 1, (kind,))

    def ends_free(self, item: str) -> bool:
        """Whether something that nothing else of ``item`` comes after has not begun."""
        packages = self.project.packages_of.get(item, ())
        followed = {other for package in packages for other in package.after}
        ids = [package.id for package in packages if package.id not in followed] or [item]
        return any(ident in self.free for ident in ids)

    def levels(self) -> Iterator[Violation]:
        """Levels of one process follow each other, with time to settle between them."""
        levels: dict[str, list[int]] = {}
        for item in self.project.capabilities:
            if item in self.span:
                levels.setdefault(process_of(item), []).append(level_of(item))
        for process, reached in levels.items():
            reached.sort()
            for low, high in pairwise(reached):
                before, after = capability(process, low), capability(process, high)
                weeks = self.project.limits.settle(low)
                allowed = self.span[before].finish + timedelta(weeks=weeks)
                if after in self.free and (start := self.free[after].start) <= allowed:
                    yield Violation(
                        "stabilisation",
                        (after, before),
                        _(
                            "{after} starts on {day}; {before} is reached on {finish} and must settle {weeks} weeks"
                        ).format(after=after, day=start, before=before, finish=self.span[before].finish, weeks=weeks),
                        start,
                        (allowed - start).days + 1,
                    )

    def pins(self) -> Iterator[Violation]:
        for pin in self.project.pins:
            free, pending = self.free.get(pin.item), self.pending.get(pin.item)
            phases = self.phases_of(pin.item)
            if free and pin.phase and phases != [pin.phase]:
                yield Violation(
                    "pin",
                    (pin.item,),
                    _("{item} is pinned to phase {pin} but stands in {phase}").format(
                        item=pin.item, pin=pin.phase, phase=listed(phases)
                    ),
                    free.start,
                    about=(pin.phase,),
                )
            if free and pin.not_before and free.start < pin.not_before:
                yield Violation(
                    "pin",
                    (pin.item,),
                    _("{item} starts on {day}, but may not before {allowed}").format(
                        item=pin.item, day=free.start, allowed=pin.not_before
                    ),
                    free.start,
                    (pin.not_before - free.start).days,
                )
            if pending and pin.deadline and pending.finish > pin.deadline and not pin.may_slip:
                late = (pending.finish - pin.deadline).days
                yield Violation(
                    "deadline",
                    (pin.item,),
                    _("{item} finishes on {day}, {late} days after its deadline {deadline}").format(
                        item=pin.item, day=pending.finish, late=late, deadline=pin.deadline
                    ),
                    pending.finish,
                    late,
                )

    def phases(self) -> Iterator[Violation]:
        for item in self.project.capabilities:
            phases = self.phases_of(item)
            if len(phases) > 1:
                yield Violation(
                    "phase",
                    (item,),
                    _("{item} is split over phases {phases}").format(item=item, phases=listed(phases)),
                )
        known = self.project.phase_by_id
        members: dict[str, list[str]] = {}
        for item, place in self.placed.items():
            if place.phase not in known:
                yield Violation("phase", (item,), _("{item} stands in no phase of the plan").format(item=item))
            else:
                members.setdefault(place.phase, []).append(item)
        reached: date | None = None
        begun: date | None = None
        for phase in self.project.phases:
            if phase.id not in members:
                continue
            items = members[phase.id]
            span = around(self.span[item] for item in items)
            yield from self.window(phase, items)
            allowed = begun if phase.overlap else (reached + ONE_DAY if reached else None)
            early = tuple(item for item in items if item in self.free and allowed and self.free[item].start < allowed)
            if early and allowed:
                start = min(self.free[item].start for item in early)
                text = (
                    _("phase {phase} starts on {day}, before the phase before it starts on {begun}")
                    if phase.overlap
                    else _("phase {phase} starts on {day}, before the phase before it has finished on {finish}")
                )
                message = text.format(phase=phase.id, day=start, begun=begun, finish=reached)
                yield Violation("phase", early, message, start, (allowed - start).days, (phase.id, "order"))
            reached = max(reached or span.finish, span.finish)
            begun = span.start

    def window(self, phase: Phase, items: list[str]) -> Iterator[Violation]:
        """The dates of a phase: none of ``items`` starts before, or is finished after them."""
        first, last = phase.not_before, phase.not_after
        early = tuple(item for item in items if item in self.free and first and self.free[item].start < first)
        if first and early:
            start = min(self.free[item].start for item in early)
            text = _("phase {phase} starts on {day}, but may not before {allowed}")
            message = text.format(phase=phase.id, day=start, allowed=first)
            yield Violation("phase", early, message, start, (first - start).days, (phase.id, "begin"))
        late = tuple(item for item in items if item in self.pending and last and self.pending[item].finish > last)
        if last and late:
            finish = max(self.pending[item].finish for item in late)
            text = _("phase {phase} finishes on {day}, but must by {allowed}")
            message = text.format(phase=phase.id, day=finish, allowed=last)
            yield Violation("phase", late, message, finish, (finish - last).days, (phase.id, "end"))
