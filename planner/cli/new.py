"""``planner new``: a plan file from an engagement template."""

from argparse import Namespace
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

from planner.cli import plan
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser, choice, day
from planner.edit.refused import Refused
from planner.edit.start import start
from planner.model.problem import nearest
from planner.model.values import SIZES, Language
from planner.text.clean import one_line
from planner.text.i18n import _, language


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner new``."""
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the plan file to make; its name ends in .toml"))
    parser.add_argument("--template", metavar="ID", required=True, help=_("see: planner templates"))
    parser.add_argument("--name", default="", help=_("name of the engagement"))
    parser.add_argument("--client", default="", help=_("name of the client"))
    parser.add_argument("--start", metavar="YYYY-MM-DD", type=day, help=_("first day of the project"))
    parser.add_argument("--size", metavar="SIZE", type=choice(SIZES), help=_("small, medium or large"))
    parser.add_argument(
        "--language",
        metavar="LANG",
        type=choice(get_args(Language)),
        help=_("language of the plan's own words: en or zh (default: that of the interface)"),
    )


def run(args: Namespace) -> Answer:
    """Make the file; a start that was not given is the next Monday, and is told."""
    path: Path = args.file
    if path.suffix != ".toml":
        advice = _("write {name}").format(name=plan.shown(path.with_name(path.name + ".toml")))
        raise Failure(fault(_("{file}: the name of a plan file ends in .toml").format(file=plan.shown(path)), advice))
    knowledge = plan.catalogue()
    template = knowledge.engagement_by_id.get(args.template)
    if template is None:
        wrong = _("there is no template {name!r}").format(name=one_line(args.template))
        raise Failure(fault(wrong, nearest(args.template, knowledge.engagement_by_id)))
    begin: date = args.start or _next_monday(date.today())
    try:
        project = start(
            template,
            knowledge,
            begin=begin,
            name=one_line(args.name),
            client=one_line(args.client),
            size=args.size,
            language=args.language or ("zh" if language() == "zh" else "en"),
        )
    except Refused as refused:
        raise Failure(str(refused)) from None
    plan.write(project, path)
    about = project.engagement
    made = _("{file}: {name}, {capabilities} capabilities to build by {packages} work packages").format(
        file=plan.shown(path), name=about.name, capabilities=len(project.capabilities), packages=len(project.packages)
    )
    following = _("Next: planner propose {file} --write").format(file=plan.word(path))
    notes = (
        ()
        if args.start
        else (_("the project starts on {day}, the next Monday (--start says another)").format(day=begin),)
    )
    return Answer(f"{made}\n{following}\n", notes)


def _next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())
