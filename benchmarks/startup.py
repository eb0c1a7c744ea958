"""How long the planner takes to answer: ``planner show``, and the terminal interface's first useful frame.

    uv run python benchmarks/startup.py

Each is run in turn with its floor (A B A B ...) and compared by the median. ``show``: at most 2.0 times
``python -c "import pydantic, tomllib"``. The interface, in a real pseudo-terminal of 120x40 until the first
process stands on the screen: at most 1.6 times an empty Textual app until its one word does.
"""

import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from fcntl import ioctl
from pathlib import Path

import pyte

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "projects" / "lantern-retail.toml"
RUNS = 15
SIZE = (40, 120)

EMPTY_APP = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("Hello")

Empty().run()
"""


def command_ms(command: list[str]) -> float:
    """Wall time of a command whose output is thrown away."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - begin) * 1000


def frame_ms(command: list[str], text: str) -> float:
    """Time from starting a terminal program until ``text`` stands on its screen."""
    screen = pyte.Screen(SIZE[1], SIZE[0])
    stream = pyte.ByteStream(screen)
    begin = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8", COLORTERM="truecolor")
        os.execv(command[0], command)
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
    try:
        while time.perf_counter() - begin < 30:
            if not select.select([terminal], [], [], 1)[0]:
                continue
            stream.feed(os.read(terminal, 65536))
            if any(text in line for line in screen.display):
                return (time.perf_counter() - begin) * 1000
        raise TimeoutError(f"{text!r} never came")
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def compare(name: str, goal: float, measure: object, floor: object) -> None:
    """Run the two in turn and print medians and their ratio."""
    mine: list[float] = []
    least: list[float] = []
    for run in range(RUNS + 1):
        pair = (measure(), floor())  # type: ignore[operator]
        if run:  # the first of each warms the caches
            mine.append(pair[0])
            least.append(pair[1])
    one, other = statistics.median(mine), statistics.median(least)
    print(f"{name}: {one:.0f} ms, floor {other:.0f} ms, ratio {one / other:.2f} (goal: at most {goal})")


def main() -> None:
    python = sys.executable
    planner = str(Path(python).parent / "planner")
    compare(
        "planner show",
        2.0,
        lambda: command_ms([planner, "show", str(SAMPLE)]),
        lambda: command_ms([python, "-c", "import pydantic, tomllib"]),
    )
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY_APP)
        compare(
            "first useful frame",
            1.6,
            lambda: frame_ms([planner, str(SAMPLE)], "Incident management"),
            lambda: frame_ms([python, str(empty)], "Hello"),
        )


if __name__ == "__main__":
    main()
