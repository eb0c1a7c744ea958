"""Baselines, comments and decisions: taken, told, taken back, refused."""

from datetime import date

import pytest

from planner.edit.refused import Refused
from planner.edit.review import (
    add_comment,
    change_baseline,
    change_comment,
    decide,
    remove_baseline,
    remove_comment,
    resolve,
    take_baseline,
    thread_of,
    undecide,
)
from planner.edit.roadmap import adopt
from planner.model.knowledge import Catalogue
from planner.model.project import Decision, Project
from planner.review.changes import agreed as last_agreed
from planner.rollout.propose import propose
from planner.store.load import parse
from planner.store.save import dumps

DAY = date(2027, 2, 1)


@pytest.fixture(scope="module")
def agreed(desk: Project, catalogue: Catalogue) -> Project:
    """A plan with a roadmap and a baseline of it."""
    proposal = propose(desk, catalogue.strategy_by_id["service-desk-first"], phases=3)
    return take_baseline(adopt(desk, proposal.roadmap, proposal.phases), "Agreed", DAY, "with the board")


def test_a_baseline_keeps_what_stood_where(agreed: Project) -> None:
    baseline = agreed.baselines[0]
    assert (baseline.id, baseline.name, baseline.taken) == ("agreed", "Agreed", DAY)
    assert [*baseline.packages] == [*agreed.package_by_id]
    assert agreed.roadmap is not None
    for ident, placed in agreed.roadmap.packages.items():
        kept = baseline.packages[ident]
        assert (kept.phase, kept.start, kept.finish) == (placed.phase, placed.start, placed.finish)
        assert kept.capability == agreed.package_by_id[ident].capability
    again = take_baseline(agreed, "Agreed", DAY)
    assert [one.id for one in again.baselines] == ["agreed", "agreed-2"]
    assert remove_baseline(again, "agreed-2") == agreed
    assert parse(dumps(agreed), "plan.toml") == agreed


def test_a_baseline_is_approved_later(agreed: Project) -> None:
    again = take_baseline(agreed, "Later", date(2027, 3, 1))
    assert last_agreed(again.baselines) == again.baselines[1]
    approved = change_baseline(again, "agreed", name="Agreed in May", approved_by="Sponsor", note="all of it")
    assert last_agreed(approved.baselines) == approved.baselines[0]
    assert (approved.baselines[0].name, approved.baselines[0].approved_by) == ("Agreed in May", "Sponsor")
    assert approved.baselines[0].packages == agreed.baselines[0].packages
    assert parse(dumps(approved), "plan.toml") == approved
    assert last_agreed(()) is None
    with pytest.raises(Refused):
        change_baseline(agreed, "nothing", name="x", approved_by="", note="")


def test_comments_stand_in_threads(desk: Project) -> None:
    plan = add_comment(desk, "Who pays?", DAY, item="incident@2", author="Sponsor")
    plan = add_comment(plan, "IT does.", DAY, author="Lead", reply_to="c1")
    plan = add_comment(plan, "All of it?", DAY, reply_to="c2")
    assert [(one.id, one.item, one.reply_to) for one in plan.comments] == [
        ("c1", "incident@2", ""),
        ("c2", "incident@2", "c1"),
        ("c3", "incident@2", "c1"),
    ]
    assert thread_of(plan, "c3").id == "c1"
    settled = resolve(plan, "c3")
    assert [one.resolved for one in settled.comments] == [True, False, False]
    assert resolve(settled, "c1", False) == plan
    assert [one.id for one in remove_comment(plan, "c2").comments] == ["c1", "c3"]
    assert remove_comment(plan, "c1").comments == ()
    assert add_comment(remove_comment(plan, "c2"), "New", DAY).comments[-1].id not in ("c1", "c3")
    said = change_comment(plan, "c2", text="We do.", author="IT", made=DAY).comments[1]
    assert (said.text, said.author, said.reply_to) == ("We do.", "IT", "c1")
    with pytest.raises(Refused, match="there is no comment 'c9'"):
        add_comment(plan, "?", DAY, reply_to="c9")
    with pytest.raises(Refused, match="there is no comment 'c9'"):
        change_comment(plan, "c9", text="?", author="", made=DAY)


def test_a_gate_is_decided_once(agreed: Project) -> None:
    first = agreed.phases[0].id
    plan = decide(agreed, Decision(phase=first, verdict="approved", made=DAY))
    plan = decide(plan, Decision(phase=first, verdict="rejected", made=DAY, note="no budget"))
    assert [(one.phase, one.verdict) for one in plan.decisions] == [(first, "rejected")]
    assert undecide(plan, first) == agreed
    with pytest.raises(Refused, match="say under which"):
        decide(agreed, Decision(phase=first, verdict="conditions", made=DAY))
    with pytest.raises(Refused, match="no phase 'p99'"):
        decide(agreed, Decision(phase="p99", verdict="approved", made=DAY))
    with pytest.raises(Refused, match="no decision"):
        undecide(agreed, first)
