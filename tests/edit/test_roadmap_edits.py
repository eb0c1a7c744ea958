"""Moves by hand: what they place where, and that they touch nothing else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.edit.pins import set_pin
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
from planner.edit.work import add_package, change_package
from planner.model.calendar import ONE_DAY, Calendar, Period
from planner.model.project import (
    Engagement,
    Phase,
    Pin,
    Placement,
    ProcessScope,
    Project,
    Roadmap,
    WorkPackage,
)
from planner.model.values import Duration, Fixed

PHASES = (
    Phase(id="p1", name="Near", source="proposed"),
    Phase(id="p2", name="Middle", source="proposed"),
    Phase(id="p3", name="Long", source="proposed"),
)


def work(ident: str, capability: str, days: int, **fields: object) -> WorkPackage:
    return WorkPackage(
        id=ident,
        name=ident,
        capability=capability,
        workstream="process",
        days=Duration(days, days, days),
        **fields,  # type: ignore[arg-type]
    )


def place(phase: str, start: str, finish: str) -> Placement:
    return Placement(phase=phase, start=date.fromisoformat(start), finish=date.fromisoformat(finish))


@pytest.fixture
def plan() -> Project:
    """Alpha in p1 from Monday 4 January, beta in p2 from Monday 1 February; p3 is empty; 6 January is a holiday."""
    ones, twos = Fixed({"people": 1, "process": 1, "tech": 1}), Fixed({"people": 2, "process": 2, "tech": 2})
    project = Project(
        engagement=Engagement(name="Small", start=date(2027, 1, 4)),
        calendar=Calendar(holidays=(Period(first=date(2027, 1, 6), last=date(2027, 1, 6)),)),
        processes=tuple(ProcessScope(id=n, name=n.title(), baseline=ones, target=twos) for n in ("alpha", "beta")),
        packages=(
            work("a-1", "alpha@2", 3),
            work("a-2", "alpha@2", 2, after=("a-1",)),
            work("b-1", "beta@2", 5),
            work("kick-off", "", 1),
        ),
    )
    roadmap = Roadmap(
        strategy="service-desk-first",
        packages=Fixed(
            {
                "a-1": place("p1", "2027-01-04", "2027-01-07"),  # Mon, Tue, Thu
                "a-2": place("p1", "2027-01-11", "2027-01-12"),  # a free Friday before
                "b-1": place("p2", "2027-02-01", "2027-02-05"),
                "kick-off": place("p1", "2027-01-04", "2027-01-04"),
            }
        ),
    )
    return adopt(project, roadmap, PHASES)


def placed(project: Project, item: str) -> Placement:
    assert project.roadmap is not None
    return project.roadmap.packages[item]


def test_into_a_phase_with_work_it_begins_when_that_begins(plan: Project) -> None:
    after = move_to_phase(plan, "alpha@2", "p2")
    assert placed(after, "a-1") == place("p2", "2027-02-01", "2027-02-03")
    assert placed(after, "a-2") == place("p2", "2027-02-05", "2027-02-08"), "one free day between, as before"
    assert placed(after, "b-1") == placed(plan, "b-1")
    assert after.roadmap is not None
    assert (after.roadmap.status, after.roadmap.strategy) == ("edited", "service-desk-first")


def test_into_an_empty_phase_it_begins_after_the_ones_before(plan: Project) -> None:
    after = move_to_phase(plan, "alpha@2", "p3")
    assert placed(after, "a-1") == place("p3", "2027-02-08", "2027-02-10")
    later = change_phase(plan, "p3", not_before=date(2027, 3, 6))
    assert placed(move_to_phase(later, "alpha@2", "p3"), "a-1").start == date(2027, 3, 8)


def test_into_the_first_phase_when_that_is_empty(plan: Project) -> None:
    emptied = move_to_phase(move_to_phase(plan, "alpha@2", "p2"), "kick-off", "p2")
    assert placed(move_to_phase(emptied, "beta@2", "p1"), "b-1") == place("p1", "2027-01-04", "2027-01-11")


def test_into_its_own_phase_changes_nothing(plan: Project) -> None:
    assert move_to_phase(plan, "beta@2", "p2") is plan


def test_a_package_moves_to_the_next_working_day(plan: Project) -> None:
    after = move_to(plan, "a-1", date(2027, 1, 6))
    assert placed(after, "a-1") == place("p1", "2027-01-07", "2027-01-11")
    assert placed(after, "a-2") == placed(plan, "a-2"), "what breaks is shown, not mended"


def test_a_move_does_not_make_stale_dates_good(plan: Project) -> None:
    assert plan.roadmap
    stale = replace(plan, roadmap=replace(plan.roadmap, status="stale"))
    moved = move_to(stale, "alpha@2", date(2027, 3, 1))
    assert moved.roadmap
    assert moved.roadmap.status == "stale", "the others still wait for a new proposal"
    assert moved.roadmap.packages == getattr(move_to(plan, "alpha@2", date(2027, 3, 1)).roadmap, "packages", None)


def test_a_capability_moves_together(plan: Project) -> None:
    after = move_to(plan, "alpha@2", date(2027, 1, 5))
    assert placed(after, "a-1") == place("p1", "2027-01-05", "2027-01-08")
    assert placed(after, "a-2") == place("p1", "2027-01-12", "2027-01-13")


def test_a_move_takes_over_a_new_length(plan: Project) -> None:
    longer = change_package(plan, "b-1", days=Duration(10, 10, 10))
    assert placed(longer, "b-1") == placed(plan, "b-1")
    assert placed(move_to(longer, "b-1", date(2027, 2, 1)), "b-1").finish == date(2027, 2, 12)


def test_later_work_without_a_place_finds_one_when_its_capability_moves(plan: Project) -> None:
    more = add_package(plan, work("a-3", "alpha@2", 2, after=("a-2",)))
    more = add_package(more, work("a-4", "alpha@2", 1, alongside=("a-3",)))
    after = move_to_phase(more, "alpha@2", "p3")
    assert placed(after, "a-2").finish == date(2027, 2, 15)
    assert placed(after, "a-3") == place("p3", "2027-02-16", "2027-02-17")
    assert placed(after, "a-4") == place("p3", "2027-02-16", "2027-02-16")
    alone = move_to(more, "a-3", date(2027, 1, 4))
    assert placed(alone, "a-3") == place("p1", "2027-01-04", "2027-01-05")


def test_programme_work_without_a_place_goes_into_the_phase_of_its_day(plan: Project) -> None:
    more = add_package(plan, work("review", "", 1))
    assert placed(move_to(more, "review", date(2027, 2, 3)), "review").phase == "p2"
    assert placed(move_to(more, "review", date(2026, 12, 1)), "review").phase == "p1"


def test_what_cannot_be_moved_is_refused(plan: Project) -> None:
    with pytest.raises(Refused, match="no roadmap yet - propose one first"):
        move_to_phase(clear(plan), "alpha@2", "p1") if clear(plan).phases else move_to(
            clear(plan), "a-1", date(2027, 1, 4)
        )
    with pytest.raises(Refused, match="there is no phase 'p9'"):
        move_to_phase(plan, "alpha@2", "p9")
    with pytest.raises(Refused, match="there is no planned capability or work package 'gamma@2'"):
        move_to(plan, "gamma@2", date(2027, 1, 4))
    with pytest.raises(Refused, match="9999-12-31 is too far away"):
        move_to(plan, "b-1", date(9999, 12, 31))


def test_adopting_needs_phases_that_fit(plan: Project) -> None:
    assert plan.roadmap is not None
    with pytest.raises(Refused, match="unknown phase 'p2'"):
        adopt(plan, plan.roadmap, PHASES[:1])
    pinned = set_pin(plan, Pin(item="alpha@2", phase="p3"))
    with pytest.raises(Refused, match="unknown phase 'p3'"):
        adopt(pinned, plan.roadmap, PHASES[:2])


def test_clearing_keeps_what_people_made(plan: Project) -> None:
    mine = change_phase(set_pin(plan, Pin(item="alpha@2", phase="p3")), "p2", goal="quiet weekends")
    after = clear(mine)
    assert after.roadmap is None
    assert [phase.id for phase in after.phases] == ["p2", "p3"]


def test_phases_are_added_changed_and_removed(plan: Project) -> None:
    assert new_phase_id(plan) == "p4"
    assert new_phase_id(replace(plan, phases=plan.phases[1:])) == "p1"
    after = add_phase(plan, Phase(id="p4", name="Pilot"), before="p2")
    assert [phase.id for phase in after.phases] == ["p1", "p4", "p2", "p3"]
    assert remove_phase(after, "p4") == plan
    assert change_phase(plan, "p1", limit=2).phase_by_id["p1"].source == "own"
    assert change_phase(plan, "p1", name="Near") is plan
    with pytest.raises(Refused, match="there is a phase 'p1' already"):
        add_phase(plan, Phase(id="p1", name="Again"))
    with pytest.raises(Refused, match="phase 'p1' must end by 2027-01-01, before it may begin on 2027-02-01"):
        change_phase(plan, "p1", not_before=date(2027, 2, 1), not_after=date(2027, 1, 1))
    with pytest.raises(Refused, match="a phase keeps its id"):
        change_phase(plan, "p1", id="p9")


def test_a_phase_in_use_is_not_removed(plan: Project) -> None:
    with pytest.raises(Refused, match=r"phase Near still holds a-1, a-2, kick-off - move them"):
        remove_phase(plan, "p1")
    pinned = set_pin(plan, Pin(item="alpha@2", phase="p3"))
    with pytest.raises(Refused, match="phase Long still holds Alpha 2 - move"):
        remove_phase(pinned, "p3")


def test_a_move_keeps_lengths_over_a_whole_year(plan: Project) -> None:
    for days in range(0, 365, 7):
        begin = plan.engagement.start + timedelta(days=days)
        after = move_to(plan, "alpha@2", begin)
        for item in ("a-1", "a-2"):
            spot = placed(after, item)
            assert plan.calendar.count(spot.start, spot.finish) == plan.package_by_id[item].days.likely
        first, second = placed(after, "a-1"), placed(after, "a-2")
        assert plan.calendar.count(first.finish + ONE_DAY, second.start) == 2
