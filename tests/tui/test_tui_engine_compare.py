"""Stories on roadmaps side by side: figures, differences, columns; what wins and costs in words."""

from dataclasses import replace
from pathlib import Path

import pytest
from consultant import Consultant, at_work

from planner.model.project import Project
from planner.rollout.compare import Column
from planner.store.save import save
from planner.tui.areas.propose.area import ProposeArea
from planner.tui.areas.propose.beside import chosen


def area_of(she: Consultant) -> ProposeArea:
    """The place."""
    return she.plan.query_one(ProposeArea)


def row_of(she: Consultant, column: Column) -> str:
    """The line of a roadmap: they stand above the strategies, in their order."""
    place = [c.candidate.id for c in area_of(she).compared.columns].index(column.candidate.id)
    return she.lines[4 + place]


async def test_strategies_are_compared_and_one_is_adopted(planned_file: Path, planned: Project) -> None:
    """Figures of all that suit the plan in 80 columns; what wins in words; differences; columns; adopted with undo."""
    async with at_work(planned_file) as she:
        await she.press("g")
        she.sees("heuristic, no time limit; as many phases as fit; seed 0", "Adopted roadmap", "the plan follows it.")
        assert she.row("> ").split()[1:3] == ["Desk", "&"]
        await she.press("M", "enter")
        area = area_of(she)
        found = area.compared
        assert len(found.columns) == 6
        for column in found.columns:
            row = row_of(she, column)
            assert str(column.figures.finish) in row
            assert f" {column.figures.peak} " in row.replace("*", " ")
            assert ("*" in row[:5]) == column.unbeaten
            assert (f"*{column.figures.finish}" in row) == ("finish" in column.best)

        quick = next(c for c in found.columns if "Quick wins" in c.candidate.name)
        area.sheet.find(quick.candidate.id)
        await she.press("B", "e")
        she.sees("Quick wins, value first", "of all pairs of capabilities in the other order")
        await she.press("end")
        she.sees(quick.candidate.phases[-1].name, "Gate: ")
        await she.press("escape", "home", "t")
        she.sees("[differences]")
        now = area.compared
        assert now.reference == quick.candidate.id
        base, adopted = now.column(quick.candidate.id), now.columns[0]
        assert row_of(she, base)[2:5].strip() == "="
        assert str(base.figures.finish) in row_of(she, base)
        days = (adopted.figures.finish - base.figures.finish).days
        assert f"{days:+d} d" in row_of(she, adopted)
        assert f" {adopted.figures.soft - base.figures.soft:+d} " in row_of(she, adopted)
        assert adopted.tradeoff is not None
        she.sees(adopted.tradeoff.words)

        await she.press("space", "down", "space")  # a mark moves the cursor down
        she.sees("2 marked")
        await she.press("t")
        she.sees(
            "[side by side]", "Adopted roadmap", "First result", f"{adopted.figures.finish}", planned.phases[0].name
        )
        compliance = now.columns[2]
        assert chosen(now, area.marked, "") == [adopted, compliance]
        await she.press("enter")
        assert she.message == "! t goes back to the list; there Enter opens a roadmap."
        await she.press("end")
        she.sees(now.tradeoff(compliance.candidate.id, adopted.candidate.id).words[:60])
        await she.press("t", "home", "x")
        assert she.message.startswith("! Only roadmaps found here can be taken out")
        area.sheet.find(quick.candidate.id)
        await she.press("x")
        assert area.session.by_id(quick.candidate.id) is None
        assert area.compared.reference == "adopted"
        assert not she.plan.history.dirty


async def test_what_is_adopted_is_only_looked_at(planned_file: Path) -> None:
    """The plan's own roadmap is among those compared; there is nothing to accept; one alone is best in nothing."""
    async with at_work(planned_file) as she:
        await she.press("g", "home")
        assert "*" not in she.row("> ")
        await she.press("t", "t")
        assert she.message == "Two roadmaps can be looked at side by side; there is only one."
        she.sees("[figures]")
        await she.press("enter")
        she.sees("Adopted roadmap", "How good it is: ")
        she.sees_not("Enter accept")
        await she.press("escape", "end", "enter")
        she.sees("against Adopted roadmap: the same in every figure", "This is the adopted roadmap.")
        await she.press("enter")
        she.sees("Nothing moves: this roadmap has everything where it stands.")
        await she.press("escape", "end", "enter")
        assert she.message == "Desk & incident first: the roadmap that was found is listed already."
        assert not she.plan.history.dirty


async def test_other_ways_that_are_nearly_as_good(planned_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``n`` looks for roadmaps that begin otherwise and cost little; they are listed as well."""
    monkeypatch.setattr("planner.rollout.alternatives.MOST_TRIED", 6)
    async with at_work(planned_file) as she:
        await she.press("g", "n")
        area = area_of(she)
        others = [column for column in area.compared.columns if column.candidate.kind == "alternative"]
        assert others
        assert area.sheet.key == others[0].candidate.id
        she.sees(" early", "by the strategy's weights")
        assert f"{len(others)} roadmap" in she.message
        await she.press("enter", "enter")
        assert she.project.roadmap == others[0].candidate.roadmap


async def test_what_cannot_be_proposed_says_why(desk: Project, tmp_path: Path) -> None:
    """Without pains the strategy of pains is listed with the reason and what to do; without work nothing is."""
    save(replace(desk, pains=()), tmp_path / "plan.toml")
    async with at_work(tmp_path / "plan.toml") as she:
        await she.press("g", "home", "down", "down", "enter")
        assert she.message == "! Pain-point driven: no roadmap keeps everything. Enter shows what would mend it."
        assert "! no roadmap: " in she.row("Pain-point driven")
        she.sees("! strategy pain-driven follows the client's pains", "What to do: tick the pains first")
        await she.press("enter")
        she.sees("No feasible roadmap", "tick the pains first")
        await she.press("enter", "B")
        assert she.message == "! Choose a roadmap that the others are to be compared with."
        she.plan.apply("nothing to do", lambda plan: replace(plan, packages=(), dependencies=(), pins=()))
        await she.press("g", "enter")
        assert she.message == "! There is no work to plan yet: raise a target in Assessment (a) first."
