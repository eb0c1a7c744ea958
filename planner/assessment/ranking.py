"""Which processes to lift first, all in one list: how urgent, what waits for them, what they take."""

from dataclasses import dataclass

from planner.assessment.priority import Priority, priorities
from planner.graph.closure import Need, needs_of
from planner.model.capability import process_of
from planner.model.knowledge import Catalogue
from planner.model.project import Project


@dataclass(frozen=True, slots=True)
class Ranked:
    """A process that the plan works on, and why it stands where it does.

    ``priority``: gap x importance x pain (domain.md §5); None when no target of its own asks for it, then ``pulled_by``
    is the capability that needs it. ``waiting``: the processes whose planned capabilities need one of it, directly or
    through others. ``days``: likely person-days of its work packages.
    """

    process: str
    priority: Priority | None
    pulled_by: str
    waiting: tuple[str, ...]
    days: float

    @property
    def value(self) -> float:
        """The product by which it is ranked; 0 without a target of its own."""
        return self.priority.value if self.priority else 0.0


def ranked(project: Project, catalogue: Catalogue) -> tuple[Ranked, ...]:
    """The most urgent first; of equal ones that for which more waits, then that which takes less work.

    Processes that are only pulled in come last. (That order inside one product is judgement: it unblocks most for
    least.)
    """
    urgent = {priority.process: priority for priority in priorities(project, catalogue)}
    needs = needs_of(project)
    pulled = {process_of(need.item): need.pulled_by for need in reversed(needs.values()) if need.pulled}
    days: dict[str, float] = {}
    for package in project.packages:
        if package.capability:
            process = process_of(package.capability)
            days[process] = days.get(process, 0.0) + package.person_days
    waiting = _waiting(project, needs)
    found = [
        Ranked(
            process.id,
            urgent.get(process.id),
            "" if process.id in urgent else pulled[process.id],
            tuple(other.id for other in project.processes if other.id in waiting.get(process.id, ())),
            days.get(process.id, 0.0),
        )
        for process in project.processes
        if process.id in urgent or process.id in pulled
    ]
    return tuple(sorted(found, key=lambda one: (one.priority is None, -one.value, -len(one.waiting), one.days)))


def _waiting(project: Project, needs: dict[str, Need]) -> dict[str, set[str]]:
    """By process: the others that wait for it, by hard dependencies between what the targets need."""
    direct: dict[str, set[str]] = {}
    for link in project.dependencies:
        if link.strength == "hard" and link.item in needs and link.needs in needs:
            before, after = process_of(link.needs), process_of(link.item)
            if before != after:
                direct.setdefault(before, set()).add(after)
    return {process: _reached(process, direct) for process in direct}


def _reached(begin: str, following: dict[str, set[str]]) -> set[str]:
    """Everything that can be reached from ``begin``, without it."""
    found: set[str] = set()
    queue = {begin}
    while queue := {other for one in queue for other in following.get(one, ())} - found:
        found |= queue
    return found - {begin}
