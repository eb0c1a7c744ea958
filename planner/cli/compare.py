"""``planner compare``: the strategies side by side, or one strategy's proposal beside others that begin otherwise."""

from argparse import ArgumentTypeError, Namespace

from planner.cli import plan
from planner.cli.answer import DONE, INFEASIBLE, Answer, Failure, fault
from planner.cli.arguments import Parser, as_json, choice, plan_file, seconds, whole
from planner.cli.compare_shown import data, text
from planner.cli.propose import SOLVERS, chosen_solver
from planner.cli.watching import watching
from planner.export.json_doc import dumps
from planner.model.knowledge import Strategy
from planner.model.project import Project
from planner.rollout.alternatives import COUNT, WITHIN, compare_alternatives
from planner.rollout.compare import Comparison, LeftOut, compare
from planner.rollout.result import Infeasible, Unsuited
from planner.rollout.watch import Watch
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, language

MOST = 20
"""The most alternatives that may be asked for."""


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner compare``."""
    plan_file(parser)
    parser.add_argument("--strategies", metavar="A,B", default="", help=_("which ones (default: all)"))
    parser.add_argument(
        "--alternatives",
        action="store_true",
        help=_("instead: roadmaps of one strategy that begin with other processes"),
    )
    parser.add_argument(
        "--within",
        metavar="P",
        type=_percent,
        help=_("per cent that an alternative may be worse (default {n:g})").format(n=WITHIN * 100),
    )
    parser.add_argument(
        "--count", metavar="N", type=_few, help=_("how many alternatives (default {n})").format(n=COUNT)
    )
    parser.add_argument("--solver", metavar="S", type=choice(SOLVERS), default="auto", help=", ".join(SOLVERS))
    parser.add_argument("--time-limit", metavar="S", type=seconds, help=_("seconds to go on searching, for each"))
    parser.add_argument("--seed", metavar="N", type=whole(0), default=0, help=_("another seed may find other roadmaps"))
    as_json(parser)


def run(args: Namespace) -> Answer:
    """Compare; exit code 3 when no strategy has a feasible roadmap."""
    if not args.alternatives and (args.within is not None or args.count is not None):
        raise Failure(fault(_("--within and --count are for alternatives"), _("add --alternatives")))
    if args.alternatives and (args.solver == "exact" or args.time_limit is not None):
        raise Failure(fault(_("alternatives are found by the heuristic"), _("leave --solver and --time-limit away")))
    project = plan.read(args.file).project
    strategies = _strategies(project, args)
    with watching() as watch:
        if args.alternatives:
            found = _alternatives(project, strategies[0], args, watch)
        else:
            found = compare(
                project,
                strategies,
                seed=args.seed,
                solver=chosen_solver(args),
                time_limit=args.time_limit,
                watch=watch,
            )
    notes = [_("stopped at your request: this is what was found until then")] if watch.halted else []
    feasible = any(column.candidate.kind != "adopted" for column in found.columns)
    if not feasible:
        notes += [labelled(out.name, reason) for out in found.left_out for reason in out.reasons]
    stopped = {"stopped": True} if watch.halted else {}
    shown = dumps(data(found) | stopped) if args.json else text(project, found, args) if feasible else ""
    return Answer(shown, tuple(notes), DONE if feasible else INFEASIBLE)


def _alternatives(project: Project, strategy: Strategy, args: Namespace, watch: Watch) -> Comparison:
    try:
        return compare_alternatives(
            project,
            strategy,
            within=WITHIN if args.within is None else args.within / 100,
            count=args.count or COUNT,
            seed=args.seed,
            watch=watch,
        )
    except Unsuited as unsuited:
        raise Failure(fault(str(unsuited), unsuited.advice)) from None
    except Infeasible as error:
        reasons = tuple(conflict.message for conflict in error.conflicts)
        return Comparison((), (), (LeftOut(strategy.id, strategy.name.in_(language()), reasons),), "")


def _strategies(project: Project, args: Namespace) -> list[Strategy]:
    """The strategies asked for; for alternatives it is one, else all when none is named."""
    knowledge = plan.catalogue()
    asked = [word for word in args.strategies.split(",") if word]
    if args.alternatives and len(asked) > 1:
        raise Failure(fault(_("alternatives are those of one strategy"), _("name one with --strategies")))
    if args.alternatives or asked:
        return [plan.strategy(project, knowledge, word) for word in dict.fromkeys(asked or [""])]
    return [*knowledge.strategies]


def _percent(word: str) -> float:
    """A kind of value: per cent, 0 to 100."""
    try:
        value = float(word)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        wrong = _("{word!r} does not fit").format(word=one_line(word))
        raise ArgumentTypeError(fault(wrong, _("give per cent, such as 5")))
    return value


def _few(word: str) -> int:
    """A kind of value: how many alternatives."""
    value = whole(1)(word)
    if value > MOST:
        wrong = _("{word!r} does not fit").format(word=one_line(word))
        raise ArgumentTypeError(fault(wrong, _("ask for at most {n}").format(n=MOST)))
    return value
