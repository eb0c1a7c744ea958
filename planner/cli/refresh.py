"""``planner refresh``: work and dates made anew from the facts of a plan that was changed in an editor."""

from argparse import Namespace
from pathlib import Path

from planner.cli import plan
from planner.cli.answer import Answer, Failure
from planner.cli.arguments import Parser, over_open, plan_file
from planner.cli.layout import page, paragraph, titled
from planner.edit.refresh import refresh, refreshed
from planner.edit.refused import Refused
from planner.text.i18n import _, ngettext


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner refresh``."""
    plan_file(parser)
    parser.add_argument("--write", action="store_true", help=_("save the plan in its file"))
    parser.add_argument("--out", metavar="NEW", type=Path, help=_("save the plan in a new file"))
    over_open(parser)


def run(args: Namespace) -> Answer:
    """What would be others, and with --write or --out the plan saved so."""
    if args.write:
        plan.refuse_if_open(args.file, args.even_if_open)
    loaded = plan.read(args.file)
    catalogue = plan.catalogue()
    try:
        after = refresh(loaded.project, catalogue)
    except Refused as refused:
        raise Failure(str(refused)) from None
    changes = refreshed(loaded.project, catalogue).changes
    if not changes:
        return Answer(_("The plan is in step with its facts.") + "\n")
    notes: tuple[str, ...] = ()
    if args.out:
        plan.write_copy(after, args.out, loaded.text)
    elif args.write:
        notes = plan.write(after, args.file, loaded.text, even_if_open=args.even_if_open)
    count = ngettext("{n} entry is another one now", "{n} entries are others now", len(changes)).format(n=len(changes))
    done = [] if args.write or args.out else [_("Nothing is saved yet: add --write, or --out NEW.")]
    return Answer(page([titled(count, *(paragraph(str(name), indent=2) for name in changes)), *done]), notes)
