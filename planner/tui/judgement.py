"""What is wrong or worth a look in a plan, worked out off the interface's thread."""

from dataclasses import dataclass
from functools import cached_property

from planner.checks.finding import Finding
from planner.model.project import Project


@dataclass(frozen=True)
class Judgement:
    """The findings on a plan, worst first; an error is something that is broken."""

    findings: tuple[Finding, ...] = ()

    @cached_property
    def errors(self) -> tuple[Finding, ...]:
        """What is broken."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @cached_property
    def touched(self) -> frozenset[str]:
        """The items that an error names."""
        return frozenset(item for finding in self.errors for item in finding.items)


def judge(project: Project) -> Judgement:
    """Judge ``project``; may take a moment."""
    from planner.catalog.load import load
    from planner.checks.check import check

    return Judgement(check(project, load()))
