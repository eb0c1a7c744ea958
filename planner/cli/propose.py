"""``planner propose``: find a phased roadmap, show it, and save it when asked to."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planner.assessment.dates import finish_of
from planner.cli import plan, views
from planner.cli.answer import FINDINGS, INFEASIBLE, Answer, Failure, fault
from planner.cli.arguments import Parser, as_json, choice, over_open, plan_file, seconds, whole
from planner.cli.layout import facts, page
from planner.cli.repairs_shown import conflicts_data, diagnosis_data, diagnosis_lines
from planner.cli.verify import violations_data
from planner.cli.watching import watching
from planner.edit.facts import change_engagement
from planner.edit.roadmap import adopt
from planner.export.json_doc import dumps, metrics_data, packages_data, phases_data
from planner.export.outline import outline
from planner.export.words import quality
from planner.graph.closure import needs_of
from planner.model.knowledge import Strategy
from planner.model.project import Project
from planner.rollout.phase_words import furnished, phase_facts
from planner.rollout.propose import Solver, propose
from planner.rollout.repairs import explain_infeasible
from planner.rollout.result import Conflict, Infeasible, Proposal, Unsuited, Violation
from planner.rollout.verify import verify
from planner.text.i18n import _, language, listed, ngettext

SOLVERS = ("auto", "heuristic", "exact")


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner propose``."""
    plan_file(parser)
    parser.add_argument(
        "--strategy", metavar="ID", default="", help=_("default: the plan's own; see planner templates")
    )
    parser.add_argument("--phases", metavar="N", type=whole(1), help=_("how many phases (default: chosen)"))
    parser.add_argument("--solver", metavar="S", type=choice(SOLVERS), default="auto", help=", ".join(SOLVERS))
    parser.add_argument("--time-limit", metavar="S", type=seconds, help=_("seconds to go on searching"))
    parser.add_argument(
        "--seed", metavar="N", type=whole(0), default=0, help=_("another seed may find another roadmap")
    )
    parser.add_argument("--write", action="store_true", help=_("save the roadmap in FILE"))
    parser.add_argument("--out", metavar="FILE", type=Path, help=_("save the plan with the roadmap in another file"))
    over_open(parser)
    as_json(parser)


def run(args: Namespace) -> Answer:
    """Propose; exit code 3 when no roadmap is feasible."""
    solver = chosen_solver(args)
    if args.write and args.out:
        raise Failure(fault(_("--write and --out do not go together"), _("give one of them")))
    if args.write:
        plan.refuse_if_open(args.file, args.even_if_open)
    loaded = plan.read(args.file)
    project = loaded.project
    catalogue = plan.catalogue()
    strategy = plan.strategy(project, catalogue, args.strategy)
    try:
        proposal, halted = _proposed(project, strategy, args, solver)
    except Unsuited as unsuited:
        raise Failure(fault(str(unsuited), unsuited.advice)) from None
    except Infeasible as impossible:
        return _infeasible(project, strategy, impossible.conflicts, args)
    proposal = furnished(project, catalogue, proposal)
    violations = verify(project, proposal.roadmap, proposal.phases)
    if violations:
        return Answer(notes=tuple(violation.message for violation in violations), code=FINDINGS)
    unkept: tuple[str, ...] = ()
    if args.write or args.out:
        adopted = change_engagement(adopt(project, proposal.roadmap, proposal.phases), strategy=strategy.id)
        if args.out:
            plan.write_copy(adopted, args.out, loaded.text)
        else:
            unkept = plan.write(adopted, args.file, loaded.text, even_if_open=args.even_if_open)
    if args.json:
        text = dumps(_data(project, strategy, proposal, violations) | _stopped(halted))
    else:
        text = _text(project, strategy, proposal, args)
    notes = [_("stopped at your request: this is the best found until then")] if halted else []
    return Answer(text, (*unkept, *notes, *_notes(project, strategy, proposal, args.phases)))


