"""Knowledge nouns: tracks that lead to certificates, and the grid of service roles (domain.md §8)."""

from dataclasses import dataclass

from planner.model.values import (
    Amount,
    Count,
    Name,
    Percent,
    Positive,
    Share,
    Words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackStep:
    """A step on a track: it begins in week ``week`` of the track, lasts ``weeks`` and asks for ``days`` of the person.

    ``weight`` is its part of the result in per cent; steps that ``repeats`` marks are done again after a failed exam.
    """

    id: Name
    name: Words
    week: Count
    weeks: Positive
    days: Amount = 0.0
    weight: Percent = 0.0
    repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackLevel:
    """A level of a track. ``payer`` says who usually pays, ``paid_share`` how much of the cost the company does."""

    id: Name
    name: Words
    for_whom: Words
    payer: Words | None = None
    paid_share: Share = 1.0
    cost: Amount = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A way to a certificate for people.

    ``steps`` marked ``repeats`` are done again after ``resits`` failed exams. ``valid_years`` and
    ``renewal_lead_months`` are absent where the client must decide them. ``cohort``: how many take part at most;
    ``intake_months``: the months of a year in which one begins (any when empty). ``pass_mark`` in per cent.
    """

    id: Name
    name: Words
    levels: tuple[TrackLevel, ...]
    steps: tuple[TrackStep, ...]
    resits: Count = 0
    pass_mark: Percent = 0.0
    cohort: Positive | None = None
    intake_months: tuple[Positive, ...] = ()
    valid_years: Positive | None = None
    renewal_lead_months: Positive | None = None
    currency: str = ""
    entry: tuple[Words, ...] = ()
    side_entry: Words | None = None
    side_skips: tuple[Name, ...] = ()
    rules: tuple[Words, ...] = ()
    role: str = ""
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownServiceRole:
    """A row of the grid of service roles and the processes that it usually owns."""

    id: Name
    name: Words
    line: Words
    owns: tuple[Name, ...] = ()
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAttribute:
    """A column of the grid of service roles."""

    id: Name
    name: Words
    source: Name
