"""A proposed roadmap: how it is found, told in lines, and adopted."""

from collections.abc import Iterator

from planner.export.outline import outline
from planner.export.words import number, percent, quality
from planner.model.knowledge import Catalogue, Strategy
from planner.model.project import Phase, Project, Roadmap
from planner.rollout.found import Asked
from planner.rollout.result import Infeasible, Metrics, Proposal
from planner.rollout.watch import Watch
from planner.text.i18n import _, language, ngettext
from planner.text.width import fit
from planner.tui.areas.area import Change
from planner.tui.widgets.lines import Piece


def own_strategy(project: Project, catalogue: Catalogue) -> Strategy:
    """The strategy by which the roadmap was found, else that of the plan or its template, else the first there is."""
    known = catalogue.strategy_by_id
    template = catalogue.engagement_by_id.get(project.engagement.template)
    ways = (
        project.roadmap.strategy if project.roadmap else "",
        project.engagement.strategy,
        template.strategy if template else "",
    )
    return next((known[way] for way in ways if way in known), catalogue.strategies[0])


def adopting(roadmap: Roadmap, phases: tuple[Phase, ...]) -> Change:
    """The edit that makes ``roadmap`` the plan's own, and its strategy the one that the plan follows."""
    from planner.edit.facts import change_engagement
    from planner.edit.roadmap import adopt

    return lambda plan: change_engagement(adopt(plan, roadmap, phases), strategy=roadmap.strategy)


def attempt(project: Project, strategy: Strategy, asked: Asked, watch: Watch) -> Proposal | Infeasible:
    """The proposal, or why there is none."""
    from planner.rollout.propose import propose

    try:
        return propose(
            project,
            strategy,
            phases=asked.phases,
            seed=asked.seed,
            solver=asked.solver,
            time_limit=asked.time_limit,
            watch=watch,
        )
    except Infeasible as error:
        return error


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
        yield from (Piece(f"  {item.finish}  {project.title(item.id)}") for item in phase.items)
        yield from (Piece(_("  Gate: {criterion}").format(criterion=words)) for words in phase.phase.exit_criteria)


def _facts(metrics: Metrics) -> Iterator[tuple[str, str]]:
    yield _("Days to the first result"), str(metrics.days_to_first_value)
    yield _("Working days in all"), str(metrics.working_days)
    yield _("Highest load of a role"), percent(max(metrics.peak_load.values(), default=0.0))
    yield _("Soft dependencies not kept"), number(metrics.broken_soft_dependencies)
