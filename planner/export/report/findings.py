"""The section ``findings`` of the report: what is wrong, doubtful or worth knowing."""

from collections.abc import Sequence

from planner.checks.finding import Finding
from planner.export.handover import Handover
from planner.export.report.naming import advised, said
from planner.export.report.parts import Column, Section, Table
from planner.export.report.wording import sentence
from planner.export.words import heading
from planner.text.i18n import _, ngettext


def section(handover: Handover) -> Section | None:
    """Every finding that the plan does not accept, worst first; nothing where there is none."""
    project, found = handover.project, handover.findings
    if not found:
        return None
    columns = (
        Column("severity", _("Severity")),
        Column("title", _("Finding")),
        Column("message", _("What was found")),
        Column("advice", _("Advice")),
    )
    rows = tuple((heading(one.severity), one.title, said(project, one), advised(project, one)) for one in found)
    return Section("findings", _("Findings"), (Table("findings", _("Findings"), columns, rows),), _lead(found))


def _lead(found: Sequence[Finding]) -> str:
    errors = sum(one.severity == "error" for one in found)
    warnings = sum(one.severity == "warning" for one in found)
    if errors:
        told = ngettext("{n} fault of the plan has to be settled", "{n} faults of the plan have to be settled", errors)
    elif warnings:
        told = ngettext(
            "No fault was found; {n} point is doubtful", "No fault was found; {n} points are doubtful", warnings
        )
    else:
        told = ngettext(
            "No fault was found; {n} point is worth knowing",
            "No fault was found; {n} points are worth knowing",
            len(found),
        )
        return sentence(told.format(n=len(found)))
    told = told.format(n=errors or warnings)
    if errors and warnings:
        more = ngettext("{told}, {n} point is doubtful", "{told}, {n} points are doubtful", warnings)
        told = more.format(told=told, n=warnings)
    if rest := len(found) - errors - warnings:
        more = ngettext("{told}, {n} other is worth knowing", "{told}, {n} others are worth knowing", rest)
        told = more.format(told=told, n=rest)
    return sentence(told)
