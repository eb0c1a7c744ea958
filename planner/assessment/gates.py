"""When a phase ends: its criteria in words, and the values that indicators must have reached by then."""

from planner.model.measures import Indicator
from planner.model.project import Phase, Project
from planner.text.i18n import _


def exit_criteria(project: Project, phase: Phase) -> list[str]:
    """What must hold at the end of ``phase``: its own words first, then a line for each indicator with a gate there."""
    gates = [gate(indicator, phase.id) for indicator in project.indicators if phase.id in indicator.gates]
    return [*phase.exit_criteria, *gates]


def gate(indicator: Indicator, phase_id: str) -> str:
    """The value that an indicator must have reached at the end of a phase: ``Change success rate: at least 92 %``."""
    reached = {
        "up": _("{name}: at least {value}"),
        "down": _("{name}: at most {value}"),
        "range": _("{name}: about {value}"),
    }[indicator.direction]
    return reached.format(name=indicator.name, value=measured(indicator.gates[phase_id], indicator.unit))


def measured(value: float | None, unit: str) -> str:
    """A value with its unit: ``92 %``, ``12 h``; nothing when there is none."""
    if value is None:
        return ""
    return f"{value:.10g} {unit}".rstrip()
