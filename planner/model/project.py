"""The project: one frozen value that holds a whole engagement.

A plan file (docs/plan-file.md) is this value written as TOML, key by key and table by table;
``planner.store`` reads and writes it. Everything else in the planner is a function of it, or a way to get the next one.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal

from planner.model.answers import AnswerSheet, Experience, Pain
from planner.model.audience import MONEY, NOTES, REMARKS, TRIED, internal
from planner.model.bounds import Ge, Le
from planner.model.calendar import Calendar, Role
from planner.model.capability import level_of, process_of, split
from planner.model.context import CheckSetting, Context, Governance, Modifier, Overhead
from planner.model.measures import Indicator, Milestone
from planner.model.people import Certificate, Certification, Enrolment, Post, ServiceRole, TrackSetting
from planner.model.values import (
    DIMENSIONS,
    Amount,
    Day,
    Duration,
    Effort,
    Fixed,
    Lag,
    Language,
    Level,
    LinkType,
    Name,
    Positive,
    Prose,
    Size,
    Source,
    Strength,
    Weeks,
    WorkingDays,
    Workstream,
)

SCHEMA = 2
"""The version of the plan file that this planner writes."""

STATED = {"stated": True}
"""Marks a field that a plan file states even where it is as usual, because a reader should see what was agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """Who the client is and what was agreed.

    ``vocabulary``: in whose words processes are called, an id of the catalogue. ``assessed``: as of which day the
    levels were found, by ``profile``, a questionnaire of the catalogue (the usual one when empty). ``as_of``: up to the
    end of which day the progress of the work is known. ``version``: what its makers call this state of the plan, such
    as ``1.2``; what is handed over bears it. ``programme``: the work of the whole programme that the plan takes from
    the catalogue, by id.
    """

    name: Name
    client: str = ""
    start: Day
    language: Language = "en"
    size: Size = "medium"
    template: str = ""
    strategy: str = ""
    vocabulary: str = ""
    assessed: Day | None = None
    as_of: Day | None = None
    profile: str = ""
    sponsor: str = ""
    goal: str = ""
    version: str = ""
    programme: tuple[Name, ...] = ()
    notes: str = field(default="", metadata=internal(NOTES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much change the organisation can bear (domain.md §5.2; judgement, hence in the plan).

    ``absorption``: how much change there may be on one day. ``change_weight``: how much of it a process takes while it
    rises to a level, by that level; 1 where nothing is said, so that the limit is a number of processes.
    ``stabilise_weeks``: calendar weeks a level must settle before work on the next level of the same process starts,
    by the level reached.
    """

    absorption: Positive = field(default=3, metadata=STATED)
    change_weight: Fixed[str, Positive] = Fixed()
    stabilise_weeks: Fixed[str, Weeks] = Fixed()

    def weight(self, level: int) -> int:
        """How much change it is for a process to rise to ``level``."""
        return self.change_weight.get(str(level), 1)

    def settle(self, level: int) -> int:
        """Calendar weeks to wait after ``level`` is reached."""
        return self.stabilise_weeks.get(str(level), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """What a process is scored on, and the workstream whose work lifts it."""

    id: Name
    name: Name
    workstream: Workstream


Importance = Annotated[int, Ge(1), Le(5)]
"""How much the client's business rests on a process; 3 is usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessScope:
    """Where one process stands and where it is to go, by dimension.

    ``reason`` is why it has its target; ``by_hand`` holds, by dimension, why its level was set by hand.
    ``owner`` and ``manager`` are posts; ``posts`` gives the post of each role in the process. ``operated_by`` names
    another party that runs it. ``groups`` are the users whom it touches (all when empty). ``ticks`` holds, by
    checklist of the catalogue, what was ticked for this process.
    """

    id: Name
    name: Name
    in_scope: bool = True
    baseline: Fixed[str, Level]
    target: Fixed[str, Level]
    reason: str = ""
    by_hand: Fixed[str, str] = Fixed()
    importance: Importance = 3
    owner: str = ""
    manager: str = ""
    posts: Fixed[str, str] = Fixed()
    operated_by: str = ""
    groups: tuple[Name, ...] = ()
    ticks: Fixed[str, tuple[Name, ...]] = Fixed()

    @property
    def level(self) -> int:
        """The process level now: its weakest dimension (domain.md §3.4)."""
        return min(self.baseline.values())

    @property
    def target_level(self) -> int:
        """The process level wanted: the weakest dimension of the target."""
        return min(self.target.values())

    @property
    def moves(self) -> bool:
        """Whether any dimension is to rise."""
        return any(self.target[d] > self.baseline[d] for d in self.baseline)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPackage:
    """A piece of work in one workstream, usually one of those that together deliver a capability.

    ``effort`` is in person-days by role id. ``capability`` may be empty for work of the whole programme.
    ``after`` and ``alongside`` give its place among the packages: it starts when those in ``after`` have
    finished, and not before those in ``alongside`` have started. ``deliverables`` are ids of the catalogue or words of
    the plan's own; ``cost`` is money beside the effort.
    ``source`` says whether the package stands as the catalogue has it or was added or changed by hand.
    """

    id: Name
    name: Name
    capability: str = ""
    workstream: Workstream
    days: Duration
    effort: Fixed[str, Effort] = Fixed()
    after: tuple[Name, ...] = ()
    alongside: tuple[Name, ...] = ()
    deliverables: tuple[Name, ...] = ()
    cost: Amount = field(default=0.0, metadata=internal(MONEY))
    source: Source = "own"
    note: str = field(default="", metadata=internal(NOTES))

    def load(self, role: str) -> float:
        """Full-time equivalents of ``role`` on each day the package is worked."""
        effort = self.effort.get(role)
        return effort.likely / self.days.likely if effort else 0.0

    @property
    def person_days(self) -> float:
        """Likely effort of all roles."""
        return sum(effort.likely for effort in self.effort.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """``item`` needs ``needs``: both are capability or work package ids.

    With ``finish-start`` the item starts after the other has finished; the other types say which end
    waits for which: the first word belongs to ``needs``, the second to ``item``. ``lag`` is in working
    days and may be negative. ``off`` keeps a catalogue dependency that this plan does not follow.
    """

    item: Name
    needs: Name
    type: LinkType = "finish-start"
    lag: Lag = 0
    strength: Strength = "hard"
    reason: str = ""
    source: Source = "own"

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes a dependency the same one: no plan holds two with one key."""
        return (self.item, self.needs, self.type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """What somebody promised about a capability or work package: its phase, earliest start, latest finish.

    A ``deadline`` that ``may_slip`` is a wish: a roadmap may miss it, and strategies weigh by how much.
    """

    item: Name
    phase: str = ""
    not_before: Day | None = None
    deadline: Day | None = None
    may_slip: bool = False
    reason: str = ""
    source: Source = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of the rollout that ends at a gate.

    Phases follow each other in the order of the plan; with ``overlap`` a phase may start before the one
    before it has finished. ``limit`` is how many processes of this phase may be in change on one day.
    ``source`` is ``proposed`` until somebody edits the phase: then a new proposal keeps it.
    """

    id: Name
    name: Name
    goal: str = ""
    not_before: Day | None = None
    not_after: Day | None = None
    limit: Positive | None = None
    overlap: bool = False
    exit_criteria: tuple[str, ...] = ()
    source: Literal["own", "proposed"] = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A package (or an indicator) of the catalogue that somebody took out of the plan, and why."""

    package: Name
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """When a work package is worked and in which phase: first and last working day."""

    phase: Name
    start: Day
    finish: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a work package is on the day ``Engagement.as_of``.

    It began on ``start`` and is done when it has a ``finish``; else ``remaining`` working days after ``as_of`` are left
    (what the likely length leaves, when nothing is said).
    """

    package: Name
    start: Day
    finish: Day | None = None
    remaining: WorkingDays | None = None
    note: str = field(default="", metadata=internal(NOTES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A what-if: what would be otherwise in the plan. Nothing that it does not name changes.

    ``capacity``: full-time equivalents by role for the whole time. ``targets``: the level wanted of a process.
    ``deadlines``: by capability or work package. ``start`` moves the whole project.
    """

    id: Name
    name: Name
    note: str = ""
    start: Day | None = None
    strategy: str = ""
    absorption: Positive | None = None
    capacity: Fixed[str, Amount] = Fixed()
    targets: Fixed[str, Level] = Fixed()
    deadlines: Fixed[str, Day] = Fixed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadmap:
    """An adopted order: where every work package stands, and how the order was found.

    ``absorption`` is the limit on change on one day where the strategy exceeds the plan's own on purpose.
    ``gap`` is how far above the best possible its value may be, as a share of it; None where no bound is known.
    It is ``stale`` when a merge has changed what it was found for: its dates wait for a new proposal.
    """

    strategy: str = ""
    seed: int = 0
    absorption: Positive | None = None
    status: Literal["optimal", "feasible", "heuristic", "edited", "stale"] = "heuristic"
    gap: Amount | None = None
    packages: Fixed[str, Placement] = Fixed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a baseline keeps of a work package: where it stood, its likely length and its effort in person-days.

    Without ``phase``, ``start`` and ``finish`` it had no place in a roadmap.
    """

    name: str = ""
    capability: str = ""
    phase: str = ""
    start: Day | None = None
    finish: Day | None = None
    days: WorkingDays = 1
    effort: Amount = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Need:
    """What a baseline keeps of a hard dependency: ``item`` needed ``needs``."""

    item: Name
    needs: Name
    type: LinkType = "finish-start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The plan as it was on the day ``taken``, to compare the present one with; ``approved_by`` says who agreed to it.

    ``phases``: names by id, in their order. ``targets``: the level wanted of each process in scope. ``needs``: the
    hard dependencies that were followed.
    """

    id: Name
    name: Name
    taken: Day
    approved_by: str = ""
    note: str = field(default="", metadata=internal(NOTES))
    strategy: str = ""
    phases: Fixed[str, str] = Fixed()
    targets: Fixed[str, Level] = Fixed()
    packages: Fixed[str, Planned] = Fixed()
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody remarks on an ``item``: process, capability, package, phase; empty for the plan.

    ``reply_to`` is the id of the comment it answers; a thread is resolved when its first comment is.
    """

    id: Name
    item: str = ""
    author: str = ""
    made: Day
    text: Prose
    reply_to: str = ""
    resolved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided at the gate of ``phase``: to go on, to go on under conditions (the ``note``), or not."""

    phase: Name
    verdict: Literal["approved", "conditions", "rejected"]
    author: str = ""
    made: Day
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two people changed one thing differently, and a merge could keep only one of them in its place.

    ``table`` is the plan's table, ``item`` says which of its rows (as ``planner.model.rows`` names them; empty for a
    table that is none of a list), ``field`` the key in it, empty for the whole row. ``base``, ``ours`` and ``theirs``
    are the three values as TOML, empty for what was not there; in its place in the plan stands ``ours``.
    """

    id: Name
    table: Name
    item: str = ""
    field: str = ""
    base: str = ""
    ours: str = ""
    theirs: str = ""


@dataclass(frozen=True, kw_only=True)
class Project:
    """The whole plan. Field names are the table names of the plan file, in the order in which it is written."""

    schema: Literal[2] = 2
    engagement: Engagement
    governance: Governance = Governance()
    context: Context = Context()
    calendar: Calendar = Calendar()
    limits: Limits = field(default=Limits(), metadata=STATED)
    modifiers: tuple[Modifier, ...] = ()
    overheads: tuple[Overhead, ...] = ()
    certifications: tuple[Certification, ...] = ()
    roles: tuple[Role, ...] = ()
    posts: tuple[Post, ...] = ()
    service_roles: tuple[ServiceRole, ...] = ()
    tracks: tuple[TrackSetting, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    pains: tuple[Pain, ...] = ()
    processes: tuple[ProcessScope, ...] = ()
    answer_sheets: tuple[AnswerSheet, ...] = ()
    experience: Experience = Experience()
    indicators: tuple[Indicator, ...] = ()
    phases: tuple[Phase, ...] = ()
    packages: tuple[WorkPackage, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    pins: tuple[Pin, ...] = ()
    progress: tuple[Progress, ...] = ()
    scenarios: tuple[Scenario, ...] = field(default=(), metadata=internal(TRIED))
    left_out: tuple[LeftOut, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    checks: tuple[CheckSetting, ...] = ()
    roadmap: Roadmap | None = None
    baselines: tuple[Baseline, ...] = ()
    comments: tuple[Comment, ...] = field(default=(), metadata=internal(REMARKS))
    decisions: tuple[Decision, ...] = ()
    conflicts: tuple[Conflict, ...] = field(default=(), metadata=internal(REMARKS))

    @cached_property
    def dimension_ids(self) -> tuple[str, ...]:
        """What processes are scored on, in the order in which every view shows it."""
        return tuple(dimension.id for dimension in self.dimensions) or DIMENSIONS

    def lifted_by(self, workstream: str) -> tuple[str, ...]:
        """The dimensions that work of ``workstream`` lifts; none for Standard, which follows the process level."""
        if not self.dimensions:
            return (workstream,) if workstream in DIMENSIONS else ()
        return tuple(dimension.id for dimension in self.dimensions if dimension.workstream == workstream)

    @cached_property
    def role_by_id(self) -> dict[str, Role]:
        """Roles by id."""
        return {role.id: role for role in self.roles}

    @cached_property
    def process_by_id(self) -> dict[str, ProcessScope]:
        """Processes by id."""
        return {process.id: process for process in self.processes}

    @cached_property
    def package_by_id(self) -> dict[str, WorkPackage]:
        """Work packages by id."""
        return {package.id: package for package in self.packages}

    @cached_property
    def phase_by_id(self) -> dict[str, Phase]:
        """Phases by id."""
        return {phase.id: phase for phase in self.phases}

    @cached_property
    def progress_of(self) -> dict[str, Progress]:
        """How far each work package is that has begun."""
        return {progress.package: progress for progress in self.progress}

    @cached_property
    def pin_by_item(self) -> dict[str, Pin]:
        """Pins by the capability or work package they hold."""
        return {pin.item: pin for pin in self.pins}

    @cached_property
    def packages_of(self) -> dict[str, tuple[WorkPackage, ...]]:
        """The work packages of each capability that has any, in plan order; ``""`` holds programme work."""
        found: dict[str, list[WorkPackage]] = {}
        for package in self.packages:
            found.setdefault(package.capability, []).append(package)
        return {item: tuple(packages) for item, packages in found.items()}

    @cached_property
    def capabilities(self) -> tuple[str, ...]:
        """The capabilities that the plan's work packages deliver, in plan order."""
        return tuple(item for item in self.packages_of if item)

    def stands_at(self, item: str) -> bool:
        """Whether the capability ``item`` is reached today, by the weakest dimension of its process."""
        process = self.process_by_id.get(process_of(item))
        return process is not None and process.level >= level_of(item)

    def stands_below(self, item: str) -> bool:
        """Whether the level under the planned capability ``item`` is reached, at least in what its packages lift.

        Where only people are to rise to level 4, it is enough that people stand at 3.
        """
        process = self.process_by_id[process_of(item)]
        lifts = [dimension for p in self.packages_of[item] for dimension in self.lifted_by(p.workstream)]
        return min((process.baseline[dimension] for dimension in lifts), default=process.level) >= level_of(item) - 1

    def title(self, item: str) -> str:
        """What a person calls a capability or work package: ``Incident management 3``, or the package's name."""
        parts = split(item)
        if parts:
            process = self.process_by_id.get(parts[0])
            return f"{process.name if process else parts[0]} {parts[1]}"
        package = self.package_by_id.get(item)
        return package.name if package else item
