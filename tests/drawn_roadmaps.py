"""Plans with packages anywhere in the calendar, begun and done: what a format must carry, sense or nonsense."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume
from hypothesis import strategies as st
from random_plans import BEGIN, CATALOGUE, plans

from planner.edit.roadmap import adopt
from planner.model.project import Baseline, Phase, Placement, Planned, Progress, Project, Roadmap
from planner.model.rules import problems
from planner.model.values import Fixed
from planner.rollout.propose import propose
from planner.rollout.result import Infeasible
from planner.text.clean import one_line

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]) | st.just(" "), max_size=30).map(
    one_line
)
"""Text on one line as a plan holds it, in any writing."""


@st.composite
def drawn(draw: st.DrawFn) -> Project:
    """A plan whose roadmap may break whatever it likes, with progress, a baseline and texts of every kind."""
    plan = draw(plans())
    assume(plan.packages)
    phases = plan.phases or (Phase(id="p1", name="Only"),)
    phases = tuple(
        replace(phase, name=draw(TEXTS) or "P", goal=draw(TEXTS), exit_criteria=draw(st.tuples(TEXTS.filter(bool))))
        for phase in phases
    )
    ids = [phase.id for phase in phases]
    placed = {}
    for package in plan.packages:
        if draw(st.integers(0, 9)):
            start = plan.calendar.next_working(BEGIN + timedelta(days=draw(st.integers(0, 300))))
            finish = plan.calendar.finish(start, package.days.likely)
            placed[package.id] = Placement(phase=draw(st.sampled_from(ids)), start=start, finish=finish)
    assume(placed)
    packages = tuple(
        replace(package, name=draw(TEXTS) or "W", note=draw(TEXTS)) if draw(st.booleans()) else package
        for package in plan.packages
    )
    plan = replace(plan, packages=packages, phases=phases, roadmap=Roadmap(packages=Fixed(placed), status="edited"))
    if draw(st.booleans()):
        plan = _under_way(plan, BEGIN + timedelta(days=draw(st.integers(20, 200))), draw)
    if draw(st.booleans()):
        kept = {
            item: Planned(start=place.start, finish=place.finish, days=3, effort=draw(st.integers(0, 90)) / 4)
            for item, place in placed.items()
        }
        plan = replace(plan, baselines=(Baseline(id="b", name="Agreed", taken=BEGIN, packages=Fixed(kept)),))
    assume(not problems(plan))
    return plan


def _under_way(plan: Project, as_of: date, draw: st.DrawFn) -> Project:
    assert plan.roadmap
    told = [
        Progress(
            package=item,
            start=place.start,
            finish=place.finish if place.finish <= as_of else None,
            remaining=draw(st.none() | st.integers(1, 20)) if place.finish > as_of else None,
        )
        for item, place in plan.roadmap.packages.items()
        if place.start <= as_of
    ]
    return replace(plan, engagement=replace(plan.engagement, as_of=as_of), progress=tuple(told))


@st.composite
def with_roadmap(draw: st.DrawFn) -> Project:
    """A plan with a roadmap that keeps everything."""
    plan = draw(plans())
    try:
        proposal = propose(plan, CATALOGUE.strategies[0])
    except Infeasible:
        assume(False)
    return adopt(plan, proposal.roadmap, proposal.phases)
