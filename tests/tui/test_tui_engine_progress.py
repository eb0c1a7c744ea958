"""Stories on what has happened, and on planning again after it."""

from datetime import date
from pathlib import Path

from consultant import Consultant, at_work

from planner.model.project import Project
from planner.rollout.verify import verify
from planner.store.load import load
from planner.tui.areas.replanning import Moves


async def finished(she: Consultant, as_of: str, finish: str) -> None:
    """Say that the package under the cursor was finished."""
    await she.press("P")
    await she.fill(as_of)
    await she.press("down", "right", "right", "down", "down")
    await she.fill(finish)
    await she.press("enter")


async def test_progress_is_told_and_taken_back(planned_file: Path) -> None:
    """Begun with days left, done, not begun after all; the form says what is missing; the file keeps it."""
    async with at_work(planned_file) as she:
        await she.press("r", "home", "down", "P")
        she.sees("How far is Sponsor briefing and vision workshop?", "< not begun >", "Begun on", "2027-01-04")
        await she.press("down", "right", "enter")
        she.sees("! Say as of which day this is.")
        await she.press("up")
        await she.fill("2027-01-08")
        await she.press(*["down"] * 4)
        await she.type("3")
        await she.press("enter")
        told = she.project.progress_of["vision-workshop"]
        assert (told.start, told.finish, told.remaining) == (date(2027, 1, 4), None, 3)
        assert she.project.engagement.as_of == date(2027, 1, 8)
        she.sees("begun on 2027-01-04, 3 working days left after 2027-01-08")
        assert she.message.startswith("Sponsor briefing and vision workshop: begun.")

        await she.press("w", "P")
        she.sees("How far is Sponsor briefing", "< begun >")
        await she.press("down", "right", "down", "down")
        await she.fill("2027-01-12")
        await she.press("enter")
        she.sees("! vision-workshop was finished on 2027-01-12, after the day as of which progress is known")
        await she.fill("2027-01-08")
        await she.press("enter")
        assert she.project.progress_of["vision-workshop"].finish == date(2027, 1, 8)
        she.sees("done: 2027-01-04 to 2027-01-08")
        await she.press("s")
        assert load(planned_file).project == she.project

        await she.press("P", "down", "right", "enter")
        assert not she.project.progress
        await she.press("u")
        assert she.project.progress


async def test_of_a_capability_one_package_is_chosen(planned_file: Path) -> None:
    """A capability is not begun by itself: its packages are."""
    async with at_work(planned_file) as she:
        await she.press("r", "/")
        await she.type("service desk 2")
        await she.press("enter", "P")
        she.sees("How far is Service desk 2?", "not begun")
        await she.press("enter")
        await she.fill("2027-03-31")
        await she.press("down", "right", "enter")
        assert len(she.project.progress) == 1
        assert she.project.package_by_id[she.project.progress[0].package].capability == "service-desk@2"
        she.sees("packages begun, 0 done")


async def test_planning_again_keeps_the_past_and_lists_the_moves(planned: Project, planned_file: Path) -> None:
    """Two weeks late: what follows is listed with its reason, adopted as one edit, and nothing is broken."""
    async with at_work(planned_file) as she:
        await she.press("r", "home", "down")
        await finished(she, "2027-01-22", "2027-01-22")
        before = she.project
        await she.press("G")
        she.sees("Plan again", "2027-01-22", "Everything else moves as little as possible.")
        await she.press("enter")
        she.sees("What has happened", "vision-workshop was finished on 2027-01-22 instead of 2027-01-08", "[x]")
        dialog = she.app.screen
        assert isinstance(dialog, Moves)
        moves = dialog.found.moves
        she.sees(moves[0].reasons[0].message, "working days later", f"{len(moves)} of {len(moves)} moves")
        assert she.project is before
        await she.press("enter")
        assert she.project.roadmap is not None
        assert she.project.roadmap.packages["vision-workshop"].finish == date(2027, 1, 22)
        assert she.project.roadmap.packages[moves[0].item] == moves[0].now
        assert not verify(she.project)
        assert she.message.startswith(f"Planned again: {len(moves)} work packages move.")
        await she.press("u")
        assert she.project == before


async def test_moves_are_declined_one_by_one(planned_file: Path) -> None:
    """What a declined move breaks is told once; Enter again adopts the rest all the same."""
    async with at_work(planned_file) as she:
        await she.press("r", "home", "down")
        await finished(she, "2027-01-22", "2027-01-22")
        await she.press("G", "enter")
        dialog = she.app.screen
        assert isinstance(dialog, Moves)
        moves = dialog.found.moves
        await she.press("space")
        she.sees(f"{len(moves) - 1} of {len(moves)} moves")
        assert "[ ]" in she.row("> ")
        await she.press("enter")
        she.sees("broken:", "Enter again adopts them all the same.")
        await she.press("enter")
        assert she.project.roadmap is not None
        assert she.project.roadmap.packages[moves[0].item] == moves[0].was
        assert she.project.roadmap.packages[moves[1].item] == moves[1].now
        assert verify(she.project)


async def test_all_or_none(planned_file: Path) -> None:
    """``a`` declines all and accepts all; Esc leaves the plan as it is."""
    async with at_work(planned_file) as she:
        await she.press("r", "home", "down")
        await finished(she, "2027-01-22", "2027-01-22")
        before = she.project
        await she.press("G", "enter", "a")
        she.sees("0 of ", "[ ]")
        she.sees_not("[x]")
        await she.press("a")
        she.sees_not("[ ]")
        await she.press("escape")
        assert she.project is before


async def test_nothing_has_to_move(planned_file: Path) -> None:
    """All as planned: it is said so."""
    async with at_work(planned_file) as she:
        await she.press("r", "G", "enter")
        she.sees("Planned again", "Nothing has to move.")
        await she.press("escape")
        assert not she.plan.history.dirty
