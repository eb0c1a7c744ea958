"""Differences of two plans: nothing is left out, nothing is made up, and people can read them."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_changes import changed, example, tables

from planner.model.calendar import CapacityChange, Period
from planner.model.decode import encode
from planner.model.project import Conflict, Project, Roadmap
from planner.model.rows import SAME, row_name
from planner.model.values import Effort, Fixed
from planner.review.differences import MOVES, ORDER, Difference, differences, in_few_words
from planner.review.labels import ADDED, FIELDS, KEYS, REFERS, TABLES, UNITS
from planner.review.wording import short

PLAN = example()
QUICK = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def only(old: Project, new: Project) -> Difference:
    (found,) = differences(old, new)
    return found


@QUICK
@given(st.data())
def test_nothing_is_left_out_and_nothing_is_made_up(data: st.DataObject) -> None:
    _judge(data)


@pytest.mark.soak
@settings(QUICK, max_examples=2000)
@given(st.data())
def test_nothing_is_left_out_and_nothing_is_made_up_for_long(data: st.DataObject) -> None:
    _judge(data)


def _judge(data: st.DataObject) -> None:
    old = changed(PLAN, data)
    new = changed(old, data)
    found = differences(old, new)
    assert bool(found) == (old != new)
    had, has = tables(old), tables(new)
    assert {one.table for one in found} == {name for name in had if had[name] != has[name]}
    for table in {one.table for one in found}:
        mine = [one for one in found if one.table == table]
        assert all(one.words and "{" not in one.words and "\n" not in one.words for one in mine)
        if not isinstance(had[table], tuple) or had[table] is None:
            continue
        before, after = _rows(table, had[table]), _rows(table, has[table])
        for name in before.keys() | after.keys():
            told = {one.field.split(".")[0] for one in mine if one.item == name and one.field != ORDER}
            if name in before and name in after:
                row, now = before[name], after[name]
                wanted = {f.name for f in fields(row) if getattr(row, f.name) != getattr(now, f.name)}
                assert told == wanted, name
            else:
                assert told == {""}, name
        stayed = [name for name in before if name in after]
        moved = [one for one in mine if one.field == ORDER]
        assert bool(moved) == (stayed != [name for name in after if name in before])


def _rows(table: str, rows: tuple[Any, ...]) -> dict[str, Any]:
    return {row_name(table, encode(row)): row for row in rows}


def test_a_level_an_estimate_and_a_date() -> None:
    process = PLAN.processes[1]
    target = Fixed({**process.target, "people": 5})
    found = only(PLAN, replace(PLAN, processes=_with(PLAN.processes, 1, target=target)))
    assert found.words == f"{process.name}: target people {process.target['people']} -> 5"
    assert (found.table, found.item, found.field) == ("processes", process.id, "target.people")
    assert (found.before, found.after) == (process.target["people"], 5)

    package = PLAN.packages[0]
    role = next(iter(package.effort))
    dearer = Fixed({**package.effort, role: Effort(8, 12, 20)})
    found = only(PLAN, replace(PLAN, packages=_with(PLAN.packages, 0, effort=dearer)))
    had = package.effort[role].likely
    assert found.words.endswith(f": effort of {PLAN.role_by_id[role].name} {had:g} -> 12 person-days")
    assert found.now == "12 (8 to 20) person-days"
    wider = Fixed({**package.effort, role: package.effort[role]._replace(high=99.0)})
    assert "to 99" in only(PLAN, replace(PLAN, packages=_with(PLAN.packages, 0, effort=wider))).words

    began = replace(PLAN.engagement, start=date(2027, 3, 1))
    assert only(PLAN, replace(PLAN, engagement=began)).words == (
        f"Engagement: start of the project {PLAN.engagement.start} -> 2027-03-01"
    )


def test_dependencies_are_told_by_name() -> None:
    gone = PLAN.dependencies[0]
    item, needs = PLAN.title(gone.item), PLAN.title(gone.needs)
    fewer = replace(PLAN, dependencies=PLAN.dependencies[1:])
    assert only(PLAN, fewer).words == f"dependency removed: {item} no longer needs {needs}"
    assert only(fewer, replace(fewer, dependencies=(gone, *fewer.dependencies))).words == (
        f"dependency added: {item} now needs {needs}"
    )
    weaker = replace(PLAN, dependencies=_with(PLAN.dependencies, 0, strength="soft"))
    assert only(PLAN, weaker).words == f"{short(f'{item} needs {needs}')}: strength hard -> soft"


def test_the_order_is_told_by_the_fewest_moves() -> None:
    first, *others = PLAN.phases
    assert len(others) >= 2
    last = replace(PLAN, phases=(*others, first))
    assert only(PLAN, last).words == f"{first.name} moved to the end"
    assert only(last, PLAN).words == f"{first.name} moved before {others[0].name}"
    back = replace(PLAN, packages=(PLAN.packages[-1], *PLAN.packages[:-1]))
    assert only(PLAN, back).field == ORDER


def test_many_rows_that_moved_are_one_sentence() -> None:
    turned = replace(PLAN, packages=PLAN.packages[::-1], engagement=replace(PLAN.engagement, client="Other"))
    found = differences(PLAN, turned)
    moved = len(PLAN.packages) - 1
    assert len(found) == moved + 1 > MOVES
    assert in_few_words(found)[1:] == [f"Work packages: {moved} rows stand elsewhere now"]
    two = replace(PLAN, packages=(*PLAN.packages[2:], *PLAN.packages[:2]))
    assert in_few_words(differences(PLAN, two)) == [one.words for one in differences(PLAN, two)]


def test_calendar_capacity_and_long_texts() -> None:
    holiday = Period(first=date(2027, 5, 3), last=date(2027, 5, 4), name="Spring")
    calendar = replace(PLAN.calendar, holidays=(*PLAN.calendar.holidays, holiday))
    found = only(PLAN, replace(PLAN, calendar=calendar))
    assert found.words == "Calendar: holidays: added 2027-05-03 to 2027-05-04 (Spring)"

    change = CapacityChange(since=date(2027, 9, 1), fte=0.5)
    found = only(PLAN, replace(PLAN, roles=_with(PLAN.roles, 0, changes=(change,))))
    assert found.words == f"{PLAN.roles[0].name}: changes of capacity: added 0.5 full-time from 2027-09-01"

    noted = replace(PLAN.engagement, notes="A long story. " * 50)
    found = only(PLAN, replace(PLAN, engagement=noted))
    assert len(found.words) < 100
    assert found.now == ("A long story. " * 50).strip()


def test_the_roadmap_is_told_by_package() -> None:
    roadmap = PLAN.roadmap
    assert roadmap is not None
    ident, place = next(iter(roadmap.packages.items()))
    later = replace(place, finish=date(2028, 1, 3))
    moved = replace(PLAN, roadmap=replace(roadmap, packages=Fixed({**roadmap.packages, ident: later})))
    found = only(PLAN, moved)
    assert found.field == f"packages.{ident}.finish"
    assert found.words.endswith(f": finish {place.finish} -> 2028-01-03")
    assert only(PLAN, replace(PLAN, roadmap=None)).words == "the plan has no roadmap any more"
    assert only(replace(PLAN, roadmap=None), replace(PLAN, roadmap=Roadmap())).words == "the plan has a roadmap now"


def test_hostile_text_is_one_clean_line() -> None:
    nasty = replace(PLAN.engagement, client="\x1b]0;x\x07[bold]\u202eevil\nsecond")
    words = only(PLAN, replace(PLAN, engagement=nasty)).words
    assert "\x1b" not in words
    assert "\u202e" not in words
    assert "\n" not in words
    assert "[bold]" in words


def test_two_rows_of_one_name_are_not_lost() -> None:
    """No rule is asked here: what a broken plan of another hand holds twice still counts."""
    twice = replace(PLAN, pins=(*PLAN.pins, *PLAN.pins[:1]), conflicts=(Conflict(id="a", table="packages"),) * 2)
    found = {(one.table, one.field) for one in differences(PLAN, twice)}
    assert ("conflicts", "") in found
    assert bool(PLAN.pins) == (("pins", "") in found)


def test_every_field_of_every_noun_has_a_name() -> None:
    found: dict[tuple[str, ...], None] = {}
    _walk(Project, (), found)
    named = {path for path in found if len(path) > 1}
    assert {path[-1] for path in named} <= FIELDS.keys()
    assert FIELDS.keys() == {path[-1] for path in named}, "a name that no noun has"
    assert {path[0] for path in found} - {"schema"} == set(TABLES)
    assert {table for (table, *inner) in SAME if not inner} | {"roadmap"} == set(ADDED)
    for place in (*KEYS, *REFERS, *UNITS):
        assert place in found, place


def _walk(kind: Any, path: tuple[str, ...], found: dict[tuple[str, ...], None]) -> None:
    if is_dataclass(kind):
        for field in fields(kind):
            found[*path, field.name] = None
            _walk(field.type, (*path, field.name), found)
    for inner in get_args(kind):
        _walk(inner, path, found)


def _with(rows: tuple[Any, ...], number: int, **values: object) -> tuple[Any, ...]:
    return (*rows[:number], replace(rows[number], **values), *rows[number + 1 :])
