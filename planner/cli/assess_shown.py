"""What ``planner assess`` shows: the assessment, all pains, the report, and the data for other programs."""

from collections.abc import Iterator
from typing import Any

from planner.assessment.maturity import gaps, staged_level
from planner.assessment.priority import priorities
from planner.assessment.scoring import ProcessScore, disagreements, process_scores
from planner.cli import views
from planner.cli.layout import paragraph, table, titled
from planner.edit.materialise import NotNeeded, not_needed
from planner.edit.pains import PainTarget, asked_by, propose_targets
from planner.export import assessment_report
from planner.export.assessment_tables import (
    by_hand_table,
    disagreements_table,
    levels_words,
    scores_table,
    spread_note,
)
from planner.export.json_doc import needs_data, organisation_data
from planner.export.report.cells import alignment, rows_shown
from planner.export.report.parts import Block, Bullets, Paragraph, Section, Table
from planner.export.words import levels
from planner.graph.closure import missing, needs_of
from planner.model.answers import Pain
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.rating import profile_of
from planner.text.i18n import _, labelled, language, listed, ngettext


def assessment(project: Project, catalogue: Catalogue, core: tuple[str, ...]) -> Iterator[str]:
    """Levels, targets and gaps, what the answers say, what is pulled in and what is left out."""
    yield paragraph(project.engagement.name)
    yield from views.assessment(project)
    if core:
        now, goal = staged_level(project, core), staged_level(project, core, target=True)
        names = listed(project.process_by_id[process].name for process in core)
        yield paragraph(_("Lowest of {names}: level {levels}").format(names=names, levels=levels(now, goal)))
    answered = tuple(score for score in process_scores(project, catalogue) if score.answers)
    if answered:
        yield titled(*_table(scores_table(project, answered)))
        if note := spread_note(answered):
            yield paragraph(note)
    if by_hand := by_hand_table(project):
        yield titled(*_table(by_hand))
    if contested := disagreements_table(project, catalogue):
        yield titled(*_table(contested))
    yield from _needed(project, not_needed(project, catalogue))


def _needed(project: Project, out: list[NotNeeded]) -> Iterator[str]:
    pulled = [
        [need.item, project.title(need.item), need.pulled_by, need.reason]
        for need in needs_of(project).values()
        if need.pulled
    ]
    if pulled:
        head = [_("ID"), _("Name"), _("Needed by"), _("Why")]
        title = _("Pulled in: no target asks for these, but others need them")
        yield titled(title, table(head, pulled, indent=2))
    if without := missing(project):
        names = listed(project.title(item) for item in without)
        yield paragraph(_("Needed, but the plan has no work for it: {names}").format(names=names))
    if out:
        reasons = [[n.package, n.reason] for n in out]
        head = [_("Work package"), _("Why")]
        yield titled(_("Left out of the work"), table(head, reasons, indent=2))


def pains(project: Project, catalogue: Catalogue) -> Iterator[str]:
    """All pains with their ticks, what each asks for from where the client stands, and what the ticked ones do."""
    held = {pain.id: pain for pain in project.pains}
    known = [(pain.id, pain.name.in_(language()), pain.voice.in_(language()), pain.source) for pain in catalogue.pains]
    named = {ident for ident, *_rest in known}
    known += [(pain.id, pain.name, "", "") for pain in project.pains if pain.id not in named]
    asked = {pain.id: pain.levels for pain in catalogue.pains} | {pain.id: pain.levels for pain in project.pains}
    for ident, name, voice, source in known:
        mark = f"[{held[ident].weight}]" if ident in held else "[ ]"
        proposal = asked_by(project, catalogue, {ident: asked[ident]})
        besides = _names(project, proposal.added)
        climb = ngettext("{n} step to climb", "{n} steps to climb", proposal.steps).format(n=proposal.steps)
        lines = [
            paragraph(f"{ident}  {name}", bullet=f"{mark} "),
            paragraph(labelled(_("Asks for"), levels_words(project, asked[ident])), indent=4),
            paragraph(labelled(_("Besides"), besides), indent=4) if besides else "",
            paragraph(labelled(_("Note"), held[ident].note), indent=4) if ident in held and held[ident].note else "",
            paragraph(_("; ").join(filter(None, (climb, voice, f"[{source}]" if source else ""))), indent=4),
        ]
        yield "\n".join(filter(None, lines))
    if held:
        together = asked_by(project, catalogue, {pain.id: pain.levels for pain in project.pains})
        short = _names(project, tuple(target for target in together.wanted if target.raises))
        yield titled(
            _("The ticked pains together"),
            paragraph(labelled(_("Asks for"), _names(project, together.wanted)), indent=2),
            paragraph(labelled(_("Besides"), _names(project, together.added) or "-"), indent=2),
            paragraph(labelled(_("Targets to raise"), short or "-"), indent=2),
        )


