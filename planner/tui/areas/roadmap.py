"""Roadmap: the phases as a timeline or side by side; move, pin, propose, explain."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.model.capability import process_of
from planner.model.project import Project
from planner.text.i18n import N_, _, language, ngettext
from planner.text.width import wrap
from planner.tui.areas.area import Area
from planner.tui.areas.roadmap_rows import PHASE, card_lanes, describe, fixed, inside, known, made_by, timeline_rows
from planner.tui.judgement import Judgement
from planner.tui.widgets.board import Board
from planner.tui.widgets.lines import Bar, Block, Lines, Piece, Pieces
from planner.tui.widgets.timeline import Timeline


class RoadmapArea(Area):
    """Two drawings of one roadmap; ``t`` changes between them, the selected item stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "propose", N_("propose"), tooltip=N_("Have a roadmap proposed (generate)")),
        Binding("b", "compare", N_("compare"), tooltip=N_("Compare strategies side by side, and adopt one")),
        Binding("f", "forecast", N_("risk"), tooltip=N_("How sure the dates are, and what drives the finish")),
        Binding("t", "turn", N_("view"), tooltip=N_("Timeline, or phases side by side")),
        Binding("m", "to_phase", N_("move"), tooltip=N_("Move to another phase")),
        Binding("less_than_sign", "shift(-1)", N_("earlier"), show=False, tooltip=N_("A week earlier")),
        Binding("greater_than_sign", "shift(1)", N_("later"), show=False, tooltip=N_("A week later")),
        Binding("p", "pin", N_("pin"), show=False, tooltip=N_("Pin to a phase, an earliest start or a deadline")),
        Binding("e", "explain", N_("why"), tooltip=N_("Why is it here, and why not earlier?")),
        Binding("P", "progress", N_("progress"), show=False, tooltip=N_("Progress: begun, done, what is left")),
        Binding("G", "replan", N_("plan again"), show=False, tooltip=N_("Plan again after what has happened")),
        Binding("enter,space", "unfold", N_("open"), show=False, tooltip=N_("Open or close a phase or capability")),
        Binding("n", "new_phase", N_("new phase"), show=False, tooltip=N_("New phase")),
        Binding(
            "c",
            "change_phase",
            N_("change phase"),
            show=False,
            tooltip=N_("Change the phase: name, goal, window, limit"),
        ),
        Binding("x", "remove_phase", N_("remove phase"), show=False, tooltip=N_("Remove an empty phase")),
        Binding("X", "clear", N_("clear"), show=False, tooltip=N_("Take the whole roadmap back, to propose afresh")),
    ]
    legend = (
        N_("=       a phase, which ends at its gate |"),
        N_("#       a capability; -  a work package; :  a blackout, in which work pauses"),
        N_("+ -     closed, opened (Enter)"),
        N_("!       breaks a rule (v says which); *  pinned"),
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.as_board = False
        self.closed: set[str] = set()
        """Phases whose capabilities are hidden."""
        self.opened: set[str] = set()
        """Capabilities whose packages are shown."""
        self.judgement: Judgement | None = None
        self.strategies: Mapping[str, str] = {}
        """The names of the catalogue's strategies by their ids."""

    async def ready(self) -> None:
        self.strategies = await asyncio.to_thread(_strategies)

    def compose(self) -> ComposeResult:
        yield Bar(id="summary")
        yield Timeline(id="timeline", empty=_no_roadmap)
        board = Board(id="board", empty=_no_roadmap)
        board.display = False
        yield board
        yield Block(id="details")

    @property
    def view(self) -> Timeline | Board:
        """The drawing in view."""
        return self.query_one(Board) if self.as_board else self.query_one(Timeline)

    @property
    def selected(self) -> str:
        """The capability or work package under the cursor; empty on a phase."""
        return "" if self.view.key.startswith(PHASE) else self.view.key

    @property
    def phase(self) -> str:
        """The phase under the cursor, or in which the selected item stands."""
        key = self.view.key
        if key.startswith(PHASE):
            return key.removeprefix(PHASE)
        if self.as_board:
            lane = self.query_one(Board).lane
            return lane.key.removeprefix(PHASE) if lane else ""
        return next((p for p, items in inside(self.project).items() if key in items), "")

    def show(self, project: Project) -> None:
        self._draw(project)

    def _draw(self, project: Project, key: str = "") -> None:
        touched = self.judgement.touched if self.judgement else frozenset()
        if self.as_board:
            self.query_one(Board).show(card_lanes(project, touched), key)
        else:
            rows = timeline_rows(project, touched, self.closed, self.opened)
            self.query_one(Timeline).show(rows, project.calendar.blackouts, key, project.engagement.start)
        if project.roadmap is None:
            words = _(" No roadmap yet")
        else:
            count = ngettext("{n} phase", "{n} phases", len(project.phases)).format(n=len(project.phases))
            made = made_by(project.roadmap, self.strategies)
            words = _(" {count}, {quality} | {origin}").format(count=count, quality=known(project.roadmap), origin=made)
        mode = _("phases") if self.as_board else _("timeline")
        self.query_one("#summary", Bar).show([Piece(words)], [Piece(f" [{mode}] ", "strong")])
        self._detail()

    def judged(self, judgement: Judgement) -> None:
        before = self.judgement.touched if self.judgement else None
        self.judgement = judgement
        if before != judgement.touched:
            self._draw(self.project)
        else:
            self._detail()

    def enter(self) -> None:
        self.view.focus()

    def select(self, item: str) -> bool:
        project = self.project
        if process_of(self.selected) == item:
            return True
        if item in project.process_by_id:
            item = next((c for c in project.capabilities if process_of(c) == item), item)
        package = project.package_by_id.get(item)
        if package is not None:
            if self.as_board:
                item = package.capability or item
            else:
                self.opened.add(package.capability)
        phase = next((p for p, items in inside(project).items() if item in items), "")
        self.closed.discard(phase)
        if item in project.phase_by_id:
            item = PHASE + item
        self._draw(project, item)
        return self.view.key == item

    @property
    def current(self) -> str:
        return self.selected

    def why_not(self, action: str) -> str:
        if action in ("explain", "shift", "to_phase", "clear", "forecast", "replan") and self.project.roadmap is None:
            return _("There is no roadmap yet: g proposes one.")
        if action in ("explain", "shift", "to_phase", "pin", "progress") and not self.selected:
            return _("Select a capability or a work package first.")
        if action in ("shift", "to_phase", "pin") and (words := fixed(self.project, self.selected, action)):
            return words
        if action in ("change_phase", "remove_phase") and self.phase not in self.project.phase_by_id:
            return _("No phase is selected.")
        if action in ("propose", "compare") and not self.project.packages:
            return _("There is no work to plan yet: raise a target in Assessment (a) first.")
        return ""

    def _detail(self) -> None:
        broken = self.judgement.errors if self.judgement else ()
        key = self.view.key
        self.query_one("#details", Block).show(describe(self.project, key, broken) if key else [])

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._detail()

    def action_unfold(self) -> None:
        key = self.view.key
        if self.as_board or not key or key in self.project.package_by_id:
            self.action_explain()
            return
        name = key.removeprefix(PHASE)
        held = self.closed if key.startswith(PHASE) else self.opened
        held.symmetric_difference_update({name})
        self._draw(self.project)

    def action_turn(self) -> None:
        key = self.view.key
        self.as_board = not self.as_board
        self.query_one(Board).display = self.as_board
        self.query_one(Timeline).display = not self.as_board
        package = self.project.package_by_id.get(key)
        self._draw(self.project, package.capability if package and self.as_board else key)
        self.view.focus()

    def action_propose(self) -> None:
        if self.may("propose"):
            from planner.tui.areas.proposal import propose_roadmap

            self.talk(propose_roadmap(self))

    def action_compare(self) -> None:
        if self.may("compare"):
            from planner.tui.areas.comparison import compare_roadmaps

            self.talk(compare_roadmaps(self))

    def action_forecast(self) -> None:
        if self.may("forecast"):
            from planner.tui.areas.forecast import forecast

            self.talk(forecast(self))

    def action_progress(self) -> None:
        if self.may("progress"):
            from planner.tui.areas.progress import tell_progress

            self.talk(tell_progress(self, self.selected))

    def action_replan(self) -> None:
        if self.may("replan"):
            from planner.tui.areas.replanning import replan_roadmap

            self.talk(replan_roadmap(self))

    def action_to_phase(self) -> None:
        if self.may("to_phase"):
            from planner.tui.areas.roadmap_forms import move

            self.talk(move(self, self.selected))

    def action_shift(self, weeks: int) -> None:
        if not self.may("shift"):
            return
        from planner.assessment.dates import start_of
        from planner.edit.roadmap import move_to

        project, item = self.project, self.selected
        start = start_of(project, project.roadmap, item) if project.roadmap else None
        if start is None:
            self.plan.say(_("It has no place yet: m puts it into a phase."), warn=True)
            return
        day = start + timedelta(weeks=weeks)
        words = _("{item} a week later") if weeks > 0 else _("{item} a week earlier")
        self.edit(words.format(item=project.title(item)), lambda plan: move_to(plan, item, day))

    def action_pin(self) -> None:
        if self.may("pin"):
            from planner.tui.areas.roadmap_forms import pin

            self.talk(pin(self, self.selected))

    def action_explain(self) -> None:
        if self.may("explain"):
            from planner.tui.areas.explanation import explain_item

            self.talk(explain_item(self, self.selected))

    def action_new_phase(self) -> None:
        from planner.tui.areas.roadmap_forms import new_phase

        self.talk(new_phase(self, self.phase))

    def action_change_phase(self) -> None:
        if self.may("change_phase"):
            from planner.tui.areas.roadmap_forms import change_phase

            self.talk(change_phase(self, self.phase))

    def action_remove_phase(self) -> None:
        if self.may("remove_phase"):
            from planner.edit.roadmap import remove_phase

            phase = self.phase
            name = self.project.phase_by_id[phase].name
            self.edit(_("Phase removed: {name}").format(name=name), lambda project: remove_phase(project, phase))

    def action_clear(self) -> None:
        if self.may("clear"):
            from planner.edit.roadmap import clear

            self.edit(_("Roadmap taken back"), clear)


def _strategies() -> dict[str, str]:
    from planner.catalog.load import load

    return {strategy.id: strategy.name.in_(language()) for strategy in load().strategies}


def _no_roadmap(cells: int) -> list[Pieces]:
    text = _(
        "There is nothing to plan yet. Raise a target in Assessment (a): the work it takes appears by itself. "
        "Then g here proposes a roadmap."
    )
    return [(), *([Piece(f"  {line}", "dim")] for line in wrap(text, cells - 4))]
