"""Moving along time or to another phase: a trial, and at once what it would break; nothing changes before Enter."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.message import Message

from planner.assessment.dates import finish_of, phase_of, start_of
from planner.export.outline import outline
from planner.model.project import Project
from planner.rollout.impact import Impact, impact
from planner.rollout.result import Violation
from planner.rollout.verify import verify
from planner.text.i18n import N_, _, ngettext
from planner.text.width import width
from planner.tui.areas.area import Change
from planner.tui.areas.roadmap.board import named
from planner.tui.areas.roadmap.picture import PHASE, Span
from planner.tui.areas.roadmap.wording import impact_lines
from planner.tui.widgets.lines import Block, Piece

LINES = 6
"""What is told of a move: where it leads, and five lines of what it breaks."""

NAME = 36
"""Cells of a name before the dates and the phase, lest it pushes them out of view."""


@dataclass(frozen=True, slots=True)
class Move:
    """``items`` go to ``phase`` (stay in theirs when empty), and then ``weeks`` later. ``called``: all of them."""

    items: tuple[str, ...]
    weeks: int = 0
    phase: str = ""
    called: str = ""

    @property
    def change(self) -> Change:
        """The edit."""
        from planner.edit.roadmap import move_all_to_phase, shift

        def change(project: Project) -> Project:
            if self.phase:
                project = move_all_to_phase(project, self.items, self.phase)
            return shift(project, self.items, self.weeks) if self.weeks else project

        return change

    def label(self, project: Project) -> str:
        """What the edit is called."""
        phase = project.phase_by_id.get(self.phase)
        if phase and self.weeks:
            words = _("{item} to phase {phase}, {weeks}")
        else:
            words = _("{item} to phase {phase}") if phase else _("{item}: {weeks}")
        return words.format(item=self.names(project), phase=phase.name if phase else "", weeks=weeks_words(self.weeks))

    def names(self, project: Project) -> str:
        """What is moved."""
        if self.called:
            return self.called
        if len(self.items) == 1:
            return project.title(self.items[0])
        return ngettext("{n} item", "{n} items", len(self.items)).format(n=len(self.items))


def weeks_words(weeks: int) -> str:
    """``3 weeks later``, ``a week earlier``."""
    if abs(weeks) == 1:
        return _("a week later") if weeks > 0 else _("a week earlier")
    later = ngettext("{n} week later", "{n} weeks later", weeks)
    earlier = ngettext("{n} week earlier", "{n} weeks earlier", -weeks)
    return (later if weeks > 0 else earlier).format(n=abs(weeks))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a move: the plan with it, what that breaks, and where what it names, and each phase, stands then.

    Or ``refused``: why it cannot be.
    """

    move: Move
    moved: Project
    found: Impact = Impact()
    spans: tuple[tuple[str, Span], ...] = ()
    refused: str = ""

    @property
    def harmed(self) -> frozenset[str]:
        """What takes part in a constraint that would break."""
        return frozenset(item for broken in self.found.broken for item in broken.violation.items)


def reckon(project: Project, move: Move, known: Sequence[Violation]) -> Outcome:
    """Try ``move`` out; ``known`` is what is broken without it. May take a moment in a large plan."""
    from planner.edit.refused import Refused

    try:
        moved = move.change(project)
    except Refused as error:
        return Outcome(move, project, refused=str(error))
    roadmap = moved.roadmap
    spans = []
    parts = [package.id for item in move.items for package in moved.packages_of.get(item, ())]
    owners = [moved.package_by_id[item].capability for item in move.items if item in moved.package_by_id]
    for item in dict.fromkeys((*move.items, *parts, *filter(None, owners))):
        start = start_of(moved, roadmap, item) if roadmap else None
        finish = finish_of(moved, roadmap, item) if roadmap else None
        if start and finish:
            spans.append((item, (start, finish)))
    spans += [(PHASE + p.phase.id, (p.start, p.finish)) for p in outline(moved) if p.start and p.finish]
    return Outcome(move, moved, impact(project, moved, known), tuple(spans))


