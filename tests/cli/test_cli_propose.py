"""``planner propose``: its JSON contract, what it writes and what it refuses."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cli_said import Planner

from planner.cli import compare, propose
from planner.cli.watching import Watching
from planner.rollout import optimal
from planner.rollout.result import Violation

DAY = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
CONTRACT: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "strategy", "solver", "status", "objective", "phases", "packages", "metrics", "violations"],
    "properties": {
        "schema": {"const": 1},
        "strategy": {"type": "string"},
        "solver": {"enum": ["heuristic", "exact"]},
        "stopped": {"const": True},
        "status": {"enum": ["optimal", "feasible", "heuristic"]},
        "objective": {
            "type": "object",
            "additionalProperties": False,
            "required": ["value", "bound", "gap", "terms"],
            "properties": {
                "value": {"type": "number"},
                "bound": {"type": ["number", "null"]},
                "gap": {"type": ["number", "null"]},
                "terms": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "number"}},
            },
        },
        "absorption": {
            "type": "object",
            "additionalProperties": False,
            "required": ["plan", "used", "reason"],
            "properties": {
                "plan": {"type": "integer"},
                "used": {"type": "integer"},
                "reason": {"type": "string"},
            },
        },
        "phases": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["id", "name", "start", "finish", "capabilities"],
                "properties": {
                    "id": {"type": "string"},
                    "name": {"type": "string"},
                    "start": DAY,
                    "finish": DAY,
                    "capabilities": {"type": "array", "items": {"type": "string", "pattern": "@[2-5]$"}},
                },
            },
        },
        "packages": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["id", "capability", "workstream", "phase", "start", "finish"],
                "properties": {
                    "id": {"type": "string"},
                    "capability": {"type": "string"},
                    "workstream": {"enum": ["people", "process", "tech", "standard"]},
                    "phase": {"type": "string"},
                    "start": DAY,
                    "finish": DAY,
                },
            },
        },
        "metrics": {
            "type": "object",
            "additionalProperties": False,
            "required": [
                "days_to_first_value",
                "working_days",
                "peak_load",
                "maturity_by_phase",
                "broken_soft_dependencies",
            ],
            "properties": {
                "days_to_first_value": {"type": "integer"},
                "working_days": {"type": "integer"},
                "peak_load": {"type": "object", "additionalProperties": {"type": "number", "maximum": 1.0001}},
                "maturity_by_phase": {
                    "type": "object",
                    "additionalProperties": {"type": "object", "additionalProperties": {"type": "integer"}},
                },
                "broken_soft_dependencies": {"type": "integer"},
            },
        },
        "violations": {"type": "array", "maxItems": 0},
    },
}


@pytest.mark.parametrize("strategy", ["service-desk-first", "change-config-first"])
def test_json_is_as_the_contract_says(strategy: str, planner: Planner, desk_file: Path) -> None:
    said = planner("propose", desk_file, "--strategy", strategy, "--json")
    assert (said.code, said.err) == (0, "")
    document = json.loads(said.out)
    jsonschema.validate(document, CONTRACT)
    assert document["strategy"] == strategy
    assert [*document["metrics"]["maturity_by_phase"]] == [phase["id"] for phase in document["phases"]]
    for phase in document["phases"]:
        dates = [(p["start"], p["finish"]) for p in document["packages"] if p["phase"] == phase["id"]]
        assert phase["start"] == min(start for start, _finish in dates)
        assert phase["finish"] == max(finish for _start, finish in dates)


def test_nothing_is_written_unless_asked_for(planner: Planner, desk_file: Path) -> None:
    before = desk_file.read_bytes()
    said = planner("propose", desk_file)
    assert said.code == 0
    assert "Nothing is saved yet." in said.out
    assert f"planner propose {desk_file} --strategy service-desk-first --write\n" in said.out
    assert desk_file.read_bytes() == before
    assert [*desk_file.parent.iterdir()] == [desk_file]


def test_the_text_names_phases_pulled_in_capabilities_quality_and_figures(planner: Planner, desk_file: Path) -> None:
    out = planner("propose", desk_file).out
    document = json.loads(planner("propose", desk_file, "--json").out)
    for number, phase in enumerate(document["phases"], 1):
        assert f"  {number}. {phase['name']}: {phase['start']} .. {phase['finish']}, " in out
    assert "Problem management 2 (+)" in out.replace("\n       ", " ")
    assert "(+) pulled in: " in out
    assert re.search(r"^Quality   heuristic; at most \d+\.\d % better possible with these phases$", out, re.MULTILINE)
    assert f"after {document['metrics']['days_to_first_value']} days" in out


def test_the_next_command_asks_for_the_same_proposal(planner: Planner, desk_file: Path) -> None:
    spaced = desk_file.rename(desk_file.with_name("my plan.toml"))
    out = planner("propose", spaced, "--phases", "3", "--seed", "5").out
    assert out.endswith(f"  planner propose '{spaced}' --strategy service-desk-first --phases 3 --seed 5 --write\n")


def test_write_keeps_what_people_wrote_around_the_plan(planner: Planner, desk_file: Path) -> None:
    desk_file.write_text("# agreed with the client\n" + desk_file.read_text("utf-8"), "utf-8")
    said = planner("propose", desk_file, "--write")
    assert said.code == 0, said.err
    text = desk_file.read_text("utf-8")
    assert text.startswith("# agreed with the client\n")
    assert "[roadmap]" in text
    assert planner("verify", desk_file).code == 0


def test_out_writes_another_file_and_leaves_the_plan_alone(planner: Planner, desk_file: Path) -> None:
    before = desk_file.read_bytes()
    other = desk_file.with_name("other.toml")
    said = planner("propose", desk_file, "--strategy", "change-config-first", "--out", other)
    assert (said.code, said.err) == (0, "")
    assert f"The roadmap is saved in {other}." in said.out
    assert desk_file.read_bytes() == before
    assert planner("verify", other).code == 0
    again = planner("propose", desk_file, "--out", other)
    assert (again.code, again.out) == (2, "")
    assert str(other) in again.err


def test_proposing_again_by_default_takes_the_strategy_last_written(planner: Planner, desk_file: Path) -> None:
    planner("propose", desk_file, "--strategy", "change-config-first", "--write")
    assert json.loads(planner("propose", desk_file, "--json").out)["strategy"] == "change-config-first"


def test_as_many_phases_as_asked_for(planner: Planner, desk_file: Path) -> None:
    for count in (1, 4):
        document = json.loads(planner("propose", desk_file, "--phases", count, "--json").out)
        assert len(document["phases"]) == count


def test_the_exact_solver_says_how_good_its_plan_is(planner: Planner, desk_file: Path) -> None:
    said = planner("propose", desk_file, "--solver", "exact", "--time-limit", "4", "--json")
    document = json.loads(said.out)
    jsonschema.validate(document, CONTRACT)
    assert (said.code, document["solver"], document["violations"]) == (0, "exact", [])
    assert document["status"] in ("optimal", "feasible")
    objective = document["objective"]
    assert 0 < objective["bound"] <= objective["value"]
    heuristic = json.loads(planner("propose", desk_file, "--json").out)
    assert (heuristic["solver"], heuristic["status"]) == ("heuristic", "heuristic")
    assert objective["value"] <= heuristic["objective"]["value"]


def test_without_the_extra_exact_says_what_to_do_and_auto_still_works(
    planner: Planner, desk_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(optimal, "installed", lambda: False)
    said = planner("propose", desk_file, "--solver", "exact")
    advice = "install it with: pip install 'itsm-planner[optimal]', or use --solver heuristic"
    assert (said.code, said.err) == (2, f"planner: the exact solver is not installed — {advice}\n")
    document = json.loads(planner("propose", desk_file, "--time-limit", "0.3", "--json").out)
    assert (document["solver"], document["status"]) == ("heuristic", "heuristic")


def test_fewer_phases_than_asked_for_are_told(planner: Planner, desk_file: Path) -> None:
    said = planner("propose", desk_file, "--phases", "500", "--json")
    count = len(json.loads(said.out)["phases"])
    assert (said.code, said.err) == (0, f"planner: 500 phases were asked for; {count} could be made\n")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--write", "--out", "x.toml"], "--write and --out do not go together — give one of them"),
        (
            ["--strategy", "service-desk"],
            "there is no strategy 'service-desk' — did you mean 'service-desk-first'?",
        ),
    ],
)
def test_what_cannot_be_asked_for(words: list[str], line: str, planner: Planner, desk_file: Path) -> None:
    assert planner("propose", desk_file, *words) == (2, "", f"planner: {line}\n")


def pinned(file: Path) -> None:
    text = file.read_text("utf-8")
    file.write_text(text + '\n[[pins]]\nitem = "incident@3"\ndeadline = 2027-02-01\nreason = "promised"\n', "utf-8")


def test_no_feasible_roadmap_is_exit_code_3_with_the_conflict_named(planner: Planner, desk_file: Path) -> None:
    pinned(desk_file)
    before = desk_file.read_bytes()
    said = planner("propose", desk_file, "--write")
    assert (said.code, said.out) == (3, "")
    assert said.err.startswith("planner: ")
    assert "incident@3" in said.err
    assert "2027-02-01" in said.err
    assert desk_file.read_bytes() == before


def test_a_conflict_as_json(planner: Planner, desk_file: Path) -> None:
    pinned(desk_file)
    said = planner("propose", desk_file, "--json")
    document = json.loads(said.out)
    assert said.code == 3
    assert (document["schema"], document["status"]) == (1, "infeasible")
    assert document["conflicts"]
    for conflict in document["conflicts"]:
        assert {*conflict} == {"rule", "items", "message", "days"}
        assert f"planner: {conflict['message']}\n" in said.err
    assert document["conflicts"][0]["rule"] == "deadline"
    assert document["conflicts"][0]["days"] > 0


def test_a_proposal_that_verify_rejects_is_neither_shown_nor_saved(
    planner: Planner, desk_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk_file.read_bytes()
    violation = Violation("capacity", ("incident@3",), "the trainer is needed twice")
    monkeypatch.setattr(propose, "verify", lambda *_args: (violation,))
    said = planner("propose", desk_file, "--write")
    assert said == (1, "", "planner: the trainer is needed twice\n")
    assert desk_file.read_bytes() == before


def test_a_promise_that_slips_is_told_with_the_figures(planner: Planner, desk_file: Path) -> None:
    pin = '\n[[pins]]\nitem = "incident@3"\ndeadline = 2027-02-01\nmay_slip = true\n'
    assert "Promises missed" not in planner("propose", desk_file).out
    desk_file.write_text(desk_file.read_text("utf-8") + pin, "utf-8")
    document = json.loads(planner("propose", desk_file, "--json").out)
    finish = max(p["finish"] for p in document["packages"] if p["capability"] == "incident@3")
    late = (date.fromisoformat(finish) - date(2027, 2, 1)).days
    said = planner("propose", desk_file)
    assert said.code == 0
    assert re.search(rf"\n  Promises missed +.*by {late} days\n", said.out)
    assert document["objective"]["terms"]["late"] == pytest.approx(late / 7, abs=1e-4)


def test_json_says_that_the_search_was_stopped(
    planner: Planner, desk_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def pressed() -> Iterator[Watching]:
        watch = Watching()
        watch.halted = True
        yield watch

    for module in (propose, compare):
        monkeypatch.setattr(module, "watching", pressed)
    said = planner("propose", desk_file, "--time-limit", "5", "--solver", "heuristic", "--json")
    assert "stopped at your request" in said.err
    document = json.loads(said.out)
    jsonschema.validate(document, CONTRACT)
    assert document["stopped"] is True
    assert "stopped" not in json.loads(planner("propose", desk_file, "--json").out)
    words = ["compare", desk_file, "--strategies", "service-desk-first,quick-wins", "--json"]
    assert json.loads(planner(*words).out)["stopped"] is True


def test_a_plan_without_a_strategy_follows_that_of_its_template(planner: Planner, desk_file: Path) -> None:
    text = desk_file.read_text("utf-8")
    assert 'strategy = "service-desk-first"\n' in text
    desk_file.write_text(text.replace('strategy = "service-desk-first"\n', ""), "utf-8")
    assert json.loads(planner("propose", desk_file, "--json").out)["strategy"] == "service-desk-first"
