"""``planner scenarios``: the plan as it is and each of its what-ifs, side by side."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from planner.cli import plan
from planner.cli.answer import DONE, INFEASIBLE, Answer
from planner.cli.arguments import Parser, as_json, plan_file, whole
from planner.cli.layout import page, paragraph, table, titled
from planner.cli.watching import watching
from planner.export.json_doc import dumps, metrics_data
from planner.export.words import days, percent
from planner.rollout.scenarios import Outcome, Shift, outcomes
from planner.text.i18n import _, ngettext

SHOWN = 5
"""How many of the capabilities that are reached on another day are named, those that move most."""


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner scenarios``."""
    plan_file(parser)
    parser.add_argument("--strategy", metavar="ID", default="", help=_("default: the plan's own"))
    parser.add_argument("--seed", metavar="N", type=whole(0), default=0, help=_("the chance in the search"))
    as_json(parser)


def run(args: Namespace) -> Answer:
    """Propose all of them; exit code 3 when the plan as it is has no feasible roadmap."""
    project = plan.read(args.file).project
    catalogue = plan.catalogue()
    strategy = plan.strategy(project, catalogue, args.strategy)
    for scenario in project.scenarios:
        if scenario.strategy:
            plan.strategy(project, catalogue, scenario.strategy)
    with watching() as watch:
        found = outcomes(project, catalogue, strategy, seed=args.seed, watch=watch)
    code = DONE if found[0].proposal else INFEASIBLE
    if args.json:
        return Answer(dumps({"schema": 1, "scenarios": [_data(one) for one in found]}), code=code)
    notes = () if project.scenarios else (_("the plan has no scenarios — write them as [[scenarios]]"),)
    return Answer(page([_table(found), *_details(found)]), notes, code)


def _table(found: tuple[Outcome, ...]) -> str:
    base = found[0].finish
    rows = []
    for one in found:
        if one.proposal is None:
            rows.append([_name(one), one.strategy.id, _("not feasible"), "", "", "", ""])
            continue
        metrics = one.proposal.metrics
        against = ""
        if one.scenario and base and one.finish:
            difference = (one.finish - base).days
            against = f"{difference:+d}" if difference else "0"
        rows.append(
            [
                _name(one),
                one.strategy.id,
                str(one.finish),
                against,
                days(metrics.days_to_first_value),
                percent(max(metrics.peak_load.values(), default=0.0)),
                str(len(one.project.packages)),
            ]
        )
    head = [_("Scenario"), _("Strategy"), _("Done"), _("Days"), _("First value"), _("Peak"), _("Work")]
    return titled(_("Scenarios"), table(head, rows, right="<<<>>>>", indent=2))


def _name(one: Outcome) -> str:
    return one.scenario.name if one.scenario else _("as planned")


def _details(found: tuple[Outcome, ...]) -> Iterator[str]:
    """Why a scenario is not feasible, or what it moves most."""
    for one in found:
        lines = [paragraph(message, indent=2, bullet="- ") for message in one.conflicts]
        lines += [paragraph(_moved(shift), indent=2, bullet="> ") for shift in one.shifts[:SHOWN]]
        more = len(one.shifts) - SHOWN
        if more > 0:
            text = ngettext("and {n} more capability", "and {n} more capabilities", more)
            lines.append(paragraph(text.format(n=more), indent=2, bullet="> "))
        if one.scenario and one.scenario.note:
            lines.insert(0, paragraph(one.scenario.note, indent=2))
        if one.scenario and not lines:
            lines = [paragraph(_("nothing is reached on another day"), indent=2)]
        if lines:
            yield titled(_name(one), *lines)


def _moved(shift: Shift) -> str:
    if shift.was is None:
        return _("{item}: only here, {now}").format(item=shift.item, now=shift.now)
    if shift.now is None:
        return _("{item}: not here").format(item=shift.item)
    return _("{item}: {was} -> {now} ({days} days)").format(
        item=shift.item, was=shift.was, now=shift.now, days=f"{shift.days:+d}"
    )


def _data(one: Outcome) -> dict[str, Any]:
    return {
        "id": one.scenario.id if one.scenario else None,
        "name": one.scenario.name if one.scenario else None,
        "strategy": one.strategy.id,
        "feasible": one.proposal is not None,
        "finish": one.finish,
        "metrics": metrics_data(one.proposal.metrics) if one.proposal else None,
        "terms": dict(one.proposal.objective.terms) if one.proposal else None,
        "conflicts": list(one.conflicts),
        "moved": [{"item": s.item, "was": s.was, "now": s.now, "days": s.days} for s in one.shifts],
    }
