"""The capability graph: edges, generations, ancestors, the reduction and the critical path of small plans."""

from dataclasses import replace
from datetime import date

import pytest

from planner.graph.network import ancestors, build, critical_path, descendants, generations, reduction, waves
from planner.model.project import Dependency, Engagement, Limits, ProcessScope, Project, WorkPackage
from planner.model.values import Duration, Fixed

NAMES = ("alpha", "beta", "gamma")


def work(ident: str, capability: str, days: int, after: tuple[str, ...] = ()) -> WorkPackage:
    return WorkPackage(
        id=ident,
        name=ident.title(),
        capability=capability,
        workstream="process",
        days=Duration(days, days, days),
        after=after,
    )


def needs(item: str, other: str, **fields: object) -> Dependency:
    return Dependency(item=item, needs=other, **fields)  # type: ignore[arg-type]


@pytest.fixture
def plan() -> Project:
    """Alpha to level 3, beta and gamma to level 2: alpha@3 needs beta@2 (hard), which would like gamma@2 (soft)."""
    ones, twos = Fixed({"people": 1, "process": 1, "tech": 1}), Fixed({"people": 2, "process": 2, "tech": 2})
    return Project(
        engagement=Engagement(name="Small", start=date(2027, 1, 4)),
        limits=Limits(stabilise_weeks=Fixed({"2": 4})),
        processes=tuple(ProcessScope(id=n, name=n.title(), baseline=ones, target=twos) for n in NAMES),
        packages=(
            work("a2", "alpha@2", 10),
            work("a2-more", "alpha@2", 5, after=("a2",)),
            work("a3", "alpha@3", 10),
            work("b2", "beta@2", 30),
            work("c2", "gamma@2", 3),
            work("kick-off", "", 1),
        ),
        dependencies=(
            needs("alpha@3", "beta@2", reason="because"),
            needs("beta@2", "gamma@2", strength="soft"),
            needs("alpha@2", "gamma@2", strength="off"),
        ),
    )


def test_build_has_capabilities_and_why_they_are_there(plan: Project) -> None:
    graph = build(plan)
    assert list(graph) == ["alpha@2", "alpha@3", "beta@2", "gamma@2"]
    assert graph.nodes["alpha@3"] == {"process": "alpha", "level": 3, "pulled": ""}
    assert graph.edges["beta@2", "alpha@3"] == {
        "strength": "hard",
        "reason": "because",
        "type": "finish-start",
        "origin": "dependency",
    }
    assert {pair: graph.edges[pair]["strength"] for pair in graph.edges} == {
        ("beta@2", "alpha@3"): "hard",
        ("gamma@2", "beta@2"): "soft",
        ("alpha@2", "alpha@3"): "hard",
    }


def test_build_names_what_pulled_a_capability_in(plan: Project) -> None:
    ones = plan.processes[0].baseline
    beta = replace(plan.processes[1], target=ones)
    alpha = replace(plan.processes[0], target=Fixed({"people": 3, "process": 3, "tech": 3}))
    plan = replace(plan, processes=(alpha, beta, plan.processes[2]))
    assert build(plan).nodes["beta@2"]["pulled"] == "alpha@3"


def test_a_link_between_packages_counts_for_their_capabilities(plan: Project) -> None:
    plan = replace(plan, dependencies=(needs("b2", "a2", strength="soft"), needs("b2", "c2")))
    assert build(plan).edges["alpha@2", "beta@2"]["strength"] == "soft"
    hardened = replace(plan, dependencies=(*plan.dependencies, needs("beta@2", "alpha@2")))
    assert build(hardened).edges["alpha@2", "beta@2"]["strength"] == "hard"
    assert generations(hardened) == (("alpha@2", "gamma@2"), ("alpha@3", "beta@2"))


def test_generations_follow_hard_links_only(plan: Project) -> None:
    assert generations(plan) == (("alpha@2", "beta@2", "gamma@2"), ("alpha@3",))


def test_generations_of_a_plan_with_a_circle(plan: Project) -> None:
    looped = replace(plan, dependencies=(*plan.dependencies, needs("beta@2", "alpha@3")))
    assert generations(looped) == (("alpha@2", "gamma@2"), ("alpha@3", "beta@2"))


def test_nothing_planned_has_no_generations(plan: Project) -> None:
    empty = replace(plan, packages=(), dependencies=())
    assert generations(empty) == ()
    assert critical_path(empty) == ()


