"""What ``planner diff --git`` shows: two versions of a plan from a repository, of which one may be none or no plan."""

from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path

from planner.cli.diff_shown import Compared, blocks
from planner.cli.layout import page, paragraph
from planner.model.project import Project
from planner.review.changes import between
from planner.review.differences import differences
from planner.store.load import Loaded, PlanUnreadable, load, read_text
from planner.text.clean import clean, one_line
from planner.text.i18n import _, ngettext

NOTHING = "/dev/null"
"""What git names where a file is not there; it names the same one on every system."""

MOST_LINES = 15_000
"""Longer texts are not compared line by line: it may take long, by the square of their length."""


def shown_to_git(arguments: Sequence[str]) -> str:
    """The answer to git's arguments: path, old file, its hash and mode, new file, its hash and mode, a new path."""
    path = one_line(arguments[7] if len(arguments) > 7 else arguments[0])
    if len(arguments) == 1:
        return page(
            [
                paragraph(
                    _("plan {file}: its merge is not finished; planner {file} shows the conflicts").format(file=path)
                )
            ]
        )
    old, new = arguments[1], arguments[4]
    sides = [None if file == NOTHING else _read(Path(file)) for file in (old, new)]
    head = _("plan {file}").format(file=path)
    broken = [side for side in sides if isinstance(side, PlanUnreadable)]
    if broken:
        return page([paragraph(head), *(_broken(side, new=side is sides[1]) for side in broken), _lines(old, new)])
    was, now = (side if isinstance(side, Loaded) else None for side in sides)
    if was is None or now is None:
        return page([paragraph(head), *([_whole(now, _("a new plan"))] if now else [_whole(was, _("removed"))])])
    found = differences(was.project, now.project)
    compared = Compared("", "", between(was.project, now.project, found=found), found, True)
    lines = "" if compared.differences else _lines(old, new)
    return page([paragraph(head), *blocks(compared), lines])


def _read(file: Path) -> Loaded | PlanUnreadable:
    try:
        return load(file)
    except PlanUnreadable as unreadable:
        return unreadable


def _broken(unreadable: PlanUnreadable, new: bool) -> str:
    fault = unreadable.faults[0]
    words = _("the new version is no plan that can be read (line {line}: {fault}); here are its lines")
    if not new:
        words = _("the old version is no plan that can be read (line {line}: {fault}); here are its lines")
    return paragraph(words.format(line=fault.line, fault=fault.message))


def _whole(plan: Loaded | None, what: str) -> str:
    project: Project | None = plan.project if plan else None
    if project is None:
        return ""
    n = len(project.packages)
    work = ngettext("{n} work package", "{n} work packages", n).format(n=n)
    words = _("{what}: {name}, {work}").format(what=what, name=one_line(project.engagement.name), work=work)
    return paragraph(words)


def _lines(old: str, new: str) -> str:
    """The lines that differ, as text that cannot steer a terminal."""
    try:
        had, has = (clean("" if file == NOTHING else read_text(Path(file))).splitlines() for file in (old, new))
    except PlanUnreadable as unreadable:
        return paragraph(unreadable.faults[0].message)
    if max(len(had), len(has)) > MOST_LINES:
        return paragraph(_("the files are too long to compare line by line"))
    return "\n".join(unified_diff(had, has, _("old version"), _("new version"), lineterm="")).replace("\t", "    ")
