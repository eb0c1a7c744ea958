"""Bringing a plan in step with its facts: somebody changed a size, a date or an enrolment in the file itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from planner.edit.foreign import foreign
from planner.edit.materialise import materialise
from planner.edit.refused import checked
from planner.model.knowledge import Catalogue
from planner.model.project import Project


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A plan in step with its facts, and the ids of the entries that are others than before."""

    project: Project
    changes: tuple[str, ...]


def refreshed(project: Project, catalogue: Catalogue) -> Refreshed:
    """``project`` with everything that the templates bring in made anew from its facts.

    One that rests on what the templates do not have is left as it is: nothing could be made of it.
    """
    if any(lack.holds for lack in foreign(project, catalogue)):
        return Refreshed(project, ())
    after = materialise(project, catalogue)
    return Refreshed(after, tuple(dict.fromkeys(_changes(project, after))))


def refresh(project: Project, catalogue: Catalogue) -> Project:
    """The edit: ``project`` in step with its facts. Raises Refused."""
    return checked(project, materialise(project, catalogue))


def _changes(before: Project, after: Project) -> Iterator[str]:
    yield from _differing({p.id: p for p in before.packages}, {p.id: p for p in after.packages})
    yield from _differing({p.item: p for p in before.pins}, {p.item: p for p in after.pins})
    yield from _differing({m.id: m for m in before.milestones}, {m.id: m for m in after.milestones})
    yield from _differing({one.id: one for one in before.overheads}, {one.id: one for one in after.overheads})
    links = ({d.key: d for d in project.dependencies} for project in (before, after))
    yield from (f"{item} > {needs}" for item, needs, _type in _differing(*links))


def _differing(before: dict[Any, Any], after: dict[Any, Any]) -> Iterable[Any]:
    """The keys whose entry is another one or on one side only."""
    return [key for key in {**before, **after} if before.get(key) != after.get(key)]
