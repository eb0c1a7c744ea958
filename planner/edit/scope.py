"""Where processes stand and where they are to go. Each edit brings in the work it calls for and takes out the rest."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from planner.edit.materialise import materialise
from planner.edit.refused import Refused, checked, need
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue
from planner.model.project import ProcessScope, Project
from planner.model.values import Fixed
from planner.text.i18n import _


def set_baseline(
    project: Project, catalogue: Catalogue, process_id: str, dimension: str, level: int, reason: str = ""
) -> Project:
    """``project`` with a dimension of a process standing at ``level`` by hand, for ``reason``.

    A target below it rises with it: a level that stands needs no work. From then on answers leave the dimension alone
    (``edit.answers.clear_by_hand`` returns to them). Raises Refused, also without a reason.
    """
    process = _process(project, process_id, dimension)
    if not reason.strip():
        words = _(
            "{process}: a level that is set by hand needs a reason - say what shows that {dimension} is at {level}"
        )
        raise Refused(words.format(process=process_id, dimension=dimension, level=level))
    changed = standing(process, {dimension: level})
    return _with(project, replace(changed, by_hand=process.by_hand.with_item(dimension, reason.strip())), catalogue)


def standing(process: ProcessScope, levels: Mapping[str, int]) -> ProcessScope:
    """``process`` with some dimensions standing at ``levels``; targets below them rise with them."""
    target = {dimension: max(level, process.target[dimension]) for dimension, level in levels.items()}
    return replace(process, baseline=Fixed({**process.baseline, **levels}), target=Fixed({**process.target, **target}))


def set_target(
    project: Project, catalogue: Catalogue, process_id: str, dimension: str, level: int, reason: str = ""
) -> Project:
    """``project`` with a dimension of a process to be lifted to ``level``; Refused below where it stands.

    ``reason`` replaces the words for why the process has its target; without one they stay.
    """
    process = _process(project, process_id, dimension)
    changed = replace(
        process, target=process.target.with_item(dimension, level), reason=reason.strip() or process.reason
    )
    return _with(project, changed, catalogue)


def set_targets(project: Project, catalogue: Catalogue, levels: Mapping[str, Mapping[str, int]]) -> Project:
    """``project`` with new targets by process and dimension, in one go; where more stands already, that is the target.

    Raises Refused.
    """
    return _all(project, levels, _aiming, catalogue)


def set_baselines(
    project: Project, catalogue: Catalogue, levels: Mapping[str, Mapping[str, int]], reason: str
) -> Project:
    """``project`` with levels by process and dimension that stand by hand, as ``set_baseline`` sets one."""
    if not reason.strip():
        raise Refused(_("levels that are set by hand need a reason - say what shows them"))

    def stand(process: ProcessScope, wanted: Mapping[str, int]) -> ProcessScope:
        by_hand = Fixed({**process.by_hand, **dict.fromkeys(wanted, reason.strip())})
        return replace(standing(process, wanted), by_hand=by_hand)

    return _all(project, levels, stand, catalogue)


def raise_targets(project: Project, catalogue: Catalogue, items: Iterable[str]) -> Project:
    """``project`` that aims at the capabilities ``items``, their processes in scope; no target is lowered.

    Raises Refused.
    """
    levels: dict[str, dict[str, int]] = {}
    for item in items:
        need(process_of(item), project.process_by_id, _("process"))
        goal = project.process_by_id[process_of(item)].target
        levels[process_of(item)] = {dimension: max(level_of(item), goal[dimension]) for dimension in goal}

    def aim(process: ProcessScope, wanted: Mapping[str, int]) -> ProcessScope:
        return replace(_aiming(process, wanted), in_scope=True)

    return _all(project, levels, aim, catalogue)


def _aiming(process: ProcessScope, wanted: Mapping[str, int]) -> ProcessScope:
    raised = {dimension: max(level, process.baseline[dimension]) for dimension, level in wanted.items()}
    return replace(process, target=Fixed({**process.target, **raised}))


def set_scopes(project: Project, catalogue: Catalogue, process_ids: Iterable[str], in_scope: bool) -> Project:
    """``project`` with some processes inside or outside the engagement, as ``set_in_scope`` has one. Raises Refused."""
    return _all(project, {ident: {} for ident in process_ids}, lambda p, _l: replace(p, in_scope=in_scope), catalogue)


def set_in_scope(project: Project, process_id: str, in_scope: bool, catalogue: Catalogue | None = None) -> Project:
    """``project`` with a process inside or outside the engagement.

    Outside, its own targets call for no work and it does not count for the organisation's level; other
    processes may still pull it in. Without a catalogue the work follows only at the next change of a target.
    """
    need(process_id, project.process_by_id, _("process"))
    return _with(project, replace(project.process_by_id[process_id], in_scope=in_scope), catalogue)


def change_process(project: Project, process_id: str, **fields: Any) -> Project:
    """``project`` with facts of a process changed that are no levels: importance, reason, groups, who runs it.

    Raises Refused.
    """
    need(process_id, project.process_by_id, _("process"))
    return _with(project, replace(project.process_by_id[process_id], **fields), None)


def _process(project: Project, process_id: str, dimension: str) -> ProcessScope:
    need(process_id, project.process_by_id, _("process"))
    need(dimension, project.dimension_ids, _("dimension"))
    return project.process_by_id[process_id]


def _all(
    project: Project,
    levels: Mapping[str, Mapping[str, int]],
    change: Callable[[ProcessScope, Mapping[str, int]], ProcessScope],
    catalogue: Catalogue,
) -> Project:
    """``project`` with ``change`` made to the processes in ``levels``, and after all of them the work they call for."""
    for ident, wanted in levels.items():
        need(ident, project.process_by_id, _("process"))
        for dimension in wanted:
            need(dimension, project.dimension_ids, _("dimension"))
    processes = tuple(change(p, levels[p.id]) if p.id in levels else p for p in project.processes)
    after = checked(project, replace(project, processes=processes))
    return checked(project, materialise(after, catalogue))


def _with(project: Project, changed: ProcessScope, catalogue: Catalogue | None) -> Project:
    processes = tuple(changed if process.id == changed.id else process for process in project.processes)
    after = checked(project, replace(project, processes=processes))
    return checked(project, materialise(after, catalogue)) if catalogue else after
