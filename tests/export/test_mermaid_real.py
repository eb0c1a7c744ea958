"""Mermaid itself draws what is written for it: every name is seen as it is written, and nothing acts."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from browsing import drawn, mermaid
from handed import render
from playwright.sync_api import Browser

from planner.export.mermaid_text import MOST
from planner.model.project import Progress, Project
from planner.store.load import load

NASTY = [
    "[P1] go-live", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a|b",
    r"back\slash \| pipe\\", "*bold* _it_ `code` ~~no~~ **", "[x](javascript:alert(1)) ![i](http://e.example/i.png)",
    "# title #", "- list", "+ list", "1. one", "2) two", "> quote", "```", "&lt; &amp; &#35; #35;", "$x$ and $$y$$",
    "title a", "section: b; c", "end", "%%{init: {'theme': 'dark'}}%%", 'click a "javascript:alert(1)"', "]]>",
    "END:VEVENT", 'quo"te, comma', "<br/>x", "a --> b", "style n1 fill:#f00;", "fa:fa-car car", "subgraph x",
    "银行：变更；“先行”", "--- title",
]  # fmt: skip


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Any]:
    with mermaid(browser) as opened:
        yield opened


@pytest.fixture(scope="module")
def samples() -> dict[str, Project]:
    return {file.stem: load(file).project for file in Path("projects").glob("*.toml")}


def hostile(project: Project) -> Project:
    """``project`` with names that mean something elsewhere, a different one for each thing as far as there are."""
    name = cycle(NASTY)
    return replace(
        project,
        engagement=replace(project.engagement, name=NASTY[20], client=NASTY[2]),
        processes=tuple(replace(process, name=next(name)) for process in project.processes),
        phases=tuple(replace(phase, name=next(name)) for phase in project.phases),
        packages=tuple(replace(package, name=next(name)) for package in project.packages),
        milestones=tuple(replace(stone, name=next(name)) for stone in project.milestones),
    )


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ["lantern-retail", "harbour-bank"])
def test_mermaid_draws_the_samples(page: Any, samples: dict[str, Project], name: str) -> None:
    project = samples[name]
    gantt, graph = drawn(page, render(project, "mermaid")), drawn(page, render(project, "mermaid-graph"))
    for phase in project.phases:
        assert squeezed(phase.name) in gantt
        assert squeezed(phase.name) in graph
        assert squeezed(f"Gate: {phase.name}") in gantt
    for capability in project.capabilities:
        assert squeezed(project.title(capability)) in gantt
        assert squeezed(project.title(capability)) in graph
    assert all(squeezed(stone.name) in gantt for stone in project.milestones)


def test_mermaid_shows_hostile_names_as_they_are_written(page: Any, samples: dict[str, Project]) -> None:
    project = hostile(samples["lantern-retail"])
    gantt, graph = drawn(page, render(project, "mermaid")), drawn(page, render(project, "mermaid-graph"))
    for capability in project.capabilities:
        assert squeezed(project.title(capability)) in gantt
        assert squeezed(project.title(capability)) in graph
    for phase in project.phases:
        assert squeezed(phase.name) in gantt
        assert squeezed(phase.name) in graph
    assert all(squeezed(stone.name) in gantt for stone in project.milestones)
    assert squeezed(project.engagement.name) in gantt


@pytest.mark.parametrize("text", [NASTY[at : at + 11] for at in range(0, len(NASTY), 11)])
def test_mermaid_shows_each_name_in_a_box(page: Any, samples: dict[str, Project], text: list[str]) -> None:
    project = samples["lantern-retail"]
    moved = [process.id for process in project.processes if f"{process.id}@2" in project.capabilities][:11]
    renamed = dict(zip(moved, text, strict=False))
    processes = (replace(process, name=renamed.get(process.id, process.name)) for process in project.processes)
    told = drawn(page, render(replace(project, processes=tuple(processes)), "mermaid-graph"))
    assert [name for name in renamed.values() if squeezed(name) not in told] == []


def test_mermaid_draws_a_plan_with_very_long_names(page: Any, samples: dict[str, Project]) -> None:
    project = samples["lantern-retail"]
    long = replace(
        project,
        processes=tuple(replace(process, name="变更" * 2500) for process in project.processes),
        phases=tuple(replace(phase, name="阶段" * 2500) for phase in project.phases),
    )
    for name in ("mermaid", "mermaid-graph"):
        source = render(long, name)
        assert len(source) <= MOST
        assert "变更变更" in drawn(page, source)


def test_progress_is_told_by_tags_and_gates_are_milestones(samples: dict[str, Project]) -> None:
    project = samples["lantern-retail"]
    first, second, *_rest = (
        capability for capability in project.capabilities if len(project.packages_of[capability]) > 1
    )
    finished = [*project.packages_of[first], project.packages_of[second][0]]
    day = project.engagement.start
    known = replace(project, progress=tuple(Progress(package=one.id, start=day, finish=day) for one in finished))
    lines = render(known, "mermaid").splitlines()
    assert lines[0] == "gantt"
    assert f"    %% {project.engagement.client}" in lines
    assert any(f" {project.title(first)}:done, p" in line for line in lines)
    assert any(f" {project.title(second)}:active, p" in line for line in lines)
    assert sum(":milestone, g" in line for line in lines) == len(project.phases)
    assert sum(":milestone, m" in line for line in lines) == len(project.milestones)


def test_soft_dependencies_are_dashed(samples: dict[str, Project]) -> None:
    lines = render(samples["lantern-retail"], "mermaid-graph").splitlines()
    assert lines[0] == "flowchart LR"
    assert any(" --> " in line for line in lines)
    assert any(" -.-> " in line for line in lines)
    assert sum(line.lstrip().startswith("subgraph ") for line in lines) == len(samples["lantern-retail"].phases)
