"""Knowledge nouns: tracks that lead to certificates, and the grid of service roles (domain.md §8)."""

from dataclasses import dataclass
from typing import Annotated

from planner.model.bounds import Ge, Le
from planner.model.values import (
    Amount,
    Count,
    Months,
    Name,
    Percent,
    Positive,
    Share,
    Weeks,
    Words,
    Years,
)

Lasting = Annotated[int, Ge(1), Le(520)]
MonthOfYear = Annotated[int, Ge(1), Le(12)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackStep:
    """A step on a track: it begins in week ``week`` of the track, lasts ``weeks`` and asks for ``days`` of the person.

    ``weight`` is its part of the result in per cent; steps that ``repeats`` marks are done again after a failed exam,
    and the last of them is the exam. A step marked ``side`` is only for those who come by the side entry.
    ``cost_share`` is the part of the cost of a level that falls due with it, each time that it is done.
    """

    id: Name
    name: Words
    week: Weeks
    weeks: Lasting
    days: Amount = 0.0
    weight: Percent = 0.0
    repeats: bool = False
    side: bool = False
    cost_share: Share = 0.0


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
    intake_months: tuple[MonthOfYear, ...] = ()
    valid_years: Years | None = None
    renewal_lead_months: Months | None = None
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
