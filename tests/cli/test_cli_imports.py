"""Startup matters: what a command does not need it does not import."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("textual", "ortools", "networkx", "pydantic", "tomlkit", "asyncio", "rich.console")

IMPORTED = """
import json, sys
from planner.cli.main import main
code = main(sys.argv[1:])
sys.stderr.write(json.dumps([code, sorted(sys.modules)]))
"""


def imported(*words: object) -> set[str]:
    run = [sys.executable, "-c", IMPORTED, *map(str, words)]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    code, modules = json.loads(done.stderr)
    assert code == 0
    return {name for name in HEAVY if name in modules}


@pytest.mark.parametrize("section", ["overview", "assessment", "work", "dependencies", "roadmap", "comments"])
def test_show_imports_nothing_heavy(section: str, planned_file: Path) -> None:
    assert imported("show", planned_file, "--section", section) == set()


@pytest.mark.parametrize(
    "words",
    [("assess",), ("verify",), ("review",), ("explain", "incident@3"), ("export", "--format", "md", "--out", "-")],
)
def test_other_commands_that_read_import_nothing_heavy(words: tuple[str, ...], planned_file: Path) -> None:
    name, *rest = words
    assert imported(name, planned_file, *rest) == set()


@pytest.mark.parametrize("words", [("check",), ("show", "--section", "checks")])
def test_checks_import_neither_textual_nor_a_solver(words: tuple[str, ...], planned_file: Path) -> None:
    name, *rest = words
    assert imported(name, planned_file, *rest) <= {"networkx"}


def test_merging_imports_nothing_heavy(planned_file: Path, tmp_path: Path) -> None:
    """Git calls it for every plan that both sides have changed."""
    assert imported("merge", *[planned_file] * 3, "--out", tmp_path / "new.toml") == set()


def test_the_health_of_plans_and_the_door_import_nothing_heavy(planned_file: Path) -> None:
    assert imported("fsck", planned_file.parent) == set()
    assert imported("door", planned_file.parent) == set()


def test_help_and_version_import_next_to_nothing() -> None:
    assert imported("--help") == imported("--version") == imported("templates") == set()


def test_no_room_below_the_command_line_imports_textual_or_a_solver() -> None:
    rooms = ["text", "model", "catalog", "graph", "assessment", "rollout", "checks", "edit", "store", "export"]
    code = """
import importlib, pkgutil, sys
import planner
for room in sys.argv[1:]:
    package = importlib.import_module(f"planner.{room}")
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
print(*sorted(name for name in sys.modules if name.partition(".")[0] in ("textual", "ortools")))
"""
    done = subprocess.run([sys.executable, "-c", code, *rooms], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"
