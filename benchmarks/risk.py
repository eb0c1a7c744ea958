"""How long a simulation takes: 10,000 runs of all 27 processes from level 1 to 3 (216 packages), and ten times as many.

    uv run python benchmarks/risk.py

Goals: 10,000 runs of the first under 10 s on two cores; memory of all processes together under 500 MB.
"""

import os
import sys
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from instances import everything, times

from planner.catalog.load import load
from planner.edit.roadmap import adopt
from planner.model.project import Project
from planner.rollout.propose import propose
from planner.rollout.risk import RUNS, risk

PROCESSES = 2
STRATEGY = "service-desk-first"


class Row(NamedTuple):
    """One measurement.

    ``cpu``: seconds that all processes together computed, which does not depend on what else the machine does.
    ``megabytes``: at most so much memory did all of them together have, the plan included.
    """

    packages: int
    runs: int
    processes: int
    seconds: float
    cpu: float
    megabytes: float


def planned(project: Project) -> Project:
    """``project`` with a roadmap."""
    proposal = propose(project, load().strategy_by_id[STRATEGY])
    return adopt(project, proposal.roadmap, proposal.phases)


def measured(project: Project, runs: int, processes: int) -> Row:
    """The time of one simulation after one that is not counted, and the peak of memory so far."""
    catalogue = load()
    risk(project, catalogue, runs=1, processes=1)
    begin, computed = time.perf_counter(), sum(os.times()[:4])
    done = risk(project, catalogue, runs=runs, processes=processes)
    taken = time.perf_counter() - begin
    cpu = sum(os.times()[:4]) - computed
    return Row(len(project.packages), done.runs, processes, taken, cpu, peak_megabytes(processes - 1))


def peak_megabytes(helpers: int) -> float:
    """The peak of this process, and as often as there are helping processes that of the largest of them.

    Those are started from this one and measured by the system as its children. Nothing is known on Windows.
    """
    try:
        import resource
    except ImportError:
        return float("nan")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + helpers * child) / (1024 if sys.platform != "darwin" else 1024 * 1024)


def rows() -> list[Row]:
    """The plan of 216 packages with one process and with two, then ten times the packages with a tenth of the runs."""
    plan = planned(everything())
    found = [measured(plan, RUNS, 1), measured(plan, RUNS, PROCESSES)]
    return [*found, measured(planned(times(everything(), 10)), RUNS // 10, PROCESSES)]


def main() -> None:
    for row in rows():
        print(
            f"{row.packages} packages, {row.runs} runs, {row.processes} processes: "
            f"{row.seconds:.1f} s ({row.cpu:.1f} s computing), peak {row.megabytes:.0f} MB"
        )


if __name__ == "__main__":
    main()
