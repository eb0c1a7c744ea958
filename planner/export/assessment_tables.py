"""What an assessment found, as tables: the levels with their spread, what they rest on, where assessors disagree."""

from collections.abc import Mapping

from planner.assessment.maturity import organisation_index, organisation_level, organisation_target
from planner.assessment.scoring import ProcessScore, Standing, confidence, disagreements
from planner.export.report.parts import Bullets, Cell, Column, Table
from planner.export.words import percent
from planner.graph.naming import dimension_title
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.rating import asked, profile_of
from planner.text.i18n import _, labelled, language, listed, ngettext


def standing_lines(project: Project, catalogue: Catalogue, scores: tuple[ProcessScore, ...]) -> Bullets:
    """The organisation's level and index, and what they rest on."""
    sure, unanswered = confidence(scores), sum(score.open for score in scores)
    lines = [
        _("Organisation level {now} now, {goal} wanted").format(
            now=organisation_level(project), goal=organisation_target(project)
        ),
        _("Mean of all processes in scope {now:.2f} now, {goal:.2f} wanted").format(
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
    return Bullets(tuple(lines))


def scores_table(project: Project, scores: tuple[ProcessScore, ...]) -> Table:
    """A row for each process: its dimensions and level with spread, and what they rest on."""
    rows = tuple(
        (
            process_name(project, score.process),
            *(standing_words(standing) for standing in score.dimensions),
            spread_words(score.level, score.lowest, score.highest),
            round(score.index, 2),
            score.answers or None,
            score.confidence,
            score.open or None,
        )
        for score in scores
    )
    columns = (
        Column("process", _("Process")),
        *(Column(dimension, dimension_title(project, dimension)) for dimension in project.dimension_ids),
        Column("level", _("Level")),
        Column("index", _("Index"), "number"),
        Column("answers", _("Answers"), "number"),
        Column("backed", _("Backed"), "share"),
        Column("open", _("Open"), "number"),
    )
    return Table("scores", _("As answered"), columns, rows)


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
    columns = (Column("process", _("Process")), Column("levels", _("Levels")), Column("why", _("Why")))
    return Table("by_hand", _("Set by hand"), columns, rows) if rows else None


def disagreements_table(project: Project, catalogue: Catalogue) -> Table | None:
    """The criteria on which assessors do not agree, and who says what."""
    rows = tuple(
        (
            process_name(project, found.process),
            found.criterion.code,
            found.criterion.text.in_(language()),
            listed(labelled(assessor, _(reply)) for assessor, reply in found.replies),
        )
        for found in disagreements(project, catalogue)
    )
    columns = (
        Column("process", _("Process")),
        Column("question", _("Question")),
        Column("text", _("Text")),
        Column("replies", _("Who says what")),
    )
    return Table("disagreements", _("Where assessors disagree"), columns, rows) if rows else None


def levels_words(project: Project, asked: Mapping[str, int]) -> str:
    """Levels by process as people read them: ``Incident management 3, Change management 2``."""
    return listed(f"{process_name(project, process)} {level}" for process, level in asked.items())


def evidence_table(project: Project, catalogue: Catalogue) -> Table | None:
    """Every answer with what it rests on, and on which level of which dimension it bears; None without answers."""
    profile = profile_of(project, catalogue)
    titles = {dimension: dimension_title(project, dimension) for dimension in project.dimension_ids}
    rows: list[tuple[Cell, ...]] = []
    for sheet in project.answer_sheets:
        known = {criterion.code: criterion for criterion in asked(profile, sheet.process)} if profile else {}
        for answer in sheet.answers:
            criterion = known.get(answer.criterion)
            rows.append(
                (
                    process_name(project, sheet.process),
                    titles.get(criterion.dimension, criterion.dimension) if criterion else "",
                    criterion.level if criterion else None,
                    answer.criterion,
                    criterion.text.in_(language()) if criterion else "",
                    _(answer.reply),
                    answer.evidence,
                    _(answer.quality) if answer.quality else "",
                    _(answer.via) if answer.via else "",
                    answer.day,
                    sheet.assessor,
                )
            )
    columns = (
        Column("process", _("Process")),
        Column("dimension", _("Dimension")),
        Column("level", _("Level"), "level"),
        Column("question", _("Question")),
        Column("text", _("Text")),
        Column("reply", _("Reply")),
        Column("evidence", _("Evidence")),
        Column("quality", _("Quality")),
        Column("via", _("From")),
        Column("day", _("Date"), "date"),
        Column("assessor", _("Assessor")),
    )
    return Table("evidence", _("Evidence"), columns, tuple(rows)) if rows else None


def process_name(project: Project, process: str) -> str:
    """What the plan calls a process; its id where it has none."""
    known = project.process_by_id.get(process)
    return known.name if known else process
