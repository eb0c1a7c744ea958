"""How good proposals for real plans are: every template and both samples, under every strategy.

    uv run python benchmarks/templates.py [--time-limit 10] [--sizes small,medium] [--only WORD ...] [--json OUT]

Goals: the heuristic alone takes under 150 ms (the least of three runs, after import); the exact solver proves the
whole plan with its phases optimal, or leaves a gap of at most 1 %, within the time limit. A strategy that a plan
cannot follow (a date that no roadmap keeps, no pains to cure) is listed with the reason.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from planner.catalog.load import load
from planner.edit.start import start
from planner.model.knowledge import Catalogue, Strategy
from planner.model.project import Project
from planner.model.values import Size
from planner.rollout.propose import propose
from planner.rollout.result import Infeasible
from planner.store.load import load as load_plan

SAMPLES = Path(__file__).parent.parent / "projects"
BEGIN = date(2027, 1, 4)
SIZES: tuple[Size, ...] = ("small", "medium")
RUNS = 3

MOST_MS, MOST_GAP = 150.0, 0.01
"""The goals."""


@dataclass(frozen=True, slots=True)
class Row:
    """One plan under one strategy; ``refused`` says why there is no proposal, and then the rest is nothing."""

    plan: str
    strategy: str
    packages: int
    phases: int = 0
    heuristic_ms: float = 0.0
    heuristic: float = 0.0
    exact: float = 0.0
    bound: float = 0.0
    gap: float = 0.0
    status: str = ""
    seconds: float = 0.0
    refused: str = ""

    @property
    def reached(self) -> bool:
        """Whether both goals are."""
        return bool(self.refused) or (self.heuristic_ms < MOST_MS and self.gap <= MOST_GAP)


def plans(catalogue: Catalogue, sizes: Sequence[Size] = SIZES) -> Iterator[tuple[str, Project]]:
    """Every template in every size, and the samples, by name."""
    for template in catalogue.engagements:
        for size in sizes:
            yield f"{template.id} {size}", start(template, catalogue, begin=BEGIN, size=size)
    for path in sorted(SAMPLES.glob("*.toml")):
        project = load_plan(path).project
        assert project is not None
        yield path.stem, project


def measured(name: str, project: Project, strategy: Strategy, time_limit: float) -> Row:
    """A plan proposed by the heuristic, then by the exact solver."""
    count = len(project.packages)
    taken = []
    try:
        for _run in range(RUNS):
            begin = time.perf_counter()
            first = propose(project, strategy)
            taken.append((time.perf_counter() - begin) * 1000)
    except Infeasible as error:
        return Row(name, strategy.id, count, refused=error.conflicts[0].message)
    begin = time.perf_counter()
    best = propose(project, strategy, solver="exact", time_limit=time_limit)
    seconds = time.perf_counter() - begin
    return Row(
        name,
        strategy.id,
        count,
        len(best.phases),
        min(taken),
        first.objective.value,
        best.objective.value,
        best.objective.bound or 0.0,
        best.objective.gap or 0.0,
        best.roadmap.status,
        seconds,
    )


def rows(time_limit: float = 10.0, sizes: Sequence[Size] = SIZES, only: Sequence[str] = ()) -> Iterator[Row]:
    """A row for each plan and strategy; with ``only``, where one of these words stands in either name."""
    catalogue = load()
    for name, project in plans(catalogue, sizes):
        for strategy in catalogue.strategies:
            if not only or any(word in f"{name} {strategy.id}" for word in only):
                yield measured(name, project, strategy, time_limit)


HEAD = f"{'plan':32} {'strategy':20} {'work':>5} {'phases':>6} {'ms':>5} {'found':>8} {'exact':>8} {'gap':>7} {'s':>5}"


def told(row: Row) -> str:
    """A row as the table shows it."""
    begin = f"{row.plan:32} {row.strategy:20} {row.packages:5}"
    if row.refused:
        return f"{begin} not possible: {row.refused.partition(';')[0]}"
    gap = "optimal" if row.status == "optimal" else f"{row.gap:.2%}"
    return (
        f"{begin} {row.phases:6} {row.heuristic_ms:5.0f} {row.heuristic:8.3f} {row.exact:8.3f} {gap:>7} "
        f"{row.seconds:5.1f}{'' if row.reached else '  missed'}"
    )


def summary(found: Sequence[Row]) -> str:
    """How many reached what."""
    done = [row for row in found if not row.refused]
    if not done:
        return "nothing measured"
    proven = sum(row.status == "optimal" for row in done)
    near = sum(row.gap <= MOST_GAP for row in done)
    quick = sum(row.heuristic_ms < MOST_MS for row in done)
    return (
        f"{len(done)} proposals: {proven} proven optimal, {near} within {MOST_GAP:.0%}, largest gap "
        f"{max(row.gap for row in done):.2%}; heuristic under {MOST_MS:.0f} ms in {quick}, slowest "
        f"{max(row.heuristic_ms for row in done):.0f} ms; {len(found) - len(done)} not possible"
    )


def main() -> int:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(description="Proposals for templates and samples.")
    options.add_argument("--time-limit", type=float, default=10.0, metavar="S", help="seconds for the exact solver")
    options.add_argument("--sizes", default=",".join(SIZES), metavar="SIZES", help="sizes of client, with commas")
    options.add_argument("--only", nargs="*", default=[], metavar="WORD", help="only plans or strategies named so")
    options.add_argument("--json", type=Path, metavar="OUT", help="where the rows are written too")
    asked = options.parse_args()
    print(HEAD)
    found = []
    for row in rows(asked.time_limit, asked.sizes.split(","), asked.only):
        found.append(row)
        print(told(row), flush=True)
    print(summary(found))
    if asked.json:
        asked.json.write_text(json.dumps([asdict(row) for row in found], indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
