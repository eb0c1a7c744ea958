"""The section ``assessment`` of the report: where the organisation stands, and what says so."""

from collections.abc import Iterator

from planner.assessment.experience import averages, overall, worst
from planner.assessment.maturity import organisation_index
from planner.assessment.scoring import process_scores
from planner.export.assessment_tables import by_hand_table, disagreements_table, evidence_table, standing_lines
from planner.export.handover import Handover
from planner.export.report.facts import Facts
from planner.export.report.parts import Block, Bullets, Cell, Column, HeatMap, HeatRow, Section, Table
from planner.graph.naming import dimension_title
from planner.model.project import Project
from planner.text.i18n import _, labelled, language, listed, ngettext


def section(handover: Handover) -> Section | None:
    """Levels now, after each phase and as wanted; what they rest on."""
    facts, project = handover.facts, handover.project
    if not facts.processes:
        return None
    blocks: list[Block] = [_stand(facts), heat_map(facts), levels_table(facts)]
    tables = (
        by_hand_table(project),
        disagreements_table(project, handover.catalogue),
        evidence_table(project, handover.catalogue),
        _outside(project),
    )
    blocks += [table for table in tables if table is not None]
    blocks += _experience(facts)
    return Section("assessment", _("Where we stand"), tuple(blocks), _lead(facts))


def _lead(facts: Facts) -> str:
    lowest = min(process.level for process in facts.processes)
    weakest, every = sum(process.level == lowest for process in facts.processes), len(facts.processes)
    index = f"{organisation_index(facts.project):.1f}"
    if facts.achieved:
        told = ngettext(
            "Maturity was {index} when the work began; {n} capability has been reached since.",
            "Maturity was {index} when the work began; {n} capabilities have been reached since.",
            len(facts.achieved),
        )
        return told.format(index=index, n=len(facts.achieved))
    if weakest == every:
        told = ngettext(
            "Maturity is {index} today; {n} process stands at level {level}.",
            "Maturity is {index} today; all {n} processes stand at level {level}.",
            every,
        )
        return told.format(index=index, n=every, level=lowest)
    told = _("Maturity is {index} today; {n} of {all} processes stand at level {level}.")
    return told.format(index=index, n=weakest, all=every, level=lowest)


def _stand(facts: Facts) -> Bullets:
    told = standing_lines(facts.project, facts.catalogue, process_scores(facts.project, facts.catalogue)).items
    if facts.project.engagement.assessed:
        told = (labelled(_("Assessed"), facts.project.engagement.assessed.isoformat()), *told)
    if facts.achieved:
        since = listed(facts.project.title(item) for item in facts.achieved)
        told = (*told, labelled(_("Levels are those at the start; reached since then"), since))
    planned, wanted = facts.index(facts.wanted), organisation_index(facts.project, target=True)
    if planned > wanted:
        told = (*told, _("With what other processes need of them a mean of {goal:.2f} is planned").format(goal=planned))
    return Bullets(told)


def heat_map(facts: Facts) -> HeatMap:
    """The level of each process now, after each phase in which something stands, and as planned."""
    shown = [n for n, part in enumerate(facts.phases) if part.items]
    after = _("After {phase}")
    names = (after.format(phase=f"{facts.phases[n].number}. {facts.phases[n].phase.name}") for n in shown)
    columns = [_("At the start") if facts.achieved else _("Now"), *names, _("Planned")]
    rows = tuple(
        HeatRow(
            process.id,
            process.name,
            (process.level, *(facts.levels_after[n][process.id] for n in shown), facts.wanted[process.id]),
            facts.wanted[process.id],
        )
        for process in facts.processes
    )
    return HeatMap(_("Maturity by process"), tuple(columns), rows)


def levels_table(facts: Facts) -> Table:
    """Each process in scope: its level by dimension, now and as wanted."""
    project = facts.project
    titles = [(dimension, dimension_title(project, dimension)) for dimension in project.dimension_ids]
    columns = [Column("process", _("Process"))]
    for dimension, title in titles:
        columns.append(Column(f"{dimension}_now", _("{dimension} now").format(dimension=title), "level"))
        columns.append(Column(f"{dimension}_wanted", _("{dimension} wanted").format(dimension=title), "level"))
    columns += [Column("level_now", _("Level now"), "level"), Column("level_wanted", _("Level wanted"), "level")]
    columns.append(Column("level_planned", _("Level planned"), "level"))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            process.name,
            *(level for d, _title in titles for level in (process.baseline[d], process.target[d])),
            process.level,
            process.target_level,
            facts.wanted[process.id],
        )
        for process in project.processes
        if process.in_scope
    )
    more = any(facts.wanted[process.id] > process.target_level for process in project.processes if process.in_scope)
    note = _("Planned is more than wanted where other processes need it.") if more else ""
    return Table("levels", _("Levels by dimension"), tuple(columns), rows, note)


def _outside(project: Project) -> Table | None:
    rows = tuple((process.name, process.reason) for process in project.processes if not process.in_scope)
    columns = (Column("process", _("Process")), Column("why", _("Why")))
    return Table("out_of_scope", _("Out of scope"), columns, rows) if rows else None


def _experience(facts: Facts) -> Iterator[Block]:
    project, tongue = facts.project, language()
    scores = project.experience.scores
    if not scores:
        return
    means = averages(project, facts.catalogue)
    names = {item.id: item.name.in_(tongue) for stage in facts.catalogue.experience for item in stage.items}
    rows = tuple(
        (stage.name.in_(tongue), round(mean, 2) if (mean := means[stage.id]) is not None else None)
        for stage in facts.catalogue.experience
    )
    columns = (Column("stage", _("Stage")), Column("mean", _("Mean score"), "number"))
    lowest = listed(names[item] for item in worst(project, facts.catalogue))
    whole = overall(project, facts.catalogue)
    said = [_("Mean of all scored items: {mean:.1f}").format(mean=whole)] if whole is not None else []
    said += [labelled(_("Scored lowest"), lowest)] if lowest else []
    yield Table("experience", _("Customer experience, 1 (bad) to 5 (good)"), columns, rows, _("; ").join(said))
