"""The window on the drawing of dependencies: the view, the picture of it, and the lines about what is selected."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Resize

from planner.model.capability import process_of
from planner.model.project import Project
from planner.text.i18n import _
from planner.tui.areas.area import Area
from planner.tui.areas.dependencies.canvas import Graph
from planner.tui.areas.dependencies.details import Details
from planner.tui.areas.dependencies.hints import Hint, hint_lines, marks_for, where
from planner.tui.areas.dependencies.view import FIELDS, LARGE, PROCESSES, Drawing, View, draw
from planner.tui.filtering import Filter
from planner.tui.widgets.filterline import FilterLine
from planner.tui.widgets.keybar import KeyBar
from planner.tui.widgets.lines import Bar, Piece, Pieces

if TYPE_CHECKING:
    from planner.tui.app import PlannerApp

KEPT = 20
"""So many drawings of one plan are kept, to go back and forth between views at once."""

AROUND = 5
"""Lines of the screen that neither the picture nor the details have, before it is known how many there are."""


class DrawnView(Vertical):
    """Shows one :class:`Drawing` in a :class:`Graph`; a subclass says what keys do."""

    def __init__(self, area: Area, *, id: str) -> None:
        super().__init__(id=id)
        self.area = area
        self.view = View()
        self.drawing: Drawing | None = None
        self.hint = Hint()
        self._drawn: dict[tuple[View, int, int], Drawing] = {}
        self._drawn_for: Project | None = None
        self._footed: tuple[object, ...] = ()
        """What the line of keys was drawn for."""
        self._awaited: str | None = None
        """What to select when the drawing that a thread is at is there; None when no thread is."""

    def compose(self) -> ComposeResult:
        yield FilterLine(lambda: FIELDS)
        yield Bar(id="where")
        yield Graph(self._moved, empty=self._nothing, id="graph")
        yield Details(id="details")

    @property
    def graph(self) -> Graph:
        """The picture on screen."""
        return self.query_one(Graph)

    @property
    def current(self) -> str:
        """The capability or process that is selected."""
        return self.graph.selected

    def show(self, project: Project) -> None:
        """Draw ``project``."""
        if project is not self._drawn_for:
            self._drawn, self._drawn_for = {}, project
            self.hint = replace(self.hint, link=None, ways=(), circle=())
        self.redraw()

    def enter(self) -> None:
        """Give the keyboard to the picture."""
        self.graph.focus()

    def select(self, item: str) -> bool:
        """Select ``item``, a capability or process; whether there is such. What hides it is taken away."""
        if self.view.zoom == PROCESSES:
            item = process_of(item) or item
        if self._awaited is not None and item in (*self.area.project.capabilities, *self.area.project.process_by_id):
            self._awaited = item
            return True
        if not self.drawing or item not in self.drawing.whole.items:
            return False
        if item not in self.drawing.chart.items:
            self.view = replace(self.view, around="", filter=Filter())
            self.query_one(FilterLine).clear()
            self.redraw(item)
        self.graph.go(item)
        return True

    # Drawing

    def redraw(self, select: str = "") -> None:
        """Draw the view as it is to be; a large one in a thread, the one before stays until then."""
        cells, lines = self.graph.size or (0, 0)
        cells, lines = (
            cells or self.app.size.width,
            lines or max(1, self.app.size.height - AROUND - self.query_one(Details).count),
        )
        key = self.view, cells, lines
        select = select or self.current
        if len(self._drawn) > KEPT:
            self._drawn.clear()
        found = self._drawn.get(key)
        if found is None and len(self.area.project.capabilities) < LARGE:
            found = self._drawn[key] = draw(self.area.project, *key)
        if found:
            self._awaited = None
            self._take(found, select)
        else:
            self._awaited = select
            self.area.plan.say(_("Drawing..."))
            self.run_worker(self._draw_large(self.area.project, key), group="draw", exclusive=True)

    async def _draw_large(self, project: Project, key: tuple[View, int, int]) -> None:
        found = await asyncio.to_thread(draw, project, *key)
        if project is self._drawn_for:
            self._drawn[key] = found
            if key[0] == self.view and self._awaited is not None:
                select, self._awaited = self._awaited, None
                if self.area.plan.said.text == _("Drawing..."):
                    self.area.plan.say("")
                self._take(found, select)

    def _take(self, drawing: Drawing, select: str) -> None:
        fresh, self.drawing = drawing is not self.drawing, drawing
        if select not in drawing.chart.items:  # the zoom has changed
            process = process_of(select) or select
            near = [item for item in drawing.chart.items if (process_of(item) or item) == process]
            select = near[-1] if near else select
        if fresh:
            self.graph.show(drawing.picture, drawing.labels, drawing.titles, select)
        else:
            self.graph.go(select)
        line = self.query_one(FilterLine)
        if line.display:
            line.tell(len(drawing.chart.items), len(drawing.whole.items))
        self._point_out()

    def _moved(self) -> None:
        self.hint = replace(self.hint, link=None, circle=())
        self._point_out()

    def _point_out(self) -> None:
        """Draw what stands out now, and the lines about it; with the cursor, in one frame."""
        if self.drawing:
            graph = self.graph
            frugal = cast("PlannerApp", self.app).settings.low_bandwidth
            graph.mark(marks_for(self.drawing, graph.selected, self.hint, frugal))
            lines = hint_lines(self.area.project, self.drawing, graph.selected, self.hint)
            self.query_one(Details).tell(lines, self.hint.talks)
            self.query_one("#where", Bar).show(*where(self.area.project, self.drawing, graph))
            footed = self.hint.begun, self.hint.link is None, self.view.around == graph.selected
            if footed != self._footed:
                self._footed = footed
                self.area.plan.query_one(KeyBar).refresh()

    def on_resize(self, event: Resize) -> None:
        self.query_one(Details).fit()
        if self.display:
            self.call_after_refresh(self.redraw)

    def _nothing(self, cells: int) -> list[Pieces]:
        if self.drawing and self.drawing.whole.items:
            return [[Piece(" " + _("Nothing fits the filter; f and Esc take it away."), "dim")]]
        words = _("The plan has no work yet, so nothing depends on anything. Raise a target in Assessment (a).")
        return [[Piece(f" {words}", "dim")]]

    # Filtering

    def action_filter(self) -> None:
        if self.area.may("filter"):
            self.query_one(FilterLine).open()

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        self.view = replace(self.view, filter=event.line.filter)
        self.redraw()

    def on_filter_line_left(self, event: FilterLine.Left) -> None:
        self.enter()
