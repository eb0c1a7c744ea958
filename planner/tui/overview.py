"""What the list of plans says about one plan."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Overview:
    """A plan in one row. ``level`` and ``target`` are means over the processes in scope; ``findings`` counts
    errors and warnings. With ``faults`` the file cannot be read and the rest says nothing.
    """

    path: Path
    saved: datetime | None
    name: str = ""
    client: str = ""
    level: float = 0.0
    target: float = 0.0
    phases: int = 0
    findings: int = 0
    faults: tuple[str, ...] = ()

    @property
    def fresh(self) -> bool:
        """Whether the file is still the one that was read."""
        try:
            return datetime.fromtimestamp(self.path.stat().st_mtime, UTC) == self.saved
        except OSError:
            return False


def overview(path: Path) -> Overview:
    """Read the plan in ``path`` and judge it; takes some hundredths of a second."""
    from planner.assessment.maturity import organisation_index
    from planner.catalog.load import load
    from planner.checks.check import check
    from planner.store.listing import summary

    seen = summary(path)
    project = seen.project
    if project is None:
        return Overview(path, seen.saved, faults=tuple(map(str, seen.faults)))
    return Overview(
        path,
        seen.saved,
        name=project.engagement.name,
        client=project.engagement.client,
        level=organisation_index(project),
        target=organisation_index(project, target=True),
        phases=len(project.phases) if project.roadmap else 0,
        findings=sum(finding.severity != "info" for finding in check(project, load())),
    )
