"""What was said in a plan, in order: threads of comments."""

from collections.abc import Iterator

from planner.graph.naming import named, work_named
from planner.model.project import Comment, Project
from planner.text.i18n import _


def subject(project: Project, item: str) -> str:
    """What a remark is about: a package by what it is for, since many share a name; an empty ``item`` is the plan."""
    if not item:
        return _("the whole plan")
    return work_named(project, item) if item in project.package_by_id else named(project, item)


def in_threads(project: Project) -> Iterator[Comment]:
    """All comments, each thread together, those that are open first."""
    answers: dict[str, list[Comment]] = {}
    for one in project.comments:
        answers.setdefault(one.reply_to, []).append(one)
    for settled in (False, True):
        for first in answers.get("", ()):
            if first.resolved == settled:
                yield first
                yield from answers.get(first.id, ())


def open_threads(project: Project) -> dict[str, list[Comment]]:
    """By item (empty for the whole plan): the first comments of the threads that are not settled."""
    found: dict[str, list[Comment]] = {}
    for one in project.comments:
        if not one.reply_to and not one.resolved:
            found.setdefault(one.item, []).append(one)
    return found
