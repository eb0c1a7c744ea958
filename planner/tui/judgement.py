"""What is wrong or worth a look in a plan, worked out off the interface's thread."""

from dataclasses import dataclass
from functools import cached_property

from planner.checks.finding import Finding
from planner.model.project import Project
from planner.text.i18n import _, listed, ngettext


@dataclass(frozen=True)
class Judgement:
    """The findings on a plan, worst first, and those that the plan accepts; an error is something that is broken."""

    findings: tuple[Finding, ...] = ()
    accepted: tuple[Finding, ...] = ()

    @cached_property
    def errors(self) -> tuple[Finding, ...]:
        """What is broken."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @cached_property
    def touched(self) -> frozenset[str]:
        """The items that an error names."""
        return frozenset(item for finding in self.errors for item in finding.items)

    @cached_property
    def count(self) -> str:
        """How many findings there are, and how many of them are errors, in words: the count that is told everywhere."""
        n, errors = len(self.findings), len(self.errors)
        if not n:
            return _("no findings")
        parts = [ngettext("{n} finding", "{n} findings", n).format(n=n)]
        if errors:
            parts.append(ngettext("{n} error", "{n} errors", errors).format(n=errors))
        return listed(parts)


def judge(project: Project) -> Judgement:
    """Judge ``project``; may take a moment."""
    from planner.catalog.load import load
    from planner.checks.check import check

    found = check(project, load(), with_muted=True)
    return Judgement(
        tuple(finding for finding in found if not finding.muted), tuple(finding for finding in found if finding.muted)
    )


def outrun(before: Project, after: Project) -> str:
    """What progress that was just told breaks of the roadmap, in words; empty when it breaks nothing."""
    told = (before.progress, before.engagement.as_of), (after.progress, after.engagement.as_of)
    if after.roadmap is None or told[0] == told[1] or before.roadmap != after.roadmap:
        return ""
    from planner.rollout.verify import verify

    broken = {item for violation in verify(after) for item in violation.items if item in after.package_by_id}
    words = ngettext(
        "{n} package breaks constraints now; in Roadmap G plans again.",
        "{n} packages break constraints now; in Roadmap G plans again.",
        len(broken),
    )
    return words.format(n=len(broken)) if broken else ""
