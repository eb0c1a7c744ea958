"""The roadmap drawn: along time, as phases side by side, and as what it does for maturity."""

import asyncio
from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Resize

from planner.model.capability import process_of
from planner.model.project import Baseline, Project
from planner.rollout.result import Reason
from planner.text.i18n import N_, _, language, listed, ngettext
from planner.text.width import wrap
from planner.tui.areas.area import Area
from planner.tui.areas.roadmap.board import Board
from planner.tui.areas.roadmap.filter import fields, kept
from planner.tui.areas.roadmap.heatstrip import HeatStrip
from planner.tui.areas.roadmap.moving import Move, Mover
from planner.tui.areas.roadmap.picture import PHASE, Picture
from planner.tui.areas.roadmap.rows import Rows, card_lanes
from planner.tui.areas.roadmap.side import Side
from planner.tui.areas.roadmap.timeline import ZOOMS, Timeline
from planner.tui.areas.roadmap.words import describe, known, made_by
from planner.tui.judgement import Judgement
from planner.tui.widgets.filterline import FilterLine
from planner.tui.widgets.lines import Bar, Block, Lines, Piece, Pieces

VIEWS = {"timeline": N_("timeline"), "board": N_("phases"), "maturity": N_("maturity")}
"""The drawings by their ids, in the order in which ``t`` shows them."""


