"""``planner diff``: what changed between two plans, or since a baseline; also git's way of showing a changed plan."""

from argparse import Namespace
from pathlib import Path

from planner.cli import diff_shown as shown
from planner.cli import plan
from planner.cli.answer import DONE, FINDINGS, Answer, Failure, fault
from planner.cli.arguments import Parser, as_json
from planner.export.json_doc import dumps
from planner.model.problem import nearest
from planner.model.project import Baseline, Project
from planner.review.changes import agreed, between
from planner.review.differences import differences
from planner.text.clean import one_line
from planner.text.i18n import _

AGREED = ""
"""What ``--baseline`` without a name stands for."""

GIT = (1, 7, 9)
"""How many arguments git gives: one for a file of an unfinished merge, two more for one that was renamed."""


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner diff``."""
    parser.add_argument("files", metavar="FILE", nargs="*", help=_("the older plan and the newer one"))
    parser.add_argument(
        "--baseline",
        metavar="NAME",
        nargs="?",
        const=AGREED,
        action="append",
        help=_("compare one plan with the last approved baseline (else the last), or this one; twice: two baselines"),
    )
    parser.add_argument("--git", action="store_true", help=_("what git gives to a program that shows changes"))
    as_json(parser)


def run(args: Namespace) -> Answer:
    """What changed; exit code 1 when something did, but 0 for git, which takes any other for a failure."""
    files = args.files
    if args.git:
        from planner.cli.diff_git import shown_to_git

        if len(files) not in GIT:
            raise Failure(fault(_("--git is for git, which gives a path and two files"), _("see: planner git-setup")))
        return Answer(shown_to_git(files))
    if args.baseline is not None:
        return _with_baselines(files, args)
    if len(files) != 2:
        wrong = _("two plan files are needed, or one with --baseline")
        raise Failure(fault(wrong, _("give them as: planner diff OLD NEW")))
    old, new = (plan.read(Path(file)) for file in files)
    found = differences(old.project, new.project)
    compared = shown.Compared(
        one_line(files[0]),
        one_line(files[1]),
        between(old.project, new.project, found=found),
        found,
        only_text=old.text != new.text,
    )
    return _answer(compared, args)


def _with_baselines(files: list[str], args: Namespace) -> Answer:
    if len(files) != 1 or len(args.baseline) > 2:
        wrong = _("--baseline compares one plan with its baselines")
        raise Failure(fault(wrong, _("give them as: planner diff FILE --baseline NAME")))
    project = plan.read(Path(files[0])).project
    found = [_baseline(project, name) for name in args.baseline]
    later: Project | Baseline = found[1] if len(found) > 1 else project
    now = shown.called(later) if isinstance(later, Baseline) else one_line(files[0])
    return _answer(shown.Compared(shown.called(found[0]), now, between(found[0], later, [project]), None), args)


def _baseline(project: Project, name: str) -> Baseline:
    """The baseline called ``name`` (or with this id; of several the last); without a name what was agreed last."""
    if not project.baselines:
        raise Failure(fault(_("the plan has no baseline"), _("take one in the interface: R, then n")))
    if name == AGREED:
        found = agreed(project.baselines)
    else:
        found = next((one for one in reversed(project.baselines) if name in (one.name, one.id)), None)
    if found is None:
        wrong = _("there is no baseline {name!r}").format(name=one_line(name))
        raise Failure(fault(wrong, nearest(name, [one.name for one in project.baselines])))
    return found


def _answer(compared: shown.Compared, args: Namespace) -> Answer:
    text = dumps(shown.data(compared)) if args.json else shown.text(compared)
    return Answer(text, code=FINDINGS if compared.changes or compared.differences else DONE)
