"""An open plan: one history of projects, five areas that draw the present one."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen

from planner.edit.history import History
from planner.model.project import Project
from planner.store.load import Loaded
from planner.text.i18n import N_, _, listed, ngettext
from planner.tui.areas.area import Area, Change, Edit
from planner.tui.files import kept_beside, writable
from planner.tui.judgement import Judgement, judge, outrun
from planner.tui.named import homes, named
from planner.tui.typeahead import CONVERSATION
from planner.tui.widgets.keybar import KeyBar
from planner.tui.widgets.lines import Bar, Piece
from planner.tui.widgets.prose import Prose, Unread

if TYPE_CHECKING:
    from planner.tui.screens.pick import Option

AREAS = {
    "assessment": ("a", N_("Assessment"), "AssessmentArea"),
    "work": ("w", N_("Work"), "WorkArea"),
    "dependencies": ("d", N_("Dependencies"), "DependenciesArea"),
    "roadmap": ("r", N_("Roadmap"), "RoadmapArea"),
    "organisation": ("o", N_("Organisation"), "OrganisationArea"),
}
"""Area name: key, title and class; each is made when it is first visited."""

FIRST_FRAME = 0.1
"""Seconds that the first frame has for itself before anything else begins."""

MOST_LINES = 3
"""A longer message is shown in a dialog."""


class PlanScreen(Screen[None]):
    """One plan. Every change goes through :meth:`apply`, so every change can be undone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"area('{name}')", title, show=False, tooltip=title)
            for name, (key, title, _class) in AREAS.items()
        ),
        Binding("u", "undo", N_("undo"), tooltip=N_("Undo the last change")),
        Binding("U", "redo", N_("redo"), show=False, tooltip=N_("Do again what was undone")),
        Binding("s", "save", N_("save"), tooltip=N_("Save the plan")),
        Binding("v", "findings", N_("findings"), show=False, tooltip=N_("Findings: what is broken or worth a look")),
        Binding("slash", "find", N_("find"), show=False, tooltip=N_("Find a process, capability or package")),
        Binding("escape", "back", N_("list"), show=False, tooltip=N_("Back to the list of plans")),
    ]

    def __init__(self, loaded: Loaded, area: str = "assessment") -> None:
        super().__init__()
        self.path: Path = loaded.path
        self.text: str | None = loaded.text
        """The file as it was last read or written; None when the plan has never been in a file."""
        self.history = History.begin(loaded.project)
        self.judgement: Judgement | None = None
        self.saving = False
        self.assessor = ""
        """Who answers the questionnaire in this session."""
        self.said = Piece("")
        """What was told last, for a dialog that covers the message line."""
        self.one_save = asyncio.Lock()
        self._area = area

    @property
    def project(self) -> Project:
        """The plan as it is now."""
        return self.history.present

    @property
    def area(self) -> Area:
        """The area in view."""
        return self.query_one(f"#{self._area}", Area)

    @property
    def legend(self) -> list[str]:
        """Signs drawn by the area in view, for the help."""
        return [_(line) for line in self.area.legend]

    # Drawing

    def compose(self) -> ComposeResult:
        yield Bar(id="title")
        yield Bar(id="areas")
        with Container(id="content"):
            yield make_area(self._area)
        yield Unread(id="message")
        yield KeyBar()

    def on_mount(self) -> None:
        self.area.show(self.project)
        self._draw_bars()
        self.set_timer(FIRST_FRAME, self._begin)

    def _begin(self) -> None:
        """What can wait until the first frame is out."""
        if kept := kept_beside(self.path):
            words = _("Edits of an interrupted session are kept in {file}; open it from the list of plans (Esc).")
            self.say(words.format(file=kept[-1].name))
        elif not writable(self.path):
            self.say(_("This file cannot be written. You can try things out; s saves under another name."))
        self._judge()
        self.run_worker(asyncio.to_thread(prepare), group="prepare")

    def _draw_bars(self) -> None:
        engagement = self.project.engagement
        left = [Piece(f" {engagement.name}", "strong")]
        if engagement.client:
            left.append(Piece(f" | {engagement.client}"))
        self.query_one("#title", Bar).show(left, [Piece(" "), *self._state(), *self._counts(), Piece(" ")])
        tabs = []
        for name, (key, title, _class) in AREAS.items():
            if name == self._area:
                tabs.append(Piece(f"[{key} {_(title)}]", "strong"))
            else:
                tabs += [Piece(f" {key}", "key"), Piece(f" {_(title)} ")]
            tabs.append(Piece(" "))
        self.query_one("#areas", Bar).show(tabs)

    def _state(self) -> list[Piece]:
        if self.saving:
            return [Piece(_("saving..."), "warn")]
        pieces = [Piece(_("unsaved changes"), "warn") if self.history.dirty else Piece(_("saved"), "good")]
        return pieces if writable(self.path) else [Piece(_("read-only, "), "warn"), *pieces]

    def _counts(self) -> list[Piece]:
        if self.judgement is None:
            return [Piece(_(" | checking..."), "dim")]
        errors = len(self.judgement.errors)
        others = len(self.judgement.findings) - errors
        pieces = []
        if errors:
            words = ngettext("{n} error", "{n} errors", errors).format(n=errors)
            pieces += [Piece(" | "), Piece(words, "bad")]
        words = ngettext("{n} finding", "{n} findings", others).format(n=others)
        return [*pieces, Piece(" | "), Piece(words if others else _("no findings"), "warn" if others else "dim")]

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
        self.history = self.history.do(label, after)
        self._changed(_("{label}. {difference}").format(label=label, difference=difference(before, after)))
        return True

    def on_edit(self, event: Edit) -> None:
        self.apply(event.label, event.change)

    def _changed(self, words: str) -> None:
        self.area.show(self.project)
        self.say(words)
        self._judge()
        self._draw_bars()

    def action_undo(self) -> None:
        """Take the last edit back."""
        if label := self.history.undo_label:
            self.history = self.history.undo()
            self._changed(_("Undone: {label}").format(label=label))
        else:
            self.say(_("There is nothing to undo."), warn=True)

    def action_redo(self) -> None:
        """Do again what was undone last."""
        if label := self.history.redo_label:
            self.history = self.history.redo()
            self._changed(_("Done again: {label}").format(label=label))
        else:
            self.say(_("There is nothing to redo."), warn=True)

    def why_not(self, action: str) -> str:
        """Why ``action`` can do nothing now; empty when it can."""
        reasons = {
            "undo": "" if self.history.undo_label else _("There is nothing to undo."),
            "redo": "" if self.history.redo_label else _("There is nothing to redo."),
        }
        return reasons.get(action) or self.area.why_not(action)

    # Judging

    def _judge(self) -> None:
        self.judgement = None
        self.run_worker(self._look_at(self.project), group="judge", exclusive=True)

    async def _look_at(self, project: Project) -> None:
        judgement = await asyncio.to_thread(judge, project)
        if project is self.project:
            self.judgement = judgement
            self._draw_bars()
            self.area.judged(judgement)

    async def action_findings(self) -> None:
        """Everything that is broken or worth a look; Enter goes there."""
        from planner.tui.screens.findings import Findings

        judgement = self.judgement if self.judgement is not None else await asyncio.to_thread(judge, self.project)
        self.app.push_screen(Findings(self.project, judgement.findings), self._after_findings)

    def _after_findings(self, chosen: tuple[str, str] | None) -> None:
        if chosen is None:
            return
        act, what = chosen
        if act == "go":
            self.go_to(what)
        else:
            from planner.tui.topics.checks import accept

            self.area.talk(accept(self.area, what))

    # Going about

    async def action_area(self, name: str) -> None:
        """Show the area ``name``, made now if it is the first time, with the cursor on the same item."""
        content = self.query_one("#content", Container)
        item = self.area.current
        if not self.query(f"#{name}"):
            area = make_area(name)
            await area.ready()
            await content.mount(area)
        self._area = name
        for child in content.children:
            child.display = child.id == name
        self.area.show(self.project)
        if self.judgement is not None:
            self.area.judged(self.judgement)
        if item:
            self.area.select(item)
        self.area.enter()
        self._draw_bars()

    def places(self) -> "list[Option]":
        """Where one can go: processes, capabilities, packages."""
        from planner.tui.screens.pick import Option

        project = self.project
        found = [Option(process.id, process.name, _("process")) for process in project.processes]
        found += [Option(item, project.title(item), _("capability")) for item in project.capabilities]
        found += [
            Option(package.id, package.name, project.title(package.capability) if package.capability else "")
            for package in project.packages
        ]
        return found

    def go_to(self, item: str) -> None:
        """Put the cursor on ``item``: in the area in view if that shows it, else in the first that does."""
        if not self.area.select(item):
            self.call_next(self._go_elsewhere, item)

    async def _go_elsewhere(self, item: str) -> None:
        before = self._area
        for name in homes(self.project, item):
            if name != before:
                await self.action_area(name)
                if self.area.select(item):
                    return
        if self._area != before:
            await self.action_area(before)
        self.say(_("{item} is not shown in any area.").format(item=named(self.project, item)), warn=True)

    def action_find(self) -> None:
        """Type to find something, and go there."""
        from planner.tui.screens.pick import Pick

        self.app.push_screen(Pick(_("Go to"), self.places()), lambda item: self.go_to(item) if item else None)

    # Saving and leaving

    def action_save(self) -> None:
        """Save, in the background."""
        from planner.tui.screens.saving import save_plan

        self.run_worker(save_plan(self), group="save")

    def saved(self, project: Project, path: Path, text: str) -> None:
        """``project`` stands in the file ``path`` as ``text``."""
        self.path, self.text = path, text
        self.history = replace(self.history, saved=project)

    def show_saving(self, saving: bool) -> None:
        """Draw whether a save is under way."""
        self.saving = saving
        self._draw_bars()

    def reopen(self, loaded: Loaded) -> None:
        """Begin again with what is on disk."""
        self.path, self.text = loaded.path, loaded.text
        self.history = History.begin(loaded.project)
        self._changed(_("Read again from {file}.").format(file=self.path.name))

    def leave(self, then: Callable[[], object]) -> None:
        """Do ``then``; when something is not saved, ask first whether to save it."""
        from planner.tui.screens.saving import leave_plan

        self.run_worker(leave_plan(self, then), group=CONVERSATION, exclusive=True)

    def action_back(self) -> None:
        """Back to the list of plans."""
        self.leave(self._to_list)

    def _to_list(self) -> None:
        from planner.tui.screens.plans import PlansScreen

        if any(isinstance(screen, PlansScreen) for screen in self.app.screen_stack):
            self.app.pop_screen()
            return
        # The first screen of the app cannot be switched away; what it still held unsaved was given up by now.
        self.history = self.history.mark_saved()
        self.app.push_screen(PlansScreen(self.path.parent))

    def rescue(self) -> Path | None:
        """Write unsaved edits beside the plan, for a session that ends by force; the file written."""
        if not self.history.dirty:
            return None
        from planner.tui.screens.saving import keep

        return keep(self.project, self.path, self.text)


def make_area(name: str) -> Area:
    """A new area; its module is imported now."""
    area: Area = getattr(import_module(f"planner.tui.areas.{name}"), AREAS[name][2])(id=name)
    return area


def difference(before: Project, after: Project) -> str:
    """What an edit did to the work, in words; empty when it did nothing to it."""
    added = len(set(after.package_by_id) - set(before.package_by_id))
    removed = len(set(before.package_by_id) - set(after.package_by_id))
    parts = []
    for process in after.processes:
        was = before.process_by_id.get(process.id)
        if was is not None and was.baseline != process.baseline and was.target != process.target:
            parts.append(_("the target rises with it"))
    if added:
        parts.append(ngettext("{n} package added", "{n} packages added", added).format(n=added))
    if removed:
        parts.append(ngettext("{n} package removed", "{n} packages removed", removed).format(n=removed))
    words = _("{parts}.").format(parts=listed(parts)) if parts else ""
    return " ".join(filter(None, (words, outrun(before, after))))


def prepare() -> None:
    """Load what the next keys will need, while nobody waits for it."""
    from planner.catalog.load import load

    load()
    for module in ("textual.widgets._input", "networkx", "planner.tui.screens.form", "planner.tui.screens.pick"):
        import_module(module)
