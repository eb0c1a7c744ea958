"""Dependencies: add, change, remove. With a catalogue the work that a change calls for or spares follows at once."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from planner.edit.materialise import materialise
from planner.edit.refused import Refused, checked
from planner.graph.naming import called
from planner.model.knowledge import Catalogue
from planner.model.project import Dependency, Project
from planner.text.i18n import _

Key = tuple[str, str, str]
"""``Dependency.key``: item, needs, type."""


def add_dependency(project: Project, dependency: Dependency, catalogue: Catalogue | None = None) -> Project:
    """``project`` with ``dependency``; one that was switched off is on again.

    Raises Refused for one that the plan has already and for one that closes a circle (with the ways out).
    """
    added = replace(dependency, source="own")
    held = _by_key(project).get(dependency.key)
    if held and held.strength != "off":
        raise _twice(project, dependency)
    if held:
        return _with(project, (added if d is held else d for d in project.dependencies), catalogue)
    # The catalogue's dependency between the two would give way to the plan's own; as the plan's own it stays beside.
    kept = (
        replace(d, source="own") if (d.item, d.needs) == (added.item, added.needs) else d for d in project.dependencies
    )
    return _with(project, (*kept, added), catalogue)


def change_dependency(project: Project, key: Key, catalogue: Catalogue | None = None, **fields: Any) -> Project:
    """``project`` with some fields of the dependency ``key`` changed; from then on it is the plan's own.

    One of the catalogue that is given other ends stays behind, switched off. Raises Refused.
    """
    held = _held(project, key)
    changed = replace(held, **fields)
    if changed == held:
        return project
    if changed.key != key and changed.key in _by_key(project):
        raise _twice(project, changed)
    changed = replace(changed, source="own")
    dependencies = [changed if d is held else d for d in project.dependencies]
    if (changed.item, changed.needs) != (held.item, held.needs) and _from_catalogue(held, catalogue):
        dependencies.append(replace(held, strength="off", source="own"))
    return _with(project, dependencies, catalogue)


def remove_dependency(project: Project, key: Key, reason: str = "", catalogue: Catalogue | None = None) -> Project:
    """``project`` without the dependency ``key``.

    One of the catalogue stays in the plan, switched off, with ``reason``, so that it does not come back; with
    ``catalogue`` this is also so for one that was changed by hand. Removing one that is off takes that back.
    """
    held = _held(project, key)
    if held.strength != "off" and _from_catalogue(held, catalogue):
        off = replace(held, strength="off", reason=reason or held.reason, source="own")
        return _with(project, (off if d is held else d for d in project.dependencies), catalogue)
    return _with(project, (d for d in project.dependencies if d is not held), catalogue)


def _by_key(project: Project) -> dict[Key, Dependency]:
    return {d.key: d for d in project.dependencies}


def _held(project: Project, key: Key) -> Dependency:
    held = _by_key(project).get(key)
    if held is None:
        raise Refused(_("{item} does not depend on {needs} in that way").format(item=key[0], needs=key[1]))
    return held


def _from_catalogue(dependency: Dependency, catalogue: Catalogue | None) -> bool:
    if dependency.source == "catalogue":
        return True
    ends = (dependency.item, dependency.needs)
    return catalogue is not None and any((known.item, known.needs) == ends for known in catalogue.dependencies)


def _twice(project: Project, dependency: Dependency) -> Refused:
    return Refused(
        _("{item} depends on {needs} already - change that dependency instead").format(
            item=called(project, dependency.item), needs=called(project, dependency.needs)
        )
    )


def _with(project: Project, dependencies: Iterable[Dependency], catalogue: Catalogue | None) -> Project:
    listed = tuple(sorted(dependencies, key=lambda d: d.source == "own"))
    after = checked(project, replace(project, dependencies=listed))
    return checked(project, materialise(after, catalogue)) if catalogue else after
