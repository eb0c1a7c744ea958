"""How good the engine is on the instances of the scheduling literature: PSPLIB, single mode (Kolisch & Sprecher 1996).

    python benchmarks/psplib.py DIR --best-known CSV --solver heuristic|exact --time-limit S [--limit N] [--seed N]
        --json OUT

DIR holds ``.sm`` files. Every job but the two dummies becomes a work package in a plan worked on all days; the engine
gets that plan and nothing else. A CSV with the columns ``instance`` and ``best_ub`` gives makespans to compare with;
one with ``weights`` (one integer per job in file order) asks for the least sum of weight x finish instead, to be
compared with its ``best_value``. The time limit is for all that the engine does with an instance, with posing the
problem. ``planner.rollout.verify`` judges every schedule; one that breaks a constraint makes the command fail.

OUT holds {"results": [{"instance", "makespan", "best_known", "bound", "status", "seconds"}]}, and ``value`` where that
is the objective. ``bound`` is what no schedule can be below; ``status`` is optimal, feasible, heuristic or invalid.
"""

import argparse
import csv
import json
import math
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean
from typing import Any

from planner.model.calendar import Calendar, Role
from planner.model.knowledge import Strategy, Weights
from planner.model.project import Engagement, Limits, Placement, Project, Roadmap, WorkPackage
from planner.model.values import WEEKDAYS, Duration, Effort, Fixed, Words
from planner.rollout import optimal
from planner.rollout.bound import lower_bound
from planner.rollout.division import Division, undivided
from planner.rollout.goal import Goal, Schedule
from planner.rollout.problem import Problem
from planner.rollout.search import search
from planner.rollout.verify import verify

TABLES = ("PRECEDENCE RELATIONS", "REQUESTS/DURATIONS", "RESOURCEAVAILABILITIES")
"""The tables of a file that are read, by their headings."""

HEAD_START = 0.1
"""Share of the time limit, and at most ``HEAD_START_SECONDS``, that the heuristic has before the exact solver."""

HEAD_START_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Job:
    """An activity of an instance: its length, what it takes of each resource, and who follows it."""

    days: int
    demands: tuple[int, ...]
    followers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance as its file has it: jobs by number, from the dummy source to the dummy sink."""

    name: str
    jobs: dict[int, Job]
    capacities: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known of an instance; with ``weights`` the objective is the sum of weight x finish."""

    best: int | None = None
    weights: tuple[int, ...] | None = None


def read(path: Path) -> Instance:
    """Read a ``.sm`` file. Raises ValueError when it is not one."""
    sections = _sections(path)
    links, requests, resources = (sections[name] for name in TABLES)
    followers = {row[0]: tuple(row[3:]) for row in links}
    work = {row[0]: (row[2], tuple(row[3:])) for row in requests}
    if not work or followers.keys() != work.keys():
        raise ValueError(f"{path.name}: the tables of precedence and of durations name different jobs")
    capacities = tuple(resources[0])
    return Instance(path.stem, {n: Job(*work[n], followers[n]) for n in sorted(work)}, capacities)


def _sections(path: Path) -> dict[str, list[list[int]]]:
    """The rows of whole numbers under each heading."""
    found: dict[str, list[list[int]]] = {name: [] for name in TABLES}
    rows: list[list[int]] = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        words = line.split()
        if words and all(word.isdecimal() for word in words):
            rows.append([int(word) for word in words])
        elif line.rstrip().endswith(":"):
            rows = found.setdefault(line.strip().rstrip(":"), [])
    if missing := [name for name in TABLES if not found[name]]:
        raise ValueError(f"{path.name}: no {missing[0]}")
    return found


def plan(instance: Instance) -> Project:
    """The instance as a plan: a package of programme work for each job, worked on every day."""
    dummies = {min(instance.jobs), max(instance.jobs)}
    needs: dict[int, list[int]] = {number: [] for number in instance.jobs}
    for number, job in instance.jobs.items():
        for follower in job.followers:
            needs[follower].append(number)
    packages = []
    for number, job in instance.jobs.items():
        if number in dummies:
            continue
        if job.days < 1:
            raise ValueError(f"{instance.name}: job {number} takes no time")
        effort = {f"r{r}": Effort(*[float(units * job.days)] * 3) for r, units in enumerate(job.demands, 1) if units}
        packages.append(
            WorkPackage(
                id=package_id(number),
                name=f"Job {number}",
                workstream="process",
                days=Duration(job.days, job.days, job.days),
                effort=Fixed(effort),
                after=tuple(package_id(other) for other in needs[number] if other not in dummies),
            )
        )
    return Project(
        engagement=Engagement(name=instance.name, start=date(2027, 1, 4)),
        calendar=Calendar(working_days=WEEKDAYS),
        limits=Limits(absorption=1),
        roles=tuple(
            Role(id=f"r{r}", name=f"Resource {r}", fte=float(units)) for r, units in enumerate(instance.capacities, 1)
        ),
        packages=tuple(packages),
    )


def package_id(number: int) -> str:
    """The id of the package that job ``number`` becomes."""
    return f"job-{number}"


