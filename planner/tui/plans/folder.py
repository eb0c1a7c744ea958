"""The files of a folder in rows: read, arranged, filtered; what can be done with them is in ``plans``."""

from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, cast

from textual import work
from textual.app import ComposeResult
from textual.screen import Screen

from planner.store.listing import Header
from planner.text.i18n import _
from planner.text.width import wrap
from planner.tui.plans.deeds import Deeds
from planner.tui.plans.hints import ENOUGH, HINTS
from planner.tui.plans.overview import Overview
from planner.tui.plans.reading import read_all
from planner.tui.plans.rows import COLUMNS, ORDERS, Shown, facts, row, told
from planner.tui.plans.sorted import SortedTable
from planner.tui.plans.views import PLANS, VIEWS, View, marked
from planner.tui.widgets.keybar import KeyBar
from planner.tui.widgets.lines import Bar, Block, Lines, Piece, Pieces
from planner.tui.widgets.table import Row

if TYPE_CHECKING:
    from planner.store.holder import Holder
    from planner.tui.app import PlannerApp
    from planner.tui.screens.plan import PlanScreen
    from planner.tui.widgets.filterline import FilterLine

OF_OWNERS = frozenset({"new", "view", "duplicate", "change", "archive", "bin", "undo", "redo"})
"""Actions on files, and on the views that hold files put aside: not for reviewers."""

PAUSE = 0.3
"""Seconds between two times that rows change places while plans are still being read."""


