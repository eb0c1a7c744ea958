"""Whatever two people changed: what a merge leaves open can be told, and settled either way."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from plan_changes import example

from planner.edit.conflicts import Take, settle, settle_all, value_of
from planner.edit.refused import Refused
from planner.model.decode import encode
from planner.model.project import Conflict, Project
from planner.model.rows import row_name
from planner.model.rules import problems
from planner.model.values import Duration
from planner.review.conflict_words import told
from planner.review.merge import merge_projects

PLAN = example()
SIDES: tuple[Take, ...] = ("ours", "theirs", "base")
MERGES = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
Edit = Callable[[Project, int], Project]


def _row(table: str, place: int, change: Callable[[Any, int], Any]) -> Edit:
    """An edit of one row, which is found by its place in the plan that both began with; None takes it out."""
    name = row_name(table, encode(getattr(PLAN, table)[place]))

    def edit(project: Project, number: int) -> Project:
        rows = []
        for row in getattr(project, table):
            row = change(row, number) if row_name(table, encode(row)) == name else row
            rows += [] if row is None else [row]
        changed: dict[str, Any] = {table: tuple(rows)}
        return replace(project, **changed)

    return edit


EDITS: tuple[Edit, ...] = (
    _row("packages", 0, lambda row, n: replace(row, name=f"Name {n}")),
    _row("packages", 0, lambda row, n: replace(row, note=f"Note {n}", deliverables=(f"d{n}",))),
    _row("packages", 0, lambda row, n: replace(row, days=Duration(20, 20 + n, 30))),
    _row("dependencies", 0, lambda row, n: replace(row, strength=("soft", "off", "hard")[n])),
    _row("dependencies", 0, lambda row, n: None),
    _row("milestones", 0, lambda row, n: replace(row, name=f"Stone {n}")),
    _row("milestones", 0, lambda row, n: None),
    _row("phases", 0, lambda row, n: replace(row, goal=f"Goal {n}")),
    _row("processes", 0, lambda row, n: replace(row, target=row.target.with_item("people", 3 + n))),
    _row("processes", 0, lambda row, n: replace(row, importance=1 + n)),
    lambda project, n: replace(project, engagement=replace(project.engagement, client=f"Client {n}")),
    lambda project, n: replace(project, roadmap=replace(project.roadmap, seed=n) if n and project.roadmap else None),
)


def edited(data: st.DataObject) -> Project:
    """The plan after a few edits by one person, in so few places that two people meet."""
    plan = PLAN
    for edit, number in data.draw(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 2)), max_size=6)):
        plan = edit(plan, number)
    assert not problems(plan)
    return plan


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_conflicts_are_told_and_settled_either_way(data: st.DataObject) -> None:
    _judge(data)


@pytest.mark.soak
@settings(MERGES, max_examples=1000)
@given(st.data())
def test_conflicts_are_told_and_settled_either_way_for_long(data: st.DataObject) -> None:
    _judge(data)


def _judge(data: st.DataObject) -> None:
    ours, theirs = edited(data), edited(data)
    merged = merge_projects(PLAN, ours, theirs)
    event(f"{min(3, len(merged.conflicts))} conflicts")
    for conflict in merged.conflicts:
        words = told(merged, conflict)
        assert words.about
        assert words.ours != words.theirs
        assert "\n" not in words.sentence
    if not any(_taken_out(conflict) for conflict in merged.conflicts):
        assert settle_all(merged, "ours") == replace(merged, conflicts=())
    for conflict, take in product(merged.conflicts, SIDES):
        if take == "ours" and not _taken_out(conflict):
            continue
        try:
            taken = settle(merged, conflict.id, take)
        except Refused:
            event("refused")
            continue
        assert _stands(taken, conflict, getattr(conflict, take))
        assert not problems(taken)


def _taken_out(conflict: Conflict) -> bool:
    """Whether ours had taken a row out that theirs has changed: it stands in the plan until ours is taken."""
    return bool(conflict.base and not conflict.ours and not conflict.field)


def _stands(project: Project, conflict: Conflict, text: str) -> bool:
    """Whether the value ``text`` stands in its place."""
    value, part = value_of(text), getattr(project, conflict.table)
    if conflict.table == "roadmap":
        return True  # its work may be other work by now: tests/edit/test_conflicts.py
    if isinstance(part, tuple):
        rows: dict[str, Any] = {row_name(conflict.table, encode(row)): row for row in part}
        if not conflict.field:
            return (conflict.item in rows) == (value is not None)
        part = rows[conflict.item]
    return bool(
        encode(getattr(part, conflict.field)) == (value if value is not None else encode(_usual(part, conflict)))
    )


def _usual(part: Any, conflict: Conflict) -> Any:
    return type(part).__dataclass_fields__[conflict.field].default
