"""The report of an assessment, told once: Markdown and plain text are two ways of showing this description."""

from collections.abc import Iterator

from planner.assessment.priority import priorities
from planner.assessment.scoring import ProcessScore, process_scores
from planner.edit.pains import PainTarget, propose_targets
from planner.export.assessment_tables import (
    by_hand_table,
    disagreements_table,
    evidence_table,
    levels_words,
    process_name,
    scores_table,
    spread_note,
    standing_lines,
)
from planner.export.recommendations import Advice, Step, recommendations
from planner.export.report.parts import Block, Bullets, Cell, Column, Paragraph, Section, Table
from planner.export.words import levels, number
from planner.graph.naming import dimension_title
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.rating import profile_of
from planner.text.i18n import _, labelled, language, listed


def title(project: Project) -> str:
    """What the report is called."""
    return _("Maturity assessment: {name}").format(name=project.engagement.name)


def chapters(project: Project, catalogue: Catalogue) -> tuple[Section, ...]:
    """Current state, gap and priorities, pains, recommendations, and the evidence all of it rests on."""
    return (
        _state(project, catalogue, process_scores(project, catalogue)),
        _gap(project, catalogue),
        _pains(project, catalogue),
        _recommendations(project, catalogue),
        _evidence(project, catalogue),
    )


def facts(project: Project, catalogue: Catalogue) -> Bullets:
    """Who was assessed when, by which questionnaire and by whom."""
    about, profile = project.engagement, profile_of(project, catalogue)
    assessors = dict.fromkeys(sheet.assessor for sheet in project.answer_sheets)
    asked_by = profile.name.in_(language()) if profile else ""
    facts = (
        (_("Client"), about.client),
        (_("Goal"), about.goal),
        (_("Assessed"), about.assessed.isoformat() if about.assessed else ""),
        (_("Questionnaire"), asked_by),
        (_("Assessors"), listed(assessors)),
    )
    return Bullets(tuple(labelled(name, value) for name, value in facts if value))


def _state(project: Project, catalogue: Catalogue, scores: tuple[ProcessScore, ...]) -> Section:
    parts = []
    if scores:
        blocks: list[Block] = [scores_table(project, scores)]
        if note := spread_note(scores):
            blocks.append(Paragraph(note))
        parts.append(Section("scores", _("Processes and dimensions"), tuple(blocks)))
    parts += [
        Section(table.name, table.title, (table,))
        for table in (by_hand_table(project), disagreements_table(project, catalogue))
        if table
    ]
    return Section("state", _("Current state"), (standing_lines(project, catalogue, scores),), parts=tuple(parts))


def _gap(project: Project, catalogue: Catalogue) -> Section:
    title = _("Gap and priorities")
    found = priorities(project, catalogue)
    if not found:
        return Section("gap", title, (Paragraph(_("No process in scope is to rise.")),))
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        process = project.process_by_id[one.process]
        rows.append(
            (
                process.name,
                *(levels(process.baseline[d], process.target[d]) for d in project.dimension_ids),
                one.gap,
                one.importance,
                _factor(one.pain_factor, one.pains),
                round(one.value, 1),
            )
        )
    columns = (
        Column("process", _("Process")),
        *(Column(dimension, dimension_title(project, dimension)) for dimension in project.dimension_ids),
        Column("gap", _("Gap"), "number"),
        Column("importance", _("Importance"), "number"),
        Column("pain", _("Pain")),
        Column("priority", _("Priority"), "number"),
    )
    said = Paragraph(_("Priority is gap x importance x pain."))
    table = Table("gap", title, columns, tuple(rows))
    reasons: dict[str, list[str]] = {}
    for process in (project.process_by_id[one.process] for one in found):
        if process.reason:
            reasons.setdefault(process.reason, []).append(process.name)
    if not reasons:
        return Section("gap", title, (said, table))
    why = Bullets(tuple(labelled(listed(names), reason) for reason, names in reasons.items()))
    return Section("gap", title, (said, table), parts=(Section("reasons", _("Why these targets"), (why,)),))


def _factor(factor: float, pains: tuple[str, ...]) -> str:
    return f"{number(factor)} ({listed(pains)})" if pains else number(factor)


