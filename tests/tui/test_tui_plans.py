"""Stories in the list of plans."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from consultant import at_work, text_of

from planner.edit.facts import change_engagement
from planner.edit.progress import begin, finish_work, set_as_of
from planner.model.project import Project
from planner.store.listing import listing as plans_in
from planner.store.load import load
from planner.store.save import save


async def test_the_list_says_where_each_plan_stands(desk: Project, planned: Project, tmp_path: Path) -> None:
    """Name, client, maturity, next gate, worst findings, file; a bad file is listed with its faults."""
    save(desk, tmp_path / "a-desk.toml")
    save(planned, tmp_path / "b-planned.toml")
    (tmp_path / "c-broken.toml").write_text('schema = 2\n[engagement]\nname = "x"\nstart = 2027-02-30\n')
    async with at_work(tmp_path) as she:
        she.sees(f"Plans in {tmp_path}"[:60], "3 plans")
        first, second = (line for line in she.lines if "Example Ltd" in line)
        assert "1.0>1.6 █▒··· -          " in first
        assert "1.0>1.6 █▒··· 2027-" in second
        assert "a-desk" in first
        assert "b-planned" in second
        she.sees(
            "9 hints",
            "10 hints",
            "c-broken.toml: cannot be read, 1 fault; Enter shows it",
            "a-desk.toml | no roadmap yet",
        )
        await she.press("down")
        she.sees(f"b-planned.toml | {planned.phases[0].name} ends on 2027-")

        await she.press("end", "enter")
        she.sees("c-broken.toml cannot be opened", "c-broken.toml:4:", "press r in the list")
        await she.press("escape", "home", "enter")
        she.sees("[a Assess")
        # what was changed in the plan is in its row on coming back, and the cursor is still there
        await she.press("3", "s", "escape")
        she.sees("3 plans", "> Mid-size")
        save(planned, tmp_path / "a-desk.toml", overwrite=True)
        await she.press("r")
        assert she.screen.count("10 hints") == 2
        await she.pilot.resize_terminal(140, 45)
        await she.settle()
        she.sees("Phases", "What ends then", planned.phases[0].name, "██▒·······")
        await she.pilot.resize_terminal(60, 18)
        await she.settle()
        she.sees("b-planned", "10 hints")


async def test_names_and_files_are_changed_and_all_of_it_is_undone(
    planned: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Duplicate, rename, archive, bin: each is named when it is taken back, several steps, and done again."""
    package = planned.packages[0].id
    told = set_as_of(planned, date(2027, 2, 1))
    told = finish_work(begin(told, package, date(2027, 1, 4)), package, date(2027, 1, 20))
    save(told, tmp_path / "first.toml")
    before = text_of(tmp_path / "first.toml")
    async with at_work(tmp_path) as she:
        await she.press("u")
        she.sees("! There is nothing to undo.")
        await she.press("D")
        she.sees("Duplicate first.toml", "(copy)", "first-2.toml", "< left out >")
        await she.fill("Second [Q1]")
        await she.press("down", "down")
        await she.fill("../second")
        await she.press("enter")
        she.sees("! File name: a file name has no /")
        await she.fill("second")
        await she.press("enter")
        she.sees("first.toml duplicated; u takes it back.", "> Second [Q1]", "2 plans")
        copy = load(tmp_path / "second.toml").project
        assert (copy.engagement.name, copy.progress, copy.engagement.as_of) == ("Second [Q1]", (), None)
        assert replace(copy, engagement=told.engagement, progress=told.progress) == told

        await she.press("c")
        she.sees("Rename second.toml")
        await she.fill("Harbour")
        await she.press("down", "down")
        await she.fill("first")
        await she.press("enter")
        she.sees("! first.toml exists already: type another file name")
        await she.fill("harbour")
        await she.press("enter")
        she.sees("second.toml renamed; u takes it back.")
        assert load(tmp_path / "harbour.toml").project == change_engagement(copy, name="Harbour")

        await she.press("A")
        she.sees("harbour.toml archived; u takes it back.", "1 in the archive", "1 plan ")
        await she.press("x")
        she.sees("first.toml put into the bin; u takes it back.", "There is no plan in", "1 in the bin")
        await she.press("x")
        she.sees("! There is no plan here; n makes one.")
        assert plans_in(tmp_path) == ()
        assert load(tmp_path / "archive" / "harbour.toml").project.engagement.name == "Harbour"
        assert text_of(tmp_path / "bin" / "first.toml") == before

        # the other views: out of the archive, out of the bin
        await she.press("t")
        she.sees("[Archive] 1", "> Harbour", "A take out")
        await she.press("A", "t")
        she.sees("[Bin] 1", "> Mid-size", "Enter bring back")
        await she.press("x")
        she.sees("! It is in the bin. The planner never deletes a file: do that outside of it.")
        await she.press("enter")
        she.sees("first.toml brought back; u takes it back.", "The bin is empty.")
        await she.press("t")
        she.sees("Nothing was left unsaved")
        await she.press("f")
        she.sees("! Unsaved edits are not filtered.")
        await she.press("t")
        she.sees("2 plans", "Harbour", "Example Ltd")

        # all the way back, and all the way forth
        for words in ("brought back", "taken out", "put into the bin", "archived", "renamed", "duplicated"):
            await she.press("u")
            she.sees("Undone: ", words)
        await she.press("u")
        she.sees("! There is nothing to undo.", "1 plan ")
        assert text_of(tmp_path / "first.toml") == before
        await she.press(*"UUUUUU")
        she.sees("Done again: first.toml brought back", "2 plans")
        assert load(tmp_path / "harbour.toml").project == change_engagement(copy, name="Harbour")
        await she.press("u")
        (tmp_path / "first.toml").write_text("somebody else's")
        await she.press("U")
        she.sees("! first.toml exists already")
        assert text_of(tmp_path / "first.toml") == "somebody else's"


