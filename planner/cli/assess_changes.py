"""The changes that ``planner assess`` can make: answers, questionnaire, pains, targets."""

from argparse import Namespace
from collections.abc import Iterator

from planner.cli.answer import Failure, fault
from planner.edit.answers import carried_over, set_profile, take_answers
from planner.edit.pains import apply_pain_targets, tick, untick
from planner.edit.refused import Refused
from planner.graph.naming import dimension_title
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.rating import profile_of
from planner.text.clean import one_line
from planner.text.i18n import _, language, listed, ngettext


def asked_for(args: Namespace) -> bool:
    """Whether any change is asked for."""
    return bool(args.answers or args.profile or args.tick or args.untick or args.raise_targets)


def changed(project: Project, catalogue: Catalogue, args: Namespace) -> tuple[Project, tuple[str, ...]]:
    """``project`` with the changes that ``args`` asks for, and what is to be said about them. Raises Failure."""
    notes: list[str] = []
    try:
        if args.profile:
            after = set_profile(project, catalogue, args.profile, drop_answers=args.drop_answers)
            notes += _carried(project, after, catalogue)
            project = after
        if args.answers:
            project, said = _imported(project, catalogue, args)
            notes.append(said)
        for words in args.tick:
            pain, weight = _pain(words)
            note = next((held.note for held in project.pains if held.id == pain), "")
            project = tick(project, catalogue, pain, weight, note)
        for pain in args.untick:
            project = untick(project, pain)
        if args.raise_targets:
            project = apply_pain_targets(project, catalogue)
    except Refused as refused:
        raise Failure(str(refused)) from None
    return project, tuple(notes)


def _imported(project: Project, catalogue: Catalogue, args: Namespace) -> tuple[Project, str]:
    from planner.store.answers_read import QuestionnaireUnreadable, read_questionnaire

    profile = profile_of(project, catalogue)
    if profile is None:
        wrong = _("no questionnaire fits the dimensions of this plan")
        raise Failure(fault(wrong, _("choose one with --profile")))
    try:
        filled = read_questionnaire(args.answers, project, profile)
    except QuestionnaireUnreadable as unreadable:
        raise Failure(*map(str, unreadable.faults)) from None
    answers, levels = sum(len(sheet.answers) for sheet in filled.sheets), len(filled.levels)
    said = _("taken in: {answers}, {levels}").format(
        answers=ngettext("{n} answer", "{n} answers", answers).format(n=answers),
        levels=ngettext("{n} level set by hand", "{n} levels set by hand", levels).format(n=levels),
    )
    return take_answers(project, catalogue, filled.sheets, filled.levels), said


def _carried(before: Project, after: Project, catalogue: Catalogue) -> Iterator[str]:
    """From where each dimension of the new questionnaire has its level."""
    profile = profile_of(after, catalogue)
    if profile is None or after.dimension_ids == before.dimension_ids:
        return
    names = {dimension.id: dimension.name.in_(language()) for dimension in profile.dimensions}
    for dimension, sources in carried_over(before, profile).items():
        titles = listed(dimension_title(before, source) for source in sources)
        if len(sources) > 1:
            words = _("{dimension} takes the lowest level of {sources}")
        elif sources != (dimension,):
            words = _("{dimension} takes the level of {sources}")
        else:
            continue
        yield words.format(dimension=names[dimension], sources=titles)


def _pain(words: str) -> tuple[str, int]:
    """``PN08=2`` as pain and weight; a pain alone has weight 1."""
    pain, equals, weight = words.partition("=")
    if equals and weight not in ("1", "2", "3"):
        wrong = _("{word!r} does not fit").format(word=one_line(words))
        raise Failure(fault(wrong, _("say how much it hurts, 1 to 3, such as {example}").format(example=f"{pain}=2")))
    return pain, int(weight) if equals else 1
