"""The conversations of the place: settings, a roadmap before it is adopted, what stands in the way of one."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.catalog.load import load
from planner.edit.refused import Refused
from planner.model.knowledge import Strategy
from planner.model.project import Project
from planner.rollout.adopting import Adoption, adopted_in_part, adoption
from planner.rollout.compare import Candidate
from planner.rollout.found import Failed, Found
from planner.text.i18n import _, language, ngettext
from planner.tui.areas.propose.adoption import Preview as MovesPreview
from planner.tui.areas.propose.adoption import heading
from planner.tui.areas.propose.comparison import sheet
from planner.tui.areas.propose.proposal import told
from planner.tui.areas.propose.repairs import mended
from planner.tui.areas.propose.rows import BY, about_strategy
from planner.tui.areas.propose.search_form import asked_fields, asked_in, cannot
from planner.tui.areas.propose.searching import Job
from planner.tui.named import in_names
from planner.tui.screens.dialog import Notice
from planner.tui.screens.form import Form
from planner.tui.screens.preview import Preview
from planner.tui.widgets.lines import Piece

if TYPE_CHECKING:
    from planner.tui.areas.propose.area import ProposeArea


async def change_settings(area: "ProposeArea") -> None:
    """Ask how searches are to go from now on."""
    values = await area.ask(Form(_("How to search"), asked_fields(area.asked), cannot))
    if values is not None:
        area.asked = asked_in(values)
        area.show(area.project)


async def look_at(area: "ProposeArea", ident: str) -> None:
    """Show what a roadmap would move, or all of it where none is adopted; adopt what is accepted."""
    found = area.session.by_id(ident)
    if found is None:
        await explain(area, ident)
    elif area.project.roadmap is None:
        await _whole(area, found)
    else:
        await _moves(area, found)


async def _whole(area: "ProposeArea", found: Found) -> None:
    project, candidate = area.project, found.candidate
    lines = [*_warnings(project, found), *_told(project, candidate, found)]
    if await area.ask(Preview(_("Proposal: {name}").format(name=candidate.name), lines)):
        what = await asyncio.to_thread(adoption, project, candidate.roadmap, candidate.phases)
        await _adopt(area, candidate.name, what, frozenset(shift.item for shift in what.shifts))


async def _moves(area: "ProposeArea", found: Found) -> None:
    project, candidate = area.project, found.candidate
    what = await asyncio.to_thread(adoption, project, candidate.roadmap, candidate.phases)
    accept = await area.ask(MovesPreview(project, candidate.name, what, [*_warnings(project, found)]))
    if accept is not None:
        await _adopt(area, candidate.name, what, accept)


async def _adopt(area: "ProposeArea", name: str, what: Adoption, accept: frozenset[str]) -> None:
    """Make one edit of what was accepted, and say what it was."""
    if what.shifts and not accept:
        area.plan.say(_("Nothing was accepted: the plan is as it was."))
        return
    label = _("Roadmap by {name}").format(name=name)
    if len(accept) < len(what.shifts):
        part = _("{label}, {n} of {all} moves")
        label = told = part.format(label=label, n=len(accept), all=len(what.shifts))
    elif area.project.roadmap is None:
        last = max(place.finish for place in what.roadmap.packages.values())
        phases = ngettext("{label}: {n} phase, done on {day}", "{label}: {n} phases, done on {day}", len(what.phases))
        told = phases.format(label=label, n=len(what.phases), day=last)
    else:
        told = heading(label, what)
    before = area.project
    try:
        after = await asyncio.to_thread(adopted_in_part, before, what, accept)
    except Refused as error:
        area.plan.say(str(error), warn=True)
        return

    def change(plan: Project) -> Project:
        return after if plan is before else adopted_in_part(plan, what, accept)

    if area.plan.apply(label, change):
        area.plan.say(_("{told}. r shows it, u takes it back.").format(told=told))


async def explain(area: "ProposeArea", ident: str) -> None:
    """Everything there is to say of a roadmap among the others, or of a strategy."""
    project = area.project
    if ident.startswith(BY):
        strategy = load().strategy_by_id[ident.removeprefix(BY)]
        about = [*about_strategy(project, strategy, area.session, area.asked)]
        await area.ask(Notice(strategy.name.in_(language()), about))
        return
    column = area.column(ident)
    if column is None:
        reasons = [reason for entry in area.compared.left_out if entry.id == ident for reason in entry.reasons]
        area.plan.say(in_names(project, _("; ").join(reasons)) or _("It is being measured..."), warn=True)
        return
    candidate = column.candidate
    lines = [Piece(in_names(project, text), style) for text, style in sheet(area.compared, candidate)]
    await area.ask(Notice(candidate.name, [*lines, Piece(""), *_told(project, candidate, area.session.by_id(ident))]))


async def mend(area: "ProposeArea", strategy: Strategy, failed: Failed) -> None:
    """Tell why there is no roadmap; apply a repair when one is chosen, and propose again."""
    asked = failed.asked
    before = area.project
    remedy = await mended(area, before, failed.error, strategy, asked.phases, failed.search.early)
    if remedy is None:
        return
    if area.project == before:  # the remedy is to ask for no number of phases
        asked = replace(asked, phases=None)
    area.search(Job(strategy, asked, BY + strategy.id))


def _told(project: Project, candidate: Candidate, found: Found | None) -> Iterator[Piece]:
    strategy = load().strategy_by_id.get(candidate.roadmap.strategy)
    asked = found.asked.phases if found else None
    early = found is not None and found.search.early
    return told(project, candidate.roadmap, candidate.phases, asked, strategy, early)


def _warnings(project: Project, found: Found) -> Iterator[Piece]:
    """What to know before one looks at the moves."""
    if found.stale(project):
        yield Piece(_("~ Made for an earlier state of the plan: what came in since stays where it stands."), "warn")
    if found.search.early:
        yield Piece(_("The search was ended early: this is the best found until then."), "warn")
