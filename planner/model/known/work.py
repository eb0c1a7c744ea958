"""Knowledge nouns: circumstances, programme work, deliverables, RACI, indicators (domain.md §4, §8.4)."""

from dataclasses import dataclass
from typing import Literal

from planner.model.measures import Direction
from planner.model.values import (
    Amount,
    Count,
    Effort,
    Fixed,
    Level,
    Name,
    Share,
    WeekRange,
    Words,
    Workstream,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownModifier:
    """A circumstance and what it does to work (domain.md §4.4).

    Without ``counted`` the factors are ``1 + effort`` by workstream and ``1 + duration``, once. With it they grow by
    ``effort`` and ``duration`` for each one counted after the first ``free`` ones, up to ``most_effort`` and
    ``most_duration``. ``named``: it is about certain processes, which must be named. ``programme`` is work that it
    adds, by id.
    """

    id: Name
    name: Words
    counted: bool = False
    free: Count = 0
    named: bool = False
    effort: Fixed[str, float] = Fixed()
    duration: float = 0.0
    most_effort: Amount | None = None
    most_duration: Amount | None = None
    programme: tuple[Name, ...] = ()
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeWork:
    """Work of the whole programme, for a medium client: once, or with ``share`` a part of all other effort.

    ``deliverables`` are ids. ``after`` says what it follows: ids of programme work. ``first`` asks that no work on a
    process starts before it has finished, ``last`` that it starts when all of it has. ``usual``: a new plan takes it.
    """

    id: Name
    name: Words
    workstream: Workstream
    roles: tuple[Name, ...] = ()
    effort: Effort | None = None
    weeks: WeekRange | None = None
    share: Share = 0.0
    after: tuple[Name, ...] = ()
    first: bool = False
    last: bool = False
    deliverables: tuple[Name, ...] = ()
    usual: bool = False
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable:
    """What a package of ``workstream`` that lifts a process to ``level`` hands over.

    ``group`` joins deliverables of one kind (the rules of a procedure, say).
    """

    id: Name
    name: Words
    workstream: Workstream
    level: Level
    group: str = ""
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class RaciParty:
    """A column of the RACI table. ``post`` names the field of a process whose post stands for it (owner, manager)."""

    id: Name
    name: Words
    post: Literal["", "owner", "manager", "sponsor"] = ""
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class RaciActivity:
    """A row of the RACI table: who is responsible (R), accountable (A), consulted (C), informed (I)."""

    id: Name
    name: Words
    parts: Fixed[str, Literal["R", "A", "C", "I", "A/R"]]
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Perspective:
    """A perspective of the scorecard."""

    id: Name
    name: Words
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIndicator:
    """A KPI of a process, or a measure of the scorecard. ``baseline`` and ``target`` are what is usual (judgement)."""

    id: Name
    name: Words
    kind: Literal["kpi", "kgi"] = "kpi"
    processes: tuple[Name, ...] = ()
    perspective: str = ""
    unit: str
    direction: Direction
    baseline: float | None = None
    target: float | None = None
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """A body of terms that has its own names for processes."""

    id: Name
    name: Words
    source: Name
