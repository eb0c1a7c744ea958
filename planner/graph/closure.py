"""Which capabilities a plan must build: those its targets name and all that they need.

Plain Python on purpose: it runs at every start and edit, and networkx takes longer to import than this to run.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from planner.model.capability import capability, level_of, process_of, split
from planner.model.project import ProcessScope, Project
from planner.model.values import HIGHEST


class Link(Protocol):
    """A dependency of a plan or of the catalogue."""

    @property
    def item(self) -> str: ...
    @property
    def needs(self) -> str: ...
    @property
    def strength(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Need:
    """Why a capability must be built: its own target, or (``pulled_by``) a capability that needs it.

    ``whole``: something needs the capability as such, so every dimension that does not stand is built, also
    one for which the process's own target asks less.
    """

    item: str
    pulled_by: str = ""
    reason: str = ""
    whole: bool = False

    @property
    def pulled(self) -> bool:
        """Whether no target asks for it."""
        return bool(self.pulled_by)


def wanted(process: ProcessScope) -> list[int]:
    """The levels that a process's own targets ask for: above the baseline of some dimension.

    A process out of scope asks for none; its targets wait until it is in scope again.
    """
    if not process.in_scope:
        return []
    return [
        level
        for level in range(2, HIGHEST + 1)
        if any(process.baseline[d] < level <= process.target.get(d, 1) for d in process.baseline)
    ]


def closure(processes: Sequence[ProcessScope], links: Iterable[Link]) -> dict[str, Need]:
    """Every capability to be built, by hard links from the targets down to what stands today.

    A capability that is needed as such needs the level below it, too; one that only lifts some dimensions
    (those whose target is above the others') stands on these dimensions alone.
    The order is that of ``processes``, then level: it does not depend on the order of ``links``.
    Of several capabilities that pull one in, the nearest to a target is named, then the first by name.
    """
    level_now = {process.id: process.level for process in processes}
    prerequisites: dict[str, list[tuple[str, str]]] = {}
    for link in links:
        if link.strength == "hard" and split(link.item) and split(link.needs):
            reason = getattr(link, "reason", "")
            prerequisites.setdefault(link.item, []).append((link.needs, reason if isinstance(reason, str) else ""))
    found: dict[str, Need] = {}
    queue: deque[str] = deque()
    for process in processes:
        for level in wanted(process):
            item = capability(process.id, level)
            found[item] = Need(item, whole=process.target_level >= level)
            queue.append(item)
    while queue:
        item = queue.popleft()
        process_id, level = process_of(item), level_of(item)
        below = [(capability(process_id, level - 1), "")] if level > 2 and found[item].whole else []
        for needed, reason in [*below, *sorted(prerequisites.get(item, ()))]:
            if level_of(needed) <= level_now.get(process_of(needed), 1):
                continue
            if needed not in found:
                found[needed] = Need(needed, pulled_by=item, reason=reason, whole=True)
            elif not found[needed].whole:
                found[needed] = replace(found[needed], whole=True)
            else:
                continue
            queue.append(needed)
    order = {process.id: index for index, process in enumerate(processes)}
    return dict(sorted(found.items(), key=lambda pair: (order.get(process_of(pair[0]), len(order)), level_of(pair[0]))))


def needs_of(project: Project) -> dict[str, Need]:
    """The closure of a plan over its own dependencies."""
    return closure(project.processes, project.dependencies)


def missing(project: Project) -> dict[str, Need]:
    """Capabilities that the plan's targets need but for which it has no work package."""
    return {item: need for item, need in needs_of(project).items() if item not in project.packages_of}


def levels_required(needs: Iterable[str]) -> dict[str, int]:
    """The highest level of each process among capabilities."""
    levels: dict[str, int] = {}
    for item in needs:
        levels[process_of(item)] = max(levels.get(process_of(item), 0), level_of(item))
    return levels
