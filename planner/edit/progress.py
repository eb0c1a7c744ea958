"""How far the work is: what has begun, what is done, what is left.

The roadmap stays as it was adopted: what does not go as planned is found by ``verify``, and ``rollout.replan`` says
what follows from it.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from planner.edit.refused import Refused, checked, meant
from planner.model.project import Progress, Project
from planner.text.i18n import _


def set_as_of(project: Project, day: date | None) -> Project:
    """``project`` with its progress known up to the end of ``day``. Raises Refused when progress is told after it."""
    return checked(project, replace(project, engagement=replace(project.engagement, as_of=day)))


def begin(project: Project, package: str, start: date) -> Project:
    """``project`` where a work package was begun on ``start``, instead of what was told before. Raises Refused."""
    meant(package, project.package_by_id, _("work package"))
    if package in project.progress_of:
        return _changed(project, package, start=start)
    order = {ident: number for number, ident in enumerate(project.package_by_id)}
    told = sorted((*project.progress, Progress(package=package, start=start)), key=lambda one: order[one.package])
    return checked(project, replace(project, progress=tuple(told)))


def finish_work(project: Project, package: str, finish: date) -> Project:
    """``project`` where a work package that was begun is done since ``finish``. Raises Refused."""
    return _changed(project, package, finish=finish, remaining=None)


def set_remaining(project: Project, package: str, days: int | None) -> Project:
    """``project`` where ``days`` working days after ``as_of`` are left of a work package that was begun.

    None: what its likely length leaves. One that was done is not done any more. Raises Refused.
    """
    return _changed(project, package, finish=None, remaining=days)


def tell(project: Project, told: Sequence[Progress], forgotten: Collection[str] = ()) -> Project:
    """``project`` with the progress of some packages as ``told``, and without what was told of those ``forgotten``.

    Raises Refused.
    """
    fresh = {progress.package: progress for progress in told}
    for ident in fresh:
        meant(ident, project.package_by_id, _("work package"))
    known = {ident: one for ident, one in project.progress_of.items() if ident not in forgotten} | fresh
    order = [known[package.id] for package in project.packages if package.id in known]
    return checked(project, replace(project, progress=tuple(order)))


def forget(project: Project, package: str) -> Project:
    """``project`` where a work package has not begun after all. Raises Refused when that was never said."""
    told = _begun(project, package)
    return checked(project, replace(project, progress=tuple(one for one in project.progress if one is not told)))


def _changed(project: Project, package: str, **fields: Any) -> Project:
    told = _begun(project, package)
    changed = replace(told, **fields)
    return checked(
        project, replace(project, progress=tuple(changed if one is told else one for one in project.progress))
    )


def _begun(project: Project, package: str) -> Progress:
    meant(package, project.package_by_id, _("work package"))
    if package not in project.progress_of:
        raise Refused(_("{item} has not begun - say first on which day it was begun").format(item=package))
    return project.progress_of[package]
