"""What a foreign file holds, as plain values of the model: what every reader of ``planner.intake`` gives.

A reader never raises for what stands in a file: what it cannot understand is a :class:`Fault`, and where there is one
nothing of the file may enter a plan. ``planner.intake.apply`` makes edits of a plan of it.
"""

from dataclasses import dataclass

from planner.model.calendar import Calendar, Role
from planner.model.measures import Milestone
from planner.model.project import (
    Baseline,
    Dependency,
    Dimension,
    Engagement,
    Limits,
    Phase,
    Pin,
    ProcessScope,
    Progress,
    Roadmap,
    WorkPackage,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file cannot be taken in: all four texts are in the interface language, cleaned, on one line.

    ``where``: the row or task it is about, as its reader finds it again (``row 12``, ``task 7, Train the desk``), or
    the file. ``column``: the column or field, by the name it has in the file; empty where it is about all of ``where``.
    ``wrong``: what is wrong, with the value. ``advice``: what to do about it. ``row``: the row of a table, from 1; 0
    where it is about none.
    """

    where: str
    column: str
    wrong: str
    advice: str
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What a file holds. Empty or None means that it says nothing of the kind, never that there shall be none.

    Ids are such as the model wants (unique in their list, no ``@`` and no ``x-`` at the beginning), made of names where
    the file has none. References between the parts hold: a package's capability is of a process in ``processes`` or of
    one that the plan must have, everything else names what stands here. Rules of the model across parts are judged when
    it is applied.
    """

    engagement: Engagement | None = None
    """Name and start of the plan, and what else is known: client, as-of day, version."""
    calendar: Calendar | None = None
    """Working days, holidays, blackouts."""
    limits: Limits | None = None
    """How long levels settle and how much change is borne; only from files that the planner has written."""
    roles: tuple[Role, ...] = ()
    """Who does the work, with capacity and its changes. Efforts name these, or roles that the plan must have."""
    dimensions: tuple[Dimension, ...] = ()
    """What processes are scored on, where it is other than usual."""
    processes: tuple[ProcessScope, ...] = ()
    """Processes with levels now and wanted."""
    phases: tuple[Phase, ...] = ()
    """Phases in their order."""
    packages: tuple[WorkPackage, ...] = ()
    """Work packages, in the order of the file."""
    dependencies: tuple[Dependency, ...] = ()
    """What needs what, beside the places of packages in their capability, which are ``after`` and ``alongside``."""
    pins: tuple[Pin, ...] = ()
    """Earliest starts, deadlines and phases that are promised."""
    progress: tuple[Progress, ...] = ()
    """How far work is that has begun; ``engagement.as_of`` says up to which day."""
    milestones: tuple[Milestone, ...] = ()
    """Dated events beside the gates of phases."""
    roadmap: Roadmap | None = None
    """Where packages stand. It need not keep the limits of the plan."""
    baselines: tuple[Baseline, ...] = ()
    """The plan as it was approved."""
    whole: bool = False
    """Whether packages and processes are told in full, so that an empty field of theirs empties the one of the plan."""
    faults: tuple[Fault, ...] = ()
    """Why nothing of the file may be taken in; empty when all of it may."""
    notes: tuple[str, ...] = ()
    """What of the file was left out or understood in a way that its reader should know, in words."""