def _pains(project: Project, catalogue: Catalogue) -> Section:
    title = _("Pains")
    if not project.pains:
        return Section("pains", title, (Paragraph(_("No pain is ticked.")),))
    known = {pain.id: pain for pain in catalogue.pains}
    notes = any(pain.note for pain in project.pains)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            pain.id,
            pain.name,
            known[pain.id].voice.in_(language()) if pain.id in known else "",
            pain.weight,
            levels_words(project, pain.levels),
            *([pain.note] if notes else []),
            known[pain.id].source if pain.id in known else "",
        )
        for pain in project.pains
    )
    columns = (
        Column("id", _("ID")),
        Column("pain", _("Pain")),
        Column("voice", _("Heard from")),
        Column("weight", _("Hurts"), "number"),
        Column("asks_for", _("Asks for")),
        *([Column("note", _("Note"))] if notes else []),
        Column("source", _("Source")),
    )
    asked = map(Paragraph, _asked(project, propose_targets(project, catalogue)))
    return Section("pains", title, (Table("pains", title, columns, rows), *asked))


def _asked(project: Project, targets: tuple[PainTarget, ...]) -> Iterator[str]:
    added = listed(f"{process_name(project, target.process)} {target.level}" for target in targets if not target.pains)
    if added:
        yield _("What they ask for needs besides: {items}").format(items=added)
    short = listed(f"{process_name(project, target.process)} {target.level}" for target in targets if target.raises)
    if short:
        yield _("The targets do not reach that far yet: {items}").format(items=short)
    outside = listed(
        f"{process_name(project, t.process)} {t.level}"
        for t in targets
        if t.pains and not t.in_scope and t.level > t.now
    )
    if outside:
        yield _("Out of scope, so that these pains are not cured: {items}").format(items=outside)


def _recommendations(project: Project, catalogue: Catalogue) -> Section:
    title = _("Recommendations")
    advice = recommendations(project, catalogue)
    if not any(part.steps or part.quick_wins for part in advice):
        nothing = Paragraph(_("The targets ask for nothing that does not stand."))
        return Section("recommendations", title, (nothing,))
    basis = (
        _("By the dates of the roadmap.")
        if project.roadmap
        else _(
            "There is no roadmap yet: a suggestion by priority, in an order in which nothing stands before its needs."
        )
    )
    parts = tuple(
        Section(
            part.horizon.id if part.horizon else "later",
            _horizon(part),
            tuple(_steps(project, part)) or (Paragraph(_("Nothing.")),),
        )
        for part in advice
    )
    return Section("recommendations", title, (Paragraph(basis),), parts=parts)


def _horizon(part: Advice) -> str:
    if part.horizon is None or part.until is None:
        return _("Later, or without a date")
    return _("{term}, until {day}").format(term=part.horizon.name.in_(language()), day=part.until)


def _steps(project: Project, part: Advice) -> Iterator[Block]:
    if part.quick_wins:
        columns = (
            Column("quick_win", _("Quick win")),
            Column("item", _("On the way to")),
            Column("weeks", _("Weeks")),
            Column("person_days", _("Person-days")),
            Column("source", _("Source")),
        )
        rows = tuple(
            (
                win.name.in_(language()),
                project.title(win.item),
                f"{win.weeks.low}-{win.weeks.high}",
                f"{number(win.effort.low)}-{number(win.effort.high)}",
                win.source,
            )
            for win in part.quick_wins
        )
        yield Table("quick_wins", _("Quick wins"), columns, rows)
    if part.steps:
        yield Bullets(tuple(_why(project, step) for step in part.steps))


def _why(project: Project, step: Step) -> str:
    name = project.title(step.item)
    if step.pulled_by:
        why = _("needed by {other}").format(other=project.title(step.pulled_by))
    elif step.priority:
        why = _("priority {value}").format(value=number(step.priority))
    else:
        why = ""
    day = step.reached.isoformat() if step.reached else ""
    said = listed(filter(None, (day, why)))
    return labelled(name, said) if said else name


def _evidence(project: Project, catalogue: Catalogue) -> Section:
    title = _("Evidence")
    table = evidence_table(project, catalogue)
    return Section("evidence", title, (table or Paragraph(_("Nothing is answered yet.")),))
