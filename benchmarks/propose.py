"""How long a proposal takes: all 27 processes from level 1 to 3, and ten times as many packages.

    uv run python benchmarks/propose.py

Goals: under 300 ms for the first; under 15 times as long for the second. The floor is a loop of plain
additions in the same process, so that a slow machine shows as such.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from instances import everything, times

from planner.catalog.load import load
from planner.rollout.propose import propose

RUNS = 5


def median_ms(work: Callable[[], object]) -> float:
    """The median time of ``RUNS`` calls, after one that is not counted."""
    work()
    taken = []
    for _run in range(RUNS):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)


def floor() -> int:
    total = 0
    for number in range(1_000_000):
        total += number
    return total


def main() -> None:
    plan = everything()
    many = times(plan, 10)
    base = median_ms(floor)
    print(f"floor (1,000,000 additions): {base:.0f} ms")
    for strategy in load().strategies:
        if strategy.from_pains:
            continue  # it needs a client with pains
        one = median_ms(lambda strategy=strategy: propose(plan, strategy))
        ten = median_ms(lambda strategy=strategy: propose(many, strategy))
        print(
            f"{strategy.id}: {len(plan.capabilities)} capabilities, {len(plan.packages)} packages: "
            f"{one:.0f} ms ({one / base:.1f}x floor); {len(many.packages)} packages: {ten:.0f} ms ({ten / one:.1f}x)"
        )


if __name__ == "__main__":
    main()
