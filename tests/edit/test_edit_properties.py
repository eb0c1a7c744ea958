"""Whatever is edited in whatever order: the plan stays one that a file can hold, and undo brings back what was."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from planner.edit.dependencies import add_dependency, change_dependency, remove_dependency
from planner.edit.facts import add_role, change_engagement, change_limits, change_role, remove_role, set_size
from planner.edit.history import History
from planner.edit.materialise import materialise
from planner.edit.pins import remove_pin, set_pin
from planner.edit.refused import Refused
from planner.edit.roadmap import (
    add_phase,
    adopt,
    change_phase,
    clear,
    move_to,
    move_to_phase,
    new_phase_id,
    remove_phase,
)
from planner.edit.scope import set_baseline, set_in_scope, set_target
from planner.edit.work import add_package, change_package, new_package_id, remove_package, restore_package
from planner.graph.order import cyclic
from planner.model.calendar import Role
from planner.model.capability import capability, level_of, split
from planner.model.decode import decode, encode
from planner.model.knowledge import Catalogue
from planner.model.project import Dependency, Phase, Pin, Placement, Project, Roadmap, WorkPackage
from planner.model.rules import problems
from planner.model.values import DIMENSIONS, WORKSTREAMS, Duration, Effort, Fixed

Edit = Callable[[Project, Catalogue, st.DataObject], Project]

RELAXED = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)

LEVELS = st.sampled_from([1, 2, 3, 4, 5, 2, 3, 4, 5, 6])
DAYS = st.integers(0, 400).map(lambda n: date(2027, 1, 1) + timedelta(days=n))


def pick(data: st.DataObject, options: Iterable[str], fallback: str = "nothing") -> str:
    """Mostly one of ``options``: an edit of something that is not there is refused and tells us little."""
    found = list(options)
    wrong = not found or data.draw(st.integers(0, 19)) == 19
    return fallback if wrong else data.draw(st.sampled_from(found))


def process(project: Project, data: st.DataObject) -> str:
    return pick(data, project.process_by_id)


def any_item(project: Project, data: st.DataObject) -> str:
    somewhere = capability(process(project, data), data.draw(st.integers(2, 5)))
    return pick(
        data, [*project.capabilities, *project.package_by_id, *(["x@9"] if data.draw(st.booleans()) else [])], somewhere
    )


def estimate(data: st.DataObject) -> Duration:
    return Duration(*sorted(data.draw(st.lists(st.integers(1, 30), min_size=3, max_size=3))))


def effort(project: Project, data: st.DataObject) -> Fixed[str, Effort]:
    values = sorted(data.draw(st.lists(st.floats(0, 0.5), min_size=3, max_size=3)))
    return Fixed({pick(data, project.role_by_id): Effort(*values)})


def own_package(project: Project, catalogue: Catalogue, data: st.DataObject) -> Project:
    name = data.draw(st.text(min_size=1, max_size=12))
    return add_package(
        project,
        WorkPackage(
            id=new_package_id(project, name),
            name=name,
            capability=data.draw(st.sampled_from(["", *project.capabilities, "demand@4"])),
            workstream=data.draw(st.sampled_from(WORKSTREAMS)),
            days=estimate(data),
            effort=effort(project, data),
            after=tuple({pick(data, project.package_by_id) for _ in range(data.draw(st.integers(0, 2)))}),
        ),
        catalogue,
    )


def changed_package(project: Project, catalogue: Catalogue, data: st.DataObject) -> Project:
    field, value = data.draw(
        st.sampled_from(
            [
                ("name", st.text(min_size=1, max_size=8)),
                ("days", st.just(estimate(data))),
                ("capability", st.sampled_from(["", *project.capabilities])),
                ("workstream", st.sampled_from(WORKSTREAMS)),
                ("effort", st.just(effort(project, data))),
                ("after", st.just((pick(data, project.package_by_id),))),
                ("alongside", st.just((pick(data, project.package_by_id),))),
            ]
        )
    )
    return change_package(project, pick(data, project.package_by_id), catalogue, **{field: data.draw(value)})


def some_key(project: Project, data: st.DataObject) -> tuple[str, str, str]:
    keys = [d.key for d in project.dependencies]
    return data.draw(st.sampled_from([*keys, ("incident@3", "nothing", "finish-start")]))


def own_dependency(project: Project, catalogue: Catalogue, data: st.DataObject) -> Project:
    dependency = Dependency(
        item=any_item(project, data),
        needs=any_item(project, data),
        type=data.draw(st.sampled_from(["finish-start", "start-start", "finish-finish", "start-finish"])),
        lag=data.draw(st.integers(-5, 5)),
        strength=data.draw(st.sampled_from(["hard", "soft"])),
    )
    return add_dependency(project, dependency, catalogue)


def changed_dependency(project: Project, catalogue: Catalogue, data: st.DataObject) -> Project:
    field, value = data.draw(
        st.sampled_from(
            [
                ("strength", st.sampled_from(["hard", "soft", "off"])),
                ("type", st.sampled_from(["finish-start", "start-start"])),
                ("needs", st.just(any_item(project, data))),
                ("lag", st.integers(-3, 3)),
            ]
        )
    )
    return change_dependency(project, some_key(project, data), catalogue, **{field: data.draw(value)})


def pinned(project: Project, catalogue: Catalogue, data: st.DataObject) -> Project:
    phase = pick(data, project.phase_by_id, "")
    day = data.draw(st.none() | DAYS)
    return set_pin(
        project, Pin(item=any_item(project, data), phase=phase, not_before=day, deadline=data.draw(st.none() | DAYS))
    )


def adopted(project: Project, catalogue: Catalogue, data: st.DataObject) -> Project:
    """Everything one after the other, dealt out to three phases: what a proposal might look like."""
    day, placed = project.calendar.next_working(project.engagement.start), {}
    for number, package in enumerate(project.packages):
        finish = project.calendar.finish(day, package.days.likely)
        phase = f"p{1 + 3 * number // len(project.packages)}"
        placed[package.id] = Placement(phase=phase, start=day, finish=finish)
        day = project.calendar.next_working(finish + timedelta(days=1))
    own = tuple(phase for phase in project.phases if phase.id not in ("p1", "p2", "p3"))
    phases = tuple(Phase(id=f"p{n}", name=f"Phase {n}", source="proposed") for n in (1, 2, 3))
    return adopt(project, Roadmap(packages=Fixed(placed)), phases + own)


EDITS: dict[str, Edit] = {
    "baseline": lambda p, c, d: set_baseline(
        p, c, process(p, d), d.draw(st.sampled_from(DIMENSIONS)), d.draw(LEVELS), "seen"
    ),
    "target": lambda p, c, d: set_target(p, c, process(p, d), d.draw(st.sampled_from(DIMENSIONS)), d.draw(LEVELS)),
    "scope": lambda p, c, d: set_in_scope(p, process(p, d), d.draw(st.booleans()), c),
    "add package": own_package,
    "change package": changed_package,
    "remove package": lambda p, c, d: remove_package(p, pick(d, p.package_by_id), d.draw(st.text(max_size=5)), c),
    "restore package": lambda p, c, d: restore_package(p, c, pick(d, [out.package for out in p.left_out])),
    "add dependency": own_dependency,
    "change dependency": changed_dependency,
    "remove dependency": lambda p, c, d: remove_dependency(p, some_key(p, d), "", c),
    "pin": pinned,
    "unpin": lambda p, c, d: remove_pin(p, pick(d, p.pin_by_item)),
    "engagement": lambda p, c, d: change_engagement(
        p, name=d.draw(st.text(min_size=1, max_size=5)), start=d.draw(DAYS)
    ),
    "limits": lambda p, c, d: change_limits(p, absorption=d.draw(st.integers(1, 9))),
    "role": lambda p, c, d: change_role(p, pick(d, p.role_by_id), c, fte=d.draw(st.floats(0.05, 4))),
    "add role": lambda p, c, d: add_role(p, Role(id=pick(d, ["tester", "coach"]), name="Tester", fte=1.0)),
    "remove role": lambda p, c, d: remove_role(p, pick(d, p.role_by_id)),
    "size": lambda p, c, d: set_size(p, c, d.draw(st.sampled_from(["small", "medium", "large"]))),
    "adopt": adopted,
    "clear": lambda p, c, d: clear(p),
    "to phase": lambda p, c, d: move_to_phase(p, any_item(p, d), pick(d, p.phase_by_id)),
    "to day": lambda p, c, d: move_to(p, any_item(p, d), d.draw(DAYS)),
    "add phase": lambda p, c, d: add_phase(p, Phase(id=new_phase_id(p), name="More"), pick(d, p.phase_by_id, "")),
    "change phase": lambda p, c, d: change_phase(p, pick(d, p.phase_by_id), limit=d.draw(st.integers(1, 3))),
    "remove phase": lambda p, c, d: remove_phase(p, pick(d, p.phase_by_id)),
}


@pytest.fixture(params=["desk", "bank"])
def project(request: pytest.FixtureRequest) -> Project:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


@RELAXED
@given(data=st.data())
def test_no_sequence_of_edits_breaks_a_plan(project: Project, catalogue: Catalogue, data: st.DataObject) -> None:
    if data.draw(st.booleans()):
        project = adopted(project, catalogue, data)
    history = History.begin(project)
    states = [project]
    for _ in range(data.draw(st.integers(1, 12))):
        name = data.draw(st.sampled_from(sorted(EDITS)))
        try:
            after = EDITS[name](history.present, catalogue, data)
        except Refused:
            event(f"{name}: refused")
            continue
        event(f"{name}: done")
        assert problems(after) == []
        assert not cyclic(after)
        assert decode(Project, encode(after)) == (after, [])
        assert materialise(after, catalogue) == after, "what an edit leaves is what the catalogue and the plan call for"
        history = history.do(name, after)
        if history.present is not states[-1]:
            states.append(history.present)
    done = history
    for state in reversed(states):
        assert history.present is state
        history = history.undo()
    for _ in states:
        history = history.redo()
    assert history == done


@RELAXED
@given(data=st.data())
def test_a_dimension_that_stands_needs_no_package(project: Project, catalogue: Catalogue, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 8))):
        edit = EDITS[data.draw(st.sampled_from(["baseline", "target", "scope"]))]
        try:
            project = edit(project, catalogue, data)
        except Refused:
            continue
    for package in project.packages:
        parts = split(package.capability)
        if parts is None:
            assert package.id in project.engagement.programme
        elif package.workstream in DIMENSIONS:
            assert project.process_by_id[parts[0]].baseline[package.workstream] < parts[1]


@RELAXED
@given(data=st.data())
def test_the_order_in_which_targets_are_set_does_not_matter(
    project: Project, catalogue: Catalogue, data: st.DataObject
) -> None:
    cells = st.tuples(st.sampled_from(sorted(project.process_by_id)), st.sampled_from(DIMENSIONS))
    wishes = data.draw(st.dictionaries(cells, st.integers(2, 5), min_size=2, max_size=6))
    rising = {cell: level for cell, level in wishes.items() if level > project.process_by_id[cell[0]].target[cell[1]]}

    def raised(order: list[tuple[str, str]]) -> Project:
        after = project
        for cell in order:
            after = set_target(after, catalogue, *cell, rising[cell])
        return after

    one, other = raised(list(rising)), raised(data.draw(st.permutations(list(rising))))
    assert one.packages == other.packages
    assert one.dependencies == other.dependencies
    assert set(one.roles) == set(other.roles)


@RELAXED
@given(data=st.data())
def test_own_work_survives_whatever_the_targets_become(
    project: Project, catalogue: Catalogue, data: st.DataObject
) -> None:
    for name in ("add package", "change package", "change package", "add dependency"):
        try:
            project = EDITS[name](project, catalogue, data)
        except Refused:
            continue
    mine = [package for package in project.packages if package.source == "own"]
    links = [d for d in project.dependencies if d.source == "own" and level_of(d.item) and level_of(d.needs)]
    for _ in range(4):
        try:
            project = EDITS[data.draw(st.sampled_from(["target", "scope", "size"]))](project, catalogue, data)
        except Refused:
            continue
    for package in mine:
        kept = project.package_by_id[package.id]
        assert (kept.name, kept.days, kept.effort, kept.source) == (package.name, package.days, package.effort, "own")
    assert [d for d in project.dependencies if d in links] == links