def _names(project: Project, targets: tuple[PainTarget, ...]) -> str:
    return levels_words(project, {target.process: target.level for target in targets})


def report(project: Project, catalogue: Catalogue) -> Iterator[str]:
    """The report as text, its chapters numbered."""
    yield titled(paragraph(assessment_report.title(project)), _block(assessment_report.facts(project, catalogue)))
    for main, chapter in enumerate(assessment_report.chapters(project, catalogue), 1):
        yield from _chapter(str(main), chapter)
        for part, inner in enumerate(chapter.parts, 1):
            yield from _chapter(f"{main}.{part}", inner)


def _chapter(number: str, chapter: Section) -> Iterator[str]:
    first, *rest = chapter.blocks
    yield titled(paragraph(chapter.title, bullet=f"{number} "), _block(first))
    yield from map(_block, rest)


def _table(found: Table) -> tuple[str, str]:
    """A table with its title before it."""
    return found.title, _block(found)


def _block(block: Block) -> str:
    """A block of the assessment's report as text: it has only these."""
    match block:
        case Table():
            head = [column.title for column in block.columns]
            return table(head, rows_shown(block), right=alignment(block), indent=2)
        case Bullets(items=items):
            return "\n".join(paragraph(item, indent=2, bullet="- ") for item in items)
        case Paragraph(text=text):
            return paragraph(text, indent=2)
    raise TypeError(type(block).__name__)


def data(project: Project, catalogue: Catalogue, core: tuple[str, ...]) -> dict[str, Any]:
    """The assessment as data."""
    profile = profile_of(project, catalogue)
    organisation = organisation_data(project)
    if core:
        organisation["core"] = list(core)
        organisation["staged_level"] = staged_level(project, core)
        organisation["staged_target_level"] = staged_level(project, core, target=True)
    return {
        "schema": 1,
        "organisation": organisation,
        "profile": profile.id if profile else None,
        "processes": [
            {
                "id": process.id,
                "name": process.name,
                "in_scope": process.in_scope,
                "level": process.level,
                "target_level": process.target_level,
                "dimensions": {
                    d: {
                        "now": process.baseline[d],
                        "target": process.target[d],
                        "gap": process.target[d] - process.baseline[d],
                    }
                    for d in project.dimension_ids
                },
            }
            for process in project.processes
        ],
        "gaps": [
            {"process": gap.process, "dimension": gap.dimension, "now": gap.now, "target": gap.target, "gap": gap.gap}
            for gap in gaps(project)
        ],
        "scores": [_score(score) for score in process_scores(project, catalogue)],
        "disagreements": [
            {"process": found.process, "criterion": found.criterion.code, "replies": dict(found.replies)}
            for found in disagreements(project, catalogue)
        ],
        "priorities": [
            {
                "process": one.process,
                "gap": one.gap,
                "importance": one.importance,
                "pain_factor": one.pain_factor,
                "pains": list(one.pains),
                "value": one.value,
            }
            for one in priorities(project, catalogue)
        ],
        "pains": [_pain(pain) for pain in project.pains],
        "pain_targets": [_target(target) for target in propose_targets(project, catalogue)],
        "needs": needs_data(project),
        "left_out": [
            {"package": n.package, "capability": n.capability, "workstream": n.workstream, "reason": n.reason}
            for n in not_needed(project, catalogue)
        ],
    }


def _score(score: ProcessScore) -> dict[str, Any]:
    return {
        "process": score.process,
        "level": score.level,
        "lowest": score.lowest,
        "highest": score.highest,
        "index": score.index,
        "confidence": score.confidence,
        "answers": score.answers,
        "open": score.open,
        "dimensions": {
            standing.dimension: {
                "plan": standing.plan,
                "level": standing.level,
                "lowest": standing.lowest,
                "highest": standing.highest,
                "basis": standing.basis,
                "reason": standing.reason,
                "open": standing.open,
            }
            for standing in score.dimensions
        },
    }


def _pain(pain: Pain) -> dict[str, Any]:
    return {
        "id": pain.id,
        "name": pain.name,
        "weight": pain.weight,
        "levels": dict(pain.levels),
        "note": pain.note,
    }


def _target(target: PainTarget) -> dict[str, Any]:
    return {
        "process": target.process,
        "level": target.level,
        "pains": list(target.pains),
        "pulled_by": target.pulled_by,
        "now": target.now,
        "target": target.target,
        "in_scope": target.in_scope,
    }
