"""What the tests of the command line share: calling it in this process or in one of its own, and a plan file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_said import Planner, Said

from planner.cli.main import main


@pytest.fixture
def planner(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Planner:
    """Calls the command line in this process, 80 columns wide."""
    monkeypatch.setenv("COLUMNS", "80")

    def call(*words: object) -> Said:
        capsys.readouterr()
        code = main([str(word) for word in words])
        return Said(code, *capsys.readouterr())

    return call


@pytest.fixture
def shell() -> Planner:
    """Calls the command line in a process of its own; ``env`` adds to its environment."""

    def call(*words: object, env: dict[str, str] | None = None, cwd: Path | None = None) -> Said:
        command = [sys.executable, "-c", "from planner.cli.main import run; run()", *map(str, words)]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "COLUMNS": "80", **(env or {})},
            cwd=cwd,
            timeout=60,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def desk_file(planner: Planner, tmp_path: Path) -> Path:
    """A plan file made from the desk-first template, without a roadmap."""
    path = tmp_path / "desk.toml"
    said = planner("new", path, "--template", "desk-first", "--client", "Example Ltd", "--start", "2027-01-04")
    assert said.code == 0, said.err
    return path


@pytest.fixture
def planned_file(planner: Planner, desk_file: Path) -> Path:
    """The same with a roadmap by its own strategy."""
    said = planner("propose", desk_file, "--write")
    assert said.code == 0, said.err
    return desk_file
