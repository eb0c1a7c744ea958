"""What the drawings of the roadmap show of a plan, as plain rows."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from planner.checks.finding import Finding
from planner.export.outline import outline, unplaced
from planner.model.project import Project
from planner.text.i18n import _, labelled, listed, ngettext
from planner.tui.widgets.board import Card, Lane
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.timeline import Bar

PHASE = "phase:"
"""Prefix of the keys of phases among those of items."""

UNPLACED = ""
"""The id of the pseudo-phase that holds what has no place yet."""


def inside(project: Project) -> dict[str, tuple[str, ...]]:
    """The capabilities and packages that stand in each phase; those without a place under ``UNPLACED``."""
    found: dict[str, tuple[str, ...]] = {}
    for phase in outline(project):
        found[phase.phase.id] = tuple(i for item in phase.items for i in (item.id, *(p.id for p in item.packages)))
    loose = unplaced(project)
    if loose:
        placed = {item for items in found.values() for item in items}
        items = [i for p in loose for i in (p.capability, p.id) if i and i not in placed]
        found[UNPLACED] = tuple(dict.fromkeys(items))
    return found


def bars(project: Project, touched: Collection[str], closed: Collection[str], opened: Collection[str]) -> list[Bar]:
    """The rows of the timeline: phases, their capabilities unless closed, packages of opened capabilities."""
    return [*_bars(project, touched, closed, opened)]


def _bars(
    project: Project, touched: Collection[str], closed: Collection[str], opened: Collection[str]
) -> Iterator[Bar]:
    placed = project.roadmap.packages if project.roadmap else {}
    for phase in outline(project):
        shut = phase.phase.id in closed
        title = f"{phase.number} {phase.phase.name}"
        yield Bar(PHASE + phase.phase.id, title, 0, phase.start, phase.finish, not shut if phase.items else None)
        for item in phase.items if not shut else ():
            capable = "@" in item.id
            mark = _mark(project, item.id, touched)
            yield Bar(
                item.id,
                project.title(item.id),
                1,
                item.start,
                item.finish,
                item.id in opened if capable else None,
                mark,
            )
            for package in item.packages if item.id in opened and capable else ():
                place = placed.get(package.id)
                start, finish = (place.start, place.finish) if place else (None, None)
                yield Bar(
                    package.id,
                    _package(package.workstream, package.name),
                    2,
                    start,
                    finish,
                    None,
                    _mark(project, package.id, touched),
                )
    loose = inside(project).get(UNPLACED, ())
    if loose:
        shut = UNPLACED in closed
        yield Bar(PHASE + UNPLACED, _("Not placed yet"), 0, opened=not shut)
        for ident in () if shut else loose:
            loner = project.package_by_id.get(ident)
            if loner is None:
                yield Bar(ident, project.title(ident), 1, opened=ident in opened, mark=_mark(project, ident, touched))
            elif not loner.capability or loner.capability in opened:
                depth = 2 if loner.capability else 1
                name = _package(loner.workstream, loner.name)
                yield Bar(ident, name, depth, mark=_mark(project, ident, touched))


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
    loose = [
        item
        for item in inside(project).get(UNPLACED, ())
        if item not in project.package_by_id or not project.package_by_id[item].capability
    ]
    if loose:
        cards = tuple(Card(item, project.title(item), "", _mark(project, item, touched)) for item in loose)
        lanes.append(Lane(PHASE + UNPLACED, _("Not placed yet"), ("", ""), cards))
    return lanes


def describe(project: Project, key: str, broken: Sequence[Finding]) -> list[Piece]:
    """Up to three lines about the phase, capability or package ``key``."""
    if key.startswith(PHASE):
        return [*_phase_lines(project, key.removeprefix(PHASE))]
    return [*_item_lines(project, key, broken)]


def _phase_lines(project: Project, phase_id: str) -> Iterator[Piece]:
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
    own = [finding for finding in broken if item in finding.items]
    for finding in own[:2]:
        yield Piece(f" ! {finding.message}", "warn")
    if item in project.pin_by_item:
        yield Piece(" * " + pin_words(project, item), "dim")
    elif not own and len(packages) > 1:
        yield Piece(" " + listed(_(package.workstream) for package in packages), "dim")
    elif not own and packages and packages[0].capability != item and packages[0].capability:
        yield Piece(_(" part of {item}").format(item=project.title(packages[0].capability)), "dim")


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


def _mark(project: Project, item: str, touched: Collection[str]) -> str:
    return "!" if item in touched else "*" if item in project.pin_by_item else " "


def _package(workstream: str, name: str) -> str:
    return labelled(_(workstream), name)


def _days(start: date | None, finish: date | None) -> str:
    return _("{start} to {finish}").format(start=start, finish=finish) if start and finish else _("no dates yet")
