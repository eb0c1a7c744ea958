"""Answers given, taken in and taken back, and the levels that follow from them."""

from dataclasses import replace
from datetime import date

import pytest

from planner.edit.answers import clear_by_hand, give_answer, remove_answer, take_answers
from planner.edit.refused import Refused
from planner.edit.scope import set_baseline
from planner.model.answers import Answer, AnswerSheet, HandLevel, Reply
from planner.model.knowledge import Catalogue
from planner.model.project import ProcessScope, Project
from planner.model.rating import profile_of
from planner.model.values import Fixed


def level_codes(project: Project, catalogue: Catalogue, dimension: str, *levels: int) -> list[str]:
    profile = profile_of(project, catalogue)
    assert profile
    return [c.code for c in profile.criteria if c.dimension == dimension and c.level in levels]


def replied(
    project: Project, catalogue: Catalogue, codes: list[str], reply: Reply, process: str = "demand", who: str = "Li"
) -> Project:
    for code in codes:
        project = give_answer(project, catalogue, process, who, Answer(criterion=code, reply=reply))
    return project


def demand(project: Project) -> ProcessScope:
    return project.process_by_id["demand"]


def test_an_answer_is_kept_as_it_was_given(desk: Project, catalogue: Catalogue) -> None:
    answer = Answer(
        criterion="P2.1", reply="partly", evidence="org chart", quality="seen", via="document", day=date(2027, 1, 5)
    )
    after = give_answer(desk, catalogue, "demand", "Li", answer)
    assert after.answer_sheets == (AnswerSheet(process="demand", assessor="Li", answers=(answer,)),)


def test_a_second_answer_of_the_same_assessor_replaces_the_first(desk: Project, catalogue: Catalogue) -> None:
    after = replied(replied(desk, catalogue, ["P2.1", "P2.2"], "yes"), catalogue, ["P2.1"], "no")
    (sheet,) = after.answer_sheets
    assert [(answer.criterion, answer.reply) for answer in sheet.answers] == [("P2.1", "no"), ("P2.2", "yes")]
    both = replied(after, catalogue, ["P2.1"], "yes", who="Wang")
    assert [sheet.assessor for sheet in both.answer_sheets] == ["Li", "Wang"]


def test_the_baseline_follows_the_answers_and_the_work_follows_the_baseline(
    desk: Project, catalogue: Catalogue
) -> None:
    before = desk.process_by_id["catalogue"]
    assert (before.baseline["people"], before.target["people"], before.by_hand) == (1, 2, Fixed())
    assert "catalogue-2-people" in desk.package_by_id
    after = replied(desk, catalogue, level_codes(desk, catalogue, "people", 2), "yes", process="catalogue")
    assert after.process_by_id["catalogue"].baseline["people"] == 2
    assert "catalogue-2-people" not in after.package_by_id


def test_a_level_above_the_target_lifts_the_target(desk: Project, catalogue: Catalogue) -> None:
    after = replied(desk, catalogue, level_codes(desk, catalogue, "tech", 2, 3), "yes")
    assert (demand(after).baseline["tech"], demand(after).target["tech"]) == (3, 3)


def test_while_questions_are_open_nothing_moves_that_the_answers_do_not_compel(
    desk: Project, catalogue: Catalogue
) -> None:
    """One yes could mean level 1 to 5: neither a target rises for it nor a level falls."""
    first, *rest = level_codes(desk, catalogue, "people", 2)
    once = replied(desk, catalogue, [first], "yes")
    assert demand(once) == demand(desk)
    refuted = replied(once, catalogue, rest, "no")
    assert demand(refuted) == demand(desk)
    higher = set_baseline(desk, catalogue, "demand", "people", 2, "seen")
    higher = replace(
        higher, processes=tuple(replace(p, by_hand=Fixed()) if p.id == "demand" else p for p in higher.processes)
    )
    assert demand(replied(higher, catalogue, [first], "yes")).baseline["people"] == 2
    assert demand(replied(higher, catalogue, [first, *rest], "no")).baseline["people"] == 1


def test_a_level_set_by_hand_is_left_alone_until_it_is_given_up(desk: Project, catalogue: Catalogue) -> None:
    held = set_baseline(desk, catalogue, "demand", "people", 3, "audited last year")
    answered = replied(held, catalogue, level_codes(desk, catalogue, "people", 2, 3, 4, 5), "no")
    assert demand(answered).baseline["people"] == 3
    back = clear_by_hand(answered, catalogue, "demand", "people")
    assert (demand(back).baseline["people"], demand(back).by_hand) == (1, {})
    assert clear_by_hand(back, catalogue, "demand", "people") is back
    with pytest.raises(Refused, match="demand: nothing is answered on people - answer something first"):
        clear_by_hand(held, catalogue, "demand", "people")


def test_what_a_template_takes_for_typical_gives_way_to_answers(desk: Project, catalogue: Catalogue) -> None:
    assert desk.process_by_id["security"].baseline["people"] == 2
    after = replied(desk, catalogue, level_codes(desk, catalogue, "people", 2), "no", process="security")
    security = after.process_by_id["security"]
    assert (security.baseline["people"], security.by_hand) == (1, {})


def test_an_answer_taken_back(desk: Project, catalogue: Catalogue) -> None:
    after = replied(desk, catalogue, ["P2.1", "P2.2"], "yes")
    once = remove_answer(after, catalogue, "demand", "Li", "P2.1")
    assert [answer.criterion for answer in once.answer_sheets[0].answers] == ["P2.2"]
    assert remove_answer(once, catalogue, "demand", "Li", "P2.2").answer_sheets == ()
    with pytest.raises(Refused, match=r"Wang has not answered P2\.1 for demand"):
        remove_answer(after, catalogue, "demand", "Wang", "P2.1")


def test_answers_to_nothing_are_refused(desk: Project, catalogue: Catalogue) -> None:
    yes = Answer(criterion="P2.1", reply="yes")
    with pytest.raises(Refused, match="there is no process 'demnd'"):
        give_answer(desk, catalogue, "demnd", "Li", yes)
    with pytest.raises(Refused, match=r"three-dimensions has no criterion 'P2\.9' for demand - did you mean 'P2"):
        give_answer(desk, catalogue, "demand", "Li", replace(yes, criterion="P2.9"))
    with pytest.raises(Refused, match="an answer needs an assessor"):
        give_answer(desk, catalogue, "demand", " ", yes)


def test_many_answers_and_levels_come_in_at_once_or_not_at_all(desk: Project, catalogue: Catalogue) -> None:
    sheet = AnswerSheet(process="demand", assessor="Li", answers=(Answer(criterion="P2.1", reply="yes"),))
    level = HandLevel(process="demand", dimension="tech", level=3, reason="tool shown")
    after = take_answers(desk, catalogue, [sheet], [level])
    assert (demand(after).baseline["tech"], demand(after).target["tech"]) == (3, 3)
    assert demand(after).by_hand == {"tech": "tool shown"}
    with pytest.raises(Refused):
        take_answers(desk, catalogue, [sheet], [replace(level, dimension="culture")])
