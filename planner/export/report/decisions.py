"""The section ``decisions`` of the report: what the steering committee is asked to decide now."""

from collections.abc import Iterator
from datetime import date

from planner.assessment.effort import cost_against, effort_against
from planner.assessment.next_gate import next_gate
from planner.export.handover import Handover
from planner.export.report.naming import said
from planner.export.report.parts import Cell, Column, Section, Table
from planner.export.report.wording import person_days, sentence
from planner.export.words import days, number
from planner.text.i18n import _, ngettext

Row = tuple[str, date | None, str]


def section(handover: Handover) -> Section | None:
    """What is to be decided, by when and why, the most urgent first; nothing where nothing is open."""
    rows = sorted(_rows(handover), key=lambda row: row[1] or date.max)
    if not rows:
        return None
    columns = (
        Column("decision", _("Decision")),
        Column("by", _("By when"), "date"),
        Column("why", _("Why")),
    )
    lead = ngettext("{n} decision is asked for.", "{n} decisions are asked for.", len(rows)).format(n=len(rows))
    if rows[0][1]:
        told = ngettext(
            "{n} decision is asked for, by {day}.", "{n} decisions are asked for, the first by {day}.", len(rows)
        )
        lead = told.format(n=len(rows), day=rows[0][1])
    table = Table("decisions", _("Decisions"), columns, tuple[tuple[Cell, ...], ...](rows))
    return Section("decisions", _("Decisions asked for"), (table,), lead)


def _rows(handover: Handover) -> Iterator[Row]:
    if handover.project.packages:
        yield from _agreement(handover)
        yield from _gates(handover)
        yield from _deadlines(handover)
        yield from _capacity(handover)
    yield from _amounts(handover)
    yield from _faults(handover)


def _soon(handover: Handover) -> date:
    """By when that is to be decided without which the work cannot go on: its first day, or the as-of day after it."""
    begin = handover.facts.first or handover.project.engagement.start
    return max(begin, handover.identity.as_of)


def _agreement(handover: Handover) -> Iterator[Row]:
    """What stands between the plan and a roadmap that everybody holds to."""
    project, roadmap, soon = handover.project, handover.project.roadmap, _soon(handover)
    if roadmap is None or not handover.facts.placed:
        yield _("Choose the strategy by which the roadmap is made"), soon, _("There is no roadmap yet.")
        return
    if roadmap.status == "stale":
        yield _("Have a new roadmap proposed"), soon, _("The plan has changed since this one was made.")
    if roadmap.status == "edited":
        yield (
            _("Confirm the roadmap as it was changed by hand"),
            soon,
            _("How good it is has not been judged since it was proposed."),
        )
    if waiting := len(handover.facts.waiting):
        told = ngettext("{n} work package has no place in it.", "{n} work packages have no place in it.", waiting)
        yield _("Complete the roadmap, or let the rest go"), soon, told.format(n=waiting)
    if not project.baselines:
        yield (
            _("Agree to this roadmap as the baseline"),
            soon,
            _("Progress can only be measured against what was agreed."),
        )


def _gates(handover: Handover) -> Iterator[Row]:
    """Gates that were passed without a decision, the next one, and conditions that were set."""
    project, known = handover.project, handover.identity.as_of
    decided = {decision.phase: decision for decision in project.decisions}
    coming = next_gate(project)
    for part in handover.facts.phases:
        if part.finish is None:
            continue
        decision = decided.get(part.phase.id)
        name, later = part.phase.name, max(part.finish, known)
        if decision is None:
            if part.finish < known:
                why = _("The phase ended on {day}, and no decision is recorded.").format(day=part.finish)
                yield _("Decide on the gate of {phase}").format(phase=name), part.finish, why
            elif coming and coming.phase.id == part.phase.id:
                why = _("It is the next gate; the exit criteria say what must hold.")
                yield _("Decide on the gate of {phase}").format(phase=name), part.finish, why
        elif decision.verdict == "conditions":
            why = sentence(decision.note) if decision.note else _("It was approved under conditions.")
            yield _("Confirm that the conditions of {phase} are met").format(phase=name), later, why
        elif decision.verdict == "rejected":
            why = sentence(decision.note) if decision.note else _("The gate was not approved.")
            yield _("Decide how to go on after {phase}").format(phase=name), later, why


def _deadlines(handover: Handover) -> Iterator[Row]:
    """Promised days that the roadmap does not keep."""
    facts = handover.facts
    for pin in facts.project.pins:
        ends = facts.reached.get(pin.item)
        if ends is None and pin.item in facts.placed:
            ends = facts.placed[pin.item].finish
        if pin.deadline and ends and ends > pin.deadline:
            late = days((ends - pin.deadline).days)
            what = _("Accept that {item} comes {late} late, or make room for it").format(
                item=facts.project.title(pin.item), late=late
            )
            yield what, pin.deadline, sentence(pin.reason) or _("It is planned for {day}.").format(day=ends)


def _capacity(handover: Handover) -> Iterator[Row]:
    """Roles that are asked for more than they can give."""
    project, found = handover.project, handover.facts.workload
    for role, slots in found.slots.items():
        over = [week for week, slot in zip(found.periods, slots, strict=True) if slot.over]
        if over:
            told = ngettext(
                "It is asked for more than it can give in {n} week.",
                "It is asked for more than it can give in {n} weeks.",
                len(over),
            )
            what = _("Give more of {role}, or move work").format(role=project.role_by_id[role].name)
            yield what, over[0][0], told.format(n=len(over))


def _amounts(handover: Handover) -> Iterator[Row]:
    """More work or money than was agreed."""
    project, soon = handover.project, _soon(handover)
    effort, cost = effort_against(project), cost_against(project)
    if effort.over > 0:
        why = _("Planned are {planned}, agreed were {agreed}.").format(
            planned=person_days(effort.planned), agreed=person_days(effort.agreed or 0)
        )
        yield _("Agree to {over} more, or take work out").format(over=person_days(effort.over)), soon, why
    if cost.over > 0:
        money = project.governance.currency
        why = _("Planned are {planned} {currency}, agreed were {agreed}.").format(
            planned=number(cost.planned), agreed=number(cost.agreed or 0), currency=money
        )
        over = f"{number(cost.over)} {money}".rstrip()
        yield _("Agree to a budget that is higher by {over}, or save").format(over=over), soon, why


def _faults(handover: Handover) -> Iterator[Row]:
    """Errors among the findings, those of one kind together; that the roadmap is not complete was said before."""
    project = handover.project
    waiting = {package.id for package in handover.facts.waiting if handover.facts.placed}
    kinds: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for finding in handover.findings:
        if finding.severity == "error" and not (finding.items and waiting.issuperset(finding.items)):
            titles[finding.id] = finding.title
            kinds.setdefault(finding.id, []).append(said(project, finding))
    for ident, told in kinds.items():
        more = len(told) - 1
        why = told[0]
        if more:
            further = ngettext("({n} more like it)", "({n} more like it)", more).format(n=more)
            why = f"{why} {further}"
        yield _("Settle: {title}").format(title=titles[ident]), _soon(handover), why
