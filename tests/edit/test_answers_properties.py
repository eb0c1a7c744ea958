"""Whatever is answered, ticked and raised: the plan stays whole, and its levels are none the answers rule out."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.edit.answers import clear_by_hand, give_answer, remove_answer, set_profile
from planner.edit.materialise import materialise
from planner.edit.pains import apply_pain_targets, tick, untick
from planner.edit.refused import Refused
from planner.edit.scope import set_baseline
from planner.model.answers import REPLIES, Answer
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.rating import profile_of, scores
from planner.store.load import parse
from planner.store.save import dumps

PROCESSES = st.sampled_from(("incident", "demand"))
ASSESSORS = st.sampled_from(("Li", "Wang"))
Edit = Callable[[Project, Catalogue, st.DataObject], Project]


def criterion(project: Project, catalogue: Catalogue, data: st.DataObject) -> str:
    profile = profile_of(project, catalogue)
    assert profile
    return data.draw(st.sampled_from([c.code for c in profile.criteria if c.level <= 3]))


def dimension(project: Project, data: st.DataObject) -> str:
    return data.draw(st.sampled_from(project.dimension_ids))


def answered(p: Project, c: Catalogue, d: st.DataObject) -> Project:
    answer = Answer(criterion=criterion(p, c, d), reply=d.draw(st.sampled_from(REPLIES)))
    return give_answer(p, c, d.draw(PROCESSES), d.draw(ASSESSORS), answer)


def level_answered(p: Project, c: Catalogue, d: st.DataObject) -> Project:
    """A whole level of a dimension with one reply."""
    profile, wanted, level = profile_of(p, c), dimension(p, d), d.draw(st.integers(2, 5))
    process, reply = d.draw(PROCESSES), d.draw(st.sampled_from(REPLIES))
    assert profile
    for code in (c.code for c in profile.criteria if (c.dimension, c.level) == (wanted, level)):
        p = give_answer(p, c, process, "Li", Answer(criterion=code, reply=reply))
    return p


EDITS: dict[str, Edit] = {
    "answer": answered,
    "answer a level": level_answered,
    "take back": lambda p, c, d: remove_answer(p, c, d.draw(PROCESSES), d.draw(ASSESSORS), criterion(p, c, d)),
    "by hand": lambda p, c, d: set_baseline(
        p, c, d.draw(PROCESSES), dimension(p, d), d.draw(st.integers(1, 5)), "seen"
    ),
    "give up": lambda p, c, d: clear_by_hand(p, c, d.draw(PROCESSES), dimension(p, d)),
    "profile": lambda p, c, d: set_profile(
        p, c, d.draw(st.sampled_from([q.id for q in c.profiles])), drop_answers=d.draw(st.booleans())
    ),
    "tick": lambda p, c, d: tick(p, c, d.draw(st.sampled_from([q.id for q in c.pains])), d.draw(st.integers(1, 3))),
    "untick": lambda p, c, d: untick(p, d.draw(st.sampled_from([q.id for q in c.pains]))),
    "raise": lambda p, c, d: apply_pain_targets(p, c),
}


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_the_plan_stays_whole(data: st.DataObject, desk: Project, catalogue: Catalogue) -> None:
    project = desk
    for name in data.draw(st.lists(st.sampled_from(sorted(EDITS)), max_size=10)):
        before = project
        try:
            project = EDITS[name](project, catalogue, data)
        except Refused:
            continue
        if name in ("tick", "untick", "raise"):
            assert all(
                new.target[d] >= old.target[d]
                for old, new in zip(before.processes, project.processes, strict=False)
                for d in project.dimension_ids
            )
    for process in project.processes:
        for ident, score in scores(project, catalogue, process.id).items():
            if score.scored and ident not in process.by_hand:
                assert score.lowest <= process.baseline[ident] <= score.highest
    assert materialise(project, catalogue) == project
    assert parse(dumps(project), "plan", set(catalogue.process_by_id)) == project
