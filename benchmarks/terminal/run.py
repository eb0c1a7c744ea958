"""What the interface costs in time and in bytes, measured from outside through a pseudo-terminal.

    python benchmarks/terminal/run.py --bench DIR [--only SUITE ...] [--runs N] [--keep FILE]

DIR holds ``tuibench.py`` and ``apps/table.py``, a plain Textual app with a table, a tree, a header and a footer: the
floor, which runs in alternation with the planner. Suites: ``keys`` (start, moves, pages, typing, places, a held key,
idle, sizes), ``sizes`` (plans of 500 and of 5,000 packages), ``line`` (over SSH with a round trip of 150 ms and
256 kbit/s; needs sshd). Prints a table in Markdown, which ``benchmarks/results.py --only terminal`` puts into
RESULTS.md. Bytes are exact; of times only the ratios of one run count.
"""

import argparse
import json
import os
import shlex
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from plans import SAMPLE, write
from table import Three, against_diff, head, median, pooled, row, script

READY = "Incident"
STEPS = (
    "matrix=key:down*10,right*3,left*3,up*10 mpage=key:pagedown*3,pageup*3 "
    "work=key:w list=key:down*10 edge=key:down*25 scroll=key:down*10 wpage=key:pageup*3,pagedown*3 "
    "form=key:n field=type:procedure back=key:escape "
    "depend=key:d graph=key:down*6,right*4 roadmap=key:r timeline=key:down*8,up*4 "
    "switch=key:w,d,r,g,v,R,o,a open=type:/ find=type:change close=key:escape "
    "long=key:w,home held=burst:down*60@30 idle=idle:10 resize=resize:50 mem=mem"
)
FLOOR_STEPS = (
    "matrix=key:down*20 mpage=key:pagedown*3,pageup*3 held=burst:down*60@30 idle=idle:10 resize=resize:50 mem=mem"
)
SCRIPT = (
    "assess=key:2,down,3,down,2,down,3,down,2,down,3,down,2,down,3,down,2,down,3,right "
    "more=key:2,up,3,up,2,up,3,up,2,up,3,up,2,up,3,up,2,up,3 "
    "roadmap=key:r moves=key:down,down,m,right,enter,down,m,right,enter,down,m,right,enter "
    "propose=key:g,enter quiet:1@20 adopt=key:enter,enter save=key:s"
)
"""A working session: open, assess 20 cells, move 3 items of the roadmap, propose and adopt, save; then it quits."""

