"""``planner review``: the screen on a plan, read-only but for comments and approvals; as text without a terminal."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from planner.cli import plan
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import OPENING, Parser, opening
from planner.cli.layout import facts, page, paragraph
from planner.cli.terminal import on_a_terminal
from planner.model.project import Project
from planner.model.remarks import LONGEST_NAME
from planner.text.clean import one_line
from planner.text.i18n import _

SCREEN_LETTERS = ("utf8", "gb18030", "gbk")
"""Encodings in which everything can be drawn."""


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner review``."""
    parser.add_argument("file", metavar="PATH", type=Path, help=_("the plan, or a folder of plans"))
    parser.add_argument("--as", metavar="NAME", dest="name", default="", help=_("by whom the remarks are"))
    parser.add_argument(
        "--review-file",
        metavar="FILE",
        type=Path,
        help=_("keep the remarks in this file, not in the plan; planner merge PLAN --review FILE folds them in"),
    )
    opening(parser)


def run(args: Namespace) -> Answer:
    """Open the screen where there is a terminal that can draw; else the review as text. Raises Failure."""
    if args.name and not one_line(args.name):
        raise Failure(fault(_("--as needs a name"), _("write it in quotes: --as 'Mei Lin'")))
    if args.file.is_dir():
        if args.review_file:
            raise Failure(fault(_("--review-file is for one plan"), _("name the plan, not its folder")))
        if not can_draw():
            advice = _("start it in one, or name a plan, to read it as text")
            raise Failure(fault(_("a list of plans needs a terminal that can draw"), advice))
    elif not can_draw():
        return Answer(text(plan.read(args.file).project), notes=missing_letters())
    return screen(args.file, args.name, file=args.review_file, asked=args)


def can_draw() -> bool:
    """Whether the screen can be drawn: a terminal on both sides, with letters that are enough for it."""
    return on_a_terminal() and not missing_letters()


def missing_letters() -> tuple[str, ...]:
    """A line that says so where a terminal has not all letters; a file or pipe gets UTF-8 anyway."""
    stream = sys.stdout
    if stream is None or not stream.isatty() or (stream.encoding or "").lower().replace("-", "") in SCREEN_LETTERS:
        return ()
    wrong = _("this terminal has not every letter, and shows ? instead")
    return (fault(wrong, _("set LC_ALL, for example to C.UTF-8, which the screen needs too")),)


def screen(
    path: Path,
    name: str = "",
    *,
    file: Path | None = None,
    folder: Path | None = None,
    remarks: bool = True,
    asked: Namespace | None = None,
) -> Answer:
    """Open the screen on a plan or on a folder of plans, to be reviewed by ``name`` (the account's, without one).

    Remarks are kept in ``file``, or in a file in ``folder``; without ``remarks`` none are taken. ``asked`` holds the
    options of the screen.
    """
    from planner.tui.app import run as run_screen
    from planner.tui.reviewing import Reviewer, full_name
    from planner.tui.settings import gather, place

    settings = gather({option: getattr(asked, option, None) for option in OPENING}, place())
    reviewer = Reviewer(one_line(name)[:LONGEST_NAME] or full_name(), file, folder, remarks)
    return Answer(code=run_screen(path, *settings, reviewer=reviewer))


def text(project: Project) -> str:
    """What a reviewer reads, without a screen: what changed, what was remarked, what was decided."""
    from planner.cli.sections.comments import blocks as remarks

    return page([*_head(project), *_changes(project), *remarks(project)])


def _head(project: Project) -> Iterator[str]:
    about = project.engagement
    yield paragraph(about.name)
    yield facts([(_("Client"), about.client), (_("Goal"), about.goal), (_("Start"), f"{about.start}")])


def _changes(project: Project) -> Iterator[str]:
    from planner.cli.diff_shown import Compared, blocks, called
    from planner.review.changes import agreed, changes

    baseline = agreed(project.baselines)
    if baseline is None:
        yield paragraph(_("There is no baseline yet to say what has changed."))
        return
    since = _("Since {baseline}").format(baseline=called(baseline))
    if baseline.approved_by:
        since = _("{since}, approved by {who}").format(since=since, who=baseline.approved_by)
    yield paragraph(since)
    yield from blocks(Compared(called(baseline), project.engagement.name, changes(project, baseline), None))
