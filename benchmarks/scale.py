"""How time and memory grow with the plan: a heuristic proposal at 216 to 2,160 packages, and queries on graphs.

    uv run python benchmarks/scale.py [--copies 1,3,5,10] [--nodes 1000,10000] [--json]

Goals: under 5 s at 2,000 packages, growth no worse than n^1.3, under 500 MB. Times are of the processor, so that a busy
machine shows less. Every size runs in a process of its own, so that memory is that of one proposal.
"""

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from instances import everything, times

from planner.catalog.load import load
from planner.graph.bitsets import reach, reduced
from planner.rollout.propose import propose

COPIES = (1, 3, 5, 10)
NODES = (1_000, 10_000)
STRATEGY = "service-desk-first"


def proposed(copies: int) -> dict[str, Any]:
    """One proposal for ``copies`` times all processes: packages, seconds of the processor, peak memory, gap."""
    plan = times(everything(), copies)
    strategy = load().strategy_by_id[STRATEGY]
    begin = time.process_time()
    proposal = propose(plan, strategy)
    seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # KiB on Linux
    return {
        "packages": len(plan.packages),
        "seconds": round(seconds, 3),
        "megabytes": round(peak),
        "gap": None if proposal.objective.gap is None else round(proposal.objective.gap, 4),
    }


def proposals(copies: Sequence[int] = COPIES) -> list[dict[str, Any]]:
    """A row for each size, each from a fresh process."""
    rows = []
    for count in copies:
        command = [sys.executable, __file__, "--one", str(count)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        rows.append(json.loads(said))
    return rows


def exponent(rows: Sequence[dict[str, Any]]) -> float:
    """The growth of time with size: the slope of a line through their logarithms."""
    points = [(math.log(row["packages"]), math.log(row["seconds"])) for row in rows]
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _b in points)


def graph(nodes: int, seed: int = 0) -> list[list[int]]:
    """A graph without circles like that of a large plan: about three steps a node, mostly to what stands near."""
    chance = random.Random(seed)
    found: list[set[int]] = [set() for _node in range(nodes)]
    for node in range(nodes - 1):
        for _step in range(3):
            ahead = min(nodes - 1 - node, 1 + int(chance.random() ** 2 * 60))
            found[node].add(node + ahead)
    return [sorted(following) for following in found]


def queries(nodes: Sequence[int] = NODES) -> list[dict[str, Any]]:
    """For each size and query the seconds that bitsets and networkx take, and how many times faster bitsets are."""
    import networkx as nx

    rows = []
    for count in nodes:
        steps = graph(count)
        known: nx.DiGraph[int] = nx.DiGraph()
        known.add_nodes_from(range(count))
        known.add_edges_from((node, other) for node, following in enumerate(steps) for other in following)

        def everyone(known: "nx.DiGraph[int]" = known) -> int:
            return sum(len(nx.descendants(known, node)) for node in known)

        asked: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
            ("what reaches what", lambda steps=steps: reach(steps), everyone),
            (
                "transitive reduction",
                lambda steps=steps: reduced(steps),
                lambda known=known: nx.transitive_reduction(known),
            ),
        ]
        for name, ours, theirs in asked:
            mine, other = timed(ours), timed(theirs)
            rows.append(
                {
                    "nodes": count,
                    "query": name,
                    "bitsets": round(mine, 4),
                    "networkx": round(other, 3),
                    "ratio": round(other / mine),
                }
            )
    return rows


def timed(work: Callable[[], object]) -> float:
    """Seconds of the processor that ``work`` takes."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", default=",".join(map(str, COPIES)), help="how many times all processes")
    parser.add_argument("--nodes", default=",".join(map(str, NODES)), help="sizes of the graphs that are asked")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(proposed(options.one)))
        return
    sizes = proposals([int(count) for count in options.copies.split(",")])
    asked = queries([int(count) for count in options.nodes.split(",")])
    growth = exponent(sizes) if len(sizes) > 1 else None
    if options.json:
        print(json.dumps({"proposals": sizes, "exponent": growth, "queries": asked}, indent=2))
        return
    print("packages  seconds  peak MB  gap")
    for row in sizes:
        gap = "unknown" if row["gap"] is None else f"{row['gap']:.1%}"
        print(f"{row['packages']:8}  {row['seconds']:7.2f}  {row['megabytes']:7}  {gap}")
    if growth is not None:
        print(f"growth: n^{growth:.2f}")
    print("\n nodes  query                  bitsets s  networkx s  times as fast")
    for row in asked:
        print(f"{row['nodes']:6}  {row['query']:21}  {row['bitsets']:9.3f}  {row['networkx']:10.2f}  {row['ratio']:13}")


if __name__ == "__main__":
    main()
