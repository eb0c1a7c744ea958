"""Another questionnaire: its dimensions come into the plan, levels are carried over, answers are not lost unasked."""

from dataclasses import replace

import pytest

from planner.edit.answers import carried_over, give_answer, set_profile
from planner.edit.refused import Refused
from planner.model.answers import Answer
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.rating import profile_of, scores
from planner.store.load import parse
from planner.store.save import dumps


@pytest.fixture
def five(desk: Project, catalogue: Catalogue) -> Project:
    return set_profile(desk, catalogue, "five-dimensions")


def test_the_plan_has_the_five_dimensions(five: Project, catalogue: Catalogue) -> None:
    assert five.dimension_ids == ("vision", "people", "process", "tools", "culture")
    assert five.lifted_by("people") == ("vision", "people", "culture")
    profile = profile_of(five, catalogue)
    assert profile
    assert profile.id == "five-dimensions"
    assert parse(dumps(five), "five") == five


def test_a_dimension_takes_the_level_of_its_workstream(five: Project, desk: Project) -> None:
    before, after = desk.process_by_id["incident"], five.process_by_id["incident"]
    assert (before.baseline["people"], before.baseline["process"], before.baseline["tech"]) == (2, 1, 2)
    assert dict(after.baseline) == {"vision": 2, "people": 2, "process": 1, "tools": 2, "culture": 2}
    assert dict(after.target) == dict.fromkeys(five.dimension_ids, 3)


def test_the_level_of_every_process_and_its_work_stay(five: Project, desk: Project, catalogue: Catalogue) -> None:
    assert [(p.level, p.target_level) for p in five.processes] == [(p.level, p.target_level) for p in desk.processes]
    assert set(five.package_by_id) == set(desk.package_by_id)


def test_the_way_back_takes_the_weakest(five: Project, desk: Project, catalogue: Catalogue) -> None:
    assert carried_over(five, next(p for p in catalogue.profiles if p.id == "three-dimensions")) == {
        "people": ("vision", "people", "culture"),
        "process": ("process",),
        "tech": ("tools",),
    }
    weak = replace(
        five,
        processes=tuple(replace(p, baseline=p.baseline.with_item("culture", 1)) for p in five.processes),
    )
    back = set_profile(weak, catalogue, "three-dimensions")
    assert (back.dimensions, back.engagement.profile) == ((), "")
    assert back.process_by_id["incident"].baseline == {"people": 1, "process": 1, "tech": 2}
    assert set_profile(five, catalogue, "three-dimensions").processes == desk.processes


def test_five_dimensions_are_scored_by_their_own_statements(five: Project, catalogue: Catalogue) -> None:
    after = five
    for code in ("PMF-C2", "PMF-C3", "PMF-C4"):
        after = give_answer(after, catalogue, "demand", "Li", Answer(criterion=code, reply="yes"))
    found = scores(after, catalogue, "demand")["culture"]
    assert (found.level, found.lowest, found.highest) == (4, 4, 5)
    assert after.process_by_id["demand"].baseline["culture"] == 4


def test_answers_are_not_lost_unasked(desk: Project, catalogue: Catalogue) -> None:
    answered = give_answer(desk, catalogue, "demand", "Li", Answer(criterion="P2.1", reply="yes"))
    with pytest.raises(Refused, match="1 answer is to a question that five-dimensions does not ask"):
        set_profile(answered, catalogue, "five-dimensions")
    assert set_profile(answered, catalogue, "five-dimensions", drop_answers=True).answer_sheets == ()


def test_unknown_and_unchanged(desk: Project, catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="there is no questionnaire 'five-dimension' - did you mean 'five-dimensions'"):
        set_profile(desk, catalogue, "five-dimension")
    assert set_profile(desk, catalogue, "three-dimensions") is desk


def test_of_two_questionnaires_with_the_same_dimensions_the_plan_names_the_second(
    desk: Project, catalogue: Catalogue
) -> None:
    usual = profile_of(desk, catalogue)
    assert usual
    own = replace(usual, id="zz-own", criteria=tuple(replace(c, code=f"Z{c.code}") for c in usual.criteria))
    both = replace(catalogue, profiles=(*catalogue.profiles, own))
    after = set_profile(desk, both, "zz-own")
    assert (after.dimensions, after.engagement.profile, profile_of(after, both)) == ((), "zz-own", own)
    assert set_profile(after, both, usual.id).engagement.profile == ""
