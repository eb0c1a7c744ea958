"""People of a plan: posts, the grid of service roles, tracks that lead to certificates."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from planner.model.audience import MONEY, internal
from planner.model.bounds import Ge, Le
from planner.model.values import Amount, Day, Fixed, Months, Name, Share, Source, Years

Resits = Annotated[int, Ge(0), Le(20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of the client. ``holder`` is the person on it, ``roles`` are the plan's roles that it fills."""

    id: Name
    name: Name
    holder: str = ""
    department: Literal["", "business", "it"] = ""
    roles: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRole:
    """One row of the grid of service roles: which post has the role, and which of the attributes exist."""

    id: Name
    name: Name
    post: str = ""
    has: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackSetting:
    """What the client decides about a track: how long a certificate is valid, when its renewal begins, who pays.

    ``paid_share``: by level, the part of the cost that the company pays, 0 to 1. ``cost``: by level, money a person.
    """

    track: Name
    valid_years: Years | None = None
    renewal_lead_months: Months | None = None
    paid_share: Fixed[str, Share] = field(default=Fixed(), metadata=internal(MONEY))
    cost: Fixed[str, Amount] = field(default=Fixed(), metadata=internal(MONEY))


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A person or post on a track. ``holder`` is a post id or a name; ``begin`` the earliest day of the first step.

    ``resits``: how many times the exam was failed so far. ``side``: by the side entry that the track offers.
    """

    id: Name
    track: Name
    level: str = ""
    holder: Name
    begin: Day
    resits: Resits = 0
    side: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate that somebody holds. ``expires`` may be unknown; ``lost`` and ``reissued`` are days."""

    id: Name
    track: Name
    level: str = ""
    holder: Name
    issued: Day
    expires: Day | None = None
    lost: Day | None = None
    reissued: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """The aim to be certified against a standard of the catalogue. ``audit`` is the day of the deciding audit.

    ``operate_months``: how long the system must have run before it.
    """

    standard: Name
    name: Name
    audit: Day
    operate_months: Months
    source: Source = "own"
