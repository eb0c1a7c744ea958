"""Planning again after what has happened: every move with its reason, accepted or declined one by one."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.catalog.load import load
from planner.edit.pins import pin_where_it_is
from planner.edit.progress import set_as_of
from planner.edit.refused import Refused
from planner.export.words import number
from planner.model.knowledge import Strategy
from planner.model.project import Project
from planner.rollout.moves import Move, shift
from planner.rollout.replan import Replan, accepted, replan
from planner.rollout.result import Infeasible
from planner.rollout.verify import verify
from planner.rollout.watch import Watch
from planner.text.i18n import N_, _, listed, ngettext
from planner.tui.areas.area import Area, refusal
from planner.tui.areas.propose.proposal import own_strategy
from planner.tui.areas.propose.repairs import tell_infeasible
from planner.tui.named import in_names, work_named
from planner.tui.screens.dialog import Dialog, Notice
from planner.tui.screens.form import Form, Text
from planner.tui.screens.working import Searching
from planner.tui.typed import day_or_none
from planner.tui.widgets.lines import Lines, Piece
from planner.tui.widgets.prose import Prose, Unread
from planner.tui.widgets.table import Column, Row, Table

if TYPE_CHECKING:
    from planner.tui.areas.roadmap.area import RoadmapArea
    from planner.tui.areas.roadmap.moving import Move as MoveByHand

_FACT, _CAUSE = "fact:", "cause:"
"""Prefixes of the keys of rows that are no moves."""

_FEW = 3
"""So many of the constraints that a mixture breaks, and of the moves that one needs, are told."""

_COLUMNS = (
    Column("", 3),
    Column(N_("Work package"), 20, share=1),
    Column(N_("Was"), 10, wide=90),
    Column(N_("Now"), 10),
    Column("", 24),
)


async def replan_roadmap(area: Area) -> bool:
    """Ask as of which day, plan again in the background, show the moves, adopt those that are accepted.

    Whether there is nothing left to adopt.
    """
    before = area.project
    strategy = own_strategy(before, load())
    values = await area.ask(
        Form(
            _("Plan again"),
            [
                Text(
                    "as_of",
                    _("As of"),
                    str(before.engagement.as_of or ""),
                    day_or_none,
                    _("the last day that the progress covers; nothing new begins up to it"),
                )
            ],
            lambda values: refusal(lambda plan: set_as_of(plan, values["as_of"]), before),
            _("What has begun stands as P told it. Everything else moves as little as possible."),
        )
    )
    if values is None:
        return False
    as_of = values["as_of"]
    project = set_as_of(before, as_of)
    found = await _replanned(area, project, strategy)
    if isinstance(found, Infeasible):
        return await tell_infeasible(area, project, found, strategy, None, lambda _phases: replan_roadmap(area))
    if found is None:
        return False
    if not (found.moves or found.facts):
        await area.ask(Notice(_("Planned again"), [_("Nothing has to move.")]))
        return True
    chosen = await area.ask(Moves(before, project, found))
    if chosen is None:
        return False
    area.edit(
        _("Planned again: {count}").format(count=_count(chosen)),
        lambda plan: accepted(set_as_of(plan, as_of), found, chosen),
    )
    return True


async def replan_around(area: "RoadmapArea", move: "MoveByHand") -> None:
    """Keep what is moved where ``move`` puts it, by a pin, and let the engine find places for the rest around it.

    Its moves are shown with their reasons; what is accepted becomes one edit together with the move and the pin.
    What was moved to another phase is kept in that; on its days only when it was moved along time. Where nothing comes
    of it the move goes on.
    """
    before = area.project

    def pinned(plan: Project) -> Project:
        plan = move.change(plan)
        for item in move.items:
            plan = pin_where_it_is(plan, item, _("moved by hand"), days=bool(move.weeks))
        return plan

    if words := refusal(pinned, before):
        area.begin_move(move)
        area.plan.say(words, warn=True)
        return
    project = pinned(before)
    found = await _replanned(area, project, own_strategy(project, load()))
    label = _("{move}, and the rest around it").format(move=move.label(before))
    if isinstance(found, Infeasible):
        lines = [Piece(_("With it fixed there no roadmap keeps everything:"), "strong")]
        lines += [Piece(f"- {in_names(project, conflict.message)}") for conflict in found.conflicts]
        lines.append(Piece(_("After Esc try another place, or move it all the same with Enter."), "dim"))
        await area.ask(Notice(label, lines, hang=2))
    elif found is not None and not found.moves:
        area.edit(label, pinned)
        return
    elif found is not None and (chosen := await area.ask(Moves(before, project, found, label))) is not None:
        area.edit(label, lambda plan: accepted(pinned(plan), found, chosen))
        return
    area.begin_move(move)


async def _replanned(area: Area, project: Project, strategy: Strategy) -> Replan | Infeasible | None:
    """Plan again in the background; None, and it is told why, where nothing came of it."""

    def work(watch: Watch) -> Replan | Infeasible | str:
        try:
            return replan(project, strategy, watch=watch)
        except Infeasible as error:
            return error
        except AssertionError as error:  # the engine judges its own answer before it gives it
            return str(error)

    found = await area.ask(Searching(_("Planning again"), work))
    if found is None:
        area.plan.say(_("Given up: the plan is as it was."))
    elif isinstance(found, str):
        words = _("What was found does not pass its own check, so it was thrown away: {why}")
        area.plan.say(words.format(why=in_names(project, found)), warn=True)
        return None
    return found


def _finish_of(project: Project) -> date | None:
    """The last day of the work in the roadmap."""
    places = project.roadmap.packages.values() if project.roadmap else ()
    return max((place.finish for place in places), default=None)


def _count(chosen: Sequence[str]) -> str:
    return ngettext("{n} work package moves", "{n} work packages move", len(chosen)).format(n=len(chosen))


class Moves(Dialog[tuple[str, ...]]):
    """Space accepts or declines a move; returns the work packages that may move."""

    box = "wide tall"
    edits = frozenset({"adopt"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space", "tick", N_("accept or decline"), id="replan.tick", tooltip=N_("Accept the move, or decline it")
        ),
        Binding("M", "all", N_("all or none"), id="replan.all", tooltip=N_("Accept all moves, or none")),
        Binding("enter", "adopt", N_("adopt"), id="replan.adopt", tooltip=N_("Make the accepted moves")),
        Binding("escape", "back", N_("discard"), id="replan.discard", tooltip=N_("Back; the roadmap stays as it is")),
    ]

    def __init__(self, before: Project, project: Project, found: Replan, title: str = "") -> None:
        super().__init__(title or _("Planned again"))
        self.others = _("To make room for it") if title else _("For other reasons")
        """What is said of moves that go back to no delay."""
        self.project = project
        self.found = found
        self.moves = {move.item: move for move in found.moves}
        self.ticked = set(self.moves)
        self.finish = _finish_of(before)
        """When the roadmap ended that stands in the plan."""
        self._ends = ""
        self._warned: set[str] | None = None
        """The choice that was told to break something; Enter adopts it all the same."""

    def body(self) -> ComposeResult:
        table = Table(_COLUMNS)
        table.add_class("list")
        table.tells_more = True
        yield table
        yield Unread(id="about")

    def on_mount(self) -> None:
        self._draw()
        table = self.query_one(Table)
        table.find(next(iter(self.moves), ""))
        table.focus()
        self._tell()

    def _draw(self) -> None:
        self.query_one(Table).show([*self._rows()])
        self._ends = self._end_words()

    def _end_words(self) -> str:
        """When the work ends with what is accepted, and when it did."""
        old = self.project.roadmap.packages if self.project.roadmap else {}
        declined = [item for item in self.moves if item not in self.ticked]
        places = {**self.found.roadmap.packages, **{item: old[item] for item in declined if item in old}}
        day = max((place.finish for place in places.values()), default=None)
        if day == self.finish:
            return _("the work finishes on {day} as before").format(day=day)
        return _("the work finishes on {day} instead of {was}").format(day=day, was=self.finish)

    def _rows(self) -> Iterator[Row]:
        late = {fact.item: in_names(self.project, fact.message) for fact in self.found.facts}
        if late:
            yield Row(_CAUSE + _FACT, banner=_("What has happened"), style="head")
        yield from (Row(_FACT + item, banner=f"    {message}") for item, message in late.items())
        cause = None
        for move in self.found.moves:
            if move.cause != cause:
                cause = move.cause
                behind = _("{item} has not begun in time").format(
                    item=work_named(self.project, cause) if cause else cause
                )
                what = _("Because {what}").format(what=late.get(cause, behind))
                yield Row(_CAUSE + cause, banner=what if cause else self.others, style="head")
            yield Row(
                move.item,
                (
                    "[x]" if move.item in self.ticked else "[ ]",
                    work_named(self.project, move.item),
                    str(move.was.start) if move.was else "-",
                    str(move.now.start),
                    (shift(move.days) if move.days else _("another phase")) if move.was else _("not placed before"),
                ),
            )

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._tell()

    def _tell(self, warning: tuple[Piece, ...] = ()) -> None:
        move = self.moves.get(self.query_one(Table).key)
        pieces = [*warning, *(self._about(move) if move else ())]
        told = _("{n} of {all} moves are accepted: {ends}; what has not begun moves by {weeks} weeks on average.")
        weeks = number(self.found.moved)
        words = told.format(n=len(self.ticked), all=len(self.moves), ends=self._ends, weeks=weeks)
        self.query_one("#about", Prose).show([*pieces, Piece(words, "dim")])

    def _about(self, move: Move) -> Iterator[Piece]:
        """Why a package moves, and what that rests on."""
        yield from (Piece(in_names(self.project, reason.message)) for reason in move.reasons)
        if move.needs:
            yield Piece(_("needs the move of {items}").format(items=self._some(move.needs)))
        declined = [item for item in move.needs if item not in self.ticked]
        if declined and move.item in self.ticked:
            words = _("! declined, and needed by this one: {items}")
            yield Piece(words.format(items=self._some(declined)), "warn")

    def _some(self, items: Sequence[str]) -> str:
        """The first few of ``items``, and how many more there are."""
        names = [work_named(self.project, item) for item in items[:_FEW]]
        more = len(items) - len(names)
        return listed([*names, *([_("{n} more").format(n=more)] if more else [])])

    def action_tick(self) -> None:
        key = self.query_one(Table).key
        if key in self.moves:
            self.ticked ^= {key}
            self._draw()
            self._tell()

    def action_all(self) -> None:
        self.ticked = set() if self.ticked == set(self.moves) else set(self.moves)
        self._draw()
        self._tell()

    async def action_adopt(self) -> None:
        chosen = tuple(item for item in self.moves if item in self.ticked)
        if self._warned != self.ticked:
            try:
                broken = await asyncio.to_thread(lambda: verify(accepted(self.project, self.found, chosen)))
            except Refused as error:
                self._tell((Piece(f"! {error}", "warn"),))
                return
            if broken:
                self._warned = set(self.ticked)
                head = ngettext(
                    "With these moves {n} constraint is broken; Enter again adopts them all the same.",
                    "With these moves {n} constraints are broken; Enter again adopts them all the same.",
                    len(broken),
                ).format(n=len(broken))
                told = (Piece(f"! {in_names(self.project, one.message)}", "warn") for one in broken[:_FEW])
                self._tell((Piece(f"! {head}", "strong"), *told))
                return
        self.dismiss(chosen)
