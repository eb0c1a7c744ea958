"""The options --write and --out of commands that change a plan only when asked to."""

from argparse import Namespace
from pathlib import Path

from planner.cli import plan
from planner.cli.answer import Failure, fault
from planner.cli.arguments import Parser
from planner.model.project import Project
from planner.text.i18n import _


def saving(parser: Parser) -> None:
    """Add the options --write and --out."""
    parser.add_argument("--write", action="store_true", help=_("save the plan in its file"))
    parser.add_argument("--out", metavar="NEW", type=Path, help=_("save the plan in a new file"))


def judged(args: Namespace) -> bool:
    """Whether the plan is to be saved. Raises Failure when it is to be saved twice."""
    if args.write and args.out:
        raise Failure(fault(_("--write and --out do not go together"), _("give one of them")))
    return bool(args.write or args.out)


def save(project: Project, args: Namespace, text: str) -> str:
    """Save ``project`` where ``args`` ask for, in the layout of the ``text`` it was read from; a sentence to say so."""
    if args.out:
        plan.write_copy(project, args.out, text)
    else:
        plan.write(project, args.file, text)
    return _("The plan is saved in {file}.").format(file=plan.shown(args.out or args.file))
