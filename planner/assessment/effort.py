"""How much work and money a plan takes, and how that stands against what was agreed (domain.md §4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from planner.model.context import Overhead
from planner.model.project import Project, WorkPackage
from planner.model.values import WORKSTREAMS, Effort

NOTHING = Effort(0, 0, 0)
"""No person-days."""


@dataclass(frozen=True, slots=True)
class Load:
    """Person-days of one overhead, as a triangular estimate."""

    overhead: Overhead
    effort: Effort


@dataclass(frozen=True, slots=True)
class Against:
    """``planned`` against what was ``agreed``, both in the same unit; ``agreed`` is None when nothing was."""

    planned: float
    agreed: float | None

    @property
    def over(self) -> float:
        """By how much the plan exceeds what was agreed; below zero: what is left. Zero when nothing was agreed."""
        return self.planned - self.agreed if self.agreed is not None else 0.0

    @property
    def part(self) -> float | None:
        """The plan as a part of what was agreed (1.0: just that); None when nothing was, or nothing at all."""
        return self.planned / self.agreed if self.agreed else None


def total(packages: Iterable[WorkPackage]) -> Effort:
    """Person-days of all roles in ``packages``, overheads not counted."""
    return _sum(effort for package in packages for effort in package.effort.values())


def by_workstream(project: Project) -> dict[str, Effort]:
    """Person-days of each workstream, in the order in which every view shows them."""
    return {
        workstream: total(package for package in project.packages if package.workstream == workstream)
        for workstream in WORKSTREAMS
    }


def by_role(project: Project) -> dict[str, Effort]:
    """Person-days of each role that works in the plan, by id, in plan order."""
    found = {
        role.id: _sum(package.effort[role.id] for package in project.packages if role.id in package.effort)
        for role in project.roles
    }
    return {role: effort for role, effort in found.items() if effort != NOTHING}


def by_phase(project: Project) -> dict[str, Effort]:
    """Person-days of each phase, by id, in plan order; under ``""`` those of packages that have no place yet."""
    placed = project.roadmap.packages if project.roadmap else {}
    phases = {package.id: place.phase for package in project.packages if (place := placed.get(package.id))}
    found = {
        phase: total(package for package in project.packages if phases.get(package.id, "") == phase)
        for phase in (*project.phase_by_id, "")
    }
    return {phase: effort for phase, effort in found.items() if phase or effort != NOTHING}


def overheads(project: Project) -> tuple[Load, ...]:
    """What runs beside everything: each a share of the person-days of all packages, not of one another."""
    base = total(project.packages)
    return tuple(Load(overhead, Effort(*(days * overhead.share for days in base))) for overhead in project.overheads)


def in_all(project: Project) -> Effort:
    """Person-days of all packages and overheads."""
    return _sum([total(project.packages), *(load.effort for load in overheads(project))])


def effort_against(project: Project) -> Against:
    """Likely person-days in all against those that were agreed."""
    return Against(in_all(project).likely, project.governance.effort)


def cost(project: Project) -> float:
    """Money that work packages and milestones cost beside their effort, in the currency of the agreement."""
    return sum(package.cost for package in project.packages) + sum(stone.cost for stone in project.milestones)


def cost_against(project: Project) -> Against:
    """Money that the plan costs against the budget that was agreed."""
    return Against(cost(project), project.governance.budget)


def _sum(efforts: Iterable[Effort]) -> Effort:
    low = likely = high = 0.0
    for effort in efforts:
        low, likely, high = low + effort.low, likely + effort.likely, high + effort.high
    return Effort(low, likely, high)