MOVES = ("matrix", "list", "graph", "timeline")
PAGES = ("mpage", "wpage")
PLACES = ("work", "depend", "roadmap", "switch")
RTT, KBPS = 150.0, 256.0
SLOW = {"quiet": 0.6, "key_timeout": 3.0}
"""What counts as quiet where a round trip takes so long; in seconds."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True, help="folder with tuibench.py and apps/")
    parser.add_argument("--only", nargs="*", default=list(SUITES), choices=list(SUITES))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="write all that was measured as JSON")
    options = parser.parse_args()
    sys.path.insert(0, str(options.bench))
    import tuibench  # type: ignore[import-not-found]

    kept: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        print(head())
        for name in options.only:
            kept[name] = SUITES[name](tuibench, options, Path(folder))
    if options.keep:
        options.keep.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def planner(folder: Path, name: str, mode: str, steps: str, packages: int = 0) -> dict[str, Any]:
    """A session of the planner on a plan of its own."""
    path = folder / f"{name}.toml"
    if packages:
        write(path, packages)
    start = [sys.executable, "-m", "planner", mode, str(path)]
    # What one run has saved is not what the next begins with.
    command = (
        start
        if packages
        else ["sh", "-c", shlex.join(["cp", str(SAMPLE), str(path)]) + f" && exec {shlex.join(start)}"]
    )
    env = {"PYTHONPATH": str(Path(__file__).parents[2]), "PLANNER_CONFIG": os.devnull}
    return {"name": name, "cmd": command, "ready": READY, "steps": steps, "env": env, "quit": "ctrl+q"}


def floor(options: argparse.Namespace, steps: str) -> dict[str, Any]:
    """The plain app."""
    command = [sys.executable, str(options.bench / "apps" / "table.py")]
    return {"name": "floor", "cmd": command, "ready": "Column0", "steps": steps}


def both(folder: Path, steps: str, packages: int = 0) -> list[dict[str, Any]]:
    """Sessions in normal mode and with low bandwidth."""
    return [
        planner(folder, "normal", "--full-bandwidth", steps, packages),
        planner(folder, "low", "--low-bandwidth", steps, packages),
    ]


def measured(
    bench: Any, specs: list[dict[str, Any]], runs: int, common: dict[str, float], ssh: dict[str, float] | None = None
) -> Three:
    """Medians of the sessions, which run in turn."""
    report = bench.run_all([bench.make_spec(common, spec) for spec in specs], runs, 0 if ssh else 1, ssh)
    for name, summary in report["summary"].items():
        if summary["problems"]:
            print(f"{name}: {summary['problems']}", file=sys.stderr)
    return Three(*(report["summary"].get(name) for name in ("normal", "low", "floor")))


def keys(bench: Any, options: argparse.Namespace, folder: Path) -> Any:
    """The sample, in both modes, beside the floor."""
    specs = [*both(folder, STEPS), floor(options, FLOOR_STEPS)]
    found = measured(bench, specs, options.runs, {"quiet": 0.2, "key_timeout": 1.0})
    row("start: useful and quiet, ms", found, lambda s: median(s["start"]["quiet_ms"]), of_floor=1.25)
    row("start, bytes", found, lambda s: median(s["start"]["bytes"]))
    for step in MOVES:  # the floor has but one list
        value = partial(pooled, steps=(step,), what="quiet_ms", instead=("matrix",))
        row(f"move in the {step}: key to quiet, ms", found, value, of_floor=1.3)
    groups: tuple[tuple[str, tuple[str, ...], int | None], ...] = (
        ("move", MOVES, 400),
        ("scrolled line", ("scroll",), None),
        ("page", PAGES, 5_000),
        ("typed sign, to find", ("find",), 300),
        ("typed sign, in a form", ("field",), 300),
        ("switch of place", PLACES, 8_000),
    )
    for what, steps, most in groups:
        row(f"{what}, bytes", found, partial(pooled, steps=steps, what="bytes"), low=most)
    for what, steps, _most in groups:
        row(f"{what}, bytes by cell diff", found, partial(against_diff, steps=steps), normal=3, low=1.5)
    row("held key: lag, ms", found, lambda s: median(s["steps"]["held"]["lag_ms"]), of_floor=1.3)
    row("held key, bytes", found, lambda s: median(s["steps"]["held"]["bytes"]))
    row("idle 10 s, bytes", found, lambda s: median(s["steps"]["idle"]["bytes"]), normal=0, low=0)
    row("idle, CPU %", found, lambda s: median(s["steps"]["idle"]["cpu_pct"]), normal=0.3, low=0.3)
    row("50 sizes: settled after, ms", found, lambda s: median(s["steps"]["resize"]["settle_ms"]), of_floor=1.3)
    row("50 sizes, bytes", found, lambda s: median(s["steps"]["resize"]["bytes"]))
    row("memory at start, MB", found, lambda s: median(s["start"]["rss_mb"]), of_floor=1.5)
    row("memory at the end, MB", found, lambda s: median(s["steps"]["mem"]["rss"]), of_floor=1.5)
    row("exit, ms", found, lambda s: median(s["end"]["exit_ms"]))
    return found


def sizes(bench: Any, options: argparse.Namespace, folder: Path) -> Any:
    """Large plans."""
    kept = {}
    for count, most in ((500, 1.6), (5_000, 3.0)):
        steps = "early=key:down*10 sleep:1.5 matrix=key:down*10 work=key:w list=key:down*10"
        specs = [*both(folder, steps, count), floor(options, "matrix=key:down*10")]
        kept[str(count)] = found = measured(bench, specs, options.runs, {"quiet": 0.2, "key_timeout": 1.0})
        row(f"{count:,} packages: start, ms", found, lambda s: median(s["start"]["quiet_ms"]), of_floor=most)
        row(f"{count:,} packages: the slowest of the first 10 keys, ms", found, slowest, normal=50, low=50)
        row(f"{count:,} packages: move, ms", found, lambda s: pooled(s, ("matrix", "list"), "quiet_ms"), of_floor=1.3)
        row(f"{count:,} packages: to Work, ms", found, lambda s: pooled(s, ("work",), "quiet_ms"))
    return kept


def line(bench: Any, options: argparse.Namespace, folder: Path) -> Any:
    """A slow line, and the same keys without one."""
    ssh = {"rtt": RTT, "kbps": KBPS}
    held = "move=key:down*5 held=burst:down*60@30"
    specs = [*both(folder, f"long=key:w,home {held}"), floor(options, held)]
    far = measured(bench, specs, options.runs, SLOW, ssh)
    row("slow line: first screen, ms", far, lambda s: median(s["start"]["quiet_ms"]), low=1_200)
    row("slow line: first screen, bytes", far, lambda s: median(s["start"]["bytes"]), low=15_000)
    row("slow line: move, ms", far, lambda s: pooled(s, ("move",), "quiet_ms"))
    row("slow line: held key, lag, ms", far, lambda s: median(s["steps"]["held"]["lag_ms"]))
    work = measured(bench, both(folder, SCRIPT), options.runs, SLOW, ssh)
    near = measured(bench, both(folder, SCRIPT), options.runs, SLOW)
    names = [step.partition("=")[0] for step in SCRIPT.split() if "=" in step]
    row("script over it, s", work, lambda s: script(s, names, "quiet_ms") / 1000)
    row("script without the line, s", near, lambda s: script(s, names, "quiet_ms") / 1000)
    trips = Three(*(both_of and _by_trips(*both_of, names) for both_of in zip(work, near, strict=True)))
    row("script: time by local time and round trips", trips, lambda s: s["ratio"], low=1.5)
    row("script, bytes in all", work, lambda s: script(s, names, "bytes") + median(s["start"]["bytes"]), low=150_000)
    return {"far": far, "work": work, "near": near}


def slowest(summary: Any) -> float | None:
    """Milliseconds until the first byte of the answer to a key right after the start, at most."""
    return float(summary["steps"]["early"]["first_ms"]["max"]) if "early" in summary["steps"] else None


def _by_trips(far: Any, near: Any, names: list[str]) -> Any:
    """The script's time over the line, by what it takes without one and a round trip for each key."""
    if far is None or near is None:
        return None
    keys_pressed = script(far, names, "quiet_ms", count=True)
    return {"ratio": script(far, names, "quiet_ms") / (script(near, names, "quiet_ms") + RTT * keys_pressed)}


SUITES: dict[str, Callable[[Any, argparse.Namespace, Path], Any]] = {"keys": keys, "sizes": sizes, "line": line}


if __name__ == "__main__":
    main()
