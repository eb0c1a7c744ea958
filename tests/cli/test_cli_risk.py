"""``planner risk``: its JSON contract, its tables at 80 columns, and what it refuses."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cli_said import Planner

from planner.text.width import width

DAY = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
SHARE = {"type": "number", "minimum": 0, "maximum": 1}
DAYS = {"planned": DAY, "p50": DAY, "p80": DAY, "p90": DAY, "chance": SHARE}


def strict(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def many(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": strict(**properties)}


TEXT = {"type": "string"}
CONTRACT = strict(
    schema={"const": 1},
    runs={"type": "integer"},
    seed={"type": "integer"},
    finish=strict(**DAYS),
    first_value=strict(**DAYS),
    gates=many(phase=TEXT, **DAYS),
    deadlines=many(
        kind={"enum": ["deadline", "phase"]},
        item=TEXT,
        due=DAY,
        may_slip={"type": "boolean"},
        planned=DAY,
        p80=DAY,
        chance=SHARE,
    ),
    milestones=many(milestone=TEXT, **DAYS),
    drivers=many(kind={"enum": ["package", "role", "process", "baseline"]}, item=TEXT, swing={"type": "number"}),
    critical={"type": "object", "minProperties": 1, "additionalProperties": SHARE},
    baseline_doubts={"type": "object", "additionalProperties": SHARE},
    without_capacity=SHARE,
    loosened_links={"type": "integer"},
)


@pytest.fixture
def promised_file(planned_file: Path) -> Path:
    """A plan with a roadmap and a deadline that is far away."""
    text = planned_file.read_text(encoding="utf-8")
    planned_file.write_text(text + '\n[[pins]]\nitem = "change@3"\ndeadline = 2060-01-01\n', encoding="utf-8")
    return planned_file


def test_json_keeps_its_contract_and_its_seed(planner: Planner, promised_file: Path) -> None:
    said = planner("risk", promised_file, "--runs", 120, "--seed", 5, "--json")
    assert said.code == 0, said.err
    data = json.loads(said.out)
    jsonschema.validate(data, CONTRACT)
    assert (data["runs"], data["seed"]) == (120, 5)
    assert data["finish"]["p50"] <= data["finish"]["p80"] <= data["finish"]["p90"]
    assert data["finish"] == {key: value for key, value in data["gates"][-1].items() if key != "phase"}
    assert [(d["item"], d["chance"]) for d in data["deadlines"]] == [("change@3", 1.0)]
    assert planner("risk", promised_file, "--runs", 120, "--seed", 5, "--json").out == said.out
    assert planner("risk", promised_file, "--runs", 120, "--seed", 6, "--json").out != said.out


def test_text_has_its_tables_and_keeps_to_80_columns(planner: Planner, promised_file: Path) -> None:
    said = planner("risk", promised_file, "--runs", 100)
    assert (said.code, said.err) == (0, "")
    assert max(map(width, said.out.splitlines())) <= 80
    for title in (
        "When it is finished",
        "Promised dates",
        "Milestones that hang on work",
        "What moves the finish most",
        "Most often on the longest path",
    ):
        assert f"\n{title}\n" in said.out
    data = json.loads(planner("risk", promised_file, "--runs", 100, "--json").out)
    ends = data["finish"]
    assert re.search(rf"All work +{ends['planned']}  {ends['p50']}  {ends['p80']}  {ends['p90']} ", said.out)
    assert re.search(r"Change management 3 +2060-01-01 .* 100 %", said.out)
    assert "between its low and its high estimate" in said.out


def test_a_plan_without_a_roadmap_is_told_how_to_get_one(planner: Planner, desk_file: Path) -> None:
    said = planner("risk", desk_file)
    assert (said.code, said.out) == (2, "")
    assert "has no roadmap yet" in said.err
    assert "planner propose" in said.err


def test_a_roadmap_that_lacks_a_package_is_told(planner: Planner, planned_file: Path) -> None:
    text = planned_file.read_text(encoding="utf-8")
    lost = re.search(r"(?m)^(\S+) = \{ phase = .*\n", text)
    assert lost is not None
    planned_file.write_text(text.replace(lost[0], "", 1), encoding="utf-8")
    said = planner("risk", planned_file)
    assert said.code == 2
    assert f"{lost[1]} has no place in the roadmap yet" in said.err


@pytest.mark.parametrize(("runs", "wrong"), [("0", "'0' does not fit"), ("2000000", "2000000 runs are too many")])
def test_a_wrong_number_of_runs_is_refused(planner: Planner, planned_file: Path, runs: str, wrong: str) -> None:
    said = planner("risk", planned_file, "--runs", runs)
    assert said.code == 2
    assert wrong in said.err


def test_a_shell_gets_the_same_with_helping_processes(planner: Planner, shell: Planner, planned_file: Path) -> None:
    words = ("risk", planned_file, "--runs", 4000, "--json")
    said = shell(*words)
    assert (said.code, said.err) == (0, "")
    assert said.out == planner(*words).out
