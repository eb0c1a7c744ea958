"""Roadmaps side by side, as text and as JSON."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import Any

from planner.cli import plan
from planner.cli.layout import facts, page, paragraph, table, titled
from planner.export.words import quality
from planner.model.project import Project
from planner.rollout.alternatives import WITHIN
from planner.rollout.compare import Column, Comparison
from planner.rollout.compared.figures import JUDGED
from planner.text.i18n import _, listed

UNBEATEN, BEST = "+", "*"
"""The marks of a roadmap that no other beats, and of a figure in which no other is better."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Short names of the roadmaps, for the table of differences."""


def text(project: Project, found: Comparison, args: Namespace) -> str:
    """The comparison as text."""
    return page(_blocks(project, found, args))


def _blocks(project: Project, found: Comparison, args: Namespace) -> Iterator[str]:
    yield facts([(_("Plan"), project.engagement.name), (_("Compared"), _compared(found, args))])
    yield titled(_("When the results come"), _when(found.columns))
    yield titled(_("What that asks of people"), _load(project, found.columns))
    legend = _("{unbeaten} no other is as good in every figure and better in one; {best} no other is better in this")
    yield paragraph(legend.format(unbeaten=UNBEATEN, best=BEST), indent=2)
    blocks = [_told(project, found, column) for column in found.columns]
    yield titled(_("What each wins and what it costs"), *blocks)
    if len(found.columns) > 1:
        yield titled(_("How much they differ"), _differences(found), paragraph(_measure(found), indent=2))
    if found.left_out:
        yield titled(_("Left out"), *(_left(out.name, out.reasons, out.advice) for out in found.left_out))
    yield _following(found, args)


def _compared(found: Comparison, args: Namespace) -> str:
    strategies = sum(column.candidate.kind == "strategy" for column in found.columns)
    others = sum(column.candidate.kind == "alternative" for column in found.columns)
    parts = [_("strategies: {n}").format(n=strategies)]
    if args.alternatives:
        share = WITHIN * 100 if args.within is None else args.within
        parts.append(_("alternatives within {share:g} %: {n}").format(share=share, n=others))
    if any(column.candidate.kind == "adopted" for column in found.columns):
        parts.append(_("the adopted roadmap"))
    return listed([*parts, _("seed {seed}").format(seed=args.seed)])


def _name(column: Column, number_: int) -> list[str]:
    return [UNBEATEN if column.unbeaten else "", LETTERS[number_], column.candidate.name]


def _starred(column: Column, metric: str, shown: str) -> str:
    return f"{BEST}{shown}" if metric in column.best else shown


def _when(columns: Sequence[Column]) -> str:
    rows = [
        [
            *_name(column, place),
            _starred(column, "first_value", str(column.figures.first_value)),
            _starred(column, "value", f"{column.figures.value:.1f}"),
            _starred(column, "finish", column.figures.finish.isoformat()),
            str(column.figures.working_days),
            str(column.figures.phases),
        ]
        for place, column in enumerate(columns)
    ]
    head = ["", "", _("Roadmap"), _("Days to first"), _("Mean week"), _("Finish")]
    return table([*head, _("Working days"), _("Phases")], rows, right="<<<>>>>>", indent=2)


def _load(project: Project, columns: Sequence[Column]) -> str:
    slips = any(pin.deadline and pin.may_slip for pin in project.pins)
    names = {role.id: role.name for role in project.roles}
    rows = []
    for place, column in enumerate(columns):
        own = column.figures
        row = [
            *_name(column, place),
            _starred(column, "peak", f"{own.peak} %"),
            names.get(own.busiest, own.busiest),
            _starred(column, "change", str(own.change)),
            _starred(column, "soft", str(own.soft)),
        ]
        row += [_starred(column, "late", f"{own.late:.1f}")] if slips else []
        row += [f"{own.moved:.1f}"] if own.moved is not None else []
        rows.append(row)
    head = ["", "", _("Roadmap"), _("Peak load"), _("Busiest"), _("Most in change"), _("Soft not kept")]
    head += [_("Weeks late")] if slips else []
    head += [_("Weeks moved")] if project.roadmap else []
    return table(head, rows, right="<<<><>>>>"[: len(head)], indent=2)


