"""Runs the benchmarks and writes what they gave into RESULTS.md: one command for all tables.

    python benchmarks/results.py --data DIR --bench DIR [--only SECTION ...] [--seeds 0 1 2] [--limit N] [--out FILE]

DIR holds the PSPLIB sets as ``j30``, ``j60``, ``j90``, ``j120`` with ``best_known.csv``, ``value_j30.csv`` and
``value_j60.csv``; only the sections about PSPLIB need it, and only the one about the terminal the folder of
``tuibench.py``. A section that is not run keeps what the file says of it.
Every section says on what it was measured: times are of that machine, and of what else it did.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import fmean
from typing import Any

HERE = Path(__file__).parent
OUT = HERE / "RESULTS.md"

INTRODUCTION = """# What the engine reaches

Written by `python benchmarks/results.py`. Deviation: how far a figure is above the best known one, as a share of that,
on average over the instances of a set. The spread is over the seeds.
"""


@dataclass(frozen=True, slots=True)
class Goal:
    """One set solved in one way, and what is to be reached: the mean deviation, and how many are proven optimal."""

    instances: str
    known: str
    solver: str
    seconds: float
    deviation: float | None = None
    proven: int | None = None

    def words(self) -> str:
        """The goal as the table shows it."""
        parts = [] if self.deviation is None else [f"at most {self.deviation:.2%}"]
        parts += [] if self.proven is None else [f"{self.proven} proven"]
        return ", ".join(parts) or "-"


MAKESPAN = (
    Goal("j30", "best_known.csv", "heuristic", 1, 0.001),
    Goal("j60", "best_known.csv", "heuristic", 1, 0.006),
    Goal("j90", "best_known.csv", "heuristic", 1, 0.012),
    Goal("j120", "best_known.csv", "heuristic", 1, 0.035),
)
MAKESPAN_EXACT = (
    Goal("j30", "best_known.csv", "exact", 10, 0.0, 48),
    Goal("j60", "best_known.csv", "exact", 10, 0.002, 42),
    Goal("j90", "best_known.csv", "exact", 10, 0.006),
    Goal("j120", "best_known.csv", "exact", 10, 0.022),
)
VALUE = (
    Goal("j30", "value_j30.csv", "heuristic", 1, 0.003),
    Goal("j60", "value_j60.csv", "heuristic", 1, 0.010),
)
VALUE_EXACT = (
    Goal("j30", "value_j30.csv", "exact", 10, proven=46),
    Goal("j60", "value_j60.csv", "exact", 10, proven=13),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the file, and what writes the text below it."""

    name: str
    title: str
    run: Callable[[argparse.Namespace], str]


def psplib(goals: tuple[Goal, ...]) -> Callable[[argparse.Namespace], str]:
    """A table with a row for each of ``goals``."""

    def run(options: argparse.Namespace) -> str:
        rows = [_row(goal, options) for goal in goals]
        command = "`psplib.py DIR/SET --best-known DIR/CSV --solver SOLVER --time-limit S --seed N --json OUT`"
        heads = (
            "set",
            "CSV",
            "solver",
            "S",
            "instances",
            "mean deviation",
            "spread",
            "at best known",
            "proven",
            "goal",
            "",
        )
        return "\n".join([command, "", _line(heads), _line(["---"] * len(heads)), *rows])

    return run


def _row(goal: Goal, options: argparse.Namespace) -> str:
    means, equal, proven, count = [], [], [], 0
    for seed in options.seeds:
        rows = [row for row in _results(goal, seed, options) if row["best_known"]]
        reached = [(row.get("value", row["makespan"]), row["best_known"]) for row in rows]
        count = len(rows)
        means.append(fmean((got - best) / best for got, best in reached))
        equal.append(sum(got <= best for got, best in reached))
        proven.append(sum(row["status"] == "optimal" for row in rows))
    missed = goal.deviation is not None and max(means) > goal.deviation + 1e-12
    missed = missed or (goal.proven is not None and min(proven) < goal.proven)
    return _line(
        (
            goal.instances,
            goal.known,
            goal.solver,
            f"{goal.seconds:g}",
            str(count),
            f"{fmean(means):.3%}",
            f"{min(means):.3%} to {max(means):.3%}",
            _span(equal),
            _span(proven),
            goal.words(),
            "missed" if missed else "reached",
        )
    )


