"""One finding in full, with everything it is about; Enter goes to one of these."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.checks.finding import Finding
from planner.model.capability import process_of
from planner.model.project import Project
from planner.text.i18n import N_, _
from planner.tui.areas.checks.rows import called
from planner.tui.screens.dialog import Dialog
from planner.tui.widgets.lines import Piece, Pieces
from planner.tui.widgets.prose import Unread
from planner.tui.widgets.table import Column, Row, Table


class WholeFinding(Dialog[str]):
    """Returns the item to go to."""

    box = "wide tall"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("go there"), id="finding.go")]

    def __init__(self, project: Project, finding: Finding, words: Sequence[Piece]) -> None:
        super().__init__(finding.title)
        self.project = project
        self.finding = finding
        self.words = words

    def body(self) -> ComposeResult:
        yield Unread(self.words, id="intro")
        yield Unread([Piece("")])
        nothing: list[Pieces] = [[Piece(_("  It is about the plan as a whole."), "dim")]]
        table = Table([Column(N_("About"), 30, share=2), Column("", 14, share=1)], empty=lambda cells: nothing)
        table.add_class("list")
        table.tells_more = True
        project = self.project
        table.show([Row(item, (called(project, item), Piece(self._kind(item), "dim"))) for item in self.finding.items])
        yield table

    def _kind(self, item: str) -> str:
        if item in self.project.package_by_id:
            return _("work package")
        if process_of(item):
            return _("capability")
        return _("process") if item in self.project.process_by_id else ""

    def on_mount(self) -> None:
        self.query_one("#intro").styles.max_height = "60%"
        self.query_one(Table).focus()

    def footer(self, action: str, words: str) -> str:
        return "" if action == "choose" and not self.finding.items else words

    def action_choose(self) -> None:
        if key := self.query_one(Table).key:
            self.dismiss(key)
