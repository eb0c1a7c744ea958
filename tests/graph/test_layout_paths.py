"""What lies around an item, and the ways between two."""

from itertools import pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from planner.graph.chart import capability_chart, process_chart
from planner.graph.paths import farthest, neighbourhood, paths
from planner.model.project import Project

NEEDS = {"a": [], "b": ["a"], "c": ["a", "b"], "d": ["c"], "e": ["b"], "lone": []}
NEEDED = {"a": ["b", "c"], "b": ["c", "e"], "c": ["d"], "d": [], "e": [], "lone": []}


def test_the_neighbourhood_grows_by_steps() -> None:
    assert neighbourhood(NEEDS, NEEDED, "b", 1) == {"a", "b", "c", "e"}
    assert neighbourhood(NEEDS, NEEDED, "b", 2) == {"a", "b", "c", "d", "e"}
    assert neighbourhood(NEEDS, NEEDED, "b", None) == {"a", "b", "c", "d", "e"}
    assert neighbourhood(NEEDS, NEEDED, "d", None) == {"a", "b", "c", "d"}
    assert farthest(NEEDS, NEEDED, "b") == 2
    assert farthest(NEEDS, NEEDED, "lone") == 0


def test_the_shortest_way_comes_first() -> None:
    assert paths(NEEDS, "d", "a", 9) == [("d", "c", "a"), ("d", "c", "b", "a")]
    assert paths(NEEDS, "d", "a", 1) == [("d", "c", "a")]
    assert paths(NEEDS, "a", "d", 9) == []
    assert paths(NEEDS, "a", "a", 9) == []


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=16))
def test_all_ways_are_found_as_networkx_finds_them(pairs: list[tuple[int, int]]) -> None:
    """Also in circles; and never a longer one before a shorter."""
    graph = nx.DiGraph(pairs)
    graph.add_nodes_from([0, 6])
    beside = {str(node): sorted(map(str, graph[node])) for node in graph}
    found = paths(beside, "0", "6", 10_000)
    assert sorted(found) == sorted(tuple(map(str, way)) for way in nx.all_simple_paths(graph, 0, 6))
    assert all(len(one) <= len(other) for one, other in pairwise(found))


def test_the_chart_of_a_plan(desk: Project) -> None:
    """Capabilities with their ties; what no target asks for with what needs it; fewer ties say the same."""
    chart = capability_chart(desk)
    assert chart.items == desk.capabilities
    assert chart.ties["incident@2", "incident@3"]
    assert chart.pulled["problem@2"] == "incident@3"
    assert "problem@2" in chart.needs["incident@3"]
    assert "incident@3" in chart.needed["problem@2"]
    least = chart.least()
    assert ("incident@2", "incident@3") not in least.ties
    assert {*least.ties} < {*chart.ties}
    assert chart.only({"problem@2", "incident@3"}).ties == {("problem@2", "incident@3"): True}


def test_processes_need_each_other_in_circles(desk: Project) -> None:
    """What is a chain of capabilities is a tie each way between processes."""
    ties = process_chart(desk).ties
    assert ("incident", "problem") in ties
    assert ("problem", "incident") in ties
    assert not any(one == other for one, other in ties)


def test_what_stands_already_is_drawn_where_asked_for(bank: Project) -> None:
    assert not capability_chart(bank).met
    chart = capability_chart(bank, met=True)
    assert chart.met
    assert all(bank.stands_at(item) and chart.needed[item] for item in chart.met)
