"""``planner check``: what the plan mutes, its own thresholds, where a check comes from."""

import json
from pathlib import Path

import pytest
from cli_said import Planner

PLAN = Path(__file__).parents[1] / "data" / "checks" / "CHK08-fires.toml"
MUTED = '\n[[checks]]\nid = "CHK08"\nmute = "the owner decides alone"\n'
OWN = '\n[[checks]]\nid = "CHK08"\nnumbers = { weeks = 4.0 }\n\n[governance]\nsteering_weeks = 6\n'


@pytest.fixture
def muted_file(tmp_path: Path) -> Path:
    path = tmp_path / "muted.toml"
    path.write_text(PLAN.read_text("utf-8") + MUTED, "utf-8")
    return path


def test_muted_findings_are_counted_with_their_reason(planner: Planner, muted_file: Path) -> None:
    assert planner("check", PLAN).code == 1
    said = planner("check", muted_file)
    assert (said.code, said.err) == (0, "")
    assert "no sponsor is named" not in said.out
    assert said.out.endswith("1 more is muted:\n  - No active leadership (CHK08): the owner decides alone\n")
    assert planner("show", muted_file, "--section", "checks").out == said.out


def test_all_shows_them_in_full(planner: Planner, muted_file: Path) -> None:
    said = planner("check", muted_file, "--all")
    assert said.code == 0
    assert "error: No active leadership (CHK08)\n  no sponsor is named\n" in said.out
    assert said.out.endswith("  muted: the owner decides alone\n")


def test_json_keeps_them_in_a_list_of_their_own(planner: Planner, muted_file: Path) -> None:
    document = json.loads(planner("check", muted_file, "--json").out)
    assert document["schema"] == 1
    assert [(f["id"], f["muted"]) for f in document["muted"]] == [("CHK08", "the owner decides alone")]
    assert "CHK08" not in {f["id"] for f in document["findings"]}
    assert all("muted" not in finding for finding in document["findings"])


def test_a_threshold_of_the_plan_is_shown_beside_the_usual_one(planner: Planner, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(PLAN.read_text("utf-8") + OWN, "utf-8")
    said = planner("check", path)
    assert "the steering group meets every 6 weeks only" in said.out
    assert "  by this plan's own threshold weeks: 4, usually 8\n" in said.out
    found = json.loads(planner("check", path, "--json").out)["findings"]
    assert found[0]["changed"] == [{"key": "weeks", "value": "4", "usual": "8"}]


def test_explain_says_where_a_check_comes_from(planner: Planner) -> None:
    said = planner("check", PLAN, "--explain")
    assert "  from: S003 maxim 2; severity and numbers: judgement\n" in said.out
    assert "from:" not in planner("check", PLAN).out
