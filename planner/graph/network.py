"""The capability graph of a plan on networkx: who needs whom, generations, the critical path.

An edge leads from what is needed to what needs it. networkx carries the graph with what is known of nodes and edges; it
is imported inside the functions because that takes longer than most commands. Questions about what reaches what are
answered without it (``bitsets``), and circles are found in ``planner.graph.cycles``.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from planner.graph.bitsets import components, reach, reduced, walked
from planner.graph.closure import needs_of
from planner.graph.critical import critical_path
from planner.graph.cycles import Cycle, cycle_if_added, cycles
from planner.graph.links import Link, links
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
    "joined",
    "needless",
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
    for ends, found in joined(project).items():
        link = next((link for link in found if link.hard), found[0])
        strength = "hard" if link.hard else "soft"
        graph.add_edge(*ends, strength=strength, reason=link.reason, type=link.type, origin=link.origin)
    return graph


def joined(project: Project) -> dict[tuple[str, str], tuple[Link, ...]]:
    """The links between each two capabilities, the one that is needed first; those of their packages among them."""
    found: dict[tuple[str, str], list[Link]] = {}
    for link in links(project):
        before, after = capability_of(project, link.needs), capability_of(project, link.item)
        if before and after and before != after:
            found.setdefault((before, after), []).append(link)
    return {ends: tuple(between) for ends, between in found.items()}


def capability_of(project: Project, item: str) -> str:
    """The capability to which ``item`` belongs: itself, or that of the work package; "" for programme work."""
    package = project.package_by_id.get(item)
    return package.capability if package else item


def waves(items: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, int]:
    """For each of ``items`` its place in line: 1 + the longest chain of items that must come before it.

    ``links`` are pairs of what is needed and what needs it; pairs with other ends are ignored. Items that wait
    for each other in a circle share a place, and count once in the chains through them.
    """
    names, needed = _numbered(items, ((after, before) for before, after in links))
    places = [0] * len(names)
    for component in components(needed):
        place = 1 + max((places[other] for member in component for other in needed[member]), default=0)
        for member in component:
            places[member] = place
    return dict(zip(names, places, strict=True))


def generations(project: Project) -> tuple[tuple[str, ...], ...]:
    """The plan's capabilities by how early hard links let them begin, each group in plan order."""
    places = waves(project.capabilities, _pairs(project, hard=True))
    found: list[list[str]] = [[] for _place in range(max(places.values(), default=0))]
    for item, place in places.items():
        found[place - 1].append(item)
    return tuple(map(tuple, found))


def ancestors(project: Project, item: str) -> tuple[str, ...]:
    """The capabilities that ``item`` needs, directly or not, by hard or soft links; in plan order."""
    return _walked(project, item, ((after, before) for before, after in _pairs(project)))


def descendants(project: Project, item: str) -> tuple[str, ...]:
    """The capabilities that need ``item``, directly or not, by hard or soft links; in plan order."""
    return _walked(project, item, _pairs(project))


def reduction(project: Project) -> "Graph":
    """``build`` without the edges that follow from chains of hard ones. Edges on a circle all stay."""
    graph = build(project)
    graph.remove_edges_from(needless(graph, {pair: graph.edges[pair]["strength"] == "hard" for pair in graph.edges}))
    return graph


def needless(items: Iterable[str], ties: Mapping[tuple[str, str], bool]) -> list[tuple[str, str]]:
    """Those of ``ties`` (whether hard, by what is needed and what needs it) that follow from chains of hard ones."""
    hard = [pair for pair in ties if ties[pair]]
    names, following = _numbered(items, hard)
    number = {name: place for place, name in enumerate(names)}
    reached = reach(following)
    least = {(names[node], names[other]) for node, kept in enumerate(reduced(following)) for other in kept}

    def implied(before: str, after: str) -> bool:
        """Whether hard edges lead from one to the other, and not back."""
        return bool(reached[number[before]] >> number[after] & 1 and not reached[number[after]] >> number[before] & 1)

    return [pair for pair in ties if pair not in least and (ties[pair] or implied(*pair))]


def _pairs(project: Project, *, hard: bool = False) -> Iterator[tuple[str, str]]:
    """What is needed and what needs it, as capabilities; by hard links only, or by all."""
    for link in links(project):
        before, after = capability_of(project, link.needs), capability_of(project, link.item)
        if before and after and before != after and (link.hard or not hard):
            yield before, after


def _numbered(items: Iterable[str], steps: Iterable[tuple[str, str]]) -> tuple[list[str], list[list[int]]]:
    """``items``, each once, and for each the numbers of those to which ``steps`` lead from it."""
    names = [*dict.fromkeys(items)]
    number = {name: place for place, name in enumerate(names)}
    following: list[set[int]] = [set() for _name in names]
    for one, other in steps:
        if one in number and other in number and one != other:
            following[number[one]].add(number[other])
    return names, [sorted(found) for found in following]


def _walked(project: Project, item: str, steps: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The capabilities to which ``steps`` lead from that of ``item``, without itself."""
    begin = capability_of(project, item)
    names, following = _numbered(project.capabilities, steps)
    if begin not in names:
        return ()
    found = walked(following, names.index(begin))
    return tuple(name for place, name in enumerate(names) if place in found and name != begin)