def chosen_solver(args: Namespace) -> Solver:
    """Which engine is to answer: ``auto`` goes on with the exact solver when there is one and a time limit is given.

    So without a limit the same plan and seed give the same roadmap everywhere.
    """
    if args.solver == "heuristic" or (args.solver == "auto" and args.time_limit is None):
        return "heuristic"
    from planner.rollout.optimal import installed

    if installed():
        return "exact"
    if args.solver == "auto":
        return "heuristic"
    raise Failure(
        fault(
            _("the exact solver is not installed"),
            _("install it with: pip install 'itsm-planner[optimal]', or use --solver heuristic"),
        )
    )


def _proposed(project: Project, strategy: Strategy, args: Namespace, solver: Solver) -> tuple[Proposal, bool]:
    """The proposal, and whether it was stopped early."""
    if solver == "heuristic" and args.time_limit is None:
        return propose(project, strategy, phases=args.phases, seed=args.seed), False
    with watching() as watch:
        proposal = propose(
            project,
            strategy,
            phases=args.phases,
            seed=args.seed,
            solver=solver,
            time_limit=args.time_limit,
            watch=watch,
        )
    return proposal, watch.halted


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


def _infeasible(project: Project, strategy: Strategy, conflicts: tuple[Conflict, ...], args: Namespace) -> Answer:
    """What stands in the way, what cannot hold together, and what would mend it."""
    with watching() as watch:
        found = explain_infeasible(
            project,
            strategy,
            conflicts,
            phases=args.phases,
            seed=args.seed,
            catalogue=plan.catalogue(),
            watch=watch,
        )
    text = ""
    if args.json:
        told = {"conflicts": conflicts_data(conflicts), **diagnosis_data(project, found)}
        text = dumps({"schema": 1, "status": "infeasible", **told, **_stopped(watch.halted)})
    lines = diagnosis_lines(project, found, plan.word(args.file))
    return Answer(text, (*(conflict.message for conflict in conflicts), *lines), INFEASIBLE)


def _stopped(halted: bool) -> dict[str, bool]:
    """That Ctrl-C ended the search early, where it did."""
    return {"stopped": True} if halted else {}


def _data(
    project: Project, strategy: Strategy, proposal: Proposal, violations: tuple[Violation, ...]
) -> dict[str, Any]:
    objective = proposal.objective
    more = proposal.roadmap.absorption
    return {
        "schema": 1,
        "strategy": proposal.roadmap.strategy,
        "solver": proposal.solver,
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
    facts_of = phase_facts(project, plan.catalogue(), proposal.roadmap, proposal.phases)
    return page(
        [
            facts(
                [
                    (_("Plan"), project.engagement.name),
                    (_("Strategy"), f"{strategy.name.in_(language())} ({strategy.id})"),
                    (_("Change at once"), _change(project, proposal)),
                    (_("Quality"), quality(proposal.roadmap.status, proposal.roadmap.gap)),
                ]
            ),
            views.phases(project, proposal.roadmap, proposal.phases, facts_of),
            views.figures(project, proposal.metrics, _missed(project, proposal)),
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


def _missed(project: Project, proposal: Proposal) -> tuple[str, ...]:
    """The deadlines that may slip and do, each with by how much."""
    told = []
    for pin in project.pins:
        finish = finish_of(project, proposal.roadmap, pin.item)
        if pin.may_slip and pin.deadline and finish and finish > pin.deadline:
            late = (finish - pin.deadline).days
            text = ngettext("{item} by {n} day", "{item} by {n} days", late)
            told.append(text.format(item=project.title(pin.item), n=late))
    return tuple(told)


def _again(args: Namespace, strategy: Strategy) -> str:
    """The words that ask for the same proposal once more."""
    words = [plan.word(args.file), "--strategy", strategy.id]
    words += ["--phases", str(args.phases)] if args.phases is not None else []
    words += ["--seed", str(args.seed)] if args.seed else []
    words += ["--solver", args.solver] if args.solver != "auto" else []
    words += ["--time-limit", f"{args.time_limit:g}"] if args.time_limit is not None else []
    return " ".join(words)
