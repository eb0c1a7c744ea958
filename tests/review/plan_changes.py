"""Plans that differ in drawn ways: fields of rows exchanged, rows dropped, moved, added; not judged by any rule."""

from copy import deepcopy
from dataclasses import fields
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from planner.model.decode import decode, encode
from planner.model.project import Project
from planner.model.rows import SAME, row_name
from planner.store.load import load

KEYS = {"id", "item", "needs", "type", "standard", "track", "process", "assessor", "package", "phase"}
"""By what rows are told apart; a row with another key is another row."""

EXAMPLES = Path(__file__).parents[2] / "projects"


def example(name: str = "lantern-retail") -> Project:
    """A plan of the repository."""
    return load(EXAMPLES / f"{name}.toml").project


def changed(project: Project, data: st.DataObject, most: int = 4) -> Project:
    """``project`` after up to ``most`` drawn changes, each of a field, a row or an order."""
    plan: dict[str, Any] = deepcopy(encode(project))
    for _step in range(data.draw(st.integers(0, most), label="changes")):
        _change(plan, data)
    found, _problems = decode(Project, plan)
    return project if found is None else found


def _change(plan: dict[str, Any], data: st.DataObject) -> None:
    table = data.draw(st.sampled_from([name for name in plan if name != "schema"]), label="table")
    part = plan[table]
    if not isinstance(part, list):
        _change_field(part, part, data)
        return
    if not part:
        return
    row = data.draw(st.integers(0, len(part) - 1), label="row")
    deed = data.draw(st.sampled_from(["field", "field", "field", "drop", "move", "add"]), label="deed")
    other = part[data.draw(st.integers(0, len(part) - 1), label="other")]
    if deed == "drop":
        del part[row]
    elif deed == "move":
        part.insert(data.draw(st.integers(0, len(part) - 1), label="to"), part.pop(row))
    elif deed == "add":
        new = {**deepcopy(other), SAME[(table,)][0][0]: "newest"}
        if all(row_name(table, new) != row_name(table, row) for row in part):
            part.append(new)
    else:
        _change_field(part[row], other, data)


def _change_field(part: dict[str, Any], other: dict[str, Any], data: st.DataObject) -> None:
    """One field becomes what it is in another row, another value of its kind, or is left away."""
    free = [name for name in part if name not in KEYS]
    if not free:
        return
    name = data.draw(st.sampled_from(free), label="field")
    value = part[name]
    deed = data.draw(st.sampled_from(["as other", "new", "away"]), label="how")
    if deed == "as other" and name in other:
        part[name] = deepcopy(other[name])
    elif deed == "away":
        del part[name]
    elif isinstance(value, str):
        part[name] = value + "x"
    elif isinstance(value, bool):
        part[name] = not value
    elif isinstance(value, (int, float)):
        part[name] = value + 1
    elif isinstance(value, dict) and value:
        key = data.draw(st.sampled_from([*value]), label="key")
        del value[key]
    elif isinstance(value, list) and value:
        value.reverse()


def tables(project: Project) -> dict[str, Any]:
    """The parts of ``project`` by name."""
    return {field.name: getattr(project, field.name) for field in fields(Project)}
