"""An area of topics: the list of topics on the left, the rows of one on the right, words about the row below."""

import asyncio
from collections.abc import Mapping
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from planner.catalog.load import load
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.i18n import N_, _
from planner.text.width import wrap
from planner.tui.areas.area import Area, nothing_selected
from planner.tui.topics import topic
from planner.tui.topics.topic import Step, Topic
from planner.tui.widgets.keybar import KeyBar
from planner.tui.widgets.lines import Bar, Lines, Piece, Pieces
from planner.tui.widgets.prose import Prose, Unread
from planner.tui.widgets.table import Column, Row, Table

DEEDS = frozenset({"change", "alter", "tick", "new", "remove"})
"""What a topic may answer to."""


class TopicalArea(Area):
    """Left and Right, or Tab, go between the topics and the rows of the one under the cursor.

    Subclasses give the ``titles``, the modules in ``planner.tui.topics`` by name with what people call each topic.
    """

    titles: Mapping[str, str] = {}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,h", "side('topics')", N_("topics"), id="topics.list", show=False, tooltip=N_("To the list of topics")
        ),
        Binding(
            "right,l", "side('rows')", N_("rows"), id="topics.rows", show=False, tooltip=N_("To the rows of the topic")
        ),
        Binding(
            "enter",
            "change",
            N_("change"),
            id="topics.change",
            tooltip=N_("Change the row; on a topic: go to its rows"),
        ),
        Binding("c", "alter", N_("change"), id="topics.alter", show=False, tooltip=N_("Change what the row says")),
        Binding("space", "tick", N_("tick"), id="topics.tick", tooltip=N_("Tick the row, or take the tick away")),
        Binding("n", "new", N_("new"), id="topics.new", tooltip=N_("A new row of this topic")),
        Binding("x", "remove", N_("remove"), id="topics.remove", tooltip=N_("Take the row out")),
    ]

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.name_shown = next(iter(self.titles))

    def compose(self) -> ComposeResult:
        yield Bar(id="summary")
        with Horizontal(id="sides"):
            yield Table([Column("", 10, share=1)], id="topics", heading=False, lit=True)
            yield Table((), id="rows", empty=self._empty)
        yield Unread(id="about")

    def _empty(self, cells: int) -> list[Pieces]:
        text = self.topic.bare if self.plan.refused("new") else self.topic.empty
        return [[Piece(f"  {line}", "dim")] for line in wrap(_(text), cells - 3)]

    async def ready(self) -> None:
        await asyncio.to_thread(load)

    @property
    def topics(self) -> Table:
        """The list on the left."""
        return self.query_one("#topics", Table)

    @property
    def rows(self) -> Table:
        """The rows on the right."""
        return self.query_one("#rows", Table)

    @property
    def topic(self) -> Topic:
        """The topic in view."""
        return topic(self.name_shown)

    @property
    def catalogue(self) -> Catalogue:
        """The knowledge; in memory already once the area is shown."""
        return load()

    def show(self, project: Project) -> None:
        self.topics.show([Row(name, (_(title),)) for name, title in self.titles.items()], self.name_shown)
        self._draw(project)

    def _draw(self, project: Project) -> None:
        self.query_one("#summary", Bar).show([Piece(f" {_(self.titles[self.name_shown])}", "strong")])
        shown = self.topic
        self.rows.columns = tuple(shown.columns)
        self.rows.show(self._rows(project))
        self._tell()

    def _rows(self, project: Project) -> list[Row]:
        return self.topic.rows(project, self.catalogue)

    def _tell(self) -> None:
        key = self.rows.key
        texts = self.topic.about(self.project, self.catalogue, key) if key else ()
        lines = [Piece(f" {line}", "dim" if n else "") for n, text in enumerate(texts) for line in text.split("\n")]
        self.query_one("#about", Prose).show(lines)

    def on_lines_moved(self, event: Lines.Moved) -> None:
        if event.lines is self.topics and self.topics.key != self.name_shown:
            self.name_shown = self.topics.key
            self.rows.rebuild(0, 0)
            self._draw(self.project)
            self.screen.query_one(KeyBar).refresh()
        else:
            self._tell()

    def footer(self, action: str, words: str) -> str:
        if action == "change" and self.topics.has_focus:
            return _("rows")
        if action not in DEEDS:
            return words
        if not self.topic.does(action):
            return ""
        own = self.topic.says.get(action)
        return words if own is None else _(own) if own else ""

    def enter(self) -> None:
        if self.rows.has_focus:
            return
        self.topics.focus()

    def select(self, item: str) -> bool:
        if self.rows.key and item in (self.rows.key, self.topic.item(self.project, self.rows.key)):
            self.rows.focus()
            return True
        for name in (self.name_shown, *self.titles):
            shown = topic(name)
            if not shown.findable:
                continue
            rows = shown.rows(self.project, self.catalogue)
            if found := next((row.key for row in rows if item in (row.key, shown.item(self.project, row.key))), ""):
                self.topics.find(name)
                self.name_shown = name
                self._draw(self.project)
                self.rows.focus()
                return self.rows.find(found)
        return False

    @property
    def current(self) -> str:
        return self.topic.item(self.project, self.rows.key) if self.rows.has_focus and self.rows.key else ""

    def touches(self, action: str) -> Literal["", "plan", "remarks"]:
        if action not in DEEDS or action in self.topic.looks or (action == "change" and self.topics.has_focus):
            return ""
        return "remarks" if action in self.topic.remarks else "plan"

    def why_not(self, action: str) -> str:
        if action in ("alter", "tick", "remove"):
            if self.topics.has_focus:
                return _("This is the list of topics; Enter goes to the rows of one.")
            if not self.rows.key:
                return nothing_selected()
        return ""

    def action_side(self, side: str) -> None:
        (self.topics if side == "topics" else self.rows).focus()

    def action_change(self) -> None:
        if self.topics.has_focus:
            self.rows.focus()
        elif not self.rows.key:
            self.plan.say(nothing_selected(), warn=True)
        else:
            self.talk(self.topic.change(self, self.catalogue, self.rows.key))

    def action_alter(self) -> None:
        if self.may("alter"):
            self.talk(self.topic.alter(self, self.catalogue, self.rows.key))

    def action_new(self) -> None:
        self.talk(self.topic.new(self, self.catalogue))

    def action_tick(self) -> None:
        if self.may("tick"):
            self._take(self.topic.tick(self.project, self.catalogue, self.rows.key))

    def action_remove(self) -> None:
        if self.may("remove"):
            self._take(self.topic.remove(self.project, self.catalogue, self.rows.key))

    def _take(self, step: Step | str) -> None:
        if isinstance(step, str):
            self.plan.say(step, warn=True)
        else:
            self.edit(*step)
