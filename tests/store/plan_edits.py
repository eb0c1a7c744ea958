"""A small plan with something in every table, and random edits of every kind that leave it a plan.

Made of ``random.Random``: thousands of pairs of edits must be drawn in a few seconds.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from row_edits import as_another_row, drop, let_go, move, one_of, put, some_day, some_id, some_text
from store_layouts import TEXTS, edited, planned

from planner.edit.review import add_comment, decide, take_baseline
from planner.graph.order import cyclic
from planner.model.calendar import CapacityChange, Period, Role
from planner.model.decode import decode, encode
from planner.model.project import (
    Conflict,
    Decision,
    Dependency,
    Phase,
    Pin,
    Placement,
    Progress,
    Project,
    Roadmap,
    WorkPackage,
)
from planner.model.rules import problems
from planner.model.values import DIMENSIONS, Duration, Effort, Fixed

Edit = Callable[[Project, Random], Project]


def small(project: Project, packages: int = 14) -> Project:
    """``project`` with something in every table and only its first work packages."""
    kept = {package.id for package in project.packages[:packages]}
    project = replace(
        project,
        packages=tuple(
            replace(
                package,
                after=tuple(other for other in package.after if other in kept),
                alongside=tuple(other for other in package.alongside if other in kept),
            )
            for package in project.packages
            if package.id in kept
        ),
    )
    capabilities = set(project.capabilities)
    project = replace(
        project,
        dependencies=tuple(d for d in project.dependencies if {d.item, d.needs} <= capabilities | kept)[:12],
        pins=(),
        milestones=(),
        indicators=(),
        progress=(),
    )
    project = planned(project)
    day = project.engagement.start
    project = add_comment(project, "Is this enough?", day, item=project.packages[0].id, author="Ada")
    project = add_comment(project, "It is.", day, author="Ben", reply_to="c1")
    project = decide(project, Decision(phase="p1", verdict="approved", made=day))
    project = take_baseline(project, "Kick-off", day)
    conflict = Conflict(id="m1", table="packages", item=project.packages[0].id, field="name", theirs='"Otherwise"')
    project = replace(project, conflicts=(conflict,))
    assert sound(project)
    return project


def sound(project: Project) -> bool:
    """Whether a file could hold ``project``, and its work can be put in order."""
    return not problems(project) and decode(Project, encode(project)) == (project, []) and not cyclic(project)


def several(project: Project, random: Random, most: int = 8) -> Project:
    """``project`` after up to ``most`` random edits; it is a plan."""
    for _edit in range(random.randint(1, most)):
        for _trial in range(8):
            after = random.choice(EDITS)(project, random)
            if after != project and sound(after):
                project = after
                break
    return project


def _package(project: Project, random: Random) -> Project:
    role, ident = one_of(project.roles, random), some_id(random)
    if role is None or ident in project.package_by_id:
        return project
    waits = random.sample([package.id for package in project.packages], min(2, len(project.packages)))
    package = WorkPackage(
        id=ident,
        name=some_text(random),
        capability=random.choice(["", *project.capabilities]),
        workstream="tech",
        days=Duration(1, random.randint(2, 20), 40),
        effort=Fixed({role.id: Effort(0.1, 0.2, random.randint(1, 9))}),
        after=tuple(waits[: random.randint(0, 2)]),
    )
    at = random.randint(0, len(project.packages))
    return put(project, "packages", (*project.packages[:at], package, *project.packages[at:]))


def _package_field(project: Project, random: Random) -> Project:
    package = one_of(project.packages, random)
    if package is None:
        return project
    others = [other.id for other in project.packages if other is not package]
    role = one_of(project.roles, random)
    change: dict[str, Any] = random.choice(
        [
            {"name": some_text(random)},
            {"note": random.choice(TEXTS)},
            {"days": Duration(1, random.randint(1, 60), 60)},
            {"cost": float(random.randint(0, 3))},
            {"after": tuple({*package.after, *random.sample(others, min(1, len(others)))})},
            {"after": package.after[1:]},
            {"alongside": tuple(random.sample(others, min(1, len(others))))},
            {"deliverables": (*package.deliverables[1:], some_id(random))},
            {"effort": package.effort.with_item(role.id, Effort(0, random.random(), 2)) if role else package.effort},
            {"effort": Fixed(dict(list(package.effort.items())[1:]))},
            {"workstream": random.choice(["people", "process", "tech"])},
        ]
    )
    return put(project, "packages", (replace(one, **change) if one is package else one for one in project.packages))


def _level(project: Project, random: Random) -> Project:
    process = one_of(project.processes, random)
    if process is None:
        return project
    key, dimension = random.choice(["baseline", "target"]), random.choice(DIMENSIONS)
    levels = getattr(process, key).with_item(dimension, random.randint(1, 5))
    changed = replace(process, **{key: levels}, groups=tuple(random.sample(["shops", "branch", "head office"], 2)))
    return put(project, "processes", (changed if one is process else one for one in project.processes))


def _role(project: Project, random: Random) -> Project:
    """Another role, with work for it; or another capacity."""
    if project.roles and random.random() < 0.5:
        role = random.choice(project.roles)
        changes = {change.since: change for change in role.changes}
        day = date(2027, random.randint(1, 3), 1)
        changes[day] = CapacityChange(since=day, fte=float(random.randint(0, 2)))
        other = replace(
            role, fte=random.choice([role.fte, 0.4, 3.0]), changes=tuple(changes[since] for since in sorted(changes))
        )
        return put(project, "roles", (other if one is role else one for one in project.roles))
    ident = some_id(random)
    if ident in project.role_by_id:
        return project
    project = put(project, "roles", (*project.roles, Role(id=ident, name=some_text(random), fte=1.0)))
    work = one_of(project.packages, random)
    effort = Fixed({ident: Effort(0, 0.5, 1)})
    return put(project, "packages", (replace(one, effort=effort) if one is work else one for one in project.packages))


def _phase(project: Project, random: Random) -> Project:
    ident = some_id(random)
    if ident in project.phase_by_id:
        return project
    at = random.randint(0, len(project.phases))
    phase = Phase(id=ident, name=some_text(random), exit_criteria=tuple(random.sample(TEXTS, 2)))
    return put(project, "phases", (*project.phases[:at], phase, *project.phases[at:]))


def _link(project: Project, random: Random) -> Project:
    items = [*project.capabilities, *project.package_by_id]
    if len(items) < 2:
        return project
    item, needs = random.sample(items, 2)
    kind: Any = random.choice(["finish-start", "start-start"])
    link = Dependency(item=item, needs=needs, type=kind, lag=random.randint(0, 2), reason=random.choice(TEXTS))
    return put(project, "dependencies", (*project.dependencies, link))


def _pin(project: Project, random: Random) -> Project:
    items = [*project.capabilities[:2], *project.package_by_id][:5]
    if not items:
        return project
    phase = random.choice(["", *project.phase_by_id])
    pin = Pin(item=random.choice(items), phase=phase, deadline=random.choice([None, some_day(random)]))
    return put(project, "pins", (*(one for one in project.pins if one.item != pin.item), pin))


def _progress(project: Project, random: Random) -> Project:
    package, begin = one_of(project.packages, random), project.engagement.start
    if package is None:
        return project
    told = Progress(package=package.id, start=begin + timedelta(days=random.randint(0, 9)), remaining=3)
    project = put(project, "progress", (*(one for one in project.progress if one.package != package.id), told))
    day = project.engagement.as_of or begin
    return replace(project, engagement=replace(project.engagement, as_of=max(day, begin + timedelta(days=9))))


def _no_progress(project: Project, random: Random) -> Project:
    return replace(project, progress=(), engagement=replace(project.engagement, as_of=None))


def _engagement(project: Project, random: Random) -> Project:
    change: dict[str, Any] = random.choice(
        [
            {"name": some_text(random)},
            {"goal": some_text(random)},
            {"start": some_day(random)},
            {"programme": (some_id(random),)},
        ]
    )
    return replace(project, engagement=replace(project.engagement, **change))


def _calendar(project: Project, random: Random) -> Project:
    calendar, day = project.calendar, some_day(random)
    period = Period(first=day, last=day + timedelta(days=random.randint(0, 5)), name=random.choice(TEXTS))
    moved = tuple(
        replace(one, first=min(day, one.last)) if random.random() < 0.5 else replace(one, last=max(day, one.first))
        for one in calendar.holidays
        if day.year == one.first.year
    )
    change: dict[str, Any] = random.choice(
        [
            {"holidays": (*calendar.holidays, period)},
            {"holidays": moved},
            {"blackouts": (period,)},
            {"working_days": tuple(random.sample(["mon", "tue", "wed", "thu", "fri", "sat"], random.randint(1, 6)))},
        ]
    )
    return replace(project, calendar=replace(calendar, **change))


def _said(project: Project, random: Random) -> Project:
    if project.comments and random.random() < 0.4:
        return add_comment(project, some_text(random), some_day(random), reply_to=random.choice(project.comments).id)
    return add_comment(project, some_text(random), some_day(random), item=random.choice(["", "incident", "p1"]))


def _baseline(project: Project, random: Random) -> Project:
    return take_baseline(project, random.choice(["Agreed", "Gate"]), some_day(random))


def _decision(project: Project, random: Random) -> Project:
    phase = one_of(project.phases, random)
    verdict: Any = random.choice(["approved", "rejected"])
    return decide(project, Decision(phase=phase.id, verdict=verdict, made=some_day(random))) if phase else project


def _adopted(project: Project, random: Random) -> Project:
    """Other phases and another roadmap, as a proposal leaves them."""
    count, begin = random.randint(1, 4), some_day(random)
    phases = tuple(Phase(id=f"p{n + 1}", name=f"Phase {n + 1}", source="proposed") for n in range(count))
    own = tuple(phase for phase in project.phases if phase.source == "own" and phase.id not in {p.id for p in phases})
    places = {}
    for number, package in enumerate(project.packages):
        start = begin + timedelta(days=7 * number)
        phase = phases[number * count // len(project.packages)].id
        places[package.id] = Placement(phase=phase, start=start, finish=start + timedelta(days=package.days.likely))
    lost = {phase.id for phase in project.phases} - {phase.id for phase in (*phases, *own)}
    project = replace(project, roadmap=None)
    for name in lost:
        project = let_go(project, name)
    return replace(project, phases=phases + own, roadmap=Roadmap(seed=random.randint(1, 9), packages=Fixed(places)))


def _cleared(project: Project, random: Random) -> Project:
    return replace(project, roadmap=None)


def _stale(project: Project, random: Random) -> Project:
    return replace(project, roadmap=replace(project.roadmap, status="stale")) if project.roadmap else project


def _settled(project: Project, random: Random) -> Project:
    """A conflict is settled, or another one comes from another merge."""
    if project.conflicts and random.random() < 0.5:
        return replace(project, conflicts=project.conflicts[1:])
    conflict = Conflict(
        id=f"m{len(project.conflicts) + 1}", table="engagement", field="goal", theirs=f'"{some_day(random)}"'
    )
    return replace(project, conflicts=(*project.conflicts, conflict))


EDITS: tuple[Edit, ...] = (
    as_another_row,
    as_another_row,
    drop,
    drop,
    move,
    _package,
    _package_field,
    _package_field,
    _level,
    _role,
    _phase,
    _link,
    _pin,
    _progress,
    _no_progress,
    _engagement,
    _calendar,
    _said,
    _baseline,
    _decision,
    _adopted,
    _cleared,
    _stale,
    _settled,
    edited,
    edited,
)
