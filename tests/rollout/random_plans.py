"""Random plans for property tests: any mixture of targets, staff, links, pins, phases and calendars."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from planner.catalog.load import load
from planner.edit.context import materialised
from planner.edit.materialise import materialise
from planner.edit.start import start
from planner.model.calendar import Calendar, CapacityChange, Period, Role
from planner.model.project import Dependency, Dimension, Limits, Phase, Pin, Project, WorkPackage
from planner.model.rules import problems
from planner.model.values import WORKSTREAMS, Duration, Effort, Fixed

BEGIN = date(2027, 1, 4)
CATALOGUE = load()
LINK_TYPES = ("finish-start", "start-start", "finish-finish", "start-finish")


def days_later(low: int, high: int) -> st.SearchStrategy[date]:
    return st.integers(low, high).map(lambda n: BEGIN + timedelta(days=n))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    week = draw(
        st.sampled_from([("mon", "tue", "wed", "thu", "fri"), ("sun", "mon", "tue", "wed", "thu"), ("mon", "wed")])
    )
    periods = draw(
        st.lists(st.tuples(st.integers(0, 400), st.integers(0, 25)), max_size=3).map(
            lambda found: tuple(
                Period(first=BEGIN + timedelta(days=a), last=BEGIN + timedelta(days=a + b)) for a, b in found
            )
        )
    )
    return Calendar(working_days=week, holidays=periods[:1], blackouts=periods[1:])


@st.composite
def scoped(draw: st.DrawFn) -> Project:
    """A started project with random levels for a few processes, staff, limits, circumstances and programme work."""
    template = draw(st.sampled_from(CATALOGUE.engagements))
    project = start(template, CATALOGUE, begin=BEGIN)
    programme = draw(st.lists(st.sampled_from([work.id for work in CATALOGUE.programme]), max_size=2, unique=True))
    scored = draw(st.sampled_from([(), *(profile.dimensions for profile in CATALOGUE.profiles)]))
    project = replace(
        project,
        engagement=replace(project.engagement, programme=tuple(programme)),
        certifications=(),
        enrolments=(),
        dimensions=tuple(Dimension(id=d.id, name=d.name.en, workstream=d.workstream) for d in scored),
    )
    dimensions = project.dimension_ids
    chosen = draw(st.lists(st.sampled_from([p.id for p in CATALOGUE.processes]), min_size=1, max_size=4, unique=True))
    whole = draw(st.booleans())
    processes = []
    for process in project.processes:
        now = {d: draw(st.integers(1, 2)) if process.id in chosen else process.level for d in dimensions}
        goal = dict.fromkeys(dimensions, process.target_level) if whole else dict(now)
        if process.id in chosen:
            level = draw(st.integers(2, 3))
            goal = {d: max(now[d], level - draw(st.integers(0, 1))) for d in dimensions}
        processes.append(replace(process, baseline=Fixed(now), target=Fixed(goal), by_hand=Fixed()))
    roles = []
    for role in project.roles:
        changes = draw(
            st.lists(
                st.tuples(st.integers(20, 300), st.sampled_from([0.0, 0.4, 1.0, 1.0, 1.6, 2.0, 2.0, 2.0])), max_size=1
            ).map(lambda found: tuple(CapacityChange(since=BEGIN + timedelta(days=n), fte=fte) for n, fte in found))
        )
        roles.append(Role(id=role.id, name=role.name, fte=draw(st.sampled_from([0.8, 1.2, 1.6])), changes=changes))
    modifiers = tuple(
        materialised(known, project, draw(st.integers(1, 4)) if known.counted else 1, chosen if known.named else ())
        for known in draw(st.lists(st.sampled_from(CATALOGUE.modifiers), max_size=2, unique=True))
    )
    project = replace(
        project,
        calendar=draw(calendars()),
        modifiers=modifiers,
        limits=Limits(absorption=draw(st.integers(1, 4)), stabilise_weeks=project.limits.stabilise_weeks),
        roles=tuple(roles),
        processes=tuple(processes),
        packages=(),
        dependencies=(),
    )
    return materialise(project, CATALOGUE)


@st.composite
def plans(draw: st.DrawFn) -> Project:
    """A plan that breaks no rule: may be impossible to schedule (deadlines, pins, circles), never malformed."""
    project = draw(scoped())
    own = tuple(
        WorkPackage(
            id=f"own-{n}",
            name=f"Own work {n}",
            capability=draw(st.sampled_from(("", *project.capabilities))),
            workstream=draw(st.sampled_from(WORKSTREAMS)),
            days=Duration(1, length := draw(st.integers(1, 30)), 40),
            effort=Fixed({project.roles[0].id: Effort(0.1, round(length * 0.3, 1), 30.0)}),
        )
        for n in range(draw(st.integers(0, 3)))
    )
    project = replace(project, packages=project.packages + own)
    items = [*project.capabilities, *(package.id for package in project.packages)]
    if not items:
        return project
    ends = st.tuples(st.sampled_from(items), st.sampled_from(items))
    added = []
    for a, b in draw(st.lists(ends, max_size=4)):
        # Later items need earlier ones, which mostly avoids circles; a few are left for the refusals.
        first, second = sorted((a, b), key=items.index)
        added.append(
            Dependency(
                item=second,
                needs=first,
                type=draw(st.sampled_from(LINK_TYPES)),
                lag=draw(st.integers(-5, 10)),
                strength=draw(st.sampled_from(["hard", "hard", "soft"])),
            )
        )
    known = {d.key for d in project.dependencies}
    unique = {d.key: d for d in added if d.key not in known}
    phases = tuple(
        Phase(
            id=f"p{n + 1}",
            name=f"Phase {n + 1}",
            limit=draw(st.sampled_from([None, None, 1, 2])),
            overlap=draw(st.booleans()),
        )
        for n in range(draw(st.integers(0, 3)))
    )
    if phases and draw(st.booleans()):
        phases = (*phases[:-1], replace(phases[-1], not_before=draw(days_later(0, 200))))
    pins = {}
    for item in draw(st.lists(st.sampled_from(items), max_size=2)):
        pins[item] = Pin(
            item=item,
            phase=draw(st.sampled_from(["", *(phase.id for phase in phases)])),
            not_before=draw(st.none() | days_later(0, 200)),
            deadline=draw(st.none() | days_later(300, 900)),
        )
    project = replace(project, phases=phases)
    for value in (*unique.values(), *pins.values()):
        table = "dependencies" if isinstance(value, Dependency) else "pins"
        trial = replace(project, **{table: (*getattr(project, table), value)})
        if not problems(trial):
            project = trial
    return project
