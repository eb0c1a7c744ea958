"""Reviews come into a plan whole, once, in any order, and no comment is ever lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.edit.conflicts import settle, settle_all
from planner.edit.review import add_comment, resolve
from planner.model.project import Comment, Decision, Project
from planner.model.remarks import Remarks, Settled, mark_of, next_id, problems, series
from planner.model.rules import problems as plan_problems
from planner.review.conflict_words import told as conflict_told
from planner.review.fold import digest_of, fold, fold_all, gathered, told

DAY = date(2027, 2, 1)
PEOPLE = ("Mei Lin", "Jo", "李明")


def review(reviewer: str = "Mei Lin", **parts: object) -> Remarks:
    return Remarks(plan="Example", file="example.toml", reviewer=reviewer, **parts)  # type: ignore[arg-type]


def said(reviewer: str, number: int, text: str = "Why?", reply_to: str = "", made: date = DAY) -> Comment:
    return Comment(id=f"{series(reviewer)}{number}", text=text, made=made, author=reviewer, reply_to=reply_to)


def test_names_become_marks_that_tell_people_apart() -> None:
    assert mark_of("Mei Lin") == mark_of(" mei  lin ") == "mei-lin"
    marks = {mark_of(name) for name in ("李明", "王芳", "Mei Lin!", "Mei Lin", "../../etc/passwd", "", "a" * 300)}
    assert len(marks) == 7
    for mark in marks:
        assert mark.replace("-", "").isalnum()
        assert mark.isascii()
        assert 0 < len(mark) < 50
    assert next_id("r-jo-", ["r-jo-1", "r-jo-7", "r-joy-9", "c4", "r-jo-x"]) == "r-jo-8"


def test_comments_answers_and_settled_threads_come_in(desk: Project) -> None:
    had = add_comment(desk, "Is this needed?", DAY, author="Sponsor")
    remarks = review(
        comments=(said("Mei Lin", 1), said("Mei Lin", 2, "Yes, by the auditor", reply_to="c1")),
        settled=(Settled(comment="c1"),),
        decisions=(Decision(phase="p1", verdict="approved", made=DAY),),
    )
    after = fold(had, remarks)
    assert [(one.id, one.author, one.reply_to, one.resolved) for one in after.comments] == [
        ("c1", "Sponsor", "", True),
        ("r-mei-lin-1", "Mei Lin", "", False),
        ("r-mei-lin-2", "Mei Lin", "c1", False),
    ]
    assert after.decisions == (Decision(phase="p1", verdict="approved", made=DAY, author="Mei Lin"),)
    assert told(had, after)[:2] == ("Mei Lin: 2 comments added", "1 thread resolved")
    assert fold(after, remarks) == after
    assert told(after, after) == ()
    assert gathered(had, after, review()) == replace(remarks, decisions=after.decisions, digest=digest_of(had))
    assert digest_of(after) == digest_of(had) != digest_of(replace(had, packages=()))


def test_what_was_settled_in_the_plan_stays_so_and_what_is_said_anew_comes_in(desk: Project) -> None:
    once = fold(desk, review(comments=(said("Mei Lin", 1),)))
    settled = resolve(once, "r-mei-lin-1")
    assert fold(settled, review(comments=(said("Mei Lin", 1),))) == settled
    again = fold(settled, review(comments=(said("Mei Lin", 1, "Why at all?"),)))
    assert [(one.text, one.resolved) for one in again.comments] == [("Why at all?", True)]
    assert told(settled, again) == ("1 comment says something else now",)
    older = said("Mei Lin", 1, "Old words", made=date(2027, 1, 1))
    assert fold(again, review(comments=(older,))) == again


def test_an_answer_to_what_is_gone_begins_a_thread(desk: Project) -> None:
    after = fold(desk, review(comments=(said("Mei Lin", 1, reply_to="c9"),)))
    assert after.comments[0].reply_to == ""
    circle = (said("Mei Lin", 1, reply_to="r-mei-lin-2"), said("Mei Lin", 2, reply_to="r-mei-lin-1"))
    after = fold(desk, review(comments=circle))
    assert len(after.comments) == 2
    assert plan_problems(after) == []


def test_two_decisions_on_one_gate_are_both_kept(desk: Project) -> None:
    first = fold(desk, review("Jo", decisions=(Decision(phase="p1", verdict="approved", made=DAY),)))
    other = review(decisions=(Decision(phase="p1", verdict="rejected", made=DAY, note="too early"),))
    after = fold(first, other)
    assert after.decisions == first.decisions
    (conflict,) = after.conflicts
    assert (conflict.table, conflict.item, conflict.field) == ("decisions", "p1", "")
    assert 'author = "Jo"' in conflict.ours
    assert 'note = "too early"' in conflict.theirs
    assert "decided differently by two people" in told(first, after)[0]
    assert fold(after, other) == after
    agreed = fold(first, review(decisions=(Decision(phase="p1", verdict="approved", made=DAY),)))
    assert agreed == first
    # What could not be shown is not lost when the review is saved again.
    assert gathered(first, after, other).decisions == other.decisions
    changed = fold(first, review("Jo", decisions=(Decision(phase="p1", verdict="rejected", made=DAY),)))
    assert [one.verdict for one in changed.decisions] == ["rejected"]
    # What the owner has settled stays settled however often the review comes; what was said is still to be read.
    settled = settle(after, conflict.id, "ours")
    assert fold(settled, other) == settled
    (kept,) = settled.comments
    assert (kept.author, kept.item, kept.made, kept.resolved) == ("Mei Lin", "p1", DAY, True)
    assert kept.text == "Decided at the gate: rejected\ntoo early"
    assert settle_all(after, "ours") == settled
    assert gathered(first, settled, other) == replace(other, digest=digest_of(first))
    nobody = settle(after, conflict.id, "base")
    assert (nobody.decisions, fold(nobody, other)) == ((), nobody)
    theirs = settle(after, conflict.id, "theirs")
    assert (theirs.comments, theirs.decisions[0].author, fold(theirs, other)) == ((), "Mei Lin", theirs)
    anew = fold(settled, review(decisions=(Decision(phase="p1", verdict="conditions", made=DAY, note="staff"),)))
    assert "decision: approved with conditions" in conflict_told(anew, anew.conflicts[0]).theirs


def test_a_review_that_cannot_be(desk: Project) -> None:
    """Ids of other people, a file somewhere else, things twice: each is told."""
    stranger = said("Jo", 1)
    bad = review(comments=(stranger, said("Mei Lin", 1), said("Mei Lin", 1, "again")))
    words = [problem.message for problem in problems(replace(bad, file="../x.toml"))]
    assert words == [
        "file is not the plain name of a file",
        "the id 'r-jo-1' is none of this reviewer",
        "comment 'r-mei-lin-1' is there twice",
    ]
    twice = Decision(phase="p1", verdict="approved", made=DAY)
    assert len(problems(review(decisions=(twice, twice)))) == 1
    many = tuple(said("Mei Lin", n) for n in range(1, 2_002))
    assert [problem.message for problem in problems(review(comments=many))] == ["a review has at most 2000 of comments"]


@st.composite
def reviews(draw: st.DrawFn) -> list[Remarks]:
    """One review each of some people, who answer each other, settle threads and decide at the same gates."""
    people = draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3))
    ids = ["c1", "c2", "c77", *(f"{series(one)}{n}" for one in PEOPLE for n in (1, 2, 3))]
    made = st.sampled_from([DAY, date(2027, 3, 1)])
    found = []
    for person in people:
        comments = [
            said(person, n, draw(st.sampled_from(["a", "b"])), draw(st.sampled_from(["", *ids])), draw(made))
            for n in range(1, draw(st.integers(0, 3)) + 1)
        ]
        settled = draw(st.lists(st.builds(Settled, comment=st.sampled_from(ids)), max_size=2))
        decision = st.builds(
            Decision,
            phase=st.just("p1"),
            verdict=st.sampled_from(["approved", "rejected"]),
            made=made,
            note=st.just(""),
        )
        decisions = draw(st.lists(decision, max_size=1))
        found.append(
            review(person, comments=tuple(comments), settled=tuple(settled), decisions=tuple(decisions)),
        )
    return found


@given(reviews())
@settings(max_examples=40, deadline=None)
def test_any_order_the_same_plan_twice_nothing_more_nothing_lost(desk: Project, several: Sequence[Remarks]) -> None:
    had = add_comment(add_comment(desk, "One", DAY, author="Jo"), "Two", DAY)
    after = fold_all(had, several)
    assert all(fold_all(had, order) == after for order in permutations(several))
    assert fold_all(after, several) == after
    assert {one.id for one in after.comments} == {"c1", "c2"} | {c.id for one in several for c in one.comments}
    assert plan_problems(after) == []
    kept = {one.author for one in after.decisions}
    for remarks in several:
        for decision in remarks.decisions:
            agreed = [one for one in after.decisions if (one.verdict, one.note) == (decision.verdict, decision.note)]
            noted = any(f'"{remarks.reviewer}"' in conflict.theirs for conflict in after.conflicts)
            assert remarks.reviewer in kept or agreed or noted
