"""Questions about an item that are answered by proposing anew: in another phase, earlier, what would move it."""

from collections.abc import Iterator
from datetime import date

from planner.assessment.dates import finish_of, phase_of
from planner.catalog.load import load
from planner.export.words import percent
from planner.model.project import Project
from planner.rollout.remedies import Remedies, Remedy, movers
from planner.rollout.watch import Watch
from planner.rollout.whatif import Effect, WhatIf, what_if
from planner.text.i18n import _, ngettext
from planner.tui.areas.area import Area
from planner.tui.areas.propose.proposal import adopting, own_strategy, told
from planner.tui.areas.roadmap.ways import Ways
from planner.tui.named import in_names
from planner.tui.screens.form import Form, Text, Values
from planner.tui.screens.pick import Option, Pick
from planner.tui.screens.preview import Preview
from planner.tui.screens.working import Searching
from planner.tui.typed import day
from planner.tui.widgets.lines import Piece

_EARLIER = "earlier"


async def why_not(area: Area, item: str) -> bool:
    """Ask where ``item`` is wanted, propose with that demanded, tell what it costs or breaks; whether it is adopted."""
    project = area.project
    wanted = await _wanted(area, item)
    if wanted is None:
        return False
    phase, by = wanted
    strategy = own_strategy(project, load())

    def work(watch: Watch) -> WhatIf:
        return what_if(project, item, strategy, phase=phase, by=by, watch=watch)

    found = await area.ask(Searching(_("Proposing with that demanded"), work))
    if found is None:
        area.plan.say(_("Given up: the plan is as it was."))
        return False
    where = project.phase_by_id[phase].name if phase else ""
    title = (
        _("{item} in phase {phase}?").format(item=project.title(item), phase=where)
        if phase
        else _("{item} finished by {day}?").format(item=project.title(item), day=by)
    )
    if found.effect and found.remedies:
        return await _looked_at(area, title, found.remedies[0], [*_costs(project, found.effect), Piece("")])
    intro = [
        Piece(_("What breaks then"), "head"),
        *(Piece(f"- {in_names(project, c.message)}") for c in found.conflicts),
    ]
    return await _chosen(area, title, intro, found.remedies, found.complete)


async def would_move(area: Area, item: str) -> bool:
    """Find the changes after which ``item`` starts earlier, and let one be adopted; whether one is."""
    project = area.project
    strategy = own_strategy(project, load())

    def work(watch: Watch) -> Remedies:
        return movers(project, item, strategy, watch=watch)

    found = await area.ask(Searching(_("Trying what would move it"), work))
    if found is None:
        area.plan.say(_("Given up: the plan is as it was."))
        return False
    intro = [Piece(_("Each of these alone, and proposed again, lets it start earlier."))]
    if found.again:
        words = ngettext(
            "Proposed again without any change it starts {n} day earlier.",
            "Proposed again without any change it starts {n} days earlier.",
            found.again,
        )
        intro.append(Piece(words.format(n=found.again)))
    title = _("What would move {item}?").format(item=project.title(item))
    return await _chosen(area, title, intro, found.found, found.complete)


async def _wanted(area: Area, item: str) -> tuple[str, date | None] | None:
    """The phase in which ``item`` is wanted, or the day by which it is to be finished."""
    project = area.project
    here = phase_of(project, project.roadmap, item) if project.roadmap else ""
    options = [Option(p.id, f"{n} {p.name}") for n, p in enumerate(project.phases, 1) if p.id != here]
    options.append(Option(_EARLIER, _("earlier: finished by a day")))
    title = _("Where do you want {item}?").format(item=project.title(item))
    picked = await area.ask(Pick(title, options))
    if picked != _EARLIER:
        return (picked, None) if picked else None
    finish = finish_of(project, project.roadmap, item) if project.roadmap else None
    hint = _("now it is finished on {day}").format(day=finish)

    def too_early(values: Values) -> str:
        begin = project.engagement.start
        words = _("The project starts on {day} only: give a later day.")
        return words.format(day=begin) if values["by"] < begin else ""

    values = await area.ask(Form(title, [Text("by", _("Finished by"), "", day, hint)], too_early))
    return ("", values["by"]) if values else None


async def _chosen(area: Area, title: str, intro: list[Piece], ways: tuple[Remedy, ...], complete: bool) -> bool:
    """Show changes to choose from, look at one, adopt it with its roadmap; whether that was done."""
    nothing = _("No single change was found that does it.")
    if not complete:
        intro.append(Piece(_("Not everything was tried: the search was ended, or had many things to try."), "dim"))
    while True:
        number = await area.ask(Ways(title, area.project, intro, ways, nothing))
        if number is None:
            return False
        if await _looked_at(area, in_names(area.project, ways[number].said()), ways[number], []):
            return True


async def _looked_at(area: Area, title: str, way: Remedy, first: list[Piece]) -> bool:
    """Show the roadmap that comes of a change; accepted, the change and the roadmap are one edit."""
    project = area.project
    proposal = way.proposal
    lines = [*first, *told(way.edit(project), proposal.roadmap, proposal.phases, present=project)]
    if not await area.ask(Preview(title, lines)):
        return False
    adopted = adopting(proposal.roadmap, proposal.phases)
    label = _("Changed and proposed again: {what}").format(what=in_names(project, way.said()))
    area.edit(label, lambda plan: adopted(way.edit(plan)))
    return True


def _costs(project: Project, effect: Effect) -> Iterator[Piece]:
    """What a roadmap with the demand costs against the present one."""
    yield Piece(_("It can be done. Against the roadmap as it stands:"), "head")
    yield Piece("  " + _("it starts {shift}").format(shift=_shift(effect.start)))
    yield Piece("  " + _("all work ends {shift}").format(shift=_shift(effect.finish)))
    yield Piece("  " + _("the first result comes {shift}").format(shift=_shift(effect.first_value)))
    if effect.role:
        words = _("highest load: {role}, {before} -> {after}")
        role = project.role_by_id[effect.role].name
        yield Piece("  " + words.format(role=role, before=percent(effect.before), after=percent(effect.after)))
    if effect.broken_soft:
        words = _("soft dependencies not kept: {more:+d}")
        yield Piece("  " + words.format(more=effect.broken_soft))
    words = ngettext("{n} capability or package moves", "{n} capabilities and packages move", len(effect.moves))
    yield Piece("  " + words.format(n=len(effect.moves)))


def _shift(days: int) -> str:
    if not days:
        return _("as now")
    if days < 0:
        return ngettext("{n} day earlier", "{n} days earlier", -days).format(n=-days)
    return ngettext("{n} day later", "{n} days later", days).format(n=days)
