"""What the interface costs in time and in bytes, measured from outside through a pseudo-terminal.

    python benchmarks/terminal/run.py --bench DIR [--only SUITE ...] [--runs N] [--keep FILE]

DIR holds ``tuibench.py`` and ``apps/table.py``, a plain Textual app with a table, a tree, a header and a footer: the
floor, which runs in alternation with the planner. Suites: ``keys`` (start, moves, pages, typing, places, a held key,
idle, sizes), ``sizes`` (plans of 500 and of 5,000 packages), ``line`` (over SSH with a round trip of 150 ms and
256 kbit/s; needs sshd). Prints a table in Markdown. Bytes are exact; of times only the ratios of one run count.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plans import SAMPLE, write

READY = "Incident"
STEPS = (
    "move=key:down*10,up*10 page=key:pagedown*3,pageup*3 work=key:w down=key:down*10 wpage=key:pagedown*3,pageup*3 "
    "depend=key:d graph=key:down*6,right*4 roadmap=key:r board=key:down*6,right*4 switch=key:w,d,r,a,v,a,o,a "
    "open=key:slash type=type:change close=key:escape held=burst:down*60@30 idle=idle:10 resize=resize:50 mem=mem"
).replace("key:slash", "type:/")
FLOOR_STEPS = (
    "move=key:down*20 page=key:pagedown*3,pageup*3 held=burst:down*60@30 idle=idle:10 resize=resize:50 mem=mem"
)
LINE_STEPS = (
    "assess=key:2,down,3,down,2,down,3,down,2,right,3,down,2,down,3,down,2,down,3 "
    "more=key:right,2,down,3,down,2,down,3,down,2,down,3,down,2,down,3,down,2,down,3 "
    "roadmap=key:r move=key:m,down,enter,down,m,down,enter,down,m,down,enter "
    "propose=key:g,enter quiet:1@20 adopt=key:enter,enter save=key:s"
)
MOVES = ("move", "down", "graph", "board")
PAGES = ("page", "wpage")
PLACES = ("work", "depend", "roadmap", "switch")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True, help="folder with tuibench.py and apps/")
    parser.add_argument("--only", nargs="*", default=list(SUITES), choices=list(SUITES))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="write all that was measured as JSON")
    options = parser.parse_args()
    sys.path.insert(0, str(options.bench))
    import tuibench

    kept: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        print("| what | planner | low bandwidth | floor | ratio | low, ratio |\n|---|---|---|---|---|---|")
        for name in options.only:
            kept[name] = SUITES[name](tuibench, options, Path(folder))
    if options.keep:
        options.keep.write_text(json.dumps(kept, indent=1))


def planner(folder: Path, name: str, mode: str, steps: str, packages: int = 0) -> dict[str, Any]:
    """A session of the planner on a plan of its own."""
    path = folder / f"{name.replace(' ', '-')}.toml"
    if packages:
        write(path, packages)
    else:
        shutil.copy(SAMPLE, path)
    command = [sys.executable, "-m", "planner", mode, str(path)]
    root = str(Path(__file__).parents[2])
    env = {"PYTHONPATH": root, "PLANNER_CONFIG": os.devnull}
    return {"name": name, "cmd": command, "ready": READY, "steps": steps, "env": env, "quit": "ctrl+q"}


def floor(options: argparse.Namespace, steps: str = "") -> dict[str, Any]:
    """The plain app."""
    command = [sys.executable, str(options.bench / "apps" / "table.py")]
    return {"name": "floor", "cmd": command, "ready": "Column0", "steps": steps}


def measured(bench: Any, specs: list[dict[str, Any]], runs: int, **more: Any) -> dict[str, Any]:
    """Medians of the sessions, which run in turn."""
    common = {"quiet": 0.6, "key_timeout": 3.0} if more.get("ssh") else {"quiet": 0.2, "key_timeout": 1.0}
    report = bench.run_all([bench.make_spec(common, spec) for spec in specs], runs, 1, more.get("ssh"))
    for name, summary in report["summary"].items():
        if summary["problems"]:
            print(f"{name}: {summary['problems']}", file=sys.stderr)
    return dict(report["summary"])


def keys(bench: Any, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The sample, in both modes, beside the floor."""
    specs = [
        planner(folder, "normal", "--full-bandwidth", STEPS),
        planner(folder, "low", "--low-bandwidth", STEPS),
        floor(options, FLOOR_STEPS),
    ]
    found = measured(bench, specs, options.runs)
    three = [found[name] for name in ("normal", "low", "floor")]
    row("start: useful and quiet, ms", three, lambda s: median(s["start"]["quiet_ms"]))
    row("start, bytes", three, lambda s: median(s["start"]["bytes"]))
    row("move: key to quiet, ms", three, lambda s: pooled(s, MOVES, "quiet_ms"))
    for what, steps in (("move", MOVES), ("page", PAGES), ("switch of place", PLACES), ("typed sign", ("type",))):
        row(f"{what}, bytes (median)", three, lambda s, steps=steps: pooled(s, steps, "bytes"))
        row(f"{what}, B/diff", three, lambda s, steps=steps: against_diff(s, steps))
    row("held key: lag, ms", three, lambda s: median(s["steps"]["held"]["lag_ms"]))
    row("held key, bytes", three, lambda s: median(s["steps"]["held"]["bytes"]))
    row("idle 10 s, bytes", three, lambda s: median(s["steps"]["idle"]["bytes"]))
    row("idle, CPU %", three, lambda s: median(s["steps"]["idle"]["cpu_pct"]))
    row("50 sizes: settled after, ms", three, lambda s: median(s["steps"]["resize"]["settle_ms"]))
    row("50 sizes, bytes", three, lambda s: median(s["steps"]["resize"]["bytes"]))
    row("memory at start, MB", three, lambda s: median(s["start"]["rss_mb"]))
    row("memory at the end, MB", three, lambda s: median(s["steps"]["mem"]["rss"]))
    row("exit, ms", three, lambda s: median(s["end"]["exit_ms"]))
    return found


