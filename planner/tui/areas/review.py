"""Review: what changed since a baseline, what reviewers remark, and what was decided at the gates."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from planner.model.project import Project
from planner.text.i18n import N_, _
from planner.tui.areas.topical import TopicalArea
from planner.tui.topics import REVIEW
from planner.tui.widgets.keybar import KeyBar
from planner.tui.widgets.table import Row


class ReviewArea(TopicalArea):
    """What a reviewer reads and writes, and what a merge has left open; that stands first while there is any."""

    titles = REVIEW
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "filter", N_("open only"), id="review.filter", tooltip=N_("Comments: only those that are open")),
    ]
    legend = (
        N_("[x]     resolved: the remark is settled; [ ]  it is open"),
        N_("Changes are those since the last approved baseline, else the last one; Enter on one compares with it"),
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._open = False
        """Whether there were conflicts when the plan was drawn last."""
        self.only_open = False
        """Whether comments of threads that are settled are left out."""

    def _rows(self, project: Project) -> list[Row]:
        rows = super()._rows(project)
        if self.only_open and self.name_shown == "comments":
            settled = {one.id for one in project.comments if one.resolved and not one.reply_to}
            left_out = settled | {one.id for one in project.comments if one.reply_to in settled}
            rows = [row for row in rows if row.key not in left_out]
        return rows

    def footer(self, action: str, words: str) -> str:
        if action == "filter":
            return "" if self.why_not(action) else _("all") if self.only_open else words
        return super().footer(action, words)

    def why_not(self, action: str) -> str:
        if action == "filter" and self.name_shown != "comments":
            return _("Only comments are filtered.")
        if action == "filter" and not (self.only_open or any(one.resolved for one in self.project.comments)):
            return _("No thread is settled: all comments are shown.")
        return super().why_not(action)

    def action_filter(self) -> None:
        """Leave out what is settled, or show it again."""
        if self.may("filter"):
            self.only_open = not self.only_open
            self._draw(self.project)
            self.screen.query_one(KeyBar).refresh()
            self.plan.say(_("Only open comments are shown.") if self.only_open else _("All comments are shown."))

    def show(self, project: Project) -> None:
        came = bool(project.conflicts) and not self._open
        self._open = bool(project.conflicts)
        self.titles = {name: title for name, title in REVIEW.items() if self._open or name != "conflicts"}
        if came or self.name_shown not in self.titles:
            self.name_shown = next(iter(self.titles))
            self.screen.query_one(KeyBar).refresh()
        super().show(project)
