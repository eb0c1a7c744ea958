"""A planner in a real terminal that is killed, hung up on or terminated: no edit that was on the screen is missing."""

import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from driver import Terminal

from planner.model.project import Project
from planner.store.journal import Told, left, unsaved
from planner.store.journals import told_in
from planner.store.load import load
from planner.store.save import save

USUAL = b"\x1b[?1049l"
"""The sequence that gives the terminal its own screen back."""


@pytest.fixture
def plan(desk: Project, tmp_path: Path) -> Path:
    """A plan in a file."""
    save(desk, tmp_path / "desk.toml")
    return tmp_path / "desk.toml"


def told(plan: Path) -> Told:
    """What the journal of the ended session tells."""
    (one,) = left(plan)
    return one.told()


def target(project: Project) -> int:
    """The target of the first process for people, which the digit keys set."""
    return project.processes[0].target["people"]


def test_an_edit_on_the_screen_survives_kill_9(plan: Path) -> None:
    """Not a moment is left for writing: what was seen is there, and the next session offers it."""
    text = plan.read_text()
    with Terminal("desk.toml", cwd=plan.parent) as she:
        she.sees("saved | ")
        she.press("4")
        she.sees("unsaved changes")
        she.process.kill()
        assert she.ends() == -signal.SIGKILL
    assert plan.read_text() == text
    assert target(told(plan).present) == 4
    with Terminal("desk.toml", cwd=plan.parent) as she:
        she.sees("Edits that were not saved", "1 edit was not saved")
        she.press("r")
        she.sees("Recovered: 1 edit.", "unsaved changes")
        she.press("s")
        she.sees("Saved to desk.toml.")
        she.press("u")
        she.sees("Undone: ")
        she.press("U", "q")
        assert she.ends() == 0
    assert target(load(plan).project) == 4
    assert unsaved(plan) == 0


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_gives_the_terminal_back_and_loses_nothing(plan: Path, number: signal.Signals) -> None:
    """Edits and what is being typed in a form are kept; the exit code says which signal it was."""
    with Terminal("desk.toml", cwd=plan.parent) as she:
        she.sees("saved | ")
        she.press("4")
        she.sees("unsaved changes")
        she.press("N", "Could the night shift join")
        she.sees("Could the night shift join")
        she.process.send_signal(number)
        assert she.ends() == 128 + number
        assert USUAL in she.raw
        assert b"Traceback" not in she.raw
    kept = told(plan)
    assert target(kept.present) == 4
    assert list(kept.drafts.values()) == ["Could the night shift join"]


def kills(plan: Path, count: int, chance: random.Random) -> Iterator[tuple[int, list[int]]]:
    """``count`` sessions, each killed at a random moment while keys come: the target seen last, and those kept."""
    for _number in range(count):
        seen = target(load(plan).project)
        with Terminal("desk.toml", cwd=plan.parent) as she:
            if (found := left(plan)) and found[0].told().present != load(plan).project:
                seen = target(found[0].told().present)
                she.sees("Edits that were not saved")
                she.press("r")
                she.sees("Recovered: ")
            else:
                she.sees("saved | ", "findings")
            for _edit in range(chance.randint(1, 5)):
                seen = chance.choice([level for level in (3, 4, 5) if level != seen])
                she.press(str(seen))
                she.sees(f"people: target {seen}.")
                if chance.random() < 0.3:
                    she.press("u")
                    she.sees("Undone: ")
                    she.press("U")
                    she.sees("Done again: ")
            she.press(*chance.choices("345s", k=chance.randint(0, 3)))
            time.sleep(chance.random() * 0.05)
            she.process.kill()
            she.ends()
        file = plan.parent / ".planner" / "desk.toml.journal"
        yield seen, [target(project) for _label, project in told_in(file).steps]


def test_killed_at_random_moments_no_edit_is_missing(plan: Path) -> None:
    """A few; the long run has two hundred."""
    for seen, kept in kills(plan, 2, random.Random(3)):
        assert seen in kept[1:], f"target {seen} was on the screen and is not in the journal"


@pytest.mark.soak
def test_killed_at_two_hundred_random_moments_no_edit_is_missing(plan: Path) -> None:
    for seen, kept in kills(plan, 200, random.Random(11)):
        assert seen in kept[1:], f"target {seen} was on the screen and is not in the journal"
