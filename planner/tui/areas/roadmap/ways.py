"""Changes of the plan that were tried out, to choose one from: what each asks for, and what comes of it."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.model.project import Project
from planner.rollout.remedies import Remedy
from planner.text.i18n import N_, _, ngettext
from planner.text.width import wrap
from planner.tui.named import in_names
from planner.tui.screens.dialog import Dialog
from planner.tui.widgets.lines import Lines, Piece, Pieces
from planner.tui.widgets.prose import Prose, Unread
from planner.tui.widgets.table import Column, Row, Table

_COLUMNS = (
    Column(N_("What to change"), 30, share=1, ends=True),
    Column(N_("Effect"), 22),
    Column(N_("Cost"), 6, align=">"),
)


class Ways(Dialog[int]):
    """Returns the number of the chosen change."""

    box = "wide tall"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("look, adopt"), id="ways.choose", tooltip=N_("Look at it closely, and adopt it"))
    ]

    def __init__(
        self, title: str, project: Project, intro: Sequence[Piece], ways: Sequence[Remedy], nothing: str
    ) -> None:
        super().__init__(title)
        self.project = project
        self.intro = intro
        self.ways = tuple(ways)
        self.nothing = nothing

    def body(self) -> ComposeResult:
        yield Unread(self.intro, id="intro")
        yield Unread([Piece("")])
        table = Table(_COLUMNS, empty=self._empty)
        table.add_class("list")
        table.tells_more = True
        table.show([Row(str(n), (self._said(way), _effect(way), f"{way.cost:.1f}")) for n, way in enumerate(self.ways)])
        yield table
        yield Unread(id="about")

    def _said(self, way: Remedy) -> str:
        return in_names(self.project, way.said())

    def _empty(self, cells: int) -> list[Pieces]:
        return [[Piece(line, "dim")] for line in wrap(self.nothing, cells)]

    def on_mount(self) -> None:
        self.query_one("#intro").styles.max_height = "50%"
        self.query_one(Table).focus()
        self._tell()

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._tell()

    def footer(self, action: str, words: str) -> str:
        return "" if action == "choose" and not self.ways else words

    def _tell(self) -> None:
        key = self.query_one(Table).key
        self.query_one("#about", Prose).show([*self._about(self.ways[int(key)])] if key else [Piece("")])

    def _about(self, way: Remedy) -> Iterator[Piece]:
        yield Piece(self._said(way))
        yield Piece(_("Tried out: with it all work is done on {day}.").format(day=way.finish))
        yield Piece(_("Cost is judgement: about a week of delay, or of one person's work, a point."), "dim")

    def action_choose(self) -> None:
        if key := self.query_one(Table).key:
            self.dismiss(int(key))
        else:
            self.query_one("#about", Prose).show([Piece(_("! There is nothing to choose; Esc goes back."), "warn")])


def _effect(way: Remedy) -> str:
    """What comes of a change, in short."""
    if way.days:
        return ngettext("{n} day earlier", "{n} days earlier", way.days).format(n=way.days)
    return _("all done on {day}").format(day=way.finish)
