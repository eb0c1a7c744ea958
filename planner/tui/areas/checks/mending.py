"""Mending a finding: the one edit that does it, or ways to choose from, or where a person fills in what is missing."""

import asyncio

from planner.checks.finding import Finding
from planner.checks.mending import needs_roadmap, remedies
from planner.checks.remedy import OFFERS
from planner.model.project import Project
from planner.text.i18n import _, listed
from planner.tui.areas.area import Area
from planner.tui.areas.checks.fields import row_of, topic_of
from planner.tui.areas.checks.rows import plainly

MOST_WAYS = 9
"""So many ways to mend a finding are offered, each with its digit."""

_FIELD = "field"
_JUDGE = "judge"
_PROPOSE = "propose"


def ways_of(project: Project, finding: Finding) -> str:
    """What ``c`` can do about a finding; empty when nothing."""
    ways = []
    if finding.id in OFFERS:
        ways.append(_("edits that mend it"))
    if needs_roadmap(finding):
        ways.append(_("a new roadmap"))
    if row_of(project, finding) or topic_of(finding):
        ways.append(_("the way to where it is filled in"))
    if _numbers(finding):
        ways.append(_("other thresholds"))
    return listed(ways)


def _numbers(finding: Finding) -> bool:
    """Whether numbers decide on a finding that a plan may have otherwise."""
    from planner.catalog.load import load

    return any(known.id == finding.id and known.numbers for known in load().checks)


async def mend(area: Area, finding: Finding) -> None:
    """Do the one edit that mends ``finding``, or ask which way to go."""
    from planner.catalog.load import load
    from planner.tui.screens.dialog import Ask

    area.plan.working(_("looking for what mends it..."))
    try:
        found = await asyncio.to_thread(remedies, area.project, load(), finding)
    finally:
        area.plan.working("")
    others = []
    if row_of(area.project, finding) or topic_of(finding):
        others.append((_FIELD, _("Fill it in, in Organisation")))
    if needs_roadmap(finding):
        others.append((_PROPOSE, _("Propose a roadmap again, in Propose")))
    if _numbers(finding):
        others.append((_JUDGE, _("Let this check judge the plan by other numbers")))
    if len(found) == 1 and all(way == _JUDGE for way, _words in others):
        area.edit(found[0].words, found[0].change)
        return
    ways = [*((str(n), remedy.words) for n, remedy in enumerate(found[: MOST_WAYS - len(others)])), *others]
    if not ways:
        area.plan.say(_("That is for a person to decide: {advice}.").format(advice=finding.advice), warn=True)
        return
    chosen: str | None = ways[0][0]
    if len(ways) > 1:
        answers = [(way, str(n), words) for n, (way, words) in enumerate(ways, 1)]
        chosen = await area.ask(Ask(finding.title, plainly(area.project, finding), answers))
    if chosen == _FIELD:
        _to_field(area, finding)
    elif chosen == _PROPOSE:
        area.plan.call_next(area.plan.action_area, "propose")
    elif chosen == _JUDGE:
        from planner.tui.topics.checks import accept

        await accept(area, finding.id)
    elif chosen:
        area.edit(found[int(chosen)].words, found[int(chosen)].change)


def _to_field(area: Area, finding: Finding) -> None:
    """Go to where what ``finding`` misses is filled in."""
    if row := row_of(area.project, finding):
        area.plan.go_to(row)
    else:
        area.plan.call_next(_to_topic, area, topic_of(finding))


async def _to_topic(area: Area, name: str) -> None:
    from planner.tui.areas.topical import TopicalArea

    await area.plan.action_area("organisation")
    there = area.plan.query_one("#organisation", TopicalArea)
    there.topics.find(name)
    there.rows.focus()
