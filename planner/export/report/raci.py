"""The section ``raci`` of the report."""

from planner.export.handover import Handover
from planner.export.report.parts import Section


def section(handover: Handover) -> Section | None:
    """Nothing yet."""
    return None
