"""What is handed over: the plan as its readers may see it, and what is told about it, worked out when asked for."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from planner.export.report.parts import Identity
from planner.export.steps import UNWATCHED, Steps
from planner.export.theme import PLAIN, Theme
from planner.model.audience import KINDS, Audience, for_client
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.i18n import _, ngettext

if TYPE_CHECKING:
    from planner.checks.finding import Finding
    from planner.export.report.facts import Facts
    from planner.export.report.parts import Report
    from planner.rollout.compare import Comparison

FOUND = ("optimal", "feasible", "heuristic")
"""What a roadmap is that stands as its strategy proposed it."""


@dataclass(frozen=True)
class Handover:
    """A plan to be handed over. ``project`` is already the copy for its ``audience``: nothing else of the plan is here.

    ``template`` is a presentation of the consultant's own, for formats that can be put on one.
    """

    project: Project
    catalogue: Catalogue
    identity: Identity
    audience: Audience = "internal"
    theme: Theme = PLAIN
    template: bytes | None = None
    steps: Steps = UNWATCHED
    accepted: frozenset[tuple[str, tuple[str, ...]]] = field(default=frozenset(), repr=False)
    """What was accepted or is not found in the whole plan: check and items. A client's copy does not tell of it."""

    @property
    def left_out(self) -> tuple[str, ...]:
        """The kinds of content that this copy goes without, in words."""
        return tuple(_(kind) for kind in KINDS) if self.audience == "client" else ()

    @cached_property
    def findings(self) -> "tuple[Finding, ...]":
        """Findings on the plan, worst first, those left out that it accepts."""
        from planner.checks.check import check

        self.steps.at(_("findings"))
        found = check(self.project, self.catalogue)
        return tuple(finding for finding in found if (finding.id, finding.items) not in self.accepted)

    @cached_property
    def comparison(self) -> "Comparison | None":
        """The plan's roadmap beside those of the strategies; None where there is none to be compared.

        The strategy by which the roadmap itself was found is not tried again.
        """
        roadmap = self.project.roadmap
        if roadmap is None:
            return None
        from planner.rollout.compare import ADOPTED, compare

        own = roadmap.strategy if roadmap.status in FOUND else ""
        others = [strategy for strategy in self.catalogue.strategies if strategy.id != own]
        if not others:
            return None
        self.steps.at(_("other strategies"))
        return compare(self.project, others, reference=ADOPTED, watch=self.steps.watch())

    @cached_property
    def facts(self) -> "Facts":
        """What the sections of the report want to know about the plan."""
        from planner.export.report.facts import Facts

        return Facts(self.project, self.catalogue)

    @cached_property
    def report(self) -> "Report":
        """The report, with the sections that the theme asks for."""
        from planner.export.report.assemble import report

        return report(self)


def hand_over(
    project: Project,
    catalogue: Catalogue,
    *,
    audience: Audience = "internal",
    theme: Theme = PLAIN,
    as_of: date | None = None,
    template: bytes | None = None,
    steps: Steps = UNWATCHED,
) -> Handover:
    """``project`` ready to be handed over to ``audience``.

    ``as_of`` is the day on every page; otherwise the last one of which the plan says anything that was known.
    """
    if count := len(project.conflicts):
        told = ngettext(
            "a merge has left {n} conflict: settle it before this is handed over",
            "a merge has left {n} conflicts: settle them before this is handed over",
            count,
        )
        steps.note(told.format(n=count))
    shown = for_client(project) if audience == "client" else project
    accepted = _accepted(project, shown, catalogue) if audience == "client" else frozenset()
    about = Identity(project.engagement.client, project.engagement.name, version(shown), as_of or known(project))
    return Handover(shown, catalogue, about, audience, theme, template, steps, accepted)


def known(project: Project) -> date:
    """The last day of which the plan says anything that was known then; the start where it says nothing of the kind."""
    days = [
        project.engagement.as_of,
        project.engagement.assessed,
        *(baseline.taken for baseline in project.baselines),
        *(decision.made for decision in project.decisions),
    ]
    return max((day for day in days if day), default=project.engagement.start)


def version(project: Project) -> str:
    """The plan's own word for its version, if any, and eight signs that are others for another content.

    Those of a client's copy come from that copy alone: whoever has it could try out by the signs of the whole plan
    which budget they go with.
    """
    from hashlib import sha256
    from json import dumps

    from planner.model.decode import encode

    text = dumps(encode(project), default=str, sort_keys=True, ensure_ascii=True)
    sign = sha256(text.encode()).hexdigest()[:8]
    stated = project.engagement.version
    if not stated:
        return _("version {sign}").format(sign=sign)
    return _("version {word} ({sign})").format(word=stated, sign=sign)


def _accepted(project: Project, copy: Project, catalogue: Catalogue) -> frozenset[tuple[str, tuple[str, ...]]]:
    """What a client's copy must not tell: findings that the plan accepts, and those that only the copy has.

    The copy says less, so that checks find things in it that are no faults of the plan.
    """
    from planner.checks.check import check

    told = {(finding.id, finding.items) for finding in check(project, catalogue)}
    found = {(finding.id, finding.items) for finding in check(copy, catalogue)}
    return frozenset(found - told)