def _results(goal: Goal, seed: int, options: argparse.Namespace) -> list[dict[str, Any]]:
    if options.data is None:
        raise SystemExit("--data says where the PSPLIB sets are")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        command = [str(HERE / "psplib.py"), str(options.data / goal.instances)]
        command += ["--best-known", str(options.data / goal.known), "--solver", goal.solver]
        command += ["--time-limit", str(goal.seconds), "--seed", str(seed), "--json", str(out)]
        if options.limit:
            command += ["--limit", str(options.limit)]
        print(f"{goal.instances} {goal.known} {goal.solver}, seed {seed}: ", end="", flush=True)
        subprocess.run([sys.executable, *command], check=True)
        found: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))["results"]
        return found


def script(name: str) -> Callable[[argparse.Namespace], str]:
    """What another benchmark prints."""

    def run(_options: argparse.Namespace) -> str:
        print(f"{name}: ", flush=True)
        done = subprocess.run([sys.executable, str(HERE / name)], check=True, stdout=subprocess.PIPE, text=True)
        print(done.stdout, end="", flush=True)
        return f"`python benchmarks/{name}`\n\n```\n{done.stdout.rstrip()}\n```"

    return run


def terminal(options: argparse.Namespace) -> str:
    """What the interface costs, as ``terminal/run.py`` prints it."""
    if options.bench is None:
        raise SystemExit("--bench says where tuibench.py is")
    command = [sys.executable, str(HERE / "terminal" / "run.py"), "--bench", str(options.bench)]
    table = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.rstrip()
    how = "120x40; goals are those of a mode, or multiples of a plain Textual app (`apps/table.py`) in the same run."
    return f"`python benchmarks/terminal/run.py --bench DIR`\n\n{how}\n\n{table}"


SECTIONS = (
    Section("heuristic", "Makespan, heuristic", psplib(MAKESPAN)),
    Section("exact", "Makespan, exact", psplib(MAKESPAN_EXACT)),
    Section("value", "Value early, heuristic", psplib(VALUE)),
    Section("value-exact", "Value early, exact", psplib(VALUE_EXACT)),
    Section("templates", "Templates and samples", script("templates.py")),
    Section("propose", "Proposals", script("propose.py")),
    Section("scale", "Scale", script("scale.py")),
    Section("risk", "Risk", script("risk.py")),
    Section("reliability", "Reliability", script("reliability.py")),
    Section("exports", "Hand-over", script("exports.py")),
    Section("terminal", "Terminal", terminal),
)
"""Everything that is measured, in the order of the file."""


def machine() -> str:
    """On what a section was measured."""
    try:
        solver = version("ortools")
    except PackageNotFoundError:
        solver = "none"
    load = f", load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores{load}; Python {platform.python_version()}, OR-tools {solver}"


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def _span(numbers: list[int]) -> str:
    return str(numbers[0]) if min(numbers) == max(numbers) else f"{min(numbers)} to {max(numbers)}"


def kept(path: Path) -> dict[str, str]:
    """What the file says by now, by heading."""
    if not path.exists():
        return {}
    parts = path.read_text(encoding="utf-8").split("\n## ")[1:]
    return {title: body.strip() for title, _newline, body in (part.partition("\n") for part in parts)}


def main() -> None:
    """Run the sections that are asked for, and write the file after each."""
    names = [section.name for section in SECTIONS]
    parser = argparse.ArgumentParser(description="Run the benchmarks and write RESULTS.md.")
    parser.add_argument("--data", type=Path, metavar="DIR", help="where the PSPLIB sets are")
    parser.add_argument("--bench", type=Path, metavar="DIR", help="where tuibench.py is")
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="SECTION", help=", ".join(names))
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2], metavar="N")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N instances of a set")
    parser.add_argument("--out", type=Path, default=OUT, metavar="FILE")
    options = parser.parse_args()
    texts = kept(options.out)
    for section in SECTIONS:
        if section.name in options.only:
            measured = machine()
            texts[section.title] = f"{section.run(options)}\n\n{measured}"
            bodies = [f"## {s.title}\n\n{texts[s.title]}\n" for s in SECTIONS if s.title in texts]
            options.out.write_text("\n".join([INTRODUCTION, *bodies]), encoding="utf-8")


if __name__ == "__main__":
    main()
