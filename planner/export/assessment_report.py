"""The report of an assessment, told once: Markdown and plain text are two ways of showing this description."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.assessment.maturity import organisation_index, organisation_level, organisation_target
from planner.assessment.priority import priorities
from planner.assessment.scoring import ProcessScore, Standing, confidence, disagreements, process_scores
from planner.edit.pains import PainTarget, propose_targets
from planner.export.recommendations import Advice, Step, recommendations
from planner.export.words import levels, number, percent
from planner.graph.naming import dimension_title
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.rating import profile_of
from planner.text.i18n import _, labelled, language, listed, ngettext


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``right`` has one character per column, ``>`` for numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short statements."""

    items: tuple[str, ...]


Block = str | Bullets | Table
"""A sentence, a list or a table."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter, or (``inner``) a part of the one before it."""

    title: str
    blocks: tuple[Block, ...]
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A title and what is told below it."""

    title: str
    facts: Bullets
    chapters: tuple[Chapter, ...]


def report(project: Project, catalogue: Catalogue) -> Report:
    """Current state, gap and priorities, pains, recommendations, and the evidence all of it rests on."""
    scores = process_scores(project, catalogue)
    chapters = (
        *_state(project, catalogue, scores),
        *_gap(project, catalogue),
        *_pains(project, catalogue),
        *_recommendations(project, catalogue),
        *_evidence(project),
    )
    return Report(
        _("Maturity assessment: {name}").format(name=project.engagement.name), _facts(project, catalogue), chapters
    )


def _facts(project: Project, catalogue: Catalogue) -> Bullets:
    about, profile = project.engagement, profile_of(project, catalogue)
    assessors = dict.fromkeys(sheet.assessor for sheet in project.answer_sheets)
    asked_by = f"{profile.name.in_(language())} [{profile.source}]" if profile else ""
    facts = (
        (_("Client"), about.client),
        (_("Goal"), about.goal),
        (_("Assessed"), about.assessed.isoformat() if about.assessed else ""),
        (_("Questionnaire"), asked_by),
        (_("Assessors"), listed(assessors)),
    )
    return Bullets(tuple(labelled(name, value) for name, value in facts if value))


def _state(project: Project, catalogue: Catalogue, scores: tuple[ProcessScore, ...]) -> Iterator[Chapter]:
    sure, unanswered = confidence(scores), sum(score.open for score in scores)
    lines = [
        _("Organisation level {now} now, {goal} planned").format(
            now=organisation_level(project), goal=organisation_target(project)
        ),
        _("Mean of all processes in scope {now:.2f} now, {goal:.2f} planned").format(
            now=organisation_index(project), goal=organisation_index(project, target=True)
        ),
    ]
    if sure is not None:
        lines.append(_("{share} of the answers name evidence").format(share=percent(sure)))
    elif project.engagement.template:
        lines.append(
            _("Nothing is answered yet: the levels are typical of such a client, to be replaced by an assessment")
        )
    else:
        lines.append(_("Nothing is answered yet: the levels are those that the plan was given"))
    if unanswered:
        lines.append(
            ngettext("{n} question is still open", "{n} questions are still open", unanswered).format(n=unanswered)
        )
    yield Chapter(_("Current state"), (Bullets(tuple(lines)),))
    if scores:
        blocks: tuple[Block, ...] = (scores_table(project, scores), spread_note(scores))
        yield Chapter(_("Processes and dimensions"), tuple(filter(None, blocks)), inner=True)
    parts = (
        (_("Set by hand"), by_hand_table(project)),
        (_("Where assessors disagree"), disagreements_table(project, catalogue)),
    )
    for title, table in parts:
        if table:
            yield Chapter(title, (table,), inner=True)


def scores_table(project: Project, scores: tuple[ProcessScore, ...]) -> Table:
    """A row for each process: its dimensions and level with spread, and what they rest on."""
    rows = []
    for score in scores:
        sure = score.confidence
        rows.append(
            (
                _name(project, score.process),
                *(standing_words(standing) for standing in score.dimensions),
                spread_words(score.level, score.lowest, score.highest),
                f"{score.index:.2f}",
                str(score.answers or ""),
                percent(sure) if sure is not None else "",
                str(score.open or ""),
            )
        )
    titles = (dimension_title(project, dimension) for dimension in project.dimension_ids)
    head = (_("Process"), *titles, _("Level"), _("Index"), _("Answers"), _("Backed"), _("Open"))
    return Table(head, tuple(rows), "<" * (len(project.dimension_ids) + 2) + ">>>>")


def spread_note(scores: tuple[ProcessScore, ...]) -> str:
    """How a spread is read; empty where none is shown."""
    if all(standing.lowest == standing.highest for score in scores for standing in score.dimensions):
        return ""
    return _(
        "2 (1-4): level 2 as answered, which could be 1 to 4 once the open questions are answered; the level that the "
        "plan counts with moves only as far as the answers compel it"
    )


def standing_words(standing: Standing) -> str:
    """``2 (1-4)``, and what the plan counts with where that is another level: ``2 (1-4), plan 1``."""
    words = spread_words(standing.level, standing.lowest, standing.highest)
    if standing.basis == "by hand":
        return _("{level} by hand").format(level=words)
    return (
        words if standing.plan == standing.level else _("{level}, plan {plan}").format(level=words, plan=standing.plan)
    )


def spread_words(level: int, lowest: int, highest: int) -> str:
    """``2 (1-4)``, or ``2`` when it can be nothing else."""
    return f"{level} ({lowest}-{highest})" if lowest != highest else str(level)


def by_hand_table(project: Project) -> Table | None:
    """The levels that were set by hand, with their reasons."""
    found: dict[tuple[str, str], list[str]] = {}
    for process in project.processes:
        for dimension, reason in process.by_hand.items() if process.in_scope else ():
            level = f"{dimension_title(project, dimension)} {process.baseline[dimension]}"
            found.setdefault((process.name, reason), []).append(level)
    rows = tuple((name, listed(said), reason) for (name, reason), said in found.items())
    return Table((_("Process"), _("Levels"), _("Why")), rows) if rows else None


def disagreements_table(project: Project, catalogue: Catalogue) -> Table | None:
    """The criteria on which assessors do not agree, and who says what."""
    rows = tuple(
        (
            _name(project, found.process),
            found.criterion.code,
            f"{found.criterion.text.in_(language())} [{found.criterion.source}]",
            listed(labelled(assessor, _(reply)) for assessor, reply in found.replies),
        )
        for found in disagreements(project, catalogue)
    )
    return Table((_("Process"), _("Question"), _("Text"), _("Who says what")), rows) if rows else None


def _gap(project: Project, catalogue: Catalogue) -> Iterator[Chapter]:
    title = _("Gap and priorities")
    found = priorities(project, catalogue)
    if not found:
        yield Chapter(title, (_("No process in scope is to rise."),))
        return
    rows = []
    for one in found:
        process = project.process_by_id[one.process]
        rows.append(
            (
                process.name,
                *(levels(process.baseline[d], process.target[d]) for d in project.dimension_ids),
                str(one.gap),
                str(one.importance),
                _factor(one.pain_factor, one.pains),
                number(one.value),
            )
        )
    titles = (dimension_title(project, dimension) for dimension in project.dimension_ids)
    head = (_("Process"), *titles, _("Gap"), _("Importance"), _("Pain"), _("Priority"))
    right = "<" * (len(project.dimension_ids) + 1) + ">><>"
    yield Chapter(title, (_("Priority is gap x importance x pain."), Table(head, tuple(rows), right)))
    reasons: dict[str, list[str]] = {}
    for process in (project.process_by_id[one.process] for one in found):
        if process.reason:
            reasons.setdefault(process.reason, []).append(process.name)
    if reasons:
        why = Bullets(tuple(labelled(listed(names), reason) for reason, names in reasons.items()))
        yield Chapter(_("Why these targets"), (why,), inner=True)


def _factor(factor: float, pains: tuple[str, ...]) -> str:
    return f"{number(factor)} ({listed(pains)})" if pains else number(factor)


def _pains(project: Project, catalogue: Catalogue) -> Iterator[Chapter]:
    title = _("Pains")
    if not project.pains:
        yield Chapter(title, (_("No pain is ticked."),))
        return
    known = {pain.id: pain for pain in catalogue.pains}
    rows = tuple(
        (
            pain.id,
            pain.name,
            known[pain.id].voice.in_(language()) if pain.id in known else "",
            str(pain.weight),
            levels_words(project, pain.levels),
            pain.note,
            known[pain.id].source if pain.id in known else "",
        )
        for pain in project.pains
    )
    head = (_("ID"), _("Pain"), _("Heard from"), _("Hurts"), _("Asks for"), _("Note"), _("Source"))
    yield Chapter(title, (Table(head, rows, "<<<>"), *_asked(project, propose_targets(project, catalogue))))


def _asked(project: Project, targets: tuple[PainTarget, ...]) -> Iterator[Block]:
    added = listed(f"{_name(project, target.process)} {target.level}" for target in targets if not target.pains)
    if added:
        yield _("What they ask for needs besides: {items}").format(items=added)
    short = listed(f"{_name(project, target.process)} {target.level}" for target in targets if target.raises)
    if short:
        yield _("The targets do not reach that far yet: {items}").format(items=short)
    outside = listed(
        f"{_name(project, t.process)} {t.level}" for t in targets if t.pains and not t.in_scope and t.level > t.now
    )
    if outside:
        yield _("Out of scope, so that these pains are not cured: {items}").format(items=outside)


def levels_words(project: Project, asked: Mapping[str, int]) -> str:
    """Levels by process as people read them: ``Incident management 3, Change management 2``."""
    return listed(f"{_name(project, process)} {level}" for process, level in asked.items())


def _recommendations(project: Project, catalogue: Catalogue) -> Iterator[Chapter]:
    advice = recommendations(project, catalogue)
    if not any(part.steps or part.quick_wins for part in advice):
        yield Chapter(_("Recommendations"), (_("The targets ask for nothing that does not stand."),))
        return
    basis = (
        _("By the dates of the roadmap.")
        if project.roadmap
        else _(
            "There is no roadmap yet: a suggestion by priority, in an order in which nothing stands before its needs."
        )
    )
    yield Chapter(_("Recommendations"), (basis,))
    for part in advice:
        yield Chapter(_horizon(part), tuple(_steps(project, part)) or (_("Nothing."),), inner=True)


def _horizon(part: Advice) -> str:
    if part.horizon is None or part.until is None:
        return _("Later, or without a date")
    return _("{term}, until {day}").format(term=part.horizon.name.in_(language()), day=part.until)


def _steps(project: Project, part: Advice) -> Iterator[Block]:
    if part.quick_wins:
        head = (_("Quick win"), _("On the way to"), _("Weeks"), _("Person-days"), _("Source"))
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
        yield Table(head, rows)
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


def _evidence(project: Project) -> Iterator[Chapter]:
    title = _("Evidence")
    rows = tuple(
        (
            _name(project, sheet.process),
            answer.criterion,
            _(answer.reply),
            answer.evidence,
            _(answer.quality) if answer.quality else "",
            _(answer.via) if answer.via else "",
            answer.day.isoformat() if answer.day else "",
            sheet.assessor,
        )
        for sheet in project.answer_sheets
        for answer in sheet.answers
    )
    if not rows:
        yield Chapter(title, (_("Nothing is answered yet."),))
        return
    head = (_("Process"), _("Question"), _("Reply"), _("Evidence"), _("Quality"), _("From"), _("Date"), _("Assessor"))
    yield Chapter(title, (Table(head, rows),))


def _name(project: Project, process: str) -> str:
    known = project.process_by_id.get(process)
    return known.name if known else process
