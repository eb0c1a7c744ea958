"""What is measured and when things happen: indicators and milestones of a plan."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from planner.model.audience import MONEY, internal
from planner.model.bounds import Ge, Le
from planner.model.values import Amount, Day, Fixed, Name, Source

Direction = Literal["up", "down", "range"]
MonthsLater = Annotated[int, Ge(0), Le(1200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A KPI of a process or a measure of the scorecard.

    ``kind``: a kgi says whether the right things are done, a kpi whether they are done right. ``baseline`` and
    ``target`` are in ``unit``; ``limit`` is the value at which somebody must act. ``collected``, ``platform`` and
    ``report`` say by which tool it is collected, processed and shown. ``gates`` holds, by phase id, the value to be
    reached at the end of that phase. While ``source`` is ``catalogue`` baseline and target are what is usual elsewhere.
    """

    id: Name
    name: Name
    kind: Literal["kpi", "kgi"] = "kpi"
    processes: tuple[Name, ...] = ()
    perspective: str = ""
    unit: str = ""
    direction: Direction = "up"
    baseline: float | None = None
    target: float | None = None
    limit: float | None = None
    owner: str = ""
    collected: str = ""
    platform: str = ""
    report: str = ""
    gates: Fixed[str, float] = Fixed()
    source: Source = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """Something that happens on a day: ``day`` itself, or the day on which ``item`` is finished or ``phase`` ends.

    ``months`` later than that, where given: a renewal hangs on the day of the certificate, wherever that moves.

    ``kind`` is a word of the catalogue such as benefit, reassessment, audit, surveillance or renewal.
    ``cost`` is money. ``reason`` says by which rule the date came about.
    """

    id: Name
    name: Name
    kind: str = ""
    day: Day | None = None
    item: str = ""
    phase: str = ""
    months: MonthsLater = 0
    cost: Amount = field(default=0.0, metadata=internal(MONEY))
    reason: str = ""
    source: Source = "own"
