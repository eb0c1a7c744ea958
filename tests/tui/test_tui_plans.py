"""Stories in the list of plans."""

from datetime import date
from pathlib import Path

from consultant import at_work, text_of

from planner.model.project import Project
from planner.store.load import load
from planner.store.save import save


async def test_the_list_says_where_each_plan_stands(desk: Project, planned: Project, tmp_path: Path) -> None:
    """Name, client, maturity now and wanted, phases, findings; a bad file is listed with its faults."""
    save(desk, tmp_path / "a-desk.toml")
    save(planned, tmp_path / "b-planned.toml")
    (tmp_path / "c-broken.toml").write_text('schema = 1\n[engagement]\nname = "x"\nstart = 2027-02-30\n')
    async with at_work(tmp_path) as she:
        she.sees(f"Plans in {tmp_path}"[:60], "3 plans")
        first, second = (line for line in she.lines if "Example Ltd" in line)
        assert "1.0 > 1.6      -" in first
        assert "1.0 > 1.6      3" in second
        she.sees("c-broken.toml: cannot be read, 1 fault; Enter shows it")

        await she.press("end", "enter")
        she.sees("c-broken.toml cannot be opened", "c-broken.toml:4:", "press r in the list")
        await she.press("escape", "home", "enter")
        she.sees("[a Assessment]")
        await she.press("escape")
        she.sees("3 plans")


async def test_a_folder_without_plans_says_what_to_do(tmp_path: Path) -> None:
    """The empty list explains itself, and Enter does not fail."""
    async with at_work(tmp_path) as she:
        she.sees("0 plans", "Press n to make one from a template")
        await she.press("enter")
        she.sees("! There is no plan to open; n makes one.")


async def test_a_new_plan_from_a_template(tmp_path: Path) -> None:
    """The form asks for what a consultant knows; the plan is saved and opened; the list shows it afterwards."""
    async with at_work(tmp_path) as she:
        await she.press("n")
        she.sees("New plan", "< Bank, change first >", "Data-centre operation")
        await she.press("right")
        she.sees("< Mid-size company, desk first >", "Some thousand users")
        await she.press("down")
        await she.type("Harbour rollout")
        await she.press("down")
        await she.type("[P1] Harbour")
        await she.press("down")
        await she.fill("4 January")
        await she.press("enter")
        she.sees("! Start: write a date such as 2027-01-04")
        await she.fill("2027-01-04")
        await she.press("down", "right", "enter")

        she.sees("Harbour rollout | [P1] Harbour", "saved")
        made = load(tmp_path / "harbour-rollout.toml").project
        assert (made.engagement.start, made.engagement.size) == (date(2027, 1, 4), "small")
        assert made == she.project
        await she.press("escape")
        assert "[P1] Harbour" in she.row("Harbour rollout")


async def test_a_new_plan_never_overwrites(tmp_path: Path, desk: Project) -> None:
    """A taken file name is said in the form."""
    save(desk, tmp_path / "same.toml")
    async with at_work(tmp_path) as she:
        await she.press("n", "down")
        await she.type("Same")
        await she.press("enter")
        she.sees("! same.toml exists already: type another file name")
    assert load(tmp_path / "same.toml").project == desk


async def test_a_file_changed_outside_is_read_again(tmp_path: Path, desk: Project, planned: Project) -> None:
    """``r`` and coming back read what is new."""
    save(desk, tmp_path / "plan.toml")
    async with at_work(tmp_path) as she:
        assert "      -" in she.row("Example Ltd")
        save(planned, tmp_path / "plan.toml", overwrite=True)
        await she.press("r")
        assert "      3" in she.row("Example Ltd")


async def test_hundreds_of_plans_show_their_names_at_once(tmp_path: Path, desk_file: Path) -> None:
    """File names come before anything is read; the cursor goes to the end; reading fills the rows in."""
    text = text_of(desk_file)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(120):
        (folder / f"plan-{number:03}.toml").write_text(text)
    async with at_work(folder) as she:
        she.sees("120 plans")
        await she.press("end")
        assert "Example Ltd" in she.lines[-3]
        assert she.lines[-3].startswith("> ")


async def test_chinese_plans_keep_their_columns(bank: Project, tmp_path: Path) -> None:
    """Wide characters take two cells and columns stay where they are."""
    save(bank, tmp_path / "bank.toml")
    async with at_work(tmp_path) as she:
        from rich.cells import cell_len

        head, row = she.row("Client"), she.row("银行，变更先行")
        assert cell_len(row) == 80
        assert cell_len(row[: row.index("某区域性银行")]) == head.index("Client")
