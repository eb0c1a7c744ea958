"""What a hand-over costs: every format of a plan of 250 work packages and of one ten times as large.

    uv run python benchmarks/exports.py [--packages 250,2500] [--formats pptx,xlsx] [--json]

Goals: each format of 250 packages in under 2 s beyond the import of its library, in under 250 MB; ten times the
packages in under 12 times the time. Each row is of a process of its own, that renders once. ``processor s`` is what
the process itself used, so that it says the same when others use the machine; ``times`` compares it with the
format's first row, and ``x floor`` with writing the same plan as plain JSON in the same process. ``strategies`` is the
part that tries the other strategies, so that they can be compared: it is the engine's, and the same for all formats
that tell of it. ``MB`` is the most that the process ever had, Python and the plan included.
"""

import argparse
import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from instances import everything, times

from planner.catalog.load import load
from planner.edit.roadmap import adopt
from planner.export.formats import FORMATS
from planner.model.calendar import Role
from planner.model.project import Project
from planner.rollout.propose import propose

PACKAGES = (250, 2_500)
STRATEGY = "change-config-first"


@dataclass(frozen=True, slots=True)
class Row:
    """One format of one plan: seconds, megabytes at most in memory, kilobytes of the document.

    ``libraries`` and ``render`` are by the clock on the wall; the other times are of the processor.
    """

    format: str
    packages: int
    libraries: float
    render: float
    processor: float
    strategies: float
    floor: float
    megabytes: int
    kilobytes: int


def plan_of(packages: int) -> Project:
    """A plan of so many work packages with a roadmap: copies of all processes, and staff for as many."""
    one = everything()
    copies = max(1, packages // len(one.packages))
    plan = times(one, copies)
    sample = replace(plan.packages[0], capability="", after=(), alongside=())
    more = tuple(replace(sample, id=f"more-{n}") for n in range(packages - len(plan.packages)))
    plan = replace(
        plan,
        packages=(*plan.packages, *more),
        roles=tuple(_more(role, copies) for role in plan.roles),
        limits=replace(plan.limits, absorption=plan.limits.absorption * copies),
    )
    found = propose(plan, load().strategy_by_id[STRATEGY])
    return adopt(plan, found.roadmap, found.phases)


def _more(role: Role, copies: int) -> Role:
    changes = tuple(replace(change, fte=change.fte * copies) for change in role.changes)
    return replace(role, fte=role.fte * copies, changes=changes)


def rendered(file: Path, name: str) -> dict[str, Any]:
    """Render the plan pickled in ``file`` once, in this process, and say what it took."""
    import importlib

    from planner.export.formats import render
    from planner.export.handover import hand_over
    from planner.model.decode import encode

    project: Project = pickle.loads(file.read_bytes())
    catalogue = load()
    begin = time.perf_counter()
    for module, _distribution in FORMATS[name].needs:
        importlib.import_module(module)
    importlib.import_module(f"planner.export.{FORMATS[name].module}")
    imported = time.perf_counter()
    floor = time.process_time()
    json.dumps(encode(project), default=str)
    floor = time.process_time() - floor
    wall, processor = time.perf_counter(), time.process_time()
    handover = hand_over(project, catalogue)
    data = render(handover, name)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    strategies = 0.0
    if "comparison" in vars(handover):  # it was asked for: once more, by itself
        del vars(handover)["comparison"]
        strategies = time.process_time()
        assert handover.comparison is not None
        strategies = time.process_time() - strategies
    return {
        "libraries": round(imported - begin, 3),
        "render": round(wall, 3),
        "processor": round(processor, 3),
        "strategies": round(strategies, 3),
        "floor": round(floor, 4),
        "megabytes": round(memory / 1024),
        "kilobytes": round(len(data) / 1000),
    }


def rows(packages: list[int], formats: list[str]) -> list[Row]:
    """A row for each format and size."""
    found = []
    with tempfile.TemporaryDirectory() as place:
        for count in packages:
            file = Path(place) / f"{count}.pickle"
            file.write_bytes(pickle.dumps(plan_of(count)))
            for name in formats:
                told = subprocess.run(
                    [sys.executable, __file__, "--one", name, "--plan", str(file)],
                    capture_output=True,
                    check=True,
                    text=True,
                )
                found.append(Row(name, count, **json.loads(told.stdout)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", default=",".join(map(str, PACKAGES)), help="sizes of the plans")
    parser.add_argument("--formats", default=",".join(FORMATS), help="which formats")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--plan", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(rendered(options.plan, options.one)))
        return
    found = rows([int(count) for count in options.packages.split(",")], options.formats.split(","))
    if options.json:
        print(json.dumps([asdict(row) for row in found], indent=2))
        return
    print("format         packages  import s  wall s  processor s  strategies s  x floor    MB     kB  times")
    first = {row.format: row for row in reversed(found)}
    for row in found:
        more = "" if first[row.format] is row else f"{row.processor / first[row.format].processor:7.1f}"
        print(
            f"{row.format:14} {row.packages:8} {row.libraries:9.2f} {row.render:7.2f} {row.processor:12.2f}"
            f" {row.strategies:13.2f} {row.processor / row.floor:8.1f} {row.megabytes:5} {row.kilobytes:6}{more}"
        )


if __name__ == "__main__":
    main()
