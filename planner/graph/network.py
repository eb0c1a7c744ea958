"""The capability graph of a plan on networkx: who needs whom, generations, the critical path.

An edge leads from what is needed to what needs it. networkx is imported inside the functions because that
takes longer than most commands; circles are found without it, in ``planner.graph.cycles``.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from planner.graph.closure import needs_of
from planner.graph.critical import critical_path
from planner.graph.cycles import Cycle, cycle_if_added, cycles
from planner.graph.links import links
from planner.model.capability import level_of, process_of
from planner.model.project import Project

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.DiGraph[str]

__all__ = [
    "Cycle",
    "ancestors",
    "build",
    "critical_path",
    "cycle_if_added",
    "cycles",
    "descendants",
    "generations",
    "reduction",
    "waves",
]


def build(project: Project) -> "Graph":
    """The plan's capabilities with ``process``, ``level`` and ``pulled`` (what pulled it in, or "").

    Edges have ``strength``, ``reason``, ``type`` and ``origin`` (see ``links.Link``). A link between packages of two
    capabilities counts for these; of several links between two capabilities a hard one is shown, then the first.
    """
    import networkx as nx

    graph: Graph = nx.DiGraph()
    needs = needs_of(project)
    for item in project.capabilities:
        pulled = needs[item].pulled_by if item in needs else ""
        graph.add_node(item, process=process_of(item), level=level_of(item), pulled=pulled)
    for link in links(project):
        before, after = capability_of(project, link.needs), capability_of(project, link.item)
        if not before or not after or before == after:
            continue
        if not graph.has_edge(before, after) or (link.hard and graph.edges[before, after]["strength"] == "soft"):
            strength = "hard" if link.hard else "soft"
            graph.add_edge(before, after, strength=strength, reason=link.reason, type=link.type, origin=link.origin)
    return graph


def capability_of(project: Project, item: str) -> str:
    """The capability to which ``item`` belongs: itself, or that of the work package; "" for programme work."""
    package = project.package_by_id.get(item)
    return package.capability if package else item


def waves(items: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, int]:
    """For each of ``items`` its place in line: 1 + the longest chain of items that must come before it.

    ``links`` are pairs of what is needed and what needs it; pairs with other ends are ignored. Items that wait
    for each other in a circle share a place, each counting once in the chains through them.
    """
    import networkx as nx

    graph: Graph = nx.DiGraph()
    graph.add_nodes_from(items)
    graph.add_edges_from(pair for pair in links if pair[0] in graph and pair[1] in graph)
    knots = nx.condensation(graph)
    found = {
        item: number
        for number, generation in enumerate(nx.topological_generations(knots), start=1)
        for knot in generation
        for item in knots.nodes[knot]["members"]
    }
    return {item: found[item] for item in graph}


def generations(project: Project) -> tuple[tuple[str, ...], ...]:
    """The plan's capabilities by how early hard links let them begin, each group in plan order."""
    graph = build(project)
    hard = [pair for pair in graph.edges if graph.edges[pair]["strength"] == "hard"]
    places = waves(project.capabilities, hard)
    return tuple(
        tuple(item for item in places if places[item] == number)
        for number in range(1, max(places.values(), default=0) + 1)
    )


def ancestors(project: Project, item: str) -> tuple[str, ...]:
    """The capabilities that ``item`` needs, directly or not, by hard or soft links; in plan order."""
    import networkx as nx

    graph = build(project)
    start = capability_of(project, item)
    return _in_plan_order(project, nx.ancestors(graph, start) if start in graph else ())


def descendants(project: Project, item: str) -> tuple[str, ...]:
    """The capabilities that need ``item``, directly or not, by hard or soft links; in plan order."""
    import networkx as nx

    graph = build(project)
    start = capability_of(project, item)
    return _in_plan_order(project, nx.descendants(graph, start) if start in graph else ())


def reduction(project: Project) -> "Graph":
    """``build`` without the edges that follow from chains of hard ones. Edges on a circle all stay."""
    import networkx as nx

    graph = build(project)
    hard: Graph = nx.DiGraph()
    hard.add_nodes_from(graph)
    hard.add_edges_from(pair for pair in graph.edges if graph.edges[pair]["strength"] == "hard")
    knots = nx.condensation(hard)
    knot_of = knots.graph["mapping"]
    least = nx.transitive_reduction(knots)
    reach = nx.transitive_closure_dag(knots)

    def shown(before: str, after: str) -> bool:
        pair = knot_of[before], knot_of[after]
        if pair[0] == pair[1]:
            return True
        return least.has_edge(*pair) if hard.has_edge(before, after) else not reach.has_edge(*pair)

    graph.remove_edges_from([pair for pair in graph.edges if not shown(*pair)])
    return graph


def _in_plan_order(project: Project, items: Iterable[str]) -> tuple[str, ...]:
    found = set(items)
    return tuple(item for item in project.capabilities if item in found)