def _told(project: Project, found: Comparison, column: Column) -> str:
    """A roadmap in words: how good it is known to be, what it begins with, what it wins and at what price."""
    own = column.candidate
    lines = [paragraph(own.name, indent=2, bullet=f"{LETTERS[found.columns.index(column)]} ")]
    said = [quality(own.roadmap.status, own.roadmap.gap)] if own.cost is None else [_cost(own.cost)]
    said.append(_("begins with {items}").format(items=listed(map(project.title, column.first))))
    if column.tradeoff:
        said.append(column.tradeoff.words)
    if column.beaten_by:
        names = listed(found.column(other).candidate.name for other in column.beaten_by)
        said.append(_("beaten by {names}: as good in every figure and better in one").format(names=names))
    said += [_("breaks a constraint: {what}").format(what=wrong) for wrong in own.broken]
    return "\n".join([*lines, *(paragraph(line, indent=4, bullet="- ") for line in said)])


def _cost(cost: float) -> str:
    if cost > 0:
        return _("{share:.1f} % worse by the strategy's weights than its own proposal").format(share=cost * 100)
    return _("{share:.1f} % better by the strategy's weights, but not in the order that it asks for").format(
        share=-cost * 100
    )


def _differences(found: Comparison) -> str:
    """For each two roadmaps the share of pairs in another order, and how many capabilities stand in another phase."""
    pairs = {(pair.one, pair.other): f"{pair.order * 100:.0f} % {pair.phases}" for pair in found.apart}
    ids = [column.candidate.id for column in found.columns]
    rows = [
        [LETTERS[place], column.candidate.name, *(pairs.get((ids[place], other), "") for other in ids[1:])]
        for place, column in enumerate(found.columns[:-1])
    ]
    return table(["", _("Roadmap"), *LETTERS[1 : len(ids)]], rows, right="<<" + ">" * (len(ids) - 1), indent=2)


def _measure(found: Comparison) -> str:
    told = _("share of the pairs of capabilities reached in opposite orders, and how many of {n} in another phase")
    return told.format(n=found.apart[0].capabilities)


def _left(name: str, reasons: Sequence[str], advice: str) -> str:
    lines = [*reasons, *([advice] if advice else [])]
    return "\n".join([paragraph(name, indent=2), *(paragraph(line, indent=4, bullet="- ") for line in lines)])


def _following(found: Comparison, args: Namespace) -> str:
    file = plan.word(args.file)
    if args.alternatives:
        return titled(_("Nothing is saved. Next:"), f"  planner compare {file}")
    seed = f" --seed {args.seed}" if args.seed else ""
    return titled(
        _("Nothing is saved. Next:"),
        f"  planner propose {file} --strategy {found.reference}{seed} --write",
        f"  planner compare {file} --alternatives{seed}",
    )


def data(found: Comparison) -> dict[str, Any]:
    """The comparison as JSON data."""
    return {
        "schema": 1,
        "reference": found.reference,
        "judged": list(JUDGED),
        "roadmaps": [_column(column) for column in found.columns],
        "differences": [
            {"one": pair.one, "other": pair.other, "order": round(pair.order, 4), "phases": pair.phases}
            for pair in found.apart
        ],
        "left_out": [
            {"id": out.id, "name": out.name, "reasons": list(out.reasons), "advice": out.advice}
            for out in found.left_out
        ],
    }


def _column(column: Column) -> dict[str, Any]:
    own, figures, trade = column.candidate, column.figures, column.tradeoff
    return {
        "id": own.id,
        "name": own.name,
        "kind": own.kind,
        "strategy": own.roadmap.strategy,
        "status": own.roadmap.status,
        "gap": own.roadmap.gap,
        "cost": None if own.cost is None else round(own.cost, 4),
        "metrics": {
            "days_to_first_value": figures.first_value,
            "mean_week_of_value": figures.value,
            "finish": figures.finish,
            "working_days": figures.working_days,
            "peak_load": figures.peak / 100,
            "busiest_role": figures.busiest,
            "most_in_change": figures.change,
            "broken_soft_dependencies": figures.soft,
            "weeks_late": figures.late,
            "weeks_moved": figures.moved,
            "phases": figures.phases,
        },
        "best": list(column.best),
        "unbeaten": column.unbeaten,
        "beaten_by": list(column.beaten_by),
        "first": list(column.first),
        "against": None
        if trade is None
        else {"id": trade.against, "wins": list(trade.wins), "costs": list(trade.costs), "words": trade.words},
        "broken": list(own.broken),
    }
