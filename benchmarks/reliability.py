"""What it costs that nothing is lost: a save, and an edit's record in the journal, on 500 and 5,000 work packages.

    uv run python benchmarks/reliability.py [--packages 500,5000] [--folder DIR] [--json]

Goals on 500 packages: a save under 150 ms, all in (the plan is encoded, put into the text that was there, read back
and compared, the text before it kept as a backup, everything settled on the disk); an edit's record under 5 ms. The
floor of a save is writing and settling the same bytes plainly, once for the plan and once for its backup; that of a
record is adding 300 bytes to a file. Both are measured in turn with it. DIR is on the disk to be measured (here else).
"""

import argparse
import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parent))

from instances import everything, times

from planner.__main__ import FEW_COLLECTIONS
from planner.model.project import Phase, Placement, Project, Roadmap
from planner.model.values import Fixed
from planner.store.journal import Journal
from planner.store.load import said
from planner.store.save import save

PACKAGES = (500, 5_000)
SAVES, EDITS = 15, 60

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One size: kilobytes of the file, and medians in milliseconds."""

    packages: int
    kilobytes: int
    save: float
    save_processor: float
    plain_save: float
    record: float
    record_longest: float
    plain_record: float


def plan_of(packages: int) -> Project:
    """A plan of so many work packages, each with its dates, and the dependencies between them."""
    plan = times(everything(), packages // 200 + 1)
    taken = plan.packages[:packages]
    known = {package.id for package in taken}
    begin = plan.engagement.start
    placed = {
        p.id: Placement(phase="p1", start=begin, finish=begin + timedelta(days=n % 90)) for n, p in enumerate(taken)
    }
    return replace(
        plan,
        packages=taken,
        dependencies=tuple(d for d in plan.dependencies if {d.item, d.needs} <= known),
        phases=(Phase(id="p1", name="First"),),
        roadmap=Roadmap(strategy="", packages=Fixed(placed)),
    )


def measured(packages: int, folder: Path) -> Row:
    """One size."""
    path = folder / f"plan-{packages}.toml"
    text: str = save(plan_of(packages), path)
    project, _schema = said(text)
    gc.freeze()  # as in the planner, where the plan and its templates stay
    saves, processor, plain = [], [], []
    for number in range(SAVES + 1):
        project = edited(project, number)
        used = time.process_time()
        took, text = timed(lambda: save(project, path, text))  # noqa: B023
        processor.append((time.process_time() - used) * 1000)
        saves.append(took)
        plain.append(timed(lambda: settled(folder, text.encode()))[0])  # noqa: B023
    records, longest, adding = journalled(path, text, project)
    saved, used_up, least = (round(median(found[1:]), 1) for found in (saves, processor, plain))
    kilobytes = round(len(text.encode()) / 1000)
    return Row(packages, kilobytes, saved, used_up, least, round(records, 2), round(longest, 2), round(adding, 3))


def journalled(path: Path, text: str, project: Project) -> tuple[float, float, float]:
    """Median and longest time of a record, the journal's first one with the whole text left out, and of its floor."""
    journal = Journal.begin(path, text, project)
    took, plain = [], []
    with tempfile.TemporaryFile(dir=path.parent, buffering=0) as floor:
        for number in range(EDITS):
            after = edited(project, 1000 + number)
            before, project = project, after
            took.append(timed(lambda: journal.edit("rename", before, after))[0])  # noqa: B023
            plain.append(timed(lambda: floor.write(b"x" * 300))[0])
    journal.close()
    return median(took[1:]), max(took[1:]), median(plain[1:])


def edited(project: Project, number: int) -> Project:
    """One package has another name."""
    at = number % len(project.packages)
    package = replace(project.packages[at], name=f"Renamed {number}")
    return replace(project, packages=(*project.packages[:at], package, *project.packages[at + 1 :]))


def settled(folder: Path, data: bytes) -> None:
    """Write and settle plainly, file and folder, twice: for the plan and for its backup."""
    for name in ("one", "two"):
        handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.write(handle, data)
        os.fsync(handle)
        os.close(handle)
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds that ``work`` takes, and what it gives."""
    begin = time.perf_counter()
    given = work()
    return (time.perf_counter() - begin) * 1000, given


def rows(packages: Sequence[int], folder: Path) -> list[Row]:
    """A row for each size."""
    gc.set_threshold(FEW_COLLECTIONS)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        return [measured(count, Path(place)) for count in packages]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", default=",".join(map(str, PACKAGES)), help="sizes of the plans")
    parser.add_argument("--folder", type=Path, default=Path(), help="where to write: on the disk to be measured")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    options = parser.parse_args()
    found = rows([int(count) for count in options.packages.split(",")], options.folder)
    if options.json:
        print(json.dumps([asdict(row) for row in found], indent=2))
        return
    print("packages    kB   save ms  of processor  plain ms  ratio   record ms  longest  plain ms")
    for row in found:
        print(
            f"{row.packages:8} {row.kilobytes:5} {row.save:9.0f} {row.save_processor:13.0f} {row.plain_save:9.1f}"
            f" {row.save / row.plain_save:6.1f} {row.record:11.2f} {row.record_longest:8.2f} {row.plain_record:9.3f}"
        )


if __name__ == "__main__":
    main()
