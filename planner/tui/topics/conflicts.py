"""Conflicts: what a merge could not decide. Ours stands in the plan; here one takes it, theirs, or what was before."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from planner.edit.conflicts import Take, conflict_of, settle, settle_all
from planner.model.capability import process_of
from planner.model.knowledge import Catalogue
from planner.model.project import Conflict, Project
from planner.review.conflict_words import Told, counted, told
from planner.text.i18n import N_, _, labelled
from planner.text.width import cut
from planner.tui.named import homes
from planner.tui.screens.dialog import Ask
from planner.tui.topics.topic import Topic
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area

SHOWN = 200
"""Cells of a value that is shown above the answers; the row tells more below the list."""

NAMED = 40
"""Cells of what an edit in the history is about."""

TAKEN: Mapping[Take, str] = {"ours": N_("ours taken"), "theirs": N_("theirs taken"), "base": N_("as it was before")}
"""How the edit is called that settles a conflict, marked for translation."""

_WITH_ID = frozenset({"processes", "packages", "phases", "posts", "milestones", "indicators"})
"""Tables whose rows one can go to."""


class Conflicts(Topic):
    """One row for each: what it is about, what stands in the plan (ours), and what the other one has (theirs)."""

    findable = False
    says: ClassVar[Mapping[str, str]] = {"change": N_("decide"), "new": N_("decide all")}
    empty = N_("No conflicts: nothing was changed by two people in two ways.")
    columns = (
        Column(N_("About"), 18, share=2),
        Column(N_("Ours, in the plan"), 14, share=1),
        Column(N_("Theirs"), 14, share=1),
    )

    def __init__(self) -> None:
        self._seen: tuple[Project, dict[str, Told]] | None = None
        """What was worded last: every move of the cursor asks for it again."""

    def _told(self, project: Project) -> dict[str, Told]:
        if self._seen is None or self._seen[0] is not project:
            self._seen = project, {one.id: told(project, one) for one in project.conflicts}
        return self._seen[1]

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        return [Row(key, (one.subject, one.ours, one.theirs)) for key, one in self._told(project).items()]

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        one = self._told(project)[key]
        return [one.subject, *(cut(line, SHOWN) for line in _values(one))]

    def item(self, project: Project, key: str) -> str:
        return place_of(project, conflict_of(project, key))

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        project = area.project
        one, item, conflict = self._told(project)[key], self.item(project, key), conflict_of(project, key)
        goes = conflict.base and not (conflict.ours or conflict.field)
        answers = [
            ("ours", "o", _("ours: it goes out of the plan") if goes else _("ours: it stays as it is in the plan")),
            ("theirs", "t", _("theirs: it comes in its place")),
            ("base", "b", _("as it was before both changed it")),
            *([("go", "g", _("go there, to change it by hand; then take ours here"))] if item else []),
        ]
        text = "\n".join(cut(line, SHOWN) for line in _values(one))
        answer = await area.ask(Ask(cut(one.subject, SHOWN), text, answers))
        if answer == "go":
            area.plan.go_to(item, homes(project, item))
        elif answer is not None:
            area.edit(*settling(key, answer, one))

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        if not area.project.conflicts:
            area.plan.say(_(self.empty))
            return
        answers = [
            ("ours", "o", _("ours in all of them")),
            ("theirs", "t", _("theirs in all of them")),
        ]
        text = _("What the plan cannot be with stays open. u takes it back.")
        answer = await area.ask(Ask(counted(area.project), text, answers))
        if answer is not None:
            take: Take = "theirs" if answer == "theirs" else "ours"
            label = labelled(_("All conflicts"), _(TAKEN[take]))
            area.edit(label, lambda project: settle_all(project, take))


def settling(key: str, answer: str, one: Told) -> tuple[str, Callable[[Project], Project]]:
    """The edit that settles a conflict with the ``answer`` to its question, and what it is called."""
    take = next(take for take in TAKEN if take == answer)
    label = labelled(_("Conflict about {what}").format(what=cut(one.subject, NAMED)), _(TAKEN[take]))
    return label, lambda project: settle(project, key, take)


def place_of(project: Project, conflict: Conflict) -> str:
    """The part of the plan to go to for ``conflict``; empty when there is none."""
    item = conflict.item.split(" ")[0]
    if conflict.table in ("dependencies", "pins", "progress", "answer_sheets", "decisions"):
        known = item in project.package_by_id or item in project.process_by_id or item in project.phase_by_id
        return item if known or process_of(item) in project.process_by_id else ""
    if conflict.table not in _WITH_ID:
        return ""
    return item if any(row.id == item for row in getattr(project, conflict.table)) else ""


def _values(one: Told) -> list[str]:
    return [labelled(_("Ours"), one.ours), labelled(_("Theirs"), one.theirs), labelled(_("Before"), one.base)]


TOPIC = Conflicts()
