"""The consultant's path with real keys in a real terminal, and what a terminal does to a program."""

import random
import re
import signal
from datetime import date
from pathlib import Path

import pytest
from driver import Terminal

from planner.model.project import Project
from planner.store.journal import left
from planner.store.load import load
from planner.store.save import save

COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")
REVERSE = re.compile(rb"\x1b\[(?:\d+;)*7(?:;\d+)*m")


@pytest.fixture
def folder(desk: Project, bank: Project, tmp_path: Path) -> Path:
    """A folder with two plans that have no roadmap yet."""
    (tmp_path / "projects").mkdir()
    save(desk, tmp_path / "projects" / "desk.toml")
    save(bank, tmp_path / "projects" / "bank.toml")
    return tmp_path


def test_from_opening_to_a_saved_file(folder: Path) -> None:
    """Open from the list, raise a target, propose, move, pin, ask why, save, close; opened again it looks the same."""
    with Terminal(cwd=folder) as she:
        she.sees("Plans in projects", "2 plans", "Example Ltd", "1.0>1.6")
        she.press("down", "enter")
        she.sees("[a Assess]", "Mid-size company, desk first | Example Ltd", "saved | ")
        she.press("down", "down", "down", "down", "right", "right", "right", "2")
        she.sees("Event management, all dimensions: target 2. 4 packages added.", "unsaved changes")
        she.press("r")
        she.sees("No roadmap yet", "Not placed yet")
        she.press("g")
        she.sees("A strategy says what comes first", "recommended for this plan")
        she.press("c", "down", "down", "3", "enter")
        she.sees("no time limit; 3 phases; seed 0")
        she.press("enter")
        she.sees("Enter shows what it would move")
        she.press("enter")
        she.sees("Proposal: Desk & incident first", "Enter accept")
        she.press("enter")
        she.sees("3 phases, done on ")
        she.press("r")
        she.sees("3 phases, ", "[r Roadmap]")
        she.press("/", "event management 2", "enter")
        she.sees("Event management 2 | 20")
        she.press("m")
        she.sees("Event management 2 | from 20")
        she.press("1")
        she.sees("in phase 1 One front door")
        she.press("enter")
        she.sees("Event management 2 to phase One front door")
        she.press("p", "down", "down", "2028-12-22", "down", "down", "the board said so", "enter")
        she.sees("pinned: finished by 2028-12-22 (the board said so)")
        she.press("e")
        she.sees("Why is Event management 2 here?", "Why not earlier")
        she.press("escape")
        she.sees_no_more("Why not earlier")
        she.press("t")
        she.sees("[phases]", "[1 One front door]")
        she.press("s")
        she.sees("Saved to desk.toml.", "saved | ", " findings")
        board = she.rests()[2:-5]
        she.press("q")
        assert she.ends() == 0
        assert b"\x1b[?1049l" in she.raw

    project = load(folder / "projects" / "desk.toml").project
    assert project.process_by_id["event"].target["tech"] == 2
    assert {p.phase for i, p in project.roadmap.packages.items() if i.startswith("event-2")} == {"p1"}
    assert project.pin_by_item["event@2"].deadline == date(2028, 12, 22)

    with Terminal("projects/desk.toml", cwd=folder) as she:
        she.sees("[a Assess]")
        she.press("r", "t", "/", "event management 2", "enter")
        she.sees("Event management 2 | ", " findings")
        assert she.rests()[2:-5] == board
        she.press("q")
        assert she.ends() == 0


def test_all_keys_in_one_packet(folder: Path) -> None:
    """A slow line delivers keys in bunches; each goes where it belongs."""
    with Terminal("projects/desk.toml", cwd=folder) as she:
        she.sees("saved | ")
        she.press("/", "incident", "escape", "3", "u", "?", "escape")
        she.press("/", "incident management 3", "enter", "d", "t", "x", "not here", "enter", "s", "q")
        assert she.ends() == 0
    project = load(folder / "projects" / "desk.toml").project
    held = next(d for d in project.dependencies if (d.item, d.needs) == ("incident@3", "problem@2"))
    assert (held.strength, held.reason) == ("off", "not here")


def test_chinese_is_typed_and_shown(folder: Path) -> None:
    """Wide characters in names, in a field, in the file."""
    with Terminal("projects/bank.toml", cwd=folder) as she:
        she.sees("银行，变更先行 | 某区域性银行", "服务管理体系")
        she.press("w", "n", "梳理现有工单", "enter")
        she.sees("*梳理现有工单", "Added: 梳理现有工单.")
        she.press("s")
        she.sees("Saved to bank.toml.")
        she.press("q")
        assert she.ends() == 0
    assert "梳理现有工单" in [package.name for package in load(folder / "projects" / "bank.toml").project.packages]


