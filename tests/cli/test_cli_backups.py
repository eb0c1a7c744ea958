"""``planner backups``: the list, putting one back, and what is refused."""

import json
from pathlib import Path

import pytest
from cli_said import Planner

from planner.store.lock import Lock


@pytest.fixture
def plan(planner: Planner, tmp_path: Path) -> Path:
    """A plan that was called Harbour when it was made, and is called Station now."""
    path = tmp_path / "plan.toml"
    assert planner("new", path, "--template", "desk-first", "--start", "2027-01-04", "--name", "Harbour").code == 0
    assert planner("propose", path, "--write").code == 0
    return path


def test_a_plan_without_backups(planner: Planner, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    planner("new", path, "--template", "desk-first", "--start", "2027-01-04")
    said = planner("backups", path)
    assert said.code == 0
    assert f"There are no backups of {path} yet" in " ".join(said.out.split())


def test_backups_are_listed_and_one_is_put_back(planner: Planner, plan: Path) -> None:
    proposed = plan.read_text("utf-8")
    listed = planner("backups", plan)
    assert listed.code == 0
    assert "Harbour: " in listed.out
    assert "work packages" in listed.out
    assert f"planner backups {plan} --restore N" in listed.out
    assert "[roadmap]" in proposed
    said = planner("backups", plan, "--restore", "1")
    assert said.code == 0
    assert "is again what it was until 20" in " ".join(said.out.split())
    assert "[roadmap]" not in plan.read_text("utf-8")
    planner("backups", plan, "--restore", "1")
    assert plan.read_text("utf-8") == proposed


def test_the_list_as_json(planner: Planner, plan: Path) -> None:
    (plan.parent / ".planner" / "plan.toml.backups" / "2026-01-01T00-00-00.000000Z_0123456789abcdef.toml").write_text(
        "?"
    )
    told = json.loads(planner("backups", plan, "--json").out)
    assert (told["schema"], told["file"]) == (1, str(plan))
    newest, damaged = told["backups"]
    assert (newest["number"], newest["readable"], newest["name"], newest["label"]) == (1, True, "Harbour", "")
    assert newest["packages"] > 10
    assert damaged == {
        "number": 2,
        "until": "2026-01-01T00:00:00+00:00",
        "bytes": 1,
        "label": "",
        "readable": False,
    }
    assert "not readable as a plan" in planner("backups", plan).out


def test_a_number_that_there_is_not(planner: Planner, plan: Path) -> None:
    said = planner("backups", plan, "--restore", "7")
    assert (said.code, said.out) == (2, "")
    assert f"{plan} has no backup 7 — see them with: planner backups" in said.err
    assert planner("backups", plan, "--restore", "0").code == 2


def test_nothing_is_put_back_under_somebody_who_has_the_plan_open(planner: Planner, plan: Path) -> None:
    lock = Lock.take(plan)
    assert isinstance(lock, Lock)
    before = plan.read_bytes()
    said = planner("backups", plan, "--restore", "1")
    assert said.code == 2
    assert "save and close it there, or add --even-if-open" in said.err
    assert plan.read_bytes() == before
    assert planner("backups", plan).code == 0
    assert planner("backups", plan, "--restore", "1", "--even-if-open").code == 0
    assert plan.read_bytes() != before
    lock.release()


def test_a_save_without_a_backup_says_so(planner: Planner, plan: Path) -> None:
    folder = plan.parent / ".planner" / "plan.toml.backups"
    for backup in folder.iterdir():
        backup.unlink()
    folder.rmdir()
    folder.write_text("no folder")
    said = planner("propose", plan, "--write", "--strategy", "quick-wins")
    assert said.code == 0
    assert f"no backup of {plan} as it was could be kept" in said.err
    assert "make room, or ask for permission" in said.err
