"""The front door: which command is meant, faults in one line, exit codes, streams."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_said import Planner

from planner import __version__
from planner.cli import main as door
from planner.cli import show, templates
from planner.cli.arguments import THEMES
from planner.cli.main import COMMANDS
from planner.tui.settings import Settings
from planner.tui.theme import WORDS


def test_help_names_every_command_and_what_it_does(planner: Planner) -> None:
    said = planner("--help")
    assert (said.code, said.err) == (0, "")
    for name, summary in COMMANDS.items():
        assert f"  {name.ljust(9)}  {summary}\n" in said.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_keeps_it_off_standard_error(name: str, planner: Planner) -> None:
    for words in ((name, "--help"), (name, "x", "-h")):
        said = planner(*words)
        assert (said.code, said.err) == (0, "")
        assert said.out.startswith(f"usage: planner {name}")
        assert COMMANDS[name].capitalize().split()[0] in said.out


def test_version(planner: Planner) -> None:
    assert planner("--version") == (0, f"planner {__version__}\n", "")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["shwo"], "there is no command, file or folder 'shwo' — did you mean 'show'?"),
        (["shwo", "plan.toml"], "there is no command, file or folder 'shwo' — did you mean 'show'?"),
        (
            ["nowhere.toml"],
            "there is no file or folder nowhere.toml — check the path, or make one: planner new FILE --template ID",
        ),
        (["a/b"], "there is no file or folder a/b — check the path, or make one: planner new FILE --template ID"),
        (["x" * 300], f"there is no command, file or folder '{'x' * 300}' — use one that exists"),
        (["--wat"], "there is no option --wat — use one that exists, such as --ascii, --full-bandwidth, --help"),
        (["--lang", "fr", "show"], "--lang: 'fr' is not known — use one of: en, zh"),
        (["--lang"], "--lang: a value is missing — see planner --help"),
        (["show"], "missing: FILE — see planner show --help"),
        (["explain"], "missing: FILE, ITEM — see planner explain --help"),
        (["show", "a.toml", "b.toml"], "'b.toml' is one argument too many — see planner show --help"),
        (["show", "a.toml", "--josn"], "there is no option --josn — use one of: --help, --lang, --section"),
        (["check", "a.toml", "--jsn"], "there is no option --jsn — did you mean '--json'?"),
        (
            ["show", "a.toml", "--section", "raodmap"],
            "--section: 'raodmap' is not known — did you mean 'roadmap'?",
        ),
        (["propose", "a.toml", "--phases", "0"], "--phases: '0' does not fit — give a whole number from 1"),
        (["propose", "a.toml", "--phases", "two"], "--phases: 'two' does not fit — give a whole number from 1"),
        (["propose", "a.toml", "--seed", "-1"], "--seed: '-1' does not fit — give a whole number from 0"),
        (["propose", "a.toml", "--seed"], "--seed: a value is missing — see planner propose --help"),
        (["propose", "a.toml", "--time-limit", "nan"], "--time-limit: 'nan' does not fit — give seconds, such as 10"),
        (["new", "a.toml"], "missing: --template — see planner new --help"),
        (
            ["new", "a.toml", "--template", "x", "--start", "2027-02-30"],
            "--start: '2027-02-30' is no date between 2000 and 2100 — write it such as 2027-01-04",
        ),
        (
            ["new", "a.toml", "--template", "x", "--start", "9999-01-01"],
            "--start: '9999-01-01' is no date between 2000 and 2100 — write it such as 2027-01-04",
        ),
        (["new", "a.toml", "--template", "x", "--size", "huge"], "--size: 'huge' is not known — use one of: large, "),
        (
            ["export", "a.toml", "--format", "doc", "--out", "-"],
            "--format: 'doc' is not known — use one of: pptx, xlsx, mspdi, ",
        ),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(words: list[str], line: str, planner: Planner) -> None:
    said = planner(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"planner: {line}")
    assert said.err.count("\n") == 1


def test_steering_characters_in_a_word_do_not_reach_the_terminal(planner: Planner) -> None:
    for words in (["\x1b[2Jx"], ["show", "\x1b[2Jx.toml"], ["show", "a.toml", "--\x1b[2Jx"], ["templates", "\x1b[2J"]):
        assert "\x1b" not in planner(*words).err


def test_a_path_needs_a_terminal(planner: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in ([], [tmp_path], ["--", tmp_path]):
        said = planner(*words)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("planner: the screen needs a terminal that can draw — ")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    assert planner(tmp_path).err.startswith("planner: the screen needs a terminal that can draw — ")


def test_a_path_opens_the_screen(planner: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[Path | None, str, bool]] = []

    def screen(path: Path | None, settings: Settings, notes: tuple[str, ...]) -> int:
        assert notes == ()
        opened.append((path, settings.theme, settings.low_bandwidth))
        return 7

    from planner.tui import app

    monkeypatch.setattr(app, "run", screen)
    monkeypatch.setattr(door, "on_a_terminal", lambda: True)
    monkeypatch.setenv("PLANNER_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    assert planner(tmp_path).code == 7
    assert planner("--lang", "zh").code == 7
    assert planner("--theme", "light", tmp_path, "--low-bandwidth").code == 7
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")
    assert planner(tmp_path).code == 7
    assert planner("--full-bandwidth").code == 7
    assert opened == [
        (tmp_path, "planner", False),
        (None, "planner", False),
        (tmp_path, "light", True),
        (tmp_path, "ansi", True),
        (None, "planner", False),
    ]
    said = planner(tmp_path, "more")
    assert (said.code, said.err) == (2, "planner: 'more' is one argument too many — see planner --help\n")
    said = planner(tmp_path, "--theme", "ligth")
    assert (said.code, said.err) == (2, "planner: --theme: 'ligth' is not known — did you mean 'light'?\n")
    said = planner("--ascii", "check", tmp_path)
    assert said.code == 2
    assert "there is no option --ascii" in said.err


def test_the_themes_that_can_be_asked_for_are_those_there_are() -> None:
    assert set(THEMES) == set(WORDS)


def test_the_language_comes_from_the_option_then_the_environment(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Desk & incident first" in planner("templates").out
    assert "从服务台与事件入手" in planner("--lang", "zh", "templates").out
    assert "从服务台与事件入手" in planner("templates", "--lang=zh").out
    monkeypatch.setenv("PLANNER_LANG", "zh")
    assert "从服务台与事件入手" in planner("templates").out
    assert "Desk & incident first" in planner("--lang", "en", "templates").out


def test_an_interrupt_is_quiet_and_130(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(templates, "run", interrupted)
    assert planner("templates") == (130, "", "")


def test_ctrl_c_while_it_works(planned_file: Path) -> None:
    # Where the tests run in the background, Ctrl-C is ignored and so it would be in the child.
    heard = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    busy = "import time; from planner.cli import show; show.run = lambda args: time.sleep(60); "
    code = heard + busy + "from planner.cli.main import main; print('up', flush=True); sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "show", str(planned_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            assert process.stdout
            assert process.stderr
            assert process.stdout.readline() == b"up\n"
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 130
            assert process.stdout.read() == process.stderr.read() == b""
        finally:
            process.kill()


def test_nothing_for_standard_error_ends_up_in_the_answer() -> None:
    code = "import os, sys; sys.stderr = None; from planner.cli.main import main; sys.exit(main(['shwo']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True)
    assert (done.returncode, done.stdout) == (2, b"")


def test_who_closes_the_pipe_early_has_read_enough() -> None:
    code = "import sys; from planner.cli.main import main; sys.exit(main(['templates']))"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_an_answer_that_cannot_be_written_is_told() -> None:
    code = "import sys; from planner.cli.main import main; sys.exit(main(['templates']))"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("planner: the answer cannot be written — ")
    assert done.stderr.count("\n") == 1


ASCII = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}


def test_pipes_get_utf_8_whatever_the_locale(shell: Planner) -> None:
    said = shell("--lang", "zh", "templates", "nope", env=ASCII)
    assert said.err.startswith("planner: 没有模板或策略 'nope' — ")
    assert "中型企业，服务台先行" in shell("--lang", "zh", "templates", env=ASCII).out


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals to make here")
def test_a_terminal_gets_what_it_can_show_and_no_colour() -> None:
    ours, theirs = os.openpty()
    code = "from planner.cli.main import run; run()"
    command = [sys.executable, "-c", code, "--lang", "zh", "templates", "desk-first"]
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, env={**os.environ, **ASCII})
    os.close(theirs)
    text = os.read(ours, 100_000).decode("ascii")
    os.close(ours)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "(desk-first)" in text
    assert "??????????" in text
    assert "\x1b" not in text


def test_both_installed_commands_lead_here() -> None:
    from importlib.metadata import entry_points

    found = {e.name: e.value for e in entry_points(group="console_scripts") if "planner" in e.name}
    assert found["planner"] == found["itsm-planner"] == "planner.__main__:run"


def test_the_width_is_asked_of_columns_and_has_a_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.cli import layout

    for asked, got in (("120", 120), ("10", layout.NARROWEST), ("0", 80), ("wide", 80), ("", 80)):
        monkeypatch.setenv("COLUMNS", asked)
        monkeypatch.setattr(os, "get_terminal_size", lambda _number: (_ for _ in ()).throw(OSError))
        assert layout.columns() == got


def test_sections_are_those_of_the_contract() -> None:
    contract = ["overview", "assessment", "work", "dependencies", "roadmap", "checks", "comments"]
    assert [*show.SECTIONS] == contract
