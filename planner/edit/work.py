"""Work packages: add, change, take out, bring back."""

from dataclasses import replace
from itertools import count
from typing import Any

from planner.edit.materialise import bridged, drop_dangling, is_catalogue_id, materialise, ordered
from planner.edit.refused import Refused, checked, need
from planner.model.knowledge import Catalogue
from planner.model.project import LeftOut, Project, WorkPackage
from planner.text.clean import plain_id
from planner.text.i18n import _


def add_package(project: Project, package: WorkPackage, catalogue: Catalogue | None = None) -> Project:
    """``project`` with ``package``, listed after the others of its capability and workstream. Raises Refused.

    Here and below, what the knowledge ties to the packages of a plan (the gates of programme work, say) follows at once
    with ``catalogue``, and without one at the next edit that materialises.
    """
    if package.id in project.package_by_id:
        raise Refused(_("there is a work package {item!r} already - give this one another id").format(item=package.id))
    return _followed(project, replace(project, packages=ordered(project, (*project.packages, package))), catalogue)


def change_package(project: Project, package_id: str, catalogue: Catalogue | None = None, **fields: Any) -> Project:
    """``project`` with some fields of a work package changed; from then on it is the plan's own. Raises Refused."""
    need(package_id, project.package_by_id, _("work package"))
    package = project.package_by_id[package_id]
    if fields.get("id", package_id) != package_id:
        raise Refused(_("a work package keeps its id {item!r} - give it another name instead").format(item=package_id))
    changed = replace(package, **fields)
    if changed == package:
        return project
    changed = replace(changed, source="own")
    packages = (changed if other.id == package_id else other for other in project.packages)
    return _followed(project, replace(project, packages=ordered(project, packages)), catalogue)


def remove_package(project: Project, package_id: str, reason: str = "", catalogue: Catalogue | None = None) -> Project:
    """``project`` without a work package; what came after it comes after what it came after.

    One that the catalogue would bring back is noted as left out, with ``reason``. Pins and dependencies on it go.
    """
    need(package_id, project.package_by_id, _("work package"))
    rest = bridged(
        (package for package in project.packages if package.id != package_id), [project.package_by_id[package_id]]
    )
    left_out = project.left_out
    if is_catalogue_id(project, package_id):
        left_out = (*(out for out in left_out if out.package != package_id), LeftOut(package=package_id, reason=reason))
    return _followed(project, drop_dangling(replace(project, packages=rest, left_out=left_out)), catalogue)


def restore_package(project: Project, catalogue: Catalogue, package_id: str) -> Project:
    """``project`` with a left-out package as the catalogue has it, if the targets (still) need it. Raises Refused."""
    need(package_id, {out.package for out in project.left_out}, _("work package that was left out,"))
    left_out = tuple(out for out in project.left_out if out.package != package_id)
    return checked(project, materialise(replace(project, left_out=left_out), catalogue))


def _followed(before: Project, after: Project, catalogue: Catalogue | None) -> Project:
    after = checked(before, after)
    return checked(before, materialise(after, catalogue)) if catalogue else after


def new_package_id(project: Project, wish: str) -> str:
    """An id made of ``wish`` (a name, say) that no package of the plan or of the catalogue has."""
    taken = {*project.package_by_id, *(out.package for out in project.left_out)}
    base = plain_id(wish).removeprefix("x-") or "package"
    names = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(name for name in names if name not in taken and not is_catalogue_id(project, name))
