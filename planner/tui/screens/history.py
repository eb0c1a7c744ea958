"""What was done to the plan, in this session and before it, step by step, and the way back to any of it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.edit.history import History
from planner.text.i18n import N_, _
from planner.tui.screens.dialog import Dialog
from planner.tui.typeahead import CONVERSATION
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.prose import Unread
from planner.tui.widgets.table import Column, Row, Table


class HistoryDialog(Dialog[int]):
    """Returns how many steps to go: negative to undo, positive to do again, None to stay."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("go there"), id="history.choose", tooltip=N_("Undo or do again up to this step")),
        Binding("c", "compare", N_("compare"), id="history.compare", tooltip=N_("What differs from then to now")),
    ]
    box = "tall"

    def __init__(self, history: History) -> None:
        super().__init__(_("History of edits"))
        self.history = history

    def body(self) -> ComposeResult:
        yield Unread([Piece(_("Enter makes the plan what it was after that step; nothing is lost by it."), "dim")])
        table = Table([Column("", 8), Column("", 20, share=1)], heading=False)
        table.add_class("list")
        yield table

    def on_mount(self) -> None:
        table = self.query_one(Table)
        table.show(_rows(self.history), "0")
        table.focus()

    def action_choose(self) -> None:
        self.dismiss(int(self.query_one(Table).key) or None)

    def action_compare(self) -> None:
        """Show what differs between the plan after the step under the cursor and the plan as it is."""
        from planner.tui.screens.differences import show_differences

        then = self.history.go(int(self.query_one(Table).key)).present
        compare = show_differences(self, _("From that step to now"), then, self.history.present)
        self.run_worker(compare, group=CONVERSATION, exclusive=True)


def _rows(history: History) -> list[Row]:
    """The newest on top: what was undone, the step the plan is at, what lies before it down to where it begins."""
    rows = [
        Row(str(len(history.future) - n), (_("saved") if plan is history.saved else _("undone"), label), "dim")
        for n, (label, plan) in enumerate(history.future)
    ]
    labels = [_("where the history begins"), *(label for label, _plan in history.past)]
    plans = [*(plan for _label, plan in history.past), history.present]
    for steps, (label, plan) in enumerate(zip(reversed(labels), reversed(plans), strict=True)):
        state = _("current") if steps == 0 else _("saved") if plan is history.saved else ""
        rows.append(Row(str(-steps), (Piece(state, "good"), label)))
    return rows
