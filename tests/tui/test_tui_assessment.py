"""Stories in the assessment matrix."""

from pathlib import Path

from consultant import at_work


async def test_raising_a_target_brings_the_work_and_undo_takes_it_back(desk_file: Path) -> None:
    """Digits set the target under the cursor; the message says what came of it; ``u`` names what it undoes."""
    async with at_work(desk_file) as she:
        she.sees("Mid-size company, desk first | Example Ltd", "saved")
        assert "problem-3-people" not in she.project.package_by_id
        before = len(she.project.packages)

        await she.press(*["down"] * 6, "3")

        assert she.project.process_by_id["problem"].target["people"] == 3
        assert "problem-3-people" in she.project.package_by_id
        gained = len(she.project.packages) - before
        she.sees("unsaved changes", f"Problem management, people: target 3. {gained} package")
        assert " 1 >[3]" in she.row("> Problem management")

        await she.press("u")
        assert len(she.project.packages) == before
        assert she.message == "Undone: Problem management, people: target 3"
        she.sees_not("unsaved changes")

        await she.press("U")
        assert "problem-3-people" in she.project.package_by_id
        assert she.message == "Done again: Problem management, people: target 3"


async def test_the_level_column_sets_all_dimensions(desk_file: Path) -> None:
    """One key raises a process as a whole; dimensions that stand higher stay."""
    async with at_work(desk_file) as she:
        await she.press(*["down"] * 6, "end", "right", "right", "right", "home", *["down"] * 6, "2")
        assert dict(she.project.process_by_id["problem"].target) == {"people": 2, "process": 2, "tech": 2}
        assert "1 > 2   1 > 2   1 > 2   " in she.row("> Problem management")


async def test_digits_set_the_baseline_after_b(desk_file: Path) -> None:
    """What digits set is always on the screen, and the number meant is in brackets."""
    async with at_work(desk_file) as she:
        she.sees("digits set: [TARGET]")
        await she.press("b")
        she.sees("digits set: [NOW]")
        assert "[1]> 2" in she.row("> Service management system")
        await she.press("2")
        await she.type("seen in the workshop")
        await she.press("enter")
        assert she.project.process_by_id["sms"].baseline["people"] == 2
        assert "sms-2-people" not in she.project.package_by_id


async def test_a_target_below_the_baseline_is_refused_in_words(desk_file: Path) -> None:
    """A refusal is a message that begins with ``!``; nothing changes."""
    async with at_work(desk_file) as she:
        before = she.project
        await she.press(*["down"] * 2, "1")
        assert she.message.startswith("! ")
        assert she.project is before
        await she.press("up", "minus", "minus", "minus", "minus")
        she.sees("! ")
        assert she.project.process_by_id["service-desk"].target["people"] == 1


async def test_levels_end_at_five(desk_file: Path) -> None:
    """Stepping over the end says what the scale is."""
    async with at_work(desk_file) as she:
        await she.press("5", "plus")
        assert she.message == "! Levels go from 1 to 5."


async def test_a_process_goes_out_of_scope_and_comes_back(desk_file: Path) -> None:
    """Out of scope its own targets call for no work."""
    async with at_work(desk_file) as she:
        await she.press(*["down"] * 13, "i")
        assert not she.project.process_by_id["slm"].in_scope
        assert "slm@2" not in she.project.capabilities
        assert "out of scope" in she.row("> Service level management")
        await she.press("i")
        assert "slm@2" in she.project.capabilities


async def test_what_is_pulled_in_says_by_what(desk_file: Path) -> None:
    """Problem management has no target of its own, but level 2 of it is needed."""
    async with at_work(desk_file, size=(120, 40)) as she:
        assert "1 ^ 2   for Incident management 3, 4 packages" in she.row("Problem management")
        await she.press(*["down"] * 6)
        she.sees("Problem management 2 is needed by Incident management 3.")


async def test_the_dependencies_of_a_process_are_a_key_away(desk_file: Path) -> None:
    """d shows the dependencies of the process under the cursor."""
    async with at_work(desk_file) as she:
        await she.press("down", "down", "d")
        she.sees("[d Dependencies]", "[ Incident management", "hard  ")
