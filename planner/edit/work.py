"""Work packages: add, change, take out, bring back."""

from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import count
from typing import Any

from planner.edit.materialise import bridged, drop_dangling, is_catalogue_id, materialise, ordered
from planner.edit.refused import Refused, checked, need
from planner.model.knowledge import Catalogue
from planner.model.project import LeftOut, Pin, Project, WorkPackage
from planner.model.values import Duration, Effort, Fixed
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


def change_packages(
    project: Project,
    ids: Collection[str],
    change: Callable[[WorkPackage], WorkPackage],
    catalogue: Catalogue | None = None,
    phase: str | None = None,
) -> Project:
    """``project`` with ``change`` made to some work packages at once; one that differs is the plan's own from then on.

    ``phase`` pins them to a phase (empty: takes such pins away), None leaves pins alone. With ``catalogue`` what
    follows from other work follows at once. Raises Refused.
    """
    for ident in ids:
        need(ident, project.package_by_id, _("work package"))

    def changed(package: WorkPackage) -> WorkPackage:
        if package.id not in ids:
            return package
        other = change(package)
        return package if other == package else replace(other, source="own")

    after = replace(project, packages=ordered(project, [changed(package) for package in project.packages]))
    if phase is not None:
        after = replace(after, pins=_pinned(project, ids, phase))
    return _followed(project, after, catalogue) if after != project else project


def _pinned(project: Project, ids: Collection[str], phase: str) -> tuple[Pin, ...]:
    """The pins of ``project`` where those on ``ids`` name ``phase``; one that then promises nothing goes."""
    pins = tuple(replace(pin, phase=phase) if pin.item in ids else pin for pin in project.pins)
    fresh = tuple(Pin(item=item, phase=phase) for item in ids if phase and item not in project.pin_by_item)
    return tuple(pin for pin in pins if pin.phase or pin.not_before or pin.deadline) + fresh


def remove_package(project: Project, package_id: str, reason: str = "", catalogue: Catalogue | None = None) -> Project:
    """``project`` without a work package; as ``remove_packages``."""
    return remove_packages(project, (package_id,), reason, catalogue)


def remove_packages(
    project: Project, ids: Collection[str], reason: str = "", catalogue: Catalogue | None = None
) -> Project:
    """``project`` without some work packages; what came after them comes after what they came after.

    Those that the catalogue would bring back are noted as left out, with ``reason``. Pins and dependencies on them go.
    Raises Refused.
    """
    for ident in ids:
        need(ident, project.package_by_id, _("work package"))
    gone = [package for package in project.packages if package.id in ids]
    rest = bridged((package for package in project.packages if package.id not in ids), gone)
    fresh = tuple(LeftOut(package=p.id, reason=reason) for p in gone if is_catalogue_id(project, p.id))
    left_out = tuple(out for out in project.left_out if out.package not in ids) + fresh
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


def scaled(days: Duration, factor: float = 1.0, more: int = 0) -> Duration:
    """``days`` times ``factor`` and ``more`` on top: whole days, at least one."""
    return Duration(*(max(1, round(number * factor) + more) for number in days))


def with_effort_times(package: WorkPackage, factor: float) -> WorkPackage:
    """``package`` with the effort of every role times ``factor``."""
    efforts = {role: Effort(*(round(n * factor, 2) for n in effort)) for role, effort in package.effort.items()}
    return replace(package, effort=Fixed(efforts))


def with_role_replaced(package: WorkPackage, role: str, other: str) -> WorkPackage:
    """``package`` with the effort of ``role`` done by ``other``, on top of what that one does already."""
    if role not in package.effort or role == other:
        return package
    efforts: dict[str, Effort] = {}
    for worker, effort in package.effort.items():
        name = other if worker == role else worker
        has = efforts.get(name)
        efforts[name] = Effort(*(a + b for a, b in zip(has, effort, strict=True))) if has else effort
    return replace(package, effort=Fixed(efforts))
