"""Stories among dependencies."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from consultant import Consultant, at_work

from planner.store.load import load
from planner.tui import glyphs
from planner.tui.areas.dependencies import drawn
from planner.tui.areas.dependencies.view import View, draw


async def _find(she: Consultant, words: str) -> None:
    await she.press("/")
    await she.type(words)
    await she.press("enter")


async def test_reading_the_drawing(planned_file: Path) -> None:
    """The graph stands in columns; moving tells what an item needs and what needs it, in words and in signs."""
    async with at_work(planned_file) as she:
        await she.press("d")
        await _find(she, "incident management 3")
        she.sees("capabilities", "[", "Incident management 3: now 1, target 3 | phase", "( ) needs 7,")
        assert "Incident 3]" in she.screen, "names are shortened so that all fits, levels stay"
        assert "(Change 2)" in she.screen, "what it needs stands in ( )"
        await she.press("left")
        assert she.plan.area.current in ("problem@2", "change@2", "config@2", "slm@2", "knowledge@2", "sms@2")
        she.sees("needed by")
        first = she.plan.area.current
        await she.press("tab")
        she.sees("needs", "finish-start, from the catalogue")
        await she.press("enter")
        assert she.plan.area.current != first, "Enter goes along the chosen link"
        await she.press("backspace")
        assert she.plan.area.current == first, "and Backspace comes back"
        await _find(she, "incident management 2")
        she.sees("# On the longest chain of work.")


async def test_zooming_and_other_columns(planned_file: Path) -> None:
    """Processes, short names, full names; columns by level and by phase; links that follow from others."""
    async with at_work(planned_file, size=(120, 40)) as she:
        await she.press("d")
        await _find(she, "incident management 3")
        await she.press("Z", "Z")
        she.sees("processes", "Incident management: now 1, target 3")
        assert she.plan.area.current == "incident"
        assert "<>" in she.screen, "processes need each other"
        await she.press("n")
        assert she.message == "! Dependencies join capabilities: zoom in with z first."
        await she.press("z", "z", "z")
        assert she.plan.area.current == "incident@3"
        she.sees("Incident management 3]")
        await she.press("z")
        assert she.message == "! That is as near as it gets."
        await she.press("Z", "S")
        she.sees("Columns by maturity level")
        titles = next(line for line in she.lines if "level 2" in line)
        assert titles.index("level 2") < titles.index("level 3")
        await she.press("S")
        she.sees("Columns by phase of the roadmap", "1 ", she.project.phases[0].name)
        await she.press("S")
        follow = she.row("capabilities |")
        assert "that follow from others: W draws them" in follow
        await she.press("W")
        she.sees("Every link is drawn.")
        she.sees_not("follow from others")


async def test_only_what_lies_around_an_item(desk_file: Path) -> None:
    """Enter draws an item with what it needs and what needs it, + goes further, Backspace and Esc go back."""
    async with at_work(desk_file) as she:
        await she.press("d")
        await _find(she, "problem management 2")
        await she.press("enter")
        she.sees("3 capabilities around Problem management 2", "No target asks for it")
        assert "Enter all again" in she.lines[-1]
        await she.press("w", "d", "backspace")
        assert she.plan.area.id == "work", "Backspace leads where she came from, not to what was drawn before"
        await she.press("d", "+")
        she.sees("2 steps around it")
        she.sees_not("3 capabilities")
        await _find(she, "incident management 3")
        await she.press("enter")
        she.sees("around Incident management 3")
        await she.press("backspace")
        she.sees("around Problem management 2")
        await she.press("escape")
        she.sees_not("capabilities around", "steps around")
        await she.press("f")
        await she.type("is:pulled")
        await she.press("enter")
        she.sees("1 capability")
        await she.press("escape")
        she.sees("16 capabilities")
        await she.press("+")
        assert she.message.startswith("! Enter first draws only what lies around one item")


async def test_the_ways_between_two(desk_file: Path) -> None:
    """Space marks one end, = shows all ways between, e tells each with its reasons."""
    async with at_work(desk_file, size=(120, 40)) as she:
        await she.press("d", "equals_sign")
        assert she.message == "! Mark the other end with Space first."
        await _find(she, "service desk 2")
        await she.press("space")
        await _find(she, "problem management 2")
        await she.press("equals_sign")
        she.sees(
            "1 way from Problem management 2 to Service desk 2: "
            "Problem management 2 needs Incident management 2, which needs Service desk 2."
        )
        assert she.row("Service desk 2").count("+") == 2, "items on the way stand between +"
        await she.press("e")
        she.sees("Problem management 2 needs Incident management 2: hard, finish-start, from the catalogue.")
        await she.press("escape", "escape")
        she.sees_not("1 way")


async def test_a_link_is_added_by_picking_both_ends(desk_file: Path) -> None:
    """n, the other end, Enter, the form; undo takes it back. A circle is refused and drawn."""
    async with at_work(desk_file, size=(120, 40)) as she:
        await she.press("d")
        await _find(she, "incident management 3")
        await she.press("n")
        she.sees("New link: Incident management 3 needs ...", "Enter takes it")
        assert she.lines[-1].split("  ")[0] == " Enter takes it", "the line of keys says what Enter does now"
        await she.press("enter")
        assert she.message.startswith("! Go to the other end first")
        await _find(she, "service catalogue 2")
        she.sees("New link: Incident management 3 needs Service catalogue 2")
        await she.press("enter", "right", "down", "down")
        await she.fill("5")
        await she.press("enter")
        added = next(d for d in she.project.dependencies if d.source == "own")
        assert (added.item, added.needs, added.strength, added.lag) == ("incident@3", "catalogue@2", "soft", 5)
        await she.press("u")
        assert not [d for d in she.project.dependencies if d.source == "own"]

        await _find(she, "incident management 3")
        await she.press("n", "n")
        she.sees("New link: ... needs Incident management 3")
        await _find(she, "problem management 2")
        before = she.project
        await she.press("enter", "enter")
        she.sees(
            "That would make a circle",
            "Problem management 2 needs Incident management 3, which needs Problem management 2",
            "Ways out of it:",
        )
        await she.press("escape", "escape")
        assert she.project is before
        she.sees("That would make a circle")
        assert "!#^Problem" in she.screen, "the circle is drawn, too"
        assert "!#Incident management 3!" in she.screen
        await she.press("escape")
        she.sees_not("That would make a circle")


async def test_a_chosen_link_is_changed_and_switched_off(desk_file: Path) -> None:
    """Tab chooses; c and x ask first which when nothing is chosen; the order of levels stays."""
    async with at_work(desk_file) as she:
        await she.press("d")
        await _find(she, "incident management 3")
        await she.press("x")
        assert she.message == "! Choose one of its links with Tab first."
        for _time in range(8):
            await she.press("tab")
            if "needs Problem management 2" in she.screen:
                break
        await she.press("x")
        she.sees("Do without a dependency")
        await she.type("handled by the supplier")
        await she.press("enter")
        held = next(d for d in she.project.dependencies if (d.item, d.needs) == ("incident@3", "problem@2"))
        assert (held.strength, held.reason) == ("off", "handled by the supplier")
        assert "problem@2" not in she.project.capabilities
        she.sees("4 packages removed.", "15 capabilities")
        await she.press("u")
        await _find(she, "incident management 3")
        for _time in range(8):
            await she.press("tab")
            if "The level below comes first" in she.screen:
                break
        await she.press("c")
        assert she.message.startswith("! This is the order of levels and packages")


async def test_the_lists(desk_file: Path) -> None:
    """t shows one item between two lists: Enter puts the neighbour in the middle, Backspace goes back."""
    async with at_work(desk_file) as she:
        await she.press("d")
        await _find(she, "incident management 3")
        await she.press("t")
        she.sees("[ Incident management 3 ]", "Needs (7)", "Needed by (")
        she.sees("Incident management 3 needs Problem management 2: hard, finish-start, from the")
        await she.press("enter")
        she.sees("[ Problem management 2 ]")
        await she.press("right")
        assert "> hard  Incident manage" in she.screen
        await she.press("backspace")
        she.sees("[ Incident management 3 ]")
        assert "Enter go there" in she.lines[-1]
        await she.press("z")
        assert she.message == "! That is for the drawing; t goes back to it."
        await she.press("left", "n")
        await she.type("service catalogue 2")
        await she.press("enter", "enter")
        she.sees("Needs (8)")
        await she.press("u")
        she.sees("Needs (7)", "Undone: Incident management 3 needs Service catalogue 2")
        await she.press("x")
        await she.press("enter")
        she.sees("off   Problem manageme")
        await she.press("u", "end", "x")
        she.sees("! This is the order of levels and packages")
        await she.press("t")
        assert she.plan.area.current == "incident@3"
        she.sees("( ) needs 7,")


async def test_without_box_characters_very_narrow_and_large(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASCII tells hard from soft, too; a small terminal shows a part; a large graph is drawn in a thread."""
    monkeypatch.setattr(drawn, "LARGE", 1)
    async with at_work(desk_file, size=(60, 18)) as she:
        await _find(she, "problem management 2")
        assert she.plan.area.current == "problem", "the process in Assessment"
        await she.press("d")
        async with asyncio.timeout(20):  # the thread begins once the area has its size
            while she.plan.area.current != "problem@2":
                await she.settle()
        assert she.message == ""
        glyphs.use(True)
        try:
            await she.press("Z", "z")
            picture = "\n".join(she.lines[3:12])
        finally:
            glyphs.use(False)
        assert picture.isascii()
        assert "->" in picture
        assert ".>" in picture
        she.sees("< columns")
        await she.press("home")
        she.sees("columns 1-60 of", ">")


def test_around_an_item_of_a_dense_plan_only_its_own_links_are_drawn(desk_file: Path) -> None:
    """What would be too wide with the links among the others is a star; W draws them all the same."""
    project = load(desk_file).project
    view = View(around="incident@3")
    wide, narrow = draw(project, view, 200, 20), draw(project, view, 50, 20)
    assert not wide.star
    assert ("incident@2", "problem@2") in wide.chart.ties
    assert narrow.star
    assert all("incident@3" in ends for ends in narrow.chart.ties)
    assert narrow.chart.items == wide.chart.items
    assert len(narrow.picture.columns) == 2
    assert not draw(project, replace(view, every=True), 50, 20).star
