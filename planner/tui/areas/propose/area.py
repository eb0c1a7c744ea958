"""Propose and compare: strategies to propose by, the roadmaps found, each against the others and the adopted one."""

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer

from planner.catalog.load import load
from planner.model.knowledge import Strategy
from planner.model.project import Project
from planner.rollout.adopting import same_question
from planner.rollout.compare import ADOPTED, Comparison
from planner.rollout.compare import Column as Compared
from planner.rollout.found import Asked, Failed, Session, measured
from planner.rollout.result import Infeasible
from planner.text.i18n import N_, _, ngettext
from planner.tui.areas.area import Area
from planner.tui.areas.propose.beside import Beside, chosen
from planner.tui.areas.propose.keys import BINDINGS, LEGEND
from planner.tui.areas.propose.proposal import own_strategy
from planner.tui.areas.propose.rows import (
    BY,
    COLUMNS,
    about_roadmap,
    about_strategy,
    roadmap_rows,
    strategy_rows,
    wrapped,
)
from planner.tui.areas.propose.search_form import said
from planner.tui.areas.propose.searching import Answer, Job, Pursuit, outcome
from planner.tui.areas.propose.sheet import HEADING, Sheet
from planner.tui.judgement import Judgement
from planner.tui.widgets.lines import Bar, Block, Lines, Piece
from planner.tui.widgets.table import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

GLANCE = 0.5
"""Seconds between two looks at how far a search is."""

VIEWS = (N_("figures"), N_("differences"), N_("side by side"))
FIGURES, DIFFERENCES, BESIDE = range(len(VIEWS))


