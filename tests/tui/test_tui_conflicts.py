"""What differs is shown and found; what a merge has left is told, looked at and settled."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from consultant import at_work
from sample import sample

from planner.edit.review import take_baseline
from planner.model.project import Conflict, Project
from planner.review.merge import as_toml
from planner.store.save import save


def left_open(plan: Project) -> Project:
    """A plan as a merge leaves it: a name, a dependency that one took out, a value of another hand."""
    package, link, phase = plan.packages[0], plan.dependencies[0], plan.phases[0]
    return replace(
        plan,
        conflicts=(
            Conflict(
                id="m1", table="phases", item=phase.id, field="name", ours=as_toml(phase.name), theirs='"[b]A desk[/b]"'
            ),
            Conflict(
                id="m2",
                table="dependencies",
                item=" ".join(link.key),
                base=as_toml(link),
                ours=as_toml(link),
            ),
            Conflict(
                id="m3", table="packages", item=package.id, field="days", ours=as_toml(package.days), theirs="[1]"
            ),
        ),
    )


@pytest.fixture
def merged_file(tmp_path: Path) -> Path:
    path = tmp_path / "merged.toml"
    save(left_open(sample()), path)
    return path


async def test_conflicts_are_told_and_settled(merged_file: Path) -> None:
    """She opens a merged plan, reads both sides, takes theirs and ours, undoes it, and the topic goes with the last."""
    async with at_work(merged_file) as she:
        assert she.message == "! A merge has left 3 conflicts: R shows and settles them."
        she.sees("| 3 conflicts |")
        phase, link = she.project.phases[0], she.project.dependencies[0]
        await she.press("R")
        she.sees("> Conflicts", "Ours, in the plan", "Theirs", "Enter rows  n decide all")
        await she.press("right")
        she.sees(f"{phase.name}: name", "Theirs: [b]A desk[/b]", "Enter decide")
        await she.press("enter")
        she.sees("o   ours", "t   theirs", "b   as it was", "g   go there")
        await she.press("t")
        assert she.project.phases[0].name == "[b]A desk[/b]"
        assert "theirs taken" in she.message
        she.sees("| 2 conflicts |")
        await she.press("u")
        assert she.project.phases[0] == phase
        assert len(she.project.conflicts) == 3
        await she.press("home", "down")
        title = she.project.title
        she.sees(f"{title(link.item)} needs {title(link.needs)}", "Theirs: taken out")
        await she.press("enter", "t")
        assert link not in she.project.dependencies
        await she.press("end", "enter", "t")
        assert "must be a list of 3 numbers" in she.prose
        assert len(she.project.conflicts) == 2
        await she.press("enter", "g")
        she.sees("[w Work]")
        await she.press("R", "n", "o")
        assert she.project.conflicts == ()
        she.sees_not("| 2 conflicts", "decide", "Theirs")
        she.sees("> Changes", "n take a baseline")
        await she.press("u")
        she.sees("> Conflicts", "| 2 conflicts |")


async def test_two_baselines_and_now_are_compared(tmp_path: Path) -> None:
    """Enter on a baseline asks with what; a word finds a row, Enter tells it in full."""
    path = tmp_path / "agreed.toml"
    plan = take_baseline(sample(), "First", date(2027, 1, 4))
    aimed = replace(
        plan.processes[0], target=type(plan.processes[0].target)(dict.fromkeys(plan.processes[0].target, 5))
    )
    plan = take_baseline(replace(plan, processes=(aimed, *plan.processes[1:])), "Second", date(2027, 2, 1))
    save(plan, path)
    async with at_work(path) as she:
        await she.press("R", "end", "right", "home", "enter")
        she.sees("Compare First with", "the plan as it is now", "Second")
        await she.press("enter")
        she.sees("Since First of 2027-01-04", "Targets: 1", f"{aimed.name}: target level")
        await she.press("escape", "enter", "down", "enter")
        she.sees("From First of 2027-01-04 to Second", "Targets: 1")
        await she.type("zzz")
        she.sees("nothing fits")
        await she.press("backspace", "backspace", "backspace")
        await she.type("target level")
        await she.press("enter")
        she.sees("Was: ", "Is: 5")
        await she.press("escape", "escape", "down", "enter", "down", "enter")
        she.sees("From First of 2027-01-04 to Second")


async def test_a_step_of_the_history_is_compared_with_now(planned_file: Path) -> None:
    async with at_work(planned_file) as she:
        name = she.project.processes[0].name
        await she.press("home", "5", "H", "c")
        she.sees("From that step to now", "Nothing differs: the two plans say the same.")
        await she.press("escape", "end", "c")
        she.sees("Targets: 1", f"{name}: target ")
        await she.type(f"field {name.split()[0].casefold()}")
        she.sees("Field by field, Processes: 1")
        await she.press("enter")
        she.sees("Was: ", "Is: 5")
        await she.press("escape", "escape", "escape")
        assert she.project.processes[0].name == name
