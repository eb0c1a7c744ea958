"""Plans on disk for the interface to open."""

from pathlib import Path

import pytest
from textual import _wait

from planner.edit.roadmap import adopt
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.rollout.propose import propose
from planner.store.save import save

# Textual's pilot looks every 20 ms whether the program is idle, and there are ten thousand keys in these tests.
_wait.SLEEP_GRANULARITY = 1 / 100
_wait.SLEEP_IDLE = _wait.SLEEP_GRANULARITY / 20


@pytest.fixture(scope="session")
def planned(desk: Project, catalogue: Catalogue) -> Project:
    """The mid-size company with an adopted roadmap."""
    proposal = propose(desk, catalogue.strategy_by_id["service-desk-first"], phases=3)
    return adopt(desk, proposal.roadmap, proposal.phases)


@pytest.fixture
def desk_file(desk: Project, tmp_path: Path) -> Path:
    """A saved plan without a roadmap."""
    path = tmp_path / "desk.toml"
    save(desk, path)
    return path


@pytest.fixture
def planned_file(planned: Project, tmp_path: Path) -> Path:
    """A saved plan with a roadmap."""
    path = tmp_path / "planned.toml"
    save(planned, path)
    return path
