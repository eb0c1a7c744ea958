"""Whoever is put on whichever track: the work is in order, not too early, repeatable, and within the cohorts."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.catalog.load import load
from planner.edit.materialise import materialise
from planner.edit.roadmap import adopt
from planner.edit.start import start
from planner.edit.track_work import made
from planner.graph.courses import courses
from planner.graph.order import cyclic
from planner.model.calendar import Role
from planner.model.people import Enrolment, Post, TrackSetting
from planner.model.project import Engagement, Project
from planner.model.rules import problems
from planner.model.values import Fixed
from planner.rollout.propose import propose
from planner.rollout.verify import verify

CATALOGUE = load()
BEGIN = date(2027, 1, 4)
KINDS = [(track, level.id) for track in CATALOGUE.tracks for level in track.levels]
RELAXED = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def enrolments(draw: st.DrawFn, most: int = 30, span: int = 200, resits: int = 6) -> tuple[Enrolment, ...]:
    found = []
    for number in range(draw(st.integers(0, most))):
        track, level = draw(st.sampled_from(KINDS))
        found.append(
            Enrolment(
                id=f"e{number}",
                track=track.id,
                level=draw(st.sampled_from([level, ""])) if len(track.levels) == 1 else level,
                holder=draw(st.sampled_from(["head", "Ann", "Bo"])),
                begin=BEGIN + timedelta(days=draw(st.integers(-60, span))),
                resits=draw(st.integers(0, resits)),
                side=draw(st.booleans()),
            )
        )
    return tuple(found)


@st.composite
def plans(draw: st.DrawFn) -> Project:
    lengths = st.tuples(st.none() | st.integers(1, 4), st.none() | st.integers(1, 12))
    fitting = lengths.filter(lambda pair: not all(pair) or pair[1] < 12 * pair[0])
    settings = [
        TrackSetting(
            track=track.id,
            **dict(zip(("valid_years", "renewal_lead_months"), draw(fitting), strict=True)),
            paid_share=Fixed({level.id: draw(st.floats(0, 1)) for level in track.levels}),
            cost=Fixed({level.id: draw(st.integers(0, 90_000)) for level in track.levels}),
        )
        for track in CATALOGUE.tracks
    ]
    return Project(
        engagement=Engagement(name="Plan", start=BEGIN),
        roles=(Role(id="process-owner", name="Process owner", fte=draw(st.sampled_from([0.0, 0.1, 0.5, 2.0]))),),
        posts=(Post(id="head", name="Head of IT", roles=("process-owner",)),),
        tracks=tuple(settings),
        enrolments=draw(enrolments()),
    )


@RELAXED
@given(plans())
def test_steps_follow_each_other_and_begin_when_they_may(project: Project) -> None:
    built = made(project, CATALOGUE)
    packages = {package.id: package for package in built.packages}
    pins = {pin.item: pin for pin in built.pins}
    waits = {link.item: link.needs for link in built.dependencies}
    assert len(packages) == len(built.packages)
    found = courses(project, CATALOGUE)
    assert [course.enrolment for course in found] == [*project.enrolments]
    for course in found:
        ids = [step.id for step in course.steps]
        assert all(item.startswith(f"{course.enrolment.id}-") for item in ids)
        first, *rest = ids
        assert packages[first].after == ()
        for before, item in zip(ids, rest, strict=False):
            assert packages[item].after == (before,) or waits[item] == before
        for item in ids:
            if pin := pins.get(item):
                assert pin.not_before is not None
                assert pin.not_before >= max(course.enrolment.begin, BEGIN)
        assert first in pins
        months = course.terms.track.intake_months
        assert not months or course.begin.month in months
    assert {item for course in found for item in (step.id for step in course.steps)} == {*packages}


@RELAXED
@given(plans(), st.integers(1, 3))
def test_no_intake_takes_more_than_its_cohort(project: Project, cohort: int) -> None:
    small = replace(CATALOGUE, tracks=tuple(replace(track, cohort=cohort) for track in CATALOGUE.tracks))
    taken: Counter[tuple[str, str, int, int]] = Counter()
    for course in courses(project, small):
        kind = (course.terms.track.id, course.level.id)
        if course.full:
            assert course.begin > course.full >= course.enrolment.begin
            assert taken[*kind, course.full.year, course.full.month] == cohort, "those before it took all places"
        taken[*kind, course.begin.year, course.begin.month] += 1
    assert all(count <= cohort for count in taken.values())


@RELAXED
@given(plans())
def test_exams_are_as_many_as_failures_and_one(project: Project) -> None:
    for course in courses(project, CATALOGUE):
        track, failed = course.terms.track, course.enrolment.resits
        *_others, exam = [step for step in track.steps if step.repeats]
        assert sum(step.known.id == exam.id for step in course.steps) == failed + 1
        again = failed // (track.resits + 1)
        for repeated in (step for step in track.steps if step.repeats and step.id != exam.id):
            assert sum(step.known.id == repeated.id for step in course.steps) == again + 1
        assert sum(step.resit for step in course.steps) == failed - again
        assert course.steps[-1].known.id == track.steps[-1].id


@RELAXED
@given(plans())
def test_the_company_pays_its_share_of_every_time(project: Project) -> None:
    built = made(project, CATALOGUE)
    for course in courses(project, CATALOGUE):
        paid = sum(p.cost for p in built.packages if p.id.startswith(f"{course.enrolment.id}-"))
        assert abs(paid - course.cost * course.terms.paid_share(course.level)) < 0.01 * len(course.steps)
        assert paid <= course.cost + 0.01 * len(course.steps)


@settings(RELAXED, max_examples=8)
@given(plans())
def test_a_plan_with_them_is_one_that_a_file_can_hold(project: Project) -> None:
    built = materialise(project, CATALOGUE)
    assert not problems(built)
    assert not cyclic(built)
    assert materialise(built, CATALOGUE) == built
    assert materialise(project, CATALOGUE) == built
    assert (
        materialise(replace(built, enrolments=()), CATALOGUE).packages
        == materialise(replace(project, enrolments=()), CATALOGUE).packages
    )


@settings(RELAXED, max_examples=5)
@given(enrolments(most=4, span=120, resits=2))
def test_a_real_plan_with_them_is_proposed_and_verified(entered: tuple[Enrolment, ...]) -> None:
    template = CATALOGUE.engagement_by_id["desk-first"]
    desk = start(template, CATALOGUE, begin=BEGIN)
    project = materialise(replace(desk, enrolments=entered), CATALOGUE)
    proposal = propose(project, CATALOGUE.strategy_by_id[template.strategy])
    assert verify(project, proposal.roadmap, proposal.phases) == ()
    placed = proposal.roadmap.packages
    for course in courses(project, CATALOGUE):
        days = [placed[step.id] for step in course.steps]
        assert days[0].start >= max(course.begin, BEGIN)
        assert all(before.finish < after.start for before, after in pairwise(days))
    adopted = adopt(project, proposal.roadmap, proposal.phases)
    assert materialise(adopted, CATALOGUE) == adopted
