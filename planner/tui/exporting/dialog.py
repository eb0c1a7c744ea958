"""Export: choose, see what goes in, and have the documents made while one looks on."""

import asyncio
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.export.documents import ALL, Document, NotWritten, look_at_folder, make_folder, put, size
from planner.export.formats import FORMATS
from planner.model.audience import AUDIENCES
from planner.model.project import Project
from planner.text.i18n import LANGUAGES, N_, _, listed, ngettext
from planner.tui.exporting.form import ask
from planner.tui.exporting.rows import FORMAT, PARTS, SETTING, about, rows, why_not
from planner.tui.exporting.wish import Wish
from planner.tui.exporting.workshop import Answer, Workshop
from planner.tui.screens.dialog import Ask, Dialog, Notice
from planner.tui.typeahead import CONVERSATION
from planner.tui.widgets.lines import Lines, Piece
from planner.tui.widgets.prose import Unread
from planner.tui.widgets.table import Column, Table

if TYPE_CHECKING:
    from planner.tui.screens.plan import PlanScreen

SECOND = 1.0

WHERE = ("formats", "folder", "name", "table")
"""What of a wish leaves the content of documents as it is."""


class ExportDialog(Dialog[Wish]):
    """Writes documents about ``project`` as it is on the screen; returns what was chosen, for the next time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "make", N_("export"), id="export.make", tooltip=N_("Make what is ticked, and write it")),
        Binding("space", "turn", N_("tick"), id="export.tick", tooltip=N_("Tick the format; turn reader or language")),
        Binding(
            "c", "settings", N_("settings"), id="export.settings", tooltip=N_("Reader, language, day, theme, folder")
        ),
        Binding(
            "t", "view", N_("what goes in"), id="export.view", tooltip=N_("To what goes in, and back to the formats")
        ),
        Binding("M", "all", N_("all"), id="export.all", tooltip=N_("Tick all formats, or none"), show=False),
    ]
    box = "wide tall"
    purpose = N_(
        "What is handed over of the plan as it is on the screen, also of what is not saved. Formats are ticked with "
        "Space; below them stands what goes in. Nothing is written before Enter."
    )

    def __init__(self, project: Project, wish: Wish) -> None:
        super().__init__(_("Export: {name}").format(name=project.engagement.name))
        self.project = project
        self.wish = wish
        self.workshop = Workshop(project)
        self.answer: Answer | None = None
        """What goes in; None while that is being worked out."""
        self.step = ""
        self.began = 0.0
        """When the making of documents began; 0 while nothing is made."""
        self.warning = ""
        """What was told last, until the cursor moves or something else is chosen."""

    def body(self) -> ComposeResult:
        yield Table(
            [Column("", 17), Column("", 20, share=3), Column("", 12, share=2, ends=True, wide=70)],
            heading=False,
            id="choices",
        )
        yield Unread(id="hint")

    def on_mount(self) -> None:
        table = self.query_one(Table)
        table.add_class("list")
        table.tells_more = True
        table.focus()
        self.query_one("#hint").styles.height = 3
        self._draw()
        self._look()
        self.set_interval(SECOND, self._tick)

    async def on_unmount(self) -> None:
        await self.workshop.close()

    # Showing

    def _draw(self, key: str | None = None) -> None:
        self.query_one(Table).show(rows(self.wish, self.project, self.answer, self.step), key)
        self._tell()

    def _tick(self) -> None:
        if self.began:
            self._tell()

    def _warn(self, words: str) -> None:
        """Say ``words`` until the person goes on."""
        self.warning = words
        self._tell()

    def _tell(self) -> None:
        """Say how far the making is, else what was warned of, else what there is about the row under the cursor."""
        hint = self.query_one("#hint", Unread)
        if self.began:
            told = _("Making: {what}, {n} s. Esc gives up, and nothing is written.")
            step = self.step or _("it begins...")
            hint.show([Piece(told.format(what=step, n=int(monotonic() - self.began)), "strong")])
        elif self.warning:
            hint.show([Piece(f"! {self.warning}", "warn")])
        else:
            hint.show([Piece(about(self.query_one(Table).key, self.wish, self.project, self.answer), "dim")])

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._warn("")

    def _look(self) -> None:
        """Have it worked out what goes in."""
        self.answer = None
        self.workshop.stop()
        self.run_worker(self._preview(), group="preview", exclusive=True)

    async def _preview(self) -> None:
        self.answer = await self.workshop.do(self.wish.order(), self._stepped)
        self._draw()
        if self.query_one(Table).key == PARTS:
            self._to_parts()
        if self.answer.wrong:
            self._warn(self.answer.wrong[0])

    def _stepped(self, words: str) -> None:
        if words != self.step:
            self.step = words
            if self.began:
                self._tell()
            else:
                self._draw()

    # Choosing

    def _choose(self, wish: Wish) -> None:
        apart = {name: getattr(self.wish, name) for name in WHERE}
        same = replace(wish, **apart) == self.wish
        self.wish = wish
        self.warning = ""
        if not same:
            self._look()
        self._draw()

    def action_turn(self) -> None:
        key = self.query_one(Table).key
        if self.began:
            return
        if key.startswith(FORMAT):
            name = key.removeprefix(FORMAT)
            wrong, advice = why_not(FORMATS[name], self.project)
            if wrong:
                self._warn(f"{wrong}; {advice}")
            else:
                self._choose(self.wish.ticked(name))
        elif key == f"{SETTING}audience":
            self._choose(replace(self.wish, audience=AUDIENCES[1 - AUDIENCES.index(self.wish.audience)]))
        elif key == f"{SETTING}language":
            self._choose(replace(self.wish, language=LANGUAGES[1 - LANGUAGES.index(self.wish.language)]))
        elif key == f"{SETTING}table":
            self._choose(replace(self.wish, table="" if self.wish.table else ALL))
        elif key.startswith(SETTING):
            self.action_settings()

    def action_view(self) -> None:
        table = self.query_one(Table)
        if table.key.startswith((FORMAT, SETTING)):
            self._to_parts()
        else:
            table.go(0)

    def _to_parts(self) -> None:
        """Show as much as there is room for of what goes in."""
        table = self.query_one(Table)
        table.go(table.count - 1)
        table.find(PARTS)

    def action_all(self) -> None:
        can = frozenset(name for name, format in FORMATS.items() if not why_not(format, self.project)[0])
        if not self.began:
            self._choose(replace(self.wish, formats=frozenset() if can <= self.wish.formats else can))

    def action_settings(self) -> None:
        if not self.began:
            self.run_worker(self._settings(), group=CONVERSATION, exclusive=True)

    async def _settings(self) -> None:
        field = self.query_one(Table).key.removeprefix(SETTING)
        wish = await ask(self.app, self.wish, field)
        if wish is not None:
            self._choose(wish)

    # Making

    def action_make(self) -> None:
        chosen = self._can()
        if self.began:
            return
        if not chosen:
            self._warn(_("No format is ticked: Space ticks one."))
        elif self.answer is not None and self.answer.wrong:
            self._warn(self.answer.wrong[0])
        elif wrong := _closed(self.wish.folder):
            self._warn(wrong)
        else:
            self.run_worker(self._make(chosen), group=CONVERSATION, exclusive=True)

    def _can(self) -> tuple[str, ...]:
        return tuple(name for name in self.wish.chosen if not why_not(FORMATS[name], self.project)[0])

    async def _make(self, chosen: tuple[str, ...]) -> None:
        wish = self.wish
        self.step, self.began, self.warning = "", monotonic(), ""
        self._tell()
        try:
            answer = await self.workshop.do(wish.order(chosen), self._stepped)
        finally:
            self.began = 0.0
        self._tell()
        if answer.wrong:
            self._warn(answer.wrong[0])
            return
        if not await self._may_replace(wish.there(answer.documents)):
            self._warn(_("Nothing was written."))
            return
        told, wrong = await asyncio.to_thread(_write, wish, answer.documents)
        if wrong:
            heading = _("Not everything was written") if told else _("Nothing was written")
            self.app.push_screen(Notice(heading, [*told, Piece(f"! {wrong}", "warn")]))
            return
        if self.app.screen is self:  # else a question stands over it, such as whether to save before leaving
            self.dismiss(wish)
        self.app.push_screen(Notice(_("Exported"), [*told, *answer.notes]))

    async def _may_replace(self, there: list[str]) -> bool:
        if not there:
            return True
        count = ngettext("{n} file is there already: {names}", "{n} files are there already: {names}", len(there))
        answers = [
            ("replace", "r", ngettext("replace it", "replace them", len(there))),
            ("name", "o", _("another name or folder")),
            ("back", "b", _("back, and nothing is written")),
        ]
        said = count.format(n=len(there), names=listed(there))
        answer = await self.app.push_screen_wait(Ask(_("Replace?"), said, answers))
        if answer == "name":
            self.call_after_refresh(self.action_settings)
        return answer == "replace"

    def action_back(self) -> None:
        """Give up what is being made; else close the dialog."""
        if self.began:
            self.began = 0.0
            self.workshop.stop()
            self.workers.cancel_node(self)
            if self.answer is None:
                self._look()
            self._warn(_("Given up: nothing was written."))
        else:
            self.dismiss(self.wish)


def _closed(folder: Path) -> str:
    """Why nothing can be written into ``folder``, told before anything is made; empty when something can."""
    try:
        look_at_folder(folder)
    except NotWritten as wrong:
        return _said(wrong)
    return ""


def _said(wrong: NotWritten) -> str:
    return f"{wrong}; {wrong.advice}" if wrong.advice else str(wrong)


def _write(wish: Wish, documents: list[Document]) -> tuple[list[str], str]:
    """Write all ``documents``; what was written where, and why the others were not."""
    told: list[str] = []
    wrong = ""
    try:
        make_folder(wish.folder)
        for document in documents:
            path = wish.path(document.suffix)
            put(document.content, path, wish.plan_file, document.suffix)
            told.append(_("  {file}, {size}").format(file=path.name, size=size(len(document.content))))
    except NotWritten as failed:
        wrong = _said(failed)
    if told:
        told.insert(0, _("Written into {folder}:").format(folder=wish.folder))
    return told, wrong


async def export_plan(screen: "PlanScreen", remembered: dict[Path, Wish]) -> None:
    """Show the dialog on the plan that is open, with what was chosen the last time."""
    wish = remembered.get(screen.path) or Wish.of(screen.path)
    answer = await screen.app.push_screen_wait(ExportDialog(screen.project, wish))
    if answer is not None:
        remembered[screen.path] = answer