def test_waves_ignore_links_to_other_things() -> None:
    assert waves(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c"), ("x", "a")]) == {"a": 1, "b": 2, "c": 3}


def test_ancestors_and_descendants_are_in_plan_order(plan: Project) -> None:
    assert ancestors(plan, "alpha@3") == ("alpha@2", "beta@2", "gamma@2")
    assert descendants(plan, "gamma@2") == ("alpha@3", "beta@2")
    assert ancestors(plan, "a3") == ancestors(plan, "alpha@3")
    assert ancestors(plan, "kick-off") == ()
    assert descendants(plan, "nothing@2") == ()


def test_reduction_hides_what_follows_from_hard_chains(plan: Project) -> None:
    chain = replace(
        plan,
        dependencies=(
            needs("beta@2", "gamma@2"),
            needs("alpha@2", "beta@2"),
            needs("alpha@3", "gamma@2"),
            needs("alpha@3", "beta@2", strength="soft"),
        ),
    )
    assert set(reduction(chain).edges) == {("gamma@2", "beta@2"), ("beta@2", "alpha@2"), ("alpha@2", "alpha@3")}
    assert reduction(chain).edges["alpha@2", "alpha@3"]["origin"] == "level"


def test_reduction_keeps_a_hard_edge_beside_a_soft_chain(plan: Project) -> None:
    soft_chain = replace(
        plan,
        dependencies=(
            needs("beta@2", "gamma@2", strength="soft"),
            needs("alpha@2", "beta@2", strength="soft"),
            needs("alpha@2", "gamma@2"),
        ),
    )
    assert ("gamma@2", "alpha@2") in reduction(soft_chain).edges


def test_reduction_of_a_circle_keeps_it_whole(plan: Project) -> None:
    looped = replace(
        plan, dependencies=(needs("alpha@2", "beta@2"), needs("beta@2", "alpha@2"), needs("beta@2", "gamma@2"))
    )
    assert {("alpha@2", "beta@2"), ("beta@2", "alpha@2"), ("gamma@2", "beta@2")} <= set(reduction(looped).edges)


def test_reduction_of_a_real_plan_keeps_what_reaches_what(desk: Project) -> None:
    import networkx as nx

    def hard(graph: "nx.DiGraph[str]") -> set[tuple[str, str]]:
        kept = [pair for pair in graph.edges if graph.edges[pair]["strength"] == "hard"]
        only: nx.DiGraph[str] = nx.DiGraph(kept)
        only.add_nodes_from(graph)
        return set(nx.transitive_closure(only).edges)

    assert hard(reduction(desk)) == hard(build(desk))
    assert len(reduction(desk).edges) < len(build(desk).edges)


def test_critical_path_is_the_longest_chain(plan: Project) -> None:
    # alpha@2: 15 days and 4 weeks to settle = 35; beta@2: 30. Both lead to alpha@3.
    assert critical_path(plan) == ("alpha@2", "alpha@3")
    quick = replace(plan, limits=Limits(stabilise_weeks=Fixed({"2": 2})))
    assert critical_path(quick) == ("beta@2", "alpha@3")


@pytest.mark.parametrize(
    ("kind", "lag", "expected"),
    [
        # beta@2 takes 30 days, alpha@3 10, alpha@2 15 and no time to settle: 25 days by way of alpha@2.
        ("finish-start", 0, ("beta@2", "alpha@3")),
        ("finish-finish", 1, ("beta@2", "alpha@3")),
        ("start-start", 0, ("beta@2",)),
        ("start-start", 29, ("beta@2", "alpha@3")),
        ("start-finish", 28, ("beta@2",)),
    ],
)
def test_critical_path_honours_link_types(plan: Project, kind: str, lag: int, expected: tuple[str, ...]) -> None:
    plan = replace(plan, limits=Limits(), dependencies=(needs("alpha@3", "beta@2", type=kind, lag=lag),))
    assert critical_path(plan) == expected


def test_critical_path_may_run_through_programme_work(plan: Project) -> None:
    longest = tuple(replace(p, days=Duration(90, 90, 90)) if p.id == "kick-off" else p for p in plan.packages)
    plan = replace(plan, packages=longest, dependencies=(needs("gamma@2", "kick-off"),))
    assert critical_path(plan) == ("kick-off", "gamma@2")


def test_a_circle_has_no_critical_path(plan: Project) -> None:
    assert critical_path(replace(plan, dependencies=(needs("alpha@2", "beta@2"), needs("beta@2", "alpha@2")))) == ()
