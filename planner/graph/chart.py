"""What a picture of dependencies shows: capabilities or processes, and how each two are tied.

Plain values, so that they can be made anywhere and compared.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from planner.graph.closure import needs_of
from planner.graph.critical import critical_path
from planner.graph.network import joined, needless
from planner.model.capability import process_of
from planner.model.project import Project

Pair = tuple[str, str]
"""What is needed, and what needs it."""


@dataclass(frozen=True)
class Chart:
    """Items in plan order and the ties between them: whether hard, by what is needed and what needs it.

    ``pulled``: items that no target asks for, each with what needs it. ``met``: items that stand already.
    ``critical``: those whose work adds up to the shortest possible plan (``critical_path``), in order.
    """

    items: tuple[str, ...]
    ties: Mapping[Pair, bool]
    pulled: Mapping[str, str] = field(default_factory=dict)
    met: frozenset[str] = frozenset()
    critical: tuple[str, ...] = ()

    @cached_property
    def needs(self) -> dict[str, list[str]]:
        """What each item needs directly, in plan order."""
        return self._beside(1)

    @cached_property
    def needed(self) -> dict[str, list[str]]:
        """What needs each item directly, in plan order."""
        return self._beside(0)

    def _beside(self, own: int) -> dict[str, list[str]]:
        place = {item: number for number, item in enumerate(self.items)}
        found: dict[str, list[str]] = {item: [] for item in self.items}
        for ends in self.ties:
            found[ends[own]].append(ends[1 - own])
        return {item: sorted(others, key=lambda other: place[other]) for item, others in found.items()}

    def only(self, items: Collection[str]) -> "Chart":
        """The part with ``items``."""
        return replace(
            self,
            items=tuple(item for item in self.items if item in items),
            ties={ends: hard for ends, hard in self.ties.items() if ends[0] in items and ends[1] in items},
        )

    def least(self) -> "Chart":
        """Without the ties that follow from chains of hard ones."""
        spare = set(needless(self.items, self.ties))
        return replace(self, ties={ends: hard for ends, hard in self.ties.items() if ends not in spare})


def capability_chart(project: Project, met: bool = False) -> Chart:
    """The capabilities of the plan; with ``met`` also those that stand already and that one of them needs."""
    ties = {ends: any(link.hard for link in found) for ends, found in joined(project).items()}
    here = set(project.capabilities)
    standing: dict[str, None] = {}
    for dependency in project.dependencies if met else ():
        needed = dependency.needs
        if dependency.strength != "off" and dependency.item in here and project.stands_at(needed):
            standing[needed] = None
            ties[needed, dependency.item] = ties.get((needed, dependency.item), False) or dependency.strength == "hard"
    standing = {item: None for item in standing if item not in here}
    items = (*standing, *project.capabilities)
    drawn = {*items}
    needs = needs_of(project)
    return Chart(
        items,
        {ends: hard for ends, hard in ties.items() if ends[0] in drawn and ends[1] in drawn},
        {item: needs[item].pulled_by for item in project.capabilities if item in needs and needs[item].pulled},
        frozenset(standing),
        tuple(item for item in critical_path(project) if item in here),
    )


def process_chart(project: Project, met: bool = False) -> Chart:
    """The processes of ``capability_chart``: one is tied to another when one of its capabilities is."""
    chart = capability_chart(project, met)
    place = {process.id: number for number, process in enumerate(project.processes)}
    ties: dict[Pair, bool] = {}
    for (before, after), hard in chart.ties.items():
        ends = process_of(before), process_of(after)
        if ends[0] != ends[1]:
            ties[ends] = ties.get(ends, False) or hard
    items = sorted({process_of(item) for item in chart.items}, key=lambda process: place[process])
    asked = {process_of(item) for item in chart.items if item not in chart.pulled and item not in chart.met}
    built = {process_of(item) for item in chart.items if item not in chart.met}
    return Chart(
        tuple(items),
        ties,
        {process_of(item): process_of(other) for item, other in chart.pulled.items() if process_of(item) not in asked},
        frozenset(process_of(item) for item in chart.met) - built,
        tuple(dict.fromkeys(process_of(item) for item in chart.critical)),
    )
