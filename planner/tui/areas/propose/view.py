"""What is drawn of the place: the table of roadmaps and strategies, how searches are to go, what is said of a row."""

import asyncio
from collections.abc import Iterator

from textual.app import ComposeResult
from textual.events import Resize

from planner.catalog.load import load
from planner.model.knowledge import Strategy
from planner.model.project import Project
from planner.rollout.adopting import same_question
from planner.rollout.compare import ADOPTED, Comparison
from planner.rollout.compare import Column as Compared
from planner.rollout.found import Asked, Session, measured
from planner.text.i18n import N_, _, ngettext
from planner.tui.areas.area import Area
from planner.tui.areas.propose.beside import Beside
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
from planner.tui.areas.propose.searching import Pursuit
from planner.tui.areas.propose.sheet import HEADING, Sheet
from planner.tui.judgement import Judgement
from planner.tui.widgets.lines import Bar, Block, Lines, Piece
from planner.tui.widgets.table import Row

VIEWS = (N_("figures"), N_("differences"), N_("side by side"))
FIGURES, DIFFERENCES, BESIDE = range(len(VIEWS))


class ProposeView(Area):
    """What is shown and where the cursor stands; the keys are those of ``ProposeArea``."""

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
        self._words: dict[tuple[str, int, int], list[Piece]] = {}
        """What is said of each row in so many cells and lines, until the table is drawn anew."""

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
        self.draw()

    def _measure(self) -> None:
        """Measure the roadmaps in a thread, unless they are measured already; the latest wins."""
        project, ids = self.project, tuple(found.id for found in self.session.found)
        before = self._measured
        if before and before[1:] == (ids, self.base) and _alike(before[0], project):
            return
        self._measured = (project, ids, self.base)
        if project.packages:
            self.run_worker(self.compare(), group="compare", exclusive=True)
        else:
            self.compared = Comparison((), (), (), "")

    async def compare(self) -> None:
        found, project = list(self.session.found), self.project
        self.compared = await asyncio.to_thread(measured, project, found, self.strategies[0], self.base)
        self.draw()

    def draw(self, key: str | None = None) -> None:
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
        self.head()
        self._tell()

    def head(self) -> None:
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

    def on_resize(self, event: Resize) -> None:
        self._tell()

    def _tell(self) -> None:
        told = self.query_one("#told", Block)
        known = (self.sheet.key, max(20, self.size.width - 2), max(1, told.size.height))
        if known not in self._words:
            lines = wrapped(self._about(), *known[1:])
            self._words[known] = [Piece(f" {line.text}", line.style) for line in lines]
        told.show(self._words[known])

    def _about(self) -> Iterator[Piece]:
        key = self.sheet.key
        column = self.column(key)
        if column:
            yield from about_roadmap(self.project, self.compared, column, self.session.by_id(key))
        elif key.startswith(BY):
            yield from about_strategy(
                self.project, load().strategy_by_id[key.removeprefix(BY)], self.session, self.asked
            )


def _alike(one: Project, other: Project) -> bool:
    """Whether roadmaps come to the same figures in both."""
    return same_question(one, other) and (one.roadmap, one.phases) == (other.roadmap, other.phases)
