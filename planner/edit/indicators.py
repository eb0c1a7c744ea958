"""What is measured: the KPIs of the processes that a plan builds and the measures of its scorecard (domain.md §1.3,
§8.4), with the values that hold at the end of a phase."""

from dataclasses import replace
from typing import Any

from planner.edit.made import Made
from planner.edit.refused import Refused, checked, meant
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue
from planner.model.known.work import KnownIndicator
from planner.model.measures import Indicator
from planner.model.project import LeftOut, Project
from planner.model.values import Fixed
from planner.text.i18n import _

JUDGED = ("name", "kind", "processes", "perspective", "unit", "direction", "baseline", "target")
"""What the catalogue says about an indicator; changing one of these makes the indicator the plan's own."""


def made(project: Project, catalogue: Catalogue) -> Made:
    """The KPIs of every process that reaches the level from which it is measured, and the measures of the scorecard.

    What a plan adds to one that is as in the catalogue (gates, owner, tools, limit) stays with it.
    """
    if not project.processes:
        return Made()
    least = catalogue.defaults.measured_from
    left_out = {out.package for out in project.left_out}
    measured = {process_of(item) for item in project.capabilities if level_of(item) >= least} | {
        process.id for process in project.processes if process.in_scope and process.target_level >= least
    }
    present = {indicator.id: indicator for indicator in project.indicators}
    wanted = (
        known
        for known in catalogue.indicators
        if known.id not in left_out and (known.perspective or measured.intersection(known.processes))
    )
    return Made(indicators=tuple(_indicator(project, known, present.get(known.id)) for known in wanted))


def _indicator(project: Project, known: KnownIndicator, present: Indicator | None) -> Indicator:
    phases = project.phase_by_id
    kept = present or Indicator(id=known.id, name=known.id)
    return replace(
        kept,
        name=known.name.in_(project.engagement.language),
        kind=known.kind,
        processes=tuple(process for process in known.processes if process in project.process_by_id),
        perspective=known.perspective,
        unit=known.unit,
        direction=known.direction,
        baseline=known.baseline,
        target=known.target,
        gates=Fixed({phase: value for phase, value in kept.gates.items() if phase in phases}),
        source="catalogue",
    )


def change_indicator(project: Project, indicator_id: str, **fields: Any) -> Project:
    """``project`` with some fields of an indicator changed.

    A value or wording of one's own makes it the plan's own; who owns it, which tools serve it, at which limit somebody
    must act and the values at gates do not: its baseline and target stay assumptions. Raises Refused.
    """
    indicator = _indicator_of(project, indicator_id)
    if fields.get("id", indicator_id) != indicator_id:
        raise Refused(_("an indicator keeps its id {item!r} - give it another name instead").format(item=indicator_id))
    changed = replace(indicator, **fields)
    if any(getattr(changed, key) != getattr(indicator, key) for key in JUDGED):
        changed = replace(changed, source="own")
    return _with(project, changed)


def confirm_indicator(project: Project, indicator_id: str) -> Project:
    """``project`` where baseline and target of an indicator are no assumption any more: somebody measured and agreed.

    Raises Refused.
    """
    return _with(project, replace(_indicator_of(project, indicator_id), source="own"))


def add_indicator(project: Project, indicator: Indicator) -> Project:
    """``project`` with an indicator of its own. Raises Refused."""
    if indicator.id in {entry.id for entry in project.indicators}:
        raise Refused(_("there is an indicator {item!r} already - give this one another id").format(item=indicator.id))
    return checked(project, replace(project, indicators=(*project.indicators, replace(indicator, source="own"))))


def remove_indicator(project: Project, catalogue: Catalogue, indicator_id: str, reason: str = "") -> Project:
    """``project`` without an indicator; one that the catalogue would bring back is noted as left out, with ``reason``.

    Raises Refused.
    """
    _indicator_of(project, indicator_id)
    left_out = project.left_out
    if indicator_id in {known.id for known in catalogue.indicators}:
        left_out = (*left_out, LeftOut(package=indicator_id, reason=reason))
    rest = tuple(indicator for indicator in project.indicators if indicator.id != indicator_id)
    return checked(project, replace(project, indicators=rest, left_out=left_out))


def set_gate(project: Project, indicator_id: str, phase_id: str, value: float | None) -> Project:
    """``project`` where a phase ends only when an indicator has reached ``value``; None lifts that. Raises Refused."""
    indicator = _indicator_of(project, indicator_id)
    meant(phase_id, project.phase_by_id, _("phase"))
    gates = {phase: reached for phase, reached in indicator.gates.items() if phase != phase_id}
    if value is not None:
        gates[phase_id] = value
    return _with(project, replace(indicator, gates=Fixed(gates)))


def _indicator_of(project: Project, indicator_id: str) -> Indicator:
    meant(indicator_id, [indicator.id for indicator in project.indicators], _("indicator"))
    return next(indicator for indicator in project.indicators if indicator.id == indicator_id)


def _with(project: Project, changed: Indicator) -> Project:
    indicators = tuple(changed if indicator.id == changed.id else indicator for indicator in project.indicators)
    return checked(project, replace(project, indicators=indicators))
