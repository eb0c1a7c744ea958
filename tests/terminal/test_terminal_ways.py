"""What only a real terminal shows: to the shell and back, a terminal that is lost, settings, colours, the mouse."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from driver import Terminal

from planner.model.project import Project
from planner.store.journal import left
from planner.store.save import save

COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")
ALTERNATE, USUAL = b"\x1b[?1049h", b"\x1b[?1049l"


@pytest.fixture
def plan(desk: Project, tmp_path: Path) -> Path:
    """A plan in a file."""
    save(desk, tmp_path / "desk.toml")
    return tmp_path / "desk.toml"


def opened(plan: Path, *words: str, size: tuple[int, int] = (80, 24), **environment: str) -> Terminal:
    """The planner on a plan."""
    return Terminal("desk.toml", *words, cwd=plan.parent, size=size, env=environment)


@pytest.mark.parametrize("line", ["{planner} --no-frugal desk.toml", "sh -c '{planner} desk.toml; exit 3'"])
def test_to_the_shell_and_back(plan: Path, line: str) -> None:
    """ctrl+z gives the terminal back as it was, also where a script has started the planner; fg draws everything
    again, and nothing typed is lost.
    """
    with Terminal(cwd=plan.parent, program=("sh", "-i"), env={"PS1": "ready> ", "ENV": ""}) as she:
        she.sees("ready> ")
        she.press(line.format(planner=f"{sys.executable} -m planner"), "enter")
        she.sees("[a Assess", "saved | ")
        she.press("5")
        she.sees("unsaved changes", " findings")
        before = she.rests()
        she.press("\x1a")
        she.sees("Stopped", "ready> ")
        assert she.raw.count(USUAL) == 1
        assert she.raw.rstrip(b"\x00").rfind(b"\x1b[?25h") > she.raw.rfind(b"\x1b[?25l")
        she.press("bg", "enter")
        she.sees("ready> bg")
        she.rests()
        assert she.raw.count(ALTERNATE) == 1
        she.screen.reset()
        she.press("fg", "enter")
        end = time.monotonic() + 20
        while she.rests() != before or she.raw.count(ALTERNATE) < 2:
            assert time.monotonic() < end, she.text
        she.press("u")
        she.sees("Undone: ", "saved | ")
        she.rests()
        she.screen.reset()
        she.press("q")
        she.sees("ready> ")
        she.press("exit 7", "enter")
        assert she.ends() == 7


def test_continued_though_nobody_stopped_it(plan: Path) -> None:
    """A shell's fg says so once too often when it comes close behind bg; what was begun twice would never end."""
    with opened(plan) as she:
        she.sees("[a Assess", "saved | ")
        she.process.send_signal(signal.SIGCONT)
        she.press("r")
        she.sees("[r Roadmap")
        she.press("q")
        assert she.ends() == 0


def test_no_shell_to_go_to(plan: Path) -> None:
    """Nobody could bring back what sshd, a window or a container has started."""
    with opened(plan) as she:
        she.sees("[a Assess", "saved | ")
        she.press("\x1a")
        she.sees("There is no shell here to go to.")


def test_a_terminal_that_ends_without_a_signal_loses_nothing(plan: Path) -> None:
    """Input ends, and nobody says so: the program ends by itself, without using the processor up, and keeps edits."""
    with Terminal("desk.toml", cwd=plan.parent, hearing=False) as she:
        she.sees("saved | ")
        she.press("4")
        she.sees("unsaved changes")
        she.hang_up()
        assert she.ends() == 128 + signal.SIGHUP
    assert left(plan)[0].told().present.process_by_id["sms"].target["people"] == 4


def test_settings_are_kept_to_and_their_faults_told(plan: Path) -> None:
    """A file with a fault opens all the same; what is right in it counts, and ctrl+q quits."""
    (plan.parent / "config.toml").write_text(
        'ascii = true\nthme = "x"\n[keys]\n"app.leave" = "f10"\n"plan.save" = "ctrl+q"\n'
    )
    with opened(plan, PLANNER_CONFIG="config.toml") as she:
        she.sees("config.toml: there is no setting 'thme'; did you mean 'theme'? (1 more: ")
        assert she.text.isascii()
        she.press("q", "r")
        she.sees("[r Roadmap]")
        she.press("/", "\x11")
        assert she.ends() == 0
    with Terminal("config", cwd=plan.parent, env={"PLANNER_CONFIG": "config.toml"}) as she:
        assert she.ends() == 2
        assert b"config.toml: there is no setting 'thme'; did you mean 'theme'?" in she.raw


