"""Circles in the order of work: found, told as a path of names, opened."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.graph.network import cycle_if_added, cycles
from planner.graph.order import cyclic
from planner.model.project import Dependency, Engagement, ProcessScope, Project, WorkPackage
from planner.model.values import Duration, Fixed


def levels(n: int) -> Fixed[str, int]:
    return Fixed({"people": n, "process": n, "tech": n})


def work(ident: str, capability: str, after: tuple[str, ...] = ()) -> WorkPackage:
    days = Duration(1, 2, 3)
    return WorkPackage(id=ident, name=ident, capability=capability, workstream="process", days=days, after=after)


def needs(item: str, other: str, **fields: object) -> Dependency:
    return Dependency(item=item, needs=other, **fields)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def pair() -> Project:
    """Change and Config, both to level 3, without any dependency."""
    return Project(
        engagement=Engagement(name="Pair", start=date(2027, 1, 4)),
        processes=(
            ProcessScope(id="change", name="Change", baseline=levels(1), target=levels(3)),
            ProcessScope(id="config", name="Config", baseline=levels(1), target=levels(3)),
        ),
        packages=(
            work("change-2", "change@2"),
            work("change-3", "change@3"),
            work("change-3-live", "change@3", after=("change-3",)),
            work("config-2", "config@2"),
            work("config-3", "config@3"),
        ),
    )


def with_(project: Project, *dependencies: Dependency) -> Project:
    return replace(project, dependencies=dependencies)


def test_going_in_turns_is_no_circle(pair: Project) -> None:
    plan = with_(pair, needs("change@3", "config@2"), needs("config@3", "change@2"))
    assert cycles(plan) == ()
    assert cycle_if_added(plan, needs("config@3", "change@3")) is None


def test_a_circle_is_a_path_of_names_with_ways_out(pair: Project) -> None:
    plan = with_(pair, needs("change@3", "config@3"))
    cycle = cycle_if_added(plan, needs("config@3", "change@3"))
    assert cycle is not None
    plan = with_(pair, needs("change@3", "config@3"), needs("config@3", "change@3"))
    assert cycles(plan) == (cycle,)
    assert cycle.items == ("config@3", "change@3", "config@3")
    assert cycle.describe(plan) == "Config 3 needs Change 3, which needs Config 3"
    assert cycle.ways_out == (
        'do without "Config 3 needs Change 3", or make it soft',
        "let Config 3 need Change 2 instead of Change 3",
        'do without "Change 3 needs Config 3", or make it soft',
        "let Change 3 need Config 2 instead of Config 3",
    )


def test_a_circle_through_levels(pair: Project) -> None:
    plan = with_(pair, needs("change@2", "config@3"), needs("config@2", "change@2"))
    (cycle,) = cycles(plan)
    assert cycle.describe(plan) == "Config 2 needs Change 2, which needs Config 3, which builds on Config 2"
    assert cycle.items == ("config@2", "change@2", "config@3", "config@2")
    # Config 2 needs Change 2 as well, so letting Change 2 need Config 2 would not open it.
    assert [way for way in cycle.ways_out if way.startswith("let")] == []


def test_a_way_out_is_offered_only_if_the_plan_has_the_lower_level(pair: Project) -> None:
    gone = replace(pair, packages=tuple(p for p in pair.packages if p.capability != "config@2"))
    plan = with_(gone, needs("change@3", "config@3"), needs("config@3", "change@3"))
    (cycle,) = cycles(plan)
    assert [way for way in cycle.ways_out if way.startswith("let")] == [
        "let Config 3 need Change 2 instead of Change 3",
    ]
    standing = replace(plan, processes=(plan.processes[0], replace(plan.processes[1], baseline=levels(2))))
    assert "let Change 3 need Config 2 instead of Config 3" in cycles(standing)[0].ways_out


def test_removing_one_of_two_parallel_dependencies_is_no_way_out(pair: Project) -> None:
    plan = with_(
        pair,
        needs("change@3", "config@3"),
        needs("config@3", "change@3"),
        needs("config@3", "change@3", type="start-start"),
    )
    ways = [way for cycle in cycles(plan) for way in cycle.ways_out]
    assert not any("Config 3 needs Change 3" in way for way in ways)
    assert 'do without "Change 3 needs Config 3", or make it soft' in ways


def test_the_way_out_says_what_the_targets_no_longer_need(pair: Project) -> None:
    processes = (pair.processes[0], replace(pair.processes[1], target=levels(1)))
    plan = with_(replace(pair, processes=processes), needs("change@3", "config@2"), needs("config@2", "change@3"))
    (cycle,) = cycles(plan)
    assert (
        'do without "Change 3 needs Config 2", or make it soft (then the targets no longer need Config 2)'
        in cycle.ways_out
    )


def test_soft_and_switched_off_dependencies_make_no_circle(pair: Project) -> None:
    plan = with_(pair, needs("change@3", "config@3"))
    assert cycle_if_added(plan, needs("config@3", "change@3", strength="soft")) is None
    assert cycle_if_added(plan, needs("config@3", "change@3", strength="off")) is None
    assert cycle_if_added(plan, needs("config@3", "change@3", type="finish-finish")) is not None


def test_a_circle_between_packages_of_two_capabilities(pair: Project) -> None:
    plan = with_(pair, needs("config-3", "change-3-live"), needs("change@3", "config@3"))
    (cycle,) = cycles(plan)
    assert cycle.describe(plan) == (
        "Change 3 needs Config 3, which includes config-3, which needs change-3-live, which is part of Change 3"
    )
    assert cycle.items == ("change@3", "config@3", "config-3", "change-3-live", "change@3")


def test_a_circle_of_packages_inside_a_capability(pair: Project) -> None:
    packages = tuple(replace(p, after=("change-3-live",)) if p.id == "change-3" else p for p in pair.packages)
    plan = replace(pair, packages=packages)
    (cycle,) = cycles(plan)
    assert cycle.items == ("change-3-live", "change-3", "change-3-live")
    assert cycle.describe(plan) == "change-3-live comes after change-3, which comes after change-3-live"
    assert cycle.ways_out == (
        "take change-3 out of what change-3-live waits for",
        "take change-3-live out of what change-3 waits for",
    )


def test_only_the_new_circle_is_told(pair: Project) -> None:
    plan = with_(pair, needs("change@2", "config@2"), needs("config@2", "change@2"))
    assert cycle_if_added(plan, needs("change@3", "config@3")) is None
    cycle = cycle_if_added(plan, needs("config@2", "change@3"))
    assert cycle is not None
    assert cycle.items == ("config@2", "change@3", "change@2", "config@2")


def test_a_long_chain_needs_no_recursion() -> None:
    n = 3000
    packages = tuple(work(f"w{i}", "", after=(f"w{i - 1}",) if i else (f"w{n - 1}",)) for i in range(n))
    plan = Project(engagement=Engagement(name="Long", start=date(2027, 1, 4)), packages=packages)
    assert len(cyclic(plan)) == n


@st.composite
def tangles(draw: st.DrawFn) -> Project:
    ids = [f"p{n}" for n in range(draw(st.integers(2, 7)))]
    caps = [f"{ident}@{level}" for ident in ids for level in (2, 3)]
    ends = [*caps, *(f"w-{item.replace('@', '-')}" for item in caps)]
    pairs = draw(st.lists(st.tuples(st.sampled_from(ends), st.sampled_from(ends)), max_size=12, unique=True))
    kinds = draw(st.lists(st.sampled_from(["finish-start", "start-start"]), min_size=len(pairs), max_size=len(pairs)))
    return Project(
        engagement=Engagement(name="Tangle", start=date(2027, 1, 4)),
        processes=tuple(ProcessScope(id=i, name=i, baseline=levels(1), target=levels(3)) for i in ids),
        packages=tuple(work(f"w-{item.replace('@', '-')}", item) for item in caps),
        dependencies=tuple(
            needs(a, b, type=kind)
            for (a, b), kind in zip(pairs, kinds, strict=True)
            if a.removeprefix("w-").replace("-", "@") != b.removeprefix("w-").replace("-", "@")
        ),
    )


@settings(max_examples=80, deadline=None)
@given(tangles())
def test_circles_are_found_exactly_when_networkx_finds_some(plan: Project) -> None:
    import networkx as nx

    from planner.graph.order import arcs

    graph = nx.DiGraph([(arc.before, arc.after) for arc in arcs(plan)])
    knots = [knot for knot in nx.strongly_connected_components(graph) if len(knot) > 1]
    inside = {(a, b) for a, b in graph.edges if any(a in knot and b in knot for knot in knots)}
    assert {(arc.before, arc.after) for arc in cyclic(plan)} == inside
    assert bool(cycles(plan)) == bool(knots)


@settings(max_examples=50, deadline=None)
@given(tangles())
def test_every_removal_that_is_offered_opens_its_circle(plan: Project) -> None:
    titles = {plan.title(item): item for d in plan.dependencies for item in (d.item, d.needs)}
    for cycle in cycles(plan):
        assert cycle.items[0] == cycle.items[-1]
        for way in cycle.ways_out:
            if found := re.match(r'do without "(.+) needs (.+)", or', way):
                item, other = titles[found[1]], titles[found[2]]
                kept = tuple(d for d in plan.dependencies if (d.item, d.needs) != (item, other))
                assert cycle.items not in [c.items for c in cycles(replace(plan, dependencies=kept))]
