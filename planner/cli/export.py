"""``planner export``: the plan as a document or as data for another program."""

from argparse import Namespace
from pathlib import Path

from planner.cli import plan
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser, choice, plan_file
from planner.export.render import FORMATS, render
from planner.text.i18n import _


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner export``."""
    plan_file(parser)
    formats = ", ".join(FORMATS)
    parser.add_argument("--format", metavar="F", required=True, type=choice(FORMATS), help=formats)
    parser.add_argument("--out", metavar="PATH", required=True, help=_("where to write; - is standard output"))


def run(args: Namespace) -> Answer:
    """Write the document; a file that is there already is replaced, unless it is a plan."""
    project = plan.read(args.file).project
    if args.format == "mermaid" and project.roadmap is None:
        raise Failure(plan.no_roadmap(args.file))
    if args.out == "-":
        return Answer(render(project, args.format))
    return written(render(project, args.format), Path(args.out), args.file, args.format.rpartition("-")[2])


def written(text: str, path: Path, plan_file: Path, suffix: str) -> Answer:
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
