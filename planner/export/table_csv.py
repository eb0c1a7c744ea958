"""Work packages as comma-separated values that a spreadsheet opens as they are.

RFC 4180 quoting and line ends; a byte order mark, without which Excel takes Chinese text for another encoding.
"""

import csv
import io

from planner.export.handover import Handover
from planner.export.outline import outline
from planner.model.capability import level_of, process_of
from planner.model.project import Project, WorkPackage
from planner.text.i18n import _
from planner.text.spreadsheet import BYTE_ORDER_MARK, harmless


def render(handover: Handover) -> str:
    """One row per work package, in plan order; effort is in likely person-days, one column per role."""
    project = handover.project
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(map(harmless, _header(project)))
    phase_names = {part.phase.id: part.phase.name for part in outline(project)}
    for package in project.packages:
        rows.writerow(_row(project, package, phase_names))
    return BYTE_ORDER_MARK + text.getvalue()


def _header(project: Project) -> list[str]:
    return [
        _("ID"),
        _("Work package"),
        _("Process ID"),
        _("Process"),
        _("Level"),
        _("Workstream"),
        _("Phase ID"),
        _("Phase"),
        _("Start"),
        _("Finish"),
        _("Working days"),
        _("Person-days"),
        *(_("Person-days: {role}").format(role=role.name) for role in project.roles),
        _("Note"),
    ]


def _row(project: Project, package: WorkPackage, phase_names: dict[str, str]) -> list[str]:
    process = process_of(package.capability)
    scope = project.process_by_id.get(process)
    placement = project.roadmap.packages.get(package.id) if project.roadmap else None
    efforts = (package.effort.get(role.id) for role in project.roles)
    return [
        harmless(package.id),
        harmless(package.name),
        harmless(process),
        harmless(scope.name if scope else ""),
        str(level_of(package.capability) or ""),
        _(package.workstream),
        harmless(placement.phase) if placement else "",
        harmless(phase_names[placement.phase]) if placement else "",
        placement.start.isoformat() if placement else "",
        placement.finish.isoformat() if placement else "",
        str(package.days.likely),
        f"{package.person_days:g}",
        *(f"{effort.likely:g}" if effort else "" for effort in efforts),
        harmless(package.note),
    ]
