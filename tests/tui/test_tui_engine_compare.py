"""Stories on roadmaps side by side."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from consultant import at_work

from planner.model.project import Project
from planner.rollout import alternatives as others
from planner.rollout import compare as engine
from planner.rollout.compare import Comparison, compare
from planner.store.save import save
from planner.tui.areas.comparison import SideBySide

FOUND: dict[tuple[str, int, bool], Comparison] = {}
"""What was compared before: stories on the same plan need not wait for the same answer again."""


@pytest.fixture(autouse=True)
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine works once for each plan and question."""

    def once(name: str, work: Callable[..., Comparison]) -> Callable[..., Comparison]:
        def answer(project: Project, *args: Any, **kwargs: Any) -> Comparison:
            key = (name, len(project.pains), project.roadmap is None)
            if key not in FOUND:
                FOUND[key] = work(project, *args, **kwargs)
            return FOUND[key]

        return answer

    monkeypatch.setattr(engine, "compare", once("strategies", compare))
    monkeypatch.setattr(others, "compare_alternatives", once("others", others.compare_alternatives))


async def test_strategies_are_compared_and_one_is_adopted(planned_file: Path, planned: Project) -> None:
    """Figures of all that suit the plan in 80 columns; what wins in words; a look at one; adopted with undo."""
    async with at_work(planned_file) as she:
        await she.press("r", "b")
        she.sees("Compare strategies", "< heuristic >", "Time limit in seconds")
        await she.press("enter")
        she.sees("Strategies side by side", "Finish", "Peak", "Adopted roadmap", "Quick wins")
        assert "> " in she.row("Desk & incident") or "> " in she.row("Desk & incid")
        dialog = she.app.screen
        assert isinstance(dialog, SideBySide)
        found = dialog.found
        for column in found.columns:
            row = she.row(f" {column.candidate.name[:12]}")
            assert str(column.figures.finish) in row
            assert f" {column.figures.peak} %" in row.replace("*", " ")
            assert ("+" in row[:8]) == column.unbeaten
        for finish in {c.figures.finish for c in found.columns if "finish" in c.best}:
            assert f"*{finish}" in she.screen

        names = [column.candidate.name for column in found.columns]
        await she.press(*["home"], *["down"] * next(n for n, name in enumerate(names) if "Quick wins" in name))
        column = next(c for c in found.columns if "Quick wins" in c.candidate.name)
        assert column.tradeoff is not None
        she.sees(column.tradeoff.words, "begins with ")
        await she.press("enter")
        she.sees("Quick wins", "against Desk & incident first", "of all pairs of capabilities in the other order")
        await she.press("end")
        she.sees(column.candidate.phases[-1].name)
        assert she.project == planned
        await she.press("enter")
        assert she.project.roadmap == column.candidate.roadmap
        assert she.project.engagement.strategy == column.candidate.id
        she.sees("Roadmap by Quick wins")
        await she.press("u")
        assert she.project == planned


async def test_what_is_adopted_is_only_looked_at(planned_file: Path) -> None:
    """The plan's own roadmap is among those compared; there is nothing to accept."""
    async with at_work(planned_file) as she:
        await she.press("r", "b", "enter", "home", "enter")
        she.sees("Adopted roadmap", "against Desk & incident first: the same in every figure")
        she.sees_not("Enter accept")
        await she.press("escape")
        she.sees("Strategies side by side")
        assert she.row("> ").count("Adopted")
        assert she.lines[-2].split() == ["|", "Enter", "look", "Esc", "back", "|"]
        await she.press("n")
        she.sees("! Choose a strategy for that, not the adopted roadmap.")
        await she.press("escape")
        assert not she.plan.history.dirty


async def test_other_ways_that_are_nearly_as_good(planned_file: Path) -> None:
    """``n`` looks for roadmaps that begin otherwise and cost little; Esc goes back to the strategies."""
    async with at_work(planned_file) as she:
        await she.press("r", "b", "enter", "n")
        she.sees("Other ways by Desk & incident first")
        dialog = she.app.screen
        assert isinstance(dialog, SideBySide)
        other = next(c.candidate for c in dialog.found.columns if c.candidate.kind == "alternative")
        she.sees("Enter look, adopt")
        she.sees_not("n nearly as good")
        await she.press("end", "n")
        she.sees("! These are the ways that are nearly as good")
        await she.press("escape")
        she.sees("Strategies side by side")
        await she.press("n", "home", "down", "down", "enter")
        she.sees(other.name, "by the strategy's weights")
        await she.press("enter")
        assert she.project.roadmap == other.roadmap


async def test_what_cannot_be_compared_says_why(desk: Project, tmp_path: Path) -> None:
    """Without pains the strategy of pains is left out, with what to do; nothing can be opened there."""
    save(replace(desk, pains=()), tmp_path / "plan.toml")
    async with at_work(tmp_path / "plan.toml") as she:
        await she.press("r", "b", "enter", "end")
        she.sees(": could not be compared", "What to do: ")
        she.sees_not("Enter look", "n nearly as good")
        await she.press("enter")
        she.sees("! There is no roadmap to look at here.")


async def test_a_comparison_can_be_given_up(planned_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Esc while it works: the plan is as it was. Ended early, what was not tried is said to be so."""

    def early(*args: object, watch: object, **kwargs: object) -> Comparison:
        watch.halted = True  # type: ignore[attr-defined]
        return compare(*args, watch=watch, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "compare", early)
    async with at_work(planned_file) as she:
        await she.press("r", "b", "escape")
        assert not she.plan.history.dirty
        await she.press("b", "enter", "end")
        she.sees(": not tried: you stopped", "You stopped the comparison before this strategy was tried")
        she.sees_not("could not be compared", "Enter look", "n nearly as good")


async def test_without_work_there_is_nothing_to_compare(desk_file: Path) -> None:
    """The key says why."""
    async with at_work(desk_file) as she:
        await she.press("r", "f")
        assert she.message == "! There is no roadmap yet: g proposes one."
        await she.press("G")
        assert she.message == "! There is no roadmap yet: g proposes one."
        await she.press("home", "P")
        assert she.message == "! Select a capability or a work package first."
