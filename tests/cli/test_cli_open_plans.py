"""The command line and a plan that somebody has open: reading never minds, writing asks first."""

import json
import os
from pathlib import Path

import pytest
from cli_said import Planner

from planner.store.beside import FOLDER, companion
from planner.store.load import load
from planner.store.lock import Lock, holder


@pytest.fixture
def plan(planner: Planner, tmp_path: Path) -> Path:
    """A new plan."""
    path = tmp_path / "plan.toml"
    assert planner("new", path, "--template", "desk-first", "--start", "2027-01-04").code == 0
    return path


@pytest.fixture
def ana(plan: Path, monkeypatch: pytest.MonkeyPatch) -> Lock:
    """Somebody's session on it."""
    with monkeypatch.context() as patch:
        patch.setenv("LOGNAME", "ana")
        got = Lock.take(plan)
    assert isinstance(got, Lock)
    return got


@pytest.mark.parametrize(
    "words",
    [
        ["progress", "--as-of", "2027-02-01", "--write"],
        ["assess", "--tick", "PN08", "--write"],
        ["propose", "--write"],
        ["refresh", "--write"],
        ["replan", "--write"],
    ],
    ids=lambda words: words[0],
)
def test_writing_refuses_at_once_and_says_who_and_what_to_do(
    planner: Planner, plan: Path, ana: Lock, words: list[str]
) -> None:
    """One line, exit code 2, and nothing is written."""
    before = plan.read_bytes()
    said = planner(words[0], plan, *words[1:])
    assert said.code == 2
    assert said.err.startswith(f"planner: {plan}: ana has this plan open on ")
    assert said.err.endswith("— save and close it there, or add --even-if-open: that session will notice, and merge\n")
    assert said.err.count("\n") == 1
    assert plan.read_bytes() == before
    assert ana.mine()


def test_restoring_a_backup_refuses_too(planner: Planner, plan: Path) -> None:
    """It would take away what the open session has saved."""
    assert planner("progress", plan, "--as-of", "2027-02-01", "--write").code == 0
    got = Lock.take(plan)
    assert isinstance(got, Lock)
    before = plan.read_bytes()
    assert planner("backups", plan, "--restore", 1).code == 2
    assert plan.read_bytes() == before
    assert planner("backups", plan, "--restore", 1, "--even-if-open").code == 0
    assert plan.read_bytes() != before
    assert got.mine()


def test_it_can_be_written_all_the_same(planner: Planner, plan: Path, ana: Lock) -> None:
    """The session keeps the plan, and will notice."""
    assert planner("progress", plan, "--as-of", "2027-02-01", "--write", "--even-if-open").code == 0
    assert str(load(plan).project.engagement.as_of) == "2027-02-01"
    assert ana.mine()


def test_what_an_ended_session_left_is_in_nobodys_way(planner: Planner, plan: Path, ana: Lock) -> None:
    """Neither a dead process here nor a silent session elsewhere breaks a script."""
    file = companion(plan, "lock")
    file.write_text(json.dumps(json.loads(ana.text) | {"boot": "before the reboot"}))
    assert planner("progress", plan, "--as-of", "2027-02-01", "--write").code == 0
    assert holder(plan) is None
    file.write_text(json.dumps(json.loads(ana.text) | {"host": "north"}))
    os.utime(file, (1_700_000_000,) * 2)
    assert planner("progress", plan, "--as-of", "2027-02-02", "--write").code == 0
    assert str(load(plan).project.engagement.as_of) == "2027-02-02"


@pytest.mark.parametrize("verb", ["show", "check", "assess", "progress", "backups"])
def test_reading_neither_minds_nor_leaves_anything(planner: Planner, plan: Path, verb: str) -> None:
    """No lock, no folder."""
    got = Lock.take(plan)
    assert isinstance(got, Lock)
    assert planner(verb, plan).code in (0, 1)
    got.release()
    (plan.parent / FOLDER / ".gitignore").unlink()
    (plan.parent / FOLDER).rmdir()
    assert planner(verb, plan).code in (0, 1)
    assert {path.name for path in plan.parent.iterdir()} == {"plan.toml"}


def test_a_new_file_needs_nobodys_leave(planner: Planner, plan: Path, ana: Lock) -> None:
    """``--out`` leaves the open plan alone."""
    assert planner("progress", plan, "--as-of", "2027-02-01", "--out", plan.with_name("other.toml")).code == 0
    assert ana.mine()
