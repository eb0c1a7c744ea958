"""Judges a roadmap from the constraints of the plan alone.

Written apart from the engine on purpose: it shares no code with ``propose`` and its helpers, works on dates
rather than day numbers, and reads dependencies from the model itself. What it accepts is a valid roadmap by
the constraints of docs/architecture.md: order, calendar and capacity, absorption, pins and phases.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from planner.model.capability import capability, level_of, process_of
from planner.model.project import Phase, Placement, Project, Roadmap
from planner.rollout.result import Rule, Violation
from planner.text.i18n import _, listed

TOLERANCE = 1e-4
"""Full-time equivalents by which rounding may exceed a capacity: less than a minute a day."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Span:
    start: date
    finish: date


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


class _Judge:
    def __init__(self, project: Project, roadmap: Roadmap) -> None:
        self.project = project
        self.allowed = roadmap.absorption
        self.placed: Mapping[str, Placement] = {
            item: place for item, place in roadmap.packages.items() if item in project.package_by_id
        }
        self.span: dict[str, _Span] = {item: _Span(p.start, p.finish) for item, p in self.placed.items()}
        for item, packages in project.packages_of.items():
            spans = [self.span[package.id] for package in packages if package.id in self.span]
            if item and spans:
                self.span[item] = _Span(min(s.start for s in spans), max(s.finish for s in spans))
        self.worked: dict[date, bool] = {}

    def rules(self) -> tuple[Iterator[Violation], ...]:
        return (
            self.coverage(),
            self.calendar(),
            self.dependencies(),
            self.levels(),
            self.capacity(),
            self.absorption(),
            self.pins(),
            self.phases(),
        )

    # -- time ---------------------------------------------------------------------------------------------

    def is_worked(self, day: date) -> bool:
        known = self.worked.get(day)
        if known is None:
            known = self.worked[day] = self.project.calendar.is_working(day)
        return known

    def days(self, start: date, finish: date) -> list[date]:
        """The worked days from ``start`` to ``finish``."""
        span = (finish - start).days + 1
        return [day for n in range(span) if self.is_worked(day := start + timedelta(days=n))]

    def shift(self, day: date, steps: int) -> date:
        """The worked day ``steps`` worked days after ``day`` (before it, when negative)."""
        step = ONE_DAY if steps > 0 else -ONE_DAY
        for _n in range(abs(steps)):
            day += step
            while not self.is_worked(day):
                day += step
        return day

    # -- constraints --------------------------------------------------------------------------------------

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

    def dependencies(self) -> Iterator[Violation]:
        for d in self.project.dependencies:
            if d.strength != "hard" or d.item not in self.span:
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
                    self.span[d.item].start,
                )
        for package in self.project.packages:
            if package.id in self.span:
                for other in package.after:
                    if other in self.span:
                        yield from self.order(other, package.id, "finish-start", 0)
                for other in package.alongside:
                    if other in self.span:
                        yield from self.order(other, package.id, "start-start", 0)

        for item in self.project.capabilities:
            below = capability(process_of(item), level_of(item) - 1)
            if item in self.span and below not in self.span and not self.project.stands_below(item):
                yield Violation(
                    "dependency",
                    (item, below),
                    _("{item} needs {needs}, which is neither reached nor in the roadmap").format(
                        item=item, needs=below
                    ),
                    self.span[item].start,
                )

    def order(self, needs: str, item: str, kind: str, lag: int) -> Iterator[Violation]:
        """One dependency: the end of ``item`` that waits must not come before the allowed day."""
        first, second = kind.split("-")
        source, target = self.span[needs], self.span[item]
        anchor = source.finish if first == "finish" else source.start
        waits = target.start if second == "start" else target.finish
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
        yield Violation("dependency", (item, needs), message, waits, len(self.days(waits, allowed)) - 1)

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
                start = self.span[after].start
                if start <= allowed:
                    yield Violation(
                        "stabilisation",
                        (after, before),
                        _(
                            "{after} starts on {day}; {before} is reached on {finish} and must settle {weeks} weeks"
                        ).format(after=after, day=start, before=before, finish=self.span[before].finish, weeks=weeks),
                        start,
                        (allowed - start).days + 1,
                    )

    def capacity(self) -> Iterator[Violation]:
        used: dict[tuple[str, date], float] = {}
        for item, place in self.placed.items():
            package = self.project.package_by_id[item]
            loads = [(role, package.load(role)) for role in package.effort]
            for day in self.days(place.start, place.finish):
                for role, load in loads:
                    used[role, day] = used.get((role, day), 0.0) + load
        over: dict[str, dict[date, float]] = {}
        for (role, day), load in used.items():
            has = self.project.role_by_id[role].capacity(day)
            if load > has + TOLERANCE:
                over.setdefault(role, {})[day] = load - has
        for role in (role.id for role in self.project.roles if role.id in over):
            for first, last in self.runs(over[role]):
                worst = max(
                    (day for day in over[role] if first <= day <= last),
                    key=lambda day: (over[role][day], -day.toordinal()),
                )
                load = used[role, worst]
                items = tuple(
                    item
                    for item, place in self.placed.items()
                    if place.start <= worst <= place.finish and self.project.package_by_id[item].load(role)
                )
                yield Violation(
                    "capacity",
                    items,
                    _("{role} has {has:g} on {day} but {items} need {load:.2f} ({first} to {last})").format(
                        role=role,
                        has=self.project.role_by_id[role].capacity(worst),
                        day=worst,
                        items=listed(items),
                        load=load,
                        first=first,
                        last=last,
                    ),
                    worst,
                    over[role][worst],
                )

    def absorption(self) -> Iterator[Violation]:
        everything = [item for item in self.project.capabilities if item in self.span]
        limit = max(self.allowed or 0, self.project.limits.absorption)
        yield from self.too_many(everything, limit, _("the plan"))
        for phase in self.project.phases:
            if phase.limit is not None:
                mine = [item for item in everything if phase.id in self.phases_of(item)]
                yield from self.too_many(mine, phase.limit, _("phase {phase}").format(phase=phase.id))

    def too_many(self, items: list[str], limit: int, where: str) -> Iterator[Violation]:
        changing: dict[date, set[str]] = {}
        for item in items:
            for day in self.days(self.span[item].start, self.span[item].finish):
                changing.setdefault(day, set()).add(process_of(item))
        over = {day: float(len(processes) - limit) for day, processes in changing.items() if len(processes) > limit}
        for first, last in self.runs(over):
            worst = max((d for d in over if first <= d <= last), key=lambda d: (over[d], -d.toordinal()))
            names = tuple(item for item in items if self.span[item].start <= worst <= self.span[item].finish)
            yield Violation(
                "absorption",
                names,
                _(
                    "{count} processes change at once on {day}, {where} allows {limit}: {items} ({first} to {last})"
                ).format(
                    count=len(changing[worst]),
                    day=worst,
                    where=where,
                    limit=limit,
                    items=listed(names),
                    first=first,
                    last=last,
                ),
                worst,
                over[worst],
            )

    def runs(self, days: Mapping[date, float]) -> Iterator[tuple[date, date]]:
        """Stretches of ``days`` that follow each other without a worked day between."""
        ordered = sorted(days)
        first = previous = None
        for day in ordered:
            if previous is None or first is None:
                first = day
            elif self.shift(previous, 1) != day:
                yield first, previous
                first = day
            previous = day
        if first is not None and previous is not None:
            yield first, previous

    def phases_of(self, item: str) -> list[str]:
        """The phases in which the packages of a capability, or a package, are placed."""
        packages = self.project.packages_of.get(item)
        ids = [package.id for package in packages] if packages else [item]
        return sorted({self.placed[i].phase for i in ids if i in self.placed})

    def pins(self) -> Iterator[Violation]:
        for pin in self.project.pins:
            span = self.span.get(pin.item)
            if span is None:
                continue
            phases = self.phases_of(pin.item)
            if pin.phase and phases != [pin.phase]:
                yield Violation(
                    "pin",
                    (pin.item,),
                    _("{item} is pinned to phase {pin} but stands in {phase}").format(
                        item=pin.item, pin=pin.phase, phase=listed(phases)
                    ),
                    span.start,
                )
            if pin.not_before and span.start < pin.not_before:
                yield Violation(
                    "pin",
                    (pin.item,),
                    _("{item} starts on {day}, but may not before {allowed}").format(
                        item=pin.item, day=span.start, allowed=pin.not_before
                    ),
                    span.start,
                    (pin.not_before - span.start).days,
                )
            if pin.deadline and span.finish > pin.deadline:
                late = (span.finish - pin.deadline).days
                yield Violation(
                    "deadline",
                    (pin.item,),
                    _("{item} finishes on {day}, {late} days after its deadline {deadline}").format(
                        item=pin.item, day=span.finish, late=late, deadline=pin.deadline
                    ),
                    span.finish,
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
        spans: dict[str, _Span] = {}
        for item, place in self.placed.items():
            if place.phase not in known:
                yield Violation("phase", (item,), _("{item} stands in no phase of the plan").format(item=item))
                continue
            had = spans.get(place.phase)
            spans[place.phase] = _Span(
                min(had.start, place.start) if had else place.start,
                max(had.finish, place.finish) if had else place.finish,
            )
        reached: date | None = None
        begun: date | None = None
        for phase in self.project.phases:
            span = spans.get(phase.id)
            if span is None:
                continue
            yield from self.window(phase, span)
            allowed = begun if phase.overlap else (reached + ONE_DAY if reached else None)
            if allowed and span.start < allowed:
                yield Violation(
                    "phase",
                    tuple(i for i, p in self.placed.items() if p.phase == phase.id and p.start < allowed),
                    _("phase {phase} starts on {day}, before the phase before it has finished on {finish}").format(
                        phase=phase.id, day=span.start, finish=reached
                    )
                    if not phase.overlap
                    else _("phase {phase} starts on {day}, before the phase before it starts on {begun}").format(
                        phase=phase.id, day=span.start, begun=begun
                    ),
                    span.start,
                    (allowed - span.start).days,
                )
            reached = max(reached or span.finish, span.finish)
            begun = span.start

    def window(self, phase: Phase, span: _Span) -> Iterator[Violation]:
        rule: Rule = "phase"
        if phase.not_before and span.start < phase.not_before:
            yield Violation(
                rule,
                tuple(i for i, p in self.placed.items() if p.phase == phase.id and p.start < phase.not_before),
                _("phase {phase} starts on {day}, but may not before {allowed}").format(
                    phase=phase.id, day=span.start, allowed=phase.not_before
                ),
                span.start,
                (phase.not_before - span.start).days,
            )
        if phase.not_after and span.finish > phase.not_after:
            yield Violation(
                rule,
                tuple(i for i, p in self.placed.items() if p.phase == phase.id and p.finish > phase.not_after),
                _("phase {phase} finishes on {day}, but must by {allowed}").format(
                    phase=phase.id, day=span.finish, allowed=phase.not_after
                ),
                span.finish,
                (span.finish - phase.not_after).days,
            )
