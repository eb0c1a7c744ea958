"""``planner repair``: what would make a roadmap possible where there is none; applies one of the repairs when asked."""

from argparse import Namespace
from typing import Any

from planner.cli import plan, saving
from planner.cli.answer import DONE, INFEASIBLE, Answer, Failure, fault
from planner.cli.arguments import Parser, as_json, plan_file, whole
from planner.cli.layout import page
from planner.cli.repairs_shown import conflicts_data, diagnosis_blocks, diagnosis_data
from planner.cli.watching import watching
from planner.edit.refused import Refused
from planner.edit.roadmap import adopt
from planner.export.json_doc import dumps
from planner.rollout.propose import propose
from planner.rollout.remedies import Remedy
from planner.rollout.repairs import Diagnosis, explain_infeasible
from planner.rollout.result import Infeasible, Unsuited
from planner.text.i18n import _


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner repair``."""
    plan_file(parser)
    parser.add_argument("--strategy", metavar="ID", default="", help=_("default: the plan's own"))
    parser.add_argument("--phases", metavar="N", type=whole(1), help=_("how many phases (default: chosen)"))
    parser.add_argument("--seed", metavar="N", type=whole(0), default=0, help=_("the chance in the search"))
    parser.add_argument("--apply", metavar="N", type=whole(1), help=_("change the plan as repair N says, and propose"))
    saving.saving(parser)
    as_json(parser)


def run(args: Namespace) -> Answer:
    """List the repairs (exit code 3 while there is no roadmap), or apply one and propose with it."""
    wanted = saving.judged(args)
    if wanted and args.apply is None:
        raise Failure(fault(_("nothing is chosen to be saved"), _("say which repair: --apply N")))
    loaded = plan.read(args.file)
    project, catalogue = loaded.project, plan.catalogue()
    strategy = plan.strategy(project, catalogue, args.strategy)
    try:
        propose(project, strategy, phases=args.phases, seed=args.seed)
    except Unsuited as unsuited:
        raise Failure(fault(str(unsuited), unsuited.advice)) from None
    except Infeasible as infeasible:
        with watching() as watch:
            found = explain_infeasible(
                project,
                strategy,
                infeasible.conflicts,
                phases=args.phases,
                seed=args.seed,
                catalogue=catalogue,
                watch=watch,
            )
    else:
        text = _("The plan has a roadmap as it is: nothing is to be repaired.")
        nothing = {"schema": 1, "status": "feasible", "conflicts": [], "repairs": []}
        return Answer(dumps(nothing) if args.json else text + "\n")
    answer: dict[str, Any] = {
        "schema": 1,
        "status": "infeasible",
        "conflicts": conflicts_data(found.conflicts),
        **diagnosis_data(project, found),
    }
    if args.apply is None:
        return Answer(dumps(answer) if args.json else page(diagnosis_blocks(project, found)), code=INFEASIBLE)
    remedy = _chosen(found, args.apply)
    try:
        repaired = adopt(remedy.edit(project), remedy.proposal.roadmap, remedy.proposal.phases)
    except Refused as refused:
        raise Failure(str(refused)) from None
    saved = saving.save(repaired, args, loaded.text) if wanted else _("Nothing is saved yet: add --write or --out.")
    said = _("Repair {n}: {change}. All is done by {finish}.").format(
        n=args.apply, change=remedy.said(), finish=remedy.finish
    )
    answer |= {"status": "repaired", "applied": args.apply}
    return Answer(dumps(answer) if args.json else page([said, saved]), code=DONE)


def _chosen(found: Diagnosis, number: int) -> Remedy:
    if number > len(found.repairs):
        wrong = _("there is no repair {n}").format(n=number)
        raise Failure(fault(wrong, _("{n} were found; planner repair lists them").format(n=len(found.repairs))))
    return found.repairs[number - 1]
