"""What the list of plans says about one plan."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from planner.checks.finding import SEVERITIES, Severity
from planner.store.listing import Stamp, stamp_of


@dataclass(frozen=True, slots=True)
class Overview:
    """A plan in one row. ``level`` and ``target`` are means over the processes in scope.

    ``findings`` are severities with how many there are of each, worst first; ``gate`` is what the next gate ends. With
    ``faults`` the file cannot be read and the rest says nothing.
    """

    path: Path
    stamp: Stamp | None
    name: str = ""
    client: str = ""
    level: float = 0.0
    target: float = 0.0
    phases: int = 0
    gate: str = ""
    gate_day: date | None = None
    findings: tuple[tuple[Severity, int], ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def saved(self) -> datetime | None:
        """When the file was written."""
        return self.stamp.saved if self.stamp else None

    @property
    def gap(self) -> float:
        """How much maturity is to be gained."""
        return self.target - self.level


def overview(path: Path) -> Overview:
    """Read the plan in ``path`` and judge it; takes some hundredths of a second."""
    from planner.assessment.maturity import organisation_index
    from planner.assessment.next_gate import next_gate
    from planner.catalog.load import load
    from planner.checks.check import check
    from planner.store.listing import summary

    stamp = stamp_of(path)
    seen = summary(path)
    project = seen.project
    if project is None:
        return Overview(path, stamp, faults=tuple(map(str, seen.faults)))
    found = Counter(finding.severity for finding in check(project, load()))
    gate = next_gate(project)
    return Overview(
        path,
        stamp,
        name=project.engagement.name,
        client=project.engagement.client,
        level=organisation_index(project),
        target=organisation_index(project, target=True),
        phases=len(project.phases) if project.roadmap else 0,
        gate=gate.phase.name if gate else "",
        gate_day=gate.day if gate else None,
        findings=tuple((severity, found[severity]) for severity in SEVERITIES if severity in found),
    )
