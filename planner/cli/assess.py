"""``planner assess``: where the client stands, what the targets ask for; questionnaires, pains and the report."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from planner.cli import assess_shown, plan
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser, as_json, over_open, plan_file
from planner.cli.assess_changes import asked_for, changed
from planner.cli.export import written
from planner.cli.layout import page, paragraph
from planner.export.json_doc import dumps
from planner.model.knowledge import Catalogue
from planner.model.problem import nearest
from planner.model.project import Project
from planner.model.rating import profile_of
from planner.text.clean import one_line
from planner.text.i18n import _


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner assess``."""
    plan_file(parser)
    parser.add_argument("--report", action="store_true", help=_("the report: state, gap, pains, advice, evidence"))
    parser.add_argument("--pains", action="store_true", help=_("all pains, which are ticked, and what they ask for"))
    parser.add_argument("--core", metavar="IDS", default="", help=_("also the lowest level among these processes"))
    parser.add_argument(
        "--questionnaire", metavar="OUT", help=_("write the questionnaire as CSV; - is standard output")
    )
    parser.add_argument("--import", metavar="IN", dest="answers", type=Path, help=_("take in a filled questionnaire"))
    parser.add_argument("--profile", metavar="ID", default="", help=_("assess by another questionnaire"))
    parser.add_argument(
        "--drop-answers", action="store_true", help=_("let go the answers that --profile has no use for")
    )
    parser.add_argument("--tick", metavar="PAIN[=N]", action="append", default=[], help=_("it hurts, N: 1 to 3"))
    parser.add_argument("--untick", metavar="PAIN", action="append", default=[], help=_("it does not hurt"))
    parser.add_argument("--raise-targets", action="store_true", help=_("raise targets to what ticked pains ask for"))
    parser.add_argument("--write", action="store_true", help=_("save the change in FILE"))
    parser.add_argument("--out", metavar="FILE", type=Path, help=_("save the changed plan in another file"))
    over_open(parser)
    as_json(parser)


def run(args: Namespace) -> Answer:
    """Make the changes asked for, save them if asked to, and show what was asked for."""
    _judge(args)
    if args.write:
        plan.refuse_if_open(args.file, args.even_if_open)
    loaded = plan.read(args.file)
    catalogue = plan.catalogue()
    project, notes = changed(loaded.project, catalogue, args)
    core = _core(project, args.core)
    answer = _answer(project, catalogue, args, core, notes)
    if args.out:
        plan.write_copy(project, args.out, loaded.text)
    elif args.write:
        unkept = plan.write(project, args.file, loaded.text, even_if_open=args.even_if_open)
        answer = replace(answer, notes=(*answer.notes, *unkept))
    return answer


def _answer(
    project: Project, catalogue: Catalogue, args: Namespace, core: tuple[str, ...], notes: tuple[str, ...]
) -> Answer:
    """What was asked for; it comes before the plan is saved, so that a plan has changed only where nothing failed."""
    if args.questionnaire:
        return _questionnaire(project, catalogue, args, notes)
    if args.json:
        return Answer(dumps(assess_shown.data(project, catalogue, core)), notes)
    if args.report:
        blocks = assess_shown.report(project, catalogue)
    elif args.pains:
        blocks = assess_shown.pains(project, catalogue)
    else:
        blocks = assess_shown.assessment(project, catalogue, core)
    return Answer(page([*blocks, *_saved(args)]), notes)


def _judge(args: Namespace) -> None:
    """Raises Failure for options that do not go together."""
    shown = [
        name
        for name, asked in (
            ("--report", args.report),
            ("--pains", args.pains and not args.json),
            ("--questionnaire", args.questionnaire),
            ("--json", args.json),
        )
        if asked
    ]
    if args.write and args.out:
        shown = ["--write", "--out"]
    if len(shown) > 1:
        wrong = _("{first} and {second} do not go together").format(first=shown[0], second=shown[1])
        raise Failure(fault(wrong, _("give one of them")))
    if (args.write or args.out) and not asked_for(args):
        advice = _("say what to change, with --import, --profile, --tick, --untick or --raise-targets")
        raise Failure(fault(_("there is nothing to save"), advice))
    if args.drop_answers and not args.profile:
        raise Failure(fault(_("--drop-answers belongs to --profile"), _("name the questionnaire")))


def _core(project: Project, words: str) -> tuple[str, ...]:
    core = tuple(filter(None, words.replace(",", " ").split()))
    for process in core:
        if process not in project.process_by_id:
            wrong = _("unknown process {name!r}").format(name=one_line(process))
            raise Failure(fault(wrong, nearest(process, project.process_by_id)))
    return core


def _questionnaire(project: Project, catalogue: Catalogue, args: Namespace, notes: tuple[str, ...]) -> Answer:
    from planner.store.answers_csv import questionnaire

    profile = profile_of(project, catalogue)
    if profile is None:
        wrong = _("no questionnaire fits the dimensions of this plan")
        raise Failure(fault(wrong, _("choose one with --profile")))
    text = questionnaire(project, profile)
    if args.questionnaire == "-":
        return Answer(text, notes)
    return Answer(written(text, Path(args.questionnaire), args.file, "csv").text, notes)


def _saved(args: Namespace) -> list[str]:
    """What became of the changes."""
    if not asked_for(args):
        return []
    if args.write or args.out:
        return [paragraph(_("The plan is saved in {file}.").format(file=plan.shown(args.out or args.file)))]
    return [paragraph(_("Nothing is saved yet: give the same command with --write, or with --out FILE."))]
