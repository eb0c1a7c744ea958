"""The section ``alternatives`` of the report: the roadmap beside what other strategies would give, and why this one."""

from collections.abc import Iterator

from planner.export.handover import Handover
from planner.export.report.facts import Facts
from planner.export.report.naming import named
from planner.export.report.parts import Block, Bullets, Cell, Column, Paragraph, Section, Table
from planner.export.report.wording import sentence
from planner.rollout.compare import ADOPTED, Comparison
from planner.rollout.compare import Column as Compared
from planner.rollout.compared.words import traded
from planner.text.i18n import N_, _, labelled, language, listed

NAMED = 2
"""So many gains and so many prices are told in the headline; all of them are told below it."""

TITLES = {
    "first_value": N_("Days to the first result"),
    "value": N_("Mean week of results"),
    "finish": N_("Finish"),
    "peak": N_("Highest load"),
    "change": N_("Most processes in change"),
    "soft": N_("Soft dependencies not kept"),
    "late": N_("Weeks late"),
}
"""The figures by which roadmaps are judged."""


def section(handover: Handover) -> Section | None:
    """A row for each roadmap with the figures by which they are judged; nothing where there is nothing to compare."""
    found = handover.comparison
    if found is None or not (len(found.columns) > 1 or found.left_out):
        return None
    blocks = tuple(_blocks(handover.facts, found))
    return Section("alternatives", _("Alternatives"), blocks, _lead(handover.facts, found))


def _lead(facts: Facts, found: Comparison) -> str:
    """Why this roadmap: what it wins against its strongest rival, and at what price."""
    own = _own(found)
    name = _called(facts, found, own) if own else facts.strategy_name
    if own is None and found.columns:
        return _("The roadmap of this plan cannot be compared yet; these are what the strategies would give.")
    if own is None or own.tradeoff is None:
        return _("{name} was chosen; no other strategy leads to a roadmap here.").format(name=name)
    if own.beaten_by:
        better, words = own.beaten_by[0], _("{name} was chosen, although {other} {wins} and is worse in nothing.")
        gains = found.tradeoff(better, ADOPTED).wins[:NAMED]
        return words.format(name=name, other=found.column(better).candidate.name, wins=listed(gains))
    other = found.column(own.tradeoff.against).candidate.name
    won, paid = own.tradeoff.wins[:NAMED], own.tradeoff.costs[:NAMED]
    if won and paid:
        words = _("Against {other}, {name} {wins}, at the price of {costs}.")
    elif won:
        words = _("Against {other}, {name} {wins} and is worse in nothing.")
    else:
        words = _("{name} and {other} come to the same in every figure.")
    return words.format(other=other, name=name, wins=listed(won), costs=listed(paid))


def _own(found: Comparison) -> Compared | None:
    return next((one for one in found.columns if one.candidate.id == ADOPTED), None)


def _blocks(facts: Facts, found: Comparison) -> Iterator[Block]:
    roadmap = facts.project.roadmap
    strategy = facts.catalogue.strategy_by_id.get(roadmap.strategy) if roadmap else None
    if strategy:
        yield Bullets(
            (
                labelled(_("How it orders the work"), strategy.logic.in_(language())),
                labelled(_("It suits"), strategy.suits.in_(language())),
                labelled(_("It does not suit"), strategy.avoid.in_(language())),
            ),
            facts.strategy_name,
        )
    if found.columns:
        yield _table(facts, found)
    if told := tuple(_traded(facts, found)):
        yield Bullets(told, _("What each would win and cost"))
    own = _own(found)
    if own is not None and own.beaten_by:
        names = listed(found.column(other).candidate.name for other in own.beaten_by)
        words = _("As good in every figure and better in one: {names}. What was agreed or pinned may speak against it.")
        yield Paragraph(words.format(names=names))
    out = tuple(
        sentence(
            labelled(
                one.name, named(facts.project, _("; ").join(filter(None, (*(one.brief or one.reasons), one.advice))))
            )
        )
        for one in found.left_out
    )
    if out:
        yield Bullets(out, _("Left out of the comparison"))


def _table(facts: Facts, found: Comparison) -> Table:
    roles = {role.id: role.name for role in facts.project.roles}
    late = any(pin.deadline and pin.may_slip for pin in facts.project.pins)
    columns = (
        Column("roadmap", _("Roadmap")),
        Column("finish", _("Finish"), "date"),
        Column("first_value", _("Days to the first result"), "number"),
        Column("value", _("Mean week of results"), "number"),
        Column("peak", _("Highest load"), "share"),
        Column("busiest", _("Busiest role")),
        Column("change", _("Most processes in change"), "number"),
        Column("soft", _("Soft dependencies not kept"), "number"),
        *((Column("late", _("Weeks late"), "number"),) if late else ()),
        Column("phases", _("Phases"), "number"),
        Column("working_days", _("Working days"), "days"),
        Column("best_in", _("Best in")),
        Column("begins_with", _("Begins with")),
    )
    telling = [metric for metric in TITLES if not all(metric in one.best for one in found.columns)]
    rows: list[tuple[Cell, ...]] = []
    for one in found.columns:
        own = one.figures
        rows.append(
            (
                _named(facts, found, one),
                own.finish,
                own.first_value,
                own.value,
                own.peak / 100,
                roles.get(own.busiest, own.busiest),
                own.change,
                own.soft,
                *((own.late,) if late else ()),
                own.phases,
                own.working_days,
                listed(_(TITLES[metric]) for metric in telling if metric in one.best),
                listed(facts.project.title(item) for item in one.first),
            )
        )
    note = _("Mean week of results: in which week capabilities are reached, on average and by importance.")
    return Table("alternatives", _("Roadmaps side by side"), columns, tuple(rows), note)


def _traded(facts: Facts, found: Comparison) -> Iterator[str]:
    for one in found.columns:
        if one.tradeoff:
            other = _called(facts, found, found.column(one.tradeoff.against))
            told = traded(other, one.tradeoff.wins, one.tradeoff.costs)
            yield sentence(labelled(_named(facts, found, one), told))


def _named(facts: Facts, found: Comparison, one: Compared) -> str:
    """The name of a roadmap; it is said which is the plan's own."""
    name = _called(facts, found, one)
    return _("{name} (chosen)").format(name=name) if one.candidate.id == ADOPTED else name


def _called(facts: Facts, found: Comparison, one: Compared) -> str:
    """The name of a roadmap: the plan's own is called by its strategy, unless that has proposed another beside it."""
    roadmap = facts.project.roadmap
    if one.candidate.id != ADOPTED or roadmap is None or not facts.strategy_name:
        return one.candidate.name
    again = any(other.candidate.id == roadmap.strategy for other in found.columns)
    return one.candidate.name if again else facts.strategy_name