class Mover(Block, can_focus=True):
    """Has the keyboard while something is moved; says below the drawing what the move would do.

    It reckons in a thread, one move at a time: while one is at work only the last key counts.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", N_("move"), id="moving.take"),
        Binding("left,h", "step(-1)", N_("shift"), id="moving.earlier", key_display="Left Right"),
        Binding("right,l", "step(1)", N_("Right"), id="moving.later", show=False),
        Binding("less_than_sign", "weeks(-1)", N_("a week earlier"), id="moving.week-earlier", show=False),
        Binding("greater_than_sign", "weeks(1)", N_("a week later"), id="moving.week-later", show=False),
        Binding("pageup", "weeks(-4)", N_("four weeks earlier"), id="moving.month-earlier", show=False),
        Binding("pagedown", "weeks(4)", N_("four weeks later"), id="moving.month-later", show=False),
        Binding("up,k", "phase_by(-1)", N_("phase"), id="moving.phase-before", key_display="Up Down"),
        Binding("down,j", "phase_by(1)", N_("next phase"), id="moving.phase-after", show=False),
        *(
            Binding(str(n), f"phase({n})", N_("into the phase of that number"), id=f"moving.phase-{n}", show=False)
            for n in range(1, 10)
        ),
        Binding("G", "around", N_("re-plan"), id="moving.around", tooltip=N_("Plan the rest again around it")),
        Binding("escape", "leave", N_("back"), id="moving.leave"),
    ]

    class Tried(Message):
        """A trial is done."""

        def __init__(self, outcome: Outcome) -> None:
            super().__init__()
            self.outcome = outcome

    class Over(Message):
        """Nothing is moved any more: taken (``do`` is ``take`` or ``around``), or given up (empty).

        ``change`` is the edit; what was tried out is not worked out again.
        """

        def __init__(self, move: Move, do: str, change: Change) -> None:
            super().__init__()
            self.move = move
            self.do = do
            self.change = change

    def __init__(self) -> None:
        super().__init__(id="mover")
        self.styles.height = LINES
        self.display = False
        self.active = False
        self.across = False
        """Whether Left and Right go to the neighbouring phase, as on the board, and not along time."""
        self._move = Move(())
        self._project: Project | None = None
        self._known: tuple[Violation, ...] | None = None
        self._outcome: Outcome | None = None
        self._reckoning = False
        self._refuse: Callable[[str], object] = lambda words: None

    def begin(self, project: Project, move: Move, across: bool, refuse: Callable[[str], object]) -> None:
        """Begin with ``move``; ``refuse`` is told why a key does nothing."""
        self._project, self._known, self._outcome = project, None, None
        self._move, self.across, self._refuse = move, across, refuse
        self.active = self.display = True
        self.focus()
        self._try(move)

    def _try(self, move: Move) -> None:
        self._move = move
        self._tell()
        if not self._reckoning:
            self._reckoning = True
            self.run_worker(self._reckon(), group="impact")

    async def _reckon(self) -> None:
        try:
            while self.active and (self._outcome is None or self._outcome.move != self._move):
                project, move, known = self._project, self._move, self._known
                assert project is not None
                if known is None:
                    known = await asyncio.to_thread(verify, project)
                outcome = await asyncio.to_thread(reckon, project, move, known)
                if self.active and project is self._project:
                    self._known, self._outcome = known, outcome
                    self._tell()
                    self.post_message(self.Tried(outcome))
        finally:
            self._reckoning = False

    def _tell(self) -> None:
        """Where the move leads is told at once, what it breaks when that is known."""
        assert self._project is not None
        outcome = self._outcome
        known = outcome is not None and outcome.move == self._move
        head = Piece(" " + self._where(outcome.moved if outcome and known else self._project), "strong")
        if outcome is None or not known:
            self.show([head, *self.lines[1:]])
        elif outcome.refused:
            self.show([head, Piece(f"! {outcome.refused}", "warn")])
        else:
            self.show([head, *impact_lines(outcome.moved, outcome.found, LINES - 1)])

    def _where(self, project: Project) -> str:
        """What is moved, to which day and phase, and how far that is."""
        move = self._move
        item = move.items[0]
        roadmap = project.roadmap
        start = start_of(project, roadmap, item) if roadmap else None
        phase = project.phase_by_id.get(move.phase or (phase_of(project, roadmap, item) if roadmap else ""))
        parts = [named(move.names(project), min(NAME, width(move.names(project))))]
        if start and len(move.items) == 1:
            parts.append(_("from {day}").format(day=start))
        if move.weeks:
            parts.append(weeks_words(move.weeks))
        if phase:
            number = project.phases.index(phase) + 1
            parts.append(_("in phase {number} {name}").format(number=number, name=phase.name))
        return " | ".join(parts)

    # Keys

    def footer(self, action: str, words: str) -> str:
        """What the line of keys says of ``action``: nothing of those that would act on the plan."""
        own = {binding.action for bindings in self._bindings.key_to_bindings.values() for binding in bindings}
        return words if action in {*own, "help"} else ""

    def on_key(self, event: Key) -> None:
        """Other keys would act on the plan beneath the move."""
        if event.key not in {*self._bindings.key_to_bindings, "question_mark", "f1", "ctrl+q", "ctrl+z"}:
            event.stop()
            self._refuse(_("Something is being moved: Enter moves it, Esc takes it back."))

    def on_blur(self) -> None:
        if self.active:
            self._end("")

    def action_step(self, step: int) -> None:
        if self.across:
            self.action_phase_by(step)
        else:
            self.action_weeks(step)

    def action_weeks(self, weeks: int) -> None:
        self._try(replace(self._move, weeks=self._move.weeks + weeks))

    def action_phase_by(self, step: int) -> None:
        project = self._project
        assert project is not None
        here = self._move.phase or (phase_of(project, project.roadmap, self._move.items[0]) if project.roadmap else "")
        ids = [phase.id for phase in project.phases]
        place = ids.index(here) + step if here in ids else 0 if step > 0 else -1
        if not 0 <= place < len(ids):
            self._refuse(_("There is no phase that way."))
        else:
            self._to(ids[place])

    def action_phase(self, number: int) -> None:
        project = self._project
        assert project is not None
        if number > len(project.phases):
            words = ngettext("There is {n} phase only.", "There are {n} phases only.", len(project.phases))
            self._refuse(words.format(n=len(project.phases)))
        else:
            self._to(project.phases[number - 1].id)

    def _to(self, phase: str) -> None:
        project = self._project
        assert project is not None
        roadmap = project.roadmap
        home = all(roadmap and phase_of(project, roadmap, item) == phase for item in self._move.items)
        self._try(replace(self._move, weeks=0, phase="" if home else phase))

    def action_take(self) -> None:
        self._finish("take")

    def action_around(self) -> None:
        self._finish("around")

    def action_leave(self) -> None:
        self._end("")

    def give_up(self) -> None:
        """Nothing is moved any more, if something was: the plan has become another one."""
        if self.active:
            self._end("")

    def _finish(self, do: str) -> None:
        outcome = self._outcome
        if outcome and outcome.move == self._move and outcome.refused:
            self._refuse(outcome.refused)
        elif not self._move.weeks and not self._move.phase:
            self._refuse(_("It stands where it was: Left and Right move it, Esc leaves it there."))
        else:
            self._end(do)

    def _end(self, do: str) -> None:
        self.active = self.display = False
        move, tried, outcome = self._move, self._project, self._outcome

        def change(project: Project) -> Project:
            if outcome and outcome.move == move and project is tried and not outcome.refused:
                return outcome.moved
            return move.change(project)

        self.post_message(self.Over(move, do, change))
