"""What a roadmap would move of the adopted one: each move accepted or declined, the choice judged at once."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.edit.refused import Refused
from planner.model.project import Placement, Project
from planner.rollout.adopting import Adoption, Grounds, Shift, adopted_in_part, grounds, with_needs
from planner.rollout.verify import verify
from planner.text.i18n import N_, _, listed, ngettext
from planner.tui.areas.propose.rows import wrapped
from planner.tui.named import in_names, work_named
from planner.tui.screens.dialog import Dialog
from planner.tui.widgets.lines import Block, Lines, Piece, Pieces
from planner.tui.widgets.prose import Unread
from planner.tui.widgets.table import Column, Row, Table

PHASE, PACKAGE = "phase:", "package:"
"""Prefixes of the keys of rows that are no moves themselves."""

FEW = 3
"""So many of the items that must move along, and of the constraints that break, are named."""

LINES = 3
"""Lines for what is said of a move, and for what the choice breaks."""

LONGEST = 500
"""So many characters of a reason are read; it may name every package of a large plan."""

COLUMNS = (
    Column("", 3),
    Column(N_("Capability"), 20, share=1),
    Column(N_("Phase"), 6),
    Column(N_("Was"), 10, wide=70),
    Column(N_("Reached"), 10),
    Column(N_("Change"), 18),
)


class Preview(Dialog[frozenset[str]]):
    """Space accepts or declines a move; returns the items that may move, which may be none."""

    box = "wide tall"
    purpose = N_("What a roadmap would move of the adopted one. What is not accepted stays where it is.")
    edits = frozenset({"adopt"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "adopt", N_("adopt"), id="moves.adopt", tooltip=N_("Adopt what is accepted, as one edit")),
        Binding("space", "tick", N_("accept or decline"), id="moves.tick", tooltip=N_("Accept or decline a move")),
        Binding("M", "all", N_("all or none"), id="moves.all", tooltip=N_("Accept all moves, or none")),
        Binding(
            "plus", "needs", N_("with needs"), id="moves.needs", tooltip=N_("Accept what the accepted need as well")
        ),
        Binding("right,l", "fold(False)", N_("packages"), id="moves.unfold", tooltip=N_("Its packages"), show=False),
        Binding("left,h", "fold(True)", N_("fold"), id="moves.fold", tooltip=N_("Without its packages"), show=False),
        Binding("escape", "back", N_("back"), id="moves.back", tooltip=N_("Back; everything stays as it is")),
    ]

    def __init__(self, project: Project, name: str, found: Adoption, warnings: Sequence[Piece] = ()) -> None:
        super().__init__(heading(name, found))
        self.project = project
        self.found = found
        self.warnings = warnings
        self.shifts = {shift.item: shift for shift in found.shifts}
        self.ticked = set(self.shifts)
        self.opened: set[str] = set()
        self.grounds: dict[str, Grounds] | None = None
        """Why things move; None while that is being found out, empty when it is not known."""
        self.judging = False
        self.broken: tuple[str, ...] | None = None
        """What the choice breaks; None while that is being found out."""

    def body(self) -> ComposeResult:
        if self.warnings:
            yield Unread(self.warnings)
        table = Table(COLUMNS, empty=nothing_moves)
        table.add_class("list")
        table.tells_more = True
        yield table
        about, verdict = Block(id="told"), Block(id="verdict")
        about.styles.height = verdict.styles.height = LINES
        yield about
        yield verdict

    def on_mount(self) -> None:
        table = self.query_one(Table)
        table.show([*self._rows()], next(iter(self.shifts), ""))
        table.focus()
        self._judge()
        self.run_worker(self._explain(), group="grounds")

    # Drawing

    def _rows(self) -> Iterator[Row]:
        number = 0
        for shift in self.found.shifts:
            if shift.now.phase != number:
                number = shift.now.phase
                phase = self.found.phases[number - 1].name if number else ""
                yield Row(PHASE + str(number), banner=f"    {number} {phase}", style="head")
            yield self._row(shift)
            if shift.item in self.opened:
                yield from (self._package(shift, name) for name in shift.packages)

    def _row(self, shift: Shift) -> Row:
        name = self.project.title(shift.item)
        was, now = shift.was, shift.now
        phase = f"{was.phase} -> {now.phase}" if was and was.phase != now.phase else str(now.phase)
        tick = "[x]" if shift.item in self.ticked else "[ ]"
        return Row(shift.item, (tick, name, phase, str(was.finish) if was else "-", str(now.finish), change(shift)))

    def _package(self, shift: Shift, name: str) -> Row:
        old = self.project.roadmap.packages if self.project.roadmap else {}
        was: Placement | None = old.get(name)
        now = self.found.roadmap.packages[name]
        told = _("from {day}").format(day=now.start)
        cells = ("", f"  {work_named(self.project, name)}", "", str(was.finish) if was else "-", str(now.finish), told)
        return Row(f"{PACKAGE}{shift.item}:{name}", cells, "dim")

    @property
    def _item(self) -> str:
        """The move under the cursor, also from one of its packages."""
        key = self.query_one(Table).key
        return key.removeprefix(PACKAGE).partition(":")[0] if key.startswith(PACKAGE) else key

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._tell()

    def _tell(self) -> None:
        cells = max(20, self.query_one(Table).size.width)
        self.query_one("#told", Block).show(wrapped(self._about(), cells, LINES))
        self.query_one("#verdict", Block).show(wrapped(self._verdict(), cells, LINES))

    def _about(self) -> Iterator[Piece]:
        if self.grounds is None:
            yield Piece(_("looking for reasons..."), "dim")
            return
        if not self.grounds and self.shifts:
            yield Piece(_("Too much moves to say why each of it does."), "dim")
        known = self.grounds.get(self._item)
        if known is None:
            return
        if known.needs:
            yield Piece(_("needs the moves of {items}").format(items=self._some(known.needs)))
            declined = [item for item in known.needs if item not in self.ticked]
            if declined and self._item in self.ticked:
                words = _("! declined, and needed by this one: {items}; + accepts them")
                yield Piece(words.format(items=self._some(declined)), "warn")
        yield from (Piece(in_names(self.project, reason[:LONGEST]), "dim") for reason in known.reasons[:FEW])

    def _verdict(self) -> Iterator[Piece]:
        """How many are accepted, and what that breaks."""
        told = _("{n} of {all} accepted: ").format(n=len(self.ticked), all=len(self.shifts)) if self.shifts else ""
        if self.broken is None:
            yield Piece(told + _("checking..."), "dim")
        elif not self.broken:
            yield Piece(told + _("keeps everything that the plan asks for"), "good")
        else:
            count = ngettext("breaks {n} constraint", "breaks {n} constraints", len(self.broken))
            yield Piece(f"! {told}{count.format(n=len(self.broken))}", "warn")
            yield from (Piece(in_names(self.project, words), "warn") for words in self.broken[:FEW])

    def _some(self, items: Sequence[str]) -> str:
        """The first few of ``items``, and how many more there are."""
        names = [self.project.title(item) for item in items[:FEW]]
        more = len(items) - len(names)
        return listed([*names, *([_("{n} more").format(n=more)] if more else [])])

    # Finding out

    def _judge(self) -> None:
        """Find out what the choice breaks."""
        self.broken = None
        self._tell()
        if not self.judging:
            self.judging = True
            self.run_worker(self._judged(), group="judge")

    async def _judged(self) -> None:
        """Judge choices, one at a time, until the last one made is judged."""
        while self.broken is None:
            accept = frozenset(self.ticked)
            broken = await asyncio.to_thread(breaks, self.project, self.found, accept)
            if accept == self.ticked:
                self.broken = broken
        self.judging = False
        self._tell()

    async def _explain(self) -> None:
        self.grounds = await asyncio.to_thread(grounds, self.project, self.found)
        self._tell()

    # Choosing

    def _renew(self) -> None:
        self.query_one(Table).show([*self._rows()])
        self._judge()

    def action_tick(self) -> None:
        key = self.query_one(Table).key
        if self._item in self.shifts:
            self.ticked ^= {self._item}
        elif key.startswith(PHASE):
            inside = {shift.item for shift in self.found.shifts if f"{PHASE}{shift.now.phase}" == key}
            self.ticked = self.ticked - inside if inside <= self.ticked else self.ticked | inside
        self._renew()

    def action_all(self) -> None:
        self.ticked = set() if self.ticked == set(self.shifts) else set(self.shifts)
        self._renew()

    def action_needs(self) -> None:
        self.ticked = with_needs(self.ticked, self.grounds or {})
        self._renew()

    def action_fold(self, fold: bool) -> None:
        item = self._item
        if item in self.shifts and (item in self.opened) == fold:
            self.opened ^= {item}
            self.query_one(Table).show([*self._rows()], item)
            self._tell()

    def action_adopt(self) -> None:
        self.dismiss(frozenset(self.ticked))


def heading(name: str, found: Adoption) -> str:
    """What a roadmap would move, in numbers."""
    new = sum(shift.was is None for shift in found.shifts)
    moved = len(found.shifts) - new
    parts = [ngettext("{n} moves", "{n} move", moved).format(n=moved)] if moved else []
    if new:
        parts.append(ngettext("{n} is new", "{n} are new", new).format(n=new))
    if found.unchanged or not parts:
        parts.append(ngettext("{n} stays", "{n} stay", found.unchanged).format(n=found.unchanged))
    return _("{name}: {parts}").format(name=name, parts=listed(parts))


def change(shift: Shift) -> str:
    """By how much an item is reached earlier or later, in words."""
    if shift.was is None:
        return _("not placed before")
    if shift.days < 0:
        return ngettext("{n} day earlier", "{n} days earlier", -shift.days).format(n=-shift.days)
    if shift.days:
        return ngettext("{n} day later", "{n} days later", shift.days).format(n=shift.days)
    return _("another phase") if shift.was.phase != shift.now.phase else _("other days inside")


def breaks(project: Project, found: Adoption, accept: frozenset[str]) -> tuple[str, ...]:
    """What the plan would break with the moves of ``accept``, in words."""
    try:
        return tuple(violation.message for violation in verify(adopted_in_part(project, found, accept)))
    except Refused as error:
        return (str(error),)


def nothing_moves(cells: int) -> list[Pieces]:
    """What stands in the place of moves where there are none."""
    return [[Piece(_("  Nothing moves: this roadmap has everything where it stands."), "dim")]]
