"""The main job by commands alone, for each template and each strategy, and what happens to the file on the way."""

import json
import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from cli_said import Planner

from planner.cli import new

TEMPLATES = ("desk-first", "bank-change-first")
STRATEGIES = ("service-desk-first", "change-config-first")


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_new_propose_verify_show_export(template: str, strategy: str, planner: Planner, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    made = planner("new", file, "--template", template, "--start", "2027-01-04")
    assert (made.code, made.err) == (0, "")
    assert made.out.endswith(f"Next: planner propose {file} --write\n")

    proposed = planner("propose", file, "--strategy", strategy, "--write")
    assert (proposed.code, proposed.err) == (0, "")
    assert f"({strategy})" in proposed.out
    assert re.search(r"Quality   heuristic; at most \d+\.\d % better possible with these phases", proposed.out)
    assert tomllib.loads(file.read_text("utf-8"))["engagement"]["strategy"] == strategy

    verified = planner("verify", file)
    assert (verified.code, verified.err) == (0, "")
    assert verified.out.startswith("The roadmap keeps every constraint: ")

    shown = planner("show", file)
    assert (shown.code, shown.err) == (0, "")
    plan = tomllib.loads(file.read_text("utf-8"))
    for number, phase in enumerate(plan["phases"], 1):
        assert f"  {number}. {phase['name']}: " in shown.out

    for form in ("csv", "mermaid"):
        target = tmp_path / f"plan.{form}"
        exported = planner("export", file, "--format", form, "--out", target)
        assert (exported.code, exported.err) == (0, "")
        assert exported.out.startswith(f"{target} written, ")
        assert planner("export", file, "--format", form, "--out", "-").out.encode() == target.read_bytes()


def test_the_strategies_begin_differently(planner: Planner, desk_file: Path) -> None:
    first = {}
    for strategy in STRATEGIES:
        said = planner("propose", desk_file, "--strategy", strategy, "--json")
        first[strategy] = set(json.loads(said.out)["phases"][0]["capabilities"])
    assert "service-desk@2" in first["service-desk-first"]
    assert "change@2" not in first["service-desk-first"]
    assert "change@2" in first["change-config-first"]


class TestNew:
    def test_what_was_asked_for_stands_in_the_file(self, planner: Planner, tmp_path: Path) -> None:
        file = tmp_path / "acme.toml"
        words = ["--name", "Acme rollout", "--client", "Acme", "--start", "2027-03-01", "--size", "small"]
        said = planner("new", file, "--template", "desk-first", *words, "--language", "zh")
        assert said.code == 0, said.err
        about = tomllib.loads(file.read_text("utf-8"))["engagement"]
        assert about["start"] == date(2027, 3, 1)
        assert (about["name"], about["client"], about["size"]) == ("Acme rollout", "Acme", "small")
        assert (about["language"], about["template"]) == ("zh", "desk-first")
        assert "事件管理" in planner("show", file).out

    def test_the_plan_speaks_the_interface_language_unless_told(self, planner: Planner, tmp_path: Path) -> None:
        planner("--lang", "zh", "new", tmp_path / "a.toml", "--template", "desk-first", "--start", "2027-01-04")
        assert 'language = "zh"' in (tmp_path / "a.toml").read_text("utf-8")

    def test_a_start_taken_from_today_is_told(self, planner: Planner, tmp_path: Path) -> None:
        file = tmp_path / "a.toml"
        said = planner("new", file, "--template", "desk-first")
        start = tomllib.loads(file.read_text("utf-8"))["engagement"]["start"]
        assert start.weekday() == 0
        assert date.today() < start <= date.today() + timedelta(days=7)
        assert said.err == f"planner: the project starts on {start}, the next Monday (--start says another)\n"
        assert said.code == 0

    @pytest.mark.parametrize("day", [date(2027, 1, 4), date(2027, 1, 9), date(2027, 1, 10)])
    def test_the_next_monday(self, day: date) -> None:
        assert new._next_monday(day) == date(2027, 1, 11)

    def test_a_file_that_exists_is_left_alone(self, planner: Planner, desk_file: Path) -> None:
        before = desk_file.read_bytes()
        said = planner("new", desk_file, "--template", "desk-first", "--start", "2027-01-04")
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("planner: ")
        assert str(desk_file) in said.err
        assert said.err.count("\n") == 1
        assert desk_file.read_bytes() == before

    def test_an_unknown_template_names_the_nearest(self, planner: Planner, tmp_path: Path) -> None:
        said = planner("new", tmp_path / "a.toml", "--template", "desk-frist")
        assert said == (2, "", "planner: there is no template 'desk-frist' — did you mean 'desk-first'?\n")
        assert [*tmp_path.iterdir()] == []

    def test_the_file_is_named_so_that_the_list_of_plans_finds_it(self, planner: Planner, tmp_path: Path) -> None:
        said = planner("new", tmp_path / "plan", "--template", "desk-first")
        wrong = f"{tmp_path / 'plan'}: the name of a plan file ends in .toml — write {tmp_path / 'plan.toml'}"
        assert said == (2, "", f"planner: {wrong}\n")

    def test_a_folder_that_does_not_exist_is_told(self, planner: Planner, tmp_path: Path) -> None:
        said = planner("new", tmp_path / "no" / "plan.toml", "--template", "desk-first", "--start", "2027-01-04")
        assert said.code == 2
        assert said.err.count("\n") == 1
        assert "no" in said.err


def test_the_whole_chain_in_processes_of_their_own(shell: Planner, tmp_path: Path) -> None:
    steps = (
        ("new", "plan.toml", "--template", "desk-first", "--start", "2027-01-04"),
        ("propose", "plan.toml", "--write"),
        ("verify", "plan.toml"),
        ("show", "plan.toml"),
        ("export", "plan.toml", "--format", "csv", "--out", "plan.csv"),
    )
    for step in steps:
        said = shell(*step, cwd=tmp_path)
        assert (said.code, said.err) == (0, "")
    assert (tmp_path / "plan.csv").read_bytes().startswith("\ufeffID,Work package,".encode())


def test_same_commands_same_bytes_whatever_the_hash_seed(shell: Planner, tmp_path: Path) -> None:
    found = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        env = {"PYTHONHASHSEED": seed}
        shell("new", "p.toml", "--template", "bank-change-first", "--start", "2027-01-04", cwd=folder, env=env)
        proposed = shell("propose", "p.toml", "--seed", "3", "--write", "--json", cwd=folder, env=env)
        found.append((proposed, (folder / "p.toml").read_bytes(), shell("show", "p.toml", cwd=folder, env=env)))
    assert found[0] == found[1]
    assert found[0][0].code == 0
