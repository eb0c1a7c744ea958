"""The arithmetic under the health of a schedule: what links, pins, phases and calendars leave of room."""

from dataclasses import replace
from datetime import date

import pytest

from planner.checks.check import check
from planner.checks.facts import Facts
from planner.checks.finding import Finding
from planner.checks.slack import Slack
from planner.edit.roadmap import adopt
from planner.graph.critical import earliest, waits
from planner.model.calendar import Calendar, Period, months_after
from planner.model.context import CheckSetting, Context
from planner.model.knowledge import Catalogue
from planner.model.project import Dependency, Engagement, Phase, Pin, Placement, Project, Roadmap, WorkPackage
from planner.model.values import Duration, Fixed, Strength
from planner.rollout.propose import propose
from planner.rollout.result import Proposal

MONDAY = date(2027, 1, 4)


def package(ident: str, days: int, *after: str) -> WorkPackage:
    return WorkPackage(id=ident, name=ident, workstream="people", days=Duration(days, days, days), after=after)


def plan(*packages: WorkPackage, **tables: object) -> Project:
    return Project(engagement=Engagement(name="Tiny", start=MONDAY), packages=packages, **tables)  # type: ignore[arg-type]


def placed(project: Project, phases: tuple[Phase, ...], where: dict[str, tuple[str, int]]) -> Project:
    """Each package in a phase, from the working day of that number on (0 is the first of the plan)."""
    calendar = project.calendar
    places = {}
    for item, (phase, day) in where.items():
        begin = calendar.finish(MONDAY, day + 1)
        finish = calendar.finish(begin, project.package_by_id[item].days.likely)
        places[item] = Placement(phase=phase, start=begin, finish=finish)
    return replace(project, phases=phases, roadmap=Roadmap(packages=Fixed(places)))


def slack(project: Project) -> Slack:
    return Slack(Facts(project))


ONE = (Phase(id="p1", name="One"),)
TWO = (*ONE, Phase(id="p2", name="Two"))
LAPPED = (*ONE, Phase(id="p2", name="Two", overlap=True))
CHAIN = plan(package("a", 3), package("b", 4, "a"), package("c", 2, "a"))


def test_the_length_is_that_of_the_longest_chain() -> None:
    assert slack(CHAIN).length == 7


def test_a_circle_has_no_length_and_no_dates() -> None:
    looped = replace(CHAIN, dependencies=(Dependency(item="a", needs="b"),))
    assert slack(looped).length == 0
    assert slack(looped).soonest == {}
    assert slack(placed(looped, ONE, {"a": ("p1", 0), "b": ("p1", 3)})).floats == {}


def test_the_soonest_day_counts_working_days_lags_and_pins() -> None:
    assert slack(CHAIN).soonest == {"a": date(2027, 1, 6), "b": date(2027, 1, 12), "c": date(2027, 1, 8)}
    holiday = Period(first=date(2027, 1, 7), last=date(2027, 1, 7))
    closed = replace(CHAIN, calendar=Calendar(holidays=(holiday,)))
    assert slack(closed).soonest["c"] == date(2027, 1, 11)
    lagged = replace(CHAIN, dependencies=(Dependency(item="c", needs="a", lag=2),))
    assert slack(lagged).soonest["c"] == date(2027, 1, 12)
    pinned = replace(CHAIN, pins=(Pin(item="a", not_before=date(2027, 1, 11)),))
    assert slack(pinned).soonest["a"] == date(2027, 1, 13)


@pytest.mark.parametrize("strength", ["soft", "off"])
def test_soft_and_dropped_dependencies_take_no_time(strength: Strength) -> None:
    wish = Dependency(item="c", needs="b", strength=strength)
    assert slack(replace(CHAIN, dependencies=(wish,))).length == 7
    assert slack(replace(CHAIN, dependencies=(replace(wish, strength="hard"),))).length == 9


def test_float_is_the_room_up_to_what_waits_and_to_the_end_of_the_phase() -> None:
    project = placed(CHAIN, ONE, {"a": ("p1", 0), "c": ("p1", 3), "b": ("p1", 8)})
    # b ends the phase on day 12; c (done on day 5) may come 7 days later; a must leave room for b only.
    assert slack(project).floats == {"a": 5, "b": 0, "c": 7}


def test_a_phase_that_must_be_over_bounds_the_float_and_an_overlapping_one_does_not() -> None:
    where = {"a": ("p1", 0), "c": ("p1", 3), "b": ("p2", 8)}
    assert slack(placed(CHAIN, TWO, where)).floats["c"] == 0
    assert slack(placed(CHAIN, LAPPED, where)).floats["c"] == 7


