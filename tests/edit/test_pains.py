"""Pains: ticked into the plan, what they ask for (domain.md §5.3), and the targets raised for them."""

from dataclasses import replace

import pytest

from planner.edit.pains import apply_pain_targets, asked_by, propose_targets, tick, untick
from planner.edit.refused import Refused
from planner.edit.scope import set_in_scope, set_target
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.values import Fixed

# §5.3: target levels, additional levels by hard closure, steps; every process starts at level 1.
MAP = [
    ("PN01", "config@3 event@2", "service-desk@2 incident@2 change@2", 6),
    ("PN02", "security@3 change@3 sms@2", "service-desk@2 incident@2 request@2 access@2 config@2", 10),
    ("PN03", "incident@3 reporting@3", "service-desk@2 problem@2 slm@2", 7),
    ("PN04", "financial@3 reporting@3 brm@3", "service-desk@2 incident@2 catalogue@2 slm@2", 10),
    ("PN05", "brm@3 catalogue@3", "service-desk@2 incident@2 config@2 slm@2 reporting@2", 9),
    ("PN06", "supplier@3 slm@3", "service-desk@2 incident@2 catalogue@2 reporting@2 brm@2", 9),
    ("PN07", "sms@2 incident@3 change@3", "service-desk@2 problem@2 config@2", 8),
    ("PN08", "knowledge@2 problem@2 request@2", "service-desk@2 incident@2", 5),
    ("PN09", "incident@2 problem@3 change@2", "service-desk@2 incident@3", 6),
    ("PN10", "service-desk@2 request@3 capacity@2", "incident@2 event@2 change@2 catalogue@2", 8),
    ("PN11", "knowledge@3 incident@3", "service-desk@2 problem@2", 6),
    ("PN12", "service-desk@2 incident@2 reporting@2", "", 3),
    ("PN13", "financial@3 request@3 demand@2", "service-desk@2 change@2 catalogue@2", 8),
    ("PN14", "reporting@3 slm@3 improvement@2", "service-desk@2 incident@2 catalogue@2 brm@2 supplier@2", 10),
    ("PN15", "catalogue@2 slm@3", "service-desk@2 incident@2 reporting@2 brm@2 supplier@2", 8),
    ("PN16", "service-desk@2 incident@3", "problem@2", 4),
    ("PN17", "service-desk@2 incident@3 supplier@2", "problem@2", 5),
    ("PN18", "problem@3", "service-desk@2 incident@3 change@2", 6),
    ("PN19", "service-desk@3 brm@2", "incident@2", 4),
    ("PN20", "brm@3 catalogue@3", "service-desk@2 incident@2 config@2 slm@2 reporting@2", 9),
    ("PN21", "catalogue@3 slm@3 demand@2", "service-desk@2 incident@2 config@2 reporting@2 brm@2 supplier@2", 11),
    ("PN22", "reporting@3 brm@3", "service-desk@2 incident@2 catalogue@2 slm@2", 8),
    ("PN23", "change@3 release@2 config@2", "", 4),
    ("PN24", "config@3", "change@2", 3),
    ("PN25", "new-services@2 transition@2 validation@2", "change@2", 4),
    (
        "PN26",
        "catalogue@3 slm@3 service-desk@3 knowledge@3",
        "incident@2 problem@2 config@2 reporting@2 brm@2 supplier@2",
        14,
    ),
]


@pytest.fixture(scope="module")
def bare(desk: Project) -> Project:
    """Every process at level 1, without targets, work or pains."""
    one = Fixed(dict.fromkeys(desk.dimension_ids, 1))
    processes = tuple(replace(p, baseline=one, target=one, by_hand=Fixed(), reason="") for p in desk.processes)
    return replace(desk, processes=processes, packages=(), dependencies=(), pains=(), milestones=())


def levels(items: str) -> dict[str, int]:
    return {process_of(item): level_of(item) for item in items.split()}


def test_the_map_is_whole(catalogue: Catalogue) -> None:
    assert [pain.id for pain in catalogue.pains] == [row[0] for row in MAP]
    assert all(pain.source for pain in catalogue.pains)


