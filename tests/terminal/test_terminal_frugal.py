"""The frugal display in a real terminal: the same screens as Textual's, in a fraction of the bytes."""

import shutil
import signal
from pathlib import Path

import pytest
from driver import Terminal

from planner.model.project import Project
from planner.store.save import save
from planner.tui.frugal.line import ANSWER, QUESTION, WINDOW

KEYS = ("down", "right", "2", "w", "pagedown", "down", "d", "down", "/", "ch", "escape", "r", "a", "end", "?")


@pytest.fixture
def plan(bank: Project, tmp_path: Path) -> Path:
    """A plan with Chinese names."""
    save(bank, tmp_path / "bank.toml")
    return tmp_path / "bank.toml"


def test_the_same_screens_as_textual_in_a_fraction_of_the_bytes(plan: Path) -> None:
    """The same keys on both: after every key the screens are equal, and so are the styles of what is written."""
    size = (100, 30)
    other = plan.parent / "other"  # who opens a plan that somebody has open is asked
    other.mkdir()
    shutil.copy(plan, other)
    with (
        Terminal("--no-frugal", "bank.toml", cwd=other, size=size) as theirs,
        Terminal("--full-bandwidth", "bank.toml", cwd=plan.parent, size=size) as ours,
    ):
        for her in (theirs, ours):
            her.sees("[a Assess", " findings")
        for key in KEYS:
            for her in (theirs, ours):
                her.press(key)
            for _patience in range(20):  # on a busy machine one of them may rest before it has drawn
                lines = [her.rests(0.15) for her in (theirs, ours)]
                if lines[1] == lines[0] and _styles(ours) == _styles(theirs):
                    break
            assert lines[1] == lines[0], f"after {key}"
            assert _styles(ours) == _styles(theirs), f"after {key}"
        assert len(ours.raw) * 4 < len(theirs.raw)


def _styles(her: Terminal) -> list[object]:
    """What stands on the screen, with its style; pyte does not know the colour of what was erased."""
    lines, columns = range(her.screen.lines), range(her.screen.columns)
    return [(x, y, cell) for y in lines for x in columns if (cell := her.screen.buffer[y][x]).data.strip()]


def test_a_slow_line(plan: Path) -> None:
    """Frames wait for the answers of the terminal, which never get among what is typed."""
    with Terminal("--low-bandwidth", "bank.toml", cwd=plan.parent) as she:
        she.sees("[a Assess", " findings")
        she.rests(0.3)
        assert she.raw.count(QUESTION.encode()) == 1, "who has not answered is not asked again"
        she.press(ANSWER)
        she.press("/")
        she.sees("Go to")
        she.rests(0.1)
        she.press("abc" + ANSWER + ANSWER + "d")
        she.sees("abcd")
        she.press(ANSWER * 4, "escape")
        she.sees_no_more("abcd")
        she.press(ANSWER * 40)
        before = len(she.raw)
        for number in range(40):  # nothing of this is answered
            she.press("down" if number % 8 else "w" if number % 16 else "a")
            she.rests(0.03)
        assert len(she.raw) - before < WINDOW + 4_000, "no more than the window and the frame that filled it"
        held = she.rests(0.1)
        she.press(ANSWER * 40)
        she.rests(0.3)
        assert she.lines != held
        she.press(ANSWER * 40, "q")
        assert she.ends() == 0


def test_suspended_and_resumed(plan: Path) -> None:
    """Whatever others have left on the screen meanwhile, it is as it was."""
    with Terminal("bank.toml", cwd=plan.parent) as she:
        she.sees("[a Assess", " findings")
        before = she.rests()
        she.process.send_signal(signal.SIGTSTP)
        she.rests()
        she.stream.feed(b"\x1b[2J\x1b[5;5Hsomething else")
        she.process.send_signal(signal.SIGCONT)
        she.sees_no_more("something else")
        assert she.rests() == before
        she.press("q")
        assert she.ends() == 0
