"""The section ``measures`` of the report: what is measured, and what happens when."""

from collections.abc import Iterator
from datetime import date

from planner.assessment.certificates import Holding, all_holdings
from planner.assessment.gates import measured
from planner.assessment.milestones import dated
from planner.export.handover import Handover
from planner.export.report.facts import Facts
from planner.export.report.parts import Block, Cell, Column, Section, Table
from planner.export.report.wording import sentence
from planner.export.words import heading
from planner.model.calendar import months_after
from planner.model.knowledge import Catalogue
from planner.model.measures import Indicator, Milestone
from planner.model.project import Project
from planner.model.terms import person, terms
from planner.text.i18n import N_, _, labelled, language, listed, ngettext

BETTER = {"up": N_("higher"), "down": N_("lower"), "range": N_("in range")}
"""Which way an indicator gets better."""

KINDS = (
    N_("benefit"),
    N_("reassessment"),
    N_("audit"),
    N_("surveillance"),
    N_("certificate"),
    N_("renewal"),
    N_("expiry"),
)
"""The usual kinds of milestones, marked for translation."""


def section(handover: Handover) -> Section | None:
    """Indicators with their values, milestones with their days, certificates with their ends."""
    facts = handover.facts
    blocks = tuple(_blocks(facts))
    return (
        Section("measures", _("Measures and dates"), blocks, _lead(facts, handover.identity.as_of)) if blocks else None
    )


def _lead(facts: Facts, as_of: date) -> str:
    measures = len(facts.project.indicators)
    shown = ngettext(
        "{n} indicator shows whether the change works", "{n} indicators show whether the change works", measures
    )
    told = [shown.format(n=measures)] if measures else []
    days = [day for _stone, day in dated(facts.project) if day and day >= as_of]
    if days:
        first = ngettext("{n} date is to be kept, on {day}", "{n} dates are to be kept, the first on {day}", len(days))
        told.append(first.format(n=len(days), day=days[0]))
    return sentence(_("; ").join(told) or _("What is measured, and who is certified"))


def _blocks(facts: Facts) -> Iterator[Block]:
    if facts.project.indicators:
        yield _indicators(facts)
    if facts.project.milestones:
        yield _milestones(facts)
    if table := certificates_table(facts.project, facts.catalogue):
        yield table


def _indicators(facts: Facts) -> Table:
    project = facts.project
    perspectives = {entry.id: entry.name.in_(language()) for entry in facts.catalogue.perspectives}
    columns = (
        Column("indicator", _("Indicator")),
        Column("processes", _("Processes")),
        Column("perspective", _("Perspective")),
        Column("unit", _("Unit")),
        Column("better", _("Better")),
        Column("baseline", _("Baseline"), "number"),
        Column("target", _("Target"), "number"),
        Column("limit", _("Act at"), "number"),
        Column("gates", _("To be reached at gates")),
        Column("owner", _("Owner")),
        Column("values", _("Values")),
    )
    rows = tuple(
        (
            one.name,
            listed(facts.process(process) for process in one.processes),
            perspectives.get(one.perspective, one.perspective),
            one.unit,
            _(BETTER[one.direction]),
            one.baseline,
            one.target,
            one.limit,
            gate_values(project, one),
            person(project, one.owner),
            _("own") if one.source == "own" else _("assumed"),
        )
        for one in project.indicators
    )
    assumed = any(one.source == "catalogue" for one in project.indicators)
    note = _("assumed: baseline and target are what is usual elsewhere; measure, then enter your own.")
    return Table("indicators", _("Indicators"), columns, rows, note if assumed else "")


def gate_values(project: Project, indicator: Indicator) -> str:
    """What an indicator must have reached at the gates of phases, in words."""
    words = _("{value} at the end of {phase}")
    known = project.phase_by_id
    return listed(
        words.format(value=measured(value, indicator.unit), phase=known[phase].name if phase in known else phase)
        for phase, value in indicator.gates.items()
    )


def _milestones(facts: Facts) -> Table:
    costs = any(stone.cost for stone in facts.project.milestones)
    columns = (
        Column("day", _("Day"), "date"),
        Column("milestone", _("Milestone")),
        Column("kind", _("Kind")),
        Column("why", _("Why then")),
        *((Column("cost", _("Cost"), "money"),) if costs else ()),
    )
    rows: list[tuple[Cell, ...]] = []
    for stone, day in dated(facts.project):
        row = (day, stone.name, heading(stone.kind) if stone.kind else "", why_then(facts.project, stone))
        rows.append((*row, stone.cost or None) if costs else row)
    return Table("milestones", _("Milestones"), columns, tuple(rows))


def why_then(project: Project, stone: Milestone) -> str:
    """What the day of a milestone hangs on, and by which rule."""
    hangs = ""
    if stone.item:
        hangs = _("when {item} is reached").format(item=project.title(stone.item))
    elif stone.phase:
        phase = project.phase_by_id.get(stone.phase)
        hangs = _("at the end of {phase}").format(phase=phase.name if phase else stone.phase)
    if hangs and stone.months:
        hangs = _("{n} months after: {what}").format(n=stone.months, what=hangs)
    return labelled(hangs, stone.reason) if hangs and stone.reason else hangs or stone.reason


def certificates_table(project: Project, catalogue: Catalogue) -> Table | None:
    """The certificates that people hold or are to get, with their ends; None where there are none."""
    rows = tuple(_holding(project, catalogue, holding) for holding in all_holdings(project, catalogue))
    columns = (
        Column("holder", _("Holder")),
        Column("certificate", _("Certificate")),
        Column("issued", _("Issued"), "date"),
        Column("ends", _("Ends"), "date"),
        Column("ask_for_renewal", _("Ask for renewal"), "date"),
        Column("note", _("Note")),
    )
    return Table("certificates", _("Certificates"), columns, rows) if rows else None


def _holding(project: Project, catalogue: Catalogue, holding: Holding) -> tuple[Cell, ...]:
    known = terms(project, catalogue, holding.track)
    level = known.level(holding.level) if known else None
    name = known.track.name.in_(language()) if known else holding.track
    many = known is not None and len(known.track.levels) > 1
    lead = known.lead_months if known else None
    certificate = next((one for one in project.certificates if one.id == holding.item), None)
    notes = [_("expected")] if holding.expected else []
    if certificate and certificate.lost:
        notes.append(_("lost {day}").format(day=certificate.lost))
        if certificate.reissued:
            notes.append(_("reissued {day}").format(day=certificate.reissued))
    if holding.expires is None:
        notes.append(_("the end is not known"))
    return (
        person(project, holding.holder),
        listed([name, level.name.in_(language())]) if many and level else name,
        holding.issued,
        holding.expires,
        months_after(holding.expires, -lead) if holding.expires and lead else None,
        listed(notes),
    )