@pytest.mark.parametrize(("pain", "wanted", "added", "steps"), MAP, ids=[row[0] for row in MAP])
def test_what_a_pain_asks_for_and_what_that_needs(
    bare: Project, catalogue: Catalogue, pain: str, wanted: str, added: str, steps: int
) -> None:
    ticked = tick(bare, catalogue, pain)
    assert dict(ticked.pains[0].levels) == levels(wanted)
    targets = propose_targets(ticked, catalogue)
    assert {t.process: t.level for t in targets if t.pains} == levels(wanted)
    assert {t.process: t.level for t in targets if not t.pains} == levels(added)
    assert asked_by(ticked, catalogue, {pain: levels(wanted)}).steps == steps


def test_a_tick_is_self_contained_and_can_be_changed_and_taken_back(bare: Project, catalogue: Catalogue) -> None:
    once = tick(tick(bare, catalogue, "PN16", 2, "since the merger"), catalogue, "PN08")
    assert [(p.id, p.weight, p.note) for p in once.pains] == [("PN08", 1, ""), ("PN16", 2, "since the merger")]
    assert once.pains[0].name == "The same simple questions come again and again"
    assert [(p.id, p.weight) for p in tick(once, catalogue, "PN16", 3).pains] == [("PN08", 1), ("PN16", 3)]
    assert untick(untick(once, "PN08"), "PN16") == bare


def test_the_name_is_in_the_language_of_the_plan(bank: Project, catalogue: Catalogue) -> None:
    hurt = tick(bank, catalogue, "PN09")
    assert next(pain.name for pain in hurt.pains if pain.id == "PN09") == "忙于救火的恶性循环"


def test_wrong_ticks_are_refused(bare: Project, catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="there is no pain 'PN88' - did you mean 'PN"):
        tick(bare, catalogue, "PN88")
    with pytest.raises(Refused, match="PN08: weight must be 1 to 3, not 4"):
        tick(bare, catalogue, "PN08", 4)
    with pytest.raises(Refused, match="the pain 'PN08' is not ticked"):
        untick(bare, "PN08")


def test_several_pains_ask_for_the_highest_level_and_all_are_named(bare: Project, catalogue: Catalogue) -> None:
    hurt = tick(tick(bare, catalogue, "PN09"), catalogue, "PN16")
    found = {t.process: (t.level, t.pains) for t in propose_targets(hurt, catalogue) if t.pains}
    assert found["incident"] == (3, ("PN09", "PN16"))
    assert found["problem"] == (3, ("PN09",))


def test_targets_rise_with_the_reason_and_never_fall(bare: Project, catalogue: Catalogue) -> None:
    higher = bare
    for dimension in bare.dimension_ids:
        higher = set_target(higher, catalogue, "problem", dimension, 3, "the board wants it")
    after = apply_pain_targets(tick(higher, catalogue, "PN08"), catalogue)
    assert {p.id: p.target_level for p in after.processes if p.moves} == {"knowledge": 2, "request": 2, "problem": 3}
    assert after.process_by_id["problem"].reason == "the board wants it"
    words = "PN08: The same simple questions come again and again"
    assert after.process_by_id["knowledge"].reason == words
    assert "knowledge-2-process" in after.package_by_id
    assert apply_pain_targets(after, catalogue) is after
    more = apply_pain_targets(tick(after, catalogue, "PN11"), catalogue)
    assert more.process_by_id["knowledge"].reason == f"{words}; PN11: Dependence on a few experts"


def test_a_process_out_of_scope_is_named_and_left_alone(bare: Project, catalogue: Catalogue) -> None:
    out = tick(set_in_scope(bare, "knowledge", False, catalogue), catalogue, "PN08")
    found = {t.process: t for t in propose_targets(out, catalogue)}
    assert (found["knowledge"].in_scope, found["knowledge"].raises, found["request"].raises) == (False, False, True)
    assert apply_pain_targets(out, catalogue).process_by_id["knowledge"].target_level == 1


def test_a_process_that_the_plan_does_not_list_comes_in(bare: Project, catalogue: Catalogue) -> None:
    few = replace(bare, processes=tuple(p for p in bare.processes if p.id in ("incident", "service-desk")))
    after = apply_pain_targets(tick(few, catalogue, "PN12"), catalogue)
    assert [(p.id, p.target_level, p.in_scope) for p in after.processes] == [
        ("service-desk", 2, True),
        ("incident", 2, True),
        ("reporting", 2, True),
    ]
