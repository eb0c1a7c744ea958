"""The order of work as one graph of beginnings, work and ends, and what in it goes in circles.

Plain Python on purpose: every edit asks it whether it would make a circle.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from planner.graph.links import Link, links
from planner.model.project import Project


class Node(NamedTuple):
    """A work package (``work``), or the moment a capability begins (``start``) or is reached (``end``)."""

    item: str
    moment: Literal["start", "work", "end"]


@dataclass(frozen=True, slots=True)
class Arc:
    """``after`` waits for ``before``: because of ``link``, or (None) because one is part of the other."""

    before: Node
    after: Node
    link: Link | None = None


def arcs(project: Project) -> list[Arc]:
    """The order that the plan's hard links set, in plan order.

    A link of whatever type puts its ``needs`` first: two pieces of work each of which waits for some end of
    the other cannot be put in an order by a person, even where dates could be found for them.
    """
    found: list[Arc] = []
    for item in project.capabilities:
        for package in project.packages_of[item]:
            work = Node(package.id, "work")
            found += [Arc(Node(item, "start"), work), Arc(work, Node(item, "end"))]
    packages = project.package_by_id
    for link in links(project):
        if link.hard:
            before = Node(link.needs, "work" if link.needs in packages else "end")
            after = Node(link.item, "work" if link.item in packages else "start")
            found.append(Arc(before, after, link))
    return found


def cyclic(project: Project) -> frozenset[Arc]:
    """The arcs that lie on some circle; empty for a plan that can be put in order."""
    found = arcs(project)
    following: dict[Node, list[Node]] = {}
    for arc in found:
        following.setdefault(arc.before, []).append(arc.after)
    knot = _knots(following)
    return frozenset(arc for arc in found if arc.before in knot and knot[arc.before] == knot.get(arc.after))


def _knots(following: Mapping[Node, list[Node]]) -> dict[Node, int]:
    """The number of the knot for every node that lies on a circle: nodes that reach each other share one.

    Tarjan's strongly connected components, without recursion because chains of work can be long.
    """
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    path: list[Node] = []
    on_path: set[Node] = set()
    knots: dict[Node, int] = {}
    for root in following:
        if root in index:
            continue
        stack = [(root, iter(following[root]))]
        index[root] = low[root] = len(index)
        path.append(root)
        on_path.add(root)
        while stack:
            node, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                stack.pop()
                if stack:
                    low[stack[-1][0]] = min(low[stack[-1][0]], low[node])
                if low[node] == index[node]:
                    members = path[path.index(node) :] if path[-1] != node else [node]
                    del path[-len(members) :]
                    on_path.difference_update(members)
                    if len(members) > 1 or node in following.get(node, ()):
                        knots.update(dict.fromkeys(members, index[node]))
            elif step not in index:
                index[step] = low[step] = len(index)
                path.append(step)
                on_path.add(step)
                stack.append((step, iter(following.get(step, ()))))
            elif step in on_path:
                low[node] = min(low[node], index[step])
    return knots
