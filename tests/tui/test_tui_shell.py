"""What is the same everywhere: help, palette, keys, text that is only text."""

from dataclasses import replace
from pathlib import Path

import pytest
from consultant import at_work

from planner.checks.finding import Finding
from planner.model.people import Post
from planner.model.project import Project
from planner.store.load import load
from planner.store.save import save
from planner.tui.judgement import Judgement

NAMES = ["[P1] go-live [/foo]", "[@click=app.quit]x[/] a\\[b]", "[[nested] [CAB]"]


@pytest.mark.parametrize("name", NAMES)
async def test_names_are_only_text(desk: Project, tmp_path: Path, name: str) -> None:
    """Plan, client, process, package: brackets are shown as they are, in every area and in dialogs."""
    processes = tuple(
        replace(process, name=name) if process.id == "incident" else process for process in desk.processes
    )
    packages = tuple(
        replace(package, name=name, note=name) if package.id == "sms-2-people" else package for package in desk.packages
    )
    project = replace(
        desk, engagement=replace(desk.engagement, name=name, client=name), processes=processes, packages=packages
    )
    save(project, tmp_path / "plan.toml")
    async with at_work(tmp_path, size=(120, 40)) as she:
        assert she.row(name[:12]).count(name[:12]) == 2
        await she.press("enter")
        she.sees(f" {name} | {name}", f"  {name} ")
        await she.press("w", "/")
        await she.type("sms-2-people")
        await she.press("enter")
        she.sees(f"people   {name}", f"note: {name}")
        await she.press("enter")
        she.sees(f"Name                      {name}")
        await she.press("escape", "x")
        she.sees(f"{name}, for Service management system 2")
        await she.press("escape", "d", "/")
        await she.type("incident@3")
        await she.press("enter", "z")
        she.sees(f"{name} 3]", f"{name} 3: now 1, target 3")
        await she.press("t")
        she.sees(f"[ {name} 3 ]", f"{name} 3 needs")
        await she.press("r", "/")
        await she.type("incident@3")
        await she.press("enter")
        she.sees(f"{name} 3 | ")


async def test_control_characters_never_reach_the_terminal(desk: Project, tmp_path: Path) -> None:
    """A name with an escape sequence is shown with a replacement character."""
    save(desk, tmp_path / "plan.toml")
    text = (tmp_path / "plan.toml").read_text()
    (tmp_path / "plan.toml").write_text(text.replace('"Example Ltd"', '"Ex\\u001b]52;c;eA==\\u0007\\u202eample"'))
    async with at_work(tmp_path / "plan.toml") as she:
        she.sees("Ex\ufffd]52;c;eA==\ufffd\ufffdample")


async def test_breaks_in_a_name_do_not_break_the_screen(desk: Project, tmp_path: Path) -> None:
    """A name may hold a line break or a tab; it is drawn on one line."""
    save(replace(desk, engagement=replace(desk.engagement, name="two\nlines\tand more")), tmp_path / "plan.toml")
    async with at_work(tmp_path / "plan.toml") as she:
        she.sees(" two lines and more | Example Ltd")
        assert {len(line) for line in she.lines} == {80}


async def test_help_lists_the_keys_that_work_here(desk_file: Path) -> None:
    """Help is made from the bindings, so each place has its own."""
    async with at_work(desk_file, size=(120, 64)) as she:
        await she.press("?")
        she.sees("Keys that work here", "What 1-5, + and - set", "Quit; asks when something is not saved", "Signs")
        assert "0 1 2 3 4 5  " in she.row("set the level")
        she.sees_not("Plan again after what has happened")
        await she.press("escape", "r", "f1")
        she.sees("Plan again after what has happened", "a blackout")
        she.sees_not("What 1-5, + and - set")
        await she.press("escape")
        she.sees_not("Keys that work here")


async def test_every_key_of_the_footer_is_in_the_help(planned_file: Path) -> None:
    """The footer shows what fits, always with the way to the rest."""
    async with at_work(planned_file) as she:
        for area in "awdr":
            await she.press(area)
            footer = she.lines[-1]
            assert "? help" in footer, footer
            assert "~" not in footer


