"""Which gate comes next, going by what the plan says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.assessment.next_gate import next_gate
from planner.model.calendar import Role
from planner.model.project import Engagement, Phase, Placement, Progress, Project, Roadmap, WorkPackage
from planner.model.values import Duration, Effort, Fixed

START = date(2027, 1, 4)


@pytest.fixture
def plan() -> Project:
    """Two phases of two packages each: the first ends on 1 February, the second on 1 March."""
    places = {
        "a": Placement(phase="one", start=START, finish=date(2027, 1, 20)),
        "b": Placement(phase="one", start=START, finish=date(2027, 2, 1)),
        "c": Placement(phase="two", start=date(2027, 2, 2), finish=date(2027, 3, 1)),
    }
    packages = tuple(
        WorkPackage(
            id=ident,
            name=ident,
            workstream="process",
            days=Duration(5, 5, 5),
            effort=Fixed({"lead": Effort(1, 1, 1)}),
        )
        for ident in (*places, "unplaced")
    )
    return Project(
        engagement=Engagement(name="Plan", start=START),
        roles=(Role(id="lead", name="Lead", fte=1),),
        packages=packages,
        phases=(Phase(id="one", name="One"), Phase(id="two", name="Two"), Phase(id="three", name="Empty")),
        roadmap=Roadmap(strategy="s", packages=Fixed(places)),
    )


def told(plan: Project) -> tuple[str, date] | None:
    gate = next_gate(plan)
    return (gate.phase.id, gate.day) if gate else None


def done(*packages: str) -> tuple[Progress, ...]:
    return tuple(Progress(package=ident, start=START, finish=START + timedelta(days=1)) for ident in packages)


def test_the_first_phase_ends_next(plan: Project) -> None:
    assert told(plan) == ("one", date(2027, 2, 1))


def test_a_phase_whose_work_is_done_is_passed(plan: Project) -> None:
    assert told(replace(plan, progress=done("a"))) == ("one", date(2027, 2, 1))
    assert told(replace(plan, progress=done("a", "b"))) == ("two", date(2027, 3, 1))
    assert told(replace(plan, progress=done("a", "b", "c"))) is None


def test_gates_up_to_the_day_of_the_progress_are_passed(plan: Project) -> None:
    later = replace(plan.engagement, as_of=date(2027, 2, 1))
    assert told(replace(plan, engagement=later)) == ("two", date(2027, 3, 1))
    assert told(replace(plan, engagement=replace(later, as_of=date(2027, 3, 1)))) is None


def test_without_a_roadmap_there_is_no_gate(plan: Project) -> None:
    assert told(replace(plan, roadmap=None)) is None
