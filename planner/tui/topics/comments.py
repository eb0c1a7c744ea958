"""Comments: what reviewers remark on items of the plan, in threads that are open or resolved."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from planner.edit.review import add_comment, remove_comment, resolve, thread_of
from planner.model.knowledge import Catalogue
from planner.model.project import Comment, Project
from planner.text.i18n import N_, _, labelled
from planner.tui.named import named, options
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.screens.pick import Option, Pick
from planner.tui.topics.baselines import suggested_day
from planner.tui.topics.topic import Step, Topic, mark
from planner.tui.typed import day, required
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change

PLAN = "plan"
"""Stands for the whole plan where an item is picked."""


class Comments(Topic):
    """Threads in the order in which they began, the open ones first; answers stand below what they answer."""

    empty = N_("No remarks yet. n writes one; N does it in every place, on the item under the cursor.")
    columns = (Column("", 3), Column(N_("About"), 14, share=1), Column(N_("Remark"), 20, share=3))

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        return [_row(project, comment) for comment in in_threads(project)]

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        comment = next(one for one in project.comments if one.id == key)
        said = _("{author}, {day}").format(author=comment.author or _("somebody"), day=comment.made)
        return [comment.text, said]

    def tick(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        settled = not thread_of(project, key).resolved
        label = _("Comment resolved") if settled else _("Comment open again")
        return label, lambda p: resolve(p, key, settled)

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        return _("Comment taken out"), lambda p: remove_comment(p, key)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        first = thread_of(area.project, key)
        await _write(area, _("Answer"), {"reply_to": first.id}, f"{first.author}: {first.text}".lstrip(": "))

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        items = [Option(PLAN, _("the whole plan")), *options(area.project)]
        item = await area.ask(Pick(_("About what"), items))
        if item is not None:
            await comment_on(area, "" if item == PLAN else item)


async def comment_on(area: "Area", item: str) -> None:
    """Ask for a remark on ``item`` (the plan when empty)."""
    about = named(area.project, item) if item else _("the whole plan")
    await _write(area, labelled(_("Comment"), about), {"item": item})


async def _write(area: "Area", title: str, where: dict[str, str], intro: str = "") -> None:
    fields: list[Text | OneOf] = [
        Text("text", _("Remark"), "", required),
        Text("author", _("By"), area.plan.assessor),
        Text("made", _("On"), suggested_day(area.project), day),
    ]

    def change(values: Values) -> "Change":
        return lambda project: add_comment(project, **values, **where)  # type: ignore[arg-type]

    def label(values: Values) -> str:
        area.plan.assessor = values["author"]
        return _("Comment by {author}").format(author=values["author"]) if values["author"] else _("Comment")

    await area.fill(title, fields, change, label, intro)


def in_threads(project: Project) -> Iterator[Comment]:
    """All comments, each thread together, those that are open first."""
    for settled in (False, True):
        for first in project.comments:
            if not first.reply_to and first.resolved == settled:
                yield first
                yield from (one for one in project.comments if one.reply_to == first.id)


def _row(project: Project, comment: Comment) -> Row:
    by = labelled(comment.author, comment.text) if comment.author else comment.text
    if comment.reply_to:
        return Row(comment.id, ("", "", f"  {by}"))
    about = named(project, comment.item) if comment.item else _("the whole plan")
    return Row(comment.id, (mark(comment.resolved), about, by), "dim" if comment.resolved else "")


TOPIC = Comments()
