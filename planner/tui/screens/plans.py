"""The list of plans in a folder."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from planner.text.i18n import N_, _, ngettext
from planner.text.width import wrap
from planner.tui.overview import Overview, overview
from planner.tui.screens.dialog import Notice
from planner.tui.typeahead import CONVERSATION
from planner.tui.widgets.keybar import KeyBar
from planner.tui.widgets.lines import Bar, Piece, Pieces
from planner.tui.widgets.table import Column, Row, Table

COLUMNS = (
    Column(N_("Plan"), 20, share=3),
    Column(N_("Client"), 14, share=2),
    Column(N_("Maturity"), 9, align=">"),
    Column(N_("Phases"), 6, align=">"),
    Column(N_("Findings"), 8, align=">"),
    Column(N_("Saved"), 10),
    Column(N_("File"), 12, share=1, wide=100),
)


class PlansScreen(Screen[None]):
    """Names appear at once; the rest is read in the background and again whenever the screen is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("open"), tooltip=N_("Open the plan")),
        Binding("n", "new", N_("new plan"), tooltip=N_("New plan from a template")),
        Binding("r", "reload", N_("read again"), tooltip=N_("Read the folder again")),
    ]

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.paths: tuple[Path, ...] = ()
        self.known: dict[Path, Overview] = {}

    def compose(self) -> ComposeResult:
        yield Bar(id="title")
        yield Table(COLUMNS, id="plans", empty=self._empty)
        yield Bar(id="message")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Table).focus()

    def on_screen_resume(self) -> None:
        self.action_reload()

    def action_reload(self) -> None:
        """Read the folder again: names now, the rest in the background."""
        from planner.store.fault import PlanUnreadable
        from planner.store.listing import listing

        try:
            self.paths = listing(self.folder)
            trouble = ""
        except PlanUnreadable as error:
            self.paths = ()
            trouble = str(error.faults[0])
        self.known = {path: seen for path, seen in self.known.items() if path in self.paths and seen.fresh}
        count = ngettext("{n} plan", "{n} plans", len(self.paths)).format(n=len(self.paths))
        self.query_one("#title", Bar).show(
            [Piece(_(" Plans in {folder}").format(folder=self.folder), "strong")], [Piece(f"{count} ")]
        )
        self.query_one("#message", Bar).show([Piece(f"! {trouble}" if trouble else "", "warn")])
        self._show()
        self.run_worker(self._read(), group="read", exclusive=True)

    async def _read(self) -> None:
        table = self.query_one(Table)
        for place, path in enumerate(self.paths):
            if path not in self.known:
                self.known[path] = await asyncio.to_thread(overview, path)
                table.replace(place, _row(path, self.known[path]))

    def _show(self) -> None:
        self.query_one(Table).show([_row(path, self.known.get(path)) for path in self.paths])

    def _empty(self, cells: int) -> list[Pieces]:
        text = _(
            "There is no plan in {folder} yet. Press n to make one from a template: it asks for the client and the "
            "start date, and fills in the processes, the work and the dependencies."
        )
        return [(), *([Piece(f"  {line}")] for line in wrap(text.format(folder=self.folder), cells - 4))]

    def on_lines_moved(self) -> None:
        """Name the file under the cursor: plans may be called alike."""
        if self.paths:
            self.query_one("#message", Bar).show([Piece(f" {Path(self.query_one(Table).key).name}", "dim")])

    def action_open(self) -> None:
        """Open the plan under the cursor, or say why it cannot be opened."""
        if not self.paths:
            self.query_one("#message", Bar).show([Piece(_("! There is no plan to open; n makes one."), "warn")])
            return
        self.open(Path(self.query_one(Table).key))

    def open(self, path: Path) -> None:
        """Open the plan in the file ``path``."""
        from planner.catalog.ids import process_ids
        from planner.store.load import PlanUnreadable, load
        from planner.tui.screens.plan import PlanScreen

        try:
            loaded = load(path, process_ids())
        except PlanUnreadable as error:
            faults = [str(replace(fault, file=path.name)) for fault in error.faults]
            title = _("{name} cannot be opened").format(name=path.name)
            advice = _("Correct the file with a text editor, then press r in the list. The file has not been touched.")
            self.app.push_screen(Notice(title, [*faults, "", advice]))
        else:
            self.app.push_screen(PlanScreen(loaded))

    def action_new(self) -> None:
        """Make a plan from a template and open it."""
        from planner.tui.screens.new_plan import new_plan

        self.run_worker(new_plan(self), group=CONVERSATION, exclusive=True)


def _row(path: Path, seen: Overview | None) -> Row:
    if seen is None:
        return Row(str(path), (path.stem, "", "", "", "", "", path.name), style="dim")
    if seen.faults:
        text = ngettext(
            "{file}: cannot be read, {n} fault; Enter shows it",
            "{file}: cannot be read, {n} faults; Enter shows them",
            len(seen.faults),
        )
        return Row(str(path), banner=text.format(file=path.name, n=len(seen.faults)), style="bad")
    return Row(
        str(path),
        (
            Piece(seen.name, "strong"),
            seen.client,
            f"{seen.level:.1f} > {seen.target:.1f}",
            str(seen.phases) if seen.phases else "-",
            Piece(str(seen.findings), "warn") if seen.findings else "-",
            seen.saved.astimezone().strftime("%Y-%m-%d") if seen.saved else "-",
            Piece(path.name, "dim"),
        ),
    )
