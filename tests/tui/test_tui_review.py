"""Review: a baseline, what changed since, remarks, and decisions at the gates."""

from pathlib import Path

from consultant import at_work


async def test_a_review_from_baseline_to_decision(planned_file: Path) -> None:
    """She takes a baseline, changes the plan, reads what changed, remarks, resolves, decides at a gate, undoes it."""
    async with at_work(planned_file, size=(120, 40)) as she:
        await she.press("R")
        she.sees("There is no baseline yet.", "Enter rows  n take a baseline  u undo")
        await she.press("x")
        assert "This is the list of topics" in she.message
        await she.press("n")
        she.sees("Take a baseline")
        await she.fill("Agreed")
        await she.press("down")
        await she.fill("2027-01-02")
        await she.press("enter")
        she.sees("Nothing has changed since Agreed of 2027-01-02.")

        await she.press("a")
        assert she.message == ""
        await she.press("home", "right", "right", "right", "5", "R")
        she.sees("Targets: 1", f"{she.project.processes[0].name}: target level 2 -> 5")
        await she.press("right", "home", "down")
        she.sees("Was: 2; is: 5", "Enter go there")
        await she.press("enter")
        she.sees("[a Assessment]")
        await she.press("backspace")
        she.sees("[R Review]", "Was: 2; is: 5")
        await she.press("N")
        she.sees(f"Comment: {she.project.processes[0].name}")
        await she.press("escape", "f")
        assert she.message == "! Only comments are filtered."

        await she.press("a", "N")
        she.sees("Comment: ")
        await she.type("Is this needed?")
        await she.press("down")
        await she.type("Sponsor")
        await she.press("enter")
        assert she.message == "Comment by Sponsor: Is this needed."
        await she.press("R", "left", "home", "down", "right")
        she.sees("[ ] ", "Sponsor: Is this needed?", "Enter answer  Space resolve")
        await she.press("c")
        await she.type(" Why?")
        await she.press("enter")
        assert she.project.comments[0].text == "Is this needed? Why?"
        await she.press("enter")
        she.sees("Answer")
        await she.type("The auditor asks for it.")
        await she.press("enter")
        she.sees("Sponsor: The auditor asks for it.")
        await she.press("space")
        she.sees("[x] ")
        assert she.project.comments[0].resolved
        await she.press("f")
        she.sees_not("Sponsor: Is this needed?")
        await she.press("f")
        she.sees("Sponsor: Is this needed?")

        await she.press("left", "down", "right")
        she.sees("not decided", "Exit criteria: ")
        await she.press("enter")
        await she.press("right", "enter")
        she.sees("approved under conditions: say under which")
        await she.press("down")
        await she.type("second line trained")
        await she.press("enter")
        she.sees("approved with conditions")
        assert she.project.decisions[0].note == "second line trained"
        await she.press("x")
        assert she.project.decisions == ()
        await she.press("u")
        assert she.project.decisions[0].verdict == "conditions"


async def test_history_is_named_and_leads_anywhere(planned_file: Path) -> None:
    """Every edit stands in the history by name; Enter goes back to it, and forward again."""
    async with at_work(planned_file) as she:
        opened = she.project
        await she.press("home", "5", "down", "5", "down", "4")
        last = she.project
        await she.press("H")
        she.sees("History of edits", "current", "where the history begins", "saved")
        await she.press("end", "enter")
        assert she.project == opened
        assert she.message == "3 edits undone."
        await she.press("H")
        assert she.screen.count("undone") == 3
        await she.press("home", "enter")
        assert she.project == last
        assert she.message == "3 edits done again."


async def test_backspace_leads_back(planned_file: Path) -> None:
    """Place by place to where she was, with the item; at the beginning it says so."""
    async with at_work(planned_file) as she:
        await she.press("backspace")
        assert "nowhere to go back" in she.message
        await she.press("down", "down", "w", "o", "backspace")
        she.sees("[w Work]")
        await she.press("backspace")
        she.sees("[a Assess")
        assert she.plan.area.current == she.project.processes[2].id


async def test_the_cursor_is_in_view_when_a_place_is_seen_again(planned_file: Path) -> None:
    """A list that was hidden while its cursor moved shows the row with the cursor."""
    async with at_work(planned_file, size=(60, 18)) as she:
        await she.press("w", "a", "end", "w", "home", "a")
        assert she.plan.area.current == she.project.processes[0].id
        assert she.row("> ").startswith(f"> {she.project.processes[0].name[:15]}")
