"""Conflicts of a merge are settled either way; what cannot be is refused in words, and nothing else changes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.edit.conflicts import conflict_of, settle, settle_all
from planner.edit.refused import Refused
from planner.model.decode import encode
from planner.model.project import Conflict, Project
from planner.model.rules import problems
from planner.model.values import Effort, Fixed
from planner.review.conflict_words import counted, told
from planner.review.merge import as_toml
from planner.store.load import load, parse
from planner.store.save import dumps

PLAN = load(Path(__file__).parents[2] / "projects" / "lantern-retail.toml").project
PACKAGE = PLAN.packages[0]


def conflict(**values: str) -> Conflict:
    return Conflict(**{"id": "m1", "table": "packages", "item": PACKAGE.id, **values})


def with_conflicts(*conflicts: Conflict) -> Project:
    return replace(PLAN, conflicts=conflicts)


def test_a_field_is_taken_from_either_side() -> None:
    plan = with_conflicts(conflict(field="name", base='"Old"', ours=as_toml(PACKAGE.name), theirs='"Letter [P1]"'))
    assert settle(plan, "m1", "ours") == PLAN
    assert settle(plan, "m1", "theirs").package_by_id[PACKAGE.id].name == "Letter [P1]"
    assert settle(plan, "m1", "base").package_by_id[PACKAGE.id].name == "Old"
    assert settle(plan, "m1", "theirs").conflicts == ()
    noted = with_conflicts(conflict(field="note", ours='"both"', theirs=""))
    assert settle(noted, "m1", "theirs").package_by_id[PACKAGE.id].note == ""


def test_of_a_mapping_only_what_differs_changes() -> None:
    role, *others = PACKAGE.effort
    assert others
    theirs = Fixed({**PACKAGE.effort, role: PACKAGE.effort[role]._replace(high=500.0)})
    plan = with_conflicts(conflict(field="effort", ours=as_toml(PACKAGE.effort), theirs=as_toml(theirs)))
    later = replace(PACKAGE, effort=Fixed({**PACKAGE.effort, others[0]: Effort(1.0, 2.0, 3.0)}))
    plan = replace(plan, packages=(later, *plan.packages[1:]))
    settled = settle(plan, "m1", "theirs").packages[0].effort
    assert settled[role].high == 500
    assert tuple(settled[others[0]]) == (1, 2, 3)


def test_rows_come_back_and_go() -> None:
    pin = replace(PLAN.pins[0], reason="promised") if PLAN.pins else None
    stone = PLAN.milestones[0]
    row = Conflict(id="m1", table="milestones", item=stone.id, theirs="", ours=as_toml(stone), base=as_toml(stone))
    assert stone not in settle(with_conflicts(row), "m1", "theirs").milestones
    gone = replace(
        with_conflicts(replace(row, theirs=as_toml(replace(stone, name="Later")), ours="")),
        milestones=PLAN.milestones[1:],
    )
    assert settle(gone, "m1", "theirs").milestones[-1].name == "Later"
    assert settle(gone, "m1", "base").milestones[-1] == stone
    assert pin is None or pin.item

    ident = PACKAGE.id
    out = settle(with_conflicts(conflict(ours=as_toml(PACKAGE), base=as_toml(PACKAGE))), "m1", "theirs")
    assert ident not in out.package_by_id
    assert not any(ident in (one.item, one.needs) for one in out.dependencies)


def test_what_ours_took_out_and_the_merge_left_in_goes_with_ours() -> None:
    stone = PLAN.milestones[0]
    row = Conflict(id="m1", table="milestones", item=stone.id, base=as_toml(stone), theirs=as_toml(stone))
    assert stone not in settle(with_conflicts(row), "m1", "ours").milestones
    assert settle(with_conflicts(row), "m1", "theirs").milestones == PLAN.milestones


def test_a_roadmap_of_theirs_never_has_work_that_is_not_there() -> None:
    roadmap = PLAN.roadmap
    assert roadmap is not None
    ident, place = next(iter(roadmap.packages.items()))
    strange = replace(roadmap, packages=Fixed({**roadmap.packages, "gone": place}), seed=7)
    plan = with_conflicts(Conflict(id="m1", table="roadmap", ours=as_toml(roadmap), theirs=as_toml(strange)))
    taken = settle(plan, "m1", "theirs").roadmap
    assert taken is not None
    assert (taken.seed, taken.status, "gone" in taken.packages) == (7, roadmap.status, False)
    fewer = replace(roadmap, packages=Fixed({k: v for k, v in roadmap.packages.items() if k != ident}))
    plan = with_conflicts(Conflict(id="m1", table="roadmap", ours=as_toml(roadmap), theirs=as_toml(fewer)))
    assert settle(plan, "m1", "theirs").roadmap.status == "stale"  # type: ignore[union-attr]
    plan = with_conflicts(Conflict(id="m1", table="roadmap", ours=as_toml(roadmap), theirs=""))
    assert settle(plan, "m1", "theirs").roadmap is None


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"field": "name", "theirs": "1\nother = 2"}, "cannot be read"),
        ({"field": "name", "theirs": "[" * 100_000}, "cannot be read"),
        ({"field": "name", "theirs": '"' + "x" * 1_100_000 + '"'}, "cannot be read"),
        ({"field": "name", "theirs": "12"}, "name must be text"),
        ({"field": "name", "theirs": ""}, "name is missing"),
        ({"field": "bogus", "theirs": "1"}, "bogus is an unknown key"),
        ({"field": "capability", "theirs": '"nothing@9"'}, "nothing@9"),
        ({"item": "gone", "field": "name", "theirs": '"x"'}, "no longer in the plan"),
        ({"table": "schema", "field": "", "theirs": "3"}, "no plan has a part called 'schema'"),
        ({"table": "__class__", "theirs": "3"}, "no plan has a part called '__class__'"),
        ({"table": "engagement", "item": "", "field": "start", "theirs": '"soon"'}, "start must be a date"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(values: dict[str, str], reason: str) -> None:
    plan = with_conflicts(conflict(**values))
    with pytest.raises(Refused, match=reason.replace("(", "\\(")) as refused:
        settle(plan, "m1", "theirs")
    assert "\x1b" not in str(refused.value)
    assert len(str(refused.value)) < 300
    with pytest.raises(Refused):
        settle_all(plan, "theirs")
    assert settle_all(plan, "ours") == PLAN
    assert told(plan, plan.conflicts[0]).sentence  # whatever it holds, it can be shown


def test_all_at_once_leaves_what_cannot_be() -> None:
    one = conflict(field="note", theirs='"theirs"')
    other = replace(one, id="m2", field="bogus")
    late = replace(PLAN.milestones[0], id="late", item="", phase="p-new", day=None)
    phase = replace(PLAN.phases[-1], id="p-new", name="New")
    needs = Conflict(id="m3", table="milestones", item="late", theirs=as_toml(late))
    brings = Conflict(id="m4", table="phases", item="p-new", theirs=as_toml(phase))
    settled = settle_all(with_conflicts(one, other, needs, brings), "theirs")
    assert [left.id for left in settled.conflicts] == ["m2"]
    assert settled.packages[0].note == "theirs"
    assert settled.milestones[-1].phase == settled.phases[-1].id == "p-new"
    with pytest.raises(Refused, match="no conflict 'm9'"):
        conflict_of(settled, "m9")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_a_file_says_the_plan_stays_one(data: st.DataObject) -> None:
    texts = st.one_of(
        st.sampled_from(
            ['"x"', "1", "true", "[1, 2, 3]", "2027-01-04", "{ a = 1 }", '["incident@2"]', "", "]", "\x1b[2J"]
        ),
        st.text(max_size=20),
    )
    table = data.draw(st.sampled_from([*encode(PLAN)]) | st.text(min_size=1, max_size=8))
    rows = getattr(PLAN, table, ())
    row = data.draw(st.sampled_from(rows)) if isinstance(rows, tuple) and rows else None
    names = [*encode(row)] if row is not None else ["start", "packages", "strategy"]
    found = Conflict(
        id="m1",
        table=table,
        item=str(next(iter(encode(row).values()))) if row is not None else "",
        field=data.draw(st.sampled_from(["", *names])),
        base=data.draw(texts),
        ours=data.draw(texts),
        theirs=data.draw(texts),
    )
    plan = with_conflicts(found)
    assert "\x1b" not in told(plan, found).sentence
    try:
        after = settle(plan, "m1", data.draw(st.sampled_from(["ours", "theirs", "base"])))
    except Refused:
        return
    assert not problems(after)
    assert parse(dumps(after), "plan.toml") == after


def test_the_words_name_what_it_is_about() -> None:
    roles = [*PLAN.role_by_id]
    effort = conflict(
        field="effort",
        base=f"{{ {roles[0]} = [1, 2, 3] }}",
        ours=f"{{ {roles[0]} = [2, 3, 4] }}",
        theirs=f"{{ {roles[0]} = [5, 6, 7], {roles[1]} = [1, 1, 1] }}",
    )
    words = told(PLAN, effort)
    assert words.about == PLAN.title(PACKAGE.capability) + ": people" if PACKAGE.capability else PACKAGE.name
    assert words.field == "effort"
    assert words.ours == f"{PLAN.role_by_id[roles[0]].name}: 3 (2 to 4) person-days"
    assert PLAN.role_by_id[roles[1]].name in words.theirs
    link = PLAN.dependencies[0]
    taken_out = Conflict(
        id="m1", table="dependencies", item=" ".join(link.key), base=as_toml(link), ours=as_toml(link), theirs=""
    )
    words = told(PLAN, taken_out)
    assert words.about == f"{PLAN.title(link.item)} needs {PLAN.title(link.needs)}"
    assert words.theirs == "taken out"
    assert words.ours == "kept, as it was"
    noted = as_toml(replace(PACKAGE, note="Ask the works council"))
    gone = Conflict(id="m1", table="packages", item=PACKAGE.id, base=as_toml(PACKAGE), ours="", theirs=noted)
    assert told(PLAN, gone).theirs == "kept, with note: Ask the works council", "what was changed, and nothing else"
    start = Conflict(id="m1", table="engagement", field="start", ours=str(date(2027, 1, 4)), theirs="2027-02-01")
    assert told(PLAN, start).sentence == "Engagement: start of the project: ours 2027-01-04, theirs 2027-02-01"
    assert counted(with_conflicts(start)) == "1 conflict"
    assert counted(PLAN) == ""