def references(path: Path) -> dict[str, Reference]:
    """What is known of each instance, by name; a file may hold several sets."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for row in rows:
        best = row.get("best_value") or row.get("best_ub") or ""
        weights = tuple(map(int, row["weights"].split())) if row.get("weights") else None
        found[row["instance"]] = Reference(int(best) if best else None, weights)
    return found


def strategy(weights: Weights) -> Strategy:
    """A strategy that wants nothing but what ``weights`` say."""
    none = Words(en="", zh="")
    return Strategy(
        id="benchmark",
        name=none,
        suits=none,
        avoid=none,
        logic=none,
        phases=(),
        phase_weeks=52,
        weights=weights,
        source="-",
    )


def solve(instance: Instance, reference: Reference, solver: str, time_limit: float, seed: int) -> dict[str, Any]:
    """Let the engine schedule ``instance``; the row of results."""
    project = plan(instance)
    begin = time.perf_counter()
    worth = None
    if reference.weights is not None:
        worth = {package_id(number): float(w) for number, w in zip(instance.jobs, reference.weights, strict=True) if w}
    problem = Problem(project, worth=worth)
    division = undivided(problem)
    weights = Weights(value=1.0) if worth else Weights(finish=1.0)
    goal = Goal(problem, strategy(weights), division)
    unit = 7 * goal.worth if worth else 7.0
    bound = lower_bound(problem, division, goal)
    if solver == "heuristic":
        found = search(problem, division, goal, seed=seed, time_limit=time_limit - (time.perf_counter() - begin))
        schedule, status = found.schedule, "heuristic"
    else:
        found = search(problem, division, goal, seed=seed, time_limit=min(HEAD_START * time_limit, HEAD_START_SECONDS))
        left = time_limit - (time.perf_counter() - begin)
        better = optimal.improve(problem, division, goal, found.schedule, time_limit=left, seed=seed)
        schedule, status = better.schedule, better.status
        bound = max(bound, better.bound or 0.0)
    seconds = time.perf_counter() - begin
    makespan = max(schedule.finish) + 1
    row: dict[str, Any] = {"instance": instance.name, "makespan": makespan}
    if worth is not None:
        row["value"] = sum(int(weight) * (schedule.finish[problem.task_of[item]] + 1) for item, weight in worth.items())
    # What is reached is whole, so a bound between two numbers is the higher of them.
    whole = math.ceil(bound * unit - 1e-4)
    if row.get("value", makespan) <= whole:
        status = "optimal"
    if broken := verify(project, roadmap(problem, division, schedule), division.phases):
        status = "invalid"
        print(f"{instance.name}: {broken[0].message}", file=sys.stderr)
    return row | {"best_known": reference.best, "bound": whole, "status": status, "seconds": round(seconds, 3)}


def roadmap(problem: Problem, division: Division, schedule: Schedule) -> Roadmap:
    """The schedule in dates."""
    days, phases = problem.workdays, division.phases
    places = {
        task.id: Placement(
            phase=phases[division.phase_of[task.group]].id,
            start=days[schedule.start[task.number]],
            finish=days[schedule.finish[task.number]],
        )
        for task in problem.tasks
    }
    return Roadmap(packages=Fixed(places))


def summary(rows: list[dict[str, Any]]) -> str:
    """One line: how far from the best known, on average."""
    known = [(row.get("value", row["makespan"]), row["best_known"]) for row in rows if row["best_known"]]
    deviations = [(reached - best) / best for reached, best in known]
    proven = sum(row["status"] == "optimal" for row in rows)
    parts = [f"{len(rows)} instances"]
    if deviations:
        equal = sum(reached <= best for reached, best in known)
        parts += [f"mean deviation {fmean(deviations):.3%}", f"{equal} at best known or better"]
    parts += [f"{proven} proven", f"{fmean(row['seconds'] for row in rows):.2f} s on average"]
    return ", ".join(parts)


def solved(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """The rows of results, one after another."""
    known: Mapping[str, Reference] = references(options.best_known)
    paths = sorted(options.dir.glob("*.sm"), key=lambda path: [int(n) for n in path.stem[1:].split("_") if n.isdigit()])
    by_value = any(reference.weights for reference in known.values())
    if by_value:  # without weights there is no objective
        paths = [path for path in paths if path.stem in known]
    for path in paths[: options.limit]:
        yield solve(read(path), known.get(path.stem, Reference()), options.solver, options.time_limit, options.seed)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser(description="Run the engine on PSPLIB instances.")
    found.add_argument("dir", type=Path, metavar="DIR", help="where the .sm files are")
    found.add_argument("--best-known", type=Path, required=True, metavar="CSV", help="what is known of the instances")
    found.add_argument("--solver", choices=("heuristic", "exact"), default="heuristic")
    found.add_argument("--time-limit", type=float, default=1.0, metavar="S", help="seconds an instance")
    found.add_argument("--limit", type=int, metavar="N", help="only the first N instances")
    found.add_argument("--seed", type=int, default=0, metavar="N")
    found.add_argument("--json", type=Path, required=True, metavar="OUT", help="where the results are written")
    return found


def main() -> int:
    """Run what the command line asks for; 1 when a schedule breaks a constraint."""
    options = parser().parse_args()
    try:
        rows = list(solved(options))
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    if not rows:
        print(f"no instances in {options.dir}", file=sys.stderr)
        return 2
    options.json.write_text(json.dumps({"results": rows}, indent=1) + "\n", encoding="utf-8")
    print(summary(rows))
    return 1 if any(row["status"] == "invalid" for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
