"""What a check has to say."""

from dataclasses import dataclass
from typing import Literal

from planner.text.i18n import N_

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = (N_("error"), N_("warning"), N_("info"))
"""Worst first."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A number or list by which this plan judges otherwise than is usual, both as text."""

    key: str
    value: str
    usual: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a plan that a person should know, what it rests on and what to do about it.

    ``id`` is stable: ``CHKnn`` as in the domain's list of plan checks, else G (graph), S (schedule), D (data),
    L (load of change) or H (health of the schedule) and a number. ``items`` are ids of what is meant: capabilities,
    work packages, processes, roles, phases and so on. ``muted`` is the reason why the plan accepts it, else empty.
    ``changed`` says by which thresholds of its own the plan judges; ``origin`` and ``source`` where the check is from.
    """

    id: str
    severity: Severity
    title: str
    message: str
    advice: str
    items: tuple[str, ...] = ()
    muted: str = ""
    changed: tuple[Changed, ...] = ()
    origin: str = ""
    source: str = ""
