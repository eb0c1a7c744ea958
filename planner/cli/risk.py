"""``planner risk``: how sure the dates of the saved roadmap are, and what moves them."""

from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from planner.cli import plan
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser, as_json, plan_file, whole
from planner.cli.layout import facts, page, paragraph, table, titled
from planner.cli.watching import watching
from planner.export.json_doc import dumps
from planner.export.words import heading, percent
from planner.model.project import Project
from planner.rollout.problem import TooFar
from planner.rollout.risk import RUNS, DeadlineRisk, Driver, Outlook, Risk, risk
from planner.rollout.risks.partial_order import Unplaced
from planner.text.i18n import _, labelled, listed

MOST_RUNS = 1_000_000
"""More runs than this tell nothing more and take long."""

SHOWN = 10
"""How many critical packages are shown; JSON has all."""


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner risk``."""
    plan_file(parser)
    parser.add_argument(
        "--runs", metavar="N", type=_runs, default=RUNS, help=_("how many runs (default {n})").format(n=RUNS)
    )
    parser.add_argument("--seed", metavar="N", type=whole(0), default=0, help=_("another seed draws other lengths"))
    as_json(parser)


def run(args: Namespace) -> Answer:
    """The outlook as text or JSON."""
    project = plan.read(args.file).project
    plan.roadmap(project, args.file)
    catalogue = plan.catalogue()
    try:
        with watching() as watch:
            found = risk(project, catalogue, runs=args.runs, seed=args.seed, watch=watch)
    except Unplaced as unplaced:
        wrong = _("{item} has no place in the roadmap yet").format(item=unplaced.packages[0])
        advice = _("propose again: planner propose {file} --write").format(file=plan.word(args.file))
        raise Failure(fault(wrong, advice)) from None
    except TooFar:
        wrong = _("in some runs the work goes on past the last year that a plan may hold")
        raise Failure(fault(wrong, _("start earlier, or make the work packages shorter"))) from None
    notes = []
    if found.runs < args.runs:
        notes.append(_("stopped after {n} of {asked} runs").format(n=found.runs, asked=args.runs))
    return Answer(dumps(_data(found)) if args.json else _text(project, found), tuple(notes))


def _runs(word: str) -> int:
    """A kind of value: a number of runs."""
    number = whole(1)(word)
    if number > MOST_RUNS:
        raise ArgumentTypeError(
            fault(
                _("{word} runs are too many").format(word=number), _("{most} are enough for any").format(most=MOST_RUNS)
            )
        )
    return number


def _data(found: Risk) -> dict[str, Any]:
    def named(outlooks: Mapping[str, Outlook], key: str) -> list[dict[str, Any]]:
        return [{key: name, **asdict(outlook)} for name, outlook in outlooks.items()]

    return {
        "schema": 1,
        "runs": found.runs,
        "seed": found.seed,
        "finish": asdict(found.finish),
        "first_value": asdict(found.first_value) if found.first_value else None,
        "gates": named(found.gates, "phase"),
        "deadlines": [asdict(deadline) for deadline in found.deadlines],
        "milestones": named(found.milestones, "milestone"),
        "drivers": [asdict(driver) for driver in found.drivers],
        "critical": dict(found.critical),
        "baseline_doubts": dict(found.doubts),
        "without_capacity": found.short,
        "loosened_links": found.loosened,
    }


def _text(project: Project, found: Risk) -> str:
    return page(_blocks(project, found))


def _blocks(project: Project, found: Risk) -> Iterator[str]:
    yield facts(
        [
            (_("Plan"), project.engagement.name),
            (_("Runs"), _("{n}, seed {seed}").format(n=found.runs, seed=found.seed)),
        ]
    )
    yield titled(_("When it is finished"), _outlooks(list(_gates(project, found))))
    if found.deadlines:
        yield titled(_("Promised dates"), _deadlines(project, found.deadlines))
    if found.milestones:
        names = {stone.id: stone.name for stone in project.milestones}
        rows = [(names[ident], outlook) for ident, outlook in found.milestones.items()]
        yield titled(_("Milestones that hang on work"), _outlooks(rows))
    if found.drivers:
        rows_of = [[_driver(project, driver), f"{driver.swing:.1f}"] for driver in found.drivers]
        head = [_("What"), _("Working days")]
        yield titled(
            _("What moves the finish most"),
            table(head, rows_of, right="<>", indent=2),
            paragraph(
                _(
                    "by how much later the work ends, on average, in the tenth of the runs in which this takes longest "
                    "than in the tenth in which it is quickest; for a level, when it is lower than when it is not"
                ),
                indent=2,
            ),
        )
    yield titled(_("Most often on the longest path"), _critical(project, found))
    yield "\n".join(paragraph(text, bullet="- ") for text in _assumed(project, found))


def _gates(project: Project, found: Risk) -> Iterator[tuple[str, Outlook]]:
    if found.first_value:
        yield _("First capability reached"), found.first_value
    for number, phase in enumerate(project.phases, 1):
        if phase.id in found.gates:
            yield f"{number}. {phase.name}", found.gates[phase.id]
    yield _("All work"), found.finish


def _outlooks(rows: list[tuple[str, Outlook]]) -> str:
    head = ["", _("Planned"), "P50", "P80", "P90", _("On plan")]
    lines = [[name, f"{o.planned}", f"{o.p50}", f"{o.p80}", f"{o.p90}", percent(o.chance)] for name, o in rows]
    return table(head, lines, right="<<<<<>", indent=2)


def _deadlines(project: Project, deadlines: tuple[DeadlineRisk, ...]) -> str:
    head = [_("Item"), _("Due"), _("Planned"), "P80", _("Kept"), ""]
    rows = []
    for deadline in deadlines:
        phase = project.phase_by_id.get(deadline.item) if deadline.kind == "phase" else None
        name = phase.name if phase else project.title(deadline.item)
        dates = [f"{deadline.due}", f"{deadline.planned}", f"{deadline.p80}"]
        rows.append([name, *dates, percent(deadline.chance), _("may slip") if deadline.may_slip else ""])
    return table(head, rows, right="<<<<>", indent=2)


def _critical(project: Project, found: Risk) -> str:
    often = sorted(found.critical.items(), key=lambda pair: -pair[1])[:SHOWN]
    rows = [[_package(project, item), item, percent(share)] for item, share in often if share]
    return table([_("Work package"), _("ID"), _("Runs")], rows, right="<<>", indent=2)


def _driver(project: Project, driver: Driver) -> str:
    """``role: Trainer``, ``work package: Incident management 3, People``: what moves the finish, in words."""
    if driver.kind == "package":
        return labelled(_("work package"), _package(project, driver.item))
    if driver.kind == "role":
        return labelled(_("role"), project.role_by_id[driver.item].name)
    process = project.process_by_id[driver.item].name
    return labelled(_("process"), process) if driver.kind == "process" else labelled(_("level now"), process)


def _package(project: Project, item: str) -> str:
    """A work package by its capability and workstream; its name where it is for the whole programme."""
    package = project.package_by_id[item]
    if not package.capability:
        return package.name
    return listed([project.title(package.capability), heading(package.workstream)])


def _assumed(project: Project, found: Risk) -> Iterator[str]:
    yield _(
        "In each run every work package lasts between its low and its high estimate (triangular), times a factor by "
        "chance that all packages of a role share, and one for those of a process. Order and staff stay as planned, "
        "effort grows with length; work starts as soon as it can, never before a pinned date."
    )
    yield _(
        "P80 is the day by which 80 of 100 runs have finished; on plan: the share that finishes by the planned day."
    )
    if found.doubts:
        worst = sorted(found.doubts.items(), key=lambda pair: -pair[1])[:3]
        names = listed(f"{project.process_by_id[name].name} {percent(share)}" for name, share in worst)
        yield _(
            "A process may stand a level lower than assessed, its first planned level then takes longer; "
            "most likely: {names}."
        ).format(names=names)
    if found.short:
        yield _(
            "In {share} of the runs work comes so late that a role never has capacity for it again; it was reckoned as "
            "going on without."
        ).format(share=percent(found.short))
    if found.loosened:
        yield _("Links with negative lag that the roadmap has overtaken hold no longer: {n}.").format(n=found.loosened)
