"""Roadmap: the phases as a timeline, side by side, and what they do for maturity; move, pin, explain."""

from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from planner.model.capability import process_of
from planner.text.i18n import _
from planner.tui.areas.area import nothing_selected
from planner.tui.areas.roadmap.board import Board
from planner.tui.areas.roadmap.keys import KEYS
from planner.tui.areas.roadmap.moving import Move, Mover, Outcome
from planner.tui.areas.roadmap.picture import MILESTONES, PHASE, Picture
from planner.tui.areas.roadmap.rows import Rows, card_lanes
from planner.tui.areas.roadmap.side import Side
from planner.tui.areas.roadmap.timeline import Timeline
from planner.tui.areas.roadmap.view import VIEWS, RoadmapView
from planner.tui.areas.roadmap.words import fixed
from planner.tui.widgets.filterline import FilterLine
from planner.tui.widgets.lines import Block

_OF_ITEMS = ("explain", "shift", "move_item", "pin", "progress")
"""Actions that do something with a capability or package."""


class RoadmapArea(RoadmapView):
    """Three drawings of one roadmap; ``t`` changes between them, the selected item stays."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS
    edits = frozenset(
        {"move_item", "shift", "pin", "progress", "replan", "new_phase", "change_phase", "remove_phase", "clear"}
    )

    def why_not(self, action: str) -> str:
        needs_roadmap = (*_OF_ITEMS[:3], "clear", "forecast", "replan", "beside", "baseline")
        roadmap = self.project.roadmap
        if action in needs_roadmap and roadmap is None:
            return _("There is no roadmap yet: g proposes one.")
        if action in ("replan", "forecast") and roadmap and not roadmap.packages:
            return _("The roadmap holds no work: g proposes one that does.")
        of_several = action in ("shift", "move_item")
        if action in _OF_ITEMS and not (self.chosen.items if of_several else self.selected):
            return _("Select a capability or a work package first.")
        if of_several:
            return next((words for item in self.chosen.items if (words := fixed(self.project, item, action))), "")
        if action == "pin" and (words := fixed(self.project, self.selected, action)):
            return words
        if action in ("change_phase", "remove_phase") and self.phase not in self.project.phase_by_id:
            return _("No phase is selected.")
        if action in ("zoom", "pan") and self.view_name != "timeline":
            return _("Only the timeline can be zoomed; t shows it.")
        if action == "baseline" and not self.project.baselines:
            return _("There is no baseline to compare with; R, Review, takes one.")
        if action == "mark" and not self.selected:
            return nothing_selected()
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """While something is moved, the keys of the move alone work."""
        movers = self.query(Mover)
        return not (movers and movers.first().active)

    # Looking

    def action_unfold(self) -> None:
        key = self.view.key
        if self.view_name == "maturity":
            self.plan.say(_("Enter opens phases and capabilities on the timeline; t shows it."), warn=True)
        elif key.startswith(MILESTONES) and key != MILESTONES:
            self.plan.say(_("Milestones are changed in Client (o)."))
        elif self.view_name == "board" or not key or key in self.project.package_by_id:
            self.action_explain()
        else:
            held = self.closed if key.startswith(PHASE) else self.opened
            held.symmetric_difference_update({key.removeprefix(PHASE)})
            self.draw()

    def action_turn(self) -> None:
        key = self.view.key
        names = [*VIEWS]
        self.view.display = False
        if self.view_name == "maturity":
            key = self._item_of(key)
        else:
            self.turned_from = key
        self.view_name = names[(names.index(self.view_name) + 1) % len(names)]
        self.view.display = True
        package = self.project.package_by_id.get(key)
        if package and self.view_name == "board":
            key = package.capability or key
        self.draw(key)
        self.view.focus()

    def _item_of(self, process: str) -> str:
        """What the cursor goes to from the row of ``process``: the item it came from, or the first of the process."""
        if not process or process_of(self.turned_from) == process:
            return self.turned_from
        return next((item for item in self.project.capabilities if process_of(item) == process), self.turned_from)

    def action_zoom(self, step: int) -> None:
        if self.may("zoom"):
            if self.timeline.zoom_by(step):
                self.summarise()
            elif step > 0:
                self.plan.say(_("Nothing is finer than this."), warn=True)
            else:
                self.plan.say(_("The whole plan is in view already."), warn=True)

    def action_pan(self, share: float) -> None:
        if self.may("pan") and not self.timeline.pan_by(share):
            if self.timeline.zoomed:
                self.plan.say(_("The plan ends here."), warn=True)
            else:
                self.plan.say(_("The whole plan is in view: z zooms in."), warn=True)

    def action_mark(self) -> None:
        if self.may("mark"):
            self.marked ^= {self.selected}
            view = self.view
            if isinstance(view, Timeline | Board):
                view.mark(self.marked, view.cursor)
                view.action_move(1)
            self.summarise()

    def action_baseline(self) -> None:
        if self.may("baseline"):
            self.older = (self.older + 1) % (len(self.project.baselines) + 1)
            self.drawn = None
            self.draw()

    def action_filter(self) -> None:
        self.query_one(FilterLine).open()

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        self.draw()

    def on_filter_line_left(self, event: FilterLine.Left) -> None:
        self.enter()

    def action_beside(self) -> None:
        if self.may("beside"):
            side = self.query_one(Side)
            if not side.fits(self.size.width):
                self.plan.say(_("That needs {n} columns; e says it in a dialog.").format(n=Side.NEEDS), warn=True)
                return
            side.wanted = side.display = not side.display
            self.tell()

    # Moving

    def action_move_item(self) -> None:
        if self.may("move_item"):
            self.begin_move(self.chosen)

    def begin_move(self, move: Move) -> None:
        """Try ``move`` out, from where the keys lead on; nothing is changed yet."""
        self.view.always_lit = True
        self.query_one("#details", Block).display = False
        across = self.view_name == "board"
        self.query_one(Mover).begin(self.project, move, across, lambda words: self.plan.say(words, warn=True))

    def on_mover_tried(self, event: Mover.Tried) -> None:
        outcome = event.outcome
        if outcome.refused or not self.query_one(Mover).active:
            return
        if self.plan.said.text:
            self.plan.say("")
        if self.view_name == "board":
            touched = (self.judgement.touched if self.judgement else frozenset()) | outcome.harmed
            self.query_one(Board).show(card_lanes(Picture(outcome.moved), touched, self.kept), outcome.move.items[0])
        else:
            self._draw_trial(outcome)

    def _draw_trial(self, outcome: Outcome) -> None:
        """Show on the timeline where the moved would stand, and ``!`` at what would break; nothing else is drawn."""
        spans = dict(outcome.spans)
        plain = Rows(
            self.picture,
            (self.judgement.touched if self.judgement else frozenset()) | outcome.harmed,
            self.closed,
            self.opened,
            self.critical,
            self.kept,
        ).all()
        timeline = self.timeline
        for place, (shown, row) in enumerate(zip(timeline.rows, plain, strict=True)):
            if row.key in spans and row.start and row.finish and (row.start, row.finish) != spans[row.key]:
                start, finish = spans[row.key]
                row = replace(row, start=start, finish=finish, was=(row.start, row.finish))
            if row != shown:
                timeline.replace(place, row)
        if outcome.move.items[0] in spans and timeline.bring(spans[outcome.move.items[0]]):
            timeline.refresh()

    def on_mover_over(self, event: Mover.Over) -> None:
        self.view.always_lit = False
        self.query_one("#details", Block).display = True
        self.view.focus()
        move = event.move
        if event.do == "around":
            from planner.tui.areas.roadmap.replanning import replan_around

            self.talk(replan_around(self, move))
        if event.do == "take":
            self.marked.clear()
            self.edit(move.label(self.project), event.change)
        else:
            self.draw()
            if not event.do:
                self.plan.say(_("Nothing was moved."))

    def action_shift(self, weeks: int) -> None:
        if self.may("shift"):
            move = replace(self.chosen, weeks=weeks)
            self.edit(move.label(self.project), move.change)

    # Dialogs

    def action_forecast(self) -> None:
        if self.may("forecast"):
            from planner.tui.areas.roadmap.forecast import forecast

            self.talk(forecast(self))

    def action_progress(self) -> None:
        if self.may("progress"):
            from planner.tui.areas.work.progress import tell_progress

            self.talk(tell_progress(self, self.selected))

    def action_replan(self) -> None:
        if self.may("replan"):
            from planner.tui.areas.roadmap.replanning import replan_roadmap

            self.talk(replan_roadmap(self))

    def action_pin(self) -> None:
        if self.may("pin"):
            from planner.tui.areas.roadmap.forms import pin

            self.talk(pin(self, self.selected))

    def action_explain(self) -> None:
        if self.may("explain"):
            from planner.tui.areas.roadmap.explanation import explain_item

            self.talk(explain_item(self, self.selected))

    def action_new_phase(self) -> None:
        from planner.tui.areas.roadmap.forms import new_phase

        self.talk(new_phase(self, self.phase))

    def action_change_phase(self) -> None:
        if self.may("change_phase"):
            from planner.tui.areas.roadmap.forms import change_phase

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
