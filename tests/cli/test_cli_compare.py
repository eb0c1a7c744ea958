"""``planner compare``: its JSON, its text on both samples letter by letter, and what cannot be asked for.

The expected texts are in ``golden/``; ``UPDATE_GOLDEN=1`` writes them anew, and the diff is then read by a person.
"""

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cli_said import Planner

from planner.rollout import alternatives
from planner.text.width import width

GOLDEN = Path(__file__).parent / "golden"
PROJECTS = Path(__file__).parents[2] / "projects"
DAY = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
NAMES = {"type": "array", "items": {"type": "string"}}


def exactly(**properties: Any) -> dict[str, Any]:
    """An object with these properties and no others."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [*properties],
        "properties": properties,
    }


CONTRACT = exactly(
    schema={"const": 1},
    reference={"type": "string"},
    judged=NAMES,
    roadmaps={
        "type": "array",
        "items": exactly(
            id={"type": "string"},
            name={"type": "string"},
            kind={"enum": ["adopted", "strategy", "alternative"]},
            strategy={"type": "string"},
            status={"enum": ["optimal", "feasible", "heuristic", "edited"]},
            gap={"type": ["number", "null"]},
            cost={"type": ["number", "null"]},
            metrics=exactly(
                days_to_first_value={"type": "integer"},
                mean_week_of_value={"type": "number"},
                finish=DAY,
                working_days={"type": "integer"},
                peak_load={"type": "number"},
                busiest_role={"type": "string"},
                most_in_change={"type": "integer"},
                broken_soft_dependencies={"type": "integer"},
                weeks_late={"type": "number"},
                weeks_moved={"type": ["number", "null"]},
                phases={"type": "integer"},
            ),
            best=NAMES,
            unbeaten={"type": "boolean"},
            beaten_by=NAMES,
            first=NAMES,
            against={
                "anyOf": [
                    {"type": "null"},
                    exactly(id={"type": "string"}, wins=NAMES, costs=NAMES, words={"type": "string"}),
                ]
            },
            broken=NAMES,
        ),
    },
    differences={
        "type": "array",
        "items": exactly(
            one={"type": "string"},
            other={"type": "string"},
            order={"type": "number", "minimum": 0, "maximum": 1},
            phases={"type": "integer"},
        ),
    },
    left_out={
        "type": "array",
        "items": exactly(id={"type": "string"}, name={"type": "string"}, reasons=NAMES, advice={"type": "string"}),
    },
)


@pytest.mark.parametrize(("name", "tongue"), [("lantern-retail", "en"), ("harbour-bank", "zh")])
def test_both_samples_side_by_side(name: str, tongue: str, planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECTS)
    said = planner("compare", f"{name}.toml", "--lang", tongue)
    assert (said.code, said.err) == (0, "")
    golden = GOLDEN / f"compare-{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(said.out, "utf-8")
    assert said.out == golden.read_text("utf-8")
    commands = [line for line in said.out.splitlines() if line.startswith("  planner ")]
    assert len(commands) == 2
    assert all(width(line) <= 80 for line in said.out.splitlines() if line not in commands)


def test_the_document_is_as_the_contract_says_and_agrees_with_propose(planner: Planner, planned_file: Path) -> None:
    said = planner("compare", planned_file, "--strategies", "service-desk-first,quick-wins", "--json")
    assert (said.code, said.err) == (0, "")
    document = json.loads(said.out)
    jsonschema.validate(document, CONTRACT)
    rows = {row["id"]: row for row in document["roadmaps"]}
    assert [*rows] == ["adopted", "service-desk-first", "quick-wins"]
    assert document["reference"] == "service-desk-first"
    other = json.loads(planner("propose", planned_file, "--strategy", "quick-wins", "--json").out)
    figures = rows["quick-wins"]["metrics"]
    assert figures["days_to_first_value"] == other["metrics"]["days_to_first_value"]
    assert figures["working_days"] == other["metrics"]["working_days"]
    assert figures["mean_week_of_value"] == round(other["objective"]["terms"]["value"], 1)
    assert figures["finish"] == max(phase["finish"] for phase in other["phases"])
    assert figures["peak_load"] == pytest.approx(max(other["metrics"]["peak_load"].values()), abs=0.01)
    assert figures["phases"] == len(other["phases"])
    assert rows["adopted"]["metrics"]["weeks_moved"] == 0
    assert [(d["one"], d["other"]) for d in document["differences"]] == [
        ("adopted", "service-desk-first"),
        ("adopted", "quick-wins"),
        ("service-desk-first", "quick-wins"),
    ]


def test_strategies_that_do_not_suit_are_listed_and_not_fatal(planner: Planner, desk_file: Path) -> None:
    text = desk_file.read_text("utf-8")
    kept = [part for part in text.split("\n\n") if not part.startswith("[[pains]]")]
    desk_file.write_text("\n\n".join(kept), "utf-8")
    said = planner("compare", desk_file, "--strategies", "pain-driven,service-desk-first")
    assert (said.code, said.err) == (0, "")
    assert "Left out\n  Pain-point driven\n    - strategy pain-driven follows" in said.out
    assert "\n    - tick the pains first, or choose another strategy\n" in said.out
    alone = planner("compare", desk_file, "--strategies", "pain-driven", "--json")
    assert alone.code == 3
    assert json.loads(alone.out)["left_out"][0]["id"] == "pain-driven"
    assert "planner: Pain-point driven: strategy pain-driven follows the client's pains" in alone.err


def test_none_feasible_is_exit_code_3_with_the_conflict_named(planner: Planner, desk_file: Path) -> None:
    text = desk_file.read_text("utf-8")
    desk_file.write_text(text + '\n[[pins]]\nitem = "incident@3"\ndeadline = 2027-02-01\n', "utf-8")
    for words in ([], ["--alternatives"]):
        said = planner("compare", desk_file, *words)
        assert (said.code, said.out) == (3, "")
        assert "incident@3" in said.err


def test_alternatives_beside_the_proposal(planner: Planner, desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alternatives, "MOST_TRIED", 4)
    said = planner("compare", desk_file, "--alternatives", "--within", "12.5", "--count", "2", "--json")
    assert (said.code, said.err) == (0, "")
    document = json.loads(said.out)
    jsonschema.validate(document, CONTRACT)
    first, *others = document["roadmaps"]
    assert (first["id"], first["kind"], first["cost"]) == ("service-desk-first", "strategy", None)
    assert 1 <= len(others) <= 2
    for row in others:
        assert row["kind"] == "alternative"
        assert row["cost"] <= 0.125
        assert {item.split("@")[0] for item in row["first"]} != {item.split("@")[0] for item in first["first"]}
        assert row["against"]["id"] == "service-desk-first"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--within", "5"], "--within and --count are for alternatives — add --alternatives"),
        (
            ["--alternatives", "--time-limit", "5"],
            "alternatives are found by the heuristic — leave --solver and --time-limit away",
        ),
        (
            ["--alternatives", "--strategies", "quick-wins,compliance-first"],
            "alternatives are those of one strategy — name one with --strategies",
        ),
        (["--strategies", "quick-win"], "there is no strategy 'quick-win' — did you mean 'quick-wins'?"),
        (["--alternatives", "--within", "much"], "--within: 'much' does not fit — give per cent, such as 5"),
        (["--alternatives", "--count", "21"], "--count: '21' does not fit — ask for at most 20"),
    ],
)
def test_what_cannot_be_asked_for(words: list[str], line: str, planner: Planner, desk_file: Path) -> None:
    assert planner("compare", desk_file, *words) == (2, "", f"planner: {line}\n")
