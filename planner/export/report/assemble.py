"""Which sections a report has, in which order."""

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.export.report.parts import Report, Section

if TYPE_CHECKING:
    from planner.export.handover import Handover

SECTIONS = (
    "summary",
    "assessment",
    "gaps",
    "roadmap",
    "phases",
    "dependencies",
    "work",
    "capacity",
    "standard",
    "raci",
    "measures",
    "alternatives",
    "findings",
    "decisions",
    "about",
)
"""Every section in the usual order; each is ``planner/export/report/<id>.py`` with ``section(handover)``."""

LAST = "about"
"""The section that every report ends with, whatever is chosen: what it is and what it goes without."""


def report(handover: "Handover") -> Report:
    """The whole report, or what the theme has chosen of it; sections that have nothing to say are left out."""
    chosen = handover.theme.sections or SECTIONS
    wanted = [ident for ident in chosen if ident != LAST] + [LAST]
    sections = (section for ident in wanted if (section := _of(ident)(handover)) is not None)
    return Report(handover.project.engagement.name, handover.identity, tuple(sections))


def _of(ident: str) -> "Callable[[Handover], Section | None]":
    made: Callable[[Handover], Section | None] = importlib.import_module(f"planner.export.report.{ident}").section
    return made
