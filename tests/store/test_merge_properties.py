"""Laws of merging, over drawn pairs of edits of one plan: several edits on each side, of every kind."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from random import Random
from typing import Any

import pytest
from plan_edits import several, small, sound
from row_edits import TABLES

from planner.edit.conflicts import value_of
from planner.graph.order import cyclic
from planner.model.decode import decode, encode
from planner.model.project import Project
from planner.model.rows import SAME, row_name
from planner.model.rules import problems
from planner.model.values import Fixed
from planner.review.merge import as_toml, merge_projects
from planner.review.merge_tables import Tables, put_together
from planner.review.three_way import of_three

Trial = tuple[Project, Project, Project]
Law = Callable[[Project, Project, Project, Project], None]

MERGED = tuple(name for name in TABLES if name not in ("conflicts", "comments", "baselines"))
"""Tables of rows that keep their ids in a merge."""


@pytest.fixture(scope="module")
def plan(desk: Project) -> Project:
    return small(desk)


def trial(plan: Project, seed: int) -> Trial:
    random = Random(seed)
    base = several(plan, random, 2) if random.random() < 0.3 else plan
    return base, several(base, random), several(base, random)


def merged_rows(plan: Project, table: str) -> dict[str, Any]:
    """Rows by their names."""
    return {row_name(table, encode(row)): row for row in getattr(plan, table)}


def told(plan: Project) -> dict[tuple[str, str, str], Any]:
    """Conflicts by what they are about."""
    return {(one.table, one.item, one.field): one for one in plan.conflicts}


def fresh(merged: Project, *sides: Project) -> set[tuple[str, str, str]]:
    """What the conflicts are about that none of ``sides`` had."""
    old = {replace(one, id="") for side in sides for one in side.conflicts}
    return {(one.table, one.item, one.field) for one in merged.conflicts if replace(one, id="") not in old}


# The laws ----------------------------------------------------------------------------------------------------------


def edits_of_one_side_are_the_whole_merge(base: Project, ours: Project, theirs: Project, merged: Project) -> None:
    for side in (ours, theirs):
        assert merge_projects(base, side, base) == side
        assert merge_projects(base, base, side) == side
        assert merge_projects(base, side, side) == side


def the_result_loads(base: Project, ours: Project, theirs: Project, merged: Project) -> None:
    assert problems(merged) == []
    assert cyclic(merged) <= cyclic(ours) | cyclic(theirs)
    assert decode(Project, encode(merged)) == (merged, [])
    assert len({one.id for one in merged.conflicts}) == len(merged.conflicts)


def nothing_goes_that_nobody_took_out(base: Project, ours: Project, theirs: Project, merged: Project) -> None:
    """A row that stands on one side, and that the other has not taken out, is in the plan.

    Where the edits of both together break a rule, it may be whole in a conflict instead.
    """
    conflicts, may_clash = told(merged), broken(base, ours, theirs)
    for table in MERGED:
        stands, was = merged_rows(merged, table), merged_rows(base, table)
        versions = [merged_rows(side, table) for side in (ours, theirs)]
        # Rows of these tables may be called otherwise by the other side: another type, another assessor.
        firsts = {name.split()[0] for name in stands} if table in ("dependencies", "answer_sheets") else set()
        for side, other in (versions, versions[::-1]):
            for name, row in side.items():
                taken_out = name in was and name not in other and was[name] == row
                if name in stands or taken_out or (firsts and name.split()[0] in firsts):
                    continue
                kept = conflicts.get((table, name, ""))
                renamed = any(key[0] == table and key[2] in SAME[(table,)][0] for key in conflicts)
                assert may_clash, (table, name)
                assert renamed or (kept and as_toml(row) in (kept.ours, kept.theirs)), (table, name)
    for side in (ours, theirs):
        old, last = {one.id for one in base.comments}, {(one.text, one.made, one.author) for one in merged.comments}
        assert {(one.text, one.made, one.author) for one in side.comments if one.id not in old} <= last


def who_alone_moved_rows_has_them_there(base: Project, ours: Project, theirs: Project, merged: Project) -> None:
    for table in MERGED:
        orders = [[*merged_rows(plan, table)] for plan in (base, ours, theirs, merged)]
        common = set(orders[0]).intersection(*orders)
        was, mine, other, now = ([name for name in order if name in common] for order in orders)
        if was == mine:
            assert now == other, table
        elif was == other:
            assert now == mine, table


def nothing_is_made_up(base: Project, ours: Project, theirs: Project, merged: Project) -> None:
    """Every text, number, day, entry of a mapping and element of a list is one of the three had there."""
    for table in MERGED:
        versions = [merged_rows(side, table) for side in (base, ours, theirs)]
        for name, row in merged_rows(merged, table).items():
            three = [version[called] for version in versions for called in version if same_row(table, called, name)]
            if not three:  # A key of the row itself was changed: a row of theirs under a key of ours.
                assert table in ("dependencies", "answer_sheets"), (table, name)
                continue
            for field in fields(row):
                values = [getattr(version, field.name) for version in three]
                assert_made_of(getattr(row, field.name), values, (table, name, field.name))
    roadmaps = [side.roadmap for side in (ours, theirs)]
    if merged.roadmap is None:
        assert None in roadmaps
        return
    places = merged.roadmap.packages
    assert any(
        roadmap is not None
        and (roadmap.strategy, roadmap.seed) == (merged.roadmap.strategy, merged.roadmap.seed)
        and {item: place for item, place in roadmap.packages.items() if item in merged.package_by_id} == places
        for roadmap in roadmaps
    ), "places of a roadmap are those of one side, all of them"
    assert merged.roadmap.status in {"stale", *(roadmap.status for roadmap in roadmaps if roadmap)}


def same_row(table: str, one: str, other: str) -> bool:
    """Whether two names are of one row, of which somebody may have changed the type or the assessor."""
    return kept_name(table, one) == kept_name(table, other)


def kept_name(table: str, name: str) -> str:
    """The part of the name of a row that nobody changes."""
    parts = {"dependencies": 2, "answer_sheets": 1}.get(table)
    return name if parts is None else " ".join(name.split()[:parts])


def assert_made_of(value: Any, versions: list[Any], where: Any) -> None:
    if value in versions:
        return
    if isinstance(value, Fixed):
        for key, item in value.items():
            assert_made_of(item, [version[key] for version in versions if key in version], where)
    elif type(value) is tuple and value and isinstance(value[0], str):
        assert all(any(item in version for version in versions) for item in value), where
    elif type(value) is tuple:
        assert where[2] in ("answers", "changes", "holidays", "needs"), where
    else:
        raise AssertionError(where)


def what_one_changed_is_there(base: Project, ours: Project, theirs: Project, merged: Project) -> None:
    """A field that only one side has changed is as that side has it, or a conflict says so."""
    conflicts = told(merged)
    for table in (*MERGED, "engagement", "limits", "governance", "context", "experience"):
        for name, was, mine, other, row in rows_of_all(table, base, ours, theirs, merged):
            for field in fields(was):
                three = [getattr(version, field.name) for version in (was, mine, other)]
                value, clash = of_three((table, field.name), *three)
                if getattr(row, field.name) != value or clash:
                    about = {(table, name, field.name), (table, name, "")}
                    assert about & conflicts.keys(), (table, name, field.name)
                if getattr(row, field.name) != value:  # A rule asked for it.
                    assert getattr(row, field.name) == getattr(mine, field.name)


def rows_of_all(table: str, *plans: Project) -> Iterator[tuple[Any, ...]]:
    if table not in TABLES:
        yield "", *(getattr(plan, table) for plan in plans)
        return
    versions = [merged_rows(plan, table) for plan in plans]
    for name in versions[0]:
        if all(name in version for version in versions):
            yield name, *(version[name] for version in versions)


def it_is_symmetric(base: Project, ours: Project, theirs: Project, merged: Project) -> None:
    """Who is ours decides the order of what both added in one place, and of two conflicting values which one stands.

    What conflicts is the same from both sides, with ours and theirs exchanged, unless a rule of plans was broken by
    the union: then what stands aside is theirs, whichever that is.
    """
    swapped = merge_projects(base, theirs, ours)
    if broken(base, ours, theirs) or broken(base, theirs, ours):
        return
    # Where somebody gives the number of a comment that has gone to a new one, an answer may have lost its question.
    left, right = (
        {(one.table, kept_name(one.table, one.item), one.field) for one in plan.conflicts if one.table != "comments"}
        for plan in (merged, swapped)
    )
    assert left == right
    about = fresh(merged, ours, theirs) | fresh(swapped, ours, theirs)
    for table in MERGED:
        rows, others = merged_rows(merged, table), merged_rows(swapped, table)
        assert rows.keys() == others.keys() or any(key[0] == table for key in about), table
        for name in rows.keys() & others.keys():
            for field in fields(rows[name]):
                if (table, name, field.name) in about or (table, name, "") in about:
                    continue
                one, other = getattr(rows[name], field.name), getattr(others[name], field.name)
                assert unordered(one) == unordered(other), (table, name, field.name)
    if ("roadmap", "", "") not in about:
        assert places(merged) == places(swapped)
    said = {replace(one, id="", reply_to="") for one in merged.comments}
    if not any(key[0] == "comments" for key in about):
        assert said == {replace(one, id="", reply_to="") for one in swapped.comments}


def broken(base: Project, ours: Project, theirs: Project) -> bool:
    union = put_together(ours, Tables.of(base, ours, theirs), {}).project
    return not sound(replace(union, comments=(), baselines=()))


def unordered(value: Any) -> Any:
    return sorted(value, key=repr) if type(value) is tuple else value


def places(plan: Project) -> Any:
    return plan.roadmap and plan.roadmap.packages


def merging_again_changes_nothing(base: Project, ours: Project, theirs: Project, merged: Project) -> None:
    again = merge_projects(base, merged, theirs)
    assert fresh(again, merged) == set()
    assert len(again.comments) == len(merged.comments)


def a_roadmap_found_for_something_else_is_stale(base: Project, ours: Project, theirs: Project, merged: Project) -> None:
    if merged.roadmap is None or merged.roadmap.status == "stale":
        return
    answered = ("packages", "dependencies", "pins", "roles", "phases")
    sides = [side for side in (ours, theirs) if places(side) == places(merged)]
    assert any(
        all(said(side, table) == said(merged, table) for table in answered)
        and (side.calendar.working_days, side.limits) == (merged.calendar.working_days, merged.limits)
        for side in sides
    )


def a_roadmap_that_still_answers_is_not_called_stale(
    base: Project, ours: Project, theirs: Project, merged: Project
) -> None:
    """A mark of staleness comes along with the roadmap that bears it, and no merge makes one without a reason."""
    roadmap = merged.roadmap
    own = [side for side in (ours, theirs) if side.roadmap and roadmap and unmarked(side) == unmarked(merged)]
    if roadmap is None or not own:
        return
    if all(side.roadmap and side.roadmap.status == "stale" for side in own):
        assert roadmap.status == "stale"
    elif not any(side.roadmap and side.roadmap.status == "stale" for side in (ours, theirs)):
        alike = any(all(getattr(side, table) == getattr(merged, table) for table in FOUND_FOR) for side in own)
        assert not alike or roadmap.status != "stale"


FOUND_FOR = (
    *("engagement", "calendar", "limits", "roles", "dimensions", "pains", "processes", "phases", "packages"),
    *("dependencies", "pins", "progress", "milestones"),
)
"""Tables that a roadmap is found for, words and all."""


def unmarked(plan: Project) -> Any:
    return plan.roadmap and replace(plan.roadmap, status="heuristic")


def what_one_took_out_of_a_list_or_put_into_it_is_so(
    base: Project, ours: Project, theirs: Project, merged: Project
) -> None:
    """Ids and words of a list: what either took out is gone, what either put in is there, or a conflict tells of it."""
    conflicts = told(merged)
    for table in MERGED:
        for name, was, mine, other, row in rows_of_all(table, base, ours, theirs, merged):
            for field in fields(was):
                had, left, right, has = (getattr(version, field.name) for version in (was, mine, other, row))
                lists = (had, left, right, has)
                if {(table, name, field.name), (table, name, "")} & conflicts.keys() or not all(map(words, lists)):
                    continue
                gone = (set(had) - set(left)) | (set(had) - set(right))
                assert set(has) == (set(had) | set(left) | set(right)) - gone, (table, name, field.name)


def words(value: Any) -> bool:
    """Whether it is a list of ids or words, each once."""
    return type(value) is tuple and all(isinstance(one, str) for one in value) and len(set(value)) == len(value)


def a_conflict_keeps_what_the_three_have(base: Project, ours: Project, theirs: Project, merged: Project) -> None:
    """A text, number or day in a conflict that this merge found stands in base, ours or theirs as the conflict says.

    Of a mapping, what only one has changed is the same in all three.
    """
    old = {replace(one, id="") for side in (ours, theirs) for one in side.conflicts}
    for one in merged.conflicts:
        versions = [
            merged_rows(plan, one.table).get(one.item) if one.table in MERGED else None for plan in (base, ours, theirs)
        ]
        if not one.field or replace(one, id="") in old or None in versions:
            continue
        three = [getattr(version, one.field) for version in versions]
        if not any(isinstance(value, (tuple, Fixed)) for value in three):
            assert (one.base, one.ours, one.theirs) == tuple(map(as_toml, three)), (one.table, one.item, one.field)
        elif all(isinstance(value, Fixed) for value in three) and not broken(base, ours, theirs):
            kept = [value_of(text) for text in (one.base, one.ours, one.theirs)]
            for key in set().union(*three):
                was, mine, other = (value.get(key) for value in three)
                if was in (mine, other):
                    assert kept[0].get(key) == kept[1].get(key) == kept[2].get(key), (one.table, one.item, key)


def said(plan: Project, table: str) -> set[Any]:
    """The rows of a table without what is nothing but words."""
    words = {"name", "note", "goal", "reason", "source", "exit_criteria", "deliverables", "cost"}
    return {
        tuple(getattr(row, field.name) for field in fields(row) if field.name not in words)
        for row in getattr(plan, table)
    }


LAWS: tuple[Law, ...] = (
    edits_of_one_side_are_the_whole_merge,
    the_result_loads,
    nothing_goes_that_nobody_took_out,
    who_alone_moved_rows_has_them_there,
    nothing_is_made_up,
    what_one_changed_is_there,
    it_is_symmetric,
    merging_again_changes_nothing,
    a_roadmap_found_for_something_else_is_stale,
    a_roadmap_that_still_answers_is_not_called_stale,
    what_one_took_out_of_a_list_or_put_into_it_is_so,
    a_conflict_keeps_what_the_three_have,
)


def hold(plan: Project, seeds: range) -> None:
    for seed in seeds:
        base, ours, theirs = trial(plan, seed)
        merged = merge_projects(base, ours, theirs)
        for law in LAWS:
            try:
                law(base, ours, theirs, merged)
            except AssertionError as error:
                raise AssertionError(f"seed {seed}: {law.__name__}: {error}") from error


def test_every_law_of_merging_holds(plan: Project) -> None:
    hold(plan, range(40))


@pytest.mark.soak
@pytest.mark.parametrize("part", range(20))
def test_every_law_of_merging_holds_for_long(plan: Project, part: int) -> None:
    hold(plan, range(1000 + part * 1000, 2000 + part * 1000))
