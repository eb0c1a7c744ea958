"""``planner export``: the plan as a document or as data for another program."""

from argparse import Namespace
from pathlib import Path

from planner.cli import plan
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser, choice, plan_file
from planner.export.formats import FORMATS, MissingLibrary, NoRoadmap, render
from planner.export.handover import hand_over
from planner.model.audience import AUDIENCES
from planner.text.i18n import _


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner export``."""
    plan_file(parser)
    formats = ", ".join(FORMATS)
    parser.add_argument("--format", metavar="F", required=True, type=choice(FORMATS), help=formats)
    parser.add_argument("--for", metavar="WHO", type=choice(AUDIENCES), default="internal", help=", ".join(AUDIENCES))
    parser.add_argument("--out", metavar="PATH", required=True, help=_("where to write; - is standard output"))


def run(args: Namespace) -> Answer:
    """Write the document; a file that is there already is replaced, unless it is a plan."""
    project = plan.read(args.file).project
    try:
        made = render(hand_over(project, plan.catalogue(), audience=getattr(args, "for")), args.format)
    except NoRoadmap:
        raise Failure(plan.no_roadmap(args.file)) from None
    except MissingLibrary as missing:
        raise Failure(fault(str(missing), missing.advice)) from None
    if args.out == "-":
        return Answer(made.decode())
    return written(made, Path(args.out), args.file, FORMATS[args.format].suffix)


def written(text: str | bytes, path: Path, plan_file: Path, suffix: str) -> Answer:
    """Write a document about the plan in ``plan_file``; a Failure where it would replace a plan, or follow a link.

    Who was sent a folder has not looked where each link in it leads.
    """
    if path.is_symlink():
        wrong = _("{file} is a link to another place").format(file=plan.shown(path))
        raise Failure(fault(wrong, _("name a file, or what the link leads to")))
    if path.suffix == ".toml" or _same(path, plan_file):
        wrong = _("{file} is a plan file, and an export would replace it").format(file=plan.shown(path))
        advice = _("write to {name}").format(name=plan.shown(path.with_suffix(f".{suffix}")))
        raise Failure(fault(wrong, advice))
    plan.write_text(text, path)
    return Answer(_("{file} written").format(file=plan.shown(path)) + "\n")


def _same(path: Path, file: Path) -> bool:
    try:
        return path.samefile(file)
    except OSError:
        return False
