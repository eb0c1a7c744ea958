"""Defects found by use: each stays mended."""

import json
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from planner.cli import main as front
from planner.cli.main import main
from planner.rollout import propose as engine


@pytest.fixture
def plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The desk-first plan with a roadmap."""
    path = tmp_path / "plan.toml"
    assert main(["new", str(path), "--template", "desk-first", "--start", "2027-01-04", "--language", "en"]) == 0
    assert main(["propose", str(path), "--write", "--phases", "2"]) == 0
    capsys.readouterr()
    return path


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_window_and_limit_written_into_a_proposed_phase_are_kept(plan, capsys):
    edited(plan, 'name = "One front door"', 'name = "Wave A"\nnot_before = 2027-02-01\nlimit = 2')
    assert main(["propose", str(plan), "--write"]) == 0
    phase = tomllib.loads(plan.read_text("utf-8"))["phases"][0]
    assert (phase["name"], str(phase["not_before"]), phase["limit"]) == ("Wave A", "2027-02-01", 2)
    assert main(["verify", str(plan)]) == 0


def test_a_new_name_of_a_proposed_phase_is_said(plan, capsys):
    edited(plan, 'name = "One front door"', 'name = "Wave A"')
    assert main(["propose", str(plan), "--phases", "2"]) == 0
    assert 'phase p1, until now "Wave A", is now "One front door"' in capsys.readouterr().err


def test_a_copy_with_the_roadmap_keeps_comments_and_own_keys(plan, tmp_path, capsys):
    edited(plan, "schema = 2", "# agreed with the sponsor\nschema = 2\nx-ticket = 7")
    copy = tmp_path / "copy.toml"
    assert main(["propose", str(plan), "--out", str(copy)]) == 0
    assert copy.read_text("utf-8").startswith("# agreed with the sponsor\nschema = 2\nx-ticket = 7\n")
    assert main(["propose", str(plan), "--out", str(copy)]) == 2
    assert "exists already" in capsys.readouterr().err


@pytest.mark.parametrize("key", ["not_before", "deadline"])
def test_dates_far_away_are_planned_with(plan, capsys, key):
    """More than a century after the start: the engine and verify must mean the same day."""
    plan.write_text(plan.read_text("utf-8") + f'\n[[pins]]\nitem = "improvement@2"\n{key} = 2127-03-01\n', "utf-8")
    assert main(["propose", str(plan), "--write"]) == 0
    assert main(["verify", str(plan)]) == 0


def test_work_past_the_last_year_is_told(plan, capsys):
    edited(plan, "start = 2027-01-04", "start = 2199-12-30")
    assert main(["propose", str(plan), "--json"]) == 3
    (conflict,) = json.loads(capsys.readouterr().out)["conflicts"]
    assert "2199" in conflict["message"]


def test_work_that_no_target_asks_for_is_said(plan, capsys):
    edited(plan, "target = { people = 2, process = 2, tech = 2 }", "target = { people = 1, process = 1, tech = 1 }")
    assert main(["propose", str(plan)]) == 0
    assert "work is planned that no target asks for: sms@2" in capsys.readouterr().err


def test_a_target_without_work_is_a_violation(plan, capsys):
    text = plan.read_text("utf-8")
    head, event = text.split('id = "event"', 1)
    event = event.replace(
        "target = { people = 1, process = 1, tech = 1 }", "target = { people = 2, process = 2, tech = 2 }", 1
    )
    plan.write_text(head + 'id = "event"' + event, "utf-8")
    assert main(["verify", str(plan)]) == 1
    assert "event@2 is a target, but the plan has no work for it" in capsys.readouterr().out


def test_a_phase_end_that_one_capability_can_keep(plan, capsys):
    edited(plan, 'name = "One front door"', 'name = "One front door"\nnot_after = 2027-02-10')
    assert main(["propose", str(plan), "--write"]) == 0
    assert main(["verify", str(plan)]) == 0


def test_a_fault_of_the_planner_is_one_line_without_plan_text(plan, capsys, monkeypatch):
    def broken(*_args: object, **_options: object) -> None:
        raise LookupError("Lantern secret")

    monkeypatch.delenv("PLANNER_DEBUG", raising=False)
    monkeypatch.setattr("planner.cli.propose.propose", broken)
    assert main(["propose", str(plan)]) == 70
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "LookupError at test_cli_reported.py:" in told
    assert "secret" not in told
    assert engine.propose is not broken
    assert front.INTERNAL == 70


def test_an_interrupt_while_loading_is_130():
    code = (
        "import sys, os, signal; sys.argv = ['planner', 'templates'];"
        "import importlib.abc\n"
        "class Stop(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'planner.cli.main': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from planner.__main__ import run; run()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
    assert signal.SIGINT


def test_a_number_with_a_point_is_quoted_with_it(plan, capsys):
    edited(plan, "baseline = { people = 1,", "baseline = { people = 2.0,")
    assert main(["show", str(plan)]) == 2
    assert "must be a whole number, not 2.0" in capsys.readouterr().err
