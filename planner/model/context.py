"""What is true of the client and of the agreement, beyond levels and work: context, governance, settings of checks."""

from dataclasses import dataclass, field
from typing import Literal

from planner.model.audience import ACCEPTED, MONEY, internal
from planner.model.values import Amount, Count, Fixed, Months, Name, Positive, Source, Times


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Which kind of organisation this is. All values but the horizon and the ticks are ids of the catalogue.

    ``path`` is a transformation path, ``stands`` and ``aims`` are steps of it. ``layers`` are the service layers in
    scope. ``ticks`` holds, by checklist of the catalogue, what was ticked for the engagement as a whole.
    """

    form: str = ""
    path: str = ""
    stands: str = ""
    aims: str = ""
    horizon_months: Months | None = None
    layers: tuple[Name, ...] = ()
    ticks: Fixed[str, tuple[Name, ...]] = Fixed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Governance:
    """Who steers, how often, and what was agreed to be spent.

    ``steering_weeks``: weeks from one meeting of the steering group to the next. ``business_members``: how many of
    it are not of IT. ``effort``: person-days agreed in all. ``budget`` and ``tool_cost``: money in ``currency``.
    """

    sponsor_department: Literal["", "business", "it"] = ""
    steering_weeks: Positive | None = None
    business_members: Count | None = None
    effort: Amount | None = None
    budget: Amount | None = field(default=None, metadata=internal(MONEY))
    tool_cost: Amount | None = field(default=None, metadata=internal(MONEY))
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier:
    """A circumstance that makes work larger or smaller than in the catalogue (domain.md §4.4; judgement).

    ``count`` is how many (sites, say). ``effort`` holds the factor by workstream and ``duration`` the factor on length
    that this comes to. ``processes``: the only ones it is about; all when empty.
    """

    id: Name
    name: Name
    count: Times = 1
    effort: Fixed[str, Amount] = Fixed()
    duration: Amount = 1.0
    processes: tuple[Name, ...] = ()
    source: Source = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overhead:
    """Work that runs beside everything else and is therefore not scheduled: a ``share`` of all other effort."""

    id: Name
    name: Name
    share: Amount
    source: Source = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSetting:
    """What this plan changes about a check. ``mute`` is the reason why its findings are accepted; empty: not muted.

    ``items`` limits the mute to findings about nothing but these ids; all when empty. ``numbers`` and ``names``
    replace the check's thresholds and lists of the same key.
    """

    id: Name
    mute: str = field(default="", metadata=internal(ACCEPTED, whole=True))
    items: tuple[Name, ...] = field(default=(), metadata=internal(ACCEPTED))
    numbers: Fixed[str, Amount] = Fixed()
    names: Fixed[str, tuple[Name, ...]] = Fixed()
