"""What a consultant expects of a proposal, on the two engagement templates."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from planner.edit.materialise import materialise
from planner.edit.start import start
from planner.model.calendar import CapacityChange, Period
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue
from planner.model.project import Dependency, Phase, Pin, Project, WorkPackage
from planner.model.values import DIMENSIONS, Duration, Effort, Fixed
from planner.rollout.dividing import Dividing
from planner.rollout.metrics import finish_of, phase_of, start_of
from planner.rollout.problem import Problem
from planner.rollout.propose import propose
from planner.rollout.result import Infeasible, Proposal
from planner.rollout.verify import verify


def in_phase(project: Project, proposal: Proposal, number: int) -> set[str]:
    ident = proposal.phases[number].id
    return {item for item in project.capabilities if phase_of(project, proposal.roadmap, item) == ident}


@pytest.fixture
def desk_first(catalogue: Catalogue):
    return catalogue.strategy_by_id["service-desk-first"]


@pytest.fixture
def change_first(catalogue: Catalogue):
    return catalogue.strategy_by_id["change-config-first"]


def test_the_two_strategies_begin_differently(desk, desk_first, change_first):
    """Desk first: the first phase is desk, incident, request. Change first: change and configuration stand in it."""
    one = in_phase(desk, propose(desk, desk_first), 0)
    other = in_phase(desk, propose(desk, change_first), 0)
    assert {"service-desk@2", "incident@2", "request@2"} <= one
    assert not {"change@2", "config@2"} & one
    assert {"change@2", "config@2"} <= other
    assert "request@2" not in other


def test_a_bank_controls_change_before_it_turns_to_users(bank, change_first):
    proposal = propose(bank, change_first)
    first = in_phase(bank, proposal, 0)
    assert {"change@2", "config@2", "release@2"} <= first
    assert "change@3" not in first
    assert phase_of(bank, proposal.roadmap, "change@3") != phase_of(bank, proposal.roadmap, "incident@3")


def test_what_needs_comes_after_what_it_needs(bank, change_first):
    roadmap = propose(bank, change_first).roadmap
    hard = [d for d in bank.dependencies if d.strength == "hard" and {d.item, d.needs} <= set(bank.capabilities)]
    assert len(hard) > 8
    for d in hard:
        assert start_of(bank, roadmap, d.item) > finish_of(bank, roadmap, d.needs), d


def test_no_work_in_a_blackout_and_a_level_settles_before_the_next(bank, change_first):
    roadmap = propose(bank, change_first).roadmap
    for place in roadmap.packages.values():
        for closed in bank.calendar.blackouts:
            assert place.start not in closed
            assert place.finish not in closed
    for item in ("change@3", "config@3", "release@3"):
        below = f"{process_of(item)}@{level_of(item) - 1}"
        assert (start_of(bank, roadmap, item) - finish_of(bank, roadmap, below)).days > 4 * 7


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6])
def test_as_many_phases_as_asked(desk, desk_first, count):
    proposal = propose(desk, desk_first, phases=count)
    assert len(proposal.phases) == count
    for number in range(count):
        assert in_phase(desk, proposal, number)
    assert len({phase.id for phase in proposal.phases}) == count


def test_phases_follow_each_other(desk, desk_first):
    proposal = propose(desk, desk_first, phases=3)
    spans = []
    for phase in proposal.phases:
        places = [p for p in proposal.roadmap.packages.values() if p.phase == phase.id]
        spans.append((min(p.start for p in places), max(p.finish for p in places)))
    assert spans[0][1] < spans[1][0] <= spans[1][1] < spans[2][0]


def test_same_seed_same_plan_in_another_process(desk, desk_first):
    """Nothing hangs on hash order, the clock or what ran before."""
    code = (
        "import json,datetime;from planner.catalog.load import load;from planner.edit.start import start;"
        "from planner.rollout.propose import propose;c=load();"
        "p=start(c.engagement_by_id['desk-first'],c,begin=datetime.date(2027,1,4),client='Example Ltd');"
        "r=propose(p,c.strategy_by_id['service-desk-first'],seed=7).roadmap;"
        "print(json.dumps([(k,str(v.start),str(v.finish),v.phase) for k,v in r.packages.items()]))"
    )
    seen = set()
    for seed in ("0", "1"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        seen.add(
            subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout
        )
    here = propose(desk, desk_first, seed=7).roadmap
    assert seen == {json.dumps([(k, str(v.start), str(v.finish), v.phase) for k, v in here.packages.items()]) + "\n"}


def test_phase_names_speak_the_language_of_the_plan(bank, change_first):
    assert propose(bank, change_first).phases[0].name == "变更可见"


def test_pins_hold(desk, desk_first):
    free = propose(desk, desk_first, phases=3)
    assert phase_of(desk, free.roadmap, "knowledge@2") == "p1"
    pinned = replace(
        desk,
        phases=free.phases,
        pins=(
            Pin(item="knowledge@2", phase="p3"),
            Pin(item="catalogue@2", not_before=date(2027, 9, 1)),
            Pin(item="change@2", deadline=date(2027, 4, 30), reason="audit"),
        ),
    )
    proposal = propose(pinned, desk_first, phases=3)
    assert phase_of(pinned, proposal.roadmap, "knowledge@2") == "p3"
    assert start_of(pinned, proposal.roadmap, "catalogue@2") >= date(2027, 9, 1)
    assert finish_of(pinned, proposal.roadmap, "change@2") <= date(2027, 4, 30)
    assert finish_of(desk, free.roadmap, "change@2") > date(2027, 4, 30), "the deadline must have mattered"


def test_a_phase_of_the_plan_keeps_its_name_window_and_limit(desk, desk_first):
    own = Phase(id="pilot", name="[P1] Pilot", limit=1, not_before=date(2027, 3, 1))
    project = replace(desk, phases=(own,))
    proposal = propose(project, desk_first, phases=3)
    assert proposal.phases[0] == own
    assert [phase.id for phase in proposal.phases[1:]] == ["p2", "p3"]
    places = [p for p in proposal.roadmap.packages.values() if p.phase == "pilot"]
    assert min(p.start for p in places) >= date(2027, 3, 1)


def test_a_full_phase_passes_work_on(desk, desk_first):
    """A first phase that must end in spring holds less than one without an end."""
    free = propose(desk, desk_first, phases=2)
    short = replace(desk, phases=(Phase(id="p1", name="Spring", not_after=date(2027, 4, 30)),))
    held = propose(short, desk_first, phases=2)
    assert len(in_phase(short, held, 0)) < len(in_phase(desk, free, 0))
    assert max(p.finish for p in held.roadmap.packages.values() if p.phase == "p1") <= date(2027, 4, 30)


def infeasible(project: Project, strategy, **options):
    with pytest.raises(Infeasible) as caught:
        propose(project, strategy, **options)
    return caught.value.conflicts


def test_a_hopeless_deadline_is_told_with_days_and_chain(desk, desk_first):
    (conflict,) = infeasible(replace(desk, pins=(Pin(item="incident@3", deadline=date(2027, 5, 3)),)), desk_first)
    assert conflict.rule == "deadline"
    assert conflict.days > 0
    assert f"{conflict.days} days late" in conflict.message
    assert "even with unlimited staff" in conflict.message
    assert {"incident-3-tech", "incident-3-process", "problem@2"} <= set(conflict.items)
    assert "incident@3 needs problem@2, which finishes on" in conflict.message


def test_a_deadline_that_staff_is_too_short_for_names_the_role_and_weeks(desk, desk_first):
    """Five processes at once by April: each could make it alone, but one change lead cannot prepare all."""
    together = ("sms@2", "service-desk@2", "change@2", "config@2", "catalogue@2")
    pins = tuple(Pin(item=item, deadline=date(2027, 4, 7)) for item in together)
    project = replace(desk, limits=replace(desk.limits, absorption=8), pins=pins)
    conflicts = infeasible(project, desk_first)
    assert {conflict.rule for conflict in conflicts} == {"deadline"}
    message = " ".join(conflict.message for conflict in conflicts)
    assert "change-lead (without enough time on" in message
    assert "2027-04-07" in message
    assert "unlimited staff" not in message


@pytest.fixture
def one(desk: Project) -> Project:
    """A plan of one package for one role, so that what holds it up is plain."""
    package = WorkPackage(
        id="a", name="A", workstream="process", days=Duration(5, 10, 20), effort=Fixed({"trainer": Effort(1, 3, 5)})
    )
    still = tuple(replace(p, target=p.baseline) for p in desk.processes)
    return replace(desk, processes=still, packages=(package,), dependencies=())


def test_a_proof_names_the_blackout_the_pin_and_the_settling_time(one, desk, desk_first):
    closed = replace(one.calendar, blackouts=(Period(first=date(2027, 1, 8), last=date(2027, 2, 4), name="Move"),))
    (told,) = infeasible(replace(one, calendar=closed, pins=(Pin(item="a", deadline=date(2027, 2, 1)),)), desk_first)
    assert "even with unlimited staff" in told.message
    assert "no work from 2027-01-08 to 2027-02-04 (Move)" in told.message
    second = replace(one.packages[0], id="b", after=("a",))
    pins = (Pin(item="a", not_before=date(2027, 3, 1)), Pin(item="b", deadline=date(2027, 3, 20)))
    (told,) = infeasible(replace(one, packages=(*one.packages, second), pins=pins), desk_first)
    assert "a is pinned to start on 2027-03-01 or later" in told.message
    pins = (Pin(item="config@3", deadline=date(2027, 3, 31)),)
    (told,) = infeasible(replace(desk, pins=pins), desk_first)
    assert "must settle 4 weeks" in told.message


def test_what_was_not_found_names_the_phase_and_the_role(one, desk_first):
    late = (Pin(item="a", phase="p1", deadline=date(2027, 2, 1)),)
    opens = (Phase(id="p1", name="One", not_before=date(2027, 3, 1)),)
    (told,) = infeasible(replace(one, phases=opens, pins=late), desk_first)
    assert told.message.startswith("no roadmap was found")
    assert "phase p1 may not begin before 2027-03-01" in told.message
    roles = tuple(
        replace(r, fte=0.0, changes=(CapacityChange(since=date(2027, 3, 1), fte=0.4),)) if r.id == "trainer" else r
        for r in one.roles
    )
    (told,) = infeasible(replace(one, roles=roles, pins=(Pin(item="a", deadline=date(2027, 2, 20)),)), desk_first)
    assert "trainer has only 0 from 2027-01-04 to 2027-02-26" in told.message
    assert told.days == 20


def test_phases_ordered_by_due_date_are_still_called_after_what_they_hold(desk, desk_first):
    """The way that is tried second looks at dates only; the names still come from what the strategy wants."""
    dividing = Dividing(Problem(desk), desk_first, 3, 0, by_date=True)
    phases = dividing.named(dividing.best())
    assert len(phases) == 3
    assert not all(phase.name.startswith("One front door") for phase in phases)


def test_contradicting_pins_are_named(desk, desk_first):
    phases = (Phase(id="p1", name="One"), Phase(id="p2", name="Two"))
    pins = (Pin(item="service-desk@2", phase="p2"), Pin(item="incident@2", phase="p1"))
    (conflict,) = infeasible(replace(desk, phases=phases, pins=pins), desk_first)
    assert conflict.rule == "pin"
    assert set(conflict.items) == {"service-desk@2", "incident@2"}


def test_a_role_that_leaves_for_good_is_named(desk, desk_first):
    roles = tuple(
        replace(r, changes=(CapacityChange(since=date(2027, 2, 1), fte=0.0),)) if r.id == "trainer" else r
        for r in desk.roles
    )
    (conflict,) = infeasible(replace(desk, roles=roles), desk_first)
    assert conflict.rule == "capacity"
    assert "trainer" in conflict.message


def test_a_circle_is_refused(desk, desk_first):
    circle = (Dependency(item="change@2", needs="config@2"), Dependency(item="config@2", needs="change@2"))
    (conflict,) = infeasible(replace(desk, dependencies=desk.dependencies + circle), desk_first)
    assert conflict.rule == "cycle"


def test_needed_work_that_nobody_plans_is_named(desk, desk_first):
    rest = tuple(p for p in desk.packages if p.capability != "problem@2")
    (conflict,) = infeasible(replace(desk, packages=rest), desk_first)
    assert conflict.items == ("problem@2",)
    assert "incident@3" in conflict.message


def test_nothing_to_plan(desk, desk_first, catalogue):
    still = tuple(replace(p, target=p.baseline) for p in desk.processes)
    idle = replace(desk, processes=still, engagement=replace(desk.engagement, programme=()))
    (conflict,) = infeasible(materialise(idle, catalogue), desk_first)
    assert conflict.rule == "coverage"


def test_fewer_phases_than_are_pinned_to(desk, desk_first):
    phases = tuple(Phase(id=f"p{n}", name=f"Phase {n}", source="proposed") for n in (1, 2, 3))
    project = replace(desk, phases=phases, pins=(Pin(item="change@2", phase="p3"),))
    (conflict,) = infeasible(project, desk_first, phases=2)
    assert conflict.items == ("p3",)


def test_entangled_capabilities_are_placed_together(desk, desk_first):
    """A package of change needs one of config and the other way round: no circle of packages, one of capabilities."""
    knot = (
        Dependency(item="change-2-tech", needs="config-2-process"),
        Dependency(item="config-2-tech", needs="change-2-process"),
    )
    project = replace(desk, dependencies=desk.dependencies + knot)
    proposal = propose(project, desk_first)
    assert verify(project, proposal.roadmap, proposal.phases) == ()
    assert phase_of(project, proposal.roadmap, "change@2") == phase_of(project, proposal.roadmap, "config@2")


def test_lag_and_the_other_three_link_types(desk, desk_first):
    links = (
        Dependency(item="request@2", needs="catalogue@2", type="start-start", lag=10),
        Dependency(item="reporting@2", needs="slm@2", type="finish-finish", lag=5),
        Dependency(item="knowledge-2-process", needs="change-2-process", type="start-finish", lag=3),
        Dependency(item="improvement@2", needs="sms@2", lag=20),
    )
    project = replace(desk, dependencies=desk.dependencies + links)
    proposal = propose(project, desk_first, phases=1)
    r = proposal.roadmap
    count = project.calendar.count
    assert count(start_of(project, r, "catalogue@2"), start_of(project, r, "request@2")) >= 11
    assert count(finish_of(project, r, "slm@2"), finish_of(project, r, "reporting@2")) >= 6
    assert count(start_of(project, r, "change-2-process"), finish_of(project, r, "knowledge-2-process")) >= 4
    assert count(finish_of(project, r, "sms@2"), start_of(project, r, "improvement@2")) >= 22


def test_metrics_say_what_the_dates_say(desk, desk_first):
    proposal = propose(desk, desk_first)
    finishes = [finish_of(desk, proposal.roadmap, item) for item in desk.capabilities]
    assert proposal.metrics.days_to_first_value == (min(finishes) - desk.engagement.start).days + 1
    assert proposal.metrics.maturity_by_phase[proposal.phases[-1].id]["incident"] == 3
    assert 0 < max(proposal.metrics.peak_load.values()) <= 1.0001


def test_all_processes_from_1_to_3_in_one_plan(desk, desk_first, catalogue):
    one, three = Fixed(dict.fromkeys(DIMENSIONS, 1)), Fixed(dict.fromkeys(DIMENSIONS, 3))
    whole = materialise(
        replace(desk, processes=tuple(replace(p, baseline=one, target=three) for p in desk.processes)), catalogue
    )
    assert len(whole.capabilities) == 54
    assert len(whole.packages) > 200
    proposal = propose(whole, desk_first)
    assert verify(whole, proposal.roadmap, proposal.phases) == ()


@pytest.mark.parametrize("strategy", ["service-desk-first", "pain-driven"])
def test_the_order_of_entries_in_the_file_changes_nothing(catalogue, strategy):
    """Every table back to front: the same dates, phases and figures."""
    template = catalogue.engagement_by_id["pain-rescue"]
    project = start(template, catalogue, begin=date(2027, 1, 4), size="medium")
    tables = ("roles", "processes", "packages", "dependencies", "pins", "pains", "milestones", "indicators")
    turned = replace(project, **{table: tuple(reversed(getattr(project, table))) for table in tables})
    efforts = [Fixed(dict(reversed(list(package.effort.items())))) for package in turned.packages]
    packages = tuple(replace(p, effort=effort) for p, effort in zip(turned.packages, efforts, strict=True))
    turned = replace(turned, packages=packages)
    one, other = (propose(plan, catalogue.strategy_by_id[strategy]) for plan in (project, turned))
    assert other.roadmap.packages == one.roadmap.packages
    assert other.objective == one.objective
    assert other.phases == one.phases
