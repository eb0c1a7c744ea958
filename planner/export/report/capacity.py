"""The section ``capacity`` of the report: what is asked of each role, and what it can give."""

from planner.assessment.effort import by_role
from planner.export.handover import Handover
from planner.export.report.facts import Facts
from planner.export.report.parts import Block, Cell, Column, Section, Table
from planner.export.words import percent
from planner.text.i18n import _, ngettext


def section(handover: Handover) -> Section | None:
    """Roles in all and week by week; nothing in a plan without roles."""
    facts = handover.facts
    if not facts.project.roles:
        return None
    blocks: list[Block] = [_roles(facts)]
    if facts.workload.slots:
        blocks.append(_weeks(facts))
    return Section("capacity", _("Capacity"), tuple(blocks), _lead(facts))


def _lead(facts: Facts) -> str:
    over = [
        facts.project.role_by_id[role]
        for role, slots in facts.workload.slots.items()
        if any(slot.over for slot in slots)
    ]
    if not facts.metrics:
        return _("What is asked of each role; the load by week follows from the roadmap.")
    if over:
        told = ngettext(
            "{n} role is asked for more than it can give.",
            "{n} roles are asked for more than they can give.",
            len(over),
        )
        return told.format(n=len(over))
    peak = max(facts.metrics.peak_load.values(), default=0.0)
    return _("No role is asked for more than it can give; the highest load is {share}.").format(share=percent(peak))


def _roles(facts: Facts) -> Table:
    project = facts.project
    efforts = by_role(project)
    available = facts.available(facts.first, facts.last) if facts.first and facts.last else {}
    peaks = facts.metrics.peak_load if facts.metrics else {}
    rows: list[tuple[Cell, ...]] = []
    for role in project.roles:
        needed = efforts[role.id].likely if role.id in efforts else 0.0
        gives = available.get(role.id)
        rows.append(
            (
                role.name,
                role.fte,
                round(needed, 2),
                None if gives is None else round(gives, 2),
                round(needed / gives, 4) if gives else None,
                peaks.get(role.id),
            )
        )
    columns = (
        Column("role", _("Role")),
        Column("fte", _("Full-time equivalents"), "number"),
        Column("person_days", _("Person-days needed"), "days"),
        Column("available", _("Person-days available"), "days"),
        Column("load", _("Load"), "share"),
        Column("peak", _("Highest load on a day"), "share"),
    )
    return Table("capacity", _("Capacity by role"), columns, tuple(rows))


def _weeks(facts: Facts) -> Table:
    columns = (
        Column("role", _("Role")),
        Column("week", _("Week")),
        Column("start", _("Monday"), "date"),
        Column("needed", _("Person-days needed"), "days"),
        Column("available", _("Person-days available"), "days"),
        Column("days_over", _("Days with too much"), "number"),
    )
    names = ["{}-W{:02}".format(*first.isocalendar()[:2]) for first, _last in facts.workload.periods]
    rows = tuple(
        (facts.project.role_by_id[role].name, name, first, round(slot.load, 2), round(slot.capacity, 2), slot.over)
        for role, slots in facts.workload.slots.items()
        for name, (first, _last), slot in zip(names, facts.workload.periods, slots, strict=True)
    )
    return Table("capacity-weeks", _("Capacity by week"), columns, rows, detail=True)
