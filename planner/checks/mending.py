"""What mends a finding: an edit where it is plain what that would be, else a new roadmap, else a person.

What is offered is complete: after the edit the check does not find the same any more.
"""

from planner.checks import remedies_dates, remedies_facts, remedies_links
from planner.checks.finding import Finding
from planner.checks.remedy import OFFERS, Remedy
from planner.checks.schedule import RULES
from planner.edit.refused import Refused
from planner.model.knowledge import Catalogue
from planner.model.project import Project

MODULES = (remedies_links, remedies_dates, remedies_facts)
"""Where the remedies are; importing them registers each under the ids of its checks."""

FOR_ROADMAP = frozenset({*RULES, "S01", "S06", "S07", "S08", "CHK14", "CHK20", "CHK23", "CHK24", "L01"})
"""Checks that look at where the roadmap has put things."""


def remedies(project: Project, catalogue: Catalogue, finding: Finding) -> tuple[Remedy, ...]:
    """The edits that remove ``finding``, the likeliest first; those that the plan refuses are left out."""
    offer = OFFERS.get(finding.id)
    found = offer(project, catalogue, finding) if offer else ()
    return tuple(remedy for remedy in found if _possible(remedy, project))


def needs_roadmap(finding: Finding) -> bool:
    """Whether ``finding`` is about where the roadmap puts things, so that a new proposal may remove it."""
    return finding.id in FOR_ROADMAP


def _possible(remedy: Remedy, project: Project) -> bool:
    try:
        return remedy.change(project) != project
    except Refused:
        return False
