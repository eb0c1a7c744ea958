"""What changed since a baseline is told in planning terms, and nothing else is."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from planner.edit.dependencies import add_dependency
from planner.edit.review import take_baseline
from planner.edit.roadmap import adopt
from planner.model.calendar import Period
from planner.model.knowledge import Catalogue
from planner.model.project import Dependency, Pin, Placement, Project
from planner.model.values import Duration, Effort, Fixed
from planner.review.changes import Change, between, changes, newest
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
    was = sum(one.likely for one in package.effort.values())
    assert effort.words.endswith(f"effort +2.5 person-days because {package.workstream} {was:g} -> {was + 2.5:g}")

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


def words(found: tuple[Change, ...], kind: str) -> list[str]:
    return [change.words for change in found if change.kind == kind]


def test_a_date_moves_together_with_what_can_move_it(agreed: Project) -> None:
    """A predecessor, a longer package, a new need and a promise are named; what did not change is not."""
    link = next(
        one
        for one in agreed.dependencies
        if one.strength == "hard" and one.item in agreed.packages_of and one.needs in agreed.packages_of
    )
    item, before = link.item, link.needs
    phase = {one: agreed.roadmap.packages[agreed.packages_of[one][0].id].phase for one in (item, before)}  # type: ignore[union-attr]
    late = moved(moved(agreed, item, phase[item], 7), before, phase[before], 7)
    told = words(between(agreed, late), "dates")
    mine = next(one for one in told if one.startswith(f"{agreed.title(item)}: finishes 7 days later"))
    assert f"{agreed.title(before)} finishes 7 days later" in mine
    early = moved(moved(agreed, item, phase[item], 7), before, phase[before], -7)
    told = words(between(agreed, early), "dates")
    assert not any(agreed.title(before) in one for one in told if one.startswith(agreed.title(item)))

    package = agreed.packages_of[item][0]
    longer = replace(package, days=Duration(90, 95, 99))
    pin = Pin(item=item, deadline=date(2029, 1, 1))
    slower = replace(
        moved(agreed, item, phase[item], 7),
        packages=tuple(longer if one.id == package.id else one for one in agreed.packages),
        pins=(*agreed.pins, pin),
    )
    (mine,) = words(between(agreed, slower), "dates")
    assert f"{package.workstream} takes {package.days.likely} -> 95 working days" in mine
    assert "deadline 2029-01-01 added" in mine
    assert words(between(agreed, slower), "promise") == [f"new promise about {agreed.title(item)}"]


def test_effort_is_told_with_what_makes_it(agreed: Project) -> None:
    item = next(one for one in agreed.capabilities if len(agreed.packages_of[one]) > 2)
    first = agreed.packages_of[item][0]
    (gone,) = since(replace(agreed, packages=tuple(one for one in agreed.packages if one.id != first.id)))[-1:]
    (effort,) = words(
        between(agreed, replace(agreed, packages=tuple(p for p in agreed.packages if p.id != first.id))), "effort"
    )
    assert effort.endswith(f"because 1 package removed: {first.workstream}")
    assert gone.kind == "effort"

    large = replace(
        agreed,
        engagement=replace(agreed.engagement, size="large"),
        packages=tuple(
            replace(
                one, effort=Fixed({role: Effort(2 * e.low, 2 * e.likely, 2 * e.high) for role, e in one.effort.items()})
            )
            for one in agreed.packages
        ),
    )
    found = between(agreed, large)
    assert all("because size of the organisation medium -> large" in one for one in words(found, "effort"))
    assert words(found, "frame") == ["Engagement: size of the organisation medium -> large"]


def test_any_two_can_be_compared(agreed: Project) -> None:
    """Baselines with each other, and two plans with all that a baseline does not keep."""
    closed = replace(agreed.calendar, holidays=(Period(first=DAY, last=DAY, name="Founders"),))
    other = replace(agreed, calendar=closed)
    assert since(other) == ()
    (frame,) = between(agreed, other)
    assert (frame.kind, frame.words) == ("frame", "Calendar: holidays: added 2027-02-01 (Founders)")
    item = agreed.capabilities[0]
    place = agreed.roadmap.packages[agreed.packages_of[item][0].id]  # type: ignore[union-attr]
    later = take_baseline(moved(agreed, item, place.phase, 14), "Later", DAY)
    first, second = later.baselines
    assert words(between(first, second, [later]), "dates") == words(changes(later, first), "dates")
    assert "finishes 14 days later" in words(between(first, second), "dates")[0]
    assert "finishes 14 days earlier" in words(between(second, first), "dates")[0]
    assert between(second, second) == ()
    assert changes(later, second) == ()


def test_a_phase_put_in_before_moves_nobody(agreed: Project) -> None:
    added = replace(agreed.phases[0], id="p-new", name="Ready")
    found = since(replace(agreed, phases=(added, *agreed.phases)))
    assert [change.words for change in found] == ["new phase Ready"]
