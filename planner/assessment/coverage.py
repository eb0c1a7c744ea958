"""Which clauses of a standard have evidence: now, and at the end of each phase of the roadmap.

A clause is covered when every capability that gives evidence for it is reached, with all its work done. One that is
reached only in part does not count (domain.md §7.1: nothing can be tailored out).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from planner.assessment.dates import finish_of
from planner.graph.closure import needs_of
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue
from planner.model.known.standards import Clause, Standard
from planner.model.project import Project


@dataclass(frozen=True, slots=True)
class ClauseCoverage:
    """A clause, the capabilities that give evidence for it (``items``) and those of them that stand today.

    ``now``: it is covered today. ``phase``: the one at whose end it is covered first, when not now; ``""`` for never.
    A clause with sub-clauses takes the items of these.
    """

    clause: Clause
    items: tuple[str, ...]
    standing: tuple[str, ...]
    now: bool
    phase: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The clauses of a standard in order, and how many of those that have no sub-clauses are covered.

    ``total`` is how many there are, ``now`` how many are covered today, ``after`` how many at the end of each phase.
    """

    standard: Standard
    clauses: tuple[ClauseCoverage, ...]
    total: int
    now: int
    after: Mapping[str, int]

    def share(self, phase: str = "") -> float:
        """The part that is covered at the end of ``phase``, today without one: 0 to 1."""
        covered = self.after[phase] if phase else self.now
        return covered / self.total if self.total else 0.0


def coverage(project: Project, catalogue: Catalogue, standard_id: str) -> Coverage:
    """How far the plan covers a standard. Raises KeyError for one that the catalogue does not have."""
    standard = {standard.id: standard for standard in catalogue.standards}[standard_id]
    wanted = {item for clause in standard.clauses for item in clause.items}
    whole = {need.item for need in needs_of(project).values() if need.whole}
    reached = {item: index for item in wanted if (index := _reached(project, item, whole)) is not None}
    clauses = tuple(_clause(project, standard, clause, reached) for clause in standard.clauses)
    own = [part for part in clauses if part.clause.items]
    covered = [_covered(part.clause.items, reached) for part in own]
    after = {
        phase.id: sum(index is not None and index <= number for index in covered)
        for number, phase in enumerate(project.phases, 1)
    }
    return Coverage(standard, clauses, len(own), sum(index == 0 for index in covered), after)


def edition(project: Project, catalogue: Catalogue) -> Standard | None:
    """The standard to look at: that of the plan's first certification, else the newest that is not withdrawn."""
    known = {standard.id: standard for standard in catalogue.standards}
    aims = [known[goal.standard] for goal in project.certifications if goal.standard in known]
    valid = [standard for standard in catalogue.standards if standard.withdrawn is None]
    return next(iter([*aims, *reversed(valid)]), None)


def tailored_out(
    project: Project, catalogue: Catalogue, standard_id: str
) -> tuple[tuple[Clause, tuple[str, ...]], ...]:
    """The clauses for which the plan does not even aim at evidence, each with the capabilities that it lacks.

    Their process is not in the plan, is out of scope or is to stay below the level. Raises KeyError as ``coverage``.
    """
    standard = {standard.id: standard for standard in catalogue.standards}[standard_id]
    found = ((clause, tuple(item for item in clause.items if not _aimed(project, item))) for clause in standard.clauses)
    return tuple((clause, lacking) for clause, lacking in found if lacking)


def _aimed(project: Project, item: str) -> bool:
    process = project.process_by_id.get(process_of(item))
    return process is not None and process.in_scope and process.target_level >= level_of(item)


def _clause(project: Project, standard: Standard, clause: Clause, reached: Mapping[str, int]) -> ClauseCoverage:
    items = standard.items_of(clause)
    index = _covered(items, reached)
    return ClauseCoverage(
        clause,
        items,
        tuple(item for item in items if project.stands_at(item)),
        now=index == 0,
        phase=project.phases[index - 1].id if index else "",
    )


def _covered(items: Iterable[str], reached: Mapping[str, int]) -> int | None:
    """After how many phases all of ``items`` are reached; None for never, or when there are none."""
    found = [reached.get(item) for item in items]
    known = [index for index in found if index is not None]
    return max(known) if known and len(known) == len(found) else None


def _reached(project: Project, item: str, whole: Collection[str]) -> int | None:
    """After how many phases a capability is reached: 0 when it stands, None when never.

    ``whole`` are those that the plan builds in all dimensions: work that lifts only some of them reaches nothing, as
    the process stays below.
    """
    if project.stands_at(item):
        return 0
    roadmap = project.roadmap
    if roadmap is None or item not in whole or finish_of(project, roadmap, item) is None:
        return None
    number = {phase.id: index for index, phase in enumerate(project.phases, 1)}
    phases = [number.get(roadmap.packages[package.id].phase) for package in project.packages_of[item]]
    known = [index for index in phases if index is not None]
    return max(known) if len(known) == len(phases) else None
