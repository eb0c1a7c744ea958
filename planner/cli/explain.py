"""``planner explain``: why an item of the roadmap is where it is, and what stops it being earlier."""

from argparse import Namespace

from planner.cli import explain_shown as shown
from planner.cli import plan
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser, as_json, day, plan_file
from planner.cli.layout import page
from planner.export.json_doc import dumps
from planner.model.problem import nearest
from planner.model.project import Phase, Project
from planner.rollout.explain import explain, why_not_phase
from planner.text.clean import one_line
from planner.text.i18n import _


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner explain``."""
    plan_file(parser)
    parser.add_argument("item", metavar="ITEM", help=_("a capability, such as incident@3, or the id of a work package"))
    parser.add_argument(
        "--phase", metavar="N", help=_("also what it takes to have it in this phase (number or id), by proposing anew")
    )
    parser.add_argument(
        "--by", metavar="DAY", type=day, help=_("also what it takes to finish it by this day, by proposing anew")
    )
    parser.add_argument(
        "--remedies", action="store_true", help=_("also what single changes would move it earlier, each tried out")
    )
    as_json(parser)


def run(args: Namespace) -> Answer:
    """The explanation as text or JSON."""
    project = plan.read(args.file).project
    roadmap = plan.roadmap(project, args.file)
    item = _item(project, args.item)
    start = project.engagement.start
    if args.by and args.by < start:
        wrong = _("nothing can finish by {day}: the project starts on {start}").format(day=args.by, start=start)
        raise Failure(fault(wrong, _("give a later day")))
    phase = _phase(project, args.phase) if args.phase is not None else None
    catalogue = plan.catalogue()
    strategy = catalogue.strategy_by_id.get(roadmap.strategy)
    try:
        found = explain(project, item, strategy)
        against = why_not_phase(project, item, phase.id) if phase else ()
    except KeyError:
        wrong = _("{item} has no place in the roadmap yet").format(item=item)
        advice = _("propose again: planner propose {file} --write").format(file=plan.word(args.file))
        raise Failure(fault(wrong, advice)) from None
    forced, moving = None, None
    wanted = phase.id if phase and phase.id != found.phase else ""
    if wanted or args.by or args.remedies:
        from planner.cli.watching import watching
        from planner.rollout.remedies import movers
        from planner.rollout.whatif import what_if

        usual = strategy or plan.strategy(project, catalogue)
        with watching() as watch:
            if wanted or args.by:
                forced = what_if(project, item, usual, phase=wanted, by=args.by, catalogue=catalogue, watch=watch)
            if args.remedies:
                moving = movers(project, item, usual, watch=watch)
    if args.json:
        data = shown.data(project, found)
        if phase:
            data["against_phase"] = {"phase": phase.id, "reasons": shown.reasons_data(against)}
        if forced:
            data["what_if"] = shown.what_if_data(project, forced)
        if moving:
            data["remedies"] = shown.remedies_found_data(project, moving)
        return Answer(dumps(data))
    blocks = shown.blocks(project, found)
    if phase:
        blocks.append(shown.against(project, found, phase, against))
    if forced:
        blocks += shown.what_if_blocks(project, forced)
    if moving:
        blocks += shown.remedies_found_blocks(project, moving)
    return Answer(page(blocks))


def _item(project: Project, word: str) -> str:
    if word in project.package_by_id or word in project.capabilities:
        return word
    if project.stands_at(word):
        wrong = _("{item} is reached today and needs no work").format(item=project.title(word))
        raise Failure(fault(wrong, _("see: planner assess")))
    wrong = _("the plan has no capability or work package {name!r}").format(name=one_line(word))
    raise Failure(fault(wrong, nearest(word, [*project.capabilities, *project.package_by_id])))


def _phase(project: Project, word: str) -> Phase:
    """The phase that ``word`` means: its id, or its number from 1."""
    if word in project.phase_by_id:
        return project.phase_by_id[word]
    if word.isascii() and word.isdecimal() and len(word) < 4 and 1 <= int(word) <= len(project.phases):
        return project.phases[int(word) - 1]
    wrong = _("there is no phase {name!r}").format(name=one_line(word))
    raise Failure(fault(wrong, nearest(word, project.phase_by_id)))
