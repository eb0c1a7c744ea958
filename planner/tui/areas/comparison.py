"""Roadmaps side by side: of all strategies, or others that are nearly as good to one; one of them can be adopted."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.catalog.load import load
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.rollout.compare import Candidate, Comparison
from planner.rollout.compare import Column as Compared
from planner.rollout.result import Infeasible
from planner.rollout.watch import Watch
from planner.text.i18n import N_, _, language, listed, ngettext
from planner.tui.areas.area import Area
from planner.tui.areas.proposal import adopting, told
from planner.tui.areas.search_form import cannot, effort, effort_fields
from planner.tui.screens.dialog import Dialog, Notice
from planner.tui.screens.form import Form
from planner.tui.screens.preview import Preview
from planner.tui.screens.working import Searching
from planner.tui.widgets.lines import Lines, Piece
from planner.tui.widgets.prose import Prose, Unread
from planner.tui.widgets.table import Column, Row, Table

Compare = Callable[[Watch], Comparison | Infeasible]

_OUT = "out:"
"""Prefix of the keys of what could not be compared."""

_COLUMNS = (
    Column("", 1),
    Column(N_("Roadmap"), 18, share=1),
    Column(N_("First"), 6, align=">"),
    Column(N_("Week"), 6, align=">"),
    Column(N_("Finish"), 11, align=">"),
    Column(N_("Peak"), 6, align=">"),
    Column(N_("Change"), 6, align=">"),
    Column(N_("Soft"), 5, align=">"),
    Column(N_("Late"), 5, align=">"),
    Column(N_("Phases"), 6, align=">", wide=90),
    Column(N_("Moved"), 6, align=">", wide=90),
)


async def compare_roadmaps(area: Area) -> None:
    """Ask how to search, compare all strategies in the background, show them, adopt what is chosen."""
    from planner.rollout.compare import compare

    project, catalogue = area.project, load()
    intro = _("Proposes by every strategy, and puts the roadmaps side by side. A time limit is for each.")
    values = await area.ask(Form(_("Compare strategies"), effort_fields(), cannot, intro))
    if values is None:
        return
    asked = effort(values)

    def work(watch: Watch) -> Comparison:
        return compare(project, catalogue.strategies, solver=asked.solver, time_limit=asked.time_limit, watch=watch)

    found = await _compared(area, _("Comparing strategies"), work)
    if found is not None:
        await _choose(area, _("Strategies side by side"), found, catalogue)


async def _compared(area: Area, title: str, work: Compare) -> Comparison | None:
    """What ``work`` finds; None when it was given up or there is nothing to compare, which is said."""
    found = await area.ask(Searching(title, work))
    if found is None:
        area.plan.say(_("Given up: the plan is as it was."))
    elif isinstance(found, Infeasible):
        await area.ask(Notice(_("No feasible roadmap"), [f"- {conflict.message}" for conflict in found.conflicts]))
    else:
        return found
    return None


async def _choose(area: Area, title: str, found: Comparison, catalogue: Catalogue, chosen: str = "") -> bool:
    """Show ``found`` until one is adopted, which is an edit, or the dialog is closed; whether one was adopted."""
    project = area.project
    while True:
        answer = await area.ask(SideBySide(project, title, found, chosen))
        if answer is None:
            return False
        act, chosen = answer
        candidate = found.column(chosen).candidate
        if act == "others":
            others = await _others(area, catalogue, candidate.roadmap.strategy)
            if others and await _choose(area, *others, catalogue):
                return True
        elif await _accepted(area, found, candidate, catalogue):
            words = _("Roadmap by {name}").format(name=candidate.name)
            area.edit(words, adopting(candidate.roadmap, candidate.phases))
            return True


async def _accepted(area: Area, found: Comparison, candidate: Candidate, catalogue: Catalogue) -> bool:
    """Show all there is to say of one roadmap; whether it is wanted. That of the plan itself is only shown."""
    project = area.project
    strategy = catalogue.strategy_by_id.get(candidate.roadmap.strategy)
    lines = [
        *sheet(found, candidate),
        Piece(""),
        *told(project, candidate.roadmap, candidate.phases, strategy=strategy),
    ]
    if candidate.kind == "adopted":
        await area.ask(Notice(candidate.name, lines))
        return False
    return await area.ask(Preview(candidate.name, lines)) is True


async def _others(area: Area, catalogue: Catalogue, strategy_id: str) -> tuple[str, Comparison] | None:
    """The title and comparison of roadmaps that begin otherwise and are nearly as good to a strategy."""
    from planner.rollout.alternatives import compare_alternatives

    project, strategy = area.project, catalogue.strategy_by_id[strategy_id]
    name = strategy.name.in_(language())

    def work(watch: Watch) -> Comparison | Infeasible:
        try:
            return compare_alternatives(project, strategy, watch=watch)
        except Infeasible as error:
            return error

    found = await _compared(area, _("Looking for other ways: {name}").format(name=name), work)
    return (_("Other ways by {name}").format(name=name), found) if found else None


class SideBySide(Dialog[tuple[str, str]]):
    """Returns what is wanted and of which roadmap: ``open`` it, or look for ``others`` of its strategy."""

    box = "wide tall"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("look, adopt")),
        Binding(
            "n", "others", N_("nearly as good"), tooltip=N_("Other roadmaps that are nearly as good to the strategy")
        ),
    ]

    def __init__(self, project: Project, title: str, found: Comparison, chosen: str = "") -> None:
        super().__init__(title)
        self.project = project
        self.found = found
        self.chosen = chosen

    def body(self) -> ComposeResult:
        table = Table(_COLUMNS)
        table.add_class("list")
        table.tells_more = True
        rows = [_row(column) for column in self.found.columns]
        out, untried = _("{name}: could not be compared"), _("{name}: not tried: you stopped")
        rows += [
            Row(_OUT + e.id, banner=(out if e.tried else untried).format(name=e.name), style="dim")
            for e in self.found.left_out
        ]
        table.show(rows, self.chosen or self.found.reference)
        yield table
        yield Unread(id="about")
        yield Unread([Piece(_legend(), "dim")])

    def on_mount(self) -> None:
        self.query_one(Table).focus()
        self._tell()

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._tell()
        self.renew_footer()

    def footer(self, action: str, words: str) -> str:
        key = self.query_one(Table).key
        kind = self.found.column(key).candidate.kind if key and not key.startswith(_OUT) else ""
        if action == "open":
            return {"": "", "adopted": _("look")}.get(kind, words)
        return "" if action == "others" and (kind != "strategy" or self._alternatives) else words

    @property
    def _alternatives(self) -> bool:
        """Whether these are the ways that are nearly as good to one strategy."""
        return any(column.candidate.kind == "alternative" for column in self.found.columns)

    def _tell(self) -> None:
        self.query_one("#about", Prose).show([*self._about(self.query_one(Table).key)])

    def _about(self, key: str) -> Iterator[Piece]:
        if key.startswith(_OUT):
            entry = next(e for e in self.found.left_out if _OUT + e.id == key)
            if not entry.tried:
                yield Piece(_("You stopped the comparison before this strategy was tried; b compares again."))
                return
            yield from (Piece(f"! {reason}", "warn") for reason in entry.reasons)
            if entry.advice:
                yield Piece(_("What to do: {advice}").format(advice=entry.advice))
        elif key:
            column = self.found.column(key)
            yield from standing(self.found, column)
            begins = listed(map(self.project.title, column.first))
            yield Piece(_("begins with {items}").format(items=begins), "dim")

    def _candidate(self) -> Candidate | None:
        """The roadmap under the cursor; says so where there is none."""
        key = self.query_one(Table).key
        if key and not key.startswith(_OUT):
            return self.found.column(key).candidate
        self._refuse(_("There is no roadmap to look at here."))
        return None

    def _refuse(self, words: str) -> None:
        self.query_one("#about", Prose).show([Piece(f"! {words}", "warn")])

    def action_open(self) -> None:
        if candidate := self._candidate():
            self.dismiss(("open", candidate.id))

    def action_others(self) -> None:
        candidate = self._candidate()
        if candidate is None:
            return
        if self._alternatives:
            self._refuse(_("These are the ways that are nearly as good; Esc goes back to the strategies."))
        elif candidate.kind == "adopted":
            self._refuse(_("Choose a strategy for that, not the adopted roadmap."))
        else:
            self.dismiss(("others", candidate.id))


def _legend() -> str:
    return _(
        "First: days to the first result. Week: mean week of the results. Peak: load of the busiest role. "
        "Change: processes at once. Soft: dependencies not kept. Late: weeks. "
        "+ no other is as good in every figure and better in one; * no other is better in this; ! breaks a rule"
    )


def _row(column: Compared) -> Row:
    """A roadmap with its figures; ``*`` before those in which no other is better."""
    figures, candidate = column.figures, column.candidate
    mark = "!" if candidate.broken else "+" if column.unbeaten else ""

    def cell(metric: str, words: str) -> str:
        return f"*{words}" if metric in column.best else words

    return Row(
        candidate.id,
        (
            Piece(mark, "warn" if candidate.broken else "strong"),
            candidate.name,
            cell("first_value", str(figures.first_value)),
            cell("value", f"{figures.value:.1f}"),
            cell("finish", str(figures.finish)),
            cell("peak", f"{figures.peak} %"),
            cell("change", str(figures.change)),
            cell("soft", str(figures.soft)),
            cell("late", f"{figures.late:.1f}"),
            str(figures.phases),
            "-" if figures.moved is None else f"{figures.moved:.1f}",
        ),
    )


def standing(found: Comparison, column: Compared) -> Iterator[Piece]:
    """How one roadmap stands among the others: where it wins and at what price, and whether another beats it."""
    candidate = column.candidate
    if column.tradeoff:
        yield Piece(column.tradeoff.words)
    if candidate.cost is not None:
        worse = _("{share:.1f} % worse by the strategy's weights than its own proposal")
        better = _("{share:.1f} % better by the strategy's weights, but not in the order that it asks for")
        yield Piece((worse if candidate.cost > 0 else better).format(share=abs(candidate.cost) * 100))
    if column.beaten_by:
        names = listed(found.column(ident).candidate.name for ident in column.beaten_by)
        yield Piece(_("beaten by {names}: as good in every figure and better in one").format(names=names))
    elif not candidate.broken:
        yield Piece(_("no other is as good in every figure and better in one"))
    for words in candidate.broken[:3]:
        yield Piece(f"! {words}", "warn")
    if len(candidate.broken) > 3:
        more = ngettext("! and {n} more", "! and {n} more", len(candidate.broken) - 3)
        yield Piece(more.format(n=len(candidate.broken) - 3), "warn")


def sheet(found: Comparison, candidate: Candidate) -> Iterator[Piece]:
    """One roadmap against each of the others: where it wins, at what price, and how much they differ."""
    yield from standing(found, found.column(candidate.id))
    for pair in found.apart:
        if candidate.id not in (pair.one, pair.other):
            continue
        other = found.column(pair.other if pair.one == candidate.id else pair.one).candidate
        differs = _(
            "differs by {order:.0f} % of all pairs of capabilities in the other order, "
            "and {phases} of {all} in another phase"
        ).format(order=pair.order * 100, phases=pair.phases, all=pair.capabilities)
        yield Piece("")
        yield Piece(found.tradeoff(candidate.id, other.id).words)
        yield Piece("  " + differs, "dim")
