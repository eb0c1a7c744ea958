"""What must hold for every plan: proposals pass ``verify``; broken roadmaps do not."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from random_plans import CATALOGUE, plans

from planner.model.calendar import CapacityChange
from planner.model.knowledge import Strategy
from planner.model.project import Pin, Placement, Project
from planner.rollout.explain import explain
from planner.rollout.metrics import loads
from planner.rollout.propose import propose
from planner.rollout.result import Conflict, Infeasible, Proposal
from planner.rollout.verify import verify

STRATEGIES = st.sampled_from([strategy for strategy in CATALOGUE.strategies if not strategy.from_pains])
SLOW = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def adopted(project: Project, proposal: Proposal) -> Project:
    return replace(project, roadmap=proposal.roadmap, phases=proposal.phases)


def proposed(project: Project, strategy: Strategy) -> Project:
    """``project`` with a proposed roadmap; plans that have none are not what the test is about."""
    proposal, _conflicts = tried(project, strategy)
    assume(proposal is not None)
    assert proposal is not None
    return adopted(project, proposal)


def tried(project: Project, strategy: Strategy, **options: int | None) -> tuple[Proposal | None, tuple[Conflict, ...]]:
    try:
        return propose(project, strategy, **options), ()  # type: ignore[arg-type]
    except Infeasible as error:
        return None, error.conflicts


def with_placement(project: Project, package: str, **fields: object) -> Project:
    assert project.roadmap is not None
    place = replace(project.roadmap.packages[package], **fields)  # type: ignore[arg-type]
    return replace(
        project, roadmap=replace(project.roadmap, packages=project.roadmap.packages.with_item(package, place))
    )


@SLOW
@given(plans(), STRATEGIES, st.integers(0, 3), st.none() | st.integers(1, 5))
def test_every_proposal_passes_verify_or_names_what_stands_in_the_way(project, strategy, seed, count):
    proposal, conflicts = tried(project, strategy, seed=seed, phases=count)
    if proposal is None:
        assert conflicts
        known = {*project.packages_of, *project.package_by_id, *project.phase_by_id}
        known |= {f"{p.id}@{n}" for p in project.processes for n in (2, 3)}
        for conflict in conflicts:
            assert conflict.message
            assert set(conflict.items) <= known
        return
    assert verify(project, proposal.roadmap, proposal.phases) == ()
    assert set(proposal.roadmap.packages) == set(project.package_by_id)
    if count is not None and not any(phase.source == "own" for phase in project.phases):
        assert len(proposal.phases) <= count
    # Adopting it and asking again with the same seed changes nothing that was proposed.
    again = propose(adopted(project, proposal), strategy, seed=seed, phases=len(proposal.phases))
    assert again.roadmap == proposal.roadmap


@SLOW
@given(plans(), STRATEGIES, st.data())
def test_explain_and_verify_agree_on_one_day_earlier(project, strategy, data):
    """Where explain says that something binds, moving the package a working day earlier breaks that very rule;
    where it says that the package could start earlier, moving it there breaks nothing."""
    project = proposed(project, strategy)
    package = data.draw(st.sampled_from(sorted(project.roadmap.packages)))
    place = project.roadmap.packages[package]
    told = explain(project, package)
    if told.earliest < place.start:
        moved = with_placement(
            project,
            package,
            start=told.earliest,
            finish=project.calendar.finish(told.earliest, project.package_by_id[package].days.likely),
        )
        assert verify(moved) == ()
        return
    earlier = place.start - timedelta(days=1)
    while not project.calendar.is_working(earlier):
        earlier -= timedelta(days=1)
    finish = project.calendar.finish(earlier, project.package_by_id[package].days.likely)
    broken = verify(with_placement(project, package, start=earlier, finish=finish))
    assert broken, told.reasons
    assert {reason.rule for reason in told.reasons} & {violation.rule for violation in broken}


@SLOW
@given(plans(), STRATEGIES, st.data())
def test_a_dropped_package_is_caught_by_name(project, strategy, data):
    project = proposed(project, strategy)
    package = data.draw(st.sampled_from(sorted(project.roadmap.packages)))
    rest = {item: place for item, place in project.roadmap.packages.items() if item != package}
    broken = verify(replace(project, roadmap=replace(project.roadmap, packages=type(project.roadmap.packages)(rest))))
    assert any(v.rule == "coverage" and v.items == (package,) for v in broken)


@SLOW
@given(plans(), STRATEGIES, st.data())
def test_an_overloaded_role_is_caught_by_name_and_day(project, strategy, data):
    project = proposed(project, strategy)
    used = loads(project, project.roadmap)
    assume(used)
    role = data.draw(st.sampled_from(sorted(used)))
    day = data.draw(st.sampled_from(sorted(used[role])))
    assume(used[role][day] > 0.01)
    short = used[role][day] - 0.005
    roles = tuple(
        replace(r, changes=(*(c for c in r.changes if c.since < day), CapacityChange(since=day, fte=short)))
        if r.id == role
        else r
        for r in project.roles
    )
    broken = verify(replace(project, roles=roles))
    assert any(v.rule == "capacity" and role in v.message and v.day >= day for v in broken)


@SLOW
@given(plans(), STRATEGIES, st.data())
def test_a_day_too_few_or_off_is_caught(project, strategy, data):
    project = proposed(project, strategy)
    package = data.draw(st.sampled_from(sorted(project.roadmap.packages)))
    place: Placement = project.roadmap.packages[package]
    closed = next(
        d for n in range(1, 9) if not project.calendar.is_working(d := place.finish + timedelta(days=n)) or n == 8
    )
    broken = verify(with_placement(project, package, finish=closed))
    assert any(v.rule == "calendar" and package in v.items for v in broken)


@SLOW
@given(plans(), STRATEGIES)
def test_a_tighter_limit_on_change_is_caught(project, strategy):
    project = proposed(project, strategy)
    spans = {}
    for item in project.capabilities:
        places = [project.roadmap.packages[p.id] for p in project.packages_of[item]]
        spans[item] = (min(p.start for p in places), max(p.finish for p in places))
    days = {
        d
        for first, last in spans.values()
        for n in range((last - first).days + 1)
        if project.calendar.is_working(d := first + timedelta(days=n))
    }
    busiest = max(
        (len({i.split("@")[0] for i, (first, last) in spans.items() if first <= day <= last}) for day in days),
        default=0,
    )
    assert busiest <= (project.roadmap.absorption or project.limits.absorption)
    project = replace(project, roadmap=replace(project.roadmap, absorption=None))
    assume(busiest > 1)
    limits = replace(project.limits, absorption=busiest - 1)
    assert any(v.rule == "absorption" for v in verify(replace(project, limits=limits)))
    assert verify(replace(project, limits=replace(project.limits, absorption=busiest))) == ()


@SLOW
@given(plans(), STRATEGIES)
def test_a_missed_deadline_and_a_broken_pin_are_caught(project, strategy):
    project = proposed(project, strategy)
    assume(project.capabilities)
    item = project.capabilities[0]
    places = [project.roadmap.packages[p.id] for p in project.packages_of[item]]
    start, finish = min(p.start for p in places), max(p.finish for p in places)
    pins = tuple(p for p in project.pins if p.item != item)
    late = replace(project, pins=(*pins, Pin(item=item, deadline=finish - timedelta(days=1))))
    assert [(v.rule, v.items, v.amount) for v in verify(late)] == [("deadline", (item,), 1)]
    soon = replace(project, pins=(*pins, Pin(item=item, not_before=start + timedelta(days=1))))
    assert [(v.rule, v.items, v.amount) for v in verify(soon)] == [("pin", (item,), 1)]
    assert date(2027, 1, 4) <= start
