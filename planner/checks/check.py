"""All findings on a plan, worst first."""

from planner.checks import data, graph, schedule
from planner.checks.finding import SEVERITIES, Finding, Severity
from planner.model.project import Project

__all__ = ["SEVERITIES", "Finding", "Severity", "check"]


def check(project: Project) -> tuple[Finding, ...]:
    """What is wrong with, doubtful in or worth knowing about ``project``: errors, warnings, then notes.

    Inside a severity: the dependencies first, then the schedule, then facts and estimates, each in plan order.
    """
    found = [*graph.findings(project), *schedule.findings(project), *data.findings(project)]
    return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))
