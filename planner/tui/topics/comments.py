"""Comments: what reviewers remark on items of the plan, in threads that are open or resolved."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from planner.edit.review import add_comment, change_comment, remove_comment, resolve, thread_of
from planner.model.knowledge import Catalogue
from planner.model.project import Comment, Project
from planner.text.i18n import N_, _, labelled
from planner.text.width import cut
from planner.tui.named import named, options, work_named
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.screens.pick import Option, Pick
from planner.tui.topics.baselines import suggested_day
from planner.tui.topics.topic import Step, Topic, mark
from planner.tui.typed import day, required
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change

LABEL = 40
"""Cells of a remark that name its edit in the history."""

ENDS = ".?!\u3002\uff1f\uff01"
"""Signs that end a sentence; the message about an edit sets its own."""

PLAN = "plan"
"""Stands for the whole plan where an item is picked."""


class Comments(Topic):
    """Threads in the order in which they began, the open ones first; answers stand below what they answer."""

    says: ClassVar[Mapping[str, str]] = {"change": N_("answer"), "tick": N_("resolve")}
    empty = N_("No remarks yet. n writes one; N does it in every place, on the item under the cursor.")
    columns = (Column("", 3), Column(N_("About"), 14, share=1), Column(N_("Remark"), 20, share=3))

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        return [_row(project, comment) for comment in in_threads(project)]

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        comment = next(one for one in project.comments if one.id == key)
        item = thread_of(project, key).item
        said = _("{author}, {day}").format(author=comment.author or _("somebody"), day=comment.made)
        return [comment.text, labelled(subject(project, item), said)]

    def tick(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        settled = not thread_of(project, key).resolved
        label = _("Comment resolved") if settled else _("Comment open again")
        return label, lambda p: resolve(p, key, settled)

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        return _("Comment taken out"), lambda p: remove_comment(p, key)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        first = thread_of(area.project, key)

        def change(values: Values) -> "Change":
            return lambda project: add_comment(project, **values, reply_to=first.id)

        await _write(area, _("Answer"), change, intro=_said(first))

    async def alter(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        said = next(one for one in area.project.comments if one.id == key)

        def change(values: Values) -> "Change":
            return lambda project: change_comment(project, key, **values)

        await _write(area, labelled(_("Change"), subject(area.project, said.item)), change, said)

    def item(self, project: Project, key: str) -> str:
        return next((one.item for one in project.comments if one.id == key), "")

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        items = [Option(PLAN, _("the whole plan")), *options(area.project)]
        item = await area.ask(Pick(_("About what"), items))
        if item is not None:
            await comment_on(area, "" if item == PLAN else item)


async def comment_on(area: "Area", item: str) -> None:
    """Ask for a remark on ``item`` (the plan when empty)."""

    def change(values: Values) -> "Change":
        return lambda project: add_comment(project, **values, item=item)

    await _write(area, labelled(_("Comment"), subject(area.project, item)), change)


async def _write(
    area: "Area", title: str, change: "Callable[[Values], Change]", was: Comment | None = None, intro: str = ""
) -> None:
    fields: list[Text | OneOf] = [
        Text("text", _("Remark"), was.text if was else "", required),
        Text("author", _("By"), was.author if was else area.plan.assessor),
        Text("made", _("On"), str(was.made) if was else suggested_day(area.project), day),
    ]

    def label(values: Values) -> str:
        area.plan.assessor = values["author"]
        words = cut(values["text"], LABEL).rstrip(ENDS)
        return labelled(_("Comment by {author}").format(author=values["author"]) if values["author"] else title, words)

    await area.fill(title, fields, change, label, intro)


def subject(project: Project, item: str) -> str:
    """What a remark is about: a package by what it is for, since many share a name."""
    if not item:
        return _("the whole plan")
    return work_named(project, item) if item in project.package_by_id else named(project, item)


def in_threads(project: Project) -> Iterator[Comment]:
    """All comments, each thread together, those that are open first."""
    for settled in (False, True):
        for first in project.comments:
            if not first.reply_to and first.resolved == settled:
                yield first
                yield from (one for one in project.comments if one.reply_to == first.id)


def _row(project: Project, comment: Comment) -> Row:
    by = _said(comment)
    if comment.reply_to:
        return Row(comment.id, ("", "", f"  {by}"))
    cells = (mark(comment.resolved), subject(project, comment.item), by)
    return Row(comment.id, cells, "dim" if comment.resolved else "")


def _said(comment: Comment) -> str:
    return labelled(comment.author, comment.text) if comment.author else comment.text


TOPIC = Comments()