def sizes(bench: Any, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Large plans."""
    steps = "move=key:down*10 work=key:w down=key:down*10"
    kept = {}
    for count in (500, 5_000):
        specs = [
            planner(folder, "normal", "--full-bandwidth", steps, count),
            planner(folder, "low", "--low-bandwidth", steps, count),
            floor(options, "move=key:down*10"),
        ]
        kept[str(count)] = found = measured(bench, specs, options.runs)
        three = [found[name] for name in ("normal", "low", "floor")]
        row(f"{count} packages: start, ms", three, lambda s: median(s["start"]["quiet_ms"]))
        row(f"{count} packages: move, ms", three, lambda s: pooled(s, MOVES, "quiet_ms"))
        row(f"{count} packages: to Work, ms", three, lambda s: pooled(s, ("work",), "quiet_ms"))
    return kept


def line(bench: Any, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """A slow line, and the same keys without one."""
    specs = [
        planner(folder, "normal", "--full-bandwidth", LINE_STEPS + " held=burst:down*60@30"),
        planner(folder, "low", "--low-bandwidth", LINE_STEPS + " held=burst:down*60@30"),
        floor(options, "move=key:down*5 held=burst:down*60@30"),
    ]
    ssh = {"rtt": 150.0, "kbps": 256.0}
    found = measured(bench, specs, options.runs, ssh=ssh)
    near = measured(bench, specs[:2], options.runs)
    three = [found[name] for name in ("normal", "low", "floor")]
    row("slow line: first screen, ms", three, lambda s: median(s["start"]["quiet_ms"]))
    row("slow line: first screen, bytes", three, lambda s: median(s["start"]["bytes"]))
    row("slow line: move, ms", three, lambda s: pooled(s, MOVES, "quiet_ms"))
    row("slow line: held key, lag, ms", three, lambda s: median(s["steps"]["held"]["lag_ms"]))
    row("script: ms beyond its round trips", three, lambda s: script(s, "quiet_ms", ssh["rtt"]))
    row("script without the line, ms", [near["normal"], near["low"], {"steps": {}}], lambda s: script(s, "quiet_ms"))
    row("script, bytes with the first screen", three, lambda s: script(s, "bytes", 0, median(s["start"]["bytes"])))
    return {"ssh": found, "near": near}


SUITES: dict[str, Callable[[Any, argparse.Namespace, Path], dict[str, Any]]] = {
    "keys": keys,
    "sizes": sizes,
    "line": line,
}


def median(values: dict[str, float] | None) -> float | None:
    """The median of a summary of tuibench."""
    return None if values is None else values["median"]


def pooled(summary: dict[str, Any], steps: tuple[str, ...], what: str) -> float | None:
    """The mean of the medians of some steps, by how many keys each had."""
    found = [summary["steps"][step][what] for step in steps if summary["steps"].get(step, {}).get(what)]
    keys = sum(values["n"] for values in found)
    return sum(values["median"] * values["n"] for values in found) / keys if keys else None


def against_diff(summary: dict[str, Any], steps: tuple[str, ...]) -> float | None:
    """All bytes of some steps, by what a plain cell diff would have sent."""
    found = [summary["steps"][step] for step in steps if summary["steps"].get(step, {}).get("diff")]
    least = sum(step["diff"]["total"] for step in found)
    return sum(step["bytes"]["total"] for step in found) / least if least else None


def script(summary: dict[str, Any], what: str, less: float = 0, more: float | None = 0) -> float | None:
    """The sum over the keys of the script, for each key ``less``."""
    names = [step.partition("=")[0] for step in LINE_STEPS.split()]
    found = [summary["steps"][name][what] for name in names if summary["steps"].get(name, {}).get(what)]
    if not found or "assess" not in summary["steps"]:
        return None
    return sum(values["total"] - less * values["n"] for values in found) / summary["runs"] + (more or 0)


def row(what: str, three: list[dict[str, Any]], value: Callable[[dict[str, Any]], float | None]) -> None:
    """Print a line of the table."""
    normal, low, least = (value(summary) for summary in three)
    ratios = ["-" if mine is None or not least else f"{mine / least:.2f}" for mine in (normal, low)]
    cells = [
        "-" if number is None else f"{number:,.{0 if abs(number) >= 20 else 2}f}" for number in (normal, low, least)
    ]
    print("| " + " | ".join([what, *cells, *ratios]) + " |", flush=True)


if __name__ == "__main__":
    main()
