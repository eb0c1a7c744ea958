"""The answers of an assessment, and the levels that follow from them.

A plan's level moves as far as its answers compel it: it rises to the lowest level that they still allow and falls to
the highest, and while criteria are open it stays where it was in between. Once all are answered it is what they say.
So no single reply makes targets or work come and go. A dimension that was set by hand is left alone, but for the levels
that a template takes for typical: these give way to the first answer that counts.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from planner.edit.materialise import materialise
from planner.edit.refused import Refused, checked, need
from planner.edit.scope import standing
from planner.model.answers import Answer, AnswerSheet, HandLevel
from planner.model.knowledge import Catalogue
from planner.model.known.assessment import AssessmentProfile
from planner.model.project import Dimension, ProcessScope, Project
from planner.model.rating import asked, is_usual, profile_of, scores
from planner.model.rules import nearest
from planner.model.values import Fixed
from planner.text.i18n import _, ngettext


def give_answer(project: Project, catalogue: Catalogue, process: str, assessor: str, answer: Answer) -> Project:
    """``project`` with the answer of ``assessor`` on a criterion of ``process``, in place of an earlier one.

    Raises Refused for a process or criterion that there is not, and without an assessor.
    """
    sheet = AnswerSheet(process=process, assessor=assessor, answers=(answer,))
    return take_answers(project, catalogue, [sheet])


def take_answers(
    project: Project, catalogue: Catalogue, sheets: Iterable[AnswerSheet], levels: Iterable[HandLevel] = ()
) -> Project:
    """``project`` with all answers of ``sheets`` and with ``levels`` set by hand; what it held beside them stays.

    An answer stands in place of the earlier one of the same assessor on the same criterion. Raises Refused.
    """
    profile = _profile(project, catalogue)
    merged = {(sheet.process, sheet.assessor): sheet for sheet in project.answer_sheets}
    touched: list[str] = []
    for sheet in sheets:
        _judge(project, profile, sheet)
        key = (sheet.process, sheet.assessor)
        answers = {answer.criterion: answer for answer in merged[key].answers} if key in merged else {}
        answers |= {answer.criterion: answer for answer in sheet.answers}
        merged[key] = replace(sheet, answers=tuple(answers.values()))
        touched.append(sheet.process)
    after = checked(project, replace(project, answer_sheets=tuple(merged.values())))
    after = _followed(after, catalogue, touched)
    for level in levels:
        after = _by_hand(after, level)
    return _settled(project, after, catalogue)


def remove_answer(project: Project, catalogue: Catalogue, process: str, assessor: str, criterion: str) -> Project:
    """``project`` without the answer of ``assessor`` on ``criterion``; Refused when there is none."""
    sheets: list[AnswerSheet] = []
    for sheet in project.answer_sheets:
        if (sheet.process, sheet.assessor) == (process, assessor):
            kept = tuple(answer for answer in sheet.answers if answer.criterion != criterion)
            sheets += [replace(sheet, answers=kept)] if kept else []
        else:
            sheets.append(sheet)
    after = replace(project, answer_sheets=tuple(sheets))
    if after.answer_sheets == project.answer_sheets:
        words = _("{assessor} has not answered {criterion} for {process}")
        raise Refused(words.format(assessor=assessor, criterion=criterion, process=process))
    return _settled(project, _followed(after, catalogue, [process]), catalogue)


def clear_by_hand(project: Project, catalogue: Catalogue, process: str, dimension: str) -> Project:
    """``project`` where the level of a dimension is what its answers say, and no longer one set by hand.

    While criteria are open it is the level as answered. Raises Refused without answers on the dimension.
    """
    need(process, project.process_by_id, _("process"))
    need(dimension, project.dimension_ids, _("dimension"))
    scope = project.process_by_id[process]
    if dimension not in scope.by_hand:
        return project
    score = scores(project, catalogue, process).get(dimension)
    if score is None or not score.scored:
        words = _(
            "{process}: nothing is answered on {dimension} - answer something first, or set another level by hand"
        )
        raise Refused(words.format(process=process, dimension=dimension))
    kept = Fixed({d: reason for d, reason in scope.by_hand.items() if d != dimension})
    changed = standing(replace(scope, by_hand=kept), {dimension: score.level})
    return _settled(project, _with(project, changed), catalogue)


def set_profile(project: Project, catalogue: Catalogue, profile_id: str, *, drop_answers: bool = False) -> Project:
    """``project`` assessed by another questionnaire of the catalogue, with its dimensions.

    Levels, targets and reasons set by hand are carried over as ``carried_over`` says. Raises Refused when answers to
    criteria that the questionnaire does not have would be lost, unless ``drop_answers`` asks for it.
    """
    profile = next((profile for profile in catalogue.profiles if profile.id == profile_id), None)
    if profile is None:
        advice = nearest(profile_id, [profile.id for profile in catalogue.profiles])
        raise Refused(_("there is no questionnaire {name!r} - {advice}").format(name=profile_id, advice=advice))
    if profile == profile_of(project, catalogue):
        return project
    codes = {process.id: {criterion.code for criterion in asked(profile, process.id)} for process in project.processes}
    lost = sum(a.criterion not in codes[s.process] for s in project.answer_sheets for a in s.answers)
    if lost and not drop_answers:
        words = ngettext(
            "{n} answer is to a question that {profile} does not ask, and would be lost - export the answers first, "
            "then say that they may go",
            "{n} answers are to questions that {profile} does not ask, and would be lost - export the answers first, "
            "then say that they may go",
            lost,
        )
        raise Refused(words.format(n=lost, profile=profile.id))
    sheets = (
        replace(sheet, answers=tuple(answer for answer in sheet.answers if answer.criterion in codes[sheet.process]))
        for sheet in project.answer_sheets
    )
    language, usual = project.engagement.language, is_usual(profile)
    after = replace(
        project,
        engagement=replace(project.engagement, profile=profile_id),
        dimensions=()
        if usual
        else tuple(
            Dimension(id=dimension.id, name=dimension.name.in_(language), workstream=dimension.workstream)
            for dimension in profile.dimensions
        ),
        answer_sheets=tuple(sheet for sheet in sheets if sheet.answers),
        processes=tuple(_carried(process, carried_over(project, profile)) for process in project.processes),
    )
    unnamed = replace(after, engagement=replace(after.engagement, profile=""))
    after = unnamed if profile_of(unnamed, catalogue) == profile else after
    return _settled(project, _followed(after, catalogue, [process.id for process in after.processes]), catalogue)


def carried_over(project: Project, profile: AssessmentProfile) -> dict[str, tuple[str, ...]]:
    """From which dimensions of a plan each dimension of ``profile`` takes its level: the weakest of them counts.

    They are those that work of the same workstream lifts; all where there is none. So the level of a process stays.
    """
    return {
        dimension.id: project.lifted_by(dimension.workstream) or project.dimension_ids
        for dimension in profile.dimensions
    }


def _carried(process: ProcessScope, sources: Mapping[str, Collection[str]]) -> ProcessScope:
    weakest = {new: min(old, key=lambda dimension: process.baseline[dimension]) for new, old in sources.items()}
    return replace(
        process,
        baseline=Fixed({new: process.baseline[old] for new, old in weakest.items()}),
        target=Fixed({new: min(process.target[d] for d in old) for new, old in sources.items()}),
        by_hand=Fixed({new: process.by_hand[old] for new, old in weakest.items() if old in process.by_hand}),
    )


def _profile(project: Project, catalogue: Catalogue) -> AssessmentProfile:
    profile = profile_of(project, catalogue)
    if profile is None:
        raise Refused(
            _("no questionnaire fits the dimensions of this plan - choose one with: planner assess --profile")
        )
    return profile


def _judge(project: Project, profile: AssessmentProfile, sheet: AnswerSheet) -> None:
    """Raises Refused for a sheet of nobody, about no process, or with answers that nobody asked for."""
    need(sheet.process, project.process_by_id, _("process"))
    if not sheet.assessor.strip():
        raise Refused(_("an answer needs an assessor - say who found it out"))
    codes = {criterion.code for criterion in asked(profile, sheet.process)}
    for answer in sheet.answers:
        if answer.criterion not in codes:
            words = _("{profile} has no criterion {name!r} for {process} - {advice}")
            advice = nearest(answer.criterion, codes)
            raise Refused(words.format(profile=profile.id, name=answer.criterion, process=sheet.process, advice=advice))


def _by_hand(project: Project, level: HandLevel) -> Project:
    need(level.process, project.process_by_id, _("process"))
    need(level.dimension, project.dimension_ids, _("dimension"))
    scope = project.process_by_id[level.process]
    changed = replace(scope, by_hand=scope.by_hand.with_item(level.dimension, level.reason))
    return _with(project, standing(changed, {level.dimension: level.level}))


def _followed(project: Project, catalogue: Catalogue, processes: Iterable[str]) -> Project:
    """``project`` where the levels of ``processes`` are none that the answers rule out."""
    for ident in dict.fromkeys(processes):
        scope = project.process_by_id[ident]
        found = {d: score for d, score in scores(project, catalogue, ident).items() if score.scored}
        levels = {
            dimension: min(max(scope.baseline[dimension], score.lowest), score.highest)
            for dimension, score in found.items()
            if dimension not in scope.by_hand
        }
        project = _with(project, standing(scope, levels))
    return project


def _with(project: Project, changed: ProcessScope) -> Project:
    processes = tuple(changed if process.id == changed.id else process for process in project.processes)
    return replace(project, processes=processes)


def _settled(before: Project, after: Project, catalogue: Catalogue) -> Project:
    """``after`` as it can be, with the work that its levels call for."""
    after = checked(before, after)
    if after.processes == before.processes and after.dimensions == before.dimensions:
        return after
    return checked(before, materialise(after, catalogue))
