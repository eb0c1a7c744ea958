"""The options --write and --out of commands that change a plan only when asked to."""

from argparse import Namespace
from pathlib import Path

from planner.cli import plan
from planner.cli.answer import Failure, fault
from planner.cli.arguments import Parser, over_open
from planner.model.project import Project
from planner.text.i18n import _


def saving(parser: Parser) -> None:
    """Add the options --write and --out."""
    parser.add_argument("--write", action="store_true", help=_("save the plan in its file"))
    parser.add_argument("--out", metavar="NEW", type=Path, help=_("save the plan in a new file"))
    over_open(parser)


def judged(args: Namespace) -> bool:
    """Whether the plan is to be saved. Raises Failure when it is to be saved twice, or somebody has it open."""
    if args.write and args.out:
        raise Failure(fault(_("--write and --out do not go together"), _("give one of them")))
    if args.write:
        plan.refuse_if_open(args.file, args.even_if_open)
    return bool(args.write or args.out)


def save(project: Project, args: Namespace, text: str) -> str:
    """Save ``project`` where ``args`` ask for, in the layout of the ``text`` it was read from; sentences to say so."""
    notes: tuple[str, ...] = ()
    if args.out:
        plan.write_copy(project, args.out, text)
    else:
        notes = plan.write(project, args.file, text, even_if_open=args.even_if_open)
    saved = _("The plan is saved in {file}.").format(file=plan.shown(args.out or args.file))
    return " ".join((saved, *notes))
