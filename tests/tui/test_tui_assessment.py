"""Stories in the assessment matrix."""

from pathlib import Path

import pytest
from consultant import at_work

from planner.tui.glyphs import ASCII


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
        assert "1 > 2 ░░ 1 > 2 ░░ 1 > 2 ░░ 1 >[2]░░" in she.row("> Problem management")


async def test_digits_set_the_baseline_after_b(desk_file: Path) -> None:
    """What digits set is always on the screen, and the number meant is in brackets."""
    async with at_work(desk_file) as she:
        she.sees("digits: [TARGET]")
        await she.press("b")
        she.sees("digits: [NOW]")
        assert "[1]> 2" in she.row("> Service management sys")
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
        await she.press("0")
        assert she.message == "! Levels go from 1 to 5."


async def test_a_process_goes_out_of_scope_and_comes_back(desk_file: Path) -> None:
    """Out of scope its own targets call for no work."""
    async with at_work(desk_file) as she:
        await she.press(*["down"] * 13, "i")
        assert not she.project.process_by_id["slm"].in_scope
        assert "slm@2" not in she.project.capabilities
        assert " out " in she.row("> Service level manag")
        await she.press("i")
        assert "slm@2" in she.project.capabilities
        # its targets sleep, but what something else needs of it is shown
        await she.press("home", "down", "down", "i")
        assert "1 ^ 2" in she.row("> Incident management")


async def test_what_is_pulled_in_says_by_what(desk_file: Path) -> None:
    """Problem management has no target of its own, but level 2 of it is needed."""
    async with at_work(desk_file, size=(120, 40)) as she:
        assert "1 ^ 2 ░░ 0/58     for Incident management 3, 4 pac~" in she.row("Problem management")
        await she.press(*["down"] * 6)
        she.sees("Problem management 2 is needed by Incident management 3.")


async def test_the_dependencies_of_a_process_are_a_key_away(desk_file: Path) -> None:
    """d shows the dependencies of the process under the cursor."""
    async with at_work(desk_file) as she:
        await she.press("down", "down", "d")
        assert (she.plan.area.id, she.plan.area.current) == ("dependencies", "incident@3")


async def test_several_marked_processes_change_in_one_edit(desk_file: Path) -> None:
    """Space marks and goes down; digits, i and c are for all that are marked; one undo takes it back; Esc lets go."""
    async with at_work(desk_file) as she:
        before = she.project
        await she.press(*["down"] * 4, "space", "space", "4")
        targets = {p.id: p.target["people"] for p in she.project.processes[4:7]}
        assert targets == {"event": 4, "access": 4, "problem": before.process_by_id["problem"].target["people"]}
        assert she.message.startswith("2 processes, people: target 4.")
        assert she.row("Event management").startswith(" +")
        she.sees("2 processes are marked; Esc lets go")
        # a target never goes below what stands, when several are set
        await she.press("1")
        assert she.project.process_by_id["event"].target["people"] == 1
        await she.press("u", "u")
        assert she.project == before
        await she.press("i")
        assert [p.in_scope for p in she.project.processes[4:7]] == [False, False, True]
        await she.press("c", "right", "enter")
        assert [p.importance for p in she.project.processes[4:7]] == [4, 4, 3]
        # levels now, too, for one reason
        await she.press("b", "3", *"seen", "enter")
        assert [p.by_hand.get("people") for p in she.project.processes[4:7]] == ["seen", "seen", None]
        await she.press("escape")
        assert not she.row("Event management").startswith(" +")
        await she.press("b", "minus")
        assert [p.target["people"] for p in she.project.processes[4:7]][:2] == [3, 3]


async def test_the_importance_column_takes_digits(desk_file: Path) -> None:
    """It stands left of the dimensions."""
    async with at_work(desk_file) as she:
        await she.press("left")
        she.sees("digits: [IMPORTANCE]", "Service management system: importance to the business 3 of 5")
        await she.press("5")
        assert she.project.process_by_id["sms"].importance == 5
        assert she.message.startswith("Service management system: importance 5")
        assert "[5]" in she.row("> Service management")
        await she.press("plus")
        assert she.message == "! Importance goes from 1 to 5."
        # why it is to rise has two lines, as the row says how much is answered
        await she.press("right")
        she.sees("digits: [TARGET]", "Service management system is to rise from level 1 to 2.")
        she.sees_not("criteria answered")


async def test_gaps_are_shaded_in_the_signs_of_the_terminal(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wider the gap the darker, also where there are only ASCII signs; disputes are marked in their cell."""
    async with at_work(desk_file) as she:
        monkeypatch.setattr("planner.tui.glyphs._now", ASCII)
        await she.press("5", "right", "4", "right", "3", "down")
        assert "1 > 5 ## 1 > 4 ** 1 > 3 ::" in she.row("Service management sys")
        for name, reply in (("Ann", "y"), ("Bo", "n")):
            she.plan.assessor = name
            await she.press("enter", "home", *["down"] * 6, reply, "escape")
        assert "!1 > 3 ::" in she.row("> Service desk")
        assert "1/58" in she.row("> Service desk")
        she.sees("assessors differ on 1 criterion", "1 of 1566 answered #.....")


async def test_gaps_ranked_and_the_profile(desk_file: Path) -> None:
    """t leads on; the cursor stays on its process; the reason of the rank is told, e tells all."""
    async with at_work(desk_file, (140, 45)) as she:
        await she.press("down", "down", "t")
        ranks = [line.split()[0] for line in she.lines[4:15]]
        assert [rank for rank in ranks if rank != ">"] == [str(n) for n in range(2, 12)] or ranks[0] == ">"
        assert "Incident management" in she.row("> ")
        she.sees(
            "Incident management: 2 levels to climb x importance 3",
            "waited for by ",
            "needed for Incident management 3",
        )
        await she.press("3")
        she.sees("2 levels to climb")
        await she.press("b")
        assert she.message == "! Levels are set in the matrix; t leads there."
        await she.press("e")
        she.sees("People: now 2, target 3; as the plan began", "Its place among the gaps")
        await she.press("escape", "t")
        she.sees("The organisation", "██ now  ▒▒ wanted", "1    2    3    4    5")
        she.sees(">  3 Incident management")
        assert "27" in she.lines[4]
        await she.press("i")
        assert not she.project.process_by_id["incident"].in_scope
        await she.press("u", "t")
        she.sees("> Service request management ")
