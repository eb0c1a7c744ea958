"""What is told when the planner itself fails: kinds and places, and nothing of the plan, wherever it fails."""

import asyncio
import gc
import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widget import Widget
from textual.worker import WorkerFailed

from planner.text import crash
from planner.tui.app import PlannerApp
from planner.tui.screens.plan import PlanScreen

SECRET = "Lantern\x1b[2J Retail"


def fail(*_arguments: object) -> None:
    """What a fault of the planner may look like: the client is in the message, its cause and a local variable."""
    client = SECRET
    try:
        {}[client]
    except KeyError as error:
        raise ValueError(f"no {client}") from error


def broken(how: str, app: PlannerApp, monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    """What makes the application fail in one way."""
    match how:
        case "a drawn line":
            monkeypatch.setattr(Widget, "render_line", fail)
            return lambda: app.screen.refresh(layout=True)
        case "a worker":
            return lambda: app.run_worker(_failing(), exit_on_error=True)
        case "a thread":
            return lambda: app.run_worker(fail, thread=True, exit_on_error=True)
        case "a dialog":
            from planner.tui.screens.dialog import Dialog

            monkeypatch.setattr(Dialog, "compose", fail)
            return lambda: app.simulate_key("question_mark")
        case "an exception that draws itself":
            return lambda: app.call_later(_drawn)
    return lambda: app.call_later(fail)


class Drawn(Exception):
    """Textual lets such exceptions speak for themselves."""

    def __rich__(self) -> str:
        return SECRET


def _drawn() -> None:
    raise Drawn(SECRET)


async def _failing() -> None:
    fail()


@pytest.mark.parametrize(
    "how", ["a drawn line", "a worker", "a thread", "a dialog", "an exception that draws itself", "a message"]
)
async def test_a_crash_of_the_screen_tells_nothing(how: str, desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.store.load import load

    told = io.StringIO()
    app = PlannerApp(desk_file.parent, PlanScreen(load(desk_file)))
    app.error_console.file = told

    async def until_it_ends() -> None:
        async with app.run_test() as pilot:
            await pilot.pause()
            broken(how, app, monkeypatch)()
            async with asyncio.timeout(10):
                while app.is_running:
                    await pilot.pause()

    with pytest.raises((ValueError, Drawn, WorkerFailed)):
        await until_it_ends()
    app._print_error_renderables()
    words = told.getvalue()
    assert "Lantern" not in words
    assert "Retail" not in words
    assert "\x1b[2J" not in words
    assert "The planner has stopped because of a fault of its own" in words
    if how != "an exception that draws itself":
        assert re.search(r"ValueError\n", words)
        assert re.search(r"KeyError\n", words)
        assert "test_tui_crash.py:" in words


def test_a_report_names_all_that_led_to_it() -> None:
    try:
        try:
            fail()
        except ValueError as error:
            raise ExceptionGroup(SECRET, [error, OSError(SECRET)]) from None
    except ExceptionGroup as group:
        told = crash.report(group)
    assert [line for line in told.splitlines()[1:] if line[0] != " "] == [
        "KeyError",
        "ValueError",
        "OSError",
        "ExceptionGroup",
    ]
    assert "Lantern" not in told


CHILD = """
import sys, threading, warnings
from planner.cli import main
SECRET = "Lantern Retail"
class Odd:
    def __del__(self):
        raise ValueError(SECRET)
def answer(argv):
    warnings.warn(SECRET)
    Odd()
    thread = threading.Thread(target=lambda: {}[SECRET]); thread.start(); thread.join()
    {}[SECRET]
main.answer_to = answer
if sys.argv[1] == "hook":
    main.main = answer
main.run()
"""


@pytest.mark.parametrize("way", ["command", "debug", "hook"])
def test_no_way_out_of_a_process_tells_more(way: str, tmp_path: Path) -> None:
    """Whatever prints what went wrong: the command, its longer report, Python's own hooks in all threads."""
    script = tmp_path / "child.py"
    script.write_text(CHILD, "utf-8")
    environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "", "PYTHONUTF8": "1"}
    if way == "debug":
        environment["PLANNER_DEBUG"] = "1"
    done = subprocess.run(
        [sys.executable, str(script), way], capture_output=True, text=True, env=environment, timeout=60
    )
    said = done.stdout + done.stderr
    assert "Lantern" not in said
    assert "KeyError" in said
    assert done.returncode == (1 if way == "hook" else 70)
    assert ("main.py:" in said) is (way != "command")


async def test_a_task_that_failed_unseen_tells_nothing(
    desk_file: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async with PlannerApp(desk_file.parent).run_test() as pilot:
        task = asyncio.get_running_loop().create_task(_failing())
        await asyncio.wait([task])
        del task
        gc.collect()
        await pilot.pause()
    assert "Lantern" not in "".join(capfd.readouterr()) + caplog.text
