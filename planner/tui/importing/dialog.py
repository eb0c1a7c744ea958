"""Import: a file as it would come into the plan, to be looked at before it is taken in as one edit."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.edit.refused import Refused
from planner.intake import Preview, read
from planner.intake.headings import IGNORE
from planner.model.project import Project
from planner.text.clean import one_line
from planner.text.i18n import N_, _, ngettext
from planner.tui.importing import choose
from planner.tui.importing.rows import COLUMN, SETTING, about, rows
from planner.tui.screens.dialog import Dialog
from planner.tui.screens.differences import DifferencesDialog, Told, everything, planning_terms
from planner.tui.typeahead import CONVERSATION
from planner.tui.widgets.lines import Lines, Piece
from planner.tui.widgets.prose import Unread
from planner.tui.widgets.table import Column, Table

if TYPE_CHECKING:
    from planner.tui.screens.plan import PlanScreen


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be read, where that is said: what it holds, its sheet, fields by the headings of columns."""

    path: Path
    kind: str = ""
    sheet: str = ""
    mapping: Mapping[str, str] | None = None


class ImportDialog(Dialog[Preview]):
    """Returns what is to be taken in, None when nothing is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", N_("take it in"), id="import.take", tooltip=N_("Take all of it in, as one edit")),
        Binding(
            "c",
            "change",
            N_("change"),
            id="import.change",
            tooltip=N_("Another file, kind, sheet, or field of a column"),
        ),
        Binding(
            "d", "differences", N_("in full"), id="import.differences", tooltip=N_("Everything that changes, in full")
        ),
    ]
    box = "wide tall"
    purpose = N_(
        "What a file would change in the plan, and how its columns are understood. Nothing changes before Enter, and "
        "nothing at all while there is a fault in the file."
    )

    def __init__(self, project: Project, asked: Asked) -> None:
        super().__init__(_("Import: {file}").format(file=one_line(asked.path.name)))
        self.project = project
        self.asked = asked
        self.preview: Preview | None = None
        """How the file was understood; None while it is read."""
        self.told: list[Told] = []

    def body(self) -> ComposeResult:
        yield Table([Column("", 30, share=1)], heading=False)
        yield Unread(id="hint")

    def on_mount(self) -> None:
        table = self.query_one(Table)
        table.add_class("list")
        table.tells_more = True
        table.focus()
        self.query_one("#hint").styles.height = 3
        self._read()

    # Showing

    def _read(self) -> None:
        self.preview = None
        self._tell(_("Reading..."))
        self.run_worker(self._look(), group="preview", exclusive=True)

    async def _look(self) -> None:
        preview, self.told = await asyncio.to_thread(_looked, self.project, self.asked)
        self.preview = preview
        self.query_one(Table).show(rows(preview, self.told))
        self._tell()

    def _tell(self, words: str = "", warn: bool = False) -> None:
        if not words and self.preview is not None:
            words = about(self.query_one(Table).key, self.preview, self.told)
        self.query_one("#hint", Unread).show([Piece(f"! {words}", "warn") if warn else Piece(words, "dim")])

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._tell()

    # Changing how it is read

    def action_change(self) -> None:
        if self.preview is not None:
            self.run_worker(self._change(self.preview), group=CONVERSATION, exclusive=True)

    async def _change(self, preview: Preview) -> None:
        key = self.query_one(Table).key
        asked: Asked | None = None
        if key == f"{SETTING}kind":
            kind = await choose.kind(self.app, preview)
            asked = replace(self.asked, kind=kind, mapping=None) if kind is not None else None
        elif key == f"{SETTING}sheet":
            sheet = await choose.sheet(self.app, preview)
            asked = replace(self.asked, sheet=sheet, mapping=None) if sheet is not None else None
        elif key.startswith(COLUMN):
            column = preview.columns[int(key.removeprefix(COLUMN))]
            field = await choose.field(self.app, preview, self.project, column.heading, column.field)
            said = {**(self.asked.mapping or {})}
            if field is not None:
                # Another column that was said to be this is no longer.
                said = {heading: name for heading, name in said.items() if name != field or name == IGNORE}
                asked = replace(self.asked, mapping={**said, column.heading: field})
        else:
            path = await choose.file(self.app, self.asked.path.parent, str(self.asked.path))
            asked = Asked(path) if path is not None else None
        if asked is not None:
            self.asked = asked
            self._read()

    def action_differences(self) -> None:
        if self.preview is not None and self.preview.result is not None:
            self.run_worker(self._differences(self.preview.result), group=CONVERSATION, exclusive=True)
        else:
            self._tell(_("Nothing changes as long as something is wrong."), warn=True)

    async def _differences(self, result: Project) -> None:
        told = await asyncio.to_thread(everything, self.project, result)
        await self.app.push_screen_wait(DifferencesDialog(_("What the file changes"), told))

    # Taking it in

    def action_take(self) -> None:
        preview = self.preview
        if preview is None:
            return
        if preview.result is None:
            count = ngettext(
                "{n} fault: nothing is taken in. Mend it in the file, or c on a column says what that is.",
                "{n} faults: nothing is taken in. Mend them in the file, or c on a column says what that is.",
                len(preview.faults),
            )
            self._tell(count.format(n=len(preview.faults)), warn=True)
        elif preview.result == self.project:
            self._tell(_("That changes nothing."), warn=True)
        else:
            self.dismiss(preview)


def _looked(project: Project, asked: Asked) -> tuple[Preview, list[Told]]:
    preview = read(asked.path, project, sheet=asked.sheet, mapping=asked.mapping, kind=asked.kind)
    if preview.result is None:
        return preview, []
    return preview, planning_terms(project, preview.result) or everything(project, preview.result)


async def import_into(screen: "PlanScreen", remembered: dict[Path, str]) -> None:
    """Ask for a file, show what it would change in the open plan, and take it in."""
    folder = screen.path.resolve().parent
    path = await choose.file(screen.app, folder, remembered.get(screen.path, ""))
    if path is None:
        return
    remembered[screen.path] = str(path)
    project = screen.project
    preview = await screen.app.push_screen_wait(ImportDialog(project, Asked(path)))
    result = preview.result if preview is not None else None
    if preview is None or result is None:
        return

    def change(now: Project) -> Project:
        if now is not project:
            raise Refused(_("the plan has changed meanwhile: import the file once more"))
        return result

    screen.apply(_("Imported from {file}").format(file=preview.file), change)
