"""The section ``work`` of the report: every work package, and what was left out."""

from planner.assessment.effort import Against, by_workstream, effort_against, in_all, overheads
from planner.edit.materialise import not_needed
from planner.export.handover import Handover
from planner.export.report.facts import Facts
from planner.export.report.parts import Block, Cell, Column, Section, Table
from planner.export.report.wording import person_days
from planner.export.words import days, heading, number
from planner.model.project import WorkPackage
from planner.model.values import Effort
from planner.text.i18n import _, ngettext


def section(handover: Handover) -> Section | None:
    """The packages in plan order, and what the catalogue would do besides; nothing without either."""
    facts = handover.facts
    project = facts.project
    out = not_needed(project, facts.catalogue)
    if not project.packages and not out:
        return None
    blocks: list[Block] = [_effort(facts), _packages(facts)] if project.packages else []
    if out:
        columns = (
            Column("item", _("For")),
            Column("workstream", _("Workstream")),
            Column("why", _("Why this plan does without")),
        )
        rows = tuple((project.title(one.capability), heading(one.workstream), one.reason) for one in out)
        blocks.append(Table("left_out", _("Left out"), columns, rows))
    return Section("work", _("Work packages"), tuple(blocks), _lead(facts))


def _lead(facts: Facts) -> str:
    count = len(facts.project.packages)
    told = ngettext("{n} work package takes {effort}.", "{n} work packages take {effort} together.", count)
    return told.format(n=count, effort=person_days(facts.effort.likely))


def _effort(facts: Facts) -> Table:
    """Person-days by workstream, with what runs beside all work, against what was agreed."""
    project = facts.project
    rows = [(heading(stream), *_rounded(effort)) for stream, effort in by_workstream(project).items()]
    rows.append((_("Work packages together"), *_rounded(facts.effort)))
    for load in overheads(project):
        share = _("{name}, {share:g} %").format(name=load.overhead.name, share=round(load.overhead.share * 100, 2))
        rows.append((share, *_rounded(load.effort)))
    if project.overheads:
        rows.append((_("With what runs beside everything"), *_rounded(in_all(project))))
    columns = (
        Column("work", _("Work")),
        Column("low", _("At least"), "days"),
        Column("likely", _("Likely"), "days"),
        Column("high", _("At most"), "days"),
    )
    return Table("effort", _("Effort in person-days"), columns, tuple(rows), agreed(effort_against(project)))


def _rounded(effort: Effort) -> tuple[float, float, float]:
    return round(effort.low, 2), round(effort.likely, 2), round(effort.high, 2)


def agreed(effort: Against) -> str:
    """The effort beside what was agreed; nothing where nothing was."""
    if effort.agreed is None:
        return ""
    if effort.over > 0:
        told = _("{over} person-days more than the {agreed} that were agreed.")
        return told.format(over=number(effort.over), agreed=number(effort.agreed))
    told = _("{left} of the {agreed} person-days that were agreed are left.")
    return told.format(left=number(-effort.over), agreed=number(effort.agreed))


def _packages(facts: Facts) -> Table:
    notes = any(package.note for package in facts.project.packages)
    costs = any(package.cost for package in facts.project.packages)
    columns = (
        Column("id", _("ID")),
        Column("name", _("Work package")),
        Column("for", _("For")),
        Column("workstream", _("Workstream")),
        Column("phase", _("Phase"), "number"),
        Column("start", _("Start"), "date"),
        Column("finish", _("Finish"), "date"),
        Column("working_days", _("Working days"), "days"),
        Column("person_days", _("Person-days"), "days"),
        Column("person_days_low", _("At least"), "days"),
        Column("person_days_high", _("At most"), "days"),
        Column("progress", _("Progress")),
        *((Column("cost", _("Cost"), "money"),) if costs else ()),
        *((Column("note", _("Note")),) if notes else ()),
    )
    rows = tuple(
        (
            *_row(facts, package),
            *((package.cost or None,) if costs else ()),
            *((package.note,) if notes else ()),
        )
        for package in facts.project.packages
    )
    return Table("work_packages", _("Work packages"), columns, rows)


def _row(facts: Facts, package: WorkPackage) -> tuple[Cell, ...]:
    place = facts.placed.get(package.id)
    return (
        package.id,
        package.name,
        facts.project.title(package.capability) if package.capability else _("whole programme"),
        heading(package.workstream),
        facts.number.get(place.phase) if place else None,
        place.start if place else None,
        place.finish if place else None,
        package.days.likely,
        round(package.person_days, 2),
        round(sum(effort.low for effort in package.effort.values()), 2),
        round(sum(effort.high for effort in package.effort.values()), 2),
        progress_words(facts, package.id),
    )


def progress_words(facts: Facts, package: str) -> str:
    """How far a work package is: finished when, or since when it is worked and what is left; empty before."""
    told = facts.project.progress_of.get(package)
    if told is None:
        return ""
    if told.finish:
        return _("finished {day}").format(day=told.finish)
    if told.remaining is None:
        return _("begun {day}").format(day=told.start)
    return _("begun {day}, {left} left").format(day=told.start, left=days(told.remaining))