class RoadmapView(Area):
    """What is shown of the roadmap and where the cursor stands; the keys are those of ``RoadmapArea``."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.view_name = "timeline"
        self.turned_from = ""
        """The row of the cursor when it went to maturity, where rows are processes."""
        self.closed: set[str] = set()
        """Phases whose capabilities are hidden."""
        self.opened: set[str] = set()
        """Capabilities whose packages are shown, and whether milestones are."""
        self.marked: set[str] = set()
        self.judgement: Judgement | None = None
        self.strategies: Mapping[str, str] = {}
        """The names of the catalogue's strategies by their ids."""
        self.critical: Mapping[str, Reason] = {}
        """What decides the finish, and why it is not earlier."""
        self._judged: Project | None = None
        """The plan of which it is known, or being worked out, what decides the finish."""
        self.older = 0
        """How many baselines are newer than the one compared with."""
        self.drawn: Picture | None = None
        self.kept: frozenset[str] | None = None

    @property
    def legend(self) -> tuple[str, ...]:  # type: ignore[override]
        """The signs, as this terminal draws them."""
        from planner.tui.areas.roadmap.legend import legend

        return legend()

    async def ready(self) -> None:
        self.strategies = await asyncio.to_thread(_strategies)

    def compose(self) -> ComposeResult:
        yield Bar(id="summary")
        yield FilterLine(lambda: fields(self.picture))
        with Horizontal(id="drawing") as drawing:
            drawing.styles.height = "1fr"
            with Vertical():
                yield Timeline(id="timeline", empty=_no_roadmap)
                for other in (Board(id="board", empty=_no_roadmap), HeatStrip(id="maturity", empty=_no_roadmap)):
                    other.display = False
                    yield other
            yield Side()
        yield Block(id="details")
        yield Mover()

    # State

    @property
    def view(self) -> Timeline | Board | HeatStrip:
        """The drawing in view."""
        view: Timeline | Board | HeatStrip = self.query_one(f"#{self.view_name}", Lines)  # type: ignore[assignment]
        return view

    @property
    def timeline(self) -> Timeline:
        """The drawing along time."""
        return self.query_one(Timeline)

    @property
    def picture(self) -> Picture:
        """What is drawn of the project."""
        if self.drawn is None or self.drawn.project is not self.project:
            self.drawn = Picture(self.project, self.baseline)
        return self.drawn

    @property
    def baseline(self) -> Baseline | None:
        """What the bars are compared with: the newest baseline, unless an older one or none was asked for."""
        newest_first = sorted(self.project.baselines, key=lambda baseline: baseline.taken)[::-1]
        return newest_first[self.older] if self.older < len(newest_first) else None

    @property
    def selected(self) -> str:
        """The capability or work package under the cursor; empty on anything else."""
        key = self.view.key
        return key if key in self.project.packages_of or key in self.project.package_by_id else ""

    @property
    def chosen(self) -> Move:
        """What keys that move act on: what is marked, in the order of the plan; else what the cursor stands on.

        Packages of marked capabilities go with them, and all that stands in a phase with the phase.
        """
        key = self.view.key
        if self.marked:
            packages = self.project.package_by_id
            inside = {i for i in self.marked if i in packages and packages[i].capability in self.marked}
            order = {item: n for n, item in enumerate((*self.project.packages_of, *packages))}
            return Move(tuple(sorted(self.marked - inside, key=order.__getitem__)))
        phase = self.picture.phase_by_id.get(key.removeprefix(PHASE)) if key.startswith(PHASE) else None
        if phase:
            return Move(tuple(item.id for item in phase.items), called=phase.phase.name)
        return Move((self.selected,) if self.selected else ())

    @property
    def phase(self) -> str:
        """The phase under the cursor, or in which the selected item stands."""
        key = self.view.key
        if key.startswith(PHASE):
            return key.removeprefix(PHASE)
        lane = self.query_one(Board).lane if self.view_name == "board" else None
        return lane.key.removeprefix(PHASE) if lane else self.picture.phase_of.get(key, "")

    @property
    def current(self) -> str:
        return self.view.key if self.view_name == "maturity" else self.selected

    # Drawing

    def show(self, project: Project) -> None:
        self.query_one(Mover).give_up()
        self.marked &= {*project.package_by_id, *project.packages_of}
        self.query_one(FilterLine).renew()
        self.draw()
        if not any(worker.group == "critical" and not worker.is_finished for worker in self.workers):
            self.run_worker(self._find_critical(), group="critical")

    def draw(self, key: str = "") -> None:
        project, picture = self.project, self.picture
        touched = self.judgement.touched if self.judgement else frozenset()
        line = self.query_one(FilterLine)
        self.kept = None if line.filter.empty else kept(picture, line.filter, touched, self.critical)
        view = self.view
        if isinstance(view, Board):
            view.show(card_lanes(picture, touched, self.kept), key)
            view.mark(self.marked)
        elif isinstance(view, HeatStrip):
            from planner.tui.areas.roadmap.growth import growth

            view.show(growth(project), process_of(key) or key)
        else:
            rows = Rows(picture, touched, self.closed, self.opened, self.critical, self.kept).all()
            engagement = project.engagement
            view.marked = self.marked
            view.show(rows, project.calendar.blackouts, key, engagement.start, engagement.as_of)
        if self.kept is not None:
            items = [*picture.item_by_id, *picture.loose]
            line.tell(sum(item in self.kept for item in items), len(items))
        self.summarise()
        self.tell()

    def summarise(self) -> None:
        project = self.project
        if project.roadmap is None:
            words = _(" No roadmap yet: press g to have one proposed")
        else:
            count = ngettext("{n} phase", "{n} phases", len(project.phases)).format(n=len(project.phases))
            made = made_by(project.roadmap, self.strategies)
            words = _(" {count}, {quality} | {origin}").format(count=count, quality=known(project.roadmap), origin=made)
        parts = [_(VIEWS[self.view_name])]
        if self.view_name == "timeline":
            parts += [_(ZOOMS[self.timeline.zoom][0])] if self.timeline.zoomed else []
            parts += [_("against {name}").format(name=self.baseline.name)] if self.baseline else []
        if self.marked:
            parts.append(_("{n} marked").format(n=len(self.marked)))
        self.query_one("#summary", Bar).show([Piece(words)], [Piece(f" [{listed(parts)}] ", "strong")])

    def judged(self, judgement: Judgement) -> None:
        before = self.judgement.touched if self.judgement else None
        self.judgement = judgement
        if before != judgement.touched and not self.query_one(Mover).active:
            self.draw()
        else:
            self.tell()

    async def _find_critical(self) -> None:
        """Work out in a thread what decides the finish, once more while the plan has changed meanwhile."""
        from planner.rollout.reasons.finish import deciding

        while self._judged is not self.project:
            self._judged = self.project
            found = await asyncio.to_thread(deciding, self._judged)
            if self._judged is self.project and found != self.critical:
                self.critical = found
                if not self.query_one(Mover).active:
                    self.draw()

    def tell(self) -> None:
        broken = self.judgement.errors if self.judgement else ()
        key = self.view.key
        lines = []
        if key and self.view_name == "maturity":
            from planner.tui.areas.roadmap.growth import grows

            lines = grows(self.project, key)
        elif key:
            lines = describe(self.picture, key, broken, self.critical)
        self.query_one("#details", Block).show(lines)
        self.query_one(Side).follow(self.project, self.selected)

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self.tell()

    def on_resize(self, event: Resize) -> None:
        side = self.query_one(Side)
        if side.wanted != side.display and side.fits(event.size.width) == side.wanted:
            side.display = side.wanted
        elif side.display and not side.fits(event.size.width):
            side.display = False

    def enter(self) -> None:
        self.view.focus()

    def select(self, item: str) -> bool:
        project = self.project
        if item and process_of(self.selected) == item:
            return True
        if self.view_name == "maturity":
            return self.query_one(HeatStrip).find(process_of(item) or item)
        if item in project.process_by_id:
            item = next((c for c in project.capabilities if process_of(c) == item), item)
        package = project.package_by_id.get(item)
        if package is not None:
            if self.view_name == "board":
                item = package.capability or item
            else:
                self.opened.add(package.capability)
        if self.kept is not None and item in self.picture.phase_of and item not in self.kept:
            self.query_one(FilterLine).clear()
        self.closed.discard(self.picture.phase_of.get(item, ""))
        if item in project.phase_by_id:
            item = PHASE + item
        self.draw(item)
        return self.view.key == item


def _strategies() -> dict[str, str]:
    from planner.catalog.load import load

    return {strategy.id: strategy.name.in_(language()) for strategy in load().strategies}


def _no_roadmap(cells: int) -> list[Pieces]:
    text = _(
        "There is nothing to plan yet. Raise a target in Assessment (a): the work it takes appears by itself. "
        "Then press g to have a roadmap proposed."
    )
    return [(), *([Piece(f"  {line}", "dim")] for line in wrap(text, cells - 4))]
