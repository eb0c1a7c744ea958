"""Telling how far the work is: each edit, what it refuses, and what becomes of it when work goes."""

from dataclasses import replace
from datetime import date

import pytest

from planner.edit.facts import remove_role
from planner.edit.foreign import foreign
from planner.edit.progress import begin, finish_work, forget, set_as_of, set_remaining
from planner.edit.refused import Refused
from planner.edit.scope import set_baseline
from planner.edit.work import remove_package
from planner.model.calendar import Role
from planner.model.knowledge import Catalogue
from planner.model.project import Progress, Project, Scenario
from planner.model.values import Fixed

AS_OF = date(2027, 2, 26)
FIRST = date(2027, 1, 11)


@pytest.fixture
def known(desk: Project) -> Project:
    return set_as_of(desk, AS_OF)


def test_work_is_begun_and_finished(known: Project) -> None:
    project = begin(known, "incident-2-standard", date(2027, 2, 8))
    project = begin(project, "incident-2-process", FIRST)
    assert [told.package for told in project.progress] == ["incident-2-process", "incident-2-standard"], "in plan order"
    project = set_remaining(project, "incident-2-process", 7)
    assert project.progress_of["incident-2-process"] == Progress(package="incident-2-process", start=FIRST, remaining=7)
    done = finish_work(project, "incident-2-process", date(2027, 2, 1))
    assert done.progress_of["incident-2-process"] == Progress(
        package="incident-2-process", start=FIRST, finish=date(2027, 2, 1)
    )
    again = begin(done, "incident-2-process", date(2027, 1, 18))
    assert again.progress_of["incident-2-process"].start == date(2027, 1, 18)
    assert again.progress_of["incident-2-process"].finish == date(2027, 2, 1)
    open_again = set_remaining(again, "incident-2-process", None)
    assert open_again.progress_of["incident-2-process"].finish is None
    assert [told.package for told in forget(again, "incident-2-process").progress] == ["incident-2-standard"]


def test_the_roadmap_stays_as_it_was_adopted(known: Project) -> None:
    assert begin(known, "incident-2-process", FIRST).roadmap is known.roadmap


def test_what_cannot_be_is_refused(desk: Project, known: Project) -> None:
    with pytest.raises(Refused, match="not as of which day"):
        begin(desk, "incident-2-process", FIRST)
    with pytest.raises(Refused, match="did you mean 'incident-2-process'"):
        begin(known, "incident-2-proces", FIRST)
    with pytest.raises(Refused, match="began on 2027-03-01, after the day as of which progress is known"):
        begin(known, "incident-2-process", date(2027, 3, 1))
    with pytest.raises(Refused, match="before the project starts on 2027-01-04"):
        begin(known, "incident-2-process", date(2027, 1, 1))
    with pytest.raises(Refused, match="has not begun - say first"):
        finish_work(known, "incident-2-process", AS_OF)
    with pytest.raises(Refused, match="has not begun - say first"):
        forget(known, "incident-2-process")
    project = begin(known, "incident-2-process", FIRST)
    with pytest.raises(Refused, match="finishes on 2027-01-08, before it starts on 2027-01-11"):
        finish_work(project, "incident-2-process", date(2027, 1, 8))
    with pytest.raises(Refused, match="was finished on 2027-03-01, after"):
        finish_work(project, "incident-2-process", date(2027, 3, 1))
    with pytest.raises(Refused, match="after the day as of which"):
        set_as_of(project, date(2027, 1, 8))
    with pytest.raises(Refused, match="not as of which day"):
        set_as_of(project, None)
    with pytest.raises(Refused, match="remaining"):
        set_remaining(project, "incident-2-process", 0)


def test_what_is_said_of_work_goes_with_it(known: Project, catalogue: Catalogue) -> None:
    item = "incident-2-process"
    project = begin(begin(known, item, FIRST), "incident-2-standard", FIRST)
    soon = Fixed({item: date(2027, 3, 1), "incident@2": date(2027, 4, 1)})
    project = replace(project, scenarios=(Scenario(id="s", name="S", deadlines=soon),))
    gone = remove_package(project, item)
    assert [told.package for told in gone.progress] == ["incident-2-standard"]
    assert dict(gone.scenarios[0].deadlines) == {"incident@2": date(2027, 4, 1)}
    for dimension in gone.dimension_ids:
        gone = set_baseline(gone, catalogue, "incident", dimension, 2, "we have seen it work")
    assert gone.progress == ()


def test_a_role_that_goes_leaves_the_scenarios(desk: Project) -> None:
    spare = replace(desk, roles=(*desk.roles, Role(id="spare", name="Spare", fte=1.0)))
    more = Fixed({"spare": 2.0, desk.roles[0].id: 2.0})
    project = replace(spare, scenarios=(Scenario(id="s", name="S", capacity=more),))
    assert dict(remove_role(project, "spare").scenarios[0].capacity) == {desk.roles[0].id: 2.0}


def test_a_strategy_that_the_templates_lack_is_named(desk: Project, catalogue: Catalogue) -> None:
    project = replace(desk, scenarios=(Scenario(id="s", name="S", strategy="service-desk-frist"),))
    [lack] = foreign(project, catalogue)
    assert (lack.name, lack.advice) == ("service-desk-frist", "did you mean 'service-desk-first'?")
