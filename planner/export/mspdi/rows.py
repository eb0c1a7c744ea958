"""What a task of a project file is made of, before it is XML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from planner.export.mspdi.network import End
from planner.model.project import Planned, WorkPackage
from planner.model.values import LinkType

MORNING, EVENING = time(8), time(17)

Value = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Link:
    """A link to the task that is waited for, by its number; ``lag`` in working days, or in elapsed ``weeks``."""

    needs: int
    type: LinkType
    lag: int
    weeks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """When a task is, or was: ``days`` is its length, ``done`` how much of it is worked, in working days.

    ``late``: it begins at the end of its first day, as milestones do. ``fixed``: it is on that day and nowhere else.
    """

    start: date
    finish: date
    days: int = 0
    done: int = 0
    begun: bool = False
    ended: bool = False
    late: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A task. Without a stretch it is inactive: shown, and not scheduled.

    ``facts`` are told in one field, for the reader; ``items`` are the reasons and criteria at the end of the note.
    """

    uid: int
    level: int
    number: str
    name: str
    end: End
    summary: bool = False
    package: WorkPackage | None = None
    stretch: Stretch | None = None
    no_earlier: date | None = None
    deadline: date | None = None
    links: tuple[Link, ...] = ()
    fields: Mapping[str, Value] = field(default_factory=dict)
    facts: Mapping[str, Value] = field(default_factory=dict)
    note: str = ""
    items: tuple[str, ...] = ()
    planned: Planned | None = None

    @property
    def begin(self) -> datetime | None:
        """When it begins; None when it has no days."""
        return (evening if self.stretch.late else morning)(self.stretch.start) if self.stretch else None

    @property
    def milestone(self) -> bool:
        """Whether it takes no time."""
        return not self.summary and self.package is None


def morning(day: date) -> datetime:
    """When work begins on ``day``."""
    return datetime.combine(day, MORNING)


def evening(day: date) -> datetime:
    """When work ends on ``day``."""
    return datetime.combine(day, EVENING)
