"""A review in a real terminal: the line drops in the middle of a remark; a terminal that cannot show the letters."""

import signal
from pathlib import Path

import pytest
from driver import Terminal

from planner.edit.facts import change_engagement
from planner.model.project import Project
from planner.store.remarks import load_remarks
from planner.store.save import save


@pytest.fixture
def plan(desk: Project, tmp_path: Path) -> Path:
    """A saved plan with names that only some encodings have."""
    path = tmp_path / "desk.toml"
    save(change_engagement(desk, name="Прага", client="Müller"), path)
    return path


def test_a_line_that_drops_in_the_middle_of_a_remark(plan: Path) -> None:
    words = ("review", "desk.toml", "--as", "Mei Lin", "--review-file", "mine.toml")
    with Terminal(*words, cwd=plan.parent) as she:
        she.sees("[R Review]", "kept in mine.toml")
        she.press("a", "N")
        she.sees("Comment: ")
        she.press("Is this nee")
        she.sees("Is this nee")
        she.hang_up()
        assert she.ends() == 128 + signal.SIGHUP
    with Terminal(*words, cwd=plan.parent) as she:
        she.sees("Comment: ", "Is this nee")
        she.press("ded?", "enter")
        she.sees("Comment by Mei Lin")
        she.press("q")
        assert she.ends() == 0
    assert [one.text for one in load_remarks(plan.parent / "mine.toml").comments] == ["Is this needed?"]


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_letters_that_the_terminal_does_not_have(plan: Path, encoding: str) -> None:
    """The text with ? for them, and a sentence; no screen and no traceback."""
    with Terminal("review", "desk.toml", cwd=plan.parent, env={"PYTHONIOENCODING": encoding}) as she:
        assert she.ends() == 0
        shown = she.raw.decode("latin-1")
    assert shown.startswith("?????\r\n")
    assert ("Müller" if encoding == "latin-1" else "M?ller") in shown
    assert "planner: this terminal has not every letter, and shows ? instead" in shown
    assert "Traceback" not in shown
