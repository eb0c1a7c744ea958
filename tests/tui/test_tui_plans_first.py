"""The first ten minutes: a sample to look at, a plan of one's own in four steps, a roadmap; by what the screen says."""

from datetime import date
from pathlib import Path

import pytest
from consultant import at_work, text_of

from planner.model.project import Project
from planner.store.load import load
from planner.store.save import save


async def test_a_newcomer_reaches_a_roadmap_by_what_the_screen_says(tmp_path: Path) -> None:
    """From an empty folder to a saved roadmap; every key pressed is one that the screen named before."""
    async with at_work(tmp_path) as she:
        she.sees("0 plans", "There is no plan in", "n makes your own, in four steps", "n new", "a assess, g propose")
        await she.press("n")
        she.sees("New plan, 1 of 4: what kind of client is it?", "Data-centre operation", "Enter next", "Esc leave")
        await she.press("down")
        she.sees("> Mid-size company, desk first", "Some thousand users", "Goal: Users notice")
        await she.press("enter")
        she.sees("2 of 4: what is it called?", "empty: Mid-size company", "Esc step back")
        await she.type("Harbour rollout")
        await she.press("down")
        await she.type("[P1] Harbour")
        await she.press("enter")
        she.sees("3 of 4: when, and how large?", "< as is usual for such a client: medium >")
        await she.fill("4 January")
        await she.press("enter")
        she.sees("! Start: write a date such as 2027-01-04")
        await she.fill("2027-01-04")
        await she.press("down", "right", "enter")
        she.sees(
            "4 of 4: what comes first?",
            "> Desk & incident first (recommended here)",
            "Suits:",
            "Enter make and propose  l make only",
        )
        await she.press("enter")

        she.sees("Harbour rollout | [P1] Harbour", "[g Propose]", "1 roadmap found. Enter shows what it would move.")
        assert load(tmp_path / "harbour-rollout.toml").project == she.project
        assert (she.project.engagement.start, she.project.engagement.size) == (date(2027, 1, 4), "small")
        assert she.project.engagement.strategy == "service-desk-first"

        # she corrects what the template takes for granted, in Assessment, and proposes again
        she.sees("a Assess")
        await she.press("a")
        she.sees("[a Assess", "> ")
        await she.press("3", "down", "down", "2", "g")
        assert she.project != load(tmp_path / "harbour-rollout.toml").project
        she.sees("[g Propose]", "the plan has changed; Enter proposes again")
        await she.press("end", "enter")
        she.sees("1 roadmap found. Enter shows what it would move.")
        await she.press("enter")
        she.sees("Desk & incident first", "Enter a")
        assert she.project.roadmap is None
        await she.press("enter")
        she.sees("takes it back")
        assert she.project.roadmap is not None
        await she.press("r")
        she.sees("[r Roadmap]", "unsaved changes")
        await she.press("s")
        she.sees("Saved to harbour-rollout.toml")
        saved = load(tmp_path / "harbour-rollout.toml").project
        assert saved == she.project
        assert saved.roadmap is not None
        await she.press("escape")
        she.sees("[P1] Harb", "> Harbour rollout", saved.phases[0].name)
        await she.press("q")
        assert not she.app.is_running


async def test_the_four_steps_go_back_and_never_write_over_a_plan(tmp_path: Path, desk: Project) -> None:
    """Esc goes a step back and keeps what was typed; Enter four times is enough; what was made can be undone."""
    save(desk, tmp_path / "same.toml")
    save(desk, tmp_path / "bank-change-first.toml")
    before = text_of(tmp_path / "same.toml")
    async with at_work(tmp_path) as she:
        await she.press("n", "escape")
        she.sees("No plan was made.")
        await she.press("n", "enter")
        await she.type("Same")
        await she.press("enter")
        she.sees("! same.toml exists already: type another file name")
        await she.press("down", "down")
        await she.type("../other")
        await she.press("enter")
        she.sees("! a file name has no /")
        await she.fill("other")
        await she.press("enter", "down", "down", "right", "escape")
        she.sees("2 of 4", "Same", "other")
        await she.press("enter")
        she.sees("< 中文 >")
        await she.press("enter", "end", "escape", "enter", "end", "l")
        she.sees("Same | 某区域性银行", "[a Assess")
        assert she.project.engagement.strategy != "change-config-first"
        assert she.project.engagement.language == "zh"
        await she.press("escape")
        she.sees("> Same", "3 plans")
        await she.press("u")
        she.sees("Undone: other.toml made", "2 plans", "1 in the bin")
        assert text_of(tmp_path / "same.toml") == before

        await she.press("n", "enter", "enter", "enter", "l")
        she.sees("Bank, change first | A regional bank")
        assert load(tmp_path / "bank-change-first-2.toml").project == she.project


async def test_a_sample_plan_and_hints_until_they_are_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder Enter makes a plan to look at; Y hides the hints for good."""
    settings = tmp_path / "config.toml"
    monkeypatch.setenv("PLANNER_CONFIG", str(settings))
    folder = tmp_path / "plans"
    folder.mkdir()
    async with at_work(folder) as she:
        she.sees("Enter makes a sample plan with a roadmap", "Enter sample plan", "Y hides these hints")
        await she.press("enter")
        she.sees("Sample: Bank, change first", "[r Roadmap]")
        assert she.project.roadmap is not None
        assert load(folder / "sample.toml").project == she.project
        await she.press("escape")
        she.sees("1 plan ", "> Sample", "a assess, g propose", "Enter open")
        await she.press("Y")
        she.sees("Remembered in config.toml.")
        she.sees_not("a assess, g propose")
        assert "hints = false" in text_of(settings)
        await she.press("Y")
        she.sees("a assess, g propose")
        await she.press("u")
        she.sees("Undone: sample plan made", "0 plans")
