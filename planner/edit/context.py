"""What is true of the client and of the agreement: circumstances that size work, governance, kind of organisation,
ticked checklists, scores of customer experience. Ids are those of the catalogue."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from planner.edit.materialise import materialise
from planner.edit.programme import in_order
from planner.edit.refused import Refused, checked, meant
from planner.model.answers import Experience
from planner.model.context import Modifier
from planner.model.knowledge import Catalogue
from planner.model.known.work import KnownModifier
from planner.model.project import Project
from planner.model.values import HIGHEST, LOWEST, Fixed
from planner.text.i18n import _, listed


def set_modifier(
    project: Project, catalogue: Catalogue, modifier_id: str, count: int = 1, processes: Sequence[str] = ()
) -> Project:
    """``project`` with a circumstance of the catalogue, with the factors that it has there: all work is sized anew.

    ``count`` is how many there are of it (sites, say), ``processes`` the only ones it is about. The work of the whole
    programme that it brings is taken into the plan. Raises Refused.
    """
    meant(modifier_id, [known.id for known in catalogue.modifiers], _("circumstance"))
    known = next(known for known in catalogue.modifiers if known.id == modifier_id)
    for process in processes:
        meant(process, project.process_by_id, _("process"))
    if known.named and not processes:
        raise Refused(_("{name} is about certain processes - name them").format(name=modifier_id))
    if count < 1:
        raise Refused(
            _("{name} cannot be there {n} times - give 1 or more, or remove it").format(name=modifier_id, n=count)
        )
    if count > 1 and not known.counted:
        raise Refused(_("{name} is not counted - it is there or it is not").format(name=modifier_id))
    programme = in_order(catalogue, (*project.engagement.programme, *known.programme))
    after = replace(project, engagement=replace(project.engagement, programme=programme))
    return _with_modifier(project, after, materialised(known, project, count, processes), catalogue)


def remove_modifier(project: Project, catalogue: Catalogue, modifier_id: str) -> Project:
    """``project`` without a circumstance and the programme work that it brings; all work is sized anew.

    Raises Refused.
    """
    meant(modifier_id, [modifier.id for modifier in project.modifiers], _("circumstance of the plan"))
    brought = {work for known in catalogue.modifiers if known.id == modifier_id for work in known.programme}
    after = replace(
        project,
        engagement=replace(
            project.engagement,
            programme=tuple(work for work in project.engagement.programme if work not in brought),
        ),
        modifiers=tuple(modifier for modifier in project.modifiers if modifier.id != modifier_id),
    )
    return checked(project, materialise(after, catalogue))


def change_modifier(project: Project, catalogue: Catalogue, modifier_id: str, **fields: Any) -> Project:
    """``project`` with a circumstance whose factors (or other fields) are the plan's own. Raises Refused."""
    meant(modifier_id, [modifier.id for modifier in project.modifiers], _("circumstance of the plan"))
    if fields.get("id", modifier_id) != modifier_id:
        raise Refused(_("a circumstance keeps its id {item!r} - add another one instead").format(item=modifier_id))
    modifier = next(modifier for modifier in project.modifiers if modifier.id == modifier_id)
    changed = replace(modifier, **fields)
    if changed == modifier:
        return project
    return _with_modifier(project, project, replace(changed, source="own"), catalogue)


def add_modifier(project: Project, catalogue: Catalogue, modifier: Modifier) -> Project:
    """``project`` with a circumstance that the catalogue does not know, with factors of its own. Raises Refused."""
    taken = {*(entry.id for entry in project.modifiers), *(known.id for known in catalogue.modifiers)}
    if modifier.id in taken:
        raise Refused(_("there is a circumstance {item!r} already - change it").format(item=modifier.id))
    return _with_modifier(project, project, replace(modifier, source="own"), catalogue)


def materialised(known: KnownModifier, project: Project, count: int = 1, processes: Sequence[str] = ()) -> Modifier:
    """A circumstance of the catalogue with the factors that it comes to (domain.md §4.4)."""
    times = max(0, count - known.free) if known.counted else 1
    return Modifier(
        id=known.id,
        name=known.name.in_(project.engagement.language),
        count=count,
        effort=Fixed(
            {workstream: _factor(part, times, known.most_effort) for workstream, part in known.effort.items()}
        ),
        duration=_factor(known.duration, times, known.most_duration),
        processes=tuple(processes),
        source="catalogue",
    )


def _factor(part: float, times: int, most: float | None) -> float:
    """1 and ``part`` for each one counted, not beyond ``1 + most``; rounded, so that a file says 1.3 and no more."""
    added = part * times
    return round(1 + (added if most is None else min(added, most)), 4)


def _with_modifier(before: Project, project: Project, modifier: Modifier, catalogue: Catalogue) -> Project:
    """``project`` with ``modifier`` in the place of the one with its id, or last."""
    present = {entry.id: entry for entry in project.modifiers} | {modifier.id: modifier}
    after = checked(before, replace(project, modifiers=tuple(present.values())))
    return checked(before, materialise(after, catalogue))


