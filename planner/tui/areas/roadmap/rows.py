"""What the drawings of the roadmap show of a plan, as plain rows; how far work is, in words."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from planner.export.outline import PhaseOutline
from planner.model.project import Project, WorkPackage
from planner.text.i18n import _, labelled, ngettext
from planner.tui.areas.roadmap.board import Card, Lane
from planner.tui.areas.roadmap.picture import MILESTONES, PHASE, UNPLACED, Picture, with_parts
from planner.tui.areas.roadmap.timeline import TimelineRow


class Rows:
    """The rows of the timeline: phases, their capabilities unless ``closed``, packages of ``opened`` capabilities.

    ``touched``: what breaks something. ``critical``: what decides the finish. ``kept``: the only capabilities and
    packages to show, None for all.
    """

    def __init__(
        self,
        picture: Picture,
        touched: Collection[str] = (),
        closed: Collection[str] = (),
        opened: Collection[str] = (),
        critical: Collection[str] = (),
        kept: Collection[str] | None = None,
    ) -> None:
        self.picture = picture
        self.project = picture.project
        self.touched = touched
        self.closed = closed
        self.opened = opened
        self.critical = critical
        self.kept = kept

    def all(self) -> list[TimelineRow]:
        """Every row, from the first phase to what has no place yet."""
        rows: list[TimelineRow] = []
        for phase in self.picture.phases:
            rows += self._phase(phase)
        rows += self._milestones()
        loose = [item for item in self.picture.loose if self._shown(item)]
        if loose:
            shut = UNPLACED in self.closed
            mark = _phase_mark(with_parts(self.project, loose), self.touched)
            rows.append(TimelineRow(PHASE + UNPLACED, _("Not placed yet"), 0, opened=not shut, mark=mark))
            for item in loose if not shut else ():
                rows += self.item(item)
        return rows

    def _shown(self, item: str) -> bool:
        return self.kept is None or item in self.kept

    def _phase(self, phase: PhaseOutline) -> Iterator[TimelineRow]:
        items = [item for item in phase.items if self._shown(item.id)]
        if self.kept is not None and not items:
            return
        ident = phase.phase.id
        shut = ident in self.closed
        yield TimelineRow(
            PHASE + ident,
            f"{phase.number} {phase.phase.name}",
            0,
            phase.start,
            phase.finish,
            (not shut) if items else None,
            _phase_mark(frozenset(self.picture.inside[ident]), self.touched),
            was=self.picture.was.get(PHASE + ident),
        )
        for item in items if not shut else ():
            yield from self.item(item.id)

    def item(self, item: str) -> Iterator[TimelineRow]:
        """The row of a capability with those of its packages when it is open, or of a package of the programme."""
        if item in self.project.package_by_id:
            yield self._package(self.project.package_by_id[item], 1)
            return
        placed = self.picture.item_by_id.get(item)
        start, finish = (placed.start, placed.finish) if placed else (None, None)
        yield self._row(item, self.project.title(item), 1, start, finish, item in self.opened)
        for package in self.project.packages_of[item] if item in self.opened else ():
            yield self._package(package, 2)

    def _package(self, package: WorkPackage, depth: int) -> TimelineRow:
        place = self.picture.placed.get(package.id)
        name = labelled(_(package.workstream), package.name)
        start, finish = (place.start, place.finish) if place else (None, None)
        return self._row(package.id, name, depth, start, finish)

    def _row(
        self, key: str, name: str, depth: int, start: date | None, finish: date | None, opened: bool | None = None
    ) -> TimelineRow:
        return TimelineRow(
            key,
            name,
            depth,
            start,
            finish,
            opened,
            _mark(self.project, key, self.touched),
            key in self.critical,
            self.picture.done(key),
            self.picture.was.get(key),
        )

    def _milestones(self) -> Iterator[TimelineRow]:
        stones = self.picture.milestones
        if not stones or self.kept is not None:
            return
        is_open = MILESTONES in self.opened
        count = ngettext("{n} milestone", "{n} milestones", len(stones)).format(n=len(stones))
        yield TimelineRow(MILESTONES, count, 0, opened=is_open, days=tuple(day for _stone, day in stones if day))
        for stone, day in stones if is_open else ():
            yield TimelineRow(MILESTONES + stone.id, stone.name, 1, days=(day,) if day else ())


def card_lanes(picture: Picture, touched: Collection[str] = (), kept: Collection[str] | None = None) -> list[Lane]:
    """The columns of the board: a phase each, and one for what has no place yet; ``kept`` as in ``Rows``."""
    project = picture.project

    def card(item: str, side: str) -> Card:
        return Card(item, project.title(item), side, _mark(project, item, touched))

    lanes = []
    for phase in picture.phases:
        facts = (
            span_words(phase.start, phase.finish),
            _("{items} items, {effort:.0f} person-days").format(items=len(phase.items), effort=phase.person_days),
        )
        cards = tuple(card(item.id, str(item.finish)) for item in phase.items if kept is None or item.id in kept)
        lanes.append(Lane(PHASE + phase.phase.id, f"{phase.number} {phase.phase.name}", facts, cards))
    loose = tuple(card(item, "") for item in picture.loose if kept is None or item in kept)
    if loose:
        lanes.append(Lane(PHASE + UNPLACED, _("Not placed yet"), ("", ""), loose))
    return lanes


def progress_words(project: Project, packages: Sequence[str]) -> str:
    """How far work packages are; empty when none has begun."""
    told = [project.progress_of[package] for package in packages if package in project.progress_of]
    if not told:
        return ""
    if len(packages) > 1:
        done = sum(progress.finish is not None for progress in told)
        words = ngettext(
            "{begun} of {n} package begun, {done} done", "{begun} of {n} packages begun, {done} done", len(packages)
        )
        return words.format(begun=len(told), n=len(packages), done=done)
    progress = told[0]
    if progress.finish:
        return _("done: {start} to {finish}").format(start=progress.start, finish=progress.finish)
    words = _("begun on {day}").format(day=progress.start)
    if progress.remaining is None:
        return words
    left = ngettext(
        "{begun}, {n} working day left after {as_of}",
        "{begun}, {n} working days left after {as_of}",
        progress.remaining,
    )
    return left.format(begun=words, n=progress.remaining, as_of=project.engagement.as_of)


def span_words(start: date | None, finish: date | None) -> str:
    """``2027-01-04 to 2027-03-26``."""
    return _("{start} to {finish}").format(start=start, finish=finish) if start and finish else _("no dates yet")


def _mark(project: Project, item: str, touched: Collection[str]) -> str:
    """``!`` where the item, or a package of it, breaks something; else ``*`` where it is pinned."""
    if touched and not with_parts(project, [item]).isdisjoint(touched):
        return "!"
    return "*" if item in project.pin_by_item else " "


def _phase_mark(items: frozenset[str], touched: Collection[str]) -> str:
    return " " if items.isdisjoint(touched) else "!"
