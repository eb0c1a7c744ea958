"""The whole plan as one JSON document, with what follows from it and what the report tells of it.

``plan`` is the plan file itself and fits ``planner schema``; ``derived`` saves a reader from repeating the
planner's rules; ``report`` holds the sections of the report with typed cells, texts in the language of the report.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from planner.assessment.maturity import organisation_index, organisation_level, organisation_target
from planner.export.handover import Handover
from planner.export.outline import PhaseOutline, outline, unplaced
from planner.export.report.parts import Section
from planner.graph.closure import missing, needs_of
from planner.model.decode import encode
from planner.model.project import SCHEMA, Project, Roadmap
from planner.rollout.metrics import metrics
from planner.rollout.result import Metrics
from planner.text.clean import escaped


def render(handover: Handover) -> str:
    """``project`` as JSON text; dates as ``YYYY-MM-DD``."""
    project = handover.project
    return dumps(
        {
            "schema": SCHEMA,
            "plan": {"schema": SCHEMA, **encode(project)},
            "derived": _derived(project),
            "report": report_data(handover),
        }
    )


def report_data(handover: Handover) -> dict[str, Any]:
    """The report as data: what every page bears, for whom it is, what it goes without, and its sections."""
    report = handover.report
    return {
        "title": report.title,
        "audience": handover.audience,
        "identity": asdict(report.identity),
        "left_out": list(handover.left_out),
        "sections": [_section(section) for section in report.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "lead": section.lead,
        "blocks": [{"type": type(block).__name__.lower(), **asdict(block)} for block in section.blocks],
        "parts": [_section(part) for part in section.parts],
    }


def dumps(data: Mapping[str, Any]) -> str:
    """``data`` as the JSON text that every command prints; ends with a line end. File names may hold anything."""
    return escaped(json.dumps(data, ensure_ascii=False, indent=2, default=_plain)) + "\n"


def phases_data(phases: tuple[PhaseOutline, ...]) -> list[dict[str, Any]]:
    """Phases with their dates and capabilities."""
    return [
        {
            "id": part.phase.id,
            "name": part.phase.name,
            "start": part.start,
            "finish": part.finish,
            "capabilities": list(part.capabilities),
        }
        for part in phases
    ]


def packages_data(project: Project, roadmap: Roadmap) -> list[dict[str, Any]]:
    """Placed work packages, in plan order."""
    return [
        {
            "id": package.id,
            "capability": package.capability,
            "workstream": package.workstream,
            "phase": placement.phase,
            "start": placement.start,
            "finish": placement.finish,
        }
        for package in project.packages
        if (placement := roadmap.packages.get(package.id))
    ]


def metrics_data(found: Metrics) -> dict[str, Any]:
    """The figures of a roadmap."""
    return {
        "days_to_first_value": found.days_to_first_value,
        "working_days": found.working_days,
        "peak_load": {role: round(load, 4) for role, load in found.peak_load.items()},
        "maturity_by_phase": {phase: dict(levels) for phase, levels in found.maturity_by_phase.items()},
        "broken_soft_dependencies": found.broken_soft_dependencies,
    }


def _derived(project: Project) -> dict[str, Any]:
    without_work = missing(project)
    return {
        "organisation": organisation_data(project),
        "processes": [
            {"id": process.id, "level": process.level, "target_level": process.target_level}
            for process in project.processes
        ],
        "needs": needs_data(project),
        "without_work": list(without_work),
        "phases": phases_data(outline(project)),
        "unplaced": [package.id for package in unplaced(project)],
        "metrics": metrics_data(metrics(project, project.roadmap, project.phases)) if project.roadmap else None,
    }


def organisation_data(project: Project) -> dict[str, Any]:
    """The organisation's level and index, now and as planned."""
    return {
        "level": organisation_level(project),
        "target_level": organisation_target(project),
        "index": round(organisation_index(project), 4),
        "target_index": round(organisation_index(project, target=True), 4),
    }


def needs_data(project: Project) -> list[dict[str, str]]:
    """Every capability that the targets call for; ``pulled_by`` names what pulls one in that no target asks for."""
    return [
        {"item": need.item, "pulled_by": need.pulled_by, "reason": need.reason} for need in needs_of(project).values()
    ]


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
