"""An open plan: one history of projects, and the areas that draw the present one."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from planner.edit.history import History
from planner.model.project import Project
from planner.store.load import Loaded
from planner.text.i18n import N_, _, ngettext
from planner.tui.access import FULL, Access
from planner.tui.areas.area import Change, Edit
from planner.tui.differences import difference
from planner.tui.files import writable
from planner.tui.judgement import judge
from planner.tui.named import named
from planner.tui.places import PLACES, PlaceBar, make_area
from planner.tui.screens.diary import Diary
from planner.tui.screens.exchange import Exchange
from planner.tui.screens.holding import LOOK, Holding
from planner.tui.screens.ready import prepare
from planner.tui.screens.state import counts, open_conflicts, state
from planner.tui.typeahead import CONVERSATION
from planner.tui.widgets.keybar import KeyBar
from planner.tui.widgets.lines import Bar, Piece
from planner.tui.widgets.prose import Prose, Unread

if TYPE_CHECKING:
    from planner.model.remarks import Draft
    from planner.store.journal import Told

FIRST_FRAME = 0.1
"""Seconds that the first frame has for itself before anything else begins."""

MOST_LINES = 3
"""A longer message is shown in a dialog."""


class PlanScreen(Exchange):
    """One plan. Every change goes through :meth:`apply`, so every change can be undone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(place.key, f"area('{name}')", place.title, id=f"go.{name}", show=False, tooltip=place.title)
            for name, place in PLACES.items()
        ),
        Binding("u", "undo", N_("undo"), id="plan.undo", tooltip=N_("Undo the last change")),
        Binding("U", "redo", N_("redo"), id="plan.redo", show=False, tooltip=N_("Do again what was undone")),
        Binding("H", "history", N_("history"), id="plan.history", show=False, tooltip=N_("History of edits")),
        Binding("s", "save", N_("save"), id="plan.save", tooltip=N_("Save the plan")),
        Binding("N", "comment", N_("comment"), id="plan.comment", show=False, tooltip=N_("Comment on the item")),
        Binding("slash", "find", N_("find"), id="plan.find", show=False, tooltip=N_("Go to an item")),
        Binding(
            "backspace", "return", N_("go back"), id="plan.return", show=False, tooltip=N_("Back to where you were")
        ),
        Binding("escape", "back", N_("list"), id="plan.list", show=False, tooltip=N_("Back to the list of plans")),
    ]

    def __init__(self, loaded: Loaded, area: str = "", access: Access = FULL) -> None:
        super().__init__(area or access.area)
        self.access = access
        self.path: Path = loaded.path
        self.text: str | None = loaded.text
        """The file as it was last read or written; None when the plan has never been in a file."""
        self.history = History.begin(loaded.project)
        self.saving = False
        self.assessor = access.author
        """Who answers the questionnaire in this session, and by whom remarks are."""
        self.writing: Draft | None = None
        """About which item a remark is being typed, and which comment it answers; None when none is."""
        self.one_save = asyncio.Lock()
        self.holding = Holding(self)
        self.diary = Diary(self)
        self.work_told = ""
        """What runs in the background, as ``working`` was told."""
        self._greeting = ""
        """What is said first of a plan that does not stand as in its file."""

    @property
    def project(self) -> Project:
        """The plan as it is now."""
        return self.history.present

    @property
    def legend(self) -> list[str]:
        """Signs drawn by the area in view, for the help."""
        return [_(line) for line in self.area.legend]

    # Drawing

    def compose(self) -> ComposeResult:
        yield Bar(id="title")
        yield PlaceBar(self._area, id="areas")
        with Container(id="content"):
            yield make_area(self._area)
        yield Unread(id="message")
        yield KeyBar()

    def on_mount(self) -> None:
        self.area.show(self.project)
        self.draw_bars()
        self.set_timer(FIRST_FRAME, self._begin)

    def _begin(self) -> None:
        """What can wait until the first frame is out."""
        if told := self._greeting or self.access.told():
            self.say(told)
        elif self.project.conflicts:
            self.say(open_conflicts(self), warn=True)
        elif not writable(self.path):
            self.say(_("This file cannot be written. You can try things out; s saves under another name."))
        self.run_worker(self._get_ready(), group="prepare")
        self.run_worker(self._take(), group=CONVERSATION)
        self.access.begin(self)
        self.set_interval(LOOK, self.look)
        self.app.app_resume_signal.subscribe(self, lambda _app: self.look())

    async def _take(self) -> None:
        """Have the plan, or learn who has it; then what earlier sessions have left of it."""
        await self.holding.begin()
        await self.diary.begin()

    def look(self) -> None:
        """Look whether the plan is still this session's, and its file as it was."""
        self.run_worker(self.holding.look(), group="look")

    def on_unmount(self) -> None:
        self.diary.close()
        self.holding.release()

    def draw_bars(self) -> None:
        """Draw the line of the plan, its state, and that of places."""
        engagement = self.project.engagement
        left = [Piece(f" {engagement.name}", "strong")]
        if engagement.client:
            left.append(Piece(f" | {engagement.client}"))
        self.query_one("#title", Bar).show(left, [Piece(" "), *state(self), *counts(self), Piece(" ")])
        self.query_one(PlaceBar).show(self._area)

    def working(self, words: str) -> None:
        """Say in the status line what runs in the background; nothing any more with empty ``words``."""
        if words != self.work_told:
            self.work_told = words
            self.draw_bars()

    def say(self, text: str, warn: bool = False) -> None:
        """Show ``text`` in the message line; ``warn`` marks a refusal with ``!``."""
        message = self.query_one("#message", Prose)
        self.said = Piece(f"! {text}" if warn else text, "warn" if warn else "")
        message.show([Piece(f"! {text}" if warn else f" {text}", "warn" if warn else "")])
        if len(message.lines(max(40, self.size.width))) > MOST_LINES:
            message.show([Piece("")])
            from planner.tui.screens.dialog import Notice

            self.app.push_screen(Notice(_("That cannot be done") if warn else _("Done"), [text]))

    # Changing

    def apply(self, label: str, change: Change) -> bool:
        """Make an edit; a refusal is told in the message line. Whether anything changed."""
        from planner.edit.refused import Refused

        before = self.project
        try:
            after = change(before)
        except Refused as error:
            self.say(str(error), warn=True)
            return False
        if after == before:
            self.say(_("That changes nothing."))
            return False
        if wrong := self.access.refuses(before, after):
            self.say(wrong, warn=True)
            return False
        self.record(label, after)
        self._changed(_("{label}. {difference}").format(label=label, difference=difference(before, after)))
        return True

    def record(self, label: str, after: Project) -> None:
        """Have the edit ``label``, which leads to ``after``, in the history and in the journal."""
        before = self.project
        self.history = self.history.do(label, after)
        if self.project is not before:
            self.diary.edit(label, before, after)

    def from_journal(self, told: "Told", words: str) -> None:
        """Before it is shown: the plan stands only in its journal; ``words`` say what became of its file."""
        self._greeting = words
        self.history = replace(History.of(told), saved=None)
        self.diary.recall(told)
        if not self.path.exists():
            self.text = None

    def go_on(self, history: History, words: str) -> None:
        """Go on with another ``history``, which the journal tells already."""
        self.history = history
        self._changed(words)

    def on_edit(self, event: Edit) -> None:
        self.apply(event.label, event.change)

    def _changed(self, words: str) -> None:
        self.area.show(self.project)
        self.say(" ".join(filter(None, (words, self.holding.aside(), self.diary.aside()))))
        self._judge()
        self.draw_bars()
        if self.access.at_once:
            from planner.tui.screens.saving import save_at_once

            self.run_worker(save_at_once(self), group="save")

    def action_undo(self) -> None:
        """Take the last edit back."""
        if label := self.history.undo_label:
            self._step(-1, _("Undone: {label}").format(label=label))
        else:
            self.say(_("There is nothing to undo."), warn=True)

    def action_redo(self) -> None:
        """Do again what was undone last."""
        if label := self.history.redo_label:
            self._step(1, _("Done again: {label}").format(label=label))
        else:
            self.say(_("There is nothing to redo."), warn=True)

    def action_history(self) -> None:
        """Every edit, those of earlier sessions too, and the way back to any of them."""
        from planner.tui.screens.history import HistoryDialog

        def chosen(steps: int | None) -> None:
            if steps:
                undone = ngettext("{n} edit undone.", "{n} edits undone.", -steps)
                again = ngettext("{n} edit done again.", "{n} edits done again.", steps)
                self._step(steps, (undone if steps < 0 else again).format(n=abs(steps)))

        self.app.push_screen(HistoryDialog(self.history), chosen)

    def _step(self, steps: int, words: str) -> None:
        """Undo (negative) or do again so many edits, and say ``words``."""
        self.history = self.history.go(steps)
        self.diary.go(steps)
        self._changed(words)

    def refused(self, action: str) -> str:
        """Why the key of ``action`` does nothing for this person; empty when it does something."""
        if action == "export":
            return self.access.keeps_in
        touched = {"comment": "remarks", "import": "plan"}.get(action) or self.area.touches(action)
        return self.access.closed if touched == "plan" or (touched and not self.access.remarks) else ""

    def footer(self, action: str, words: str) -> str:
        """What the line of keys says of ``action``; the area in view may have better words, or none."""
        return self.area.footer(action, words)

    def why_not(self, action: str) -> str:
        """Why ``action`` can do nothing now; empty when it can."""
        reasons = {
            "undo": "" if self.history.undo_label else _("There is nothing to undo."),
            "redo": "" if self.history.redo_label else _("There is nothing to redo."),
        }
        return self.refused(action) or reasons.get(action) or self.area.why_not(action)

    # Judging

    async def _get_ready(self) -> None:
        """One after the other: two threads at once would keep the first keys waiting."""
        await asyncio.to_thread(prepare)
        if self.judgement is None:
            self._judge()

    def _judge(self) -> None:
        self.judgement = None
        self.run_worker(self._look_at(self.project), group="judge", exclusive=True)

    async def _look_at(self, project: Project) -> None:
        judgement = await asyncio.to_thread(judge, project)
        if project is self.project:
            self.judgement = judgement
            self.draw_bars()
            self.area.judged(judgement)

    def action_comment(self) -> None:
        """Write a remark on what is under the cursor."""
        from planner.tui.topics.comments import comment_on

        item = self.area.current
        self.area.talk(comment_on(self.area, item if named(self.project, item) != item else ""))

    # Saving and leaving

    def action_save(self) -> None:
        """Save, in the background."""
        from planner.tui.screens.saving import save_plan

        self.run_worker(save_plan(self), group="save")

    def saved(self, project: Project, path: Path, text: str) -> None:
        """``project`` stands in the file ``path`` as ``text``."""
        self.path, self.text = path, text
        self.history = replace(self.history, saved=project)
        self.diary.saved(project, path, text)

    def show_saving(self, saving: bool) -> None:
        """Draw whether a save is under way."""
        self.saving = saving
        self.draw_bars()

    def renew(self, loaded: Loaded, project: Project) -> None:
        """Begin again with what is on disk, and what was said here: ``project`` is both."""
        self.text = loaded.text
        self.holding.disk = ""
        self.history = replace(History.begin(project), saved=loaded.project)
        self._changed(_("Somebody else has saved the plan: it was read again, and your remarks are kept."))

    def take_in(self, label: str, project: Project, loaded: Loaded) -> None:
        """Go on with ``project`` and with the file as ``loaded``: an edit ``label``, so that it can be undone."""
        before = self.project
        self.path, self.text = loaded.path, loaded.text
        self.holding.disk = ""
        self.record(label, project)
        self.history = replace(self.history, saved=loaded.project)
        self.diary.saved(loaded.project, loaded.path, loaded.text)
        self._changed(_("{label}. {difference}").format(label=label, difference=difference(before, project)))

    def leave(self, then: Callable[[], object]) -> None:
        """Do ``then``; when something is not saved, ask first whether to save it."""
        from planner.tui.screens.saving import leave_plan

        self.run_worker(leave_plan(self, then), group=CONVERSATION, exclusive=True)

    def action_back(self) -> None:
        """Back to the list of plans; what runs in the background is not given up by a single Esc."""
        words = _("{what}: Esc again gives it up and leaves.").format(what=self.work_told)
        if self.work_told and self.said.text != f"! {words}":
            self.say(words, warn=True)
        else:
            self.leave(self._to_list)

    def _to_list(self) -> None:
        from planner.tui.plans.screen import PlansScreen

        self.diary.close()
        self.holding.release()
        if any(isinstance(screen, PlansScreen) for screen in self.app.screen_stack):
            self.app.pop_screen()
            return
        # The first screen of the app cannot be switched away; what it still held unsaved was given up by now.
        self.history = self.history.mark_saved()
        self.app.push_screen(PlansScreen(self.path.parent))

    def give_up(self) -> None:
        """Let the plan be as in its file; what was not saved can be done again, also after the plan is opened again."""
        self.history = self.history.given_up(_("as in the file"))
        self.diary.given_up()

    def rescue(self) -> bool:
        """The session ends by force: see to it that the journal is on the disk; whether it holds unsaved edits."""
        if self.access.at_once:
            return self.access.part(self)
        self.diary.settle()
        return self.history.dirty and self.diary.kept
