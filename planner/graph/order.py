"""The order of work as one graph of beginnings, work and ends, and what in it goes in circles.

Plain Python on purpose: every edit asks it whether it would make a circle.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from planner.graph.bitsets import circular, components
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
    number: dict[Node, int] = {}
    steps = [(number.setdefault(arc.before, len(number)), number.setdefault(arc.after, len(number))) for arc in found]
    following: list[list[int]] = [[] for _node in number]
    for before, after in steps:
        following[before].append(after)
    knot = {
        node: place
        for place, component in enumerate(components(following))
        if circular(following, component)
        for node in component
    }
    if not knot:
        return frozenset()
    return frozenset(
        arc
        for arc, (before, after) in zip(found, steps, strict=True)
        if before in knot and knot[before] == knot.get(after)
    )
