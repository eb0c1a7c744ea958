"""Everything that says "this before that" in a plan, as one list.

Four things order work: dependencies of the plan, the levels of one process, the places of packages inside
their capability, and phases; the first three are links. Ends are capabilities or work packages that the
plan delivers; a dependency on something else holds already, or is reported by ``planner.checks``.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from planner.model.capability import capability, level_of, process_of
from planner.model.project import Project
from planner.model.values import LinkType

Origin = Literal["dependency", "level", "stage"]


@dataclass(frozen=True, slots=True)
class Link:
    """``item`` waits for ``needs``; see ``model.Dependency`` for ``type``.

    ``lag`` is in working days; ``weeks`` (only of level links) in calendar weeks of stabilisation.
    A soft link may be broken; a proposal counts how many are.
    """

    needs: str
    item: str
    type: LinkType = "finish-start"
    lag: int = 0
    weeks: int = 0
    hard: bool = True
    reason: str = ""
    origin: Origin = "dependency"


def links(project: Project) -> list[Link]:
    """All links between items of the plan, dependencies first, in plan order."""
    here = {*project.packages_of, *project.package_by_id}
    found = [
        Link(d.needs, d.item, d.type, d.lag, hard=d.strength == "hard", reason=d.reason)
        for d in project.dependencies
        if d.strength != "off" and d.item in here and d.needs in here
    ]
    by_process: dict[str, list[int]] = {}
    for item in project.capabilities:
        by_process.setdefault(process_of(item), []).append(level_of(item))
    for process, levels in by_process.items():
        levels.sort()
        for low, high in pairwise(levels):
            found.append(
                Link(
                    capability(process, low),
                    capability(process, high),
                    weeks=project.limits.settle(low),
                    origin="level",
                )
            )
    for package in project.packages:
        found += [Link(other, package.id, origin="stage") for other in package.after if other in here]
        found += [
            Link(other, package.id, "start-start", origin="stage") for other in package.alongside if other in here
        ]
    return found