async def test_a_plan_is_found_among_many(tmp_path: Path, desk_file: Path, planned: Project) -> None:
    """Names come before anything is read; filter, order and search lead to a plan; all stay as they were left."""
    text = text_of(desk_file)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(30):
        (folder / f"plan-{number:03}.toml").write_text(text.replace("Example Ltd", f"Client {number % 7}"))
    save(change_engagement(planned, name="The one", client="Harbour"), folder / "plan-013.toml", overwrite=True)
    async with at_work(folder) as she:
        she.sees("30 plans", "^File")
        assert "> Mid-size" in she.row("plan-000")
        await she.press("f")
        await she.type("client:harb")
        she.sees("1 of 30", "The one")
        await she.press("enter", "enter")
        she.sees("The one | Harbour", "[a Assess")
        await she.press("escape")
        she.sees("1 of 30", "> The one")
        await she.press("f", "escape")
        she.sees("> The one", "30 plans")
        await she.press("f")
        await she.type("finding:hint phases>1")
        she.sees("1 of 30")
        await she.fill("finding:error")
        she.sees("0 of 30", "No plan fits the filter")
        await she.press("escape", "home", *"SSSS")
        she.sees("Sorted: next gate first.", "^Next gate")
        assert "The one" in she.lines[2]
        await she.press("/")
        await she.type("029")
        await she.press("enter")
        assert "> Mid-size" in she.row("plan-029")
        await she.press("t", "t", "t", "t")
        assert "> Mid-size" in she.row("plan-029")
        await she.press("home", " ", " ")
        assert she.screen.count("\n +") == 2
        # marks that nobody sees are told; Esc lets go of the marks, then of the filter
        await she.press("f", *"file:029", "enter")
        she.sees("2 marked, 2 of them not shown", "1 of 30")
        await she.press("escape")
        she.sees_not("marked", "\n +")
        she.sees("1 of 30")
        await she.press("escape")
        she.sees_not("1 of 30")
        await she.press("escape")
        she.sees("! This list comes first: q quits.")
        await she.press("home", " ", " ", "x")
        she.sees("2 files put into the bin; u takes it back.", "28 plans")
        await she.press("u")
        she.sees("Undone: 2 files put into the bin", "30 plans")
        await she.press("/")
        await she.type("029")
        await she.press("enter")
        assert "> Mid-size" in she.row("plan-029")
        she.sees("^Next gate")


async def test_chinese_plans_keep_their_columns(bank: Project, tmp_path: Path) -> None:
    """Wide characters take two cells and columns stay where they are."""
    save(bank, tmp_path / "bank.toml")
    async with at_work(tmp_path) as she:
        from rich.cells import cell_len

        head, row = she.row("Client"), she.row("银行，变更先行")
        assert cell_len(row) == 80
        assert cell_len(row[: row.index("某区域性")]) == head.index("Client")