def test_no_color_means_not_one_colour(plan: Path) -> None:
    """Whatever else is asked for, and in every place and dialog."""
    with opened(plan, "--theme", "contrast", "--no-frugal", NO_COLOR="1") as she:
        she.sees("[a Assess", "saved | ")
        for key, words_seen in (
            ("d", "[d "),
            ("r", "[r "),
            ("o", "[o "),
            (";", " "),
            ("w", "[w "),
            (":", "Do or go to"),
        ):
            she.press(key)
            she.sees(words_seen)
        assert not COLOUR.search(she.raw)


def test_slow_lines_get_the_colours_of_the_terminal(plan: Path) -> None:
    """Over SSH only the terminal's own colours are sent, and the mouse stays with the terminal."""
    with opened(plan, COLORTERM="truecolor", SSH_CONNECTION="192.0.2.1 1 192.0.2.2 22") as she:
        she.sees("[a Assess", "saved | ")
        assert b"38;2;" not in she.raw
        assert b"38;5;" not in she.raw
        assert b"\x1b[?1000h" not in she.raw
    with opened(
        plan, "--full-bandwidth", "--mouse", COLORTERM="truecolor", SSH_CONNECTION="192.0.2.1 1 192.0.2.2 22"
    ) as she:
        she.sees("[a Assess", "saved | ", "Problem management")
        assert b"38;2;" in she.raw
        row = next(y for y, line in enumerate(she.lines, 1) if "Problem management" in line)
        she.press(f"\x1b[<0;8;{row}M\x1b[<0;8;{row}m")
        she.sees("> Problem management")


def test_pasting_into_a_list_presses_no_keys(plan: Path) -> None:
    with opened(plan) as she:
        she.sees("[a Assess", "saved | ")
        she.press("\x1b[200~5xq\r\x1b[201~", "/", "\x1b[200~inci\x07dent\x1b[201~")
        she.sees("Go to", "inci\ufffddent")
        assert she.process.poll() is None


def test_copying_hands_the_text_to_the_terminal(plan: Path) -> None:
    """OSC 52, which works over SSH."""
    import base64

    with opened(plan) as she:
        she.sees("[a Assess", "saved | ")
        she.press("y")
        she.sees("Copied: Service management system")
        sent = re.search(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", she.raw)
        assert sent is not None
        assert base64.b64decode(sent[1]).decode().startswith("Service management system")


def test_a_window_that_is_much_too_small(plan: Path) -> None:
    with opened(plan, size=(20, 5)) as she:
        she.sees("20x5: made")
        she.press("?")
        she.sees("Keys that work")
        she.press("escape")
        she.sees_no_more("Keys that work")
        she.press("w", "r", "q")
        assert she.ends() == 0


def test_box_characters_that_take_two_cells_are_not_used(plan: Path) -> None:
    """The terminal is asked, while the first screen goes out; a name with such a sign does not move what follows."""
    plan.write_text(plan.read_text("utf-8").replace("Mid-size company", "Mid\u2014size"), "utf-8")
    with Terminal("desk.toml", cwd=plan.parent, wide=True) as she:
        she.sees("Drawn with ASCII signs", "Mid\u2014size", " findings")
        assert she.text.replace("\u2014", "").isascii()
        assert "\u2014\x1b[".encode() in she.raw, "what follows the sign is put in its place"
        she.press("y")
        she.sees("Copied: Service management system")
        she.press("q")
        assert she.ends() == 0


def test_no_terminal_is_told_in_words(plan: Path) -> None:
    """With TERM=dumb, or when it is no terminal at all; nothing is drawn."""
    words = "the screen needs a terminal that can draw"
    with opened(plan, TERM="dumb") as she:
        assert she.ends() == 2
        assert words in she.text
    command = [sys.executable, "-m", "planner", str(plan)]
    said = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (2, "")
    assert words in said.stderr
