"""What reaches what in a graph of numbered nodes, as Python integers with one bit a node.

A graph is given by what each node leads to. Joining two sets is one operation on whole integers, so that all pairs of
10,000 nodes take about 0.05 s where walking the graph from every node takes half a minute (``benchmarks/scale.py``).
"""

from collections.abc import Collection, Sequence

Graph = Sequence[Collection[int]]
"""For each node, by its number, the nodes to which it leads."""


def components(graph: Graph) -> list[list[int]]:
    """The strongly connected components, each after all those it leads to (Tarjan, iterative)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    on_stack: set[int] = set()
    stack: list[int] = []
    found: list[list[int]] = []
    for root in range(len(graph)):
        if root in index:
            continue
        work = [(root, iter(sorted(graph[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, following = work[-1]
            nxt = next(following, None)
            if nxt is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        component.append(member)
                        if member == node:
                            break
                    found.append(sorted(component))
            elif nxt not in index:
                index[nxt] = low[nxt] = len(index)
                stack.append(nxt)
                on_stack.add(nxt)
                work.append((nxt, iter(sorted(graph[nxt]))))
            elif nxt in on_stack:
                low[node] = min(low[node], index[nxt])
    return found


def circular(graph: Graph, component: Sequence[int]) -> bool:
    """Whether a strongly connected component is a circle: more than one node, or one that leads to itself."""
    return len(component) > 1 or component[0] in graph[component[0]]


def reach(graph: Graph) -> list[int]:
    """For each node all those it leads to in one step or more, as bits; itself only where it lies on a circle."""
    found = [0] * len(graph)
    for component in components(graph):
        nodes = 0
        for member in component:
            for node in graph[member]:
                nodes |= found[node] | 1 << node
        for member in component:
            nodes |= found[member]
        if circular(graph, component):
            for member in component:
                nodes |= 1 << member
        for member in component:
            found[member] = nodes
    return found


def reduced(graph: Graph) -> list[list[int]]:
    """The fewest steps by which each node still reaches the same: the transitive reduction, ascending.

    Steps inside a circle all stay, and of a circle each of several ways out that lead to different nodes.
    """
    order = components(graph)
    place = [0] * len(graph)
    for number, component in enumerate(order):
        for member in component:
            place[member] = number
    found: list[list[int]] = [[] for _node in graph]
    below = reach(graph)
    for component in order:
        kept: set[int] = set()  # the components to which a step must lead
        covered = 0
        for other in sorted(
            {place[n] for member in component for n in graph[member]} - {place[component[0]]}, reverse=True
        ):
            first = order[other][0]
            if not covered >> first & 1:
                kept.add(other)
                covered |= below[first] | 1 << first
        kept.add(place[component[0]])
        for member in component:
            found[member] = sorted(node for node in graph[member] if place[node] in kept)
    return found


def walked(graph: Graph, start: int) -> set[int]:
    """All nodes to which ``start`` leads in one step or more: for one node alone this is less work than ``reach``."""
    found: set[int] = set()
    left = [start]
    while left:
        fresh = [node for node in graph[left.pop()] if node not in found]
        found.update(fresh)
        left += fresh
    return found