async def test_the_palette_offers_what_applies_and_goes_to_items(desk_file: Path) -> None:
    """What can do nothing now says why; an item is one Enter away."""
    async with at_work(desk_file) as she:
        await she.press("r", ":")
        await she.type("undo the")
        assert "There is nothing to undo." in she.row("> Undo")
        await she.press("escape", "ctrl+p")
        await she.type("history of")
        await she.press("enter")
        she.sees("where the history begins")
        await she.press("escape", ":")
        await she.type("change man 2")
        await she.press("enter")
        assert she.plan.area.current == "change@2"


async def test_areas_keep_the_selected_item(planned_file: Path) -> None:
    """What is selected in one area is selected in the next."""
    async with at_work(planned_file) as she:
        await she.press(*["down"] * 7, "w")
        assert she.plan.area.current == "change-2-people"
        await she.press("down", "d")
        assert she.plan.area.current == "change-2-process"
        await she.press("r")
        assert she.plan.area.current == "change-2-process"
        await she.press("a")
        assert she.plan.area.current == "change"
        await she.press("w")
        assert she.plan.area.current == "change-2-process"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20), (200, 60)])
async def test_every_screen_fills_its_width_exactly(bank: Project, tmp_path: Path, size: tuple[int, int]) -> None:
    """With Chinese names no line is longer or shorter than the screen, in any area or dialog."""
    from rich.cells import cell_len

    save(bank, tmp_path / "bank.toml")
    async with at_work(tmp_path, size=size) as she:
        for key in ["n", "escape", "enter", "w", "enter", "escape", "o", "escape", "d", "r", "g", "enter"]:
            await she.press(key)
            assert {cell_len(line) for line in she.lines} == {size[0]}
            assert len(she.lines) == size[1]


async def test_going_to_an_item_finds_its_area(
    planned: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Find and findings go where the item is shown, whatever area is in view; findings name it as people do."""
    post = Post(id="head", name="Head of support")
    items = ("head", planned.phases[-1].id, "incident", "incident@3", "sms-2-people", "nobody")
    found = tuple(Finding("CHK08", "warning", "Look", "here", "do", (item,)) for item in items)
    monkeypatch.setattr("planner.tui.screens.plan.judge", lambda project: Judgement(found))
    save(replace(planned, posts=(*planned.posts, post)), tmp_path / "plan.toml")
    async with at_work(tmp_path / "plan.toml") as she:
        await she.press("v")
        she.sees("Head of support")
        await she.press("enter")
        assert (she.plan.area.id, she.plan.area.current) == ("organisation", "head")
        await she.press("v", "down", "enter")
        assert she.plan.area.id == "roadmap"
        assert planned.phases[-1].name[:20] in she.row("> ")
        await she.press("o", "v", "down", "enter")
        assert (she.plan.area.id, she.plan.area.current) == ("assessment", "incident")
        await she.press("o", "v", "down", "enter")
        assert (she.plan.area.id, she.plan.area.current) == ("dependencies", "incident@3")
        await she.press("o", "/", *"sms-2-people", "enter")
        assert (she.plan.area.id, she.plan.area.current) == ("work", "sms-2-people")
        await she.press("d", "v", "end", "enter")
        assert (she.plan.area.id, she.message) == (
            "checks",
            "! nobody is no part of the plan that can be shown; the plan file names it.",
        )


async def test_keys_typed_ahead_go_where_they_belong(desk_file: Path) -> None:
    """All at once, as a slow line delivers them: letters reach the field that the key before them opens."""
    async with at_work(desk_file) as she:
        before = she.project
        await she.press_ahead("/", *"incident management 3", "enter", "d", "t", "n", *"knowledge", "down", "enter")
        she.sees("Incident management 3 needs Knowledge management 3")
        assert she.project is before
        await she.press_ahead("down", "down", "end", "ctrl+u", *"7", "down", *"said so", "enter")
        added = next(d for d in she.project.dependencies if d.source == "own")
        assert (added.lag, added.reason) == (7, "said so")
        await she.press_ahead("u", "U", "q", "b", "a", "end", "5", "u", "u", "q")
        assert not she.app.is_running


async def test_saving_again_and_again_while_editing(desk_file: Path) -> None:
    """Keys pressed faster than anything finishes still do what they say, in order."""
    async with at_work(desk_file) as she:
        await she.press_ahead("3", "s", "down", "3", "s", "u", "U", "s", "r", "a", "s")
        await she.press("s")
        await she.app.workers.wait_for_complete()
        assert load(desk_file).project == she.project
        assert she.project.process_by_id["service-desk"].target["people"] == 3
