"""Two real planners on one plan: nobody's edit is lost, whoever saves, takes over or is killed."""

import os
import signal
from contextlib import ExitStack
from pathlib import Path

import pytest
from driver import Terminal

from planner.edit.start import start
from planner.model.knowledge import Catalogue
from planner.store.load import load
from planner.store.lock import holder
from planner.store.save import save

_ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def plan(catalogue: Catalogue, tmp_path: Path) -> Path:
    """A small saved plan in a folder of its own."""
    from datetime import date

    folder = tmp_path / "shared"
    folder.mkdir()
    template = catalogue.engagements[0]
    save(
        start(template, catalogue, begin=date(2027, 1, 4), name="Desk", client="", size="medium"), folder / "desk.toml"
    )
    return folder / "desk.toml"


def planner(path: Path, user: str, host: str) -> Terminal:
    """A planner on the plan, of ``user`` on a host that is called ``host``."""
    named = path.parent.parent / host
    named.mkdir(exist_ok=True)
    (named / "sitecustomize.py").write_text(
        f"from planner.store import process\nprocess.host_name = lambda: {host!r}\n"
    )
    env = {"LOGNAME": user, "PYTHONPATH": f"{named}{os.pathsep}{_ROOT}"}
    return Terminal(str(path), cwd=path.parent, env=env)


def targets(path: Path) -> list[int]:
    """The levels wanted in people of the first two processes of the plan in a file."""
    return [process.target["people"] for process in load(path).project.processes[:2]]


def test_a_take_over_between_two_hosts_loses_no_edit(plan: Path) -> None:
    """The second sees the first's name and takes over; both save; what both did is in the file."""
    with ExitStack() as both:
        ana = both.enter_context(planner(plan, "ana", "north"))
        ana.sees("saved |")
        ana.press("4")
        ana.sees("unsaved changes")
        bo = both.enter_context(planner(plan, "bo", "south"))
        bo.sees("ana has this plan open on north since", "take it over")
        bo.press("t")
        bo.sees("You have the plan now.")
        bo.press("down", "4", "s")
        bo.sees("Saved to desk.toml.")
        assert targets(plan)[1] == 4
        assert targets(plan)[0] != 4
        ana.press("s")
        ana.sees("bo has this plan open on south since")
        ana.press("t")
        ana.sees("The file has changed")
        ana.press("m")
        ana.sees("came in. Saved to desk.toml.")
        assert targets(plan) == [4, 4]
        bo.sees("ana has taken this plan over on north at")
        bo.press("q")
        assert bo.ends() == 0
        ana.press("q")
        assert ana.ends() == 0
    assert holder(plan) is None


def test_a_killed_planner_is_in_nobodys_way(plan: Path) -> None:
    """On its own host nothing is asked but what is to become of its edits; they are all there."""
    with planner(plan, "ana", "north") as ana:
        ana.sees("saved |")
        ana.press("4", "down", "4")
        ana.sees("Service desk, people: target 4.")
        ana.process.send_signal(signal.SIGKILL)
        ana.process.wait()
    with planner(plan, "bo", "north") as bo:
        bo.sees("Edits that were not saved", "A session of ana")
        assert "has this plan open" not in bo.text
        bo.press("r")
        bo.sees("unsaved changes")
        bo.press("s")
        bo.sees("Saved to desk.toml.")
        assert targets(plan) == [4, 4]
        bo.process.send_signal(signal.SIGTERM)
        assert bo.ends() == 128 + signal.SIGTERM
    assert holder(plan) is None
