"""Queries on bitsets answer as networkx does, on any graph."""

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.graph.bitsets import circular, components, reach, reduced, walked

if TYPE_CHECKING:
    import networkx as nx

SETTINGS = settings(max_examples=80, deadline=None)


@st.composite
def graphs(draw: st.DrawFn, *, circles: bool = True) -> list[list[int]]:
    """Up to 14 nodes and what each leads to; without ``circles`` in a shuffled order that has none."""
    count = draw(st.integers(1, 14))
    nodes = st.integers(0, count - 1)
    steps = draw(st.sets(st.tuples(nodes, nodes), max_size=3 * count))
    if not circles:
        name = draw(st.permutations(range(count)))
        steps = {(name[a], name[b]) for a, b in steps if a < b}
    return [sorted(b for a, b in steps if a == node) for node in range(count)]


def as_networkx(graph: list[list[int]]) -> "nx.DiGraph[int]":
    import networkx as nx

    found: nx.DiGraph[int] = nx.DiGraph()
    found.add_nodes_from(range(len(graph)))
    found.add_edges_from((node, other) for node, following in enumerate(graph) for other in following)
    return found


@SETTINGS
@given(graphs())
def test_reach_is_what_a_walk_comes_to(graph):
    import networkx as nx

    closure = nx.transitive_closure(as_networkx(graph), reflexive=False)
    told = reach(graph)
    for node in range(len(graph)):
        assert [n for n in range(len(graph)) if told[node] >> n & 1] == sorted(closure[node])
        assert walked(graph, node) == set(closure[node])


@SETTINGS
@given(graphs())
def test_components_are_those_of_networkx_and_in_order(graph):
    import networkx as nx

    found = components(graph)
    assert {frozenset(c) for c in found} == {frozenset(c) for c in nx.strongly_connected_components(as_networkx(graph))}
    place = {node: number for number, component in enumerate(found) for node in component}
    assert all(place[other] <= place[node] for node, following in enumerate(graph) for other in following)
    cyclic = {node for cycle in nx.simple_cycles(as_networkx(graph), length_bound=14) for node in cycle}
    assert {node for component in found if circular(graph, component) for node in component} == cyclic


@SETTINGS
@given(graphs(circles=False))
def test_the_reduction_is_that_of_networkx(graph):
    import networkx as nx

    expected = nx.transitive_reduction(as_networkx(graph))
    assert reduced(graph) == [sorted(expected[node]) for node in range(len(graph))]


@SETTINGS
@given(graphs())
def test_a_reduction_with_circles_reaches_the_same_by_steps_of_the_graph(graph):
    import networkx as nx

    least = reduced(graph)
    assert reach(least) == reach(graph)
    knots = nx.condensation(as_networkx(graph))
    knot = knots.graph["mapping"]
    needed = nx.transitive_reduction(knots)
    for node, following in enumerate(graph):
        shown = [other for other in following if knot[other] == knot[node] or needed.has_edge(knot[node], knot[other])]
        assert least[node] == shown


def test_a_long_chain_is_no_matter_of_recursion():
    chain = [[node + 1] for node in range(4999)] + [[]]
    assert [nodes.bit_count() for nodes in reach(chain)] == list(range(4999, -1, -1))
    assert reduced([[*range(node + 1, 200)] for node in range(200)]) == [[node + 1] for node in range(199)] + [[]]
