"""What to lift first, and how far the assessment has come."""

from dataclasses import replace

from planner.assessment.priority import priorities
from planner.assessment.progress import Answering, answering, together
from planner.assessment.ranking import ranked
from planner.edit.answers import give_answer
from planner.edit.scope import change_process
from planner.model.answers import Answer
from planner.model.knowledge import Catalogue
from planner.model.project import Project


def test_the_order_is_by_priority_then_what_waits_then_less_work(desk: Project, catalogue: Catalogue) -> None:
    found = ranked(replace(desk, pains=()), catalogue)
    asked = [one for one in found if one.priority]
    assert {one.process for one in asked} == {one.process for one in priorities(desk, catalogue)}
    keys = [(-one.value, -len(one.waiting), one.days) for one in asked]
    assert keys == sorted(keys)
    assert len({one.value for one in asked}) < len(asked), "some are equal, so that the rest decides"


def test_what_is_only_pulled_in_comes_last_and_says_by_what(desk: Project, catalogue: Catalogue) -> None:
    *_others, last = ranked(desk, catalogue)
    assert (last.process, last.priority, last.pulled_by) == ("problem", None, "incident@3")
    assert last.value == 0
    assert "incident" in last.waiting
    assert last.days == sum(p.person_days for p in desk.packages if p.capability.startswith("problem@"))


def test_waiting_goes_through_others_and_never_to_itself(desk: Project, catalogue: Catalogue) -> None:
    """Incident management needs Problem management; what needs Incident management waits for both."""
    waiting = {one.process: set(one.waiting) for one in ranked(desk, catalogue)}
    assert waiting["incident"] - {"problem"} <= waiting["problem"]
    assert all(process not in others for process, others in waiting.items())


def test_importance_lifts_a_process_in_the_order(desk: Project, catalogue: Catalogue) -> None:
    vital = change_process(replace(desk, pains=()), "slm", importance=5)
    place = [one.process for one in ranked(vital, catalogue)].index("slm")
    assert place < [one.process for one in ranked(replace(desk, pains=()), catalogue)].index("slm")


def test_answers_count_once_and_disputes_by_dimension(desk: Project, catalogue: Catalogue) -> None:
    """A symptom counts for nothing; two assessors who agree are no dispute."""
    project = desk
    for assessor, replies in (("Ann", ("yes", "no", "yes")), ("Bo", ("yes", "yes", "yes"))):
        for code, reply in zip(("P2.1", "P2.2", "P1.1"), replies, strict=True):
            project = give_answer(project, catalogue, "incident", assessor, Answer(criterion=code, reply=reply))  # type: ignore[arg-type]
    found = answering(project, catalogue)
    whole = found["incident"]
    assert (whole.answered, whole.differing, whole.disputed) == (2, (("people", 1),), 1)
    assert found["change"] == Answering(0, whole.asked)
    assert together([*found.values()]).answered == 2
    assert together([*found.values()]).asked == sum(one.asked for one in found.values())


def test_without_a_questionnaire_that_fits_nothing_is_asked(desk: Project, catalogue: Catalogue) -> None:
    assert answering(desk, replace(catalogue, profiles=())) == {}
