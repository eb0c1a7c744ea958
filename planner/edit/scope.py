"""Where processes stand and where they are to go. Each edit brings in the work it calls for and takes out the rest."""

from dataclasses import replace

from planner.edit.materialise import materialise
from planner.edit.refused import checked, need
from planner.model.knowledge import Catalogue
from planner.model.project import ProcessScope, Project
from planner.text.i18n import _


def set_baseline(project: Project, catalogue: Catalogue, process_id: str, dimension: str, level: int) -> Project:
    """``project`` with a dimension of a process standing at ``level``.

    A target below it rises with it: a level that stands needs no work. Raises Refused.
    """
    process = _process(project, process_id, dimension)
    target = max(level, process.target[dimension])
    changed = replace(
        process,
        baseline=process.baseline.with_item(dimension, level),
        target=process.target.with_item(dimension, target),
    )
    return _with(project, changed, catalogue)


def set_target(project: Project, catalogue: Catalogue, process_id: str, dimension: str, level: int) -> Project:
    """``project`` with a dimension of a process to be lifted to ``level``; Refused below where it stands."""
    process = _process(project, process_id, dimension)
    return _with(project, replace(process, target=process.target.with_item(dimension, level)), catalogue)


def set_in_scope(project: Project, process_id: str, in_scope: bool, catalogue: Catalogue | None = None) -> Project:
    """``project`` with a process inside or outside the engagement.

    Outside, its own targets call for no work and it does not count for the organisation's level; other
    processes may still pull it in. Without a catalogue the work follows only at the next change of a target.
    """
    need(process_id, project.process_by_id, _("process"))
    return _with(project, replace(project.process_by_id[process_id], in_scope=in_scope), catalogue)


def set_reason(project: Project, process_id: str, reason: str) -> Project:
    """``project`` with the words for why a process has its target."""
    need(process_id, project.process_by_id, _("process"))
    return _with(project, replace(project.process_by_id[process_id], reason=reason), None)


def _process(project: Project, process_id: str, dimension: str) -> ProcessScope:
    need(process_id, project.process_by_id, _("process"))
    need(dimension, project.dimension_ids, _("dimension"))
    return project.process_by_id[process_id]


def _with(project: Project, changed: ProcessScope, catalogue: Catalogue | None) -> Project:
    processes = tuple(changed if process.id == changed.id else process for process in project.processes)
    after = checked(project, replace(project, processes=processes))
    return checked(project, materialise(after, catalogue)) if catalogue else after