class ProposeArea(Area):
    """A table of roadmaps and strategies; searches run in a thread, one after the other."""

    BINDINGS: ClassVar[list[BindingType]] = BINDINGS
    legend = LEGEND

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.session = Session()
        self.asked = Asked()
        self.marked: set[str] = set()
        self.base = ""
        """The roadmap that the person chose to compare with; empty for the adopted one."""
        self.turned = FIGURES
        self.compared = Comparison((), (), (), "")
        self.pursuit = Pursuit()
        self._measured: tuple[Project, tuple[str, ...], str] | None = None
        self._clock: Timer | None = None
        self._words: dict[tuple[str, int], list[Piece]] = {}
        """What is said of each row in so many cells, until the table is drawn anew."""

    async def ready(self) -> None:
        await asyncio.to_thread(load)

    def compose(self) -> ComposeResult:
        yield Bar(id="asked")
        sheet = Sheet(COLUMNS, id="roadmaps")
        sheet.tells_more = True
        yield sheet
        beside = Beside(id="beside")
        beside.display = False
        yield beside
        search = Block(id="search")
        search.styles.height = 3
        search.display = False
        yield search
        told = Block(id="told")
        told.styles.height = "28%"
        told.styles.min_height = 5
        yield told

    def on_mount(self) -> None:
        self._clock = self.set_interval(GLANCE, self._look, pause=True)

    def on_unmount(self) -> None:
        self.pursuit.give_up()  # the session ends: the thread must not go on

    # What is where

    @property
    def sheet(self) -> Sheet:
        """The table."""
        return self.query_one(Sheet)

    @property
    def strategies(self) -> tuple[Strategy, ...]:
        """Those of the catalogue."""
        return load().strategies

    @property
    def strategy(self) -> Strategy | None:
        """The strategy under the cursor, or that of the roadmap there."""
        known, key = load().strategy_by_id, self.sheet.key
        if key.startswith(BY):
            return known[key.removeprefix(BY)]
        one = self.session.by_id(key)
        roadmap = one.candidate.roadmap if one else self.project.roadmap if key == ADOPTED else None
        return known.get(roadmap.strategy) if roadmap else None

    def column(self, ident: str) -> Compared | None:
        """A roadmap that is compared."""
        return next((column for column in self.compared.columns if column.candidate.id == ident), None)

    @property
    def current(self) -> str:
        return ""

    def select(self, item: str) -> bool:
        return self.sheet.find(BY + item)

    def judged(self, judgement: Judgement) -> None:
        """Roadmaps are judged here by themselves."""

    def enter(self) -> None:
        (self.query_one(Beside) if self.turned == BESIDE else self.sheet).focus()

    # Drawing

    def show(self, project: Project) -> None:
        self._measure()
        self._draw()

    def _measure(self) -> None:
        """Measure the roadmaps in a thread, unless they are measured already; the latest wins."""
        project, ids = self.project, tuple(found.id for found in self.session.found)
        before = self._measured
        if before and before[1:] == (ids, self.base) and _alike(before[0], project):
            return
        self._measured = (project, ids, self.base)
        if project.packages:
            self.run_worker(self._compare(), group="compare", exclusive=True)
        else:
            self.compared = Comparison((), (), (), "")

    async def _compare(self) -> None:
        found, project = list(self.session.found), self.project
        self.compared = await asyncio.to_thread(measured, project, found, self.strategies[0], self.base)
        self._draw()

    def _draw(self, key: str | None = None) -> None:
        """Draw the table; the cursor goes to ``key``, at the first time to the strategy that the plan follows."""
        self._words.clear()
        own = own_strategy(self.project, load()).id
        if key is None and not self.sheet.rows:
            key = BY + own
        self.sheet.first_time = self.project.roadmap is None and not self.session.found
        self.sheet.marked = self.marked
        base = self.column(self.compared.reference)
        rows = [*roadmap_rows(self.project, self.compared, self.session, self.turned == DIFFERENCES, base)]
        rows.append(Row(HEADING, banner=_("Strategies"), style="head"))
        rows += strategy_rows(self.project, self.strategies, self.session, own, self.asked, self._doing())
        self.sheet.show(rows, key)
        self._head()
        self._tell()

    def _head(self) -> None:
        right = [Piece(f" [{_(VIEWS[self.turned])}] ", "strong")]
        if self.marked:
            marked = ngettext("{n} marked", "{n} marked", len(self.marked)).format(n=len(self.marked))
            right.insert(0, Piece(f" {marked}", "key"))
        self.query_one("#asked", Bar).show([Piece(f" {said(self.asked)}", "dim")], right)

    def _doing(self) -> dict[str, str]:
        doing = {job.strategy.id: _("waits for its turn") for job in self.pursuit.waiting}
        job = self.pursuit.live
        return doing | ({job.strategy.id: _("searching...")} if job else {})

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._tell()

    def _tell(self) -> None:
        known = (self.sheet.key, max(20, self.size.width - 2))
        if known not in self._words:
            lines = wrapped(self._about(), known[1])
            self._words[known] = [Piece(f" {line.text}", line.style) for line in lines]
        self.query_one("#told", Block).show(self._words[known])

    def _about(self) -> "Iterator[Piece]":
        key = self.sheet.key
        column = self.column(key)
        if column:
            yield from about_roadmap(self.project, self.compared, column, self.session.by_id(key))
        elif key.startswith(BY):
            yield from about_strategy(
                self.project, load().strategy_by_id[key.removeprefix(BY)], self.session, self.asked
            )

    # Searching

    def search(self, *jobs: Job) -> None:
        """Do these after those that wait."""
        self.plan.say("")
        if self.pursuit.add(jobs):
            self.run_worker(self._pursue(), group="propose")
        self._draw()

    async def _pursue(self) -> None:
        assert self._clock is not None
        self._clock.resume()
        await self.pursuit.run(lambda: self.project, self._begins, self._keep)
        self._clock.pause()
        self.query_one("#search").display = False
        self.plan.working("")
        self._draw()

    def _begins(self, job: Job) -> None:
        self.plan.working(job.title)
        self._draw()

    def _look(self) -> None:
        """Draw how far the search is."""
        job, pursuit = self.pursuit.live, self.pursuit
        if job and self.display:
            block = self.query_one("#search", Block)
            block.show(job.lines(pursuit.begun, pursuit.begun + len(pursuit.waiting)))
            block.display = True

    def _keep(self, job: Job, project: Project, answer: Answer) -> None:
        """Take what a search found into the list, with the cursor on it where that still is where it was."""
        key, here = self.sheet.key, self.plan.area is self
        if isinstance(answer, Infeasible):
            self.session.failed[job.strategy.id] = Failed(answer, project, job.asked, job.search)
            mend = _("Enter shows what would mend it.") if here else _("g shows what would mend it.")
            words = _("{name}: no roadmap keeps everything. {mend}")
            self.plan.say(words.format(name=job.name, mend=mend), warn=True)
            return
        self.session.failed.pop(job.strategy.id, None)
        known = {one.id for one in self.session.found}
        kept = [self.session.add(found) for found in answer]
        self.plan.say(outcome(job, sum(one.id not in known for one in kept), kept, here))
        if kept and not self.pursuit.waiting and key == job.key:
            key = kept[0].id
        self.run_worker(self._compare_and_go(key), group="compare", exclusive=True)

    async def _compare_and_go(self, key: str) -> None:
        """Measure anew, and put the cursor on ``key`` once it is listed."""
        self._measured = (self.project, tuple(found.id for found in self.session.found), self.base)
        await self._compare()
        self.sheet.find(key)

    # What the keys do

    def why_not(self, action: str) -> str:
        key = self.sheet.key
        if action in ("open", "others") and not self.project.packages:
            return _("There is no work to plan yet: raise a target in Assessment (a) first.")
        if action == "others" and self.strategy is None:
            return _("This roadmap follows no strategy of the catalogue; choose a strategy.")
        if action in ("take", "cancel") and self.pursuit.live is None:
            return _("No search is under way.")
        if action == "base" and self.column(key) is None:
            return _("Choose a roadmap that the others are to be compared with.")
        if action == "remove" and self.session.by_id(key) is None:
            return _("Only roadmaps found here can be taken out; in Roadmap (r) X takes the adopted one back.")
        return ""

    def action_open(self) -> None:
        if self.turned == BESIDE:
            self.plan.say(_("t goes back to the list; there Enter opens a roadmap."), warn=True)
        elif self.may("open"):
            strategy = self.strategy
            if not self.sheet.key.startswith(BY):
                from planner.tui.areas.propose.acts import look_at

                self.talk(look_at(self, self.sheet.key))
            elif strategy:
                self._propose(strategy)

    def _propose(self, strategy: Strategy) -> None:
        """Propose by the marked strategies, else by the one of the cursor; one that has no roadmap is looked into."""
        chosen = [one for one in self.strategies if BY + one.id in self.marked] or [strategy]
        failed = self.session.failed.get(strategy.id)
        if chosen == [strategy] and failed and failed.holds(self.project, self.asked):
            from planner.tui.areas.propose.acts import mend

            self.talk(mend(self, strategy, failed))
            return
        self.marked -= {BY + one.id for one in chosen}
        self.search(*(Job(one, self.asked, self.sheet.key) for one in chosen))

    def action_mark(self) -> None:
        if self.turned != BESIDE and (key := self.sheet.key):
            self.marked ^= {key}
            self.sheet.marked = self.marked
            self.sheet.go(self.sheet.cursor + 1) if self.sheet.cursor + 1 < self.sheet.count else self.sheet.refresh()
            self._head()

    def action_mark_all(self) -> None:
        every = {BY + strategy.id for strategy in self.strategies}
        self.marked = self.marked - every if every <= self.marked else self.marked | every
        key = self.sheet.key
        self._draw(key if key.startswith(BY) else BY + self.strategies[0].id)

    def action_settings(self) -> None:
        from planner.tui.areas.propose.acts import change_settings

        self.talk(change_settings(self))

    def action_others(self) -> None:
        if self.may("others") and (strategy := self.strategy):
            self.search(Job(strategy, self.asked, self.sheet.key, others=True))

    def action_explain(self) -> None:
        from planner.tui.areas.propose.acts import explain

        self.talk(explain(self, self.sheet.key))

    def action_take(self) -> None:
        if self.may("take"):
            self.pursuit.take()
            self._look()

    def action_cancel(self) -> None:
        if self.may("cancel"):
            self.pursuit.give_up()
            self.query_one("#search").display = False
            self.plan.working("")
            self._draw()
            self.plan.say(_("Given up: the plan is as it was."))

    def action_remove(self) -> None:
        if self.may("remove"):
            key = self.sheet.key
            self.session.remove(key)
            self.marked.discard(key)
            self.base = "" if self.base == key else self.base
            self.show(self.project)

    def action_base(self) -> None:
        if self.may("base"):
            self.base = self.sheet.key
            self.show(self.project)

    def action_turn(self) -> None:
        """The next view; side by side only where there are two roadmaps."""
        self.turned = (self.turned + 1) % len(VIEWS)
        columns = chosen(self.compared, self.marked, self.sheet.key) if self.turned == BESIDE else []
        if self.turned == BESIDE and len(columns) < 2:
            self.turned = FIGURES
            self.plan.say(_("Two roadmaps can be looked at side by side; there is only one."))
        beside = self.query_one(Beside)
        if self.turned == BESIDE:
            beside.show(self.project, self.compared, columns)
        beside.display = self.turned == BESIDE
        self.sheet.display = self.query_one("#told").display = self.turned != BESIDE
        self._draw()
        self.enter()


def _alike(one: Project, other: Project) -> bool:
    """Whether roadmaps come to the same figures in both."""
    return same_question(one, other) and (one.roadmap, one.phases) == (other.roadmap, other.phases)
