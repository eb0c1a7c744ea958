"""Checklists of a process: what was ticked, item by item."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.model.knowledge import Catalogue
from planner.text.i18n import N_, _, labelled, language
from planner.tui.screens.dialog import Dialog
from planner.tui.widgets.lines import Lines, Piece
from planner.tui.widgets.prose import Prose, Unread
from planner.tui.widgets.table import Column, Row, Table

if TYPE_CHECKING:
    from planner.tui.areas.area import Area
    from planner.tui.screens.plan import PlanScreen


async def tick_lists(area: "Area", process_id: str) -> None:
    """Show the checklists of a process; every tick is an edit of the plan."""
    from planner.catalog.load import load

    await area.ask(Checklists(area.plan, load(), process_id))


class Checklists(Dialog[bool]):
    """Space or Enter ticks; Esc closes."""

    box = "wide tall"
    edits = frozenset({"tick"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "tick", N_("tick"), id="checklists.tick", key_display="Space"),
        Binding("u", "undo", N_("undo"), id="checklists.undo"),
        Binding("U", "redo", N_("redo"), id="checklists.redo", show=False),
        Binding("backspace", "back", N_("back"), id="checklists.back", show=False),
    ]

    def __init__(self, plan: "PlanScreen", catalogue: Catalogue, process_id: str) -> None:
        super().__init__(labelled(plan.project.process_by_id[process_id].name, _("checklists")))
        self.plan = plan
        self.process = process_id
        self.lists = [checklist for checklist in catalogue.checklists if checklist.scope == "process"]
        self.catalogue = catalogue

    def body(self) -> ComposeResult:
        table = Table([Column("", 3), Column("", 20, share=1)], heading=False)
        table.add_class("list")
        yield table
        yield Unread(id="about")

    def on_mount(self) -> None:
        self._draw()
        self.query_one(Table).go(1)
        self.query_one(Table).focus()

    def _draw(self) -> None:
        ticks = self.plan.project.process_by_id[self.process].ticks
        rows = []
        for checklist in self.lists:
            rows.append(Row(checklist.id, banner=checklist.name.in_(language()), style="head"))
            rows += [
                Row(
                    f"{checklist.id} {item.id}",
                    ("[x]" if item.id in ticks.get(checklist.id, ()) else "[ ]", item.name.in_(language())),
                )
                for item in checklist.items
            ]
        self.query_one(Table).show(rows)
        self._tell()

    def _tell(self) -> None:
        name = self.query_one(Table).key.split(" ")[0]
        shown = next((checklist for checklist in self.lists if checklist.id == name), None)
        if shown:
            words = _("Source: {source}").format(source=shown.source)
            self.query_one("#about", Prose).show([Piece(words, "dim")])

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._tell()

    def action_tick(self) -> None:
        from planner.edit.context import tick

        name, _space, item = self.query_one(Table).key.partition(" ")
        if not item:
            self.query_one("#about", Prose).show([Piece(_("! This is a heading: Down leads to its items."), "warn")])
            return
        process = self.plan.project.process_by_id[self.process]
        on = item not in process.ticks.get(name, ())
        checklist = next(checklist for checklist in self.lists if checklist.id == name)
        words = next(entry.name.in_(language()) for entry in checklist.items if entry.id == item)
        self.plan.apply(
            labelled(process.name, words), lambda p: tick(p, self.catalogue, name, item, on, process=self.process)
        )
        self._draw()

    def action_undo(self) -> None:
        self.plan.action_undo()
        self._draw()

    def action_redo(self) -> None:
        self.plan.action_redo()
        self._draw()
