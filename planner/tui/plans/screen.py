"""The list of plans: open, make, copy, rename, put away and bring back; every act on files can be undone."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from planner.store.kept import ARCHIVE, BIN
from planner.text.i18n import N_, _
from planner.tui.plans.deeds import Deed
from planner.tui.plans.finding import FindingScreen
from planner.tui.plans.views import NEED_A_REST, PLANS
from planner.tui.screens.dialog import Notice
from planner.tui.typeahead import CONVERSATION

if TYPE_CHECKING:
    from planner.tui.screens.plan import PlanScreen

GLANCE = 10.0
"""Seconds between two looks at who has plans open."""


class PlansScreen(FindingScreen):
    """What keys do in the list of plans."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("open"), id="plans.open", tooltip=N_("Open the plan, or bring it back")),
        Binding("n", "new", N_("new"), id="plans.new", tooltip=N_("New plan from a template, in four steps")),
        Binding("f", "filter", N_("filter"), id="plans.filter", tooltip=N_("Show only some, as you type")),
        Binding("t", "view", N_("view"), id="plans.view", tooltip=N_("Next view: plans, archive, bin, unsaved edits")),
        Binding("D", "duplicate", N_("copy"), id="plans.duplicate", tooltip=N_("Duplicate the plan")),
        Binding("c", "change", N_("name"), id="plans.change", tooltip=N_("Change name, client and file name")),
        Binding("A", "archive", N_("archive"), id="plans.archive", tooltip=N_("Into the archive, or out of it")),
        Binding("x", "bin", N_("bin"), id="plans.bin", tooltip=N_("Put the file into the bin")),
        Binding(
            "escape",
            "out",
            N_("no marks"),
            id="plans.out",
            show=False,
            tooltip=N_("Let go of the marks, then of the filter"),
        ),
        Binding("S", "sort", N_("sort"), id="plans.sort", tooltip=N_("Sort by the next column")),
        Binding("u", "undo", N_("undo"), id="plans.undo", show=False, tooltip=N_("Undo what was done to files")),
        Binding("U", "redo", N_("redo"), id="plans.redo", show=False, tooltip=N_("Do again what was undone")),
        Binding("slash", "find", N_("find"), id="plans.find", show=False, tooltip=N_("Go to a plan by its name")),
        Binding("r", "reload", N_("read again"), id="plans.reload", show=False, tooltip=N_("Read the folder again")),
        Binding("Y", "hints", N_("hints"), id="plans.hints", show=False, tooltip=N_("Show or hide the three hints")),
    ]

    def on_mount(self) -> None:
        self.set_interval(GLANCE, self._see_who)

    def why_not(self, action: str) -> str:
        """Why ``action`` can do nothing now, such as because somebody has the plan open; empty when it can."""
        if action in NEED_A_REST and self.view is PLANS:
            for path in self.chosen:
                if holder := self.holders.get(path.name):
                    return _("To be closed first: {who}.").format(who=holder.told())
        return super().why_not(action)

    @work(group="who", exclusive=True)
    async def _see_who(self) -> None:
        """Show who has plans open by now."""
        from planner.store.lock import holders

        if not self.is_current:
            return
        found = await asyncio.to_thread(holders, self.view.folder(self.folder))
        if {who.token for who in found.values()} != {who.token for who in self.holders.values()}:
            self.holders = found
            self.set_out()
            self.refresh_bindings()

    def show_file(self, path: Path) -> None:
        """Read the folder again and put the cursor on a file, if it is in this view."""
        self._cursors[self.view.name] = str(path)
        self.action_reload()

    def action_open(self) -> None:
        """Open the plan under the cursor, bring it back, or say why it cannot be opened."""
        if not self.may("open"):
            return
        path = self.selected
        if path is None:
            self.run_worker(self._make_sample(), group="sample", exclusive=True)
        elif self.view.kept:
            self._open_kept(path)
        elif self.view.below == BIN:
            self._move("", N_("{file} brought back"), N_("{n} plans brought back"))
        else:
            self.open(path)

    def open(self, path: Path, area: str = "assessment") -> "PlanScreen | None":
        """Open the plan in the file ``path``; None when it cannot be read, which is told."""
        from planner.store.load import PlanUnreadable
        from planner.tui.opening import plan_screen

        try:
            self._left = plan_screen(path, self.planner.reviewer, area)
        except PlanUnreadable as error:
            faults = [str(replace(fault, file=Path(fault.file).name)) for fault in error.faults]
            title = _("{name} cannot be opened").format(name=path.name)
            advice = _("Correct the file with a text editor, then press r in the list. The file has not been touched.")
            self.app.push_screen(Notice(title, [*faults, "", advice]))
            return None
        self.app.push_screen(self._left)
        return self._left

    def _open_kept(self, path: Path) -> None:
        """Open the plan, which asks about what was not saved; one that is gone or broken as it was on the screen."""
        from planner.store.load import PlanUnreadable, load
        from planner.tui.plans.recovery import screen_over

        try:
            load(path)
        except PlanUnreadable as error:
            try:
                self._left = screen_over(path, error)
            except PlanUnreadable:
                self.app.push_screen(
                    Notice(_("{name} cannot be opened").format(name=path.name), [*map(str, error.faults)])
                )
                return
            self.app.push_screen(self._left)
        else:
            self.open(path)

    async def _make_sample(self) -> None:
        from planner.tui.plans.sample_plan import make_sample

        self.say(_("Making a sample plan with a roadmap..."))
        try:
            steps = await asyncio.to_thread(make_sample, self.folder)
        except OSError as error:
            self.say(str(error), warn=True)
            return
        deed = Deed(_("sample plan made"), steps)
        self.deeds = self.deeds.do(deed)
        self.open(deed.place, "roadmap")

    def action_new(self) -> None:
        """Make a plan from a template and open it."""
        from planner.tui.plans.wizard import new_plan

        if self.view is not PLANS:
            self.turn_to(PLANS)
        self._talk(new_plan(self))

    def action_duplicate(self) -> None:
        """Copy the plan under the cursor."""
        from planner.tui.plans.shelf_acts import duplicate

        if self.may("duplicate") and self.selected is not None:
            self._talk(duplicate(self, self.selected))

    def action_change(self) -> None:
        """Other names for the plan under the cursor."""
        from planner.tui.plans.shelf_acts import rename

        if self.may("change") and self.selected is not None:
            self._talk(rename(self, self.selected))

    def action_archive(self) -> None:
        """Put the plan away, or take it out again."""
        if self.may("archive"):
            if self.view.below == ARCHIVE:
                self._move("", N_("{file} taken out of the archive"), N_("{n} plans taken out of the archive"))
            else:
                self._move(ARCHIVE, N_("{file} archived"), N_("{n} plans archived"))

    def action_bin(self) -> None:
        """Throw the file away, so that it can be brought back."""
        if self.may("bin"):
            self._move(BIN, N_("{file} put into the bin"), N_("{n} files put into the bin"))

    def _move(self, below: str, one: str, many: str) -> None:
        """Move what is marked, else the file of the cursor; ``one`` and ``many`` say what was done, untranslated."""
        from planner.store.shelf import put_all_into
        from planner.tui.plans.shelf_acts import do

        paths = self.chosen
        label = _(one).format(file=paths[0].name) if len(paths) == 1 else _(many).format(n=len(paths))
        do(self, label, lambda: put_all_into(paths, self.folder / below))

    def action_undo(self) -> None:
        """Take back what was done to files last."""
        self._turn("undo")

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self._turn("redo")

    def _turn(self, action: str) -> None:
        from planner.tui.plans.shelf_acts import turn

        if self.may(action):
            turn(self, back=action == "undo")

    def _talk(self, work: Coroutine[Any, Any, None]) -> None:
        self.run_worker(work, group=CONVERSATION, exclusive=True)
