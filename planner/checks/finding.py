"""What a check has to say."""

from dataclasses import dataclass
from typing import Literal

from planner.text.i18n import N_

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = (N_("error"), N_("warning"), N_("info"))
"""Worst first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a plan that a person should know, what it rests on and what to do about it.

    ``id`` is stable: ``CHKnn`` as in the domain's list of plan checks, else G (graph), S (schedule) or D (data)
    and a number. ``items`` are ids of what is meant: capabilities, work packages, processes, roles or phases.
    """

    id: str
    severity: Severity
    title: str
    message: str
    advice: str
    items: tuple[str, ...] = ()
