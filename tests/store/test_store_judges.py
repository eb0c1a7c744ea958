"""Two judges of a plan's kinds and ranges: ``model.decode``, and pydantic on the same annotations. They must agree.

Deliberate differences, kept out of the comparison: ``decode`` skips ``x-`` keys, wants dates without quotes (JSON has
them in quotes only, so pydantic also takes a date for a text), takes no number from a thousand million on, no ``true``
and no table for the three numbers of an estimate.
"""

import copy
import json
from dataclasses import replace
from datetime import date, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from store_layouts import planned

from planner.model.decode import decode, encode
from planner.model.project import SCHEMA, Project

ODD: list[Any] = [
    *(7, -1, 0, 1, 6, 5001, 2.0, 0.5, -0.25, True, False),
    *("", "twelve", "hard", "en", "mon", "incident@2", "yes", "seen", "tool", "business", "kpi", "range"),
    *([], {}, [1, 2, 3], [3, 2, 1], [1, 2], [0.5, 1, 2], ["a"], ["a", 1], [[]], {"a": 1}, {"people": 3}),
    [{"first": date(2027, 1, 4), "last": date(2027, 1, 5)}],
    [{"since": date(2027, 1, 4), "fte": 1}, {"since": date(2027, 2, 4)}],
]
DAYS: list[Any] = [date(2027, 1, 4), date(1999, 12, 31), date(2200, 1, 1), datetime(2027, 1, 4, 9, 30)]


@pytest.fixture(scope="module")
def adapter() -> TypeAdapter[Project]:
    return TypeAdapter(Project)


def second(adapter: TypeAdapter[Project], data: Any) -> Project | None:
    """What pydantic makes of ``data``; None when it refuses."""
    try:
        return adapter.validate_json(json.dumps(data, default=lambda day: day.isoformat()), strict=True, extra="forbid")
    except ValidationError:
        return None


def _mutate(data: Any, random: Random) -> None:
    """Change, remove, rename or add one value somewhere in ``data``."""
    holder, key = None, None
    node = data
    while isinstance(node, (dict, list)) and node and (holder is None or random.random() < 0.85):
        holder, key = node, random.choice(list(node) if isinstance(node, dict) else range(len(node)))
        node = holder[key]
    if holder is data and key == "schema":
        return
    match random.choice(["odd", "odd", "odd", "remove", "rename", "add"]):
        case "odd":
            holder[key] = copy.deepcopy(random.choice([*ODD, *DAYS] if isinstance(node, date) else ODD))
        case "remove":
            del holder[key]
        case "rename" if isinstance(holder, dict):
            holder[f"{key}s"] = holder.pop(key)
        case "add" if isinstance(holder, dict):
            holder["surplus"] = copy.deepcopy(random.choice(ODD))


@given(seed=st.integers(0, 10**9))
@settings(max_examples=200, deadline=None)
def test_both_judges_agree(desk: Project, adapter: TypeAdapter[Project], seed: int) -> None:
    random = Random(seed)
    whole = planned(desk)
    small = replace(
        whole, packages=whole.packages[:2], dependencies=whole.dependencies[:2], processes=whole.processes[:2]
    )
    data = {"schema": SCHEMA, **encode(small)}
    for _mutation in range(random.choice([0, 1, 1, 1, 2, 3])):
        _mutate(data, random)
    project, problems = decode(Project, data)
    other = second(adapter, data)
    assert (other is None) == bool(problems), problems
    if other is not None:
        assert other == project


@pytest.mark.parametrize("name", ["desk", "bank"])
def test_both_read_a_started_project_alike(
    name: str, request: pytest.FixtureRequest, adapter: TypeAdapter[Project]
) -> None:
    project: Project = request.getfixturevalue(name)
    data = encode(project)
    assert second(adapter, data) == project
    assert decode(Project, data) == (project, [])


def test_where_they_differ_on_purpose(desk: Project, adapter: TypeAdapter[Project]) -> None:
    def judged(**change: Any) -> tuple[bool, bool]:
        data = {**encode(desk), **change}
        return decode(Project, data)[1] == [], second(adapter, data) is not None

    engagement = {"name": "N", "start": date(2027, 1, 4)}
    role = {"id": "r", "name": "R", "fte": 1}
    assert judged(engagement={**engagement, "x-note": 1}) == (True, False)
    assert judged(engagement={**engagement, "start": "2027-01-04"}) == (False, True)
    assert judged(roles=[{**role, "fte": 1e9}]) == (False, True)
    assert judged(schema=True) == (False, False)
