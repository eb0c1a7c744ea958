"""The table of roadmaps and strategies, and what is said of each row: pure functions of what was found."""

from collections.abc import Collection, Iterable, Iterator

from planner.catalog.load import load
from planner.export.words import percent_up, quality
from planner.model.knowledge import Strategy
from planner.model.project import Project, Roadmap
from planner.rollout.compare import ADOPTED, Comparison
from planner.rollout.compare import Column as Compared
from planner.rollout.compared.figures import JUDGED
from planner.rollout.found import Asked, Found, Session
from planner.rollout.result import Unsuited
from planner.text.i18n import N_, _, language, listed, ngettext
from planner.text.width import cut, wrap
from planner.tui.areas.propose.comparison import standing
from planner.tui.areas.propose.search_form import said
from planner.tui.areas.propose.searching import best_over_time
from planner.tui.named import in_names
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.table import Column, Row

BY = "by:"
"""Prefix of the keys of strategies; the others are ids of roadmaps."""

COLUMNS = (
    Column("", 2),
    Column(N_("Roadmap"), 17, share=1, ends=True),
    Column(N_("Within"), 7, align=">", narrow=110),
    Column(N_("How good it is"), 26, wide=110),
    Column(N_("First"), 5, align=">"),
    Column(N_("Week"), 6, align=">"),
    Column(N_("Finish"), 11, align=">"),
    Column(N_("Peak"), 5, align=">", wide=76),
    Column(N_("Chg"), 4, align=">", wide=76),
    Column(N_("Soft"), 4, align=">", wide=76),
    Column(N_("Late"), 6, align=">", wide=76),
    Column(N_("Phases"), 6, align=">", wide=92),
    Column(N_("Moved"), 6, align=">", wide=92),
)

SAID = {
    "first_value": N_("First result"),
    "value": N_("Mean week"),
    "finish": N_("Finish"),
    "peak": N_("Peak load"),
    "change": N_("Change"),
    "soft": N_("Soft links"),
    "late": N_("Weeks late"),
}
"""The figures where there is room for words."""


def roadmap_rows(
    project: Project, found: Comparison, session: Session, differences: bool, base: Compared | None
) -> Iterator[Row]:
    """A row for each roadmap, the adopted one first, then as they were found."""
    columns = {column.candidate.id: column for column in found.columns}
    out = {entry.id: entry for entry in found.left_out}
    for ident in (ADOPTED, *(one.id for one in session.found)):
        if ident in columns:
            one = session.by_id(ident)
            stale = one is not None and one.stale(project)
            yield _row(columns[ident], base if differences else None, stale, alone=len(columns) == 1)
        elif ident in out:
            why = _("; ").join(in_names(project, reason) for reason in out[ident].reasons)
            yield Row(ident, (out[ident].name, Piece(f"! {why}", "warn")))


def _row(column: Compared, base: Compared | None, stale: bool, alone: bool) -> Row:
    """One that is ``alone`` is best in nothing."""
    figures, candidate = column.figures, column.candidate
    sign = ("!" if candidate.broken else "") + ("~" if stale else "")
    sign = sign or ("=" if base is column else "*" if column.unbeaten and not alone else "")
    tell = figure if alone else shown
    cells = [difference(column, base, metric) if base else Piece(tell(column, metric)) for metric in JUDGED]
    return Row(
        candidate.id,
        (
            Piece(sign, "strong" if sign in "=*" else "warn"),
            candidate.name,
            within(candidate.roadmap),
            known(candidate.roadmap),
            *cells,
            str(figures.phases),
            "-" if figures.moved is None else f"{figures.moved:.1f}",
        ),
    )


def within(roadmap: Roadmap) -> str:
    """How near to the best possible a roadmap is known to be, in a word."""
    if roadmap.status == "edited":
        return _("edited")
    if roadmap.status == "stale":
        return _("stale")
    if roadmap.status == "optimal":
        return _("proven")
    return percent_up(roadmap.gap) if roadmap.gap is not None and roadmap.gap < 1 else "?"


def known(roadmap: Roadmap) -> str:
    """The same in a few words."""
    words = {"edited": _("changed by hand"), "stale": _("stale since a merge"), "optimal": _("proven best")}
    if roadmap.status in words:
        return words[roadmap.status]
    if within(roadmap) == "?":
        return _("heuristic, bound unknown")
    return _("within {gap} of the best").format(gap=within(roadmap))


def wrapped(pieces: Iterable[Piece], cells: int, most: int) -> list[Piece]:
    """Paragraphs as lines of at most ``cells`` cells; what does not fit into ``most`` lines is seen to be cut."""
    lines = [Piece(line, style) for text, style in pieces for line in wrap(text, cells)]
    if len(lines) <= most:
        return lines
    text, style = lines[most - 1]
    return [*lines[: most - 1], Piece(cut(f"{text} ...", cells), style)]


