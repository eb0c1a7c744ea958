"""Comments: what reviewers remark on items of the plan, in threads that are open or resolved."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from planner.edit.review import add_comment, change_comment, remove_comment, resolve, thread_of
from planner.model.knowledge import Catalogue
from planner.model.project import Comment, Project
from planner.model.remarks import Draft
from planner.review.threads import in_threads, open_threads, subject
from planner.text.clean import one_line
from planner.text.i18n import N_, _, labelled
from planner.text.width import cut
from planner.tui.named import options
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

OPEN_SHOWN, THREAD_SHOWN = 70, 140
"""Cells of a remark that is shown above a form: of one among others, and of one in a thread that is answered."""

MOST_OPEN, LAST_ANSWERS = 2, 2
"""So many open remarks, and so many of the last answers, are shown above a form."""

ENDS = ".?!\u3002\uff1f\uff01"
"""Signs that end a sentence; the message about an edit sets its own."""

PLAN = "plan"
"""Stands for the whole plan where an item is picked."""


class Comments(Topic):
    """Threads in the order in which they began, the open ones first; answers stand below what they answer."""

    says: ClassVar[Mapping[str, str]] = {"change": N_("answer"), "tick": N_("resolve")}
    remarks = frozenset({"change", "alter", "tick", "new", "remove"})
    empty = N_("No remarks yet. n writes one; N does it in every place, on the item under the cursor.")
    columns = (Column("", 3), Column(N_("About"), 14, share=1), Column(N_("Remark"), 20, share=3))

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        return [_row(project, comment) for comment in in_threads(project)]

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        comment = next(one for one in project.comments if one.id == key)
        item = thread_of(project, key).item
        said = _("{author}, {day}").format(author=comment.author or _("somebody"), day=comment.made)
        return [comment.text.strip("\n"), labelled(subject(project, item), said)]

    def tick(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        settled = not thread_of(project, key).resolved
        label = _("Comment resolved") if settled else _("Comment open again")
        return label, lambda p: resolve(p, key, settled)

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        return _("Comment taken out"), lambda p: remove_comment(p, key)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        await answer(area, key)

    async def alter(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        await reword(area, key)

    def item(self, project: Project, key: str) -> str:
        return next((one.item for one in project.comments if one.id == key), "")

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        items = [Option(PLAN, _("the whole plan")), *options(area.project)]
        item = await area.ask(Pick(_("About what"), items))
        if item is not None:
            await comment_on(area, "" if item == PLAN else item)


async def comment_on(area: "Area", item: str, begun: str = "") -> None:
    """Ask for a remark on ``item`` (the plan when empty); ``begun`` is what was typed of it already."""

    def change(values: Values) -> "Change":
        return lambda project: add_comment(project, **values, item=item, series=area.plan.access.series)

    open_ones = open_threads(area.project).get(item, [])
    said = [cut(_("Open here: {words}").format(words=_said(one)), OPEN_SHOWN) for one in open_ones[:MOST_OPEN]]
    if len(open_ones) > MOST_OPEN:
        said.append(_("... and {n} more, in R").format(n=len(open_ones) - MOST_OPEN))
    title = labelled(_("Comment"), subject(area.project, item))
    await _write(area, title, change, Draft(text="", item=item), intro="\n".join(said), begun=begun)


async def reword(area: "Area", ident: str, begun: str = "") -> None:
    """Ask what the comment ``ident`` is to say instead; ``begun`` is what was typed of it already."""
    said = next(one for one in area.project.comments if one.id == ident)

    def change(values: Values) -> "Change":
        return lambda project: change_comment(project, ident, **values)

    title = labelled(_("Change"), subject(area.project, said.item))
    about = Draft(text=said.text, item=said.item, changes=ident)
    await _write(area, title, change, about, said, begun=begun)


async def answer(area: "Area", ident: str, begun: str = "") -> None:
    """Ask for an answer to the comment ``ident``; ``begun`` is what was typed of it already."""
    first = thread_of(area.project, ident)

    def change(values: Values) -> "Change":
        return lambda project: add_comment(project, **values, reply_to=first.id, series=area.plan.access.series)

    said = thread_words(area.project, first)
    about = Draft(text="", item=first.item, reply_to=first.id)
    await _write(area, _("Answer"), change, about, intro=said, begun=begun)


async def _write(
    area: "Area",
    title: str,
    change: "Callable[[Values], Change]",
    about: Draft,
    was: Comment | None = None,
    intro: str = "",
    begun: str = "",
) -> None:
    """Ask for the words of a remark; ``about`` says what a draft of it is about, and how it stood before."""
    own = area.plan.access.author
    fields: list[Text | OneOf] = [
        Text("text", _("Remark"), begun or about.text, required),
        *([] if own else [Text("author", _("By"), was.author if was else area.plan.assessor)]),
        Text("made", _("On"), str(was.made) if was else suggested_day(area.project), day),
    ]

    def by(values: Values) -> Values:
        return {**values, "author": own or values["author"]}

    def label(values: Values) -> str:
        author = area.plan.assessor = by(values)["author"]
        words = cut(one_line(values["text"]), LABEL).rstrip(ENDS)
        return labelled(_("Comment by {author}").format(author=author) if author else title, words)

    area.plan.writing = about
    await area.fill(title, fields, lambda values: change(by(values)), label, intro)
    area.plan.writing = None


def thread_words(project: Project, first: Comment) -> str:
    """What was said so far in the thread that begins with ``first``: the beginning and the last answers."""
    answers = [one for one in project.comments if one.reply_to == first.id]
    said = [_said(first), *(f"> {_said(one)}" for one in answers[-LAST_ANSWERS:])]
    return "\n".join(cut(words, THREAD_SHOWN) for words in said)


def _row(project: Project, comment: Comment) -> Row:
    by = _said(comment)
    if comment.reply_to:
        return Row(comment.id, ("", "", f"  {by}"))
    cells = (mark(comment.resolved), subject(project, comment.item), by)
    return Row(comment.id, cells, "dim" if comment.resolved else "")


def _said(comment: Comment) -> str:
    """Who says what, on one line."""
    text = one_line(comment.text)
    return labelled(comment.author, text) if comment.author else text


TOPIC = Comments()
