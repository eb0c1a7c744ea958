"""A save that is broken off, or fails, at any of its calls leaves the old plan or the new one, and no edit is missing.

``pytest -m soak`` lets every point of every scenario happen; the ordinary suite takes every so-many-th.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from disk_faults import points, struck
from disk_power import disks, recorded
from disk_scenarios import SCENARIOS, Scenario

EVERY = 61
"""In the ordinary suite one point of so many is taken, beginning elsewhere in each scenario."""

LEAST = 2_000
"""Distinct points: scenario, call, kind of fault."""


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory where there is one: what is tried is the order of calls, thousands of times."""
    monkeypatch.setenv("XDG_STATE_HOME", "set for each point")
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_some_points(scenario: Scenario, room: Path) -> None:
    found = [*points(scenario, room / "dry")]
    first = SCENARIOS.index(scenario) % EVERY
    for number, point in enumerate(found[first::EVERY]):
        struck(scenario, point, room / str(number))


def test_there_are_points_enough(room: Path) -> None:
    found = {(s.name, point) for s in SCENARIOS for point in points(s, room / s.name)}
    print(f"{len(found)} distinct points in {len(SCENARIOS)} scenarios")
    assert len(found) >= LEAST


@pytest.mark.soak
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_every_point(scenario: Scenario, room: Path) -> None:
    found = [*points(scenario, room / "dry")]
    assert len({*found}) == len(found)
    for number, point in enumerate(found):
        struck(scenario, point, room / str(number))
    print(f"{scenario.name}: {len(found)} points")


@pytest.mark.parametrize(
    "scenario", [scenario for scenario in SCENARIOS if not scenario.edits], ids=lambda scenario: scenario.name
)
def test_the_power_goes_at_any_moment(scenario: Scenario, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old or new plan whole; new once it was told; and what stood there is a backup as soon as the new one shows."""
    folder = room / "folder"
    folder.mkdir()
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    scenario.prepare(folder)
    recording = recorded(folder, lambda: scenario.act(folder, lambda _edit: None))
    real = folder / scenario.real
    seen: set[tuple[int, bool]] = set()
    count = 0
    for done, how, tree in disks(recording):
        count += 1
        now = tree.get(real)
        assert now in (scenario.old, scenario.new), (done, how)
        if done == len(recording.log):
            assert now == scenario.new, how
        if now == scenario.new and scenario.plan and scenario.old not in (None, scenario.new):
            kept = [data for path, data in tree.items() if path.parent.name.endswith(".backups")]
            assert scenario.old in kept, (done, how)
        seen.add((done, now == scenario.new))
    assert len(seen) > len(recording.log)  # the old one was there, and the new one
    print(f"{scenario.name}: {count} states of the disk")
