"""docs/plan-file.md must stay true: its example opens, its tables name every key, its faults are told so."""

import re
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args

import pytest

from planner.catalog.ids import process_ids
from planner.model.audience import internal_fields
from planner.model.project import Project
from planner.rollout.verify import verify
from planner.store.load import PlanUnreadable, parse
from planner.store.save import dumps

DOCS = (Path(__file__).parents[2] / "docs" / "plan-file.md").read_text("utf-8")
EXAMPLE = re.search(r"```toml\n(.*?)```", DOCS, re.S)[1]  # type: ignore[index]


def tables() -> list[tuple[str, Any]]:
    """The plan's tables by name, with the class of each."""
    found = []
    for field in fields(Project):
        kinds = [field.type, *get_args(field.type)]
        found += [(field.name, kind) for kind in kinds if is_dataclass(kind)]
    return found


def test_the_example_is_a_plan() -> None:
    project = parse(EXAMPLE, "example", process_ids())
    assert len(project.packages) == 3
    assert project.roadmap is not None
    assert verify(project) == ()
    assert dumps(project, EXAMPLE) == EXAMPLE
    assert parse(dumps(project), "example") == project


def test_the_example_shows_every_table() -> None:
    project = parse(EXAMPLE, "example")
    usual = {field.name: field.default for field in fields(Project)}
    assert [name for name, _kind in tables() if getattr(project, name) == usual[name]] == []


def inner(kind: Any) -> set[str]:
    """The keys of the tables inside a table."""
    found: set[str] = set()
    for field in fields(kind):
        for part in [part for part in get_args(field.type) if isinstance(part, type) and is_dataclass(part)]:
            found |= {inside.name for inside in fields(part)} | inner(part)
    return found


@pytest.mark.parametrize(("name", "kind"), tables(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_key_is_explained(name: str, kind: Any) -> None:
    section = re.search(rf"### `\[+{name}\]+`.*?(?=\n##)", DOCS, re.S)
    assert section, name
    assert {key for key in inner(kind) if not re.search(rf"\b{key}\b", section[0])} == set()
    rows = {
        key: row[1]
        for row in re.findall(r"^\| (`[^|]*?) \| ([^|]*) \|", section[0], re.M)
        for key in re.findall(r"`([a-z_]+)`", row[0])
    }
    if name == "left_out":
        rows = {"package": "*needed*", "reason": "empty"}
        assert "`package` (*needed*)" in section[0]
    assert set(rows) == {field.name for field in fields(kind)}
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    assert {key for key, default in rows.items() if default == "*needed*"} == needed
    marked = re.findall(r"^\| (.*?) \|.*\*internal\* \|$", section[0], re.M)
    assert {key for row in marked for key in re.findall(r"`([a-z_]+)`", row)} == {*internal_fields(kind)}
    assert ("(*internal*)\n" in section[0]) == (name in internal_fields(Project))


def test_faults_are_told_as_shown() -> None:
    text = EXAMPLE.replace("client = ", "clent = ").replace("tool-administrator = [4, 6, 10]", 'trainer = "twelve"')
    text = text.replace("2027-06-30", "2027-02-30")
    with pytest.raises(PlanUnreadable) as caught:
        parse(text, "client.toml", process_ids())
    said = {re.sub(r":\d+:", ":", str(fault)) for fault in caught.value.faults}
    shown = {re.sub(r":\d+:", ":", line) for line in re.findall(r"^    planner: (.*)", DOCS, re.M)}
    assert len(shown) == 3
    assert shown == said
