"""The nouns of ITSM knowledge: what ``templates/`` holds and ``planner.catalog`` loads.

They live in the model so that graph, edit and rollout can take them as values without knowing any file.
Nothing here, and nothing in code anywhere, knows a particular process by name.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from planner.model.project import Limits
from planner.model.values import (
    WEEKDAYS,
    Amount,
    Effort,
    Fixed,
    Level,
    Name,
    Positive,
    Size,
    Strength,
    Weekday,
    Workstream,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text in both languages."""

    en: Name
    zh: Name

    def in_(self, language: str) -> str:
        """The text in ``language``; English for an unknown one."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process, function or system of the catalogue (domain.md §1)."""

    id: Name
    kind: Name
    name: Words
    full_name: Words
    purpose: Words
    owner: Words
    group: Words
    clauses_2011: str = ""
    clauses_2018: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaturityLevel:
    """One of the five levels (domain.md §3.1)."""

    number: Level
    name: Words
    scope: Words
    picture: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRole:
    """A role of the catalogue, with the capacity a medium client typically gives (judgement)."""

    id: Name
    name: Words
    fte: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDependency:
    """``item`` needs ``needs``, both capabilities (domain.md §2.2)."""

    item: Name
    needs: Name
    strength: Strength
    reason: Words
    origin: str = ""


class Weeks(NamedTuple):
    """Weeks that a whole increment takes, as a triangular estimate."""

    low: Positive
    likely: Positive
    high: Positive


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
    weeks: Weeks


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
class Defaults:
    """Judgement that turns templates into work packages; all of it data in ``templates/catalogue/rules.toml``."""

    limits: Limits
    days_per_week: Positive
    size: Fixed[Size, SizeFactor]
    role_share: Fixed[str, tuple[Amount, ...]]
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each term counts when two roadmaps are compared (lower sum is better)."""

    first_value: Amount = 0.0
    value: Amount = 0.0
    finish: Amount = 0.0
    peak: Amount = 0.0
    soft: Amount = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyPhase:
    """The levels a strategy wants reached by the end of one of its phases (domain.md §5.1)."""

    id: Name
    name: Words
    goal: Words
    months: Positive
    levels: Fixed[str, Level]
    exit_criteria: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """Which of the possible orders is the best for this client."""

    id: Name
    name: Words
    suits: Words
    avoid: Words
    logic: Words
    phases: tuple[StrategyPhase, ...]
    phase_weeks: Positive
    phases_overlap: bool = False
    weights: Weights = Weights()


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
class EngagementTemplate:
    """A typical client to start a project from."""

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
