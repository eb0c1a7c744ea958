"""Choosing a theme: each is shown at once, on the screen below."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.text.i18n import N_, _
from planner.tui import theme
from planner.tui.screens.dialog import Dialog
from planner.tui.widgets.lines import Lines, Piece
from planner.tui.widgets.prose import Unread
from planner.tui.widgets.table import Column, Row, Table

if TYPE_CHECKING:
    from planner.tui.app import PlannerApp


class Themes(Dialog[str]):
    """Returns the theme that is to stay; Esc brings the one from before back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("take it"), id="themes.choose", tooltip=N_("Keep the theme, also for next time")),
    ]
    purpose = N_("The themes. The one under the cursor is shown at once; Enter keeps it, Esc goes back to the old one.")

    def body(self) -> ComposeResult:
        table = Table([Column("", 10), Column("", 20, share=1)], heading=False)
        table.show([Row(name, (name, _(words))) for name, words in theme.WORDS.items()], self.app.theme)
        table.styles.height = len(theme.WORDS)
        yield table
        sample = [Piece(_("good"), "good"), Piece(_("worth a look"), "warn"), Piece(_("! broken"), "bad")]
        yield Unread([Piece(""), *sample])

    def on_mount(self) -> None:
        self.before = self.app.theme
        self.query_one(Table).focus()

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._planner.choose_theme(self.query_one(Table).key)

    @property
    def _planner(self) -> "PlannerApp":
        return cast("PlannerApp", self.app)

    def action_choose(self) -> None:
        self.dismiss(self.query_one(Table).key)

    def action_back(self) -> None:
        self._planner.choose_theme(self.before)
        self.dismiss(None)
