"""All findings on a plan, worst first."""

from planner.checks import (
    bearers,
    certificates,
    data,
    design,
    graph,
    health,
    leadership,
    load,
    maturity,
    maxims,
    misconceptions,
    money,
    organisation,
    ownership,
    schedule,
    standard,
    steps,
    strategy,
    technology,
)
from planner.checks.facts import Facts
from planner.checks.finding import SEVERITIES, Changed, Finding, Severity
from planner.checks.registry import LOOKS, Hit, View
from planner.model.context import CheckSetting
from planner.model.knowledge import Catalogue
from planner.model.known.checks import KnownCheck
from planner.model.project import Project
from planner.text.i18n import language, listed

__all__ = ["MODULES", "SEVERITIES", "Changed", "Finding", "Severity", "check", "unknown_checks"]

MODULES = (
    data,
    graph,
    schedule,
    misconceptions,
    maxims,
    maturity,
    load,
    ownership,
    design,
    leadership,
    money,
    steps,
    technology,
    organisation,
    bearers,
    strategy,
    standard,
    certificates,
    health,
)
"""Where the looks are; importing them registers each under the id of its check."""


def check(project: Project, catalogue: Catalogue, *, with_muted: bool = False) -> tuple[Finding, ...]:
    """What is wrong with, doubtful in or worth knowing about ``project``: errors, warnings, then notes.

    Inside a severity in the order of the tables of ``templates/checks``, for one check in plan order. What the plan
    mutes is left out unless ``with_muted``. A table that no look belongs to finds nothing (see ``unknown_checks``).
    """
    facts = Facts(project)
    settings = {setting.id: setting for setting in project.checks}
    found: list[Finding] = []
    for known in catalogue.checks:
        if known.id in LOOKS:
            view = View(project, catalogue, known, settings.get(known.id), facts)
            found += (_finding(view, hit) for hit in LOOKS[known.id](view))
    shown = (finding for finding in found if with_muted or not finding.muted)
    return tuple(sorted(shown, key=lambda finding: SEVERITIES.index(finding.severity)))


def unknown_checks(catalogue: Catalogue) -> tuple[str, ...]:
    """Ids of the catalogue's checks for which the planner has no look, in table order."""
    return tuple(known.id for known in catalogue.checks if known.id not in LOOKS)


def _finding(view: View, hit: Hit) -> Finding:
    known = view.known
    return Finding(
        id=known.id,
        severity=hit.severity or known.severity,
        title=known.title.in_(language()),
        message=hit.message,
        advice=hit.advice or known.advice.in_(language()),
        items=hit.items,
        muted=_muted(view.setting, hit) if view.setting else "",
        changed=_changed(known, view.setting) if view.setting else (),
        origin=known.origin,
        source=known.source,
    )


def _muted(setting: CheckSetting, hit: Hit) -> str:
    """Why the plan accepts ``hit``: a mute for some ids covers it only when it is about nothing else."""
    if setting.items and not (hit.items and set(hit.items) <= set(setting.items)):
        return ""
    return setting.mute.strip()


def _changed(known: KnownCheck, setting: CheckSetting) -> tuple[Changed, ...]:
    numbers = (
        (key, f"{value:g}", f"{known.numbers[key]:g}") for key, value in setting.numbers.items() if key in known.numbers
    )
    names = (
        (key, listed(value), listed(known.names[key])) for key, value in setting.names.items() if key in known.names
    )
    return tuple(Changed(key, value, usual) for key, value, usual in (*numbers, *names) if value != usual)
