"""How sure the dates of a roadmap are: many runs of the plan with lengths of work drawn from its estimates.

The order of work and who does what stay as the roadmap has them (``partial_order``); lengths are drawn. Each work
package lasts between its low and its high estimate (triangular, as the plan means its estimates), times a factor that
all packages of a role share in one run, for each of its roles, and one that all packages of a process share; a process
that may stand lower than its assessment says (``doubt``) sometimes has more work on its first level. Effort grows with
length, so that loads stay. What has begun is drawn only for what is left of it.
"""

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from planner.assessment.dates import end_of_phase, finish_of
from planner.model.calendar import months_after
from planner.model.knowledge import Catalogue
from planner.model.known.risk import Uncertainty
from planner.model.project import Project, Roadmap
from planner.rollout.problem import Problem
from planner.rollout.risks.chunks import tallies
from planner.rollout.risks.doubt import doubts
from planner.rollout.risks.partial_order import Network
from planner.rollout.risks.program import compiled, names_of_doubts, names_of_processes
from planner.rollout.risks.runs import Program, Tally, chunks
from planner.rollout.watch import UNWATCHED, Watch

RUNS = 10_000
"""Runs unless somebody asks for another number."""

DRIVERS = 10
"""How many of the things that drive the finish are named."""

DriverKind = Literal["package", "role", "process", "baseline"]
"""What may drive the finish: a package's own estimate, the factors that packages of a role or process share, and a
process standing lower than thought."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """When something is finished: by the roadmap, and the days by which 50, 80 and 90 of 100 runs have finished it.

    ``chance``: the share of runs that finish it by the planned day.
    """

    planned: date
    p50: date
    p80: date
    p90: date
    chance: float


@dataclass(frozen=True, slots=True)
class DeadlineRisk:
    """How likely a promised date is kept.

    ``item`` is a capability or work package with a deadline (``kind`` deadline) or a phase that must end (phase).
    ``p80`` is the day by which it is finished in 80 of 100 runs.
    """

    kind: Literal["deadline", "phase"]
    item: str
    due: date
    may_slip: bool
    planned: date
    p80: date
    chance: float


@dataclass(frozen=True, slots=True)
class Driver:
    """Something that moves the finish: by how many working days later, on average over runs, the work ends.

    That is between the tenth of the runs in which it takes longest and that in which it is quickest; for a baseline,
    between the runs in which the process stands lower and those in which it does not.
    """

    kind: DriverKind
    item: str
    swing: float


@dataclass(frozen=True, slots=True)
class Risk:
    """What many runs of a plan say.

    ``runs`` is how many were done, fewer than asked for when they were cancelled. ``gates``: the end of each phase by
    its id; ``first_value``: when the first capability is reached; ``milestones``: those that hang on work, by id.
    ``critical``: for each package that is not done, the share of runs in which it is on the longest path to the end, in
    plan order. ``drivers``: what moves the finish most, the strongest first. ``doubts``: by process how likely it
    stands a level lower than thought. ``short``: the share of runs in which work found no capacity for ever, and was
    reckoned as going on without. ``loosened``: links with negative lag that the order of the roadmap has overtaken.
    """

    runs: int
    seed: int
    finish: Outlook
    gates: Mapping[str, Outlook]
    first_value: Outlook | None
    deadlines: tuple[DeadlineRisk, ...]
    milestones: Mapping[str, Outlook]
    critical: Mapping[str, float]
    drivers: tuple[Driver, ...]
    doubts: Mapping[str, float]
    short: float
    loosened: int


def risk(
    project: Project,
    catalogue: Catalogue,
    *,
    runs: int = RUNS,
    seed: int = 0,
    processes: int | None = None,
    watch: Watch = UNWATCHED,
) -> Risk:
    """The outlook of the plan's roadmap with the uncertainty that the catalogue's rules describe.

    The same plan, ``runs`` and ``seed`` give the same answer, however many ``processes`` (of the machine) do it; when
    ``watch`` stops it, the answer rests on the runs done so far. Raises ValueError without a roadmap or with ``runs``
    below 1, Unplaced when the roadmap lacks packages, Circular, TooFar.
    """
    return simulated(
        project,
        catalogue.defaults.risk,
        doubts(project, catalogue),
        runs=runs,
        seed=seed,
        processes=processes,
        watch=watch,
    )


def simulated(
    project: Project,
    uncertainty: Uncertainty,
    doubtful: Mapping[str, float],
    *,
    runs: int = RUNS,
    seed: int = 0,
    processes: int | None = None,
    watch: Watch = UNWATCHED,
) -> Risk:
    """As ``risk``, with the uncertainty given: ``doubtful`` is how likely a process stands a level lower, by its id."""
    roadmap = project.roadmap
    if roadmap is None:
        raise ValueError("the plan has no roadmap")
    if runs < 1:
        raise ValueError("at least one run is needed")
    problem = Problem(project, roadmap.absorption)
    network = Network(problem, roadmap)
    seen = _Seen(problem, roadmap)
    results = [result.tasks for result in problem.results]
    program = compiled(network, uncertainty, doubtful, list(seen.tasks.values()), results)
    found = tallies(program, seed, chunks(runs), processes=processes, watch=watch)
    return _Told(problem, network, program, seen, [found[number] for number in sorted(found)], seed, doubtful).risk()


class _Seen:
    """The parts of a plan whose ends are recorded, by what they are."""

    def __init__(self, problem: Problem, roadmap: Roadmap) -> None:
        project = problem.project
        self.roadmap = roadmap
        self.tasks: dict[tuple[str, str], tuple[int, ...]] = {}
        for phase in project.phases:
            inside = tuple(
                task.number
                for task in problem.tasks
                if task.id in roadmap.packages and roadmap.packages[task.id].phase == phase.id
            )
            if inside:
                self.tasks["phase", phase.id] = inside
        promised = [pin.item for pin in project.pins if pin.deadline]
        for item in (*promised, *(stone.item for stone in project.milestones if stone.item)):
            if tasks := problem.ends(item):
                self.tasks["item", item] = tasks


class _Told:
    """Makes dates and shares of the tallies."""

    def __init__(
        self,
        problem: Problem,
        network: Network,
        program: Program,
        seen: _Seen,
        parts: Sequence[Tally],
        seed: int,
        doubtful: Mapping[str, float],
    ) -> None:
        self.problem = problem
        self.network = network
        self.program = program
        self.parts = parts
        self.seed = seed
        self.runs = sum(part.runs for part in parts)
        self.doubtful = doubtful
        self.project = problem.project
        self.roadmap = seen.roadmap
        width = len(program.watched) + 1
        names: list[tuple[str, str]] = [*seen.tasks, ("all", ""), ("first", "")]
        self.ends: dict[tuple[str, str], array[int]] = {}
        for column, name in enumerate(names):
            days = array("i")
            for part in parts:
                days.extend(part.ends[column::width])
            self.ends[name] = array("i", sorted(days))

    def risk(self) -> Risk:
        project, placed = self.project, self.roadmap.packages
        reached = [day for item in project.capabilities if (day := finish_of(project, self.roadmap, item))]
        last = max(place.finish for item, place in placed.items() if item in project.package_by_id)
        return Risk(
            runs=self.runs,
            seed=self.seed,
            finish=self._outlook(("all", ""), last),
            gates={
                phase.id: self._outlook(("phase", phase.id), planned)
                for phase in project.phases
                if (planned := end_of_phase(project, self.roadmap, phase.id))
            },
            first_value=self._outlook(("first", ""), min(reached)) if reached else None,
            deadlines=tuple(self._deadlines()),
            milestones=dict(self._milestones()),
            critical={
                task.id: sum(part.critical[task.number] for part in self.parts) / self.runs
                for task in self.problem.tasks
                if not task.done
            },
            drivers=self._drivers(),
            doubts={name: self.doubtful[name] for name in names_of_doubts(self.problem, self.doubtful)},
            short=sum(part.short for part in self.parts) / self.runs,
            loosened=len(self.network.overtaken),
        )

    def _outlook(self, name: tuple[str, str], planned: date, months: int = 0) -> Outlook:
        p50, p80, p90 = (months_after(self._by(name, percent), months) for percent in (50, 80, 90))
        return Outlook(months_after(planned, months), p50, p80, p90, self._chance(name, planned))

    def _by(self, name: tuple[str, str], percent: int) -> date:
        """The day by which so many of 100 runs have finished."""
        days = self.ends[name]
        return self.problem.workdays[days[math.ceil(len(days) * percent / 100) - 1]]

    def _chance(self, name: tuple[str, str], due: date) -> float:
        """The share of runs that finish by ``due``."""
        last = self.problem.workdays.on_or_before(due)
        return sum(day <= last for day in self.ends[name]) / self.runs

    def _deadlines(self) -> Iterator[DeadlineRisk]:
        for pin in self.project.pins:
            planned = finish_of(self.project, self.roadmap, pin.item)
            if pin.deadline and planned and ("item", pin.item) in self.ends:
                name = ("item", pin.item)
                chance = self._chance(name, pin.deadline)
                yield DeadlineRisk(
                    "deadline", pin.item, pin.deadline, pin.may_slip, planned, self._by(name, 80), chance
                )
        for phase in self.project.phases:
            name = ("phase", phase.id)
            planned = end_of_phase(self.project, self.roadmap, phase.id)
            if phase.not_after and planned:
                chance = self._chance(name, phase.not_after)
                yield DeadlineRisk("phase", phase.id, phase.not_after, False, planned, self._by(name, 80), chance)

    def _milestones(self) -> Iterator[tuple[str, Outlook]]:
        for stone in self.project.milestones:
            name = ("item", stone.item) if stone.item else ("phase", stone.phase)
            planned = (
                finish_of(self.project, self.roadmap, stone.item)
                if stone.item
                else end_of_phase(self.project, self.roadmap, stone.phase)
            )
            if planned and name in self.ends:
                yield stone.id, self._outlook(name, planned, stone.months)

    def _drivers(self) -> tuple[Driver, ...]:
        tasks, tables = self.problem.tasks, self.program.tables
        named: list[tuple[DriverKind, str] | None] = [
            ("package", tasks[length.task].id) if tables[length.table][0] < tables[length.table][-1] else None
            for length in self.program.lengths
        ]
        roles = (
            {role for length in self.program.lengths for role in length.roles} if self.program.role_factors else set()
        )
        named += [("role", role) if n in roles else None for n, role in enumerate(self.problem.roles)]
        some = self.program.process_factors is not None
        named += [("process", process) if some else None for process in names_of_processes(self.problem)]
        named += [("baseline", process) for process in names_of_doubts(self.problem, self.doubtful)]
        found = []
        for driver, name in enumerate(named):
            low, high = (_mean([getattr(part, side)[driver] for part in self.parts]) for side in ("low", "high"))
            if name is not None and low is not None and high is not None and high > low:
                found.append(Driver(*name, round(high - low, 4)))
        found.sort(key=lambda driver: -driver.swing)
        return tuple(found[:DRIVERS])


def _mean(counted: Sequence[tuple[int, int]]) -> float | None:
    """The mean of sums with how many there were in each; None of nothing."""
    count = sum(number for number, _total in counted)
    return sum(total for _number, total in counted) / count if count else None
