"""What the catalogue would do and the plan does without, each with its reason; a way to bring it back."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.edit.materialise import NotNeeded
from planner.model.project import Project
from planner.text.i18n import N_, _
from planner.text.width import wrap
from planner.tui.areas.area import Area
from planner.tui.screens.dialog import Dialog
from planner.tui.widgets.lines import Piece, Pieces
from planner.tui.widgets.table import Column, Row, Table

COLUMNS = (
    Column(N_("For"), 18, share=2),
    Column(N_("Stream"), 8),
    Column(N_("Why it is not in the plan"), 24, share=4),
)


async def left_out(area: Area) -> None:
    """Show the list; a package taken out by hand can be brought back."""
    from planner.catalog.load import load
    from planner.edit.materialise import not_needed
    from planner.edit.work import restore_package

    catalogue = load()
    package = await area.ask(LeftOut(area.project, not_needed(area.project, catalogue)))
    if package:
        area.edit(
            _("Brought back: {package}").format(package=package),
            lambda project: restore_package(project, catalogue, package),
        )


class LeftOut(Dialog[str]):
    """Returns the id of the package to bring back."""

    box = "wide tall"
    edits = frozenset({"restore"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "restore", N_("bring back"), id="left-out.restore", tooltip=N_("Bring it back into the plan"))
    ]

    def __init__(self, project: Project, found: Sequence[NotNeeded]) -> None:
        super().__init__(_("Left out and not needed"))
        self.by_hand = {out.package for out in project.left_out}
        known = {entry.package for entry in found}
        rows = [
            Row(
                entry.package,
                (project.title(entry.capability), _(entry.workstream), entry.reason),
                style=self._style(entry.package),
            )
            for entry in found
        ]
        rows += [
            Row(
                out.package,
                (out.package, "", _("taken out by hand: {reason}").format(reason=out.reason or "-")),
                style="warn",
            )
            for out in project.left_out
            if out.package not in known
        ]
        self.rows = sorted(rows, key=lambda row: row.key not in self.by_hand)

    def _style(self, package: str) -> str:
        return "warn" if package in self.by_hand else ""

    def body(self) -> ComposeResult:
        table = Table(COLUMNS, empty=_nothing)
        table.add_class("list")
        table.show(self.rows)
        yield table

    def action_restore(self) -> None:
        key = self.query_one(Table).key
        if key in self.by_hand:
            self.dismiss(key)
        elif key:
            self.query_one("#heading").show(  # type: ignore[attr-defined]
                [Piece(_("! Not needed, so there is nothing to bring back; raise the target to get it."), "warn")]
            )


def _nothing(cells: int) -> list[Pieces]:
    return [
        [Piece(line, "dim")]
        for line in wrap(_("Everything that the catalogue knows for these targets is in the plan."), cells)
    ]
