"""Knowledge nouns: standards, their clauses and the way to a certificate (domain.md §7)."""

from dataclasses import dataclass

from planner.model.values import (
    Day,
    Effort,
    Fixed,
    Level,
    Name,
    Positive,
    Share,
    Words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of a standard and the capabilities (``items``) that give evidence for it.

    ``same`` lists, by standard, the clauses of another edition that ask for the same.
    """

    id: Name
    title: Words
    items: tuple[Name, ...] = ()
    evidence: Words | None = None
    stresses: str = ""
    same: Fixed[str, tuple[Name, ...]] = Fixed()
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class StageWork:
    """A work package of a certification stage, for a medium client."""

    id: Name
    name: Words
    roles: tuple[Name, ...]
    effort: Effort
    after: tuple[Name, ...] = ()
    share: Share = 1.0
    deliverables: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationStage:
    """A stage on the way to a certificate. ``weeks`` by size of the client.

    ``operates``: in this stage the system must run for the months that the standard asks for, with every capability of
    its clauses reached. ``decides``: it ends with the audit that decides.
    """

    id: Name
    name: Words
    weeks: Fixed[str, Positive]
    gate: Words
    work: tuple[StageWork, ...]
    operates: bool = False
    decides: bool = False
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleEvent:
    """What follows a certificate: a milestone ``months`` after it."""

    id: Name
    name: Words
    kind: Name
    months: Positive
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A standard: its clauses and the way to a certificate.

    ``operate_months``: how long the system must have run before the deciding audit. ``level``: the level at which
    capabilities give evidence. ``withdrawn``: since when certificates of this edition are invalid.
    """

    id: Name
    name: Words
    level: Level
    operate_months: Positive
    valid_months: Positive
    withdrawn: Day | None = None
    successor: str = ""
    clauses: tuple[Clause, ...]
    stages: tuple[CertificationStage, ...] = ()
    cycle: tuple[CycleEvent, ...] = ()
    source: Name
