"""Stories on what has happened, and on planning again after it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from consultant import Consultant, at_work

from planner.checks.finding import Finding
from planner.model.project import Progress, Project
from planner.rollout.verify import verify
from planner.store.load import load
from planner.tui.areas.roadmap.picture import Picture
from planner.tui.areas.roadmap.replanning import Moves
from planner.tui.areas.roadmap.rows import Rows
from planner.tui.areas.roadmap.words import describe, fixed
from planner.tui.named import in_names


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
        she.sees("What has happened", "Sponsor briefing and vision workshop was finished on 2027-01-22 inste", "[x]")
        dialog = she.app.screen
        assert isinstance(dialog, Moves)
        moves = dialog.found.moves
        she.sees(" more: Down, PgDn --")
        she.sees(
            in_names(planned, moves[0].reasons[0].message), "working days later", f"{len(moves)} of {len(moves)} moves"
        )
        assert she.project is before
        await she.press("enter")
        assert she.project.roadmap is not None
        assert she.project.roadmap.packages["vision-workshop"].finish == date(2027, 1, 22)
        assert she.project.roadmap.packages[moves[0].item] == moves[0].now
        assert not verify(she.project)
        assert she.message.startswith(f"Planned again: {len(moves)} work packages move.")
        await she.press("u")
        assert she.project == before


async def test_progress_that_breaks_the_roadmap_says_so(planned_file: Path) -> None:
    """How many packages break constraints now; ``!`` at the phase and at closed capabilities; the preview marks it."""
    async with at_work(planned_file) as she:
        await she.press("r", "home", "down")
        await finished(she, "2027-01-22", "2027-01-22")
        broken = verify(she.project)
        packages = {item for one in broken for item in one.items if item in she.project.package_by_id}
        assert she.message.endswith(f" {len(packages)} packages break constraints now; in Roadmap G plans again.")
        await she.press("home")
        assert she.row("> ").startswith("> -!1 ")
        she.sees(f"! {len(she.plan.judgement.errors)} errors: ")  # type: ignore[union-attr]
        await she.press("enter")
        assert she.row("> ").startswith("> +!1 ")
        await she.press("g", "home")
        assert she.row("Adopted roadmap").startswith("> !")
        await she.press("e")
        she.sees(f"! and {len(broken) - 3} more")


async def test_a_package_inside_marks_its_capability(planned: Project) -> None:
    """A closed row tells that something in it is broken, and how much."""
    package = planned.packages_of["service-desk@2"][0].id
    picture = Picture(planned)
    rows = {row.key: row.mark for row in Rows(picture, {package}).all()}
    assert (rows["service-desk@2"], rows["phase:p1"], rows["phase:p2"]) == ("!", "!", " ")
    wrong = [Finding("S1", "error", "", words, "", (package,)) for words in ("too early", "too late")]
    assert describe(picture, "service-desk@2", wrong)[1].text == " ! 2 errors: too early"
    assert describe(picture, "phase:p1", wrong[:1])[1].text == " ! too early"
    assert not [line for line in describe(picture, "phase:p2", wrong) if "!" in line.text]


async def test_what_has_begun_stays(planned_file: Path) -> None:
    """A done package is neither moved nor pinned; a begun one is not moved, but may be promised by a day."""
    async with at_work(planned_file) as she:
        await she.press("r", "home", "down", "P")
        await she.fill("2027-01-08")
        await she.press("down", "right", "enter")
        for key in ("<", ">", "m"):
            await she.press(key)
            assert she.message == "! Sponsor briefing and vision workshop has begun: it stays where it is."
        await she.press("p")
        she.sees("Pin Sponsor briefing")
        await she.press("escape", "u")
        await finished(she, "2027-01-08", "2027-01-08")
        after = she.project
        for key in ("<", ">", "m", "p"):
            await she.press(key)
            assert she.message == "! Sponsor briefing and vision workshop is done: it stays where it is."
        assert she.project is after


async def test_of_a_capability_that_has_begun_the_rest_moves(planned: Project) -> None:
    """The whole is not moved, for that would move what has begun; the words say which."""
    first, *rest = planned.packages_of["service-desk@2"]
    told = Progress(package=first.id, start=date(2027, 1, 4))
    begun = replace(planned, progress=(told,))
    words = fixed(begun, "service-desk@2", "shift")
    name = f"Service desk 2: {first.workstream}"
    assert words == f"{name} has begun and stays where it is: move the other packages one by one."
    assert fixed(begun, rest[0].id, "shift") == fixed(begun, "service-desk@2", "pin") == ""


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
        she.sees("broken; Enter again adopts them all the same.")
        await she.press("enter")
        assert she.project.roadmap is not None
        assert she.project.roadmap.packages[moves[0].item] == moves[0].was
        assert she.project.roadmap.packages[moves[1].item] == moves[1].now
        assert verify(she.project)


async def test_all_or_none(planned_file: Path) -> None:
    """``M`` declines all and accepts all; Esc leaves the plan as it is."""
    async with at_work(planned_file) as she:
        await she.press("r", "home", "down")
        await finished(she, "2027-01-22", "2027-01-22")
        before = she.project
        await she.press("G", "enter", "M")
        she.sees("0 of ", "[ ]")
        she.sees_not("[x]")
        await she.press("M")
        she.sees_not("[ ]")
        await she.press("escape")
        assert she.project is before


async def test_nothing_has_to_move(planned_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All as planned: it is said so. An answer that fails the engine's own check is told, and nothing changes."""
    async with at_work(planned_file) as she:
        await she.press("r", "G", "enter")
        she.sees("Planned again", "Nothing has to move.")
        await she.press("escape")

        def wrong(*args: object, **kwargs: object) -> None:
            raise AssertionError("the engine and verify disagree: incident@2 is not in the roadmap")

        monkeypatch.setattr("planner.tui.areas.roadmap.replanning.replan", wrong)
        await she.press("G", "enter")
        assert "does not pass its own check" in she.message
        assert "Incident management 2 is not in the roadmap" in she.message
        assert not she.plan.history.dirty
