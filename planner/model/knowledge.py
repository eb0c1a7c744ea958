"""The nouns of ITSM knowledge: what ``templates/`` holds and ``planner.catalog`` loads.

They live in the model so that graph, edit and rollout can take them as values without knowing any file.
Nothing here, and nothing in code anywhere, knows a particular process by name.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from planner.model.answers import PainWeight
from planner.model.context import Context, Governance
from planner.model.known.assessment import AssessmentProfile, KnownPain, QuickWin, Scoring
from planner.model.known.checks import KnownCheck
from planner.model.known.context import Checklist, ExperienceStage, OrganisationForm, ServiceLayer, TransformationPath
from planner.model.known.people import KnownServiceRole, RoleAttribute, Track
from planner.model.known.risk import Uncertainty
from planner.model.known.standards import Standard
from planner.model.known.work import (
    Deliverable,
    KnownIndicator,
    KnownModifier,
    Perspective,
    ProgrammeWork,
    RaciActivity,
    RaciParty,
    Vocabulary,
)
from planner.model.project import Limits
from planner.model.values import (
    WEEKDAYS,
    Amount,
    Count,
    Effort,
    Fixed,
    Level,
    Name,
    Positive,
    Size,
    Strength,
    Weekday,
    WeekRange,
    Words,
    Workstream,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process, function or system of the catalogue (domain.md §1).

    ``names`` is what each vocabulary calls it; a name in brackets means that there it is a part of something else.
    ``roles`` and ``deliverables`` are typical ones; ``tools`` are modules of known tools that support it.
    """

    id: Name
    kind: Name
    name: Words
    full_name: Words
    purpose: Words
    owner: Words
    group: Words
    names: Fixed[str, Words] = Fixed()
    aliases: tuple[Words, ...] = ()
    roles: tuple[Words, ...] = ()
    deliverables: tuple[Words, ...] = ()
    tools: str = ""
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class MaturityLevel:
    """One of the five levels (domain.md §3.1)."""

    number: Level
    name: Words
    scope: Words
    picture: Words
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRole:
    """A role of the catalogue, with the capacity a medium client typically gives (judgement)."""

    id: Name
    name: Words
    fte: Amount
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDependency:
    """``item`` needs ``needs``, both capabilities (domain.md §2.2)."""

    item: Name
    needs: Name
    strength: Strength
    reason: Words
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageTemplate:
    """The work of one workstream that lifts a process to ``level`` (domain.md §4), for a medium client.

    ``effort`` is person-days of all ``roles`` together; ``weeks`` is the length of the whole increment.
    """

    process: Name
    level: Level
    workstream: Workstream
    name: Words
    roles: tuple[Name, ...]
    effort: Effort
    weeks: WeekRange
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeFactor:
    """How much more or less work and time than for a medium client (domain.md §4.4)."""

    effort: Amount
    duration: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """When, inside a capability, a workstream's package runs.

    ``share`` is its part of the increment's length. ``after`` names the workstreams it follows (the nearest
    one that the capability has), ``alongside`` the one with which it starts together.
    """

    workstream: Workstream
    share: Amount
    after: tuple[Workstream, ...] = ()
    alongside: tuple[Workstream, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """A stretch of time for which advice is given (near, mid, long), from the start to ``months`` after it."""

    id: Name
    name: Words
    months: Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """Judgement that turns templates into work packages; all of it data in ``templates/catalogue/rules.toml``.

    ``measured_from``: the level from which a process has KPIs in the plan.
    """

    limits: Limits
    days_per_week: Positive
    size: Fixed[Size, SizeFactor]
    role_share: Fixed[str, tuple[Amount, ...]]
    stages: tuple[Stage, ...]
    horizons: tuple[Horizon, ...]
    measured_from: Level = 3
    scoring: Scoring
    risk: Uncertainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each term counts when two roadmaps are compared (lower sum is better); see ``rollout.goal``."""

    first_value: Amount = 0.0
    value: Amount = 0.0
    finish: Amount = 0.0
    peak: Amount = 0.0
    smooth: Amount = 0.0
    soft: Amount = 0.0
    late: Amount = 0.0
    moved: Amount = 0.0


Term = Literal["first_value", "value", "finish", "peak", "smooth", "soft", "late", "moved"]
TERMS: tuple[Term, ...] = ("first_value", "value", "finish", "peak", "smooth", "soft", "late", "moved")
"""What a strategy may weigh, in the order in which every view shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Words):
    """A text that is true only where processes have reached ``levels``.

    Without any it speaks of all that its phase and those before it bring about.
    """

    levels: Fixed[str, Level] = Fixed()


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyPhase:
    """The levels a strategy wants reached by the end of one of its phases (domain.md §5.1).

    A plan need not hold all of them: what ``goal`` and ``exit_criteria`` claim is said only where it becomes true.
    """

    id: Name
    name: Words
    goal: Claim
    months: Positive
    levels: Fixed[str, Level]
    exit_criteria: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """Which of the possible orders is the best for this client.

    ``absorption`` is how many processes it lets change at once where that is meant to be more than the plan's limit,
    for ``absorption_reason``. With ``from_pains`` the levels of its phases come from the pains ticked in the plan.
    The terms in ``first`` come before all weights: of two roadmaps the one that is better in the first of them is
    better, whatever the rest; only where they are equal the next counts, and at last the weighted sum.
    """

    id: Name
    name: Words
    suits: Words
    avoid: Words
    logic: Words
    phases: tuple[StrategyPhase, ...]
    phase_weeks: Positive
    phases_overlap: bool = False
    weights: Weights = Weights()
    first: tuple[Term, ...] = ()
    absorption: Positive | None = None
    absorption_reason: Words | None = None
    from_pains: bool = False
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRole:
    """A role that an engagement has, with its capacity."""

    role: Name
    fte: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyPeriod:
    """Days of every year, as ``MM-DD``; a period whose end lies before its beginning runs over the new year."""

    first: Name
    last: Name
    name: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateCertification:
    """A standard against which the client wants to be certified, ``months`` after the start."""

    standard: Name
    months: Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePost:
    """A post of the client; it takes the ``service_roles`` and owns the processes that these usually own.

    ``owns`` are processes that it owns besides, ``manages`` those that it runs from day to day.
    """

    id: Name
    name: Words
    department: Literal["", "business", "it"] = ""
    roles: tuple[Name, ...] = ()
    service_roles: tuple[Name, ...] = ()
    owns: tuple[Name, ...] = ()
    manages: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateEnrolment:
    """A post that is put on a track ``months`` after the start."""

    track: Name
    level: str = ""
    post: Name
    months: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateBenefit:
    """Something that users will notice when ``item``, a capability, is reached."""

    item: Name
    name: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementTemplate:
    """A typical client to start a project from.

    ``modifiers`` gives how many of each circumstance there are, ``pains`` how much each one hurts (1 to 3), ``mutes``
    why findings of a check are accepted: they become part of every plan that starts from this template.
    """

    id: Name
    name: Words
    suits: Words
    client: Words
    goal: Words
    strategy: Name
    size: Size
    working_days: tuple[Weekday, ...] = WEEKDAYS[:5]
    holidays: tuple[YearlyPeriod, ...] = ()
    blackouts: tuple[YearlyPeriod, ...] = ()
    roles: tuple[TemplateRole, ...]
    absorption: Positive
    baseline: Fixed[str, Fixed[str, Level]]
    target: Fixed[str, Level]
    target_reason: Words | None = None
    sponsor: Words | None = None
    governance: Governance = Governance()
    context: Context = Context()
    modifiers: Fixed[str, Positive] = Fixed()
    programme: tuple[Name, ...] = ()
    certifications: tuple[TemplateCertification, ...] = ()
    posts: tuple[TemplatePost, ...] = ()
    enrolments: tuple[TemplateEnrolment, ...] = ()
    pains: Fixed[str, PainWeight] = Fixed()
    benefits: tuple[TemplateBenefit, ...] = ()
    mutes: Fixed[str, Words] = Fixed()
    source: Name


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """All knowledge of ``templates/``, looked up by id."""

    processes: tuple[Process, ...]
    levels: tuple[MaturityLevel, ...]
    roles: tuple[KnownRole, ...]
    dependencies: tuple[KnownDependency, ...]
    packages: tuple[PackageTemplate, ...]
    defaults: Defaults
    strategies: tuple[Strategy, ...]
    engagements: tuple[EngagementTemplate, ...]
    profiles: tuple[AssessmentProfile, ...]
    pains: tuple[KnownPain, ...]
    quick_wins: tuple[QuickWin, ...]
    modifiers: tuple[KnownModifier, ...]
    programme: tuple[ProgrammeWork, ...]
    deliverables: tuple[Deliverable, ...]
    parties: tuple[RaciParty, ...]
    raci: tuple[RaciActivity, ...]
    indicators: tuple[KnownIndicator, ...]
    perspectives: tuple[Perspective, ...]
    vocabularies: tuple[Vocabulary, ...]
    standards: tuple[Standard, ...]
    tracks: tuple[Track, ...]
    service_roles: tuple[KnownServiceRole, ...]
    role_attributes: tuple[RoleAttribute, ...]
    experience: tuple[ExperienceStage, ...]
    forms: tuple[OrganisationForm, ...]
    paths: tuple[TransformationPath, ...]
    layers: tuple[ServiceLayer, ...]
    checklists: tuple[Checklist, ...]
    checks: tuple[KnownCheck, ...]

    @cached_property
    def process_by_id(self) -> dict[str, Process]:
        """Processes by id."""
        return {process.id: process for process in self.processes}

    @cached_property
    def role_by_id(self) -> dict[str, KnownRole]:
        """Roles by id."""
        return {role.id: role for role in self.roles}

    @cached_property
    def strategy_by_id(self) -> dict[str, Strategy]:
        """Strategies by id."""
        return {strategy.id: strategy for strategy in self.strategies}

    @cached_property
    def engagement_by_id(self) -> dict[str, EngagementTemplate]:
        """Engagement templates by id."""
        return {template.id: template for template in self.engagements}

    @cached_property
    def packages_of(self) -> dict[tuple[str, int], tuple[PackageTemplate, ...]]:
        """Package templates by process and level."""
        found: dict[tuple[str, int], list[PackageTemplate]] = {}
        for package in self.packages:
            found.setdefault((package.process, package.level), []).append(package)
        return {key: tuple(packages) for key, packages in found.items()}

    @cached_property
    def deliverables_of(self) -> dict[tuple[Workstream, int], tuple[str, ...]]:
        """The ids of what a package hands over, by its workstream and the level to which it lifts."""
        found: dict[tuple[Workstream, int], list[str]] = {}
        for deliverable in self.deliverables:
            found.setdefault((deliverable.workstream, deliverable.level), []).append(deliverable.id)
        return {key: tuple(ids) for key, ids in found.items()}
