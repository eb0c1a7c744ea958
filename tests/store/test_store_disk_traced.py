"""The same with real calls: processes killed at system calls, calls that fail, and a disk that is really full."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from disk_scenarios import SCENARIOS, Scenario, named
from disk_traced import injected, injections, tracer

from planner.store.backups import backups
from planner.store.disk import leftovers
from planner.store.load import load
from planner.store.save import SaveFailed, save

EVERY = 97
"""In the ordinary suite one point of so many is taken."""


@pytest.fixture
def strace(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XDG_STATE_HOME", "set for each point")
    return tracer()


def test_some_processes_are_killed_and_some_calls_fail(strace: str, tmp_path: Path) -> None:
    for scenario in (SCENARIOS[1], SCENARIOS[-1]):
        found = [*injections(strace, scenario, tmp_path / scenario.name)]
        assert len(found) > 100
        for number, injection in enumerate(found[40::EVERY]):
            injected(strace, scenario, injection, tmp_path / f"{scenario.name} {number}")


@pytest.mark.soak
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_every_process_is_killed_and_every_call_fails(strace: str, scenario: Scenario, tmp_path: Path) -> None:
    found = [*injections(strace, scenario, tmp_path)]
    assert len({*found}) == len(found)
    for number, injection in enumerate(found):
        injected(strace, scenario, injection, tmp_path / str(number))
    print(f"{scenario.name}: {len(found)} points")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB that is really full when it is full."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k,mode=777", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("not tested: a small disk may not be mounted on this host, which takes root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    """With ever less room: the save goes through, or goes through without a backup and says so, or is refused."""
    path, filler = small_disk / "plan.toml", small_disk / "filler"
    large = named("One " + "x" * 15_000)
    seen = set()
    for room in range(60, -1, -4):
        for old in (path, filler, *(backup.path for backup in backups(path))):
            old.unlink(missing_ok=True)
        text = save(large, path)
        filled(filler, room)
        told, notes = tried(path, text)
        if told == "saved":
            assert load(path).project.engagement.name.startswith("Two")
            assert bool(notes) != bool(backups(path))
        else:
            assert "the disk is full — make room and save again" in told
            assert path.read_text("utf-8") == text
            told = "refused"
        assert leftovers(small_disk) == ()
        seen.add(told)
    assert seen >= {"saved", "refused"}
    filler.unlink()
    assert save(named("Three"), path, load(path).text).notes == ()


def tried(path: Path, text: str) -> tuple[str, tuple[str, ...]]:
    """Save another plan: ``saved`` and its notes, or why not."""
    try:
        return "saved", save(named("Two " + "y" * 15_000), path, text).notes
    except SaveFailed as error:
        return str(error), ()


def filled(filler: Path, room: int) -> None:
    """Fill the disk but for so many kilobytes."""
    status = os.statvfs(filler.parent)
    free = status.f_bavail * status.f_frsize - room * 1024
    filler.write_bytes(bytes(max(0, free)))
