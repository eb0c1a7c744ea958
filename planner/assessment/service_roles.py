"""The grid of service roles with its score, and who owns which processes (domain.md §8.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.model.capability import process_of
from planner.model.knowledge import Catalogue
from planner.model.project import ProcessScope, Project


@dataclass(frozen=True, slots=True)
class RoleScore:
    """A row of the grid. ``score`` counts the attributes that exist, of ``most`` that there could be."""

    id: str
    name: str
    line: str
    post: str
    has: tuple[str, ...]
    most: int

    @property
    def score(self) -> int:
        """How many of the attributes exist."""
        return len(self.has)


@dataclass(frozen=True, slots=True)
class GridScore:
    """All rows together."""

    score: int
    most: int

    @property
    def share(self) -> float:
        """How much of the grid is filled, 0 to 1; 0 for an empty one."""
        return self.score / self.most if self.most else 0.0


@dataclass(frozen=True, slots=True)
class OwnerLoad:
    """The stretch of days in which most of an owner's capabilities are in change at once.

    ``post`` is the owner's (the first one of somebody who holds several); ``capabilities`` are those in change then.
    """

    post: str
    start: date
    finish: date
    capabilities: tuple[str, ...]


def grid(project: Project, catalogue: Catalogue) -> tuple[RoleScore, ...]:
    """Every service role of the catalogue as it stands in the plan, then those that only the plan knows."""
    language = project.engagement.language
    attributes = [attribute.id for attribute in catalogue.role_attributes]
    held = {row.id: row for row in project.service_roles}
    known = {role.id: role for role in catalogue.service_roles}
    rows = []
    for ident in dict.fromkeys((*known, *held)):
        row, role = held.get(ident), known.get(ident)
        rows.append(
            RoleScore(
                id=ident,
                name=row.name if row else known[ident].name.in_(language),
                line=role.line.in_(language) if role else "",
                post=row.post if row else "",
                has=tuple(attribute for attribute in attributes if row and attribute in row.has),
                most=len(attributes),
            )
        )
    return tuple(rows)


def total(rows: Iterable[RoleScore]) -> GridScore:
    """The score of all ``rows``."""
    rows = tuple(rows)
    return GridScore(sum(row.score for row in rows), sum(row.most for row in rows))


def ownerless(project: Project) -> tuple[ProcessScope, ...]:
    """The processes on which the plan works and that nobody owns, in plan order."""
    worked = {process_of(item) for item in project.capabilities}
    return tuple(process for process in project.processes if process.id in worked and not process.owner)


def owner_load(project: Project) -> tuple[OwnerLoad, ...]:
    """For each owner the first time at which most of the capabilities that they own are in change, busiest first.

    A capability is in change from the first start to the last finish of its packages in the roadmap. Posts with the
    same holder are one owner. Nothing without a roadmap.
    """
    spans: dict[str, dict[str, tuple[date, date]]] = {}
    for item, span in _spans(project).items():
        owner = _owner(project, project.process_by_id[process_of(item)].owner)
        if owner:
            spans.setdefault(owner, {})[item] = span
    loads = [_busiest(owner, mine) for owner, mine in spans.items()]
    return tuple(sorted(loads, key=lambda load: (-len(load.capabilities), load.start, load.post)))


def _owner(project: Project, post_id: str) -> str:
    """The first post of whoever is on ``post_id``."""
    holder = next((post.holder for post in project.posts if post.id == post_id), "")
    return next((post.id for post in project.posts if holder and post.holder == holder), post_id)


def _spans(project: Project) -> dict[str, tuple[date, date]]:
    placed = project.roadmap.packages if project.roadmap else {}
    found = {}
    for item in project.capabilities:
        places = [placed[package.id] for package in project.packages_of[item] if package.id in placed]
        if places and process_of(item) in project.process_by_id:
            found[item] = (min(place.start for place in places), max(place.finish for place in places))
    return found


def _busiest(owner: str, spans: dict[str, tuple[date, date]]) -> OwnerLoad:
    """The number in change only rises on a day on which one begins, so those days are enough to look at."""

    def at(day: date) -> tuple[str, ...]:
        return tuple(item for item, (start, finish) in spans.items() if start <= day <= finish)

    day = min((start for start, _finish in spans.values()), key=lambda start: (-len(at(start)), start))
    changing = at(day)
    return OwnerLoad(owner, day, min(spans[item][1] for item in changing), changing)
