"""``planner propose``: find a phased roadmap, show it, and save it when asked to."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planner.cli import plan, views
from planner.cli.answer import FINDINGS, INFEASIBLE, Answer, Failure, fault
from planner.cli.arguments import Parser, as_json, choice, plan_file, seconds, whole
from planner.cli.layout import facts, page
from planner.cli.verify import violations_data
from planner.edit.facts import change_engagement
from planner.edit.roadmap import adopt
from planner.export.json_doc import dumps, metrics_data, packages_data, phases_data
from planner.export.outline import outline
from planner.export.words import quality
from planner.graph.closure import needs_of
from planner.model.knowledge import Strategy
from planner.model.project import Project
from planner.rollout.propose import propose
from planner.rollout.result import Conflict, Infeasible, Proposal, Unsuited, Violation
from planner.rollout.verify import verify
from planner.text.i18n import _, language, listed

SOLVERS = ("auto", "heuristic", "exact")


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner propose``."""
    plan_file(parser)
    parser.add_argument(
        "--strategy", metavar="ID", default="", help=_("default: the plan's own; see planner templates")
    )
    parser.add_argument("--phases", metavar="N", type=whole(1), help=_("how many phases (default: chosen)"))
    parser.add_argument("--solver", metavar="S", type=choice(SOLVERS), default="auto", help=", ".join(SOLVERS))
    parser.add_argument("--time-limit", metavar="S", type=seconds, help=_("seconds the exact solver may take"))
    parser.add_argument(
        "--seed", metavar="N", type=whole(0), default=0, help=_("another seed may find another roadmap")
    )
    parser.add_argument("--write", action="store_true", help=_("save the roadmap in FILE"))
    parser.add_argument("--out", metavar="FILE", type=Path, help=_("save the plan with the roadmap in another file"))
    as_json(parser)


def run(args: Namespace) -> Answer:
    """Propose; exit code 3 when no roadmap is feasible."""
    if args.solver == "exact":
        raise Failure(fault(_("the exact solver is not part of this version"), _("use --solver heuristic")))
    if args.write and args.out:
        raise Failure(fault(_("--write and --out do not go together"), _("give one of them")))
    loaded = plan.read(args.file)
    project = loaded.project
    strategy = plan.strategy(project, plan.catalogue(), args.strategy)
    try:
        proposal = propose(project, strategy, phases=args.phases, seed=args.seed)
    except Unsuited as unsuited:
        raise Failure(fault(str(unsuited), unsuited.advice)) from None
    except Infeasible as impossible:
        return _infeasible(impossible.conflicts, args.json)
    violations = verify(project, proposal.roadmap, proposal.phases)
    if violations:
        return Answer(notes=tuple(violation.message for violation in violations), code=FINDINGS)
    if args.write or args.out:
        adopted = change_engagement(adopt(project, proposal.roadmap, proposal.phases), strategy=strategy.id)
        if args.out:
            plan.write_copy(adopted, args.out, loaded.text)
        else:
            plan.write(adopted, args.file, loaded.text)
    text = (
        dumps(_data(project, strategy, proposal, violations)) if args.json else _text(project, strategy, proposal, args)
    )
    return Answer(text, tuple(_notes(project, strategy, proposal, args.phases)))


def _notes(project: Project, strategy: Strategy, proposal: Proposal, asked: int | None) -> Iterator[str]:
    """What a reader of the proposal should know and might not see in it."""
    count = len(proposal.phases)
    if proposal.roadmap.absorption:
        yield _("{name} lets {n} processes change at once, where the plan allows {limit}: {reason}").format(
            name=strategy.name.in_(language()),
            n=proposal.roadmap.absorption,
            limit=project.limits.absorption,
            reason=_reason(strategy),
        )
    if asked not in (None, count):
        yield _("{asked} phases were asked for; {n} could be made").format(asked=asked, n=count)
    before = project.phase_by_id
    for phase in proposal.phases:
        if phase.id in before and before[phase.id].name != phase.name:
            text = _('phase {id}, until now "{old}", is now "{new}" — to keep a phase as it is, set source = "own"')
            yield text.format(id=phase.id, old=before[phase.id].name, new=phase.name)
    needed = needs_of(project)
    if spare := [item for item in project.capabilities if item not in needed]:
        text = _("work is planned that no target asks for: {items} — see planner check")
        yield text.format(items=listed(spare))


def _reason(strategy: Strategy) -> str:
    """Why a strategy lets more change at once than a plan allows."""
    return strategy.absorption_reason.in_(language()) if strategy.absorption_reason else ""


def _infeasible(conflicts: tuple[Conflict, ...], as_json: bool) -> Answer:
    text = ""
    if as_json:
        data = [{"rule": c.rule, "items": list(c.items), "message": c.message, "days": c.days} for c in conflicts]
        text = dumps({"schema": 1, "status": "infeasible", "conflicts": data})
    return Answer(text, tuple(conflict.message for conflict in conflicts), INFEASIBLE)


def _data(
    project: Project, strategy: Strategy, proposal: Proposal, violations: tuple[Violation, ...]
) -> dict[str, Any]:
    objective = proposal.objective
    more = proposal.roadmap.absorption
    return {
        "schema": 1,
        "strategy": proposal.roadmap.strategy,
        "solver": "heuristic",
        "status": proposal.roadmap.status,
        "objective": {
            "value": objective.value,
            "bound": objective.bound,
            "gap": objective.gap,
            "terms": dict(objective.terms),
        },
        "absorption": {
            "plan": project.limits.absorption,
            "used": more or project.limits.absorption,
            "reason": _reason(strategy) if more else "",
        },
        "phases": phases_data(outline(project, proposal.roadmap, proposal.phases)),
        "packages": packages_data(project, proposal.roadmap),
        "metrics": metrics_data(proposal.metrics),
        "violations": violations_data(violations),
    }


def _text(project: Project, strategy: Strategy, proposal: Proposal, args: Namespace) -> str:
    saved = args.out or args.file
    if args.write or args.out:
        following = [
            _("The roadmap is saved in {file}. Next:").format(file=plan.shown(saved)),
            f"  planner show {plan.word(saved)}",
            f"  planner export {plan.word(saved)} --format md --out plan.md",
        ]
    else:
        following = [_("Nothing is saved yet. Next:"), f"  planner propose {_again(args, strategy)} --write"]
    return page(
        [
            facts(
                [
                    (_("Plan"), project.engagement.name),
                    (_("Strategy"), f"{strategy.name.in_(language())} ({strategy.id})"),
                    (_("Change at once"), _change(project, proposal)),
                    (_("Quality"), quality(proposal.roadmap.status, proposal.objective)),
                ]
            ),
            views.phases(project, proposal.roadmap, proposal.phases),
            views.figures(project, proposal.metrics),
            "\n".join(following),
        ]
    )


def _change(project: Project, proposal: Proposal) -> str:
    """How many processes may change at once, where that is not what the plan says."""
    if not proposal.roadmap.absorption:
        return ""
    return _("up to {n} processes; the plan's limit is {limit}").format(
        n=proposal.roadmap.absorption, limit=project.limits.absorption
    )


def _again(args: Namespace, strategy: Strategy) -> str:
    """The words that ask for the same proposal once more."""
    words = [plan.word(args.file), "--strategy", strategy.id]
    words += ["--phases", str(args.phases)] if args.phases is not None else []
    words += ["--seed", str(args.seed)] if args.seed else []
    return " ".join(words)
