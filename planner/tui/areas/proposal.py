"""Having a roadmap proposed: by which strategy, the wait, what it would change, yes or no."""

from collections.abc import Iterator

from planner.export.outline import outline
from planner.export.words import number, percent
from planner.model.knowledge import Strategy
from planner.model.project import Project
from planner.rollout.result import Infeasible, Metrics, Proposal, Unsuited
from planner.text.i18n import _, language, listed
from planner.text.width import fit
from planner.tui.areas.area import Area
from planner.tui.screens.dialog import Notice
from planner.tui.screens.form import Form, OneOf, Text, Values
from planner.tui.screens.preview import Preview
from planner.tui.screens.working import Working
from planner.tui.typed import positive_or_none
from planner.tui.widgets.lines import Piece


async def propose_roadmap(area: Area) -> None:
    """Ask for strategy and phases, propose in the background, show the proposal, adopt it when accepted."""
    from planner.catalog.load import load
    from planner.edit.facts import change_engagement
    from planner.edit.roadmap import adopt

    catalogue = load()
    project = area.project
    wish = project.roadmap.strategy if project.roadmap else project.engagement.strategy
    values = await area.ask(Form(_("Propose a roadmap"), _fields(catalogue.strategies, wish)))
    if values is None:
        return
    strategy = catalogue.strategy_by_id[values["strategy"]]
    name = strategy.name.in_(language())
    answer = await area.ask(
        Working(_("Proposing: {name}").format(name=name), lambda: attempt(project, strategy, values))
    )
    if answer is None:
        area.plan.say(_("Given up: the plan is as it was."))
    elif isinstance(answer, Infeasible):
        intro = _("No roadmap keeps everything that the plan promises:")
        unsuited = answer.advice if isinstance(answer, Unsuited) else ""
        advice = unsuited or _(
            "Move a deadline, give a role more capacity, allow more change at once, or take work out; "
            "then propose again."
        )
        conflicts = [Piece(f"- {conflict.message}") for conflict in answer.conflicts]
        await area.ask(
            Notice(_("No feasible roadmap"), [Piece(intro), Piece(""), *conflicts, Piece(""), Piece(advice, "dim")])
        )
    elif await area.ask(
        Preview(_("Proposal: {name}").format(name=name), [*told(project, answer, values["phases"], strategy)])
    ):
        area.edit(
            _("Roadmap by {name}").format(name=name),
            lambda plan: change_engagement(adopt(plan, answer.roadmap, answer.phases), strategy=strategy.id),
        )


def attempt(project: Project, strategy: Strategy, values: Values) -> Proposal | Infeasible:
    """The proposal, or why there is none."""
    from planner.rollout.propose import propose

    try:
        return propose(project, strategy, phases=values["phases"])
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
    project: Project, proposal: Proposal, asked: int | None = None, strategy: Strategy | None = None
) -> Iterator[Piece]:
    """A proposal in lines: what it takes liberties with, how it compares with the present roadmap, its phases."""
    from planner.rollout.metrics import metrics

    count = len(proposal.phases)
    if asked not in (None, count):
        yield Piece(_("{asked} phases were asked for; {n} could be made").format(asked=asked, n=count), "warn")
    if proposal.roadmap.absorption:
        words = _("{n} processes may change at once, where the plan allows {limit}: {reason}")
        reason = strategy.absorption_reason if strategy else None
        yield Piece(
            words.format(
                n=proposal.roadmap.absorption,
                limit=project.limits.absorption,
                reason=reason.in_(language()) if reason else "-",
            ),
            "warn",
        )

    now = metrics(project, project.roadmap) if project.roadmap else None
    yield Piece(fit("", 34) + fit(_("proposed"), 14) + (_("now") if now else ""), "head")
    for (label, after), (_label, before) in zip(
        _facts(proposal.metrics), _facts(now) if now else _facts(proposal.metrics), strict=True
    ):
        yield Piece(fit(label, 34) + fit(after, 14) + (before if now else ""))
    for phase in outline(project, proposal.roadmap, proposal.phases):
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