class FolderScreen(Screen[None]):
    """Names appear at once; the rest is read in the background, and again only where a file has changed."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.view: View = PLANS
        self.deeds = Deeds()
        self.headers: tuple[Header, ...] = ()
        """Files of the view, by file name."""
        self.known: dict[Path, Overview] = {}
        self.order = ORDERS[0]
        self.filter_line: FilterLine | None = None
        """Where the list is filtered; made when it is first used."""
        self.holders: Mapping[str, Holder] = {}
        """Who has plans of the view open, by the names of their files."""
        self._kept: Mapping[Path, int] = {}
        """How many edits ended sessions have left unsaved, by plan."""
        self._aside: list[str] = []
        """How much the other views hold, in words."""
        self._cursors: dict[str, str] = {}
        """Where the cursor was in the other views."""
        self._left: PlanScreen | None = None
        """The plan that was opened last; the cursor comes back to it."""
        self._row_told = True
        """Whether the message line is about the row under the cursor, not about something that was done."""
        self._arranged = 0.0
        self._hints: bool | None = None
        """Whether hints are shown, once somebody has said so in this session."""

    # Drawing

    def compose(self) -> ComposeResult:
        yield Bar(id="title")
        yield SortedTable(COLUMNS, id="plans", empty=self._empty)
        yield Block(id="hints")
        yield Bar(id="message")
        yield KeyBar()

    def on_mount(self) -> None:
        block = self.query_one("#hints")
        block.styles.height = len(HINTS)
        block.display = False
        self.table.focus()

    @property
    def planner(self) -> "PlannerApp":
        """The application."""
        return cast("PlannerApp", self.app)

    @property
    def table(self) -> SortedTable:
        """The list."""
        return self.query_one(SortedTable)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files of the view."""
        return tuple(header.path for header in self.headers)

    @property
    def chosen(self) -> list[Path]:
        """The marked files, else the one under the cursor."""
        marked = [path for path in self.paths if str(path) in self.table.marks]
        return marked or [path for path in (self.selected,) if path is not None]

    @property
    def selected(self) -> Path | None:
        """The file under the cursor."""
        return Path(self.table.key) if self.table.key else None

    def on_screen_resume(self) -> None:
        left, self._left = self._left, None
        if left is not None:
            self._cursors[self.view.name] = str(left.path)
            self._row_told = True
        self.action_reload()

    def on_screen_suspend(self) -> None:
        self.workers.cancel_group(self, "read")

    def action_reload(self) -> None:
        """Read the folder again: names now, the rest in the background."""
        from planner.store.fault import PlanUnreadable
        from planner.store.journal import unsaved_in
        from planner.store.listing import headers
        from planner.store.lock import holders

        trouble = ""
        try:
            found = headers(self.view.folder(self.folder))
        except PlanUnreadable as error:
            found, trouble = (), str(error.faults[0])
        self.holders = holders(self.view.folder(self.folder))
        self._kept = unsaved_in(self.view.folder(self.folder))
        self.headers = found
        if self.view.kept:
            from planner.tui.plans.recovery import left_header

            self.headers = tuple(map(left_header, self._kept))
        stamps = {header.path: header.stamp for header in found}
        self.known = {
            path: seen for path, seen in self.known.items() if path not in stamps or stamps[path] == seen.stamp
        }
        views = VIEWS[1:] if self.planner.reviewer is None else ()
        self._aside = [words for view in views if (words := view.told(self.folder))]
        self.table.keep_marks({str(header.path) for header in self.headers})
        self._show_hints()
        self.set_out(self._cursors.pop(self.view.name, None))
        if trouble:
            self.say(trouble, warn=True)
        self.refresh_bindings()
        if not self.view.kept:
            self._read()

    def _show_hints(self) -> None:
        wanted = self.planner.settings.hints and len(self.headers) < ENOUGH and self.planner.reviewer is None
        block = self.query_one("#hints", Block)
        block.display = self.view is PLANS and (wanted if self._hints is None else self._hints)
        block.show([Piece(_(line), "dim") for line in HINTS])

    def shown(self, header: Header) -> Shown:
        """What is known of a plan."""
        holder = self.holders.get(header.path.name)
        return Shown(header, self.known.get(header.path), self._kept.get(header.path, 0), holder)

    def set_out(self, key: str | None = None) -> None:
        """Show the rows that the filter keeps, in order; the cursor on ``key``, else where it was."""
        plans = [self.shown(header) for header in self.headers]
        line = self.filter_line
        if line is not None and self._filters:
            plans = [plan for plan in plans if line.filter.keeps(facts(plan))]
        plans.sort(key=self.order.key)
        self.table.sorted_by = self.order.title if not self.view.kept else ""
        self.table.columns = self.view.columns
        self.table.show([self._row(plan) for plan in plans], key)
        if line is not None:
            line.tell(len(plans), len(self.headers))
        self._arranged = monotonic()
        self._draw_title()
        if self._row_told:
            self.tell_row()

    def _row(self, plan: Shown) -> Row:
        if not self.view.kept:
            return row(plan)
        from planner.tui.plans.recovery import left_row

        return left_row(plan.header.path)

    def _draw_title(self) -> None:
        marks = marked(len(self.table.marks), self.table.hidden)
        held = self.view.counted(len(self.headers), self._aside)
        self.query_one("#title", Bar).show(
            [Piece(_(" Plans in {folder}").format(folder=self.folder), "strong")],
            [Piece(f" {marks}", "key"), Piece(f"{' | ' if marks else ''}{held} ")],
        )

    def _empty(self, cells: int) -> list[Pieces]:
        if self.headers:
            text = _("No plan fits the filter: f changes it, Esc takes it away.")
        elif self.planner.reviewer is not None:
            text = _("There is no plan in {folder} yet.").format(folder=self.folder)
        else:
            text = _(self.view.empty).format(folder=self.folder)
        return [(), *([Piece(f"  {line}")] for line in wrap(text, cells - 4))]

    def say(self, text: str, warn: bool = False) -> None:
        """Show ``text`` in the message line; ``warn`` marks a refusal with ``!``."""
        self._row_told = False
        self.query_one("#message", Bar).show([Piece(f"! {text}" if warn else f" {text}", "warn" if warn else "")])

    def tell_row(self) -> None:
        """Say of the row under the cursor what it has no room for: also the file, as plans may be called alike."""
        here = next((header for header in self.headers if str(header.path) == self.table.key), None)
        if here is None:
            words = ""
        elif self.view.kept:
            cells = self.table.rows[self.table.cursor].cells
            words = f"{here.path.name} | {cells[2]}" if cells else here.path.name
        else:
            words = told(self.shown(here))
        self.query_one("#message", Bar).show([Piece(f" {words}", "dim")])
        self._row_told = True

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._draw_title()
        self.tell_row()

    def footer(self, action: str, words: str) -> str:
        """What the line of keys says of ``action`` in this view; nothing where it can do nothing."""
        if self.why_not(action):
            return ""
        if action == "open" and not self.headers:
            return _("sample plan")
        told = self.view.words.get(action, "")
        return _(told) if told else words

    def refused(self, action: str) -> str:
        """Why the key of ``action`` does nothing for this person: a reviewer leaves files as they are."""
        if self.planner.reviewer is None or not (action in OF_OWNERS or (action == "open" and self.selected is None)):
            return ""
        return _("A review leaves the files as they are: Enter opens a plan, to read it and to comment.")

    def why_not(self, action: str) -> str:
        """Why ``action`` can do nothing now; empty when it can."""
        if action == "undo" and not self.deeds.past:
            return _("There is nothing to undo.")
        if action == "redo" and not self.deeds.future:
            return _("There is nothing to redo.")
        return self.view.why_not(action, selected=self.selected is not None, files=len(self.headers))

    def may(self, action: str) -> bool:
        """Whether ``action`` can do something now; if not, the message line says why."""
        reason = self.why_not(action)
        if reason:
            self.say(reason, warn=True)
        return not reason

    # Reading in the background

    @work(group="read", exclusive=True)
    async def _read(self) -> None:
        """Read what is not known yet, the rows in view first."""
        await read_all(self._next, self._learned)
        if self.order.read or self._filters:
            self.set_out()

    def _next(self) -> Path | None:
        table = self.table
        in_view = [Path(row.key) for row in table.rows[table.top : table.top + table.page]]
        return next((path for path in (*in_view, *self.paths) if path not in self.known), None)

    @property
    def _filters(self) -> bool:
        line = self.filter_line
        return line is not None and not line.filter.empty and not self.view.kept

    def _learned(self, path: Path, seen: Overview) -> None:
        self.known[path] = seen
        table = self.table
        place = next((n for n, row in enumerate(table.rows) if row.key == str(path)), None)
        header = next((header for header in self.headers if header.path == path), None)
        if place is not None and header is not None:
            table.replace(place, self._row(self.shown(header)))
            if place == table.cursor and self._row_told:
                self.tell_row()
        if self._filters and monotonic() - self._arranged > PAUSE:
            self.set_out()