def test_pasted_text_and_both_backspaces(folder: Path) -> None:
    """Bracketed paste is one text; 0x7f and 0x08 both delete."""
    with Terminal("projects/desk.toml", cwd=folder) as she:
        she.sees("saved | ")
        she.press("w", "n", "\x1b[200~q s [P1]\x1b[201~", "xyz", "\x7f\x08\x7f", "enter")
        she.sees("*q s [P1]", "unsaved changes")


def test_sigterm_keeps_what_was_typed(folder: Path) -> None:
    """The terminal is given back, the edits stand in the journal."""
    with Terminal("projects/desk.toml", cwd=folder) as she:
        she.sees("saved | ")
        she.press("5")
        she.sees("unsaved changes")
        she.process.send_signal(signal.SIGTERM)
        assert she.ends() == 128 + signal.SIGTERM
        assert b"\x1b[?1049l" in she.raw
        assert b"Traceback" not in she.raw
    kept = left(folder / "projects" / "desk.toml")[0].told().present
    assert kept.process_by_id["sms"].target["people"] == 5


def test_a_dropped_line_keeps_what_was_typed(folder: Path) -> None:
    """The terminal is gone: the program ends by itself and loses nothing."""
    with Terminal("projects/desk.toml", cwd=folder) as she:
        she.sees("saved | ")
        she.press("4")
        she.sees("unsaved changes")
        she.hang_up()
        assert she.ends() == 128 + signal.SIGHUP
    kept = left(folder / "projects" / "desk.toml")[0].told().present
    assert kept.process_by_id["sms"].target["people"] == 4


def test_a_storm_of_sizes(folder: Path) -> None:
    """50 sizes, in every place and in a field: the place, the cursor, and what is being typed are where they were."""
    chance = random.Random(2)
    with Terminal("projects/desk.toml", cwd=folder) as she:
        she.sees("[a Assess]", "saved | ", " findings")
        she.press("r", "end", "w", "down", "down", "a", "down", "down", "right", "right")
        she.sees("[a Assess]", "> Incident management")
        before = she.rests()
        for place in ("w", "d", "r", "g", "v", "R", "o", "/", "inci", "dent"):
            for _ in range(5):
                she.resize((chance.randint(40, 240), chance.randint(10, 70)))
            she.press(place)
        # The terminal here loses lines when it shrinks and grows faster than the app hears of it, as it may between
        # two equal sizes; a size the app has surely drawn in between makes the last one a change it must answer.
        she.resize((100, 30))
        she.sees("Go to", "incident", "Incident management")
        she.rests(0.2)
        she.resize((80, 24))
        she.sees("Go to", "incident")
        she.press("escape")
        she.sees_no_more("Go to")
        she.sees("[o Client]")
        she.press("a")
        # How far the list is scrolled follows from the smallest size that was drawn; the line of the cursor does not.
        kept = [line for line in before if "/58" not in line or line.startswith(">")]
        assert any(line.startswith("> Incident management") for line in kept)
        she.sees(*kept)


def test_no_color_sends_no_colour(folder: Path) -> None:
    """Under NO_COLOR not one colour is sent, and the cursor is still to be seen."""
    with Terminal("projects/desk.toml", cwd=folder, env={"NO_COLOR": "1"}) as she:
        she.sees("> Service management sys", "[2]")
        she.press("r", "g", "c")
        she.sees("How to search")
        she.press("escape")
        assert not COLOUR.search(she.raw)
        assert REVERSE.search(she.raw)


@pytest.mark.parametrize("term", ["xterm", "linux", "screen", "vt220"])
def test_terminals_with_few_colours(folder: Path, term: str) -> None:
    """No 24-bit colour is sent to a terminal that does not announce it."""
    with Terminal("projects/desk.toml", cwd=folder, env={"TERM": term}) as she:
        she.sees("> Service management sys", "? help")
        she.press("down")
        she.sees("> Service desk")
        assert b"38;2;" not in she.raw


def test_a_plan_that_cannot_be_read_is_told_in_lines(folder: Path) -> None:
    """Named on the command line, a bad plan never takes the screen over."""
    (folder / "bad.toml").write_text("schema = 2\n[engagement]\nnme = 3\n")
    with Terminal("bad.toml", cwd=folder) as she:
        assert she.ends() == 2
        assert "bad.toml:3: engagement: nme is an unknown key" in she.text
        assert b"\x1b[?1049h" not in she.raw


def test_a_locale_that_is_not_utf8(folder: Path) -> None:
    """It is said in words, not shown as broken letters."""
    with Terminal("projects/desk.toml", cwd=folder, env={"LC_ALL": "C", "PYTHONIOENCODING": "latin-1"}) as she:
        assert she.ends() == 2
        assert "the locale is not UTF-8" in she.text
