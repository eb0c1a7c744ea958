"""What changed since a baseline is told in planning terms, and nothing else is."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from planner.edit.dependencies import add_dependency
from planner.edit.review import take_baseline
from planner.edit.roadmap import adopt
from planner.model.knowledge import Catalogue
from planner.model.project import Dependency, Placement, Project
from planner.model.values import Effort, Fixed
from planner.review.changes import Change, changes, newest
from planner.rollout.propose import propose

DAY = date(2027, 2, 1)


@pytest.fixture(scope="module")
def agreed(desk: Project, catalogue: Catalogue) -> Project:
    proposal = propose(desk, catalogue.strategy_by_id["service-desk-first"], phases=3)
    return take_baseline(adopt(desk, proposal.roadmap, proposal.phases), "Agreed", DAY)


def since(project: Project) -> tuple[Change, ...]:
    return changes(project, project.baselines[0])


def moved(project: Project, item: str, phase: str, days: int) -> Project:
    """All packages of a capability in another phase and so many days later, unchecked."""
    assert project.roadmap is not None
    ids = {package.id for package in project.packages_of[item]}
    packages = {
        ident: Placement(phase=phase, start=at.start + timedelta(days), finish=at.finish + timedelta(days))
        if ident in ids
        else at
        for ident, at in project.roadmap.packages.items()
    }
    return replace(project, roadmap=replace(project.roadmap, packages=Fixed(packages)))


def test_nothing_has_changed_at_first(agreed: Project) -> None:
    assert since(agreed) == ()
    assert newest(agreed.baselines) is agreed.baselines[0]
    assert newest(()) is None


def test_a_move_is_told_by_phase_and_date(agreed: Project) -> None:
    assert agreed.roadmap is not None
    item = next(c for c in agreed.capabilities if agreed.packages_of.get(c))
    first = agreed.roadmap.packages[agreed.packages_of[item][0].id].phase
    other = next(phase.id for phase in agreed.phases if phase.id != first)
    found = since(moved(agreed, item, other, 14))
    assert {(change.kind, change.item) for change in found} == {("phase", item), ("dates", item)}
    phase, dates = found
    number = [phase.id for phase in agreed.phases].index(other) + 1
    assert phase.words.endswith(f"to phase {number}")
    assert "finishes 14 days later, " in dates.words
    (only,) = since(moved(agreed, item, first, -1))
    assert "finishes 1 day earlier, " in only.words


def test_targets_effort_work_and_dependencies(agreed: Project) -> None:
    package = agreed.packages[0]
    role = next(iter(package.effort))
    had = package.effort[role]
    more = Effort(low=had.low, likely=had.likely + 2.5, high=had.high + 5)
    dearer = replace(package, effort=Fixed({**package.effort, role: more}))
    (effort,) = since(replace(agreed, packages=(dearer, *agreed.packages[1:])))
    assert effort.kind == "effort"
    assert effort.words.endswith("effort +2.5 person-days")

    aimed = replace(agreed.processes[0], target=Fixed(dict.fromkeys(agreed.processes[0].target, 5)))
    (target,) = since(replace(agreed, processes=(aimed, *agreed.processes[1:])))
    assert (target.kind, target.item, target.now) == ("target", aimed.id, "5")
    assert target.words.startswith(f"{aimed.name}: target level ")

    items = [c for c in agreed.capabilities if agreed.packages_of.get(c)]
    had_links = {(d.item, d.needs) for d in agreed.dependencies}
    late, early = next((b, a) for a, b in pairwise(items) if (b, a) not in had_links)
    (need,) = since(add_dependency(agreed, Dependency(item=late, needs=early)))
    assert need.words == f"{agreed.title(late)} now needs {agreed.title(early)}"

    gone = replace(agreed, packages=tuple(p for p in agreed.packages if p.capability != items[0]))
    words = {change.words for change in since(gone) if change.kind == "work"}
    assert words == {f"{agreed.title(items[0])} is no longer in the plan"}