def test_a_delay_is_felt_along_links_and_across_phases() -> None:
    loose = plan(package("a", 3), package("b", 4, "a"), package("c", 2))
    inside = slack(placed(loose, ONE, {"a": ("p1", 0), "b": ("p1", 3), "c": ("p1", 7)}))
    assert inside.first_critical() == "a"
    assert inside.held_up_by("a", 1) == {"a", "b"}
    across = slack(placed(loose, TWO, {"a": ("p1", 0), "b": ("p1", 3), "c": ("p2", 7)}))
    assert across.held_up_by("a", 1) == {"a", "b", "c"}
    lapped = slack(placed(loose, LAPPED, {"a": ("p1", 0), "b": ("p1", 3), "c": ("p2", 7)}))
    assert lapped.held_up_by("a", 1) == {"a", "b"}


def test_an_overlapping_phase_still_holds_up_the_one_after_it() -> None:
    three = (*LAPPED, Phase(id="p3", name="Three"))
    loose = plan(package("a", 3), package("b", 4), package("c", 2))
    project = placed(loose, three, {"a": ("p1", 0), "b": ("p2", 0), "c": ("p3", 4)})
    assert slack(project).held_up_by("a", 2) == {"a", "c"}


def test_a_delay_that_float_takes_up_holds_nothing_up() -> None:
    project = placed(CHAIN, ONE, {"a": ("p1", 0), "c": ("p1", 5), "b": ("p1", 8)})
    assert slack(project).held_up_by("a", 2) == {"a"}
    assert slack(project).held_up_by("a", 3) == {"a", "c"}


def test_floors_hold_events_back_and_a_capability_waits_for_its_last_package() -> None:
    two = (replace(package("x", 3), capability="incident@2"), replace(package("y", 5), capability="incident@2"))
    found = waits(plan(*two, package("z", 1), dependencies=(Dependency(item="z", needs="incident@2"),)))
    day = {(event.item, event.moment): number for event, number in earliest(found).items()}
    assert day["incident@2", "finish"] == 5
    assert day["z", "finish"] == 6


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2028, 3, 31), -1, date(2028, 2, 29)),
        (date(2027, 1, 4), 24, date(2029, 1, 4)),
        (date(2027, 12, 1), 1, date(2028, 1, 1)),
    ],
)
def test_months_keep_the_day_where_the_month_has_it(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


# -- the looks on whole plans


def of(project: Project, catalogue: Catalogue, ident: str) -> list[Finding]:
    return [finding for finding in check(project, catalogue) if finding.id == ident]


@pytest.fixture(scope="module")
def proposed(desk: Project, catalogue: Catalogue) -> Project:
    found = propose(desk, catalogue.strategy_by_id[desk.engagement.strategy])
    assert isinstance(found, Proposal)
    return adopt(desk, found.roadmap, found.phases)


def test_a_proposed_roadmap_is_healthy(proposed: Project, catalogue: Catalogue) -> None:
    found = {finding.id: finding.message for finding in check(proposed, catalogue) if finding.id.startswith("H")}
    assert found == {}


def test_time_is_short_when_the_horizon_is(proposed: Project, catalogue: Catalogue) -> None:
    short = replace(proposed, context=Context(horizon_months=3))
    (finding,) = of(short, catalogue, "H13")
    assert "until 2027-04-04" in finding.message
    assert of(replace(proposed, context=Context(horizon_months=60)), catalogue, "H13") == []


def test_without_a_roadmap_the_chain_is_measured(desk: Project, catalogue: Catalogue) -> None:
    (finding,) = of(replace(desk, context=Context(horizon_months=1)), catalogue, "H13")
    assert str(slack(desk).length) in finding.message
    assert "longest chain" in finding.message


def test_a_deadline_that_links_alone_forbid_is_an_error(desk: Project, catalogue: Catalogue) -> None:
    soonest = slack(desk).soonest["incident@3"]
    for day, count in ((soonest, 0), (date.fromordinal(soonest.toordinal() - 1), 1)):
        found = of(replace(desk, pins=(Pin(item="incident@3", deadline=day),)), catalogue, "H07")
        assert [(finding.severity, finding.items) for finding in found] == [("error", ("incident@3",))] * count


def test_a_plan_may_judge_by_its_own_threshold(desk: Project, catalogue: Catalogue) -> None:
    strict = CheckSetting(id="H08", numbers=Fixed({"days": 5.0, "share": 0.0}))
    (finding,) = of(replace(desk, checks=(strict,)), catalogue, "H08")
    long = [package.id for package in desk.packages if package.days.likely > 5]
    assert list(finding.items) == long
    assert finding.changed


def test_what_the_catalogue_pins_is_not_held_against_the_plan(desk: Project, catalogue: Catalogue) -> None:
    half = [package.id for package in desk.packages[: len(desk.packages) // 2]]
    window = {"not_before": MONDAY, "deadline": date(2029, 1, 1)}
    own = tuple(Pin(item=item, **window) for item in half)  # type: ignore[arg-type]
    made = tuple(replace(pin, source="catalogue") for pin in own)
    assert of(replace(desk, pins=own), catalogue, "H05")
    assert not of(replace(desk, pins=made), catalogue, "H05")
