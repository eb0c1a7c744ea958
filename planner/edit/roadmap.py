"""The roadmap and its phases by hand. A move changes what it names and nothing else; ``verify`` shows what breaks."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from planner.edit.refused import Refused, checked, need, some
from planner.graph.naming import called
from planner.model.calendar import ONE_DAY, Calendar
from planner.model.project import Phase, Placement, Project, Roadmap, WorkPackage
from planner.model.values import Fixed
from planner.text.i18n import _


def adopt(project: Project, roadmap: Roadmap, phases: tuple[Phase, ...]) -> Project:
    """``project`` with a proposal as its roadmap and phases. Raises Refused when they do not fit it."""
    return checked(project, without_lost_gates(replace(project, roadmap=roadmap, phases=phases)))


def clear(project: Project) -> Project:
    """``project`` without its roadmap, and without proposed phases that no pin, milestone or indicator refers to."""
    pinned = {pin.phase for pin in project.pins} | {stone.phase for stone in project.milestones}
    pinned |= {phase for indicator in project.indicators for phase in indicator.gates}
    phases = tuple(phase for phase in project.phases if phase.source == "own" or phase.id in pinned)
    return checked(project, replace(project, roadmap=None, phases=phases))


def move_to_phase(project: Project, item: str, phase_id: str) -> Project:
    """``project`` with a capability (all its packages) or a work package in a phase, beginning when that begins.

    In an empty phase they begin after the phases before it have finished. The packages keep their distances and
    likely lengths in working days. Raises Refused.
    """
    return move_all_to_phase(project, [item], phase_id)


def move_to(project: Project, item: str, start: date) -> Project:
    """``project`` with a work package, or all of a capability's, beginning on ``start`` or the next working day.

    The packages of a capability keep their distances; each lasts its likely days. Raises Refused.
    """
    return checked(project, _moved(project, _packages(project, item), start))


def move_all_to_phase(project: Project, items: Iterable[str], phase_id: str) -> Project:
    """``project`` with several capabilities or work packages in a phase, as ``move_to_phase``. Raises Refused."""
    moved = project
    need(phase_id, project.phase_by_id, _("phase"))
    for item in items:
        packages = _packages(project, item)
        names = {package.id for package in packages}
        placed = _roadmap(moved).packages
        if not all(name in placed and placed[name].phase == phase_id for name in names):
            begin = _begin(moved, phase_id, [name for name in placed if name not in names])
            moved = _moved(moved, packages, begin, phase_id)
    return checked(project, moved)


def shift(project: Project, items: Iterable[str], weeks: int) -> Project:
    """``project`` with capabilities or work packages ``weeks`` later (earlier when negative).

    Raises Refused, also when one of them has no place yet.
    """
    moved = project
    for item in items:
        placed, packages = _roadmap(moved).packages, _packages(project, item)
        starts = [placed[package.id].start for package in packages if package.id in placed]
        if not starts:
            raise Refused(_("{item} has no place yet - put it into a phase first").format(item=project.title(item)))
        try:
            moved = _moved(moved, packages, min(starts) + timedelta(weeks=weeks))
        except OverflowError:
            raise Refused(_("{day} is too far away").format(day=min(starts))) from None
    return checked(project, moved)


def new_phase_id(project: Project) -> str:
    """The first of p1, p2, ... that no phase has."""
    return next(name for number in count(1) if (name := f"p{number}") not in project.phase_by_id)


def add_phase(project: Project, phase: Phase, before: str = "") -> Project:
    """``project`` with ``phase`` in front of the phase ``before``, or last. Raises Refused."""
    if phase.id in project.phase_by_id:
        raise Refused(_("there is a phase {item!r} already - give this one another id").format(item=phase.id))
    if before:
        need(before, project.phase_by_id, _("phase"))
    place = [p.id for p in project.phases].index(before) if before else len(project.phases)
    return checked(project, replace(project, phases=(*project.phases[:place], phase, *project.phases[place:])))


def change_phase(project: Project, phase_id: str, **fields: Any) -> Project:
    """``project`` with some fields of a phase changed; from then on a new proposal keeps it. Raises Refused."""
    need(phase_id, project.phase_by_id, _("phase"))
    if fields.get("id", phase_id) != phase_id:
        raise Refused(_("a phase keeps its id {item!r} - give it another name instead").format(item=phase_id))
    phase = project.phase_by_id[phase_id]
    changed = replace(phase, **fields)
    if changed == phase:
        return project
    changed = replace(changed, source="own")
    return checked(project, replace(project, phases=tuple(changed if p is phase else p for p in project.phases)))


def remove_phase(project: Project, phase_id: str) -> Project:
    """``project`` without a phase. Raises Refused while the roadmap or a pin needs it."""
    need(phase_id, project.phase_by_id, _("phase"))
    placed = [item for item, place in _placements(project).items() if place.phase == phase_id]
    users = [*placed, *(pin.item for pin in project.pins if pin.phase == phase_id)]
    if users:
        raise Refused(
            _("phase {phase} still holds {items} - move them to another phase first").format(
                phase=project.phase_by_id[phase_id].name, items=some([called(project, item) for item in users])
            )
        )
    phases = tuple(phase for phase in project.phases if phase.id != phase_id)
    return checked(project, without_lost_gates(replace(project, phases=phases)))


def without_lost_gates(project: Project) -> Project:
    """``project`` without the values that indicators were to reach at the end of phases that are gone."""
    phases = project.phase_by_id
    indicators = tuple(
        indicator
        if all(phase in phases for phase in indicator.gates)
        else replace(indicator, gates=Fixed({p: value for p, value in indicator.gates.items() if p in phases}))
        for indicator in project.indicators
    )
    return replace(project, indicators=indicators)


def _packages(project: Project, item: str) -> tuple[WorkPackage, ...]:
    need(item, {*project.package_by_id, *project.capabilities}, _("planned capability or work package"))
    return project.packages_of[item] if item in project.packages_of else (project.package_by_id[item],)


def _roadmap(project: Project) -> Roadmap:
    if project.roadmap is None:
        raise Refused(_("there is no roadmap yet - propose one first"))
    return project.roadmap


def _placements(project: Project) -> Fixed[str, Placement]:
    return project.roadmap.packages if project.roadmap else Fixed()


def _begin(project: Project, phase_id: str, items: Iterable[str]) -> date:
    """When the phase begins, judged by ``items``; for one that holds none of them, when it can."""
    placed = _placements(project)
    window = project.phase_by_id[phase_id].not_before
    spans: dict[str, tuple[date, date]] = {}
    for item in items:
        place = placed[item]
        first, last = spans.get(place.phase, (place.start, place.finish))
        spans[place.phase] = (min(first, place.start), max(last, place.finish))
    if phase_id in spans:
        begin = spans[phase_id][0]
    else:
        earlier = [phase.id for phase in project.phases]
        earlier = earlier[: earlier.index(phase_id)]
        ends = [spans[phase][1] for phase in earlier if phase in spans]
        begin = max(ends) + ONE_DAY if ends else project.engagement.start
    return max(begin, window) if window else begin


def _moved(project: Project, packages: tuple[WorkPackage, ...], start: date, phase_id: str = "") -> Project:
    """``project``, not checked yet, with ``packages`` shifted together to ``start``, and into a phase if one is named.

    Those that have no place yet follow those of ``packages`` for which they wait.
    """
    roadmap, calendar = _roadmap(project), project.calendar
    held = {package.id: roadmap.packages[package.id] for package in packages if package.id in roadmap.packages}
    first = min((place.start for place in held.values()), default=start)
    waiting = [package for package in packages if package.id not in held]
    elsewhere = phase_id or (_phase_at(project, packages, start) if waiting else "")
    moved: dict[str, Placement] = {}
    try:
        for package in packages:
            if place := held.get(package.id):
                begin = calendar.finish(start, calendar.count(first, place.start - ONE_DAY) + 1)
                moved[package.id] = _placement(calendar, package, begin, phase_id or place.phase)
        while waiting:
            names = {package.id for package in waiting}
            package = next((p for p in waiting if names.isdisjoint(p.after + p.alongside)), waiting[0])
            waiting.remove(package)
            begin = max(
                [
                    start,
                    *(moved[other].finish + ONE_DAY for other in package.after if other in moved),
                    *(moved[other].start for other in package.alongside if other in moved),
                ]
            )
            moved[package.id] = _placement(calendar, package, begin, elsewhere)
    except OverflowError:
        raise Refused(_("{day} is too far away").format(day=start)) from None
    placements = Fixed({**roadmap.packages, **moved})
    if roadmap.status != "stale":  # the other dates still wait for a new proposal
        roadmap = replace(roadmap, status="edited")
    return replace(project, roadmap=replace(roadmap, packages=placements))


def _placement(calendar: Calendar, package: WorkPackage, begin: date, phase_id: str) -> Placement:
    begin = calendar.next_working(begin)
    return Placement(phase=phase_id, start=begin, finish=calendar.finish(begin, package.days.likely))


def _phase_at(project: Project, packages: tuple[WorkPackage, ...], day: date) -> str:
    """The phase for work that has no place yet: that of the rest of its capability, else the last begun by ``day``."""
    placed = _placements(project)
    capability = packages[0].capability
    siblings = [package.id for package in project.packages_of.get(capability, ()) if capability]
    for item in siblings:
        if item in placed:
            return placed[item].phase
    if not project.phases:
        raise Refused(_("the plan has no phase yet - add one first"))
    begun = [
        phase.id for phase in project.phases if any(p.phase == phase.id and p.start <= day for p in placed.values())
    ]
    return begun[-1] if begun else project.phases[0].id
