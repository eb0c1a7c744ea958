"""Having a roadmap proposed: by which strategy, the wait, what it would change, yes or no."""

from collections.abc import Iterator

from planner.export.outline import outline
from planner.export.words import number, percent, quality
from planner.model.knowledge import Catalogue, Strategy
from planner.model.project import Phase, Project, Roadmap
from planner.rollout.result import Infeasible, Metrics, Proposal
from planner.rollout.watch import Watch
from planner.text.i18n import _, language, listed, ngettext
from planner.text.width import fit
from planner.tui.areas.area import Area, Change
from planner.tui.areas.repairs import tell_infeasible
from planner.tui.areas.search_form import Effort, cannot, effort, effort_fields
from planner.tui.screens.form import Form, OneOf, Text
from planner.tui.screens.preview import Preview
from planner.tui.screens.working import Searching
from planner.tui.typed import positive_or_none
from planner.tui.widgets.lines import Piece


async def propose_roadmap(area: Area) -> None:
    """Ask for strategy, phases and solver, propose in the background, show the proposal, adopt it when accepted."""
    from planner.catalog.load import load

    catalogue = load()
    project = area.project
    wish = project.roadmap.strategy if project.roadmap else project.engagement.strategy
    fields = [*_fields(catalogue.strategies, wish), *effort_fields()]
    values = await area.ask(Form(_("Propose a roadmap"), fields, cannot))
    if values is not None:
        await propose_and_show(area, catalogue.strategy_by_id[values["strategy"]], values["phases"], effort(values))


async def propose_and_show(area: Area, strategy: Strategy, phases: int | None, effort: Effort) -> bool:
    """Propose in the background, show the proposal, adopt it when accepted; say what stands in the way of one.

    Whether a roadmap was adopted.
    """
    project = area.project
    name = strategy.name.in_(language())
    search = Searching(
        _("Proposing: {name}").format(name=name), lambda watch: attempt(project, strategy, phases, effort, watch)
    )
    answer = await area.ask(search)
    if answer is None:
        area.plan.say(_("Given up: the plan is as it was."))
    elif isinstance(answer, Infeasible):
        return await tell_infeasible(
            area,
            project,
            answer,
            strategy,
            phases,
            lambda count: propose_and_show(area, strategy, count, effort),
            search.early,
        )
    elif await area.ask(
        Preview(
            _("Proposal: {name}").format(name=name),
            [*told(project, answer.roadmap, answer.phases, phases, strategy, search.early)],
        )
    ):
        area.edit(_("Roadmap by {name}").format(name=name), adopting(answer.roadmap, answer.phases))
        return True
    return False


def own_strategy(project: Project, catalogue: Catalogue) -> Strategy:
    """The strategy by which the roadmap was found, else the one that the plan follows, else the first there is."""
    known = catalogue.strategy_by_id
    own = project.roadmap.strategy if project.roadmap else ""
    return known.get(own) or known.get(project.engagement.strategy) or catalogue.strategies[0]


def adopting(roadmap: Roadmap, phases: tuple[Phase, ...]) -> Change:
    """The edit that makes ``roadmap`` the plan's own, and its strategy the one that the plan follows."""
    from planner.edit.facts import change_engagement
    from planner.edit.roadmap import adopt

    return lambda plan: change_engagement(adopt(plan, roadmap, phases), strategy=roadmap.strategy)


def attempt(
    project: Project, strategy: Strategy, phases: int | None, effort: Effort, watch: Watch
) -> Proposal | Infeasible:
    """The proposal, or why there is none."""
    from planner.rollout.propose import propose

    try:
        return propose(
            project, strategy, phases=phases, solver=effort.solver, time_limit=effort.time_limit, watch=watch
        )
    except Infeasible as error:
        return error


def _fields(strategies: tuple[Strategy, ...], wish: str) -> list[Text | OneOf]:
    tongue = language()
    notes = {
        s.id: _("{logic}\nSuits: {suits}\nAvoid when: {avoid}").format(
            logic=s.logic.in_(tongue), suits=s.suits.in_(tongue), avoid=s.avoid.in_(tongue)
        )
        for s in strategies
    }
    return [
        OneOf("strategy", _("Strategy"), tuple((s.id, s.name.in_(tongue)) for s in strategies), wish, notes=notes),
        Text("phases", _("Number of phases"), "", positive_or_none, _("empty: as many as fit the work")),
    ]


def told(
    project: Project,
    roadmap: Roadmap,
    phases: tuple[Phase, ...],
    asked: int | None = None,
    strategy: Strategy | None = None,
    early: bool = False,
    present: Project | None = None,
) -> Iterator[Piece]:
    """A roadmap in lines: how good it is known to be, what it takes liberties with, how it compares, its phases.

    ``asked`` is the number of phases that was asked for; ``early`` when the search was ended before its time.
    ``present`` is the plan as it stands, where ``project`` is one that was changed.
    """
    from planner.rollout.metrics import metrics
    from planner.rollout.verify import verify

    yield Piece(_("How good it is: {quality}").format(quality=quality(roadmap.status, roadmap.gap)))
    if early:
        yield Piece(_("The search was ended early: this is the best found until then."), "warn")
    if asked not in (None, len(phases)):
        words = _("{asked} phases were asked for; {n} could be made")
        yield Piece(words.format(asked=asked, n=len(phases)), "warn")
    if roadmap.absorption:
        words = _("{n} processes may change at once, where the plan allows {limit}: {reason}")
        reason = strategy.absorption_reason if strategy else None
        yield Piece(
            words.format(
                n=roadmap.absorption,
                limit=project.limits.absorption,
                reason=reason.in_(language()) if reason else "-",
            ),
            "warn",
        )

    then = metrics(project, roadmap, phases)
    present = present or project
    now = metrics(present, present.roadmap) if present.roadmap else None
    broken = len(verify(present)) if now else 0
    title = _("now !") if broken else _("now") if now else ""
    yield Piece(fit("", 34) + fit(_("proposed"), 14) + title, "head")
    for (label, after), (_label, before) in zip(_facts(then), _facts(now or then), strict=True):
        yield Piece(fit(label, 34) + fit(after, 14) + (before if now else ""))
    if broken:
        words = ngettext(
            "! The roadmap as it is now breaks {n} constraint, so its figures are none that can be kept.",
            "! The roadmap as it is now breaks {n} constraints, so its figures are none that can be kept.",
            broken,
        )
        yield Piece(words.format(n=broken), "warn")
    for phase in outline(project, roadmap, phases):
        yield Piece("")
        days = _("{start} to {finish}").format(start=phase.start, finish=phase.finish) if phase.start else ""
        yield Piece(f"{phase.number} {phase.phase.name}  {days}", "strong")
        if phase.phase.goal:
            yield Piece(f"  {phase.phase.goal}", "dim")
        yield Piece("  " + listed(project.title(item.id) for item in phase.items))


def _facts(metrics: Metrics) -> Iterator[tuple[str, str]]:
    yield _("Days to the first result"), str(metrics.days_to_first_value)
    yield _("Working days in all"), str(metrics.working_days)
    yield _("Highest load of a role"), percent(max(metrics.peak_load.values(), default=0.0))
    yield _("Soft dependencies not kept"), number(metrics.broken_soft_dependencies)
