"""``planner progress``: what has begun and what is done, and telling more of it."""

from argparse import Namespace
from typing import Any

from planner.cli import plan
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser, as_json, day, plan_file, whole
from planner.cli.layout import page, paragraph, table, titled
from planner.cli.saving import judged, save, saving
from planner.edit import progress as edit
from planner.edit.refused import Refused
from planner.export.json_doc import dumps
from planner.model.project import Placement, Progress, Project
from planner.rollout.verify import verify
from planner.text.i18n import _, ngettext


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner progress``."""
    plan_file(parser)
    parser.add_argument("item", metavar="ITEM", nargs="?", default="", help=_("a work package, by its id"))
    parser.add_argument("--begin", metavar="DAY", type=day, help=_("the day on which it was begun"))
    parser.add_argument("--finish", metavar="DAY", type=day, help=_("the day on which it was finished"))
    parser.add_argument("--remaining", metavar="N", type=whole(1), help=_("working days that are left after --as-of"))
    parser.add_argument("--forget", action="store_true", help=_("it has not begun after all"))
    parser.add_argument("--as-of", metavar="DAY", type=day, help=_("the last day that the progress covers"))
    saving(parser)
    as_json(parser)


def run(args: Namespace) -> Answer:
    """What is known of the work, with what ``args`` add to it."""
    to_save = judged(args)
    loaded = plan.read(args.file)
    project = _told(loaded.project, args)
    if args.json:
        text = dumps(_data(project))
    else:
        text = page([_table(project), *_following(project, args, project != loaded.project)])
    if to_save:
        return Answer(text, (save(project, args, loaded.text),))
    return Answer(text)


def _told(project: Project, args: Namespace) -> Project:
    """``project`` with what was told. Raises Failure when that cannot be."""
    said = args.begin or args.finish or args.remaining or args.forget
    if said and not args.item:
        raise Failure(fault(_("a work package is missing"), _("name the one that was begun or finished")))
    if args.item and not said:
        raise Failure(fault(_("nothing is said of {item}").format(item=args.item), _("add --begin, --finish or such")))
    if sum(map(bool, (args.finish, args.remaining, args.forget))) > 1 or (args.forget and args.begin):
        wrong = _("--finish, --remaining and --forget do not go together")
        raise Failure(fault(wrong, _("give one of them")))
    try:
        if args.as_of:
            project = edit.set_as_of(project, args.as_of)
        if args.begin:
            project = edit.begin(project, args.item, args.begin)
        if args.finish:
            project = edit.finish_work(project, args.item, args.finish)
        if args.remaining:
            project = edit.set_remaining(project, args.item, args.remaining)
        if args.forget:
            project = edit.forget(project, args.item)
    except Refused as refused:
        raise Failure(str(refused)) from None
    return project


def _table(project: Project) -> str:
    if not project.progress:
        return _("Nothing has begun yet, as far as the plan knows.")
    rows = [
        [told.package, str(told.start), _state(told), str(place.finish) if (place := _place(project, told)) else ""]
        for told in project.progress
    ]
    head = [_("Work package"), _("Begun"), _("State"), _("Planned finish")]
    title = _("Progress as of {day}").format(day=project.engagement.as_of)
    return titled(title, table(head, rows, indent=2))


def _state(told: Progress) -> str:
    if told.finish:
        return _("done on {day}").format(day=told.finish)
    if told.remaining:
        return ngettext("{n} day left", "{n} days left", told.remaining).format(n=told.remaining)
    return _("in progress")


def _place(project: Project, told: Progress) -> Placement | None:
    return project.roadmap.packages.get(told.package) if project.roadmap else None


def _following(project: Project, args: Namespace, changed: bool) -> list[str]:
    """What is otherwise than the roadmap has it, and what to do next."""
    words = []
    if project.roadmap and (broken := verify(project)):
        count = ngettext(
            "The roadmap breaks {n} constraint now:", "The roadmap breaks {n} constraints now:", len(broken)
        )
        listed = [paragraph(violation.message, bullet="- ") for violation in broken]
        words.append(titled(count.format(n=len(broken)), *listed))
        words.append(_("See what follows from that: planner replan {file}").format(file=plan.word(args.file)))
    if changed and not (args.write or args.out):
        words.append(_("Nothing is saved yet: add --write, or --out NEW."))
    return words


def _data(project: Project) -> dict[str, Any]:
    return {
        "schema": 1,
        "as_of": project.engagement.as_of,
        "progress": [
            {
                "package": told.package,
                "start": told.start,
                "finish": told.finish,
                "remaining": told.remaining,
                "planned_finish": place.finish if (place := _place(project, told)) else None,
            }
            for told in project.progress
        ],
    }
