"""What differs between two plans, to read: planning terms first, then every field; type to find, Enter tells all."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from planner.model.project import Baseline, Project
from planner.text.i18n import N_, _, labelled
from planner.tui.screens.dialog import Notice
from planner.tui.screens.search import Search, fits
from planner.tui.widgets.lines import Lines, Piece
from planner.tui.widgets.prose import Unread
from planner.tui.widgets.table import Column, Row, Table

if TYPE_CHECKING:
    from planner.review.changes import Change
    from planner.review.differences import Difference

TOLD = 3
"""Lines below the list in which the row under the cursor is told in full."""


@dataclass(frozen=True, slots=True)
class Told:
    """One row: under which heading it stands, what is said of it, and what was and is, in full."""

    group: str
    words: str
    was: str = ""
    now: str = ""


class DifferencesDialog(Search[None]):
    """A list in groups. Every word typed must stand somewhere in a row or in its heading."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "tell",
            N_("in full"),
            id="differences.tell",
            tooltip=N_("The row under the cursor in full: what was and what is"),
            priority=True,
        ),
    ]
    box = "tall"
    purpose = N_(
        "What differs, in planning terms first and then field by field. Type to find, Enter tells a row in full."
    )

    def __init__(self, title: str, told: Sequence[Told]) -> None:
        super().__init__(title)
        self.told = tuple(told)

    def body(self) -> ComposeResult:
        yield from super().body()
        about = Unread(id="told")
        about.styles.height = TOLD
        yield about

    def make_list(self) -> Table:
        empty = _("  nothing fits") if self.told else _("  Nothing differs: the two plans say the same.")
        table = Table([Column("", 30, share=1)], lit=True, heading=False, empty=lambda cells: [[Piece(empty, "dim")]])
        table.add_class("list")
        return table

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._tell()

    def _filter(self, typed: str) -> None:
        fitting = [number for number, one in enumerate(self.told) if fits(typed, f"{one.group} {one.words}")]
        rows, group = [], ""
        for number in fitting:
            one = self.told[number]
            if one.group != group:
                group = one.group
                count = sum(self.told[other].group == group for other in fitting)
                rows.append(Row(f"group:{group}", banner=_("{kind}: {n}").format(kind=group, n=count), style="head"))
            rows.append(Row(str(number), (f"  {one.words}",)))
        self.query_one(Table).show(rows, rows[1].key if rows else "")
        self._tell()

    def _here(self) -> Told | None:
        key = self.query_one(Table).key
        return self.told[int(key)] if key.isdigit() else None

    def _tell(self) -> None:
        here = self._here()
        self.query_one("#told", Unread).show([Piece(here.words if here else "", "dim")])

    def action_tell(self) -> None:
        here = self._here()
        if here is None:
            return
        told = [Piece(here.words), Piece("")]
        if here.was or here.now:
            told += [Piece(labelled(_("Was"), here.was or _("not there")))]
            told += [Piece(labelled(_("Is"), here.now or _("not there")))]
        self.app.push_screen(Notice(here.group, told))


async def show_differences(screen: Screen[Any], title: str, old: Project, new: Project) -> None:
    """Show in what ``new`` differs from ``old``, until the person has read it; only inside a worker."""
    told = await asyncio.to_thread(everything, old, new)
    await screen.app.push_screen_wait(DifferencesDialog(title, told))


async def show_changes(
    screen: Screen[Any], title: str, old: Project | Baseline, new: Project | Baseline, known: Project
) -> None:
    """Show what changed in planning terms between two of plan and baselines; only inside a worker."""
    from planner.review.changes import between

    await screen.app.push_screen_wait(DifferencesDialog(title, _planning(between(old, new, [known]))))


def everything(old: Project, new: Project) -> list[Told]:
    """In what ``new`` differs from ``old``: in planning terms first, then field by field."""
    from planner.review.changes import between
    from planner.review.differences import differences

    found = differences(old, new)
    return _planning(between(old, new, found=found)) + _fields(found)


def planning_terms(old: Project, new: Project) -> list[Told]:
    """The same in planning terms only."""
    from planner.review.changes import between

    return _planning(between(old, new))


def _planning(found: "Sequence[Change]") -> list[Told]:
    from planner.review.changes import KINDS

    return [Told(_(KINDS[one.kind]), one.words, one.was, one.now) for one in found]


def _fields(found: "Sequence[Difference]") -> list[Told]:
    from planner.review.labels import table_label

    heading = _("Field by field, {table}")
    return [Told(heading.format(table=table_label(one.table)), one.words, one.was, one.now) for one in found]
