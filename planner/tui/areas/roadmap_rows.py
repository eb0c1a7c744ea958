"""What the drawings of the roadmap show of a plan, as plain rows."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from planner.checks.finding import Finding
from planner.export.outline import PhaseOutline, outline, unplaced
from planner.export.words import percent_up, quality
from planner.model.project import Project, Roadmap, WorkPackage
from planner.text.i18n import _, listed, ngettext
from planner.tui.widgets.board import Card, Lane
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.timeline import TimelineRow

PHASE = "phase:"
"""Prefix of the keys of phases among those of items."""

UNPLACED = ""
"""The id of the pseudo-phase that holds what has no place yet."""


def inside(project: Project) -> dict[str, tuple[str, ...]]:
    """The capabilities and packages that stand in each phase; those without a place under ``UNPLACED``."""
    found = {
        phase.phase.id: tuple(i for item in phase.items for i in (item.id, *(p.id for p in item.packages)))
        for phase in outline(project)
    }
    loose = without_place(project)
    if loose:
        packages = (p.id for item in loose for p in project.packages_of.get(item, ()))
        found[UNPLACED] = (*loose, *packages)
    return found


def without_place(project: Project) -> tuple[str, ...]:
    """Capabilities, and packages of the whole programme, of which nothing has a place in the roadmap yet."""
    placed = project.roadmap.packages if project.roadmap else {}
    partly = {package.capability for package in project.packages if package.id in placed}
    items = (
        package.capability or package.id for package in unplaced(project) if package.capability not in partly - {""}
    )
    return tuple(dict.fromkeys(items))


def timeline_rows(
    project: Project, touched: Collection[str], closed: Collection[str], opened: Collection[str]
) -> list[TimelineRow]:
    """The rows of the timeline: phases, their capabilities unless closed, packages of opened capabilities."""
    rows: list[TimelineRow] = []
    placed = project.roadmap.packages if project.roadmap else {}

    def add_package(package: WorkPackage, depth: int) -> None:
        place = placed.get(package.id)
        name = f"{_(package.workstream)}: {package.name}"
        start, finish = (place.start, place.finish) if place else (None, None)
        mark = _mark(project, package.id, touched)
        rows.append(TimelineRow(package.id, name, depth, start, finish, mark=mark))

    def add_item(item: str, start: date | None = None, finish: date | None = None) -> None:
        if item in project.package_by_id:
            add_package(project.package_by_id[item], 1)
            return
        mark = _mark(project, item, touched)
        rows.append(TimelineRow(item, project.title(item), 1, start, finish, item in opened, mark))
        for package in project.packages_of[item] if item in opened else ():
            add_package(package, 2)

    for phase in outline(project):
        shut = phase.phase.id in closed
        title = f"{phase.number} {phase.phase.name}"
        is_open = not shut if phase.items else None
        mark = _phase_mark(_within(phase), touched)
        rows.append(TimelineRow(PHASE + phase.phase.id, title, 0, phase.start, phase.finish, is_open, mark))
        for item in phase.items if not shut else ():
            add_item(item.id, item.start, item.finish)
    if loose := without_place(project):
        shut = UNPLACED in closed
        mark = _phase_mark(with_parts(project, loose), touched)
        rows.append(TimelineRow(PHASE + UNPLACED, _("Not placed yet"), 0, opened=not shut, mark=mark))
        for ident in loose if not shut else ():
            add_item(ident)
    return rows


def card_lanes(project: Project, touched: Collection[str]) -> list[Lane]:
    """The columns of the board: a phase each, and one for what has no place yet."""
    lanes = []
    for phase in outline(project):
        cards = tuple(
            Card(item.id, project.title(item.id), str(item.finish), _mark(project, item.id, touched))
            for item in phase.items
        )
        facts = (
            _days(phase.start, phase.finish),
            _("{items} items, {effort:.0f} person-days").format(items=len(phase.items), effort=phase.person_days),
        )
        lanes.append(Lane(PHASE + phase.phase.id, f"{phase.number} {phase.phase.name}", facts, cards))
    loose = without_place(project)
    if loose:
        cards = tuple(Card(item, project.title(item), "", _mark(project, item, touched)) for item in loose)
        lanes.append(Lane(PHASE + UNPLACED, _("Not placed yet"), ("", ""), cards))
    return lanes


def describe(project: Project, key: str, broken: Sequence[Finding]) -> list[Piece]:
    """Up to three lines about the phase, capability or package ``key``."""
    if key.startswith(PHASE):
        return [*_phase_lines(project, key.removeprefix(PHASE), broken)]
    return [*_item_lines(project, key, broken)]


def _phase_lines(project: Project, phase_id: str, broken: Sequence[Finding]) -> Iterator[Piece]:
    if phase_id == UNPLACED:
        yield from _broken_words(frozenset(inside(project).get(UNPLACED, ())), broken)
    for phase in outline(project):
        if phase.phase.id != phase_id:
            continue
        count = ngettext("{n} capability", "{n} capabilities", len(phase.items)).format(n=len(phase.items))
        words = _(" {name} | {days} | {count}, {effort:.0f} person-days")
        yield Piece(
            words.format(
                name=phase.phase.name, days=_days(phase.start, phase.finish), count=count, effort=phase.person_days
            )
        )
        yield from _broken_words(_within(phase), broken)
        yield Piece(_(" Goal: {goal}").format(goal=phase.phase.goal or "-"), "dim")
        facts = []
        if phase.phase.not_before or phase.phase.not_after:
            facts.append(
                _("window {first} to {last}").format(
                    first=phase.phase.not_before or "...", last=phase.phase.not_after or "..."
                )
            )
        if phase.phase.limit:
            facts.append(_("at most {n} processes in change").format(n=phase.phase.limit))
        if phase.phase.exit_criteria:
            facts.append(_("gate: {criteria}").format(criteria="; ".join(phase.phase.exit_criteria)))
        yield Piece(" " + listed(facts), "dim")


def _item_lines(project: Project, item: str, broken: Sequence[Finding]) -> Iterator[Piece]:
    packages = project.packages_of.get(item) or (
        (project.package_by_id[item],) if item in project.package_by_id else ()
    )
    placed = project.roadmap.packages if project.roadmap else {}
    places = [placed[package.id] for package in packages if package.id in placed]
    parts = [project.title(item)]
    if places:
        parts.append(_days(min(p.start for p in places), max(p.finish for p in places)))
    if len(packages) > 1:
        parts.append(ngettext("{n} package", "{n} packages", len(packages)).format(n=len(packages)))
    parts.append(_("{n:.0f} person-days").format(n=sum(package.person_days for package in packages)))
    yield Piece(" " + " | ".join(parts))
    yield from _broken_words(with_parts(project, [item]), broken)
    if words := progress_words(project, [package.id for package in packages]):
        yield Piece(f" {words}")
    if item in project.pin_by_item:
        yield Piece(" * " + pin_words(project, item))
    if len(packages) > 1:
        yield Piece(" " + listed(_(package.workstream) for package in packages), "dim")
    elif packages and packages[0].capability not in ("", item):
        yield Piece(_(" part of {item}").format(item=project.title(packages[0].capability)), "dim")


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


def fixed(project: Project, item: str, action: str) -> str:
    """Why a capability or package that has begun can no longer be moved or pinned; empty when it can.

    What is done cannot be either, and what has begun stands where it was begun; it may still be given a deadline.
    """
    packages = [package.id for package in project.packages_of.get(item, ())] or [item]
    told = [project.progress_of[package] for package in packages if package in project.progress_of]
    if told and len(told) == len(packages) and all(progress.finish for progress in told):
        return _("{item} is done: it stays where it is.").format(item=project.title(item))
    if not told or action == "pin":
        return ""
    if len(packages) == 1:
        return _("{item} has begun: it stays where it is.").format(item=project.title(item))
    words = _("{begun} has begun and stays where it is: move the other packages of {item} one by one.")
    return words.format(begun=project.title(told[0].package), item=project.title(item))


def known(roadmap: Roadmap) -> str:
    """How good a roadmap is known to be, in a few words."""
    if roadmap.status in ("heuristic", "feasible") and roadmap.gap is not None and roadmap.gap < 1:
        return _("at most {gap} better possible").format(gap=percent_up(roadmap.gap))
    return quality(roadmap.status, roadmap.gap)


def made_by(roadmap: Roadmap, strategies: Mapping[str, str]) -> str:
    """By which strategy and seed a roadmap was found, and what it allows on purpose; ``strategies`` are names by id."""
    name = strategies.get(roadmap.strategy, roadmap.strategy) or _("no strategy")
    words = _("{strategy}, seed {seed}").format(strategy=name, seed=roadmap.seed)
    if roadmap.absorption is None:
        return words
    return _("{origin}; up to {n} processes change at once, on purpose").format(origin=words, n=roadmap.absorption)


def pin_words(project: Project, item: str) -> str:
    """What is promised about ``item``."""
    pin = project.pin_by_item[item]
    parts = []
    if pin.phase:
        phase = project.phase_by_id.get(pin.phase)
        parts.append(_("in phase {name}").format(name=phase.name if phase else pin.phase))
    if pin.not_before:
        parts.append(_("not before {day}").format(day=pin.not_before))
    if pin.deadline:
        parts.append(_("finished by {day}").format(day=pin.deadline))
    words = _("pinned: {what}").format(what=listed(parts))
    return f"{words} ({pin.reason})" if pin.reason else words


def with_parts(project: Project, items: Iterable[str]) -> frozenset[str]:
    """``items`` and the packages of those that are capabilities."""
    parts = {item: [package.id for package in project.packages_of.get(item, ())] for item in items}
    return frozenset(parts).union(*parts.values())


def _mark(project: Project, item: str, touched: Collection[str]) -> str:
    """``!`` where the item, or a package of it, breaks something; else ``*`` where it is pinned."""
    if not with_parts(project, [item]).isdisjoint(touched):
        return "!"
    return "*" if item in project.pin_by_item else " "


def _phase_mark(items: frozenset[str], touched: Collection[str]) -> str:
    return " " if items.isdisjoint(touched) else "!"


def _within(phase: PhaseOutline) -> frozenset[str]:
    """The capabilities and packages that stand in a phase."""
    return frozenset(ident for item in phase.items for ident in (item.id, *(p.id for p in item.packages)))


def _broken_words(items: frozenset[str], broken: Sequence[Finding]) -> Iterator[Piece]:
    """What is broken of ``items`` in a line: how many errors, and the first of them."""
    own = [finding for finding in broken if not items.isdisjoint(finding.items)]
    if len(own) == 1:
        yield Piece(f" ! {own[0].message}", "warn")
    elif own:
        words = ngettext("{n} error: {first}", "{n} errors: {first}", len(own)).format(n=len(own), first=own[0].message)
        yield Piece(f" ! {words}", "warn")


def _days(start: date | None, finish: date | None) -> str:
    return _("{start} to {finish}").format(start=start, finish=finish) if start and finish else _("no dates yet")