def figure(column: Compared, metric: str) -> str:
    """A figure as people read it."""
    value = getattr(column.figures, metric)
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def shown(column: Compared, metric: str) -> str:
    """A figure, with ``*`` where no other roadmap is better in it."""
    return f"*{figure(column, metric)}" if metric in column.best else figure(column, metric)


def difference(column: Compared, base: Compared, metric: str) -> Piece:
    """By how much a figure is more (``+``) or less than that of ``base``; of ``base`` itself the figure."""
    if column is base:
        return Piece(figure(column, metric))
    by = round(column.figures.amount(metric) - base.figures.amount(metric), 1)
    if not by:
        return Piece("=", "dim")
    words = f"{by:+.0f}" if isinstance(getattr(column.figures, metric), int) else f"{by:+.1f}"
    if metric == "finish":
        words = _("{by:+.0f} d").format(by=by)
    return Piece(words, "good" if by < 0 else "warn")


def strategy_rows(
    project: Project,
    strategies: Collection[Strategy],
    session: Session,
    own: str,
    asked: Asked,
    doing: dict[str, str],
) -> Iterator[Row]:
    """A row for each strategy: what became of it, else whom it suits. ``doing`` says what is being done by it."""
    tongue = language()
    for strategy in strategies:
        words = Piece(strategy.suits.in_(tongue), "dim")
        made = [one for one in session.found if one.candidate.roadmap.strategy == strategy.id]
        fresh = sum(not one.stale(project) for one in made)
        failed = session.failed.get(strategy.id)
        if strategy.id in doing:
            words = Piece(doing[strategy.id], "key")
        elif failed and failed.holds(project, asked):
            reasons = _("; ").join(in_names(project, conflict.message) for conflict in failed.error.conflicts)
            words = Piece(_("! no roadmap: {why}").format(why=reasons), "warn")
        elif fresh:
            words = Piece(ngettext("{n} roadmap found", "{n} roadmaps found", fresh).format(n=fresh))
        elif made:
            words = Piece(_("the plan has changed; Enter proposes again"), "warn")
        elif strategy.id == own:
            follows = _("the plan follows it") if project.roadmap else _("recommended for this plan")
            words = Piece(_("{follows}. {suits}").format(follows=follows, suits=words.text))
        yield Row(BY + strategy.id, (strategy.name.in_(tongue), words))


def about_strategy(project: Project, strategy: Strategy, session: Session, asked: Asked) -> Iterator[Piece]:
    """What a strategy does first, whom it suits, and why it has no roadmap."""
    tongue = language()
    failed = session.failed.get(strategy.id)
    if failed and failed.holds(project, asked):
        for conflict in failed.error.conflicts:
            yield Piece(f"! {in_names(project, conflict.message)}", "warn")
        if isinstance(failed.error, Unsuited):
            yield Piece(_("What to do: {advice}").format(advice=failed.error.advice))
        else:
            yield Piece(_("Enter looks for what would mend it."))
        return
    yield Piece(strategy.logic.in_(tongue))
    yield Piece(_("Suits: {suits}").format(suits=strategy.suits.in_(tongue)), "dim")
    yield Piece(_("Avoid when: {avoid}").format(avoid=strategy.avoid.in_(tongue)), "dim")


def about_roadmap(project: Project, found: Comparison, column: Compared, one: Found | None) -> Iterator[Piece]:
    """How good a roadmap is, where it wins and at what price, how it was found."""
    roadmap = column.candidate.roadmap
    if one and one.stale(project):
        words = _("~ Made for an earlier state of the plan; Enter on its strategy proposes again.")
        yield Piece(words, "warn")
    if one and project.roadmap and one.candidate.roadmap.packages == project.roadmap.packages:
        yield Piece(_("This is the adopted roadmap."), "strong")
    if len(found.columns) > 1 or column.candidate.broken:
        yield from (Piece(in_names(project, text), style) for text, style in standing(found, column))
    yield Piece(_("begins with {items}").format(items=listed(map(project.title, column.first))), "dim")
    told = [quality(roadmap.status, roadmap.gap)]
    if one and one.search.early:
        told.append(_("ended early"))
    if roadmap.absorption:
        told.append(_("up to {n} processes change at once, on purpose").format(n=roadmap.absorption))
    yield Piece(_("; ").join(told), "dim")
    if one is None:
        return
    strategy = load().strategy_by_id.get(roadmap.strategy)
    name = strategy.name.in_(language()) if strategy else roadmap.strategy
    words = _("by {strategy}: {how}; {n:.0f} s, {tried} tried")
    how, search = said(one.asked), one.search
    yield Piece(words.format(strategy=name, how=how, n=search.seconds, tried=search.tried), "dim")
    if drawn := best_over_time(one.search):
        yield Piece(drawn, "dim")
