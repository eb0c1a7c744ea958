"""What a plan names that the templates in use do not have: a mistyped id, or templates of somebody else."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from planner.model.knowledge import Catalogue
from planner.model.problem import nearest
from planner.model.project import Project
from planner.text.i18n import _


@dataclass(frozen=True, slots=True)
class Foreign:
    """An id that the templates do not have: what it should be (in words), and the nearest that there is.

    ``holds`` says whether work of the plan hangs on it, which could not be made again.
    """

    kind: str
    name: str
    advice: str
    holds: bool = False


def foreign(project: Project, catalogue: Catalogue) -> tuple[Foreign, ...]:
    """Every id of the plan that the templates do not have, in the order of the plan's tables, each once."""
    return tuple(dict.fromkeys((*_work(project, catalogue), *_facts(project, catalogue))))


def _work(project: Project, catalogue: Catalogue) -> Iterator[Foreign]:
    """Ids from which work packages, pins and milestones are made."""
    standards = [standard.id for standard in catalogue.standards]
    tracks = [track.id for track in catalogue.tracks]
    programme = [work.id for work in catalogue.programme]
    yield from _missing(_("standard"), [goal.standard for goal in project.certifications], standards, holds=True)
    yield from _missing(_("track"), [enrolment.track for enrolment in project.enrolments], tracks, holds=True)
    yield from _missing(_("programme work"), project.engagement.programme, programme, holds=True)


def _facts(project: Project, catalogue: Catalogue) -> Iterator[Foreign]:
    engagement, context = project.engagement, project.context
    levels = {track.id: [level.id for level in track.levels] for track in catalogue.tracks}
    ticks = {checklist.id: [item.id for item in checklist.items] for checklist in catalogue.checklists}
    steps = [step.id for path in catalogue.paths for step in path.steps]
    codes = [criterion.code for profile in catalogue.profiles for criterion in profile.criteria]
    items = [item.id for stage in catalogue.experience for item in stage.items]
    yield from _missing(_("strategy"), [engagement.strategy], catalogue.strategy_by_id)
    yield from _missing(_("strategy"), [scenario.strategy for scenario in project.scenarios], catalogue.strategy_by_id)
    yield from _missing(_("vocabulary"), [engagement.vocabulary], [one.id for one in catalogue.vocabularies])
    yield from _missing(_("questionnaire"), [engagement.profile], [one.id for one in catalogue.profiles])
    yield from _missing(_("organisation form"), [context.form], [one.id for one in catalogue.forms])
    yield from _missing(_("transformation path"), [context.path], [one.id for one in catalogue.paths])
    yield from _missing(_("step of a path"), [context.stands, context.aims], steps)
    yield from _missing(_("service layer"), context.layers, [one.id for one in catalogue.layers])
    for ticked in (context.ticks, *(process.ticks for process in project.processes)):
        yield from _missing(_("checklist"), ticked, ticks)
        for name, entries in ticked.items():
            yield from _missing(_("item of a checklist"), entries if name in ticks else (), ticks.get(name, ()))
    yield from _missing(_("pain"), [pain.id for pain in project.pains], [one.id for one in catalogue.pains])
    yield from _missing(
        _("criterion"), [answer.criterion for sheet in project.answer_sheets for answer in sheet.answers], codes
    )
    yield from _missing(_("item of the survey"), project.experience.scores, items)
    yield from _missing(
        _("circumstance"),
        [one.id for one in project.modifiers if one.source == "catalogue"],
        [one.id for one in catalogue.modifiers],
    )
    yield from _missing(
        _("perspective"), [one.perspective for one in project.indicators], [one.id for one in catalogue.perspectives]
    )
    yield from _missing(
        _("service role"), [one.id for one in project.service_roles], [one.id for one in catalogue.service_roles]
    )
    yield from _missing(
        _("attribute of a service role"),
        [name for one in project.service_roles for name in one.has],
        [one.id for one in catalogue.role_attributes],
    )
    tracks = [*(setting.track for setting in project.tracks), *(held.track for held in project.certificates)]
    yield from _missing(_("track"), tracks, levels)
    held = [(one.track, one.level) for one in project.enrolments]
    held += [(one.track, one.level) for one in project.certificates]
    for track, level in held:
        yield from _missing(_("level of a track"), [level] if track in levels else (), levels.get(track, ()))
    for setting in project.tracks:
        named = (*setting.paid_share, *setting.cost) if setting.track in levels else ()
        yield from _missing(_("level of a track"), named, levels.get(setting.track, ()))


def _missing(kind: str, named: Collection[str], valid: Collection[str], holds: bool = False) -> Iterator[Foreign]:
    """What is ``named`` (an empty name says nothing) and not ``valid``."""
    for name in named:
        if name and name not in valid:
            yield Foreign(kind, name, nearest(name, valid), holds)