def set_governance(project: Project, **fields: Any) -> Project:
    """``project`` with some facts of who steers it and what was agreed to be spent. Raises Refused."""
    return checked(project, replace(project, governance=replace(project.governance, **fields)))


def set_context(project: Project, catalogue: Catalogue, **fields: Any) -> Project:
    """``project`` with some facts of what kind of organisation the client is; ticks are set by ``tick``.

    Another transformation path drops the steps that it does not have. Raises Refused for an id that the catalogue
    does not know, with the nearest one that it does.
    """
    context = replace(project.context, **fields)
    paths = {path.id: [step.id for step in path.steps] for path in catalogue.paths}
    _known(context.form, [form.id for form in catalogue.forms], _("form of organisation"))
    _known(context.path, paths, _("transformation path"))
    for layer in context.layers:
        _known(layer, [known.id for known in catalogue.layers], _("service layer"))
    steps = paths.get(context.path, [])
    if context.stands not in steps and "stands" not in fields:
        context = replace(context, stands="")
    if context.aims not in steps and "aims" not in fields:
        context = replace(context, aims="")
    for step in (context.stands, context.aims):
        if step and not context.path:
            words = _("{step!r} is a step of a transformation path, and none is chosen - choose one of: {paths}")
            raise Refused(words.format(step=step, paths=listed(paths)))
        _known(step, steps, _("step of the transformation path"))
    if context.stands and context.aims and steps.index(context.aims) < steps.index(context.stands):
        words = _("the aim {aim!r} comes before {step!r} on the path - swap them")
        raise Refused(words.format(aim=context.aims, step=context.stands))
    return checked(project, replace(project, context=context))


def tick(
    project: Project, catalogue: Catalogue, checklist_id: str, item: str, on: bool = True, process: str = ""
) -> Project:
    """``project`` with an item of a checklist ticked, or no longer: for ``process`` where the list is about processes.

    Raises Refused.
    """
    checklists = {checklist.id: checklist for checklist in catalogue.checklists}
    meant(checklist_id, checklists, _("checklist"))
    checklist = checklists[checklist_id]
    order = [entry.id for entry in checklist.items]
    meant(item, order, _("item of the checklist"))
    if checklist.scope == "engagement":
        if process:
            raise Refused(
                _("{checklist} is about the whole engagement - name no process").format(checklist=checklist_id)
            )
        ticks = _ticked(project.context.ticks, checklist_id, item, on, order)
        return checked(project, replace(project, context=replace(project.context, ticks=ticks)))
    if not process:
        raise Refused(_("{checklist} is about a process - name it").format(checklist=checklist_id))
    meant(process, project.process_by_id, _("process"))
    scope = project.process_by_id[process]
    changed = replace(scope, ticks=_ticked(scope.ticks, checklist_id, item, on, order))
    processes = tuple(changed if entry is scope else entry for entry in project.processes)
    return checked(project, replace(project, processes=processes))


def _ticked(
    ticks: Fixed[str, tuple[str, ...]], checklist: str, item: str, on: bool, order: Sequence[str]
) -> Fixed[str, tuple[str, ...]]:
    """``ticks`` with ``item`` in or out, in the order of the list; a list without any tick is not there."""
    present = {*ticks.get(checklist, ()), item} if on else {*ticks.get(checklist, ())} - {item}
    unknown = [entry for entry in ticks.get(checklist, ()) if entry in present and entry not in order]
    entries = (*(entry for entry in order if entry in present), *unknown)
    rest = {key: value for key, value in ticks.items() if key != checklist or entries}
    return Fixed(rest | {checklist: entries} if entries else rest)


def set_experience(project: Project, catalogue: Catalogue, item: str, score: int | None) -> Project:
    """``project`` where customers score an item of the survey 1 (bad) to 5 (good); None takes the score back.

    Raises Refused.
    """
    meant(item, [entry.id for stage in catalogue.experience for entry in stage.items], _("item of the survey"))
    if score is not None and not LOWEST <= score <= HIGHEST:
        raise Refused(_("{item} cannot be scored {score} - use 1 to 5").format(item=item, score=score))
    kept = {key: value for key, value in project.experience.scores.items() if key != item}
    scores = Fixed(kept if score is None else kept | {item: score})
    return _with_experience(project, replace(project.experience, scores=scores))


def set_survey(project: Project, respondents: int | None, day: date | None) -> Project:
    """``project`` with how many customers answered the survey, and when. Raises Refused."""
    return _with_experience(project, replace(project.experience, respondents=respondents, day=day))


def _with_experience(project: Project, experience: Experience) -> Project:
    return checked(project, replace(project, experience=experience))


def _known(word: str, valid: Collection[str], kind: str) -> None:
    """Raises Refused when ``word`` is neither empty nor one of ``valid``."""
    if word:
        meant(word, valid, kind)
